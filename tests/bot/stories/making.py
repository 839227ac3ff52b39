"""Stories, passages and people for tests, with what a test does not care about filled in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.people import Channel, Member
from bot.stories.story import Passage, Story

SERVER, CHANNEL_ID = 1, 10
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

CHANNEL = Channel(CHANNEL_ID, SERVER)
ANA = Member(101, "Ana", SERVER)
BEN = Member(102, "Ben", SERVER)
CEM = Member(103, "Cem", SERVER)
ADMIN = Member(104, "Ada", SERVER, is_admin=True)


def a_story(**values: Any) -> Story:
    told: dict[str, Any] = {
        "id": 1,
        "server_id": SERVER,
        "channel_id": CHANNEL_ID,
        "host_id": ANA.id,
        "title": "The Lighthouse",
        "style": "Plain",
        "memory": "",
        "note": "",
        "tip_id": None,
        "created_at": NOON,
    }
    return Story(**told | values)


def by(member: Member, id: int, text: str = "Words.", **values: Any) -> Passage:
    told = {"story_id": 1, "parent_id": id - 1 or None, "written_at": NOON}
    return Passage(id=id, author_id=member.id, author_name=member.name, text=text, **told | values)


def by_ai(id: int, text: str = "Words.", **values: Any) -> Passage:
    told = {"story_id": 1, "parent_id": id - 1 or None, "written_at": NOON, "model": "tiny"}
    return Passage(id=id, author_id=None, author_name="Salon", text=text, by_ai=True, **told | values)


def removed(id: int) -> Passage:
    return Passage(id, 1, id - 1 or None, None, "[removed]", "[removed]", NOON, removed=True)
