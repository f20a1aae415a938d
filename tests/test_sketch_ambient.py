"""What a person may rely on when a beat asks for something in the still to move."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PIL import Image

from studio.engines.engine import Note
from studio.shot import Beat, Control, Shot, Timeline
from tests.sketch_scenes import beat_of
from tests.sketch_shots import SKETCH, frames_of, still_of, textured

SIZE = (256, 160)


def painted(left=60, top=40, right=200, bottom=130):
    mask = np.zeros((SIZE[1], SIZE[0]), np.uint8)
    mask[top:bottom, left:right] = 255
    return mask


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("ambient")


@pytest.fixture(scope="module")
def shot(folder):
    """A shot of 2 s with a painted place, by its beats."""
    still = still_of(textured(*SIZE), folder)
    Image.fromarray(painted()).save(folder / "brush.png")

    def make(*beats, brush=True, **options):
        controls = (Control(kind="motion_brush", path=str(folder / "brush.png")),) if brush else ()
        timeline = Timeline(seconds=2.0, beats=beats)
        return Shot(still=still, timeline=timeline, seconds=2.0, controls=controls, **{"fps": 12, **options})

    return make


def moved(frames):
    return np.array([np.abs(frame.astype(int) - frames[0]).mean() for frame in frames])


TEXTS = {
    "sway": "The leaves sway.",
    "tremble": "The leaves tremble.",
    "flutter": "The curtain flutters.",
    "ripple": "The water ripples.",
    "flow": "The water flows.",
    "drift": "The clouds drift.",
    "rise": "The smoke rises.",
    "breathe": "The woman breathes.",
    "flicker": "The flame flickers.",
}


@pytest.mark.parametrize("kind", sorted(TEXTS.keys() - {"flicker"}))  # a flame lights its surroundings too
def test_what_is_painted_moves_and_nothing_else_changes_a_bit(shot, kind):
    frames = frames_of(shot(beat_of(TEXTS[kind], 0.0, 2.0)))
    margin = 12 if kind in ("sway", "tremble", "flutter", "breathe") else 0
    outside = painted(60 - margin, 40 - margin, 200 + margin, 130 + margin) == 0
    for frame in frames:
        np.testing.assert_array_equal(frame[outside], frames[0][outside])
    assert moved(frames).max() > 0.2


@pytest.mark.parametrize("kind", TEXTS)
def test_it_moves_within_its_beat_and_rests_before_and_after(shot, kind):
    frames = frames_of(shot(beat_of(TEXTS[kind], 0.5, 1.5)))
    steps = np.array([np.abs(b.astype(int) - a).mean() for a, b in itertools.pairwise(frames)])
    assert not steps[:5].any()
    assert steps[6:17].max() > 0
    assert not steps[18:].any()


@pytest.mark.parametrize("kind", sorted(TEXTS.keys() - {"rise", "drift", "flow"}))  # their way is summed up
def test_what_goes_on_all_through_is_seen_at_once_and_does_not_die_away(shot, kind):
    frames = frames_of(shot(beat_of(TEXTS[kind], 0.0, 2.0), fps=24))
    steps = np.array([np.abs(b.astype(int) - a).mean() for a, b in itertools.pairwise(frames)])
    assert steps[:8].max() > 0.3 * steps.max()
    assert steps[-6:].max() > 0.3 * steps[8:-8].max()


@pytest.mark.parametrize("kind", ["sway", "ripple", "breathe"])
def test_more_is_asked_and_more_is_shown(shot, kind):
    amount = [moved(frames_of(shot(beat_of(TEXTS[kind], 0.0, 2.0, level=level)))).mean() for level in (1, 2, 3)]
    assert amount[0] < amount[1] < amount[2]


def test_the_same_seed_gives_the_same_frames_and_another_one_another_wind(shot):
    one, again, other = (frames_of(shot(beat_of(TEXTS["sway"]), seed=seed)) for seed in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("kind", TEXTS)
def test_a_loop_leads_back_into_its_beginning(shot, kind):
    frames = frames_of(shot(beat_of(TEXTS[kind], 0.0, 2.0), loop=True, fps=24))
    steps = [np.abs(b.astype(int) - a).mean() for a, b in itertools.pairwise(frames)]
    assert np.abs(frames[-1].astype(int) - frames[0]).mean() <= 1.5 * max(steps)


def test_two_beats_on_the_same_thing_do_not_add_up(shot):
    one = frames_of(shot(beat_of("The leaves sway.", 0.0, 2.0)))
    two = frames_of(shot(beat_of("The leaves sway.", 0.0, 2.0), beat_of("The branches lean.", 0.0, 2.0)))
    assert np.array_equal(one, two)


def test_what_is_not_found_stays_and_a_note_says_so(shot):
    heard = []
    frames = frames_of(shot(beat_of("The flag waves."), brush=False), heard)
    assert all(np.array_equal(frame, frames[0]) for frame in frames)
    assert any("The flag: not found" in event.text for event in heard if isinstance(event, Note))


def test_a_brush_that_no_beat_uses_is_named(shot):
    heard = []
    frames_of(shot(), heard)
    assert any("motion brush is not used" in event.text for event in heard if isinstance(event, Note))


def test_a_plan_lists_only_what_is_not_shown(shot):
    beats = (
        beat_of("The leaves sway."),
        beat_of("The lantern swings."),
        beat_of("The bust stays still."),
        beat_of("She dances."),
    )
    ignored = SKETCH.plan(shot(*beats, brush=False)).ignored
    assert [text.split(":")[0] for text in ignored] == ["Scene, “The lantern swings”", "Scene, “She dances”"]
    assert "motion brush" in ignored[0]
    assert "video model" in ignored[1]
    assert len(SKETCH.plan(shot(*beats)).ignored) == 1


def test_with_a_camera_it_moves_too(shot):
    camera = Beat(layer="camera", start=0, end=2, move="dolly_in")
    still, alive = frames_of(shot(camera)), frames_of(shot(camera, beat_of(TEXTS["sway"], 0.0, 2.0)))
    assert np.array_equal(still[0], alive[0])
    assert not np.array_equal(still[12], alive[12])
