"""One request on its way: what it was asked to read, how far it has come, what it has written (pure)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from models.events import Finished, FinishReason
from models.requests import TextRequest
from models.text.dry import Dry, Ints
from models.text.grammar import Grammar
from models.text.sampler import Draw, uniform
from models.text.stops import Detokenizer, StopFilter


class Sequence:
    """A request's tokens and their state.

    `read` tokens of prompt and new text lie in the cache's `lane`; the rest are still to be read. A sequence is in
    prefill until it has written its first token; from then on exactly one token is unread. Where a `grammar` binds the
    text, DRY sees what is written and not the prompt, from which such an answer is to quote word for word.
    """

    def __init__(
        self,
        ticket: int,
        request: TextRequest,
        prompt: list[int],
        *,
        decode: Callable[[list[int]], str],
        breakers: frozenset[int],
        ends: frozenset[int],
        grammar: Grammar | None = None,
    ) -> None:
        self.ticket = ticket
        self.request = request
        self.prompt: Ints = np.array(prompt, dtype=np.int64)
        self.tokens = list(prompt)
        self.lane: int | None = None
        self.read = 0
        self.device_ms = 0.0
        self.reason: FinishReason | None = None
        self._ends = ends
        self._grammar = grammar
        self._detokenizer = Detokenizer(decode)
        self._stops = StopFilter(request.stop)
        self._text: list[str] = []
        dry = request.sampling.dry_multiplier > 0
        told = prompt if grammar is None else []
        self._dry = Dry(request.sampling, breakers, told, self.most_tokens) if dry else None

    @property
    def most_tokens(self) -> int:
        """The tokens this sequence can come to hold."""
        return len(self.prompt) + self.request.max_new_tokens

    @property
    def written(self) -> int:
        """The tokens drawn so far."""
        return len(self.tokens) - len(self.prompt)

    @property
    def unread(self) -> int:
        """The tokens that do not lie in the cache yet."""
        return len(self.tokens) - self.read

    def draw(self) -> Draw:
        """Say how the next token is to be drawn; asking twice gives the same answer."""
        sampling = self.request.sampling
        penalties = self._dry.penalties() if self._dry else None
        allowed = self._grammar.allowed() if self._grammar else None
        return Draw(sampling, uniform(sampling.seed, self.written), penalties, allowed)

    def accept(self, token: int) -> str:
        """Take in the token that was drawn and return the text that may be shown; `reason` is set at the end."""
        self.tokens.append(token)
        if token in self._ends:
            self.reason = FinishReason.STOP
            return self._show(self._rest())
        if self._dry:
            self._dry.append(token)
        if self._grammar:
            self._grammar.accept(token)
        text = self._stops.feed(self._detokenizer.feed(token))
        if self._stops.stopped:
            self.reason = FinishReason.STOP
        elif self._grammar and self._grammar.is_complete:
            self.reason = FinishReason.STOP
            text += self._rest()
        elif self.written == self.request.max_new_tokens:
            self.reason = FinishReason.LENGTH
            text += self._rest()
        return self._show(text)

    def finished(self) -> Finished:
        """Sum up a sequence that has come to its end."""
        assert self.reason is not None
        return Finished("".join(self._text).strip(), self.reason, self.written, self.device_ms)

    def _rest(self) -> str:
        return self._stops.feed(self._detokenizer.rest()) + self._stops.rest()

    def _show(self, text: str) -> str:
        self._text.append(text)
        return text
