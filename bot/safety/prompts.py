"""What may be asked of a picture: nothing sexual with minors or over uploads, no word of the server's list. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.errors import Forbidden
from bot.safety.folding import Readings, fold, readings_of
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
    """`innocent` phrases are taken out before the others are looked for; `always` needs no second word.

    Where `clothes` are to be avoided, a picture is to be `sexual`; where `adults` are, it is to show `minors`.
    """

    innocent: Terms
    minors: Terms
    sexual: Terms
    always: Terms
    clothes: Terms
    adults: Terms


def check_prompt(
    text: str, forbidden_words: Sequence[str] = (), *, avoid: str = "", is_over_upload: bool = False
) -> None:
    """Raise `Forbidden` for a prompt that no server may ask for, or that this server's list of words refuses.

    `avoid` is what the picture is to be without. Of whom an upload shows nobody knows the age, nor what they agreed to:
    over one, nothing sexual may be asked for.
    """
    readings = readings_of(_rules().innocent.taken_out_of(fold(text)))
    avoided = readings_of(fold(avoid))
    if _is_forbidden(readings, avoided):
        raise Forbidden("safety.forbidden_prompt")
    if is_over_upload and _is_sexual(readings, avoided):
        raise Forbidden("safety.forbidden_over_upload")
    if forbidden_words and terms_of(tuple(forbidden_words)).found_in(readings_of(fold(text))):
        raise Forbidden("safety.forbidden_word")


def _is_forbidden(readings: Readings, avoided: Readings) -> bool:
    if _rules().always.found_in(readings):
        return True
    return _is_sexual(readings, avoided) and _shows_minors(readings, avoided)


def _is_sexual(readings: Readings, avoided: Readings) -> bool:
    return _rules().sexual.found_in(readings) or _rules().clothes.found_in(avoided)


def _shows_minors(readings: Readings, avoided: Readings) -> bool:
    is_told = _rules().minors.found_in(readings) or any(map(_UNDER_AGE.search, readings.texts))
    return is_told or _rules().adults.found_in(avoided)


@cache
def _rules() -> _Rules:
    lists = tomllib.loads(files(__package__).joinpath("prompts.toml").read_text(encoding="utf-8"))
    return _Rules(**{name: Terms(terms) for name, terms in lists.items()})
