"""The checks that forms are held against: each takes a text and the rules of the form, and returns a `Verdict`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.forms.checks.couplets import check_ghazal
from bot.forms.checks.metre import check_metre
from bot.forms.checks.prose import check_prose
from bot.forms.checks.regulated import check_regulated
from bot.forms.checks.script import check_script
from bot.forms.checks.sections import check_lyrics
from bot.forms.checks.tune import check_tune
from bot.forms.checks.turns import check_dialogue
from bot.forms.form import Form
from bot.forms.lines import lines_in
from bot.forms.verdict import Finding, Verdict, failed
from bot.stories.shares import count_words

_BY_CHANCE_WORDS = 3

_CHECKS: Mapping[str, Callable[..., Verdict]] = {
    "metre": check_metre,
    "ghazal": check_ghazal,
    "regulated": check_regulated,
    "tune": check_tune,
    "prose": check_prose,
    "lyrics": check_lyrics,
    "dialogue": check_dialogue,
    "script": check_script,
}


def check(form: Form, text: str) -> Verdict:
    """Hold a text against a form; what a model took over from the form's example keeps no form."""
    verdict = _CHECKS[form.check](text, **form.rules)
    return replace(verdict, findings=(*verdict.findings, *_copied(form, text)))


def _copied(form: Form, text: str) -> Sequence[Finding]:
    """Return the lines that stand in the form's example; a few words may be the same by chance."""
    example = _letters(form.example)
    return [
        failed("forms.copied_line", line=number)
        for number, line in enumerate(lines_in(text), start=1)
        if _letters(line) in example and count_words(line) > _BY_CHANCE_WORDS
    ]


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.casefold()))
