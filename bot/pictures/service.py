"""Pictures, as the rest of the house sees them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.pictures.asking import Asking
from bot.pictures.describing import Describing
from bot.pictures.drawing import Drawing
from bot.pictures.keeping import Keeping
from bot.pictures.picture import DESCRIBE, DRAW
from bot.pictures.remaking import Remaking


@dataclass(frozen=True)
class PictureService(Asking, Remaking, Keeping):
    """All that can be done with pictures; made once, it takes the drawing and describing in the line too.

    Everything is checked here: server, rights, policy, what the loaded pipeline can; what may not be raises one of
    bot/errors.py with the sentence for the member.
    """

    def __post_init__(self) -> None:
        self.queue.register(DRAW, Drawing(self))
        self.queue.register(DESCRIBE, Describing(self))
