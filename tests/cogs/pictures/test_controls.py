"""The buttons under pictures: what can be done, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.delivery.views import SalonView
from cogs.buttons import StateButton
from cogs.pictures.controls import own_picture_buttons, picture_buttons
from models.engine import ImageCard
from tests.cogs.pictures.making import work
from tests.scripted import SIZES

CARD = ImageCard("small one", "MIT", "fp32", "cpu", SIZES, 4, 2.0, True, "strength", 1, (128, 128), True)


def labels(view: SalonView) -> list[str | None]:
    return [item.item.label for item in view.children if isinstance(item, StateButton)]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, set()),
        ({"edits": None}, {"Vary"}),
        ({"largest": None}, {"Larger"}),
        ({"largest": (64, 64)}, {"Larger"}),
    ],
)
def test_only_what_the_pipeline_can_is_offered(changes: dict[str, Any], missing: set[str]) -> None:
    offered = set(labels(picture_buttons([work()], replace(CARD, **changes))))
    assert offered == {"Again", "Edit prompt…", "Vary", "Larger", "In the story", "Details", "Delete"} - missing


def test_without_a_pipeline_an_old_picture_can_still_be_looked_at() -> None:
    assert {"Details", "Delete"} <= set(labels(picture_buttons([work()], None)))


def test_of_several_pictures_one_is_taken_up_by_its_number() -> None:
    view = picture_buttons([work(41), work(42)], CARD)
    (menu,) = (row["components"][0] for row in view.to_components() if row["components"][0]["type"] == 3)
    assert [(option["label"], option["value"], option["description"]) for option in menu["options"]] == [
        ("Picture 1", "41", "#41"),
        ("Picture 2", "42", "#42"),
    ]


def test_consent_is_given_and_taken_back_by_the_same_button() -> None:
    assert "Let it be shown" in labels(own_picture_buttons(work(), CARD))
    assert "Let it be shown no more" in labels(own_picture_buttons(work(may_show=True), CARD))


def test_every_custom_id_fits_discord_even_for_late_works() -> None:
    view = picture_buttons([work(10**15 + number) for number in range(4)], CARD)
    ids = [component["custom_id"] for row in view.to_components() for component in row["components"]]
    assert all(len(custom_id) <= 100 for custom_id in ids)
    assert discord.utils.find(lambda custom_id: custom_id.startswith("press:picture_delete"), ids)
