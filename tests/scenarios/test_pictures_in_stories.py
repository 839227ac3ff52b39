"""Pictures put into stories from their messages, and taken out again."""

from __future__ import annotations

from tests.scenarios.conftest import Evening
from tests.scenarios.test_picture_night import a_photo, drawn


async def test_a_picture_is_put_into_the_story_by_its_button_and_taken_out(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    picture = await drawn(evening)
    without = await ada.press(picture, "In the story")
    note = await ada.next_message(evening.lounge, lambda message: message.ephemeral)
    assert "no story yet" in note.content
    assert without.deleted

    await evening.story(ada, opening="It began to rain.")
    told = await ben.press(picture, "In the story")
    assert "**Ben** put a picture into **The Lighthouse**, beside “It began to rain.”" in told.content
    again = await ada.press(picture, "In the story")
    note = await ada.next_message(evening.lounge, lambda message: message.ephemeral and "already" in message.content)
    assert again.deleted
    assert note.labels == ["Take it out"]
    await ada.press(told, "Take it out")
    await told.until(lambda message: "took the picture out" in message.content and not message.labels)


async def test_a_picture_of_several_is_chosen_for_the_story_and_one_of_a_member_is_described(evening: Evening) -> None:
    ada, ben = evening.person("Ada"), evening.person("Ben")
    await evening.story(ada, opening="It began to rain.")
    form = await ada.use_on(await drawn(evening, count=2), "Use in story")
    assert [field["custom_id"] for field in form.fields] == ["which"]
    told = await ada.submit(form, which="1")
    assert "put a picture into" in told.content
    rows = await evening.salon.database.fetch_all("SELECT work_id FROM story_pictures")
    assert [row["work_id"] for row in rows] == [2]

    posted = await ben.say(evening.lounge, files=[a_photo()])
    form = await ben.use_on(posted, "Use in story")
    await ben.submit(form, alt="The teal sea")
    rows = await evening.salon.database.fetch_all("SELECT alt FROM story_pictures ORDER BY id")
    assert rows[-1]["alt"] == "The teal sea"


async def test_one_picture_of_salons_goes_into_the_story_without_a_question(evening: Evening) -> None:
    ada = evening.person("Ada")
    await evening.story(ada, opening="It began to rain.")
    told = await ada.use_on(await drawn(evening), "Use in story")
    assert "put a picture into" in told.content
