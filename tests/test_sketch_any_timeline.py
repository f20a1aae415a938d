"""Whatever a timeline holds, sketch makes the clip that it planned: bounded, noted, never an exception."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.engines.sketch.planning import draft
from studio.shot import LAYERS, MOVES, Beat, Direction, Shot, Timeline
from tests.sketch_shots import SKETCH, still_of, textured

WORDS = ("", "Rain falls.", "The water ripples.", "The lamp flickers.", "Smoke rises, 🜂 and —", "She turns.", "x" * 500)


@pytest.fixture(scope="module")
def still(tmp_path_factory):
    return still_of(textured(96, 64), tmp_path_factory.mktemp("any"))


@st.composite
def anything(draw):
    """Up to 60 beats on any layer, overlapping, some as short as a twentieth of a second."""
    seconds = draw(st.sampled_from([0.5, 0.7, 1.0]))
    beats = []
    for _ in range(draw(st.integers(0, 60))):
        layer = draw(st.sampled_from(LAYERS))
        start = draw(st.floats(0, seconds - 0.05))
        end = draw(st.floats(start + 0.04, seconds))
        if end <= start:
            continue
        beats.append(
            Beat(
                layer=layer,
                start=start,
                end=min(seconds, end),
                text=draw(st.sampled_from(WORDS)),
                move=draw(st.none() | st.sampled_from(MOVES)) if layer == "camera" else None,
                level=draw(st.sampled_from([1, 2, 3])),
                direction=draw(st.none() | st.sampled_from(Direction.__args__)),
            )
        )
    return Timeline(seconds=seconds, beats=tuple(beats))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    timeline=anything(),
    fps=st.sampled_from([None, 8, 17, 1]),
    size=st.sampled_from([(None, None), (64, 64), (66, 200), (200, 64)]),
    focus=st.tuples(st.floats(0, 1), st.floats(0, 1)),
    loop=st.booleans(),
)
def test_any_timeline_gives_the_clip_that_was_planned(still, timeline, fps, size, focus, loop):
    shot = Shot(
        still=still, timeline=timeline, seconds=timeline.seconds, fps=fps, width=size[0], height=size[1], focus=focus,
        loop=loop,
    )  # fmt: skip
    plan = SKETCH.plan(shot)
    shown = 0
    for frame in SKETCH.generate(shot, lambda _: None):
        assert frame.shape == (plan.height, plan.width, 3)
        shown += 1
    assert shown == plan.frames


def crowded(move_of, seconds=15.0):
    beats = [
        Beat(layer="camera", move=move_of(number), start=number * 0.2, end=number * 0.2 + 0.05 + number % 7, level=3)
        for number in range(40)
    ]
    return Timeline(seconds=seconds, beats=tuple(beats))


@pytest.mark.parametrize("loop", [False, True])
def test_sixty_beats_at_once_stay_inside_the_still(still, loop):
    timeline = crowded(lambda number: MOVES[number % len(MOVES)])
    shot = Shot(still=still, timeline=timeline, seconds=15.0, loop=loop)
    framing = draft(shot, SKETCH.profile).framing
    assert np.isfinite(framing.path).all()
    assert framing.crop > 0.59
    assert framing.magnified < 3.1


def test_what_is_too_far_is_walked_in_part_and_said(still):
    timeline = crowded(lambda _: "truck_left")
    plan = SKETCH.plan(Shot(still=still, timeline=timeline, seconds=15.0))
    assert any("of the way asked for" in note for note in plan.notes)


def test_the_same_seed_gives_the_same_bytes(still):
    moves = ("handheld", "orbit", "rack_focus", "dolly_zoom")
    beats = [Beat(layer="camera", move=move, start=0, end=1) for move in moves]
    beats += [
        Beat(layer="scene", start=0, end=1, text="Rain falls."),
        Beat(layer="light", start=0, end=1, text="It dims."),
    ]
    shot = Shot(still=still, timeline=Timeline(seconds=1.0, beats=tuple(beats)), seconds=1.0, fps=12, seed=7)
    first, second = (b"".join(f.tobytes() for f in SKETCH.generate(shot, lambda _: None)) for _ in range(2))
    assert first == second
