"""What `/style` shows: the lists, and one style with its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord

from bot.styles.picture_style import PictureStyle
from bot.styles.style import Style
from bot.words import say
from cogs.commands import told
from cogs.shown import COLOUR, add_field, fitted, plain
from cogs.style_names import AnyStyle

_LIST_CHARACTERS = 2_900  # both lists stand in one message, whose embeds may have 6,000 characters together


def style_list(kind: str, styles: Sequence[AnyStyle]) -> discord.Embed:
    """List the built-in styles of a kind ("writing" or "pictures"), then the server's own."""
    own = [_line(style) for style in styles if not style.builtin] or [say(f"styling.list_none_{kind}")]
    builtin = [_line(style) for style in styles if style.builtin]
    lines = [*builtin, f"\n**{say('styling.list_own')}**", *own]
    title = say(f"styling.list_title_{kind}")
    return discord.Embed(title=title, description=fitted(lines, _LIST_CHARACTERS), colour=COLOUR)


def style_page(style: Style) -> discord.Embed:
    """Show one style: what it is for, what the AI is told, and its numbers."""
    embed = discord.Embed(title=plain(style.name), description=plain(style.description), colour=COLOUR)
    add_field(embed, say("styling.page_instructions"), style.instructions)
    add_field(embed, say("styling.page_numbers"), "\n".join(_numbers(style)))
    return embed.set_footer(text=say("styling.page_builtin")) if style.builtin else embed


def picture_style_page(style: PictureStyle) -> discord.Embed:
    """Show one picture style: what it is for, the words it adds, and how it is drawn."""
    embed = discord.Embed(title=plain(style.name), description=plain(style.description), colour=COLOUR)
    after = say("styling.page_after", after=plain(style.after)) if style.after else ""
    words = say("styling.page_prompt", before=plain(style.before), after=after)
    add_field(embed, say("styling.page_words"), words.strip())
    add_field(embed, say("styling.page_avoid"), plain(style.avoid))
    add_field(embed, say("styling.page_drawing"), "\n".join(_drawing(style)))
    if style.pipeline:
        return embed.set_footer(text=say("styling.page_pipeline", pipeline=style.pipeline))
    return embed.set_footer(text=say("styling.page_builtin")) if style.builtin else embed


def as_typed(words: Mapping[str, str]) -> str:
    """Return all fields of a form as one text, each under its label."""
    return "\n\n".join(f"{say(f'styling.field_{name}')}:\n{text}" for name, text in words.items() if text)


def _numbers(style: Style) -> list[str]:
    """Say each number by the name of its option, and what it does."""
    return [
        say("styling.page_temperature", number=style.temperature),
        say("styling.page_top_p", number=style.top_p, percent=100 * style.top_p),
        say(_or_off("styling.page_min_p", style.min_p), number=style.min_p, percent=100 * style.min_p),
        say(_or_off("styling.page_repetition", style.dry_multiplier), number=style.dry_multiplier),
        say(_or_off("styling.page_surprise", style.xtc_probability), number=style.xtc_probability),
        say("styling.page_length", length=told(f"length_{style.length}").message),
    ]


def _drawing(style: PictureStyle) -> list[str]:
    """Say what the style decides about the drawing; the rest is left to the pipeline."""
    decided = [
        say("styling.page_steps", number=style.steps) if style.steps is not None else "",
        say("styling.page_guidance", number=style.guidance) if style.guidance is not None else "",
        say("styling.page_lora", name=plain(style.lora)) if style.lora else "",
        say("styling.page_shape", shape=told(f"shape_{style.shape}").message) if style.shape else "",
    ]
    return [line for line in decided if line] or [say("styling.page_as_pipeline")]


def _or_off(key: str, number: float) -> str:
    return key if number else f"{key}_off"


def _line(style: AnyStyle) -> str:
    if isinstance(style, PictureStyle) and style.pipeline:
        parts = {"name": plain(style.name), "description": plain(style.description), "pipeline": style.pipeline}
        return say("styling.list_style_taught", **parts)
    bare = say("styling.list_style_bare", name=plain(style.name))
    return f"{bare} · {plain(style.description)}" if style.description else bare
