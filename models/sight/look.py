"""One look at one picture: what is shown to the model, and the answer as far as it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.text.sequence import Sequence


@dataclass(eq=False, slots=True)
class Look:
    """A request on its way; `ticket` is the number that its events are posted under.

    `shown` is what the model takes beside the tokens (pixels and their masks) until it has seen the picture; `memory`
    holds the keys and values of all that it has read from then on.
    """

    ticket: int
    shown: dict[str, Any]
    answer: Sequence
    memory: Any = None
