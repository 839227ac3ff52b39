"""First words leave at once, further ones together."""

from __future__ import annotations

from models.events import Started, TextDelta
from models.outbox import GATHER_S, Item, Outbox


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def make() -> tuple[Outbox, Clock, list[list[tuple[int, Item]]]]:
    posts: list[list[tuple[int, Item]]] = []
    clock = Clock()
    return Outbox(posts.append, clock), clock, posts


def test_first_words_do_not_wait() -> None:
    outbox, _, posts = make()
    outbox.text(1, "Once")
    outbox.flush()
    assert posts == [[(1, TextDelta("Once"))]]


def test_further_words_are_gathered() -> None:
    outbox, clock, posts = make()
    for word in ("Once", " upon", " a", " time"):
        outbox.text(1, word)
        outbox.flush()
    clock.now = GATHER_S
    outbox.flush()
    assert posts == [[(1, TextDelta("Once"))], [(1, TextDelta(" upon a time"))]]


def test_several_tickets_leave_in_one_post() -> None:
    outbox, _, posts = make()
    outbox.text(1, "a")
    outbox.text(2, "b")
    outbox.flush()
    assert posts == [[(1, TextDelta("a")), (2, TextDelta("b"))]]


def test_an_event_comes_after_the_words_before_it() -> None:
    outbox, _, posts = make()
    outbox.text(1, "a")
    outbox.text(1, "b")
    outbox.put(1, Started(1, 0), last=True)
    outbox.flush()
    assert posts == [[(1, TextDelta("a")), (1, TextDelta("b")), (1, Started(1, 0))]]


def test_a_ticket_that_is_dropped_says_no_more() -> None:
    outbox, clock, posts = make()
    outbox.text(1, "a")
    outbox.flush()
    outbox.text(1, "b")
    outbox.drop(1)
    clock.now = GATHER_S
    outbox.flush()
    assert posts == [[(1, TextDelta("a"))]]
