"""A path in chapters and scenes: gapless, bounded, and the same for as long as it can be."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.chapters.chapter import Chapter, KeptSummary, Level
from bot.chapters.outline import SCENE_BYTES, Part, Scene, outline, told_from
from bot.stories.story import Passage
from tests.bot.stories.making import ANA, NOON, by, removed

LENGTHS = st.lists(st.integers(1, 4_000), max_size=40)
STARTS = st.sets(st.integers(0, 40), max_size=5)


def path_of(lengths: list[int]) -> list[Passage]:
    return [by(ANA, number, "x" * length) for number, length in enumerate(lengths, 1)]


def chapters_after(ids: set[int]) -> list[Chapter]:
    return [Chapter(number, 1, f"Chapter {number}", after or None) for number, after in enumerate(sorted(ids), 1)]


def kept(scene: Scene, id: int = 1, written_by: int | None = None) -> KeptSummary:
    span = scene.first_id, scene.last_id, scene.fingerprint
    return KeptSummary(id, 1, scene.level, *span, f"Summary {id}.", "tiny", written_by, NOON)


def all_summed_up(path: list[Passage], chapters: list[Chapter]) -> list[KeptSummary]:
    summaries: list[KeptSummary] = []
    while due := next(filter(None, (part.due for part in outline(path, chapters, summaries))), None):
        summaries.append(kept(due, len(summaries) + 1))
    return summaries


def scenes_of(parts: list[Part]) -> list[Scene]:
    return [scene for part in parts for scene in part.scenes]


@given(LENGTHS, STARTS)
def test_scenes_hold_every_passage_once_and_none_is_too_long(lengths: list[int], starts: set[int]) -> None:
    path = path_of(lengths)
    scenes = scenes_of(outline(path, chapters_after(starts), []))
    assert [passage for scene in scenes for passage in scene.passages] == path
    assert all(len(s.passages) == 1 or sum(len(p.text) for p in s.passages) <= SCENE_BYTES for s in scenes)


@given(LENGTHS, STARTS)
def test_what_is_told_begins_at_the_beginning_and_has_no_gap(lengths: list[int], starts: set[int]) -> None:
    path, chapters = path_of(lengths), chapters_after(starts)
    told = [scene for _, scene in told_from(outline(path, chapters, all_summed_up(path, chapters)))]
    assert all(one.last_id + 1 == other.first_id for one, other in pairwise(told))
    assert not told or told[0].first_id == 1
    left = len(path) - (told[-1].last_id if told else 0)
    assert sum(len(passage.text) for passage in path[len(path) - left :]) <= SCENE_BYTES or left == 1


@given(LENGTHS, st.integers(1, 4_000))
def test_a_story_that_grows_keeps_its_scenes(lengths: list[int], more: int) -> None:
    path = path_of(lengths)
    before = [scene.passages for scene in scenes_of(outline(path, [], all_summed_up(path, []))) if scene.is_whole]
    after = scenes_of(outline(path_of([*lengths, more]), [], all_summed_up(path, [])))
    assert [scene.passages for scene in after][: len(before)] == before


@given(LENGTHS, st.data())
def test_a_reworded_passage_makes_one_scene_due_and_moves_none(lengths: list[int], data: st.DataObject) -> None:
    path = path_of(lengths)
    summaries = all_summed_up(path, [])
    if not summaries:
        return
    number = data.draw(st.integers(0, summaries[-1].last_id - 1))
    reworded = [*path[:number], by(ANA, number + 1, "y" * data.draw(st.integers(1, 4_000))), *path[number + 1 :]]
    scenes = scenes_of(outline(reworded, [], summaries))
    assert [(s.first_id, s.last_id) for s in scenes if s.kept] == [(s.first_id, s.last_id) for s in summaries]
    assert [number + 1 in range(s.first_id, s.last_id + 1) for s in scenes if s.is_due] == [True]


def test_the_members_own_summary_stays_when_its_passages_change_and_is_outdated() -> None:
    path = path_of([4_000, 4_000, 10])
    first = scenes_of(outline(path, [], []))[0]
    reworded = [by(ANA, 1, "Otherwise."), *path[1:]]
    by_ai, by_ana = (scenes_of(outline(reworded, [], [kept(first, 1, who)]))[0] for who in (None, ANA.id))
    assert (by_ai.told, by_ai.is_due) == (None, True)
    assert by_ana.told is not None
    assert (by_ana.is_outdated, by_ana.is_due) == (True, False)


def test_a_chapter_that_ended_is_summed_up_from_its_scenes_unless_it_has_but_one() -> None:
    path, chapters = path_of([4_000, 4_000, 10]), chapters_after({2})
    first, second = outline(path, chapters, [])
    assert first.whole is not None
    assert (first.due, second.whole) == (first.scenes[0], None)
    scenes = [kept(scene, number) for number, scene in enumerate(first.scenes)]
    assert outline(path, chapters, scenes)[0].due == first.whole
    done = [*scenes, kept(first.whole, 9)]
    assert [scene.level for _, scene in told_from(outline(path, chapters, done))] == [Level.CHAPTER]
    assert outline(path_of([10, 10]), chapters_after({1}), [])[0].whole is None


def test_what_was_removed_is_no_part_of_the_words_that_count() -> None:
    there, gone = Scene((by(ANA, 1, "Words."),), True), Scene((removed(1),), True)
    assert there.fingerprint != gone.fingerprint
    assert gone.fingerprint == Scene((by(ANA, 1, ""),), True).fingerprint
