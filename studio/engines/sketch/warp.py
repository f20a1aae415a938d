"""Carry the still's pixels into the frame: disparity made safe, then an inverse map for every pose.

Disparity whose slope is bounded cannot fold: near things keep their shape, and the ground behind their edges
stretches instead of tearing.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.camera import TRANSLATION
from studio.engines.sketch.framing import Framing
from studio.engines.sketch.geometry import NEAR, Points
from studio.engines.sketch.straight import NO_LINES, Lines, settle
from studio.media.planes import Planes, to_luma

__all__ = ["FinePlanes", "Maps", "Place", "Warp", "fine_planes", "half_samples", "limit_slope", "read_halves"]

_Number = TypeVar("_Number", np.float32, np.int16)

_FASTEST = 0.18
"""How much of a pixel the displacement may change from one pixel to the next; 1 would fold."""

_CELLS = 192
"""Grid cells along the frame's longer side: maps are enlarged from here."""

_COARSE = 2
"""Cells to a side of those that maps are solved on: disparity has half as many cells itself."""

_ROUNDS = 4
_TAPS = np.array([1, -5, 20, 20, -5, 1], np.float32) / 32
_HALF = np.float32(0.5)
"""From edges, where coordinates begin, to the middle of pixels, where OpenCV's begin."""


def limit_slope(lift: NDArray[np.float32], slope: float) -> NDArray[np.float32]:
    """The lowest map that is nowhere below `lift` and nowhere steeper than `slope` per cell.

    Near things stay as flat as they are; what is far is raised around them.
    """
    square, cross = np.ones((3, 3), np.uint8), cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    if slope <= 0:
        return np.full_like(lift, lift.max())
    if float(lift.max() - lift.min()) <= slope:
        return lift
    rounds = math.ceil(min(float(lift.max() - lift.min()) / slope, sum(lift.shape)))
    raised = lift
    for number in range(rounds):  # a square and a cross in turn spread along an octagon, close to a circle
        raised = np.maximum(raised, cv2.dilate(raised, cross if number % 2 else square) - np.float32(slope))
    return np.asarray(np.minimum(cv2.blur(raised, (3, 3)), NEAR), np.float32)


def half_samples(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture with a sample between each two: (2 height - 1) × (2 width - 1); every second one is its own, unchanged.

    The new ones are read by six taps, as video codecs do for motion (ITU-T H.264, 8.4.2.2.1). Linear reading of the
    result comes closer to the truth than cubic reading of the picture (1 dB on photographs) in a sixth of the time.
    """
    height, width = picture.shape[:2]
    fine = np.empty((2 * height - 1, 2 * width - 1, *picture.shape[2:]), np.uint8)
    across = cv2.filter2D(picture, -1, _TAPS[None], anchor=(2, 0), borderType=cv2.BORDER_REPLICATE)
    fine[::2, ::2], fine[::2, 1::2] = picture, across[:, :-1]
    down = cv2.filter2D(fine[::2], -1, _TAPS[:, None], anchor=(0, 2), borderType=cv2.BORDER_REPLICATE)
    fine[1::2] = down[:-1]
    return fine


FinePlanes = tuple[NDArray[np.uint8], NDArray[np.uint8]]
Maps = tuple[NDArray[np.float32], NDArray[np.float32]]
Place = tuple[slice, slice]


def fine_planes(picture: NDArray[np.uint8]) -> FinePlanes:
    """Half samples of a picture's luma, and of all of it at half the size."""
    whole = to_luma(picture)
    height, width = whole.shape[:2]
    # Of an odd side, the last row or column stands for two.
    even = np.pad(whole, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge") if height % 2 or width % 2 else whole
    half = cv2.resize(even, (even.shape[1] // 2, even.shape[0] // 2), interpolation=cv2.INTER_AREA)
    return half_samples(np.ascontiguousarray(whole[..., 0])), half_samples(np.asarray(half, np.uint8))


def read_halves(fine: NDArray[np.uint8], x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Read a picture, given by its half samples, at places counted on the picture itself."""
    return _read(fine, np.asarray(cv2.add(x, x), np.float32), np.asarray(cv2.add(y, y), np.float32))


def _read(fine: NDArray[np.uint8], x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.asarray(cv2.remap(fine, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)


class Warp:
    """Renders the frames of one framing.

    Args:
        still: height × width × 3, RGB, the whole still at any scale.
        lift: a grid over the whole still: disparity above the focus.
        framing: the window and the path.
        size: the frame's width and height.
        lines: what is straight in the still and stays so, as ``straight.find_lines`` finds it.
    """

    def __init__(
        self,
        still: NDArray[np.uint8],
        lift: NDArray[np.float32],
        framing: Framing,
        size: tuple[int, int],
        lines: Lines = NO_LINES,
    ) -> None:
        self.still, self.framing, self.size = still, framing, size
        cell = framing.optics.width / lift.shape[1]
        slope = _FASTEST / max(framing.reach, 1e-6) * cell
        self.lift = settle(limit_slope(lift, slope), lift, lines) if framing.path[:, TRANSLATION].any() else lift
        self.step = max(4, int(max(size) / _CELLS / 2) * 2)  # even, so that half the frame's pixels lie alike
        self._cells = math.ceil(size[1] / self.step) + 2, math.ceil(size[0] / self.step) + 2
        wide = _COARSE * self.step
        rows, columns = (math.ceil(cells / _COARSE) + 1 for cells in self._cells)
        # Cell centres, one cell beyond each edge, so that enlarging the grid never extrapolates.
        across = (np.arange(columns, dtype=np.float32) - 0.5) * wide
        down = (np.arange(rows, dtype=np.float32) - 0.5) * wide
        x, y = np.meshgrid(across, down)
        self.x = np.asarray(framing.left + x * (framing.width / size[0]), np.float32)
        self.y = np.asarray(framing.top + y * (framing.height / size[1]), np.float32)
        self._per_cell = cell, framing.optics.height / lift.shape[0]
        self._cell_optics = framing.optics.per(*self._per_cell)

    def coordinates(self, number: int) -> NDArray[np.float32]:
        """Where frame `number` looks on the still: height × width × 2, in pixels of the still."""
        x, y = self.solve(number)
        return np.dstack([self.spread(x), self.spread(y)])

    def frame(self, number: int) -> NDArray[np.uint8]:
        """Render frame `number`: height × width × 3, RGB."""
        return self.draw(*self.solve(number))

    def draw(self, x: Points, y: Points) -> NDArray[np.uint8]:
        """Read the picture at the grid's places: what ``pixels`` gives for ``look``, to the bit, in less time."""
        where = (self.spread(part + part) for part in self._on_picture(x, y, self.still.shape))
        return _read(self._fine, *where)

    def film(self, x: Points, y: Points, picture: FinePlanes | None = None, place: Place | None = None) -> Planes:
        """The same as planes, in two thirds of the time: colour is read at the half size at which it is encoded.

        Args:
            picture: what is read instead of the still, of its shape.
            place: the rows and columns of the frame that are wanted, from and to whole cells; all of them.
        """
        return self.read_film(self.on_film(x, 1, place), self.on_film(y, 0, place), picture)

    def on_film(self, along: Points, axis: int, place: Place | None = None) -> Maps:
        """Where the half samples of luma, and those of all at half the size, are read along one axis: 0 down, 1 across.

        Args:
            along: x or y, as for ``film``, and `place` as there.
        """
        optics = self.framing.optics
        scale = np.float32(2 * self.still.shape[axis] / (optics.height, optics.width)[axis])
        whole, half = (along * (scale / times) - np.float32(1) for times in (np.float32(1), np.float32(2)))
        return self.spread(whole, 1, place), self.spread(half, 2, place)

    def read_film(self, across: Maps, down: Maps, picture: FinePlanes | None = None) -> Planes:
        """Read the planes where ``on_film`` says: as ``film``."""
        luma, half = picture or self._fine_planes
        return Planes(_read(luma, across[0], down[0]), _read(half, across[1], down[1]))

    @cached_property
    def _fine(self) -> NDArray[np.uint8]:
        return half_samples(self.still)

    @cached_property
    def _fine_planes(self) -> FinePlanes:
        return fine_planes(self.still)

    def _on_picture(
        self, x: Points, y: Points, size: tuple[float, ...]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """From the still's pixels to those of the picture, or of one of another height and width, as OpenCV counts."""
        optics = self.framing.optics
        across, down = np.float32(size[1] / optics.width), np.float32(size[0] / optics.height)
        return np.asarray(x * across - _HALF, np.float32), np.asarray(y * down - _HALF, np.float32)

    def look(self, x: Points, y: Points) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """From the grid to every pixel of the frame, and from the still's pixels to the picture's, as OpenCV counts."""
        across, down = self._on_picture(x, y, self.still.shape)
        return self.spread(across), self.spread(down)

    def pixels(self, x: NDArray[np.float32], y: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Read the picture at places of its own: height × width × 3, RGB."""
        return read_halves(self._fine, x, y)

    def solve(self, number: int) -> tuple[Points, Points]:
        """Find where the grid's cells look, in pixels of the still."""
        x, y = (cv2.resize(part, None, fx=_COARSE, fy=_COARSE) for part in self._solve(number))
        rows, columns = (slice(1, cells + 1) for cells in self._cells)
        return np.asarray(x[rows, columns], np.float32), np.asarray(y[rows, columns], np.float32)

    def _solve(self, number: int) -> tuple[Points, Points]:
        """Where the coarser cells look: rotation at once, translation as a fixed point."""
        optics, pose = self.framing.optics, self.framing.path[number].astype(np.float32)
        x, y, _ = optics.unrotate(pose, *self._window(number))
        if not pose[TRANSLATION].any():
            return x, y
        # All in cells of the disparity, counted as OpenCV counts: nothing is done to whole grids but what moves them.
        across, down = (np.float32(side) for side in self._per_cell)
        x, y = x / across - _HALF, y / down - _HALF
        seen_x, seen_y = x, y
        for _ in range(_ROUNDS):  # the limited slope brings each round at least three times nearer
            lift = cv2.remap(self.lift, seen_x, seen_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            seen_x, seen_y = self._cell_optics.untranslate(pose, x, y, np.asarray(lift, np.float32))
        return (seen_x + _HALF) * across, (seen_y + _HALF) * down

    def _window(self, number: int) -> tuple[Points, Points]:
        """Where the grid's cells stand on the window of frame `number`."""
        framing = self.framing
        if framing.opening is None:
            return self.x, self.y
        left, top, width, height = framing.window(number)
        across, down = np.float32(width / framing.width), np.float32(height / framing.height)
        x = np.float32(left) + (self.x - np.float32(framing.left)) * across
        return x, np.float32(top) + (self.y - np.float32(framing.top)) * down

    def spread(self, grid: NDArray[_Number], times: int = 1, place: Place | None = None) -> NDArray[_Number]:
        """Bring a map (rows × columns, or more layers of it) from the grid to the frame's pixels.

        Args:
            times: 2 for those of a frame of half the height and width.
            place: the rows and columns of the frame that are wanted, from and to whole cells; all of them.
        """
        step, (width, height) = self.step // times, self.size
        rows, columns = place or (slice(0, height), slice(0, width))
        if place:  # a cell is spread between the one before and the one behind it
            ends = (slice(side.start // self.step, -(-side.stop // self.step) + 2) for side in place)
            grid = grid[tuple(ends)]
        full = (grid.shape[1] * step, grid.shape[0] * step)
        large = cv2.resize(grid, full, interpolation=cv2.INTER_LINEAR)
        down, across = ((side.stop - side.start) // times for side in (rows, columns))
        return np.asarray(large[step : step + down, step : step + across], grid.dtype)
