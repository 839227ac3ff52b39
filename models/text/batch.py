"""The text engine's inside, one step at a time: schedule, read, hand out; a failure stays with whom it belongs to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from models.engine import EngineStats
from models.errors import EngineError, ModelFault
from models.events import Started
from models.faults import is_out_of_memory, let_go, named
from models.hardware import peak_bytes
from models.outbox import Outbox
from models.text.decoder import Decoder
from models.text.schedule import Scheduler
from models.text.sequence import Sequence
from models.text.speed import Speed

Drawn = tuple[int, bool] | None


class TextBatch:
    """All sequences on the device. `step` does one bounded piece of work; between steps others may use the device."""

    def __init__(
        self,
        decoder: Decoder,
        outbox: Outbox,
        *,
        chunk_tokens: int,
        decode_speed: Speed,
        prefill_speed: Speed,
        device: str,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._decoder = decoder
        self._outbox = outbox
        self._scheduler = Scheduler(decoder.plan.slots, chunk_tokens)
        self._decode_speed = decode_speed
        self._prefill_speed = prefill_speed
        self._device = device
        self._clock = clock

    @property
    def is_busy(self) -> bool:
        """Say whether there is anything to do."""
        return bool(self._scheduler.waiting or self._scheduler.seated)

    @property
    def waits_for_first_token(self) -> bool:
        """Say whether the next steps bring someone nearer to a first token."""
        return bool(self._scheduler.prompts)

    def submit(self, sequence: Sequence) -> None:
        """Let a sequence wait for its seat."""
        self._scheduler.add(sequence)

    def cancel(self, ticket: int) -> None:
        """Let a sequence go between two steps; what it has read stays warm."""
        if sequence := self._scheduler.find(ticket):
            self._leave(sequence)
            self._outbox.drop(ticket)

    def fail_all(self, error: EngineError) -> None:
        """Answer everyone with an error."""
        for sequence in self._scheduler:
            self._fail(sequence, error)
        self._outbox.flush()

    def step(self) -> bool:
        """Do one piece of work; return whether there was any."""
        step = self._scheduler.next_step(lambda s: self._decoder.reusable(s, self._scheduler.seated))
        if step is None:
            return False
        ready = [sequence for sequence in step.sequences if self._seat(sequence)]
        if ready:
            self._read(ready, step.limit)
        self._close_ranks()
        self._outbox.flush()
        return True

    def park(self) -> None:
        """Take the model to host memory, while there is nothing to do."""
        self._decoder.park()

    def fetch(self) -> None:
        """Take the model back to its device."""
        self._decoder.fetch()

    def stats(self) -> EngineStats:
        """Report speeds over all rows together, and loads."""
        return EngineStats(
            running=len(self._scheduler.seated),
            waiting=self._scheduler.waiting,
            decode_tokens_per_s=self._decode_speed.tokens_per_s,
            prefill_tokens_per_s=self._prefill_speed.tokens_per_s,
            cache_bytes=self._decoder.cache_bytes,
            peak_memory_bytes=peak_bytes(self._device),
        )

    def _seat(self, sequence: Sequence) -> bool:
        """See that a sequence has a lane, with the warm prefix in it."""
        if sequence.lane is not None:
            return True
        self._scheduler.seat(sequence)
        with self._blame(sequence):
            self._start(sequence)
            self._outbox.put(sequence.ticket, Started(len(sequence.prompt), sequence.read))
        return self._scheduler.find(sequence.ticket) is not None

    def _start(self, sequence: Sequence) -> None:
        """Fill a lane; where memory does not suffice, once more without the warm rows."""
        try:
            return self._decoder.start(sequence, self._scheduler.seated)
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            let_go(error)
        self._decoder.drop_warm()
        return self._decoder.start(sequence, self._scheduler.seated)

    def _read(self, sequences: list[Sequence], limit: int) -> None:
        """Read together; if that fails, one by one, so that only the culprit is lost."""
        try:
            return self._advance(sequences, limit)
        except Exception as error:
            let_go(error)
            if is_out_of_memory(error):
                self._decoder.drop_warm()
        for sequence in sequences:
            with self._blame(sequence):
                self._advance([sequence], limit)
        return None

    def _advance(self, sequences: list[Sequence], limit: int) -> None:
        before = [sequence.read for sequence in sequences]
        started = self._clock()
        drawn = self._decoder.read(sequences, limit)
        seconds = self._clock() - started
        tokens = [sequence.read - was for sequence, was in zip(sequences, before, strict=True)]
        self._charge(sequences, tokens, seconds)
        for sequence, result in zip(sequences, drawn, strict=True):
            with self._blame(sequence):
                self._accept(sequence, result)

    def _charge(self, sequences: list[Sequence], tokens: list[int], seconds: float) -> None:
        """Share a step's time by the tokens read in it."""
        for sequence, count in zip(sequences, tokens, strict=True):
            sequence.device_ms += seconds * 1000 * count / sum(tokens)
        writing = all(sequence.written for sequence in sequences)
        (self._decode_speed if writing else self._prefill_speed).add(sum(tokens), seconds)

    def _accept(self, sequence: Sequence, drawn: Drawn) -> None:
        if drawn is None:
            return
        token, sound = drawn
        if not sound:
            raise ModelFault("the model's numbers for this request are not finite")
        self._outbox.text(sequence.ticket, sequence.accept(token))
        if sequence.reason is not None:
            self._leave(sequence)
            self._outbox.put(sequence.ticket, sequence.finished(), last=True)

    def _close_ranks(self) -> None:
        """Move the highest lane into a hole, so that a step works on as few lanes as sequences."""
        while move := self._scheduler.move():
            sequence, lane = move
            self._decoder.move(sequence, lane)
            self._scheduler.moved(sequence, lane)

    def _leave(self, sequence: Sequence) -> None:
        try:
            self._decoder.keep(sequence)
        except Exception:  # a warm row is a convenience: without room for it the next turn reads everything again
            self._decoder.drop_warm()
        self._remove(sequence)

    def _fail(self, sequence: Sequence, error: EngineError) -> None:
        self._remove(sequence)
        self._outbox.put(sequence.ticket, error, last=True)

    def _remove(self, sequence: Sequence) -> None:
        """Free a sequence's lane; only one that came to its end is known to have left sound numbers there."""
        if sequence.reason is None:
            self._decoder.distrust(sequence)
        self._scheduler.remove(sequence)

    @contextmanager
    def _blame(self, sequence: Sequence) -> Iterator[None]:
        """Let an exception end this sequence and no other."""
        try:
            yield
        except Exception as error:
            self._fail(sequence, named(error))
