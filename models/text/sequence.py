"""One request on its way: what it was asked to read, how far it has come, what it has written (pure)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from models.events import Finished, FinishReason
from models.requests import TextRequest
from models.text.banned import PhraseFilter, Refused
from models.text.dry import Dry, Ints
from models.text.grammar import Grammar
from models.text.sampler import Draw, uniform
from models.text.stops import Detokenizer, StopFilter

PATIENCE = 64
"""The tokens that a sequence may take back beyond those it may write, before it ends where it would again."""


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
        self._breakers = breakers
        self._grammar = grammar
        detokenizer = Detokenizer(decode)
        self._phrases = PhraseFilter(detokenizer, request.banned) if request.banned else None
        self._refused = Refused()
        self._taken_back = 0
        self._detokenizer = self._phrases or detokenizer
        self._stops = StopFilter(request.stop)
        self._text: list[str] = []
        self._dry = self._followed()

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
        sampling, position = self.request.sampling, self.written
        penalties = self._dry.penalties() if self._dry else None
        allowed = self._grammar.allowed() if self._grammar else None
        if self._phrases:
            penalties = self._refused.penalties(position, penalties, allowed)
        excludes = sampling.xtc_probability > 0 and uniform(sampling.seed, position, "xtc") < sampling.xtc_probability
        return Draw(sampling, uniform(sampling.seed, position), penalties, allowed, excludes)

    def accept(self, token: int) -> str:
        """Take in the token that was drawn and return the text that may be shown; `reason` is set at the end.

        Where a banned phrase is whole now, the sequence goes back to before it instead.
        """
        self.tokens.append(token)
        text = "" if token in self._ends else self._follow(token)
        reason = self._reason_to_end(token)
        if reason:
            text += self._detokenizer.rest()
        if self._phrases and self._phrases.begun is not None:
            return self._refuse(self._phrases, self._phrases.begun)
        text = self._stops.feed(text)
        self.reason = FinishReason.STOP if self._stops.stopped else reason
        return self._show(text + (self._stops.rest() if reason else ""))

    def finished(self) -> Finished:
        """Sum up a sequence that has come to its end."""
        assert self.reason is not None
        return Finished("".join(self._text).strip(), self.reason, self.written, self.device_ms)

    def _follow(self, token: int) -> str:
        """Let everyone who follows the text take in a token, and return the text it completes."""
        if self._dry:
            self._dry.append(token)
        if self._grammar:
            self._grammar.accept(token)
        return self._detokenizer.feed(token)

    def _reason_to_end(self, token: int) -> FinishReason | None:
        if token in self._ends or (self._grammar and self._grammar.is_complete):
            return FinishReason.STOP
        return FinishReason.LENGTH if self.written == self.request.max_new_tokens else None

    def _refuse(self, phrases: PhraseFilter, begun: int) -> str:
        """Go back to the token that a banned phrase began with, which may not come there again.

        Where a grammar let nothing else come, the next token of the phrase is refused. A text that comes to banned
        phrases again and again ends before the next one.
        """
        start = len(self.prompt)
        at = self._refused.first_free(begun, self.tokens[start + begun :])
        self._taken_back += self.written - begun
        if at is None or self._taken_back > PATIENCE + self.request.max_new_tokens:
            self.reason = FinishReason.STOP
            return self._show(self._stops.feed(phrases.cut()) + self._stops.rest())
        self._refused.add(at, self.tokens[start + at])
        self._go_back(phrases, at)
        return ""

    def _go_back(self, phrases: PhraseFilter, written: int) -> None:
        """Forget what is written after the first tokens, as if it had never been drawn."""
        gone = phrases.take_back(written)
        if self._grammar:
            self._grammar.take_back(gone)
        del self.tokens[len(self.prompt) + written :]
        self.read = min(self.read, len(self.tokens) - 1)  # the last one is read again: what follows is drawn from it
        self._dry = self._followed()

    def _followed(self) -> Dry | None:
        """Let DRY, where it is on, follow all that it is to see of the tokens so far."""
        sampling = self.request.sampling
        told = self.tokens if self._grammar is None else self.tokens[len(self.prompt) :]
        return Dry(sampling, self._breakers, told, self.most_tokens) if sampling.dry_multiplier > 0 else None

    def _show(self, text: str) -> str:
        self._text.append(text)
        return text
