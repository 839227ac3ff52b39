"""Logs: one line an event, no tokens, and nothing that the talkative libraries would print."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure_logs
from tests.logging_state import kept_logging


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    with kept_logging():
        yield


@pytest.fixture
def lines() -> io.StringIO:
    return io.StringIO()


def test_an_event_is_one_json_line_with_its_ids_and_its_time(lines: io.StringIO) -> None:
    configure_logs("info", "json", lines)
    structlog.get_logger("bot.jobs").info("← job", job=7, ms=120)
    event = json.loads(lines.getvalue())
    assert (event["event"], event["job"], event["ms"], event["level"]) == ("← job", 7, 120, "info")
    assert event["timestamp"].endswith("Z")


def test_an_event_is_one_line_for_people(lines: io.StringIO) -> None:
    configure_logs("info", "console", lines)
    structlog.get_logger("bot.jobs").info("← job", job=7)
    assert lines.getvalue().count("\n") == 1
    assert "← job" in lines.getvalue()
    assert "job=7" in lines.getvalue()


def test_where_there_is_no_terminal_auto_is_json(lines: io.StringIO) -> None:
    configure_logs("info", "auto", lines)
    structlog.get_logger().info("→ salon")
    assert json.loads(lines.getvalue())["event"] == "→ salon"


def test_what_is_below_the_level_is_not_logged(lines: io.StringIO) -> None:
    configure_logs("warning", "json", lines)
    structlog.get_logger().info("→ job")
    assert lines.getvalue() == ""


def test_libraries_log_the_same_way(lines: io.StringIO) -> None:
    configure_logs("info", "json", lines)
    logging.getLogger("discord.gateway").warning("Shard ID %s has stopped", 0)
    assert json.loads(lines.getvalue())["event"] == "Shard ID 0 has stopped"


@pytest.mark.parametrize("name", ["discord.http", "discord.gateway", "aiosqlite"])
def test_libraries_that_would_print_payloads_do_not_even_at_debug(lines: io.StringIO, name: str) -> None:
    configure_logs("debug", "json", lines)
    logging.getLogger(name).debug("payload %s", "It was a dark night")
    assert lines.getvalue() == ""


@pytest.mark.parametrize("style", ["json", "console"])
def test_interaction_tokens_are_hidden_wherever_they_stand(lines: io.StringIO, style: str) -> None:
    configure_logs("info", style, lines)
    logging.getLogger("discord.http").warning(
        "429 at %s", "https://d/api/v10/webhooks/12/aW50.token/messages/@original"
    )
    structlog.get_logger().info("! refused", path="/interactions/12/aW50.token/callback")
    assert "aW50" not in lines.getvalue()
    assert "webhooks/12/***/messages" in lines.getvalue()


@pytest.mark.parametrize("style", ["json", "console"])
@pytest.mark.parametrize(
    "log", [structlog.get_logger("bot"), logging.getLogger("asyncio")], ids=["ours", "a library's"]
)
def test_a_failure_is_logged_with_its_trace_and_without_what_was_written(
    lines: io.StringIO, style: str, log: logging.Logger
) -> None:
    configure_logs("info", style, lines)
    passage = "".join(["It was ", "a dark night"])
    try:
        raise KeyError(passage)
    except KeyError:
        log.exception("! command")
    assert "test_logs.py" in lines.getvalue()
    assert "KeyError" in lines.getvalue()
    assert passage not in lines.getvalue()


def test_on_a_console_a_trace_has_lines_of_its_own(lines: io.StringIO) -> None:
    configure_logs("info", "console", lines)
    structlog.get_logger().error("! unknown", id="ab12", trace="first line\nValueError")
    assert lines.getvalue().splitlines()[1:] == ["first line", "ValueError"]
