"""What went wrong with a job, as the key of a sentence for the member who asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_hex

import structlog

from bot.errors import SalonError
from bot.jobs.job import Job
from bot.traces import trace_of
from bot.words import Value
from models.errors import (
    EmptyPrompt,
    EngineClosed,
    EngineError,
    InvalidRequest,
    ModelFault,
    ModelUnavailable,
    NotFinite,
    OutOfMemory,
    PromptTooLong,
)

log = structlog.get_logger(__name__)

# Rules of ours, or of a model: the one line that tells of the job's end names them, and there is nothing to trace.
RULES = (SalonError, InvalidRequest)

ENGINE_SENTENCES: Mapping[type[EngineError], str] = {
    EmptyPrompt: "jobs.empty_prompt",
    PromptTooLong: "jobs.prompt_too_long",
    InvalidRequest: "jobs.invalid_request",
    OutOfMemory: "jobs.out_of_memory",
    NotFinite: "jobs.not_finite",
    ModelFault: "jobs.model_fault",
    EngineClosed: "jobs.engine_closed",
    ModelUnavailable: "jobs.model_unavailable",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """The key of a sentence in bot/words and the values that fill it."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


def failure_of(error: Exception, job: Job) -> Failure:
    """Find the sentence for what was raised; what is no rule is logged with its trace and id."""
    failure = _sentence(error)
    if not isinstance(error, RULES):
        log.error("! raised", job=job.id, kind=job.kind, **failure.values, trace=trace_of(error))
    return failure


def engine_failure(error: EngineError) -> Failure:
    """Find the sentence for what went wrong on the device; where a smaller picture would fit, it names the size."""
    if isinstance(error, OutOfMemory) and error.fits:
        width, height = error.fits
        return Failure("jobs.size_too_large", {"width": width, "height": height})
    return Failure(next((key for kind, key in ENGINE_SENTENCES.items() if isinstance(error, kind)), "jobs.model_fault"))


def _sentence(error: Exception) -> Failure:
    if isinstance(error, SalonError):
        return Failure(error.key, error.values)
    if isinstance(error, EngineError):
        return engine_failure(error)
    return Failure("jobs.unforeseen", {"id": token_hex(4)})
