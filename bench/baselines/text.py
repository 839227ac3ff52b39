"""Three ways of transformers to answer eight stories: one after another, continuous batching, one static batch."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Prompts = Sequence[list[int]]


@dataclass(frozen=True, slots=True)
class Timing:
    """When each request ended, and when its first token came, in seconds from the common start.

    A static batch ends for all at the same time.
    """

    ends: tuple[float, ...]
    firsts: tuple[float, ...] = ()

    @property
    def seconds(self) -> float:
        """How long all took together."""
        return max(self.ends)


def _sampling(new_tokens: int, **changes: Any) -> Any:
    from transformers import GenerationConfig

    # Never ends early, so that all write equally much. top_k=0: transformers' default would cut what ours does not.
    settings = {"do_sample": True, "temperature": 0.8, "top_p": 0.95, "top_k": 0, "pad_token_id": 0} | changes
    make: Any = GenerationConfig
    return make(max_new_tokens=new_tokens, eos_token_id=None, **settings)


def one_by_one(model: Any, prompts: Prompts, new_tokens: int) -> Timing:
    """Call `generate` for one request at a time, as a bot does that holds a lock."""
    import torch

    config = _sampling(new_tokens, min_p=0.05)
    started, ends = time.perf_counter(), []
    for prompt in prompts:
        written = model.generate(torch.tensor([prompt]), generation_config=config)
        assert written.shape[1] == len(prompt) + new_tokens
        ends.append(time.perf_counter() - started)
    return Timing(tuple(ends))


def static_batch(model: Any, prompts: Prompts, new_tokens: int) -> Timing:
    """Call `generate` once for all, padded on the left: nobody may join or leave."""
    import torch

    width = max(map(len, prompts))
    tokens = torch.tensor([[0] * (width - len(prompt)) + prompt for prompt in prompts])
    mask = torch.tensor([[0] * (width - len(prompt)) + [1] * len(prompt) for prompt in prompts])
    started = time.perf_counter()
    written = model.generate(tokens, attention_mask=mask, generation_config=_sampling(new_tokens, min_p=0.05))
    assert written.shape == (len(prompts), width + new_tokens)
    return Timing((time.perf_counter() - started,) * len(prompts))


class ContinuousBatching:
    """transformers' continuous batching, started once and kept; it knows no min-p."""

    def __init__(self, model: Any, rows: int, new_tokens: int) -> None:
        from transformers import ContinuousBatchingConfig

        make: Any = ContinuousBatchingConfig
        # The fastest of the sizes tried on two cores.
        config = make(max_batch_tokens=512, page_size=128, num_blocks=8 * rows, max_requests_per_batch=rows)
        self._manager = model.init_continuous_batching(_sampling(new_tokens), continuous_batching_config=config)
        self._manager.start()
        self._new_tokens = new_tokens

    def run(self, prompts: Prompts) -> Timing:
        """Hand all requests in at once and wait for the last."""
        started = time.perf_counter()
        self._manager.add_requests(list(prompts), max_new_tokens=self._new_tokens, record_timestamps=True)
        results: list[Any] = []
        while len(results) < len(prompts):
            result = self._manager.get_result(timeout=60)
            if result is None:
                raise RuntimeError("continuous batching answers no more")
            if result.is_finished():
                assert len(result.generated_tokens) == self._new_tokens, result.error
                results.append(result)
        return Timing(
            tuple(result.timestamps[-1] - started for result in results),
            tuple(result.timestamps[0] - started for result in results),
        )

    def close(self) -> None:
        """Stop its thread."""
        self._manager.stop(block=True)
