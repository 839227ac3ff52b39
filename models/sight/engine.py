"""Put the engine that looks at pictures together: model, processor, the one batch. Called in the device thread."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.engine import ModelCard
from models.errors import EmptyPrompt, PromptTooLong
from models.outbox import Outbox, Post
from models.pixels import decoded
from models.requests import SightRequest, TextRequest
from models.sight.config import SightConfig
from models.sight.loading import LoadedSight
from models.sight.look import Look
from models.text.dialect import breakers_of, control_tokens, disarmed
from models.text.prompt import check
from models.text.sequence import Sequence

if TYPE_CHECKING:
    from PIL.Image import Image

    from models.sight.batch import SightBatch


@dataclass(frozen=True, slots=True)
class SightEngine:
    """What others need of it: its card and its looks (any thread), its batch (device thread)."""

    card: ModelCard
    seats: int
    batch: SightBatch
    loaded: LoadedSight
    config: SightConfig
    breakers: frozenset[int]

    def look(self, ticket: int, request: SightRequest) -> Look:
        """Prepare picture and question; raises an `EngineError` for a request that cannot be run."""
        if not request.question.strip():
            raise EmptyPrompt("nothing was asked about the picture")
        asked = TextRequest(request.id, (), request.max_new_tokens, self.config.sampling)
        check(asked, self.card.window_tokens)
        picture = decoded(request.image)
        picture.thumbnail((self.config.longest_px, self.config.longest_px))
        shown = dict(self._shown(request.question, picture))
        tokens: list[int] = shown.pop("input_ids")[0].tolist()
        del shown["attention_mask"]  # all of it is to be seen
        if len(tokens) + request.max_new_tokens > self.card.window_tokens:
            raise PromptTooLong(f"picture, question and answer do not fit {self.card.window_tokens} tokens")
        answer = Sequence(ticket, asked, tokens, decode=self._decode, breakers=self.breakers, ends=self.loaded.ends)
        return Look(ticket, shown, answer)

    def _shown(self, question: str, picture: Image) -> Any:
        """Lay picture and question out as the model's own template has it."""
        processor = self.loaded.processor
        words = disarmed(question, control_tokens(processor.tokenizer))
        turns = [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": words}]}]
        asked = processor.tokenizer.apply_chat_template(
            turns,
            chat_template=processor.chat_template,
            tokenize=False,
            add_generation_prompt=True,
            enable_thinking=False,
        )
        laid_out = processor(text=asked, images=[picture], return_tensors="pt", add_special_tokens=False)
        return laid_out.to(self.loaded.model.dtype)

    def _decode(self, tokens: list[int]) -> str:
        decode = self.loaded.processor.tokenizer.decode
        text: str = decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return text


def assemble(loaded: LoadedSight, config: SightConfig, post: Post) -> SightEngine:
    """Give a loaded model its batch; `post` is given what the looks say."""
    from models.sight.batch import SightBatch

    batch = SightBatch(loaded.model, Outbox(post, time.monotonic))
    return SightEngine(loaded.card, 1, batch, loaded, config, breakers_of(loaded.processor.tokenizer))
