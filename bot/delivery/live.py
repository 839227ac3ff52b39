"""What a job's messages say before it has ended: its place in line, then the text or the picture so far."""

from __future__ import annotations

from bot.delivery.draft import DraftFile, Page, ViewFactory
from bot.delivery.split import LIMIT, split
from bot.jobs.job import Glimpse, JobView
from bot.words import say

MARKER = " ▌"
"""Stands after the text while it is unfinished."""

BAR_CELLS = 16


def live_pages(view: JobView, cancel: ViewFactory) -> list[Page]:
    """Lay out a job that has not ended; the last page has the button that cancels it."""
    if not view.has_begun:  # with a seat it may still wait for the picture before it
        return [Page(notice=place_in_words(view), view=cancel)]
    if view.written:
        return [_writing_several(view.written, cancel)]
    if view.steps:
        return [_drawing(view.steps, view.glimpse, cancel)]
    if not view.text:
        return [Page(notice=say("delivery.reading"), view=cancel)]
    *full, growing = split(view.text.strip(), LIMIT - len(MARKER))
    pages = [Page(content, credit=say("delivery.goes_on")) for content in full]
    return [*pages, Page(growing + MARKER, credit=say("delivery.writing"), view=cancel)]


def _writing_several(progress: tuple[int, int], cancel: ViewFactory) -> Page:
    done, count = progress
    notice = say("delivery.written", done=done, count=count, bar=bar_of(done, count))
    return Page(notice=notice, credit=say("delivery.writing"), view=cancel)


def _drawing(progress: tuple[int, int], glimpse: Glimpse | None, cancel: ViewFactory) -> Page:
    done, steps = progress
    notice = say("delivery.drawing", step=done, steps=steps, bar=bar_of(done, steps))
    files = (_preview(glimpse),) if glimpse else ()
    return Page(notice=notice, credit=say("delivery.draws"), view=cancel, files=files)


def _preview(glimpse: Glimpse) -> DraftFile:
    return DraftFile("preview.jpg", glimpse.jpeg, say("delivery.preview"), glimpse.is_spoiler)


def bar_of(done: int, steps: int) -> str:
    """Draw how many of the steps are done."""
    filled = BAR_CELLS * min(done, steps) // steps
    return "▰" * filled + "▱" * (BAR_CELLS - filled)


def place_in_words(view: JobView) -> str:
    """Say a waiting job's place and estimate."""
    key = "delivery.next" if view.place in (None, 1) else "delivery.place"
    if view.estimate_s is None:
        return say(f"{key}_unknown", place=view.place or 1)
    return say(key, place=view.place or 1, estimate=estimate_in_words(view.estimate_s))


def estimate_in_words(seconds: float) -> str:
    """Say a wait as roughly as it is known: in fives of seconds, or in minutes."""
    if seconds < 5:
        return say("delivery.moment")
    if seconds < 90:
        return say("delivery.seconds", seconds=5 * round(seconds / 5))
    return say("delivery.minutes", minutes=round(seconds / 60))
