"""Deleting pictures: asked once more, then gone from what Salon keeps and from their message."""

from __future__ import annotations

from functools import partial
from typing import Any

import discord

from bot.delivery.context import acknowledge, member_of
from bot.delivery.draft import Page, all_pages
from bot.delivery.fields import edited
from bot.errors import NotFound, SalonError
from bot.jobs.job import Job
from bot.people import Member
from bot.words import say
from cogs.buttons import pressed
from cogs.pictures.controls import delete_button
from cogs.pictures.files import work_id_of
from cogs.pictures.part import Part
from cogs.pictures.posted import message_of
from cogs.pictures.presenter import PicturePresenter


class Deleting(Part):
    """Deleting pictures: their makers their own, admins any."""

    @pressed("picture_delete")
    async def delete_pressed(self, interaction: discord.Interaction, *work_ids: int) -> None:
        """Ask whoever may delete the pictures once more."""
        await acknowledge(interaction, ephemeral=True)
        member, message = member_of(interaction), interaction.message
        try:
            works = await self.each(work_ids, partial(self.pictures.check_may_delete, member))
        except NotFound:
            if message is None or not _may_clear(member, message):
                raise
            await message.edit(**edited(Page(notice=say("picture.deleted_here"))))
            await interaction.followup.send(say("picture.deleted", count=len(work_ids)), ephemeral=True)
            return
        question, ids = say("picture.sure", count=len(works)), [work.id for work in works]
        await interaction.followup.send(question, view=delete_button(ids), ephemeral=True)

    @pressed("picture_gone")
    async def gone_pressed(self, interaction: discord.Interaction, *work_ids: int) -> None:
        """Delete the pictures and take them out of their message."""
        await interaction.response.defer()
        deleted = await self.each(work_ids, partial(self.pictures.delete, member_of(interaction)))
        said = say("picture.deleted", count=len(deleted))
        if not await self._take_out(interaction.client, deleted[0].job_id):
            said = f"{said}\n{say('picture.message_stays')}"
        await interaction.edit_original_response(content=said, view=None)

    async def _take_out(self, client: discord.Client, job_id: int) -> bool:
        """Leave in the message of a request what is left of its pictures; say whether it shows no more than that."""
        try:
            job = await self.queue.job(job_id)
            message = await message_of(client, job)
            await message.edit(**await self._left(job, message))
        except discord.NotFound:
            return True  # whoever deleted the message was faster
        except (discord.HTTPException, SalonError):
            return False
        return True

    async def _left(self, job: Job, message: discord.Message) -> dict[str, Any]:
        """Return what to edit a request's message with, so that it shows those pictures that are still there."""
        presenter = PicturePresenter(self.pictures, self.engine)
        pages = all_pages([*await presenter.opening(job), await presenter.remaining(job)])
        kept = {work.id for work in await self.pictures.works_of(job.id)}
        files = [file for file in message.attachments if work_id_of(file.filename) in kept]
        return edited(pages[-1]) | {"attachments": files}


def _may_clear(member: Member, message: discord.Message) -> bool:
    """Say whether a member may take out what a message shows of works that are gone: its asker may, and admins."""
    asked = message.interaction_metadata
    is_asker = asked is not None and asked.user.id == member.id
    return (is_asker or member.is_admin) and not message.flags.ephemeral
