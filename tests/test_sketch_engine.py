"""What a person may rely on when sketch makes a take."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from threadpoolctl import threadpool_info, threadpool_limits

from studio.engines.engine import Note, Preview, StageStarted, Step
from studio.engines.sketch.engine import Sketch
from studio.engines.sketch.life.projection import Eye
from studio.engines.sketch.planning import draft
from studio.errors import Cancelled, ShotError, StillError
from studio.media.planes import Planes, to_video_frame
from studio.shot import STAGES, Beat, Control, Shot, Still, Timeline
from tests.sketch_shots import SKETCH, frames_of, shot_of, still_of, textured
from tests.test_sketch_camera import timelines


@pytest.fixture(scope="module")
def still(tmp_path_factory):
    return still_of(textured(), tmp_path_factory.mktemp("still"))


def unread(width=1200, height=800):
    """A still that is not on disk: nothing may open it."""
    return Still(path="/nowhere/still.png", digest="none", width=width, height=height)


@settings(max_examples=60, deadline=None)
@given(timelines(), st.integers(1, 4000), st.integers(1, 4000), st.sampled_from([None, 64, 333, 1080]))
def test_a_plan_reads_no_file_and_is_always_makeable(timeline, width, height, side):
    shot = Shot(still=unread(width, height), timeline=timeline, seconds=timeline.seconds, width=side)
    plan = SKETCH.plan(shot)
    assert plan.width % 2 == 0
    assert plan.height % 2 == 0
    assert min(plan.width, plan.height) >= 16
    assert 0 < plan.crop <= 1
    assert plan.seconds == pytest.approx(timeline.seconds, abs=0.5 / plan.fps + 1e-9)
    assert plan == SKETCH.plan(shot)


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ({}, (768, 512)),
        ({"width": 600}, (600, 400)),
        ({"height": 401}, (602, 402)),
        ({"width": 512, "height": 512}, (512, 512)),
        ({"width": 513, "height": 511}, (514, 512)),
    ],
)
def test_the_plan_settles_the_size(asked, size):
    plan = SKETCH.plan(shot_of(unread(), **asked))
    assert (plan.width, plan.height) == size


def test_a_small_still_is_not_enlarged_unasked():
    plan = SKETCH.plan(shot_of(unread(301, 199)))
    assert (plan.width, plan.height) == (300, 198)


def test_what_the_plan_changes_it_says():
    notes = " ".join(SKETCH.plan(shot_of(unread(), width=1601, height=901)).notes)
    assert "1602 × 902" in notes
    assert "another shape" in notes
    assert "larger than the still" in notes


def test_a_length_that_sketch_cannot_make_is_refused_with_what_it_can():
    with pytest.raises(ShotError, match="15"):
        SKETCH.plan(shot_of(unread(), seconds=20.0))


@pytest.mark.parametrize(("asked", "made"), [(17, 16), (7, 8), (1, 8), (29, 30), (24, 24)])
def test_another_frame_rate_becomes_the_nearest_and_the_plan_says_so(asked, made):
    plan = SKETCH.plan(shot_of(unread(), fps=asked))
    assert plan.fps == made
    assert any("frame rate" in note for note in plan.notes) == (asked != made)


def test_a_plan_names_what_sketch_does_not_show():
    beats = (
        Beat(layer="camera", start=0, end=2, move="dolly_in"),
        Beat(layer="subject", start=0, end=2, text="She turns her head."),
        Beat(layer="scene", start=0, end=2),
    )
    shot = Shot(still=unread(), timeline=Timeline(seconds=2, beats=beats), seconds=2).but(
        controls=(Control(kind="end_frame", path="x.png"),)
    )
    ignored = SKETCH.plan(shot).ignored
    assert len(ignored) == 3
    assert "She turns her head" in ignored[1] + ignored[0]
    assert "video model" in ignored[0]
    assert "end frame" in ignored[2]


def planned(*beats, **options):
    return SKETCH.plan(Shot(still=unread(), timeline=Timeline(seconds=2, beats=beats), seconds=2, **options))


DANCES, SWINGS = "She dances.", "The lantern swings."


@pytest.mark.parametrize(
    ("texts", "why", "todo"),
    [
        ((), "no camera move", "Add a camera move"),
        ((DANCES,), "needs a video model", "choose an engine with a video model"),
        ((SWINGS,), "must be painted", "motion brush"),
        (("The bust stays still.",), "nothing else is asked for", "Add a camera move"),
    ],
)
def test_where_nothing_will_move_that_is_the_first_thing_said_with_what_to_do(texts, why, todo):
    plan = planned(*(Beat(layer="scene", start=0, end=2, text=text) for text in texts), width=801)
    assert plan.notes[0].startswith("Nothing in this clip will move with Sketch: ")
    assert why in plan.notes[0]
    assert todo in plan.notes[0]
    assert plan.notes[0] == plan.idle
    assert len([note for note in plan.notes if "move" in note]) == 1
    assert "size" in plan.notes[-1]


@pytest.mark.parametrize("text", ["Rain falls.", "The lamp flickers.", "The leaves sway."])
def test_where_something_moves_or_is_tried_nothing_is_said_to_stand(text):
    dances, shown = (Beat(layer="scene", start=0, end=2, text=words) for words in (DANCES, text))
    plan = planned(dances, shown)
    assert not plan.idle
    assert not any("Nothing" in note for note in plan.notes)
    assert not planned(Beat(layer="camera", start=0, end=2, move="pan_left"), dances).idle


def test_what_is_not_shown_is_said_once_and_briefly():
    twice = [Beat(layer="subject", start=start, end=start + 1, text=DANCES) for start in (0, 1)]
    sound = Beat(layer="audio", start=0, end=2, text="Waves roar.")
    plan = planned(Beat(layer="camera", start=0, end=2, move="pan_left"), *twice, sound)
    assert plan.ignored == (
        "Subject, “She dances”: this needs a video model.",
        "Audio, “Waves roar”: sketch makes no sound.",
    )
    assert len([note for note in plan.notes if "Sketch shows" in note]) == 1


def test_a_take_in_which_nothing_was_found_says_so_first(still):
    heard = []
    beat = Beat(layer="scene", start=0, end=1, text="The flag waves.")
    frames_of(Shot(still=still, timeline=Timeline(seconds=1, beats=(beat,)), seconds=1, fps=12), heard)
    told = [event.text for event in heard if isinstance(event, Note)]
    assert any(text.startswith("Nothing in this clip moves") for text in told)
    assert any("The flag: not found" in text for text in told)


def test_without_a_camera_move_every_frame_is_the_same_and_a_note_says_so(still):
    heard = []
    frames = frames_of(shot_of(still, seconds=1.0, fps=12), heard)
    assert all(np.array_equal(frame, frames[0]) for frame in frames)
    assert any("holds still" in event.text for event in heard if isinstance(event, Note))


def test_a_static_camera_is_the_still_itself(still):
    frames = frames_of(shot_of(still, [("static", 0, 1)], seconds=1.0, fps=12))
    np.testing.assert_array_equal(frames[0], textured())
    assert not any("no camera move" in note for note in SKETCH.plan(shot_of(still, [("static", 0, 1)])).notes)


@pytest.mark.parametrize("move", ["dolly_in", "pan_left", "orbit", "handheld"])
def test_the_first_frame_is_the_still_in_the_plan_s_crop(still, move):
    shot = shot_of(still, [(move, 0, 2)], fps=12)
    first = next(SKETCH.generate(shot, lambda event: None))
    window = draft(shot, SKETCH.profile).framing
    corners = np.float32([[0, 0], [256, 0], [0, 160]])
    on_still = corners * (window.width / 256) + (window.left, window.top)
    there = cv2.getAffineTransform(corners - 0.5, np.float32(on_still) - 0.5)
    cut = cv2.warpAffine(textured(), there, (256, 160), flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP)
    assert first.shape == cut.shape
    assert np.abs(first.astype(int) - cut)[2:-2, 2:-2].mean() < 1
    assert window.width / 256 == pytest.approx(SKETCH.plan(shot).crop, abs=1e-4)


@pytest.mark.parametrize(
    "options",
    [{}, {"width": 128}, {"width": 130, "height": 130}, {"fps": 25}, {"seconds": 1.3}],
)
def test_what_comes_out_is_what_was_planned(still, options):
    shot = shot_of(still, [("orbit", 0, 1)], **{"fps": 12, **options})
    plan = SKETCH.plan(shot)
    frames = frames_of(shot)
    assert len(frames) == plan.frames
    assert {(frame.shape, frame.dtype) for frame in frames} == {((plan.height, plan.width, 3), np.dtype(np.uint8))}


def test_the_same_shot_gives_the_same_frames_and_another_seed_another_hand(still):
    shot = shot_of(still, [("handheld", 0, 2)], fps=12, seed=4)
    assert np.array_equal(frames_of(shot), frames_of(shot))
    assert not np.array_equal(frames_of(shot), frames_of(shot.but(seed=5)))


def test_all_five_stages_are_told_in_order_and_each_says_what_it_does(still):
    heard = []
    frames_of(shot_of(still, [("dolly_in", 0, 2)], fps=12), heard)
    started = [event for event in heard if isinstance(event, StageStarted)]
    assert tuple(event.stage for event in started) == STAGES
    assert all(event.detail for event in started)
    assert [e.done for e in heard if isinstance(e, Step) and e.stage == "decode"] == list(range(1, 25))


@pytest.mark.parametrize(
    "moves", [[("dolly_in", 0, 2)], [("orbit", 0, 1), ("handheld", 0, 2)], [("rack_focus", 0, 2, 3)]]
)
def test_a_loop_joins_its_last_frame_to_its_first_and_the_plan_says_how(still, moves):
    shot = shot_of(still, moves, fps=24, loop=True)
    frames = [frame.astype(int) for frame in frames_of(shot)]
    hops = [np.abs(b - a).mean() for a, b in zip(frames, [*frames[1:], frames[0]], strict=True)]
    assert hops[-1] <= 1.2 * max(hops[:-1])
    assert max(hops) > 0
    assert any("loops" in note for note in SKETCH.plan(shot).notes)


def test_previews_are_small_come_early_and_cover_the_clip(still):
    heard = []
    wide = still_of(textured(640, 400), Path(still.path).parent, "wide")
    frames_of(shot_of(wide, [("pan_left", 0, 2)], fps=12), heard)
    previews = [event for event in heard if isinstance(event, Preview)]
    assert max(max(preview.frame.shape) for preview in previews) == 320
    times = [preview.time for preview in previews]
    assert times[0] == 0
    assert max(np.diff(times)) <= 0.26
    assert times[-1] == pytest.approx(2 - 1 / 12)
    first = next(i for i, event in enumerate(heard) if isinstance(event, Preview))
    assert not any(isinstance(event, StageStarted) and event.stage == "denoise" for event in heard[:first])


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("kind", [StageStarted, Step])
def test_a_cancel_takes_effect_at_once_in_every_stage(still, stage, kind):
    heard = []

    def tell(event):
        heard.append(event)
        if isinstance(event, kind) and event.stage == stage:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(SKETCH.generate(shot_of(still, [("dolly_in", 0, 2)]), tell))
    assert heard[-1].stage == stage


def test_a_still_that_is_gone_is_a_plain_error():
    with pytest.raises(StillError):
        frames_of(shot_of(unread(), seconds=0.5))


def test_frames_are_streamed_not_kept(still):
    shot = shot_of(still, [("dolly_in", 0, 15)], seconds=15.0, fps=24, width=640, height=400)
    clip = SKETCH.generate(shot, lambda event: None)
    next(clip)
    tracemalloc.start()
    for _, _ in zip(range(40), clip, strict=False):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * 640 * 400 * 3


def test_a_frame_may_be_drawn_upon_without_spoiling_the_next(still):
    clip = SKETCH.generate(shot_of(still, seconds=0.5), lambda event: None)
    next(clip)[:] = 0
    assert next(clip).any()


def test_a_plan_is_quick():
    shot = shot_of(unread(), [("handheld", 0, 5), ("orbit", 5, 15)], seconds=15.0)
    began = time.process_time()
    SKETCH.plan(shot)
    assert time.process_time() - began < 0.5


def test_small_matrices_are_solved_on_one_thread():
    with threadpool_limits(2, user_api="blas"):
        Sketch(SKETCH.profile)
        assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}


def test_a_moving_camera_keeps_the_fine_texture_of_a_large_still(tmp_path):
    """Against the same view of the whole still, averaged over each pixel as a camera's does."""
    rng = np.random.default_rng(4)
    noise = rng.normal(128, 60, (480, 768, 3)).clip(0, 255).astype(np.uint8)
    large = still_of(cv2.GaussianBlur(noise, (0, 0), 0.8), tmp_path, "fine")
    shot = shot_of(large, [("pan_left", 0, 1)], seconds=1.0, fps=12, width=384)
    drafted = draft(shot, SKETCH.profile)
    pixels = np.array(Image.open(large.path))
    for number, frame in enumerate(frames_of(shot)):
        x, y = np.meshgrid((np.arange(384 * 4) + 0.5) / 4, (np.arange(frame.shape[0] * 4) + 0.5) / 4)
        eye = Eye(drafted.framing, frame.shape[1::-1], number)
        across, down = (np.asarray(part - 0.5, np.float32) for part in eye.look(x, y))
        seen = cv2.remap(pixels, across, down, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
        seen = cv2.resize(seen, frame.shape[1::-1], interpolation=cv2.INTER_AREA)
        assert 0.9 < texture(frame) / texture(seen) < 1.1


def texture(frame):
    """How much of a frame is finer than two pixels."""
    grey = frame.mean(axis=2)
    return (grey - cv2.GaussianBlur(grey, (0, 0), 1.0))[8:-8, 8:-8].std()


def expected(*texts, move=None, until=2, **options):
    beats = [Beat(layer="scene", start=0, end=until, text=text) for text in texts]
    camera = [Beat(layer="camera", start=0, end=2, move=move)] if move else []
    return planned(*camera, *beats, **options).estimate


def test_what_a_take_costs_grows_with_each_of_its_effects_and_their_time():
    still, moved, rainy = expected(), expected(move="orbit"), expected("Rain falls.", move="orbit")
    assert still < moved < rainy < expected("Rain falls.", "Fog drifts.", move="orbit")
    assert moved < expected("Rain falls.", move="orbit", until=1) < rainy
    assert expected("Rain falls.", "Rain pours.") < 1.05 * expected("Rain falls.")
    assert expected("She dances.") == still
    assert still < expected("Smoke rises.") == expected("Smoke billows.")
    assert expected("Rain falls.") > 2.5 * still


@pytest.mark.parametrize("move", ["orbit", "dolly_in", "pan_left", "rack_focus", "roll_cw"])
@pytest.mark.parametrize("times", [1, 2])
def test_what_is_encoded_looks_like_the_frames(move, times, tmp_path):
    """Luma to a level or two in the mean; colour is read at half the size, and as fine."""
    fine = cv2.resize(textured(128, 80), (256 * times, 160 * times), interpolation=cv2.INTER_CUBIC)
    shot = shot_of(still_of(fine, tmp_path), [(move, 0, 1)], seconds=1.0, fps=12, width=256)
    heard = []
    film = list(SKETCH.film(shot, heard.append))
    assert any(isinstance(picture, Planes) for picture in film)
    for picture, frame in zip(film, frames_of(shot), strict=True):
        filmed, given = (to_video_frame(part).to_ndarray().astype(float) for part in (picture, frame))
        assert np.abs(filmed - given)[:160].mean() < 0.6
        assert np.abs(filmed - given)[160:].mean() < 1.0
    shown = [event.frame for event in heard if isinstance(event, Preview)]
    assert np.abs(shown[-1].astype(int) - frame).mean() < 3


def test_what_lives_in_a_still_is_encoded_as_it_is_drawn(tmp_path):
    beat = Beat(layer="scene", start=0, end=1, text="Rain falls.")
    shot = Shot(still=still_of(textured(), tmp_path), timeline=Timeline(seconds=1, beats=(beat,)), seconds=1.0, fps=12)
    for picture, frame in zip(SKETCH.film(shot, lambda _: None), frames_of(shot), strict=True):
        np.testing.assert_array_equal(picture, frame)
