from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.people import Member
from bot.stories.drawing import colours_of, draw_tree
from bot.stories.lettering import fitted
from bot.stories.story import Passage
from bot.stories.tree import StoryTree, grow
from bot.stories.tree_layout import lay_out
from tests.bot.stories.making import ANA, BEN, SERVER, a_story, by, by_ai, removed

GROUND, HERE = (0x2B, 0x2D, 0x31), (0xFF, 0xD1, 0x66)
FORKED = [by(ANA, 1), by_ai(2), by_ai(3, parent_id=1), by(BEN, 4, parent_id=3), by(BEN, 5, parent_id=2)]


def picture(tree: StoryTree) -> Image.Image:
    return Image.open(io.BytesIO(draw_tree(tree).png)).convert("RGB")


def colours_in(image: Image.Image) -> set[object]:
    return {colour for _, colour in image.getcolors(maxcolors=1 << 24) or []}


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def test_every_branch_has_a_row_and_every_step_a_column() -> None:
    tree = grow(a_story(tip_id=4), FORKED)
    spots = lay_out(tree, tree.leaves)
    assert {id: (spot.column, spot.row) for id, spot in spots.items()} == {
        1: (0, 0),
        2: (1, 0),
        5: (2, 0),
        3: (1, 1),
        4: (2, 1),
    }
    assert [leaf.passage.id for leaf in tree.leaves] == [5, 4]


def test_only_what_leads_to_the_chosen_branches_and_to_where_the_story_stands_is_placed() -> None:
    tree = grow(a_story(tip_id=3), FORKED)
    assert set(lay_out(tree, tree.leaves[:1])) == {1, 2, 5, 3}


def test_a_picture_shows_every_writer_and_the_ai_in_their_colours_and_where_the_story_stands() -> None:
    tree = grow(a_story(tip_id=4), FORKED)
    shown = colours_in(picture(tree))
    assert {rgb(colour) for who, colour in colours_of(FORKED).items() if who != "removed"} <= shown
    assert HERE in shown


def test_the_tip_is_marked_within_a_branch_too() -> None:
    assert HERE in colours_in(picture(grow(a_story(tip_id=1), FORKED)))
    assert HERE not in colours_in(picture(grow(a_story(tip_id=None), FORKED)))


def test_writers_have_colours_of_their_own_in_order_of_appearance() -> None:
    colours = colours_of([by(ANA, 1), by(BEN, 2), by_ai(3), removed(4)])
    assert list(colours) == ["ai", "removed", str(ANA.id), str(BEN.id)]
    assert len(set(colours.values())) == 4


@pytest.mark.parametrize("count", [1, 2, 20, 200, 2_000])
def test_a_long_story_stays_a_picture_one_can_look_at(count: int) -> None:
    image = picture(grow(a_story(tip_id=count), [by(ANA, id) for id in range(1, count + 1)]))
    assert image.width <= 2_050
    assert image.height <= 200


def test_two_hundred_passages_on_many_branches_can_be_drawn() -> None:
    people = [Member(number, f"Writer {number}", SERVER) for number in range(1, 15)]
    passages: list[Passage] = []
    for id in range(1, 201):
        parent_id = None if id == 1 else (id * 7) % (id - 1) + 1 if id % 6 == 0 else id - 1
        passages.append(by_ai(id, parent_id=parent_id) if id % 3 == 0 else by(people[id % 14], id, parent_id=parent_id))
    tree = grow(a_story(tip_id=200), passages)
    assert 20 < len(tree.leaves) < 60
    assert picture(tree).height < 60 * 45


def test_the_empty_story_has_an_empty_picture() -> None:
    assert draw_tree(grow(a_story(), [])).png.startswith(b"\x89PNG")


@pytest.mark.parametrize("text", ["", "🙂", "夜の海", "שלום", "a\u0301\u0302", "line\nbreak", "W" * 500, "\u202egnp"])
def test_any_name_and_any_words_can_be_drawn(text: str) -> None:
    author = Member(7, text, SERVER)
    assert draw_tree(grow(a_story(tip_id=1), [by(author, 1, text)])).png.startswith(b"\x89PNG")


def test_letters_are_cut_to_their_width_and_dots_stand_for_those_no_font_has() -> None:
    line, font = fitted("The lamp was dark and the sea was near.", 20, 100)
    assert line.startswith("The")
    assert line.endswith("…")
    assert font.getlength(line) <= 100
    assert fitted("Zoë \U0010fffe\U0010fffd!", 20, 500)[0] == "Zoë …!"


def test_the_picture_is_told_in_words() -> None:
    assert draw_tree(grow(a_story(tip_id=4), FORKED)).alt.endswith("the story stands at the end of branch 2.")
    assert "2 branches" in draw_tree(grow(a_story(tip_id=1), FORKED)).alt
    assert "one branch" in draw_tree(grow(a_story(tip_id=1), FORKED[:1])).alt
