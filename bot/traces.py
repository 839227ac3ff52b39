"""Where an error came from, for the log: an exception's message may quote what a member wrote, its trace does not."""

from __future__ import annotations

import traceback


def trace_of(error: BaseException) -> str:
    """Return the lines of code and the types of an error and its causes, the first cause first; no values."""
    cause = error.__cause__ or error.__context__
    before = [trace_of(cause)] if cause is not None else []
    lines = [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
    return "\n".join([*before, *lines, type(error).__qualname__])
