"""What `/cast list` shows: the whole cast, or one entry with its picture."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import discord

from bot.cast.entry import CastEntry, CastKind
from bot.stories.story import Story
from bot.words import say
from cogs.commands import told
from cogs.shown import COLOUR, fitted, plain

_PICTURE = "portrait.webp"


def cast_list(story: Story, entries: Sequence[CastEntry]) -> discord.Embed:
    """List a story's people, then its places."""
    groups = [[entry for entry in entries if entry.kind is kind] for kind in CastKind]
    lines = [line for group in groups for line in _group(group)]
    title = say("cast.list_title", title=plain(story.title))
    return discord.Embed(title=title, description=fitted(lines) if lines else say("cast.list_none"), colour=COLOUR)


def entry_page(entry: CastEntry, picture: bytes | None) -> dict[str, Any]:
    """Show an entry, with its picture where it has one."""
    embed = discord.Embed(title=plain(entry.name), description=plain(entry.traits), colour=COLOUR)
    embed.set_footer(text=_kind(entry.kind))
    if picture is None:
        return {"embed": embed}
    file = discord.File(io.BytesIO(picture), _PICTURE, description=f"{entry.name}: {entry.traits}")
    return {"embed": embed.set_image(url=f"attachment://{_PICTURE}"), "file": file}


def _group(entries: Sequence[CastEntry]) -> list[str]:
    if not entries:
        return []
    return [f"\n**{say(f'cast.list_{entries[0].kind}')}**", *map(_line, entries)]


def _line(entry: CastEntry) -> str:
    key = "cast.list_line_pictured" if entry.has_picture else "cast.list_line"
    return say(key, name=plain(entry.name), traits=plain(entry.traits))


def _kind(kind: CastKind) -> str:
    return told(f"castkind_{kind}").message
