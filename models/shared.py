"""The work of the device's thread: texts, readings of pictures and drawings, a bounded step at a time, in turns."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from models.device import Work
from models.errors import EngineError
from models.faults import let_go, named
from models.outbox import Post
from models.parking import Parking
from models.turns import Side, Turns


class Ticketed(Protocol):
    """A request on its way, with the number that its events are posted under."""

    ticket: int


class Batch(Work, Protocol):
    """All requests of one kind that are on the device."""

    @property
    def is_busy(self) -> bool:
        """Say whether there is anything to do."""
        ...

    def submit(self, task: Any) -> None:
        """Let a request wait for its seat."""
        ...

    def cancel(self, ticket: int) -> None:
        """Let a request go between two steps, if it is here."""
        ...


@dataclass(slots=True)
class Desk:
    """One model's place: its batch, and whose side of the turns it is on; `name` is the one that `Parking` knows.

    `park` takes the model to host memory and `fetch` brings it back, both while its batch is not busy. `is_urgent` says
    whether someone there waits for first words. Who came while the model was parked, or had to make room, waits in the
    lobby.
    """

    name: str
    side: Side
    batch: Batch
    park: Callable[[], object]
    fetch: Callable[[], object]
    is_urgent: Callable[[], bool] = lambda: False
    lobby: deque[Ticketed] = field(default_factory=deque)


class SharedDevice:
    """Everything on one device: whoever has work gets steps by `Turns`, and has its model there by `Parking`."""

    def __init__(
        self,
        desks: Sequence[Desk],
        turns: Turns,
        parking: Parking,
        post: Post,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._desks = {desk.name: desk for desk in desks}
        self._turns = turns
        self._parking = parking
        self._post = post
        self._clock = clock
        self._closing: set[str] = set()
        self._last = ""

    def submit(self, name: str, task: Ticketed) -> None:
        """Hand a request to its desk, or let it wait until the model is there."""
        desk = self._desks[name]
        desk.lobby.append(task)
        if name in self._parking.resident and name not in self._closing:
            self._admit(desk)

    def cancel(self, ticket: int) -> None:
        """Let a request go, wherever it is."""
        for desk in self._desks.values():
            desk.lobby = deque(task for task in desk.lobby if task.ticket != ticket)
            desk.batch.cancel(ticket)

    def fail_all(self, error: EngineError) -> None:
        """Answer everyone with an error."""
        for desk in self._desks.values():
            self._fail(desk, error)

    def step(self) -> bool:
        """Do one piece of the work of whoever is next; return whether there was any."""
        self._serve_lobbies()
        side = self._turns.next(
            words=any(self._busy(Side.WORDS)),
            first_words=any(desk.is_urgent() for desk in self._busy(Side.WORDS)),
            pictures=any(self._busy(Side.PICTURES)),
        )
        if side is None:
            return False
        started = self._clock()
        self._work(self._next_desk(side))
        self._turns.charge(side, self._clock() - started)
        return True

    def _busy(self, side: Side) -> Iterator[Desk]:
        return (desk for desk in self._desks.values() if desk.side is side and desk.batch.is_busy)

    def _next_desk(self, side: Side) -> Desk:
        """Let the desks of a side alternate."""
        desk = min(self._busy(side), key=lambda desk: desk.name == self._last)
        self._last = desk.name
        return desk

    def _work(self, desk: Desk) -> None:
        """Make a desk's step; what fails there and was not expected ends that desk's requests and no others."""
        try:
            desk.batch.step()
        except Exception as error:
            self._fail(desk, named(error))

    def _serve_lobbies(self) -> None:
        """See that models are here for those who wait; those who must make room take nobody new until they may go."""
        waiting = [desk for desk in self._desks.values() if desk.lobby]
        self._closing = set()
        for desk in sorted(waiting, key=lambda desk: desk.lobby[0].ticket):
            if desk.name not in self._parking.resident:
                self._fetch(desk)
            elif desk.name not in self._closing:
                self._admit(desk)  # before a later one sends it away

    def _fetch(self, desk: Desk) -> None:
        """Fetch a parked model once those who have to go for it are done."""
        busy = {other.name for other in self._desks.values() if other.batch.is_busy}
        going = self._parking.leaving(desk.name, busy)
        if busy.isdisjoint(going):
            self._swap(desk, going)
            self._admit(desk)  # before the next one is fetched, who must not send it away again
        else:
            self._closing.update(going)

    def _swap(self, desk: Desk, going: Sequence[str]) -> None:
        """Park some models and fetch another; whatever fails in that ends those who came for it, and no others."""
        try:
            for name in going:
                self._take_away(self._desks[name])
            self._bring(desk)
        except Exception as error:
            self._fail(desk, named(error))

    def _take_away(self, desk: Desk) -> None:
        """Park a model; one that could not go is brought back, as half of it may have gone."""
        self._parking.left(desk.name)
        try:
            desk.park()
        except Exception as error:
            let_go(error)
            self._bring(desk)
            raise

    def _bring(self, desk: Desk) -> None:
        """Fetch a model; one that could not come is parked, as half of it may be here."""
        try:
            desk.fetch()
        except Exception as error:
            let_go(error)
            with suppress(Exception):  # the next one who asks for it has it fetched whole
                desk.park()
            raise
        self._parking.came(desk.name)

    def _admit(self, desk: Desk) -> None:
        if desk.lobby:
            self._parking.use(desk.name)
        while desk.lobby:
            desk.batch.submit(desk.lobby.popleft())

    def _fail(self, desk: Desk, error: EngineError) -> None:
        lobby, desk.lobby = desk.lobby, deque()
        if lobby:
            self._post([(task.ticket, error) for task in lobby])
        desk.batch.fail_all(error)
