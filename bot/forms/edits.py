"""Line edits: what of a model's rewriting is small enough to be offered, and how a text reads with it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from bot.stories.splitting import SENTENCE_END

WORDS_MAX = 5
"""An edit takes out and puts in at most so many words; what is larger is rewriting, and not offered."""

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
_CLOSE_TOKENS = 3


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters from `start` to `end` by `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence before and after its edits, and where in the text it begins; of a long text also which paragraph."""

    before: str
    after: str
    start: int = field(default=0, compare=False)
    paragraph: int | None = None


def line_edits(text: str, rewritten: str) -> tuple[list[Edit], int]:
    """Return the small edits that lead from one text to another, and how many larger ones there were."""
    old, new = list(_TOKEN.finditer(text)), _TOKEN.findall(rewritten)
    matcher = SequenceMatcher(None, [token[0] for token in old], new, autojunk=False)
    small, large = [], 0
    for old_from, old_to, new_from, new_to in _hunks(matcher.get_opcodes()):
        start = old[old_from].start() if old_from < len(old) else len(text)
        end = old[old_to - 1].end() if old_to > old_from else start
        edit = Edit(start, end, "".join(new[new_from:new_to]))
        if text[start:end].isspace() and edit.new.isspace():
            continue  # how lines and paragraphs are set apart is no slip
        if max(_words(text[start:end]), _words(edit.new)) <= WORDS_MAX:
            small.append(edit)
        else:
            large += 1
    return small, large


def with_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with its edits in it."""
    for edit in sorted(edits, key=lambda one: one.start, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def changes(text: str, edits: Sequence[Edit]) -> list[Change]:
    """Return the sentences that edits change, before and after; what is put in between two belongs to the first."""
    changed = []
    for start, end in _sentences(text, edits):
        inside = [
            Edit(e.start - start, e.end - start, e.new) for e in edits if start < e.end <= end or e.end == start == 0
        ]
        before = text[start:end]
        if inside:
            begins = end - len(before.lstrip())
            changed.append(Change(before.strip(), with_edits(before, inside).strip(), begins))
    return changed


def _hunks(opcodes: Sequence[tuple[str, int, int, int, int]]) -> list[list[int]]:
    """Join the changes that stand so close together that a reader takes them for one."""
    hunks: list[list[int]] = []
    for tag, old_from, old_to, new_from, new_to in opcodes:
        if tag == "equal":
            continue
        if hunks and old_from - hunks[-1][1] < _CLOSE_TOKENS:
            hunks[-1][1], hunks[-1][3] = old_to, new_to
        else:
            hunks.append([old_from, old_to, new_from, new_to])
    return hunks


def _sentences(text: str, edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """Return where sentences and lines begin and end; one whose end is edited goes on to the next end."""
    ends = {match.end() for match in SENTENCE_END.finditer(text)} | {match.end() for match in re.finditer(r"\n", text)}
    within = {cut for cut in ends for edit in edits if edit.start < cut <= edit.end}
    cuts = sorted(ends - within | {len(text)})
    return [(start, end) for start, end in zip([0, *cuts[:-1]], cuts, strict=True) if end > start]


def _words(text: str) -> int:
    return sum(1 for token in _TOKEN.findall(text) if token[0].isalnum())
