"""Asking for an answer with a shape, and once more where it did not come. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answers.reading import Flaw
from bot.answers.shape import Shape, frame_of, outline_of, schema_of
from bot.words import say
from models.requests import PromptPart, Role, TextRequest


def shaped(question: TextRequest, shape: type[Shape]) -> TextRequest:
    """Return a question whose answer is bound to a shape, which is shown to the model after all else.

    Phrases that the shape's own frame says are banned no more: no answer could do without them.
    """
    text = f"[Answer with one JSON object and nothing else. Its fields: {outline_of(shape)}]"
    part = PromptPart(say("answers.part_shape"), Role.USER, text)
    banned = tuple(phrase for phrase in question.banned if not _is_said(phrase, frame_of(shape)))
    return replace(question, parts=(*question.parts, part), schema=schema_of(shape), banned=banned)


def again(request: TextRequest, flaw: Flaw) -> TextRequest:
    """Return a request for a better answer: told what was wrong with the first, and drawn with another seed.

    What it adds may take some hundred tokens; where there is no room, the flawed answer gives way.
    """
    answer = PromptPart(say("answers.part_answer"), Role.ASSISTANT, flaw.answer, droppable=True)
    text = f"[That answer cannot be used. {' '.join(flaw.complaints)} Give the whole answer again, in the same form.]"
    complaint = PromptPart(say("answers.part_complaint"), Role.USER, text)
    parts = (*request.parts, *(() if flaw.is_cut else (answer,)), complaint)
    return replace(request, parts=parts, sampling=replace(request.sampling, seed=request.sampling.seed + 1))


def _is_said(phrase: str, frame: str) -> bool:
    """Say whether a phrase, of which a `*` at the end leaves the last word open, stands in a frame."""
    stem = phrase.removesuffix("*")
    before = r"(?<!\w)" if stem[0].isalnum() else ""
    after = r"(?!\w)" if phrase[-1].isalnum() else ""
    return re.search(f"{before}{re.escape(stem)}{after}", frame, re.IGNORECASE) is not None
