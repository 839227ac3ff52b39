"""What all parts of `/lore` share: the service, the picker of cards, and the form that a card is worded in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord.app_commands import Choice, Range

from bot.delivery.context import channel_of, member_of
from bot.errors import NotAllowed, NotFound
from bot.lore.card import Priority, Typed, Wording
from bot.lore.rules import TEXT_MAX, TITLE_MAX
from bot.lore.service import LoreService
from bot.words import say
from cogs.choices import MOST_CHOICES
from cogs.commands import told
from cogs.forms import Field, Form, Pick, Submitted
from cogs.stories.part import Part as StoryPart

TitleOption = Range[str, 1, TITLE_MAX]

_LINE_MAX = 600


class Part(StoryPart):
    """A part of the `/lore` group."""

    def __init__(self, *, lore: LoreService, **shared: Any) -> None:
        super().__init__(**shared)
        self.lore = lore

    async def suggest_cards(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the cards of the story picked beside, else of the channel's current one; none where there is none."""
        try:
            story_id = await self.story_id(interaction, interaction.namespace.story)
            cards = await self.lore.of_story(member_of(interaction), channel_of(interaction), story_id)
        except (NotFound, NotAllowed):
            return []
        titles = [card.title for card in cards if typed.casefold() in card.title.casefold()]
        return [Choice(name=title, value=title) for title in titles[:MOST_CHOICES]]


def card_form(title: str, shown: Typed, submitted: Submitted) -> Form:
    """Ask for a card's words, beginning with those shown; a text that is too long can still be sent and comes back."""
    priorities = sorted(Priority, key=lambda priority: priority is not shown.priority)
    fields: list[Field | Pick] = [
        Field(say("lore.field_title"), "title", shown.title, TITLE_MAX, is_long=False),
        Field(say("lore.field_keys"), "keys", shown.keys, _LINE_MAX, is_long=False),
        Field(say("lore.field_text", limit=f"{TEXT_MAX:,}"), "text", shown.text),
        Field(say("lore.field_known_by"), "known_by", shown.known_by, _LINE_MAX, is_long=False, required=False),
        Pick(say("lore.field_priority"), "priority", {each: priority_name(each) for each in priorities}),
    ]
    return Form(title, fields, submitted)


def typed_in(values: Mapping[str, str]) -> Typed:
    """Return what was typed into a card's form."""
    return Typed(values["title"], values["keys"], values["text"], values["known_by"], Priority(values["priority"]))


def given_back(typed: Typed) -> str:
    """Return all that was typed, line by line, for a card that cannot be kept."""
    return "\n".join(filter(None, (typed.title, typed.keys, typed.text, typed.known_by)))


def as_typed(wording: Wording) -> Typed:
    """Return a card's wording as somebody would type it."""
    keys, names = ", ".join(wording.keys), ", ".join(wording.known_by)
    return Typed(wording.title, keys, wording.text, names, wording.priority)


def priority_name(priority: Priority) -> str:
    """Return what a priority is called."""
    return told(f"priority_{priority}").message
