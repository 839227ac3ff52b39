"""Put the text engine together: model, lanes, memory bound, prompts. Called in the device thread."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from models.engine import ModelCard
from models.errors import InvalidRequest, ModelUnavailable
from models.hardware import MIB
from models.outbox import Outbox, Post
from models.requests import TextRequest
from models.text.config import TextModelConfig
from models.text.dialect import breakers_of, line_ends_of
from models.text.grammar import Grammars
from models.text.loading import LoadedModel
from models.text.memory import BLOCK_TOKENS, MemoryPlan, measured_budget, plan
from models.text.prompt import PromptBuilder
from models.text.sequence import Sequence
from models.text.small import SMALL_MODEL_PARAMETERS, for_a_small_model
from models.text.speed import Speed

if TYPE_CHECKING:
    from models.text.batch import TextBatch
    from models.text.decoder import Decoder


@dataclass(frozen=True, slots=True)
class TextEngine:
    """What others need of the text engine: its card, prompts and sequences (any thread), its batch (device thread).

    `budget_bytes` is the bound for keys and values.
    """

    card: ModelCard
    slots: int
    prompts: PromptBuilder
    grammars: Grammars
    batch: TextBatch
    loaded: LoadedModel
    breakers: frozenset[int]
    budget_bytes: int

    def sequence(self, ticket: int, request: TextRequest) -> Sequence:
        """Lay out a request's prompt and begin its sequence; raises an `EngineError` for one that cannot be run."""
        tokens = self.prompts.build(request).tokens
        # On a GPU a token without an embedding would end the device for everyone.
        if max(tokens) >= len(self.loaded.model.get_input_embeddings().weight):
            raise InvalidRequest("the prompt holds a token that the model does not know")
        if self.card.is_small:
            request = replace(request, sampling=for_a_small_model(request.sampling))
        return Sequence(
            ticket,
            request,
            tokens,
            decode=self._decode,
            breakers=self.breakers,
            ends=self.loaded.ends,
            grammar=self.grammars.for_request(request),
        )

    def _decode(self, tokens: list[int]) -> str:
        decode = self.loaded.tokenizer.decode
        text: str = decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return text


def assemble(loaded: LoadedModel, config: TextModelConfig, post: Post) -> TextEngine:
    """Measure a loaded model with one short read, and size the rows by the memory bound.

    `post` is given what the sequences say. Raises `ModelUnavailable`.
    """
    from models.text.batch import TextBatch
    from models.text.cache import Lanes
    from models.text.decoder import Decoder

    lanes = Lanes()
    prefill, decode = _probe(Decoder(loaded.model, lanes, MemoryPlan(1, BLOCK_TOKENS, 0), 0), loaded.card.name)
    device = loaded.card.device
    budget = measured_budget(device) if config.kv_memory_mib is None else config.kv_memory_mib * MIB
    room = plan(budget, lanes.token_bytes, config.slots, loaded.card.window_tokens)
    batch = TextBatch(
        Decoder(loaded.model, lanes, room, config.warm_rows, loaded.ends | line_ends_of(loaded.tokenizer)),
        Outbox(post, time.monotonic),
        chunk_tokens=config.chunk_tokens,
        prefill_speed=prefill,
        decode_speed=decode,
        device=device,
    )
    is_small = loaded.model.num_parameters() < SMALL_MODEL_PARAMETERS
    card = replace(loaded.card, window_tokens=room.window_tokens, is_small=is_small)
    prompts = PromptBuilder(loaded.tokenizer, room.window_tokens)
    vocabulary = loaded.model.config.get_text_config(decoder=True).vocab_size
    grammars = Grammars(loaded.tokenizer, loaded.ends, vocabulary)
    breakers = breakers_of(loaded.tokenizer)
    return TextEngine(card, room.slots, prompts, grammars, batch, loaded, breakers, room.budget_bytes)


def _probe(decoder: Decoder, name: str) -> tuple[Speed, Speed]:
    """Run the model once each way: it shows that the lanes serve it, and gives the first speeds."""
    try:
        decoder.probe()  # the first run also packs the weights, and would be measured too slow
        return decoder.probe()
    except Exception as error:
        raise ModelUnavailable(
            f"{name} cannot be decoded with rows of keys and values ({type(error).__name__}): "
            "choose another precision or another model"
        ) from error
