"""How near cards are in meaning to texts; a card is placed once and its place is kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import numpy as np
import structlog

from bot.errors import SalonError
from bot.lore.card import Card
from bot.lore.store import LoreStore
from models.errors import EngineError
from models.meaning import Meaning, Vectors

log = structlog.get_logger(__name__)

NEW_MAX = 32
"""So many cards are placed at once at most (a third of a second on a core); of the rest keys alone count meanwhile."""


class Nearness:
    """Compares cards with texts by an encoder; without one, or while it fails, nothing is near anything."""

    def __init__(self, cards: LoreStore, meaning: Meaning | None) -> None:
        self._cards = cards
        self._meaning = meaning

    async def between(self, cards: Sequence[Card], texts: Sequence[str]) -> Vectors:
        """Return how alike each of a story's cards and each text are [N, M], 1 being the same."""
        nothing: Vectors = np.zeros((len(cards), len(texts)), np.float32)
        if not (self._meaning and cards and texts):
            return nothing
        try:
            wanted = await self._meaning.embed(texts)
            return await self._places(self._meaning, cards, wanted.shape[1]) @ wanted.T
        except (EngineError, SalonError) as error:
            log.warning("! lore by meaning", cause=type(error).__name__)
            return nothing

    async def _places(self, meaning: Meaning, cards: Sequence[Card], width: int) -> Vectors:
        """Return the place of each card [N, W]; zeros for those that have to wait for theirs."""
        kept = await self._cards.vectors(cards[0].story_id)
        known = {card_id: np.frombuffer(kept_bytes, np.float32) for card_id, kept_bytes in kept.items()}
        known = {card_id: place for card_id, place in known.items() if len(place) == width}  # another encoder's go
        new = list(islice((card for card in cards if card.id not in known), NEW_MAX))
        if new:
            placed = await meaning.embed([f"{card.title}. {card.wording.text}" for card in new])
            known |= {card.id: place for card, place in zip(new, placed, strict=True)}
            await self._cards.keep_vectors((card, known[card.id].tobytes()) for card in new)
        nowhere = np.zeros(width, np.float32)
        return np.stack([known.get(card.id, nowhere) for card in cards])
