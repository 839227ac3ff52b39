"""Lenses are drawn like cards: none comes again for a server until all have come. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random

HAND = 3
"""How many directions there are at once, each through a lens of its own."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The lenses that were drawn, and all that are out of the deck from now on."""

    hand: tuple[str, ...]
    out: tuple[str, ...]


def draw(all_of_them: Sequence[str], out: Collection[str], apart: Collection[str], dice: Random) -> Drawn:
    """Draw a hand from what is left; where that is too little, what is left and then from the deck shuffled anew.

    Those `apart` were just looked through: they do not come even out of a new deck, and wait for a later draw.
    """
    left = [lens for lens in all_of_them if lens not in out and lens not in apart]
    hand = dice.sample(left, min(HAND, len(left)))
    if len(hand) == HAND:
        return Drawn(tuple(hand), (*(lens for lens in all_of_them if lens in out), *hand))
    again = [lens for lens in all_of_them if lens not in hand and lens not in apart]
    anew = dice.sample(again, HAND - len(hand))
    return Drawn((*hand, *anew), tuple(anew))
