"""`/critique draft` and "Critique this": a text, a file, a passage, a message or a piece, read by the AI."""

from __future__ import annotations

from collections.abc import Mapping

import discord
from discord.app_commands import Range, autocomplete, choices

from bot.critique.critique import Mode, Wish
from bot.critique.rules import FOCUS_MAX, INTENT_MAX, check_own
from bot.delivery.context import channel_of, member_of
from bot.errors import BadInput, NotFound
from bot.words import say
from cogs.buttons import number_under, pressed
from cogs.choices import choices_of, id_in
from cogs.commands import command
from cogs.critique.part import Finding, Part, how_fields, wish_in
from cogs.forms import Field, Form
from cogs.texts import document_of, giving_back

Typed = Range[str, 1, 6_000]  # what Discord lets one type into an option
PassageOption = Range[str, 1, 100]

_ENDINGS = (".txt", ".md", ".docx")


class Drafting(Part):
    """Asking for critiques."""

    @command("critique")
    @choices(mode=choices_of(Mode))
    @autocomplete(passage=Part.suggest_passages)
    async def draft(
        self,
        interaction: discord.Interaction,
        text: Typed = "",
        file: discord.Attachment | None = None,
        passage: PassageOption | None = None,
        mode: str = Mode.CRAFT,
        intent: Range[str, 1, INTENT_MAX] = "",
        focus: Range[str, 1, FOCUS_MAX] = "",
    ) -> None:
        """Have a draft read; without one a form opens."""
        wish = Wish(Mode(mode), intent, focus)
        given = [each for each in (text, file, passage) if each]
        if not given:
            await self._ask_for_draft(interaction, wish)
        elif len(given) > 1:
            async with giving_back(interaction, text):
                raise BadInput("critique.give_one")
        elif file:
            await self.ask(interaction, "", wish, lambda: document_of(file))
        elif passage:
            await self.ask(interaction, "", wish, lambda: self._passage(interaction, passage))
        else:
            await self.ask(interaction, text, wish)

    async def critique_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Have a message of one's own read, or what of Salon's shows a passage or a piece."""
        salon = interaction.client.user
        if salon is not None and message.author.id == salon.id:
            find = self._shown_in(interaction, message)
            await find()  # what may not be read is refused before anything is asked
            await self.ask_how(interaction, find)
            return
        check_own(member_of(interaction), message.author.id, message.author.display_name)
        file = next((each for each in message.attachments if each.filename.lower().endswith(_ENDINGS)), None)
        if not file and not message.content.strip():
            raise NotFound("critique.nothing_to_read")

        async def text() -> str:
            return await document_of(file) if file else message.content

        await self.ask_how(interaction, text)

    @pressed("critique_piece")
    async def piece_pressed(self, interaction: discord.Interaction, job_id: int) -> None:
        """Have a piece read that the AI wrote."""
        await self.ask_how(interaction, lambda: self._piece(interaction, job_id))

    def _shown_in(self, interaction: discord.Interaction, message: discord.Message) -> Finding:
        """Return how to find what a message of Salon's shows: its words alone do not say whose they are."""
        passage_id, job_id = number_under(message, "step_back"), number_under(message, "critique_piece")
        if passage_id is not None:
            return lambda: self.critiques.passage_text(member_of(interaction), passage_id)
        if job_id is not None:
            return lambda: self._piece(interaction, job_id)
        raise NotFound("critique.nothing_of_salons")

    async def _piece(self, interaction: discord.Interaction, job_id: int) -> str:
        _, piece = await self.forms.piece(member_of(interaction), channel_of(interaction), job_id)
        return piece.text

    async def _passage(self, interaction: discord.Interaction, picked: str) -> str:
        passage_id = id_in(picked)
        if passage_id is None:
            raise NotFound("story.passage_not_found")
        return await self.critiques.passage_text(member_of(interaction), passage_id)

    async def _ask_for_draft(self, interaction: discord.Interaction, wish: Wish) -> None:
        await self.critiques.check_may_ask(member_of(interaction), channel_of(interaction))
        fields = [Field(say("critique.form_draft"), "draft"), *how_fields(wish)]
        await interaction.response.send_modal(Form(say("critique.form_title"), fields, self._draft_written))

    async def _draft_written(self, interaction: discord.Interaction, values: Mapping[str, str]) -> None:
        await self.ask(interaction, values["draft"], wish_in(values))
