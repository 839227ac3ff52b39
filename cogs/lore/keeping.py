"""`/lore add`, `edit` and `remove`, and the buttons that take such a change back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import discord
from discord.app_commands import Range, autocomplete, choices

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.delivery.views import SalonView
from bot.lore.card import Card, Priority, Typed
from bot.words import say
from cogs.buttons import Button, StateButton, pressed
from cogs.choices import choices_of
from cogs.commands import command
from cogs.lore.part import Part, TitleOption, as_typed, card_form, given_back, typed_in
from cogs.shown import plain
from cogs.stories.part import StoryOption
from cogs.texts import giving_back

Listed = Range[str, 1, 600]
Words = Range[str, 1, 4_000]


class Keeping(Part):
    """Cards that members write."""

    @command("lore")
    @choices(priority=choices_of(Priority))
    @autocomplete(story=Part.suggest_stories)
    async def add(
        self,
        interaction: discord.Interaction,
        title: TitleOption,
        keys: Listed = "",
        text: Words = "",
        known_by: Listed = "",
        priority: str = Priority.NORMAL,
        story: StoryOption | None = None,
    ) -> None:
        """Add a card; where its keys or text are not given, a form asks for them."""
        story_id = await self.story_id(interaction, story)
        typed = Typed(title, keys, text, known_by, Priority(priority))
        if keys and text:
            await self._add(interaction, typed, story_id)
            return
        await self.stories.check_takes_part(member_of(interaction), channel_of(interaction), story_id)
        submitted = partial(self._add_typed, story_id)
        await interaction.response.send_modal(card_form(say("lore.form_add"), typed, submitted))

    @command("lore")
    @autocomplete(card=Part.suggest_cards, story=Part.suggest_stories)
    async def edit(self, interaction: discord.Interaction, card: TitleOption, story: StoryOption | None = None) -> None:
        """Show a card's words to be changed, unless the member may not."""
        story_id = await self.story_id(interaction, story)
        found = await self.lore.check_may_change(member_of(interaction), channel_of(interaction), card, story_id)
        form = card_form(say("lore.form_edit"), as_typed(found.wording), partial(self._edit, found.id))
        await interaction.response.send_modal(form)

    @command("lore")
    @autocomplete(card=Part.suggest_cards, story=Part.suggest_stories)
    async def remove(
        self, interaction: discord.Interaction, card: TitleOption, story: StoryOption | None = None
    ) -> None:
        """Take a card out of the lore."""
        await acknowledge(interaction)
        story_id = await self.story_id(interaction, story)
        removed = await self.lore.remove(member_of(interaction), channel_of(interaction), card, story_id)
        await self._tell(interaction, "lore.removed", removed, _button("put_back", removed.id))

    @pressed("lore_put_back")
    async def put_back_pressed(self, interaction: discord.Interaction, card_id: int) -> None:
        """Put a removed card back."""
        await acknowledge(interaction)
        card = await self.lore.put_back(member_of(interaction), channel_of(interaction), card_id)
        await self._tell(interaction, "lore.put_back", card)

    @pressed("lore_as_before")
    async def as_before_pressed(self, interaction: discord.Interaction, card_id: int, version_id: int) -> None:
        """Let a card say again what it said before it was changed."""
        await acknowledge(interaction)
        member, channel = member_of(interaction), channel_of(interaction)
        edited = await self.lore.take_back_edit(member, channel, card_id, version_id)
        await self._tell(interaction, "lore.edit_taken_back", edited.card)

    async def _add_typed(
        self, story_id: int | None, interaction: discord.Interaction, values: Mapping[str, str]
    ) -> None:
        await self._add(interaction, typed_in(values), story_id)

    async def _add(self, interaction: discord.Interaction, typed: Typed, story_id: int | None) -> None:
        await acknowledge(interaction)
        async with giving_back(interaction, given_back(typed)) as unsaved:
            card = await self.lore.add(member_of(interaction), channel_of(interaction), typed, story_id)
            unsaved.clear()
            is_always = card.wording.priority is Priority.ALWAYS
            await self._tell(interaction, "lore.added_always" if is_always else "lore.added", card)

    async def _edit(self, card_id: int, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        await acknowledge(interaction)
        typed = typed_in(values)
        async with giving_back(interaction, given_back(typed)) as unsaved:
            edited = await self.lore.edit(member_of(interaction), channel_of(interaction), card_id, typed)
            unsaved.clear()
            view = _button("as_before", card_id, edited.version_id)
            await self._tell(interaction, "lore.edited", edited.card, view)

    async def _tell(
        self, interaction: discord.Interaction, key: str, card: Card, view: SalonView | None = None
    ) -> None:
        """Tell everyone what became of a card; it is every writer's."""
        name, keys = plain(interaction.user.display_name), plain(", ".join(card.wording.keys))
        text = say(key, name=name, title=plain(card.title), keys=keys)
        await interaction.followup.send(text, view=view or SalonView())


def _button(action: str, *numbers: int) -> SalonView:
    button = Button(label=say(f"lore.button_{action}"), style=discord.ButtonStyle.secondary)
    return SalonView(StateButton(button, f"lore_{action}", *numbers))
