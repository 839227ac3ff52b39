"""The cast book's values: who or what a picture may show, and how it looks each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CastKind(StrEnum):
    """What an entry of the cast book is."""

    PERSON = "person"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry about to be made; `traits` are the looks, word for word, and `picture` an encoded picture of them."""

    name: str
    traits: str
    kind: CastKind = CastKind.PERSON
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class CastChange:
    """What is to be different about an entry; what is None stays."""

    name: str | None = None
    traits: str | None = None
    kind: CastKind | None = None
    picture: bytes | None = None
    drops_picture: bool = False


@dataclass(frozen=True, slots=True)
class CastEntry:
    """A person or place of a story; `added_by` is the member whose entry it is."""

    id: int
    story_id: int
    kind: CastKind
    name: str
    traits: str
    added_by: int
    added_at: datetime
    has_picture: bool = False
