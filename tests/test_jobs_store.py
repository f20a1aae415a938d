"""The store: opened, checked, brought up to date, and never silent about what is wrong with it."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from studio.errors import StoreError
from studio.jobs import migrations
from studio.jobs.schema import clock, metadata
from studio.jobs.store import Store, tick
from studio.settings import Settings
from studio.workspace import Workspace
from tests.job_shots import small_shot, worker


def test_the_tables_are_those_that_queries_speak_of(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with store.reading() as connection:
        made = inspect(connection)
        for table in metadata.tables.values():
            columns = {column["name"]: column["nullable"] for column in made.get_columns(table.name)}
            assert set(columns) == {column.name for column in table.columns}
        assert migrations.version(connection) == len(migrations.STEPS)


def test_numbers_rise_by_one_whoever_asks(tmp_path: Path) -> None:
    store, numbers = Store.open(tmp_path), []

    def ask() -> None:
        for _ in range(10):
            with store.writing() as connection:
                numbers.append(tick(connection))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 41))


def test_a_block_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with pytest.raises(RuntimeError), store.writing() as connection:
        tick(connection)
        raise RuntimeError
    with store.reading() as connection:
        assert connection.execute(select(clock.c.value)).scalar_one() == 0


def test_a_store_that_is_opened_again_keeps_everything(tmp_path: Path) -> None:
    with Store.open(tmp_path).writing() as connection:
        tick(connection)
    with Store.open(tmp_path).writing() as connection:
        assert tick(connection) == 2


def test_an_older_store_is_kept_before_it_is_changed(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with store.writing() as connection:
        tick(connection)
    steps = (*migrations.STEPS, migrations.Step("more", ("ALTER TABLE jobs ADD COLUMN more TEXT",)))
    with store.writing() as connection:
        migrations.migrate(connection, store.backup, steps)
    kept = sqlite3.connect(tmp_path / "backups" / f"studio-{len(migrations.STEPS)}.db")
    assert kept.execute("SELECT value FROM clock").fetchone() == (1,)
    assert "more" not in [row[1] for row in kept.execute("PRAGMA table_info(jobs)")]
    with store.reading() as connection:
        assert migrations.version(connection) == len(steps)


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    steps = (*migrations.STEPS, migrations.Step("bad", ("ALTER TABLE jobs ADD COLUMN more TEXT", "NO SUCH WORDS")))
    with pytest.raises(StoreError), store.writing() as connection:
        migrations.migrate(connection, store.backup, steps)
    with store.reading() as connection:
        assert migrations.version(connection) == len(migrations.STEPS)
        assert "more" not in [column["name"] for column in inspect(connection).get_columns("jobs")]


def test_a_store_of_a_newer_studio_is_left_alone(tmp_path: Path) -> None:
    with Store.open(tmp_path).writing() as connection:
        connection.execute(text("INSERT INTO migrations VALUES (9999, 'from tomorrow')"))
    with pytest.raises(StoreError, match="newer Motion First"):
        Store.open(tmp_path)


@pytest.mark.parametrize("damage", ["all", "middle"])
def test_a_damaged_store_says_so_and_what_to_do(tmp_path: Path, damage: str) -> None:
    store = Store.open(tmp_path)
    with store.writing() as connection:
        connection.execute(text("INSERT INTO sessions VALUES ('x', 'now', 0)"))
    store.close()
    file = tmp_path / "studio.db"
    held = bytearray(file.read_bytes())
    start = 0 if damage == "all" else 4096
    held[start : start + 3000] = os.urandom(3000)
    file.write_bytes(held)
    with pytest.raises(StoreError, match="doctor --mend"):
        Store.open(tmp_path)


def test_a_store_that_was_removed_is_missed_and_not_begun_anew(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    for name in ("studio.db", "studio.db-wal", "studio.db-shm"):
        (tmp_path / name).rename(tmp_path / f"away-{name}")
    with pytest.raises(StoreError, match="gone"), store.writing() as connection:
        tick(connection)
    assert not (tmp_path / "studio.db").exists()
    for name in ("studio.db", "studio.db-wal", "studio.db-shm"):
        (tmp_path / f"away-{name}").rename(tmp_path / name)
    with store.writing() as connection:
        assert tick(connection) == 1


def test_a_store_that_was_exchanged_is_written_from_then_on(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "data")
    with store.writing() as connection:
        tick(connection)
    (tmp_path / "data").rename(tmp_path / "old")
    other = Store.open(tmp_path / "data")
    with store.writing() as connection:
        assert tick(connection) == 1
    with other.writing() as connection:
        assert tick(connection) == 2


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with store.writing() as connection:
        tick(connection)
    with pytest.raises(StoreError, match="Free some space"), store.writing() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count={pages}"))
        for number in range(1000):
            connection.execute(
                text("INSERT INTO shots VALUES (:id, :record)"), {"id": str(number), "record": "x" * 999}
            )
    assert store.problems() == []
    again = Store.open(tmp_path)
    with again.writing() as connection:
        assert tick(connection) == 2


def test_a_data_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    with pytest.raises(StoreError, match="MOTION_FIRST_DATA"):
        Store.open(tmp_path / "data")


def test_a_store_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    store = Store.open(tmp_path)
    with pytest.raises(StoreError, match="can be written"), store.writing() as connection:
        connection.execute(text("PRAGMA query_only=ON"))
        tick(connection)


def test_a_store_that_may_be_written_again_is_written_again(tmp_path: Path) -> None:
    """SQLite keeps a file that it had to open for reading as it is; no connection may stay so for good."""
    store = Store.open(tmp_path)
    with pytest.raises(StoreError), store.writing() as connection:
        connection.execute(text("PRAGMA query_only=ON"))
        tick(connection)
    with store.writing() as connection:
        assert tick(connection) == 1


@pytest.mark.parametrize("url", ["nonsense", "oracle9://x/y", "postgresql+nodriver://x/y"])
def test_a_url_that_opens_nothing_is_said(tmp_path: Path, url: str) -> None:
    with pytest.raises(StoreError, match="MOTION_FIRST_STORE"):
        Store.open(tmp_path, url)


def test_errors_do_not_tell_what_people_wrote(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with pytest.raises(StoreError) as caught, store.writing() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:secret)"), {"secret": "my private prompt"})
    assert "private" not in str(caught.value)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A PostgreSQL of the test's own on loopback; it refuses to run as root."""
    if not (shutil.which("initdb") and shutil.which("pg_ctl")):
        pytest.skip("needs PostgreSQL's initdb and pg_ctl")
    user = "nobody" if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if user:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user, cwd="/")
    run(["initdb", "-D", folder / "db", "-A", "trust", "-U", "studio"])
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
    run(["pg_ctl", "-D", folder / "db", "-w", "-l", folder / "log", "-o", options, "start"])
    yield f"postgresql+pg8000://studio@127.0.0.1:{port}/postgres"
    run(["pg_ctl", "-D", folder / "db", "-m", "immediate", "stop"])
    shutil.rmtree(folder, ignore_errors=True)


def test_the_same_store_opens_on_postgresql(tmp_path: Path, postgres: str) -> None:
    with Store.open(tmp_path, postgres).writing() as connection:
        assert tick(connection) == 1
    with Store.open(tmp_path, postgres).writing() as connection:
        assert tick(connection) == 2


def test_jobs_live_on_postgresql_as_they_do_on_sqlite(tmp_path: Path, picture: Path, postgres: str) -> None:
    workspace = Workspace.open(Settings(data=tmp_path / "data", store=postgres))
    first, second = (workspace.jobs.of("ann").add(small_shot(workspace, picture, seed=seed)) for seed in (1, 2))
    workspace.jobs.reorder(second.id, before=first.id)
    claims = worker(workspace)
    taken = claims.claim("w1")
    assert taken is not None and taken.id == second.id
    claims.end("w1", second.id, "failed", "It broke.")
    assert workspace.jobs.get(second.id).reason == "It broke."
    assert [event.state for event in workspace.jobs.events(job=second.id)] == ["queued", "queued", "running", "failed"]
