"""Pictures beside passages, as they leave the house with their story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile


@dataclass(frozen=True, slots=True)
class Illustration:
    """An encoded picture; `file` is a name of its own that ends in its format, `credit` says who or what made it.

    `content` is empty where the picture cannot be taken along: its place is kept and says so.
    """

    file: str
    content: bytes
    alt: str
    credit: str
    is_spoiler: bool = False

    @property
    def media_type(self) -> str:
        """Return the picture's type as web pages name it."""
        return f"image/{self.file.rpartition('.')[2]}"


Illustrations = Mapping[int, Sequence[Illustration]]
"""The pictures beside passages, by the passages' ids."""


def zipped(name: str, text: bytes, illustrations: Illustrations) -> bytes:
    """Pack a story's text and its pictures into one file; the text finds the pictures beside it."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
        for picture in (picture for pictures in illustrations.values() for picture in pictures if picture.content):
            archive.writestr(picture.file, picture.content)
    return packed.getvalue()
