"""An evening of pictures: asked for, changed, varied, looked at closely, deleted."""

from __future__ import annotations

from sandbox.handles import Message
from tests.scenarios.conftest import Evening, credit
from tests.scripted import ScriptedEngine


def is_drawn(message: Message) -> bool:
    """Say whether pictures are finished: they have their buttons."""
    return "Again" in message.labels


async def test_a_picture_is_asked_for_drawn_and_marked_as_the_ais(evening: Evening, engine: ScriptedEngine) -> None:
    ada = evening.person("Ada")
    engine.hold()
    answer = await ada.slash(evening.lounge, "picture imagine", prompt="a *red* boat", style="Ink", seed=7)
    assert answer.content == "**Ada** asks for: a \\*red\\* boat"
    assert answer.labels == ["Cancel"]
    engine.release()
    await answer.until(is_drawn)
    assert answer.content == "**Ada** asks for: a \\*red\\* boat"
    assert credit(answer) == "✦ AI · scripted pictures · Ink · seed 7"
    (file,) = answer.files
    assert (file.filename, file.description) == ("picture-1.png", "a *red* boat")
    assert answer.labels == ["Again", "Edit prompt…", "Vary", "Larger", "Details", "Delete"]
    assert "a *red* boat" in engine.pictures[0].prompt
    assert engine.pictures[0].seeds == (7,)
