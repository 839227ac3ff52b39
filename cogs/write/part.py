"""What all parts of `/write` share: the services, and the options for a form, a style and a passage."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import discord
from discord.app_commands import Choice, Command, Range, autocomplete
from discord.app_commands.commands import CommandCallback, GroupT, P, T
from discord.ext import commands

from bot.delivery.context import channel_of, member_of
from bot.errors import NotFound
from bot.forms.ask import SEEDS, Material
from bot.forms.form import Form
from bot.forms.service import ABOUT_MAX, LANGUAGE_MAX, FormService
from bot.pictures.service import PictureService
from bot.stories.rules import PASSAGE_MAX
from cogs.choices import id_in, passage_choices
from cogs.commands import command, told
from cogs.style_names import suggest_styles

About = Range[str, 1, ABOUT_MAX]
Language = Range[str, 1, LANGUAGE_MAX]
Seed = Range[int, 0, SEEDS - 1]
Text = Range[str, 1, PASSAGE_MAX]
PassageOption = Range[str, 1, 100]


class Part(commands.Cog):
    """A part of the `/write` group."""

    def __init__(self, *, forms: FormService, pictures: PictureService) -> None:
        self.forms = forms
        self.pictures = pictures

    async def suggest_styles(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the server's writing styles."""
        return await suggest_styles(self.forms.styles, interaction, typed)

    async def suggest_passages(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the passages of the channel's story, the newest first; none where there is no story."""
        try:
            passages = await self.forms.stories.passages(member_of(interaction), channel_of(interaction))
        except NotFound:
            return []
        return passage_choices(passages, typed)


def material_of(text: str, picked: str | None) -> Material:
    """Return what a member gave to be worked on."""
    passage_id = id_in(picked) if picked else None
    if picked and passage_id is None:
        raise NotFound("story.passage_not_found")
    return Material(text, passage_id)


def form_choices(forms: Iterable[Form]) -> list[Choice[str]]:
    """Offer forms by what they are."""
    return [Choice(name=told(f"form_{form.key}"), value=form.key) for form in forms]


_SUGGESTIONS: Mapping[str, Callable[..., Any]] = {"style": Part.suggest_styles, "passage": Part.suggest_passages}


def write_command(function: CommandCallback[GroupT, P, T]) -> Command[GroupT, P, T]:
    """Make a command of `/write`; options called style or passage suggest themselves."""
    options = inspect.signature(function).parameters
    suggestions = {name: suggest for name, suggest in _SUGGESTIONS.items() if name in options}
    return command("write")(autocomplete(**suggestions)(function))
