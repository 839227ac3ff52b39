"""Pieces in a form, as the rest of the house sees them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from bot.errors import BadInput, NotAllowed, NotFound
from bot.forms.ask import POLISH, WRITE, Ask, Material, Piece, Wish, material_of
from bot.forms.desk import FormDesk
from bot.forms.form import Form, form_of
from bot.forms.polishing import Polished, Polishing
from bot.forms.trying import Trying
from bot.jobs.asker import Asker
from bot.jobs.finished import finished_job
from bot.jobs.job import Job, ReplyPlace
from bot.people import Channel, Member
from bot.safety import clean_line, clean_optional, clean_text
from bot.stories.bringing import Made
from bot.stories.rules import PASSAGE_MAX, check_length
from bot.stories.story import Passage

ABOUT_MAX = 300
LANGUAGE_MAX = 40


@dataclass(frozen=True)
class FormService(FormDesk):
    """All that can be done with forms; made once, it has pieces written and texts polished in the line too.

    Nothing is stored beyond the job, so what a member has forgotten is gone with her jobs. Everything is checked here;
    what may not be raises one of bot/errors.py with the sentence for the member.
    """

    def __post_init__(self) -> None:
        self.queue.register(WRITE, Trying(self))
        self.queue.register(POLISH, Polishing(self))

    async def write(self, member: Member, channel: Channel, reply: ReplyPlace, wish: Wish) -> Job:
        """Ask for a piece in a form; it must be about something."""
        await self.check_ai(channel)
        wish = await self._checked(member, replace(wish, about=clean_text(wish.about)))
        return await self.submit(WRITE, member, reply, Ask(wish, Asker.at(member, channel)).told)

    async def adapt(self, member: Member, channel: Channel, reply: ReplyPlace, wish: Wish, material: Material) -> Job:
        """Ask for a text in another form: a text given, a passage of the channel's story, or its last one."""
        await self.check_ai(channel)
        wish = await self._checked(member, replace(wish, about=clean_optional(wish.about)))
        material = await self._material(member, channel, material)
        return await self.submit(WRITE, member, reply, Ask(wish, Asker.at(member, channel), material).told)

    async def polish(self, member: Member, channel: Channel, reply: ReplyPlace, material: Material) -> Job:
        """Ask for line edits of a text given, or of a passage that is the member's own or the AI's."""
        await self.check_ai(channel)
        material = await self._material(member, channel, material)
        if material.passage_id is not None:
            passage = await self.stories.passage(member, material.passage_id)
            if not passage.by_ai and passage.author_id != member.id:
                raise NotAllowed("forms.not_your_words", author=passage.author_name)
        asked = {"asker": asdict(Asker.at(member, channel)), "material": asdict(material)}
        return await self.submit(POLISH, member, reply, asked)

    async def again(self, member: Member, channel: Channel, reply: ReplyPlace, job_id: int) -> Job:
        """Ask for the same once more, from another seed."""
        ask = Ask.of(await finished_job(self.queue, member, channel, job_id, [WRITE]))
        await self.check_ai(channel)
        ask = Ask(replace(ask.wish, seed=None), Asker.at(member, channel), ask.material)
        return await self.submit(WRITE, member, reply, ask.told)

    async def piece(self, member: Member, channel: Channel, job_id: int) -> tuple[Ask, Piece]:
        """Return a finished piece of this channel, and what was asked."""
        job = await finished_job(self.queue, member, channel, job_id, [WRITE])
        return Ask.of(job), Piece.of(job.result or {})

    async def into_story(self, member: Member, channel: Channel, job_id: int) -> Passage:
        """Put a piece into the channel's story as the AI's passage; one that was in it is brought back, not doubled."""
        _, piece = await self.piece(member, channel, job_id)
        made = Made(piece.model, piece.style, piece.seed, job_id)
        return await self.stories.bring(member, channel, piece.text, made)

    async def polished(self, member: Member, channel: Channel, job_id: int) -> Polished:
        """Return what polishing found, on the text as it reads now."""
        return await self.polished_in(await finished_job(self.queue, member, channel, job_id, [POLISH]))

    async def polished_in(self, job: Job) -> Polished:
        """Return what a finished job of polishing found."""
        material = material_of(job) or Material()
        return Polished.of(job.result or {}, await self.text_of(job.server_id, material))

    async def take_over(self, member: Member, channel: Channel, job_id: int) -> Passage:
        """Reword the polished passage as offered; the story's own rules say who may."""
        material = material_of(await finished_job(self.queue, member, channel, job_id, [POLISH]))
        polished = await self.polished(member, channel, job_id)
        if material is None or material.passage_id is None or not polished.edits:
            raise NotFound("forms.nothing_to_take")
        return await self.stories.edit(member, channel, material.passage_id, polished.whole)

    async def _checked(self, member: Member, wish: Wish) -> Wish:
        """Return a wish with its words cleaned; raise `BadInput` and `NotFound` for what cannot be."""
        form = form_of(wish.form)
        check_length(wish.about, ABOUT_MAX, "forms.long_about")
        style = None if wish.style is None else (await self.styles.get(member.server_id, wish.style)).name
        return replace(wish, style=style, language=_language(form, wish.language))

    async def _material(self, member: Member, channel: Channel, material: Material) -> Material:
        """Return what is to be worked on; without a text, a passage of this channel's story."""
        if material.text and material.passage_id is not None:
            raise BadInput("forms.text_or_passage")
        if material.text:
            return Material(check_length(clean_text(material.text), PASSAGE_MAX, "forms.long_text"))
        path = [passage for passage in await self._path(member, channel) if not passage.removed]
        if material.passage_id is None and path:
            return Material(passage_id=path[-1].id)
        if not any(passage.id == material.passage_id for passage in path):
            raise NotFound("forms.nothing_given")
        return material

    async def _path(self, member: Member, channel: Channel) -> list[Passage]:
        if await self.stories.current(channel) is None:
            raise NotFound("forms.nothing_given")
        return await self.stories.passages(member, channel)


def _language(form: Form, asked: str) -> str:
    """Return the language to write in; raise `BadInput` for another than the one a form is checked in."""
    language = clean_line(asked)[:LANGUAGE_MAX]
    if language and form.language and language.casefold() != form.language.casefold():
        raise BadInput("forms.fixed_language", language=form.language)
    return language
