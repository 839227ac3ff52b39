"""Reading a draft part by part; each part's answer is held against the draft before anything of it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.answers.answering import Answering, flaw_of
from bot.answers.reading import Flaw, Unshaped, read
from bot.critique.ask import READ, WEIGH, Ask, Reading
from bot.critique.checking import checked, sentences_of, spread
from bot.critique.critique import NOTES_MAX, Findings
from bot.critique.desk import CritiqueDesk
from bot.critique.modes import ways
from bot.critique.prompts import NOTES_WEIGHED, part_request, whole_request
from bot.critique.shapes import LongPartShape, PartShape, WholeShape, shape_of, whole_shape_of
from bot.honesty import honest, is_honest
from bot.jobs.handler import GoesOn
from bot.jobs.job import Job
from bot.stories.continuing import seed_of
from models.requests import TextRequest

_INVENTED = "None of its quotes is in the draft. Quote only words that stand there."
_UNTRUE = "What it says of the whole quotes words that are not there, or gives a score. Do neither."


class PartReading(Answering[PartShape]):
    """Handles jobs of the kind `critique.read`: one part a turn, then all of them are weighed.

    Where every quote of the first answer is invented, or its judgement rests on such, it is asked for again; of a small
    part whose quotes were at fault the second answer can then quote nothing but its sentences.
    """

    shape = PartShape

    def __init__(self, desk: CritiqueDesk) -> None:
        self._desk = desk

    async def shape_for(self, job: Job) -> type[PartShape]:
        """Return the shape of the mode's notes; once quotes were at fault, they are sentences of the draft."""
        ask = Ask.of(job)
        sentences: Sequence[str] = ()
        flaw = flaw_of(job)
        if flaw and flaw.complaints != (_UNTRUE,):
            start, end = ask.span
            sentences = sentences_of((await self._desk.draft_of(job))[start:end])
        return shape_of(ways()[ask.wish.mode], goes_on=not ask.is_last, sentences=sentences)

    async def question(self, job: Job) -> TextRequest:
        """Freeze what is asked of the next part."""
        ask, draft = await self._desk.open(job)
        seed = seed_of(job) + ask.reading.parts_read
        return part_request(f"job-{job.id}", ask, await self._desk.rubric(job.server_id), draft, seed)

    async def faults(self, job: Job, answer: PartShape) -> Sequence[str]:
        """Find fault with an answer none of whose quotes is in the draft, or whose judgement rests on such."""
        draft = await self._desk.draft_of(job)
        kept, _ = checked(draft, Ask.of(job).span, answer.notes)
        faults = {_INVENTED: bool(kept), _UNTRUE: _is_honest(draft, answer)}
        return [fault for fault, is_mended in faults.items() if not is_mended]

    async def keep(self, job: Job, answer: PartShape | Unshaped) -> Mapping[str, Any] | GoesOn:
        """Add what holds of the answer to what was found before; go on with the next part, or conclude."""
        ask, draft = Ask.of(job), await self._desk.draft_of(job)
        reading = _with(ask.reading, draft, ask.span, answer)
        ask = replace(ask, reading=replace(reading, dropped=reading.dropped + _dropped_before(job, draft, answer)))
        if ask.reading.parts_read < ask.parts:
            return GoesOn(READ, ask.told)
        if ask.parts > 1 and any(ask.reading.notes):
            return GoesOn(WEIGH, ask.told)
        return await self._desk.conclude(job, _findings(ask.reading))


class Weighing(Answering[WholeShape]):
    """Handles jobs of the kind `critique.weigh`: which notes of the parts matter most for the whole draft."""

    shape = WholeShape

    def __init__(self, desk: CritiqueDesk) -> None:
        self._desk = desk

    async def shape_for(self, job: Job) -> type[WholeShape]:
        """Return the shape of the mode's judgement."""
        return whole_shape_of(ways()[Ask.of(job).wish.mode])

    async def question(self, job: Job) -> TextRequest:
        """Freeze what is asked of all parts together."""
        ask, _ = await self._desk.open(job)
        notes = spread(ask.reading.notes, NOTES_WEIGHED)
        return whole_request(f"job-{job.id}", ask, await self._desk.rubric(job.server_id), seed_of(job), notes)

    async def faults(self, job: Job, answer: WholeShape) -> Sequence[str]:
        """Find fault with a judgement that rests on words which are not in the draft."""
        return () if _is_honest(await self._desk.draft_of(job), answer) else (_UNTRUE,)

    async def keep(self, job: Job, answer: WholeShape | Unshaped) -> Mapping[str, Any]:
        """Conclude with the notes that were chosen; those numbers that are no note's are passed over."""
        reading, draft = Ask.of(job).reading, await self._desk.draft_of(job)
        notes = spread(reading.notes, NOTES_WEIGHED)
        if isinstance(answer, Unshaped):
            return await self._desk.conclude(job, _findings(reading))
        chosen = [notes[number - 1] for number in dict.fromkeys(answer.keep) if number <= len(notes)]
        findings = _findings(reading, honest(draft, answer.strength), honest(draft, answer.issue))
        return await self._desk.conclude(job, replace(findings, notes=tuple(chosen) or findings.notes))


def _dropped_before(job: Job, draft: str, answer: PartShape | Unshaped) -> int:
    """Count the notes that gave way to others in a second answer because their quotes were invented."""
    flaw, ask = flaw_of(job), Ask.of(job)
    if flaw is None or _INVENTED not in flaw.complaints:
        return 0
    first = read(flaw.answer, shape_of(ways()[ask.wish.mode], goes_on=not ask.is_last))
    return 0 if isinstance(first, Flaw) or first == answer else checked(draft, ask.span, first.notes)[1]


def _is_honest(draft: str, answer: PartShape | WholeShape) -> bool:
    return all(is_honest(draft, said) for said in (answer.strength, answer.issue))


def _with(reading: Reading, draft: str, span: tuple[int, int], answer: PartShape | Unshaped) -> Reading:
    parts_read = reading.parts_read + 1
    if isinstance(answer, Unshaped):
        plain = honest(draft, answer.text)
        return replace(reading, plain=(*reading.plain, plain), notes=(*reading.notes, ()), parts_read=parts_read)
    notes, dropped = checked(draft, span, answer.notes)
    return replace(
        reading,
        notes=(*reading.notes, tuple(notes)),
        strengths=(*reading.strengths, honest(draft, answer.strength)),
        issues=(*reading.issues, honest(draft, answer.issue)),
        dropped=reading.dropped + dropped,
        summary=answer.summary if isinstance(answer, LongPartShape) else "",
        parts_read=parts_read,
    )


def _findings(reading: Reading, strength: str = "", issue: str = "") -> Findings:
    """Conclude from the parts; where nobody judged the whole, the first that judged its part speaks for it."""
    return Findings(
        strength=strength or next(filter(None, reading.strengths), ""),
        issue=issue or next(filter(None, reading.issues), ""),
        notes=tuple(spread(reading.notes, NOTES_MAX)),
        dropped=reading.dropped,
        plain="\n\n".join(reading.plain),
    )
