"""Say whether the Salon on this data folder is alive; the exit code is what Docker reads."""

from __future__ import annotations

import argparse

from bot.alive import HEARTBEAT_OLD_S, heartbeat_age_s
from bot.settings import Settings
from bot.words import say


async def main(arguments: argparse.Namespace, settings: Settings) -> int:
    """Compare the age of the heartbeat with the oldest that is still well."""
    age_s = heartbeat_age_s(settings.data_dir)
    if age_s is None:
        print(say("cli.health_never", folder=str(settings.data_dir)))
        return 1
    is_well = age_s <= HEARTBEAT_OLD_S
    print(say("cli.health_well" if is_well else "cli.health_old", age=round(age_s)))
    return 0 if is_well else 1
