"""Three ways in which one device writes and draws: Salon's turns, one lock around both models, two threads."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Protocol

from models.engine import Engine
from models.events import Drawn, StepDone, TextDelta
from models.requests import ImageRequest, PromptPart, Role, Sampling, Shape, TextRequest

PROMPT = "a red apple, 3d style"
RULES = PromptPart("rules", Role.SYSTEM, "You write a story together with several people. Go on in their manner.")
# What all three ways can do; DRY is ours alone.
SAMPLING = Sampling(temperature=0.8, top_p=0.95, min_p=0.05, dry_multiplier=0)

OnText = Callable[[str], None]
OnShare = Callable[[float], None]


class Way(Protocol):
    """A bot's way to its models. `write` and `draw` tell of every bit of progress, as text or as a picture's share."""

    async def write(self, story: str, tokens: int, on_text: OnText) -> None:
        """Write on, so many tokens."""
        ...

    async def draw(self, seed: int, on_share: OnShare) -> None:
        """Draw one picture."""
        ...


class Turns:
    """Salon's engine: a step at a time, first words before all."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def write(self, story: str, tokens: int, on_text: OnText) -> None:
        """Write on, so many tokens."""
        parts = (RULES, PromptPart("story", Role.USER, story))
        async for event in self._engine.run(TextRequest("bench", parts, tokens, SAMPLING)):
            if isinstance(event, TextDelta):
                on_text(event.text)

    async def draw(self, seed: int, on_share: OnShare) -> None:
        """Draw one picture."""
        assert self._engine.image_card
        width, height = self._engine.image_card.sizes[Shape.SQUARE]
        told = 0.0
        async for event in self._engine.run(ImageRequest("bench", PROMPT, (seed,), width, height)):
            if isinstance(event, StepDone | Drawn):
                share = event.step / event.steps if isinstance(event, StepDone) else 1.0
                on_share(share - told)
                told = share


class OneLock:
    """The typical bot: one lock, and under it one whole text or one whole picture."""

    def __init__(self, model: Any, tokenizer: Any, pipeline: Any) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._pipeline = pipeline
        self._lock = asyncio.Lock()

    async def write(self, story: str, tokens: int, on_text: OnText) -> None:
        """Write on, so many tokens."""
        async with self._lock:
            await asyncio.to_thread(self._generate, story, tokens, on_text)

    async def draw(self, seed: int, on_share: OnShare) -> None:
        """Draw one picture."""
        async with self._lock:
            await asyncio.to_thread(draw_whole, self._pipeline, seed)
        on_share(1.0)

    def _generate(self, story: str, tokens: int, on_text: OnText) -> None:
        import torch
        from transformers import GenerationConfig

        make: Any = GenerationConfig
        config = make(
            max_new_tokens=tokens, eos_token_id=None, pad_token_id=0,
            do_sample=True, temperature=0.8, top_p=0.95, top_k=0, min_p=0.05,
        )  # fmt: skip
        turns = [{"role": "system", "content": RULES.text}, {"role": "user", "content": story}]
        text = self._tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        prompt = self._tokenizer(text, add_special_tokens=False, return_tensors="pt")["input_ids"]
        with torch.inference_mode():
            self._model.generate(prompt, generation_config=config, streamer=_Streamer(self._tokenizer, on_text))


class TwoThreads:
    """Salon's engine for texts, and a second thread that draws whenever it is asked to."""

    def __init__(self, engine: Engine, pipeline: Any) -> None:
        self._texts = Turns(engine)
        self._pipeline = pipeline
        self._lock = asyncio.Lock()  # a pipeline draws one picture at a time

    async def write(self, story: str, tokens: int, on_text: OnText) -> None:
        """Write on, so many tokens."""
        await self._texts.write(story, tokens, on_text)

    async def draw(self, seed: int, on_share: OnShare) -> None:
        """Draw one picture."""
        async with self._lock:
            await asyncio.to_thread(draw_whole, self._pipeline, seed)
        on_share(1.0)


class _Streamer:
    """Tells each token that `generate` writes, but for the prompt, which it is given first."""

    def __init__(self, tokenizer: Any, on_text: OnText) -> None:
        self._tokenizer = tokenizer
        self._on_text = on_text
        self._was_given_prompt = False

    def put(self, tokens: Any) -> None:
        """Take what was written."""
        if self._was_given_prompt:
            self._on_text(self._tokenizer.decode(tokens.flatten().tolist()))
        self._was_given_prompt = True

    def end(self) -> None:
        """Do nothing at the end."""


def draw_whole(pipeline: Any, seed: int) -> None:
    """Let a pipeline draw one picture as it does by itself."""
    import torch

    pipeline(PROMPT, generator=torch.Generator().manual_seed(seed), output_type="np")


def stopwatch() -> Callable[[], float]:
    """Return what tells the seconds from now on."""
    started = time.perf_counter()
    return lambda: time.perf_counter() - started
