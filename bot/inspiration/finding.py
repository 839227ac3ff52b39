"""Finding what a source is made of: its elements, with such quotes alone as stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.answering import Answering
from bot.answers.reading import Unshaped
from bot.honesty import honest
from bot.inspiration.ask import DIRECT, Ask, Elements
from bot.inspiration.desk import InspirationDesk
from bot.inspiration.examples import is_copied
from bot.inspiration.prompts import elements_request
from bot.inspiration.shapes import ElementsShape, elements_of
from bot.jobs.asker import channel_of
from bot.jobs.handler import GoesOn
from bot.jobs.job import Job
from bot.stories.continuing import seed_of
from models.requests import TextRequest

_QUOTING = ("Images", "Tension quote", "Works quote")


class Finding(Answering[ElementsShape]):
    """Handles the jobs that look for a source's elements."""

    shape = ElementsShape

    def __init__(self, desk: InspirationDesk) -> None:
        self._desk = desk

    async def question(self, job: Job) -> TextRequest:
        """Freeze what the model is asked of the source as it reads now; the channel's policy is asked again."""
        await self._desk.check_ai(channel_of(job))
        brief = await self._desk.brief(job)
        return elements_request(f"job-{job.id}", brief.material, brief.source, seed_of(job))

    async def faults(self, job: Job, answer: ElementsShape) -> Sequence[str]:
        """Name what was copied from the examples."""
        said = {"premise": answer.premise, "tension": answer.tension, "works": answer.works}
        return [f"{name}: that is the example's, not this one's." for name, words in said.items() if is_copied(words)]

    async def keep(self, job: Job, answer: ElementsShape | Unshaped) -> GoesOn:
        """Go on to the first direction, with what was found or, where that had no shape, what was said."""
        material = (await self._desk.brief(job)).material
        if isinstance(answer, Unshaped):
            elements = Elements(said=honest(material, answer.text, _QUOTING))
        else:
            elements = without_copies(elements_of(answer, material))
        return GoesOn(DIRECT, replace(Ask.of(job), elements=elements).told)


def without_copies(elements: Elements) -> Elements:
    """Leave out what was copied from the examples even the second time."""
    said = elements.premise, elements.tension, elements.works
    premise, tension, works = ("" if is_copied(one) else one for one in said)
    return replace(elements, premise=premise, tension=tension, works=works)
