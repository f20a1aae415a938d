"""What a person may rely on about where a region is held and where it is free."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.sketch.life.motions import load_library
from studio.engines.sketch.life.place import lay_out

LIBRARY = load_library()
MOTIONS = {motion.id: motion for motion in LIBRARY.motions}
STILL = (768, 512)


def mask_of(top=100, bottom=400, left=200, right=400):
    mask = np.zeros((512, 768), np.uint8)
    mask[top:bottom, left:right] = 255
    return mask


def placed(motion, region, mask=None, wind=(1.0, 0.0)):
    return lay_out(mask_of() if mask is None else mask, STILL, MOTIONS[motion], LIBRARY.region(region), wind)


def at(place, x, y):
    left, top, right, bottom = place.area
    rows, columns = place.free.shape
    return place.free[int((y - top) / (bottom - top) * rows), int((x - left) / (right - left) * columns)]


def test_a_plant_is_held_at_its_foot_and_free_at_its_tip():
    place = placed("sway", "foliage")
    assert at(place, 300, 120) > 0.5 > 0.1 > at(place, 300, 380)


def test_a_flag_is_held_where_the_wind_comes_from():
    right, left = placed("flutter", "flag"), placed("flutter", "flag", wind=(-1.0, 0.0))
    assert at(right, 370, 250) > 0.7
    assert at(left, 230, 250) > 0.7
    assert at(right, 215, 250) < 0.15


def test_a_head_goes_along_with_the_chest_unbent():
    place = placed("breathe", "subject", mask_of(60, 500))
    assert at(place, 300, 100) == pytest.approx(at(place, 300, 200), abs=0.02)
    assert at(place, 300, 480) < 0.2


def test_a_painted_or_found_border_is_kept_where_there_is_no_margin():
    place = placed("ripple", "water")
    left, top, _, bottom = place.area
    rows, columns = np.nonzero(place.free)
    across = left + (columns + 0.5) * place.cell
    down = top + (rows + 0.5) * (bottom - top) / place.free.shape[0]
    assert across.min() > 200 + place.cell
    assert across.max() < 400 - place.cell
    assert down.min() > 100 + place.cell
    assert down.max() < 400 - place.cell


def test_nothing_may_go_further_than_to_its_border():
    place = placed("ripple", "water")
    middle = place.room.max()
    assert middle < 100
    assert place.room[place.free == 0].max() == 0


def test_a_speck_is_too_small_to_move():
    assert placed("ripple", "water", mask_of(100, 103, 200, 203)) is None


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(sorted(MOTIONS)), st.integers(0, 500), st.integers(0, 500), st.integers(1, 400), st.integers(1, 400)
)
def test_any_mask_can_be_laid_out(motion, left, top, width, height):
    mask = mask_of(top, top + height, left, left + width)
    place = placed(motion, MOTIONS[motion].regions[0], mask)
    if place is not None:
        assert np.isfinite(place.free).all()
        assert place.free.min() >= 0
        assert place.free.max() <= 1
