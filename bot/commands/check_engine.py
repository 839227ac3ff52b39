"""The check command's half about the device: what it has room for, and whether the models load."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping, Sequence

import psutil

from bot.commands.progress import ProgressBar
from bot.commands.verdict import Verdict
from bot.engine import local_engine, outlook
from bot.settings import Settings
from bot.words import say
from models.engine import EngineStats, ImageCard, ModelCard
from models.errors import EngineError
from models.hardware import GIB
from models.local import DeviceOutlook
from models.requests import Shape


async def engine_verdicts(settings: Settings) -> AsyncIterator[Verdict]:
    """Look at the device; on one that is there, at its memory and at the models."""
    try:
        seen = await outlook(settings)
    except EngineError as error:
        yield Verdict("device", False, str(error))
        return
    yield device_verdict(seen)
    yield memory_verdict(seen)
    yield parking_verdict(seen)
    async for verdict in model_verdicts(settings):
        yield verdict


def device_verdict(seen: DeviceOutlook) -> Verdict:
    """Say what would compute."""
    device = seen.device
    words = say(
        f"check.device_{device.device}",
        name=device.name,
        cores=psutil.cpu_count(logical=False) or 1,
        threads=device.threads,
    )
    return Verdict("device", True, words)


def memory_verdict(seen: DeviceOutlook) -> Verdict:
    """Compare what is free of the device's memory with what the models would take; that may not be known.

    On a card it is enough that each fits alone.
    """
    device, needed = seen.device, seen.needed_bytes
    fits_together = needed is None or needed <= device.free_bytes
    is_well = fits_together if device.device == "cpu" else not seen.plan.too_large
    key = "little" if not is_well else "unknown" if needed is None else "well"
    words = say(
        f"check.memory_{key}",
        free=_gib(device.free_bytes),
        total=_gib(device.total_bytes),
        place=say(f"check.place_{device.device}"),
        needed=_gib(needed or sum(tenant.needed_bytes for tenant in seen.tenants)),
    )
    return Verdict("memory", is_well, words)


def parking_verdict(seen: DeviceOutlook) -> Verdict:
    """Say which models stay on the device, and which are fetched when they are asked for."""
    plan = seen.plan
    sizes = {tenant.name: _gib(tenant.needed_bytes) for tenant in seen.tenants}
    key = "too_large" if plan.too_large else "parked" if plan.parked else f"all_{seen.device.device}"
    words = say(
        f"check.parking_{key}",
        resident=_models(plan.resident, sizes),
        parked=_models(plan.parked, sizes),
        too_large=_models(plan.too_large, sizes),
        seconds=f"{plan.swap_s:.1f}",
    )
    return Verdict("parking", not plan.too_large, words)


async def model_verdicts(settings: Settings) -> AsyncIterator[Verdict]:
    """Load the models as Salon would."""
    started = time.monotonic()
    try:
        async with local_engine(settings, ProgressBar()) as engine:
            seconds = time.monotonic() - started
            yield _text_verdict(engine.card, engine.stats(), seconds)
            yield _pictures_verdict(engine.image_card, engine.stats())
            yield _sight_verdict(engine.sight_card)
    except EngineError as error:
        yield Verdict("model", False, str(error))


def _text_verdict(card: ModelCard, stats: EngineStats, seconds: float) -> Verdict:
    words = say(
        "check.model_well",
        name=card.name,
        precision=card.precision,
        device=card.device,
        window=card.window_tokens,
        seconds=f"{seconds:.1f}",
        memory=_gib(stats.peak_memory_bytes),
    )
    return Verdict("model", True, words)


def _pictures_verdict(card: ImageCard | None, stats: EngineStats) -> Verdict:
    if card is None:
        return Verdict("pictures", True, say("check.pictures_none"))
    width, height = card.sizes[Shape.SQUARE]
    words = say(
        "check.pictures_well",
        name=card.name,
        precision=card.precision,
        licence=card.licence,
        device=card.device,
        width=width,
        height=height,
        steps=card.steps,
        milliseconds=f"{stats.image_step_ms:.0f}",
    )
    return Verdict("pictures", True, words)


def _sight_verdict(card: ModelCard | None) -> Verdict:
    if card is None:
        return Verdict("sight", True, say("check.sight_none"))
    words = say("check.sight_well", name=card.name, precision=card.precision, licence=card.licence, device=card.device)
    return Verdict("sight", True, words)


def _models(names: Sequence[str], sizes: Mapping[str, str]) -> str:
    """List models with the GiB they take."""
    return ", ".join(say(f"check.{name}_takes", size=sizes[name]) for name in names)


def _gib(count: float) -> str:
    return f"{count / GIB:.1f}"
