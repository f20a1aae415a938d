"""Disparity of a still: half what the network drew, half layout; or, where there is no network, by rule.

A small network trained on made scenes is right about what stands where, and leans what stands upright. So a part of the
disparity is layout (nearer towards the lower edge and the middle): half, or less where the network is surer. The thing
in focus stands upright and turns as one: of its own relief it keeps what the network drew, within a bound. What layout
says of it would lean it, so that under an orbit its crown would slide over its chin.

The rule:

The ground is a plane: its disparity grows linearly from the horizon to the bottom edge. The thing in focus stands
upright on it, so that all of it has the disparity of the ground at its foot. Everything else lies behind. A rule, not
a model: it is right about the common picture, and smooth where it is wrong.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.geometry import FAR, NEAR

__all__ = ["blend", "estimate_disparity", "grid_size", "ground_and_centre", "lift_above_focus", "steady"]

_SHORT_SIDE = 64
_HORIZON = (0.3, 0.55)
_SMOOTH = 0.035
"""Luma difference between neighbours on the grid below which sky, wall or backdrop goes on."""

_ABOVE_FOCUS = 0.12
"""How far to the sides, in heights of the picture, the part right above the focus reaches."""

_WITHIN = 0.06
"""A place that is less likely to be the thing in focus is none of it."""

_PARTED = 0.82
"""The share of all variance that lies between near and far where something stands before what is far; of a ground that
leads there it is three quarters.
"""

_WIDE = 0.8
"""What is near over more of a row of the picture is ground."""

_SUBJECT_SHARE = (0.02, 0.75)
"""A subject smaller or larger than this share of the picture was not found."""

_RELIEF = 0.05
"""How much nearer or farther than the whole of it a part of the thing in focus is, at most: it turns as one."""

_SURE = 0.16
"""Standard deviation of what the network draws of a picture that it counts as much as layout in; what it is sure of
differs more."""
_COUNTS = (0.6, 3.0)


def estimate_disparity(still: NDArray[np.uint8], focus: tuple[float, float]) -> NDArray[np.float32]:
    """Guess how near every part of a still is.

    Args:
        still: height × width × 3, RGB.
        focus: the point of interest, in fractions.

    Returns:
        A small grid of the still's shape, 0 (far) to 1 (near).
    """
    small = _shrink(still)
    grey = _grey(small)
    horizon = _horizon(grey)
    ground = _ground(len(grey), horizon)
    subject = _subject(small, grey, focus)
    level = _level(subject, horizon)
    return np.asarray(np.clip(ground + subject * (level - ground), 0, 1), np.float32)


def steady(drawn: NDArray[np.float32], still: NDArray[np.uint8], focus: tuple[float, float]) -> NDArray[np.float32]:
    """What the network drew, and ground and centre; the thing in focus at one depth but for a little relief.

    Args:
        drawn: rows × columns, any scale.
        still: height × width × 3, RGB.
        focus: the point of interest, in fractions.

    Returns:
        A small grid of the still's shape, 0 (far) to 1 (near).
    """
    small = _shrink(still)
    size = small.shape[1], small.shape[0]
    disparity = blend(drawn, size)
    fine = np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_CUBIC), np.float32)
    subject = _subject(small, _grey(small), focus, _figure(fine, focus))
    whole = max(float(subject.sum()), 1e-3)
    mean = float((subject * disparity).sum() / whole)
    relief = (fine - float((subject * fine).sum() / whole)) / max(4 * float(fine.std()), 1e-3)
    even = mean + _RELIEF * np.tanh(relief / _RELIEF)
    return np.asarray(disparity + subject * (even - disparity), np.float32)


def blend(drawn: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    """What the network drew, in units of what it draws when it is not sure, and ground and centre in its own.

    Args:
        drawn: rows × columns, any scale.
        size: width and height of the grid that is wanted.

    Returns:
        A grid of that size, 0 (far) to 1 (near): a fiftieth lies farther than 0, a fiftieth nearer than 1.
    """
    fine = np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_CUBIC), np.float32)
    layout, sure = ground_and_centre(size), float(fine.std())
    counts = float(np.clip(sure / _SURE, *_COUNTS)) / max(sure, 1e-3)
    both = (fine - fine.mean()) * counts + (layout - layout.mean()) / float(layout.std())
    low, high = np.percentile(both, (2, 98))
    return np.asarray(np.clip((both - low) / max(float(high - low), 1e-3), 0, 1), np.float32)


def ground_and_centre(size: tuple[int, int]) -> NDArray[np.float32]:
    """Nearer towards the lower edge and towards the middle, on a grid of this width and height."""
    y, x = np.mgrid[0 : 1 : size[1] * 1j, -1 : 1 : size[0] * 1j]
    return np.asarray(0.6 * y + 0.4 * np.exp(-2 * (x**2 + (2 * y - 1.1) ** 2)), np.float32)


def grid_size(still: NDArray[np.uint8]) -> tuple[int, int]:
    """Width and height of the grid on which near and far of a still are judged."""
    height, width = still.shape[:2]
    scale = min(1.0, _SHORT_SIDE / min(height, width), 4 * _SHORT_SIDE / max(height, width))
    return max(16, round(width * scale)), max(16, round(height * scale))


def lift_above_focus(disparity: NDArray[np.float32], focus: tuple[float, float]) -> NDArray[np.float32]:
    """Disparity relative to the thing in focus, within the range that is rendered."""
    height, width = disparity.shape
    column, row = round(focus[0] * (width - 1)), round(focus[1] * (height - 1))
    around = max(2, min(height, width) // 16)
    patch = disparity[max(0, row - around) : row + around + 1, max(0, column - around) : column + around + 1]
    return np.asarray(np.clip(disparity - np.median(patch), FAR, NEAR), np.float32)


def _shrink(still: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.asarray(cv2.resize(still, grid_size(still), interpolation=cv2.INTER_AREA), np.uint8)


def _grey(small: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY) / np.float32(255), np.float32)


def _horizon(grey: NDArray[np.float32]) -> float:
    """Where the ground begins, from the top: under what is smooth all the way from the upper edge."""
    return float(np.clip(np.median(_skyline(grey)) / len(grey), *_HORIZON))


def _skyline(grey: NDArray[np.float32]) -> NDArray[np.intp]:
    """How many rows of each column, from the upper edge, are smooth: sky, wall or backdrop."""
    steps = np.abs(np.diff(cv2.GaussianBlur(grey, (0, 0), 0.7), axis=0)) > _SMOOTH
    rough = cv2.dilate(steps.astype(np.uint8), np.ones((1, 5), np.uint8)) > 0
    return np.where(rough.any(axis=0), rough.argmax(axis=0), len(rough))


def _ground(rows: int, horizon: float) -> NDArray[np.float32]:
    """The ground's disparity in each row, as a column: from the horizon to the lower edge."""
    y = ((np.arange(rows, dtype=np.float32) + 0.5) / rows)[:, None]
    ground = np.asarray(np.clip((y - horizon) / (1 - horizon), 0, 1) * 0.9 + 0.1 * y, np.float32)
    blurred = cv2.GaussianBlur(ground, (1, 0), 1e-3, sigmaY=rows / 12)  # no kink where they meet
    return np.asarray(blurred, np.float32).reshape(rows, 1)


def _level(subject: NDArray[np.float32], horizon: float) -> float:
    """The ground's disparity at the foot of the thing in focus."""
    weight = subject.sum(axis=1)
    foot = float(np.searchsorted(np.cumsum(weight), 0.95 * weight.sum()) + 0.5) / len(subject)
    return float(np.clip((foot - horizon) / (1 - horizon), 0.45, 1.0)) * 0.9 + 0.1 * foot


def _keyhole(shape: tuple[int, int], focus: tuple[float, float]) -> NDArray[np.float32]:
    """Where the thing in focus may be: around its point and, widening, below it, as what stands on the ground is."""
    rows, columns = shape
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    x, y = (x + 0.5) / columns - focus[0], (y + 0.5) / rows - focus[1]
    half_width = (0.23 + 0.4 * np.maximum(y, 0)) / max(columns / rows, 1.0) ** 0.5
    return np.asarray(np.exp(-0.5 * ((x / half_width) ** 2 + (np.minimum(y, 0) / 0.24) ** 2)), np.float32)


def _figure(fine: NDArray[np.float32], focus: tuple[float, float]) -> NDArray[np.bool_]:
    """What the network draws near around the focus, in one piece: where near and far part (Otsu, "A Threshold Selection
    Method from Gray-Level Histograms", 1979) and do not lead into each other, as a ground does.
    """
    rows, columns = fine.shape
    level = np.asarray(np.clip(fine * 255, 0, 255), np.uint8)
    near = cv2.threshold(level, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1]
    share, spread = float(near.mean()), float(fine.var())
    apart = float(fine[near > 0].mean() - fine[near == 0].mean()) if 0 < share < 1 else 0.0
    near[near.mean(axis=1) > _WIDE] = 0  # the ground that it stands on
    _, labels = cv2.connectedComponents(near)
    own = labels[min(rows - 1, int(focus[1] * rows)), min(columns - 1, int(focus[0] * columns))]
    if not own or share * (1 - share) * apart**2 < _PARTED * spread:
        return np.zeros(fine.shape, bool)
    return np.asarray(labels == own)


def _subject(
    small: NDArray[np.uint8],
    grey: NDArray[np.float32],
    focus: tuple[float, float],
    figure: NDArray[np.bool_] | None = None,
) -> NDArray[np.float32]:
    """How surely each place belongs to the thing in focus, 0 to 1, with soft edges.

    Foreground and background colours are told apart by graph cuts (Rother et al., "GrabCut", 2004) within the keyhole.
    """
    prior = _keyhole(small.shape[:2], focus)
    mask = np.where(prior > 0.5, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    skyline = _skyline(grey)
    above = np.arange(len(grey))[:, None] < skyline - 1
    mask[(prior < _WITHIN) | above] = cv2.GC_BGD
    under = (np.arange(len(grey))[:, None] + 0.5) / len(grey) - focus[1]
    mask[(prior > 0.97) & ~above & (under < 0.1)] = cv2.GC_FGD
    cv2.setRNGSeed(1)  # its colour clusters start at random places
    cv2.grabCut(small, mask, (0, 0, 0, 0), np.zeros((1, 65)), np.zeros((1, 65)), 3, cv2.GC_INIT_WITH_MASK)
    found = np.asarray((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD), np.float32)
    if not _SUBJECT_SHARE[0] < found.mean() < _SUBJECT_SHARE[1]:
        found = np.asarray((prior > 0.5) & ~above, np.float32)
    if figure is not None:
        found = np.maximum(found, figure & (prior > _WITHIN))
    found = np.maximum(found, _upwards(found, skyline, focus))
    across = min(found.shape)
    hole = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across // 7 | 1, across // 7 | 1))
    found = np.asarray(cv2.morphologyEx(found, cv2.MORPH_CLOSE, hole), np.float32)
    found = np.asarray(cv2.dilate(found, np.ones((across // 12 | 1, across // 12 | 1), np.uint8)), np.float32)
    return np.asarray(cv2.GaussianBlur(found, (0, 0), across / 40), np.float32)


def _upwards(found: NDArray[np.float32], skyline: NDArray[np.intp], focus: tuple[float, float]) -> NDArray[np.float32]:
    """What rises over the subject into a smooth backdrop, as a cap does over a bottle, belongs to it."""
    rows, columns = found.shape
    row, column = np.arange(rows)[:, None], np.arange(columns)
    beside = np.abs((column + 0.5) / columns - focus[0]) * columns / rows > _ABOVE_FOCUS
    backdrop = (skyline > 0.08 * rows) & (skyline / rows < focus[1])
    between = (row >= skyline - 1) & (row <= focus[1] * rows)
    return np.asarray(between & backdrop & ~beside, np.float32)
