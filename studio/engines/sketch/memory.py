"""What was seen of the last few stills, their pixels, near and far: a new camera or timing does not look again."""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.hypotheses import Watcher, draw
from studio.engines.sketch.relief import relief
from studio.engines.sketch.straight import Lines, find_lines
from studio.media.stills import load_pixels
from studio.shot import Shot, Still, Timeline

__all__ = ["hypothesis_of", "lines_of", "pixels_of", "relief_of"]

_STILLS, _RELIEFS, _HYPOTHESES = 2, 16, 64
"""How many are kept. A still of 12 megapixels takes 36 MB, a relief about 50 kB, a hypothesis 6 kB."""

_SIDE = 768
"""Longer side at which a still is judged: near and far are read off much smaller grids."""

_ONE_SECOND = Timeline(seconds=1.0)

_Values = TypeVar("_Values", bound=np.generic)

Stamp = tuple[str, int, int]
"""A file as it lay there: path, time of its last change in nanoseconds, bytes."""

_drawn: dict[tuple[Stamp, int], NDArray[np.float32]] = {}
_drawing = threading.Lock()


def pixels_of(still: Still) -> NDArray[np.uint8]:
    """A still's pixels, height × width × 3, RGB; not to be written into.

    Raises:
        StillError: the file was removed or changed.
    """
    return _pixels(still, _stamp(still.path))


def hypothesis_of(shot: Shot, watch: Watcher | None = None) -> NDArray[np.float32]:
    """What the network draws of a shot's still, with the shot's depth seed; not to be written into.

    Args:
        shot: its still and its depth seed; nothing else matters.
        watch: is told the steps, where they are taken now.

    Raises:
        StillError: as ``pixels_of``.
        EngineError: the network cannot be loaded.
    """
    key = _stamp(shot.still.path), shot.depth_seed
    with _drawing:  # one at a time: whoever comes second finds what the first has drawn
        if key not in _drawn:
            found = _locked(draw(_seen(shot.still, key[0]), shot.depth_seed, watch))
            while len(_drawn) >= _HYPOTHESES:
                del _drawn[next(iter(_drawn))]
            _drawn[key] = found
        return _drawn[key]


def relief_of(shot: Shot, *, by_rule: bool = False) -> NDArray[np.float32]:
    """How near every part of a shot's still is, as ``relief`` judges it; not to be written into.

    Args:
        shot: its still, focus, faces, painted depth and depth seed.
        by_rule: whether to do without the network.

    Raises:
        StillError, InputError: as ``pixels_of`` and ``relief``.
        EngineError: the network cannot be loaded.
    """
    strokes = tuple(control for control in shot.controls if control.kind == "depth_strokes")
    # What the camera does, when and how large does not change what is near: it is left out of the key.
    seen = Shot(
        still=shot.still,
        timeline=_ONE_SECOND,
        seconds=1.0,
        focus=shot.focus,
        faces=shot.faces,
        controls=strokes,
        depth_seed=shot.depth_seed,
    )
    paths = (shot.still.path, *(stroke.path for stroke in strokes))
    return _relief(seen, tuple(_stamp(path) for path in paths), by_rule)


def lines_of(still: Still) -> Lines:
    """What is straight in a still; not to be written into.

    Raises:
        StillError: as ``pixels_of``.
    """
    return _lines(still, _stamp(still.path))


@lru_cache(maxsize=_RELIEFS)
def _lines(still: Still, stamp: Stamp) -> Lines:
    return _locked(find_lines(_seen(still, stamp)))


@lru_cache(maxsize=_STILLS)
def _pixels(still: Still, _: Stamp) -> NDArray[np.uint8]:
    return _locked(load_pixels(still))


@lru_cache(maxsize=_RELIEFS)
def _relief(shot: Shot, stamps: tuple[Stamp, ...], by_rule: bool) -> NDArray[np.float32]:
    drawn = None if by_rule else hypothesis_of(shot)
    return _locked(relief(shot, _seen(shot.still, stamps[0]), drawn))


def _seen(still: Still, stamp: Stamp) -> NDArray[np.uint8]:
    """A still as it is judged."""
    pixels = _pixels(still, stamp)
    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


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
