"""A request's parts become exactly what the model reads: its own chat template, within its window."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from models.engine import PartCount, PromptLayout
from models.errors import EmptyPrompt, InvalidRequest, PromptTooLong
from models.requests import PromptPart, Sampling, TextRequest
from models.text.dialect import dialect_of, messages
from models.text.window import dropped

COUNTS_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as text with its shares, and as token ids."""

    layout: PromptLayout
    tokens: list[int]


class PromptBuilder:
    """Lay out prompts for one model. A part's count is that of its own text; the template's marks are not in it."""

    def __init__(self, tokenizer: Any, window_tokens: int) -> None:
        self._tokenizer = tokenizer
        self._window = window_tokens
        self._dialect = dialect_of(tokenizer)
        self._marks = sorted(tokenizer.all_special_tokens, key=len, reverse=True)
        self._count = lru_cache(COUNTS_KEPT)(lambda text: len(self._encode(text, marks=False)))

    def build(self, request: TextRequest) -> Prompt:
        """Check a request and lay out its prompt.

        Raises `InvalidRequest`, `EmptyPrompt`, or `PromptTooLong` when what may not be dropped does not fit.
        """
        check(request, self._window)
        parts = [part for part in request.parts if part.text.strip()]
        if not parts:
            raise EmptyPrompt("the prompt has no words in it")
        budget = self._window - request.max_new_tokens
        plain = [replace(part, text=self._disarmed(part.text)) for part in parts]
        sizes = [self._count(part.text) for part in plain]
        gone: frozenset[int] = frozenset()
        while True:
            text, tokens = self._render([part for n, part in enumerate(plain) if n not in gone])
            # The sizes leave out the template's marks, so the real length decides, and may ask for more.
            excess = len(tokens) - budget
            if excess <= 0:
                break
            gone = self._drop_more(parts, sizes, gone, excess, budget)
        shares = tuple(PartCount(part, sizes[n], n in gone) for n, part in enumerate(parts))
        return Prompt(PromptLayout(text, len(tokens), self._window, shares), tokens)

    def _drop_more(
        self, parts: list[PromptPart], sizes: list[int], gone: frozenset[int], excess: int, budget: int
    ) -> frozenset[int]:
        total = sum(sizes[n] for n in gone) + excess
        more = dropped(sizes, [part.droppable for part in parts], total, budget)
        if more == gone or len(more) == len(parts):
            raise PromptTooLong(f"the prompt is {excess} tokens too long for the model's window of {self._window}")
        return more

    def _render(self, parts: list[PromptPart]) -> tuple[str, list[int]]:
        if self._dialect is None:
            text = "\n\n".join(part.text for part in parts)
            return text, self._encode(text, marks=True)
        turns = messages(parts, self._dialect)
        text = self._tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        return text, self._encode(text, marks=False)

    def _encode(self, text: str, *, marks: bool) -> list[int]:
        ids: list[int] = self._tokenizer(text, add_special_tokens=marks, verbose=False)["input_ids"]
        return ids

    def _disarmed(self, text: str) -> str:
        """Break up control tokens in what people wrote, so that nobody can end a turn or speak as the system.

        Halves of characters, which no tokenizer takes, become question marks.
        """
        text = text.encode(errors="replace").decode()
        for mark in self._marks:
            text = text.replace(mark, mark[0] + " " + mark[1:])
        return text


def check(request: TextRequest, window_tokens: int) -> None:
    """Raise `InvalidRequest`, naming what no model can do."""
    if not 1 <= request.max_new_tokens < window_tokens:
        raise InvalidRequest(f"max_new_tokens is {request.max_new_tokens}, but must be 1 to {window_tokens - 1}")
    if any(not stop for stop in request.stop):
        raise InvalidRequest("a stop string is empty")
    for name, low, high in LIMITS:
        value = getattr(request.sampling, name)
        if not (math.isfinite(value) and low <= value <= high):
            raise InvalidRequest(f"{name} is {value}, but must be {low:g} to {high:g}")


LIMITS: tuple[tuple[str, float, float], ...] = (
    ("temperature", 0.0, 10.0),
    ("top_p", 0.0, 1.0),
    ("min_p", 0.0, 1.0),
    ("dry_multiplier", 0.0, 100.0),
    ("dry_base", 1.0, 10.0),
    ("dry_allowed_length", 1, 10_000),
)
assert {name for name, _, _ in LIMITS} <= set(Sampling.__dataclass_fields__)
