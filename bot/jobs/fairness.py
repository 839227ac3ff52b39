"""Whose turn is it? Virtual counters of device time, as in VTC (Sheng et al., OSDI 2024); pure.

Each account counts the device milliseconds it was served, divided by its weight; the smallest is served next. Two
things differ from a plain sum:

- An account that comes back after a pause starts at the smallest counter of those that are active, so that nobody
  saves up credit by staying away. When nobody is active, it starts no lower than the account that was served last.
- The cost of a request is known only at its end. Its expected cost is promised at admission and counts when the
  smallest is chosen, or one member's twenty requests would all be admitted while their cost still reads zero. At the
  end the promise is replaced by what was measured. Who comes back is measured against what was paid, not against
  promises: the device time of requests that still run has not been had yet.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Set
from copy import copy
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(slots=True)
class _Account:
    paid: float = 0.0
    promised: float = 0.0

    @property
    def counter(self) -> float:
        return self.paid + self.promised


class Accounts(Generic[Key]):
    """The virtual counters of one level: of servers, or of the members of one server.

    `paid` is what each one had when the counters were stored, the one served last at the end.
    """

    def __init__(self, paid: Mapping[Key, float] | None = None) -> None:
        self._accounts = {key: _Account(amount) for key, amount in (paid or {}).items()}
        self._served_last = next(reversed(self._accounts), None)
        self._active: set[Key] = set()

    @property
    def active(self) -> Set[Key]:
        """Return who has entered and not left."""
        return self._active

    def start(self, key: Key) -> float:
        """Return what an account counts as paid when it enters now, in weighted ms."""
        paid = self._accounts[key].paid if key in self._accounts else 0.0
        return paid if key in self._active else max(paid, self._floor())

    def enter(self, key: Key) -> None:
        """Count an account among the active, lifted to where it may start."""
        start = self.start(key)
        self._accounts.setdefault(key, _Account()).paid = start
        self._active.add(key)

    def resume(self, keys: Set[Key]) -> None:
        """Count among the active those that were so when the counters were stored; only new ones are lifted."""
        self._active |= keys & self._accounts.keys()
        for key in keys:
            self.enter(key)

    def leave(self, key: Key) -> None:
        """Count an account among the active no more; what it paid stays."""
        self._active.discard(key)

    def promise(self, key: Key, amount: float) -> None:
        """Charge the expected cost of a request that is admitted, or a change of it, in weighted ms."""
        self._accounts[key].promised += amount

    def settle(self, key: Key, promised: float, amount: float) -> None:
        """Replace what was promised for a request by what it cost, in weighted ms."""
        account = self._accounts[key]
        account.promised = max(account.promised - promised, 0.0)
        if amount > 0:
            account.paid += amount
            self._served_last = key

    def counter(self, key: Key) -> float:
        """Return what an account has had and is promised, in weighted ms."""
        return self._accounts[key].counter

    def paid(self, key: Key) -> float:
        """Return what an account has had, in weighted ms."""
        return self._accounts[key].paid

    def copy(self) -> Accounts[Key]:
        """Return the active accounts, to go their own way from here in a forecast, which nobody joins."""
        twin: Accounts[Key] = Accounts()
        twin._accounts = {key: copy(self._accounts[key]) for key in self._active}
        twin._active = set(self._active)
        return twin

    def _floor(self) -> float:
        if self._active:
            return min(self._accounts[key].paid for key in self._active)
        return self._accounts[self._served_last].paid if self._served_last in self._accounts else 0.0
