"""A path in chapters and scenes, and which summaries stand for them. Pure.

A scene is as much of a chapter as a summary can stand for. Where scenes begin and end stays as it is once they are
summed up, so that a passage that is reworded changes one summary and not all after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.chapters.chapter import Chapter, KeptSummary, Level
from bot.stories.story import Passage

SCENE_BYTES = 6_000
"""About 1,500 tokens of English, and 2,000 of Chinese."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A run of passages, the newest summary of just these, and how many there were before it.

    It `is_whole` once nothing joins it any more.
    """

    passages: tuple[Passage, ...]
    is_whole: bool
    level: Level = Level.SCENE
    kept: KeptSummary | None = None
    earlier: int = 0

    @property
    def first_id(self) -> int:
        """Return where it begins."""
        return self.passages[0].id

    @property
    def last_id(self) -> int:
        """Return where it ends."""
        return self.passages[-1].id

    @property
    def fingerprint(self) -> str:
        """Return the print of the passages' words: another one where any of them reads differently."""
        words = "\0".join("" if passage.removed else passage.text for passage in self.passages)
        return hashlib.blake2b(words.encode(), digest_size=16).hexdigest()

    @property
    def is_outdated(self) -> bool:
        """Say whether the passages read differently since the summary was written."""
        return self.kept is not None and self.kept.fingerprint != self.fingerprint

    @property
    def told(self) -> KeptSummary | None:
        """Return the summary that counts: a member's stays until a member changes it, the AI's only while it holds."""
        return None if self.is_outdated and self.kept and self.kept.written_by is None else self.kept

    @property
    def is_due(self) -> bool:
        """Say whether it is to be summed up."""
        return self.is_whole and self.told is None


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter on a path, None for what comes before the first one, with its scenes, and itself where it has ended."""

    chapter: Chapter | None
    scenes: tuple[Scene, ...]
    whole: Scene | None

    @property
    def told(self) -> tuple[Scene, ...]:
        """Return what stands for it: its own summary, else those of its scenes up to the first that has none."""
        if self.whole and self.whole.told:
            return (self.whole,)
        count = next((n for n, scene in enumerate(self.scenes) if not scene.told), len(self.scenes))
        return self.scenes[:count]

    @property
    def is_told(self) -> bool:
        """Say whether all of it is told."""
        return bool(self.whole and self.whole.told) or all(scene.told for scene in self.scenes)

    @property
    def due(self) -> Scene | None:
        """Return what is to be summed up next: its scenes, and from them the whole."""
        scene = next((scene for scene in self.scenes if scene.is_due), None)
        return scene or (self.whole if self.whole and self.whole.is_due else None)


def outline(path: Sequence[Passage], chapters: Iterable[Chapter], kept: Sequence[KeptSummary]) -> list[Part]:
    """Divide a path; `kept` are the story's summaries, the oldest first. The last part may have no passage yet."""
    pieces = list(_pieces(path, {chapter.after_id: chapter for chapter in chapters}))
    return [
        _part(chapter, passages, kept, has_ended=number < len(pieces))
        for number, (chapter, passages) in enumerate(pieces, 1)
    ]


def told_from(parts: Iterable[Part]) -> Iterator[tuple[Part, Scene]]:
    """Yield what tells a path from its beginning, without gaps."""
    for part in parts:
        for scene in part.told:
            yield part, scene
        if not part.is_told:
            return


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


def _part(
    chapter: Chapter | None, passages: Sequence[Passage], kept: Sequence[KeptSummary], *, has_ended: bool
) -> Part:
    ends = {one.first_id: one.last_id for one in kept if one.level is Level.SCENE}
    runs = list(_runs(passages, ends))
    scenes = [
        _with_summary(Scene(tuple(run), has_ended or number < len(runs)), kept) for number, run in enumerate(runs, 1)
    ]
    whole = Scene(tuple(passages), True, Level.CHAPTER) if has_ended and len(scenes) > 1 else None
    return Part(chapter, tuple(scenes), whole and _with_summary(whole, kept))


def _runs(passages: Sequence[Passage], ends: dict[int, int]) -> Iterator[Sequence[Passage]]:
    """Cut passages where they were cut before, and else before the one that does not fit any more."""
    ids = [passage.id for passage in passages]
    start = 0
    while start < len(passages):
        known = ends.get(ids[start])
        end = ids.index(known) + 1 if known in ids else _filled(passages, start)
        yield passages[start:end]
        start = end


def _filled(passages: Sequence[Passage], start: int) -> int:
    room = SCENE_BYTES
    for end in range(start, len(passages)):
        room -= len(passages[end].text.encode())
        if room < 0 and end > start:
            return end
    return len(passages)


def _with_summary(scene: Scene, kept: Sequence[KeptSummary]) -> Scene:
    span = (scene.level, scene.first_id, scene.last_id)
    versions = [one for one in kept if (one.level, one.first_id, one.last_id) == span]
    if not versions:
        return scene
    return Scene(scene.passages, scene.is_whole, scene.level, versions[-1], len(versions) - 1)
