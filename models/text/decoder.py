"""The model's own forward over the lanes: sequences read their next tokens together and draw what follows."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor

from models.hardware import give_back
from models.text.cache import Lanes, Snapshot
from models.text.masks import Masks
from models.text.memory import MemoryPlan
from models.text.sampler import sample
from models.text.sequence import Sequence
from models.text.speed import Speed
from models.text.warm import WarmRows, common_prefix

MIN_REUSE = 16
PROBE_TOKENS = 32

Piece = tuple[int, list[int], int]
"""A lane, the tokens it reads, and the position of the first one."""


class Decoder:
    """Own the model, the lanes and the warm rows. Everything here runs in the one thread that owns the device.

    A sequence's numbers do not depend on its neighbours, but their rounding does, because kernels add in another order
    for another shape of the batch. In fp32 that is too little to change a token (tested); in bf16 and nf4 a text may
    part from its twin where two tokens are almost equally likely. See docs/engine.md. `protected` are the tokens that
    XTC never leaves out.
    """

    def __init__(
        self,
        model: Any,
        lanes: Lanes,
        plan: MemoryPlan,
        warm_rows: int,
        protected: frozenset[int] = frozenset(),
    ) -> None:
        self.plan = plan
        self._protected = protected
        self._model = model
        self._device = model.device
        self._masks = Masks(model.config)
        self._lanes = lanes
        self._warm: WarmRows[Snapshot] = WarmRows(warm_rows)
        self._distrusted: set[int] = set()

    @property
    def cache_bytes(self) -> int:
        """Bytes that keys and values take now, running and warm."""
        return self._lanes.nbytes + self._warm.nbytes

    def reusable(self, sequence: Sequence, seated: Iterable[Sequence]) -> int:
        """Count the prompt's first tokens that some row has read already; the last one must always be read."""
        return max(self._warm.best(sequence.prompt)[0], _best_lane(sequence, seated)[0])

    @torch.inference_mode()
    def start(self, sequence: Sequence, seated: Iterable[Sequence]) -> None:
        """Fill a sequence's lane with the longest prefix that a warm row or another lane holds."""
        assert sequence.lane is not None
        self._reserve(sequence.lane, sequence.most_tokens)
        self._clean(sequence.lane)
        warm, key = self._warm.best(sequence.prompt)
        copied, lane = _best_lane(sequence, seated)
        shared = min(max(warm, copied), len(sequence.prompt) - 1)
        if shared < MIN_REUSE:
            return
        if key is not None and warm >= copied:
            self._lanes.load(self._warm.use(key), sequence.lane, shared)
        else:
            self._lanes.copy(lane, sequence.lane, shared)
        sequence.read = shared

    @torch.inference_mode()
    def keep(self, sequence: Sequence) -> None:
        """Keep what a leaving sequence has read, if it has a key to be found by."""
        key = sequence.request.warm_key
        if key is None or sequence.lane is None or sequence.read < MIN_REUSE:
            return
        size, room = sequence.read * self._lanes.token_bytes, self.plan.budget_bytes - self._lanes.nbytes
        if self._warm.make_room(key, size, room):
            self._warm.put(key, sequence.tokens[: sequence.read], self._lanes.save(sequence.lane, sequence.read))

    @torch.inference_mode()
    def move(self, sequence: Sequence, lane: int) -> None:
        """Copy a sequence to another lane."""
        assert sequence.lane is not None
        self._clean(lane)
        self._lanes.copy(sequence.lane, lane, sequence.read)

    def distrust(self, sequence: Sequence) -> None:
        """Note that a sequence left numbers in its lane that may not be finite; the lane's next user must not see them.

        No mask hides them: a masked column still enters the attention's products, and 0 times nan is nan.
        """
        if sequence.lane is not None:
            self._distrusted.add(sequence.lane)

    def drop_warm(self) -> None:
        """Give all warm rows back, to make room."""
        self._warm.shrink(0)
        give_back(self._device.type)

    @torch.inference_mode()
    def park(self) -> None:
        """Take the model and the warm rows to host memory and give the lanes back; no sequence may have one."""
        self._lanes.release()
        self._distrusted.clear()
        self._warm.change(lambda row: row.on("cpu"))
        self._model.to("cpu")
        give_back(self._device.type)

    def fetch(self) -> None:
        """Take the model back to its device; a warm row follows when it is used."""
        self._model.to(self._device)

    @torch.inference_mode()
    def read(self, sequences: list[Sequence], limit: int) -> list[tuple[int, bool] | None]:
        """Let each sequence read up to `limit` tokens; where none is left unread, draw the next one.

        Returns a token and whether its numbers were sound for each sequence, or None while it has more to read.
        Changes no sequence but `read`, and that last, so a failed call can be made again.
        """
        pieces = [_piece(sequence, limit) for sequence in sequences]
        logits = self._forward(pieces)
        ready = [n for n, (piece, s) in enumerate(zip(pieces, sequences, strict=True)) if len(piece[1]) == s.unread]
        drawn: list[tuple[int, bool] | None] = [None] * len(sequences)
        if ready:
            tokens, sound = sample(logits[ready], [sequences[n].draw() for n in ready], self._protected)
            for n, token, is_sound in zip(ready, tokens, sound, strict=True):
                drawn[n] = (token, is_sound)
        elif logits.is_cuda:
            torch.cuda.synchronize()  # or this piece's time and errors would be charged to the next step
        for sequence, piece in zip(sequences, pieces, strict=True):
            sequence.read += len(piece[1])
        return drawn

    @torch.inference_mode()
    def probe(self) -> tuple[Speed, Speed]:
        """Read a few tokens at once, then one, in the first lane; return the speeds of both ways."""
        started = time.perf_counter()
        self._forward([(0, [0] * PROBE_TOKENS, 0)]).max().item()
        between = time.perf_counter()
        self._forward([(0, [0], PROBE_TOKENS)]).max().item()
        return Speed(PROBE_TOKENS, between - started), Speed(1, time.perf_counter() - between)

    def _reserve(self, lane: int, tokens: int) -> None:
        """Grow the lanes after warm rows have made room; one token more than the window is there for padding."""
        size = self._lanes.size_for(lane + 1, tokens + 1, self.plan.slots, self.plan.window_tokens + 1)
        self._warm.shrink(max(0, self.plan.budget_bytes - size[0] * size[1] * self._lanes.token_bytes))
        self._lanes.resize(*size)

    def _clean(self, lane: int) -> None:
        if lane in self._distrusted:
            self._lanes.clear(lane)
            self._distrusted.discard(lane)

    def _forward(self, pieces: list[Piece]) -> Tensor:
        """Run the model; pieces are padded on the left, so that every row ends in the last column.

        Returns the logits [pieces, vocabulary] after each piece's last token.
        """
        rows = sorted(pieces) if any(len(tokens) > 1 for _, tokens, _ in pieces) else _with_idle_lanes(pieces)
        width = max(len(tokens) for _, tokens, _ in rows)
        length = max(start + len(tokens) for _, tokens, start in rows)
        device, padding = self._model.device, self._lanes.padding
        ids = [[0] * (width - len(tokens)) + tokens for _, tokens, _ in rows]
        places = [[padding] * (width - len(t)) + [*range(start, start + len(t))] for _, t, start in rows]
        positions = torch.tensor(places, device=device)
        lanes = [lane for lane, _, _ in rows]
        self._lanes.aim(lanes, positions, length)
        logits: Tensor = self._model(
            input_ids=torch.tensor(ids, device=device),
            attention_mask=self._masks.build(positions, length, self._model.dtype),
            position_ids=positions.clamp(max=self.plan.window_tokens - 1),
            past_key_values=self._lanes,
            use_cache=True,
            logits_to_keep=1,
        ).logits[:, -1]
        wanted = [lanes.index(lane) for lane, _, _ in pieces]
        return logits if wanted == list(range(len(rows))) else logits[wanted]


def _piece(sequence: Sequence, limit: int) -> Piece:
    assert sequence.lane is not None
    return sequence.lane, sequence.tokens[sequence.read : sequence.read + limit], sequence.read


def _best_lane(sequence: Sequence, seated: Iterable[Sequence]) -> tuple[int, int]:
    """Return the longest prefix of the prompt that another lane has read, and that lane."""
    found = [
        (common_prefix(other.prompt[: other.read], sequence.prompt), other.lane)
        for other in seated
        if other.lane is not None and other is not sequence
    ]
    return max(found, default=(0, 0))


def _with_idle_lanes(pieces: list[Piece]) -> list[Piece]:
    """Put lanes that do not write now between those that do: a batch of adjacent lanes is a view, not a copy."""
    busy = {piece[0]: piece for piece in pieces}
    return [busy.get(lane, (lane, [], 0)) for lane in range(min(busy), max(busy) + 1)]
