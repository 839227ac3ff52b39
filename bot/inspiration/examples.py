"""Answers that show the model what is wanted: a small one learns more from two of them than from any explanation.

What it copies from them is no answer of its own: it is asked for again, and left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.inspiration.newness import Offered
from bot.inspiration.shapes import DirectionShape, ElementsShape, direction_of

FOUND = {
    "Every evening Ivo wound the clock. Nobody had told him that the town had stopped looking.": ElementsShape(
        premise="A man keeps the time for people who no longer want it.",
        images=["Ivo wound the clock"],
        motifs=["the clock", "being unseen"],
        tension_quote="Nobody had told him",
        tension="He is faithful, and it no longer matters to anyone.",
        works_quote="the town had stopped looking",
        works="The last words turn a habit into a loss.",
    ),
    "Salt on the window. Three plates, and she laid a fourth.": ElementsShape(
        premise="Someone by the sea still expects a guest who does not come.",
        images=["Salt on the window", "Three plates"],
        motifs=["the sea", "an empty place"],
        tension_quote="she laid a fourth",
        tension="Her hands hope for what her head knows is over.",
        works_quote="Three plates, and she laid a fourth",
        works="A number says what nobody says aloud.",
    ),
}
"""Sources, each with the elements that were found in it."""

SUGGESTED = {
    "A clock that stopped at noon, and a town that has got used to it.": DirectionShape(
        title="The Winder",
        direction="A girl is paid to wind the clock in secret, so that it goes on standing still.",
        image="a girl with a brass key in a dusty clock tower",
        constraint="Nobody says what time it is.",
        question="Who pays her, and with what?",
    ),
    "The sea, and someone who waits.": DirectionShape(
        title="Salt Letters",
        direction="A widow writes to the sea every evening, and one morning the tide brings an answer.",
        image="a wet letter on dark stones at low tide",
        constraint="Write letters, and nothing between them.",
        question="What does she ask for first?",
    ),
}
"""Sources, each with a direction that was suggested from it."""


def is_copied(words: str) -> bool:
    """Say whether what is said of a source was said of an example."""
    told = (said for one in FOUND.values() for said in (one.premise, one.tension, one.works))
    return _bare(words) in map(_bare, told)


def known() -> Iterable[Offered]:
    """Return the examples' directions: one that is too near to them is nothing new."""
    return (Offered(direction_of(one).in_short) for one in SUGGESTED.values())


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))
