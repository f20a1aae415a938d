"""What people ask of the queue, and that it counts at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from studio.errors import InputError, JobError, ShotError
from studio.jobs.records import LOCAL
from studio.settings import Settings
from studio.workspace import Workspace
from tests.job_shots import small_shot, worker


def test_a_queued_shot_is_found_again_by_another_studio(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture, seed=9)
    job = workspace.jobs.add(shot)
    other = Workspace.open(workspace.settings)
    assert other.jobs.get(job.id) == job
    assert other.jobs.get(str(job.number)).shot == shot
    assert (job.state, job.place, job.owner, job.attempts) == ("queued", 1, LOCAL, 0)


def test_numbers_are_short_and_places_count_from_one(workspace: Workspace, picture: Path) -> None:
    made = [workspace.jobs.add(small_shot(workspace, picture, seed=seed)) for seed in range(3)]
    assert [(job.number, job.place) for job in made] == [(1, 1), (2, 2), (3, 3)]


@pytest.mark.parametrize("name", ["", "0", "99", "-1", "9" * 40, "../x", "nobody's"])
def test_a_job_that_is_not_there_is_told(workspace: Workspace, picture: Path, name: str) -> None:
    workspace.jobs.add(small_shot(workspace, picture))
    for ask in (workspace.jobs.get, workspace.jobs.cancel, workspace.jobs.retry, workspace.jobs.reorder):
        with pytest.raises(JobError, match="the job"):
            ask(name)


def test_a_waiting_job_is_cancelled_at_once_and_can_be_asked_for_again(workspace: Workspace, picture: Path) -> None:
    job = workspace.jobs.add(small_shot(workspace, picture))
    assert workspace.jobs.cancel(job.id).state == "cancelled"
    with pytest.raises(JobError):
        workspace.jobs.cancel(job.id)
    assert workspace.jobs.retry(job.id).state == "queued"
    with pytest.raises(JobError):
        workspace.jobs.retry(job.id)


def test_cancelling_a_running_job_asks_its_worker_once(workspace: Workspace, picture: Path) -> None:
    job = workspace.jobs.add(small_shot(workspace, picture))
    claims = worker(workspace)
    claims.claim("w1")
    assert not claims.cancelling("w1", job.id)
    for _ in range(2):
        assert workspace.jobs.cancel(job.id).cancelling
    assert claims.cancelling("w1", job.id)
    assert [event.kind for event in workspace.jobs.events(job=job.id)].count("asked") == 1


def test_a_shot_is_repeated_with_other_seeds(workspace: Workspace, picture: Path) -> None:
    job = workspace.jobs.add(small_shot(workspace, picture, seed=1))
    assert workspace.jobs.duplicate(job.id, 2).shot == job.shot.but(seed=2)
    swept = workspace.jobs.sweep(job.id, [3, 4])
    assert [made.shot.seed for made in swept] == [3, 4]
    assert {made.origin for made in swept} == {job.id}
    with pytest.raises(InputError):
        workspace.jobs.sweep(job.id, [5, -1])
    assert len(workspace.jobs.list()) == 4


def test_a_shot_is_repeated_with_seeds_that_it_has_not_had(workspace: Workspace, picture: Path) -> None:
    job = workspace.jobs.add(small_shot(workspace, picture, seed=2**32 - 2))
    workspace.jobs.duplicate(job.id, 0)
    swept = workspace.jobs.vary(job.id, 3)
    assert [made.shot.seed for made in swept] == [2**32 - 1, 1, 2]
    assert [made.shot.seed for made in workspace.jobs.vary(job.id)] == [3]
    with pytest.raises(InputError, match="at least 1"):
        workspace.jobs.vary(job.id, 0)
    with pytest.raises(JobError, match="waiting"):
        workspace.jobs.vary(job.id, 10**9)
    assert len(workspace.jobs.list()) == 6


def test_a_waiting_shot_is_edited_and_a_running_one_is_not(workspace: Workspace, picture: Path) -> None:
    job = workspace.jobs.add(small_shot(workspace, picture))
    longer = small_shot(workspace, picture, seconds=2.0)
    assert workspace.jobs.edit(job.id, longer).shot == longer
    worker(workspace).claim("w1")
    with pytest.raises(JobError, match="still waits"):
        workspace.jobs.edit(job.id, longer)


def test_limits_hold_in_the_queue_too(tmp_path: Path, picture: Path) -> None:
    workspace = Workspace.open(Settings(data=tmp_path / "data", max_queued=2, max_side=200))
    shot = small_shot(workspace, picture)
    job = workspace.jobs.add(shot)
    for ask in (workspace.jobs.add, lambda larger: workspace.jobs.edit(job.id, larger)):
        with pytest.raises(ShotError, match="longest side"):
            ask(shot.but(width=320))
    with pytest.raises(JobError, match="at most 2"):
        workspace.jobs.sweep(job.id, [1, 2])
    assert len(workspace.jobs.list()) == 1
    assert workspace.jobs.of("somebody else").add(shot).state == "queued"


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(0, 3)), max_size=6))
def test_reordering_moves_one_and_keeps_the_rest(
    tmp_path_factory: pytest.TempPathFactory, picture: Path, moves: list[tuple[int, int | None]]
) -> None:
    workspace = Workspace.open(Settings(data=tmp_path_factory.mktemp("data")))
    first = workspace.jobs.add(small_shot(workspace, picture))
    order = [first.id, *(job.id for job in workspace.jobs.sweep(first.id, [1, 2, 3]))]
    named = list(order)
    for moved, before in moves:
        job, mark = named[moved], named[before] if before is not None else None
        if job == mark:
            with pytest.raises(JobError):
                workspace.jobs.reorder(job, before=mark)
            continue
        workspace.jobs.reorder(job, before=mark)
        order.remove(job)
        order.insert(order.index(mark) if mark else len(order), job)
        assert [found.id for found in workspace.jobs.list()] == order
    assert [found.place for found in workspace.jobs.list()] == [1, 2, 3, 4]


def test_people_take_turns(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture)
    for _ in range(5):
        workspace.jobs.of("ann").add(shot)
    for _ in range(2):
        workspace.jobs.of("ben").add(shot)
    claims, served = worker(workspace), []
    while job := claims.claim("w1"):
        served.append(job.owner)
        claims.end("w1", job.id, "failed", "")
        if len(served) == 3:
            workspace.jobs.of("cem").add(shot)
    assert served == ["ann", "ben", "ann", "cem", "ben", "ann", "ann", "ann"]


def test_nobody_finds_anothers_jobs(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture)
    mine, theirs = workspace.jobs.of("ann").add(shot), workspace.jobs.of("ben").add(shot)
    ann = workspace.jobs.of("ann")
    assert [job.id for job in ann.list()] == [mine.id]
    assert {event.job for event in ann.events()} == {mine.id}
    assert ann.events(job=theirs.id) == []
    for ask in (ann.get, ann.cancel, ann.retry, ann.reorder, lambda name: ann.edit(name, shot)):
        for name in (theirs.id, str(theirs.number)):
            with pytest.raises(JobError, match="the job"):
                ask(name)
    assert len(workspace.jobs.list()) == 2


def test_a_row_that_cannot_be_read_harms_no_other(workspace: Workspace, picture: Path) -> None:
    spoiled = workspace.jobs.add(small_shot(workspace, picture, seed=1))
    sound = workspace.jobs.add(small_shot(workspace, picture, seed=2))
    with workspace.store.writing() as connection:
        spoil = "UPDATE shots SET record = '{half' WHERE id = (SELECT shot FROM jobs WHERE number = 1)"
        connection.execute(text(spoil))
        connection.execute(text("UPDATE jobs SET progress = 'xx'"))
    assert [job.shot is None for job in workspace.jobs.list()] == [True, False]
    with pytest.raises(JobError, match="cannot be read"):
        workspace.jobs.duplicate(spoiled.id, 4)
    taken = worker(workspace).claim("w1")
    assert taken is not None and taken.id == sound.id
    assert workspace.jobs.get(spoiled.id).state == "failed"
    assert "cannot be read" in workspace.jobs.get(spoiled.id).reason
