"""A row that makes no sense is set aside and named; every other one is as it was, and the studio works."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from studio.doctor import examine
from studio.jobs.aside import read_aside, senseless
from studio.jobs.belongings import signing_key
from studio.jobs.cleaning import survey
from studio.jobs.schema import acknowledgements, events, measures, metadata
from studio.jobs.store import tick
from studio.settings import Settings
from studio.workspace import Workspace
from tests.conftest import textured
from tests.job_shots import small_shot, worker

COLUMNS = [
    (table.name, column.name)
    for table in metadata.sorted_tables
    if table.name not in ("aside", "clock")
    for column in table.columns
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a take, jobs in several states, a worker and what happened to them."""
    folder = tmp_path_factory.mktemp("filled")
    textured().save(folder / "still.png")
    workspace = Workspace.open(Settings(data=folder / "data"))
    shots = [small_shot(workspace, folder / "still.png", seed=seed) for seed in range(3)]
    workspace.animate(shots[2], lambda _: None)
    for owner, shot in zip(("ann", "ben"), shots, strict=False):
        workspace.jobs.of(owner).add(shot)
    workspace.jobs.of("ann").add(shots[2])
    claims = worker(workspace)
    taken = claims.claim("w1")
    assert taken is not None
    claims.end("w1", taken.id, "failed", "It broke.")
    claims.claim("w1")
    workspace.library.list()
    workspace.belongings.add("ann", "stills/a.png")
    signing_key(workspace.store)
    with workspace.store.writing() as connection:
        values = {"engine": "wan", "terms": "t", "revision": "r", "owner": "ann", "at": "today"}
        connection.execute(insert(acknowledgements).values(values))
        took = {"job": "j", "number": 1, "engine": "wan", "placement": "p", "work": 1.0, "steps": 4}
        connection.execute(insert(measures).values({**took, "seconds": 2.0, "memory": 3.0}))
    workspace.store.close()
    return folder / "data"


def spoil(filled: Path, tmp_path: Path, change: str, *values: object) -> Workspace:
    """The filled folder, with a change that no studio makes."""
    shutil.copytree(filled, tmp_path / "data")
    with closing(sqlite3.connect(tmp_path / "data" / "studio.db")) as raw:
        raw.execute("PRAGMA ignore_check_constraints=ON")
        raw.execute(change, values)
        raw.commit()
    return Workspace.open(Settings(data=tmp_path / "data"))


def works(workspace: Workspace) -> None:
    """Whatever was damaged: everything can be asked, a new job is queued and taken up, the file is whole."""
    assert workspace.store.problems() == []
    for job in workspace.jobs.list():
        assert workspace.jobs.get(job.id) == job
        workspace.jobs.events(job=job.id)
    assert len(workspace.library.list()) == 1
    assert len(signing_key(workspace.store)) == 32
    workspace.belongings.add("ann", "stills/b.png")
    assert "stills/b.png" in workspace.belongings.of("ann")
    survey(workspace.store, workspace.settings)
    first = next(job.shot for job in workspace.jobs.list() if job.shot)
    made = workspace.jobs.of("cem").add(first)
    claims = worker(workspace, "w9")
    claims.bury(["w1"], "It died.")
    taken = set()
    while (job := claims.claim("w9")) is not None:
        claims.end("w9", job.id, "failed", "It broke.")
        taken.add(job.id)
    assert made.id in taken
    assert not workspace.jobs.list(["running", "queued"])
    for owner in ("ann", "ben", "cem"):
        workspace.forget(owner)


WRONG = (b"\xff\xfe", "no such thing", -3.5)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [(*column, WRONG[index % 3]) for index, column in enumerate(COLUMNS)],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_whatever_one_value_became_the_rest_goes_on(
    filled: Path, tmp_path: Path, table: str, column: str, value: object
) -> None:
    row = f"rowid = (SELECT min(rowid) FROM {table})"
    works(spoil(filled, tmp_path, f"UPDATE {table} SET {column} = ? WHERE {row}", value))


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM clock",
        "INSERT INTO clock VALUES (7)",
        "UPDATE clock SET value = 'late'",
        "UPDATE clock SET value = 0",
        "DELETE FROM sessions",
        "DELETE FROM workers",
        "DELETE FROM shots WHERE rowid = 1",
        "UPDATE shots SET record = '{\"half of a'",
        "UPDATE jobs SET state = 'sleeping'",
        "UPDATE jobs SET spent = 9e999",
        "UPDATE jobs SET progress = 'x', reason = 3",
        "DELETE FROM takes",
    ],
)
def test_rows_that_do_not_fit_each_other_are_made_to_fit(filled: Path, tmp_path: Path, change: str) -> None:
    workspace = spoil(filled, tmp_path, change)
    assert workspace.store.problems() == []
    assert len(workspace.library.list()) == 1
    with workspace.store.writing() as connection:
        number = tick(connection)
        assert number > connection.execute(select(func.max(events.c.number))).scalar_one()
    told = [job for job in workspace.jobs.list() if job.shot is None]
    assert all("record" in job.reason for job in told)


def test_what_was_set_aside_is_kept_and_named(filled: Path, tmp_path: Path) -> None:
    workspace = spoil(filled, tmp_path, "UPDATE jobs SET state = 'sleeping' WHERE number = 2")
    before = workspace.jobs.get("2")
    assert (before.state, "damaged" in before.reason) == ("interrupted", True)
    assert workspace.jobs.retry("2").state == "queued"
    with workspace.store.reading() as connection:
        (row,) = read_aside(connection)
    assert row.source == "jobs"
    assert json.loads(row.held)["state"] == "sleeping"
    store = next(check for check in examine(workspace.settings) if check.name == "store")
    assert store.state == "note"
    assert "jobs (no value for state)" in store.found


def test_a_take_whose_records_are_all_unreadable_is_named(filled: Path, tmp_path: Path) -> None:
    workspace = spoil(filled, tmp_path, "UPDATE takes SET record = '{}'")
    (kept,) = workspace.library.list()  # its own folder still tells it
    (workspace.takes / kept.take.id / "take.json").write_text("{}")
    assert workspace.library.list() == []
    assert workspace.library.unreadable() == [kept.take.id]
    takes = next(check for check in examine(workspace.settings) if check.name == "takes")
    assert kept.take.id in takes.found


def test_a_row_that_is_whole_is_left_alone(filled: Path, tmp_path: Path) -> None:
    workspace = spoil(filled, tmp_path, "UPDATE jobs SET spent = spent")
    with workspace.store.reading() as connection:
        assert not senseless(connection)
        assert read_aside(connection) == []


def test_what_was_set_aside_is_forgotten_with_its_owner(filled: Path, tmp_path: Path) -> None:
    workspace = spoil(filled, tmp_path, "UPDATE jobs SET state = 'sleeping'")
    workspace.forget("ann")
    with workspace.store.reading() as connection:
        left = [json.loads(row.held)["owner"] for row in read_aside(connection)]
    assert left == ["ben"]
