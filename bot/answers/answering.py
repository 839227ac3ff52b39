"""Jobs whose answer has a shape: the one way in which a feature asks a model for more than prose."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Generic

from bot.answers.asking import again, shaped
from bot.answers.reading import Flaw, S, Unshaped, read, unshaped
from bot.jobs.handler import GoesOn, Handler
from bot.jobs.job import SO_FAR, Job
from models.events import Finished, FinishReason, Result
from models.requests import TextRequest

_FLAW = "flaw"


class Answering(Handler, Generic[S]):
    """A kind of job that asks for a `shape`; one that does not come is asked for once more, in the same job.

    What is kept then is the answer, or the plain text that says that it could not be structured.
    """

    shape: type[S]
    shows_words = False

    async def shape_for(self, job: Job) -> type[S]:
        """Return the shape of a job's answer, where that is not the same for all of its kind."""
        return self.shape

    @abstractmethod
    async def question(self, job: Job) -> TextRequest:
        """Freeze what is asked, from things as they stand; the shape is added to it."""

    async def faults(self, job: Job, answer: S) -> Sequence[str]:
        """Say in words for the model what keeps a first answer from being used though it has its shape.

        Asked outside of any transaction, and repeated after a crash. A second answer is kept as it comes.
        """
        return ()

    @abstractmethod
    async def keep(self, job: Job, answer: S | Unshaped) -> Mapping[str, Any] | GoesOn:
        """Store the answer and return the job's JSON result, inside the transaction that marks the job done.

        Or return as what the job goes on.
        """

    async def prepare(self, job: Job) -> TextRequest:
        """Freeze the request: the question with its shape, the second time with what was wrong before."""
        request = shaped(await self.question(job), await self.shape_for(job))
        flaw = flaw_of(job)
        return again(request, flaw) if flaw else request

    async def digest(self, job: Job, result: Result) -> S | Flaw:
        """Read the answer. In the first the feature may find faults; where the second is worse, the first holds."""
        assert isinstance(result, Finished)
        shape = await self.shape_for(job)
        answer = read(result.text, shape, is_cut=result.reason is FinishReason.LENGTH)
        if flaw := flaw_of(job):
            return _better(answer, read(flaw.answer, shape))
        complaints = () if isinstance(answer, Flaw) else await self.faults(job, answer)
        return Flaw(result.text, tuple(complaints)) if complaints else answer

    async def finish(self, job: Job, product: S | Flaw) -> Mapping[str, Any] | GoesOn:
        """Keep the answer, or go on once with what is wrong with it, or keep it as plain text."""
        if not isinstance(product, Flaw):
            return await self.keep(job, product)
        if flaw_of(job) is None:
            return GoesOn(job.kind, {**job.asked, SO_FAR: {**job.so_far, _FLAW: product.told()}})
        return await self.keep(job, unshaped(product))


def flaw_of(job: Job) -> Flaw | None:
    """Return what was wrong with the first answer, while the second is written."""
    return Flaw.read(job.so_far[_FLAW]) if _FLAW in job.so_far else None


def _better(second: S | Flaw, first: S | Flaw) -> S | Flaw:
    return first if isinstance(second, Flaw) and not isinstance(first, Flaw) else second
