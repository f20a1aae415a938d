"""A take is kept whole or not at all, and once."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from studio.engines.engine import Event
from studio.errors import Cancelled, MediaError
from studio.jobs import make
from studio.jobs.make import clear_scratch, keep_take, kept_take, make_take
from studio.media import clips, provenance
from studio.media.clips import probe
from studio.workspace import Workspace
from tests.job_shots import small_shot

IDENTITY = "a" * 22


def left(workspace: Workspace) -> list[str]:
    """Every file of the data folder that is not a still."""
    return sorted(
        str(path.relative_to(workspace.settings.data))
        for path in workspace.settings.data.rglob("*")
        if path.is_file() and path.parent.name != "stills"
    )


def test_a_kept_take_has_its_three_files(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture)
    take = keep_take(workspace.catalogue.get("sketch"), shot, lambda _: None, workspace.takes, IDENTITY)
    assert left(workspace) == [f"takes/{IDENTITY}/{name}" for name in ("clip.mp4", "poster.jpg", "take.json")]
    assert probe(Path(take.clip)).frames == take.plan.frames
    found = kept_take(workspace.takes, IDENTITY)
    assert found is not None and found.but(shot=shot) == take


def test_the_same_take_is_not_made_twice(workspace: Workspace, picture: Path) -> None:
    shot, heard = small_shot(workspace, picture), []
    engine = workspace.catalogue.get("sketch")
    first = keep_take(engine, shot, lambda _: None, workspace.takes, IDENTITY)
    assert keep_take(engine, shot, heard.append, workspace.takes, IDENTITY) == first
    assert heard == []


@pytest.mark.parametrize("at", range(1, 14, 3))
def test_a_take_that_is_broken_off_leaves_nothing(workspace: Workspace, picture: Path, at: int) -> None:
    heard: list[Event] = []

    def stop(event: Event) -> None:
        heard.append(event)
        if len(heard) == at:
            raise Cancelled

    with pytest.raises(Cancelled):
        keep_take(workspace.catalogue.get("sketch"), small_shot(workspace, picture), stop, workspace.takes, IDENTITY)
    assert left(workspace) == []


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (Path, "mkdir"),
        (Path, "rename"),
        (Path, "replace"),
        (Path, "write_text"),
        (clips, "_remux"),
        (clips.Image.Image, "save"),
        (make.os, "fsync"),
    ],
)
def test_a_disk_that_is_full_at_any_write_leaves_nothing(
    workspace: Workspace, picture: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str
) -> None:
    shot, takes = small_shot(workspace, picture), workspace.takes
    engine = workspace.catalogue.get("sketch")
    with monkeypatch.context() as broken:
        broken.setattr(owner, name, full)
        with pytest.raises(MediaError, match="space"):
            keep_take(engine, shot, lambda _: None, takes, IDENTITY)
    assert left(workspace) == []
    assert keep_take(engine, shot, lambda _: None, takes, IDENTITY).id == IDENTITY


def test_a_clip_asked_for_elsewhere_has_no_poster(workspace: Workspace, picture: Path, tmp_path: Path) -> None:
    clip = tmp_path / "out.mp4"
    take = make_take(workspace.catalogue.get("sketch"), small_shot(workspace, picture), lambda _: None, clip)
    assert provenance.read_take(clip).id == take.id
    assert take.poster == ""


def test_only_the_scratch_of_the_named_takes_is_removed(workspace: Workspace) -> None:
    for name in ("a.1", "a.2", "b.1"):
        (workspace.settings.data / "scratch" / name).mkdir(parents=True)
    clear_scratch(workspace.takes, {"a"})
    assert [path.name for path in (workspace.settings.data / "scratch").iterdir()] == ["b.1"]
