"""What a person may rely on when somebody in a still blinks."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.engines.sketch.life.ambient import enliven
from studio.engines.sketch.life.eyes import find_openings, painted_openings
from studio.engines.sketch.life.lids import Lids
from studio.shot import Box
from tests.photos import photo
from tests.sketch_scenes import beat_of, frames_of, scene_of

FACE = Box(x=0.342, y=0.128, width=0.192, height=0.192)
LEFT, RIGHT = (202, 100), (246, 102)


@pytest.fixture(scope="module")
def blinking():
    """The astronaut, who blinks, and the frames of it."""
    scene = scene_of(beat_of("She blinks.", 0.25, 1.75), pixels=photo("astronaut"), seconds=2.0)
    object.__setattr__(scene, "shot", scene.shot.but(faces=(FACE,)))
    life = enliven(scene)
    return life, frames_of(scene, life)


def test_lids_come_down_over_both_eyes_and_up_again(blinking):
    life, frames = blinking
    (lids,) = life.redrawn
    shut = int(lids.closed.argmax())
    for x, y in (LEFT, RIGHT):
        eye = np.s_[y - 3 : y + 3, x - 4 : x + 5]
        assert frames[shut][eye].mean() > 1.25 * frames[0][eye].mean()  # skin where the iris was
    np.testing.assert_array_equal(frames[0], frames[-1])


def test_nothing_but_the_lids_moves_in_a_blink(blinking):
    _, frames = blinking
    changed = np.max([np.abs(frame.astype(int) - frames[0]).max(axis=2) for frame in frames], axis=0)
    for x, y in (LEFT, RIGHT):
        changed[y - 14 : y + 12, x - 16 : x + 17] = 0
    assert not changed.any()


def test_the_eyes_of_a_head_that_leans_are_found():
    turn = cv2.getRotationMatrix2D((224, 101), 24, 1.0)
    leaning = cv2.warpAffine(photo("astronaut"), turn, (512, 512), borderMode=cv2.BORDER_REPLICATE)
    eyes = find_openings(leaning, (FACE,))
    for eye, place in zip(eyes, (LEFT, RIGHT), strict=True):
        assert np.hypot(*(turn @ (*place, 1.0) - (eye.x, eye.y))) < 4
        assert eye.slant < 0  # the line through its corners leans as the head does


def test_an_animals_eyes_are_found_by_their_irises():
    left, right = find_openings(photo("chelsea"), ())
    assert np.hypot(left.x - 171, left.y - 115) < 6 and 28 < left.half < 38
    assert np.hypot(right.x - 319, right.y - 136) < 6 and 20 < right.half < 30


def test_an_eye_that_is_not_found_is_painted():
    brush = np.zeros((200, 300), np.uint8)
    cv2.ellipse(brush, (90, 60), (12, 8), 0, 0, 360, 255, -1)
    (eye,) = painted_openings(brush, (600, 400))
    assert abs(eye.x - 181) < 2 and abs(eye.y - 121) < 2 and abs(eye.half - 25) < 2


@pytest.mark.parametrize(
    ("text", "eyes", "blinks"), [("She blinks once.", 2, 1), ("He winks.", 1, 1), ("She blinks.", 2, 2)]
)
def test_as_often_and_with_as_many_eyes_as_is_said(text, eyes, blinks):
    scene = scene_of(pixels=photo("astronaut")[60:140, 150:300], seconds=6.0)
    object.__setattr__(scene, "shot", scene.shot.but(faces=(Box(x=0.9, y=0.9, width=0.01, height=0.01),)))
    brush = np.zeros((80, 150), np.uint8)
    brush[35:46, 40:62] = brush[36:47, 86:108] = 255
    lids = Lids.of(scene, beat_of(text, 0.0, 6.0), np.random.default_rng(0), brush)
    assert len(lids.lids) == eyes
    assert min(2, (np.diff((lids.closed > 0.5).astype(int)) == 1).sum()) == blinks


def test_where_no_eyes_are_found_a_note_says_so():
    life = enliven(scene_of(beat_of("The cat blinks."), pixels=photo("coffee")[::2, ::2]))
    assert not life.redrawn
    assert any(note.startswith("The eyes: not found") for note in life.notes)
