"""Tokens become text that is safe to show: whole characters only, and nothing that may yet be a stop string."""

from __future__ import annotations

from collections.abc import Callable, Sequence

BROKEN = "\N{REPLACEMENT CHARACTER}"


class Detokenizer:
    """Decode token by token; a character split over tokens appears once it is whole.

    Each piece is decoded together with the piece before it, because some tokenizers drop a leading space. Its lists are
    replaced and never changed, so a shallow copy keeps its state.
    """

    def __init__(self, decode: Callable[[list[int]], str]) -> None:
        self._decode = decode
        self._context: list[int] = []
        self._fresh: list[int] = []

    def feed(self, token: int) -> str:
        """Add a token and return the characters it completes."""
        self._fresh = [*self._fresh, token]
        before = self._decode(self._context) if self._context else ""
        text = self._decode(self._context + self._fresh)[len(before) :]
        if not text or text.endswith(BROKEN):
            return ""
        self._context, self._fresh = self._fresh, []
        return text

    def rest(self) -> str:
        """Return what whole characters are still held; an unfinished one is dropped."""
        before = self._decode(self._context) if self._context else ""
        return self._decode(self._context + self._fresh)[len(before) :].rstrip(BROKEN)


class StopFilter:
    """Let text through up to the first stop string, holding back what could be the beginning of one."""

    def __init__(self, stops: Sequence[str]) -> None:
        self._stops = tuple(stops)
        self._held = ""
        self.stopped = False

    def feed(self, text: str) -> str:
        """Add text and return what may be shown now."""
        if self.stopped:
            return ""
        self._held += text
        found = [at for stop in self._stops if (at := self._held.find(stop)) >= 0]
        if found:
            self.stopped = True
            return self._release(min(found))
        return self._release(len(self._held) - self._unsure())

    def rest(self) -> str:
        """Return what is still held once no more text comes."""
        return "" if self.stopped else self._release(len(self._held))

    def _release(self, count: int) -> str:
        shown, self._held = self._held[:count], self._held[count:]
        return shown

    def _unsure(self) -> int:
        """Count the last characters that could still grow into a stop string."""
        return max((_overlap(self._held, stop) for stop in self._stops), default=0)


def _overlap(text: str, stop: str) -> int:
    longest = min(len(text), len(stop) - 1)
    return next((n for n in range(longest, 0, -1) if text.endswith(stop[:n])), 0)
