"""A story as a file: Markdown, plain text or a page of HTML, with its pictures and everyone's share of it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from textwrap import shorten

from bot.stories.filenames import safe_name
from bot.stories.illustration import Illustration, Illustrations, zipped
from bot.stories.shares import shares_of
from bot.stories.story import ExportFile, ExportFormat, Passage, Story
from bot.stories.trimming import close_fence
from bot.words import say

_CAPTION_CHARACTERS = 160


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a format sets a chapter's title, a passage, a picture, and the page around them.

    The page is set from the story's title, the whole, and the credits.
    """

    ending: str
    heading: Callable[[str], str]
    passage: Callable[[Passage], str]
    picture: Callable[[Illustration], str]
    page: Callable[[str, str, Sequence[str]], str]
    gap: str = "\n\n"
    holds_pictures: bool = False


def export_story(
    story: Story,
    path: Sequence[Passage],
    format: ExportFormat,
    illustrations: Illustrations | None = None,
    headings: Mapping[int, str] | None = None,
) -> ExportFile:
    """Set the passages of one branch in a format; pictures go inside where it holds them, else beside it in a zip.

    `headings` are the chapters' titles by their first passages.
    """
    setting, beside, titles = _SETTINGS[format], illustrations or {}, headings or {}
    whole = setting.gap.join(
        piece
        for passage in path
        for piece in (
            *map(setting.heading, filter(None, [titles.get(passage.id)])),
            setting.passage(passage),
            *map(setting.picture, beside.get(passage.id, ())),
        )
    )
    text = setting.page(story.title, whole, _credits(path)).encode("utf-8")
    name = safe_name(story.title, setting.ending)
    if setting.holds_pictures or not beside:
        return ExportFile(name, text)
    return ExportFile(safe_name(story.title, "zip"), zipped(name, text, beside))


def _markdown_page(title: str, whole: str, credits_: Sequence[str]) -> str:
    listed = "\n".join(f"- {_escaped(line)}" for line in credits_)
    return f"# {_escaped(title)}\n\n{whole}\n\n---\n\n{_heading()}\n\n{listed}\n"


def _markdown_heading(title: str) -> str:
    return f"## {_escaped(title)}"


def _markdown_passage(passage: Passage) -> str:
    return _signed(close_fence(passage.text), "\n\n*— {}*", _escaped(_by(passage)))


def _markdown_picture(picture: Illustration) -> str:
    """Show a picture, but only link to a spoiler."""
    mark = "" if picture.is_spoiler else "!"
    shown = f"{mark}[{_escaped(_named(picture))}]({picture.file})" if picture.content else _escaped(_named(picture))
    return f"{shown}\n\n*{_escaped(_caption(picture))}*"


def _plain_page(title: str, whole: str, credits_: Sequence[str]) -> str:
    listed = "\n".join(credits_)
    return f"{title}\n{'=' * len(title)}\n\n{whole}\n\n---\n{_heading()}\n{listed}\n"


def _plain_heading(title: str) -> str:
    return f"{title}\n{'-' * len(title)}"


def _plain_passage(passage: Passage) -> str:
    return _signed(passage.text, "\n— {}", _by(passage))


def _plain_picture(picture: Illustration) -> str:
    where = f" ({picture.file})" if picture.content else ""
    return f"[{_named(picture)}{where}]\n{picture.credit}"


def _html_page(title: str, whole: str, credits_: Sequence[str]) -> str:
    page = files(__package__).joinpath("export.html").read_text(encoding="utf-8")
    filled = {
        "title": escape(title),
        "passages": whole,
        "heading": escape(_heading()),
        "credits": "\n".join(f"<li>{escape(line)}</li>" for line in credits_),
    }
    # Split at the marks instead of replacing them one by one: a title may look like a mark.
    pieces = page.split("%%")
    return "".join(filled[piece] if index % 2 else piece for index, piece in enumerate(pieces))


def _html_heading(title: str) -> str:
    return f'<h2 dir="auto">{escape(title)}</h2>'


def _html_passage(passage: Passage) -> str:
    paragraphs = "".join(f"<p>{escape(part.strip())}</p>" for part in passage.text.split("\n\n") if part.strip())
    kind = "ai" if passage.by_ai else "person"
    signed = _signed(paragraphs, "<footer>{}</footer>", escape(_by(passage)))
    return f'<section class="{kind}" dir="auto">{signed}</section>'


def _html_picture(picture: Illustration) -> str:
    """Show a picture that is part of the page; a spoiler is folded away."""
    caption = f'<figcaption dir="auto">{escape(_caption(picture))}</figcaption>'
    if not picture.content:
        return f"<figure><p>{escape(_named(picture))}</p>{caption}</figure>"
    data = b64encode(picture.content).decode()
    shown = f'<img alt="{escape(picture.alt)}" src="data:{picture.media_type};base64,{data}">'
    if picture.is_spoiler:
        shown = f"<details><summary>{escape(say('stories.picture_spoiler'))}</summary>{shown}</details>"
    return f"<figure>{shown}{caption}</figure>"


def _named(picture: Illustration) -> str:
    """Say on one line what a picture shows, and what a reader should know before looking or why it is not there."""
    alt = " ".join(picture.alt.split())
    if not picture.content:
        return say("stories.picture_left_out", alt=alt)
    return say("stories.picture_spoiler_of", alt=alt) if picture.is_spoiler else alt


def _caption(picture: Illustration) -> str:
    """Say in short what is seen, where that gives nothing away and is not said already, and who or what made it."""
    if picture.is_spoiler or not picture.content:
        return picture.credit
    return say(
        "stories.picture_caption", alt=shorten(picture.alt, _CAPTION_CHARACTERS, placeholder="…"), credit=picture.credit
    )


def _signed(text: str, signature: str, name: str) -> str:
    return text + signature.format(name) if name else text


def _by(passage: Passage) -> str:
    """Name a passage's writer and who changed its words; what was removed is nobody's."""
    if passage.removed:
        return ""
    by = passage.author_name
    if passage.by_ai:
        by = say("stories.written_by_ai", name=by, model=passage.model or "")
    return say("stories.reworded", by=by, names=", ".join(passage.reworded_by)) if passage.reworded_by else by


def _heading() -> str:
    return say("stories.contributors")


def _credits(path: Sequence[Passage]) -> list[str]:
    return [
        say(
            "stories.share_of_ai" if share.by_ai else "stories.share",
            name=share.name,
            words=share.words,
            percent=share.percent,
        )
        for share in shares_of(path)
    ]


def _escaped(text: str) -> str:
    return "".join(f"\\{character}" if character in "\\`*_[]<>#" else character for character in text)


_SETTINGS = {
    ExportFormat.MARKDOWN: _Setting("md", _markdown_heading, _markdown_passage, _markdown_picture, _markdown_page),
    ExportFormat.TEXT: _Setting("txt", _plain_heading, _plain_passage, _plain_picture, _plain_page),
    ExportFormat.HTML: _Setting(
        "html", _html_heading, _html_passage, _html_picture, _html_page, gap="\n", holds_pictures=True
    ),
}
