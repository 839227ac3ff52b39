from __future__ import annotations

from html.parser import HTMLParser

import pytest

from bot.stories.export import export_story
from bot.stories.filenames import safe_name
from bot.stories.story import ExportFormat, Passage, Story
from tests.bot.stories.making import ANA, BEN, a_story, by, by_ai, removed

PATH = [
    by(ANA, 1, "The door <opened>.\n\nSlowly & well."),
    by_ai(2, "Nobody came in."),
    removed(3),
    by(BEN, 4, "%%title%%"),
]


def exported(format: ExportFormat, story: Story | None = None, path: list[Passage] = PATH) -> str:
    return export_story(story or a_story(), path, format).content.decode("utf-8")


@pytest.mark.parametrize("format", list(ExportFormat))
def test_every_format_tells_the_story_its_writers_and_their_shares(format: ExportFormat) -> None:
    text = exported(format)
    for told in (
        "The Lighthouse",
        "Nobody came in.",
        "[removed]",
        "Salon (AI, tiny)",
        "Ana: 5 words, 56%",
        "Salon (AI): 3 words, 33%",
    ):
        assert told in text


@pytest.mark.parametrize("format", list(ExportFormat))
def test_whoever_reworded_a_passage_signs_it_too(format: ExportFormat) -> None:
    text = exported(format, path=[by_ai(1, "It rained.", reworded_by=("Mara", "Ben"))])
    assert "Salon (AI, tiny), reworded by Mara, Ben" in text


@pytest.mark.parametrize(
    ("format", "name"),
    [("markdown", "The-Lighthouse.md"), ("text", "The-Lighthouse.txt"), ("html", "The-Lighthouse.html")],
)
def test_the_file_is_named_after_the_story(format: str, name: str) -> None:
    assert export_story(a_story(), PATH, ExportFormat(format)).name == name


def test_html_shows_what_people_wrote_and_runs_none_of_it() -> None:
    script = "<script>alert(1)</script>"
    text = exported(ExportFormat.HTML, a_story(title=script), [by(ANA, 1, script)])
    assert "<script>" not in text
    assert text.count("&lt;script&gt;") == 3


def test_a_mark_of_the_page_in_a_passage_is_only_text() -> None:
    assert "<p>%%title%%</p>" in exported(ExportFormat.HTML)


def test_html_marks_what_the_ai_wrote_and_fetches_nothing() -> None:
    found: list[tuple[str, dict[str, str | None]]] = []

    class Collect(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    Collect().feed(exported(ExportFormat.HTML))
    assert [attrs["class"] for tag, attrs in found if tag == "section"] == ["person", "ai", "person", "person"]
    assert not any(name in attrs for _, attrs in found for name in ("src", "href"))


def test_an_empty_story_can_leave_the_house_too() -> None:
    assert "The Lighthouse" in exported(ExportFormat.MARKDOWN, path=[])


@pytest.mark.parametrize("format", list(ExportFormat))
def test_what_was_removed_is_signed_by_nobody(format: ExportFormat) -> None:
    assert exported(format, path=[removed(1)]).count("removed") == 1


def test_a_fence_left_open_swallows_nothing_of_a_markdown_file() -> None:
    assert exported(ExportFormat.MARKDOWN, path=[by(ANA, 1, "```\ncode"), by(BEN, 2, "After.")]).count("```") == 2


def test_a_markdown_title_is_a_heading_whatever_it_holds() -> None:
    assert exported(ExportFormat.MARKDOWN, a_story(title="*Sea* [x]")).startswith("# \\*Sea\\* \\[x\\]\n")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Sea", "The-Sea.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("C:\\x", "C-x.md"),
        (".hidden", "hidden.md"),
        ("夜のうみ", "夜のうみ.md"),
        ("סיפור", "סיפור.md"),
        ("🙂", "story.md"),
        ("CON", "story-CON.md"),
        ("\u202egnp.exe", "gnp-exe.md"),
        ("-rf", "rf.md"),
    ],
)
def test_a_file_name_keeps_every_script_and_plays_no_tricks(title: str, name: str) -> None:
    assert safe_name(title, "md") == name


def test_a_file_name_stays_short_in_bytes() -> None:
    assert len(safe_name("夜" * 100, "md").encode()) <= 124


@pytest.mark.parametrize(
    ("format", "heading"),
    [
        (ExportFormat.MARKDOWN, "\n\n## The \\*Storm\\*\n\nNobody came in."),
        (ExportFormat.TEXT, "\n\nThe *Storm*\n-----------\n\nNobody came in."),
        (ExportFormat.HTML, '<h2 dir="auto">The *Storm*</h2>\n<section class="ai"'),
    ],
)
def test_a_chapter_has_its_title_before_its_first_passage(format: ExportFormat, heading: str) -> None:
    text = export_story(a_story(), PATH, format, headings={2: "The *Storm*"}).content.decode()
    assert heading in text
    assert text.count("Storm") == 1
