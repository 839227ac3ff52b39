"""LoRA: found beside the device's thread, worn by the pipeline for as long as pictures ask for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.errors import InvalidRequest
from models.faults import is_out_of_memory, let_go

ADAPTER = "worn"
USUAL_NAME = "pytorch_lora_weights.safetensors"
LARGEST_BYTES = 2 * 2**30


def find(lora: str) -> Path:
    """Return a LoRA's file, from a folder or downloaded from the hub. Raises `InvalidRequest`."""
    folder = Path(lora)
    names = [file.name for file in sorted(folder.glob("*.safetensors"))] if folder.is_dir() else _on_hub(lora)
    name = USUAL_NAME if USUAL_NAME in names else names[0] if len(names) == 1 else None
    if name is None:
        raise InvalidRequest(f"{lora} holds {len(names)} files of weights, none of them named {USUAL_NAME}")
    return folder / name if folder.is_dir() else _downloaded(lora, name)


class Wardrobe:
    """The one LoRA that a pipeline wears, put on and taken off between pictures."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline
        self._worn: Path | None = None

    def wear(self, lora: Path | None) -> None:
        """Put on this LoRA and no other. Raises `InvalidRequest` for one of another family, which changes nothing."""
        if lora == self._worn:
            return
        self._take_off()
        if lora is None:
            return
        try:
            self._pipeline.load_lora_weights(lora.parent, weight_name=lora.name, adapter_name=ADAPTER)
            fits = bool(self._pipeline.get_list_adapters())
        except Exception as error:
            let_go(error)
            self._take_off()  # what was put on until it failed
            if is_out_of_memory(error):
                raise
            fits = False
        if not fits:
            raise InvalidRequest(f"the LoRA {lora.parent.name} belongs to another family of models than this pipeline")
        self._worn = lora

    def _take_off(self) -> None:
        self._worn = None
        if self._pipeline.get_list_adapters():
            self._pipeline.unload_lora_weights()


def _on_hub(lora: str) -> list[str]:
    from huggingface_hub import HfApi

    try:
        files = HfApi().model_info(lora, files_metadata=True).siblings or []
    except Exception as error:  # its client also raises whatever its http library does
        raise InvalidRequest(f"there is no LoRA {lora}: it is neither a folder nor found on the hub") from error
    return [file.rfilename for file in files if _is_small_weights(file)]


def _is_small_weights(file: Any) -> bool:
    return file.rfilename.endswith(".safetensors") and "/" not in file.rfilename and (file.size or 0) <= LARGEST_BYTES


def _downloaded(lora: str, name: str) -> Path:
    from huggingface_hub import hf_hub_download

    try:
        return Path(hf_hub_download(lora, name))
    except OSError as error:
        raise InvalidRequest(f"the LoRA {lora} could not be downloaded") from error
