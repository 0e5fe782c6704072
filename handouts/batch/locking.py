"""Locks on open files, which the system lets go of when a process ends, however it ends."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import msvcrt
    import time

    def lock_file(handle: int, *, wait: bool) -> bool:
        """Lock an open file until it is closed; without `wait`, return False when another holds it."""
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                time.sleep(0.01)
            else:
                return True

else:
    import fcntl

    def lock_file(handle: int, *, wait: bool) -> bool:
        """Lock an open file until it is closed; without `wait`, return False when another holds it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
