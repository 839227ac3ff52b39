"""Whole evenings, played as people would: commands typed, buttons pressed, everyone reading along."""

from __future__ import annotations

from tests.scenarios.conftest import Evening, credit, is_finished
from tests.scripted import ScriptedEngine


async def test_a_story_is_begun_continued_and_finished(evening: Evening, engine: ScriptedEngine) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    card = await evening.story(ada, opening="The lamp had not been lit for years.")
    assert card.embeds[0]["title"] == "The Lighthouse"
    opening = await evening.lounge.next_message(lambda m: "lamp" in m.content)
    assert opening.content == "The lamp had not been lit for years."
    assert "Ada" in credit(opening)

    engine.enqueue(["Tonight it burned", " again."])
    passage = await evening.ai_passage(ben)
    assert passage.content == "Tonight it burned again."
    assert "AI" in credit(passage)
    assert passage.labels == ["Continue", "Retry", "Steer…", "Undo"]

    own = await ben.slash(evening.lounge, "story add", text="Nobody on the quay dared to look.")
    assert own.content == "Nobody on the quay dared to look."
    ended = await ada.slash(evening.lounge, "story finish")
    assert "The End" in ended.content
