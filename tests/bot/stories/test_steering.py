from __future__ import annotations

import pytest

from bot.people import Channel
from tests.bot.refusing import refused
from tests.bot.stories.evening import Evening
from tests.bot.stories.making import ADMIN, ANA, BEN, CEM, CHANNEL, SERVER


async def test_undo_takes_back_the_last_passage_and_redo_puts_it_back(evening: Evening) -> None:
    await evening.started("One.", "Two.")
    undone = await evening.stories.undo(ANA, CHANNEL)
    assert (undone.passage.text, undone.story.tip_id) == ("Two.", undone.passage.parent_id)
    assert await evening.page() == ["One."]
    assert (await evening.stories.redo(ANA, CHANNEL)).text == "Two."
    assert await evening.page() == ["One.", "Two."]


async def test_a_story_can_be_taken_back_to_its_beginning_and_on_again(evening: Evening) -> None:
    await evening.started("One.", "Two.")
    await evening.stories.undo(ANA, CHANNEL)
    await evening.stories.undo(ANA, CHANNEL)
    with refused("stories.nothing_to_undo"):
        await evening.stories.undo(ANA, CHANNEL)
    await evening.stories.redo(ANA, CHANNEL)
    await evening.stories.redo(ANA, CHANNEL)
    assert await evening.page() == ["One.", "Two."]
    with refused("stories.nothing_to_redo"):
        await evening.stories.redo(ANA, CHANNEL)


async def test_a_new_passage_ends_what_could_be_put_back_but_deletes_nothing(evening: Evening) -> None:
    await evening.started("One.", "Two.")
    await evening.stories.undo(ANA, CHANNEL)
    await evening.stories.add(BEN, CHANNEL, "Other.")
    with refused("stories.nothing_to_redo"):
        await evening.stories.redo(ANA, CHANNEL)
    tree = await evening.stories.tree(ANA, CHANNEL)
    assert [leaf.passage.text for leaf in tree.leaves] == ["Two.", "Other."]


async def test_nobody_takes_back_or_puts_back_anothers_passage_but_the_host_and_admins(evening: Evening) -> None:
    await evening.started("One.")
    await evening.stories.add(BEN, CHANNEL, "Two.")
    with refused("stories.not_yours"):
        await evening.stories.undo(CEM, CHANNEL)
    await evening.stories.undo(BEN, CHANNEL)
    with refused("stories.not_yours"):
        await evening.stories.redo(CEM, CHANNEL)
    await evening.stories.redo(ADMIN, CHANNEL)
    await evening.stories.undo(ANA, CHANNEL)


async def test_two_presses_of_undo_take_back_one_passage(evening: Evening) -> None:
    story = await evening.started("One.", "Two.")
    assert story.tip_id
    await evening.stories.undo_passage(ANA, CHANNEL, story.tip_id)
    with refused("stories.already_undone") as caught:
        await evening.stories.undo_passage(ANA, CHANNEL, story.tip_id)
    assert "It now ends with Ana's “One.…”" in str(caught.value)
    assert await evening.page() == ["One."]


async def test_a_passage_that_others_went_on_from_is_not_taken_back_from_under_them(evening: Evening) -> None:
    story = await evening.started("One.")
    await evening.stories.add(BEN, CHANNEL, "Two.")
    with refused("stories.gone_on"):
        await evening.stories.undo_passage(ANA, CHANNEL, story.tip_id or 0)


async def test_a_passage_is_brought_back_once_and_what_follows_it_stays(evening: Evening) -> None:
    story = await evening.started("One.", "Two.")
    assert story.tip_id
    await evening.stories.undo(ANA, CHANNEL)
    assert (await evening.stories.bring_back(ANA, CHANNEL, story.tip_id)).text == "Two."
    await evening.stories.add(BEN, CHANNEL, "Three.")
    assert (await evening.stories.bring_back(ANA, CHANNEL, story.tip_id)).text == "Two."
    assert await evening.page() == ["One.", "Two.", "Three."]


async def test_what_was_taken_back_does_not_push_anothers_words_aside(evening: Evening) -> None:
    await evening.started("One.")
    two = (await evening.stories.add(BEN, CHANNEL, "Two.")).passage
    await evening.stories.undo(BEN, CHANNEL)
    await evening.stories.add(CEM, CHANNEL, "Other.")
    with refused("stories.would_leave"):
        await evening.stories.bring_back(BEN, CHANNEL, two.id)


async def test_a_story_taken_back_to_its_beginning_is_said_to_have_no_passage(evening: Evening) -> None:
    story = await evening.started("One.")
    await evening.stories.undo(ANA, CHANNEL)
    with refused("stories.already_undone") as caught:
        await evening.stories.undo_passage(ANA, CHANNEL, story.tip_id or 0)
    assert "It has no passage now." in str(caught.value)


async def test_a_button_of_a_passage_that_never_was_says_so(evening: Evening) -> None:
    await evening.started("One.")
    for pressed in (evening.stories.undo_passage(ANA, CHANNEL, 999), evening.stories.go_to(ANA, CHANNEL, 999)):
        with refused("stories.unknown_passage"):
            await pressed


async def test_a_button_works_only_where_the_story_lives(evening: Evening) -> None:
    story = await evening.started("One.")
    with refused("stories.lives_elsewhere"):
        await evening.stories.undo_passage(ANA, Channel(20, SERVER), story.tip_id or 0)


async def test_who_rewords_the_ai_or_another_is_named_and_once_forgotten_somebody(evening: Evening) -> None:
    await evening.started("Teh lamp.")
    await evening.stories.add(BEN, CHANNEL, "A boat.")
    passage = await evening.continued(by=BEN)
    await evening.stories.edit(BEN, CHANNEL, passage.id, "So it went.")
    await evening.stories.edit(ANA, CHANNEL, passage.id, "It went so.")
    first, _, last = await evening.stories.passages(ANA, CHANNEL)
    assert sorted(last.reworded_by) == sorted([ANA.name, BEN.name])
    assert (await evening.stories.edit(ANA, CHANNEL, first.id, "The lamp.")).reworded_by == ()
    async with evening.database.transaction():
        await evening.store.forget(BEN.id, SERVER)
    assert set((await evening.stories.passage(ANA, passage.id)).reworded_by) == {ANA.name, "somebody"}


async def test_an_edit_keeps_the_place_the_author_and_the_old_version(evening: Evening) -> None:
    story = await evening.started("Teh lamp.", "Two.")
    first = (await evening.stories.passages(ANA, CHANNEL))[0]
    edited = await evening.stories.edit(ANA, CHANNEL, first.id, "The lamp.")
    assert (edited.text, edited.author_id, edited.edited_at is not None) == ("The lamp.", ANA.id, True)
    assert await evening.page() == ["The lamp.", "Two."]
    versions = await evening.database.fetch_all("SELECT text, replaced_by FROM passage_versions")
    assert [tuple(row) for row in versions] == [("Teh lamp.", ANA.id)]
    assert (await evening.store.story(story.id)) == story


async def test_an_edit_that_changes_nothing_is_no_edit(evening: Evening) -> None:
    story = await evening.started("One.")
    assert (await evening.stories.edit(ANA, CHANNEL, story.tip_id or 0, " One. ")).edited_at is None


@pytest.mark.parametrize(("text", "key"), [("", "safety.empty"), ("x" * 4_001, "stories.long_passage")])
async def test_an_edit_cannot_make_a_passage_unfit(evening: Evening, text: str, key: str) -> None:
    story = await evening.started("One.")
    with refused(key):
        await evening.stories.edit(ANA, CHANNEL, story.tip_id or 0, text)


async def test_a_members_passage_is_edited_by_herself_the_host_and_admins(evening: Evening) -> None:
    await evening.started()
    passage = (await evening.stories.add(BEN, CHANNEL, "Two.")).passage
    with refused("stories.not_yours"):
        await evening.stories.edit(CEM, CHANNEL, passage.id, "Mine.")
    for member in (BEN, ANA, ADMIN):
        assert (await evening.stories.edit(member, CHANNEL, passage.id, f"By {member.name}.")).author_id == BEN.id


async def test_the_story_goes_to_another_branch_and_back(evening: Evening) -> None:
    await evening.started("One.", "Two.")
    await evening.stories.undo(ANA, CHANNEL)
    await evening.stories.add(ANA, CHANNEL, "Other.")
    two, other = (await evening.stories.tree(ANA, CHANNEL)).leaves
    assert (await evening.stories.go_to(ANA, CHANNEL, two.passage.id)).tip_id == two.passage.id
    assert await evening.page() == ["One.", "Two."]
    await evening.stories.go_to(ANA, CHANNEL, other.passage.id)
    assert await evening.page() == ["One.", "Other."]


async def test_nobody_leaves_anothers_words_behind_but_the_host_and_admins(evening: Evening) -> None:
    story = await evening.started("One.")
    await evening.stories.add(BEN, CHANNEL, "Two.")
    await evening.stories.add(CEM, CHANNEL, "Three.")
    with refused("stories.would_leave"):
        await evening.stories.go_to(BEN, CHANNEL, story.tip_id or 0)
    await evening.stories.go_to(ANA, CHANNEL, story.tip_id or 0)
    assert await evening.page() == ["One."]


async def test_someone_outside_the_story_steers_nothing(evening: Evening) -> None:
    story = await evening.started("One.")
    spoken = await evening.continued()
    for steered in (
        evening.stories.undo(CEM, CHANNEL),
        evening.stories.undo_passage(CEM, CHANNEL, spoken.id),
        evening.stories.go_to(CEM, CHANNEL, story.tip_id or 0),
        evening.stories.edit(CEM, CHANNEL, spoken.id, "Mine."),
    ):
        with refused("stories.not_in_story"):
            await steered


async def test_alternatives_go_round_in_both_directions(evening: Evening) -> None:
    await evening.started("One.")
    first = await evening.continued(says="First.")
    second = await evening.retried(first, says="Second.")
    third = await evening.retried(second, says="Third.")
    assert third.alternatives == (first.id, second.id, third.id)
    assert (await evening.stories.alternative(ANA, CHANNEL, third.id, 1)).text == "First."
    assert await evening.page() == ["One.", "First."]
    assert (await evening.stories.alternative(ANA, CHANNEL, first.id, -1)).text == "Third."
    assert await evening.page() == ["One.", "Third."]


async def test_turning_back_to_an_alternative_brings_back_what_followed_it(evening: Evening) -> None:
    await evening.started("One.")
    first = await evening.continued(says="First.")
    await evening.stories.add(ANA, CHANNEL, "After first.")
    second = await evening.retried(first, says="Second.")
    assert await evening.page() == ["One.", "Second."]
    await evening.stories.alternative(ANA, CHANNEL, second.id, 1)
    assert await evening.page() == ["One.", "First.", "After first."]


async def test_what_was_taken_back_stays_so_when_turning_to_its_alternative(evening: Evening) -> None:
    await evening.started("One.")
    first = await evening.continued(says="First.")
    await evening.stories.add(ANA, CHANNEL, "Not this.")
    await evening.stories.undo(ANA, CHANNEL)
    second = await evening.retried(first, says="Second.")
    await evening.stories.alternative(ANA, CHANNEL, second.id, -1)
    assert await evening.page() == ["One.", "First."]


async def test_one_passage_alone_has_no_alternatives(evening: Evening) -> None:
    await evening.started("One.")
    spoken = await evening.continued()
    with refused("stories.no_alternatives"):
        await evening.stories.alternative(ANA, CHANNEL, spoken.id, 1)


async def test_a_finished_story_is_not_steered(evening: Evening) -> None:
    story = await evening.started("One.", "Two.")
    await evening.stories.undo(ANA, CHANNEL)
    await evening.stories.finish(ANA, CHANNEL)
    for steered in (
        evening.stories.undo(ANA, CHANNEL),
        evening.stories.redo(ANA, CHANNEL),
        evening.stories.go_to(ANA, CHANNEL, story.tip_id or 0),
        evening.stories.edit(ANA, CHANNEL, story.tip_id or 0, "New."),
    ):
        with refused("stories.finished"):
            await steered


async def test_every_move_is_written_down_with_who_and_what(evening: Evening) -> None:
    await evening.started("One.")
    await evening.stories.undo(ADMIN, CHANNEL)
    await evening.stories.redo(ANA, CHANNEL)
    rows = await evening.database.fetch_all("SELECT member_id, kind FROM moves ORDER BY id")
    assert [tuple(row) for row in rows] == [(ANA.id, "add"), (ADMIN.id, "undo"), (ANA.id, "redo")]
