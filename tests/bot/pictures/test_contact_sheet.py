"""A page of small, numbered pictures."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from bot.pictures.contact_sheet import COLUMNS, Tile, contact_sheet

RED, BLUE = (220, 30, 30), (30, 30, 220)


def a_picture(width: int, height: int, *halves: tuple[int, int, int]) -> bytes:
    picture = Image.new("RGB", (width, height), halves[0])
    picture.paste(halves[-1], (width // 2, 0, width, height))
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def sheet_of(*tiles: Tile) -> Image.Image:
    with Image.open(BytesIO(contact_sheet(tiles))) as sheet:
        return sheet.convert("RGB")


def is_near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(found - wanted) < 40 for found, wanted in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("count", [1, COLUMNS, COLUMNS + 1, 12])
def test_rows_fill_from_the_left(count: int) -> None:
    one, sheet = sheet_of(Tile(a_picture(64, 64, RED))), sheet_of(*[Tile(a_picture(64, 64, RED))] * count)
    columns, rows = min(count, COLUMNS), -(-count // COLUMNS)
    gap_px = 8
    cell_px = one.width - 2 * gap_px
    assert sheet.size == (columns * (cell_px + gap_px) + gap_px, rows * (cell_px + gap_px) + gap_px)
    x = gap_px + (count - 1) % COLUMNS * (cell_px + gap_px) + cell_px // 2
    assert is_near(sheet.getpixel((x, sheet.height - gap_px - cell_px // 2)), RED)


def test_a_tall_picture_is_shown_whole() -> None:
    sheet = sheet_of(Tile(a_picture(20, 200, RED)))
    assert is_near(sheet.getpixel((sheet.width // 2, sheet.height - 14)), RED)
    assert not is_near(sheet.getpixel((sheet.width // 4, sheet.height // 2)), RED)


def test_what_is_behind_a_spoiler_is_blurred_here_too() -> None:
    halves = a_picture(64, 64, RED, BLUE)
    plain, covered = sheet_of(Tile(halves)), sheet_of(Tile(halves, is_covered=True))
    beside_the_edge = plain.width // 2 - 4, plain.height // 2
    assert is_near(plain.getpixel(beside_the_edge), RED)
    assert not is_near(covered.getpixel(beside_the_edge), RED)


def test_a_file_that_made_room_leaves_its_place_empty() -> None:
    sheet = sheet_of(Tile(None), Tile(a_picture(64, 64, RED)))
    assert not is_near(sheet.getpixel((sheet.width // 4, sheet.height // 2)), RED)
    assert is_near(sheet.getpixel((3 * sheet.width // 4, sheet.height // 2)), RED)
