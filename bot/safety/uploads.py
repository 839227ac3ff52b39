"""Pictures that members upload: only what decodes and is of a bearable size, upright and without its metadata."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import ExifTags, Image

from bot.errors import BadInput

MAX_UPLOAD_BYTES = 32 * 2**20
MAX_PIXELS = 25_000_000
MAX_SIDE_PX = 16_384

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Upright:
    """A picture as people see it: `rgb` holds its rows of pixels, three bytes each."""

    width: int
    height: int
    rgb: bytes

    def as_png(self, longest_px: int | None = None) -> bytes:
        """Return it as a PNG without metadata, made smaller where a side is longer than `longest_px`."""
        return self._saved("PNG", longest_px, compress_level=1)

    def as_webp(self, longest_px: int | None = None) -> bytes:
        """Return it as a WebP, as small as one looks at without seeing that; else as `as_png` does."""
        return self._saved("WEBP", longest_px, quality=88)

    def _saved(self, format: str, longest_px: int | None, **options: int) -> bytes:
        image = Image.frombytes("RGB", (self.width, self.height), self.rgb)
        if longest_px is not None:
            image.thumbnail((longest_px, longest_px))
        with BytesIO() as file:
            image.save(file, format, **options)
            return file.getvalue()


def check_upload_size(size_bytes: int) -> None:
    """Raise `BadInput` for a file too large to be a picture, before anyone downloads it."""
    if size_bytes > MAX_UPLOAD_BYTES:
        raise BadInput("safety.picture_file_too_large", limit=MAX_UPLOAD_BYTES // 2**20)


def open_upload(content: bytes) -> Upright:
    """Decode a PNG, JPEG or WebP, or the first frame of a GIF; raise `BadInput` for anything else.

    Takes up to a second for the largest: call it beside the event loop.
    """
    check_upload_size(len(content))
    try:
        return _decoded(content)
    except BadInput:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # decoders fail on hostile bytes in more ways than they document
        raise BadInput("safety.not_a_picture") from error


def _decoded(content: bytes) -> Upright:
    with Image.open(BytesIO(content), formats=_FORMATS) as image:
        if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE_PX:
            raise _too_many_pixels()
        image.load()
        upright = _upright(_flat(image), _orientation(image))
        return Upright(upright.width, upright.height, upright.tobytes())


def _flat(image: Image.Image) -> Image.Image:
    """Return it in RGB: on white where it is transparent, and with 16 bits a pixel scaled to 8."""
    if image.has_transparency_data:
        with_alpha = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, with_alpha).convert("RGB")
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256, "L").convert("RGB")
    return image.convert("RGB")


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # a camera's broken note is no reason to refuse its picture
        return 1


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _too_many_pixels() -> BadInput:
    return BadInput("safety.too_many_pixels", megapixels=MAX_PIXELS // 1_000_000, side=MAX_SIDE_PX)
