"""A clip that says how things move: its frames at another clip's times, and its motion drawn in colours.

Drawn motion is what engines are taught to follow: the hue says where to, the strength of the colour how fast, white is
rest. The wheel of colours and its scale are those of Baker et al., *A Database and Evaluation Methodology for Optical
Flow* (2011); the flow itself is OpenCV's DIS (Kroeger et al. 2016), which needs no weights.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.engines.diffusers.pictures import fitted
from studio.errors import ShotError
from studio.media.clips import probe, read_frames
from studio.shot import Control

__all__ = ["drawn_flow", "frames_at"]

_MIDDLE = (0.5, 0.5)
_ARCS = (15, 6, 4, 11, 13, 6)
"""Steps between two of red, yellow, green, cyan, blue, magenta: as many as the eye tells apart there."""
_CORNERS = np.array([(1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1), (1, 0, 0)], np.float32)


def frames_at(control: Control, count: int, fps: int, size: tuple[int, int]) -> tuple[list[Image.Image], bool]:
    """The pictures of a clip at the times of another one, cropped around the middle to its size.

    Returns:
        `count` pictures, and whether the clip was long enough; where it was not, its last picture stays.

    Raises:
        ShotError, MediaError: it cannot be read.
    """
    path = Path(control.path)
    rate = probe(path).fps
    wanted = [round(number * rate / fps) for number in range(count)]
    pictures: list[Image.Image] = []
    for place, frame in enumerate(read_frames(path)):
        again = sum(1 for number in wanted[len(pictures) :] if number == place)
        if again:
            pictures += [fitted(frame, size, _MIDDLE)] * again
        if len(pictures) == count:
            return pictures, True
    if not pictures:
        raise ShotError(f"the clip {path.name}", "empty", expected="a clip with frames", action="Choose it again.")
    return pictures + [pictures[-1]] * (count - len(pictures)), False


def drawn_flow(pictures: list[Image.Image]) -> list[Image.Image]:
    """The motion from each picture to the next, drawn; the first is shown twice, so that there are as many."""
    import cv2

    grey = [np.asarray(picture.convert("L")) for picture in pictures]
    finder = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    rest = np.zeros((*grey[0].shape, 2), np.float32)
    flows = [np.asarray(finder.calc(before, after, rest.copy()), np.float32) for before, after in pairwise(grey)]
    drawn = [Image.fromarray(_coloured(flow)) for flow in flows]
    return drawn[:1] + drawn if drawn else [Image.new("RGB", pictures[0].size, "white")]


def _coloured(flow: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Height × width × 2, in pixels, as colours; the fastest has the strongest."""
    speed = np.linalg.norm(flow, axis=-1)
    strength = (speed / max(float(speed.max()), 1e-5))[..., None]
    wheel = _wheel()
    place = (np.arctan2(-flow[..., 1], -flow[..., 0]) / np.pi + 1) / 2 * (len(wheel) - 1)
    first = np.floor(place).astype(int)
    share = (place - first)[..., None]
    hue = wheel[first] * (1 - share) + wheel[(first + 1) % len(wheel)] * share
    return np.asarray((1 - strength * (1 - hue)) * 255 + 0.5, np.uint8)


def _wheel() -> NDArray[np.float32]:
    steps = [np.linspace(a, b, n, endpoint=False) for a, b, n in zip(_CORNERS, _CORNERS[1:], _ARCS, strict=False)]
    return np.concatenate(steps).astype(np.float32)
