"""Finding a finished job again, from a button below its answer."""

from __future__ import annotations

from collections.abc import Collection

from bot.errors import NotAllowed, NotFound
from bot.jobs.job import Job, JobState
from bot.jobs.queue import JobQueue
from bot.people import Channel, Member


async def finished_job(queue: JobQueue, member: Member, channel: Channel, job_id: int, kinds: Collection[str]) -> Job:
    """Return a finished job of one of these kinds, of this channel; one that was forgotten is gone."""
    try:
        job = await queue.job(job_id)
    except NotFound as error:
        raise NotFound("jobs.gone") from error
    if job.server_id != member.server_id or job.kind not in kinds or job.state is not JobState.DONE:
        raise NotFound("jobs.gone")
    if job.reply.channel_id != channel.id:
        raise NotAllowed("jobs.elsewhere")
    return job
