"""`jobs`, `takes` and `doctor` in a terminal: what they print, their exit status, what they change."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.media.provenance import read_take
from studio.settings import ROOT, Settings
from studio.workspace import Workspace
from tests.conftest import Answer
from tests.job_shots import small_shot, wait_for, worker

Studio = Callable[..., Answer]


def queued(workspace: Workspace, picture: Path, seed: int = 0) -> str:
    return str(workspace.jobs.add(small_shot(workspace, picture, seed=seed)).number)


def test_an_empty_studio_says_so(studio: Studio) -> None:
    assert studio("jobs").out == "No jobs.\n"
    assert studio("takes").out == "No takes.\n"
    assert studio("jobs", "list", "--json").json == []


def test_jobs_are_listed_and_shown(studio: Studio, workspace: Workspace, picture: Path) -> None:
    queued(workspace, picture)
    answer = studio("jobs")
    assert "queued, place 1" in answer.out
    assert "The camera pushes in." in answer.out
    shown = studio("jobs", "show", 1, "--json").json
    assert (shown["number"], shown["state"], [event["kind"] for event in shown["events"]]) == (1, "queued", ["state"])
    assert "Job 1" in studio("jobs", "show", shown["id"]).out
    assert studio("jobs", "list", "--state", "done", "--json").json == []


def test_jobs_are_cancelled_and_retried(studio: Studio, workspace: Workspace, picture: Path) -> None:
    numbers = [queued(workspace, picture, seed) for seed in (1, 2)]
    assert studio("jobs", "cancel", *numbers).status == 0
    assert {job.state for job in workspace.jobs.list()} == {"cancelled"}
    assert "queued, place 1" in studio("jobs", "retry", numbers[0]).out
    answer = studio("jobs", "retry", numbers[0])
    assert answer.status == 2
    assert "cannot become queued" in answer.err


def test_jobs_are_repeated_and_moved(studio: Studio, workspace: Workspace, picture: Path) -> None:
    queued(workspace, picture)
    assert studio("jobs", "repeat", 1, "--seed", 5, "--seed", 6).status == 0
    assert "queued, place 1" in studio("jobs", "move", 3, "--before", 1).out
    assert [job.number for job in workspace.jobs.list()] == [3, 1, 2]


def test_a_job_is_repeated_with_new_seeds(studio: Studio, workspace: Workspace, picture: Path) -> None:
    queued(workspace, picture, seed=7)
    assert studio("jobs", "repeat", 1).status == 0
    assert studio("jobs", "repeat", 1, "--seeds", 3).out.count("queued, place") == 3
    assert sorted(job.shot.seed for job in workspace.jobs.list() if job.shot) == [7, 8, 9, 10, 11]
    assert studio("jobs", "repeat", 1, "--seeds", 3, "--seed", 4).status == 2
    assert studio("jobs", "repeat", 1, "--seeds", 0).status == 2


def test_a_waiting_job_is_edited_and_keeps_its_place(studio: Studio, workspace: Workspace, picture: Path) -> None:
    numbers = [queued(workspace, picture, seed) for seed in (1, 2)]
    assert "place 1" in studio("jobs", "edit", numbers[0], "--prompt", "The camera pans left.", "--size", "160x96").out
    shot = workspace.jobs.get(numbers[0]).shot
    assert shot is not None
    assert (shot.prompt, shot.width, shot.height, shot.seed) == ("The camera pans left.", 160, 96, 1)
    for wrong in ((), ("--size", "big"), ("--seconds", 900), ("--engine", "nobodys")):
        assert studio("jobs", "edit", numbers[1], *wrong).status == 2
    worker(workspace).claim("w1")
    assert "still waits" in studio("jobs", "edit", numbers[0], "--seed", 3).err


@pytest.mark.parametrize("command", ["show", "cancel", "retry", "watch", "move"])
def test_a_job_that_is_not_there_gives_one_line(studio: Studio, command: str) -> None:
    answer = studio("jobs", command, "77")
    assert (answer.status, answer.err.count("\n")) == (2, 1)
    assert "the job: 77" in answer.err


def test_work_makes_what_waits_and_watch_tells_of_it(studio: Studio, workspace: Workspace, picture: Path) -> None:
    queued(workspace, picture)
    assert studio("jobs", "work", "--until-empty").status == 0
    told = studio("jobs", "watch", 1)
    assert told.status == 0
    assert [word in told.out for word in ("queued", "running", "done")] == [True] * 3


def test_watching_a_job_that_failed_gives_exit_status_1(studio: Studio, workspace: Workspace, picture: Path) -> None:
    queued(workspace, picture)
    job = worker(workspace).claim("w1")
    assert job is not None
    worker(workspace, "w2").end("w1", job.id, "failed", "It broke.")
    answer = studio("jobs", "watch", 1)
    assert answer.status == 1
    assert "It broke." in answer.err


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_the_work_ends_when_told_to_and_keeps_the_queue(workspace: Workspace, picture: Path) -> None:
    job = workspace.jobs.add(small_shot(workspace, picture, seconds=15.0, fps=24, width=480, height=320))
    environment = {**os.environ, "MOTION_FIRST_DATA": str(workspace.settings.data)}
    command = [sys.executable, "-m", "studio", "jobs", "work"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    wait_for(lambda: workspace.jobs.get(job.id).progress.stage == "decode")
    process.terminate()
    assert process.wait(timeout=30) == 143
    assert workspace.jobs.get(job.id).state == "queued"


def test_a_take_whose_clip_was_deleted_is_told_everywhere(
    studio: Studio, workspace: Workspace, picture: Path, tmp_path: Path
) -> None:
    take = workspace.animate(small_shot(workspace, picture), lambda _: None)
    Path(take.clip).unlink()
    assert "(clip is gone)" in studio("takes", "list").out
    assert "Its clip is gone from the disk; its shot is still here." in studio("takes", "show", 1).out
    assert studio("takes", "show", 1, "--json").json["missing"]
    refused = studio("takes", "export", 1, "-o", tmp_path / "copy.mp4")
    assert (refused.status, "gone" in refused.err) == (1, True)
    assert not (tmp_path / "copy.mp4").exists()
    assert "without a clip: 1" in studio("doctor").out


def test_takes_are_listed_shown_exported_and_starred(
    studio: Studio, workspace: Workspace, picture: Path, tmp_path: Path
) -> None:
    take = workspace.animate(small_shot(workspace, picture), lambda _: None)
    assert "The camera pushes in." in studio("takes", "list", "camera").out
    assert studio("takes", "list", "nothing", "--json").json == []
    assert studio("takes", "show", 1, "--json").json["take"]["id"] == take.id
    assert studio("takes", "export", 1, "-o", tmp_path / "copy.mp4").status == 0
    assert read_take(tmp_path / "copy.mp4").id == take.id
    assert "★" in studio("takes", "star", take.id).out
    assert studio("takes", "export", 1, "-o", tmp_path / "no" / "copy.mp4").status == 1


def test_a_draft_is_queued_to_be_finished_even_when_it_is_gone_by_then(
    studio: Studio, workspace: Workspace, picture: Path
) -> None:
    draft = workspace.animate(small_shot(workspace, picture, draft=True), lambda _: None)
    assert "(draft)" in studio("takes").out
    assert "`takes finish 1` makes it whole" in studio("takes", "show", 1).out
    answer = studio("takes", "finish", 1)
    assert "Job 1" in answer.out and "made whole" in " ".join(answer.out.split())
    studio("takes", "rm", 1)
    studio("takes", "rm", "--empty-trash")
    shot = workspace.jobs.get("1").shot
    take = workspace.animate(shot, lambda _: None)
    assert (take.plan.width, take.plan.height) == (draft.plan.width * 2, draft.plan.height * 2)
    assert f"makes the draft {draft.id} whole" in " ".join(studio("takes", "show", take.id).out.split())
    assert "is whole already" in studio("takes", "finish", take.id).err


def test_a_take_thrown_away_comes_back(studio: Studio, workspace: Workspace, picture: Path) -> None:
    take = workspace.animate(small_shot(workspace, picture), lambda _: None)
    assert "--undo 1" in studio("takes", "rm", 1).out
    assert studio("takes").out == "No takes.\n"
    assert len(studio("takes", "list", "--trash", "--json").json) == 1
    studio("takes", "rm", "--undo", 1)
    assert Path(take.clip).exists()
    studio("takes", "rm", 1)
    assert "Deleted for good: 1." in studio("takes", "rm", "--empty-trash").out
    assert studio("takes", "rm").status == 2


def test_a_healthy_studio_is_told_so(studio: Studio) -> None:
    answer = studio("doctor", "--json")
    assert answer.status == 0
    assert {check["name"] for check in answer.json} >= {"store", "disk", "memory", "devices", "codecs", "models"}
    assert "bad" not in {check["state"] for check in answer.json}


def test_the_doctor_says_which_limits_hold_and_whether_they_suit(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def limits() -> dict[str, str]:
        return next(check for check in studio("doctor", "--json").json if check["name"] == "limits")

    monkeypatch.setenv("MOTION_FIRST_HOST", "0.0.0.0")
    assert (limits()["state"], "MOTION_FIRST_LIMITS" in limits()["remedy"]) == ("note", True)
    monkeypatch.setenv("MOTION_FIRST_LIMITS", "public")
    assert limits()["state"] == "good"
    assert limits()["found"].startswith("public (max_queued 4")


def test_a_folder_that_cannot_be_written_is_found_by_the_doctor(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("MOTION_FIRST_DATA", str(tmp_path / "file"))
    answer = studio("doctor")
    assert answer.status == 1
    assert "MOTION_FIRST_DATA" in answer.out
    assert "Traceback" not in answer.err


def test_a_card_that_is_not_there_is_found_by_the_doctor(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTION_FIRST_DEVICES", "cuda:97")
    answer = studio("doctor")
    assert answer.status == 1
    assert "cuda:97 is not there" in answer.out


def test_the_doctor_mends_a_damaged_store(studio: Studio, workspace: Workspace, picture: Path) -> None:
    queued(workspace, picture)
    workspace.store.close()
    file = Settings(data=workspace.settings.data).data / "studio.db"
    held = bytearray(file.read_bytes())
    held[100:140] = b"\xff" * 40
    file.write_bytes(held)
    assert studio("jobs").status == 1
    assert "doctor --mend" in studio("jobs").err
    answer = studio("doctor", "--mend")
    assert answer.status == 0
    assert "is kept as studio-damaged-" in answer.out
    assert studio("jobs").status == 0
    assert "nothing was mended" in studio("doctor", "--mend").out
