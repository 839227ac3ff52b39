"""Yesterday's channel is there today."""

from __future__ import annotations

import json
from pathlib import Path

import aiohttp
import pytest

from sandbox import Sandbox, UnreadableState


async def test_messages_files_and_threads_come_back(tmp_path: Path) -> None:
    state = tmp_path / "world.json"
    async with Sandbox(state_file=state) as yesterday:
        ada, lounge = yesterday.member("Ada"), yesterday.channel("lounge")
        said = await ada.say(lounge, "good night", files=[("a.txt", b"words")])
        ada.start_thread(lounge, "Dreams")
    async with Sandbox(state_file=state) as today:
        message = today.channel("lounge").messages[0]
        assert (message.id, message.content, message.author) == (said.id, "good night", today.member("Ada"))
        assert [thread.name for thread in today.channel("lounge").threads] == ["Dreams"]
        url = message.record.attachments[0].url
        assert url.startswith(today.url)
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            assert await answer.read() == b"words"


async def test_ids_never_repeat_even_when_the_clock_goes_back(tmp_path: Path) -> None:
    state = tmp_path / "world.json"
    async with Sandbox(state_file=state) as first:
        first.clock.advance(minutes=60)
        before = await first.member("Ada").say(first.channel("lounge"), "later")
    async with Sandbox(state_file=state) as second:
        after = await second.member("Ada").say(second.channel("lounge"), "earlier")
    assert after.id > before.id


async def test_ephemeral_notes_are_not_kept(tmp_path: Path) -> None:
    state = tmp_path / "world.json"
    async with Sandbox(state_file=state) as running:
        said = await running.member("Ada").say(running.channel("lounge"), "only me")
        said.record.ephemeral_for = running.member("Ada").id
    assert "only me" not in state.read_text()


async def test_the_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    state = tmp_path / "world.json"
    async with Sandbox(state_file=state):
        pass
    assert json.loads(state.read_text())["version"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["world.json"]


@pytest.mark.parametrize(
    "content",
    [b"", b'{"version": 1, "wor', b"\xff\xfe", b"[]", b"{}", b'{"version": 99}', b'{"version": 1, "world": {}}'],
)
async def test_a_file_that_is_broken_or_of_another_version_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    state = tmp_path / "world.json"
    state.write_bytes(content)
    with pytest.raises(UnreadableState, match=r"world\.json is no world.+: move it away"):
        Sandbox(state_file=state)
    assert state.read_bytes() == content


async def test_the_world_is_the_same_on_every_machine() -> None:
    async with Sandbox() as one, Sandbox() as other:
        assert one.channel("lounge").id == other.channel("lounge").id
        assert one.member("Chiyo").name == "千代 Chiyo"
        assert [guild.name for guild in one.core.world.guilds.values()] == ["The Salon", "Quiet Room"]
