"""Trimming what a model wrote to the passage it was asked for. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.safety import clean_optional
from bot.stories.rules import PASSAGE_MAX
from bot.stories.splitting import SENTENCE_END
from models.events import Finished, FinishReason

_OWN_LABELS = ("Salon", "AI", "Assistant", "Narrator", "Story")
_BRACKETED_LINE = re.compile(r"^\s*\[[^\]\n]*\]?\s*$\n?", re.MULTILINE)
_ECHO_MIN = 20


def trim(finished: Finished, people: Sequence[str], before: str) -> str:
    """Return the AI's own words of a finished text; empty where none are left.

    `people` are the labels of those who wrote with it, `before` is the passage it goes on from. Gone are the AI's own
    label, turns of other writers (at the beginning a line each, later all that follows), echoes of the prompt, and a
    sentence that the length limit broke off.
    """
    text = clean_optional(finished.text)
    text = _without_labels(text, people)
    text = _BRACKETED_LINE.sub("", text).strip()
    text = _without_echo(text, before)
    if finished.reason is FinishReason.LENGTH or len(text) > PASSAGE_MAX:
        text = _to_last_sentence(text[:PASSAGE_MAX])
    return close_fence(clean_optional(text))


def _label_pattern(names: Sequence[str]) -> str:
    return rf"[*_]*(?:{'|'.join(map(re.escape, names))})[*_]*\s*:[*_]*"


def _without_labels(text: str, people: Sequence[str]) -> str:
    """Drop what begins as people's turns, the AI's own label, and everything from the next line of somebody's on."""
    if people:
        text = re.sub(rf"\A({_label_pattern(people)}.*\s*)+", "", text, flags=re.IGNORECASE)
    text = re.sub(rf"\A{_label_pattern(_OWN_LABELS)}\s*", "", text, flags=re.IGNORECASE)
    if not people:
        return text
    return re.split(rf"^{_label_pattern(people)}", text, maxsplit=1, flags=re.MULTILINE)[0].strip()


def _without_echo(text: str, before: str) -> str:
    """Drop the end of the passage before, where the model said it again before going on."""
    for start in range(max(0, len(before) - len(text)), len(before) - _ECHO_MIN + 1):
        if text.startswith(before[start:]) and (start == 0 or not before[start - 1].isalnum()):
            return text[len(before) - start :].lstrip()
    return text


def _to_last_sentence(text: str) -> str:
    """End at a sentence if that keeps most of the text, else at a word, with dots that say so."""
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    if ends and ends[-1] * 2 >= len(text):
        return text[: ends[-1]]
    words = text.rsplit(None, 1)
    return f"{words[0].rstrip(' ,;:-–—')}…" if len(words) == 2 else text


def close_fence(text: str) -> str:
    """Close a code fence that was left open, so that it does not swallow what follows in a message."""
    fences = sum(1 for line in text.splitlines() if line.lstrip().startswith("```"))
    return f"{text}\n```" if fences % 2 else text
