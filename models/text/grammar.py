"""JSON and verse by grammar: which tokens may come next, so that a text cannot leave it. llguidance keeps the books."""

from __future__ import annotations

from functools import cached_property, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from models.errors import InvalidRequest, ModelFault
from models.requests import TextRequest

if TYPE_CHECKING:
    from llguidance import LLMatcher, LLTokenizer

Bits = npt.NDArray[np.uint8]

SCHEMAS_KEPT = 64


class Grammar:
    """Follow one text through its schema or grammar."""

    def __init__(self, matcher: LLMatcher) -> None:
        self._matcher = matcher

    @property
    def is_complete(self) -> bool:
        """Say whether the text is whole and nothing may follow it."""
        return self._matcher.is_stopped()

    def allowed(self) -> Bits:
        """Return a bit for each token of the vocabulary, the lowest first: whether it may come next."""
        return np.frombuffer(self._matcher.compute_bitmask(), dtype=np.uint8)

    def accept(self, token: int) -> None:
        """Take in the token that was drawn. Raises `ModelFault` where the grammar cannot follow it."""
        if not self._matcher.consume_token(token):
            raise ModelFault("the grammar of the answer cannot follow its text")

    def take_back(self, count: int) -> None:
        """Forget the last `count` tokens."""
        if not self._matcher.rollback(count):
            raise ModelFault("the grammar of the answer cannot go back in its text")


class Grammars:
    """The schemas and grammars of one model's requests, each compiled once. Any thread may ask.

    A schema takes about a millisecond; a grammar with thousands of words, some tenths of a second.

    `ends` are the tokens that end a turn, `vocabulary` is the width of the model's logits. The vocabulary is read for
    the first schema, which takes up to some seconds.
    """

    def __init__(self, tokenizer: Any, ends: frozenset[int], vocabulary: int) -> None:
        self._tokenizer = tokenizer
        self._ends = sorted(ends)
        self._vocabulary = max(vocabulary, len(tokenizer))
        self._compiled = lru_cache(SCHEMAS_KEPT)(self._compile)
        self._lock = Lock()

    def for_request(self, request: TextRequest) -> Grammar | None:
        """Begin the text of a request, if anything binds it. Raises `InvalidRequest` as `begin` does."""
        if request.schema is not None:
            return self.begin(request.schema)
        return None if request.grammar is None else self._begun(_from_lark(request.grammar))

    def begin(self, schema: str) -> Grammar:
        """Begin a text that a JSON schema binds. Raises `InvalidRequest` for one that cannot be compiled."""
        return self._begun(_from_schema(schema))

    def _begun(self, grammar: str) -> Grammar:
        with self._lock:
            return Grammar(self._compiled(grammar).deep_copy())

    @cached_property
    def _bridge(self) -> LLTokenizer:
        """The vocabulary as llguidance sees it."""
        from llguidance.hf import from_tokenizer

        try:
            return from_tokenizer(self._tokenizer, self._vocabulary, self._ends or None)
        except ValueError as error:
            raise InvalidRequest(f"this model's tokenizer cannot be bound by a grammar: {error}") from error

    def _compile(self, grammar: str) -> LLMatcher:
        from llguidance import LLMatcher, LLParserLimits

        # Verbose errors would quote the text.
        matcher = LLMatcher(self._bridge, grammar, log_level=0, limits=LLParserLimits(verbose_errors=False))
        if matcher.is_error():
            raise InvalidRequest(f"the schema or grammar cannot be compiled: {matcher.get_error()}")
        return matcher


def _from_schema(schema: str) -> str:
    from llguidance import LLMatcher

    try:
        return LLMatcher.grammar_from_json_schema(
            schema,
            overrides={
                # Set as most JSON that a model has read; where it may choose, a small one fills pages with spaces.
                "whitespace_flexible": False,
                "item_separator": ", ",
                "key_separator": ": ",
                "coerce_one_of": True,
            },
        )
    except ValueError as error:
        raise InvalidRequest(f"the schema is no JSON object: {error}") from error


def _from_lark(grammar: str) -> str:
    from llguidance import LLMatcher

    return LLMatcher.grammar_from_lark(grammar)
