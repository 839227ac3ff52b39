"""Run Salon on Discord until it is told to stop."""

from __future__ import annotations

import argparse

import structlog

from bot.app import open_salon, serve
from bot.commands.progress import ProgressBar
from bot.commands.stopping import until_stopped
from bot.logs import configure_logs
from bot.setting_sentences import WrongSettings
from bot.settings import Settings
from bot.words import say

log = structlog.get_logger(__name__)


async def main(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve Discord; what waits in the line when Salon stops is taken up at the next start."""
    if settings.token is None:
        raise WrongSettings([say("settings.token_missing")])
    configure_logs(settings.log_level, settings.log_format)
    await until_stopped(_run(settings, settings.token.get_secret_value()))
    return 0


async def _run(settings: Settings, token: str) -> None:
    async with open_salon(settings, progress=ProgressBar()) as salon:
        card = salon.engine.card
        log.info("→ salon", model=card.name, precision=card.precision, device=card.device)
        await serve(salon, token)
