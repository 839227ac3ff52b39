"""`/style picture`: admins make the server's looks, everyone sees them."""

from __future__ import annotations

import json

from tests.scenarios.conftest import Evening


async def test_an_admin_makes_changes_and_deletes_a_picture_style(evening: Evening) -> None:
    ada, lounge = evening.person("Ada"), evening.lounge
    form = await ada.slash(lounge, "style picture create", name="Tide", steps=12, shape="wide")
    words = {"description": "salt and fog", "before": "a linocut of", "after": "two colours", "avoid": "*text*"}
    made = await ada.submit(form, words)
    assert made.ephemeral
    told = json.dumps(made.embeds, ensure_ascii=False)
    assert "a linocut of *what is asked for*, two colours" in told
    assert "**steps 12**" in told
    assert "Wide, unless somebody asks for another" in told

    listed = await evening.person("Ben").slash(lounge, "style list")
    assert [embed["title"] for embed in listed.embeds] == ["Writing styles", "Picture styles"]
    assert "**Tide** · salt and fog" in listed.embeds[1]["description"]
    assert "Only Salon's small picture model knows it." in listed.embeds[1]["description"]

    form = await ada.slash(lounge, "style picture edit", name="tide", guidance=4.5)
    assert form.values == words
    await ada.submit(form, words | {"after": "three colours"})
    shown = json.dumps((await ada.slash(lounge, "style picture show", name="Tide")).embeds)
    assert "three colours" in shown
    assert "**guidance 4.5**" in shown
    assert "**steps 12**" in shown
    deleted = await ada.slash(lounge, "style picture delete", name="Tide")
    assert "“Tide” is gone" in deleted.content
    assert "Tide" not in json.dumps((await ada.slash(lounge, "style list")).embeds)


async def test_an_admin_leaves_a_styles_drawing_to_the_pipeline_again(evening: Evening) -> None:
    ada, lounge = evening.person("Ada"), evening.lounge
    form = await ada.slash(lounge, "style picture create", name="Tide", steps=12, guidance=4.5, lora="ana/tide")
    await ada.submit(form, before="a linocut of")

    form = await ada.slash(lounge, "style picture edit", name="Tide", reset="steps")
    told = json.dumps((await ada.submit(form)).embeds)
    assert "**steps" not in told
    assert "**guidance 4.5**" in told
    assert "ana/tide" in told

    form = await ada.slash(lounge, "style picture edit", name="Tide", reset="all", guidance=3)
    told = json.dumps((await ada.submit(form)).embeds)
    assert "**guidance 3**" in told
    assert "ana/tide" not in told

    await ada.submit(await ada.slash(lounge, "style picture edit", name="Tide", reset="all"))
    shown = json.dumps((await ada.slash(lounge, "style picture show", name="Tide")).embeds)
    assert "As the pipeline does it by itself." in shown
    assert "a linocut of" in shown


async def test_picture_styles_are_made_by_those_who_manage_the_server(evening: Evening) -> None:
    answer = await evening.person("Ben").slash(evening.lounge, "style picture create", name="Mine")
    assert answer.ephemeral
    assert "Manage Server" in answer.content


async def test_a_name_that_is_built_in_is_refused_before_the_form_opens(evening: Evening) -> None:
    ada = evening.person("Ada")
    for command in ("style picture create", "style picture edit"):
        answer = await ada.slash(evening.lounge, command, name="watercolour")
        assert "built in" in answer.content


async def test_a_writing_style_and_a_picture_style_may_share_a_name(evening: Evening) -> None:
    ada = evening.person("Ada")
    await ada.submit(
        await ada.slash(evening.lounge, "style create", name="Tide"), description="fog", instructions="Short."
    )
    form = await ada.slash(evening.lounge, "style picture create", name="Tide")
    made = await ada.submit(form, before="a linocut of")
    assert "The style is ready" in made.content


async def test_a_lora_is_named_by_its_id_and_what_was_typed_comes_back(evening: Evening) -> None:
    ada = evening.person("Ada")
    form = await ada.slash(evening.lounge, "style picture create", name="Tide", lora="/etc/passwd")
    await ada.submit(form, before="a linocut of")
    back = await ada.next_message(evening.lounge, lambda message: "a linocut of" in message.content)
    assert back.ephemeral
