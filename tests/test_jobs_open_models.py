"""Jobs of an open model: sampled once whatever dies, warm between takes, with less memory after a crash."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from studio.engines.diffusers import loading
from studio.engines.diffusers.engine import Diffusers
from studio.engines.engine import Event, StageStarted, Step
from studio.jobs.records import Job
from studio.jobs.schema import workers
from studio.jobs.worker import Orders, Worker, _Reporter
from studio.media import clips
from studio.media.clips import read_frames
from studio.shot import Shot
from studio.workspace import Workspace
from tests.job_shots import small_shot, wait_for, worker
from tests.tiny.home import TINY, tiny_settings

PATIENCE = 300.0
"""Seconds for a process that must load torch and diffusers, perhaps on a busy core."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.open(tiny_settings(tmp_path, warm_minutes=0.001))


@pytest.fixture
def shot(workspace: Workspace, picture: Path) -> Shot:
    return small_shot(workspace, picture, engine=TINY, width=64, height=64, fps=None)


@pytest.fixture
def start(workspace: Workspace) -> Iterator[object]:
    """Start a worker in this process; it is stopped at the end."""
    stop, threads = threading.Event(), []

    def begin(name: str = "w1") -> Worker:
        orders = Orders(settings=workspace.settings, worker=name, host="here", device="cpu")
        made = Worker(orders, stop)
        threads.append(threading.Thread(target=made.run))
        threads[-1].start()
        return made

    yield begin
    stop.set()
    for thread in threads:
        thread.join()


def told(workspace: Workspace, job: Job) -> list[str]:
    return [event.text or event.state for event in workspace.jobs.events(job=job.id)]


def frames(workspace: Workspace, job: Job) -> np.ndarray:
    return np.stack(list(read_frames(workspace.takes / job.id / "clip.mp4")))


def latents(workspace: Workspace) -> list[Path]:
    return list((workspace.settings.data / "latents").glob("*"))


def test_a_full_disk_after_denoising_costs_no_second_denoising(
    workspace: Workspace, shot: Shot, start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    job = workspace.jobs.add(shot)
    with monkeypatch.context() as broken:
        broken.setattr(clips, "_remux", full)
        start()
        wait_for(lambda: "space" in workspace.jobs.get(job.id).reason)
        assert "denoise" in told(workspace, job)
        assert len(latents(workspace)) == 1
        before = len(told(workspace, job))
    wait_for(lambda: workspace.jobs.get(job.id).state == "done")
    again = told(workspace, job)[before:]
    assert "denoise" not in again and "decode" in again
    assert latents(workspace) == []
    other = workspace.animate(shot, lambda _: None)
    assert np.array_equal(frames(workspace, job), np.stack(list(read_frames(Path(other.clip)))))


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_a_worker_killed_in_decoding_goes_on_from_the_latents(workspace: Workspace, shot: Shot) -> None:
    job = workspace.jobs.add(shot.but(width=160, height=160))
    workspace.crew.start()
    try:
        wait_for(lambda: workspace.jobs.get(job.id).progress.stage == "decode", PATIENCE)
        with workspace.store.reading() as connection:
            pid = connection.execute(select(workers.c.pid)).scalars().one()
        os.kill(pid, signal.SIGKILL)
        wait_for(lambda: workspace.jobs.get(job.id).state == "done", PATIENCE)
    finally:
        workspace.crew.stop()
    lines = told(workspace, job)
    assert lines.count("denoise") == 1
    assert any("nothing is sampled again" in line for line in lines)
    assert workspace.jobs.get(job.id).tier == 0
    assert latents(workspace) == []


def test_a_model_is_loaded_once_for_two_jobs_and_given_back_when_nothing_is_made(
    workspace: Workspace, shot: Shot, start, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads, load = [], loading.load
    monkeypatch.setattr(loading, "load", lambda *given: loads.append(given[0].id) or load(*given))
    first = workspace.jobs.add(shot)
    workspace.jobs.vary(first.id)
    engine = start()._catalogue.get(TINY)
    assert isinstance(engine, Diffusers)
    wait_for(lambda: all(job.state == "done" for job in workspace.jobs.list()))
    assert loads == [TINY]
    wait_for(lambda: engine._loaded is None)
    workspace.jobs.vary(first.id)
    wait_for(lambda: all(job.state == "done" for job in workspace.jobs.list()))
    assert loads == [TINY, TINY]


def test_after_a_crash_the_next_attempt_takes_less_memory_and_then_it_waits(
    workspace: Workspace, shot: Shot, start
) -> None:
    job = workspace.jobs.add(shot)
    worker(workspace, "w0").claim("w0")
    worker(workspace, "w0b").bury(["w0"], "The computer ran out of memory.", lower=True)
    found = workspace.jobs.get(job.id)
    assert (found.state, found.tier) == ("queued", 1)
    start()
    wait_for(lambda: workspace.jobs.get(job.id).state == "done")
    (note,) = [line for line in told(workspace, job) if "An earlier attempt wanted too much memory" in line]
    assert "decoded in tiles" in note


LOADING = ("loading", lambda event: isinstance(event, StageStarted) and event.detail.startswith("Load "))
DENOISING = ("denoising", lambda event: isinstance(event, Step) and event.stage == "denoise" and event.done == 1)
DECODING = ("decoding", lambda event: isinstance(event, StageStarted) and event.stage == "decode")
WRITING = ("writing", lambda event: isinstance(event, Step) and event.stage == "decode" and event.total > 1)


@pytest.mark.parametrize(("during", "met"), [LOADING, DENOISING, DECODING, WRITING])
def test_a_cancel_is_heard_while(
    workspace: Workspace, shot: Shot, start, monkeypatch: pytest.MonkeyPatch, during: str, met
) -> None:
    """Downloading is tested with a Hub on loopback (test_diffusers_download), waiting with the queue."""
    job, hear = workspace.jobs.add(shot), _Reporter.__call__
    heard = []

    def hear_and_ask(reporter: _Reporter, event: Event) -> None:
        hear(reporter, event)
        if met(event) and not heard:
            heard.append(during)
            workspace.jobs.cancel(job.id)
            wait_for(lambda: reporter.asked)

    monkeypatch.setattr(_Reporter, "__call__", hear_and_ask)
    start()
    wait_for(lambda: workspace.jobs.get(job.id).over)
    found = workspace.jobs.get(job.id)
    assert (found.state, found.spent > 0, heard) == ("cancelled", True, [during])
    assert [path.name for path in workspace.takes.iterdir()] == []
    assert bool(latents(workspace)) == (during in ("decoding", "writing"))
    assert not any((workspace.settings.data / "scratch").glob("*"))
