"""A story as a file: Markdown, plain text or a page of HTML, with everyone's share of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from importlib.resources import files

from bot.stories.filenames import safe_name
from bot.stories.shares import shares_of
from bot.stories.story import ExportFile, ExportFormat, Passage, Story
from bot.stories.trimming import close_fence
from bot.words import say

_ENDINGS = {ExportFormat.MARKDOWN: "md", ExportFormat.TEXT: "txt", ExportFormat.HTML: "html"}


def export_story(story: Story, path: Sequence[Passage], format: ExportFormat) -> ExportFile:
    """Set the passages of one branch in a format."""
    text = _WRITERS[format](story, path)
    return ExportFile(safe_name(story.title, _ENDINGS[format]), text.encode("utf-8"))


def _markdown(story: Story, path: Sequence[Passage]) -> str:
    passages = "\n\n".join(_signed(close_fence(passage.text), "\n\n*— {}*", _escaped(_by(passage))) for passage in path)
    credits_ = "\n".join(f"- {_escaped(line)}" for line in _credits(path))
    return f"# {_escaped(story.title)}\n\n{passages}\n\n---\n\n{_heading()}\n\n{credits_}\n"


def _plain(story: Story, path: Sequence[Passage]) -> str:
    passages = "\n\n".join(_signed(passage.text, "\n— {}", _by(passage)) for passage in path)
    credits_ = "\n".join(_credits(path))
    return f"{story.title}\n{'=' * len(story.title)}\n\n{passages}\n\n---\n{_heading()}\n{credits_}\n"


def _html(story: Story, path: Sequence[Passage]) -> str:
    page = files(__package__).joinpath("export.html").read_text(encoding="utf-8")
    filled = {
        "title": escape(story.title),
        "passages": "\n".join(map(_html_passage, path)),
        "heading": escape(_heading()),
        "credits": "\n".join(f"<li>{escape(line)}</li>" for line in _credits(path)),
    }
    # Split at the marks instead of replacing them one by one: a title may look like a mark.
    pieces = page.split("%%")
    return "".join(filled[piece] if index % 2 else piece for index, piece in enumerate(pieces))


def _html_passage(passage: Passage) -> str:
    paragraphs = "".join(f"<p>{escape(part.strip())}</p>" for part in passage.text.split("\n\n") if part.strip())
    kind = "ai" if passage.by_ai else "person"
    signed = _signed(paragraphs, "<footer>{}</footer>", escape(_by(passage)))
    return f'<section class="{kind}" dir="auto">{signed}</section>'


def _signed(text: str, signature: str, name: str) -> str:
    return text + signature.format(name) if name else text


def _by(passage: Passage) -> str:
    """Name a passage's writer; what was removed is nobody's."""
    if passage.removed:
        return ""
    if passage.by_ai:
        return say("stories.written_by_ai", name=passage.author_name, model=passage.model or "")
    return passage.author_name


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


_WRITERS: dict[ExportFormat, Callable[[Story, Sequence[Passage]], str]] = {
    ExportFormat.MARKDOWN: _markdown,
    ExportFormat.TEXT: _plain,
    ExportFormat.HTML: _html,
}
