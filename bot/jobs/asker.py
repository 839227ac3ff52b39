"""For whom a job is and where, kept with the job as JSON for what is checked or said when it runs."""

from __future__ import annotations

from dataclasses import dataclass

from bot.jobs.job import Job
from bot.people import Channel, Member


@dataclass(frozen=True, slots=True)
class Asker:
    """For whom a job is and where: `parent_id` is that of a thread's channel."""

    name: str
    parent_id: int | None

    @classmethod
    def at(cls, member: Member, channel: Channel) -> Asker:
        """Return who asks here."""
        return cls(member.name, channel.parent_id)


def asker_of(job: Job) -> Asker:
    """Return for whom a job is."""
    return Asker(**job.asked["asker"])


def channel_of(job: Job) -> Channel:
    """Return the channel that a job was asked in."""
    return Channel(job.reply.channel_id, job.server_id, asker_of(job).parent_id)
