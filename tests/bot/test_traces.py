"""What the log may know of an error."""

from __future__ import annotations

from bot.traces import trace_of

SECRET = "what Ada wrote"


def test_a_trace_has_lines_and_types_of_all_causes_and_no_message() -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise ValueError(SECRET) from cause
    except ValueError as error:
        trace = trace_of(error)
    assert trace.index("KeyError") < trace.index("ValueError")
    assert trace.splitlines()[-1] == "ValueError"
    assert "test_traces.py" in trace
    assert SECRET not in trace
