"""The encoder's planes hold the frame's colours as BT.709 defines them."""

from __future__ import annotations

import numpy as np
import pytest
from av import VideoFrame
from av.video.reformatter import ColorRange, Colorspace

from studio.media.planes import to_video_frame


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ((0, 0, 0), (16, 128, 128)),
        ((255, 255, 255), (235, 128, 128)),
        ((255, 0, 0), (63, 102, 240)),
        ((0, 255, 0), (173, 42, 26)),
        ((0, 0, 255), (32, 240, 118)),
    ],
)
def test_pure_colours_have_the_values_of_the_standard(colour, expected):
    planes = to_video_frame(np.broadcast_to(np.array(colour, np.uint8), (4, 6, 3))).to_ndarray()
    assert planes.shape == (6, 6)
    assert {int(value) for value in planes[:4].ravel()} == {expected[0]}
    assert {int(value) for value in planes[4].ravel()} == {expected[1]}
    assert {int(value) for value in planes[5].ravel()} == {expected[2]}


def test_a_frame_agrees_with_a_converter_that_shares_nothing_with_it():
    x = np.linspace(0, 3, 64)
    frame = np.dstack([np.add.outer(np.sin(x * k), np.cos(x * (k + 1))) for k in (1, 2, 3)])
    frame = ((frame + 2) / 4 * 255).astype(np.uint8)
    other = VideoFrame.from_ndarray(frame, format="rgb24").reformat(
        format="yuv420p",
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
    )
    assert np.abs(to_video_frame(frame).to_ndarray().astype(int) - other.to_ndarray()).max() <= 3


def test_the_frame_says_what_it_holds():
    video = to_video_frame(np.zeros((4, 4, 3), np.uint8))
    assert (video.format.name, video.colorspace, video.color_range) == ("yuv420p", Colorspace.ITU709, ColorRange.MPEG)
