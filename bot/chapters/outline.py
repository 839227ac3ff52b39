"""A path in chapters and scenes, and which summaries stand for them. Pure.

A scene is as much of a chapter as a summary can stand for. Where scenes begin and end stays as it is once they are
summed up, so that a passage that is reworded changes one summary and not all after it. Runs of scenes, of chapters and
of such runs are summed up in their turn, so that a few summaries tell even a very long story from its beginning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.chapters.chapter import Chapter, KeptSummary, Level, Span
from bot.stories.story import Passage

SCENE_BYTES = 6_000
"""About 1,500 tokens of English, and 2,000 of Chinese."""
RUN = 5
TOLD_MAX = 12
"""So many summaries are about half of a window of 4,096 tokens."""

Newest = Mapping[Span, KeptSummary]


@dataclass(frozen=True)
class Stretch:
    """Passages that are told in short: a scene by its passages, all else by what the stretches `inside` it tell.

    It `is_whole` once nothing joins it any more. `kept` is the newest summary of just these passages.
    """

    level: Level
    passages: tuple[Passage, ...]
    is_whole: bool
    inside: tuple[Stretch, ...] = ()
    kept: KeptSummary | None = None

    @property
    def first_id(self) -> int:
        """Return where it begins."""
        return self.passages[0].id

    @property
    def last_id(self) -> int:
        """Return where it ends."""
        return self.passages[-1].id

    @property
    def span(self) -> Span:
        """Return which summaries are its own."""
        return self.level, self.first_id, self.last_id

    @property
    def texts(self) -> tuple[str, ...]:
        """Return what it is summed up from; empty what was removed or is not told yet."""
        if self.inside:
            return tuple(each.told.text if each.told else "" for each in self.inside)
        return tuple("" if passage.removed else passage.text for passage in self.passages)

    @cached_property
    def fingerprint(self) -> str:
        """Return the print of its texts: another one where any of them reads differently."""
        return hashlib.blake2b("\0".join(self.texts).encode(), digest_size=16).hexdigest()

    @property
    def is_outdated(self) -> bool:
        """Say whether its texts read differently since the summary was written."""
        return self.kept is not None and self.kept.fingerprint != self.fingerprint

    @property
    def told(self) -> KeptSummary | None:
        """Return the summary that counts: a member's stays until a member changes it, the AI's only while it holds."""
        return None if self.is_outdated and self.kept and self.kept.written_by is None else self.kept

    @property
    def is_told(self) -> bool:
        """Say whether all of it is told, by its own summary or by those inside it."""
        return bool(self.told or (self.inside and all(each.is_told for each in self.inside)))

    @property
    def is_due(self) -> bool:
        """Say whether it is to be summed up."""
        return self.is_whole and self.told is None


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter on a path, None for what comes before the first one; one stretch tells all of it once it has ended."""

    chapter: Chapter | None
    stretches: tuple[Stretch, ...]

    def holds(self, stretch: Stretch) -> bool:
        """Say whether a stretch of the path is in this chapter."""
        mine = self.stretches
        return bool(mine) and mine[0].first_id <= stretch.first_id and stretch.last_id <= mine[-1].last_id


@dataclass(frozen=True, slots=True)
class Outline:
    """A path in its chapters, and in the fewest stretches that all of them make."""

    parts: tuple[Part, ...]
    stretches: tuple[Stretch, ...]

    @property
    def due(self) -> Stretch | None:
        """Return what is to be summed up next: from the beginning on, what is inside before what it makes."""
        return next((stretch for stretch in walk(self.stretches) if stretch.is_due), None)

    @property
    def told(self) -> list[Stretch]:
        """Return what tells the path from its beginning, without gaps: what is nearer, in more detail."""
        return _nearer_in_detail(list(_told_from(self.stretches)))

    def title_of(self, stretch: Stretch) -> str:
        """Return the title of the chapter that a stretch is in; empty where it has none, or is of several."""
        return next((part.chapter.title for part in self.parts if part.chapter and part.holds(stretch)), "")

    def find(self, span: Span) -> Stretch | None:
        """Return the stretch that a summary is of, or None."""
        return next((stretch for stretch in walk(self.stretches) if stretch.span == span), None)


def walk(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield stretches and all that are inside them, each after what is inside it."""
    for stretch in stretches:
        yield from walk(stretch.inside)
        yield stretch


def outline(path: Sequence[Passage], chapters: Iterable[Chapter], kept: Iterable[KeptSummary]) -> Outline:
    """Divide a path; `kept` are the story's summaries, the oldest first. The last part may have no passage yet."""
    newest = {one.span: one for one in kept}
    pieces = list(_pieces(path, {chapter.after_id: chapter for chapter in chapters}))
    parts = tuple(
        _part(chapter, passages, newest, has_ended=number < len(pieces))
        for number, (chapter, passages) in enumerate(pieces, 1)
    )
    ended = [stretch for part in parts[:-1] for stretch in part.stretches]
    return Outline(parts, (*_in_runs(ended, newest), *(parts[-1].stretches if parts else ())))


def _told_from(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    for stretch in stretches:
        yield from (stretch,) if stretch.told else _told_from(stretch.inside)
        if not stretch.is_told:
            return


def _nearer_in_detail(told: list[Stretch]) -> list[Stretch]:
    """Open runs from the newest on, while there is room for what is inside them."""
    at = len(told) - 1
    while at >= 0:
        inside = told[at].inside if told[at].level is Level.RUN else ()
        if inside and all(each.told for each in inside) and len(told) + len(inside) - 1 <= TOLD_MAX:
            told[at : at + 1] = inside
            at += len(inside) - 1
        else:
            at -= 1
    return told


def _pieces(
    path: Sequence[Passage], starts: dict[int | None, Chapter]
) -> Iterator[tuple[Chapter | None, list[Passage]]]:
    chapter, passages = starts.get(None), list[Passage]()
    for passage in path:
        passages.append(passage)
        if passage.id in starts:
            yield chapter, passages
            chapter, passages = starts[passage.id], []
    if chapter or passages:
        yield chapter, passages


def _part(chapter: Chapter | None, passages: Sequence[Passage], newest: Newest, *, has_ended: bool) -> Part:
    cuts = list(_scenes(passages, newest))
    scenes = [
        _with_summary(Stretch(Level.SCENE, tuple(scene), has_ended or number < len(cuts)), newest)
        for number, scene in enumerate(cuts, 1)
    ]
    stretches = _in_runs(scenes, newest)
    if has_ended and len(stretches) > 1:
        stretches = (_made_of(Level.CHAPTER, stretches, newest),)
    return Part(chapter, stretches)


def _in_runs(stretches: Sequence[Stretch], newest: Newest) -> tuple[Stretch, ...]:
    """Put each `RUN` stretches together, and each `RUN` of such runs; the last ones stay as they are."""
    full = len(stretches) // RUN * RUN
    runs = [_made_of(Level.RUN, stretches[at : at + RUN], newest) for at in range(0, full, RUN)]
    return (*(_in_runs(runs, newest) if runs else ()), *stretches[full:])


def _made_of(level: Level, inside: Sequence[Stretch], newest: Newest) -> Stretch:
    passages = tuple(passage for each in inside for passage in each.passages)
    return _with_summary(Stretch(level, passages, all(each.is_whole for each in inside), tuple(inside)), newest)


def _with_summary(stretch: Stretch, newest: Newest) -> Stretch:
    return Stretch(stretch.level, stretch.passages, stretch.is_whole, stretch.inside, newest.get(stretch.span))


def _scenes(passages: Sequence[Passage], newest: Newest) -> Iterator[Sequence[Passage]]:
    """Cut passages where they were cut before, and else before the one that does not fit any more."""
    place = {passage.id: number for number, passage in enumerate(passages)}
    # Of another branch's scene that begins here too, the end is not among these passages.
    ends = {first: place[last] + 1 for level, first, last in newest if level is Level.SCENE and last in place}
    start = 0
    while start < len(passages):
        end = ends.get(passages[start].id) or _filled(passages, start)
        yield passages[start:end]
        start = end


def _filled(passages: Sequence[Passage], start: int) -> int:
    room = SCENE_BYTES
    for end in range(start, len(passages)):
        room -= len(passages[end].text.encode())
        if room < 0 and end > start:
            return end
    return len(passages)
