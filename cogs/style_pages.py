"""What `/style` shows: the list, and one style with its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import discord

from bot.styles.style import Style
from bot.words import say
from cogs.commands import told
from cogs.shown import COLOUR, add_field, fitted, plain


def style_list(styles: Sequence[Style]) -> discord.Embed:
    """List the built-in styles, then the server's own."""
    own = [_line(style) for style in styles if not style.builtin] or [say("styling.list_own_none")]
    builtin = [_line(style) for style in styles if style.builtin]
    lines = [*builtin, f"\n**{say('styling.list_own')}**", *own]
    return discord.Embed(title=say("styling.list_title"), description=fitted(lines), colour=COLOUR)


def style_page(style: Style) -> discord.Embed:
    """Show one style: what it is for, what the AI is told, and its numbers."""
    embed = discord.Embed(title=plain(style.name), description=plain(style.description), colour=COLOUR)
    add_field(embed, say("styling.page_instructions"), style.instructions)
    numbers = asdict(style) | {"length": told(f"length_{style.length}").message}
    footer = say("styling.page_numbers", **{name: numbers[name] for name in _NUMBERS})
    return embed.set_footer(text=f"{footer} · {say('styling.page_builtin')}" if style.builtin else footer)


_NUMBERS = ("temperature", "top_p", "min_p", "dry_multiplier", "length")


def _line(style: Style) -> str:
    bare = say("styling.list_style_bare", name=plain(style.name))
    return f"{bare} · {plain(style.description)}" if style.description else bare
