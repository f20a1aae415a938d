"""The encoder's planes hold the frame's colours as BT.709 defines them."""

from __future__ import annotations

import numpy as np
import pytest
from av import VideoFrame
from av.video.reformatter import ColorRange, Colorspace

from studio.media.clips import read_frames, write_clip
from studio.media.planes import Planes, half_size, to_luma, to_video_frame, whole_size


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


def picture(width=64, height=48):
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    waves = [np.sin(x / 9 + k) + np.cos(y / (7 + k)) for k in range(3)]
    return ((np.dstack(waves) + 2) / 4 * 255).astype(np.uint8)


def planes_of(frame):
    yuv = to_luma(frame)
    return Planes(
        np.ascontiguousarray(yuv[..., 0]), yuv.reshape(24, 2, 32, 2, 3).mean(axis=(1, 3)).round().astype(np.uint8)
    )


def test_planes_are_encoded_as_the_frame_that_they_are_of():
    given, made = (to_video_frame(part).to_ndarray().astype(int) for part in (picture(), planes_of(picture())))
    assert np.abs(given - made).max() <= 1


def test_planes_are_shown_in_the_colours_of_their_frame():
    planes = planes_of(picture())
    assert np.abs(whole_size(planes).astype(int) - picture()).max() <= 8  # of colour, only half is kept
    assert np.abs(half_size(planes).astype(int) - half_size(picture())).max() <= 4


def test_a_clip_is_written_from_planes(tmp_path):
    for name, part in (("frames", picture()), ("planes", planes_of(picture()))):
        assert write_clip(tmp_path / f"{name}.mp4", [part] * 3, 24) == 3
    shown = [next(read_frames(tmp_path / f"{name}.mp4")).astype(int) for name in ("frames", "planes")]
    assert np.abs(shown[0] - shown[1]).mean() < 1
