"""Where a plume begins: at the upper edge of the thing in focus, or on the ground."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from studio.engines.sketch.life.effect import Scene

__all__ = ["Mouth", "find_mouth", "ground_mouth"]

_CELLS = 160
_SUNK = 0.07
"""How far below its rim a vessel's liquid lies, in widths of the mouth."""

_HIGHEST = 0.3
"""How far above the focus its upper edge may be, in heights of the still."""


_GROUND, _ASIDE = 0.84, 0.35
"""Where ground is most likely, in heights of the still, and how far it lies towards the focus from the middle."""

_WIDER = 1.5
"""How much wider a plume from the ground begins."""


@dataclass(frozen=True)
class Mouth:
    """The middle of the mouth and its width, in pixels of the still."""

    x: float
    y: float
    width: float


def find_mouth(scene: Scene, share: float) -> Mouth:
    """The upper edge over the focus: the strongest level edge between what is like the focus and what lies above it.

    Args:
        share: the mouth's width, as a share of the still's shorter side.
    """
    height, width = scene.canvas.shape[:2]
    scale = _CELLS / max(height, width)
    size = (max(16, round(width * scale)), max(16, round(height * scale)))
    small = cv2.cvtColor(cv2.resize(scene.canvas, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2LAB)
    small = cv2.GaussianBlur(small, (0, 0), 1.0).astype(np.float32)
    columns, rows = size
    optics, (focus_x, focus_y) = scene.framing.optics, scene.shot.focus
    reach = share * min(optics.width, optics.height)
    half = max(1, round(0.3 * reach / optics.width * columns))
    column = int(np.clip(round(focus_x * columns), half, columns - 1 - half))
    strip = small[:, column - half : column + half + 1].mean(axis=1)
    step = np.linalg.norm(strip[2:] - strip[:-2], axis=1)
    last = int(np.clip(focus_y * rows, 2, rows - 2))
    first = max(1, int((focus_y - _HIGHEST) * rows))
    edges = step[first - 1 : last + 1]
    strong = np.flatnonzero(edges > 0.45 * edges.max()) if len(edges) else np.zeros(0, int)
    # A rim has two edges, and steam rises between them: from the middle of the uppermost edge and the one below it.
    row = first + float(strong.max()) if len(strong) else focus_y * rows
    return Mouth(focus_x * optics.width, (row + 0.5) / rows * optics.height + _SUNK * reach, reach)


def ground_mouth(scene: Scene, share: float) -> Mouth:
    """A place low in the picture, or in the frame where that ends higher, a little to the side of the focus.

    Args:
        share: as for `find_mouth`.
    """
    framing, optics = scene.framing, scene.framing.optics
    x = (0.5 + _ASIDE * (scene.shot.focus[0] - 0.5)) * optics.width
    y = min(_GROUND * optics.height, framing.top + _GROUND * framing.height)
    return Mouth(x, y, _WIDER * share * min(optics.width, optics.height))
