"""A scene in words: what the model is asked, and what is made of whatever it answers."""

from __future__ import annotations

import pytest

from bot.cast.entry import CastEntry, CastKind
from bot.illustrations.scene import SCENE_MAX, SEEN_MAX, Scene, build_request, scene_at, written_prompt
from models.events import Finished, FinishReason
from tests.bot.stories.making import ANA, BEN, NOON, by, removed

MARA = CastEntry(1, 1, CastKind.PERSON, "Mara", "grey coat, red scarf", ANA.id, NOON)
PIM = CastEntry(2, 1, CastKind.PERSON, "Pim", "small, one white ear", ANA.id, NOON)
LAMP = Scene("The lamp was dark. Then it burned again.", cast=(MARA, PIM))


def prompt(says: str, scene: Scene = LAMP, reason: FinishReason = FinishReason.STOP, limit: int = 1_000) -> str:
    return written_prompt(Finished(says, reason, 9, 1.0), scene, limit)


def asked(scene: Scene) -> str:
    return build_request("job-1", scene, seed=1).parts[-1].text


def test_the_model_is_asked_for_one_sentence_and_few_tokens() -> None:
    request = build_request("job-1", LAMP, seed=7)
    assert (request.id, request.sampling.seed, request.stop) == ("job-1", 7, ("\n",))
    assert request.max_new_tokens <= 50
    assert request.parts[-1].text == ("Scene: The lamp was dark. Then it burned again.\nWhat does the picture show?")


def test_it_reads_what_leads_up_to_the_scene_who_is_in_it_and_the_hint() -> None:
    path = [by(ANA, 1, "Mara climbed."), removed(2), by(BEN, 3, "She lit the lamp.")]
    told = asked(scene_at(path, [MARA, PIM], "from below"))
    assert told == (
        "Mara: grey coat, red scarf\nScene: Mara climbed. She lit the lamp.\nThe picture: from below\n"
        "What does the picture show?"
    )


def test_of_a_long_story_it_reads_the_end() -> None:
    long = Scene("And on it went. " * 200 + "The end.", "Once. " * 500)
    assert len(asked(long)) < SCENE_MAX + 100
    assert "The end." in asked(long)
    assert len(asked(Scene("Short.", "Once. " * 500))) < SCENE_MAX + 100


@pytest.mark.parametrize(
    ("says", "seen"),
    [
        ("A lamp burns in the night.", "A lamp burns in the night."),
        ("a lamp burns in the night", "A lamp burns in the night."),
        ("The picture shows a lamp in the night. It is old.", "A lamp in the night."),
        ('Picture: "A lamp burns in the night!"', "A lamp burns in the night!"),
        ("**This scene depicts** a lamp in the night", "A lamp in the night."),
        ("夜の灯台の上に明かりがともる。もう一つ。", "夜の灯台の上に明かりがともる。"),
    ],
)
def test_the_first_sentence_is_what_is_drawn(says: str, seen: str) -> None:
    assert prompt(says) == seen


def test_a_sentence_that_was_broken_off_ends_at_its_last_whole_part() -> None:
    says = "An old lamp burns on a cliff, waves break below, and the"
    assert prompt(says, reason=FinishReason.LENGTH) == "An old lamp burns on a cliff, waves break below."


@pytest.mark.parametrize(
    "says",
    [
        "",
        "…",
        "Yes.",
        "12 34 56",
        "\u200b\0",
        "The picture shows",
        "An old king without a crown walks through deep snow, dark trees behind him, in cold evening light.",
    ],
)
def test_where_the_model_wrote_nothing_of_use_the_last_sentence_of_the_scene_is_drawn(says: str) -> None:
    assert prompt(says) == "Then it burned again."


def test_looks_are_repeated_word_for_word_of_those_who_are_named() -> None:
    scene = Scene("Mara lit the lamp.", cast=(MARA, PIM))
    assert prompt("A woman lights a lamp.", scene) == "A woman lights a lamp. Mara: grey coat, red scarf."
    assert prompt("Pim sleeps beside a lamp.", scene).endswith("Mara: grey coat, red scarf. Pim: small, one white ear.")


def test_who_was_named_before_is_there_where_nobody_is_named() -> None:
    assert "Pim: small" in prompt("A small animal sleeps.", Scene("He slept.", "Pim came home.", (MARA, PIM)))
    assert "Pim: small" not in prompt("Mara sees a cat asleep.", Scene("He slept.", "Pim came home.", (MARA, PIM)))


def test_what_the_member_wants_to_see_is_said_and_may_name_somebody() -> None:
    scene = Scene("It rained.", cast=(PIM,), steer="Pim from above")
    assert (
        prompt("A wet street at night.", scene) == "A wet street at night. Pim from above. Pim: small, one white ear."
    )


def test_looks_are_never_cut_but_left_out_where_there_is_no_room() -> None:
    scene = Scene("Mara and Pim stood there.", cast=(MARA, PIM))
    whole = prompt("Two friends wait here.", scene)
    assert prompt("Two friends wait here.", scene, limit=len(whole) - 1) == (
        "Two friends wait here. Mara: grey coat, red scarf."
    )


@pytest.mark.parametrize("says", ["word " * 500, "x" * 5_000, ""])
def test_a_prompt_stays_short_whatever_comes(says: str) -> None:
    scene = Scene("So it went on " * 300)
    assert 0 < len(prompt(says, scene, FinishReason.LENGTH)) <= SEEN_MAX + 1
