"""What leaves the device thread: first words and endings at once, further words gathered for a short while."""

from __future__ import annotations

from collections.abc import Callable

from models.errors import EngineError
from models.events import Event, TextDelta

GATHER_S = 0.075

Item = Event | EngineError
Post = Callable[[list[tuple[int, Item]]], None]


class Outbox:
    """Gather events by ticket and post them in batches, so that threads meet at most once a step."""

    def __init__(self, post: Post, clock: Callable[[], float]) -> None:
        self._post = post
        self._clock = clock
        self._ready: list[tuple[int, Item]] = []
        self._text: dict[int, str] = {}
        self._spoken: set[int] = set()
        self._posted_at = clock()

    def text(self, ticket: int, text: str) -> None:
        """Add words; the first ones of a ticket go out with the next `flush`."""
        if not text:
            return
        self._text[ticket] = self._text.get(ticket, "") + text
        if ticket not in self._spoken:
            self._spoken.add(ticket)
            self._take_text(ticket)

    def put(self, ticket: int, item: Item, *, last: bool = False) -> None:
        """Add an event that must not wait, after the words before it."""
        self._take_text(ticket)
        self._ready.append((ticket, item))
        if last:
            self._spoken.discard(ticket)

    def drop(self, ticket: int) -> None:
        """Forget a ticket that nobody listens to any more."""
        self._text.pop(ticket, None)
        self._spoken.discard(ticket)

    def flush(self) -> None:
        """Post what must not wait, and the gathered words once they have waited long enough."""
        now = self._clock()
        if now - self._posted_at >= GATHER_S:
            self._posted_at = now
            for ticket in list(self._text):
                self._take_text(ticket)
        if self._ready:
            ready, self._ready = self._ready, []
            self._post(ready)

    def _take_text(self, ticket: int) -> None:
        if text := self._text.pop(ticket, ""):
            self._ready.append((ticket, TextDelta(text)))
