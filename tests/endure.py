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
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import select

from studio.errors import JobError
from studio.jobs.records import Happening, Job
from studio.jobs.schema import jobs, workers
from studio.media.clips import probe
from studio.media.controls import keep_clip
from studio.media.provenance import read_take
from studio.settings import ROOT, Settings
from studio.shot import Control, Shot
from studio.workspace import Workspace
from tests.conftest import textured
from tests.job_shots import small_shot

SIZES = ((128, 96), (240, 160), (160, 240), (480, 320))
VICTIMS = ("worker", "studio", "both")
MOMENTS = ("start", "start", "start", "any", "any", "loading", "denoise", "decode", "decode", "keeping")
"""What a kill waits for, by chance: a process that has just begun (cheap, so more often), any moment at all, a job that
was taken up, one in this stage, one whose clip lies whole in its scratch folder but not yet among the takes. Shorter
stages are met by chance."""
BEGINS, LATE = 45.0, 4.0
"""Seconds that a kill waits for a job to be taken up, and then for its moment: that job may be past it."""
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


class People:
    """Three people who queue mixed jobs, from a blink to some seconds of work, and change some of those that wait.

    Args:
        model: an open model's engine that is ready; empty: sketch alone.
    """

    def __init__(self, workspace: Workspace, chance: random.Random, model: str) -> None:
        self._workspace, self._chance, self._model = workspace, chance, model
        self._kinds = ("sketch", "edited", model or "sketch", "loop", "cancelled", "extend", "sketch", "moved")
        self._picture = workspace.settings.data / "picture.png"
        self._picture.parent.mkdir(parents=True, exist_ok=True)
        textured().save(self._picture)
        self._before = _clip_before(workspace, self._picture)
        self.seeds: dict[str, int] = {}
        """The seed of each job that shall have a take."""
        self.cancelled: set[str] = set()
        """The jobs that shall have none."""
        self.figures = Counter[str]()

    @property
    def count(self) -> int:
        return len(self.seeds) + len(self.cancelled)

    def add(self) -> None:
        """Queue one more."""
        seed = self.count
        kind = self._kinds[seed % len(self._kinds)]
        shot = self._shot(kind, seed)
        queue = self._workspace.jobs.of(self._chance.choice(("ann", "ben", "cem")))
        job = queue.add(shot).id
        self.figures[f"jobs of kind {kind}"] += 1
        if kind == "cancelled":
            self.cancelled.add(job)
            return
        with suppress(JobError):  # a worker was quicker
            if kind == "edited":
                queue.edit(job, shot := shot.but(seed=seed + 1000))
            elif kind == "moved":
                queue.reorder(job, queue.list(["queued"])[0].id)
        kept = self._workspace.jobs.get(job).shot
        assert kept is not None
        self.seeds[job] = kept.seed

    def _shot(self, kind: str, seed: int) -> Shot:
        width, height = self._chance.choice(SIZES)
        length, fps = self._chance.choice((1.0, 2.0, 4.0)), self._chance.choice((8, 12, 24))
        options: dict[str, Any] = {"seconds": length, "width": width, "height": height, "fps": fps}
        if kind == "loop":
            options["loop"] = True
        elif kind == "extend":
            options["controls"] = (self._before,)
        elif kind == self._model:
            options = {"engine": kind, "width": 64, "height": 64, "fps": None}
        return small_shot(self._workspace, self._picture, seed=seed, **options)


def _clip_before(workspace: Workspace, picture: Path) -> Control:
    """A clip that shots can go on from, kept as the page keeps it."""
    clip = workspace.settings.data / "before.mp4"
    workspace.animate(small_shot(workspace, picture), lambda _: None, clip)
    return Control(kind="previous_clip", path=str(workspace.controls / f"{keep_clip(clip, workspace.controls)}.mp4"))


def endure(settings: Settings, kills: int, takes: int, seed: int = 0, model: str = "") -> Counter[str]:
    """Queue, kill, go on, and check; figures of what happened.

    Args:
        model: an open model's engine that is ready in these settings; empty: sketch alone.
    """
    chance = random.Random(seed)
    workspace = Workspace.open(settings)
    people = People(workspace, chance, model)
    figures, asked = people.figures, set[str]()
    studio = Studio(settings)
    for number in range(kills):
        while people.count < takes * min(1.0, 1 / 3 + number / kills):  # so that something waits all the time
            people.add()
        if not studio.alive:
            studio = Studio(settings)
        if chance.random() < 0.2 and (left := sorted(people.cancelled - asked)):
            asked.add(left[0])
            cancel(workspace, left[0])
        await_moment(workspace, studio, chance)
        victim = VICTIMS[number % len(VICTIMS)]
        figures[f"killed {victim}"] += 1
        figures[f"kills while {moment(workspace, studio)}"] += 1
        studio.kill(victim)
        figures["asked for again"] += again(workspace)
    while people.count < takes:
        people.add()
    for job in people.cancelled - asked:
        cancel(workspace, job)
    until = time.monotonic() + PATIENCE
    while any(job.state not in ("done", "cancelled") for job in workspace.jobs.list()):
        assert time.monotonic() < until, Counter(job.state for job in workspace.jobs.list())
        if not studio.alive:
            studio = Studio(settings)
        figures["asked for again"] += again(workspace)
        time.sleep(0.2)
    studio.close()
    check(workspace, people.seeds, people.cancelled)
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


def under_way(workspace: Workspace, studio: Studio) -> Job | None:
    """The job that the worker of this very studio is making now."""
    worker = studio.worker()
    if worker is None:
        return None
    held = select(jobs.c.id).join(workers, workers.c.id == jobs.c.worker)
    with workspace.store.reading() as connection:
        mine = (jobs.c.state == "running") & (workers.c.pid == worker.pid)
        found = connection.execute(held.where(mine)).scalars().first()
    return workspace.jobs.get(found) if found else None


def moment(workspace: Workspace, studio: Studio) -> str:
    """What is going on, as far as the store and the disk tell."""
    job = under_way(workspace, studio)
    if job is None:
        return "a process began" if workspace.jobs.list(["queued"]) else "nothing waited"
    if any((workspace.settings.data / "scratch").glob(f"{job.id}.*/clip.mp4")):
        return "keeping"
    return job.progress.stage or "loading"


def await_moment(workspace: Workspace, studio: Studio, chance: random.Random) -> None:
    """Wait for the moment of the next kill."""
    wanted = chance.choice(MOMENTS)
    if wanted in ("start", "any"):
        time.sleep(chance.uniform(0.0, 2.0 if wanted == "start" else 5.0))
        return
    until = time.monotonic() + BEGINS
    while under_way(workspace, studio) is None and time.monotonic() < until:
        if not workspace.jobs.list(["queued", "running"]):
            return
        time.sleep(0.05)
    until = time.monotonic() + LATE
    while moment(workspace, studio) != wanted and time.monotonic() < until:
        time.sleep(0.02)
    if wanted != "keeping":  # that is over in a moment
        time.sleep(chance.uniform(0.0, 0.4))


def cancel(workspace: Workspace, job: str) -> None:
    """Cancel a job, whatever it is at; one that was made already is asked for no more."""
    with suppress(JobError):
        workspace.jobs.cancel(job)


def again(workspace: Workspace) -> int:
    """What a person does with what waits for them: one click each."""
    waiting = workspace.jobs.list(["interrupted"])
    for job in waiting:
        workspace.jobs.retry(job.id)
    return len(waiting)


def check(workspace: Workspace, wanted: Mapping[str, int], cancelled: Collection[str] = ()) -> None:
    """Nothing lost, nothing half, nothing twice, the store whole.

    Args:
        wanted: the seed of each job that shall have a take.
        cancelled: jobs that shall have none, unless they were quicker than who cancelled them.
    """
    data, found = workspace.settings.data, workspace.jobs.list()
    assert {job.id for job in found} == {*wanted, *cancelled}
    made = {job.id for job in found if job.state == "done"}
    assert set(wanted) <= made
    assert {path.name for path in (data / "takes").iterdir()} == made
    listed = {kept.take.id for kept in workspace.library.list()}
    assert listed == made, (listed - made, made - listed)
    for job in found:
        if job.id in made:
            _check_take(workspace, job)
            assert job.shot is not None and job.shot.seed == wanted.get(job.id, job.shot.seed)
        else:
            assert job.state == "cancelled"
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
    given = asked.parse_args()
    began = time.monotonic()
    from tests.tiny.home import TINY, tiny_settings

    with tempfile.TemporaryDirectory(prefix="endure-") as folder:
        settings = tiny_settings(Path(folder))
        figures = endure(settings, given.kills, given.jobs, given.seed, TINY)
    figures["seconds"] = round(time.monotonic() - began)
    for name, number in sorted(figures.items()):
        sys.stdout.write(f"{number:6d}  {name}\n")
    sys.stdout.write(f"Of {given.jobs} jobs every take is there, whole and once; the store is whole.\n")


if __name__ == "__main__":
    main()
