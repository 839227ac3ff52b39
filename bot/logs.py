"""One line an event, for a person at a terminal or, as JSON, for a machine; ids and times, never members' words.

Events begin with a sign: `→` started, `←` done, `⊘` cancelled, `!` failed. What libraries log passes the same way out.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.traces import trace_of

# At debug level these print payloads, rows or addresses with tokens in them: members' words are in there.
_TALKATIVE = {"discord": logging.WARNING, "aiosqlite": logging.INFO, "aiohttp.access": logging.WARNING}
# An interaction's token stands in its address and lets anyone who reads the log answer in the bot's name.
_TOKEN_IN_ADDRESS = re.compile(r"((?:webhooks|interactions)/\d+/)[^/\s?]+")


def configure_logs(level: str = "info", style: str = "auto", stream: TextIO | None = None) -> None:
    """Send all logs to `stream` (standard error); `style` is console, json, or auto (console on a terminal)."""
    stream = stream or sys.stderr
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    as_console = style == "console" or (style == "auto" and stream.isatty())
    handler.setFormatter(_formatter(_console(stream) if as_console else _json()))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, floor in _TALKATIVE.items():
        logging.getLogger(name).setLevel(max(floor, logging.getLevelNamesMapping()[level.upper()]))
    logging.captureWarnings(True)


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _trace_failures,
        _hide_interaction_tokens,
    ]


def _formatter(last: list[Processor]) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )


def _console(stream: TextIO) -> list[Processor]:
    plain = structlog.dev.plain_traceback
    renderer = structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=plain, pad_event_to=24)
    return [_trace_below, renderer]


def _json() -> list[Processor]:
    return [structlog.processors.JSONRenderer(ensure_ascii=False)]


def _trace_failures(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Log where an exception came from, and not its message: what libraries raise and log may quote members."""
    raised = event.pop("exc_info", None)
    error = (sys.exc_info() if raised is True else raised)[1] if raised else None
    return event if error is None else {**event, "trace": trace_of(error)}


def _trace_below(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Let a trace stand in lines of its own below the event, where the console shows exceptions."""
    return {"exception" if name == "trace" else name: value for name, value in event.items()}


def _hide_interaction_tokens(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    return {key: _hidden(value) if isinstance(value, str) else value for key, value in event.items()}


def _hidden(text: str) -> str:
    return _TOKEN_IN_ADDRESS.sub(r"\1***", text)
