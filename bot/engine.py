"""Which models the settings choose, the one engine that runs them, and what compares meanings beside it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import replace

from bot.settings import Settings
from models.image.config import ImageModelConfig
from models.loading import Progress
from models.local import DeviceOutlook, LocalEngine
from models.meaning import Meaning, MiniLm
from models.sight.config import SightConfig
from models.text.config import TextModelConfig

NONE = "none"


def local_engine(settings: Settings, progress: Progress) -> AbstractAsyncContextManager[LocalEngine]:
    """Load the chosen models; entering raises `EngineError` if one cannot be loaded."""
    return LocalEngine.open(
        text_model(settings),
        progress,
        image=image_model(settings),
        sight=sight_model(settings),
        picture_share=settings.picture_share,
    )


async def outlook(settings: Settings) -> DeviceOutlook:
    """Look at the device and at what the chosen models need, without loading them. Raises `EngineError`."""
    return await LocalEngine.outlook(text_model(settings), image=image_model(settings), sight=sight_model(settings))


def text_model(settings: Settings) -> TextModelConfig:
    """Say what writes, and with how much room."""
    config = TextModelConfig(
        model=settings.model,
        precision=settings.precision,
        device=settings.device,
        window_tokens=settings.window_tokens,
        slots=settings.slots,
        warm_rows=settings.warm_rows,
        kv_memory_mib=settings.kv_memory_mib,
        threads=settings.cpu_threads,
    )
    if settings.model_cache_dir is None:
        return config
    return replace(config, cache_dir=settings.model_cache_dir)


def image_model(settings: Settings) -> ImageModelConfig | None:
    """Say what draws, if anything does."""
    if settings.image_model == NONE:
        return None
    return ImageModelConfig(
        model=settings.image_model,
        precision=settings.image_precision,
        device=settings.device,
        batch=settings.image_batch,
        scheduler=settings.image_scheduler,
        compile=settings.image_compile,
        preview_model=settings.image_preview_model,
    )


def sight_model(settings: Settings) -> SightConfig | None:
    """Say what looks at pictures, if anything does."""
    if settings.sight_model is None:
        return None
    return SightConfig(settings.sight_model, precision=settings.precision, device=settings.device)


def meaning_model(settings: Settings) -> Meaning | None:
    """Open what compares texts by meaning, if anything does. Raises `ModelUnavailable` where its package is missing."""
    return None if settings.meaning_model == NONE else MiniLm()
