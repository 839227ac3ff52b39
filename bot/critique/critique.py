"""The values of critique: what is wished for, what was found, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

NOTES_MAX = 5


class Mode(StrEnum):
    """How a draft is read."""

    CRAFT = "craft"
    READER = "reader"
    QUESTIONS = "questions"
    CONTINUITY = "continuity"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Wish:
    """How an author wants a draft read: what it is meant to do, and the one thing to look at."""

    mode: Mode = Mode.CRAFT
    intent: str = ""
    focus: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One remark: words of the draft, the paragraph they begin in, what they do, and a question or a suggestion.

    Of a line edit the quote is a sentence as it was and the advice is that sentence as it could be.
    """

    quote: str
    paragraph: int
    kind: str
    effect: str
    advice: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a draft's reading came to; `plain` is what was said where it had no form.

    `dropped` notes had quotes that are not in the draft, `larger` edits would have been rewriting.
    """

    strength: str = ""
    issue: str = ""
    notes: tuple[Note, ...] = ()
    dropped: int = 0
    larger: int = 0
    plain: str = ""


@dataclass(frozen=True, slots=True)
class Critique:
    """Findings as they are kept: for which draft, which begins so, read up to which paragraph, and by which model.

    `draft_id` is None once the draft is not kept any more.
    """

    id: int
    server_id: int
    channel_id: int
    member_id: int
    job_id: int
    draft_id: int | None
    wish: Wish
    begins: str
    findings: Findings
    read_to: int
    is_whole: bool
    model: str
    made_at: datetime
