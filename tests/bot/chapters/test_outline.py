"""A path in chapters and scenes: gapless, bounded, and the same for as long as it can be."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.chapters.chapter import Chapter, KeptSummary, Level
from bot.chapters.outline import RUN, SCENE_BYTES, TOLD_MAX, Outline, Stretch, outline, walk
from bot.stories.story import Passage
from tests.bot.stories.making import ANA, NOON, by, removed

LENGTHS = st.lists(st.integers(1, 4_000), max_size=60)
STARTS = st.sets(st.integers(0, 40), max_size=15)


def path_of(lengths: list[int]) -> list[Passage]:
    return [by(ANA, number, "x" * length) for number, length in enumerate(lengths, 1)]


def chapters_after(ids: set[int]) -> list[Chapter]:
    return [Chapter(number, 1, f"Chapter {number}", after or None) for number, after in enumerate(sorted(ids), 1)]


def kept(stretch: Stretch, id: int = 1, written_by: int | None = None) -> KeptSummary:
    return KeptSummary(id, 1, *stretch.span, stretch.fingerprint, f"Summary {id}.", "tiny", written_by, NOON)


def all_summed_up(path: list[Passage], chapters: list[Chapter], *done: KeptSummary) -> list[KeptSummary]:
    """Sum up all that is due, a job after the other."""
    summaries = list(done)
    while due := outline(path, chapters, summaries).due:
        summaries.append(kept(due, len(summaries) + 1))
    return summaries


def scenes_of(parts: Outline) -> list[Stretch]:
    return [stretch for stretch in walk(parts.stretches) if stretch.level is Level.SCENE]


@given(LENGTHS, STARTS)
def test_scenes_hold_every_passage_once_and_none_is_too_long(lengths: list[int], starts: set[int]) -> None:
    path = path_of(lengths)
    scenes = scenes_of(outline(path, chapters_after(starts), []))
    assert [passage for scene in scenes for passage in scene.passages] == path
    assert all(len(s.passages) == 1 or sum(len(p.text) for p in s.passages) <= SCENE_BYTES for s in scenes)


@given(LENGTHS, STARTS, st.integers(0, 80))
def test_what_is_told_begins_at_the_beginning_and_has_no_gap(lengths: list[int], starts: set[int], some: int) -> None:
    path, chapters = path_of(lengths), chapters_after(starts)
    told = outline(path, chapters, all_summed_up(path, chapters)[:some]).told
    assert all(stretch.told for stretch in told)
    assert all(one.last_id + 1 == other.first_id for one, other in pairwise(told))
    assert not told or told[0].first_id == 1


@given(LENGTHS, STARTS)
def test_all_but_what_is_being_written_is_told(lengths: list[int], starts: set[int]) -> None:
    path, chapters = path_of(lengths), chapters_after(starts)
    told = outline(path, chapters, all_summed_up(path, chapters)).told
    left = len(path) - (told[-1].last_id if told else 0)
    assert sum(len(passage.text) for passage in path[len(path) - left :]) <= SCENE_BYTES or left == 1


@given(LENGTHS, STARTS)
def test_every_stretch_is_made_of_what_is_inside_it_and_no_two_have_one_span(
    lengths: list[int], starts: set[int]
) -> None:
    every = list(walk(outline(path_of(lengths), chapters_after(starts), []).stretches))
    assert len({(stretch.first_id, stretch.last_id) for stretch in every}) == len(every)
    for stretch in every:
        inside = [passage for each in stretch.inside for passage in each.passages]
        assert not inside or (inside == list(stretch.passages) and len(stretch.inside) > 1)


def test_a_thousand_long_passages_are_told_from_the_first_in_few_summaries() -> None:
    path = path_of([SCENE_BYTES] * 1_000)
    summaries = all_summed_up(path[:130], [])
    told = outline(path[:130], [], summaries).told
    assert (told[0].first_id, told[-1].last_id, len(told) <= TOLD_MAX) == (1, 129, True)
    sizes = [len(stretch.passages) for stretch in told]
    assert sizes == sorted(sizes, reverse=True)
    whole = outline(path, [], []).stretches
    assert len(whole) <= 16  # the digits of 1,000 in base `RUN`, and the last passages
    assert all(len(stretch.inside) in (0, RUN) for stretch in walk(whole))


def test_chapters_are_told_together_once_there_are_many() -> None:
    path, chapters = path_of([10] * 101), chapters_after(set(range(101)))
    told = outline(path, chapters, all_summed_up(path, chapters)).told
    assert (told[0].first_id, told[-1].last_id) == (1, 100)
    assert len(told) <= TOLD_MAX
    assert told[0].level is Level.RUN


@given(LENGTHS, st.integers(1, 4_000))
def test_a_story_that_grows_keeps_its_scenes(lengths: list[int], more: int) -> None:
    path = path_of(lengths)
    summaries = all_summed_up(path, [])
    before = [scene.passages for scene in scenes_of(outline(path, [], summaries)) if scene.is_whole]
    after = scenes_of(outline(path_of([*lengths, more]), [], summaries))
    assert [scene.passages for scene in after][: len(before)] == before


@given(LENGTHS, st.data())
def test_a_reworded_passage_makes_one_scene_due_and_moves_none(lengths: list[int], data: st.DataObject) -> None:
    path = path_of(lengths)
    summaries = all_summed_up(path, [])
    if not summaries:
        return
    number = data.draw(st.integers(0, max(one.last_id for one in summaries) - 1))
    reworded = [*path[:number], by(ANA, number + 1, "y" * data.draw(st.integers(1, 4_000))), *path[number + 1 :]]
    scenes = scenes_of(outline(reworded, [], summaries))
    known = [(one.first_id, one.last_id) for one in summaries if one.level is Level.SCENE]
    assert [(s.first_id, s.last_id) for s in scenes if s.kept] == known
    assert [number + 1 in range(s.first_id, s.last_id + 1) for s in scenes if s.is_due] == [True]


def test_each_branch_keeps_its_own_scenes() -> None:
    mine, other = path_of([2_000, 2_000, 2_000, 4_000]), [*path_of([2_000]), by(ANA, 9, "z"), by(ANA, 10, "z" * 6_000)]
    summaries = all_summed_up(other, [], *all_summed_up(mine, []))
    reworded = [by(ANA, 1, "y" * 4_000), *mine[1:]]
    assert [len(scene.passages) for scene in scenes_of(outline(reworded, [], summaries))] == [3, 1]


def test_the_members_own_summary_stays_when_its_passages_change_and_is_outdated() -> None:
    path = path_of([4_000, 4_000, 10])
    first = scenes_of(outline(path, [], []))[0]
    reworded = [by(ANA, 1, "Otherwise."), *path[1:]]
    by_ai, by_ana = (scenes_of(outline(reworded, [], [kept(first, 1, who)]))[0] for who in (None, ANA.id))
    assert (by_ai.told, by_ai.is_due) == (None, True)
    assert by_ana.told is not None
    assert (by_ana.is_outdated, by_ana.is_due) == (True, False)


def test_what_was_made_of_a_summary_is_made_anew_once_that_was_put_right() -> None:
    path, chapters = path_of([4_000, 4_000, 10]), chapters_after({2})
    scene, other, whole = all_summed_up(path, chapters)
    right = replace(scene, id=9, text="Put right.", written_by=ANA.id)
    due = outline(path, chapters, [scene, other, whole, right]).due
    assert due is not None
    assert (due.span, due.texts) == (whole.span, ("Put right.", "Summary 2."))
    own = replace(whole, written_by=ANA.id)
    assert outline(path, chapters, [scene, other, own, right]).due is None


def test_a_chapter_that_ended_is_summed_up_from_its_scenes_unless_it_has_but_one() -> None:
    path, chapters = path_of([4_000, 4_000, 10]), chapters_after({2})
    levels = [one.level for one in all_summed_up(path, chapters)]
    assert levels == [Level.SCENE, Level.SCENE, Level.CHAPTER]
    told = outline(path, chapters, all_summed_up(path, chapters)).told
    assert [stretch.level for stretch in told] == [Level.CHAPTER]
    assert [one.level for one in all_summed_up(path_of([10, 10]), chapters_after({1}))] == [Level.SCENE]


def test_what_was_removed_is_no_part_of_the_words_that_count() -> None:
    there, gone, empty = (Stretch(Level.SCENE, (one,), True) for one in (by(ANA, 1, "W."), removed(1), by(ANA, 1, "")))
    assert there.fingerprint != gone.fingerprint
    assert gone.fingerprint == empty.fingerprint
