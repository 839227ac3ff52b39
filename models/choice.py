"""Which models one device serves, in one frozen value."""

from __future__ import annotations

from dataclasses import dataclass

from models.image.config import ImageModelConfig
from models.sight.config import SightConfig
from models.text.config import TextModelConfig


@dataclass(frozen=True, slots=True)
class Choice:
    """The model that writes, and those that draw and look at pictures, if any.

    `picture_share` is the share of the device's time that pictures get while others have work as well.
    """

    text: TextModelConfig
    image: ImageModelConfig | None = None
    sight: SightConfig | None = None
    picture_share: float = 0.5
