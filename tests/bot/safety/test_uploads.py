"""Uploaded pictures: what is taken, what is refused, and that nothing but pixels comes through."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from bot.errors import BadInput
from bot.safety.uploads import MAX_UPLOAD_BYTES, check_upload_size, open_upload
from tests.bot.refusing import refused

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def picture(width: int = 4, height: int = 2) -> Image.Image:
    """A green picture with a red corner, top left."""
    image = Image.new("RGB", (width, height), GREEN)
    image.putpixel((0, 0), RED)
    return image


def encoded(image: Image.Image, format: str = "PNG", **options: object) -> bytes:
    with io.BytesIO() as file:
        image.save(file, format, **options)
        return file.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims a size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def pixels(content: bytes) -> Image.Image:
    upload = open_upload(content)
    return Image.frombytes("RGB", (upload.width, upload.height), upload.rgb)


@pytest.mark.parametrize(("format", "options"), [("PNG", {}), ("WEBP", {"lossless": True}), ("GIF", {})])
def test_pictures_of_these_kinds_are_taken_as_they_are(format: str, options: dict[str, bool]) -> None:
    assert pixels(encoded(picture(), format, **options)).tobytes() == picture().tobytes()


def test_a_jpeg_is_taken() -> None:
    red, green, blue = pixels(encoded(Image.new("RGB", (16, 16), BLUE), "JPEG")).getpixel((8, 8))  # type: ignore[misc]
    assert blue > 240 > 15 > max(red, green)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_mode_of_colour_becomes_plain_rgb(mode: str) -> None:
    white = Image.new("L", (3, 3), 255)
    image = Image.new("I;16", (3, 3), 65535) if mode == "I;16" else white.convert("RGB").convert(mode)
    taken = pixels(encoded(image, "JPEG" if mode == "CMYK" else "PNG"))
    assert [taken.getpixel((x, 1)) for x in range(3)] == [WHITE] * 3


def test_sixteen_bits_are_scaled_not_cut_off() -> None:
    assert pixels(encoded(Image.new("I;16", (1, 1), 0x8000))).getpixel((0, 0)) == (128, 128, 128)


def test_what_is_transparent_lies_on_white() -> None:
    assert pixels(encoded(Image.new("RGBA", (2, 2), (0, 0, 0, 0)))).getpixel((0, 0)) == WHITE


@pytest.mark.parametrize(("width", "height"), [(0, 0), (0, 5), (5, 0)])
def test_a_picture_of_no_pixels_is_refused(width: int, height: int) -> None:
    with refused("safety.not_a_picture"):
        open_upload(png_of_size(width, height))


@pytest.mark.parametrize(
    ("width", "height"), [(60_000, 60_000), (10_000, 10_000), (5_001, 5_000), (25_000_000, 1), (1, 16_385)]
)
def test_a_picture_is_refused_by_the_size_in_its_header_before_it_is_decoded(width: int, height: int) -> None:
    with refused("safety.too_many_pixels"):
        open_upload(png_of_size(width, height))


def test_a_picture_of_25_megapixels_is_taken() -> None:
    taken = open_upload(encoded(Image.new("1", (5_000, 5_000))))
    assert (taken.width, taken.height, len(taken.rgb)) == (5_000, 5_000, 75_000_000)


def test_a_file_too_large_to_be_a_picture_is_refused_unread() -> None:
    check_upload_size(MAX_UPLOAD_BYTES)
    with refused("safety.picture_file_too_large"):
        check_upload_size(MAX_UPLOAD_BYTES + 1)
    with refused("safety.picture_file_too_large"):
        open_upload(bytes(MAX_UPLOAD_BYTES + 1))


def test_a_truncated_picture_is_refused() -> None:
    whole = encoded(Image.effect_noise((64, 64), 90))
    with refused("safety.not_a_picture"):
        open_upload(whole[: len(whole) // 2])


def a_zip() -> bytes:
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("picture.png", encoded(picture()))
        return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4"/></svg>',
        a_zip(),
        encoded(picture(), "BMP"),
        encoded(picture(), "TIFF"),
        encoded(picture(), "PDF"),
    ],
    ids=["nothing", "text", "SVG", "a zip named .png", "BMP", "TIFF", "PDF"],
)
def test_what_is_no_picture_of_these_kinds_is_refused(content: bytes) -> None:
    with refused("safety.not_a_picture"):
        open_upload(content)


def test_of_a_gif_with_500_frames_the_first_is_taken() -> None:
    frames = [Image.new("P", (8, 8), index % 256) for index in range(500)]
    for frame in frames:
        frame.putpalette([channel for level in range(256) for channel in (level, 0, 255 - level)])
    content = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=20)
    assert pixels(content).getpixel((4, 4)) == (0, 0, 255)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_a_picture_stands_as_its_camera_saw_it(orientation: int, format: str) -> None:
    """The red corner is where EXIF puts the first pixel: 1 and 5 top left, 2 and 6 top right, and so on."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    taken = pixels(encoded(picture(4, 2), format, exif=exif, lossless=True))
    assert taken.size == ((4, 2) if orientation < 5 else (2, 4))
    right, bottom = taken.width - 1, taken.height - 1
    corners = [(0, 0), (right, 0), (right, bottom), (0, bottom), (0, 0), (right, 0), (right, bottom), (0, bottom)]
    assert taken.getpixel(corners[orientation - 1]) == RED


@pytest.mark.parametrize("orientation", [0, 9, 65_535])
def test_an_orientation_that_does_not_exist_changes_nothing(orientation: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    assert pixels(encoded(picture(), exif=exif)).tobytes() == picture().tobytes()


def test_a_cameras_broken_note_is_no_reason_to_refuse_its_picture() -> None:
    assert pixels(encoded(picture(), exif=b"Exif\0\0garbage")).tobytes() == picture().tobytes()


def test_nothing_that_was_written_beside_the_pixels_comes_along() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Ana Lopes"
    notes = PngInfo()
    notes.add_text("Comment", "Rua das Flores 7")
    content = encoded(picture(), exif=exif, pnginfo=notes)
    assert b"Ana Lopes" in content
    assert b"Rua das Flores" in content
    again = open_upload(content).as_png()
    assert b"Ana Lopes" not in again
    assert b"Rua das Flores" not in again
    assert not Image.open(io.BytesIO(again)).info


def test_it_is_given_back_as_a_png_and_smaller_where_asked() -> None:
    upload = open_upload(encoded(picture(400, 200)))
    assert open_upload(upload.as_png()) == upload
    assert Image.open(io.BytesIO(upload.as_png(longest_px=100))).size == (100, 50)
    assert Image.open(io.BytesIO(upload.as_png(longest_px=1_000))).size == (400, 200)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF"])
@given(at=st.floats(0, 1, exclude_max=True), put=st.binary(min_size=1, max_size=8))
@example(at=0.0, put=b"\0")
def test_a_damaged_picture_is_taken_or_refused_with_a_sentence_and_nothing_else(
    format: str, at: float, put: bytes
) -> None:
    content = encoded(picture(16, 16), format)
    place = int(at * len(content))
    try:
        open_upload(content[:place] + put + content[place + len(put) :])
    except BadInput as error:
        assert str(error)


def test_a_webp_is_smaller_than_a_png_and_carries_nothing_but_pixels() -> None:
    gradient = Image.linear_gradient("L").resize((400, 200))
    upload = open_upload(encoded(gradient, "PNG"))
    small = Image.open(io.BytesIO(upload.as_webp(longest_px=100)))
    assert (small.format, small.size, dict(small.getexif())) == ("WEBP", (100, 50), {})
    assert len(upload.as_webp()) < len(upload.as_png())
