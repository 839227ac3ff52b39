"""A request's parts become exactly what the model reads: its own chat template, within its window."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from models.engine import PartCount, PromptLayout
from models.errors import EmptyPrompt, InvalidRequest, PromptTooLong
from models.requests import PromptPart, TextRequest
from models.text.dialect import control_tokens, dialect_of, disarmed, messages
from models.text.stops import BROKEN
from models.text.window import dropped

COUNTS_KEPT = 4096
LONG_WORD = 30
LIMITS = {
    "temperature": (0.0, 10.0),
    "top_p": (0.0, 1.0),
    "min_p": (0.0, 1.0),
    "dry_multiplier": (0.0, 100.0),
    "dry_base": (1.0, 10.0),
    "dry_allowed_length": (1, 10_000),
    "xtc_probability": (0.0, 1.0),
    "xtc_threshold": (0.0, 1.0),
}
"""What each number of a `Sampling` may be."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as text with its shares, and as token ids."""

    layout: PromptLayout
    tokens: list[int]


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A prompt that fits: its text and tokens, the size of each part in it, and the parts that are not."""

    text: str
    tokens: list[int]
    sizes: list[int]
    gone: frozenset[int]


class PromptBuilder:
    """Lay out prompts for one model. A part's count is that of its own text; the template's marks are not in it."""

    def __init__(self, tokenizer: Any, window_tokens: int) -> None:
        self._tokenizer = tokenizer
        self._window = window_tokens
        self._dialect = dialect_of(tokenizer)
        self._marks = tuple(control_tokens(tokenizer))
        self._encode("", marks=True)  # a first call settles the tokenizer, before several threads share it
        self._count = lru_cache(COUNTS_KEPT)(lambda text: len(self._encode(text, marks=False)))

    def build(self, request: TextRequest) -> Prompt:
        """Check a request and lay out its prompt.

        Raises `InvalidRequest`, `EmptyPrompt`, or `PromptTooLong` when what may not be dropped does not fit.
        """
        check(request, self._window)
        parts = [part for part in request.parts if part.text.strip()]
        if not parts:
            raise EmptyPrompt("the prompt has no words in it")
        plain = [replace(part, text=disarmed(part.text, self._marks)) for part in parts]
        fitted = self._fit(plain, self._window - request.max_new_tokens)
        shares = tuple(map(PartCount, parts, fitted.sizes, [n in fitted.gone for n in range(len(parts))]))
        return Prompt(PromptLayout(fitted.text, len(fitted.tokens), self._window, shares), fitted.tokens)

    def _fit(self, parts: list[PromptPart], budget: int) -> _Fitted:
        """Drop the oldest droppable parts until the prompt fits; of the newest at least the end is kept."""
        sizes = [self._count(part.text) for part in parts]
        may_go = [part.droppable for part in parts]
        newest = max((n for n, free in enumerate(may_go) if free), default=-1)
        # The sizes leave out the template's marks, so the real length decides, and may ask for more.
        excess = sum(sizes) - budget
        while True:
            gone = dropped(sizes, may_go, excess, budget)
            spare = sum(sizes[n] for n in gone) - excess
            if spare < (newest in gone):
                raise PromptTooLong(f"the prompt is {1 - spare} tokens too long for a window of {self._window}")
            cut = {newest: self._end_of(parts[newest], spare)} if newest in gone else {}
            gone -= cut.keys()
            text, tokens = self._render([cut.get(n, part) for n, part in enumerate(parts) if n not in gone])
            if len(tokens) <= budget:
                counts = [self._count(cut[n].text) if n in cut else size for n, size in enumerate(sizes)]
                return _Fitted(text, tokens, counts, gone)
            excess += len(tokens) - budget + (0 if cut else spare)

    def _end_of(self, part: PromptPart, tokens: int) -> PromptPart:
        """Shorten a part to about so many tokens at its end, from a whole word on where there are spaces."""
        kept = self._encode(part.text, marks=False)[-tokens:]
        end = self._tokenizer.decode(kept, clean_up_tokenization_spaces=False).lstrip(BROKEN)
        half, _, words = end.partition(" ")
        return replace(part, text=words if words and len(half) <= LONG_WORD else end)

    def _render(self, parts: list[PromptPart]) -> tuple[str, list[int]]:
        if self._dialect is None:
            text = "\n\n".join(part.text for part in parts)
            return text, self._encode(text, marks=True)
        turns = messages(parts, self._dialect)
        # Models that think aloud before they answer are asked not to; other templates do not look at this.
        text = self._tokenizer.apply_chat_template(
            turns, tokenize=False, add_generation_prompt=True, enable_thinking=False
        )
        return text, self._encode(text, marks=False)

    def _encode(self, text: str, *, marks: bool) -> list[int]:
        ids: list[int] = self._tokenizer(text, add_special_tokens=marks, verbose=False)["input_ids"]
        return ids


def check(request: TextRequest, window_tokens: int) -> None:
    """Raise `InvalidRequest`, naming what no model can do."""
    if not 1 <= request.max_new_tokens < window_tokens:
        raise InvalidRequest(f"max_new_tokens is {request.max_new_tokens}, but must be 1 to {window_tokens - 1}")
    if any(not stop for stop in request.stop):
        raise InvalidRequest("a stop string is empty")
    if any(not phrase.replace("*", "").strip() for phrase in request.banned):
        raise InvalidRequest("a banned phrase is empty")
    for name, (low, high) in LIMITS.items():
        value = getattr(request.sampling, name)
        if not (math.isfinite(value) and low <= value <= high):
            raise InvalidRequest(f"{name} is {value}, but must be {low:g} to {high:g}")
