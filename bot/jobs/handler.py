"""What a feature brings so that its jobs can run."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.jobs.job import Glimpse, Job
from models.events import Preview, Result
from models.requests import Request, TextRequest

__all__ = ["Batch", "Glimpse", "GoesOn", "Handler", "Results"]

Results = tuple[Result | None, ...]
"""What came of a batch, in the order of its requests; None where one failed."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Several requests that a job runs at once; it fails, as the first that failed did, unless `least` of them come."""

    requests: tuple[Request, ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class GoesOn:
    """What `finish` returns for a job that is not done: it waits again, as another kind with other JSON `asked`.

    It stays the same job, with its reply, its lane and its account, which is charged for what it took so far. What
    stands in `asked` under `SO_FAR` is dropped when the job ends.
    """

    kind: str
    asked: Mapping[str, Any]


class Handler(ABC):
    """One per kind of job; a `SalonError` or `EngineError` raised here fails the job with its sentence.

    `asks` is the kind of request that is prepared: jobs take turns at the seats that the engine has for it.
    `shows_words` says whether a text may be seen while it is being written.
    """

    asks: ClassVar[type[Request]] = TextRequest
    shows_words: ClassVar[bool] = True

    def shows_words_of(self, job: Job) -> bool:
        """Say whether a job's text may be seen while it is being written."""
        return self.shows_words

    def seats(self, job: Job) -> int:
        """Say how many seats a job takes: as many as it runs requests at once."""
        return 1

    @abstractmethod
    async def prepare(self, job: Job) -> Request | Batch:
        """Freeze the request, or several, at admission, from things as they stand then."""

    async def digest(self, job: Job, result: Any) -> Any:
        """Make of the engine's `Result`, or of a batch's `Results`, what `finish` is given, outside of any transaction.

        It may be slow and touch files. It is repeated while the database is busy, and after a crash.
        """
        return result

    @abstractmethod
    async def finish(self, job: Job, product: Any) -> Mapping[str, Any] | GoesOn:
        """Store the product of `digest` and return the job's JSON result, or as what the job goes on.

        Runs inside the one transaction that also marks the job done. While the database is busy or full the
        transaction is rolled back and tried again, so nothing but the database may be touched here.
        """

    async def glimpse(self, job: Job, preview: Preview) -> Glimpse | None:
        """Return what members may see of an unfinished picture; None withholds it."""
        return None
