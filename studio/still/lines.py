"""Lines of lettering as they are detected: their geometry, and how pieces of one line become one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.picture import Box
from studio.still.reader import LINE

__all__ = ["Line", "joined"]

_UPWARDS = 1.5  # times as tall as wide
_ALIKE = 1.7  # times as tall: more, and two pieces are not of one line
_ABREAST = 0.6  # of the lower one's height that both pieces share
_GAP = 0.3  # of the height, between two pieces that a seam has parted
_DOUBLE = 0.5  # of the smaller one's area: it is the same line, seen twice
_STROKE = 0.98  # quantile along a row: the strokes that cross it
_FAINT = 0.2  # of the strongest row's contrast: a row with less lies beside the letters
_EDGE = 0.9  # pixels: the faint edge of a letter on either side


class Line(NamedTuple):
    """A line in the picture: 4 × 2 corners, x and y in pixels: its start above, its end above and below, its start."""

    corners: NDArray[np.float64]

    @classmethod
    def along(cls, corners: NDArray[np.float64]) -> Line:
        """The line in these corners, top left first. One that is much taller than wide runs upwards."""
        line = cls(corners)
        return line if line.height < _UPWARDS * line.width else cls(np.roll(corners, 1, axis=0))

    @property
    def width(self) -> float:
        """Along the line, in pixels."""
        return max(1.0, float(np.linalg.norm(self.corners[1] - self.corners[0])))

    @property
    def height(self) -> float:
        """Across the line, in pixels."""
        return max(1.0, float(np.linalg.norm(self.corners[3] - self.corners[0])))

    def straightened(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The line alone, upright, ``LINE`` pixels high: what the recogniser reads."""
        width = max(LINE // 3, round(LINE * self.width / self.height))
        target = np.array([(0, 0), (width, 0), (width, LINE), (0, LINE)], np.float32)
        turn = cv2.getPerspectiveTransform(self.corners.astype(np.float32), target)
        return np.asarray(
            cv2.warpPerspective(pixels, turn, (width, LINE), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE),
            dtype=np.uint8,
        )

    def fitted(self, straight: NDArray[np.uint8]) -> Line:
        """The line without the ground that the detector leaves around its letters.

        Args:
            straight: as ``straightened`` gives it.
        """
        grey = cv2.cvtColor(straight, cv2.COLOR_RGB2GRAY).astype(np.float32)
        contrast = np.quantile(np.abs(np.diff(grey, axis=1)), _STROKE, axis=1)
        rows = np.flatnonzero(contrast - contrast.min() > _FAINT * (contrast.max() - contrast.min()))
        if not rows.size:
            return self
        edge = _EDGE / self.height
        above, below = max(0.0, rows[0] / LINE - edge), max(0.0, 1 - (rows[-1] + 1) / LINE - edge)
        down = self.corners[3] - self.corners[0]
        along = (self.corners[1] - self.corners[0]) / self.width * min(above, below) * self.height
        moves = np.array([down * above + along, down * above - along, -down * below - along, -down * below + along])
        return Line(self.corners + moves)

    def box(self, shape: tuple[int, ...]) -> Box:
        """The upright rectangle around it, in fractions of a picture of this shape."""
        size = np.array([shape[1], shape[0]])
        low, high = np.clip(self.corners.min(axis=0) / size, 0, 1), np.clip(self.corners.max(axis=0) / size, 0, 1)
        return Box(x=low[0], y=low[1], width=high[0] - low[0], height=high[1] - low[1])

    def _extent(self, other: Line) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Least and largest place of the other's corners along and across this line, in pixels from its start."""
        along = (self.corners[1] - self.corners[0]) / self.width
        away = other.corners - self.corners[0]
        places = np.stack([away @ along, away @ np.array([-along[1], along[0]])], axis=1)
        return places.min(axis=0), places.max(axis=0)

    def continues(self, other: Line) -> bool:
        """Whether the two are pieces of one line, or the same line seen twice."""
        if max(self.height, other.height) > _ALIKE * min(self.height, other.height):
            return False
        low, high = self._extent(other)
        shared = min(self.height, high[1]) - max(0.0, low[1])
        gap = max(0.0, low[0]) - min(self.width, high[0])
        return bool(shared > _ABREAST * min(self.height, other.height) and gap < _GAP * self.height)

    def covers(self, other: Line) -> bool:
        """Whether most of one lies in the other."""
        shared, _ = cv2.intersectConvexConvex(self.corners.astype(np.float32), other.corners.astype(np.float32))
        return bool(shared > _DOUBLE * min(self.width * self.height, other.width * other.height))

    def with_piece(self, other: Line) -> Line:
        """The line prolonged to hold both pieces; the longer piece gives its height and direction."""
        if other.width > self.width:
            return other.with_piece(self)
        low, high = self._extent(other)
        along = (self.corners[1] - self.corners[0]) / self.width
        before, after = along * min(0.0, low[0]), along * max(0.0, high[0] - self.width)
        return Line(self.corners + np.array([before, after, after, before]))


def joined(lines: Iterable[Line]) -> list[Line]:
    """Make one line of its pieces, longest first."""
    kept: list[Line] = []
    for line in lines:
        rest: list[Line] = []
        whole = line
        for other in kept:
            if other.continues(whole):
                whole = other.with_piece(whole)
            else:
                rest.append(other)
        kept = [*rest, whole]
    return sorted(kept, key=lambda line: -line.width)
