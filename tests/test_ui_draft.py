"""What the browser sends is checked before anything is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import InputError, StillError, TimelineError
from studio.media.clips import write_clip
from studio.media.motion import keep_video
from studio.settings import Settings
from studio.ui.brush import unseen
from studio.ui.draft import Draft, Shelf
from studio.workspace import Workspace
from tests.conftest import textured


@pytest.fixture
def shelf(workspace: Workspace) -> Shelf:
    return Shelf(workspace)


def test_a_draft_becomes_a_shot_with_the_still_s_shape(workspace: Workspace, shelf: Shelf, picture: Path) -> None:
    key = shelf.key(shelf.add(picture, "mine.png"))
    shot = Draft(still=key, prompt="Slow dolly-in.", side=384, seed=3).shot(workspace, shelf)
    assert (shot.width, shot.height, shot.seed) == (384, 256, 3)
    assert shot.timeline.on("camera")[0].move == "dolly_in"


def test_distilled_weights_are_asked_of_the_engine_that_has_them(
    workspace: Workspace, shelf: Shelf, picture: Path
) -> None:
    draft = Draft(still=shelf.key(shelf.add(picture, "mine.png")), prompt="Slow dolly-in.", distilled="lightning")
    asked = {engine: draft.but(engine=engine).shot(workspace, shelf) for engine in ("wan_2_2_i2v_a14b", "sketch")}
    assert {engine: shot.distilled for engine, shot in asked.items()} == {"wan_2_2_i2v_a14b": "lightning", "sketch": ""}


def test_who_has_as_many_pictures_as_the_limits_allow_leaves_nothing_of_another(tmp_path: Path) -> None:
    """And may paint all the while: each stroke makes a picture too."""
    limited = Workspace.open(Settings(data=tmp_path / "data", max_pictures=1))
    ann, ben = (Shelf(limited).of(owner) for owner in ("ann", "ben"))
    pictures = [tmp_path / f"{seed}.png" for seed in range(3)]
    for seed, path in enumerate(pictures):
        textured(96, 64, seed).save(path)
    mine, theirs = ann.add(pictures[0], ""), ben.add(pictures[1], "")
    for other in pictures[1:]:
        with pytest.raises(InputError, match="at most 1"):
            ann.add(other, "")
    assert {path.stem for path in limited.stills.iterdir()} == {mine.digest, theirs.digest}
    assert ann.add(pictures[0], "").digest == mine.digest
    for stroke in range(20):
        painting = f"controls/{stroke:064x}.png"
        (limited.controls / Path(painting).name).write_bytes(b"x")
        ann.keep(painting)
    with pytest.raises(InputError, match=r"your paintings.*at most 20"):
        ann.keep(f"controls/{'f' * 64}.png")
    with pytest.raises(InputError, match="pictures and clips"):
        ann.keep(f"controls/{'f' * 64}.mp4")


def test_the_person_s_own_beats_win_over_the_prompt(workspace: Workspace, shelf: Shelf, picture: Path) -> None:
    key = shelf.key(shelf.add(picture, "mine.png"))
    beats = [{"layer": "camera", "start": 1.0, "end": 2.0, "move": "pan_left", "text": "", "origin": "user"}]
    draft = Draft.from_dict({"still": key, "prompt": "Slow dolly-in.", "beats": beats})
    assert [beat.move for beat in draft.shot(workspace, shelf).timeline.beats] == ["pan_left"]


def test_beats_that_only_come_at_other_times_still_tell_what_the_prompt_tells(
    workspace: Workspace, shelf: Shelf, picture: Path
) -> None:
    key = shelf.key(shelf.add(picture, "mine.png"))
    followed = Draft(still=key, prompt="Slow dolly-in. Steam rises.")
    dolly, steam = followed.timeline(workspace, shelf).beats
    moved = followed.but(beats=(dolly.but(end=dolly.end - 0.4, origin="user", span=None), steam))
    fewer, faster = followed.but(beats=(steam,)), followed.but(beats=(dolly.but(level=3, origin="user"), steam))
    drafts = (followed, moved, fewer, faster, moved.but(prompt="The camera pans left."))
    assert [draft.shot(workspace, shelf).by_hand for draft in drafts] == [False, False, True, True, True]
    assert fewer.shot(workspace, shelf).words == "Steam rises."


def test_beats_past_the_end_are_refused(workspace: Workspace) -> None:
    beats = [{"layer": "scene", "start": 4.0, "end": 9.0}]
    with pytest.raises(TimelineError, match="inside 5 s"):
        Draft.from_dict({"beats": beats, "seconds": 5.0}).timeline(workspace, Shelf(workspace))


@pytest.mark.parametrize(
    "question",
    [
        None,
        [],
        "words",
        {"stranger": 1},
        {"seconds": "nan"},
        {"seconds": float("nan")},
        {"side": 10**9},
        {"seed": -1},
        {"focus": [2, 0]},
        {"prompt": "x" * 20_001},
        {"beats": [{"layer": "smell", "start": 0, "end": 1}]},
        {"beats": [{"layer": "scene", "start": 2, "end": 1}]},
        {"beats": [{"layer": "scene", "start": 0, "end": 1}] * 65},
    ],
)
def test_what_no_page_would_send_is_refused_in_a_sentence(question: object) -> None:
    with pytest.raises(InputError, match="Expected"):
        Draft.from_dict(question)


@pytest.mark.parametrize("key", [None, "", "still:../../etc/passwd", "example:no", "still:" + "0" * 64, "/etc/passwd"])
def test_a_key_that_the_studio_did_not_give_out_opens_nothing(shelf: Shelf, key: str | None) -> None:
    with pytest.raises(StillError):
        shelf.find(key)


def test_a_still_is_found_again_by_another_shelf(workspace: Workspace, shelf: Shelf, picture: Path) -> None:
    still = shelf.add(picture, "mine.png")
    assert Shelf(workspace).find(shelf.key(still)).digest == still.digest


def test_nobody_finds_the_picture_or_the_file_name_of_somebody_else(workspace: Workspace, picture: Path) -> None:
    ann, ben = (Shelf(workspace).of(name) for name in ("ann", "ben"))
    key = ann.key(ann.add(picture, "ann at home.png"))
    with pytest.raises(StillError, match="still kept here"):
        ben.find(key)
    assert not ben.shows(key.removeprefix("still:"))
    assert ben.add(picture, "mine.png").digest == ann.find(key).digest
    assert (ann.find(key).name, ben.find(key).name) == ("ann at home.png", "mine.png")


@given(width=st.integers(16, 4000), height=st.integers(16, 4000), side=st.integers(128, 1920))
@settings(max_examples=60, deadline=None)
def test_every_size_is_even_and_no_longer_than_asked(width: int, height: int, side: int) -> None:
    from studio.shot import Still
    from studio.ui.draft import _size

    wide, high = _size(Still(path="x", digest="d", width=width, height=height), side, 2)
    assert wide % 2 == high % 2 == 0
    assert abs(max(wide, high) - side) <= 1
    assert min(wide, high) >= 64


def test_an_example_whose_file_was_deleted_is_opened_again(workspace: Workspace) -> None:
    shelf = Shelf(workspace)
    key = f"example:{workspace.examples()[0].id}"
    still = shelf.find(key)
    Path(still.path).unlink()
    assert Path(shelf.find(key).path).is_file()


def test_what_was_brought_is_given_to_an_engine_that_takes_it(
    workspace: Workspace, shelf: Shelf, picture: Path, tmp_path: Path
) -> None:
    from tests.test_media_motion import frames

    key = shelf.key(shelf.add(picture, "mine.png"))
    write_clip(tmp_path / "dance.mp4", frames(12), 24)
    clip = keep_video(tmp_path / "dance.mp4", workspace.controls, workspace.settings, "the motion video")
    given = [{"kind": "reference", "key": key, "name": "mug"}, {"kind": "motion_video", "key": clip}]
    draft = Draft.from_dict({"still": key, "prompt": "@mug turns.", "engine": "wan_2_1_vace", "given": given})
    shot = draft.shot(workspace, shelf)
    assert [(control.kind, control.name) for control in shot.controls] == [("reference", "mug"), ("motion_video", "")]
    assert shot.said == "The mug turns."
    assert draft.but(engine="sketch").shot(workspace, shelf).controls == ()
    assert len(unseen(draft, workspace.profile("sketch"))) == 2


def test_a_clip_that_is_no_longer_kept_is_told(workspace: Workspace, shelf: Shelf, picture: Path) -> None:
    key = shelf.key(shelf.add(picture, "mine.png"))
    for lost in ("0" * 64, "../../secrets"):
        given = [{"kind": "motion_video", "key": lost}]
        draft = Draft.from_dict({"still": key, "prompt": "It turns.", "engine": "wan_2_1_vace", "given": given})
        with pytest.raises(InputError, match="still kept here"):
            draft.shot(workspace, shelf)
