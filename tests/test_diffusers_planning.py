"""Plans of open engines: what they make, or why not; without weights."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engines.diffusers.planning import plan
from studio.errors import ShotError
from studio.presets import load_profiles
from studio.settings import ROOT
from studio.shot import Beat, Control, Shot, Still, Timeline

PROFILES = load_profiles(ROOT / "presets" / "engines")
OPEN = {name: profile for name, profile in PROFILES.items() if profile.pipeline}
STILL = Still(path="still.png", digest="0" * 64, width=1200, height=800)


def shot(seconds=2.0, **given):
    timeline = given.pop("timeline", Timeline(seconds=seconds))
    return Shot(still=STILL, timeline=timeline, seconds=seconds, **given)


@given(
    name=st.sampled_from(sorted(OPEN)),
    seconds=st.floats(0.5, 60),
    fps=st.none() | st.integers(1, 60),
    size=st.tuples(st.none() | st.integers(64, 2048), st.none() | st.integers(64, 2048)),
)
@settings(deadline=None, max_examples=300)
def test_any_shot_is_planned_by_the_laws_of_its_engine_or_refused_with_a_reason(name, seconds, fps, size):
    profile = OPEN[name]
    controls = tuple(Control(kind=kind, path="x.png") for kind in profile.pipeline.needs)
    asked = shot(seconds, fps=fps, width=size[0], height=size[1], controls=controls)
    try:
        made = plan(asked, profile, PROFILES.values())
    except ShotError as refused:
        assert profile.title in str(refused)
        assert not profile.seconds[0] <= seconds <= profile.seconds[1]
        return
    assert made.frames == profile.frames.nearest(made.frames)
    assert profile.frames.least <= made.frames <= (profile.frames.most or made.frames)
    assert made.width % profile.size_multiple == made.height % profile.size_multiple == 0
    assert made.fps in profile.fps
    assert made.seconds == pytest.approx(made.frames / made.fps)
    if fps not in (None, made.fps):
        assert any(str(fps) in note for note in made.notes)
    if size[0] and size[0] != made.width:
        assert any("The size becomes" in note for note in made.notes)


@given(st.sampled_from(sorted(OPEN)), st.integers(1, 4000))
def test_a_lawful_count_is_kept_and_any_other_goes_to_a_neighbour(name, frames):
    law = OPEN[name].frames
    made = law.nearest(frames)
    assert law.nearest(made) == made
    if law.least + law.step <= frames <= (law.most or frames) - law.step:
        assert abs(made - frames) <= (law.step + law.cut - 1) / 2


def test_seventeen_frames_at_thirteen_a_second_become_what_the_engine_makes():
    made = plan(shot(17 / 13, fps=13), PROFILES["wan_2_2_ti2v_5b"])
    assert (made.frames, made.fps) == (33, 24)
    assert "13 frames a second become 24" in made.notes[0]
    assert "become 1.38 s" in made.notes[1]


def test_a_length_that_the_engine_cannot_hold_is_refused_with_engines_that_can():
    with pytest.raises(ShotError, match="Helios"):
        plan(shot(50.0), PROFILES["wan_2_2_ti2v_5b"], PROFILES.values())


def test_a_control_that_the_engine_lacks_is_refused_with_engines_that_have_it():
    with pytest.raises(ShotError, match=r"Wan 2\.1 VACE") as caught:
        controls = (Control(kind="reference", path="mug.png"),)
        plan(shot(controls=controls), PROFILES["wan_2_2_ti2v_5b"], PROFILES.values())
    assert "reference for Wan 2.2 TI2V-5B" in str(caught.value)


def test_an_engine_that_needs_an_end_frame_asks_for_one():
    with pytest.raises(ShotError, match="goes from the still to it"):
        plan(shot(), PROFILES["wan_2_1_flf2v"])


def test_without_a_size_the_clip_has_the_shape_of_the_still_at_the_area_the_engine_was_made_for():
    made = plan(shot(), PROFILES["wan_2_2_i2v_a14b"])
    assert made.width / made.height == pytest.approx(1.5, rel=0.05)
    assert made.width * made.height == pytest.approx(399_360, rel=0.05)
    assert made.crop > 0.97


def test_fixed_sizes_are_kept_and_the_crop_is_told():
    made = plan(shot(width=333, height=777), PROFILES["cogvideox_i2v"])
    assert (made.width, made.height) == (720, 480)
    assert any("fixed sizes" in note for note in made.notes)


def test_sizes_by_the_shape_of_the_still_hold_no_more_than_their_square():
    made = plan(shot(), PROFILES["hunyuan_1_5_i2v"])
    assert made.width * made.height <= 640**2
    assert made.width / made.height == pytest.approx(1.5, rel=0.06)


def test_sound_for_a_silent_engine_is_told_as_ignored_and_kept_for_one_that_sounds():
    rain = Timeline(seconds=2.0, beats=(Beat(layer="audio", start=0, end=2, text="Rain on a roof."),))
    assert "Rain on a roof" in plan(shot(timeline=rain), PROFILES["wan_2_2_ti2v_5b"]).ignored[0]
    assert plan(shot(timeline=rain), PROFILES["ltx_2_3"]).ignored == ()


def test_a_negative_prompt_is_told_as_ignored_where_there_is_none():
    assert "negative prompt" in plan(shot(negative="fog"), PROFILES["svd_xt"]).ignored[0]


@pytest.mark.parametrize("name", ["wan_2_1_vace", "wan_2_1_flf2v"])
def test_a_loop_ends_on_the_still_where_the_engine_takes_an_end_frame(name):
    made = plan(shot(loop=True), PROFILES[name])
    assert any("ends on the still" in note for note in made.notes)
    assert made.ignored == ()


def test_a_loop_that_cannot_be_is_told_as_ignored():
    assert "The loop: Wan 2.2 TI2V-5B is told of no end." in plan(shot(loop=True), PROFILES["wan_2_2_ti2v_5b"]).ignored
    other = Control(kind="end_frame", path="x.png")
    (lost,) = plan(shot(loop=True, controls=(other,)), PROFILES["wan_2_1_flf2v"]).ignored
    assert "ends on the end frame that was given" in lost


def test_an_engine_that_is_told_the_words_alone_says_so_of_the_still():
    words = OPEN["wan_2_1_i2v"]
    words = words.but(pipeline=words.pipeline.but(name="WanPipeline", names={"still": ""}))
    assert f"The still: {words.title} is told the words alone." in plan(shot(), words).ignored
    assert not plan(shot(), OPEN["wan_2_1_i2v"]).ignored


def test_of_two_clips_to_follow_the_one_that_is_not_is_told():
    both = tuple(Control(kind=kind, path="x.mp4") for kind in ("motion_video", "pose_video"))
    told = "The motion video: Wan 2.1 VACE 1.3B follows one clip, and takes the pose video."
    assert told in plan(shot(controls=both), OPEN["wan_2_1_vace"]).ignored
    assert not plan(shot(controls=both[:1]), OPEN["wan_2_1_vace"]).ignored


def test_a_clip_that_goes_on_from_another_is_told_the_counts_of_its_new_frames():
    going_on = shot(0.6, controls=(Control(kind="previous_clip", path="x.mp4"),))
    made = plan(going_on, OPEN["wan_2_1_vace"].but(seconds=(0.1, 5.0)))
    assert made.frames == 8
    assert any("makes 4, 8, 12 … new frames." in note for note in made.notes)
