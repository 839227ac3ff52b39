"""What the model is shown: pictures of 64 px with the captions that may stand under each."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image

from models.embedded.words import Words, encode
from training.pictures.captions import captions, without_style
from training.pictures.colours import HUES, main_hue, recoloured
from training.pictures.data import CACHE, Concept, concepts

SIDE = 64
# Training captions are short: longer prompts are masked to their own length.
TOKENS = 20
UNCAPTIONED = 0.1
UNSTYLED = 0.15
RECOLOURED = 0.125


@dataclass(frozen=True, slots=True)
class Lesson:
    """A picture by its place among all pictures, and the captions by theirs."""

    picture: int
    styled: tuple[int, ...]
    unstyled: tuple[int, ...]
    recolourings: tuple["Lesson", ...] = ()


def small(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Scale a picture down to the model's size by averaging areas."""
    return np.asarray(Image.fromarray(pixels).resize((SIDE, SIDE), Image.Resampling.BOX))


class School:
    """All pictures and captions in memory, and the drawing of random batches."""

    def __init__(self, tokenizer: Any, text_encoder: Any) -> None:
        self._pictures: list[npt.NDArray[np.uint8]] = []
        self._captions: dict[str, int] = {"": 0}
        self.lessons = self._read()
        self._pixels = torch.from_numpy(np.stack(self._pictures)).permute(0, 3, 1, 2).contiguous()
        self._words = _encoded(list(self._captions), tokenizer, text_encoder)

    def _read(self) -> list[Lesson]:
        by_noun = {concept.noun: concept for concept in concepts()}
        originals = np.load(CACHE / "pictures.npy", mmap_mode="r")
        labels = json.loads((CACHE / "pictures.json").read_text())
        lessons = []
        for original, (noun, style) in zip(originals, labels, strict=True):
            pixels, concept = small(original), by_noun[noun]
            hue = main_hue(pixels)
            colours = () if hue is None else tuple(HUES)
            coloured = tuple(
                self._lesson(recoloured(pixels, hue or 0, colour), concept, style, colour) for colour in colours
            )
            lessons.append(self._lesson(pixels, concept, style, "", coloured))
        return lessons

    def _lesson(
        self, pixels: npt.NDArray[np.uint8], concept: Concept, style: str, colour: str, more: tuple[Lesson, ...] = ()
    ) -> Lesson:
        self._pictures.append(pixels)
        styled = tuple(self._number(caption) for caption in captions(concept, style, colour))
        unstyled = tuple(self._number(caption) for caption in without_style(concept, colour))
        return Lesson(len(self._pictures) - 1, styled, unstyled, more)

    def _number(self, caption: str) -> int:
        return self._captions.setdefault(caption, len(self._captions))

    def batch(self, places: list[int], chance: np.random.Generator) -> tuple[torch.Tensor, Words]:
        """Return pictures [B, 3, 64, 64] in -1 to 1 with one caption's words each."""
        drawn = [self._choose(self.lessons[place], chance) for place in places]
        pixels = self._pixels[[picture for picture, _ in drawn]].float() / 127.5 - 1
        flipped = torch.from_numpy(chance.random(len(drawn)) < 0.5).view(-1, 1, 1, 1)
        pixels = torch.where(flipped, pixels.flip(-1), pixels)
        captions_drawn = [caption for _, caption in drawn]
        return pixels, self._words.at(captions_drawn)

    def _choose(self, lesson: Lesson, chance: np.random.Generator) -> tuple[int, int]:
        if lesson.recolourings and chance.random() < RECOLOURED:
            lesson = lesson.recolourings[chance.integers(len(lesson.recolourings))]
        if chance.random() < UNCAPTIONED:
            return lesson.picture, 0
        # The noun's own captions come first: synonyms share the second half of the chances.
        words = lesson.unstyled if chance.random() < UNSTYLED else lesson.styled
        among = words[:2] if chance.random() < 0.5 else words
        return lesson.picture, int(among[chance.integers(len(among))])


def _encoded(texts: list[str], tokenizer: Any, text_encoder: Any) -> Words:
    """Read all captions once; they are short, so most of the padding is cut off."""
    batches = []
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(texts), 64):
            words = encode(texts[start : start + 64], tokenizer, text_encoder)
            states = words.states[:, :TOKENS].to(torch.bfloat16)
            batches.append(Words(states, words.mask[:, :TOKENS], words.mean.float()))
    return Words.joined(batches)
