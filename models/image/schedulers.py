"""Schedulers by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.errors import ModelUnavailable


def change_scheduler(pipeline: Any, name: str, arguments: Mapping[str, Any]) -> None:
    """Give a pipeline another scheduler, made from its own one's configuration.

    `name` is a class of diffusers, with or without "Scheduler" at its end. Raises `ModelUnavailable`.
    """
    import diffusers

    wanted = name.removesuffix("Scheduler") + "Scheduler"
    found: Any = getattr(diffusers, wanted, None)
    is_scheduler = isinstance(found, type) and issubclass(found, diffusers.SchedulerMixin)
    if not is_scheduler:
        fitting = ", ".join(sorted(kind.__name__ for kind in pipeline.scheduler.compatibles))
        raise ModelUnavailable(f"diffusers has no scheduler {wanted}; this pipeline takes {fitting}")
    pipeline.scheduler = found.from_config(pipeline.scheduler.config, **arguments)
