"""Pictures for a model, at the clip's size: cropped to its shape around the point of interest, then scaled."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter, UnidentifiedImageError

from studio.errors import ShotError
from studio.media.stills import load_pixels
from studio.shot import Control, Shot, Still

__all__ = ["fitted", "fitted_still", "held", "open_control", "open_painting"]

Stamp = tuple[int, int, int] | None
"""When a file was last written, how long it is, and which one it is; None: there is none."""

_PAINTED = 127
"""Alpha above which a pixel counts as painted, as where paintings are kept."""
_RIM = 0.01
"""The soft rim of what is painted, in shares of the longer side."""


def fitted(picture: NDArray[np.uint8], size: tuple[int, int], focus: tuple[float, float]) -> Image.Image:
    """Crop and scale a picture.

    Args:
        picture: height × width × 3, RGB.
        size: width and height of the clip.
        focus: the point of interest, in fractions; the crop holds it as near its middle as the edges allow.
    """
    height, width = picture.shape[:2]
    scale = min(width / size[0], height / size[1])
    across, down = size[0] * scale, size[1] * scale
    left = float(np.clip(focus[0] * width - across / 2, 0, width - across))
    top = float(np.clip(focus[1] * height - down / 2, 0, height - down))
    box = (left, top, left + across, top + down)
    return Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS, box=box)


def fitted_still(shot: Shot, size: tuple[int, int]) -> Image.Image:
    """The still of a shot at a clip's size; opened once for takes in a row, as long as its file stays as it is.

    Raises:
        StillError: its file was removed, changed or cannot be read.
    """
    return _fitted_still(shot.still, _stamp(Path(shot.still.path)), size, shot.focus).copy()


@lru_cache(maxsize=1)
def _fitted_still(still: Still, _stamp: Stamp, size: tuple[int, int], focus: tuple[float, float]) -> Image.Image:
    return fitted(load_pixels(still), size, focus)


def _stamp(path: Path) -> Stamp:
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino


def open_control(control: Control) -> NDArray[np.uint8]:
    """Read the picture of a control: height × width × 3, RGB.

    Raises:
        ShotError: the file is missing or is no picture.
    """
    return _read(control, "RGB")


def open_painting(control: Control, size: tuple[int, int], focus: tuple[float, float]) -> Image.Image:
    """Read what was painted over the still as a mask of the clip's size: 255 where it is painted, else 0.

    Raises:
        ShotError: the file is missing or is no picture.
    """
    alpha = _read(control, "RGBA")[..., 3]
    painted = fitted(np.repeat(alpha[..., None], 3, axis=2), size, focus).convert("L")
    return painted.point(lambda value: 255 if value > _PAINTED else 0)


def held(frames: NDArray[np.uint8], still: Image.Image, painted: Image.Image) -> NDArray[np.uint8]:
    """The frames with the still's own pixels where nothing is painted; the rim of the paint is soft.

    Args:
        frames: frames × height × width × 3.
        still, painted: of the frames' size.
    """
    rim = max(1.0, _RIM * max(still.size))
    wide = painted.filter(ImageFilter.MaxFilter(2 * round(rim) + 1)).filter(ImageFilter.GaussianBlur(rim / 2))
    share = (np.asarray(wide, np.uint16) + (np.asarray(wide) > 127))[..., None]  # 0 to 256
    own = np.asarray(still, np.uint16) * (256 - share)
    return np.stack([((frame * share + own) >> 8).astype(np.uint8) for frame in frames])


def _read(control: Control, mode: str) -> NDArray[np.uint8]:
    path = Path(control.path)
    try:
        with Image.open(path, formats=("PNG", "JPEG", "WEBP")) as picture:
            return np.asarray(picture.convert(mode))
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError) as error:
        raise ShotError(
            f"the {control.kind.replace('_', ' ')}",
            path.name,
            expected="a picture that can be opened",
            action="Choose it again.",
        ) from error
