"""A Discord on this machine: REST, gateway and a page, for playing and for end-to-end tests."""

from sandbox.errors import NotAnswered, Refused
from sandbox.handles import Channel, Message, Modal, NeverHappened
from sandbox.person import Person
from sandbox.ratelimits import RateLimits
from sandbox.sandbox import Sandbox
from sandbox.storage import UnreadableState

__all__ = [
    "Channel",
    "Message",
    "Modal",
    "NeverHappened",
    "NotAnswered",
    "Person",
    "RateLimits",
    "Refused",
    "Sandbox",
    "UnreadableState",
]
