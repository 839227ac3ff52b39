"""A member's request in the line, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.words import Value, say

SO_FAR = "so_far"
"""In a job's `asked`: what its turns came to until now. It goes when the job ends, for then there is its result."""


class JobState(StrEnum):
    """Where a job is in its life; the last three are ends."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def has_ended(self) -> bool:
        """Say whether nothing more will happen to the job."""
        return self in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class ReplyPlace:
    """Where a job's living message is; the token is the interaction's and dies at `token_expires_at` (UTC).

    Of an answer that `is_private` nothing is ever told to others than its asker.
    """

    channel_id: int
    message_id: int | None = None
    interaction_token: str | None = None
    token_expires_at: datetime | None = None
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class NewJob:
    """What was asked, before it has a place in the line; jobs of one `lane` run one at a time.

    Nobody asked for a job that `is_quiet`: it runs in the background, and nobody is told of its end. Its lane is the
    background's own: it binds no other jobs, and one at most waits in it.
    """

    kind: str
    server_id: int
    member_id: int
    reply: ReplyPlace
    asked: Mapping[str, Any] = field(default_factory=dict)
    lane: str | None = None
    story_id: int | None = None
    weight: float = 1.0
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A row of the line. `asked` and `result` are JSON; `failure` is the sentence of a failed one.

    `error` is the key of that sentence in bot/words and `error_values` fill it. `attempts` counts how often the job
    was admitted; one that is waiting and has `started_at` was interrupted by a restart. `delivered_at` is when the
    end was told or given up; then `undeliverable` says why. Of a job that went on as another kind, kind, `asked`,
    `started_at`, `cost_ms` and `attempts` are those of what it is now; `earlier_ms` is what it cost before.
    """

    id: int
    kind: str
    state: JobState
    server_id: int
    member_id: int
    reply: ReplyPlace
    asked: Mapping[str, Any]
    lane: str | None
    story_id: int | None
    weight: float
    created_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    delivered_at: datetime | None = None
    undeliverable: str | None = None
    cost_ms: float = 0.0
    earlier_ms: float = 0.0
    result: Mapping[str, Any] | None = None
    error: str | None = None
    error_values: Mapping[str, Value] = field(default_factory=dict)
    attempts: int = 0
    is_quiet: bool = False

    @property
    def so_far(self) -> Mapping[str, Any]:
        """Return what the turns of a job that goes on came to."""
        so_far: Mapping[str, Any] = self.asked.get(SO_FAR, {})
        return so_far

    @property
    def failure(self) -> str | None:
        """Say in one sentence for the member why the job failed; None unless it did."""
        return say(self.error, **self.error_values) if self.error else None


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What may be seen of an unfinished picture, behind a spoiler where it should be."""

    jpeg: bytes
    is_spoiler: bool = False


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as it stands now: its place (1 is next) and estimate while it waits, how far it is while it runs.

    `has_begun` says that the device works on it. Of a text there is what is written so far; of several at once how many
    are `written`, of how many; of a picture the `steps` that are done, of how many, and a glimpse.
    """

    job: Job
    place: int | None = None
    estimate_s: float | None = None
    has_begun: bool = False
    text: str = ""
    written: tuple[int, int] | None = None
    steps: tuple[int, int] | None = None
    glimpse: Glimpse | None = None
