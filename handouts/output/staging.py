"""A file that is not in its place yet: without any name where the system can do that, else under a hidden one.

Why without a name: a program that is killed, or a power cut, then leaves nothing of it behind.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

HIDDEN = ".handouts-"  # how names of files begin that are not whole yet
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EXDEV, errno.ENOENT)
_NO_NAMELESS = (errno.ENOTSUP, errno.EISDIR, errno.EINVAL, errno.ENOENT, errno.ENOSYS)
_NEVER_NAMED = (errno.EPERM, errno.EACCES, errno.ENOENT, errno.ENOTSUP, errno.ENOSYS, errno.EXDEV)
_named_only: set[Path] = set()  # folders in which a file without a name gets none later, as in some containers


class Staged:
    """Content on its way to `path`; `discard` it in any case at the end. All raise OSError.

    Made and discarded `undisturbed`, so that nothing hidden stays behind.
    """

    def __init__(self, path: Path, hidden: str) -> None:
        _refuse_special(path)
        self.path = path
        self._hidden = hidden
        self._old: Path | None = None
        self._handle: int | None = _open_nameless(path.parent)
        self._name: Path | None = None
        if self._handle is None:
            self._handle, name = tempfile.mkstemp(prefix=hidden, dir=path.parent)
            self._name = Path(name)

    @contextlib.contextmanager
    def filling(self) -> Iterator[BinaryIO]:
        """A stream for the content, which is whole when the block ends well, with the mode that `path` is to have."""
        if self._handle is None:
            raise OSError(errno.EBADF, "is closed")
        with os.fdopen(self._handle, "wb", closefd=False) as stream:
            yield stream
            stream.flush()
            mode = _mode(self.path)
            if self._name is None:
                os.fchmod(self._handle, mode)
            else:
                self._name.chmod(mode)

    def sync(self) -> None:
        """Return when the content is on the disk."""
        if self._handle is None:
            raise OSError(errno.EBADF, "is closed")
        os.fsync(self._handle)
        if self._name is not None:
            self._close()  # Why: Windows does not rename what is open

    def place(self) -> None:
        """Put it at `path`, in the place of what is there."""
        if self._name is None:
            name = self._new_name()
            self._name = name if self._link_nameless(name) else self._copy()
        self._name.replace(self.path)
        self._name = None
        self._close()

    def place_new(self) -> None:
        """Put it at `path`, where nothing is. Raises FileExistsError."""
        if os.name == "nt":
            _rename_new(self._name, self.path)
        elif self._name is not None or not self._link_nameless(self.path):
            self._name = self._name or self._copy()
            try:
                os.link(self._name, self.path)
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                self._claim()
        self._close()
        self._unlink(self._name)
        self._name = None

    def keep_old(self) -> None:
        """Keep what is at `path` under a hidden name until `forget_old` or `take_back`, where the file system knows links."""
        name = self._new_name()
        with contextlib.suppress(OSError):
            os.link(self.path, name, follow_symlinks=False)
            self._old = name

    def forget_old(self) -> None:
        """What was there before is not needed any more."""
        self._unlink(self._old)
        self._old = None

    def take_back(self, *, was_there: bool) -> bool:
        """Undo `place`: what was kept is there again, or nothing where nothing was. False where that cannot be done."""
        try:
            if self._old is not None:
                self._old.replace(self.path)
                self._old = None
                return True
            if not was_there:
                self.path.unlink()
        except OSError:
            return False
        return not was_there

    def discard(self) -> None:
        """Leave nothing hidden behind."""
        self._close()
        self._unlink(self._name)
        self._unlink(self._old)

    def _new_name(self) -> Path:
        return self.path.parent / f"{self._hidden}{secrets.token_hex(6)}"

    def _link_nameless(self, path: Path) -> bool:
        """Give it this name, where nothing is; False where the system gives none to a file without one."""
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:  # Why a handle of the folder: only with one does Python follow the link in /proc to the file (3.11 to 3.14)
            os.link(f"/proc/self/fd/{self._handle}", path.name, dst_dir_fd=folder, follow_symlinks=True)
        except OSError as error:
            if error.errno not in _NEVER_NAMED:
                raise
            return False
        finally:
            os.close(folder)
        return True

    def _copy(self) -> Path:
        """Copy it into a file with a hidden name; the next ones in this folder have one from the beginning."""
        handle, name = tempfile.mkstemp(prefix=self._hidden, dir=self.path.parent)
        nameless, self._handle, self._name = self._handle, handle, Path(name)
        if nameless is None:
            raise OSError(errno.EBADF, "is closed")
        with os.fdopen(nameless, "rb") as source, os.fdopen(handle, "wb", closefd=False) as stream:
            source.seek(0)
            shutil.copyfileobj(source, stream)
            stream.flush()
            os.fchmod(handle, stat.S_IMODE(os.fstat(nameless).st_mode))
            os.fsync(handle)
        _named_only.add(self.path.parent)
        return self._name

    def _claim(self) -> None:
        """As `place_new`, for file systems without links: there, a program that is killed at this moment leaves an empty file."""
        os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        try:
            self.place()
        except BaseException:
            self._unlink(self.path)
            raise

    def _close(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            with contextlib.suppress(OSError):  # the content is on the disk, or not wanted any more
                os.close(handle)

    @staticmethod
    def _unlink(path: Path | None) -> None:
        if path is not None:
            with contextlib.suppress(OSError):
                path.unlink()


def _refuse_special(path: Path) -> None:
    """Raise OSError where a folder, a FIFO, a device or a socket stands, or no file can: before any other is put in place."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "this is not a regular file")


def _open_nameless(folder: Path) -> int | None:
    """A file of the folder without a name; None where there is no such thing."""
    if not hasattr(os, "O_TMPFILE") or folder in _named_only:
        return None
    try:
        handle = os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)
    except OSError as error:
        if error.errno in _NO_NAMELESS:
            return None
        raise
    if os.path.exists(f"/proc/self/fd/{handle}"):  # noqa: PTH110 - by it the file gets a name at the end
        return handle
    os.close(handle)
    return None


def _rename_new(name: Path | None, path: Path) -> None:
    """On Windows, renaming never replaces."""
    if name is not None:
        name.rename(path)


def _mode(path: Path) -> int:
    """The mode of the file that is replaced, else what the umask leaves of rw-rw-rw-."""
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
