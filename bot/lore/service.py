"""Lore, as the rest of the house sees it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.lore.keeping import Keeping
from bot.lore.offering import Offering
from bot.lore.proposing import PROPOSE_CARDS, Proposing


@dataclass(frozen=True)
class LoreService(Keeping, Offering):
    """All that can be done with lore; made once, it has cards proposed in the line too.

    `story_id=None` means the channel's current story. Everything is checked here; what may not be raises one of
    bot/errors.py with the sentence for the member.
    """

    def __post_init__(self) -> None:
        self.queue.register(PROPOSE_CARDS, Proposing(self))
