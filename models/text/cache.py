"""Keys and values of the sequences being decoded: one lane each, all lanes in one batch, written in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from transformers.cache_utils import Cache

from models.text.memory import BLOCK_TOKENS


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The keys and values of one finished sequence, a pair a layer, each [tokens, heads, dimension], on any device."""

    layers: tuple[tuple[Tensor, Tensor], ...]

    def on(self, device: str) -> Snapshot:
        """Copy it to another device."""
        return Snapshot(tuple((keys.to(device), values.to(device)) for keys, values in self.layers))

    @property
    def nbytes(self) -> int:
        """Bytes of memory it takes."""
        return sum(keys.nbytes + values.nbytes for keys, values in self.layers)


class Lanes(Cache):
    """A cache that the model's own forward writes to, wherever each row of its batch stands.

    A layer is [lanes, tokens, heads, dimension]: a lane's prefix is one block of memory, and the first lanes up to
    the longest length are a view, so that no step copies what is already there. Both sides grow on demand, lanes by
    doubling and tokens by blocks. `aim` says which positions the next forward writes and reads.
    """

    def __init__(self) -> None:
        super().__init__(layers=[])
        self._stores: list[tuple[Tensor, Tensor]] = []
        self._lanes = 1
        self._tokens = BLOCK_TOKENS
        self._rows: slice | Tensor = slice(0, 1)
        self._length = 0
        self._aimed = (torch.empty(0, dtype=torch.long), torch.empty(0, dtype=torch.long))
        self._places: dict[int, Tensor] = {}

    @property
    def nbytes(self) -> int:
        """Bytes of memory that all lanes take."""
        return sum(keys.nbytes + values.nbytes for keys, values in self._stores)

    @property
    def token_bytes(self) -> int:
        """Bytes one token of one sequence takes over all layers; known after the first forward."""
        return sum(store[0, 0].nbytes for store in self._tensors())

    @property
    def padding(self) -> int:
        """The position where padding is written; no sequence uses it, and no mask shows it."""
        return self._tokens - 1

    def size_for(self, lanes: int, tokens: int, max_lanes: int, max_tokens: int) -> tuple[int, int]:
        """Return the lanes and tokens to grow to for at least so many, within the given bounds."""
        wider, longer = self._lanes, self._tokens
        while wider < lanes:
            wider *= 2
        longer = max(longer, -(-tokens // BLOCK_TOKENS) * BLOCK_TOKENS)
        return max(min(wider, max_lanes), self._lanes), max(min(longer, max_tokens), self._tokens)

    def resize(self, lanes: int, tokens: int) -> None:
        """Grow layer by layer, so that no more than one layer lies in memory twice.

        Where memory ends half way, some layers are larger than others: all go on to work, and it can be tried again.
        """
        if (lanes, tokens) == (self._lanes, self._tokens):
            return
        for layer, (keys, values) in enumerate(self._stores):
            self._stores[layer] = (self._resized(keys, lanes, tokens), self._resized(values, lanes, tokens))
        self._lanes, self._tokens = lanes, tokens

    def release(self) -> None:
        """Give all lanes back but one of the smallest size; what was in them is lost."""
        self._lanes, self._tokens = 1, BLOCK_TOKENS
        for layer, (keys, values) in enumerate(self._stores):
            self._stores[layer] = (_smallest(keys), _smallest(values))

    def aim(self, lanes: list[int], positions: Tensor, length: int) -> None:
        """Point the next forward at these lanes: it writes `positions` [rows, tokens] and reads up to `length`."""
        adjacent = lanes == list(range(lanes[0], lanes[0] + len(lanes)))
        rows = torch.tensor(lanes, device=positions.device)
        self._rows = slice(lanes[0], lanes[0] + len(lanes)) if adjacent else rows
        self._aimed, self._places = (rows, positions), {}
        self._length = length

    def update(
        self, key_states: Tensor, value_states: Tensor, layer_idx: int, *args: Any, **kwargs: Any
    ) -> tuple[Tensor, Tensor]:
        """Write [rows, heads, tokens, dimension] where `aim` pointed and return all that the rows may look at."""
        if layer_idx == len(self._stores):
            self._stores.append((self._empty(key_states), self._empty(value_states)))
        keys, values = self._stores[layer_idx]
        return self._write(keys, key_states), self._write(values, value_states)

    def get_seq_length(self, layer_idx: int = 0) -> int:
        """Answer 0: positions and masks are always given, so no model needs to ask."""
        return 0

    def copy(self, source: int, target: int, tokens: int) -> None:
        """Copy a lane's first tokens into another lane."""
        for store in self._tensors():
            store[target, :tokens] = store[source, :tokens]

    def clear(self, lane: int) -> None:
        """Put zeros into a lane."""
        for store in self._tensors():
            store[lane] = 0

    def save(self, lane: int, tokens: int) -> Snapshot:
        """Copy a lane's first tokens out."""
        return Snapshot(tuple((k[lane, :tokens].clone(), v[lane, :tokens].clone()) for k, v in self._stores))

    def load(self, snapshot: Snapshot, lane: int, tokens: int) -> None:
        """Copy the first tokens of a snapshot into a lane."""
        for (keys, values), (saved_keys, saved_values) in zip(self._stores, snapshot.layers, strict=True):
            keys[lane, :tokens] = saved_keys[:tokens]
            values[lane, :tokens] = saved_values[:tokens]

    def _write(self, store: Tensor, states: Tensor) -> Tensor:
        rows, heads, tokens, dimension = states.shape
        fresh = states.transpose(1, 2).reshape(rows * tokens, heads * dimension)
        store.view(-1, heads * dimension).index_copy_(0, self._places_in(store), fresh)
        return store[self._rows, : self._length].transpose(1, 2)

    def _places_in(self, store: Tensor) -> Tensor:
        """Return where the aimed positions lie in a store that is laid out flat, worked out once a length."""
        length = store.shape[1]
        if length not in self._places:
            rows, positions = self._aimed
            self._places[length] = (rows[:, None] * length + positions).flatten()
        return self._places[length]

    def _empty(self, like: Tensor) -> Tensor:
        # Zeros, because masked columns still enter the attention's products, and 0 times nan is nan.
        return like.new_zeros(self._lanes, self._tokens, like.shape[1], like.shape[3])

    def _tensors(self) -> list[Tensor]:
        return [store for pair in self._stores for store in pair]

    def _resized(self, store: Tensor, lanes: int, tokens: int) -> Tensor:
        if store.shape[:2] == (lanes, tokens):
            return store
        resized = store.new_zeros(lanes, tokens, *store.shape[2:])
        resized[: self._lanes, : self._tokens] = store[: self._lanes, : self._tokens]
        return resized


def _smallest(store: Tensor) -> Tensor:
    return store.new_zeros(1, BLOCK_TOKENS, *store.shape[2:])
