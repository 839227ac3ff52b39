"""How things look in Discord: names without markup, lists that fit, Salon's colour."""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.words import say

COLOUR = discord.Colour(0xF0B65A)
DESCRIPTION_CHARACTERS = 4_096
FIELD_CHARACTERS = 1_024
_ROOM_FOR_MORE = 60


def plain(name: str) -> str:
    """Keep a name or title from being read as markup or a mention."""
    return discord.utils.escape_mentions(discord.utils.escape_markdown(name))


def fitted(lines: Iterable[str], most: int = DESCRIPTION_CHARACTERS) -> str:
    """Join as many lines as fit into `most` characters and say how many more there are."""
    all_lines = list(lines)
    room = most - _ROOM_FOR_MORE
    count = 0
    for line in all_lines:
        room -= len(line) + 1
        if room < 0:
            break
        count += 1
    left = len(all_lines) - count
    return "\n".join([*all_lines[:count], *([say("shown.more", count=left)] if left else [])])


def add_field(embed: discord.Embed, name: str, value: str, *, inline: bool = False) -> None:
    """Add a field cut to what a field may hold; nothing where there is nothing to show."""
    if value:
        whole = len(value) <= FIELD_CHARACTERS
        embed.add_field(name=name, value=value if whole else f"{value[: FIELD_CHARACTERS - 1]}…", inline=inline)
