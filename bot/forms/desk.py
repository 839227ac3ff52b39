"""The desk everything about forms is done at: its collaborators, what is worked on, and finished pieces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.service import ChannelService
from bot.database import Database
from bot.forms.ask import Material
from bot.jobs.job import Job, NewJob, ReplyPlace
from bot.jobs.queue import JobQueue
from bot.people import Channel, Member
from bot.policy import check_ai_may_speak
from bot.roles.service import RoleService
from bot.safety.phrases import Phrases
from bot.stories.service import StoryService
from bot.styles.service import StyleService
from models.engine import Engine


@dataclass(frozen=True)
class FormDesk:
    """What asking, trying, polishing and keeping share."""

    database: Database
    queue: JobQueue
    engine: Engine
    stories: StoryService
    styles: StyleService
    channels: ChannelService
    roles: RoleService
    phrases: Phrases

    async def check_ai(self, channel: Channel) -> None:
        """Raise `NotAllowed` where a channel belongs to people only."""
        check_ai_may_speak((await self.channels.settings(channel)).ai_policy)

    async def text_of(self, server_id: int, material: Material) -> str:
        """Return what is worked on as it reads now; raise `NotAllowed` for a passage that was removed."""
        if material.passage_id is None:
            return material.text
        return await self.stories.words_of(server_id, material.passage_id)

    async def submit(self, kind: str, member: Member, reply: ReplyPlace, asked: Mapping[str, Any]) -> Job:
        """Let what a member asks for wait in the line."""
        return await self.queue.submit(
            NewJob(
                kind=kind,
                server_id=member.server_id,
                member_id=member.id,
                reply=reply,
                asked=asked,
                weight=await self.roles.weight_of(member),
            )
        )
