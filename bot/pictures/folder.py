"""The works folder: one file a picture, named after the SHA-256 of its content and written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import structlog

from bot.errors import NotFound, Unavailable

log = structlog.get_logger(__name__)

_UNFINISHED = ".part-"


class WorksFolder:
    """Files by name, `<sha256>.<format>`, in subfolders of their first two letters. Every call waits for the disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes, format: str) -> str:
        """Keep a file and return its name; raise `Unavailable` where the folder is full or may not be written."""
        name = f"{hashlib.sha256(content).hexdigest()}.{format}"
        path = self._path(name)
        with _told_plainly():
            if path.is_file():
                os.utime(path)  # as new as if it were written now: tidying spares it
            else:
                self._write(path, content)
        return name

    def check(self) -> None:
        """See that a file can be kept, before the device works for one; raise `Unavailable`."""
        with _told_plainly():
            self.root.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.root, prefix=_UNFINISHED) as probe:
                probe.write(b"\0" * 4096)

    def read(self, name: str) -> bytes:
        """Return a file's content; raise `NotFound` where it is not there any more."""
        try:
            with _told_plainly():
                return self._path(name).read_bytes()
        except FileNotFoundError as error:
            raise NotFound("pictures.file_gone") from error

    def remove(self, name: str) -> None:
        """Delete a file, if it is there; where that fails, the next tidying does it."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            log.warning("! file not removed", cause=type(error).__name__)

    def names(self) -> set[str]:
        """Name every file that is kept."""
        return {file.name for file in self.root.glob("??/*.*")}

    def keep_only(self, names: Collection[str], spare_s: float = 0.0) -> None:
        """Delete every other file, and what was not written to its end; spare what is younger than `spare_s`."""
        before = time.time() - spare_s
        for file in self.root.glob("**/*.*"):
            with suppress(FileNotFoundError):  # deleted meanwhile
                if file.name not in names and file.is_file() and file.stat().st_mtime <= before:
                    file.unlink()

    def copy_to(self, other: WorksFolder) -> int:
        """Copy what the other folder lacks, from a folder in use or not; return how many files are left out, damaged.

        What the other has besides stays.
        """
        return sum(not self._copied(name, other) for name in self.names() - other.names())

    def _copied(self, name: str, other: WorksFolder) -> bool:
        try:
            content = self.read(name)
        except NotFound:
            return True  # deleted meanwhile, as its member wished
        sha256, _, format = name.partition(".")
        is_sound = hashlib.sha256(content).hexdigest() == sha256
        return is_sound and other.put(content, format) == name

    def _path(self, name: str) -> Path:
        return self.root / name[:2] / name

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=_UNFINISHED, delete=False) as file:
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        _sync(path.parent)


def _sync(folder: Path) -> None:
    """Have a folder's new name on the disk before a row says that it is there."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Turn what the system says of the folder into a sentence for members."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise Unavailable("pictures.folder_full" if is_full else "pictures.folder_closed") from error
