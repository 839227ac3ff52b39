"""What people do at the wrong moment, or name wrongly: an answer that is true, and nothing they wrote is lost."""

from __future__ import annotations

import pytest

from tests.scenarios.conftest import Evening, is_finished

TOO_LARGE = f"#{2**63}"


async def test_cancelling_what_has_ended_says_so(evening: Evening) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="It began to rain.")
    await evening.ai_passage(ada)
    note = await ada.slash(evening.lounge, "queue cancel", request="#1")
    assert "already ended" in note.content


async def test_a_number_too_large_for_any_story_or_request_is_not_found(evening: Evening) -> None:
    ada = evening.person("Ada")
    await evening.story(ada)
    note = await ada.slash(evening.lounge, "story info", story=TOO_LARGE)
    assert "Choose one" in note.content
    note = await ada.slash(evening.lounge, "queue cancel", request=f"#{10**18 - 1}")
    assert "not in the line" in note.content


async def test_text_beside_a_file_comes_back(evening: Evening) -> None:
    ada = evening.person("Ada")
    await evening.story(ada)
    await ada.begin(evening.lounge, "story add", text="An hour's work.", file=("more.txt", b"More."))
    back = await ada.next_message(evening.lounge, lambda message: "not both" in message.content)
    assert back.ephemeral
    assert "An hour's work." in back.content


async def test_where_there_is_no_story_no_passage_is_offered(evening: Evening) -> None:
    assert await evening.person("Ada").autocomplete(evening.lounge, "story edit", focused="passage", passage="") == []


async def test_the_story_of_a_private_thread_is_listed_inside_it_and_not_outside(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    secret = ada.start_thread(evening.lounge, "secret", private=True)
    await ada.slash(secret, "story start", title="The Surprise Party")
    outside = await ben.slash(evening.lounge, "story list")
    inside = await ada.slash(secret, "story list")
    assert "Surprise" not in str(outside.embeds)
    assert "Surprise" in str(inside.embeds)


@pytest.mark.parametrize("command", ["memory", "note", "edit"])
async def test_of_a_finished_story_no_form_is_opened_to_be_filled_in_for_nothing(
    evening: Evening, command: str
) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="It began to rain.")
    await ada.slash(evening.lounge, "story finish")
    note = await ada.slash(evening.lounge, f"story {command}")
    assert note.ephemeral
    assert "finished" in note.content


async def test_a_finished_story_is_not_steered_either(evening: Evening) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="It began to rain.")
    passage = await evening.ai_passage(ada)
    await ada.slash(evening.lounge, "story finish")
    note = await ada.press(passage, "Steer…")
    assert note.ephemeral
    assert "finished" in note.content


async def test_the_latest_passage_of_another_story_is_written_anew(evening: Evening) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, title="The Cellar", opening="It was dark down there.")
    await evening.ai_passage(ada)
    await evening.story(ada)
    again = await (await ada.slash(evening.lounge, "story retry", story="cellar")).until(is_finished)
    assert "2/2" in again.labels


async def test_a_button_that_an_update_took_away_says_so(evening: Evening) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="It began to rain.")
    passage = await evening.ai_passage(ada)
    del evening.salon.client.extra_events["on_press_retry"]
    note = await ada.press(passage, "Retry")
    assert note.ephemeral
    assert "from an earlier Salon" in note.content
