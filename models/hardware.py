"""The device that models run on: which one, and how much memory it has."""

from __future__ import annotations

from typing import Any, Literal

from models.errors import ModelUnavailable

Device = Literal["auto", "cpu", "cuda"]

MIB = 2**20
GIB = 2**30


def choose_device(wanted: str) -> str:
    """Resolve "auto"; raises `ModelUnavailable` where a GPU is asked for and none is there."""
    import torch

    if wanted == "cuda" and not torch.cuda.is_available():
        raise ModelUnavailable("no CUDA device was found: choose the device cpu or auto, or install the GPU's driver")
    return "cuda" if wanted != "cpu" and torch.cuda.is_available() else "cpu"


def settle(device: str) -> None:
    """Wait until the device has done all it was given: what is measured then is what it took."""
    if device == "cuda":
        import torch

        torch.cuda.synchronize()


def use_threads(threads: int | None) -> None:
    """Let the processor work with so many threads; None leaves the choice to torch."""
    import torch

    if threads is not None:
        torch.set_num_threads(threads)


def peak_bytes(device: str) -> int:
    """Report the most memory this process (CPU) or this device (CUDA) has held."""
    if device == "cuda":
        import torch

        return int(torch.cuda.max_memory_allocated())
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def free_and_total(device: str) -> tuple[int, int]:
    """Report the bytes of the device's memory that are free, and all of them."""
    if device == "cuda":
        import torch

        free, total = torch.cuda.mem_get_info()
        return int(free), int(total)
    import psutil

    memory = psutil.virtual_memory()
    return int(memory.available), int(memory.total)


def weight_bytes(*modules: Any) -> int:
    """Count the bytes that modules' weights take, wherever they lie."""
    tensors = [tensor for module in modules for tensor in (*module.parameters(), *module.buffers())]
    return sum(int(tensor.nbytes) for tensor in tensors)


def give_back(device: str) -> None:
    """Return what the allocator keeps for later to the device, where another model may need it now."""
    if device == "cuda":
        import torch

        torch.cuda.empty_cache()
