"""What workers may do with jobs, and what becomes of the jobs of the dead."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from studio.errors import JobError
from studio.jobs import make
from studio.jobs.claims import Claims
from studio.jobs.records import Job, Progress
from studio.workspace import Workspace
from tests.job_shots import DEVICE, HOST, small_shot, worker


def taken(workspace: Workspace, picture: Path, name: str = "w1") -> tuple[Claims, Job]:
    workspace.jobs.add(small_shot(workspace, picture))
    claims = worker(workspace, name)
    job = claims.claim(name)
    assert job is not None
    return claims, job


def test_each_job_goes_to_one_worker(workspace: Workspace, picture: Path) -> None:
    first = workspace.jobs.add(small_shot(workspace, picture))
    jobs = {first.id, *(job.id for job in workspace.jobs.sweep(first.id, range(1, 20)))}
    got: list[str] = []

    def work(name: str) -> None:
        claims = worker(workspace, name)
        while job := claims.claim(name):
            got.append(job.id)

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == sorted(jobs)


def test_progress_survives_whoever_told_it(workspace: Workspace, picture: Path) -> None:
    claims, job = taken(workspace, picture)
    progress = Progress(stage="decode", done=3, total=8, elapsed=1.5)
    claims.tell("w1", job.id, progress, [("stage", "decode"), ("note", "Soft edges.")])
    again = Workspace.open(workspace.settings)
    assert again.jobs.get(job.id).progress == progress
    assert [(event.kind, event.text) for event in again.jobs.events(job=job.id)][-2:] == [
        ("stage", "decode"),
        ("note", "Soft edges."),
    ]


def test_a_done_job_has_one_take_with_its_own_id(workspace: Workspace, picture: Path) -> None:
    claims, job = taken(workspace, picture)
    assert job.shot is not None
    take = make.keep_take(workspace.catalogue.get("sketch"), job.shot, lambda _: None, workspace.takes, job.id)
    claims.finish("w1", take)
    assert workspace.jobs.get(job.id).state == "done"
    assert [kept.take.id for kept in workspace.library.list()] == [job.id]
    with pytest.raises(JobError):
        claims.finish("w1", take)


def test_a_worker_that_lost_its_job_is_refused(workspace: Workspace, picture: Path) -> None:
    claims, job = taken(workspace, picture)
    claims.bury(["w1"], "It died.")
    worker(workspace, "w2").claim("w2")
    for say in (
        lambda: claims.tell("w1", job.id, Progress()),
        lambda: claims.cancelling("w1", job.id),
        lambda: claims.end("w1", job.id, "failed", ""),
        lambda: claims.give_back("w1", job.id),
    ):
        with pytest.raises(JobError):
            say()
    assert workspace.jobs.get(job.id).state == "running"


def test_an_interrupted_job_is_tried_once_more_and_then_waits(workspace: Workspace, picture: Path) -> None:
    claims, job = taken(workspace, picture)
    assert claims.bury(["w1"], "It ran out of memory.") == [job.id]
    found = workspace.jobs.get(job.id)
    assert (found.state, found.attempts) == ("queued", 1)
    assert found.reason == "It ran out of memory. It is tried once more."
    worker(workspace, "w2").claim("w2")
    claims.bury(["w2"], "It ran out of memory.")
    found = workspace.jobs.get(job.id)
    assert (found.state, found.reason) == ("interrupted", "It ran out of memory.")
    assert claims.claim("w2") is None
    assert workspace.jobs.retry(job.id).attempts == 0


def test_each_crash_that_less_memory_may_help_goes_one_tier_down(workspace: Workspace, picture: Path) -> None:
    claims, job = taken(workspace, picture)
    claims.bury(["w1"], "It ran out of memory.", lower=True)
    worker(workspace, "w2").claim("w2")
    claims.bury(["w2"], "It ran out of memory.", lower=True)
    found = workspace.jobs.get(job.id)
    assert (found.state, found.tier) == ("interrupted", 2)
    assert workspace.jobs.retry(job.id).tier == 2
    assert workspace.jobs.edit(job.id, small_shot(workspace, picture, seconds=2.0)).tier == 0


def test_what_a_dead_or_cancelled_attempt_cost_is_counted(workspace: Workspace, picture: Path) -> None:
    claims, job = taken(workspace, picture)
    claims.tell("w1", job.id, Progress(stage="decode", elapsed=7.5))
    claims.bury(["w1"], "It died.")
    worker(workspace, "w2").claim("w2")
    claims.tell("w2", job.id, Progress(stage="decode", elapsed=2.5))
    workspace.jobs.cancel(job.id)
    claims.bury(["w2"], "It died.")
    found = workspace.jobs.get(job.id)
    assert (found.state, found.spent) == ("cancelled", 10.0)


def test_burying_twice_changes_nothing(workspace: Workspace, picture: Path) -> None:
    claims, _ = taken(workspace, picture)
    claims.bury(["w1"], "It died.")
    told = workspace.jobs.events()
    assert claims.bury(["w1"], "It died.") == []
    assert workspace.jobs.events() == told


def test_a_take_that_was_finished_by_a_dead_worker_is_found(workspace: Workspace, picture: Path) -> None:
    claims, job = taken(workspace, picture)
    assert job.shot is not None
    make.keep_take(workspace.catalogue.get("sketch"), job.shot, lambda _: None, workspace.takes, job.id)
    claims.bury(["w1"], "It died.")
    assert workspace.jobs.get(job.id).state == "done"
    assert len(workspace.library.list()) == 1


def test_a_job_that_was_being_cancelled_is_cancelled(workspace: Workspace, picture: Path) -> None:
    claims, job = taken(workspace, picture)
    workspace.jobs.cancel(job.id)
    assert claims.overdue("w1") == job.id
    claims.bury(["w1"], "It died.")
    assert workspace.jobs.get(job.id).state == "cancelled"


def test_what_a_dead_worker_left_half_made_is_removed(workspace: Workspace, picture: Path) -> None:
    claims, job = taken(workspace, picture)
    left = workspace.settings.data / "scratch" / f"{job.id}.abcd"
    other = workspace.settings.data / "scratch" / "somebody-elses.abcd"
    preview = make.preview_path(workspace.takes, job.id).parent
    for folder in (left, other, preview):
        folder.mkdir(parents=True)
        (folder / "clip.mp4").write_text("half")
    claims.bury(["w1"], "It died.")
    assert (left.exists(), other.exists(), preview.exists()) == (False, True, False)


def test_a_job_given_back_has_lost_no_attempt(workspace: Workspace, picture: Path) -> None:
    claims, job = taken(workspace, picture)
    claims.give_back("w1", job.id)
    found = workspace.jobs.get(job.id)
    assert (found.state, found.attempts, found.place) == ("queued", 0, 1)


def test_workers_of_other_devices_and_computers_are_not_thought_dead(workspace: Workspace) -> None:
    claims = worker(workspace, "me")
    for name, host, device in (("old", HOST, DEVICE), ("gpu", HOST, "cuda:0"), ("far", "there", DEVICE)):
        worker(workspace, name, host, device)
    assert claims.others(HOST, DEVICE, "me") == ["old"]


def test_a_damaged_record_is_no_take(workspace: Workspace, picture: Path) -> None:
    claims, job = taken(workspace, picture)
    home = workspace.takes / job.id
    home.mkdir()
    (home / "take.json").write_text("{half")
    claims.bury(["w1"], "It died.")
    assert workspace.jobs.get(job.id).state == "queued"
    shutil.rmtree(home)
