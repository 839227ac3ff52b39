"""A call that is left in the middle and gone on with."""

from __future__ import annotations

import pytest
import torch

from models.image.pieces import Pieces, pause


def test_a_call_runs_from_pause_to_pause() -> None:
    seen: list[int] = []

    def count() -> str:
        for n in range(2):
            seen.append(n)
            pause()
        return "done"

    pieces = Pieces(count)
    assert [(pieces.advance(), len(seen)) for _ in range(3)] == [(True, 1), (True, 2), (False, 2)]
    assert pieces.result == "done"


def test_outside_of_a_call_a_pause_does_nothing() -> None:
    pause()


def test_what_the_call_raises_comes_out() -> None:
    def fail() -> None:
        pause()
        raise ValueError("boom")

    pieces = Pieces(fail)
    pieces.advance()
    with pytest.raises(ValueError, match="boom"):
        pieces.advance()
    pieces.stop()


def test_a_call_that_is_stopped_cleans_up() -> None:
    seen: list[str] = []

    def work() -> None:
        try:
            pause()
            seen.append("went on")
        finally:
            seen.append("cleaned up")

    pieces = Pieces(work)
    pieces.advance()
    pieces.stop()
    assert seen == ["cleaned up"]


def test_one_that_never_began_can_be_stopped() -> None:
    Pieces(lambda: pytest.fail("it ran")).stop()


def test_two_calls_can_be_run_in_turns() -> None:
    seen: list[str] = []

    def say(word: str) -> None:
        for _ in range(2):
            seen.append(word)
            pause()

    calls = [Pieces(lambda: say("a")), Pieces(lambda: say("b"))]
    while [call for call in calls if call.advance()]:
        pass
    assert seen == ["a", "b", "a", "b"]


def test_gradients_are_off_within_and_as_they_were_outside() -> None:
    inside: list[bool] = []

    def work() -> None:
        with torch.no_grad():
            pause()
        inside.append(torch.is_grad_enabled())
        pause()

    first, second = Pieces(work), Pieces(work)
    outside = []
    for act in (first.advance, second.advance, first.advance, first.advance, second.stop):
        act()
        outside.append(torch.is_grad_enabled())
    assert (inside, outside) == ([False], [True] * 5)
