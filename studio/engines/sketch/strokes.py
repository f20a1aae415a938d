"""Painted depth: a few strokes, light for near and dark for far, become the depth of what they touch.

The guess is changed as little and as smoothly as the strokes allow: a stroke fills its segment and fades beyond it
(colourisation by optimisation works alike: Levin et al., 2004).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.errors import InputError

__all__ = ["Strokes", "apply_strokes", "read_strokes"]

Grid = NDArray[np.float32]

_HOLD = 8.0
"""How firmly a stroke holds its own cells, beside one neighbour of the same segment."""

_ACROSS = 0.005
"""How much less neighbours of two segments hold together than those of one."""

_FADE = 0.001
"""How firmly every cell keeps its guess: a stroke fades over about four segments' borders."""

_ROUNDS = 300
_CLOSE = 1e-4


@dataclass(frozen=True)
class Strokes:
    """What was painted.

    Attributes:
        near: rows × columns, 0 (far) to 1 (near); means nothing where nothing was painted.
        said: rows × columns, 0 (nothing painted) to 1.
    """

    near: Grid
    said: Grid


def read_strokes(path: str | Path, shape: tuple[int, int], strength: float = 1.0) -> Strokes:
    """Read painted depth: a picture of the still's shape, transparent where nothing is said.

    Args:
        path: of a PNG.
        shape: rows and columns of the grid that it is brought to.
        strength: 0 to 1: how far the strokes are followed.

    Raises:
        InputError: it cannot be read as a picture, or has no transparency.
    """
    painted = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    if painted is None or painted.ndim != 3 or painted.shape[2] != 4:
        raise InputError(
            "painted depth",
            Path(path).name,
            expected="a PNG with transparency, as large as the still",
            action="Paint near and far again.",
        )
    full = painted.astype(np.float32) / (65535 if painted.dtype == np.uint16 else 255)
    opacity = full[..., 3]
    luma = cv2.cvtColor(np.ascontiguousarray(full[..., :3]), cv2.COLOR_BGR2GRAY) * opacity
    said, weighed = (cv2.resize(plane, shape[::-1], interpolation=cv2.INTER_AREA) for plane in (opacity, luma))
    near = np.clip(weighed / np.maximum(said, 1e-6), 0, 1)
    return Strokes(np.asarray(near, np.float32), np.asarray(said * strength, np.float32))


def apply_strokes(disparity: Grid, strokes: Strokes, labels: NDArray[np.intp]) -> Grid:
    """Bring the painted depth into a guess.

    Args:
        disparity: rows × columns, 0 (far) to 1 (near).
        strokes: of the same shape.
        labels: the segments, of the same shape.
    """
    if not strokes.said.any():
        return disparity
    sideways, downwards = (np.where(np.diff(labels, axis=axis) == 0, 1, _ACROSS).astype(np.float32) for axis in (1, 0))
    hold = _HOLD * strokes.said
    diagonal = hold + np.float32(_FADE)
    diagonal[:, 1:] += sideways
    diagonal[:, :-1] += sideways
    diagonal[1:] += downwards
    diagonal[:-1] += downwards

    def bend(change: Grid) -> Grid:
        """What the whole system answers to a change: its own hold, less what the neighbours pull."""
        answer = diagonal * change
        answer[:, 1:] -= sideways * change[:, :-1]
        answer[:, :-1] -= sideways * change[:, 1:]
        answer[1:] -= downwards * change[:-1]
        answer[:-1] -= downwards * change[1:]
        return answer

    change = np.zeros_like(disparity)
    rest = hold * (strokes.near - disparity)
    goal = _CLOSE * float(np.linalg.norm(rest))
    step = rest / diagonal
    energy = float((rest * step).sum())
    for _ in range(_ROUNDS):  # conjugate gradients, preconditioned by the diagonal
        if float(np.linalg.norm(rest)) <= goal:
            break
        answer = bend(step)
        length = np.float32(energy / float((step * answer).sum()))
        change, rest = change + length * step, rest - length * answer
        eased = rest / diagonal
        before, energy = energy, float((rest * eased).sum())
        step = eased + np.float32(energy / before) * step
    return np.asarray(np.clip(disparity + change, 0, 1), np.float32)
