"""Faces: where somebody looks at the camera, largest first."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.shot import Box

__all__ = ["find_faces"]

_SIDE = 640  # pixels; a face that matters in a shot is still large enough at this scale
_SMALLEST = 0.06  # of the shorter side; anything smaller is a texture more often than a face
_NEIGHBOURS = 4  # overlapping hits that make one detection
_MARGIN = 0.4  # of the face's side, around it, for the second opinion
_MOST = 12
_TILTS = {0.0: _SMALLEST, 20.0: 0.2, -20.0: 0.2}  # degrees; leaning heads are sure only where they are large


def find_faces(pixels: NDArray[np.uint8]) -> tuple[Box, ...]:
    """Find frontal faces, largest first, at most twelve.

    Two of the boosted cascades that come with OpenCV (Viola and Jones, CVPR 2001; Lienhart and Maydt, ICIP 2002),
    trained apart, have to agree, because each alone sees faces in gravel and grass. Where no face is upright, those of
    heads that lean to a side are looked for. Faces in profile, upside down or covered are not found.

    Args:
        pixels: height × width × 3, RGB.
    """
    height, width = pixels.shape[:2]
    scale = _SIDE / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    filtering = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    grey = np.asarray(
        cv2.resize(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), size, interpolation=filtering), dtype=np.uint8
    )
    for tilt, smallest in _TILTS.items():
        turn = np.asarray(cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), tilt, 1.0), np.float64)
        turned = cv2.warpAffine(grey, turn, size, borderMode=cv2.BORDER_REPLICATE) if tilt else grey
        boxes = _upright(np.asarray(turned, np.uint8), max(24, round(min(size) * smallest)))
        found = [box for box in (_as_fractions(_turned_back(box, turn), size) for box in boxes) if box is not None]
        if found:
            return tuple(found[:_MOST])
    return ()


def _upright(grey: NDArray[np.uint8], smallest: int) -> list[tuple[int, ...]]:
    """The boxes of at least so many pixels in which both cascades see a face, largest first."""
    hits = _cascade("alt2").detectMultiScale(grey, 1.1, _NEIGHBOURS, minSize=(smallest, smallest))
    boxes = [tuple(int(value) for value in hit) for hit in hits]
    return sorted((box for box in boxes if _confirmed(grey, *box)), key=lambda box: -box[2] * box[3])


def _turned_back(box: tuple[int, ...], turn: NDArray[np.float64]) -> tuple[float, ...]:
    """A box of the same size in the picture before it was turned."""
    x, y, width, height = box
    (across,), (down,) = cv2.invertAffineTransform(turn) @ np.array([[x + width / 2], [y + height / 2], [1.0]])
    return float(across) - width / 2, float(down) - height / 2, float(width), float(height)


def _confirmed(grey: NDArray[np.uint8], x: int, y: int, width: int, height: int) -> bool:
    """Whether the second cascade sees a face of about this size here."""
    margin = round(_MARGIN * width)
    around = grey[max(0, y - margin) : y + height + margin, max(0, x - margin) : x + width + margin]
    smallest, largest = round(width * 0.7), round(width * 1.4)
    hits = _cascade("default").detectMultiScale(
        around, 1.05, _NEIGHBOURS, minSize=(smallest, smallest), maxSize=(largest, largest)
    )
    return len(hits) > 0


def _cascade(name: str) -> cv2.CascadeClassifier:
    """A fresh classifier: OpenCV's keep state while they detect and may not be shared between threads."""
    folder = Path(cv2.__file__).parent / "data"
    return cv2.CascadeClassifier(str(folder / f"haarcascade_frontalface_{name}.xml"))


def _as_fractions(box: tuple[float, ...], size: tuple[int, int]) -> Box | None:
    """What of a box lies in the picture; None: its middle does not."""
    x, y, width, height = box
    if not (0 < x + width / 2 < size[0] and 0 < y + height / 2 < size[1]):
        return None
    left, top = max(0.0, x / size[0]), max(0.0, y / size[1])
    right, bottom = min(1.0, (x + width) / size[0]), min(1.0, (y + height) / size[1])
    return Box(x=left, y=top, width=right - left, height=bottom - top)
