"""Whose seats a job takes: the engine has so many for each kind of request, and kinds of job share them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.jobs.handler import Handler
from bot.jobs.job import Job
from models.engine import Engine
from models.requests import Request, TextRequest

Pool = type[Request]


class Seats(Protocol):
    """Seats in pools; a job takes one of its pool and does not wait for those of another."""

    def pool_of(self, job: Job) -> Pool:
        """Return the pool whose seats a job takes."""
        ...

    def count(self, pool: Pool) -> int:
        """Return how many seats a pool has."""
        ...

    def taken_by(self, job: Job) -> int:
        """Return how many seats a job would like; where its pool has fewer, it takes them all."""
        ...


class EngineSeats:
    """The seats of an engine; what a handler asks of it is a pool."""

    def __init__(self, engine: Engine, handlers: Mapping[str, Handler]) -> None:
        self._engine = engine
        self._handlers = handlers

    def pool_of(self, job: Job) -> Pool:
        """Return the kind of request that a job's handler asks; a kind that nobody knows any more fails anywhere."""
        handler = self._handlers.get(job.kind)
        return handler.asks if handler else TextRequest

    def count(self, pool: Pool) -> int:
        """Return how many run at once: one at least, for the engine alone says why it can do nothing of a kind."""
        return max(1, self._engine.seats(pool))

    def taken_by(self, job: Job) -> int:
        """Return what the job's handler says."""
        handler = self._handlers.get(job.kind)
        return handler.seats(job) if handler else 1
