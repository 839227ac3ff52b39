from __future__ import annotations

from bot.stories.tree import grow
from tests.bot.stories.making import ANA, a_story, by


def test_a_tree_knows_its_branches_and_where_the_story_stands() -> None:
    passages = [by(ANA, 1), by(ANA, 2), by(ANA, 3, parent_id=1), by(ANA, 4, parent_id=2), by(ANA, 5, parent_id=3)]
    tree = grow(a_story(tip_id=5), passages)
    assert tree.branch == (1, 3, 5)
    assert [(leaf.number, leaf.passage.id, leaf.is_current) for leaf in tree.leaves] == [(1, 4, False), (2, 5, True)]


def test_an_empty_story_has_no_branches() -> None:
    tree = grow(a_story(), [])
    assert (tree.passages, tree.branch, tree.leaves) == ((), (), ())


def test_a_story_may_begin_more_than_once() -> None:
    tree = grow(a_story(tip_id=2), [by(ANA, 1), by(ANA, 2, parent_id=None)])
    assert [leaf.passage.id for leaf in tree.leaves] == [1, 2]


def test_a_story_that_was_taken_back_to_its_beginning_stands_on_no_branch() -> None:
    tree = grow(a_story(tip_id=None), [by(ANA, 1)])
    assert tree.branch == ()
    assert not any(leaf.is_current for leaf in tree.leaves)


def test_a_story_may_be_longer_than_the_stack() -> None:
    tree = grow(a_story(tip_id=5_000), [by(ANA, id) for id in range(1, 5_001)])
    assert len(tree.branch) == 5_000
