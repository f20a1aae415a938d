"""A reel is planned as a whole, made in order, goes on where it was broken off, and is joined frame by frame."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.errors import Cancelled, ShotError
from studio.media.clips import probe, read_comment, read_frames
from studio.reel import JoinedReel, Reel, ReelShot
from studio.reels import Here, Reels
from studio.settings import Settings
from studio.storyboard import ShotAsked, Storyboard, shots_of
from studio.workspace import Workspace
from tests.conftest import textured
from tests.tiny.families import FAMILIES, tiny_profile

SMALL = {"fps": 8, "size": (128, 96), "seconds": 1.0}


@pytest.fixture
def stills(tmp_path: Path) -> tuple[str, str]:
    """Two pictures that cannot be taken for each other."""
    textured(256, 192, seed=3).save(tmp_path / "first.png")
    textured(256, 192, seed=8).point(lambda value: 255 - value // 2).save(tmp_path / "second.png")
    return str(tmp_path / "first.png"), str(tmp_path / "second.png")


def board(*shots: ShotAsked, **values: object) -> Storyboard:
    return Storyboard.from_dict({**SMALL, **values, "shots": shots})


@pytest.fixture
def three(workspace: Workspace, stills: tuple[str, str]) -> Reel:
    """A shot, one that goes on from it, and one of its own faded over."""
    first, second = stills
    asked = board(
        ShotAsked(prompt="The camera pushes in.", still=first),
        ShotAsked(prompt="The camera pans left."),
        ShotAsked(prompt="The camera tilts up.", still=second, fade=0.5),
    )
    return Reels(workspace).new(shots_of(workspace, asked), "Morning")


def here(workspace: Workspace, tell=lambda _: None) -> Here:
    return Here(workspace, tell)


def test_a_reel_survives_json(three: Reel) -> None:
    assert Reel.from_json(three.to_json()) == three


def test_what_comes_out_is_what_was_planned(workspace: Workspace, three: Reel) -> None:
    reels = Reels(workspace)
    planned, plan = reels.plan(three)
    assert (plan.width, plan.height, plan.fps, plan.frames) == (128, 96, 8, 8 + 7 + 4)
    assert plan.skips == (0, 1, 0)
    made = reels.make(planned, here(workspace))
    facts = probe(Path(made.clip))
    assert (facts.width, facts.height, facts.fps, facts.frames) == (128, 96, 8, plan.frames)
    assert reels.kept.get(three.id) == made
    assert [one.trouble for one in made.shots] == [""] * 3


def test_a_chained_shot_opens_on_the_last_frame_and_does_not_show_it_twice(workspace: Workspace, three: Reel) -> None:
    made = Reels(workspace).make(three, here(workspace))
    clips = [list(read_frames(Path(workspace.load_take(one.take).clip))) for one in made.shots[:2]]
    apart = [np.abs(clips[0][-1].astype(int) - frame).mean() for frame in clips[1]]
    assert apart[0] < 4  # it was encoded twice meanwhile
    assert apart[-1] > 2 * apart[0]
    joined = list(read_frames(Path(made.clip)))
    assert np.abs(joined[8].astype(int) - clips[1][1]).mean() < 4


def test_the_joined_clip_tells_how_it_was_made_and_names_no_folders(workspace: Workspace, three: Reel) -> None:
    made = Reels(workspace).make(three, here(workspace))
    told = JoinedReel.from_json(read_comment(Path(made.clip)))
    assert [take.id for take in told.takes] == [one.take for one in made.shots]
    assert [one.shot.prompt for one in told.reel.shots] == [one.shot.prompt for one in three.shots]
    assert told.frames == probe(Path(made.clip)).frames
    assert str(workspace.settings.data) not in read_comment(Path(made.clip))


def test_a_reel_that_was_broken_off_goes_on_with_the_shot_it_was_at(workspace: Workspace, three: Reel) -> None:
    heard = []

    def stop(event: object) -> None:
        heard.append(event)
        if len([takes for takes in workspace.takes.iterdir() if takes.is_dir()]) == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        Reels(workspace).make(three, here(workspace, stop))
    (first,) = workspace.takes.iterdir()
    made_at = (first / "clip.mp4").stat().st_mtime_ns
    again = Workspace.open(workspace.settings)  # as after a kill: only what is on the disk is known
    half = Reels(again).kept.get(three.id)
    assert [bool(one.take) for one in half.shots] == [True, True, False]
    made = Reels(again).make(half, here(again))
    assert made.clip
    assert [one.take for one in made.shots[:2]] == [one.take for one in half.shots[:2]]
    assert (first / "clip.mp4").stat().st_mtime_ns == made_at


def test_a_shot_that_fails_stops_only_what_goes_on_from_it(workspace: Workspace, stills: tuple[str, str]) -> None:
    first, second = stills
    asked = board(
        ShotAsked(prompt="The camera pushes in.", still=first),
        ShotAsked(prompt="The camera pans left."),
        ShotAsked(prompt="The camera tilts up.", still=second),
    )
    reels = Reels(workspace)
    reel = reels.new(shots_of(workspace, asked))
    lost = Path(reel.shots[0].shot.still.path)
    picture = lost.read_bytes()
    lost.unlink()
    made = reels.make(reel, here(workspace))
    assert not made.clip
    assert "still" in made.shots[0].trouble
    assert made.shots[1].trouble == "It starts where shot 1 ends, which was not made."
    assert not made.shots[2].trouble
    assert workspace.load_take(made.shots[2].take)
    lost.write_bytes(picture)
    assert reels.make(reels.kept.get(reel.id), here(workspace)).clip


def test_shots_that_cannot_share_a_size_are_refused_with_the_remedy(tmp_path: Path, stills: tuple[str, str]) -> None:
    models = tmp_path / "models"
    FAMILIES["wan_2_2_ti2v_5b"].build().save_pretrained(models / "wan_2_2_ti2v_5b")
    workspace = Workspace.open(Settings(data=tmp_path / "data", models=models))
    workspace.__dict__["profiles"] = {**workspace.profiles, "wan_2_2_ti2v_5b": tiny_profile("wan_2_2_ti2v_5b")}
    asked = board(ShotAsked(still=stills[0]), ShotAsked(engine="wan_2_2_ti2v_5b"), size=(144, 96))
    with pytest.raises(ShotError, match=r"shot 2: 160 × 96 at 24 with .* Expected 144 × 96 at 8, as shot 1\. Give"):
        Reels(workspace).plan(Reels(workspace).new(shots_of(workspace, asked)))
    assert not list(workspace.takes.iterdir())


def test_sketch_and_open_models_stand_in_one_reel(tmp_path: Path, stills: tuple[str, str]) -> None:
    """LTX draws on from the frames before it, Wan from the last one alone: neither shows a frame twice."""
    models, names = tmp_path / "models", ("wan_2_2_ti2v_5b", "ltx_video")
    for name in names:
        FAMILIES[name].build().save_pretrained(models / name)
    workspace = Workspace.open(Settings(data=tmp_path / "data", models=models))
    workspace.__dict__["profiles"] = {**workspace.profiles, **{name: tiny_profile(name) for name in names}}
    asked = board(
        ShotAsked(prompt="The camera pushes in.", still=stills[0]),
        *(ShotAsked(prompt="The cat jumps.", engine=name) for name in names),
        fps=24, size=(64, 64), seconds=0.5,
    )  # fmt: skip
    reels = Reels(workspace)
    reel, plan = reels.plan(reels.new(shots_of(workspace, asked)))
    assert plan.skips == (0, 1, 0)
    made = reels.make(reel, here(workspace))
    assert [one.trouble for one in made.shots] == [""] * 3
    assert probe(Path(made.clip)).frames == plan.frames == sum(one.frames for one in plan.shots) - 1


def test_cross_fades_longer_than_a_shot_are_refused_before_anything_is_made(workspace: Workspace, three: Reel) -> None:
    with pytest.raises(ShotError, match="the cross-fades of shot 2"):
        Reels(workspace).make(three.with_shot(2, fade=1.0), here(workspace))
    assert not list(workspace.takes.iterdir())


def test_the_first_shot_needs_a_still(three: Reel) -> None:
    with pytest.raises(ShotError, match="the first shot of a reel"):
        three.but(shots=three.shots[1:])


def test_a_shot_in_its_place_is_a_record(three: Reel) -> None:
    assert ReelShot.from_json(three.shots[2].to_json()) == three.shots[2]
