"""Where files may be fetched from: Discord's own addresses, and nowhere else."""

from __future__ import annotations

from collections.abc import Collection

from yarl import URL

from bot.errors import BadInput

DISCORD_API_HOST = "discord.com"
DISCORD_FILES = frozenset({"https://cdn.discordapp.com", "https://media.discordapp.net"})


def file_origins(api_url: str) -> frozenset[str]:
    """Return where the Discord behind `api_url` keeps its files; another Discord, as in play, keeps them itself."""
    api = URL(api_url)
    return DISCORD_FILES if api.host == DISCORD_API_HOST else frozenset({str(api.origin())})


def check_discord_address(address: str, origins: Collection[str]) -> None:
    """Raise `BadInput` for an address outside of `origins`, so that nobody has Salon look into its host's network."""
    try:
        url = URL(address)
        is_known = url.user is None and url.password is None and str(url.origin()) in origins
    except ValueError:  # no address at all, or one without a host
        is_known = False
    if not is_known:
        raise BadInput("safety.foreign_address")
