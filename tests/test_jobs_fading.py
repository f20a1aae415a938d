"""The log of jobs that ended long ago and left no take goes; that of a kept take, and of what still waits, stays."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from sqlalchemy import text

from studio import doctor
from studio.jobs import ages
from studio.jobs.cleaning import clean
from studio.jobs.fading import fade, faded
from studio.settings import Settings
from studio.workspace import Workspace
from tests.job_shots import small_shot
from tests.test_jobs_ages import HOUR, Computer

DAY = 86_400.0


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Computer:
    made = Computer()
    made.wall = time.time()
    monkeypatch.setattr(ages, "read_clocks", made.clocks)
    return made


@pytest.fixture
def workspace(tmp_path: Path, computer: Computer) -> Workspace:
    """A studio whose clock was watched from before its first job on."""
    opened = Workspace.open(Settings(data=tmp_path / "data", keep_unused_days=4.0))
    clean(opened.store, opened.settings)
    return opened


def passed(workspace: Workspace, computer: Computer, days: float) -> None:
    for _ in range(int(days * 2)):
        computer.passes(12 * HOUR)
        ages.watch(workspace.settings.data)


def cancelled(workspace: Workspace, picture: Path, seed: int = 0) -> str:
    return workspace.jobs.cancel(workspace.jobs.add(small_shot(workspace, picture, seed=seed)).id).id


def test_the_log_of_an_old_job_without_a_take_goes_and_the_job_stays(
    workspace: Workspace, picture: Path, computer: Computer
) -> None:
    old, waiting = cancelled(workspace, picture), workspace.jobs.add(small_shot(workspace, picture, seed=5)).id
    passed(workspace, computer, 3)
    assert faded(workspace.store, workspace.settings) == {}
    passed(workspace, computer, 2)
    entries = len(workspace.jobs.events(job=old))
    assert faded(workspace.store, workspace.settings) == {old: entries}
    (space,) = [check for check in doctor.examine(workspace.settings) if check.name == "space"]
    assert f"{entries} log entries of old jobs" in space.found
    clean(workspace.store, workspace.settings)
    assert (len(workspace.jobs.events(job=old)), workspace.jobs.get(old).state) == (0, "cancelled")
    assert workspace.jobs.events(job=waiting)
    assert fade(workspace.store, workspace.settings) == 0


def test_the_log_of_a_kept_take_stays_in_the_trash_too(workspace: Workspace, picture: Path, computer: Computer) -> None:
    take = workspace.animate(small_shot(workspace, picture), lambda _: None).id
    workspace.library.adopt()
    job = cancelled(workspace, picture, seed=4)
    with workspace.store.writing() as connection:  # the job that made it, as it ends: under the take's id
        for statement in ("UPDATE jobs SET id = :take, state = 'done'", "UPDATE events SET job = :take"):
            connection.execute(text(statement), {"take": take})
    assert workspace.jobs.get(take).state == "done" and workspace.jobs.events(job=take) and job != take
    workspace.library.remove(take)
    passed(workspace, computer, 30)
    assert faded(workspace.store, workspace.settings) == {}


def test_a_job_that_was_queued_again_keeps_its_log(workspace: Workspace, picture: Path, computer: Computer) -> None:
    job = cancelled(workspace, picture)
    passed(workspace, computer, 6)
    workspace.jobs.retry(job)
    assert fade(workspace.store, workspace.settings) == 0


def test_a_clock_that_leapt_and_a_limit_of_none_keep_everything(
    workspace: Workspace, picture: Path, computer: Computer
) -> None:
    job = cancelled(workspace, picture)
    computer.leaps(400 * DAY)
    ages.watch(workspace.settings.data)
    assert faded(workspace.store, workspace.settings) == {}
    passed(workspace, computer, 6)
    assert list(faded(workspace.store, workspace.settings)) == [job]
    assert faded(workspace.store, workspace.settings.but(keep_unused_days=0.0)) == {}


def test_a_time_that_is_none_is_no_age(workspace: Workspace, picture: Path, computer: Computer) -> None:
    cancelled(workspace, picture)
    with workspace.store.writing() as connection:
        connection.execute(text("UPDATE events SET at = 'yesterday'"))
    passed(workspace, computer, 9)
    assert faded(workspace.store, workspace.settings) == {}
