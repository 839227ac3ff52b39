"""Make the training pictures: four openly licensed sets, the same concepts, one size, white paper."""

import io
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import resvg_py
from PIL import Image

from models.embedded import STYLES

CACHE = Path(__file__).parent / ".cache"
PACKAGES = CACHE / "node_modules"
SIDE = 256
MARGIN = 10
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
# The sets of @iconify-json that the styles are drawn in; 3d is @lobehub's.
ICON_SETS = {"flat": "fluent-emoji-flat", "soft": "noto", "bold": "twemoji"}


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing the model is taught, with its emoji's label in emojibase."""

    noun: str
    label: str
    synonyms: tuple[str, ...] = ()


def tables() -> dict[str, Any]:
    """Read concepts.toml."""
    return tomllib.loads((Path(__file__).parent / "concepts.toml").read_text(encoding="utf-8"))


@cache
def concepts() -> tuple[Concept, ...]:
    """Return the concepts in their order in the file."""
    found = tables()
    synonyms = found.pop("synonyms")
    del found["words"]
    return tuple(
        Concept(noun, label, tuple(synonyms.get(noun, ()))) for table in found.values() for noun, label in table.items()
    )


@cache
def plain_words() -> frozenset[str]:
    """Return the nouns that take no article."""
    return frozenset(tables()["words"]["plain"])


def read_json(path: Path) -> Any:
    """Read one JSON file of a package."""
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def codes() -> dict[str, str]:
    """Map each emoji's label to its code points without the variation selector."""
    emojis = read_json(PACKAGES / "emojibase-data/en/data.json")
    return {emoji["label"]: emoji["hexcode"].lower().replace("-fe0f", "") for emoji in emojis}


def drawn_by_lobehub(code: str) -> Image.Image | None:
    """Open a Fluent 3D picture; its file name may carry the variation selector."""
    for name in (code, f"{code}-fe0f"):
        path = PACKAGES / f"@lobehub/fluent-emoji-3d/assets/{name}.webp"
        if path.exists():
            return Image.open(path).convert("RGBA")
    return None


@cache
def icon_set(name: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return an Iconify set and its names by code points."""
    folder = PACKAGES / f"@iconify-json/{name}"
    return read_json(folder / "icons.json"), read_json(folder / "chars.json")


def drawn_by_iconify(name: str, code: str) -> Image.Image | None:
    """Rasterise a vector drawing, or return None where the set has none."""
    icons, names = icon_set(name)
    icon = icons["icons"].get(names.get(code))
    if icon is None:
        return None
    box = f"0 0 {icon.get('width', icons['width'])} {icon.get('height', icons['height'])}"
    svg = f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}" viewBox="{box}">{icon["body"]}</svg>'
    png = resvg_py.svg_to_bytes(svg_string=svg, width=2 * SIDE)
    return Image.open(io.BytesIO(bytes(png))).convert("RGBA")


def drawn(style: str, label: str) -> Image.Image | None:
    """Find the drawing of a label in a style."""
    code = codes().get(label)
    if code is None:
        return None
    return drawn_by_lobehub(code) if style == "3d" else drawn_by_iconify(ICON_SETS[style], code)


def on_paper(drawing: Image.Image) -> Image.Image:
    """Set a drawing as large as fits, centred on white paper."""
    drawing = drawing.crop(drawing.getchannel("A").point(lambda alpha: 255 * (alpha > 8)).getbbox())
    room = SIDE - 2 * MARGIN
    scale = room / max(drawing.size)
    size = (max(1, round(drawing.width * scale)), max(1, round(drawing.height * scale)))
    drawing = drawing.resize(size, Image.Resampling.LANCZOS)
    paper = Image.new("RGBA", (SIDE, SIDE), "white")
    paper.alpha_composite(drawing, ((SIDE - size[0]) // 2, (SIDE - size[1]) // 2))
    return paper.convert("RGB")


def main() -> None:
    """Write pictures.npy, N × 256 × 256 × 3, and pictures.json, N pairs of noun and style."""
    pictures: list[npt.NDArray[np.uint8]] = []
    labels: list[tuple[str, str]] = []
    for concept in concepts():
        for style in STYLES:
            drawing = drawn(style, concept.label)
            if drawing is None:
                print("no", concept.noun, "in", style)
                continue
            pictures.append(np.asarray(on_paper(drawing)))
            labels.append((concept.noun, style))
    np.save(CACHE / "pictures.npy", np.stack(pictures))
    (CACHE / "pictures.json").write_text(json.dumps(labels))
    print(len(concepts()), "concepts,", len(pictures), "pictures")


if __name__ == "__main__":
    main()
