"""A face is found where it is; a coffee cup is not one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest

from studio.still.faces import find_faces
from tests.photos import FACELESS, photo, scaled


def test_the_astronaut_is_looking_at_us():
    (face,) = find_faces(photo("astronaut"))
    x, y = face.centre
    assert abs(x - 0.44) < 0.03 and abs(y - 0.22) < 0.04
    assert 0.15 < face.width < 0.25


@pytest.mark.parametrize("name", FACELESS)
def test_no_face_where_there_is_none(name):
    assert find_faces(photo(name)) == ()


@pytest.mark.parametrize("factor", [0.5, 2, 3])
def test_the_size_of_the_picture_does_not_matter(factor):
    (face,) = find_faces(scaled(photo("astronaut"), factor))
    assert abs(face.centre[0] - 0.44) < 0.03 and abs(face.centre[1] - 0.22) < 0.04


def test_a_head_that_leans_has_a_face():
    turn = cv2.getRotationMatrix2D((224, 113), 24, 1.0)
    leaning = cv2.warpAffine(photo("astronaut"), turn, (512, 512), borderMode=cv2.BORDER_REPLICATE)
    (face,) = find_faces(leaning[:320, 80:400])
    assert abs(face.centre[0] - 0.45) < 0.05 and abs(face.centre[1] - 0.36) < 0.05


def test_the_largest_face_comes_first():
    small, large = scaled(photo("astronaut"), 0.55)[:200], photo("astronaut")[:300]
    scene = np.full((300, 512 + 282, 3), 128, np.uint8)
    scene[40 : 40 + small.shape[0], : small.shape[1]], scene[:, 282:] = small, large
    first, second = find_faces(scene)
    assert first.width > second.width
    assert first.centre[0] > 0.5 > second.centre[0]


def test_boxes_stay_inside_the_picture_when_a_face_touches_its_edge():
    for face in find_faces(photo("astronaut")[60:, 150:]):
        assert face.x + face.width <= 1 and face.y + face.height <= 1


@pytest.mark.parametrize("shape", [(64, 64, 3), (64, 512, 3), (512, 64, 3)])
def test_the_smallest_and_longest_stills_can_be_searched(shape):
    assert find_faces(np.random.default_rng(0).integers(0, 255, shape).astype(np.uint8)) == ()


def test_several_stills_may_be_searched_at_once():
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(find_faces, [photo("astronaut")] * 4))
    assert len(found) == 1
