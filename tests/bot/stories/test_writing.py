from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.jobs.bounds import Bounds
from bot.jobs.job import JobState
from bot.policy import AiPolicy
from bot.stories.story import Length
from models.errors import ModelFault
from tests.bot.refusing import refused
from tests.bot.stories.evening import HERE, Evening
from tests.bot.stories.making import ADMIN, ANA, BEN, CEM, CHANNEL


async def test_a_passage_is_kept_with_its_writer(evening: Evening) -> None:
    await evening.started("One.")
    added = await evening.stories.add(BEN, CHANNEL, " Two.\r\n ")
    assert (added.passage.text, added.passage.author_name, added.passage.by_ai) == ("Two.", "Ben", False)
    assert (added.passage.id, added.job) == (added.story.tip_id, None)


async def test_a_name_is_kept_as_one_plain_line(evening: Evening) -> None:
    await evening.started()
    for name, kept in (("Zo\u202eë\n the\tGreat", "Zoë the Great"), ("\u200b", "Someone")):
        writer = replace(BEN, name=name)
        assert (await evening.stories.add(writer, CHANNEL, "Words.")).passage.author_name == kept


async def test_a_full_disk_is_told_in_one_sentence_and_nothing_is_half_written(evening: Evening) -> None:
    await evening.started("One.")
    await evening.database.execute("PRAGMA max_page_count = 1")  # SQLite takes the present size as the least
    with refused("database.full"):
        for number in range(50):
            await evening.stories.add(BEN, CHANNEL, f"{number} " + "x" * 3_900)
    page = await evening.page()
    assert page[-1].startswith(f"{len(page) - 2} ") or page == ["One."]
    await evening.database.execute("PRAGMA max_page_count = 100000")
    await evening.stories.add(BEN, CHANNEL, "There is room again.")


async def test_two_people_at_once_are_both_kept_in_the_order_they_were_committed(evening: Evening) -> None:
    await evening.started("One.")
    added = await asyncio.gather(*(evening.stories.add(member, CHANNEL, member.name) for member in (BEN, CEM, ADMIN)))
    in_order = sorted((each.passage for each in added), key=lambda passage: passage.id)
    assert await evening.page() == ["One.", *(passage.text for passage in in_order)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "safety.empty"),
        ("\u200b", "safety.empty"),
        ("**", "safety.only_markup"),
        ("x" * 4_001, "stories.long_passage"),
    ],
)
async def test_a_text_that_is_no_passage_changes_nothing(evening: Evening, text: str, key: str) -> None:
    await evening.started("One.")
    with refused(key):
        await evening.stories.add(BEN, CHANNEL, text)
    assert await evening.page() == ["One."]


async def test_a_text_file_becomes_passages_of_one_turn(evening: Evening) -> None:
    await evening.started()
    await evening.spaces_turns(1)
    content = "\n\n".join(f"{number} " + "x" * 2_500 for number in range(3)).encode()
    added = await evening.stories.add_file(BEN, CHANNEL, content)
    assert [passage.text[0] for passage in added.passages] == ["0", "1", "2"]
    assert [passage.author_id for passage in added.passages] == [BEN.id] * 3
    with refused("stories.not_your_turn"):
        await evening.stories.add(BEN, CHANNEL, "More.")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"x" * 20_001, "stories.long_file"),
        (b"x" * 3_000_000, "safety.file_too_large"),
        (b"\x00\xff", "safety.not_text"),
        (b"", "safety.empty"),
    ],
)
async def test_a_file_that_is_no_passage_changes_nothing(evening: Evening, content: bytes, key: str) -> None:
    await evening.started("One.")
    with refused(key):
        await evening.stories.add_file(BEN, CHANNEL, content)
    assert await evening.page() == ["One."]


async def test_with_turn_spacing_others_write_first(evening: Evening) -> None:
    await evening.started("One.")
    await evening.spaces_turns(1)
    for again in (
        evening.stories.add(ANA, CHANNEL, "Again."),
        evening.stories.continue_story(ANA, CHANNEL, HERE, text="Again."),
    ):
        with refused("stories.not_your_turn"):
            await again
    await evening.continued(by=ANA)  # asking the AI is not a turn of one's own, and the AI's turn is no person's
    with refused("stories.not_your_turn"):
        await evening.stories.add(ANA, CHANNEL, "Again.")
    await evening.stories.add(BEN, CHANNEL, "Two.")
    await evening.stories.add(ANA, CHANNEL, "Three.")


async def test_the_ai_goes_on_after_the_members_own_words(evening: Evening) -> None:
    await evening.started("One.")
    evening.engine.enqueue(["And", " so."])
    job = await evening.stories.continue_story(BEN, CHANNEL, HERE, text="Two.", steer="a storm", length=Length.LINE)
    passage = await evening.written(job)
    assert await evening.page() == ["One.", "Two.", "And so."]
    assert (passage.by_ai, passage.author_id, passage.author_name, passage.model) == (True, None, "Salon", "scripted")
    assert (passage.asked_by_id, passage.steer, passage.length, passage.style) == (
        BEN.id,
        "a storm",
        Length.LINE,
        "Plain",
    )
    assert (passage.job_id, passage.alternatives) == (job.id, (passage.id,))
    request = evening.engine.texts[0]
    assert [part.text for part in request.parts if part.droppable] == ["Ana: One.", "Ben: Two."]
    assert "a storm" in request.parts[-1].text
    assert request.sampling.seed == passage.seed
    assert (await evening.stories.passage(BEN, job.asked["own_passage_ids"][0])).text == "Two."


async def test_without_a_length_the_style_says_how_much(evening: Evening) -> None:
    await evening.stories.start(ANA, CHANNEL, "Talk", style="Dialogue")
    assert (await evening.continued()).length is Length.LINE


async def test_the_members_words_stay_when_the_model_fails(evening: Evening) -> None:
    await evening.started("One.")
    evening.engine.enqueue(ModelFault("boom"))
    ended = await evening.ended(await evening.stories.continue_story(BEN, CHANNEL, HERE, text="Two."))
    assert ended.state is JobState.FAILED
    assert await evening.page() == ["One.", "Two."]


async def test_when_the_line_is_full_neither_the_words_nor_the_request_are_stored(evening: Evening) -> None:
    await evening.started("One.")
    evening.engine.hold()
    for _ in range(Bounds().per_member + 1):
        await evening.stories.continue_story(BEN, CHANNEL, HERE)
        await evening.engine.came(1)
    with refused("jobs.full_for_member"):
        await evening.stories.continue_story(BEN, CHANNEL, HERE, text="Two.")
    assert await evening.page() == ["One."]


async def test_a_model_that_finds_no_words_of_its_own_leaves_the_story_as_it_was(evening: Evening) -> None:
    await evening.started("One.")
    evening.engine.enqueue(["Ana: "])
    ended = await evening.ended(await evening.stories.continue_story(ANA, CHANNEL, HERE))
    assert (ended.state, ended.error) == (JobState.FAILED, "stories.ai_wrote_nothing")
    assert await evening.page() == ["One."]


async def test_a_channel_for_people_keeps_the_ai_silent_and_lets_people_write(evening: Evening) -> None:
    await evening.started("One.")
    spoken = await evening.continued()
    await evening.wants(AiPolicy.HUMAN_ONLY)
    for asked in (
        evening.stories.continue_story(ANA, CHANNEL, HERE, text="Two."),
        evening.stories.retry(ANA, CHANNEL, HERE, spoken.id),
    ):
        with refused("channels.human_only"):
            await asked
    assert (await evening.stories.add(BEN, CHANNEL, "Two.", reply=HERE)).job is None
    await evening.stories.undo(BEN, CHANNEL)
    await evening.stories.redo(BEN, CHANNEL)
    assert await evening.page() == ["One.", "And so it went.", "Two."]


async def test_a_channel_that_becomes_the_peoples_while_a_request_waits_refuses_it_then(evening: Evening) -> None:
    await evening.started("One.")
    evening.engine.hold()
    first = await evening.stories.continue_story(ANA, CHANNEL, HERE)
    await evening.engine.came(1)
    second = await evening.stories.continue_story(BEN, CHANNEL, HERE)
    await evening.wants(AiPolicy.HUMAN_ONLY)
    evening.engine.release()
    assert (await evening.ended(first)).state is JobState.DONE
    assert (await evening.ended(second)).error == "channels.human_only"


async def test_in_a_channel_that_assists_the_ai_waits_to_be_asked(evening: Evening) -> None:
    await evening.started("One.")
    assert (await evening.stories.add(BEN, CHANNEL, "Two.", reply=HERE)).job is None


async def test_in_an_open_channel_the_ai_goes_on_by_itself(evening: Evening) -> None:
    await evening.started("One.")
    await evening.wants(AiPolicy.OPEN)
    added = await evening.stories.add(BEN, CHANNEL, "Two.", reply=HERE)
    assert added.job
    assert (await evening.written(added.job)).parent_id == added.passage.id


async def test_in_an_open_channel_one_waiting_turn_of_the_ai_is_enough(evening: Evening) -> None:
    await evening.started("One.")
    await evening.wants(AiPolicy.OPEN)
    evening.engine.hold()
    jobs = []
    for member in (ANA, BEN, CEM):
        jobs.append((await evening.stories.add(member, CHANNEL, member.name, reply=HERE)).job)
        await evening.engine.came(1)
    assert [job is not None for job in jobs] == [True, True, False]
    evening.engine.release()
    assert jobs[1]
    await evening.written(jobs[1])
    assert [part.label for part in evening.engine.texts[1].parts if part.droppable] == [
        "Ana",
        "Ana",
        "Ben",
        "Cem",
        "Salon",
    ]


async def test_in_an_open_channel_a_full_line_keeps_the_members_words(evening: Evening) -> None:
    await evening.started("One.")
    other = await evening.stories.start(ANA, CHANNEL, "Other")
    await evening.wants(AiPolicy.OPEN)
    evening.engine.hold()
    for _ in range(Bounds().per_member + 1):
        await evening.stories.continue_story(BEN, CHANNEL, HERE, story_id=other.id)
        await evening.engine.came(1)
    first = (await evening.stories.list_stories(ANA))[-1]
    added = await evening.stories.add(BEN, CHANNEL, "Two.", story_id=first.id, reply=HERE)
    assert (added.passage.text, added.job) == ("Two.", None)


async def test_a_steer_has_a_limit(evening: Evening) -> None:
    await evening.started("One.")
    with refused("stories.long_steer"):
        await evening.stories.continue_story(ANA, CHANNEL, HERE, steer="x" * 301)
