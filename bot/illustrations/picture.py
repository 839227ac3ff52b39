"""The values of pictures in stories: what is asked for, and what stands beside a passage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.stories.story import Passage, Story
from models.requests import Shape

SCENE = "picture.scene"


@dataclass(frozen=True, slots=True)
class SceneWish:
    """Which scene a member wants drawn, and how; without a passage it is the one that the story stands at."""

    passage_id: int | None = None
    steer: str = ""
    style: str | None = None
    shape: Shape | None = None
    spoiler: bool = False


@dataclass(frozen=True, slots=True)
class NewStoryPicture:
    """A picture about to be put beside a passage: a work with the model that drew it, or an encoded upload."""

    alt: str
    is_spoiler: bool = False
    work_id: int | None = None
    model: str | None = None
    upload: bytes | None = None


@dataclass(frozen=True, slots=True)
class StoryPicture:
    """A picture beside a passage: a work by its id, with the model that drew it, or else a member's upload.

    `added_by` is who put it there; None once she had herself forgotten.
    """

    id: int
    server_id: int
    story_id: int
    passage_id: int
    work_id: int | None
    model: str | None
    alt: str
    is_spoiler: bool
    added_by: int | None
    added_by_name: str
    added_at: datetime

    @property
    def by_ai(self) -> bool:
        """Say whether it was drawn here."""
        return self.work_id is not None


@dataclass(frozen=True, slots=True)
class Tied:
    """A picture beside its passage; `is_new` is False where it stood there already."""

    picture: StoryPicture
    story: Story
    passage: Passage
    is_new: bool = True
