"""The one thread that owns the device. It outlives whatever fails on it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from typing import Generic, Protocol, TypeVar

from models.errors import EngineClosed, EngineError, ModelFault


class Work(Protocol):
    """What the thread does: one bounded step after another while there is something to do."""

    def step(self) -> bool:
        """Do one piece of work; return whether there was any."""
        ...

    def fail_all(self, error: EngineError) -> None:
        """Answer everyone who waits with an error."""
        ...


W = TypeVar("W", bound=Work)
Command = Callable[[W], object]


class DeviceThread(Generic[W]):
    """Build the work in a thread of its own and run it there; commands from outside run between two steps."""

    def __init__(self, build: Callable[[], W]) -> None:
        self.ready: Future[None] = Future()
        self._build = build
        self._commands: SimpleQueue[Command[W] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="device", daemon=True)
        self._thread.start()

    def post(self, command: Command[W]) -> None:
        """Have a command run in the thread, before its next step."""
        self._commands.put(command)

    def close(self) -> None:
        """Stop after the step at hand, and wait for it; those who still wait are answered with `EngineClosed`.

        Building is not waited for: it may take minutes, and whoever closes now wants to go.
        """
        self._commands.put(None)
        if self.ready.done():
            self._thread.join()

    def _run(self) -> None:
        self.ready.set_running_or_notify_cancel()  # so that it stays ours to set when the one who waits for it goes
        try:
            work = self._build()
        except BaseException as error:
            self.ready.set_exception(error)
            return
        self.ready.set_result(None)
        busy = False
        while self._obey(work, wait=not busy):
            busy = self._guard(work, lambda work: work.step())
        _fail_all(work, EngineClosed("the engine was shut down"))

    def _obey(self, work: W, *, wait: bool) -> bool:
        """Run all commands that lie there, waiting for one if there is nothing else to do; return False to stop."""
        while wait or not self._commands.empty():
            command = self._commands.get()
            if command is None:
                return False
            self._guard(work, command)
            wait = False
        return True

    def _guard(self, work: W, command: Command[W]) -> bool:
        """Run a command; one that fails has failed everyone's request, and the thread goes on."""
        try:
            return bool(command(work))
        except Exception as error:
            fault = ModelFault(f"the engine stumbled ({type(error).__name__})")
            fault.__cause__ = error
            _fail_all(work, fault)
            return True


def _fail_all(work: Work, error: EngineError) -> None:
    """Answer everyone with an error; whom that fails for must not cost all others the thread."""
    with suppress(Exception):
        work.fail_all(error)
