"""Writing on: a member's own words, and asking the AI for more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.errors import LineFull, NotFound
from bot.jobs.job import Job, NewJob, ReplyPlace
from bot.people import Channel, Member
from bot.policy import check_ai_may_speak
from bot.safety import clean_optional, clean_text, decode_text_file
from bot.stories import rules
from bot.stories.answers import Added
from bot.stories.desk import StoryDesk
from bot.stories.splitting import split_into_passages
from bot.stories.story import Length, Passage, Story

CONTINUE = "story.continue"
RETRY = "story.retry"


class Writing(StoryDesk):
    """What makes a story longer."""

    async def check_may_write(self, member: Member, channel: Channel, story_id: int | None = None) -> Story:
        """Return the story a passage would go to; raise what keeps the member from writing, before she has written."""
        story = await self._unfinished(channel, story_id)
        await self._check_turn(member, channel, story)
        return story

    async def check_may_ask(self, member: Member, channel: Channel, story_id: int | None = None) -> Story:
        """Return the story the AI would write on in; raise what keeps it from that, before the member has written."""
        story = await self._unfinished(channel, story_id)
        await self._check_ai(channel)
        return story

    async def add(
        self,
        member: Member,
        channel: Channel,
        text: str,
        story_id: int | None = None,
        *,
        reply: ReplyPlace | None = None,
    ) -> Added:
        """Write a passage; in an `open` channel the AI then goes on by itself and answers at `reply`."""
        text = rules.check_length(clean_text(text), rules.PASSAGE_MAX, "stories.long_passage")
        return await self._add(member, channel, [text], story_id, reply)

    async def add_file(
        self,
        member: Member,
        channel: Channel,
        content: bytes,
        story_id: int | None = None,
        *,
        reply: ReplyPlace | None = None,
    ) -> Added:
        """Write the passages of a text file, split at paragraphs; together they are one turn."""
        text = rules.check_length(clean_text(decode_text_file(content)), rules.FILE_MAX, "stories.long_file")
        return await self._add(member, channel, split_into_passages(text, rules.PASSAGE_MAX), story_id, reply)

    async def continue_story(
        self,
        member: Member,
        channel: Channel,
        reply: ReplyPlace,
        text: str = "",
        steer: str = "",
        length: Length | None = None,
        story_id: int | None = None,
    ) -> Job:
        """Write the member's own passage, if there is one, and ask the AI to go on: both or neither is stored.

        Without a `length` the style says how much. Raises `LineFull` before anything is stored.
        """
        text = rules.check_length(clean_text(text) if text else "", rules.PASSAGE_MAX, "stories.long_passage")
        steer = _checked_steer(steer)
        async with self.database.transaction():
            story = await self.check_may_ask(member, channel, story_id)
            own: list[Passage] = []
            if text:
                story, own = await self._take_turn(member, channel, story, [text])
            asked = {"steer": steer, "length": length}
            return await self._submit(CONTINUE, member, channel, story, reply, asked, own)

    async def let_ai(
        self,
        kind: str,
        member: Member,
        channel: Channel,
        reply: ReplyPlace,
        asked: Mapping[str, object],
        story_id: int | None = None,
    ) -> Job:
        """Put what another feature has the AI write into the story's lane; raise what keeps it from writing there."""
        async with self.database.transaction():
            story = await self.check_may_ask(member, channel, story_id)
            return await self._submit(kind, member, channel, story, reply, asked)

    async def retry(
        self,
        member: Member,
        channel: Channel,
        reply: ReplyPlace,
        passage_id: int | None = None,
        steer: str = "",
        story_id: int | None = None,
    ) -> Job:
        """Ask the AI for another passage in the place of this one (by default a story's last), which is kept beside it.

        Without a `steer` the one of the retried passage holds.
        """
        steer = _checked_steer(steer)
        async with self.database.transaction():
            story, passage = await self._to_retry(member, channel, passage_id, story_id)
            await self._check_ai(channel)
            asked = {
                "steer": steer or passage.steer or "",
                "length": passage.length,
                "passage_id": passage.id,
                "tip_id": story.tip_id,
            }
            return await self._submit(RETRY, member, channel, story, reply, asked)

    async def _add(
        self, member: Member, channel: Channel, texts: Sequence[str], story_id: int | None, reply: ReplyPlace | None
    ) -> Added:
        async with self.database.transaction():
            story = await self._unfinished(channel, story_id)
            story, passages = await self._take_turn(member, channel, story, texts)
            job = await self._go_on_unasked(member, channel, story, reply, passages) if reply else None
        return Added(story, tuple(passages), job)

    async def _take_turn(
        self, member: Member, channel: Channel, story: Story, texts: Sequence[str]
    ) -> tuple[Story, list[Passage]]:
        await self._check_turn(member, channel, story)
        passages = []
        for text in texts:
            story, passage = await self._append(story, member, text)
            passages.append(passage)
        return story, passages

    async def _check_turn(self, member: Member, channel: Channel, story: Story) -> None:
        settings = await self.channels.settings(channel)
        if settings.turn_spacing:
            rules.check_turn(member, await self.stories.path(story.tip_id), settings.turn_spacing)

    async def _go_on_unasked(
        self, member: Member, channel: Channel, story: Story, reply: ReplyPlace, own: Sequence[Passage]
    ) -> Job | None:
        """Ask for a continuation where the channel is open and none is waiting that will read this passage anyway."""
        settings = await self.channels.settings(channel)
        if not settings.ai_policy.answers_unasked or self.queue.is_waiting(CONTINUE, lane_of(story)):
            return None
        try:
            return await self._submit(CONTINUE, member, channel, story, reply, {}, own)
        except LineFull:
            return None  # The member asked for nothing: her words stay, and the AI misses this turn.

    async def _to_retry(
        self, member: Member, channel: Channel, passage_id: int | None, story_id: int | None
    ) -> tuple[Story, Passage]:
        if passage_id is None:
            story = await self._unfinished(channel, story_id)
            passage = await self.stories.passage(story.tip_id) if story.tip_id else None
        else:
            story, passage = await self._passage(channel, passage_id)
            rules.check_unfinished(story)
        if passage is None or not passage.by_ai:
            raise NotFound("stories.nothing_to_retry")
        left = rules.after(await self.stories.path(story.tip_id), passage.parent_id)
        rules.check_may_leave(member, story, left, takes_part=await self._takes_part(member, story))
        return story, passage

    async def _check_ai(self, channel: Channel) -> None:
        check_ai_may_speak((await self.channels.settings(channel)).ai_policy)

    async def _submit(
        self,
        kind: str,
        member: Member,
        channel: Channel,
        story: Story,
        reply: ReplyPlace,
        asked: Mapping[str, object],
        own: Sequence[Passage] = (),
    ) -> Job:
        """Put a request in the story's lane: the AI writes one passage of a story at a time.

        `own` is what the member wrote with it; the job names it, so that it is shown above the AI's answer.
        """
        own_ids = [passage.id for passage in own]
        return await self.queue.submit(
            NewJob(
                kind=kind,
                server_id=story.server_id,
                member_id=member.id,
                reply=reply,
                asked={**asked, "own_passage_ids": own_ids, "parent_channel_id": channel.parent_id},
                lane=lane_of(story),
                story_id=story.id,
                weight=await self.roles.weight_of(member),
            )
        )


def lane_of(story: Story) -> str:
    """Return the lane of a story: the AI writes in it one turn at a time."""
    return f"story:{story.id}"


def _checked_steer(steer: str) -> str:
    return rules.check_length(clean_optional(steer), rules.STEER_MAX, "stories.long_steer")
