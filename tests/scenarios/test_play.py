"""What a newcomer finds in the world of `make play`."""

from __future__ import annotations

from bot.commands.play import keep_people_only
from tests.scenarios.conftest import Evening


async def test_the_channel_for_people_only_is_so_from_the_first_start(evening: Evening) -> None:
    await keep_people_only(evening.salon, evening.discord)
    ben, no_ai = evening.person("Ben"), evening.discord.channel("no-ai")
    await ben.begin(no_ai, "picture imagine", prompt="a red apple")
    refusal = await ben.next_message(no_ai, lambda message: "belongs to people" in message.content)
    assert refusal.ephemeral
