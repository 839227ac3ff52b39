"""The piece in what a model wrote: without what it says about it, and without a second one after it. Pure."""

from __future__ import annotations

import re

from bot.forms.form import Form
from bot.forms.hanzi import units_in
from bot.forms.lines import lines_in
from bot.safety import clean_optional
from bot.stories.rules import PASSAGE_MAX

_FENCE = re.compile(r"^```[^\n]*$\n?", re.MULTILINE)
_OWN_LABEL = re.compile(r"(?i)\A(?:Salon|AI|Assistant)\s*:\s*")
# "Here is a haiku about rain:", "Sure! Here's your limerick:"
_PREAMBLE = re.compile(r"(?i)\A(?:(?:sure|certainly|of course)\b|here(?:'s| is| are)\b|this is a\b)[^\n]*[:!.]\s*\n")
# A title over verse: marked as one, in book quotes, or the form's name alone.
_TITLE = re.compile(r"(?i)\A(?:#+ [^\n]*|\*\*[^\n*]+\*\*|title:[^\n]*|\u300a[^\n\u300b]*\u300b[^\n]*)\s*\n+(?=\S)")
_I = re.compile(r"\bi\b")
_BRACKETED_ASK = re.compile(r"^\[(?:write|turn|that does not)\b[^\n]*$\n?", re.IGNORECASE | re.MULTILINE)


def piece_in(text: str, form: Form) -> str:
    """Return the piece, fit to keep; empty where there is none."""
    text = _BRACKETED_ASK.sub("", _FENCE.sub("", clean_optional(text)))
    for said in (_OWN_LABEL, _PREAMBLE, _TITLE):
        text = said.sub("", text.strip(), count=1)
    return clean_optional(_first(text.strip(), form)[:PASSAGE_MAX])


def dressed(text: str) -> str:
    """Begin each line with a capital, and write I as one: a grammar's words are all small."""
    lines = (line[:1].upper() + line[1:] for line in text.split("\n"))
    return _I.sub("I", "\n".join(lines))


def _first(text: str, form: Form) -> str:
    """Return the first poem where a model went on with another, or with talk, below a blank line."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if not line.strip() and _is_long_enough("\n".join(lines[:at]), form):
            return "\n".join(lines[:at])
    return text


def _is_long_enough(text: str, form: Form) -> bool:
    """Say whether a text has as many lines as its form, where that has a fixed number."""
    lines = units_in(text) if form.language == "Chinese" else lines_in(text)
    return 0 < form.lines <= len(lines)
