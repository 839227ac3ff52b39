"""What is said of pictures, and that it fits where it is said."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest

from bot.pictures.picture import How
from bot.pictures.rules import PROMPT_MAX
from cogs.pictures.captions import asked, credit_of, details, line_of
from tests.cogs.pictures.making import ASK, work


@pytest.mark.parametrize("how", list(How))
def test_every_way_of_asking_names_who_asked_and_for_what(how: How) -> None:
    said = asked(how, "Ada", "a *red* boat", "Ink")
    assert "**Ada**" in said
    assert "a \\*red\\* boat" in said


def test_where_no_words_were_given_the_style_was_asked_for() -> None:
    assert asked(How.RESTYLE, "Ada", "", "Ink").endswith("Ink")
    assert asked(How.AGAIN, "Ada", "", "Ink").endswith("once more for: a picture in the style “Ink”")


def test_the_longest_prompt_leaves_room_for_the_answer_below_it() -> None:
    assert len(asked(How.IMAGINE, "A" * 32, "*" * PROMPT_MAX, "Ink")) < 1_700


def test_a_caption_says_that_an_ai_drew_and_from_which_seeds() -> None:
    assert credit_of([work()]) == "✦ AI · small one · Ink · seed 7"
    assert credit_of([work(), work(2, seed=8)]) == "✦ AI · small one · Ink · seeds 7, 8"
    assert credit_of([work(id, seed=id) for id in (1, 2, 3)]).endswith("seeds 1–3")
    assert credit_of([work(id, seed=id) for id in (1, 2, 4)]).endswith("seeds 1, 2, 4")


def test_a_picture_without_words_is_named_by_what_can_be_seen() -> None:
    assert line_of(work(prompt="", alt="a drawing")) == "a drawing"
    assert line_of(work(prompt="two\nlines")) == "two lines"


def test_details_of_the_most_that_can_be_asked_fit_one_embed() -> None:
    works = [work(id, prompt="p" * PROMPT_MAX, avoid="a" * 500, seed=2**32 - 1) for id in range(1, 5)]
    assert len(details(works)) < 6_000


def test_details_say_what_a_picture_was_drawn_from() -> None:
    embed = details([work(2, parent_id=1, strength=0.6)])
    assert embed.footer.text == "Drawn from picture #1"
    assert any("strength 0.6" in (field.value or "") for field in embed.fields)
    assert details([work()]).footer.text is None


def test_details_say_that_a_picture_was_drawn_from_one_that_is_not_known_here() -> None:
    brought = json.dumps(asdict(replace(ASK, image="ab.webp")))
    assert details([work(asked=brought)]).footer.text == "Drawn from a picture that was brought, or is deleted by now"


def test_details_show_the_words_of_the_style_and_its_one_file() -> None:
    told = {field.name: field.value for field in details([work()]).fields}
    assert told["What the model read"] == "a red boat, hatching"
    assert "File" in told
