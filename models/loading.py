"""What loading has in common, whatever is loaded: its progress, and what to say when it fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from models.errors import ModelUnavailable, OutOfMemory

T = TypeVar("T")
Progress = Callable[[str, float], None]
"""Is told what is being done, and how much of it is behind (0 to 1)."""


def silent(doing: str, done: float) -> None:
    """Show no progress."""


def explained(name: str, unfit: str, load: Callable[[], T]) -> T:
    """Turn a loader's exceptions into one sentence about what to do; `unfit` says what the files are no good for."""
    import torch
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError

    try:
        return load()
    except (MemoryError, torch.OutOfMemoryError) as error:
        raise OutOfMemory(f"{name} does not fit into memory: choose a smaller model or the precision nf4") from error
    except (OSError, ValueError, RuntimeError, TypeError, KeyError, AttributeError) as error:
        cause = error.__cause__ or error
        if isinstance(cause, GatedRepoError):
            hint = "its owner asks for consent: accept the licence on its page and log in with `hf auth login`"
        elif isinstance(cause, RepositoryNotFoundError):
            hint = "the hub knows no model of this name: check the spelling, or log in if it is private"
        elif isinstance(error, OSError):
            hint = "it is neither a folder with a model nor could it be downloaded: check the name and the network"
        else:
            hint = f"{unfit} ({type(error).__name__})"
        raise ModelUnavailable(f"{name} cannot be loaded: {hint}") from error


def licence_of(source: str | Path) -> str:
    """Read the licence from a model's card, if there is one."""
    from huggingface_hub import ModelCard as HubCard

    try:
        path = Path(source) / "README.md"
        return str(HubCard.load(path if Path(source).is_dir() else str(source)).data.license or "unknown")
    except Exception:
        return "unknown"
