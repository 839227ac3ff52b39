from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.errors import NotAllowed
from bot.people import Channel, Member
from bot.stories import rules
from bot.stories.rules import Placement, Standing, place
from bot.stories.story import Move, MoveKind, Passage
from tests.bot.refusing import refused
from tests.bot.stories.making import ADMIN, ANA, BEN, CEM, CHANNEL, NOON, SERVER, a_story, by, by_ai, removed

STORY = a_story()  # Ana is its host


def refusal(member: Member, passage: Passage, *, takes_part: bool = True) -> str | None:
    try:
        rules.check_may_change(member, STORY, passage, takes_part=takes_part)
    except NotAllowed as error:
        return error.key
    return None


# ── whose passage ─────────────────────────────────────────────────────────────


def test_a_member_may_change_her_own_passage() -> None:
    assert refusal(BEN, by(BEN, 1)) is None


def test_a_member_may_not_change_anothers() -> None:
    assert refusal(CEM, by(BEN, 1)) == "stories.not_yours"


@pytest.mark.parametrize("member", [ANA, ADMIN])
def test_the_host_and_admins_may_change_anyones(member: Member) -> None:
    assert refusal(member, by(BEN, 1), takes_part=False) is None


def test_anyone_in_the_story_may_change_the_ais() -> None:
    assert refusal(CEM, by_ai(1)) is None


def test_someone_who_is_not_in_the_story_may_not_change_the_ais() -> None:
    assert refusal(CEM, by_ai(1), takes_part=False) == "stories.not_in_story"


def test_a_forgotten_members_passage_is_only_the_hosts_to_take_back() -> None:
    assert refusal(BEN, removed(1)) == "stories.not_yours"
    assert refusal(ANA, removed(1)) is None


@pytest.mark.parametrize("member", [ANA, BEN, ADMIN])
def test_nobody_edits_what_was_removed(member: Member) -> None:
    with refused("stories.was_removed"):
        rules.check_may_edit(member, STORY, removed(1), takes_part=True)


def test_without_a_host_only_admins_decide() -> None:
    hostless = a_story(host_id=None)
    rules.check_host(ADMIN, hostless)
    with refused("stories.only_host"):
        rules.check_host(ANA, hostless)


# ── where and when ────────────────────────────────────────────────────────────


def test_a_story_is_read_and_written_where_it_lives() -> None:
    rules.check_here(STORY, CHANNEL)
    with pytest.raises(NotAllowed) as caught:
        rules.check_here(STORY, Channel(99, SERVER))
    assert "<#10>" in str(caught.value)


def test_a_finished_story_takes_no_more() -> None:
    rules.check_unfinished(STORY)
    with refused("stories.finished"):
        rules.check_unfinished(a_story(finished_at=NOON))


def test_a_text_may_reach_its_limit_and_not_pass_it() -> None:
    assert rules.check_length("a" * 4_000, rules.PASSAGE_MAX, "stories.long_passage")
    with refused("stories.long_passage") as caught:
        rules.check_length("a" * 4_001, rules.PASSAGE_MAX, "stories.long_passage")
    assert "4001" in str(caught.value)


# ── moving to another branch ──────────────────────────────────────────────────


def may_leave(member: Member, left: Sequence[Passage], *, takes_part: bool = True) -> bool:
    try:
        rules.check_may_leave(member, STORY, left, takes_part=takes_part)
    except NotAllowed:
        return False
    return True


def test_a_member_may_leave_behind_her_own_and_the_ais_passages() -> None:
    assert may_leave(BEN, [by_ai(1), by(BEN, 2), by_ai(3)])


def test_a_member_may_not_leave_behind_anothers_passage() -> None:
    assert not may_leave(BEN, [by_ai(1), by(CEM, 2)])
    assert may_leave(ADMIN, [by_ai(1), by(CEM, 2)], takes_part=False)


def test_someone_who_is_not_in_the_story_moves_it_nowhere() -> None:
    assert not may_leave(BEN, [], takes_part=False)


def test_what_is_left_behind_is_what_is_not_on_the_way_to_the_goal() -> None:
    path = [by(ANA, 1), by(BEN, 2), by_ai(3)]
    assert [passage.id for passage in rules.left_behind(path, {1, 7})] == [2, 3]


def test_what_follows_a_passage_is_told_only_on_its_branch() -> None:
    path = [by(ANA, 1), by(BEN, 2)]
    assert rules.after(path, None) == path
    assert rules.after(path, 1) == path[1:]
    with refused("stories.not_on_branch"):
        rules.after(path, 9)


# ── turns ─────────────────────────────────────────────────────────────────────


def waits_for(member: Member, path: Sequence[Passage], spacing: int) -> int:
    try:
        rules.check_turn(member, path, spacing)
    except NotAllowed as error:
        return int(error.values["count"])
    return 0


def test_without_spacing_a_member_may_write_twice() -> None:
    assert waits_for(ANA, [by(ANA, 1)], spacing=0) == 0


def test_with_spacing_someone_else_must_write_first() -> None:
    assert waits_for(ANA, [by(ANA, 1)], spacing=1) == 1
    assert waits_for(ANA, [by(ANA, 1), by(BEN, 2)], spacing=1) == 0


def test_who_has_not_written_yet_need_not_wait() -> None:
    assert waits_for(CEM, [by(ANA, 1)], spacing=3) == 0


def test_the_ai_is_not_a_person() -> None:
    assert waits_for(ANA, [by(ANA, 1), by_ai(2), by_ai(3)], spacing=1) == 1


def test_one_person_twice_is_one_person() -> None:
    assert waits_for(ANA, [by(ANA, 1), by(BEN, 2), by(BEN, 3)], spacing=2) == 1
    assert waits_for(ANA, [by(ANA, 1), by(BEN, 2), by(CEM, 3)], spacing=2) == 0


def test_admins_wait_too() -> None:
    assert waits_for(ADMIN, [by(ADMIN, 1)], spacing=1) == 1


def test_the_wait_is_told_in_the_right_number() -> None:
    for spacing, words in ((1, "one other person"), (2, "2 other people")):
        with refused("stories.not_your_turn") as caught:
            rules.check_turn(ANA, [by(ANA, 1)], spacing)
        assert words in str(caught.value)


# ── redo ──────────────────────────────────────────────────────────────────────


def redone(*kinds: MoveKind) -> int | None:
    moves = [Move(kind, from_id=number, to_id=number - 1) for number, kind in enumerate(kinds, start=1)]
    target = rules.redo_target(moves)
    return target.from_id if target else None


ADD, UNDO, REDO, GO_TO = MoveKind.ADD, MoveKind.UNDO, MoveKind.REDO, MoveKind.GO_TO


@pytest.mark.parametrize(
    ("kinds", "target"),
    [
        ([], None),
        ([ADD], None),
        ([ADD, UNDO], 2),
        ([ADD, UNDO, UNDO], 3),
        ([ADD, UNDO, UNDO, REDO], 2),
        ([ADD, UNDO, REDO], None),
        ([ADD, UNDO, UNDO, REDO, REDO], None),
        ([ADD, UNDO, UNDO, REDO, UNDO], 5),
        ([ADD, UNDO, ADD], None),
        ([ADD, UNDO, GO_TO], None),
        ([ADD, UNDO, ADD, UNDO], 4),
    ],
)
def test_a_redo_takes_back_the_last_undo_since_the_story_went_on(kinds: list[MoveKind], target: int | None) -> None:
    assert redone(*kinds) == target


# ── placing what the AI wrote ─────────────────────────────────────────────────

ON = Standing(parent_id=2, tip_id=2, newest_id=5)  # to go on after passage 2; 3-5 are other branches
AGAIN = Standing(parent_id=2, tip_id=3, newest_id=5)  # another passage in the place of 3, which is the tip


@pytest.mark.parametrize(
    ("standing", "path", "placement"),
    [
        (ON, [1, 2], Placement.NEXT),
        (ON, [1, 2, 6], Placement.AFTER_OTHERS),
        (ON, [1, 2, 6, 7], Placement.AFTER_OTHERS),
        (ON, [1], Placement.APART),  # the passage it follows was taken back
        (ON, [1, 6], Placement.APART),  # and someone wrote another in its place
        (ON, [1, 2, 3], Placement.APART),  # someone went to an older branch
        (ON, [1, 2, 3, 6], Placement.APART),
        (ON, [], Placement.APART),
        (AGAIN, [1, 2, 3], Placement.NEXT),
        (AGAIN, [1, 2], Placement.NEXT),  # the passage to replace was taken back meanwhile
        (AGAIN, [1, 2, 3, 6], Placement.APART),  # people wrote after it: their words stay on the page
        (AGAIN, [1, 2, 6], Placement.AFTER_OTHERS),
        (AGAIN, [1], Placement.APART),
        (Standing(None, None, 0), [], Placement.NEXT),
        (Standing(None, None, 0), [1, 2], Placement.AFTER_OTHERS),
        (Standing(None, 1, 1), [1], Placement.NEXT),
        (Standing(None, 1, 1), [1, 2], Placement.APART),
    ],
)
def test_the_ais_passage_is_placed_where_it_surprises_no_one(
    standing: Standing, path: list[int], placement: Placement
) -> None:
    assert place(standing, path) is placement


def test_a_story_finished_meanwhile_keeps_its_last_page() -> None:
    assert place(ON, [1, 2], finished=True) is Placement.APART
