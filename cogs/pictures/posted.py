"""The message that pictures were posted in: finding it again, and what it tells those who cannot see them."""

from __future__ import annotations

import discord

from bot.jobs.job import Job
from bot.jobs.queue import JobQueue
from bot.pictures.service import PictureService
from cogs.pictures.files import work_id_of


async def message_of(client: discord.Client, job: Job) -> discord.Message:
    """Fetch the message that shows what a job drew; raise as discord.py does where it cannot be reached."""
    channel = client.get_partial_messageable(job.reply.channel_id)
    return await channel.fetch_message(job.reply.message_id or 0)


class Described:
    """Follows jobs of the kind `picture.describe`: a work's message tells its alternative text as it is kept now."""

    def __init__(self, client: discord.Client, pictures: PictureService, queue: JobQueue) -> None:
        self._client = client
        self._pictures = pictures
        self._queue = queue

    async def follow(self, job: Job) -> None:
        """Describe the file of the work that was looked at anew, if that is not what its message says already."""
        work_id = (job.result or {})["work_id"]
        if work_id is None:
            return
        work = await self._pictures.found(job.server_id, work_id)
        message = await message_of(self._client, await self._queue.job(work.job_id))
        for file in message.attachments:
            if work_id_of(file.filename) == work.id and file.description != work.alt:
                file.description = work.alt
                await message.edit(attachments=message.attachments)
