"""Near and far of a shot: painted depth and faces have the last word over the guess."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from studio.engines.sketch.relief import relief
from studio.errors import InputError
from studio.shot import Box, Control
from tests.sketch_shots import SKETCH, frames_of, shot_of, still_of, textured
from tests.test_sketch_moves import standing_box

TRUCK = [("truck_right", 0.0, 1.0, 3)]


@pytest.fixture
def still(tmp_path):
    return still_of(standing_box(), tmp_path)


def painted(still, folder, rows, columns, near):
    """A control that paints a rectangle, in fractions."""
    picture = np.zeros((still.height, still.width, 4), np.uint8)
    area = tuple(
        slice(*(round(f * side) for f in span)) for span, side in ((rows, still.height), (columns, still.width))
    )
    picture[area] = (near, near, near, 255)
    path = folder / "depth.png"
    Image.fromarray(picture).save(path)
    return Control(kind="depth_strokes", path=str(path))


def test_what_is_painted_near_comes_near_and_what_is_painted_far_goes_far(still, tmp_path):
    plain = relief(shot_of(still), standing_box())
    rows, columns = plain.shape
    for near, sign in ((255, 1), (0, -1)):
        control = painted(still, tmp_path, (0.02, 0.12), (0.0, 0.3), near)
        changed = relief(shot_of(still, controls=(control,)), standing_box())
        place = changed[round(0.06 * rows), round(0.1 * columns)]
        assert place == pytest.approx(near / 255, abs=0.1)
        assert sign * (place - plain[round(0.06 * rows), round(0.1 * columns)]) >= -0.02


def test_painted_depth_shows_in_the_frames_and_is_no_longer_ignored(still, tmp_path):
    control = painted(still, tmp_path, (0.0, 0.3), (0.0, 1.0), 255)
    plain, shot = shot_of(still, TRUCK, seconds=1), shot_of(still, TRUCK, seconds=1, controls=(control,))
    assert not any("depth strokes" in line for line in SKETCH.plan(shot).ignored)
    assert not np.array_equal(frames_of(plain)[-1], frames_of(shot)[-1])


def test_a_face_keeps_one_depth_even_where_it_was_painted_over(tmp_path):
    still = still_of(textured(), tmp_path)
    control = painted(still, tmp_path, (0.3, 0.4), (0.4, 0.6), 255)
    face = Box(x=0.4, y=0.25, width=0.2, height=0.4)
    found = relief(shot_of(still, faces=(face,), controls=(control,)), textured())
    rows, columns = found.shape
    inside = found[int(0.27 * rows) : int(0.63 * rows), int(0.42 * columns) : int(0.58 * columns)]
    assert np.ptp(inside) < 0.02


def test_painted_depth_that_cannot_be_read_says_so(still, tmp_path):
    shot = shot_of(still, controls=(Control(kind="depth_strokes", path=str(tmp_path / "gone.png")),))
    with pytest.raises(InputError, match=r"gone\.png"):
        relief(shot, standing_box())
