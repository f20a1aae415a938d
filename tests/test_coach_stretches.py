"""Motions one after the other: said times are kept, the rest is shared out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.coach.timeline.stretches import Said, Stretch, lay_out

maybe = st.none() | st.integers(0, 80).map(lambda tenth: tenth / 10)
said = st.builds(Said, start=maybe, end=maybe, length=maybe, later=maybe)


@settings(max_examples=200, deadline=None)
@given(st.lists(said, max_size=6), st.sampled_from([1.0, 5.0, 8.0]))
def test_every_motion_gets_a_stretch_inside_the_clip(items, seconds):
    stretches = lay_out(items, 0.15 * seconds, 0.85 * seconds, seconds)
    assert len(stretches) == len(items)
    assert all(0 <= one.start < one.end <= seconds for one in stretches)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 45), min_size=1, max_size=4, unique=True))
def test_a_said_beginning_is_where_it_begins(tenths):
    starts = [tenth / 10 for tenth in sorted(tenths)]
    stretches = lay_out([Said(start=start) for start in starts], 0.5, 4.5, 5.0)
    assert [one.start for one in stretches] == pytest.approx(starts)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([Said(), Said()], [(1, 2.5), (2.5, 4)]),
        ([Said(), Said(start=3)], [(1, 3), (3, 4)]),
        ([Said(0, 1), Said()], [(0, 1), (1, 4)]),
        ([Said(4, 5), Said()], [(4, 5), (1, 4)]),
        ([Said(length=2), Said()], [(1, 3), (3, 4)]),
        ([Said(end=2), Said()], [(1, 2), (2, 4)]),
        ([Said(start=1), Said(later=1)], [(1, 2), (2, 4)]),
        ([Said(start=1, length=0.5)], [(1, 1.5)]),
    ],
)
def test_what_is_left_open_is_shared_between_what_is_said(items, expected):
    assert lay_out(items, 1, 4, 5) == [Stretch(*one) for one in expected]
