"""Locks on open files, which the system lets go of when a process ends, however it ends."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import msvcrt
    import os

    _BEHIND = 1 << 30  # a byte behind all content: there, what is locked can still be read

    def lock_file(handle: int) -> bool:
        """Lock an open file until it is closed; False when another holds it."""
        os.lseek(handle, _BEHIND, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def lock_file(handle: int) -> bool:
        """Lock an open file until it is closed; False when another holds it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
