"""A damaged store is set aside, and what can be read of it goes on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from studio.errors import StoreError
from studio.jobs.mend import mend_store
from studio.jobs.schema import measures
from studio.jobs.store import Store, tick
from studio.settings import Settings
from studio.workspace import Workspace
from tests.job_shots import small_shot, worker


def filled(tmp_path: Path, picture: Path) -> Workspace:
    workspace = Workspace.open(Settings(data=tmp_path / "data"))
    first = workspace.jobs.add(small_shot(workspace, picture))
    for start in range(0, 60, 20):
        workspace.jobs.sweep(first.id, range(start, start + 20))
    return workspace


def spoil(workspace: Workspace, first: int, step: int = 5) -> None:
    """Damage every fifth page from this one on, or those that are `step` apart."""
    workspace.store.close()
    file = workspace.settings.data / "studio.db"
    held = bytearray(file.read_bytes())
    for page in range(first, len(held) // 4096, step):
        held[page * 4096 : page * 4096 + 512] = os.urandom(512)
    file.write_bytes(held)


def test_a_whole_store_is_left_as_it_is(tmp_path: Path, picture: Path) -> None:
    workspace = filled(tmp_path, picture)
    before = workspace.jobs.list()
    assert "nothing was mended" in mend_store(workspace.settings)
    assert Workspace.open(workspace.settings).jobs.list() == before


@pytest.mark.parametrize("page", range(4, 9))
def test_what_can_be_read_goes_on_and_takes_are_found_again(tmp_path: Path, picture: Path, page: int) -> None:
    workspace = filled(tmp_path, picture)
    take = workspace.animate(small_shot(workspace, picture), lambda _: None)
    claimed = worker(workspace).claim("w1")
    assert claimed is not None
    spoil(workspace, page)
    with pytest.raises(StoreError, match="doctor --mend"):
        Store.open(workspace.settings.data)
    mend_store(workspace.settings)
    mended = Workspace.open(workspace.settings)
    assert mended.store.problems() == []
    assert [kept.take.id for kept in mended.library.list()] == [take.id]
    assert not [job for job in mended.jobs.list() if job.state == "running"]
    made = mended.jobs.add(small_shot(mended, picture))  # with numbers that were not given out before
    assert [event.job for event in mended.jobs.events()][-1] == made.id
    kept = list(workspace.settings.data.glob("studio-damaged-*.db"))
    assert len(kept) == 1


def test_what_an_older_studio_wrote_is_saved_too(tmp_path: Path, picture: Path) -> None:
    workspace = filled(tmp_path, picture)
    with workspace.store.writing() as connection:  # as the first studio left it
        connection.execute(text("ALTER TABLE jobs DROP COLUMN tier"))
        connection.execute(text("DELETE FROM migrations WHERE number > 1"))
        page = connection.execute(text("SELECT rootpage FROM sqlite_master WHERE name = 'workers'")).scalar_one()
    spoil(workspace, page - 1, step=1_000_000)  # of what is not saved, so that all the rest is counted
    assert "61 jobs" in mend_store(workspace.settings)
    assert len(Workspace.open(workspace.settings).jobs.list()) == 61


def test_a_store_elsewhere_has_its_own_backups(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="backups"):
        mend_store(Settings(data=tmp_path, store="postgresql+pg8000://x@127.0.0.1/x"))


@pytest.mark.parametrize("left", [0, 511, 4096, 0.99])
def test_a_store_that_was_cut_off_is_never_taken_for_a_new_one(tmp_path: Path, picture: Path, left: float) -> None:
    workspace = filled(tmp_path, picture)
    take = workspace.animate(small_shot(workspace, picture), lambda _: None)
    workspace.store.close()
    file = workspace.settings.data / "studio.db"
    held = file.read_bytes()
    file.write_bytes(held[: left if isinstance(left, int) else int(left * len(held))])
    cut = file.read_bytes()
    with pytest.raises(StoreError, match="doctor --mend"):
        Store.open(workspace.settings.data)
    assert file.read_bytes() == cut
    assert "kept as" in mend_store(workspace.settings)
    mended = Workspace.open(workspace.settings)
    assert mended.store.problems() == []
    assert [kept.take.id for kept in mended.library.list()] == [take.id]
    assert [path.read_bytes() for path in workspace.settings.data.glob("studio-damaged-*.db")] == [cut]


@pytest.mark.parametrize("emptied", [True, False], ids=["empty", "gone"])
def test_a_log_that_lost_its_store_is_kept_and_named(tmp_path: Path, picture: Path, emptied: bool) -> None:
    workspace = filled(tmp_path, picture)
    data = workspace.settings.data
    held = (data / "studio.db-wal").read_bytes()  # nobody has closed it
    assert held
    for name in ("studio.db", "studio.db-shm"):
        (data / name).unlink()
    if emptied:
        (data / "studio.db").touch()
    with pytest.raises(StoreError, match=r"its log studio\.db-wal is left"):
        Store.open(data)
    assert (data / "studio.db-wal").read_bytes() == held
    mend_store(workspace.settings)
    assert [path.read_bytes() for path in data.glob("studio-damaged-*.db-wal")] == [held]
    assert Store.open(data).problems() == []


def test_where_nothing_else_is_left_the_newest_backup_is_taken(tmp_path: Path, picture: Path) -> None:
    workspace = filled(tmp_path, picture)
    wanted = {job.id for job in workspace.jobs.list()}
    workspace.store.backup(9)
    workspace.store.backup(10)
    workspace.jobs.cancel("1")
    workspace.store.close()
    (workspace.settings.data / "studio.db").write_bytes(b"")
    os.utime(workspace.settings.data / "backups" / "studio-10.db", (0, 0))  # a clock that was wrong
    mend_store(workspace.settings)
    assert {job.id for job in Workspace.open(workspace.settings).jobs.list(["queued"])} == wanted


def test_what_takes_took_of_the_machine_is_saved_too(tmp_path: Path, picture: Path) -> None:
    workspace = filled(tmp_path, picture)
    of_gpu = {"engine": "e", "placement": "gpu", "work": 1, "steps": 4, "seconds": 2, "memory": 8}
    with workspace.store.writing() as connection:
        connection.execute(insert(measures).values(job="a", number=900, **of_gpu))
    spoil(workspace, 6)
    assert "measures" in mend_store(workspace.settings)
    with Workspace.open(workspace.settings).store.writing() as connection:
        assert connection.execute(select(measures.c.memory)).scalar_one() == 8
        assert tick(connection) > 900
