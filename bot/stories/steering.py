"""Steering a story: taking back, going to other branches, and editing. Nothing is ever deleted."""

from __future__ import annotations

from bot.errors import NotAllowed, NotFound
from bot.people import Channel, Member
from bot.safety import clean_text
from bot.stories import rules
from bot.stories.answers import Undone
from bot.stories.desk import StoryDesk
from bot.stories.story import MoveKind, Passage, Story
from bot.stories.tree import below
from bot.words import say

_ENDING_CHARACTERS = 80


class Steering(StoryDesk):
    """What moves a story's tip, and what changes a passage in place."""

    async def undo(self, member: Member, channel: Channel, story_id: int | None = None) -> Undone:
        """Take back the last passage."""
        async with self.database.transaction():
            story = await self._unfinished(channel, story_id)
            passage = await self.stories.passage(story.tip_id) if story.tip_id else None
            if passage is None:
                raise NotFound("stories.nothing_to_undo")
            return await self._take_back(member, story, passage)

    async def undo_passage(self, member: Member, channel: Channel, passage_id: int) -> Undone:
        """Take back this passage if it is the last one, so that two presses never take back two passages."""
        async with self.database.transaction():
            story, passage = await self._passage(channel, passage_id)
            rules.check_unfinished(story)
            if passage.id != story.tip_id:
                gone_on = passage.id in await self.stories.path_ids(story.tip_id)
                key = "stories.gone_on" if gone_on else "stories.already_undone"
                raise NotAllowed(key, ending=await self._ending(story))
            return await self._take_back(member, story, passage)

    async def redo(self, member: Member, channel: Channel, story_id: int | None = None) -> Passage:
        """Put back the passage that was taken back last, if the story has not gone elsewhere since."""
        async with self.database.transaction():
            story = await self._unfinished(channel, story_id)
            move = rules.redo_target(await self.stories.moves(story.id))
            passage = await self.stories.passage(move.from_id) if move and move.from_id else None
            if passage is None:
                raise NotFound("stories.nothing_to_redo")
            rules.check_may_change(member, story, passage, takes_part=await self._takes_part(member, story))
            rules.check_may_return(member, story, await self.stories.path_ids(passage.id), await self._put_away(story))
            await self.stories.move(story, MoveKind.REDO, passage.id, member.id, self.clock())
            return passage

    async def bring_back(self, member: Member, channel: Channel, passage_id: int) -> Passage:
        """Put the story where this passage ends; where it is in the story already, nothing moves."""
        async with self.database.transaction():
            story, passage = await self._passage(channel, passage_id)
            if passage.id not in await self.stories.path_ids(story.tip_id):
                await self._go_to(member, story, passage.id)
            return passage

    async def go_to(self, member: Member, channel: Channel, passage_id: int) -> Story:
        """Put the story where this passage ends, leaving behind only what the member may take back."""
        async with self.database.transaction():
            story, passage = await self._passage(channel, passage_id)
            return await self._go_to(member, story, passage.id)

    async def make_canon(self, passage_id: int) -> bool:
        """Let a story go on with a passage that was chosen together; say whether it does.

        It does not where the story stands elsewhere by now, so that nobody's words are left behind for a choice, nor
        where it is finished, or somebody asked to step back from the passage.
        """
        async with self.database.transaction():
            passage = await self._known(passage_id)
            story = await self.stories.story(passage.story_id)
            assert story is not None
            if story.finished_at is not None or passage.id in await self._put_away(story):
                return False
            if story.tip_id != passage.parent_id:
                return passage.id in await self.stories.path_ids(story.tip_id)
            await self.stories.move(story, MoveKind.GO_TO, passage.id, None, self.clock())
            return True

    async def step_back(self, channel: Channel, passage_id: int) -> Undone:
        """Put a story before a passage at the wish of somebody whom nobody asks why, and who is written down nowhere.

        Whose words they are does not matter; nothing is deleted, and who hosts the story may bring them back.
        """
        async with self.database.transaction():
            story, passage = await self._passage(channel, passage_id)
            rules.check_unfinished(story)
            path = await self.stories.path_ids(story.tip_id)
            if passage.id not in path:
                raise NotAllowed("stories.already_undone", ending=await self._ending(story))
            stood_at = rules.stood_at(story, await self.stories.moves(story.id))
            rules.check_reach(await self.stories.path_ids(stood_at), passage.id)
            to_id, now = passage.parent_id, self.clock()
            return Undone(passage, await self.stories.move(story, MoveKind.UNDO, to_id, None, now, steps_back=True))

    async def alternative(self, member: Member, channel: Channel, passage_id: int, step: int) -> Passage:
        """Turn to another AI passage in this one's place, `step` further (it goes round), and to what followed it."""
        async with self.database.transaction():
            story, passage = await self._passage(channel, passage_id)
            if len(passage.alternatives) < 2:
                raise NotFound("stories.no_alternatives")
            index = passage.alternatives.index(passage.id) + step
            chosen = passage.alternatives[index % len(passage.alternatives)]
            await self._go_to(member, story, await self._last_stand_below(story, chosen))
            return await self._known(chosen)

    async def edit(self, member: Member, channel: Channel, passage_id: int, text: str) -> Passage:
        """Replace a passage's text; what it said before is kept."""
        text = rules.check_length(clean_text(text), rules.PASSAGE_MAX, "stories.long_passage")
        async with self.database.transaction():
            passage = await self.check_may_edit(member, channel, passage_id)
            if text == passage.text:
                return passage
            return await self.stories.rewrite(passage, text, member.id, self.clock())

    async def check_may_edit(self, member: Member, channel: Channel, passage_id: int) -> Passage:
        """Return a passage that the member may reword; raise why not, before she has written."""
        story, passage = await self._passage(channel, passage_id)
        rules.check_unfinished(story)
        rules.check_may_edit(member, story, passage, takes_part=await self._takes_part(member, story))
        return passage

    async def _take_back(self, member: Member, story: Story, passage: Passage) -> Undone:
        rules.check_may_change(member, story, passage, takes_part=await self._takes_part(member, story))
        return Undone(
            passage, await self.stories.move(story, MoveKind.UNDO, passage.parent_id, member.id, self.clock())
        )

    async def _go_to(self, member: Member, story: Story, goal_id: int) -> Story:
        rules.check_unfinished(story)
        if goal_id == story.tip_id:
            return story
        goal = await self.stories.path_ids(goal_id)
        left = rules.left_behind(await self.stories.path(story.tip_id), frozenset(goal))
        rules.check_may_leave(member, story, left, takes_part=await self._takes_part(member, story))
        rules.check_may_return(member, story, goal, await self._put_away(story))
        return await self.stories.move(story, MoveKind.GO_TO, goal_id, member.id, self.clock())

    async def _put_away(self, story: Story) -> frozenset[int]:
        moves = await self.stories.moves(story.id)
        if not any(move.steps_back for move in moves):
            return frozenset()
        passages = await self.stories.all_passages(story.id)
        return rules.put_away(moves, {passage.id: passage.parent_id for passage in passages})

    async def _last_stand_below(self, story: Story, passage_id: int) -> int:
        """Return where the story last stood at or below a passage; the passage itself if it never did."""
        there = below(await self.stories.all_passages(story.id), passage_id)
        stands = (move.to_id for move in reversed(await self.stories.moves(story.id)))
        return next((stand for stand in stands if stand in there), None) or passage_id

    async def _ending(self, story: Story) -> str:
        """Say how a story ends now, for whoever pressed a button from before."""
        if story.tip_id is None:
            return say("stories.ends_nowhere")
        tip = await self._known(story.tip_id)
        return say("stories.ends_with", author=tip.author_name, words=" ".join(tip.text.split())[:_ENDING_CHARACTERS])

    async def _known(self, passage_id: int) -> Passage:
        passage = await self.stories.passage(passage_id)
        assert passage is not None
        return passage
