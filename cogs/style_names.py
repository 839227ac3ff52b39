"""The option for a style: what it offers while one types."""

from __future__ import annotations

from collections.abc import Iterable

import discord
from discord.app_commands import Choice, Range

from bot.delivery.context import member_of
from bot.styles.book import StyleBook
from bot.styles.picture_style import PictureStyle
from bot.styles.rules import NAME_MAX
from bot.styles.style import Style
from cogs.choices import MOST_CHOICES, shortened

StyleOption = Range[str, 1, NAME_MAX]
AnyStyle = Style | PictureStyle
AnyBook = StyleBook[Style] | StyleBook[PictureStyle]


async def suggest_styles(
    styles: AnyBook, interaction: discord.Interaction, typed: str, *, own: bool = False
) -> list[Choice[str]]:
    """Offer the server's styles whose name holds what was typed; with `own` only those it made itself."""
    found = await styles.list(member_of(interaction).server_id)
    return style_choices((style for style in found if not (own and style.builtin)), typed)


def style_choices(styles: Iterable[AnyStyle], typed: str) -> list[Choice[str]]:
    """Offer styles by name, with what each is for."""
    matching = [style for style in styles if typed.casefold() in style.name.casefold()]
    return [Choice(name=shortened(_label(style), 100), value=style.name) for style in matching[:MOST_CHOICES]]


def _label(style: AnyStyle) -> str:
    return f"{style.name} · {style.description}" if style.description else style.name
