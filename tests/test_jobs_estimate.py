"""The cost of a shot is learned from what past jobs took here, with a range, and tells who is before it."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from studio.engines.engine import Cost
from studio.jobs.estimate import _seconds, estimate, learned, measure, outlook
from studio.jobs.schema import jobs, workers
from studio.shot import Beat, Plan, Shot, Still, Take, Timeline
from studio.workspace import Workspace
from tests.job_shots import small_shot

STILL = Still(path="", digest="0" * 64, width=96, height=64)


def finished(
    workspace: Workspace, picture: Path, work: float, spent: float, attempts: int = 1, expected: float | None = None
) -> None:
    """A job in the store that took so long, as if a worker had made it."""
    job = workspace.jobs.add(small_shot(workspace, picture))
    with workspace.store.writing() as connection:
        found = connection.execute(select(jobs).where(jobs.c.id == job.id)).one()
        expected = found.expected * work / found.work if expected is None else expected
        values = {"state": "done", "work": work, "spent": spent, "attempts": attempts, "expected": expected}
        if not connection.execute(select(workers.c.id)).first():
            connection.execute(insert(workers).values(id="alive", host="here", device="cpu", pid=1, beat=0))
        values["worker"] = "alive"
        connection.execute(update(jobs).where(jobs.c.id == job.id).values(values))


def test_without_a_past_the_engines_own_guess_is_told(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture)
    cost, plan = workspace.estimate(shot), workspace.plan(shot)
    assert (cost.seconds, cost.loading) == (plan.estimate + plan.loading, plan.loading)  # nothing is loaded yet
    assert (cost.learned, cost.ahead, cost.wait) == (0, 0, 0.0)
    assert cost.low <= cost.seconds <= cost.high


def test_what_past_jobs_took_is_learned(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture)
    plan = workspace.plan(shot)
    work = plan.frames * plan.width * plan.height / 1e6
    for rate in (9.0, 10.0, 11.0):
        finished(workspace, picture, work, rate * work)
    cost = workspace.estimate(shot)
    assert cost.learned == 3
    assert cost.seconds == pytest.approx(10 * work)
    assert 9 * work <= cost.low < cost.seconds < cost.high <= 11 * work


def test_the_first_take_of_a_worker_has_the_engine_to_load(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture)
    plan = workspace.plan(shot)
    first, second = (workspace.jobs.add(shot) for _ in range(2))
    waiting = outlook(workspace.store, [first, second], workspace.plan)
    assert waiting[first.id].seconds == pytest.approx(plan.estimate + plan.loading)
    assert waiting[second.id].seconds == pytest.approx(plan.estimate)
    behind = workspace.estimate(shot)
    assert (behind.seconds, behind.loading) == (plan.estimate, 0.0)  # whoever comes first loads it
    finished(workspace, picture, 1.0, 1.0)
    assert outlook(workspace.store, [first], workspace.plan)[first.id].seconds == pytest.approx(plan.estimate)
    with workspace.store.writing() as connection:
        connection.execute(update(jobs).values(state="done", worker=None, spent=0.0))  # its worker ended
    assert workspace.estimate(shot).loading == plan.loading > 3


def raining(shot: Shot) -> Shot:
    """The same in the rain: as many pixels, more work."""
    beat = Beat(layer="scene", start=0, end=shot.seconds, text="Rain falls.")
    return shot.but(timeline=Timeline(seconds=shot.seconds, beats=(*shot.timeline.beats, beat)))


def test_what_is_learned_is_how_much_longer_than_expected_this_computer_takes(
    workspace: Workspace, picture: Path
) -> None:
    calm = small_shot(workspace, picture).but(width=640, height=480)
    rain = raining(calm)
    assert workspace.plan(rain).estimate > 1.2 * workspace.plan(calm).estimate
    for _ in range(3):
        finished(workspace, picture, 1.0, 4 * workspace.plan(calm).estimate, expected=workspace.plan(calm).estimate)
    for shot in (calm, rain):
        cost = workspace.estimate(shot)
        assert (cost.seconds, cost.learned) == (pytest.approx(4 * workspace.plan(shot).estimate), 3)
    job = workspace.jobs.add(rain)
    assert workspace.estimate(calm).wait == pytest.approx(4 * workspace.plan(rain).estimate)
    waiting = outlook(workspace.store, [job], workspace.plan)[job.id]
    assert waiting.seconds == pytest.approx(4 * workspace.plan(rain).estimate)


def test_jobs_from_before_expectations_were_kept_still_teach(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture)
    plan = workspace.plan(shot)
    work = plan.frames * plan.width * plan.height / 1e6
    for _ in range(3):
        finished(workspace, picture, work, 7 * work, expected=0.0)
    assert workspace.estimate(shot).seconds == pytest.approx(7 * work)


def measured(workspace: Workspace, plan: Plan, seconds: float, memory: float, placement: str = "full") -> None:
    """A take of an open model that a worker of this machine made."""
    shot = Shot(still=STILL, timeline=Timeline(seconds=1.0), seconds=1.0)
    take = Take(
        id=str(uuid.uuid4()), clip="", shot=shot, plan=plan, created="", studio="",
        timings={"total": seconds + 60, "plan": 60}, memory=memory, placement=placement,
    )  # fmt: skip
    with workspace.store.writing() as connection:
        measure(connection, take)
        measure(connection, take)  # a worker may say it twice


def test_memory_is_learned_from_takes_that_lay_alike_and_its_range_narrows(workspace: Workspace) -> None:
    plan = Plan(engine="wan_2_2_ti2v_5b", width=640, height=480, frames=81, fps=24, seconds=3.4, steps=50)
    guess = Cost(memory=(20.0, 30.0), placement="full")
    assert learned(workspace.store, plan, guess) == guess
    measured(workspace, plan, 100, 18.0)
    measured(workspace, plan, 100, 9.0, "group_offload")
    measured(workspace, plan.but(frames=5), 10, 12.0)
    once = learned(workspace.store, plan, guess)
    assert (once.memory, once.learned) == ((15.3, 20.7), 1)
    for memory in (18.2, 17.9, 18.1):
        measured(workspace, plan, 100, memory)
    found = learned(workspace.store, plan, guess)
    assert found.learned == 4
    assert 17.5 < found.memory[0] < 17.9 < 18.2 < found.memory[1] < 18.6
    assert learned(workspace.store, plan, guess.but(placement="group_offload")).memory[1] < 11


def test_a_draft_of_fewer_steps_is_not_taken_for_its_finish(workspace: Workspace) -> None:
    plan = Plan(engine="wan_2_2_ti2v_5b", width=640, height=480, frames=81, fps=24, seconds=3.4, steps=50)
    shot = Shot(still=STILL, timeline=Timeline(seconds=1.0), seconds=1.0, engine=plan.engine)
    for _ in range(3):
        measured(workspace, plan.but(steps=10), 20, 18.0)
    cost = estimate(workspace.store, shot, plan)
    assert (cost.seconds, cost.learned) == (pytest.approx(100), 3)


def test_jobs_that_broke_off_and_went_on_teach_nothing(workspace: Workspace, picture: Path) -> None:
    for _ in range(3):
        finished(workspace, picture, 1.0, 100.0, attempts=2)
    assert workspace.estimate(small_shot(workspace, picture)).learned == 0


def test_jobs_of_another_size_count_only_where_there_are_no_others(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture)
    plan = workspace.plan(shot)
    work = plan.frames * plan.width * plan.height / 1e6
    for _ in range(3):
        finished(workspace, picture, work * 100, work * 100)
    assert workspace.estimate(shot).seconds == pytest.approx(work)
    for _ in range(3):
        finished(workspace, picture, work, 5 * work)
    assert workspace.estimate(shot).seconds == pytest.approx(5 * work)


def test_those_who_come_before_are_counted_as_people_take_turns(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture)
    for _ in range(4):
        workspace.jobs.of("ann").add(shot)
    assert workspace.estimate(shot, "ben").ahead == 1
    assert workspace.estimate(shot, "ann").ahead == 4
    workspace.jobs.of("ben").add(shot)
    assert workspace.estimate(shot, "ben").ahead == 3


@settings(deadline=None, max_examples=50)
@given(
    past=st.lists(st.tuples(st.floats(0.01, 1e4), st.floats(0.01, 1e4)), max_size=12),
    work=st.floats(0.01, 1e4),
)
def test_a_range_holds_its_middle(past: list[tuple[float, float]], work: float) -> None:
    low, middle, high = _seconds(past, work)
    assert 0 <= low <= middle * (1 + 1e-9) <= high * (1 + 1e-9) ** 2


def test_every_waiting_job_knows_when_it_begins(workspace: Workspace, picture: Path) -> None:
    shot = small_shot(workspace, picture)
    plan = workspace.plan(shot)
    work = plan.frames * plan.width * plan.height / 1e6
    for _ in range(3):
        finished(workspace, picture, work, 10.0 * work)
    first, second = (workspace.jobs.of("ann").add(small_shot(workspace, picture, seed=seed)) for seed in (1, 2))
    workspace.jobs.of("bob").add(shot)
    told = outlook(workspace.store, [first, second], workspace.plan)
    assert set(told) == {first.id, second.id}
    assert (told[first.id].ahead, told[second.id].ahead) == (0, 2)
    assert told[first.id].wait == 0.0
    assert told[second.id].wait == pytest.approx(20.0 * work)
    assert told[second.id].seconds == pytest.approx(10.0 * work)
