"""The workspace: rooms behind one door, takes whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.engines.diffusers.planning import plan
from studio.engines.engine import Event, Note, Preview, StageStarted, Step
from studio.errors import Cancelled, InputError, MediaError, ShotError
from studio.media.clips import probe
from studio.media.provenance import read_take
from studio.settings import Settings
from studio.shot import STAGES, Brief, Shot, Take, Timeline
from studio.workspace import Workspace

PROMPT = "The camera slowly pushes in."


def make_shot(workspace: Workspace, picture: Path, **options: object) -> Shot:
    still = workspace.add_still(picture)
    timeline = workspace.review(PROMPT, Brief(seconds=1.0), still=still).timeline
    return workspace.shot(still, PROMPT, timeline, **{"fps": 8, "width": 240, "height": 160, **options})


def test_a_take_is_found_again_and_tells_how_it_was_made(workspace: Workspace, picture: Path) -> None:
    heard: list[Event] = []
    take = workspace.animate(make_shot(workspace, picture), heard.append)
    assert workspace.load_take(take.id) == take
    assert read_take(Path(take.clip).with_name("take.json")) == read_take(Path(take.clip))
    assert Path(take.poster).exists()
    assert take.plan.frames == 8
    assert set(take.timings) == {*STAGES, "total"}


def test_what_is_passed_on_names_no_folders(workspace: Workspace, picture: Path) -> None:
    take = workspace.animate(make_shot(workspace, picture), lambda event: None)
    for kept in (Path(take.clip).read_bytes(), Path(take.clip).with_name("take.json").read_bytes()):
        assert str(picture.parent).encode() not in kept
        assert str(workspace.settings.data).encode() not in kept


def test_stages_come_by_name_and_in_order(workspace: Workspace, picture: Path) -> None:
    heard: list[Event] = []
    workspace.animate(make_shot(workspace, picture), heard.append)
    assert [event.stage for event in heard if isinstance(event, StageStarted)] == list(STAGES)
    assert any(isinstance(event, Preview) for event in heard)
    assert all(event.done <= event.total for event in heard if isinstance(event, Step))


@pytest.mark.parametrize("stage", STAGES)
def test_a_cancelled_take_leaves_nothing(workspace: Workspace, picture: Path, stage: str) -> None:
    def cancel(event: Event) -> None:
        if isinstance(event, StageStarted | Step) and event.stage == stage:
            raise Cancelled

    shot = make_shot(workspace, picture)
    with pytest.raises(Cancelled):
        workspace.animate(shot, cancel)
    assert list(workspace.takes.iterdir()) == []
    assert isinstance(workspace.animate(shot, lambda event: None), Take)


def test_the_notes_of_an_engine_are_kept_with_the_take(workspace: Workspace, picture: Path) -> None:
    heard: list[Event] = []
    take = workspace.animate(make_shot(workspace, picture), heard.append)
    assert take.notes == tuple(event.text for event in heard if isinstance(event, Note))


def test_two_takes_are_joined_next_to_each_other(workspace: Workspace, picture: Path) -> None:
    first, second = (workspace.animate(make_shot(workspace, picture, seed=seed), lambda event: None) for seed in (1, 2))
    joined = workspace.compare(first.id, second.id)
    assert (probe(joined).width, probe(joined).height, probe(joined).frames) == (480, 160, 8)
    assert workspace.compare(first.id, second.id) == joined
    with pytest.raises(MediaError, match="the take"):
        workspace.compare(first.id, "gone" * 5)


@pytest.mark.parametrize("identity", ["", "..", "../../etc/passwd", "x" * 22, "a" * 5000, "%2e%2e%2f"])
def test_a_take_that_is_not_there_is_told(workspace: Workspace, identity: str) -> None:
    with pytest.raises(MediaError, match="the take"):
        workspace.load_take(identity)


def test_limits_of_the_studio_hold(tmp_path: Path, picture: Path) -> None:
    workspace = Workspace.open(Settings(data=tmp_path / "data", max_seconds=3, max_side=200))
    with pytest.raises(ShotError, match="longest side"):
        workspace.plan(make_shot(workspace, picture))
    with pytest.raises(ShotError, match="seconds"):
        workspace.review(PROMPT, Brief(seconds=4))


def test_a_shot_for_an_open_model_holds_what_the_model_is_told(workspace: Workspace, picture: Path) -> None:
    still = workspace.add_still(picture)
    timeline = workspace.review("The camera pans left. Steam rises.", engine="wan_2_2_ti2v_5b").timeline
    shot = workspace.shot(still, "The camera pans left. Steam rises.", timeline, engine="wan_2_2_ti2v_5b")
    assert "pans left" in shot.said
    assert "Steam rises" in shot.said
    assert "morphing" in shot.negative
    assert workspace.shot(still, "The camera pans left.", timeline).said == ""


def test_a_negative_prompt_for_a_model_without_one_stays_with_the_shot_and_is_told(
    workspace: Workspace, picture: Path
) -> None:
    still = workspace.add_still(picture)
    shot = workspace.shot(still, "The cat jumps.", Timeline(seconds=2.0), engine="svd_xt", negative="fog")
    assert shot.negative == "fog"
    assert any("The negative prompt" in lost for lost in plan(shot, workspace.profile("svd_xt")).ignored)


def test_the_focus_of_a_shot_comes_from_the_still(workspace: Workspace, picture: Path) -> None:
    shot = make_shot(workspace, picture)
    assert shot.focus == workspace.report(shot.still).point_of_interest
    assert make_shot(workspace, picture, focus=(0.1, 0.2)).focus == (0.1, 0.2)


def test_an_unknown_engine_names_the_known_ones(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="sketch"):
        workspace.review(PROMPT, engine="wan-9")


def test_the_projects_examples_are_there_with_both_prompts(workspace: Workspace) -> None:
    examples = workspace.examples()
    assert len(examples) >= 8
    for example in examples:
        still = workspace.add_still(workspace.example_path(example))
        assert (still.width, still.height) == (example.width, example.height)
        assert example.alt
        assert workspace.review(example.prompt).findings
        assert not [f for f in workspace.review(example.directed).findings if f.severity != "info"]


def test_a_data_folder_that_cannot_be_written_is_told(tmp_path: Path, picture: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(MediaError, match="MOTION_FIRST_DATA"):
        Workspace.open(Settings(data=blocked / "data")).add_still(picture)
