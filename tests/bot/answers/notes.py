"""The answer that these tests ask for: what a reader has to say of a draft."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from bot.answers.answering import Answering
from bot.answers.reading import Unshaped
from bot.answers.shape import Shape
from bot.jobs.job import Job
from models.requests import PromptPart, Role, Sampling, TextRequest


class Note(Shape):
    quote: str = Field(max_length=40, description="words of the draft")
    kind: Literal["cliché", "tense"]


class Notes(Shape):
    strength: str = Field(min_length=1, max_length=60)
    notes: list[Note] = Field(max_length=2)


GOOD = {"strength": "The rain is heard.", "notes": [{"quote": "dark and stormy", "kind": "cliché"}]}
BAD = {"strength": "", "notes": [{"quote": "dark", "kind": "boring"}]}


def as_json(answer: Mapping[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False)


class Reading(Answering[Notes]):
    """Keeps in memory what came; finds fault with quotes that a test says are wrong."""

    shape = Notes

    def __init__(self) -> None:
        self.kept: list[Notes | Unshaped] = []
        self.wrong: set[str] = set()

    async def question(self, job: Job) -> TextRequest:
        part = PromptPart("draft", Role.USER, str(job.asked.get("draft", "It was a dark and stormy night.")))
        return TextRequest(f"job-{job.id}", (part,), 160, Sampling(seed=job.id))

    async def faults(self, job: Job, answer: Notes) -> Sequence[str]:
        return [f"'{note.quote}' is not in the draft." for note in answer.notes if note.quote in self.wrong]

    async def keep(self, job: Job, answer: Notes | Unshaped) -> Mapping[str, Any]:
        self.kept.append(answer)
        return {"is_shaped": isinstance(answer, Notes)}
