"""A story leaves the house with its pictures, and fits where it is sent."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.illustrations.fitting import fitted
from bot.illustrations.showing import credit_of, file_format
from bot.provenance.credentials import Claim, Credentials
from bot.stories.story import ExportFormat
from tests.bot.illustrations.gallery import Gallery
from tests.bot.pictures.atelier import a_photo
from tests.bot.stories.making import ANA, BEN, CHANNEL, NOON

LIMIT = 10 * 2**20


def noise(seed: int, side: int = 600) -> bytes:
    """Return a picture that no format makes small."""
    pixels = np.random.default_rng(seed).integers(0, 256, (side, side, 3), dtype=np.uint8)
    with io.BytesIO() as file:
        Image.fromarray(pixels).save(file, "PNG")
        return file.getvalue()


async def pictured(gallery: Gallery) -> None:
    """Begin a story with a drawn scene and a picture that Ben brought."""
    await gallery.started("Mara lit the lamp.")
    await gallery.illustrated("A lamp burns in the dark.")
    await gallery.illustrations.tie(BEN, CHANNEL, a_photo(), "Ben's own")


@pytest.mark.parametrize("format", [ExportFormat.MARKDOWN, ExportFormat.TEXT])
async def test_a_text_is_zipped_with_its_pictures_and_says_who_made_them(
    gallery: Gallery, format: ExportFormat
) -> None:
    await pictured(gallery)
    file = await gallery.illustrations.export(ANA, CHANNEL, format, LIMIT)
    assert file.name == "The-Lighthouse.zip"
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        text, first, second = (archive.read(name) for name in archive.namelist())
        assert archive.namelist()[1:] == ["pictures/1.png", "pictures/2.webp"]
    for said in (b"A lamp burns in the dark.", b"Drawn by an AI (scripted pictures)", b"Ben's own", b"Brought by Ben"):
        assert said in text
    manifest = gallery.credentials.read(first)
    assert manifest is not None
    assert manifest.is_intact
    assert file_format(second) == "webp"


async def test_a_web_page_has_them_inside(gallery: Gallery) -> None:
    await pictured(gallery)
    file = await gallery.illustrations.export(ANA, CHANNEL, ExportFormat.HTML, LIMIT)
    assert file.name == "The-Lighthouse.html"
    assert (file.content.count(b"data:image/png"), file.content.count(b"data:image/webp")) == (1, 1)


async def test_an_export_fits_where_it_is_sent_and_names_what_it_leaves_behind(gallery: Gallery) -> None:
    await pictured(gallery)
    file = await gallery.illustrations.export(ANA, CHANNEL, ExportFormat.HTML, 0)
    assert b'src="data:' not in file.content
    assert file.content.count(b"could not be taken along") == 2


async def test_a_story_without_pictures_is_the_file_it_was(gallery: Gallery) -> None:
    await gallery.started("Mara lit the lamp.")
    assert (await gallery.illustrations.export(ANA, CHANNEL, ExportFormat.TEXT, LIMIT)).name == "The-Lighthouse.txt"
    empty = await gallery.started()
    file = await gallery.illustrations.export(ANA, CHANNEL, ExportFormat.HTML, LIMIT, empty.id)
    assert b"The Lighthouse" in file.content


async def test_a_file_that_is_gone_keeps_its_place(gallery: Gallery) -> None:
    await pictured(gallery)
    for file in gallery.folder.root.glob("*/*"):
        file.unlink()
    exported = await gallery.illustrations.export(ANA, CHANNEL, ExportFormat.HTML, LIMIT)
    assert exported.content.count(b"could not be taken along") == 1


async def test_the_credit_tells_an_ai_from_a_member(gallery: Gallery) -> None:
    await pictured(gallery)
    ((drawn, brought),) = (await gallery.illustrations.beside(await gallery.stories.passages(ANA, CHANNEL))).values()
    assert credit_of(drawn) == "✦ Drawn by an AI (scripted pictures)"
    assert credit_of(brought) == "Brought by Ben"


@pytest.fixture
def credentials(tmp_path: Path) -> Credentials:
    return Credentials.open(tmp_path)


def test_pictures_stay_as_they_are_where_they_fit_together(credentials: Credentials) -> None:
    contents = [noise(1, 40), noise(2, 40)]
    assert fitted(contents, sum(map(len, contents)), credentials) == contents
    assert fitted([], 0, credentials) == []


def test_else_each_gets_its_share_and_the_small_ones_stay(credentials: Credentials) -> None:
    small, large = noise(1, 20), noise(2)
    kept, smaller = fitted([small, large], 900_000, credentials)
    assert kept == small
    assert 0 < len(smaller) <= 450_000
    with Image.open(io.BytesIO(smaller)) as image:
        assert image.format == "WEBP"
    assert fitted([small, large], 2 * len(small), credentials) == [small, b""]
    assert credentials.read(smaller) is None


def test_what_salon_signed_is_signed_when_it_is_made_smaller_too(credentials: Credentials) -> None:
    claim = Claim(7, 1, "small one", NOON)
    (smaller,) = fitted([credentials.sign(noise(2), "png", claim)], 450_000, credentials)
    assert len(smaller) <= 450_000
    manifest = credentials.read(smaller)
    assert manifest is not None
    assert (manifest.claim, manifest.is_intact) == (claim, True)
