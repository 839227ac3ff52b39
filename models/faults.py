"""What a model's own exceptions are called, and how what they hold is let go."""

from __future__ import annotations

import traceback

from models.errors import EngineError, ModelFault, OutOfMemory

FULL = ("can't allocate memory", "CUDA error: out of memory", "CUBLAS_STATUS_ALLOC_FAILED")
"""What torch says in other errors: on the processor, and where a card's memory is taken past its allocator."""


def named(error: Exception) -> EngineError:
    """Give an exception from a model its name; the original stays attached for the log."""
    if isinstance(error, EngineError):
        return error
    let_go(error)
    fault: EngineError
    if is_out_of_memory(error):
        fault = OutOfMemory("the device had no room for this request")
    else:
        fault = ModelFault(f"the model failed on this request ({type(error).__name__})")
    fault.__cause__ = error
    return fault


def let_go(error: BaseException) -> None:
    """Free what the frames of a failed pass hold on the device, however long the exception itself is kept."""
    traceback.clear_frames(error.__traceback__)


def is_out_of_memory(error: Exception) -> bool:
    """Tell whether an exception says that memory is full."""
    import torch

    if isinstance(error, (MemoryError, torch.OutOfMemoryError)):
        return True
    return isinstance(error, RuntimeError) and any(words in str(error) for words in FULL)
