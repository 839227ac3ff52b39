"""The rules of writing together. Pure: each says what follows, or raises the error that tells the member why not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from bot.errors import BadInput, NotAllowed
from bot.people import Channel, Member
from bot.stories.story import Move, MoveKind, Passage, Story

TITLE_MAX = 100
PASSAGE_MAX = 4_000
FILE_MAX = 20_000
CONTEXT_MAX = 2_000
STEER_MAX = 300
STEP_BACK_REACH = 3


def check_length(text: str, limit: int, key: str) -> str:
    """Return `text`; raise `BadInput` with the sentence `key` where it is longer than `limit` characters."""
    if len(text) > limit:
        raise BadInput(key, limit=limit, length=len(text))
    return text


def check_here(story: Story, channel: Channel) -> None:
    """Keep a story to the channel where it lives, so that nobody reads a channel they cannot see."""
    if story.channel_id != channel.id:
        raise NotAllowed("stories.lives_elsewhere", channel=f"<#{story.channel_id}>")


def check_unfinished(story: Story) -> None:
    """Refuse every change of a finished story until it is opened again."""
    if story.finished_at is not None:
        raise NotAllowed("stories.finished")


def is_host(member: Member, story: Story) -> bool:
    """Say whether the member decides about the whole story: its host does, and so do admins."""
    return member.is_admin or member.id == story.host_id


def check_host(member: Member, story: Story) -> None:
    """Keep finishing and opening again to the story's host and admins."""
    if not is_host(member, story):
        raise NotAllowed("stories.only_host")


def check_takes_part(member: Member, story: Story, *, takes_part: bool) -> None:
    """Keep what changes the story for everyone to those who write it."""
    if not (takes_part or is_host(member, story)):
        raise NotAllowed("stories.not_in_story")


def check_may_change(member: Member, story: Story, passage: Passage, *, takes_part: bool) -> None:
    """Let members change their own passages, those in the story the AI's, and only hosts and admins another's."""
    if passage.by_ai:
        check_takes_part(member, story, takes_part=takes_part)
    elif _is_anothers(member, story, passage):
        raise NotAllowed("stories.not_yours", author=passage.author_name)


def check_may_leave(member: Member, story: Story, left: Iterable[Passage], *, takes_part: bool) -> None:
    """Let those in the story move to another branch if they may take back each passage they leave behind."""
    check_takes_part(member, story, takes_part=takes_part)
    for passage in left:
        if _is_anothers(member, story, passage):
            raise NotAllowed("stories.would_leave", author=passage.author_name)


def _is_anothers(member: Member, story: Story, passage: Passage) -> bool:
    return not passage.by_ai and passage.author_id != member.id and not is_host(member, story)


def check_may_edit(member: Member, story: Story, passage: Passage, *, takes_part: bool) -> None:
    """Decide as `check_may_change`, but what was removed stays removed, for hosts and admins too."""
    if passage.removed:
        raise NotAllowed("stories.was_removed")
    check_may_change(member, story, passage, takes_part=takes_part)


def check_turn(member: Member, path: Sequence[Passage], spacing: int) -> None:
    """Raise `NotAllowed` until `spacing` other people wrote after the member; the AI is not one of them."""
    others: set[int | None] = set()
    for passage in reversed(path):
        if not passage.by_ai and passage.author_id == member.id:
            break
        if not passage.by_ai:
            others.add(passage.author_id)
    else:
        return
    if len(others) < spacing:
        raise NotAllowed("stories.not_your_turn", count=spacing - len(others))


def redo_target(moves: Sequence[Move]) -> Move | None:
    """Return the undo that a redo takes back: the last one not yet redone since the story last went elsewhere."""
    undone: list[Move] = []
    for move in moves:
        if move.kind is MoveKind.UNDO:
            undone.append(move)
        elif move.kind is MoveKind.REDO:
            undone.pop()
        else:
            undone.clear()
    return undone[-1] if undone else None


def stood_at(story: Story, moves: Sequence[Move]) -> int | None:
    """Return where a story stood before anyone stepped back, if nobody has written or moved it since."""
    latest = list(takewhile(lambda move: move.steps_back, reversed(moves)))
    return latest[-1].from_id if latest else story.tip_id


def check_reach(path: Sequence[int], passage_id: int) -> None:
    """Bound how far people can step back, however many do, until somebody writes on or brings something back."""
    if passage_id not in path[-STEP_BACK_REACH:]:
        raise NotAllowed("stories.out_of_reach", count=STEP_BACK_REACH)


def put_away(moves: Iterable[Move], parents: Mapping[int, int | None]) -> frozenset[int]:
    """Return the passages that somebody stepped back from and that nobody has brought back since."""
    away: set[int] = set()
    for move in moves:
        here = set(_way(move.to_id, parents))
        away = away | (set(_way(move.from_id, parents)) - here) if move.steps_back else away - here
    return frozenset(away)


def check_may_return(member: Member, story: Story, goal: Iterable[int], away: Collection[int]) -> None:
    """Keep it to the story's host and admins to bring back what somebody stepped back from."""
    if not (is_host(member, story) or frozenset(goal).isdisjoint(away)):
        raise NotAllowed("stories.stepped_back")


def _way(passage_id: int | None, parents: Mapping[int, int | None]) -> Iterator[int]:
    while passage_id is not None:
        yield passage_id
        passage_id = parents[passage_id]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a story stood when the AI began to write: after which passage, at which tip, with which newest passage."""

    parent_id: int | None
    tip_id: int | None
    newest_id: int


class Placement(StrEnum):
    """Where the AI's passage goes: where it was asked for, after what people wrote meanwhile, or on its own branch."""

    NEXT = "next"
    AFTER_OTHERS = "after_others"
    APART = "apart"


def place(standing: Standing, path: Sequence[int], *, finished: bool = False) -> Placement:
    """Decide where a passage goes that was begun at `standing`, now that the story runs along `path`.

    If the story has not moved, or has moved back to the passage's parent, it comes next. If people only wrote on
    meanwhile, it follows them, as it would have in a conversation. If the story went elsewhere (or was finished), it
    becomes a branch of its own: it takes nothing off the page, and is not lost.
    """
    tip_id = path[-1] if path else None
    if finished:
        return Placement.APART
    if tip_id in (standing.parent_id, standing.tip_id):
        return Placement.NEXT
    if standing.parent_id is not None and standing.parent_id not in path:
        return Placement.APART
    added = path if standing.parent_id is None else path[path.index(standing.parent_id) + 1 :]
    only_additions = all(passage_id > standing.newest_id for passage_id in added)
    return Placement.AFTER_OTHERS if only_additions else Placement.APART


def after(path: Sequence[Passage], passage_id: int | None) -> Sequence[Passage]:
    """Return what follows a passage on the current branch; raise `NotAllowed` if it is not on it."""
    if passage_id is None:
        return path
    for index, passage in enumerate(path):
        if passage.id == passage_id:
            return path[index + 1 :]
    raise NotAllowed("stories.not_on_branch")


def left_behind(path: Sequence[Passage], goal: Collection[int]) -> list[Passage]:
    """List the passages of the current branch that are not on the way to the goal."""
    return [passage for passage in path if passage.id not in goal]
