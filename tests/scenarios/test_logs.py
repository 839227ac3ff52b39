"""An evening leaves its ids and times in the logs, and not one word of what was written."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest

from bot.logs import configure_logs
from tests.logging_state import kept_logging
from tests.scenarios.conftest import Evening, is_finished
from tests.scripted import ScriptedEngine

WORDS = {
    "title": "Quenched lanterns",
    "opening": "Marmalade drowned the harbour.",
    "own": "Seventeen herons applauded.",
    "steer": "sulphurous comedy",
    "ai": "Whereupon the ferry sneezed.",
    "failing": "Inkwells conspired.",
    "memory": "The mayor is a walrus.",
}


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    with kept_logging():
        yield io.StringIO()


async def test_no_word_that_a_member_or_the_ai_writes_is_logged_even_at_debug(
    evening: Evening, engine: ScriptedEngine, lines: io.StringIO
) -> None:
    configure_logs("debug", "json", lines)
    ada = evening.person("Ada")
    await evening.story(ada, WORDS["title"], opening=WORDS["opening"])
    form = await ada.slash(evening.lounge, "story memory")
    await ada.submit(form, text=WORDS["memory"])
    engine.enqueue([WORDS["ai"]])
    await ada.slash(evening.lounge, "story continue", text=WORDS["own"], steer=WORDS["steer"])
    await evening.lounge.next_message(is_finished)
    engine.enqueue([WORDS["failing"], RuntimeError("the model fell over")])
    failed = await ada.slash(evening.lounge, "story continue")
    await failed.until(lambda message: bool(message.content) and not message.labels)
    assert {name for name, words in WORDS.items() if words in lines.getvalue()} == set()


async def test_an_evening_can_be_followed_in_the_logs(
    evening: Evening, engine: ScriptedEngine, lines: io.StringIO
) -> None:
    configure_logs("info", "json", lines)
    ada = evening.person("Ada")
    await evening.story(ada)
    await evening.ai_passage(ada)
    events = [json.loads(line) for line in lines.getvalue().splitlines()]
    jobs = [event for event in events if "job" in event]
    assert [event["event"][0] for event in jobs][:2] == ["→", "←"]
    assert {event["job"] for event in jobs} == {1}
