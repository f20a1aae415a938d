"""Who asks to be forgotten leaves nothing behind, and takes nothing of anybody else's along."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from studio.errors import JobError
from studio.jobs.make import keep_take
from studio.jobs.schema import metadata
from studio.shot import Control
from studio.workspace import Workspace
from tests.conftest import textured
from tests.job_shots import small_shot, wait_for, worker


def made(workspace: Workspace, owner: str, picture: Path) -> str:
    """A take of this person, as a worker makes it."""
    job = workspace.jobs.of(owner).add(small_shot(workspace, picture))
    name = f"worker of {job.id}"
    claims = worker(workspace, name)
    taken = claims.claim(name)
    assert taken is not None and taken.shot is not None
    claims.finish(
        name, keep_take(workspace.catalogue.get("sketch"), taken.shot, lambda _: None, workspace.takes, taken.id)
    )
    return job.id


def pictures(folder: Path, seeds: tuple[int, ...]) -> list[Path]:
    paths = [folder / f"{seed}.png" for seed in seeds]
    for seed, path in zip(seeds, paths, strict=True):
        textured(200, 150, seed).save(path)
    return paths


def test_everything_of_a_person_is_gone(workspace: Workspace, tmp_path: Path) -> None:
    own, shared = pictures(tmp_path, (1, 2))
    taken, kept = made(workspace, "ann", own), made(workspace, "ben", shared)
    workspace.library.remove(made(workspace, "ann", shared))
    workspace.jobs.of("ann").add(small_shot(workspace, own).but(prompt="a private wish"))
    digest = Path(workspace.add_still(own).path).name
    assert workspace.forget("ann") == 2
    assert [job.owner for job in workspace.jobs.list()] == ["ben"]
    assert [found.take.id for found in workspace.library.list()] == [kept]
    assert workspace.library.list(removed=True) == []
    assert not (workspace.takes / taken).exists()
    assert not (workspace.stills / digest).exists()
    assert len(list(workspace.stills.glob("*.png"))) == 1  # the one that ben used too
    with workspace.store.reading() as connection:
        for table in metadata.tables.values():
            for row in connection.execute(select(table)):
                assert not any(value == "ann" or "private wish" in str(value) for value in row)
    assert workspace.store.problems() == []


def test_what_is_being_made_stops_and_is_not_kept(workspace: Workspace, picture: Path) -> None:
    long = small_shot(workspace, picture, seconds=12.0, fps=24, width=480, height=320)
    job = workspace.jobs.of("ann").add(long)
    workspace.crew.start()
    try:
        wait_for(lambda: workspace.jobs.get(job.id).progress.stage == "decode")
        workspace.forget("ann")
        after = workspace.jobs.of("ben").add(small_shot(workspace, picture))
        wait_for(lambda: workspace.jobs.get(after.id).state == "done")
    finally:
        workspace.crew.stop()
    assert [path.name for path in workspace.takes.iterdir()] == [after.id]
    with pytest.raises(JobError):
        workspace.jobs.get(job.id)


def test_pictures_that_were_never_used_go_too_unless_somebody_else_has_them(
    workspace: Workspace, tmp_path: Path
) -> None:
    unused, queued, shown = (workspace.add_still(path) for path in pictures(tmp_path, (3, 4, 5)))
    workspace.belongings.add("ann", *(f"stills/{still.digest}.png" for still in (unused, queued, shown)))
    workspace.jobs.of("ben").add(small_shot(workspace, tmp_path / "4.png"))
    workspace.belongings.add("ben", f"stills/{shown.digest}.png")
    workspace.forget("ann")
    assert {path.stem for path in workspace.stills.glob("*.png")} == {queued.digest, shown.digest}
    assert not workspace.belongings.has("ann", f"stills/{shown.digest}.png")


def test_what_was_sent_and_never_opened_goes_too(workspace: Workspace) -> None:
    waiting = [workspace.settings.data / "incoming" / owner / "upload" for owner in ("ann", "ben")]
    for path in waiting:
        path.parent.mkdir(parents=True)
        path.write_bytes(b"x")
    workspace.forget("ann")
    assert [path.exists() for path in waiting] == [False, True]


def test_words_are_nowhere_on_the_disk_any_more(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture)
    workspace.jobs.of("ann").add(shot.but(prompt="a very private wish"))
    holding = [
        path for path in workspace.settings.data.rglob("*") if path.is_file() and b"private" in path.read_bytes()
    ]
    assert holding
    workspace.forget("ann")
    assert [path for path in holding if b"private" in path.read_bytes()] == []


def test_nobody_is_forgotten_twice(workspace: Workspace) -> None:
    assert workspace.forget("ann") == 0


def test_paintings_and_clips_that_a_shot_went_on_from_go_too(workspace: Workspace, tmp_path: Path) -> None:
    names = ("a" * 64 + ".png", "b" * 64 + ".png", "c" * 64 + ".mp4")
    own, shared, clip = (workspace.controls / name for name in names)
    for path in (own, shared, clip):
        path.write_bytes(b"x")
    shot = small_shot(workspace, pictures(tmp_path, (5,))[0])
    brush, before = Control(kind="motion_brush", path=str(shared)), Control(kind="previous_clip", path=str(clip))
    workspace.jobs.of("ann").add(shot.but(controls=(brush, before)))
    workspace.jobs.of("ben").add(shot.but(controls=(brush,)))
    workspace.belongings.add("ann", "controls/" + "a" * 64 + ".png")
    workspace.forget("ann")
    assert [path.name for path in workspace.controls.iterdir()] == [shared.name]


def test_copies_of_the_store_forget_too(workspace: Workspace, tmp_path: Path) -> None:
    data = workspace.settings.data
    own, other = pictures(tmp_path, (1, 2))
    workspace.jobs.of("ann").add(small_shot(workspace, own).but(prompt="a private wish"))
    workspace.jobs.of("ben").add(small_shot(workspace, other).but(prompt="to be kept"))
    workspace.store.backup(1)
    backup, aside = data / "backups" / "studio-1.db", data / "studio-damaged-0123.db"
    whole = backup.read_bytes()
    aside.write_bytes(whole[: len(whole) // 2])  # so torn that nothing can be deleted in it
    assert b"private wish" in whole
    workspace.forget("ann")
    left = backup.read_bytes()
    assert b"private wish" not in left and b"ann" not in left
    assert b"to be kept" in left
    assert not aside.exists()
