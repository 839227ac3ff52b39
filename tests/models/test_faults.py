"""What failures on the device are called."""

from __future__ import annotations

import pytest
import torch

from models.errors import EmptyPrompt, EngineError, ModelFault, OutOfMemory
from models.faults import named


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB"),
        RuntimeError("[enforce fail at alloc_cpu.cpp:124] DefaultCPUAllocator: can't allocate memory"),
        torch.AcceleratorError("CUDA error: out of memory"),
        RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
    ],
    ids=["python", "allocator", "processor", "driver", "cublas"],
)
def test_full_memory_is_known_in_all_its_shapes(error: Exception) -> None:
    fault = named(error)
    assert type(fault) is OutOfMemory
    assert fault.__cause__ is error


@pytest.mark.parametrize(
    "error", [ValueError("the prompt said: can't allocate memory"), RuntimeError("CUDA error: device-side assert")]
)
def test_other_failures_are_the_models(error: Exception) -> None:
    assert type(named(error)) is ModelFault


def test_what_has_a_name_keeps_it() -> None:
    error: EngineError = EmptyPrompt("no words")
    assert named(error) is error
