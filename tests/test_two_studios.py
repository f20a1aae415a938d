"""Two studios on one folder, as real processes, and clocks that leap: nothing is made twice or cleaned away."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from studio.jobs import migrations
from studio.settings import ROOT, Settings
from studio.workspace import Workspace
from tests.job_shots import small_shot

DAY = 86_400

LEAPING = """
    import os, time
    leap, real = float(os.environ.get("LEAP", "0")), (time.time, time.time_ns)
    began = time.monotonic()
    open(__file__ + str(os.getpid()), "w").close()
    def leaped():  # steady for a second, then another day; and small steps to and fro, as time servers make them
        gone = time.monotonic() - began
        return (leap if gone > 1 else 0.0) + (0.5 if int(gone * 10) % 2 else -0.5)
    time.time = lambda: real[0]() + leaped()
    time.time_ns = lambda: real[1]() + int(leaped() * 1e9)
"""
"""What Python reads when it starts, in every process of a studio: its clock leaps."""


def start(data: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    call = [sys.executable, *arguments]
    named = {**os.environ, "MOTION_FIRST_DATA": str(data), **environment}
    return subprocess.Popen(call, cwd=ROOT, env=named, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def ended(*processes: subprocess.Popen[str]) -> list[str]:
    """What they said, once each has ended well."""
    said = []
    for process in processes:
        out, complaints = process.communicate(timeout=300)
        assert process.returncode == 0, complaints
        assert "Traceback" not in complaints
        said.append(out)
    return said


def events(workspace: Workspace, job: str) -> list[str]:
    return [event.state for event in workspace.jobs.events(job=job) if event.kind == "state"]


def older(workspace: Workspace) -> int:
    """Make a folder's store one of an older studio, and say of which version."""
    workspace.store.close()
    steps = len(migrations.STEPS)
    with sqlite3.connect(workspace.settings.data / "studio.db") as store:
        store.execute("DELETE FROM migrations WHERE number = ?", (steps,))
        for statement in migrations.STEPS[-1].statements:
            words = statement.split()
            if words[:2] == ["CREATE", "TABLE"]:
                store.execute(f"DROP TABLE {words[2]}")
            elif words[3:5] == ["ADD", "COLUMN"]:
                store.execute(f"ALTER TABLE {words[2]} DROP COLUMN {words[5]}")
    store.close()
    return steps - 1


def test_an_old_store_that_several_studios_open_at_once_is_changed_once_and_kept(
    workspace: Workspace, picture: Path
) -> None:
    job = workspace.jobs.add(small_shot(workspace, picture)).id
    data, before = workspace.settings.data, older(workspace)
    ended(*(start(data, "-m", "studio", "jobs", "list") for _ in range(4)))
    with sqlite3.connect(data / "backups" / f"studio-{before}.db") as kept:
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert kept.execute("SELECT max(number) FROM migrations").fetchone() == (before,)
        assert kept.execute("SELECT id FROM jobs").fetchall() == [(job,)]
    kept.close()
    opened = Workspace.open(workspace.settings)
    assert opened.store.problems() == []
    assert [found.id for found in opened.jobs.list()] == [job]


def test_several_studios_begin_one_store(tmp_path: Path) -> None:
    ended(*(start(tmp_path / "data", "-m", "studio", "jobs", "list") for _ in range(4)))
    assert Workspace.open(Settings(data=tmp_path / "data")).store.problems() == []
    assert [path.name for path in (tmp_path / "data").glob(".*")] == []


@pytest.mark.parametrize(
    "leap", [pytest.param(DAY, id="forward"), pytest.param(-DAY, id="back", marks=pytest.mark.long)]
)
def test_two_studios_share_a_queue_though_their_clocks_leap(workspace: Workspace, picture: Path, leap: int) -> None:
    """One studio's clock leaps and the other's does not: each take is made once, and what is fresh stays."""
    data = workspace.settings.data
    kept = workspace.animate(small_shot(workspace, picture, seed=9), lambda _: None)
    jobs = [workspace.jobs.add(small_shot(workspace, picture, seed=seed)).id for seed in range(4)]
    hook = data.parent / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(textwrap.dedent(LEAPING), encoding="utf-8")
    limits = {"MOTION_FIRST_KEEP_TAKES_DAYS": "0.5", "MOTION_FIRST_KEEP_UNUSED_DAYS": "0.5"}
    work = ("-m", "studio", "jobs", "work", "--until-empty")
    ended(start(data, *work, LEAP=str(leap), PYTHONPATH=str(hook), **limits), start(data, *work, **limits))
    assert len(list(hook.glob("sitecustomize.py?*"))) >= 2  # the studio and its worker
    for job in jobs:
        assert events(workspace, job) == ["queued", "running", "done"]
        assert workspace.jobs.get(job).spent > 0
    assert {take.take.id for take in workspace.library.list()} == {kept.id, *jobs}
    assert all(Path(take.take.shot.still.path).is_file() for take in workspace.library.list())
    assert workspace.estimate(small_shot(workspace, picture, seed=10)).low >= 0
    assert workspace.store.problems() == []
