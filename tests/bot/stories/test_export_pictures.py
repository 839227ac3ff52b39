"""Pictures leave the house with their story, whatever they are called and whatever they show."""

from __future__ import annotations

import io
import zipfile
from base64 import b64encode
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from bot.stories.export import export_story
from bot.stories.illustration import Illustration
from bot.stories.story import ExportFormat
from tests.bot.stories.making import ANA, BEN, a_story, by

PATH = [by(ANA, 1, "The lamp was dark."), by(BEN, 2, "Nobody came.")]
LAMP = Illustration("pictures/1.webp", b"RIFF-lamp", 'A "dark" [lamp]\nby <night>', "Drawn by an AI (tiny)")


def exported(format: ExportFormat, picture: Illustration = LAMP) -> bytes:
    return export_story(a_story(), PATH, format, {1: [picture]}).content


def unpacked(format: ExportFormat, picture: Illustration = LAMP) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(exported(format, picture))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class Images(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.images: list[dict[str, str | None]] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "img":
            self.images.append(dict(attrs))


def looked_at(page: bytes) -> Images:
    found = Images()
    found.feed(page.decode())
    return found


def test_a_web_page_carries_its_pictures_in_itself_with_alt_text_and_who_made_them() -> None:
    page = exported(ExportFormat.HTML)
    assert looked_at(page).images == [
        {"alt": LAMP.alt, "src": f"data:image/webp;base64,{b64encode(LAMP.content).decode()}"}
    ]
    caption = "A &quot;dark&quot; [lamp] by &lt;night&gt; · Drawn by an AI (tiny)"
    assert f'<figcaption dir="auto">{caption}</figcaption>' in page.decode()
    assert b"img-src data:" in page
    assert page.index(b"The lamp was dark.") < page.index(b"<img") < page.index(b"Nobody came.")


def test_a_long_description_is_a_short_caption() -> None:
    text = unpacked(ExportFormat.MARKDOWN, replace(LAMP, alt="A lamp. " * 99))["The-Lighthouse.md"].decode()
    (caption,) = (line for line in text.splitlines() if line.startswith("*A lamp"))
    assert caption.endswith("… · Drawn by an AI (tiny)*")
    assert len(caption) < 200


def test_a_spoiler_is_folded_away_and_its_caption_tells_nothing_of_it() -> None:
    covered = exported(ExportFormat.HTML, replace(LAMP, is_spoiler=True))
    assert b'<figcaption dir="auto">Drawn by an AI (tiny)</figcaption>' in covered
    assert "details" not in looked_at(exported(ExportFormat.HTML)).tags
    assert "details" in looked_at(exported(ExportFormat.HTML, replace(LAMP, is_spoiler=True))).tags


@pytest.mark.parametrize(("format", "name"), [("markdown", "The-Lighthouse.md"), ("text", "The-Lighthouse.txt")])
def test_other_texts_lie_in_a_zip_beside_their_pictures_and_name_them(format: str, name: str) -> None:
    assert export_story(a_story(), PATH, ExportFormat(format), {1: [LAMP]}).name == "The-Lighthouse.zip"
    files = unpacked(ExportFormat(format))
    assert set(files) == {name, "pictures/1.webp"}
    assert files["pictures/1.webp"] == LAMP.content
    text = files[name].decode()
    assert text.index("The lamp was dark.") < text.index("(pictures/1.webp)") < text.index("Nobody came.")
    assert "Drawn by an AI" in text


def test_what_a_picture_shows_breaks_no_markdown() -> None:
    text = unpacked(ExportFormat.MARKDOWN)["The-Lighthouse.md"].decode()
    assert '![A "dark" \\[lamp\\] by \\<night\\>](pictures/1.webp)' in text
    hidden = unpacked(ExportFormat.MARKDOWN, replace(LAMP, is_spoiler=True))["The-Lighthouse.md"].decode()
    assert "\n[Spoiler: A" in hidden


@pytest.mark.parametrize("format", list(ExportFormat))
def test_a_picture_that_is_too_large_leaves_its_place(format: ExportFormat) -> None:
    missing = replace(LAMP, content=b"")
    text = exported(format, missing) if format is ExportFormat.HTML else unpacked(format, missing).popitem()[1]
    assert b"could not be taken along" in text
    assert b"1.webp" not in text


@pytest.mark.parametrize("format", list(ExportFormat))
def test_a_story_without_pictures_stays_one_file(format: ExportFormat) -> None:
    assert not export_story(a_story(), PATH, format, {}).name.endswith(".zip")
