"""A few rounds of `bench crash`: the bot is killed in the middle of a busy evening and started again."""

from __future__ import annotations

import random

from bench.crash import evening


async def test_nothing_is_lost_or_doubled_and_every_button_works_after_three_deaths() -> None:
    damage = await evening(kills=3, chance=random.Random(5))
    assert damage.acknowledged > 0
    assert damage.jobs > 0
    assert (damage.lost, damage.doubled, damage.dead_buttons) == (0, 0, 0)
