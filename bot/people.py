"""Who asks and where, as plain values: what the rules need to know of Discord, and no more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a server; `is_admin` is Discord's Manage Server permission."""

    id: int
    name: str
    server_id: int
    is_admin: bool = False
    role_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel or thread; a thread takes its settings from `parent_id` where it has none of its own.

    A thread is age-restricted where its parent is.
    """

    id: int
    server_id: int
    parent_id: int | None = None
    is_age_restricted: bool = False
