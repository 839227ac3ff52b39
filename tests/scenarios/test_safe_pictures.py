"""What is drawn and shown where: explicit pictures, forbidden prompts, and the server's own list of words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox import Sandbox
from sandbox.errors import Refused
from sandbox.handles import Message
from tests.judges import ScriptedJudge
from tests.scenarios.conftest import Evening, salon_at
from tests.scenarios.test_picture_night import is_drawn
from tests.scripted import ScriptedEngine


@pytest.fixture
async def explicit(discord: Sandbox, tmp_path: Path, engine: ScriptedEngine) -> AsyncIterator[Evening]:
    """An evening at which every picture turns out explicit."""
    async with salon_at(discord, tmp_path, engine, ScriptedJudge(found=0.95)) as salon:
        yield Evening(discord, salon, discord.channel("lounge"))


async def test_an_explicit_picture_is_held_back_and_the_member_told_why(explicit: Evening) -> None:
    ada = explicit.person("Ada")
    answer = await ada.slash(explicit.lounge, "picture imagine", prompt="a red boat")
    await answer.until(is_held_back)
    assert answer.files == []
    assert await explicit.salon.database.fetch_all("SELECT id FROM works") == []


async def test_in_an_age_restricted_channel_it_is_shown_behind_a_spoiler(explicit: Evening) -> None:
    after_dark = explicit.discord.channel("after-dark")
    answer = await explicit.person("Ada").slash(after_dark, "picture imagine", prompt="a red boat")
    await answer.until(is_drawn)
    assert answer.files[0].filename.startswith("SPOILER_")


async def test_a_thread_is_as_age_restricted_as_its_channel(explicit: Evening) -> None:
    ada = explicit.person("Ada")
    for place, end in ((explicit.discord.channel("after-dark"), is_drawn), (explicit.lounge, is_held_back)):
        thread = ada.start_thread(place, "pictures")
        answer = await ada.slash(thread, "picture imagine", prompt="a red boat")
        await answer.until(end)


async def test_among_ones_own_it_is_shown_in_age_restricted_channels_only(explicit: Evening) -> None:
    ada, after_dark = explicit.person("Ada"), explicit.discord.channel("after-dark")
    await (await ada.slash(after_dark, "picture imagine", prompt="a red boat")).until(is_drawn)
    hand = await ada.choose(await ada.slash(explicit.lounge, "picture mine"), ["1 · a red boat"])
    assert (hand.files, "age-restricted channels only" in hand.content) == ([], True)
    hand = await ada.choose(await ada.slash(after_dark, "picture mine"), ["1 · a red boat"])
    assert hand.files[0].filename.startswith("SPOILER_")


def is_held_back(message: Message) -> bool:
    """Say whether a picture was not shown."""
    return "held back" in message.content


async def test_a_forbidden_prompt_reaches_neither_the_line_nor_the_log(
    evening: Evening, engine: ScriptedEngine, capfd: pytest.CaptureFixture[str]
) -> None:
    assert "under age" in await refusal(evening, "Ada", "a n4ked ch1ld, zinnober")
    assert engine.pictures == []
    assert await evening.salon.database.fetch_all("SELECT id FROM jobs") == []
    logged = capfd.readouterr()
    assert "zinnober" not in logged.out + logged.err


async def refusal(evening: Evening, name: str, prompt: str) -> str:
    """Ask for a picture that is refused, and return the sentence."""
    person = evening.person(name)
    await person.begin(evening.lounge, "picture imagine", prompt=prompt)
    note = await person.next_message(evening.lounge, lambda message: message.ephemeral)
    return str(note.content)


async def test_an_admin_lists_words_and_pictures_are_not_asked_with_them(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    form = await ada.slash(evening.lounge, "settings words")
    assert form.values == {"words": ""}
    changed = await ada.submit(form, words="Spider\nfinal boss\n")
    assert changed.ephemeral
    assert "2 words" in changed.content
    shown = await ada.slash(evening.lounge, "settings show")
    assert any("2 words" in embed.get("description", "") for embed in shown.embeds)
    assert "spider" not in str(shown.embeds).lower()

    refused = await refusal(evening, "Ben", "a sp1der on a boat")
    assert "list of words" in refused
    assert "spider" not in refused.lower()
    assert engine.pictures == []
    library = evening.discord.channel("library", server="Quiet Room")
    await (await ben.slash(library, "picture imagine", prompt="a spider on a boat")).until(is_drawn)
    assert not any(message.ephemeral and "sp1der" in message.content for message in ben.sees(evening.lounge))

    form = await ada.slash(evening.lounge, "settings words")
    assert form.values == {"words": "Spider\nfinal boss"}
    cleared = await ada.submit(form, words="")
    assert "empty" in cleared.content
    await (await ben.slash(evening.lounge, "picture imagine", prompt="a spider")).until(is_drawn)


async def test_a_list_that_cannot_be_kept_is_given_back(evening: Evening) -> None:
    ada = evening.person("Ada")
    form = await ada.slash(evening.lounge, "settings words")
    words = "spider\n" + "x" * 61
    await ada.submit(form, words=words)
    back = await ada.next_message(evening.lounge, lambda message: "Nothing you wrote is lost" in message.content)
    assert words in back.content


async def test_members_do_not_see_the_command(evening: Evening) -> None:
    with pytest.raises(Refused):
        await evening.person("Ben").slash(evening.lounge, "settings words")


async def test_a_blocked_picture_is_counted_in_the_log_without_its_words(
    explicit: Evening, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = await explicit.person("Ada").slash(explicit.lounge, "picture imagine", prompt="zinnober")
    await answer.until(is_held_back)
    logged = capfd.readouterr()
    (counted,) = (line for line in logged.out.splitlines() if "picture blocked" in line)
    assert all(fact in counted for fact in ("job=1", "kind=picture.draw", "score=0.95"))
    assert "zinnober" not in logged.out + logged.err
