"""How passages look in Discord."""

from __future__ import annotations

from bot.delivery.draft import Draft, final_pages
from cogs.stories.pages import pages
from cogs.stories.show import credit_of, draft_of, taken_back
from tests.cogs.conftest import passage


def test_the_ais_passage_is_marked_with_its_model_style_and_steer() -> None:
    credit = credit_of(passage(1, by_ai=True, model="tiny", style="Noir", steer="a storm"))
    assert credit == "✦ Written by an AI (tiny) · Noir · towards: a storm"


def test_whoever_reworded_the_ai_stands_beside_it() -> None:
    reworded = passage(1, by_ai=True, model="tiny", reworded_by=("Mara",))
    assert credit_of(reworded) == "✦ Written by an AI (tiny) · reworded by Mara"
    (page,) = pages([reworded])
    assert page.text.startswith("**✦ Salon (AI), reworded by Mara**")


def test_a_long_steer_does_not_fill_the_screen() -> None:
    assert len(credit_of(passage(1, by_ai=True, model="tiny", style="Noir", steer="far " * 75))) < 300


async def test_alternatives_can_be_turned_only_where_there_are_some() -> None:
    alone = draft_of(passage(1, by_ai=True, alternatives=(1,))).view
    second = draft_of(passage(2, by_ai=True, alternatives=(1, 2, 3))).view
    assert alone is not None
    assert second is not None
    assert len(alone().children) == 6
    assert [button.item.label for button in second().children[5:]] == ["◂", "2/3", "▸", "X"]  # type: ignore[attr-defined]


def labels(draft: Draft) -> list[str]:
    assert draft.view is not None
    return [button.item.label for button in draft.view().children]  # type: ignore[attr-defined]


async def test_a_members_passage_has_a_name_and_the_ways_on() -> None:
    draft = draft_of(passage(1))
    assert (draft.text, draft.credit) == ("It rained.", "✒ Ada")
    assert labels(draft) == ["Write…", "Continue", "X"]


async def test_where_people_are_alone_no_button_asks_the_ai() -> None:
    assert labels(draft_of(passage(1), ai_speaks=False)) == ["Write…", "X"]
    assert labels(draft_of(passage(1, by_ai=True), ai_speaks=False)) == ["Undo", "Write…", "X"]


def test_what_is_taken_back_is_struck_line_by_line() -> None:
    page = taken_back(passage(1, "One.\n\nTwo.", by_ai=True), "Ada")
    assert page.content == "~~One.~~\n\n~~Two.~~"
    assert page.credit == "Taken back by Ada"


def test_text_that_brings_its_own_marks_is_not_struck() -> None:
    fenced = passage(1, "```\ncode\n```", by_ai=True)
    assert taken_back(fenced, "Ada").content == "```\ncode\n```"
    long = passage(1, "x" * 1999, by_ai=True)
    assert taken_back(long, "Ada").content == final_pages(draft_of(long))[-1].content
