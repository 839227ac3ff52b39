"""How the small picture model's pipeline behaves, whatever its weights have learnt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image, ImageOps

from models.embedded import pipeline as code
from models.embedded.image_to_image import EmojiImg2ImgPipeline
from models.embedded.pipeline import EmojiPipeline
from tests.models.embedded.tiny import SIDE, library, seeded, tiny_pipeline

STEPS = 4


@pytest.fixture(scope="module")
def drawing() -> Any:
    return tiny_pipeline()


@pytest.fixture(scope="module")
def changing(drawing: Any) -> Any:
    pipeline: Any = EmojiImg2ImgPipeline(**drawing.components)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def pixels(pipeline: Any, prompt: str | list[str], generator: Any, **options: Any) -> torch.Tensor:
    drawn = pipeline(prompt, generator=generator, num_inference_steps=STEPS, output_type="pt", **options)
    images: torch.Tensor = drawn.images
    return images


def test_a_seed_draws_the_same_picture_again_and_another_seed_another(drawing: Any) -> None:
    first, again, other = (pixels(drawing, "a red apple", seeded(seed)) for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.allclose(first, other, atol=1e-3)


def test_pictures_drawn_together_equal_those_drawn_alone(drawing: Any) -> None:
    together = pixels(drawing, ["a cat", "a dog"], [seeded(1), seeded(2)])
    alone = [pixels(drawing, prompt, seeded(seed)) for prompt, seed in (("a cat", 1), ("a dog", 2))]
    assert torch.allclose(together, torch.cat(alone), atol=1e-4)


def test_several_pictures_of_a_prompt_stand_beside_each_other(drawing: Any) -> None:
    several = pixels(drawing, ["a cat", "a dog"], [seeded(n) for n in range(4)], num_images_per_prompt=2)
    second = pixels(drawing, "a cat", seeded(1))
    assert torch.allclose(several[1:2], second, atol=1e-4)


def test_words_to_avoid_and_guidance_change_the_picture(drawing: Any) -> None:
    plain = pixels(drawing, "a cat", seeded(1))
    assert not torch.equal(plain, pixels(drawing, "a cat", seeded(1), negative_prompt="red"))
    assert not torch.equal(plain, pixels(drawing, "a cat", seeded(1), guidance_scale=1.0))


def test_as_many_prompts_to_avoid_as_prompts_are_needed(drawing: Any) -> None:
    with pytest.raises(ValueError, match="2 negative prompts were given for 1 prompts"):
        pixels(drawing, "a cat", seeded(1), negative_prompt=["red", "dog"])


def test_wider_paper_stays_white_at_the_sides(drawing: Any) -> None:
    square = pixels(drawing, "a cat", seeded(1))
    wide = pixels(drawing, "a cat", seeded(1), width=2 * SIDE, height=SIDE)
    margin = SIDE // 2
    assert wide.shape[-2:] == (SIDE, 2 * SIDE)
    assert wide[..., :margin].min() == wide[..., -margin:].min() == 1
    assert torch.equal(wide[..., margin:-margin], square)


def test_paper_smaller_than_the_drawing_is_refused(drawing: Any) -> None:
    with pytest.raises(ValueError, match="at least 32 px"):
        pixels(drawing, "a cat", seeded(1), width=SIDE - 8)


def test_every_step_shows_what_it_expects_the_picture_to_become(drawing: Any) -> None:
    seen: list[torch.Tensor] = []

    def look(pipeline: Any, step: int, timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        seen.append(pipeline.preview(tensors["pred_original_sample"][0], 2 * SIDE, SIDE))
        return tensors

    inputs = ["latents", "pred_original_sample"]
    told = {"callback_on_step_end": look, "callback_on_step_end_tensor_inputs": inputs}
    drawing("a cat", width=2 * SIDE, height=SIDE, num_inference_steps=STEPS, **told)
    assert [(tuple(sketch.shape), sketch.dtype) for sketch in seen] == [((3, SIDE // 2, SIDE), torch.uint8)] * STEPS


def test_a_drawing_that_is_broken_off_leaves_the_pipeline_usable(drawing: Any) -> None:
    before = pixels(drawing, "a cat", seeded(1))

    def stop(pipeline: Any, step: int, timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pixels(drawing, "a dog", seeded(2), callback_on_step_end=stop)
    assert torch.equal(pixels(drawing, "a cat", seeded(1)), before)


def test_it_is_saved_and_opened_by_its_class_and_by_its_code(drawing: Any, tmp_path: Path) -> None:
    drawing.save_pretrained(tmp_path)
    drawn = pixels(drawing, "a cat", seeded(1))
    own: Any = EmojiPipeline
    stock = library("diffusers").DiffusionPipeline
    for opened in (
        own.from_pretrained(tmp_path),
        stock.from_pretrained(tmp_path, custom_pipeline=code.__file__, trust_remote_code=True),
    ):
        opened.set_progress_bar_config(disable=True)
        assert torch.allclose(pixels(opened, "a cat", seeded(1)), drawn, atol=1e-5)


@pytest.mark.parametrize(("strength", "steps"), [(0.0, 1), (0.5, 2), (1.0, 4)])
def test_strength_says_how_many_of_the_last_steps_are_taken(changing: Any, strength: float, steps: int) -> None:
    taken: list[float] = []

    def count(pipeline: Any, step: int, timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        taken.append(float(timestep))
        return tensors

    image = Image.new("RGB", (SIDE, SIDE), "red")
    pixels(changing, "a cat", seeded(1), image=image, strength=strength, callback_on_step_end=count)
    assert taken == changing.scheduler.timesteps.tolist()[STEPS - steps :]


def test_pictures_to_begin_from_may_share_a_batch(changing: Any) -> None:
    images = [Image.new("RGB", (50, 40), colour) for colour in ("red", "blue")]
    together = pixels(changing, ["a cat", "a dog"], [seeded(1), seeded(2)], image=images)
    alone = pixels(changing, "a dog", seeded(2), image=images[1])
    assert torch.allclose(together[1:], alone, atol=1e-4)


def test_a_wide_picture_is_changed_whole_and_comes_back_without_paper_around_it(changing: Any) -> None:
    paper = {"width": SIDE * 3 // 2, "height": SIDE}
    red = Image.new("RGB", (paper["width"], paper["height"]), "red")
    wide = pixels(changing, "a cat", seeded(1), image=red, strength=0.0, **paper)
    square = pixels(changing, "a cat", seeded(1), image=on_square(red), strength=0.0)
    assert wide.shape[-2:] == (SIDE, SIDE * 3 // 2)
    assert torch.allclose(wide.mean((-2, -1)), square[..., 5:-5, :].mean((-2, -1)), atol=0.05)


def on_square(wide: Image.Image) -> Image.Image:
    return ImageOps.pad(wide, (SIDE, SIDE), color="white")


def test_what_is_transparent_in_a_picture_is_paper(changing: Any) -> None:
    clear, white = Image.new("RGBA", (SIDE, SIDE), (9, 9, 9, 0)), Image.new("RGB", (SIDE, SIDE), "white")
    drawn = [np.asarray(changing("a cat", image, generator=seeded(1)).images[0]) for image in (clear, white)]
    assert np.array_equal(drawn[0], drawn[1])


def test_a_strength_beyond_one_is_refused(changing: Any) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        changing("a cat", Image.new("RGB", (SIDE, SIDE)), strength=1.5)
