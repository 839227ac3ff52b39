"""Deleting pictures: asked once more, then gone from what Salon keeps and from their message."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.delivery.context import acknowledge, member_of
from bot.delivery.draft import all_pages
from bot.delivery.fields import edited
from bot.errors import NotFound
from bot.pictures.picture import Work
from bot.words import say
from cogs.buttons import pressed
from cogs.pictures.controls import delete_button
from cogs.pictures.files import work_id_of
from cogs.pictures.part import Part
from cogs.pictures.presenter import PicturePresenter


class Deleting(Part):
    """Deleting pictures: their makers their own, admins any."""

    @pressed("picture_delete")
    async def delete_pressed(self, interaction: discord.Interaction, *work_ids: int) -> None:
        """Ask whoever may delete the pictures once more."""
        await acknowledge(interaction, ephemeral=True)
        for work_id in work_ids:
            await self.pictures.check_may_delete(member_of(interaction), work_id)
        question = say("picture.sure", count=len(work_ids))
        await interaction.followup.send(question, view=delete_button(work_ids), ephemeral=True)

    @pressed("picture_gone")
    async def gone_pressed(self, interaction: discord.Interaction, *work_ids: int) -> None:
        """Delete the pictures and take them out of their message."""
        await interaction.response.defer()
        deleted = await self._delete(interaction, work_ids)
        said = say("picture.deleted", count=len(deleted))
        if not await self._take_out(interaction.client, deleted):
            said = f"{said}\n{say('picture.message_stays')}"
        await interaction.edit_original_response(content=said, view=None)

    async def _delete(self, interaction: discord.Interaction, work_ids: Sequence[int]) -> list[Work]:
        """Delete those that are still there; raise `NotFound` where none is."""
        deleted, missing = [], None
        for work_id in work_ids:
            try:
                deleted.append(await self.pictures.delete(member_of(interaction), work_id))
            except NotFound as error:
                missing = error
        if missing and not deleted:
            raise missing
        return deleted

    async def _take_out(self, client: discord.Client, deleted: Sequence[Work]) -> bool:
        """Leave in the message of a request what is left of its pictures; say whether the message could be reached."""
        job = await self.queue.job(deleted[0].job_id)
        presenter = PicturePresenter(self.pictures, self.engine)
        pages = all_pages([*await presenter.opening(job), await presenter.present(job)])
        gone = {work.id for work in deleted}
        channel = client.get_partial_messageable(job.reply.channel_id)
        try:
            message = await channel.fetch_message(job.reply.message_id or 0)
            left = [file for file in message.attachments if work_id_of(file.filename) not in gone]
            await message.edit(**edited(pages[-1]) | {"attachments": left})
        except discord.NotFound:
            return True  # whoever deleted the message was faster
        except discord.HTTPException:
            return False
        return True
