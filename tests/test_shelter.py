"""A data folder that cannot be written is named, with what to do; nothing in it is touched, and the page coaches."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from studio import cli
from studio.settings import ROOT, Settings
from studio.shelter import find_refuge, unwritable
from studio.workspace import Workspace
from tests.conftest import textured
from tests.job_shots import small_shot
from tests.mounts import mountable, read_only, run_mounted
from tests.test_two_studios import older

needs_mounts = pytest.mark.skipif(bool(mountable()), reason=mountable())


@pytest.fixture
def kept(workspace: Workspace, picture: Path) -> Workspace:
    """A data folder with a take, in which a job waits, closed in good order."""
    workspace.animate(small_shot(workspace, picture), lambda _: None)
    workspace.jobs.add(small_shot(workspace, picture))
    workspace.store.close()
    return workspace


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def said(data: Path, *arguments: str) -> tuple[int, str]:
    """The exit status of a command and what it says of its data folder."""
    call = [sys.executable, "-m", "studio", *arguments]
    done = subprocess.run(
        call, env={**os.environ, "MOTION_FIRST_DATA": str(data)}, cwd=ROOT, capture_output=True, text=True, timeout=200
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr


def commands_refuse(data: Path) -> None:
    """Every command that needs to write names the folder and says what to do."""
    for command in ("jobs cancel 1", "takes star 1"):
        status, words = said(data, *command.split())
        assert status == 1, (command, words)
        assert str(data) in words
        assert "MOTION_FIRST_DATA" in words


def shown(data: Path, *arguments: str) -> str:
    """What a command prints that only looks, in this process."""
    told = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(told):
        patch.setenv("MOTION_FIRST_DATA", str(data))
        patch.setattr(sys, "argv", ["studio", *arguments])
        assert cli.run() == 0, arguments
    return told.getvalue()


def everything_is_shown(data: Path) -> None:
    """What only looks is answered as ever, and a clip can be copied out of the folder."""
    assert unwritable(data)
    assert "queued" in shown(data, "jobs", "list")
    assert "Queued." in shown(data, "jobs", "show", "1")
    (take,) = json.loads(shown(data, "takes", "list", "--json"))
    assert (take["number"], take["missing"]) == (1, False)
    assert "pushes in" in shown(data, "takes", "show", "1")
    out = data.with_name("out.mp4")
    shown(data, "takes", "export", "1", "-o", str(out))
    assert out.read_bytes() == Path(take["take"]["clip"]).read_bytes()


def page_takes_refuge(data: Path) -> None:
    """The page finds another folder, in which it can do all it does, and says so."""
    refuge = find_refuge(Settings(data=data))
    assert str(data) in refuge.trouble
    assert str(refuge.settings.data) in refuge.trouble
    workspace = Workspace.open(refuge.settings)
    workspace.jobs.add(small_shot(workspace, data.with_name("still.png")))
    assert workspace.review("Slow dolly-in. Steam rises.").timeline.beats


@needs_mounts
def test_a_folder_that_may_only_be_read_is_named(kept: Workspace) -> None:
    data = kept.settings.data
    before = contents(data)
    run_mounted(everything_is_shown, data, read_only(data))
    run_mounted(commands_refuse, data, read_only(data))
    run_mounted(page_takes_refuge, data, read_only(data))
    assert contents(data) == before


@needs_mounts
@pytest.mark.parametrize("index", [False, True], ids=["its log", "its log and index"])
def test_a_store_that_was_not_closed_is_looked_at_with_what_its_log_holds(
    workspace: Workspace, picture: Path, tmp_path: Path, index: bool
) -> None:
    workspace.animate(small_shot(workspace, picture), lambda _: None)
    workspace.jobs.add(small_shot(workspace, picture))
    copy = tmp_path / "copy"
    shutil.copytree(workspace.settings.data, copy)  # as it is found after a power cut
    assert (copy / "studio.db-wal").stat().st_size
    if not index:
        (copy / "studio.db-shm").unlink()
    before = contents(copy)
    run_mounted(everything_is_shown, copy, read_only(copy))
    assert contents(copy) == before


@needs_mounts
def test_an_older_store_is_looked_at_without_being_changed(kept: Workspace) -> None:
    data = kept.settings.data
    kept.library.list()
    older(kept)
    before = contents(data)
    run_mounted(everything_is_shown, data, read_only(data))
    assert contents(data) == before


@needs_mounts
def test_a_store_that_may_only_be_read_in_a_folder_that_can_be_written(kept: Workspace) -> None:
    data = kept.settings.data
    before = contents(data)["studio.db"]
    run_mounted(store_refuses, data, read_only(data / "studio.db"))
    assert contents(data)["studio.db"] == before


def store_refuses(data: Path) -> None:
    """What was written down can be read, and a change is refused in words."""
    everything_is_shown(data)
    status, words = said(data, "jobs", "cancel", "1")
    assert status == 1
    assert "studio.db" in words
    assert str(data) in words
    assert unwritable(data).startswith("studio.db")
    page_takes_refuge(data)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    textured().save(tmp_path / "file.png")
    data = tmp_path / "file" / "data"
    status, words = said(data, "takes")
    assert status == 1
    assert str(data) in words
    refuge = find_refuge(Settings(data=data))
    assert re.search(r"cannot be written: \S+/file/data \(Not a directory\)", refuge.trouble)


def test_a_public_page_does_not_tell_where_things_lie(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refuge = find_refuge(Settings(data=tmp_path / "file", host="0.0.0.0"))
    assert "cannot be written" in refuge.told
    assert str(tmp_path) not in refuge.told


def test_a_folder_that_can_be_written_needs_no_refuge(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "new")
    assert find_refuge(settings).settings == settings
    assert unwritable(tmp_path / "new") == ""
