"""Lettering: where a line of it stands, how tall it is, what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.picture import Lettering
from studio.still.lines import Line, joined
from studio.still.reader import LINE, can_read, detect, recognise

__all__ = ["find_lettering"]

_WHOLE = 640  # pixels, longest side of the view that shows large lettering whole
_TILE, _SEAM = 448, 32  # pixels: side of a tile at full size, and how far neighbours overlap
_SEARCHED = 2_400_000  # pixels of tiles that are searched: all of 1080p, of a larger picture where strokes are densest
_CLOSEST = 2.0  # times as large, where few parts hold strokes: it helps with type of 6 to 8 pixels
_CLOSER = 1.25  # times; less is not worth the blur
_BLOCK = 16  # pixels; a block of this size with strokes in it may hold lettering
_STROKE = 28  # of 255: contrast inside 3 × 3 pixels that can be the stroke of a letter
_STROKES = 10  # pixels of a block that must show it
_AROUND = 3  # blocks around them that are looked at too: without its ground a line is not seen
_READ = 7200  # pixels of lines, ``LINE`` high, that are read at most: half a second
_SURE = 0.75  # of the recogniser; textures of 60 pictures without lettering reached 0.69 with two letters or more


class _View(NamedTuple):
    """A part of the picture to search: where it starts there, and how many of its pixels make one of the picture."""

    pixels: NDArray[np.uint8]
    start: tuple[int, int]
    scale: float


def find_lettering(pixels: NDArray[np.uint8]) -> tuple[Lettering, ...]:
    """Find the lines of lettering, largest first.

    The whole picture is searched scaled down for large lettering, and tile by tile at full size for small; tiles
    without a stroke are passed over. A line counts when the recogniser can read it: textures also look like lines.
    Horizontal lines, tilted ones and such that run up or down a side are read, upright columns of letters are not.
    Where RapidOCR is not installed no lettering is found: ``can_read`` tells.

    Args:
        pixels: height × width × 3, RGB.
    """
    if not can_read():
        return ()
    found: list[tuple[Line, str, float]] = []
    left = float(_READ)
    for line in joined(line for view in _views(pixels) for line in _lines(view)):
        if any(other.covers(line) for other, _, _ in found):
            continue
        left -= max(2 * LINE, LINE * line.width / line.height)
        if left < 0:
            break
        straight = line.straightened(pixels)
        text, confidence = recognise(straight)
        if is_lettering(text, confidence):
            found.append((line.fitted(straight), text, confidence))
    found.sort(key=lambda one: -one[0].height)
    return tuple(_record(*one, pixels.shape) for one in found)


def is_lettering(text: str, confidence: float) -> bool:
    """Whether a reading is more than what a texture yields."""
    return confidence >= _SURE and sum(letter.isalnum() for letter in text) >= 2


def _record(line: Line, text: str, confidence: float, shape: tuple[int, ...]) -> Lettering:
    return Lettering(
        box=line.box(shape), text=text, height=round(line.height, 1), confidence=round(confidence, 3)
    )  # fmt: skip


def _lines(view: _View) -> list[Line]:
    return [Line.along(corners / view.scale + view.start) for corners in detect(view.pixels)]


def _views(pixels: NDArray[np.uint8]) -> Iterator[_View]:
    height, width = pixels.shape[:2]
    whole = min(1.0, _WHOLE / max(height, width))
    yield _view(pixels, (0, 0), whole)
    parts = list(_parts(pixels))
    area = sum((bottom - top) * (right - left) for top, bottom, left, right in parts)
    scale = float(np.clip(np.sqrt(_SEARCHED / max(1, area)), 1.0, _CLOSEST))
    scale = scale if scale > _CLOSER else 1.0
    searched = 0.0
    for top, bottom, left, right in parts:
        searched += (bottom - top) * (right - left) * scale**2
        if searched > 1.01 * _SEARCHED:
            return
        yield _view(pixels[top:bottom, left:right], (left, top), scale)


def _parts(pixels: NDArray[np.uint8]) -> Iterator[tuple[int, int, int, int]]:
    """Tiles cut down to where their strokes are, densest first: top, bottom, left, right in pixels."""
    strokes = _strokes(pixels)
    parts = []
    for top, bottom in _spans(pixels.shape[0]):
        for left, right in _spans(pixels.shape[1]):
            inside = strokes[top // _BLOCK : bottom // _BLOCK, left // _BLOCK : right // _BLOCK]
            rows, columns = np.nonzero(inside)
            if rows.size:
                up = max(top, (top // _BLOCK + int(rows.min()) - _AROUND) * _BLOCK)
                down = min(bottom, (top // _BLOCK + int(rows.max()) + 1 + _AROUND) * _BLOCK)
                start = max(left, (left // _BLOCK + int(columns.min()) - _AROUND) * _BLOCK)
                end = min(right, (left // _BLOCK + int(columns.max()) + 1 + _AROUND) * _BLOCK)
                parts.append((-rows.size / ((down - up) * (end - start)), up, down, start, end))
    return (part[1:] for part in sorted(parts))


def _view(part: NDArray[np.uint8], start: tuple[int, int], scale: float) -> _View:
    height, width = part.shape[:2]
    size = max(32, round(width * scale)), max(32, round(height * scale))
    if size != (width, height):
        filtering = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        part = np.asarray(cv2.resize(part, size, interpolation=filtering), dtype=np.uint8)
    return _View(part, start, scale)


def _strokes(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which blocks hold strokes: one for every ``_BLOCK`` × ``_BLOCK`` pixels."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    square = np.ones((3, 3), np.uint8)
    contrast = cv2.subtract(cv2.dilate(grey, square), cv2.erode(grey, square)) >= _STROKE
    height, width = (side // _BLOCK for side in grey.shape)
    blocks = contrast[: height * _BLOCK, : width * _BLOCK].reshape(height, _BLOCK, width, _BLOCK)
    return np.asarray(blocks.sum(axis=(1, 3)) >= _STROKES)


def _spans(length: int) -> list[tuple[int, int]]:
    """Even tiles over a side, with their seams overlapping: (start, end) in pixels."""
    many = max(1, -(-(length - _SEAM) // (_TILE - _SEAM)))
    step = (length - _SEAM) / many
    return [(round(step * i), min(length, round(step * (i + 1)) + _SEAM)) for i in range(many)]
