"""What the engine is asked: frozen values without tensors, futures or Discord objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Who speaks a part of a prompt, in the words of chat templates."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class PromptPart:
    """One piece of a prompt: `label` names it to people, `droppable` lets it give way when the window is full."""

    label: str
    role: Role
    text: str
    droppable: bool = False


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is drawn; DRY (repetition control) is off while its multiplier is 0.

    XTC, with its probability, leaves out all but the least likely of the tokens that reach its threshold.
    """

    temperature: float = 0.8
    top_p: float = 0.95
    min_p: float = 0.05
    dry_multiplier: float = 0.8
    dry_base: float = 1.75
    dry_allowed_length: int = 2
    xtc_probability: float = 0.0
    xtc_threshold: float = 0.1
    seed: int = 0


@dataclass(frozen=True, slots=True)
class TextRequest:
    """Write on from `parts`, at most `max_new_tokens`; requests with one `warm_key` share a warm cache row.

    With a `schema`, a JSON schema as text, the answer is JSON that keeps to it, unless `max_new_tokens` cuts it off.
    With a `grammar` instead, in the notation of Lark, the answer is a text that keeps to that.
    The text never says one of the `banned` phrases, in any case: whole words, or with `*` at the end every word that
    begins so.
    """

    id: str
    parts: tuple[PromptPart, ...]
    max_new_tokens: int = 200
    sampling: Sampling = field(default_factory=Sampling)
    stop: tuple[str, ...] = ()
    warm_key: str | None = None
    schema: str | None = None
    grammar: str | None = None
    banned: tuple[str, ...] = ()


class Shape(StrEnum):
    """The shape of a picture; how many pixels that is, the pipeline's card says."""

    SQUARE = "square"
    WIDE = "wide"
    TALL = "tall"


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """Draw one picture a seed, of `width` x `height` px; `steps` and `guidance` None leave the choice to the preset.

    `image` is an encoded picture to begin from: with a pipeline that edits by strength the drawing keeps the more of it
    the lower `strength` (0 to 1) is, with one that edits by instruction the prompt says what to change. `references`
    are encoded pictures that the pipeline looks at. `mask` is an encoded picture that is white where `image` may
    change. `lora` is a hub id or a folder.
    """

    id: str
    prompt: str
    seeds: tuple[int, ...]
    width: int
    height: int
    avoid: str = ""
    steps: int | None = None
    guidance: float | None = None
    image: bytes | None = None
    strength: float = 0.6
    references: tuple[bytes, ...] = ()
    lora: str | None = None
    mask: bytes | None = None


@dataclass(frozen=True, slots=True)
class SightRequest:
    """Look at an encoded picture and answer `question` in at most `max_new_tokens`."""

    id: str
    image: bytes
    question: str
    max_new_tokens: int = 200


Request = TextRequest | ImageRequest | SightRequest
