"""Keep what a shot is given besides its words, named by its content: what was painted over the still, the clip before.

A painting is a PNG of the still's shape: transparent where nothing is painted; for near and far, light is near and
dark is far. It comes from a browser, so it is checked and written anew, never kept as it came.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from studio.errors import InputError, MediaError
from studio.media.motion import keep_video
from studio.media.stills import open_still
from studio.media.whole import refused, whole
from studio.settings import Settings
from studio.shot import Control, ControlKind, Shot, Still

__all__ = ["LARGEST_PAINTING", "Painting", "find_control", "housed", "keep_clip", "keep_control", "keep_painting"]

LARGEST_PAINTING = 2_000_000
"""Bytes; the page's own paintings have about 20,000."""

_LONGEST_SIDE = 1024
_SHAPE_OFF = 0.02
_PAINTED = 127
"""Alpha above which a pixel counts as painted: the soft rim of a stroke alone paints nothing."""

_PAINTED_KINDS: tuple[ControlKind, ...] = ("motion_brush", "depth_strokes")

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DAMAGED = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    LookupError,
    EOFError,
    zlib.error,
    Image.DecompressionBombError,
)


class Painting(NamedTuple):
    """What was painted: its name (a digest; empty where nothing is painted) and its share of the still, 0 to 1."""

    key: str
    share: float


def keep_painting(data: bytes, still: Still, folder: Path) -> Painting:
    """Check a painting and keep it as ``<digest>.png`` in `folder`, whole or not at all.

    Raises:
        InputError: it is no PNG with transparency, is too large, or has another shape than the still.
        MediaError: `folder` cannot be written.
    """
    pixels = np.array(_opened(data, still).convert("RGBA"))
    painted = pixels[..., 3] > _PAINTED
    if not painted.any():
        return Painting("", 0.0)
    pixels[..., :3] = np.asarray(Image.fromarray(pixels[..., :3]).convert("L"))[..., None]
    pixels[pixels[..., 3] == 0] = 0
    height, width = painted.shape
    key = hashlib.sha256(f"{width}x{height} RGBA\n".encode() + pixels.tobytes()).hexdigest()
    _keep(folder / f"{key}.png", lambda part: Image.fromarray(pixels).save(part, "PNG", compress_level=4))
    return Painting(key, float(painted.mean()))


def keep_clip(clip: Path, folder: Path) -> str:
    """Keep a clip that another shot goes on from as ``<digest>.mp4`` in `folder` and give the digest.

    It stays when its take is deleted, so that the shot can still be made.

    Raises:
        MediaError: the clip cannot be read, or `folder` cannot be written.
    """
    try:
        with clip.open("rb") as file:
            key = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise MediaError(
            "the clip", error.strerror or clip.name, expected="a take that is still kept here", action="Make it again."
        ) from error
    _keep(folder / f"{key}.mp4", lambda part: shutil.copyfile(clip, part))
    return key


def keep_control(kind: ControlKind, source: Path, still: Still, settings: Settings, name: str = "") -> Control:
    """Check a control's file and keep it in the data folder.

    Args:
        still: what is painted on.
        name: what a reference is called in the prompt.

    Raises:
        InputError, StillError: the file is not what this kind wants.
        MediaError: it cannot be read or kept.
    """
    said = f"the {kind.replace('_', ' ')}"
    if kind in ("end_frame", "reference"):
        return Control(
            kind=kind, path=open_still(source, settings.data / "stills", settings, source.name).path, name=name
        )
    folder = settings.data / "controls"
    if kind in _PAINTED_KINDS:
        painting = keep_painting(_bytes(source, said), still, folder)
        if not painting.key:
            raise InputError(
                said, f"nothing is painted in {source.name}", expected="some paint", action="Leave it out."
            )
        return Control(kind=kind, path=str(folder / f"{painting.key}.png"), name=name)
    if kind == "audio":
        raise InputError(
            said, source.name, expected="another control: no engine here is given sound", action="Leave it out."
        )
    keep = keep_clip(source, folder) if kind == "previous_clip" else keep_video(source, folder, settings, said)
    return Control(kind=kind, path=str(folder / f"{keep}.mp4"), name=name)


def find_control(folder: Path, name: str, thing: str) -> Path:
    """Where a kept file lies.

    Raises:
        InputError: it is no longer kept here.
    """
    path = folder / name
    if not path.is_file():
        raise InputError(thing, expected="one that is still kept here", action="Take it out, or give it again.")
    return path


def housed(shot: Shot, data: Path) -> Shot:
    """The shot of a record, its files named in full again: as they lie in the data folder `data`."""

    def place(folder: str, path: str) -> str:
        return str(data / folder / Path(path).name)

    controls = tuple(
        control.but(path=place("stills" if control.kind in ("end_frame", "reference") else "controls", control.path))
        for control in shot.controls
    )
    return shot.but(still=shot.still.but(path=place("stills", shot.still.path)), controls=controls)


def _bytes(source: Path, thing: str) -> bytes:
    try:
        with source.open("rb") as file:
            return file.read(LARGEST_PAINTING + 1)
    except OSError as error:
        raise InputError(
            thing, f"{source.name}: {error.strerror}", expected="a PNG", action="Choose it again."
        ) from error


def _opened(data: bytes, still: Still) -> PngImageFile:
    if len(data) > LARGEST_PAINTING:
        raise _refused(f"{len(data) / 1e6:.1f} MB", f"at most {LARGEST_PAINTING // 1_000_000} MB")
    if not data.startswith(_SIGNATURE):
        raise _refused("not a PNG", "a PNG with transparency")
    try:
        picture = PngImageFile(BytesIO(data))
        width, height = picture.size
        if max(width, height) > _LONGEST_SIDE:  # from the header, before anything is decoded
            raise _refused(f"{width} × {height} pixels", f"sides of at most {_LONGEST_SIDE}")
        picture.load()
    except _DAMAGED as error:
        if isinstance(error, InputError):
            raise
        raise _refused("a damaged PNG", "a whole one") from error
    if "A" not in picture.getbands():
        raise _refused("a picture without transparency", "a PNG that is transparent where nothing is painted")
    if abs(width / height * still.height / still.width - 1) > _SHAPE_OFF:
        raise _refused(f"{width} × {height} pixels", f"the shape of the still, {still.width} × {still.height}")
    return picture


def _refused(value: str, expected: str) -> InputError:
    return InputError("the painting", value, expected=expected, action="Paint it again on this still.")


def _keep(target: Path, write: Callable[[Path], object]) -> None:
    """Write a file named by its content, unless it is there."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_file() and target.stat().st_size:
            os.utime(target)  # used again: it is not old
            return
        with whole(target) as part:
            write(part)
    except OSError as error:
        raise refused(f"the file {target.name}", error, "a data folder", "set MOTION_FIRST_DATA to another") from error
