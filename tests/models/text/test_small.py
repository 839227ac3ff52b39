"""A small model repeats itself sooner and errs more often, so it is held to more variety and to better choices."""

from __future__ import annotations

from dataclasses import replace

from models.requests import Sampling
from models.text.small import for_a_small_model

SAMPLING = Sampling(dry_multiplier=0.8, xtc_probability=0.5)


def test_a_small_model_is_held_to_more_variety_and_its_best_choices_go_half_as_often() -> None:
    fitted = for_a_small_model(SAMPLING)
    assert (fitted.dry_multiplier, fitted.dry_allowed_length, fitted.xtc_probability) == (1.6, 1, 0.25)
    assert replace(fitted, dry_multiplier=0.8, dry_allowed_length=2, xtc_probability=0.5) == SAMPLING


def test_what_is_off_stays_off() -> None:
    fitted = for_a_small_model(replace(SAMPLING, dry_multiplier=0, xtc_probability=0))
    assert (fitted.dry_multiplier, fitted.xtc_probability) == (0, 0)
