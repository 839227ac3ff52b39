"""Pictures in stories, as the rest of the house sees them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.illustrations.asking import Asking
from bot.illustrations.picture import SCENE
from bot.illustrations.showing import Showing
from bot.illustrations.tying import Tying
from bot.illustrations.writing import SceneWriting


@dataclass(frozen=True)
class IllustrationService(Asking, Tying, Showing):
    """All that can be done with pictures in stories; made once, it has scenes written down in the line too.

    `story_id=None` means the channel's current story. Who may see and change a story decides here as well.
    """

    def __post_init__(self) -> None:
        self.pictures.queue.register(SCENE, SceneWriting(self.stories, self.cast, self.pictures))
        self.pictures.on_drawn(self.tie_drawn)
