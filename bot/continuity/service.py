"""Checking stories for contradictions, as the rest of the house sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from bot.continuity.checking import ANSWER_TOKENS, CHECK, Checking, Span
from bot.continuity.desk import ContinuityDesk
from bot.continuity.finding import Contradiction, Findings
from bot.errors import NotFound
from bot.jobs.asker import Asker
from bot.jobs.job import Job, NewJob, ReplyPlace
from bot.people import Channel, Member
from bot.stories.excerpts import Excerpt, words_by_passage
from bot.stories.portions import portions, room_for
from bot.stories.story import Passage

PARTS_MAX = 12
"""Of a longer story the end is read; what came before is told by its summaries, where it has some."""

PASSAGES_MIN = 2

_SPARE_TOKENS = ANSWER_TOKENS + 1_500
"""The answer, the rules, its shape, the summaries and sentences of earlier parts, and a repair."""


@dataclass(frozen=True, slots=True)
class Place:
    """A quote as it stands in a story: whose words, in which passage of the path, counted from 1."""

    words: str
    number: int
    author: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, and from which passage to which it read.

    `changed` counts what was found in passages that read differently by now; the rest as in `Findings`.
    """

    found: tuple[tuple[Place, Place, str], ...]
    first: int
    last: int
    untrue: int
    changed: int
    said: tuple[str, ...]


@dataclass(frozen=True)
class ContinuityService(ContinuityDesk):
    """Checks stories in the line; nothing is stored beyond the job, whose result names words by their place."""

    def __post_init__(self) -> None:
        self.queue.register(CHECK, Checking(self))

    async def check(self, member: Member, channel: Channel, reply: ReplyPlace, story_id: int | None = None) -> Job:
        """Have a story read for contradictions as it stands now."""
        await self.check_ai(channel)
        story = await self.stories.story(member, channel, story_id)
        path = await self.stories.passages(member, channel, story.id)
        there = [passage for passage in path if not passage.removed]
        if len(there) < PASSAGES_MIN:
            raise NotFound("continuity.too_short")
        parts = portions(there, room_for(self.engine.card.window_tokens, _SPARE_TOKENS))[-PARTS_MAX:]
        asked = {
            "asker": asdict(Asker.at(member, channel)),
            "title": story.title,
            "tip_id": there[-1].id,
            "starts": [part[0].id for part in parts],
            "part": 0,
            "findings": Findings().told(),
        }
        weight = await self.roles.weight_of(member)
        return await self.queue.submit(
            NewJob(CHECK, story.server_id, member.id, reply, asked, story_id=story.id, weight=weight)
        )

    async def report(self, job: Job) -> Report:
        """Return what a finished check found, in the words of the passages as they read now."""
        result = job.result or {}
        findings = Findings.read(result["findings"])
        path = await self.stories.path_to(job.server_id, job.asked["tip_id"])
        read = Span(result["parts_read"] - 1, tuple(job.asked["starts"])).up_to_here(path)
        numbers = {passage.id: number for number, passage in enumerate(path, 1)}
        found = _in_words(findings.found, path, numbers)
        changed = len(findings.found) - len(found)
        return Report(found, numbers[read[0].id], numbers[read[-1].id], findings.untrue, changed, findings.said)


def _in_words(
    found: Iterable[Contradiction], path: Sequence[Passage], numbers: dict[int, int]
) -> tuple[tuple[Place, Place, str], ...]:
    places = [place for one in found for place in (one.first, one.second)]
    authors = {passage.id: passage.author_name for passage in path}
    words = words_by_passage(places, path)

    def told(place: Excerpt) -> Place:
        return Place(words[place], numbers[place.passage_id], authors[place.passage_id])

    return tuple(
        (told(one.first), told(one.second), one.what) for one in found if one.first in words and one.second in words
    )
