"""What a still is searched with: its colours, and how fine its texture is, on a small grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Look",
    "Map",
    "Mask",
    "discs",
    "fine_texture",
    "holding",
    "look_at",
    "ordered_texture",
    "pieces",
    "settle",
    "step",
    "strongest",
]

Map = NDArray[np.float32]
Mask = NDArray[np.uint8]

_DETAIL_SIDE = 768
"""The longer side, in pixels, at which fine texture is measured."""

_FINEST = 1.2
"""Standard deviation, in those pixels, of the blur that fine texture does not survive."""

_AROUND = 0.04
"""How wide around a place its fine edges are counted, as a share of the longer side."""


@dataclass(frozen=True)
class Look:
    """What the finders look at, all rows × columns.

    Attributes:
        rgb: the small still.
        red, green, blue, luma, saturation: 0 to 1.
        hue: degrees.
        rough: how much luma differs within a few pixels, standard deviation.
        fine: how much a colour differs from one pixel of the large still to the next, mean.
        order: how far fine edges around lie one way: 0 every way, 1 all one way.
        row, column: 0 to 1 from the top and from the left.
        focus: the point of interest, in fractions.
    """

    rgb: NDArray[np.uint8]
    red: Map
    green: Map
    blue: Map
    luma: Map
    saturation: Map
    hue: Map
    rough: Map
    fine: Map
    order: Map
    row: Map
    column: Map
    focus: tuple[float, float]


def look_at(rgb: NDArray[np.uint8], fine: Map, order: Map, focus: tuple[float, float]) -> Look:
    """Look at a small still (height × width × 3, RGB) whose fine texture was measured before it was made small."""
    part = np.asarray(rgb / 255, np.float32)
    hsv = np.asarray(cv2.cvtColor(part, cv2.COLOR_RGB2HSV), np.float32)
    luma = np.asarray(cv2.cvtColor(part, cv2.COLOR_RGB2GRAY), np.float32)
    mean = cv2.blur(luma, (7, 7))
    rough = np.asarray(np.sqrt(np.maximum(cv2.blur(luma * luma, (7, 7)) - mean * mean, 0)), np.float32)
    rows, columns = luma.shape
    row, column = np.meshgrid(
        np.arange(0.5, rows, dtype=np.float32) / rows,
        np.arange(0.5, columns, dtype=np.float32) / columns,
        indexing="ij",
    )
    red, green, blue = (np.ascontiguousarray(part[..., channel]) for channel in range(3))
    return Look(rgb, red, green, blue, luma, hsv[..., 1], hsv[..., 0], rough, fine, order, row, column, focus)


def fine_texture(still: NDArray[np.uint8], size: tuple[int, int]) -> Map:
    """How much a still differs from pixel to pixel, on a grid of this width and height.

    Clouds and haze have shape but next to no fine texture; what is solid and in focus has.
    """
    height, width = still.shape[:2]
    still = _detailed(still)
    blur = _FINEST * min(1.0, max(0.5, max(height, width) / _DETAIL_SIDE))
    apart = strongest(cv2.absdiff(still, cv2.GaussianBlur(still, (0, 0), blur)))
    detail = cv2.blur(np.asarray(apart, np.float32) / np.float32(255), (9, 9))
    return np.asarray(cv2.resize(detail, size, interpolation=cv2.INTER_AREA), np.float32)


def ordered_texture(still: NDArray[np.uint8], size: tuple[int, int]) -> Map:
    """How far a still's fine edges lie one way, on a grid of this width and height (the coherence of its structure
    tensor; Bigün and Granlund, 1987).

    Edges of leaves lie every way, those of bricks, boards, fur and blades of grass do not.
    """
    grey = cv2.cvtColor(_detailed(still), cv2.COLOR_RGB2GRAY).astype(np.float32)
    across, down = (cv2.Sobel(grey, cv2.CV_32F, *way) for way in ((1, 0), (0, 1)))
    side = max(5, round(_AROUND * max(grey.shape)) | 1)
    xx, xy, yy = (cv2.blur(part, (side, side)) for part in (across * across, across * down, down * down))
    order = np.sqrt((xx - yy) ** 2 + 4 * xy * xy) / (xx + yy + 1e-3)
    return np.asarray(cv2.resize(order, size, interpolation=cv2.INTER_AREA), np.float32)


def _detailed(still: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A still at the size at which fine texture is measured, at most."""
    height, width = still.shape[:2]
    scale = min(1.0, _DETAIL_SIDE / max(height, width))
    if scale == 1:
        return still
    large = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(still, large, interpolation=cv2.INTER_AREA), np.uint8)


def settle(look: Look, fit: Map, sure: float = 0.75, never: float = 0.12) -> Mask:
    """Cut the picture where its colours change, starting from how well each pixel fits (0 to 1)."""
    mask = np.where(fit > 0.5, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    mask[fit > sure] = cv2.GC_FGD
    mask[fit < never] = cv2.GC_BGD
    inside = (mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)
    if inside.sum() < 20 or (~inside).sum() < 20:
        return np.where(inside, 255, 0).astype(np.uint8)
    cv2.setRNGSeed(1)  # its colour clusters start at random places
    cv2.grabCut(look.rgb, mask, (0, 0, 0, 0), np.zeros((1, 65)), np.zeros((1, 65)), 2, cv2.GC_INIT_WITH_MASK)
    return np.where((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD), 255, 0).astype(np.uint8)


def step(value: Map, middle: float, width: float) -> Map:
    """0 well below the middle, 1 well above it."""
    return np.asarray(np.clip((value - middle) / width + 0.5, 0, 1), np.float32)


def strongest(picture: NDArray[Any]) -> Mask:
    """The greatest of the three channels at each place: as NumPy's, in a tenth of the time."""
    red, green, blue = cv2.split(picture)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)


def pieces(mask: Mask, least: float) -> Mask:
    """The mask without its pieces smaller than this share of the picture."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    large = np.where(stats[:, cv2.CC_STAT_AREA] >= least * mask.size, 255, 0).astype(np.uint8)
    large[0] = 0
    return np.asarray(large[labels], np.uint8)


def holding(mask: NDArray[Any], held: NDArray[np.bool_], connectivity: int) -> NDArray[np.bool_]:
    """The pieces of a mask that hold some of what is to be held."""
    count, labels = cv2.connectedComponents(np.asarray(mask, np.uint8), connectivity=connectivity)
    own = np.zeros(count, np.bool_)
    own[labels[held]] = True
    own[0] = False
    return np.asarray(own[labels], np.bool_)


def discs(mask: Mask, share: tuple[float, float], full: float) -> Iterator[tuple[NDArray[np.bool_], Map, float]]:
    """The round pieces of a mask: where each is, its middle (x and y), and its area in pixels.

    Args:
        share: the least and the most of the picture that one fills.
        full: what a round one fills of its own hull, at least.
    """
    count, labels, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=4)
    for number in range(1, count):
        area = float(stats[number, cv2.CC_STAT_AREA])
        if not share[0] < area / mask.size < share[1]:
            continue
        piece = np.asarray(labels == number)
        if area > full * cv2.contourArea(cv2.convexHull(np.argwhere(piece).astype(np.int32))):
            yield piece, np.asarray(centres[number]), area
