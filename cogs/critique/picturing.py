"""`/critique picture`: the sheet and facts of a picture at once, then notes by the models where they may be asked."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import discord
from discord.app_commands import Range
from discord.ext import commands

from bot.delivery.context import acknowledge, channel_of, member_of
from bot.errors import NotAllowed, SalonError
from bot.jobs.job import ReplyPlace
from bot.picture_critique.ask import PictureWish
from bot.picture_critique.service import WISH_MAX, PictureCritiqueService, Study
from bot.pictures.picture import Spot, Upload
from bot.words import say
from cogs.buttons import pressed
from cogs.commands import command
from cogs.critique.sheets import SHEET, alt_of, share_button
from cogs.forms import Field, Form
from cogs.pictures.messages import picked, which
from cogs.shown import plain
from cogs.uploads import pictures_of, read_picture

WishText = Range[str, 1, WISH_MAX]


class Picturing(commands.Cog):
    """Critique of pictures."""

    def __init__(self, *, studies: PictureCritiqueService, **shared: Any) -> None:
        super().__init__(**shared)
        self.studies = studies

    @command("critique")
    async def picture(
        self,
        interaction: discord.Interaction,
        picture: discord.Attachment,
        intent: WishText = "",
        focus: WishText = "",
        notes: bool = True,
    ) -> None:
        """Show what can be measured of a picture, and have notes made on it."""
        await self._study(interaction, picture, PictureWish(intent, focus), wants_notes=notes)

    async def critique_picture_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Ask which picture of one's own message, or of Salon's, is meant and what it is to do, then study it."""
        if message.author not in (interaction.user, interaction.client.user):
            raise NotAllowed("picture_critique.not_yours", author=message.author.display_name)
        fields = [
            *which(message),
            Field(say("picture_critique.form_intent"), "intent", most=WISH_MAX, required=False),
            Field(say("picture_critique.form_focus"), "focus", most=WISH_MAX, is_long=False, required=False),
        ]
        form = Form(say("picture_critique.form_title"), fields, partial(self._study_posted, message))
        await interaction.response.send_modal(form)

    @pressed("critique_sheet_share")
    async def sheet_share_pressed(self, interaction: discord.Interaction) -> None:
        """Show everyone in the channel, once, the message that the button stands under, which only its asker sees."""
        message = interaction.message
        assert message is not None, "a button stands under a message"
        if message.embeds:  # notes stand in a frame, a sheet does not
            await self.studies.check_may_share(channel_of(interaction))
        await interaction.response.defer()
        files = [await _again(attachment) for attachment in message.attachments]
        heading = say("picture_critique.shared", name=plain(interaction.user.display_name))
        await interaction.followup.send(f"{heading}\n{message.content}".strip(), embeds=message.embeds, files=files)
        await interaction.edit_original_response(view=None)

    async def _study_posted(
        self, message: discord.Message, interaction: discord.Interaction, values: Mapping[str, str]
    ) -> None:
        wish = PictureWish(values["intent"], values["focus"])
        await self._study(interaction, pictures_of(message)[picked(values)], wish, wants_notes=True)

    async def _study(
        self, interaction: discord.Interaction, picture: discord.Attachment, wish: PictureWish, *, wants_notes: bool
    ) -> None:
        reply = await acknowledge(interaction, ephemeral=True)
        upload = Upload(await read_picture(picture), picture.filename)
        study = await self.studies.study(channel_of(interaction), upload.content)
        await _show(interaction, study)
        if wants_notes:
            await self._ask_for_notes(interaction, reply, upload, study, wish)

    async def _ask_for_notes(
        self, interaction: discord.Interaction, reply: ReplyPlace, upload: Upload, study: Study, wish: PictureWish
    ) -> None:
        """Have notes made, or say why no model makes any here: the sheet needs none."""
        member, channel = member_of(interaction), channel_of(interaction)
        try:
            await self.studies.check_may_ask(member, channel)
        except SalonError as error:
            await interaction.followup.send(say("picture_critique.no_notes", why=str(error)), ephemeral=True)
            return
        spot = Spot(channel, await _place_below(interaction, reply), interaction.filesize_limit)
        await self.studies.ask(member, spot, upload, study, wish)


async def _show(interaction: discord.Interaction, study: Study) -> None:
    """Show the asker alone what was measured; why there are no notes is not among what she may share."""
    file = discord.File(io.BytesIO(study.sheet), SHEET, description=alt_of(study), spoiler=study.is_spoiler)
    await interaction.followup.send("\n".join(study.facts), file=file, view=share_button(), ephemeral=True)


async def _place_below(interaction: discord.Interaction, reply: ReplyPlace) -> ReplyPlace:
    """Open a second private message for the notes, as the first one holds the sheet."""
    below = await interaction.followup.send(say("picture_critique.looking"), ephemeral=True, wait=True)
    return replace(reply, message_id=below.id)


async def _again(attachment: discord.Attachment) -> discord.File:
    """Return a file that Discord has, to be sent once more."""
    content = io.BytesIO(await read_picture(attachment))
    return discord.File(
        content, attachment.filename, description=attachment.description, spoiler=attachment.is_spoiler()
    )
