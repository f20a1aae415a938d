"""Watching a job: progress in order, the take at the end; who leaves early or comes late changes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.errors import JobError
from studio.jobs.records import Job
from studio.shot import STAGES, Shot, Take
from studio.ui.draft import Draft, Shelf
from studio.ui.rehearsal import watch
from studio.ui.visitors import owner_of
from studio.workspace import Workspace
from tests.job_shots import wait_for, worker

ANN = owner_of("ann's browser, by a name")


def shot(workspace: Workspace, picture: Path, **changes: object) -> Shot:
    shelf = Shelf(workspace)
    key = shelf.key(shelf.add(picture, "mine.png"))
    values = {"still": key, "prompt": "Slow dolly-in.", "seconds": 1.0, "side": 256, **changes}
    return Draft.from_dict(values).shot(workspace, shelf)


def queued(workspace: Workspace, picture: Path, **changes: object) -> Job:
    return workspace.jobs.of(ANN).add(shot(workspace, picture, **changes))


def watched(workspace: Workspace, job: str, owner: str = ANN, most: int = 10_000) -> list[Any]:
    """The news of a job, until it is over or so many came."""

    async def collect() -> list[Any]:
        heard = []
        async for news in watch(workspace, job, owner):
            heard.append(news)
            if len(heard) == most:
                break
        return heard

    return asyncio.run(collect())


@pytest.fixture
def working(workspace: Workspace) -> Iterator[Workspace]:
    """A workspace whose worker runs."""
    workspace.crew.start()
    yield workspace
    workspace.crew.stop()


def test_progress_comes_in_the_order_of_the_stages_and_ends_in_a_take(working: Workspace, picture: Path) -> None:
    *progress, take = watched(working, queued(working, picture, side=512, seconds=8.0).id)
    seen = [news["stage"] for news in progress if news["stage"]]
    assert seen == sorted(seen, key=STAGES.index)
    assert any("preview" in news for news in progress)
    assert isinstance(take, Take)
    assert Path(take.clip).exists()


def test_leaving_early_changes_nothing_and_coming_back_shows_the_take(working: Workspace, picture: Path) -> None:
    job = queued(working, picture, side=512, seconds=8.0)
    assert watched(working, job.id, most=1)[0]["state"] == "working"
    wait_for(lambda: working.jobs.get(job.id).over)
    assert isinstance(watched(working, job.id)[-1], Take)


def test_a_cancelled_job_is_told_as_such(working: Workspace, picture: Path) -> None:
    job = queued(working, picture, side=1080, seconds=15.0)
    wait_for(lambda: working.jobs.get(job.id).progress.stage)
    working.jobs.of(ANN).cancel(job.id)
    assert watched(working, job.id)[-1] == {"state": "cancelled", "job": job.id}


def test_who_waits_is_told_for_how_many(workspace: Workspace, picture: Path) -> None:
    jobs = [queued(workspace, picture, seed=seed) for seed in range(3)]
    assert "2 takes before it" in watched(workspace, jobs[2].id, most=1)[0]["detail"]


def test_an_interrupted_job_says_why(workspace: Workspace, picture: Path) -> None:
    job = queued(workspace, picture)
    for name in ("w1", "w2"):
        claims = worker(workspace, name)
        claims.claim(name)
        claims.bury([name], "The computer ran out of memory.")
    assert watched(workspace, job.id) == [
        {"state": "failed", "job": job.id, "message": "The computer ran out of memory."}
    ]


def test_nobody_watches_anothers_job(workspace: Workspace, picture: Path) -> None:
    job = queued(workspace, picture)
    with pytest.raises(JobError):
        watched(workspace, job.id, owner_of("ben's browser, by a name"))


def test_who_watches_a_job_hears_that_the_disk_is_full(workspace: Workspace, picture: Path) -> None:
    job = queued(workspace, picture)
    (before,) = watched(workspace, job.id, most=1)
    assert before["detail"] == ""
    full = Workspace.open(workspace.settings.but(keep_free_gb=1e6))
    (news,) = watched(full, job.id, most=1)
    assert "disk is full" in news["detail"]
    assert str(workspace.settings.data) not in news["detail"]  # where it lies is nobody's business on the page
