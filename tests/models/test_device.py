"""The device's thread outlives what fails on it."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from models.device import DeviceThread
from models.errors import EngineClosed, EngineError, ModelFault


class Counter:
    """Work that counts its steps down, and breaks where it is told to."""

    def __init__(self) -> None:
        self.left = 0
        self.breaks = self.cannot_answer = False
        self.errors: list[EngineError] = []

    def step(self) -> bool:
        if self.breaks:
            self.breaks = False
            raise RuntimeError("boom")
        self.left = max(0, self.left - 1)
        return self.left > 0

    def fail_all(self, error: EngineError) -> None:
        if self.cannot_answer:
            raise RuntimeError("nobody hears")
        self.errors.append(error)


def asked(thread: DeviceThread[Counter], attribute: str) -> object:
    """Read an attribute in the thread."""
    answer: Future[object] = Future()
    thread.post(lambda work: answer.set_result(getattr(work, attribute)))
    return answer.result(timeout=5)


def test_it_works_until_nothing_is_left() -> None:
    thread = DeviceThread(Counter)
    thread.post(lambda work: setattr(work, "left", 5))
    while asked(thread, "left"):
        pass
    thread.close()


def test_it_survives_a_step_and_a_command_that_break() -> None:
    work = Counter()
    thread = DeviceThread(lambda: work)
    thread.post(lambda work: setattr(work, "breaks", True))
    thread.post(lambda work: 1 / 0)
    assert asked(thread, "left") == 0
    thread.close()
    assert [type(error) for error in work.errors] == [ModelFault, ModelFault, EngineClosed]


def test_it_survives_errors_that_cannot_be_told_and_ends_in_peace() -> None:
    work = Counter()
    work.cannot_answer = True
    thread = DeviceThread(lambda: work)
    thread.post(lambda work: 1 / 0)
    thread.post(lambda work: setattr(work, "breaks", True))
    thread.post(lambda work: setattr(work, "left", 5))
    while asked(thread, "left"):
        pass
    thread.close()
    assert work.errors == []


def test_a_build_that_fails_is_told() -> None:
    def build() -> Counter:
        raise ValueError("no device")

    thread = DeviceThread(build)
    with pytest.raises(ValueError, match="no device"):
        thread.ready.result(timeout=5)
    thread.close()
