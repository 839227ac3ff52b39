"""Files on messages, as Discord has them: what it says of them, where they lie, and how they come and go."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import aiohttp
import discord
import pytest
from PIL import Image

from sandbox import Sandbox
from sandbox.files import picture_size
from tests.sandbox.bots import Bot, Start


def picture(width: int = 40, height: int = 24, kind: str = "PNG") -> bytes:
    """Draw a plain picture."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(content, kind)
    return content.getvalue()


def file(name: str, content: bytes = b"", description: str | None = None) -> discord.File:
    """Hold a file that is ready to be sent."""
    return discord.File(io.BytesIO(content or picture()), name, description=description)


@pytest.fixture
async def lounge(start: Start, bot: Bot, sandbox: Sandbox) -> discord.TextChannel:
    """#lounge, as a bot holds it that says what it was given."""

    @bot.tree.command(description="Look at a picture")
    async def look(interaction: discord.Interaction, image: discord.Attachment) -> None:
        await interaction.response.defer()
        seen = f"{image.content_type} {image.width} x {image.height}, at most {interaction.filesize_limit}"
        content = await image.read()
        await interaction.followup.send(seen, file=file("same.png", content), ephemeral=True)

    await start(bot)
    channel = bot.get_channel(sandbox.channel("lounge").id)
    assert isinstance(channel, discord.TextChannel)
    return channel


async def test_a_picture_is_described_by_its_bytes_and_the_limit_for_answers_is_said(
    sandbox: Sandbox, lounge: discord.TextChannel
) -> None:
    sent = picture()
    answer = await sandbox.member("Ada").slash(sandbox.channel("lounge"), "look", image=("a.png", sent))
    assert answer.content == f"image/png 40 x 24, at most {10 * 2**20}"
    assert answer.files[0].content == sent


async def test_alt_text_and_spoilers_are_kept_and_told(lounge: discord.TextChannel) -> None:
    files = [file("a.png", description="A teal field"), file("SPOILER_b.webp", picture(kind="WEBP"))]
    plain, hidden = (await lounge.send(files=files)).attachments
    assert (plain.description, plain.is_spoiler(), plain.flags.value) == ("A teal field", False, 0)
    assert (hidden.content_type, hidden.is_spoiler()) == ("image/webp", True)
    assert hidden.flags.value == 1 << 3


async def test_a_description_over_a_thousand_characters_is_refused(lounge: discord.TextChannel) -> None:
    with pytest.raises(discord.HTTPException, match="Must be 1024 or fewer") as refused:
        await lounge.send(file=file("a.png", description="x" * 1025))
    assert refused.value.code == 50035


async def test_files_that_are_too_large_together_are_refused(lounge: discord.TextChannel) -> None:
    with pytest.raises(discord.HTTPException) as refused:
        await lounge.send(files=[file(f"{number}.bin", b"x" * 9 * 2**20) for number in range(3)])
    assert (refused.value.status, refused.value.code) == (413, 40005)


async def test_an_edit_puts_one_picture_in_place_of_another(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    message = await lounge.send(file=file("first.jpg", picture(kind="JPEG")))
    await message.edit(attachments=[file("second.png", picture(80, 60), description="Clearer")])
    (shown,) = sandbox.channel("lounge").messages[0].files
    assert (shown.filename, shown.width, shown.height, shown.description) == ("second.png", 80, 60, "Clearer")


async def test_an_embed_takes_the_size_of_the_picture_that_it_shows(lounge: discord.TextChannel) -> None:
    embed = discord.Embed().set_image(url="attachment://a.png")
    sent = await lounge.send(embed=embed, file=file("a.png"))
    assert (sent.embeds[0].image.url, sent.embeds[0].image.width) == (sent.attachments[0].url, 40)


async def test_an_address_holds_only_with_its_signature(lounge: discord.TextChannel) -> None:
    address = (await lounge.send(file=file("a.png"))).attachments[0].url
    unsigned, _, query = address.partition("?")
    async with aiohttp.ClientSession() as session:
        for url, status in ((address, 200), (unsigned, 404), (f"{unsigned}?{query.replace('hm=', 'hm=0')}", 404)):
            async with session.get(url) as answer:
                assert answer.status == status


async def test_an_upload_may_be_cut_midway(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    sandbox.faults.cut("POST", "/messages")
    with pytest.raises(aiohttp.ClientError):
        await lounge.send(file=file("a.bin", b"x" * 2**20))
    assert sandbox.channel("lounge").messages == []
    await lounge.send(file=file("a.bin", b"x" * 2**20))
    assert len(sandbox.channel("lounge").messages) == 1


async def test_a_download_may_be_cut_midway_or_refused(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    attachment = (await lounge.send(file=file("a.png"))).attachments[0]
    sandbox.faults.cut("GET", "/cdn")
    with pytest.raises(aiohttp.ClientPayloadError):
        await attachment.read()
    sandbox.faults.refuse("GET", "/cdn", status=404)
    with pytest.raises(discord.NotFound):
        await attachment.read()
    assert await attachment.read() == picture()


async def test_files_that_no_message_names_any_more_are_gone_the_next_day(tmp_path: Path) -> None:
    state = tmp_path / "world.json"
    async with Sandbox(state_file=state) as yesterday:
        ada, lounge = yesterday.member("Ada"), yesterday.channel("lounge")
        await ada.delete(await ada.say(lounge, files=[("gone.png", picture())]))
        await ada.say(lounge, files=[("kept.png", picture(8, 8))])
    async with Sandbox(state_file=state) as today:
        assert today.channel("lounge").messages[0].files[0].content == picture(8, 8)
    assert len(list((tmp_path / "world-files").iterdir())) == 1


def test_the_size_of_a_huge_picture_is_read_without_drawing_it() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 12_000, 12_000, 8, 2, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    assert picture_size(content, "image/png") == (12_000, 12_000)


@pytest.mark.parametrize("content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture()[:20]])
def test_what_is_no_picture_has_no_size(content: bytes) -> None:
    assert picture_size(content, "image/png") is None
