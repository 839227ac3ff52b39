"""The rules of pictures in stories. Pure: each says what follows, or raises the error that tells the member why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.errors import NotAllowed, NotFound
from bot.illustrations.picture import StoryPicture
from bot.people import Member
from bot.stories.rules import is_host
from bot.stories.story import Passage, Story

PICTURES_PER_PASSAGE_MAX = 10  # as many files as a message holds


def passage_for(path: Sequence[Passage], passage_id: int | None) -> Passage:
    """Return the passage a picture goes to: one of the current branch, without an id its last with words."""
    if passage_id is None:
        with_words = [passage for passage in path if not passage.removed]
        if not with_words:
            raise NotFound("illustrations.nothing_written")
        return with_words[-1]
    passage = next((passage for passage in path if passage.id == passage_id), None)
    if passage is None:
        raise NotAllowed("stories.not_on_branch")
    if passage.removed:
        raise NotAllowed("illustrations.was_removed")
    return passage


def check_room(beside: Sequence[StoryPicture]) -> None:
    """Bound how many pictures stand beside one passage."""
    if len(beside) >= PICTURES_PER_PASSAGE_MAX:
        raise NotAllowed("illustrations.too_many", limit=PICTURES_PER_PASSAGE_MAX)


def check_may_untie(member: Member, story: Story, picture: StoryPicture) -> None:
    """Let members take out what they put in, and the story's host and admins everything."""
    if picture.added_by != member.id and not is_host(member, story):
        raise NotAllowed("illustrations.not_yours")


def beside(path: Iterable[Passage], pictures: Sequence[StoryPicture]) -> dict[int, list[StoryPicture]]:
    """Sort pictures to the passages of a branch; what stood beside words that were removed is not shown."""
    told = {
        passage.id: [picture for picture in pictures if picture.passage_id == passage.id]
        for passage in path
        if not passage.removed
    }
    return {passage_id: found for passage_id, found in told.items() if found}
