"""Where steam rises from when a motion brush says it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from studio.engines.sketch.life import ambient, particles
from studio.shot import Control
from tests.sketch_scenes import beat_of, frames_of, scene_of

STEAM = "Steam rises."
CUP, VASE = (slice(80, 150), slice(150, 190)), (slice(60, 130), slice(40, 80))


def table():
    """Two things before a dark wall; the cup is in focus."""
    pixels = np.full((160, 240, 3), 40, np.uint8)
    pixels[CUP], pixels[VASE] = 150, 190
    return pixels


def painted(folder, *places, text=STEAM):
    """The table with a motion brush on these places, each (top, bottom, left, right) in pixels."""
    mask = np.zeros((160, 240), np.uint8)
    for top, bottom, left, right in places:
        mask[top:bottom, left:right] = 255
    Image.fromarray(mask).save(folder / "brush.png")
    scene = scene_of(beat_of(text, 0.0, 3.0), pixels=table(), focus=(0.7, 0.7))
    brush = Control(kind="motion_brush", path=str(folder / "brush.png"))
    return replace(scene, shot=scene.shot.but(controls=(brush,)))


def mouths(scene):
    (rising,) = particles.enliven(scene).overlays
    return [(round(mouth.x), round(mouth.y)) for mouth in rising.mouths]


@pytest.mark.parametrize(
    ("place", "mouth"),
    [
        ((52, 68, 52, 68), (60, 60)),  # a dab on the rim is the mouth
        ((58, 132, 38, 82), (60, 61)),  # the whole vase: its upper edge
        ((5, 62, 45, 75), (60, 61)),  # the air over it: where the vase begins
    ],
)
def test_steam_rises_from_what_is_painted_and_not_from_the_thing_in_focus(tmp_path, place, mouth):
    assert mouths(painted(tmp_path, place)) == [pytest.approx(mouth, abs=5)]


def test_steam_that_is_painted_on_the_vase_is_seen_over_the_vase_alone(tmp_path):
    scene = painted(tmp_path, (52, 68, 52, 68))
    life = ambient.enliven(scene) + particles.enliven(scene)
    frames = frames_of(scene, life)
    cover = np.max([np.abs(frame.astype(int) - scene.canvas).max(axis=2) for frame in frames], axis=0)
    assert cover[:60, 30:90].max() > 15
    assert cover[:, 130:].max() == 0
    assert life.notes == ("Steam is drawn over the still; it is not in the picture.",)


def test_steam_rises_from_every_painted_place(tmp_path):
    assert sorted(mouths(painted(tmp_path, (52, 68, 52, 68), (72, 88, 162, 178)))) == [
        pytest.approx((60, 60), abs=2),
        pytest.approx((170, 80), abs=2),
    ]


def test_a_brush_beside_falling_snow_is_named_as_not_used(tmp_path):
    scene = painted(tmp_path, (52, 68, 52, 68), text="Snow falls.")
    assert any("motion brush is not used" in note for note in ambient.enliven(scene).notes)
