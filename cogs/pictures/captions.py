"""What is said of pictures: who asked for what, that an AI drew it, and how."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import discord

from bot.pictures.ask import Ask
from bot.pictures.picture import How, Work
from bot.pictures.prompts import words_of
from bot.words import say
from cogs.choices import shortened
from cogs.shown import COLOUR, add_field, plain

_ASKED_CHARACTERS = 1_500  # leaves room in a message for the answer below it


def asked(how: How, name: str, prompt: str, style: str) -> str:
    """Say who asked for what; where no words were given, the style is what was asked for."""
    without = style if how is How.RESTYLE else say("picture.no_words", style=style)
    words = shortened(plain(" ".join((prompt or without).split())), _ASKED_CHARACTERS)
    return say(f"picture.asks_{how}", name=plain(name), prompt=words)


def credit_of(works: Sequence[Work]) -> str:
    """Say that an AI drew pictures of one request, in which style and from which seeds."""
    seeds = [work.seed for work in works]
    drawn = say("picture.credit", model=works[0].model, style=works[0].style)
    return f"{drawn} · {say('picture.credit_seed', count=len(seeds), seeds=_listed(seeds))}"


def line_of(work: Work, most: int = 80) -> str:
    """Say on one line of plain words what a picture shows."""
    return shortened(" ".join((work.prompt or work.alt).split()), most)


def details(works: Sequence[Work]) -> discord.Embed:
    """Tell all about how the pictures of one request were made."""
    first, *_ = works
    ask = Ask.of(first)
    embed = discord.Embed(title=say("picture.details_title"), colour=COLOUR, timestamp=first.made_at)
    add_field(embed, say("picture.details_prompt"), plain(first.prompt))
    if (read := words_of(ask)) != first.prompt:
        add_field(embed, say("picture.details_read"), plain(read))
    add_field(embed, say("picture.details_avoid"), plain(first.avoid))
    add_field(embed, say("picture.details_style"), plain(first.style), inline=True)
    add_field(embed, say("picture.details_seed"), _listed([work.seed for work in works]), inline=True)
    add_field(embed, say("picture.details_model"), plain(first.model), inline=True)
    add_field(embed, say("picture.details_drawing"), _drawing(first))
    add_field(embed, say("picture.details_files", count=len(works)), "\n".join(map(_file, works)))
    source = _source(first, ask)
    return embed.set_footer(text=source) if source else embed


def _source(work: Work, ask: Ask) -> str:
    """Say which picture a work was drawn from, if from any."""
    if work.parent_id is not None:
        return say("picture.details_parent", parent=work.parent_id)
    return say("picture.details_brought") if ask.image is not None else ""


def _listed(seeds: Sequence[int]) -> str:
    """List seeds; as a request's usually follow each other, the first and the last say it."""
    is_run = len(seeds) > 2 and all(later - seed == 1 for seed, later in pairwise(seeds))
    return f"{seeds[0]}–{seeds[-1]}" if is_run else ", ".join(map(str, seeds))


def _drawing(work: Work) -> str:
    drawn = say("picture.details_drawn", steps=work.steps, guidance=work.guidance, seconds=work.took_ms / 1_000)
    if work.strength is None:
        return drawn
    anew = round(work.steps * work.strength)
    return f"{drawn} · {say('picture.details_strength', strength=work.strength, steps=anew)}"


def _file(work: Work) -> str:
    size = {"width": work.width, "height": work.height, "kilobytes": max(1, round(work.size_bytes / 1_000))}
    return say("picture.details_file", id=work.id, format=work.format.upper(), **size)
