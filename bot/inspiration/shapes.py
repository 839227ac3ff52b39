"""The shapes of the two answers that inspiration asks for, and what is kept of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from bot.answers.shape import Shape
from bot.honesty import honest
from bot.inspiration.ask import Direction, Elements
from bot.quotes import find_quote

_LINE = r"^[\"'“«「]?[^\W_][^\[\]{}<>\n]*$"
"""One line that begins with a word: a small model that has nothing to say otherwise says brackets."""

Quoted = Annotated[str, Field(min_length=1, max_length=80)]
Motif = Annotated[str, Field(min_length=2, max_length=30, pattern=_LINE)]


class ElementsShape(Shape):
    """What a text is made of; each quote comes before what is said of it."""

    premise: str = Field(min_length=8, max_length=160, pattern=_LINE)
    images: list[Quoted] = Field(max_length=3, description="exact quotes")
    motifs: list[Motif] = Field(max_length=3, description="words")
    tension_quote: str = Field(max_length=80, description="an exact quote")
    tension: str = Field(min_length=8, max_length=120, pattern=_LINE)
    works_quote: str = Field(max_length=80, description="an exact quote")
    works: str = Field(min_length=8, max_length=120, pattern=_LINE, description="what makes it work")


class DirectionShape(Shape):
    """One direction for a new piece."""

    title: str = Field(min_length=3, max_length=50, pattern=_LINE)
    direction: str = Field(min_length=8, max_length=180, pattern=_LINE, description="one sentence")
    image: str = Field(min_length=8, max_length=120, pattern=_LINE, description="what a painter would see of it")
    constraint: str = Field(min_length=8, max_length=100, pattern=_LINE, description="one rule to write by")
    question: str = Field(min_length=8, max_length=100, pattern=_LINE)


def elements_of(answer: ElementsShape, source: str) -> Elements:
    """Return the elements with those of their quotes that stand in the source, as they stand there.

    What is said of the source is left out where it quotes something else.
    """
    quotes = [*answer.images, answer.tension_quote, answer.works_quote]
    *images, tension, works = [_true(source, quote) for quote in quotes]
    return Elements(
        premise=honest(source, _ended(answer.premise)),
        images=_each_once(images),
        motifs=_each_once(map(_ended, answer.motifs)),
        tension=honest(source, _ended(answer.tension)),
        tension_quote=tension,
        works=honest(source, _ended(answer.works)),
        works_quote=works,
        dropped=sum(bool(quote) and not true for quote, true in zip(quotes, [*images, tension, works], strict=True)),
    )


def direction_of(answer: DirectionShape) -> Direction:
    """Return the direction that was answered."""
    return Direction(**{name: _ended(text) for name, text in answer.model_dump().items()})


def _true(source: str, quote: str) -> str:
    found = find_quote(source, quote)
    return " ".join(found.text.split()) if found else ""


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))


def _ended(text: str) -> str:
    """Take away what is left hanging where a text had reached its bound."""
    return text.rstrip(" ,;:(-–—")
