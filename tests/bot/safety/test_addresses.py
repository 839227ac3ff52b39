"""Files are fetched from Discord's own addresses, and from nowhere else."""

from __future__ import annotations

import pytest

from bot.safety.addresses import check_discord_address, file_origins
from tests.bot.refusing import refused

DISCORD = file_origins("https://discord.com/api/v10")
PLAY = file_origins("http://127.0.0.1:8123/api/v10")


@pytest.mark.parametrize("host", ["cdn.discordapp.com", "media.discordapp.net"])
def test_discords_own_addresses_are_fetched_from(host: str) -> None:
    check_discord_address(f"https://{host}/attachments/1/2/picture.png?ex=1&is=2&hm=3", DISCORD)


@pytest.mark.parametrize(
    "address",
    [
        "http://cdn.discordapp.com/attachments/1/2/a.png",
        "https://cdn.discordapp.com.evil.example/attachments/1/2/a.png",
        "https://evil.example/cdn.discordapp.com/a.png",
        "https://cdn.discordapp.com@evil.example/a.png",
        "https://ana:secret@cdn.discordapp.com/a.png",
        "https://cdn.discordapp.com:8443/a.png",
        "https://discord.com/api/v10/users/@me",
        "http://127.0.0.1:8123/cdn/attachments/1/2/a.png",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/a.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "//cdn.discordapp.com/a.png",
        "cdn.discordapp.com/a.png",
        "https://",
        "http://[",
        "",
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    with refused("safety.foreign_address"):
        check_discord_address(address, DISCORD)


def test_a_discord_on_this_machine_keeps_its_files_itself() -> None:
    check_discord_address("http://127.0.0.1:8123/cdn/attachments/1/2/a.png", PLAY)
    for address in ("http://127.0.0.1:8124/a.png", "https://cdn.discordapp.com/attachments/1/2/a.png"):
        with refused("safety.foreign_address"):
            check_discord_address(address, PLAY)
