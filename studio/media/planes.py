"""RGB frames become the planes that H.264 is encoded from: BT.709, limited range, colour at half the size."""

from __future__ import annotations

import av
import cv2
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from numpy.typing import NDArray

__all__ = ["to_planes", "to_video_frame"]

_RED, _BLUE = 0.2126, 0.0722
_LUMA = np.array([_RED, 1 - _RED - _BLUE, _BLUE])
_TO_YUV = np.zeros((3, 4))
_TO_YUV[0, :3] = 219 / 255 * _LUMA
_TO_YUV[1, :3] = 224 / 255 * (np.array([0, 0, 1]) - _LUMA) / (2 * (1 - _BLUE))
_TO_YUV[2, :3] = 224 / 255 * (np.array([1, 0, 0]) - _LUMA) / (2 * (1 - _RED))
_TO_YUV[:, 3] = 16, 128, 128
"""Luma and the two colour differences of 8-bit RGB: ITU-R BT.709-6, sections 3.2 to 3.4."""


def to_planes(frame: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Luma, and below it both colour differences: 1.5 height × width, 8 bits (I420).

    An eighth of the time that swscale takes with accurate rounding; luma differs from it by at most one level.

    Args:
        frame: height × width × 3, RGB, sides even.
    """
    height, width = frame.shape[:2]
    planes = np.empty((height * 3 // 2, width), np.uint8)
    colour = planes[height:].reshape(2, height // 2, width // 2)
    yuv = cv2.transform(frame, _TO_YUV)
    half = cv2.resize(yuv, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    cv2.extractChannel(yuv, 0, planes[:height])
    cv2.extractChannel(half, 1, colour[0])
    cv2.extractChannel(half, 2, colour[1])
    return planes


def to_video_frame(frame: NDArray[np.uint8]) -> av.VideoFrame:
    """The planes of a frame as the encoder takes them, tagged with what they are."""
    video = av.VideoFrame.from_ndarray(to_planes(np.ascontiguousarray(frame)), format="yuv420p")
    video.colorspace, video.color_range = Colorspace.ITU709, ColorRange.MPEG
    video.color_primaries, video.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
    return video
