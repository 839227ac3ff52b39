"""Every failure a member can meet has a class here, and carries the key of the sentence that tells them."""

from __future__ import annotations

from bot.words import Value, say


class SalonError(Exception):
    """A known failure; `key` finds its sentence in bot/words and `values` fill it."""

    def __init__(self, key: str, **values: Value) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        """Say it in one sentence for the member who meets it."""
        return say(self.key, **self.values)


class BadInput(SalonError):
    """What was given cannot be used; nothing has changed."""


class NotFound(SalonError):
    """What was asked for is not there, or not in this server."""


class NotAllowed(SalonError):
    """The member may not do this, or not now."""


class Forbidden(NotAllowed):
    """The words themselves are refused, so that it is no use to send them again."""


class LineFull(SalonError):
    """The line in front of the device is at one of its bounds; nothing was stored."""


class Unavailable(SalonError):
    """A part of Salon cannot do its work now: the database, the disk, the model."""


class NotStored(Unavailable):
    """The database could not take a change, or answer, just now; nothing has changed, and it may be tried again."""
