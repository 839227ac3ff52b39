"""The engine's door: one small protocol that everything else in the house hangs on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from models.events import Event
from models.requests import PromptPart, Request, Shape, TextRequest


@dataclass(frozen=True, slots=True)
class PartCount:
    """How one part of a prompt was laid out: its tokens, and whether it was dropped to fit the window."""

    part: PromptPart
    tokens: int
    dropped: bool


@dataclass(frozen=True, slots=True)
class PromptLayout:
    """Exactly what the model reads for a request: the rendered text, its token count, and each part's share."""

    text: str
    tokens: int
    window_tokens: int
    parts: tuple[PartCount, ...]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What `/about` says of a model: names and facts, no paths.

    One that `is_small` is there to try Salon out: its words keep their form and mean little.
    """

    name: str
    licence: str
    precision: str
    device: str
    window_tokens: int
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class ImageCard:
    """What a picture pipeline is and can: names and facts, no paths.

    `sizes` are its own sizes in px (width, height); `largest` is the most it draws when a picture is made larger, None
    where it cannot. `edits` says how it changes a picture: by an instruction in words, by a strength, or not at all.
    `references` is how many pictures it can look at; `takes_mask`, whether it changes only a part of one.
    """

    name: str
    licence: str
    precision: str
    device: str
    sizes: Mapping[Shape, tuple[int, int]]
    steps: int
    guidance: float
    takes_avoid: bool
    edits: Literal["instruction", "strength"] | None = None
    references: int = 0
    largest: tuple[int, int] | None = None
    takes_lora: bool = False
    takes_mask: bool = False


@dataclass(frozen=True, slots=True)
class EngineStats:
    """Measured speeds and loads; the queue's estimates come from these."""

    running: int
    waiting: int
    decode_tokens_per_s: float
    prefill_tokens_per_s: float
    cache_bytes: int
    peak_memory_bytes: int
    image_step_ms: float = 0.0


class Engine(Protocol):
    """Anything that turns requests into events: a device in this process, a cluster, a remote server."""

    @property
    def card(self) -> ModelCard:
        """Say which language model this is."""
        ...

    @property
    def image_card(self) -> ImageCard | None:
        """Say which pipeline draws; None where none does."""
        ...

    @property
    def sight_card(self) -> ModelCard | None:
        """Say which model looks at pictures; None where none does."""
        ...

    def run(self, request: Request) -> AsyncIterator[Event]:
        """Work on a request and yield its events; closing the iterator cancels the work.

        Raises an `EngineError` from the iterator when the request fails.
        """
        ...

    def seats(self, kind: type[Request]) -> int:
        """Say how many requests of a kind are worked on at once."""
        ...

    def stats(self) -> EngineStats:
        """Report measured speeds and loads."""
        ...

    async def layout(self, request: TextRequest) -> PromptLayout:
        """Lay out a request's prompt as `run` would, without running it."""
        ...
