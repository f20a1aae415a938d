"""Stereo pairs as a measure of depth: their disparity where both pictures agree about it.

A folder holds rectified pairs, ``NAME_left.png`` and ``NAME_right.png``. Matching is semi-global (Hirschmüller, "Stereo
Processing by Semiglobal Matching and Mutual Information", 2008), done from either side; what differs by more than a
pixel and a half is not known. So plain walls and what only one picture shows do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

__all__ = ["match", "read_pairs"]

_WIDEST = 128
"""Pixels of disparity that are looked for, at `_WIDTH`."""

_WIDTH = 640
_BLOCK = 5
_AGREE = 1.5

Picture = NDArray[np.uint8]
Grid = NDArray[np.float32]


def read_pairs(folder: Path) -> Iterator[tuple[str, Picture, Grid]]:
    """Name, left picture (height × width × 3, RGB) and its disparity in pixels (NaN where unknown), of each pair."""
    for path in sorted(folder.glob("*_left.png")):
        other = path.with_name(f"{path.name.removesuffix('_left.png')}_right.png")
        left, right = (cv2.imread(str(side)) for side in (path, other))
        if left is None or right is None or left.shape != right.shape:
            raise ValueError(f"{other}: expected a PNG of the size of {path.name}. Put the right picture beside it.")
        left, right = (_shrunk(side) for side in (left, right))
        yield path.name.removesuffix("_left.png"), np.ascontiguousarray(left[..., ::-1]), match(left, right)


def match(left: NDArray[Any], right: NDArray[Any]) -> Grid:
    """Disparity of the left picture in pixels, height × width; NaN where the two do not agree.

    Args:
        left, right: height × width × 3, uint8, rectified: what is at x in the left is at x - disparity in the right.
    """
    one, other = (cv2.cvtColor(side, cv2.COLOR_BGR2GRAY) for side in (left, right))
    there = _matched(one, other)
    back = _matched(other[:, ::-1], one[:, ::-1])[:, ::-1]
    y, x = np.mgrid[: one.shape[0], : one.shape[1]]
    met = back[y, np.clip(np.rint(x - there).astype(int), 0, one.shape[1] - 1)]
    agreed = (there > 0) & (np.abs(met - there) < _AGREE)
    return np.asarray(np.where(agreed, there, np.nan), np.float32)


def _matched(one: NDArray[Any], other: NDArray[Any]) -> Grid:
    area = _BLOCK * _BLOCK
    matcher = cv2.StereoSGBM.create(
        minDisparity=0,
        numDisparities=_WIDEST,
        blockSize=_BLOCK,
        P1=8 * area,
        P2=32 * area,
        disp12MaxDiff=1,
        preFilterCap=31,
        uniquenessRatio=10,
        speckleWindowSize=100,
        speckleRange=2,
        mode=cv2.STEREO_SGBM_MODE_HH,
    )
    # it leaves as many columns at the left undone as it looks ahead
    one, other = (cv2.copyMakeBorder(side, 0, 0, _WIDEST, 0, cv2.BORDER_REPLICATE) for side in (one, other))
    sixteenths = matcher.compute(one, other)[:, _WIDEST:]
    return np.asarray(sixteenths / np.float32(16), np.float32)


def _shrunk(side: NDArray[Any]) -> NDArray[Any]:
    scale = min(1.0, _WIDTH / side.shape[1])
    return cv2.resize(side, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else side
