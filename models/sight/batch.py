"""Looks at pictures, one after the other: a step sees the picture or writes one token."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from models.errors import EngineError, ModelFault
from models.events import Started
from models.faults import named
from models.hardware import give_back
from models.outbox import Outbox
from models.sight.look import Look
from models.text.sampler import sample


class SightBatch:
    """All looks on the device, one finished before the next begins.

    That is because some models keep the layout of the picture that they saw last in themselves.
    """

    def __init__(self, model: Any, outbox: Outbox, clock: Callable[[], float] = time.perf_counter) -> None:
        self._model = model
        self._device = model.device
        self._outbox = outbox
        self._clock = clock
        self._looks: dict[int, Look] = {}

    @property
    def is_busy(self) -> bool:
        """Say whether there is anything to do."""
        return bool(self._looks)

    @property
    def waits_for_first_token(self) -> bool:
        """Say whether the next step brings someone the first token."""
        return any(look.memory is None for look in list(self._looks.values())[:1])

    def submit(self, look: Look) -> None:
        """Let a look wait for its turn."""
        self._looks[look.ticket] = look

    def cancel(self, ticket: int) -> None:
        """Let a look go between two steps."""
        if self._looks.pop(ticket, None):
            self._outbox.drop(ticket)

    def fail_all(self, error: EngineError) -> None:
        """Answer everyone with an error."""
        for look in list(self._looks.values()):
            self._end(look, error)
        self._outbox.flush()

    def step(self) -> bool:
        """Do one piece of work; return whether there was any."""
        look = next(iter(self._looks.values()), None)
        if look is None:
            return False
        try:
            self._advance(look)
        except Exception as error:
            self._end(look, named(error))
        self._outbox.flush()
        return True

    def park(self) -> None:
        """Take the model to host memory, while there is nothing to do."""
        self._model.to("cpu")
        give_back(self._device.type)

    def fetch(self) -> None:
        """Take the model back to its device."""
        self._model.to(self._device)

    def _advance(self, look: Look) -> None:
        """See the picture or read the last token, and write the next one."""
        started = self._clock()
        if look.memory is None:
            self._outbox.put(look.ticket, Started(len(look.answer.prompt)))
        logits = self._forward(look)
        (token,), (is_sound,) = sample(logits, [look.answer.draw()])
        look.answer.device_ms += (self._clock() - started) * 1000
        if not is_sound:
            raise ModelFault("the model's numbers for this picture are not finite")
        self._outbox.text(look.ticket, look.answer.accept(token))
        if look.answer.reason is not None:
            self._end(look, look.answer.finished())

    @torch.inference_mode()
    def _forward(self, look: Look) -> Tensor:
        """Run the model over what is unread and return the logits [1, vocabulary] after it.

        The model itself says what it takes at the first pass and what at a later one.
        """
        is_first = look.memory is None
        tokens = torch.tensor([look.answer.tokens], device=self._device)
        shown = {name: values.to(self._device) for name, values in look.shown.items()}
        taken = self._model.prepare_inputs_for_generation(
            tokens,
            next_sequence_length=None if is_first else 1,
            past_key_values=look.memory,
            attention_mask=torch.ones_like(tokens),
            is_first_iteration=is_first,
            use_cache=True,
            logits_to_keep=1,
            **shown,
        )
        seen = self._model(**taken)
        look.memory, look.shown = seen.past_key_values, {}
        look.answer.read = len(look.answer.tokens)
        logits: Tensor = seen.logits[:, -1]
        return logits

    def _end(self, look: Look, item: Any) -> None:
        self._looks.pop(look.ticket, None)
        look.memory = None
        self._outbox.put(look.ticket, item, last=True)
