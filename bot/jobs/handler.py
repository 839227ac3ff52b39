"""What a feature brings so that its jobs can run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from bot.jobs.job import Job
from models.events import Finished
from models.requests import Request


class JobHandler(Protocol):
    """One per kind of job; a `SalonError` or `EngineError` raised here fails the job with its sentence."""

    async def prepare(self, job: Job) -> Request:
        """Freeze the request at admission, from the story as it stands then."""
        ...

    async def finish(self, job: Job, finished: Finished) -> Mapping[str, Any]:
        """Store what was written and return the job's JSON result.

        Runs inside the one transaction that also marks the job done. While the database is busy or full the
        transaction is rolled back and tried again, so nothing but the database may be touched here.
        """
        ...
