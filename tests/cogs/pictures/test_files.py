"""Files of pictures are named so that they are known again."""

from __future__ import annotations

import pytest

from bot.delivery import fields
from bot.pictures.picture import Work
from cogs.pictures.files import file_of, work_id_of
from tests.cogs.pictures.making import work


@pytest.mark.parametrize(
    ("made", "name"),
    [(work(12), "picture-12.png"), (work(3, is_spoiler=True, format="webp"), "SPOILER_picture-3.webp")],
)
def test_a_file_is_known_again_by_its_name(made: Work, name: str) -> None:
    file = fields.file_of(file_of(made, b"bytes"))
    assert (file.filename, file.description) == (name, "a red boat")
    assert work_id_of(file.filename) == made.id


@pytest.mark.parametrize(
    "name", ["boat.png", "picture-.png", "picture-1", "my picture-1.png", f"picture-{'9' * 30}.png"]
)
def test_other_names_are_nobodys(name: str) -> None:
    assert work_id_of(name) is None
