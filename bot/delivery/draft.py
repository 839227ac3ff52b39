"""What a job's messages say, as values: drafts by whoever knows the job's kind, and the pages they fill."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from bot.delivery.split import LIMIT, SEAM, join, split, utf16_length
from bot.jobs.job import Job
from bot.words import say

if TYPE_CHECKING:
    from discord.ui import View

ViewFactory = Callable[[], "View"]

_ADDRESS = re.compile(rf"<@\d+>{SEAM}(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file to send along, behind a spoiler if need be; `alt` describes it to those who cannot see it."""

    name: str
    content: bytes
    alt: str = ""
    is_spoiler: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """The finished answer to a job: exactly its text, and beside it who wrote it, its buttons and its files.

    `credit` stands beside the last message and `mark` beside each before it; both must name the AI where an AI wrote
    the text: they are what people see. A `notice`, of at most 4,096 characters, stands below the text in a frame. What
    `heads` an answer stands in the same message with it, as the words that were asked for stand above a picture.
    """

    text: str
    credit: str = ""
    mark: str = ""
    view: ViewFactory | None = None
    files: tuple[DraftFile, ...] = ()
    heads: bool = False
    notice: str = ""

    def without_files(self) -> Draft:
        """Say in place of the files that they are too large to be sent."""
        return self._with_note(say("delivery.too_large"), ())

    def in_private(self) -> Draft:
        """Leave out what is for servers alone: buttons, and pictures behind spoilers, as some are explicit."""
        private = replace(self, view=None)
        seen = tuple(file for file in self.files if not file.is_spoiler)
        return private if seen == self.files else private._with_note(say("delivery.not_in_private"), seen)

    def _with_note(self, note: str, files: tuple[DraftFile, ...]) -> Draft:
        return replace(self, text=f"{self.text}\n\n{note}".strip(), files=files)


class Presenter(Protocol):
    """Knows what the jobs of a kind look like."""

    async def opening(self, job: Job) -> Sequence[Draft]:
        """Draft what stands above the answer from the start: what the member wrote together with the request."""
        ...

    async def present(self, job: Job) -> Draft:
        """Draft the answer to a job that is done; a `SalonError` is said in its place."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """One message: `content` is the text's alone; `notice` and `credit` are about it and stand in an embed."""

    content: str = ""
    notice: str = ""
    credit: str = ""
    view: ViewFactory | None = None
    files: tuple[DraftFile, ...] = ()


def final_pages(draft: Draft, address: str = "") -> list[Page]:
    """Lay a draft out as messages; `address` (a mention) goes before the first."""
    if not draft.text:
        return [_last(draft, address.rstrip())]
    first, *others = split(draft.text, LIMIT - utf16_length(address))
    *begun, last = [address + first, *others]
    pages = [Page(content, credit=draft.mark) for content in begun]
    return [*pages, _last(draft, last)]


def _last(draft: Draft, content: str) -> Page:
    return Page(content, draft.notice, draft.credit, draft.view, draft.files)


def all_pages(drafts: Sequence[Draft], address: str = "") -> list[Page]:
    """Lay drafts out one below the other; `address` goes before the first."""
    first, *others = _headed(drafts)
    return [*final_pages(first, address), *(page for draft in others for page in final_pages(draft))]


def pages_below(opening: Sequence[Draft], pages: Sequence[Page]) -> list[Page]:
    """Lay out an unfinished answer below its opening; where there is room, in one message with what heads it."""
    above = [page for draft in opening for page in final_pages(draft)]
    if not (opening and opening[-1].heads):
        return [*above, *pages]
    first, *others = pages
    together = f"{above[-1].content}\n{first.content}".rstrip()
    if utf16_length(together) > LIMIT:
        return [*above, *pages]
    return [*above[:-1], replace(first, content=together), *others]


def _headed(drafts: Sequence[Draft]) -> list[Draft]:
    """Put what heads an answer into the answer."""
    headed: list[Draft] = []
    for draft in drafts:
        head = headed.pop().text if headed and headed[-1].heads else ""
        headed.append(replace(draft, text=f"{head}\n{draft.text}".strip()) if head else draft)
    return headed


def address_of(member_id: int) -> str:
    """Write the line that calls a member to the message below it."""
    return f"<@{member_id}>{SEAM}\n"


def visible_text(contents: Iterable[str]) -> str:
    """Recover from the contents of a job's messages, in order, exactly the text of its draft."""
    first, *others = contents
    address = _ADDRESS.match(first)
    return join([first[address.end() :] if address else first, *others])
