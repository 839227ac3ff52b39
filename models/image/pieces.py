"""A function that can be left in the middle and gone on with later, in one thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from greenlet import getcurrent, greenlet

T = TypeVar("T")


class Pieces(Generic[T]):
    """Run a call up to one `pause` after the other.

    All of it runs in the thread that advances it, with gradients off. Torch keeps that setting by thread, and a call
    that is left within `torch.no_grad` would leave it to whoever works next.
    """

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self._course = _Course(self._run)
        self._results: list[T] = []

    @property
    def result(self) -> T:
        """What the call returned; there once `advance` has said that nothing is left."""
        return self._results[0]

    def advance(self) -> bool:
        """Go on to the next pause; return whether there is anything left. What the call raises comes out here."""
        self._enter(self._course.switch)
        return not self._course.dead

    def stop(self) -> None:
        """Have the pause where the call stands raise `GreenletExit`, if it stands: it lets go of all that it holds."""
        if not self._course.dead:
            self._enter(self._course.throw)

    def _enter(self, way: Callable[[], object]) -> None:
        import torch

        self._course.parent = getcurrent()
        with torch.no_grad():
            way()

    def _run(self) -> None:
        self._results.append(self._call())


class _Course(greenlet):  # type: ignore[misc]
    """The marked kind of greenlet, so that `pause` does nothing in any other."""


def pause() -> None:
    """Leave the call that is being run in pieces until it is advanced again; do nothing outside of one."""
    current = getcurrent()
    if isinstance(current, _Course) and current.parent is not None:
        current.parent.switch()
