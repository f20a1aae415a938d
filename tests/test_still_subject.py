"""How far the thing in focus reaches is found where it is apart from what is around it."""

from __future__ import annotations

import numpy as np
import pytest

from studio.still.subject import find_subject
from tests.photos import photo


def test_a_rocket_is_found_from_its_tip_to_the_lower_edge():
    box = find_subject(photo("rocket"), (0.5, 0.75))
    assert box.x < 0.49 < 0.52 < box.x + box.width < 0.62
    assert 0.35 < box.y < 0.45 and box.y + box.height > 0.98


@pytest.mark.parametrize("name", ["grass", "gravel", "brick"])
def test_what_looks_the_same_all_over_has_no_thing_in_it(name):
    assert find_subject(photo(name), (0.5, 0.5)) is None


def test_a_black_picture_has_no_thing_in_it():
    assert find_subject(np.zeros((64, 96, 3), np.uint8), (0.5, 0.5)) is None
