"""What was seen of the last few stills, their pixels, near and far: a new camera or timing does not look again."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.relief import relief
from studio.media.stills import load_pixels
from studio.shot import Shot, Still, Timeline

__all__ = ["pixels_of", "relief_of"]

_STILLS, _RELIEFS = 2, 16
"""How many are kept. A still of 12 megapixels takes 36 MB, a relief about 50 kB."""

_SIDE = 768
"""Longer side at which a still is judged: near and far are read off much smaller grids."""

_ONE_SECOND = Timeline(seconds=1.0)

_Values = TypeVar("_Values", bound=np.generic)

Stamp = tuple[str, int, int]
"""A file as it lay there: path, time of its last change in nanoseconds, bytes."""


def pixels_of(still: Still) -> NDArray[np.uint8]:
    """A still's pixels, height × width × 3, RGB; not to be written into.

    Raises:
        StillError: the file was removed or changed.
    """
    return _pixels(still, _stamp(still.path))


def relief_of(shot: Shot) -> NDArray[np.float32]:
    """How near every part of a shot's still is, as ``relief`` judges it; not to be written into.

    Raises:
        StillError, InputError: as ``pixels_of`` and ``relief``.
    """
    strokes = tuple(control for control in shot.controls if control.kind == "depth_strokes")
    # What the camera does, when and how large does not change what is near: it is left out of the key.
    seen = Shot(
        still=shot.still, timeline=_ONE_SECOND, seconds=1.0, focus=shot.focus, faces=shot.faces, controls=strokes
    )
    return _relief(seen, tuple(_stamp(path) for path in (shot.still.path, *(stroke.path for stroke in strokes))))


@lru_cache(maxsize=_STILLS)
def _pixels(still: Still, _: Stamp) -> NDArray[np.uint8]:
    return _locked(load_pixels(still))


@lru_cache(maxsize=_RELIEFS)
def _relief(shot: Shot, stamps: tuple[Stamp, ...]) -> NDArray[np.float32]:
    pixels = _pixels(shot.still, stamps[0])
    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return _locked(relief(shot, np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)))


def _stamp(path: str) -> Stamp:
    """The file's state; of one that is gone, none: whoever opens it says so."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return path, 0, 0
    return path, found.st_mtime_ns, found.st_size


def _locked(array: NDArray[_Values]) -> NDArray[_Values]:
    array.setflags(write=False)
    return array
