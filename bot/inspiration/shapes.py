"""The shapes of the two answers that inspiration asks for, and what is kept of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from bot.answers.shape import Shape
from bot.inspiration.ask import Direction, Elements
from bot.quotes import find_quote

Quoted = Annotated[str, Field(min_length=1, max_length=80)]
Motif = Annotated[str, Field(min_length=1, max_length=30)]


class ElementsShape(Shape):
    """What a text is made of; each quote comes before what is said of it."""

    premise: str = Field(min_length=1, max_length=160, description="what it is about, in one sentence")
    images: list[Quoted] = Field(max_length=3, description="exact words of it that show something")
    motifs: list[Motif] = Field(max_length=3, description="a thing or an idea that matters in it, in a word or two")
    tension_quote: str = Field(max_length=80, description="exact words of it in which two things pull apart")
    tension: str = Field(min_length=1, max_length=120, description="what pulls apart")
    works_quote: str = Field(max_length=80, description="the strongest words of it, exactly")
    works: str = Field(min_length=1, max_length=120, description="what makes it work")


class DirectionShape(Shape):
    """One direction for a new piece."""

    title: str = Field(min_length=1, max_length=50, description="its title")
    line: str = Field(min_length=1, max_length=180, description="the direction, in one sentence")
    image: str = Field(min_length=1, max_length=120, description="one thing seen in it, as a painter would be told")
    constraint: str = Field(min_length=1, max_length=100, description="one rule to keep while writing it")
    question: str = Field(min_length=1, max_length=100, description="one question that the writer must answer first")


def elements_of(answer: ElementsShape, source: str) -> Elements:
    """Return the elements with those of their quotes that stand in the source, as they stand there."""
    quotes = [*answer.images, answer.tension_quote, answer.works_quote]
    *images, tension, works = [_true(source, quote) for quote in quotes]
    return Elements(
        premise=answer.premise,
        images=_each_once(images),
        motifs=_each_once(answer.motifs),
        tension=answer.tension,
        tension_quote=tension,
        works=answer.works,
        works_quote=works,
        dropped=sum(bool(quote) and not true for quote, true in zip(quotes, [*images, tension, works], strict=True)),
    )


def direction_of(answer: DirectionShape) -> Direction:
    """Return the direction that was answered, each part of it on one line."""
    return Direction(**{name: " ".join(text.split()) for name, text in answer.model_dump().items()})


def _true(source: str, quote: str) -> str:
    found = find_quote(source, quote)
    return " ".join(found.text.split()) if found else ""


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))
