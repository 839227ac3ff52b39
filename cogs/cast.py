"""`/cast`: a story's people and places, with the looks that its pictures repeat."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import discord
from discord.app_commands import Choice, Range, autocomplete, choices, guild_only
from discord.ext import commands

from bot.cast.entry import CastChange, CastEntry, CastKind, NewEntry
from bot.cast.rules import NAME_MAX, TRAITS_MAX
from bot.cast.service import CastService
from bot.delivery.context import acknowledge, channel_of, member_of
from bot.errors import NotFound
from bot.words import say
from cogs.cast_pages import cast_list, entry_page
from cogs.choices import MOST_CHOICES, choices_of
from cogs.commands import command, told
from cogs.forms import Field, Form
from cogs.shown import plain
from cogs.stories.part import Part, StoryOption
from cogs.texts import giving_back
from cogs.uploads import read_picture

NameOption = Range[str, 1, NAME_MAX]
Traits = Range[str, 1, TRAITS_MAX]


@guild_only()
class Cast(Part, commands.GroupCog, name="cast", group_description=told("cast")):
    """Everyone reads the cast book; those in the story write it."""

    def __init__(self, *, cast: CastService, **shared: Any) -> None:
        super().__init__(**shared)
        self.cast = cast

    async def suggest_names(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer who and what is in the cast of the channel's current story; nobody where there is no story."""
        try:
            entries = await self.cast.list(member_of(interaction), channel_of(interaction))
        except NotFound:
            return []
        names = [entry.name for entry in entries if typed.casefold() in entry.name.casefold()]
        return [Choice(name=name, value=name) for name in names[:MOST_CHOICES]]

    @command("cast")
    @choices(kind=choices_of(CastKind))
    @autocomplete(story=Part.suggest_stories)
    async def add(
        self,
        interaction: discord.Interaction,
        name: NameOption,
        traits: Traits,
        kind: str = CastKind.PERSON,
        picture: discord.Attachment | None = None,
        story: StoryOption | None = None,
    ) -> None:
        """Put somebody or something into the cast."""
        await acknowledge(interaction)
        member, channel = member_of(interaction), channel_of(interaction)
        async with giving_back(interaction, traits) as unsaved:
            content = await read_picture(picture) if picture else None
            new = NewEntry(name, traits, CastKind(kind), content)
            entry = await self.cast.add(member, channel, new, await self.story_id(interaction, story))
            unsaved.clear()
            await self._tell(interaction, "cast.added", entry)

    @command("cast")
    @autocomplete(name=suggest_names, story=Part.suggest_stories)
    async def list_(
        self, interaction: discord.Interaction, name: NameOption | None = None, story: StoryOption | None = None
    ) -> None:
        """Show the cast, or one of it with its picture."""
        await acknowledge(interaction, ephemeral=True)
        member, channel = member_of(interaction), channel_of(interaction)
        story_id = await self.story_id(interaction, story)
        if name is None:
            shown = await self.stories.story(member, channel, story_id)
            page = cast_list(shown, await self.cast.list(member, channel, shown.id))
            await interaction.followup.send(embed=page, ephemeral=True)
        else:
            entry = await self.cast.get(member, channel, name, story_id)
            await interaction.followup.send(**entry_page(entry, await self.cast.picture(entry)), ephemeral=True)

    @command("cast")
    @choices(kind=choices_of(CastKind))
    @autocomplete(name=suggest_names, story=Part.suggest_stories)
    async def edit(
        self,
        interaction: discord.Interaction,
        name: NameOption,
        kind: str | None = None,
        picture: discord.Attachment | None = None,
        drop_picture: bool = False,
        story: StoryOption | None = None,
    ) -> None:
        """Change what is given; without that, show the words of an entry to be changed."""
        story_id = await self.story_id(interaction, story)
        if kind is None and picture is None and not drop_picture:
            await self._ask_for_words(interaction, name, story_id)
            return
        await acknowledge(interaction)
        content = await read_picture(picture) if picture else None
        change = CastChange(kind=CastKind(kind) if kind else None, picture=content, drops_picture=drop_picture)
        await self._change(interaction, name, change, story_id)

    @command("cast")
    @autocomplete(name=suggest_names, story=Part.suggest_stories)
    async def remove(
        self, interaction: discord.Interaction, name: NameOption, story: StoryOption | None = None
    ) -> None:
        """Take somebody or something out of the cast."""
        await acknowledge(interaction)
        story_id = await self.story_id(interaction, story)
        entry = await self.cast.remove(member_of(interaction), channel_of(interaction), name, story_id)
        await self._tell(interaction, "cast.removed", entry)

    async def _ask_for_words(self, interaction: discord.Interaction, name: str, story_id: int | None) -> None:
        """Show an entry's words to be changed, unless the member may not."""
        entry = await self.cast.check_may_change(member_of(interaction), channel_of(interaction), name, story_id)
        fields = [
            Field(say("cast.field_name"), "name", entry.name, NAME_MAX, is_long=False),
            Field(say("cast.field_traits"), "traits", entry.traits, TRAITS_MAX),
        ]
        submitted = partial(self._reword, entry)
        await interaction.response.send_modal(Form(say("cast.form_edit"), fields, submitted))

    async def _reword(self, entry: CastEntry, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        await acknowledge(interaction)
        async with giving_back(interaction, values["traits"]) as unsaved:
            change = CastChange(name=values["name"], traits=values["traits"])
            await self._change(interaction, entry.name, change, entry.story_id)
            unsaved.clear()

    async def _change(
        self, interaction: discord.Interaction, name: str, change: CastChange, story_id: int | None
    ) -> None:
        entry = await self.cast.edit(member_of(interaction), channel_of(interaction), name, change, story_id)
        await self._tell(interaction, "cast.edited", entry)

    async def _tell(self, interaction: discord.Interaction, key: str, entry: CastEntry) -> None:
        """Tell everyone what became of an entry; it is every writer's."""
        told = say(key, name=plain(interaction.user.display_name), entry=plain(entry.name), traits=plain(entry.traits))
        await interaction.followup.send(told)
