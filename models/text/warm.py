"""Which finished sequences are kept warm, and which of them a new prompt can start from (pure)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

import numpy as np

from models.text.dry import Ints


class Sized(Protocol):
    """Something that knows how much memory it takes."""

    @property
    def nbytes(self) -> int:
        """Bytes of memory it takes."""
        ...


Row = TypeVar("Row", bound=Sized)


@dataclass(frozen=True, slots=True)
class WarmRow(Generic[Row]):
    """The tokens that were read and written, and what the model remembers of them."""

    tokens: Ints
    row: Row


class WarmRows(Generic[Row]):
    """One row a key; past `limit` rows, or past the bytes that `shrink` allows, the least recently used give way."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._rows: OrderedDict[str, WarmRow[Row]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def nbytes(self) -> int:
        """Bytes of memory that all rows take."""
        # A list first: another thread may ask while rows come and go.
        return sum(warm.row.nbytes for warm in list(self._rows.values()))

    def put(self, key: str, tokens: Sequence[int], row: Row) -> None:
        """Keep a row under its key, in place of the key's older one."""
        self._rows[key] = WarmRow(np.array(tokens, dtype=np.int64), row)
        self._rows.move_to_end(key)
        while len(self._rows) > self._limit:
            self._rows.popitem(last=False)

    def make_room(self, key: str, nbytes: int, max_bytes: int) -> bool:
        """Let the key's older row go, and others until a row of `nbytes` fits; return whether it can be kept at all."""
        if self._limit < 1 or nbytes > max_bytes:
            return False
        self._rows.pop(key, None)
        self.shrink(max_bytes - nbytes)
        return True

    def best(self, prompt: Ints) -> tuple[int, str | None]:
        """Return the longest prefix of the prompt that a row holds, and that row's key."""
        found = ((common_prefix(warm.tokens, prompt), key) for key, warm in self._rows.items())
        return max(found, key=lambda pair: pair[0], default=(0, None))

    def use(self, key: str) -> Row:
        """Return a row and count it as used just now."""
        self._rows.move_to_end(key)
        return self._rows[key].row

    def change(self, change: Callable[[Row], Row]) -> None:
        """Put something else in place of each row."""
        for key, warm in self._rows.items():
            self._rows[key] = replace(warm, row=change(warm.row))

    def shrink(self, max_bytes: int) -> None:
        """Let rows go until the rest takes at most so many bytes."""
        taken = self.nbytes
        while taken > max_bytes and self._rows:
            _, warm = self._rows.popitem(last=False)
            taken -= warm.row.nbytes


def common_prefix(one: Ints, other: Ints) -> int:
    """Count the tokens at the beginning that two sequences share."""
    length = min(len(one), len(other))
    different = np.flatnonzero(one[:length] != other[:length])
    return int(different[0]) if len(different) else length
