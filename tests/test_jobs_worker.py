"""Workers are real processes here: they make what is queued, hear a cancel, and die without losing anything."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from sqlalchemy import select, text

from studio.jobs.crew import Crew, Pulse, less_would_help, why_it_ended
from studio.jobs.records import Job
from studio.jobs.schema import workers
from studio.jobs.worker import OUT_OF_MEMORY
from studio.media.clips import probe
from studio.workspace import Workspace
from tests.conftest import textured
from tests.job_shots import small_shot, wait_for

LONG = {"seconds": 6.0, "fps": 24, "width": 480, "height": 320}


@pytest.fixture
def crew(workspace: Workspace) -> Iterator[Crew]:
    """A crew that is stopped at the end; not yet started."""
    yield workspace.crew
    workspace.crew.stop()


def pid(workspace: Workspace) -> int | None:
    with workspace.store.reading() as connection:
        return connection.execute(select(workers.c.pid)).scalars().first()


def running(workspace: Workspace, stage: str = "decode") -> Job | None:
    found = [job for job in workspace.jobs.list(["running"]) if job.progress.stage == stage]
    return found[0] if found else None


def freeze(workspace: Workspace) -> None:
    """Stop the worker's process for ever, in a moment in which it does not hold the store."""
    worker = pid(workspace) or 0
    with workspace.store.writing():
        os.kill(worker, signal.SIGSTOP)


def test_what_is_queued_is_made(workspace: Workspace, picture: Path, crew: Crew) -> None:
    first = workspace.jobs.add(small_shot(workspace, picture))
    workspace.jobs.sweep(first.id, [1, 2])
    crew.start()
    wait_for(lambda: all(job.state == "done" for job in workspace.jobs.list()))
    takes = workspace.library.list()
    assert {kept.take.id for kept in takes} == {job.id for job in workspace.jobs.list()}
    assert sorted(kept.take.shot.seed for kept in takes) == [0, 1, 2]
    assert all(probe(Path(kept.take.clip)).frames == kept.take.plan.frames for kept in takes)
    assert not any((workspace.settings.data / "scratch").iterdir())


def test_a_job_that_fails_says_why_and_the_queue_goes_on(workspace: Workspace, picture: Path, crew: Crew) -> None:
    broken = workspace.jobs.add(small_shot(workspace, picture))
    assert broken.shot is not None
    textured(seed=9).save(picture.with_name("second.png"))
    other = workspace.jobs.add(small_shot(workspace, picture.with_name("second.png")))
    Path(broken.shot.still.path).unlink()
    crew.start()
    wait_for(lambda: workspace.jobs.get(other.id).state == "done")
    found = workspace.jobs.get(broken.id)
    assert found.state == "failed"
    assert "still" in found.reason.lower()


def test_a_store_that_refuses_for_a_while_costs_no_take_and_the_log_says_what_it_refused(
    workspace: Workspace, picture: Path, crew: Crew
) -> None:
    with workspace.store.writing() as connection:
        connection.execute(text("CREATE TRIGGER no BEFORE INSERT ON takes BEGIN SELECT RAISE(ABORT, 'not yet'); END"))
    job = workspace.jobs.add(small_shot(workspace, picture))
    crew.start()
    log = workspace.settings.data / "logs" / "worker-cpu.log"
    wait_for(lambda: log.exists() and "not yet" in log.read_text())
    assert workspace.jobs.get(job.id).state == "running"
    with workspace.store.writing() as connection:
        connection.execute(text("DROP TRIGGER no"))
    wait_for(lambda: workspace.jobs.get(job.id).state == "done")


def test_a_running_job_hears_a_cancel(workspace: Workspace, picture: Path, crew: Crew) -> None:
    job = workspace.jobs.add(small_shot(workspace, picture, **LONG))
    crew.start()
    wait_for(lambda: running(workspace))
    workspace.jobs.cancel(job.id)
    wait_for(lambda: workspace.jobs.get(job.id).over, 10)
    found = workspace.jobs.get(job.id)
    assert found.state == "cancelled"
    assert found.spent > 0
    assert list(workspace.takes.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_a_killed_worker_loses_nothing(workspace: Workspace, picture: Path, crew: Crew) -> None:
    job = workspace.jobs.add(small_shot(workspace, picture, **LONG))
    workspace.jobs.add(small_shot(workspace, picture))
    crew.start()
    wait_for(lambda: running(workspace))
    os.kill(pid(workspace) or 0, signal.SIGKILL)
    wait_for(lambda: all(found.state == "done" for found in workspace.jobs.list()))
    told = [event for event in workspace.jobs.events(job=job.id) if event.kind == "state"]
    assert [event.state for event in told] == ["queued", "running", "interrupted", "queued", "running", "done"]
    assert "killed from outside" in told[2].text
    assert len(workspace.library.list()) == 2
    assert workspace.store.problems() == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_a_worker_that_hears_no_cancel_is_ended(
    workspace: Workspace, picture: Path, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.jobs.crew._CANCEL_LOOKS", 3)
    job = workspace.jobs.add(small_shot(workspace, picture, **LONG))
    after = workspace.jobs.add(small_shot(workspace, picture))
    crew.start()
    wait_for(lambda: running(workspace))
    freeze(workspace)  # as if it sat in a download that never ends
    workspace.jobs.cancel(job.id)
    wait_for(lambda: workspace.jobs.get(job.id).state == "cancelled")
    wait_for(lambda: workspace.jobs.get(after.id).state == "done")


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_a_worker_that_does_not_live_any_more_is_ended(
    workspace: Workspace, picture: Path, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = workspace.jobs.add(small_shot(workspace, picture, **LONG))
    crew.start()
    wait_for(lambda: running(workspace))
    monkeypatch.setattr("studio.jobs.crew._SILENT_LOOKS", 10)
    freeze(workspace)
    wait_for(lambda: "interrupted" in [event.state for event in workspace.jobs.events(job=job.id)])
    monkeypatch.undo()
    wait_for(lambda: workspace.jobs.get(job.id).state == "done")


def test_only_a_beat_that_stands_still_for_long_is_a_death(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.jobs.crew._SILENT_LOOKS", 3)
    pulse, found = Pulse(), []
    for look in range(6):
        found.append(pulse.silent({"lives": look, "slow": look // 3, "dead": 7}))
    assert found == [set(), set(), set(), {"dead"}, {"dead"}, {"dead"}]
    assert pulse.silent({"dead": 8}) == set()


def test_closing_the_studio_gives_the_job_back_and_starting_it_goes_on(
    workspace: Workspace, picture: Path, crew: Crew
) -> None:
    job = workspace.jobs.add(small_shot(workspace, picture, **LONG))
    crew.start()
    wait_for(lambda: running(workspace))
    crew.stop()
    found = workspace.jobs.get(job.id)
    assert (found.state, found.attempts) == ("queued", 0)
    assert pid(workspace) is None
    again = Workspace.open(workspace.settings)
    again.crew.start()
    wait_for(lambda: again.jobs.get(job.id).state == "done")
    again.crew.stop()


@pytest.mark.long
def test_two_studios_on_one_folder_share_one_worker(workspace: Workspace, picture: Path, crew: Crew) -> None:
    other = Workspace.open(workspace.settings)
    first = workspace.jobs.add(small_shot(workspace, picture, **LONG))
    other.jobs.sweep(first.id, [1])
    crew.start()
    wait_for(lambda: running(workspace))
    other.crew.start()
    assert len(workspace.jobs.list(["running"])) == 1
    crew.stop()  # the other studio's worker takes over
    wait_for(lambda: all(job.state == "done" for job in other.jobs.list()))
    other.crew.stop()
    assert len(other.library.list()) == 2


def test_no_worker_outlives_its_studio(workspace: Workspace, crew: Crew) -> None:
    crew.start()
    wait_for(lambda: pid(workspace))
    process = psutil.Process(pid(workspace))
    crew.stop()
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize(
    ("status", "out_of_memory", "words"),
    [
        (-9, True, "ran out of memory"),
        (OUT_OF_MEMORY, False, "ran out of memory"),
        (-9, False, "killed from outside"),
        (-11, False, "crashed (SIGSEGV)"),
        (1, False, "stopped unexpectedly (status 1)"),
        (0, False, "closed"),
    ],
)
def test_the_end_of_a_worker_is_told_in_words(status: int, out_of_memory: bool, words: str) -> None:
    assert words in why_it_ended(status, out_of_memory)
    assert less_would_help(status, out_of_memory) == ("memory" in words or "SIGSEGV" in words)
