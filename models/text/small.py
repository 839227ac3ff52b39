"""What a small model needs that larger ones do not."""

from __future__ import annotations

from dataclasses import replace

from models.requests import Sampling

SMALL_MODEL_PARAMETERS = 500_000_000


def for_a_small_model(sampling: Sampling) -> Sampling:
    """Tighten DRY and halve XTC; what is off stays off.

    Such a model falls into loops of two or three words that each vary a little, and that the settings which suit
    larger models let pass: so a repetition counts from its first token on, and twice as much. Its second choices are
    poor more often: left to them every other time, it loses its story within a few passages.
    """
    return replace(
        sampling,
        dry_multiplier=2 * sampling.dry_multiplier,
        dry_allowed_length=1,
        xtc_probability=sampling.xtc_probability / 2,
    )
