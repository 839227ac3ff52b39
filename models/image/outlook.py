"""What a pipeline would take of the device, said before it is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.hardware import choose_device
from models.image.config import EMBEDDED, ImageModelConfig, Precision
from models.image.loading import quiet
from models.image.precision import choose_precision
from models.image.presets import Preset, presets
from models.requests import Shape

BYTES = {"nf4": 0.516, "fp16": 2.0, "bf16": 2.0, "fp32": 4.0}
"""By parameter; in nf4 four bits, and the scales of 64 weights, which are rounded to eight bits themselves."""
DECODING_BYTES_PER_PX = 1024
"""By pixel of a tile, in 16 bits: four copies of a usual vae's widest layer, 128 channels."""
DENOISING_BYTES_PER_PX = 512
"""By pixel of all pictures drawn together, in 16 bits: a rough figure for attention and guidance."""


@dataclass(frozen=True, slots=True)
class ImageOutlook:
    """A pipeline's name, licence and precision, and the bytes it takes of the device.

    `weight_bytes` are None where neither a preset nor its files tell them. `working_bytes` are what drawing takes
    beside them, as an estimate.
    """

    name: str
    licence: str
    precision: Precision
    device: str
    weight_bytes: int | None
    working_bytes: int


def outlook(config: ImageModelConfig) -> ImageOutlook:
    """Reckon with a preset's parameters, or those of files that are here. Raises `ModelUnavailable`."""
    quiet()
    preset = presets().get(config.model)
    device = choose_device(config.device)
    precision = choose_precision(config, preset, device)
    millions = preset.millions if preset and preset.millions else _measured(config)
    rounded = preset.quantised if preset else tuple(millions)
    weights = round(sum(_bytes(n, precision, name in rounded) for name, n in millions.items())) if millions else None
    return ImageOutlook(
        preset.title if preset else Path(config.model).name,
        preset.licence if preset else "unknown",
        precision,
        device,
        weights,
        _working_bytes(config, preset, precision),
    )


def _bytes(millions: float, precision: Precision, is_rounded: bool) -> float:
    kept: Precision = precision if is_rounded or precision != "nf4" else "bf16"
    return millions * 1e6 * BYTES[kept]


def _measured(config: ImageModelConfig) -> Mapping[str, float]:
    """Count the parameters in the files that are here, by component, in millions; nothing where there are none."""
    try:
        return {folder.name: _millions(folder) for folder in _folders(config) if any(folder.glob("*.safetensors"))}
    except Exception:
        # Loading the pipeline says what is wrong with it; a guess must not stand in its way.
        return {}


def _folders(config: ImageModelConfig) -> list[Path]:
    if config.model == EMBEDDED:
        from models.embedded.pictures import FOLDER
        from models.embedded.words import encoder_folder

        return [*FOLDER.iterdir(), encoder_folder()]
    from huggingface_hub import snapshot_download

    folder = Path(config.model)
    if not folder.is_dir():
        folder = Path(snapshot_download(config.model, local_files_only=True))
    return [component for component in folder.iterdir() if component.is_dir()]


def _millions(folder: Path) -> float:
    from huggingface_hub import parse_local_safetensors_file_metadata

    files = list(folder.glob("*.safetensors"))
    whole = [file for file in files if file.name.count(".") == 1] or files  # beside them may lie variants
    counts = [parse_local_safetensors_file_metadata(file).parameter_count.values() for file in whole]
    return sum(sum(count) for count in counts) / 1e6


def _working_bytes(config: ImageModelConfig, preset: Preset | None, precision: Precision) -> int:
    width, height = preset.sizes[Shape.SQUARE] if preset else (1024, 1024)
    together = config.batch * width * height * DENOISING_BYTES_PER_PX
    tile = min(width * height, config.tile_px**2) * DECODING_BYTES_PER_PX
    return (together + tile) * (2 if precision == "fp32" else 1)
