"""Judge the published model: write its neighbours, say how often it drew what was asked, lay out its contact sheet."""

import argparse
import json

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from models.embedded import STYLES
from models.embedded.judging import common_nouns, draw_nouns, share_recognised
from models.embedded.likeness import Neighbours, features
from models.embedded.pictures import FOLDER, open_embedded
from training.pictures.data import CACHE, concepts
from training.pictures.lessons import small

ON_THE_SHEET = (
    "apple", "tulip", "hamburger", "sailboat", "fire", "castle", "cat", "robot",
    "car", "rocket", "penguin", "guitar", "ghost", "crown", "dragon", "house",
)  # fmt: skip
SIDE = 128
LABELS = 24


def neighbours() -> Neighbours:
    """Return the features of all training pictures, as small as the model saw them."""
    labels = json.loads((CACHE / "pictures.json").read_text())
    pictures = np.load(CACHE / "pictures.npy", mmap_mode="r")
    found = np.stack([features(small(pixels)) for pixels in pictures]).astype(np.float16)
    nouns, styles = zip(*labels, strict=True)
    return Neighbours(found, nouns, styles)


def contact_sheet(drawn: dict[tuple[str, str], Image.Image]) -> Image.Image:
    """Lay out drawings, a column a noun and a row a style, eight columns beside each other."""
    columns = 8
    blocks = [ON_THE_SHEET[start : start + columns] for start in range(0, len(ON_THE_SHEET), columns)]
    block_height = LABELS + SIDE * len(STYLES)
    sheet = Image.new("RGB", (SIDE * columns, block_height * len(blocks)), "white")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(14)
    for block, nouns in enumerate(blocks):
        for column, noun in enumerate(nouns):
            corner = (column * SIDE, block * block_height)
            pen.text((corner[0] + SIDE // 2, corner[1] + LABELS // 2), noun, "black", font, anchor="mm")
            for row, style in enumerate(STYLES):
                picture = drawn[noun, style].resize((SIDE, SIDE), Image.Resampling.LANCZOS)
                sheet.paste(picture, (corner[0], corner[1] + LABELS + row * SIDE))
    return sheet


def main() -> None:
    """Read the command line and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="ask for every noun of the training, not for the 100 alone")
    wanted = parser.parse_args()
    known = neighbours()
    known.write(FOLDER / "neighbours.npz")
    pipeline = open_embedded()
    contact_sheet(draw_nouns(pipeline, ON_THE_SHEET)).save(FOLDER / "contact-sheet.webp", quality=90)
    nouns = tuple(concept.noun for concept in concepts()) if wanted.all else common_nouns()
    drawn = draw_nouns(pipeline, nouns)
    print(f"{share_recognised(drawn, known):.1%} of {len(drawn)} drawings are near a picture of the asked noun")
    for style in STYLES:
        of_style = {asked: picture for asked, picture in drawn.items() if asked[1] == style}
        print(f"  {style}: {share_recognised(of_style, known):.1%}")


if __name__ == "__main__":
    main()
