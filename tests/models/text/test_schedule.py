"""Prompts and writing take turns, lanes stay close together, nobody waits for ever."""

from __future__ import annotations

from models.text.schedule import Scheduler, Step
from models.text.sequence import Sequence
from tests.models.tiny import ask


def sequence(ticket: int, prompt: int, *, written: int = 0, shared: int = 0) -> Sequence:
    """Make a sequence whose prompt is its own but for the first `shared` tokens."""
    tokens = [1] * shared + [10 + ticket] * (prompt - shared)
    made = Sequence(ticket, ask("x", 500), tokens, decode=str, breakers=frozenset(), ends=frozenset())
    for _ in range(written):
        made.accept(2)
    return made


def nothing(_sequence: Sequence) -> int:
    return 0


def seated(scheduler: Scheduler, *sequences: Sequence) -> None:
    for one in sequences:
        scheduler.add(one)
        scheduler.seat(one)


def advance(scheduler: Scheduler) -> Step | None:
    """Do a step as the model would, and let everyone who has read all write a token."""
    step = scheduler.next_step(nothing)
    for one in step.sequences if step else ():
        if one.lane is None:
            scheduler.seat(one)
        one.read += min(step.limit, one.unread) if step else 0
        if not one.unread:
            one.accept(2)
    return step


def test_without_work_there_is_no_step() -> None:
    assert Scheduler(4, 64).next_step(nothing) is None


def test_reading_and_writing_alternate() -> None:
    scheduler = Scheduler(4, 64)
    writer, reader = sequence(0, 5, written=1), sequence(1, 200)
    seated(scheduler, writer)
    scheduler.add(reader)
    steps = [advance(scheduler) for _ in range(6)]
    assert [step.sequences[0].ticket for step in steps if step] == [1, 0, 1, 0, 1, 0]


def test_a_chunk_is_never_longer_than_allowed() -> None:
    scheduler = Scheduler(4, 64)
    scheduler.add(sequence(0, 200))
    step = scheduler.next_step(nothing)
    assert step is not None
    assert step.limit == 64


def test_short_prompts_are_read_together_within_a_chunk() -> None:
    scheduler = Scheduler(8, 64)
    for ticket, length in enumerate((20, 21, 19, 30)):
        scheduler.add(sequence(ticket, length))
    step = scheduler.next_step(nothing)
    assert step is not None
    assert [one.ticket for one in step.sequences] == [0, 2, 1]


def test_what_is_warm_does_not_count() -> None:
    scheduler = Scheduler(8, 64)
    for ticket in range(3):
        scheduler.add(sequence(ticket, 1000))
    step = scheduler.next_step(lambda _: 980)
    assert step is not None
    assert len(step.sequences) == 3


def test_a_short_prompt_overtakes_a_long_one_and_the_long_one_still_comes_forward() -> None:
    scheduler = Scheduler(8, 64)
    long = sequence(0, 64 * 12)
    scheduler.add(long)
    for ticket in range(1, 30):
        scheduler.add(sequence(ticket, 60))
    for _ in range(100):
        advance(scheduler)
        for one in scheduler.seated:
            if one.written and one is not long:
                scheduler.remove(one)
        if long.written:
            break
    assert long.written
    assert scheduler.waiting


def test_no_more_than_the_slots_are_seated() -> None:
    scheduler = Scheduler(2, 64)
    for ticket in range(5):
        scheduler.add(sequence(ticket, 4))
    for _ in range(9):
        advance(scheduler)
    assert [one.lane for one in scheduler.seated] == [0, 1]
    assert scheduler.waiting == 3


def test_the_highest_lane_moves_into_a_hole() -> None:
    scheduler = Scheduler(4, 64)
    sequences = [sequence(n, 4, written=1) for n in range(3)]
    seated(scheduler, *sequences)
    scheduler.remove(sequences[0])
    move = scheduler.move()
    assert move == (sequences[2], 0)
    scheduler.moved(*move)
    assert sequences[2].lane == 0
    assert scheduler.move() is None


def test_a_hole_is_left_to_the_one_who_waits_for_it() -> None:
    scheduler = Scheduler(2, 64)
    sequences = [sequence(n, 4, written=1) for n in range(2)]
    seated(scheduler, *sequences)
    scheduler.add(sequence(2, 4))
    scheduler.remove(sequences[0])
    assert scheduler.move() is None


def of_one_story(*lengths: int, shared: int) -> tuple[Scheduler, list[Sequence]]:
    """Let requests wait whose prompts begin with the same tokens."""
    scheduler = Scheduler(8, 64)
    sequences = [sequence(ticket, length, shared=shared) for ticket, length in enumerate(lengths)]
    for one in sequences:
        scheduler.add(one)
    return scheduler, sequences


def test_what_several_prompts_begin_with_is_read_by_one_while_the_others_wait() -> None:
    scheduler, (first, *others) = of_one_story(400, 310, 305, shared=290)
    while first.read < 290 - 63:
        step = advance(scheduler)
        assert step is not None
        assert step.sequences == (first,)
        assert [one.lane for one in others] == [None, None]
    steps = [scheduler.next_step(lambda _: first.read) for _ in range(2)]
    assert any(step and step.sequences[0] in others for step in steps)


def test_short_prompts_that_begin_alike_are_not_read_side_by_side() -> None:
    scheduler = Scheduler(8, 512)
    alike = [sequence(ticket, 90, shared=80) for ticket in range(3)]
    for one in alike:
        scheduler.add(one)
    step = scheduler.next_step(nothing)
    assert step is not None
    assert step.sequences == (alike[0],)


def test_little_in_common_is_not_waited_for() -> None:
    scheduler = Scheduler(8, 512)
    for ticket in range(3):
        scheduler.add(sequence(ticket, 100, shared=63))
    step = scheduler.next_step(nothing)
    assert step is not None
    assert len(step.sequences) == 3


def test_what_is_warm_for_those_who_come_later_is_not_waited_for() -> None:
    scheduler, sequences = of_one_story(300, 300, shared=290)
    scheduler.seat(sequences[0])
    steps = [scheduler.next_step(lambda _: 289) for _ in range(2)]
    assert any(step and sequences[1] in step.sequences for step in steps)


def test_whoever_waited_for_one_that_leaves_reads_by_itself() -> None:
    scheduler, (first, second) = of_one_story(300, 300, shared=290)
    advance(scheduler)
    scheduler.remove(first)
    step = advance(scheduler)
    assert step is not None
    assert step.sequences == (second,)


def test_others_are_read_while_some_wait_for_their_story() -> None:
    scheduler, (first, *_) = of_one_story(600, 600, 600, shared=590)
    stranger = sequence(7, 50)
    scheduler.add(stranger)
    for _ in range(3):
        advance(scheduler)
    assert stranger.written
    assert 0 < first.read < 590
