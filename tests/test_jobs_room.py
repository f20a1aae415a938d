"""A disk without room holds the queue: nothing fails, it is said in words, and it goes on by itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.doctor import examine
from studio.errors import DiskError, MediaError
from studio.jobs.room import Patience, find_hold, lacking, was_held
from studio.media.whole import refused
from studio.settings import Settings
from studio.workspace import Workspace
from tests.conftest import Answer
from tests.job_shots import small_shot, wait_for
from tests.mounts import mountable, run_mounted, small_disk


def told(workspace: Workspace) -> dict[str, list[str]]:
    """What became of each job, in order."""
    return {
        job.id: [event.state for event in workspace.jobs.events(job=job.id) if event.kind == "state"]
        for job in workspace.jobs.list()
    }


def fill(folder: Path, leave: int) -> Path:
    """Fill the disk of a folder up to so many bytes."""
    filler = folder / "filler"
    facts = os.statvfs(folder)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, facts.f_bavail * facts.f_frsize - leave)
    return filler


def queue_on_a_full_disk(folder: Path) -> None:
    """What happens in the small disk of the test below."""
    picture = folder.with_name("picture.png")
    workspace = Workspace.open(Settings(data=folder, keep_free_gb=0.004))
    waiting = [workspace.jobs.add(small_shot(workspace, picture, seed=seed)).id for seed in range(2)]
    filler = fill(folder, 3_000_000)
    workspace.crew.start()
    wait_for(lambda: list((folder / "locks").glob("worker-*")))
    hold = find_hold(workspace.store, workspace.settings)
    assert hold is not None
    assert "3 MB free, the next take may need 4 MB" in hold.words
    assert told(workspace) == {job: ["queued"] for job in waiting}
    filler.unlink()
    wait_for(lambda: all(job.state == "done" for job in workspace.jobs.list()))
    assert told(workspace) == {job: ["queued", "running", "done"] for job in waiting}

    broken = workspace.jobs.add(small_shot(workspace, picture, seconds=4.0, fps=24, width=480, height=320)).id
    behind = workspace.jobs.add(small_shot(workspace, picture, seed=2)).id
    wait_for(lambda: workspace.jobs.get(broken).state == "running")
    filler = fill(folder, 300_000)
    wait_for(lambda: was_held(workspace.jobs.get(broken)))
    assert "No space left on device" in workspace.jobs.get(broken).reason
    assert workspace.jobs.get(broken).attempts == 0
    assert workspace.jobs.get(behind).state == "queued"
    filler.unlink()
    wait_for(lambda: all(job.state == "done" for job in workspace.jobs.list()))
    assert told(workspace)[broken] == ["queued", "running", "queued", "running", "done"]
    assert len(workspace.library.list()) == 4
    assert list((folder / "scratch").iterdir()) == []
    assert find_hold(workspace.store, workspace.settings) is None
    workspace.crew.stop()


@pytest.mark.skipif(bool(mountable()), reason=mountable())
def test_a_full_disk_holds_the_queue_and_nothing_is_lost(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (320, 480, 3), dtype=np.uint8)  # its clips are large
    Image.fromarray(noise).save(tmp_path / "picture.png")
    run_mounted(queue_on_a_full_disk, tmp_path / "data", small_disk(tmp_path / "data", "48m"))


def test_the_doctor_says_why_the_queue_waits(workspace: Workspace, picture: Path) -> None:
    settings = workspace.settings.but(keep_free_gb=1e6)
    workspace.jobs.add(small_shot(workspace, picture))
    (disk,) = (check for check in examine(settings) if check.name == "disk")
    assert (disk.state, "The queue waits" in disk.found, "doctor --clean" in disk.remedy) == ("bad", True, True)


def test_the_command_line_says_why_the_queue_waits(
    studio: Callable[..., Answer], workspace: Workspace, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTION_FIRST_KEEP_FREE_GB", "1000000")
    assert "waits" not in studio("jobs").err
    workspace.jobs.add(small_shot(workspace, picture))
    answer = studio("jobs", "list", "--json")
    assert [job["state"] for job in answer.json] == ["queued"]
    assert "The queue waits: the disk of" in answer.err
    assert "doctor --clean" in answer.err


def test_what_a_job_needs_grows_with_its_frames(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, keep_free_gb=0.0)
    assert lacking(settings, 10.0) is None
    hold = lacking(settings, 1e9)
    assert hold is not None
    assert hold.needed > hold.free > 0
    gone = lacking(Settings(data=tmp_path / "gone"), 1.0)
    assert gone is not None
    assert "cannot be written" in gone.words


def test_a_disk_that_refused_is_asked_again_after_a_longer_pause_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, takes = [100.0], [False]
    monkeypatch.setattr("studio.jobs.room.time.monotonic", lambda: clock[0])
    monkeypatch.setattr("studio.jobs.room._takes", lambda folder, size: takes[0])
    patience = Patience(Settings(data=tmp_path, keep_free_gb=0.0))
    assert patience.allows(1.0)
    patience.refused("No space left on device")
    asked = []
    for _ in range(120):
        clock[0] += 1.0
        before = patience._until
        assert not patience.allows(1.0)
        if patience._until != before:
            asked.append(clock[0] - 100.0)
    assert asked == [1.0, 3.0, 7.0, 15.0, 31.0, 63.0]
    takes[0] = True
    clock[0] += 300.0
    assert patience.allows(1.0)


def test_a_disk_that_is_full_is_told_from_one_that_is_broken() -> None:
    assert type(refused("the clip", OSError(28, "No space left on device"))) is DiskError
    assert type(refused("the clip", OSError(30, "Read-only file system"))) is DiskError
    assert type(refused("the clip", OSError(5, "Input/output error"))) is MediaError
