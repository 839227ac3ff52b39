"""Who is drawn with whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.errors import InvalidRequest
from models.events import DrawnPicture, StepDone
from models.image.drawing import Drawing, Terms
from models.image.line import Line
from models.requests import ImageRequest


def drawing(ticket: int, pictures: int = 1, **changes: Any) -> Drawing:
    settings: dict[str, Any] = {"size": (64, 64), "steps": 4, "guidance": 1.0} | changes
    return Drawing(ticket, ImageRequest("r", "a cat", tuple(range(pictures)), 64, 64), Terms(**settings))


def line_of(*drawings: Drawing, together: int = 2) -> Line:
    line = Line(together)
    for one in drawings:
        line.add(one)
    return line


def groups(line: Line) -> list[list[int]]:
    return [[canvas.drawing.ticket for canvas in taken] for taken in iter(line.take, [])]


def test_pictures_on_the_same_terms_are_drawn_together_up_to_the_bound() -> None:
    assert groups(line_of(drawing(1), drawing(2), drawing(3))) == [[1, 2], [3]]


def test_four_pictures_of_one_request_are_drawn_two_by_two() -> None:
    assert groups(line_of(drawing(1, 4))) == [[1, 1], [1, 1]]


@pytest.mark.parametrize(
    "other",
    [
        {"size": (96, 64)}, {"steps": 5}, {"guidance": 2.0}, {"lora": Path("l")}, {"strength": 0.5},
        {"given": (b"picture", b"")}, {"has_avoid": True},
    ],
    ids=str,
)  # fmt: skip
def test_those_on_other_terms_are_not(other: dict[str, Any]) -> None:
    assert groups(line_of(drawing(1), drawing(2, **other))) == [[1], [2]]


def test_the_first_who_waits_is_drawn_first_and_takes_along_those_who_fit() -> None:
    line = line_of(drawing(1, steps=9), drawing(2), drawing(3, steps=9), drawing(4))
    assert groups(line) == [[1, 3], [2, 4]]


def test_what_is_drawn_again_is_drawn_alone_and_at_once() -> None:
    line = line_of(drawing(1), drawing(2), drawing(3), drawing(4))
    line.put_back(line.take())
    assert groups(line) == [[1], [2], [3, 4]]


def test_one_who_left_is_not_drawn() -> None:
    left = drawing(1, 3)
    line = line_of(left, drawing(2))
    line.remove(left)
    assert groups(line) == [[2]]
    assert line.find(1) is None


def test_steps_are_told_as_the_average_of_all_pictures_and_each_once() -> None:
    asked = drawing(1, 2)
    told = []
    for done in ((1, 0), (2, 0), (2, 0), (4, 0), (4, 2), (4, 4)):
        for canvas, steps in zip(asked.canvases, done, strict=True):
            canvas.steps_done = steps
        told.append(asked.progress())
    assert told == [None, StepDone(1, 4), None, StepDone(2, 4), StepDone(3, 4), StepDone(4, 4)]


def test_a_request_ends_with_its_last_picture_in_the_order_of_its_seeds() -> None:
    asked = drawing(1, 2)
    second, first = DrawnPicture(1, 1, b"abc", 1), DrawnPicture(1, 1, b"def", 0)
    asked.finish(asked.canvases[1], second)
    assert asked.drawn() is None
    asked.finish(asked.canvases[0], first)
    ended = asked.drawn()
    assert ended is not None
    assert ended.pictures == (first, second)


def test_no_picture_cannot_be_asked_for() -> None:
    with pytest.raises(InvalidRequest, match="at least one"):
        drawing(1, 0)
