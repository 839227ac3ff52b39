"""What `/style` shows: the list, and one style with its numbers."""

from __future__ import annotations

from collections.abc import Sequence

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
    add_field(embed, say("styling.page_numbers"), "\n".join(_numbers(style)))
    return embed.set_footer(text=say("styling.page_builtin")) if style.builtin else embed


def _numbers(style: Style) -> list[str]:
    """Say each number by the name of its option, and what it does."""
    return [
        say("styling.page_temperature", number=style.temperature),
        say("styling.page_top_p", number=style.top_p, percent=100 * style.top_p),
        say(_or_off("styling.page_min_p", style.min_p), number=style.min_p, percent=100 * style.min_p),
        say(_or_off("styling.page_repetition", style.dry_multiplier), number=style.dry_multiplier),
        say("styling.page_length", length=told(f"length_{style.length}").message),
    ]


def _or_off(key: str, number: float) -> str:
    return key if number else f"{key}_off"


def _line(style: Style) -> str:
    bare = say("styling.list_style_bare", name=plain(style.name))
    return f"{bare} · {plain(style.description)}" if style.description else bare
