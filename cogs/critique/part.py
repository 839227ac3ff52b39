"""What all parts of `/critique` share: the services, and asking for a critique that only the asker sees."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import discord
from discord.app_commands import Choice
from discord.ext import commands

from bot.critique.critique import Critique, Mode, Wish
from bot.critique.desk import BEGINS_MAX
from bot.critique.rules import FOCUS_MAX, INTENT_MAX
from bot.critique.service import CritiqueService
from bot.delivery.context import acknowledge, channel_of, member_of
from bot.errors import NotFound
from bot.forms.service import FormService
from bot.words import say
from cogs.choices import passage_choices, shortened
from cogs.commands import told
from cogs.forms import Field, Form, Pick
from cogs.texts import giving_back

Finding = Callable[[], Awaitable[str]]


class Part(commands.Cog):
    """A part of the `/critique` group."""

    def __init__(self, *, critiques: CritiqueService, forms: FormService) -> None:
        self.critiques = critiques
        self.forms = forms

    async def suggest_passages(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the passages of the channel's story, the newest first; none where there is no story."""
        try:
            passages = await self.critiques.stories.passages(member_of(interaction), channel_of(interaction))
        except NotFound:
            return []
        return passage_choices(passages, typed)

    async def ask(self, interaction: discord.Interaction, text: str, wish: Wish, find: Finding | None = None) -> None:
        """Ask for a critique of a text, or of what is found; a text that is refused is given back."""
        reply = await acknowledge(interaction, ephemeral=True)
        async with giving_back(interaction, text) as unsaved:
            draft = text if find is None else await find()
            await self.critiques.critique(member_of(interaction), channel_of(interaction), reply, draft, wish)
            unsaved.clear()

    async def ask_how(self, interaction: discord.Interaction, find: Finding) -> None:
        """Open a form that asks how to read what is found, unless the member may not ask for a critique now."""
        await self.critiques.check_may_ask(member_of(interaction), channel_of(interaction))

        async def submitted(form: discord.Interaction, values: Mapping[str, str]) -> None:
            await self.ask(form, "", wish_in(values), find)

        await interaction.response.send_modal(Form(say("critique.form_title"), how_fields(Wish()), submitted))


def how_fields(wish: Wish) -> list[Field | Pick]:
    """Ask in a form how a draft should be read."""
    modes = {mode.value: mode_name(mode) for mode in (wish.mode, *(each for each in Mode if each is not wish.mode))}
    return [
        Pick(say("critique.form_mode"), "mode", modes),
        Field(say("critique.form_intent"), "intent", wish.intent, INTENT_MAX, required=False),
        Field(say("critique.form_focus"), "focus", wish.focus, FOCUS_MAX, is_long=False, required=False),
    ]


def wish_in(values: Mapping[str, str]) -> Wish:
    """Read out of a form how a draft should be read."""
    return Wish(Mode(values["mode"]), values["intent"], values["focus"])


def beginning_of(critique: Critique) -> str:
    """Return how a critique's draft begins, up to a word; what is kept of it may end within one."""
    return shortened(critique.begins, BEGINS_MAX - 1)


def mode_name(mode: Mode) -> str:
    """Return what members read of a mode."""
    return told(f"mode_{mode.name.lower()}").message
