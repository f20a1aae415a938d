"""Decode a picture's bytes into upright 8-bit RGB, or say why it cannot be done.

A format is a signature and the decoder for it; nothing else is tried, so a file is read as what it is and never as
what its name claims. Decoders are built directly instead of through ``Image.open``: the limit on pixels is then this
project's own, checked from the header before anything is decoded, and no process-wide setting of Pillow is touched.
"""

from __future__ import annotations

import errno
import struct
import warnings
import zlib
from io import BytesIO
from typing import NamedTuple

from PIL import Image
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.PpmImagePlugin import PpmImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from studio.errors import StillError
from studio.media.colour import split_alpha, to_eight_bits, to_srgb
from studio.settings import Settings

__all__ = ["LONGEST_ASPECT", "SHORTEST_SIDE", "decode"]

SHORTEST_SIDE = 64
"""Pixels; below this there is nothing to animate."""

LONGEST_ASPECT = 8.0
"""Long side to short side; beyond this no engine has a frame for it."""

_ORIENTATION = 0x0112  # EXIF 2.32, table 4
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SCALABLE = ("L", "RGB", "RGBA", "CMYK")
"""Modes that can be scaled down at once, before anything is computed on a hundred megapixels."""

_DAMAGED = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,  # a frame inside a GIF or a tile inside a TIFF that is larger than the picture
)
"""What Pillow's decoders raise on damaged bytes; fuzzed in tests/test_media_decode.py."""

# Decoders warn about odd tags on standard error. What matters to a person becomes a note or a StillError instead.
warnings.filterwarnings("ignore", module=r"PIL\.")


class _Format(NamedTuple):
    name: str
    decoder: type[ImageFile]
    signatures: tuple[bytes, ...]
    brands: tuple[bytes, ...] = ()

    def matches(self, data: bytes) -> bool:
        if self.brands and data[4:8] == b"ftyp":
            brands = data[8 : min(128, int.from_bytes(data[:4], "big"))]
            return any(brand in brands for brand in self.brands)
        if self.decoder is WebPImageFile and data[8:12] != b"WEBP":
            return False
        return data.startswith(self.signatures) if self.signatures else False


class _Reader(BytesIO):
    """A file's bytes that may be asked for only so often.

    Decoders walk blocks, markers and comments in Python; a file of a few megabytes can hold millions of them, and
    would keep the studio busy for minutes. A real picture of 50 MB needs a few hundred thousand reads.
    """

    _left = 1_000_000

    def read(self, size: int | None = -1, /) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise OSError(errno.EFBIG, "too many parts")
        return super().read(size)


_FORMATS = (
    _Format("PNG", PngImageFile, (b"\x89PNG\r\n\x1a\n",)),
    _Format("JPEG", JpegImageFile, (b"\xff\xd8\xff",)),
    _Format("WebP", WebPImageFile, (b"RIFF",)),
    _Format("AVIF", AvifImageFile, (), (b"avif", b"avis")),
    _Format("GIF", GifImageFile, (b"GIF87a", b"GIF89a")),
    _Format("TIFF", TiffImageFile, (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
    _Format("BMP", BmpImageFile, (b"BM",)),
    _Format("PPM", PpmImageFile, tuple(b"P%d%c" % (n, space) for n in range(1, 7) for space in b" \t\r\n")),
)
_KNOWN = ", ".join(format.name for format in _FORMATS)

_OTHERS = (
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"8BPS", "a Photoshop document"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM video"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 sound"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\0\0\1\0", "an icon"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
)
_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def decode(data: bytes, limits: Settings, thing: str) -> tuple[Image.Image, tuple[str, ...]]:
    """Decode a picture: first frame, sRGB, upright, no transparency, no side longer than ``limits.still_side``.

    Args:
        data: the whole file.
        thing: how messages call it ("the picture cat.jpg").

    Returns:
        The picture in mode RGB and what was changed on the way, in plain words.

    Raises:
        StillError: the bytes are no picture of a known format, are damaged, or are outside the limits.
    """
    format = _recognise(data, thing)
    notes: list[str] = []
    try:
        picture = format.decoder(_Reader(data))
    except (*_DAMAGED, MemoryError) as error:
        raise _damaged(thing, format) from error
    _check_size(*picture.size, limits, thing)
    try:
        return _develop(picture, limits.still_side, notes), tuple(notes)
    except MemoryError as error:
        raise StillError(
            thing,
            f"{picture.width} × {picture.height} pixels",
            expected="a picture that fits in this machine's memory",
            action="Scale it down and drop it again.",
        ) from error
    except _DAMAGED as error:
        raise _damaged(thing, format) from error


def _recognise(data: bytes, thing: str) -> _Format:
    if not data:
        raise StillError(thing, "an empty file", expected="a picture", action="Save or download it again.")
    for format in _FORMATS:
        if format.matches(data):
            return format
    kind, heif = _guess(data)
    action = "Export it as JPEG and drop that." if heif else "Drop a picture, or export it as PNG or JPEG."
    raise StillError(thing, kind, expected=f"one of {_KNOWN}", action=action)


def _guess(data: bytes) -> tuple[str, bool]:
    """Name what a file is that is not a picture for us, and say whether it is a HEIC photo."""
    if data[4:8] == b"ftyp":
        heif = any(brand in data[8:64] for brand in _HEIF)
        return ("a HEIC photo" if heif else "an MP4 or MOV video"), heif
    if data.startswith(b"RIFF"):
        return {b"AVI ": "an AVI video", b"WAVE": "a WAV sound"}.get(data[8:12], "an unknown RIFF file"), False
    for signature, kind in _OTHERS:
        if data.startswith(signature):
            return kind, False
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        return "an SVG drawing", False
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "a web page", False
    try:
        data[:1024].decode("utf-8")
    except UnicodeDecodeError as error:
        return ("text" if error.start > 1000 else "an unknown kind of file"), False
    return ("an unknown kind of file" if b"\0" in data[:1024] else "text"), False


def _damaged(thing: str, format: _Format) -> StillError:
    return StillError(
        thing,
        f"{format.name} data that break off, are damaged or of a rare kind",
        expected="a whole picture file",
        action="Save or download it again, or export it as PNG.",
    )


def _check_size(width: int, height: int, limits: Settings, thing: str) -> None:
    size = f"{width} × {height} pixels"
    if width * height > limits.max_megapixels * 1_000_000:
        raise StillError(
            thing,
            size,
            expected=f"at most {limits.max_megapixels} megapixels",
            action="Scale it down and drop it again.",
        )
    if min(width, height) < SHORTEST_SIDE:
        raise StillError(
            thing, size, expected=f"at least {SHORTEST_SIDE} pixels on each side", action="Use a larger picture."
        )
    if max(width, height) > LONGEST_ASPECT * min(width, height):
        raise StillError(
            thing,
            size,
            expected=f"sides of at most {LONGEST_ASPECT:g} to 1",
            action="Crop it to the part that should move.",
        )


def _develop(picture: ImageFile, side: int, notes: list[str]) -> Image.Image:
    """Run the steps from the opened file to the finished still; each adds a note when it changes something."""
    width, height = picture.size
    if getattr(picture, "is_animated", False):
        notes.append("It has several frames; the first is used.")
    profile = picture.info.get("icc_profile")
    if max(width, height) > side:  # JPEG alone: decode at a half, a quarter or an eighth, never below the target
        scale = side / max(width, height)
        picture.draft(None, (round(width * scale), round(height * scale)))
    picture.load()
    turn = _find_turn(picture, notes)
    image = _fit(picture, side) if picture.mode in _SCALABLE and "transparency" not in picture.info else picture
    upright = image if turn is None else image.transpose(turn)
    eight, alpha = split_alpha(to_eight_bits(upright, notes))
    coloured = to_srgb(eight, profile, notes)
    if alpha is not None and alpha.getextrema()[0] != 255:
        notes.append("Transparent parts are shown on white.")
        coloured = Image.composite(coloured, Image.new("RGB", coloured.size, "white"), alpha)
    still = _fit(coloured, side)
    if max(width, height) > side:
        notes.append(f"It was scaled down to {still.width} × {still.height} pixels.")
    return still


def _find_turn(picture: ImageFile, notes: list[str]) -> Image.Transpose | None:
    try:
        orientation = picture.getexif().get(_ORIENTATION, 1)
    except _DAMAGED:
        notes.append("Its EXIF data is damaged and was ignored, so it may lie on its side.")
        return None
    return _UPRIGHT.get(orientation) if isinstance(orientation, int) else None


def _fit(picture: Image.Image, side: int) -> Image.Image:
    longest = max(picture.size)
    if longest <= side:
        return picture
    width, height = (max(1, round(length * side / longest)) for length in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
