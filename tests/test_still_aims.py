"""A camera that is told to go to the eyes goes to the eyes."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data

from studio.engines.sketch.planning import draft
from studio.shot import Beat, Box, Shot, Still, StillReport, Timeline
from studio.still.aims import named_aim
from studio.still.eyes import find_eyes
from tests.sketch_shots import PROFILES

STILL = Still(path="/nowhere.png", digest="none", width=600, height=400)
FACE = Box(x=0.4, y=0.2, width=0.2, height=0.4)


def told(text, faces=(FACE,)):
    beat = Beat(layer="camera", move="dolly_in", start=0, end=2, text=text)
    report = StillReport(
        digest="none", width=600, height=400, megapixels=0.24, sharpness=1, exposure=0.5, clipped=0, saturation=0.5,
        faces=faces,
    )  # fmt: skip
    return named_aim(STILL, Timeline(seconds=2, beats=(beat,)), report)


@pytest.mark.parametrize(
    ("text", "top", "bottom"),
    [
        ("The camera pushes in onto her eyes.", 0.3, 0.42),
        ("A slow zoom toward the old man's eyes.", 0.3, 0.42),
        ("The camera moves closer to his smile.", 0.46, 0.56),
        ("It tightens on the trembling lips.", 0.46, 0.56),
        ("The camera pushes in to her chin.", 0.55, 0.62),
    ],
)
def test_a_named_part_of_the_face_is_what_the_camera_goes_to(text, top, bottom):
    x, y = told(text)
    assert x == pytest.approx(0.5)
    assert top < y < bottom


@pytest.mark.parametrize(
    "text",
    ["The camera pushes in at eye level.", "The camera pushes in slowly.", "At her eye-level the camera glides."],
)
def test_other_words_name_no_part(text):
    assert told(text) is None


def test_without_a_face_a_nose_is_nowhere():
    assert told("The camera pushes in on the nose of the plane.", faces=()) is None


def test_a_pair_of_eyes_is_found_without_its_face():
    head = skimage.data.astronaut()[60:150, 150:300]
    x, y = find_eyes(np.ascontiguousarray(head))
    assert (x * 150 + 150, y * 90 + 60) == pytest.approx((223, 103), abs=8)


@pytest.mark.parametrize("name", ["coffee", "rocket", "chelsea"])
def test_no_eyes_are_seen_where_no_two_are_alike(name):
    assert find_eyes(getattr(skimage.data, name)()) is None


def test_a_point_that_was_asked_for_stays_where_it_is():
    face = Box(x=0.35, y=0.05, width=0.3, height=0.5)
    beat = Beat(layer="camera", move="dolly_in", start=0, end=4, level=3)
    shot = Shot(still=STILL, timeline=Timeline(seconds=4, beats=(beat,)), seconds=4, faces=(face,), focus=(0.5, 0.22))
    assert draft(shot, PROFILES["sketch"]).framing.optics.focus == pytest.approx((300, 88))
