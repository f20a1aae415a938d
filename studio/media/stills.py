"""Open any picture a person drops as a Still: upright RGB pixels in a PNG that is named by its content."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from studio.errors import StillError
from studio.media.decode import decode
from studio.media.whole import whole
from studio.settings import Settings
from studio.shot import Still

__all__ = ["load_pixels", "open_still", "shown_still"]

Answer = TypeVar("Answer")

_LONGEST_NAME = 80
_SHOWN = 1600


def open_still(source: Path | bytes, folder: Path, limits: Settings, name: str = "") -> Still:
    """Open a picture and keep it as ``<digest>.png`` in `folder`, written whole or not at all.

    PNG, JPEG (upright whatever its EXIF orientation), WebP, AVIF, GIF, TIFF, BMP and PPM, of any colour mode and bit
    depth, are read. The PNG holds pixels only: no EXIF, no place, no colour profile. The same pixels give the same
    file, so opening a picture twice costs no disk.

    Args:
        source: a file, or the file's bytes.
        limits: ``max_upload_mb``, ``max_megapixels`` and ``still_side`` are obeyed.
        name: how the person knows it; the file's name when empty.

    Raises:
        StillError: the picture cannot be read, is damaged, or is outside the limits; or `folder` cannot be written.
    """
    shown = _clean(name or (source.name if isinstance(source, Path) else ""))
    thing = f"the picture {shown}" if shown else "the picture"
    data = _read(source, limits, thing) if isinstance(source, Path) else source
    if len(data) > limits.max_upload_mb * 1_000_000:
        raise _too_heavy(len(data), limits, thing)
    picture, notes = decode(data, limits, thing)
    pixels = np.asarray(picture)
    digest = _digest(pixels)
    target = folder / f"{digest}.png"
    if not _intact(target, digest):
        _save(picture, target, thing)
    return Still(
        path=str(target), digest=digest, width=picture.width, height=picture.height, name=shown, notes=tuple(notes)
    )


def load_pixels(still: Still) -> NDArray[np.uint8]:
    """Read a still's pixels back: height × width × 3, RGB, 8 bits.

    Raises:
        StillError: the file was removed, changed or cannot be read.
    """
    pixels = _pixels(Path(still.path))
    if pixels is None or pixels.shape[:2] != (still.height, still.width):
        raise StillError(
            f"the kept still {Path(still.path).name}",
            "missing, unreadable or changed" if pixels is None else f"{pixels.shape[1]} × {pixels.shape[0]} pixels",
            expected=f"a picture of {still.width} × {still.height} pixels",
            action="Drop the picture again.",
        )
    return pixels


def shown_still(path: Path) -> Path:
    """The JPEG of a kept still as the page shows it (longest side 1600 pixels), made again where it is gone.

    Raises:
        StillError: the still itself is gone, or the JPEG cannot be written.
    """
    shown = path.with_suffix(".jpg")
    if shown.exists():
        return shown
    thing = f"the kept still {path.name}"
    pixels = _pixels(path)
    if pixels is None:
        raise StillError(thing, "missing or unreadable", expected="its picture", action="Drop the picture again.")
    smaller = Image.fromarray(pixels)
    smaller.thumbnail((_SHOWN, _SHOWN))
    try:
        with whole(shown) as part:
            smaller.save(part, "JPEG", quality=88)
    except OSError as error:
        raise _unkept(thing, error) from error
    return shown


def _read(path: Path, limits: Settings, thing: str) -> bytes:
    """Read a regular file of at most the allowed size; a pipe or a device would block or never end."""
    facts = _ask(path.stat, thing)
    if stat.S_ISDIR(facts.st_mode):
        raise StillError(thing, "a folder", expected="a picture file", action="Drop one picture from inside it.")
    if not stat.S_ISREG(facts.st_mode):
        raise StillError(thing, "not a regular file", expected="a picture file", action="Copy it to disk first.")
    if facts.st_size > limits.max_upload_mb * 1_000_000:
        raise _too_heavy(facts.st_size, limits, thing)
    return _ask(path.read_bytes, thing)


def _ask(question: Callable[[], Answer], thing: str) -> Answer:
    """Ask the file system; a refusal becomes a StillError."""
    try:
        return question()
    except FileNotFoundError as error:
        raise StillError(thing, "not found", expected="an existing file", action="Check where it lies.") from error
    except PermissionError as error:
        raise StillError(
            thing, "no permission to read it", expected="a readable file", action="Change its permissions."
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        found = getattr(error, "strerror", None) or "not a valid path"
        raise StillError(thing, found, expected="a readable file", action="Copy it elsewhere and drop that.") from error


def _too_heavy(size: int, limits: Settings, thing: str) -> StillError:
    return StillError(
        thing,
        f"{size / 1_000_000:.1f} MB",
        expected=f"at most {limits.max_upload_mb} MB",
        action="Save it as JPEG or scale it down.",
    )


def _clean(name: str) -> str:
    """Keep the last part of a name, without control or direction characters, at most 80 code points."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    visible = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip()
    return visible if len(visible) <= _LONGEST_NAME else visible[: _LONGEST_NAME - 1] + "…"


def _digest(pixels: NDArray[np.uint8]) -> str:
    height, width = pixels.shape[:2]
    return hashlib.sha256(f"{width}x{height} RGB\n".encode() + pixels.tobytes()).hexdigest()


def _pixels(path: Path) -> NDArray[np.uint8] | None:
    try:
        with path.open("rb") as file:
            picture = PngImageFile(file)
            picture.load()
            return np.array(picture.convert("RGB"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def _intact(path: Path, digest: str) -> bool:
    """Whether the still is already kept, and whole: a damaged copy is written again."""
    pixels = _pixels(path) if path.exists() else None
    if pixels is None or _digest(pixels) != digest:
        return False
    with contextlib.suppress(OSError):
        os.utime(path)  # used again: it is not old
    return True


def _save(picture: Image.Image, target: Path, thing: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # From the bare pixels, so that nothing which hangs on the opened picture (EXIF, GPS, text) is written.
        bare = Image.fromarray(np.asarray(picture))
        with whole(target) as part:
            bare.save(part, format="PNG", compress_level=2)
    except OSError as error:
        raise _unkept(thing, error) from error


def _unkept(thing: str, error: OSError) -> StillError:
    return StillError(
        thing,
        f"cannot be kept ({error.strerror or 'the disk refused it'})",
        expected="a folder with free space that may be written",
        action="Free some space or choose another folder with MOTION_FIRST_DATA.",
    )
