"""Push the slash commands to Discord, on purpose: it allows only so many changes a day."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from bot.app import open_salon
from bot.setting_sentences import WrongSettings
from bot.settings import Settings
from bot.words import say
from models.engine import EngineStats, ModelCard, PromptLayout
from models.errors import EngineClosed
from models.events import Event
from models.requests import Request, TextRequest


class NoEngine:
    """An `Engine` for where commands are only looked at: it has no seats, so no request ever comes."""

    card = ModelCard("none", "none", "none", "none", window_tokens=0)
    image_card = None
    sight_card = None

    def run(self, request: Request) -> AsyncIterator[Event]:
        """Refuse."""
        raise EngineClosed("there is no model here")

    def seats(self, kind: type[Request]) -> int:
        """Have none."""
        return 0

    def stats(self) -> EngineStats:
        """Have done nothing."""
        return EngineStats(0, 0, 0.0, 0.0, 0, 0)

    async def layout(self, request: TextRequest) -> PromptLayout:
        """Refuse."""
        raise EngineClosed("there is no model here")


async def main(arguments: argparse.Namespace, settings: Settings) -> int:
    """Push the commands; neither the model nor the database of a Salon that may be running is touched."""
    if settings.token is None:
        raise WrongSettings([say("settings.token_missing")])
    with tempfile.TemporaryDirectory(prefix="salon-") as folder:
        apart = settings.model_copy(update={"data_dir": Path(folder)})
        async with open_salon(apart, engine=NoEngine()) as salon:
            count = await salon.client.push_commands(settings.token.get_secret_value(), arguments.server)
    where = "cli.sync_done" if arguments.server is None else "cli.sync_done_server"
    print(say(where, count=count, server=arguments.server or 0))
    return 0
