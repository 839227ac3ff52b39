"""Put a run's networks where Salon opens them: models/embedded/pictures as a saved diffusers pipeline."""

import argparse
import json
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import Any

from diffusers import FlowMatchEulerDiscreteScheduler

from models.embedded.pictures import FOLDER
from training.pictures.data import CACHE

# More of the steps go to the noisy half, where shapes are decided.
SHIFT = 3.0
INDEX = {
    "_class_name": "EmojiPipeline",
    "scheduler": ["diffusers", "FlowMatchEulerDiscreteScheduler"],
    "text_encoder": ["transformers", "BertModel"],
    "tokenizer": ["transformers", "BertTokenizer"],
    "unet": ["diffusers", "UNet2DConditionModel"],
    "vae": ["diffusers", "AutoencoderTiny"],
}


def publish(run: Path, folder: Path) -> None:
    """Copy the averaged network and the enlarger, and write what binds them; the text encoder stays in its package."""
    for part in ("unet", "vae"):
        shutil.copytree(run / part, folder / part, dirs_exist_ok=True)
    _without_leftovers(folder / "vae" / "config.json")
    scheduler: Any = FlowMatchEulerDiscreteScheduler
    scheduler(shift=SHIFT).save_pretrained(folder / "scheduler")
    index = {"_diffusers_version": version("diffusers"), **INDEX}
    (folder / "model_index.json").write_text(json.dumps(index, indent=2, sort_keys=True) + "\n")


def _without_leftovers(config: Path) -> None:
    """Drop what AutoencoderTiny writes into its configuration and does not know again."""
    known = json.loads(config.read_text())
    known.pop("block_out_channels", None)
    config.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")


def main() -> None:
    """Read the command line and publish."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=CACHE / "run")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    wanted = parser.parse_args()
    publish(wanted.run, wanted.folder)


if __name__ == "__main__":
    main()
