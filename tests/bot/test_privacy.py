from __future__ import annotations

import ast
import importlib
import inspect
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import bot
from bot.database import Database
from bot.people import Channel
from bot.privacy import PrivacyService, PrivateStore
from bot.stories.story import Passage
from bot.styles.style import Style
from tests.bot.stories.evening import HERE, Evening
from tests.bot.stories.making import ADMIN, ANA, BEN, CHANNEL, NOON
from tests.scripted import ScriptedEngine


def stores() -> list[type]:
    """Find every class of bot/ whose name ends in Store, wherever it stands."""
    root = Path(bot.__file__).parent
    return [
        getattr(importlib.import_module(".".join(("bot", *file.relative_to(root).with_suffix("").parts))), node.name)
        for file in sorted(root.rglob("*.py"))
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and node.name.endswith("Store") and not is_protocol(node)
    ]


def is_protocol(node: ast.ClassDef) -> bool:
    return any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases)


def test_the_stores_are_found() -> None:
    assert {"ChannelStore", "JobStore", "RoleStore", "StoryStore", "StyleStore"} <= {
        store.__name__ for store in stores()
    }


@pytest.mark.parametrize("store", stores(), ids=lambda store: store.__name__)
def test_every_store_can_forget_a_member_and_tell_what_it_knows(store: type) -> None:
    for name in ("forget", "export"):
        method = getattr(store, name, None)
        assert inspect.iscoroutinefunction(method), f"{store.__name__} has no async {name}()"
        assert list(inspect.signature(method).parameters)[1:] == ["member_id", "server_id"]


@pytest.fixture
async def evening(database: Database, engine: ScriptedEngine) -> Evening:
    return Evening(database, engine)


@pytest.fixture
def privacy(evening: Evening) -> PrivacyService:
    known: Mapping[str, PrivateStore] = {
        "stories": evening.store,
        "styles": evening.style_store,
        "channels": evening.channel_store,
        "roles": evening.role_store,
        "jobs": evening.queue,
    }
    return PrivacyService(evening.database, known, clock=lambda: NOON)


async def lived(evening: Evening) -> list[Passage]:
    """Let Ben leave a trace of every kind; Ana hosts and writes too."""
    async with evening.queue.running():
        await evening.started("Ana's one.")
        mine = (await evening.stories.add(BEN, CHANNEL, "Secret of Ben.")).passage
        await evening.stories.edit(BEN, CHANNEL, mine.id, "Better secret of Ben.")
        await evening.stories.set_memory(BEN, CHANNEL, "Ben's memory.")
        await evening.stories.set_note(BEN, CHANNEL, "Ben's note.")
        job = await evening.stories.continue_story(BEN, CHANNEL, HERE, steer="Ben's steer")
        await evening.ended(job)
        await evening.stories.undo(BEN, CHANNEL)
        await evening.stories.redo(BEN, CHANNEL)
        admin = replace(BEN, is_admin=True)
        await evening.styles.create(admin, Style("Salty", "Of the sea", "Write."))
        await evening.channels.change(admin, CHANNEL, turn_spacing=1)
        return await evening.stories.passages(ANA, CHANNEL)


async def everything(database: Database) -> str:
    """Return the whole database as text."""
    tables = await database.fetch_all("SELECT name FROM sqlite_master WHERE type = 'table'")
    rows = [await database.fetch_all(f"SELECT * FROM {table['name']}") for table in tables]
    return "\n".join(str(tuple(row)) for table in rows for row in table)


async def test_an_export_tells_a_member_everything_and_nothing_of_others(
    evening: Evening, privacy: PrivacyService
) -> None:
    await lived(evening)
    file = await privacy.export(BEN)
    told = json.loads(file.content)
    assert file.name.endswith(".json")
    assert told["member"] == {"id": BEN.id, "name": "Ben", "server_id": BEN.server_id}
    assert [passage["text"] for passage in told["stories"]["passages"]] == ["Better secret of Ben."]
    assert [version["text"] for version in told["stories"]["earlier_versions"]] == ["Secret of Ben."]
    assert [asked["steer"] for asked in told["stories"]["asked_of_the_ai"]] == ["Ben's steer"]
    assert [move["kind"] for move in told["stories"]["moves"]] == ["add", "add", "undo", "redo"]
    assert [style["name"] for style in told["styles"]["styles_changed"]] == ["Salty"]
    assert len(told["channels"]["channels_changed"]) == 1
    assert len(told["jobs"]["requests"]) == 1
    assert b"Ana's one" not in file.content


async def test_after_forgetting_nothing_of_the_member_is_left_and_the_story_still_stands(
    evening: Evening, privacy: PrivacyService
) -> None:
    before = await lived(evening)
    forgotten = await privacy.forget(BEN)
    assert forgotten.counts["passages"] == 1
    assert forgotten.counts["earlier_versions"] == 1
    kept = await everything(evening.database)
    for trace in ("secret of Ben", "Secret of Ben", "Ben's", "'Ben'"):
        assert trace not in kept
    assert not re.search(rf"\b{BEN.id}\b", kept)  # as a number of its own: a seed may hold its digits
    after = await evening.stories.passages(ANA, CHANNEL)
    assert [passage.text for passage in after] == ["Ana's one.", "[removed]", before[-1].text]
    assert (after[1].author_name, after[1].author_id, after[1].removed) == ("[removed]", None, True)


async def test_what_a_host_reworded_for_someone_else_stays_hers_and_tells_nothing_of_him(
    evening: Evening, privacy: PrivacyService
) -> None:
    await evening.started("One.", by=BEN)
    hers = (await evening.stories.add(ANA, CHANNEL, "Her wrods.")).passage
    await evening.stories.edit(BEN, CHANNEL, hers.id, "Her words.")
    assert (await privacy.forget(BEN)).counts["edits_of_others"] == 1
    (reworded,) = [passage for passage in await evening.stories.passages(ANA, CHANNEL) if not passage.removed]
    assert (reworded.text, reworded.author_id, reworded.author_name) == ("Her words.", ANA.id, "Ana")
    (version,) = await evening.database.fetch_all("SELECT text, replaced_by FROM passage_versions")
    assert tuple(version) == ("Her wrods.", None)
    kept = await everything(evening.database)
    assert "Ben" not in kept
    assert str(BEN.id) not in kept
    assert "The Lighthouse" in kept


async def test_forgetting_twice_finds_nothing_more(evening: Evening, privacy: PrivacyService) -> None:
    await lived(evening)
    await privacy.forget(BEN)
    assert (await privacy.forget(BEN)).counts == {}


async def test_a_member_is_forgotten_in_one_server_only(evening: Evening, privacy: PrivacyService) -> None:
    there, other_channel = replace(BEN, server_id=2), Channel(20, 2)
    await evening.stories.start(there, other_channel, "Elsewhere", "Ben elsewhere.")
    await lived(evening)
    await privacy.forget(BEN)
    assert [passage.text for passage in await evening.stories.passages(there, other_channel)] == ["Ben elsewhere."]
    assert (await privacy.forget(there)).counts["stories_hosted"] == 1


async def test_a_story_whose_host_is_forgotten_is_the_admins(evening: Evening, privacy: PrivacyService) -> None:
    story = await evening.started("One.")
    await privacy.forget(ANA)
    assert (await evening.store.story(story.id)) == replace(story, host_id=None)
    await evening.stories.finish(ADMIN, CHANNEL)


async def test_a_forgotten_members_waiting_request_goes_with_her(evening: Evening, privacy: PrivacyService) -> None:
    await evening.started("One.")
    async with evening.queue.running():
        evening.engine.hold()
        await evening.stories.continue_story(BEN, CHANNEL, HERE, steer="Ben's steer")
        await evening.engine.came(1)
        await privacy.forget(BEN)
        evening.engine.release()
    assert "Ben" not in await everything(evening.database)
    assert await evening.page() == ["One."]
