"""States change in one place, only as allowed, and each change is written down."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.errors import JobError
from studio.jobs.records import STATES, State
from studio.jobs.states import LAWFUL, change, note
from studio.workspace import Workspace
from tests.job_shots import small_shot

WAYS: dict[State, tuple[State, ...]] = {
    "queued": (),
    "running": ("running",),
    "done": ("running", "done"),
    "failed": ("running", "failed"),
    "cancelled": ("cancelled",),
    "interrupted": ("running", "interrupted"),
}


def job_in(workspace: Workspace, picture: Path, state: State) -> str:
    job = workspace.jobs.add(small_shot(workspace, picture))
    for step in WAYS[state]:
        with workspace.store.writing() as connection:
            change(connection, job.id, step)
    return job.id


def test_every_state_has_its_ways() -> None:
    assert set(LAWFUL) == set(STATES)
    assert LAWFUL["done"] == frozenset()


@pytest.mark.parametrize("to", STATES)
@pytest.mark.parametrize("state", STATES)
def test_only_lawful_changes_happen(workspace: Workspace, picture: Path, state: State, to: State) -> None:
    job = job_in(workspace, picture, state)
    before = workspace.jobs.events()
    with workspace.store.writing() as connection:
        if to in LAWFUL[state]:
            change(connection, job, to, reason="because")
        else:
            with pytest.raises(JobError, match="cannot become"):
                change(connection, job, to)
    found = workspace.jobs.get(job)
    told = workspace.jobs.events(before[-1].number)
    if to in LAWFUL[state]:
        assert (found.state, found.reason) == (to, "because")
        assert [(event.kind, event.state, event.text) for event in told] == [("state", to, "because")]
    else:
        assert found.state == state
        assert told == []


def test_a_job_that_is_not_there_is_told(workspace: Workspace) -> None:
    for ask in (lambda c: change(c, "none", "running"), lambda c: note(c, "none", "note")):
        with pytest.raises(JobError, match="in the store"), workspace.store.writing() as connection:
            ask(connection)


def test_another_workers_job_cannot_be_changed(workspace: Workspace, picture: Path) -> None:
    job = job_in(workspace, picture, "running")
    with pytest.raises(JobError), workspace.store.writing() as connection:
        change(connection, job, "done", held_by="somebody else")


def test_order_does_not_hang_on_the_clock(workspace: Workspace, picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter(["2040-01-01T00:00:00", "1970-01-01T00:00:00", "2026-01-01T00:00:00"])
    job = workspace.jobs.add(small_shot(workspace, picture))
    monkeypatch.setattr("studio.jobs.states.now", lambda: next(times))
    for step in ("running", "interrupted", "queued"):
        with workspace.store.writing() as connection:
            change(connection, job.id, step)
    told = workspace.jobs.events()
    assert [event.state for event in told] == ["queued", "running", "interrupted", "queued"]
    assert [event.number for event in told] == sorted(event.number for event in told)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STATES), max_size=12))
def test_events_tell_the_whole_way_of_a_job(workspace: Workspace, picture: Path, steps: list[State]) -> None:
    job = workspace.jobs.add(small_shot(workspace, picture)).id
    way: list[State] = ["queued"]
    for step in steps:
        try:
            with workspace.store.writing() as connection:
                change(connection, job, step)
            way.append(step)
        except JobError:
            assert step not in LAWFUL[way[-1]]
    assert [event.state for event in workspace.jobs.events(job=job)] == way
    assert workspace.jobs.get(job).state == way[-1]
    if way[-1] == "queued":
        workspace.jobs.cancel(job)
