"""What a person may rely on when they paint what moves."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from studio.engines.sketch.life.brush import read_brush
from studio.errors import ShotError
from studio.shot import Control
from tests.sketch_scenes import scene_of


def shot_with(path):
    return scene_of().shot.but(controls=(Control(kind="motion_brush", path=str(path)),))


def painted(width=240, height=160):
    mask = np.zeros((height, width), np.uint8)
    mask[height // 4 : height // 2, width // 4 : width // 2] = 255
    return mask


def test_without_a_brush_there_is_none():
    assert read_brush(scene_of().shot) is None


@pytest.mark.parametrize("mode", ["L", "RGB", "1", "LA", "RGBA", "P"])
def test_bright_or_opaque_is_painted(tmp_path, mode):
    mask = Image.fromarray(painted())
    if mode in ("LA", "RGBA"):
        picture = Image.new(mode, mask.size)
        picture.putalpha(mask)
    else:
        picture = mask.convert(mode)
    picture.save(tmp_path / "brush.png")
    np.testing.assert_array_equal(read_brush(shot_with(tmp_path / "brush.png")), painted())


def test_any_scale_of_the_still_s_shape_will_do(tmp_path):
    Image.fromarray(painted(2400, 1600)).save(tmp_path / "brush.png")
    brush = read_brush(shot_with(tmp_path / "brush.png"))
    assert max(brush.shape) == 1024
    assert brush.mean() == pytest.approx(painted().mean(), rel=0.05)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "a picture"),
        (lambda path: path.write_bytes(b"not a picture"), "a picture"),
        (lambda path: path.write_bytes(b""), "a picture"),
        (lambda path: Image.fromarray(painted(160, 240)).save(path), "240 × 160"),
        (lambda path: Image.new("L", (240, 160)).save(path), "painted"),
    ],
)
def test_a_bad_brush_is_a_plain_error(tmp_path, make, said):
    path = tmp_path / "brush.png"
    make(path)
    with pytest.raises(ShotError, match=said) as caught:
        read_brush(shot_with(path))
    assert str(tmp_path) not in str(caught.value)
