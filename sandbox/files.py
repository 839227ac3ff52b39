"""The bytes behind attachments: in memory, or in a folder that outlives the process."""

from __future__ import annotations

import mimetypes
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from warnings import catch_warnings, simplefilter

from PIL import Image, UnidentifiedImageError


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in."""

    filename: str
    content: bytes
    content_type: str | None = None


class FileStore:
    """Keep bytes by attachment id."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._memory: dict[int, bytes] = {}

    def put(self, file_id: int, content: bytes) -> None:
        """Keep a file."""
        if self._folder is None:
            self._memory[file_id] = content
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / str(file_id)).write_bytes(content)

    def get(self, file_id: int) -> bytes | None:
        """Return a file's bytes, or nothing."""
        if self._folder is None:
            return self._memory.get(file_id)
        path = self._folder / str(file_id)
        return path.read_bytes() if path.is_file() else None

    def keep_only(self, file_ids: Collection[int]) -> None:
        """Delete the files of earlier runs that nothing names any more, such as pictures that an edit replaced."""
        if self._folder is None or not self._folder.is_dir():
            return
        named = {str(file_id) for file_id in file_ids}
        for path in self._folder.iterdir():
            if path.name not in named:
                path.unlink()


def content_type_of(upload: Upload) -> str:
    """Name a file's type by its own word, else by its name."""
    if upload.content_type and upload.content_type != "application/octet-stream":
        return upload.content_type
    return mimetypes.guess_type(upload.filename)[0] or "application/octet-stream"


def picture_size(content: bytes, content_type: str) -> tuple[int, int] | None:
    """Return a picture's width and height in pixels, read from its header; nothing for anything else."""
    if not content_type.startswith("image/"):
        return None
    with catch_warnings():
        simplefilter("ignore", Image.DecompressionBombWarning)  # nothing is decoded here
        try:
            with Image.open(BytesIO(content)) as picture:
                return picture.size
        except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
            return None
