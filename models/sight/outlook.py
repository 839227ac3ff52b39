"""What a model that looks at pictures would take of the device, said before it is loaded."""

from __future__ import annotations

from models.hardware import GIB
from models.sight.config import SightConfig
from models.text.outlook import reckon

WORKING_BYTES = GIB
"""A rough figure for one picture's pass and the keys and values of its answer."""


def weight_bytes(config: SightConfig) -> int | None:
    """Reckon the weights' memory from the model's shape; None where its files are not there or not understood."""
    from transformers import AutoModelForImageTextToText

    try:
        return reckon(config.model, config.precision, AutoModelForImageTextToText)
    except Exception:
        # Loading the model says what is wrong with it; a guess must not stand in its way.
        return None
