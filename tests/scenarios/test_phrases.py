"""A server's list of phrases: an admin keeps it, and the AI is asked not to say them, in stories and in pieces."""

from __future__ import annotations

import pytest

from sandbox.errors import Refused
from tests.scenarios.conftest import Evening
from tests.scenarios.test_forms import HAIKU, written
from tests.scripted import ScriptedEngine


async def test_an_admin_lists_phrases_and_every_request_for_prose_carries_them(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    form = await ada.slash(evening.lounge, "settings phrases")
    assert form.values == {"phrases": ""}
    changed = await ada.submit(form, phrases="a testament to\nshiver*\n*\n")
    assert changed.ephemeral
    assert "2 phrases" in changed.content
    shown = await ada.slash(evening.lounge, "settings show")
    assert any("2 phrases" in embed.get("description", "") for embed in shown.embeds)
    assert "testament" not in str(shown.embeds)

    await evening.story(ben)
    await evening.ai_passage(ben)
    await written(evening, engine, HAIKU)
    assert [request.banned for request in engine.texts] == [("a testament to", "shiver*")] * 2

    form = await ada.slash(evening.lounge, "settings phrases")
    assert form.values == {"phrases": "a testament to\nshiver*"}
    assert "empty" in (await ada.submit(form, phrases="")).content
    await evening.ai_passage(ben)
    assert engine.texts[-1].banned == ()


async def test_members_do_not_see_the_command(evening: Evening) -> None:
    with pytest.raises(Refused):
        await evening.person("Ben").slash(evening.lounge, "settings phrases")
