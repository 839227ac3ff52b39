"""What is said with inspiration: who looks for it and in what, the elements that were found, and each direction."""

from __future__ import annotations

from collections.abc import Sequence

from bot.inspiration.ask import Ask, Elements, Look, Source
from bot.inspiration.directing import TRIES
from bot.inspiration.lens import lens_of, moods
from bot.words import say
from cogs.choices import shortened
from cogs.shown import plain

_SEEN_CHARACTERS = 300
_SAID_CHARACTERS = 400


def begun(ask: Ask) -> str:
    """Say who looks for inspiration and in what, what was seen and found there, and where it led so far."""
    return "\n".join(
        [
            _asked(ask),
            *([_small("inspire.seen", ask.seen)] if ask.seen else []),
            *([_in_words(ask.elements)] if ask.elements else []),
            *(look_in_words(number, look) for number, look in enumerate(ask.looks, start=1)),
        ]
    )


def look_in_words(number: int, look: Look) -> str:
    """Tell what came of looking through a lens."""
    head = say("inspire.look", number=number, emoji=_emoji(look.lens), lens=say(f"inspiration.lens_{look.lens}"))
    direction = look.direction
    if direction is None:
        said = plain(shortened(look.said, _SAID_CHARACTERS)) or say("inspire.nothing_new", count=TRIES)
        return f"### {head}\n{said}"
    return "\n".join(
        [
            f"### {head}: {plain(direction.title)}",
            plain(direction.direction),
            say("inspire.constraint", text=plain(direction.constraint)),
            say("inspire.question", text=plain(direction.question)),
        ]
    )


def mood_name(mood: str) -> str:
    """Call a mood by its name, or as its member wrote it."""
    offered = moods().get(mood)
    return f"{offered.emoji} {say(f'inspiration.mood_{mood}')}" if offered else plain(mood)


def _asked(ask: Ask) -> str:
    kind = "another" if ask.of_job is not None else _kind(ask.source)
    asked = say(f"inspire.asks_{kind}", name=plain(ask.asker.name))
    mood = f" · {mood_name(ask.source.mood)}" if ask.source.mood else ""
    spark = f"\n{_small('inspire.spark', ask.source.spark)}" if ask.source.spark else ""
    return f"{asked}{mood}{spark}"


def _kind(source: Source) -> str:
    if source.passage_id is not None:
        return "passage"
    return "text" if source.text else "picture" if source.picture else "nothing"


def _small(key: str, text: str) -> str:
    return f"-# {say(key, text=plain(shortened(' '.join(text.split()), _SEEN_CHARACTERS)))}"


def _in_words(elements: Elements) -> str:
    """Tell what a source is made of; quotes stand in quotation marks, and those that were not true are counted."""
    if elements.said:
        return plain(shortened(elements.said, _SAID_CHARACTERS))
    lines = [
        f"> {plain(elements.premise)}" if elements.premise else "",
        _listed("inspire.images", [_quoted(image) for image in elements.images]),
        _listed("inspire.motifs", list(map(plain, elements.motifs))),
        _listed("inspire.tension", _with_quote(elements.tension, elements.tension_quote), " "),
        _listed("inspire.works", _with_quote(elements.works, elements.works_quote), " "),
        f"-# {say('inspire.dropped', count=elements.dropped)}" if elements.dropped else "",
    ]
    return "\n".join(filter(None, lines))


def _listed(key: str, texts: Sequence[str], between: str = " · ") -> str:
    return say(key, text=between.join(texts)) if texts else ""


def _with_quote(text: str, quote: str) -> list[str]:
    return [*([plain(text)] if text else []), *([_quoted(quote)] if quote else [])]


def _quoted(quote: str) -> str:
    return say("inspire.quoted", quote=plain(quote))


def _emoji(lens: str) -> str:
    return lens_of(lens).emoji
