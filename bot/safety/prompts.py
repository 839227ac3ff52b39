"""What may be asked of a picture: nothing sexual with minors, and nothing with a word of the server's list. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.errors import NotAllowed
from bot.safety.folding import fold, readings_of
from bot.safety.terms import Terms, terms_of

_YEARS = (
    r"(?:1[0-7]|[0-9]|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
)
_UNDER_AGE = re.compile(
    rf"(?<!\w){_YEARS}\W*(?:years?|yrs?|y)\W*(?:olds?|of age|o)(?!\w)|(?<!\w)ages?d?(?: of)?\W*{_YEARS}(?!\w)"
)


@dataclass(frozen=True, slots=True)
class _Rules:
    """`innocent` phrases are taken out before the others are looked for; `always` needs no second word."""

    innocent: Terms
    minors: Terms
    sexual: Terms
    always: Terms


def check_prompt(text: str, forbidden_words: Sequence[str] = ()) -> None:
    """Raise `NotAllowed` for a prompt that no server may ask for, or that this server's list of words refuses."""
    if _is_forbidden(text):
        raise NotAllowed("safety.forbidden_prompt")
    if forbidden_words and terms_of(tuple(forbidden_words)).found_in(readings_of(fold(text))):
        raise NotAllowed("safety.forbidden_word")


def _is_forbidden(text: str) -> bool:
    rules = _rules()
    folded = rules.innocent.taken_out_of(fold(text))
    readings = readings_of(folded)
    if rules.always.found_in(readings):
        return True
    return rules.sexual.found_in(readings) and (
        rules.minors.found_in(readings) or any(map(_UNDER_AGE.search, readings.texts))
    )


@cache
def _rules() -> _Rules:
    lists = tomllib.loads(files(__package__).joinpath("prompts.toml").read_text(encoding="utf-8"))
    return _Rules(**{name: Terms(terms) for name, terms in lists.items()})
