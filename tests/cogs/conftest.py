"""Passages and stories to show, and the commands as Discord gets them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.stories.story import Passage, Story

AT = datetime(2026, 11, 23, tzinfo=UTC)


def passage(id: int, text: str = "It rained.", parent_id: int | None = None, **fields: Any) -> Passage:
    """Make a passage by Ada, or by the AI with `by_ai=True`."""
    author = (
        {"author_id": None, "author_name": "Salon"} if fields.get("by_ai") else {"author_id": 1, "author_name": "Ada"}
    )
    return Passage(id, 1, parent_id, text=text, written_at=AT, **author | fields)


def story(tip_id: int | None = None, **fields: Any) -> Story:
    """Make a story called The Lighthouse."""
    told = {"title": "The Lighthouse", "style": "Plain", "memory": "", "note": ""} | fields
    return Story(1, 10, 100, 1, tip_id=tip_id, created_at=AT, **told)
