"""Where the passages of a tree stand in its picture."""

from __future__ import annotations

import io

from PIL import Image

from cogs.stories.tree_layout import Stop, lay_out
from cogs.stories.tree_picture import Tree, draw


def test_a_run_without_a_fork_is_one_line() -> None:
    stops = lay_out({1: None, 2: 1, 3: 2}, leaves=[3], tip=3)
    assert stops == [Stop(3, None, column=1, row=0.0, skipped=2), Stop(None, None, column=0, row=0.0, skipped=0)]


def test_a_fork_stands_in_the_middle_of_what_follows_it() -> None:
    stops = {stop.id: stop for stop in lay_out({1: None, 2: 1, 3: 1, 4: 1}, leaves=[2, 3, 4], tip=3)}
    assert [stops[id].row for id in (2, 3, 4)] == [0.0, 1.0, 2.0]
    assert (stops[1].row, stops[1].column, stops[2].column) == (1.0, 1, 2)


def test_the_passage_a_story_stands_at_has_a_dot_even_without_a_fork() -> None:
    stops = {stop.id: stop for stop in lay_out({1: None, 2: 1, 3: 2}, leaves=[3], tip=2)}
    assert (stops[2].skipped, stops[3].skipped, stops[3].parent_id) == (1, 0, 2)


def test_branches_that_are_not_shown_take_no_room() -> None:
    stops = lay_out({1: None, 2: 1, 3: 1}, leaves=[2], tip=2)
    assert [stop.id for stop in stops] == [2, None]


def test_a_story_with_several_beginnings_forks_at_the_start() -> None:
    stops = {stop.id: stop for stop in lay_out({1: None, 2: None}, leaves=[1, 2], tip=None)}
    assert (stops[1].parent_id, stops[2].parent_id, stops[None].row) == (None, None, 0.5)


def test_a_story_of_thousands_of_passages_can_be_drawn() -> None:
    parents: dict[int, int | None] = {1: None} | {id: id - 1 for id in range(2, 5001)}
    stops = lay_out(parents, leaves=[5000], tip=5000)
    picture = Image.open(io.BytesIO(draw(Tree(stops, frozenset(parents), 5000, frozenset(), {5000: 1}))))
    assert picture.format == "PNG"
    assert picture.width < 500


def test_the_way_to_where_the_story_stands_is_gold() -> None:
    stops = lay_out({1: None, 2: 1, 3: 1}, leaves=[2, 3], tip=3)
    picture = Image.open(io.BytesIO(draw(Tree(stops, {1, 3}, 3, {3}, {2: 1, 3: 2}))))
    colours = {colour for _, colour in picture.getcolors(1 << 20) or []}
    gold, violet, white = (0xF0, 0xB6, 0x5A), (0x9B, 0x8C, 0xF0), (0xE6, 0xE1, 0xD6)
    assert {gold, violet, white} <= colours
