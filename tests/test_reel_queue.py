"""Reels through the queue: made by real workers, stopped, broken off and gone on with, never made twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.errors import Cancelled, EngineError, JobError, ShotError
from studio.jobs.records import State
from studio.jobs.states import change
from studio.media.clips import probe
from studio.reel import Reel
from studio.reel_queue import Queued, ReelQueue
from studio.reels import Reels
from studio.storyboard import ShotAsked, Storyboard, shots_of
from studio.workspace import Workspace
from tests.job_shots import wait_for

ANN = "ann"


def reel_of(workspace: Workspace, picture: Path, *, seconds: float = 0.5, owner: str = ANN) -> Reel:
    """A shot and one that goes on from it."""
    shots = (ShotAsked(prompt="The camera pushes in.", still=str(picture)), ShotAsked(prompt="The camera pans left."))
    board = Storyboard.from_dict({"fps": 8, "size": (128, 96), "seconds": seconds, "shots": shots})
    return Reels(workspace).new(shots_of(workspace, board), "Morning", owner)


@pytest.fixture
def making(workspace: Workspace) -> Iterator[ReelQueue]:
    """Makes reels; no worker runs until a test starts the crew."""
    made = ReelQueue(workspace)
    yield made
    made.close()
    workspace.crew.stop()


def states(workspace: Workspace) -> list[State]:
    return [job.state for job in workspace.jobs.of(ANN).list()]


def maker(workspace: Workspace, wanted: bool = True) -> Queued:
    return Queued(workspace, workspace.jobs.of(ANN), lambda: wanted, threading.Event())


def end(workspace: Workspace, state: State, reason: str) -> None:
    """Let the job that waits end so, as a worker would."""
    with workspace.store.writing() as connection:
        (job,) = workspace.jobs.of(ANN).list(["queued"])
        change(connection, job.id, "running")
        change(connection, job.id, state, reason=reason)


def test_a_reel_is_made_by_the_worker_as_its_owners_jobs(
    workspace: Workspace, making: ReelQueue, picture: Path
) -> None:
    workspace.crew.start()
    reel = making.make(reel_of(workspace, picture))
    wait_for(lambda: not making.kept.wanted(reel.id))
    made = making.kept.get(reel.id)
    assert [one.trouble for one in made.shots] == ["", ""]
    clip = making.kept.clip(made)
    assert clip is not None
    assert probe(clip).frames == 4 + 3
    takes = {kept.take.id for kept in workspace.library.of(ANN).list()}
    assert takes == {one.take for one in made.shots}


def test_the_next_studio_goes_on_and_makes_no_shot_twice(
    workspace: Workspace, making: ReelQueue, picture: Path
) -> None:
    reel = making.make(reel_of(workspace, picture))
    wait_for(lambda: states(workspace) == ["queued"])
    making.close()  # the studio is closed before any worker took it up
    assert states(workspace) == ["queued"]
    again = Workspace.open(workspace.settings)
    later = ReelQueue(again)
    later.start()
    again.crew.start()
    try:
        wait_for(lambda: not later.kept.wanted(reel.id))
    finally:
        later.close()
        again.crew.stop()
    made = later.kept.get(reel.id)
    assert later.kept.clip(made)
    assert len(again.jobs.of(ANN).list()) == 2


def test_a_reel_that_is_stopped_cancels_its_job_and_can_be_gone_on_with(
    workspace: Workspace, making: ReelQueue, picture: Path
) -> None:
    reel = making.make(reel_of(workspace, picture))
    wait_for(lambda: states(workspace) == ["queued"])
    making.stop(reel.id)
    wait_for(lambda: states(workspace) == ["cancelled"])
    making.make(making.kept.get(reel.id))
    wait_for(lambda: states(workspace) == ["queued"])  # the same job, not another


def test_a_job_that_fails_is_the_shots_trouble(workspace: Workspace, making: ReelQueue, picture: Path) -> None:
    reel = making.make(reel_of(workspace, picture))
    wait_for(lambda: states(workspace) == ["queued"])
    end(workspace, "failed", "The weights are damaged.")
    wait_for(lambda: not making.kept.wanted(reel.id))
    first, second = making.kept.get(reel.id).shots
    assert "The weights are damaged." in first.trouble
    assert second.trouble == "It starts where shot 1 ends, which was not made."


def test_two_studios_on_one_folder_make_a_reel_once(workspace: Workspace, making: ReelQueue, picture: Path) -> None:
    reel = making.make(reel_of(workspace, picture))
    wait_for(lambda: states(workspace) == ["queued"])
    other = ReelQueue(Workspace.open(workspace.settings))
    other.start()
    making.close()
    wait_for(lambda: states(workspace) == ["queued"])
    assert len(states(workspace)) == 1
    other.stop(reel.id)  # the lock fell open, the other studio has it now
    wait_for(lambda: states(workspace) == ["cancelled"])
    other.close()


def test_a_person_makes_so_many_reels_at_a_time(workspace: Workspace, making: ReelQueue, picture: Path) -> None:
    for _ in range(4):
        making.make(reel_of(workspace, picture))
    with pytest.raises(JobError, match="the reels: 4 of yours are being made"):
        making.make(reel_of(workspace, picture))
    assert making.make(reel_of(workspace, picture, owner="ben"))


def test_what_cannot_be_made_is_refused_before_anything_is_kept(
    workspace: Workspace, making: ReelQueue, picture: Path
) -> None:
    with pytest.raises(ShotError):
        making.make(reel_of(workspace, picture).with_shot(1, fade=2.0))
    assert not making.kept.list()


def test_forget_me_takes_the_reels_and_stops_them(workspace: Workspace, making: ReelQueue, picture: Path) -> None:
    making.make(reel_of(workspace, picture))
    wait_for(lambda: states(workspace) == ["queued"])
    workspace.forget(ANN)
    making.close()
    assert not making.kept.list()
    assert not states(workspace)


def test_a_shot_that_changed_is_another_job(workspace: Workspace, picture: Path) -> None:
    shot = reel_of(workspace, picture).shots[0].shot
    job = workspace.jobs.of(ANN).add(shot, identity="a-take-of-this-very-test")
    assert job.id == "a-take-of-this-very-test"
    assert maker(workspace).begin(shot, job.id) == job.id
    assert maker(workspace).begin(shot.but(seed=9), job.id) != job.id


def test_nobody_waits_for_a_shot_that_is_not_wanted(workspace: Workspace, picture: Path) -> None:
    shot = reel_of(workspace, picture).shots[0].shot
    with pytest.raises(Cancelled):
        maker(workspace, wanted=False).finish(shot, "a-take-of-this-very-test")
    assert states(workspace) == ["cancelled"]


def test_a_cancelled_job_says_so(workspace: Workspace, picture: Path) -> None:
    shot = reel_of(workspace, picture).shots[0].shot
    waits = threading.Thread(target=lambda: wait_for(lambda: states(workspace) == ["queued"]))
    waits.start()
    cancels = threading.Timer(0.6, lambda: workspace.jobs.cancel("a-take-of-this-very-test"))
    cancels.start()
    with pytest.raises(EngineError, match=r"job 1, which is cancelled"):
        maker(workspace).finish(shot, "a-take-of-this-very-test")
    waits.join()
