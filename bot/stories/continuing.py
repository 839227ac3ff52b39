"""The AI's turn: freezing what it reads when a seat is free, and placing what it wrote."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.channels.service import ChannelService
from bot.clock import Clock
from bot.database import Database
from bot.errors import Forbidden, NotFound, SalonError, Unavailable
from bot.jobs.handler import GoesOn, Handler
from bot.jobs.job import Job
from bot.people import Channel
from bot.policy import check_ai_may_speak
from bot.safety.phrases import Phrases
from bot.stories.prompting import Prompter
from bot.stories.prompts import Ask, labels
from bot.stories.rules import Placement, Standing, check_unfinished, place
from bot.stories.store import StoryStore
from bot.stories.story import Length, MoveKind, NewPassage, Passage, Story
from bot.stories.trimming import trim
from bot.styles.service import StyleService
from models.engine import Engine
from models.events import Finished
from models.requests import TextRequest

AI_NAME = "Salon"
SEEDS = 2**31
AGAIN = "again"
"""In a job's `asked`: what it wrote first could not be kept, and this is the second and last try."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """What was decided at admission and is needed when the text is there; never the story itself, which may be long."""

    standing: Standing
    people: tuple[str, ...]
    before: str
    ask: Ask
    style: str
    seed: int
    is_checked: bool


class Continuing(Handler):
    """Handles the jobs that make the AI write in a story, whether on or again.

    Turns are kept in memory by story until they are stored: a story's jobs run one at a time, and a job that survives
    a restart is prepared again before it ends.
    """

    def __init__(
        self,
        database: Database,
        engine: Engine,
        stories: StoryStore,
        styles: StyleService,
        channels: ChannelService,
        phrases: Phrases,
        prompter: Prompter,
        clock: Clock,
    ) -> None:
        self._database = database
        self._engine = engine
        self._stories = stories
        self._styles = styles
        self._channels = channels
        self._phrases = phrases
        self._prompter = prompter
        self._clock = clock
        self._turns: dict[int, _Turn] = {}

    async def prepare(self, job: Job) -> TextRequest:
        """Freeze the request from the story as it stands now; the rules are asked again, as they may have changed."""
        async with self._database.transaction():  # one look at the story, between two writers
            story = await self._story(job)
            check_unfinished(story)
            channel = Channel(story.channel_id, story.server_id, job.asked.get("parent_channel_id"))
            check_ai_may_speak((await self._channels.settings(channel)).ai_policy)
            style = await self._styles.get_or_default(story.server_id, story.style)
            standing = await self._standing(job, story)
            path = await self._stories.path(standing.parent_id)
            banned = await self._phrases.of(story.server_id)
        ask = Ask(Length(job.asked.get("length") or style.length), job.asked.get("steer") or "")
        before = path[-1].text if path else ""
        turn = _Turn(
            standing, tuple(labels(path)), before, ask, style.name, turn_seed(job), is_checked=bool(story.lines)
        )
        self._turns[story.id] = turn
        prompt = await self._prompter.prompt(f"job-{job.id}", story, style, path, ask, turn.seed)
        return replace(prompt.request, banned=banned)

    def shows_words_of(self, job: Job) -> bool:
        """Show a passage while it grows, except where it might be one that the story's lines refuse."""
        return not self._turns[job.story_id or 0].is_checked

    async def finish(self, job: Job, finished: Finished) -> Mapping[str, Any] | GoesOn:
        """Store what the AI wrote where it belongs now; the result names the passage and its placement."""
        story = await self._story(job)
        turn = self._turns[story.id]
        text = trim(finished, turn.people, turn.before)
        if not text:
            raise Unavailable("stories.ai_wrote_nothing")
        if story.limits.are_crossed_by(text):
            return once_more(job, Forbidden("stories.crossed_lines"))
        path = await self._stories.path_ids(story.tip_id)
        placement = place(turn.standing, path, finished=story.finished_at is not None)
        parent_id = story.tip_id if placement is Placement.AFTER_OTHERS else turn.standing.parent_id
        passage = await self._stories.append(self._passage(job, story, turn, text, parent_id), self._clock())
        if placement is not Placement.APART:
            await self._stories.move(story, MoveKind.ADD, passage.id, job.member_id, self._clock())
        self._database.after_commit(partial(self._turns.pop, story.id))
        return {"passage_id": passage.id, "placement": placement}

    async def fitting(self, job: Job, written: Sequence[tuple[Finished, int]]) -> dict[str, int]:
        """Return the texts that say something of their own within the story's lines, each with its seed."""
        story = await self._story(job)
        turn = self._turns[story.id]
        texts = {trim(finished, turn.people, turn.before): seed for finished, seed in reversed(written)}
        fit = [(text, seed) for text, seed in texts.items() if text and not story.limits.are_crossed_by(text)]
        return dict(reversed(fit))

    async def keep_apart(self, job: Job, texts: Mapping[str, int]) -> tuple[Story, list[Passage]]:
        """Store texts by their seeds side by side, each a branch from where the turn began; the story does not move."""
        story = await self._story(job)
        turn = self._turns[story.id]
        new = [
            self._passage(job, story, replace(turn, seed=seed), text, turn.standing.parent_id)
            for text, seed in texts.items()
        ]
        passages = [await self._stories.append(replace(each, job_id=None), self._clock()) for each in new]
        self._database.after_commit(partial(self._turns.pop, story.id))
        return story, passages

    async def _story(self, job: Job) -> Story:
        story = await self._stories.story(job.story_id) if job.story_id else None
        if story is None:
            raise NotFound("stories.unknown")
        return story

    async def _standing(self, job: Job, story: Story) -> Standing:
        """Return after which passage the AI writes: after the tip, or after the parent of the one it tries again.

        A retry stands where it was asked for: what people wrote while it waited is not its to replace.
        """
        newest_id = await self._stories.newest_id(story.id)
        if "passage_id" not in job.asked:
            return Standing(story.tip_id, story.tip_id, newest_id)
        retried = await self._stories.passage(job.asked["passage_id"])
        if retried is None:
            raise NotFound("stories.unknown_passage")
        return Standing(retried.parent_id, job.asked["tip_id"], newest_id)

    def _passage(self, job: Job, story: Story, turn: _Turn, text: str, parent_id: int | None) -> NewPassage:
        return NewPassage(
            story_id=story.id,
            parent_id=parent_id,
            author_id=None,
            author_name=AI_NAME,
            text=text,
            by_ai=True,
            asked_by_id=job.member_id,
            model=self._engine.card.name,
            style=turn.style,
            seed=turn.seed,
            steer=turn.ask.steer or None,
            length=turn.ask.length,
            job_id=job.id,
        )


def once_more(job: Job, refusal: SalonError) -> GoesOn:
    """Let a job write anew what cannot be kept; the second time raise the refusal."""
    if AGAIN in job.asked:
        raise refusal
    return GoesOn(job.kind, {**job.asked, AGAIN: 1})


def turn_seed(job: Job) -> int:
    """Return the seed of a job's turn: of its second try one that is far from the first."""
    return (seed_of(job) + 1_000 * int(job.asked.get(AGAIN, 0))) % SEEDS


def seed_of(job: Job) -> int:
    """Draw a job's seed from its id: another job draws another, the same job after a restart the same."""
    return int.from_bytes(hashlib.blake2b(str(job.id).encode(), digest_size=4).digest()) >> 1
