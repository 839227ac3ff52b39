"""Who is worked on in the next step: waiting, reading its prompt, or writing (pure: no torch, no clock)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from models.text.sequence import Sequence
from models.text.warm import common_prefix

WORTH_WAITING = 64
"""Tokens of a prompt that are worth waiting for while another sequence reads them."""


@dataclass(frozen=True, slots=True)
class Step:
    """These sequences read up to `limit` of their unread tokens each, in one forward."""

    sequences: tuple[Sequence, ...]
    limit: int


class Scheduler:
    """Seat sequences in lanes and alternate between reading prompts and writing text.

    While some write, prompts are read at most `chunk_tokens` at a time with one step of writing in between, so a long
    prompt delays the others by one chunk. Among prompts the oldest and the shortest take turns: short ones get their
    first word soon, and none waits for ever. What several prompts begin with is read once: the others get their lanes
    when the first has read so far.
    """

    def __init__(self, slots: int, chunk_tokens: int) -> None:
        self._chunk_tokens = chunk_tokens
        self._free = set(range(slots))
        self._waiting: dict[int, Sequence] = {}
        self._seated: dict[int, Sequence] = {}
        self._prompts_next = True
        self._oldest_next = True

    def __iter__(self) -> Iterator[Sequence]:
        """Go through all sequences, the seated ones first."""
        return iter([*self._seated.values(), *self._waiting.values()])

    @property
    def seated(self) -> list[Sequence]:
        """The sequences that have a lane."""
        return list(self._seated.values())

    @property
    def waiting(self) -> int:
        """How many have no lane yet."""
        return len(self._waiting)

    @property
    def prompts(self) -> list[Sequence]:
        """Those that can be read now: seated or about to be, and without a first token."""
        seated = [sequence for sequence in self._seated.values() if not sequence.written]
        return seated + list(self._waiting.values())[: len(self._free)]

    def add(self, sequence: Sequence) -> None:
        """Let a sequence wait for a lane."""
        self._waiting[sequence.ticket] = sequence

    def find(self, ticket: int) -> Sequence | None:
        """Return a sequence that has not left yet."""
        return self._seated.get(ticket) or self._waiting.get(ticket)

    def remove(self, sequence: Sequence) -> None:
        """Let a sequence go and free its lane."""
        self._waiting.pop(sequence.ticket, None)
        if self._seated.pop(sequence.ticket, None) and sequence.lane is not None:
            self._free.add(sequence.lane)

    def seat(self, sequence: Sequence) -> None:
        """Give a waiting sequence the lowest free lane."""
        del self._waiting[sequence.ticket]
        self._seated[sequence.ticket] = sequence
        sequence.lane = min(self._free)
        self._free.discard(sequence.lane)

    def next_step(self, reusable: Callable[[Sequence], int]) -> Step | None:
        """Choose the next step; `reusable` tells how many tokens of a waiting prompt need not be read again."""
        writing = [sequence for sequence in self.seated if sequence.written]
        prompts = self.prompts
        if prompts and (self._prompts_next or not writing):
            self._prompts_next = False
            return self._read(prompts, reusable)
        self._prompts_next = True
        return Step(tuple(writing), 1) if writing else None

    def move(self) -> tuple[Sequence, int] | None:
        """Return a sequence and a lower lane for it, if the lanes in use have a hole that nobody waits for."""
        top = max(self.seated, key=lambda sequence: sequence.lane or 0, default=None)
        if top is None or top.lane is None or self._waiting or min(self._free, default=top.lane) >= top.lane:
            return None
        return top, min(self._free)

    def moved(self, sequence: Sequence, lane: int) -> None:
        """Note that a sequence lies in another lane now."""
        assert sequence.lane is not None
        self._free.add(sequence.lane)
        self._free.discard(lane)
        sequence.lane = lane

    def _read(self, prompts: list[Sequence], reusable: Callable[[Sequence], int]) -> Step:
        """Read one prompt's next chunk, and with it others as long as the padded batch stays within a chunk."""
        known = {s.ticket: reusable(s) if s.lane is None else s.read for s in prompts}
        left = {s.ticket: len(s.tokens) - known[s.ticket] for s in prompts}
        reading = [sequence for sequence in prompts if sequence.lane is not None]
        by_length = sorted(
            (sequence for sequence in prompts if not _should_wait(sequence, reading, known)),
            key=lambda sequence: left[sequence.ticket],
        )
        oldest = min(by_length, key=lambda sequence: sequence.ticket)
        group = [oldest if self._oldest_next else by_length[0]]
        self._oldest_next = not self._oldest_next
        width = left[group[0].ticket]
        for sequence in by_length:
            width = max(width, left[sequence.ticket])
            fits = (len(group) + 1) * width <= self._chunk_tokens
            if fits and sequence not in group and not _should_wait(sequence, group, known):
                group.append(sequence)
        return Step(tuple(group), self._chunk_tokens)


def _should_wait(sequence: Sequence, readers: list[Sequence], known: Mapping[int, int]) -> bool:
    """Say whether one without a lane does better to copy what a reader is just about to read.

    Only readers are waited for, and readers never wait, so nobody waits in a circle; one that leaves is waited for no
    longer. `known` tells how many of its first tokens each need not read again.
    """
    if sequence.lane is not None:
        return False
    own = known[sequence.ticket]
    return any(
        common_prefix(reader.prompt, sequence.prompt) - max(own, known[reader.ticket]) >= WORTH_WAITING
        for reader in readers
    )
