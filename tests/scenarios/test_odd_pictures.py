"""What people ask of pictures by mistake or malice: one kind sentence each, and nothing is drawn that should not be."""

from __future__ import annotations

import struct
import zlib
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from models.errors import NotFinite, OutOfMemory
from sandbox import Sandbox
from sandbox.errors import Refused
from sandbox.handles import Message
from tests.judges import ScriptedJudge
from tests.scenarios.conftest import Evening, salon_at
from tests.scenarios.test_bad_input import refused
from tests.scenarios.test_picture_night import a_photo, drawn, is_drawn
from tests.scripted import ScriptedEngine


@pytest.mark.parametrize("prompt", [" ", "\u200b\u200d\ufeff", "** __ ~~ **", "\x00"])
async def test_a_prompt_without_words_is_turned_away(evening: Evening, engine: ScriptedEngine, prompt: str) -> None:
    await refused(evening.person("Ada"), evening.lounge, "picture imagine", because="few words", prompt=prompt)
    assert engine.pictures == []


async def test_nul_bytes_are_left_out_and_emoji_are_read_by_their_names(
    evening: Evening, engine: ScriptedEngine
) -> None:
    await drawn(evening, prompt="a red\x00 boat")
    assert "a red boat" in engine.pictures[0].prompt
    boat = await drawn(evening, prompt="⛵")
    assert boat.content == "**Ada** asks for: ⛵"
    assert "sailboat" in engine.pictures[1].prompt


async def test_a_prompt_of_4000_characters_is_turned_away_by_option_and_form(evening: Evening) -> None:
    ada = evening.person("Ada")
    with pytest.raises(Refused):
        await ada.begin(evening.lounge, "picture imagine", prompt="a" * 4_000)
    form = await ada.press(await drawn(evening), "Edit prompt…")
    with pytest.raises(Refused):
        await ada.submit(form, prompt="a" * 4_000)


async def test_a_long_prompt_full_of_markup_fits_its_message(evening: Evening, engine: ScriptedEngine) -> None:
    answer = await drawn(evening, prompt="*_`~|" * 196 + " @everyone boat")
    assert len(answer.content) <= 2_000
    assert answer.mentions == []
    assert len(answer.files) == 1
    assert engine.pictures[0].prompt.endswith("boat")


@pytest.mark.parametrize("options", [{"count": 5}, {"count": 0}, {"seed": -1}, {"seed": 2**32}, {"shape": "round"}])
async def test_numbers_and_shapes_out_of_range_are_not_even_sent(evening: Evening, options: dict[str, object]) -> None:
    with pytest.raises(Refused):
        await evening.person("Ada").begin(evening.lounge, "picture imagine", prompt="a boat", **options)


@pytest.mark.parametrize("strength", [0, -1, 1.5])
async def test_a_strength_that_changes_nothing_or_too_much_is_not_even_sent(evening: Evening, strength: float) -> None:
    await drawn(evening)
    with pytest.raises(Refused):
        await evening.person("Ada").begin(
            evening.lounge, "picture edit", instruction="at night", work="#1", strength=strength
        )


def a_png(width: int, height: int) -> bytes:
    """Make a PNG whose header tells of a size that its few bytes do not have."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def a_zip() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("boat.txt", "a boat")
    return file.getvalue()


_TRUNCATED = BytesIO()
Image.effect_noise((200, 200), 80).save(_TRUNCATED, "PNG")


@pytest.mark.parametrize(
    ("name", "content", "because"),
    [
        ("empty.png", a_png(0, 0), "cannot be read"),
        ("bomb.png", a_png(60_000, 60_000), "25 megapixels"),
        ("cut.png", _TRUNCATED.getvalue()[:5_000], "cannot be read"),
        ("boat.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "cannot be read"),
        ("boat.png", a_zip(), "cannot be read"),
        ("boat.txt", b"a boat", "cannot be read"),
    ],
)
async def test_files_that_are_no_pictures_are_turned_away(
    evening: Evening, engine: ScriptedEngine, name: str, content: bytes, because: str
) -> None:
    ada = evening.person("Ada")
    await ada.begin(evening.lounge, "picture edit", instruction="at night", picture=(name, content))
    note = await ada.next_message(evening.lounge, lambda message: message.ephemeral)
    assert because in note.content
    assert engine.pictures == []


async def test_of_an_animation_the_first_frame_is_taken(evening: Evening, engine: ScriptedEngine) -> None:
    frames = [Image.new("RGB", (16, 16), (number % 256, 40, 40)) for number in range(500)]
    file = BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    ada = evening.person("Ada")
    answer = await ada.slash(
        evening.lounge, "picture edit", instruction="at night", picture=("boat.gif", file.getvalue())
    )
    await answer.until(is_drawn)
    begun = engine.pictures[0].image
    assert begun is not None
    with Image.open(BytesIO(begun)) as picture:
        assert getattr(picture, "n_frames", 1) == 1


async def test_either_a_file_or_one_of_salons_pictures_is_changed(evening: Evening) -> None:
    ada = evening.person("Ada")
    await refused(ada, evening.lounge, "picture edit", because="drawn in this channel yet", instruction="at night")
    await drawn(evening)
    both = {"instruction": "at night", "picture": a_photo(), "work": "#1"}
    await refused(ada, evening.lounge, "picture edit", because="not both", **both)
    await refused(ada, evening.lounge, "picture edit", because="Discord lists", instruction="at night", work="boat")
    await refused(ada, evening.lounge, "picture edit", because="not any more", instruction="at night", work="#99")


async def test_a_picture_of_another_server_is_as_if_it_were_not(evening: Evening) -> None:
    await drawn(evening, "Ben")
    library, ben = evening.discord.channel("library", server="Quiet Room"), evening.person("Ben")
    await refused(ben, library, "picture edit", because="not in this server", instruction="at night", work="#1")
    assert await ben.autocomplete(library, "picture edit", focused="work", work="") == []
    await refused(ben, library, "picture edit", because="drawn in this channel yet", instruction="at night")


async def test_a_picture_of_another_channel_is_not_had_by_typing_its_number(evening: Evening) -> None:
    await drawn(evening, "Ada")
    after_dark = evening.discord.channel("after-dark")
    options = {"instruction": "at night", "work": "#1"}
    await refused(evening.person("Ben"), after_dark, "picture edit", because="not in this server", **options)
    await evening.person("Ada").slash(after_dark, "picture edit", **options)


async def test_in_a_channel_of_people_nothing_is_drawn_described_or_changed(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada, lounge = evening.person("Ada"), evening.lounge
    before = await drawn(evening)
    await ada.slash(lounge, "settings channel", ai="human-only")
    await refused(ada, lounge, "picture imagine", because="belongs to people", prompt="a boat")
    await refused(ada, lounge, "picture describe", because="belongs to people", picture=a_photo())
    for label in ("Again", "Vary", "Larger", "Edit prompt…"):
        await ada.press(before, label)
        note = await ada.next_message(lounge, lambda message: message.ephemeral)
        assert "belongs to people" in note.content
    for command in ("Describe picture", "Edit this picture"):
        assert "belongs to people" in (await ada.use_on(before, command)).content
    assert len(engine.history) == 1
    assert "Seed" in str((await ada.press(before, "Details")).embeds)


async def test_where_nothing_draws_or_sees_the_sentence_names_the_setting(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada = evening.person("Ada")
    engine.image_card = engine.sight_card = None
    await refused(ada, evening.lounge, "picture imagine", because="SALON_IMAGE_MODEL", prompt="a boat")
    await refused(ada, evening.lounge, "picture describe", because="SALON_SIGHT_MODEL", picture=a_photo())


async def test_buttons_are_there_only_where_the_pipeline_can(evening: Evening, engine: ScriptedEngine) -> None:
    assert engine.image_card is not None
    engine.image_card = replace(engine.image_card, edits=None, largest=None, takes_avoid=False)
    answer = await drawn(evening)
    assert answer.labels == ["Again", "Edit prompt…", "In the story", "Details", "Delete"]
    form = await evening.person("Ada").press(answer, "Edit prompt…")
    assert list(form.values) == ["prompt"]
    await refused(evening.person("Ada"), evening.lounge, "picture edit", because="cannot change one", work="#1")


async def test_a_style_that_is_deleted_while_a_picture_waits_is_drawn_as_it_was_asked(
    evening: Evening, engine: ScriptedEngine
) -> None:
    ada, lounge = evening.person("Ada"), evening.lounge
    await ada.submit(await ada.slash(lounge, "style picture create", name="Tide"), before="a linocut of")
    engine.hold()
    others = [await ada.slash(lounge, "picture imagine", prompt="a boat") for _ in range(2)]
    waiting = await ada.slash(lounge, "picture imagine", prompt="a whale", style="Tide")
    await ada.slash(lounge, "style picture delete", name="Tide")
    engine.release()
    for answer in (*others, waiting):
        await answer.until(is_drawn)
    assert engine.pictures[-1].prompt == "a linocut of a whale"
    await refused(ada, lounge, "picture imagine", because="no style “Tide”", prompt="a whale", style="Tide")


@pytest.mark.parametrize(
    ("error", "words"), [(NotFinite("nan"), "no picture"), (OutOfMemory("full", fits=(512, 512)), "512 × 512")]
)
async def test_what_fails_on_the_device_is_a_sentence_below_the_prompt(
    evening: Evening, engine: ScriptedEngine, error: Exception, words: str
) -> None:
    engine.enqueue_picture(error)
    answer = await evening.person("Ada").slash(evening.lounge, "picture imagine", prompt="a boat")
    await answer.until(lambda message: words in message.content)
    assert answer.content.startswith("**Ada** asks for: a boat\n")
    assert (answer.files, answer.labels) == ([], [])


@pytest.fixture
async def half_explicit(discord: Sandbox, tmp_path: Path, engine: ScriptedEngine) -> AsyncIterator[Evening]:
    """An evening at which the first picture judged turns out explicit."""
    engine.enqueue_picture(has_previews=False)
    async with salon_at(discord, tmp_path, engine, ScriptedJudge(first=[0.95])) as salon:
        yield Evening(discord, salon, discord.channel("lounge"))


async def test_of_several_pictures_those_that_may_be_seen_are_shown_and_the_rest_is_counted(
    half_explicit: Evening,
) -> None:
    answer = await drawn(half_explicit, count=3)
    assert len(answer.files) == 2
    assert "One more picture was drawn and is held back" in answer.content


async def test_where_the_works_folder_is_closed_the_sentence_says_so(evening: Evening) -> None:
    folder = evening.salon.settings.works_dir
    folder.mkdir(exist_ok=True)
    folder.rmdir()
    folder.write_text("in the way")
    answer: Message = await evening.person("Ada").slash(evening.lounge, "picture imagine", prompt="a boat")
    await answer.until(lambda message: "folder of its pictures" in message.content)
