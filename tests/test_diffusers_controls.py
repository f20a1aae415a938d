"""What a shot is given besides its words: refused where an engine cannot be given it, and followed where it can."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from studio.engines.diffusers import calls
from studio.engines.diffusers.controls import Canvas, prepare
from studio.engines.diffusers.motion import drawn_flow, frames_at
from studio.engines.diffusers.pictures import held
from studio.engines.diffusers.planning import plan
from studio.errors import ShotError
from studio.media.clips import write_clip
from studio.presets import load_profiles
from studio.settings import ROOT
from studio.shot import Beat, Control, Shot, Still, Timeline

PROFILES = load_profiles(ROOT / "presets" / "engines")
STILL = Still(path="still.png", digest="0" * 64, width=640, height=480)


def shot(*controls, prompt="It moves.", **more):
    timeline = more.pop("timeline", Timeline(seconds=2.0))
    return Shot(still=STILL, timeline=timeline, seconds=2.0, controls=controls, prompt=prompt, **more)


def asked(kind, name=""):
    return Control(kind=kind, path="x.png", name=name)


def planned(engine, *controls, **more):
    return plan(shot(*controls, **more), PROFILES[engine], PROFILES.values())


@pytest.fixture
def clip(tmp_path):
    """One second at 24 frames a second: a bar that goes right, two pixels a frame."""
    textured = np.random.default_rng(0).integers(0, 255, (96, 30, 3)).astype(np.uint8)
    frames = []
    for number in range(24):
        frame = np.full((96, 128, 3), 30, np.uint8)
        frame[:, 10 + 2 * number : 40 + 2 * number] = textured
        frames.append(frame)
    write_clip(tmp_path / "motion.mp4", frames, 24)
    return Control(kind="motion_video", path=str(tmp_path / "motion.mp4"))


@pytest.mark.parametrize("kind", ["motion_video", "motion_brush", "pose_video", "face_video"])
def test_a_control_is_refused_with_the_engines_that_have_it(kind):
    with pytest.raises(ShotError, match=kind.replace("_", " ")) as caught:
        planned("wan_2_2_ti2v_5b", asked(kind))
    able = [one.title for one in PROFILES.values() if one.pipeline and kind in one.driven]
    assert able
    assert any(title in str(caught.value) for title in able)


@pytest.mark.parametrize("kind", ["audio", "depth_strokes"])
@pytest.mark.parametrize("promised", [True, False])
def test_what_the_studio_gives_no_open_engine_is_refused_whatever_the_profile_says(kind, promised):
    profile = PROFILES["wan_2_2_ti2v_5b"].but(controls=(kind,) if promised else ())
    with pytest.raises(ShotError, match=kind.replace("_", " ")) as caught:
        plan(shot(asked(kind)), profile, (profile,))
    assert "or take" not in str(caught.value)


def test_a_filmed_performance_is_refused_where_no_estimator_is_there_saying_what_is_missing():
    with pytest.raises(ShotError, match="no estimator") as caught:
        planned("wan_2_2_animate", asked("motion_video"), asked("pose_video"), asked("face_video"))
    assert "a pose video" in str(caught.value)


def test_an_engine_that_follows_a_performer_asks_for_both_tracks():
    with pytest.raises(ShotError, match="the face video: none"):
        planned("wan_2_2_animate", asked("pose_video"))


def test_more_of_a_kind_than_the_engine_takes_are_refused():
    with pytest.raises(ShotError, match="at most 3"):
        planned("wan_2_1_vace", *(asked("reference") for _ in range(4)))
    with pytest.raises(ShotError, match="at most 1"):
        planned("wan_2_1_vace", asked("end_frame"), asked("end_frame"))


def test_a_named_element_without_its_picture_is_refused_and_a_picture_without_its_name_is_told():
    with pytest.raises(ShotError, match="the element: @mug"):
        planned("wan_2_1_vace", asked("reference", "cup"), prompt="Steam rises from @mug.")
    notes = planned("wan_2_1_vace", asked("reference", "mug"), prompt="Steam rises.").notes
    assert any("say @mug" in note for note in notes)
    notes = planned("wan_2_1_vace", asked("reference", "Mug"), prompt="Steam rises from @mug.").notes
    assert not any("@mug" in note for note in notes)


def test_a_name_for_an_engine_without_references_is_read_as_a_word_and_told():
    notes = planned("wan_2_2_ti2v_5b", prompt="Steam rises from @mug.").notes
    assert any("reads the word alone" in note for note in notes)


def test_a_camera_move_beside_a_motion_brush_is_told():
    beat = Beat(layer="camera", start=0, end=2, text="Push in.", move="dolly_in")
    timeline = Timeline(seconds=2.0, beats=(beat,))
    notes = planned("wan_2_1_vace", asked("motion_brush"), timeline=timeline).notes
    assert any("motion brush holds" in note for note in notes)


@pytest.mark.parametrize(("fps", "apart"), [(24, 2), (12, 4), (48, 1)])
def test_a_motion_video_is_followed_at_its_own_speed(clip, fps, apart):
    pictures, whole = frames_at(clip, fps // 2, fps, (128, 96))
    edges = [int(np.argmax(np.asarray(picture.convert("L"))[48] > 60)) for picture in pictures]
    assert whole
    assert np.diff(edges).mean() == pytest.approx(apart, abs=0.7)


def test_a_motion_video_that_is_too_short_is_held_and_told(clip):
    told = []
    canvas = Canvas((128, 96), 36, 24, 0, (0.5, 0.5), told.append)
    said = prepare([clip.but(kind="pose_video")], canvas)
    assert len(said["pose"]) == 36
    assert said["pose"][-1] is said["pose"][23]
    assert "shorter than the clip" in told[0].text


def test_motion_is_drawn_in_colours_where_it_is_and_white_where_nothing_moves(clip):
    pictures, _ = frames_at(clip, 12, 24, (128, 96))
    drawn = drawn_flow(pictures)
    assert len(drawn) == 12
    middle = np.asarray(drawn[6], int)
    assert middle[48, 34].min() < 120  # inside the bar
    assert middle[48, 110].min() > 225
    assert middle[48, 34].argmax() == 0  # to the right is red on the wheel


def test_motion_the_other_way_has_the_opposite_colour(clip):
    pictures, _ = frames_at(clip, 12, 24, (128, 96))
    right, left = (np.asarray(drawn_flow(order)[6], int)[48, 38] for order in (pictures, pictures[::-1]))
    assert right[0] > right[2]
    assert left[0] < left[2]


def test_vace_is_shown_the_motion_where_it_draws_and_the_still_at_the_start():
    still = Image.new("RGB", (64, 48), "blue")
    follow = [Image.new("RGB", (64, 48), (number, 0, 0)) for number in range(5)]
    _, given = calls.vace({"still": still, "width": 64, "height": 48, "frames": 5, "motion": follow})
    assert given["video"][0] is still
    assert given["video"][1:] == follow[1:]
    assert [mask.getpixel((5, 5)) for mask in given["mask"]] == [0, 255, 255, 255, 255]


def test_vace_draws_only_where_something_was_painted():
    still = Image.new("RGB", (64, 48), "blue")
    painted = Image.new("L", (64, 48), 0)
    painted.paste(255, (0, 0, 32, 48))
    _, given = calls.vace({"still": still, "width": 64, "height": 48, "frames": 5, "painted": painted})
    assert given["video"][3].getpixel((50, 20)) == (0, 0, 255)
    assert given["video"][3].getpixel((10, 20)) == (128, 128, 128)
    assert given["mask"][3].getpixel((50, 20)) == 0
    assert given["mask"][3].getpixel((10, 20)) == 255


def test_what_is_not_painted_keeps_the_stills_own_pixels():
    still = Image.new("RGB", (64, 48), (10, 200, 30))
    painted = Image.new("L", (64, 48), 0)
    painted.paste(255, (0, 0, 16, 48))
    frames = np.full((3, 48, 64, 3), 255, np.uint8)
    kept = held(frames, still, painted)
    assert kept.shape == frames.shape
    assert (kept[:, :, 32:] == (10, 200, 30)).all()
    assert (kept[:, :, :8] == 255).all()


def test_a_clip_that_is_no_clip_is_refused_in_words(tmp_path):
    (tmp_path / "dance.mp4").write_text("no clip")
    canvas = Canvas((64, 48), 9, 24, 0, (0.5, 0.5), lambda _: None)
    with pytest.raises(Exception, match=r"dance\.mp4"):
        prepare([Control(kind="pose_video", path=str(tmp_path / "dance.mp4"))], canvas)
