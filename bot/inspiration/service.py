"""Inspiration, as the rest of the house sees it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import BadInput, NotAllowed, NotFound
from bot.inspiration.ask import DIRECT, FIND, LOOK, Ask, Direction, Inspiration, Source
from bot.inspiration.deck import draw
from bot.inspiration.desk import InspirationDesk
from bot.inspiration.directing import Directing
from bot.inspiration.finding import Finding
from bot.inspiration.lens import a_spark, lenses, moods
from bot.inspiration.looking import Looking
from bot.jobs.asker import Asker
from bot.jobs.finished import finished_job
from bot.jobs.job import Job, NewJob
from bot.people import Channel, Member
from bot.pictures.picture import Source as Picture
from bot.pictures.picture import Spot
from bot.safety import clean_line, clean_text
from bot.stories.rules import PASSAGE_MAX, TITLE_MAX, check_length
from bot.stories.story import Story
from bot.words import say

MOOD_MAX = 60


@dataclass(frozen=True, slots=True)
class Brought:
    """What a member brings: a text, a passage of the channel's story or a picture, or none of them; and a mood."""

    text: str | None = None
    passage_id: int | None = None
    picture: Picture | None = None
    mood: str = ""


@dataclass(frozen=True)
class InspirationService(InspirationDesk):
    """All that can be done for inspiration; made once, it has sources looked at in the line too.

    Everything is checked here; what may not be raises one of bot/errors.py with the sentence for the member.
    """

    def __post_init__(self) -> None:
        self.queue.register(LOOK, Looking(self))
        self.queue.register(FIND, Finding(self))
        self.queue.register(DIRECT, Directing(self))

    async def inspire(self, member: Member, spot: Spot, brought: Brought) -> Job:
        """Ask for three directions; who brings nothing, or a mood alone, is given a spark to begin from."""
        await self.check_ai(spot.channel)
        source = await self._source(member, spot.channel, brought)
        return await self._submit(LOOK if source.picture else FIND, member, spot, source)

    async def another(self, member: Member, spot: Spot, job_id: int) -> Job:
        """Ask for another three from the same source, through other lenses.

        The source stays with the job that it was brought to, and is gone for all when its member is forgotten.
        """
        await self.check_ai(spot.channel)
        ask = Ask.of(await finished_job(self.queue, member, spot.channel, job_id, [DIRECT]))
        return await self._submit(DIRECT, member, spot, Source(), ask.lenses, ask.of_job or job_id)

    async def direction(self, member: Member, channel: Channel, job_id: int, number: int) -> Direction:
        """Return the direction at a place, from 0, of a finished job of this channel."""
        job = await finished_job(self.queue, member, channel, job_id, [DIRECT])
        looks = Inspiration.of(job.result or {}).looks
        direction = looks[number].direction if number < len(looks) else None
        if direction is None:
            raise NotFound("jobs.gone")
        return direction

    async def start_story(self, member: Member, channel: Channel, job_id: int, number: int) -> Story:
        """Begin a story from a direction, once: its title, and the rest as the author's note, which the AI reads."""
        await self.check_ai(channel)
        direction = await self.direction(member, channel, job_id, number)
        async with self.database.transaction():
            if await self.offers.story_of(job_id, number) is not None:
                raise NotAllowed("inspiration.begun", title=direction.title)
            story = await self.stories.start(member, channel, clean_line(direction.title)[:TITLE_MAX])
            story = await self.stories.set_note(member, channel, note_of(direction), story.id)
            await self.offers.begin(job_id, number, story.id)
            return story

    async def _source(self, member: Member, channel: Channel, brought: Brought) -> Source:
        """Return what was brought, checked; a passage must be in the channel's story, as not all may read others."""
        given = [brought.text, brought.passage_id, brought.picture]
        if sum(one is not None for one in given) > 1:
            raise BadInput("inspiration.one_source")
        mood = _mood(brought.mood)
        if brought.text is not None:
            return Source(_text(brought.text), mood=mood)
        if brought.passage_id is not None:
            path = await self.stories.passages(member, channel)
            if not any(passage.id == brought.passage_id and not passage.removed for passage in path):
                raise NotFound("story.passage_not_found")
            return Source(passage_id=brought.passage_id, mood=mood)
        if brought.picture is not None:
            await self.pictures.check_may_describe(channel)
            return Source(picture=(await self.pictures.begun(member, brought.picture)).file, mood=mood)
        return Source(mood=mood, spark=a_spark(self.dice))

    async def _submit(
        self,
        kind: str,
        member: Member,
        spot: Spot,
        source: Source,
        apart: tuple[str, ...] = (),
        of_job: int | None = None,
    ) -> Job:
        """Draw the lenses and let the job wait; where the line is full they go back into the deck."""
        async with self.database.transaction():
            out = await self.offers.drawn(member.server_id)
            drawn = draw(tuple(lenses()), out, apart, self.dice)
            await self.offers.write_drawn(member.server_id, drawn.out)
            return await self.queue.submit(
                NewJob(
                    kind=kind,
                    server_id=member.server_id,
                    member_id=member.id,
                    reply=spot.reply,
                    asked=Ask(source, Asker.at(member, spot.channel), drawn.hand, of_job).told,
                    weight=await self.roles.weight_of(member),
                )
            )


def note_of(direction: Direction) -> str:
    """Tell a direction as the author's note of its story."""
    return say(
        "inspiration.note", direction=direction.direction, constraint=direction.constraint, question=direction.question
    )


def _text(typed: str) -> str:
    text = check_length(clean_text(typed), PASSAGE_MAX, "inspiration.long_text")
    if not any(map(str.isalnum, text)):
        raise BadInput("inspiration.no_words")
    return text


def _mood(typed: str) -> str:
    """Return the key of a mood that is offered, by key or by name, or a member's own words."""
    mood = check_length(clean_line(typed), MOOD_MAX, "inspiration.long_mood")
    keys = {name: key for key in moods() for name in (key, say(f"inspiration.mood_{key}").casefold())}
    return keys.get(mood.casefold(), mood)
