"""What a picture will look like, as far as the steps so far tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.image.sizes import Size

STRAIGHT = ("FlowMatchEulerDiscreteScheduler", "EulerDiscreteScheduler")


@dataclass(frozen=True, slots=True)
class Look:
    """Latents [N, ...] after a step, those `before` it, the `clean` ones if the pipeline tells, the size in px."""

    pipeline: Any
    latents: Any
    before: Any | None
    clean: Any | None
    size: Size

    def expected(self) -> Any:
        """Return the latents without their noise: where the straight line through the last two arrives.

        Euler's schedulers go straight from one noise level to the next; others show the noisy latents themselves.
        """
        if self.clean is not None:
            return self.clean
        scheduler = self.pipeline.scheduler
        if self.before is None or type(scheduler).__name__ not in STRAIGHT or not scheduler.step_index:
            return self.latents
        was, now = (float(scheduler.sigmas[scheduler.step_index - back]) for back in (1, 0))
        return self.latents - (self.latents - self.before) * (now / (now - was))
