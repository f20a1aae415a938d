"""Kill the worker, the studio, or both, without warning, at random moments over a queue; then look whether anything was
lost. ``make endure`` runs the long form (100 kills over 30 mixed jobs, some of an open model: a tiny one with
random weights); the suite runs a short one without that model.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import select

from studio.jobs.records import Happening, Job
from studio.jobs.schema import jobs, workers
from studio.media.clips import probe
from studio.media.controls import keep_clip
from studio.media.provenance import read_take
from studio.settings import ROOT, Settings
from studio.shot import Control
from studio.workspace import Workspace
from tests.conftest import textured
from tests.job_shots import small_shot

SIZES = ((128, 96), (240, 160), (480, 320))
VICTIMS = ("worker", "studio", "both")
PATIENCE = 900
"""Seconds that the queue may take after the last kill; on a slow core a clip takes some."""


class Studio:
    """A studio without its page, as a process of its own."""

    def __init__(self, settings: Settings) -> None:
        folders = {"DATA": settings.data, "PRESETS": settings.presets, "MODELS": settings.models}
        environment = {**os.environ, **{f"MOTION_FIRST_{name}": str(path) for name, path in folders.items()}}
        command = [sys.executable, "-m", "studio", "jobs", "work"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)

    def worker(self) -> psutil.Process | None:
        """Its worker, once there is one."""
        with suppress(psutil.NoSuchProcess):
            children = psutil.Process(self.process.pid).children()
            return children[0] if children else None
        return None

    def kill(self, victim: str) -> None:
        """kill -9, which nobody can catch."""
        worker = self.worker()
        if victim != "studio" and worker is not None:
            with suppress(psutil.NoSuchProcess):
                worker.send_signal(signal.SIGKILL)
        if victim != "worker":
            self.process.kill()
            self.process.wait()

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def close(self) -> None:
        """Ask it to end."""
        if self.alive:
            self.process.terminate()  # no Ctrl+C: what a shell starts in the background does not hear it
            self.process.wait(timeout=60)


def fill(workspace: Workspace, takes: int, chance: random.Random, model: str = "") -> Counter[str]:
    """Queue mixed jobs of three people, from a blink to some seconds of work, and count them by their kind."""
    picture = workspace.settings.data / "picture.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    textured().save(picture)
    kinds = (*("sketch",) * 5, "loop", "extend", *((model, model) if model else ()))
    before = _clip_before(workspace, picture)
    figures = Counter[str]()
    for seed in range(takes):
        kind = kinds[seed % len(kinds)]
        width, height = chance.choice(SIZES)
        length, fps = chance.choice((1.0, 2.0, 4.0, 8.0)), chance.choice((8, 16, 24))
        options: dict[str, Any] = {"seconds": length, "width": width, "height": height, "fps": fps}
        if kind == "loop":
            options["loop"] = True
        elif kind == "extend":
            options["controls"] = (before,)
        elif kind == model:
            options = {"engine": model, "width": 64, "height": 64, "fps": None}
        shot = small_shot(workspace, picture, seed=seed, **options)
        workspace.jobs.of(chance.choice(("ann", "ben", "cem"))).add(shot)
        figures[f"jobs of kind {kind}"] += 1
    return figures


def _clip_before(workspace: Workspace, picture: Path) -> Control:
    """A clip that shots can go on from, kept as the page keeps it."""
    clip = workspace.settings.data / "before.mp4"
    workspace.animate(small_shot(workspace, picture), lambda _: None, clip)
    return Control(kind="previous_clip", path=str(workspace.controls / f"{keep_clip(clip, workspace.controls)}.mp4"))


def endure(
    settings: Settings, kills: int, takes: int, seed: int = 0, longest: float = 3.5, model: str = ""
) -> Counter[str]:
    """Queue, kill, go on, and check; figures of what happened.

    Args:
        model: an open model's engine that is ready in these settings; empty: sketch alone.
        longest: seconds between two kills, at most.
    """
    chance = random.Random(seed)
    workspace = Workspace.open(settings)
    figures = fill(workspace, takes, chance, model)
    wanted = {job.id for job in workspace.jobs.list()}
    studio = Studio(settings)
    for _ in range(kills):
        if not studio.alive:
            studio = Studio(settings)
        await_moment(workspace, studio, chance, longest)
        victim = chance.choice(VICTIMS)
        figures[f"killed {victim}"] += 1
        figures["kills while a take was being made"] += busy(workspace, studio)
        figures["kills while something waited"] += bool(workspace.jobs.list(["queued"]))
        studio.kill(victim)
        figures["asked for again"] += again(workspace)
    until = time.monotonic() + PATIENCE
    while not all(job.state == "done" for job in workspace.jobs.list()):
        assert time.monotonic() < until, Counter(job.state for job in workspace.jobs.list())
        if not studio.alive:
            studio = Studio(settings)
        figures["asked for again"] += again(workspace)
        time.sleep(0.2)
    studio.close()
    check(workspace, wanted)
    for event in happened(workspace):
        figures[f"jobs became {event.state}"] += event.kind == "state"
        figures["attempts that went on from latents"] += "nothing is sampled again" in event.text
    return figures


def happened(workspace: Workspace) -> Iterator[Happening]:
    """Everything, from the first event to the last."""
    since = 0
    while told := workspace.jobs.events(since):
        yield from told
        since = told[-1].number


def busy(workspace: Workspace, studio: Studio) -> bool:
    """Whether the worker of this very studio is making a take now."""
    worker = studio.worker()
    if worker is None:
        return False
    held = select(jobs.c.id).join(workers, workers.c.id == jobs.c.worker)
    with workspace.store.reading() as connection:
        mine = (jobs.c.state == "running") & (workers.c.pid == worker.pid)
        return connection.execute(held.where(mine)).first() is not None


def await_moment(workspace: Workspace, studio: Studio, chance: random.Random, longest: float) -> None:
    """Wait for the moment of the next kill: any moment at all, or (more often) one while a take is being made."""
    if chance.random() < 0.25:
        time.sleep(chance.uniform(0.0, longest))
        return
    until = time.monotonic() + PATIENCE / 20
    while not busy(workspace, studio) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(chance.uniform(0.0, longest / 2))


def again(workspace: Workspace) -> int:
    """What a person does with what waits for them: one click each."""
    waiting = workspace.jobs.list(["interrupted"])
    for job in waiting:
        workspace.jobs.retry(job.id)
    return len(waiting)


def check(workspace: Workspace, wanted: set[str]) -> None:
    """Nothing lost, nothing half, nothing twice, the store whole."""
    data, found = workspace.settings.data, workspace.jobs.list()
    assert {job.id for job in found} == wanted
    assert {path.name for path in (data / "takes").iterdir()} == wanted
    assert {kept.take.id for kept in workspace.library.list()} == wanted
    for job in found:
        _check_take(workspace, job)
    assert list((data / "scratch").iterdir()) == list((data / "previews").iterdir()) == []
    assert list(data.rglob("*.part")) == list(data.rglob("*.safetensors")) == []
    assert workspace.store.problems() == []


def _check_take(workspace: Workspace, job: Job) -> None:
    home = workspace.takes / job.id
    assert sorted(path.name for path in home.iterdir()) == ["clip.mp4", "poster.jpg", "take.json"]
    take = read_take(home / "clip.mp4")
    assert take == read_take(home / "take.json")
    assert take.id == job.id
    assert probe(home / "clip.mp4").frames == take.plan.frames
    assert job.shot is not None and take.shot.seed == job.shot.seed
    done = [event for event in workspace.jobs.events(job=job.id) if event.kind == "state" and event.state == "done"]
    assert len(done) == 1


def main() -> None:
    """The long form, with its figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--jobs", type=int, default=30)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--longest", type=float, default=3.5, help="seconds between two kills, at most")
    given = asked.parse_args()
    began = time.monotonic()
    from tests.tiny.home import TINY, tiny_settings

    with tempfile.TemporaryDirectory(prefix="endure-") as folder:
        settings = tiny_settings(Path(folder))
        figures = endure(settings, given.kills, given.jobs, given.seed, given.longest, TINY)
    figures["seconds"] = round(time.monotonic() - began)
    for name, number in figures.items():
        sys.stdout.write(f"{number:6d}  {name}\n")
    sys.stdout.write(f"All {given.jobs} takes are there, whole and once; the store is whole.\n")


if __name__ == "__main__":
    main()
