"""What a shot will cost here before it is queued: learned from what past jobs took on this very computer.

An engine that expects seconds of a plan knows what its camera and its effects cost, but not this computer: what is
learned is a factor on them. Of an engine that expects none, seconds are learned by the size of all frames. The first
take of a worker has its engine to load besides: what that costs is the engine's own figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from statistics import median, quantiles

from sqlalchemy import Connection, insert, select

from studio.engines.engine import Cost
from studio.errors import StudioError
from studio.jobs.queue import serving_order
from studio.jobs.records import LOCAL, Estimate, Job
from studio.jobs.schema import jobs, measures
from studio.jobs.store import Store, tick
from studio.shot import Plan, Shot, Take

__all__ = ["estimate", "learned", "measure", "outlook"]

_MEMORY = 60
"""Past jobs of an engine that are looked at: enough for a range, recent enough for a driver that was updated."""
_FEW = 3
_ALIKE = 3.0
"""Jobs of up to so many times the work, or as much less, tell most: what every job costs alike weighs on small ones."""
_UNSURE = 0.15
"""The share by which a memory that was measured once may differ; each further take halves what is left of it."""
_GUESS = (0.5, 1.0, 2.0)
"""Low, middle and high: how far the engine's own guess is trusted where nothing has been learned."""

Past = Sequence[tuple[float, float]]
"""(amount, seconds) of finished jobs, the amount in megapixels of all frames or in seconds expected."""
_Amount = tuple[float, float]
"""Of a job: megapixels of all frames, and the seconds that its engine expected; 0: none."""
_Done = Sequence[tuple[_Amount, float]]
"""(amount, seconds) of finished jobs."""


def estimate(store: Store, shot: Shot, plan: Plan, owner: str = LOCAL) -> Estimate:
    """Say what a shot will cost, with a range, and how long it will wait for others.

    Raises:
        StoreError: the store cannot be read.
    """
    work = _work(plan)
    with store.reading() as connection:
        past: Past = [(amount * steps, seconds) for amount, steps, seconds in _measured(connection, plan)]
        if len(past) >= _FEW:  # a draft takes fewer steps than its finish: told apart where that was measured
            work *= plan.steps
        else:
            past, work = _alike(_past(connection, shot.engine), (work, plan.estimate))
        before = _before(connection, owner)
        pasts = {engine: _past(connection, engine) for engine in {engine for engine, _ in before}}
        loading = plan.loading if _is_cold(connection, shot.engine) else 0.0
    wait = sum(_seconds(*_alike(pasts[engine], amount))[1] for engine, amount in before)
    if any(engine == shot.engine for engine, _ in before):  # who comes first waits for it
        wait, loading = wait + loading, 0.0
    known = len(past) if len(past) >= _FEW else 0
    low, middle, high = _seconds(past, work) if known else _guessed(plan)
    loading *= middle / plan.estimate if plan.estimate else 1.0  # a computer loads, too, as much slower as it works
    return Estimate(
        seconds=middle + loading, low=low + loading, high=high + loading, wait=wait, ahead=len(before), learned=known,
        loading=loading,
    )  # fmt: skip


def measure(connection: Connection, take: Take) -> None:
    """Write down what a take of an open model took of this machine, inside the caller's transaction."""
    if not take.memory or connection.execute(select(measures.c.job).where(measures.c.job == take.id)).first():
        return
    seconds = take.timings.get("total", 0.0) - take.timings.get("plan", 0.0)
    connection.execute(
        insert(measures).values(
            job=take.id, number=tick(connection), engine=take.plan.engine, placement=take.placement,
            work=_work(take.plan), steps=take.plan.steps, seconds=seconds, memory=take.memory,
        )
    )  # fmt: skip


def learned(store: Store, plan: Plan, cost: Cost) -> Cost:
    """The memory that a plan takes, by what takes of its kind took here; the engine's own figures where there are none.

    Those of about this size count, whose weights lay as they would now. The range is that of what was measured, and a
    share more, which narrows with each take.

    Raises:
        StoreError: the store cannot be read.
    """
    work, place = measures.c.work, (measures.c.engine == plan.engine) & (measures.c.placement == cost.placement)
    alike = work.between(_work(plan) / _ALIKE, _work(plan) * _ALIKE)
    query = select(measures.c.memory).where(place, alike).order_by(measures.c.number.desc()).limit(_MEMORY)
    with store.reading() as connection:
        found = list(connection.execute(query).scalars())
    if not found:
        return cost
    share = _UNSURE / 2 ** (len(found) - 1)
    low, high = min(found) * (1 - share), max(found) * (1 + share)
    return cost.but(memory=(round(low, 1), round(high, 1)), learned=len(found))


def outlook(store: Store, mine: Iterable[Job], plan: Callable[[Shot], Plan]) -> dict[str, Estimate]:
    """Say of these jobs, as far as they wait or are being made, what each still costs and when it can begin.

    Args:
        plan: gives the engine's own guess where nothing has been learned.

    Raises:
        StoreError: the store cannot be read.
    """
    asked = {job.id: job for job in mine if not job.over}
    if not asked:
        return {}
    query = select(jobs.c.id, jobs.c.engine, jobs.c.work, jobs.c.expected).where(
        jobs.c.state.in_(("running", "queued"))
    )
    with store.reading() as connection:
        rows = {row.id: row for row in connection.execute(query)}
        order = serving_order(connection)
        engines = {row.engine for row in rows.values()}
        pasts = {engine: _past(connection, engine) for engine in engines}
        cold = {engine for engine in engines if _is_cold(connection, engine)}
    alike = {row.id: _alike(pasts[row.engine], (row.work, row.expected)) for row in rows.values()}
    found, wait = {}, 0.0
    for ahead, identity in enumerate([*(one for one in rows if one not in order), *order]):
        past, work = alike[identity]
        job, cost, learned, engine = asked.get(identity), _seconds(past, work), len(past), rows[identity].engine
        if job and job.shot and (learned < _FEW or engine in cold):
            with suppress(StudioError):  # its engine may be gone by now
                guess = plan(job.shot)
                if learned < _FEW:
                    cost = _guessed(guess)
                if engine in cold:
                    low, middle, high = cost
                    cost = low + guess.loading, middle + guess.loading, high + guess.loading
        cold.discard(engine)  # only the first has to load it
        low, middle, high = (max(0.0, seconds - (job.progress.elapsed if job else 0.0)) for seconds in cost)
        if job:
            known = learned if learned >= _FEW else 0
            running = job.state == "running"
            found[identity] = Estimate(
                seconds=middle, low=low, high=high, wait=0.0 if running else wait, ahead=0 if running else ahead,
                learned=known,
            )  # fmt: skip
        wait += middle
    return found


def _work(plan: Plan) -> float:
    return plan.frames * plan.width * plan.height / 1e6


def _is_cold(connection: Connection, engine: str) -> bool:
    """Whether the engine must be loaded first: no worker that lives has made a take with it."""
    held = (jobs.c.engine == engine) & (jobs.c.state == "done") & jobs.c.worker.is_not(None)
    return connection.execute(select(jobs.c.id).where(held).limit(1)).first() is None


def _measured(connection: Connection, plan: Plan) -> Sequence[tuple[float, int, float]]:
    """(megapixels of all frames, steps, seconds) of what was measured of an engine."""
    if not plan.steps:
        return []
    kept = (measures.c.engine == plan.engine) & (measures.c.steps > 0) & (measures.c.seconds > 0)
    query = select(measures.c.work, measures.c.steps, measures.c.seconds).where(kept)
    rows = connection.execute(query.order_by(measures.c.number.desc()).limit(_MEMORY))
    return [(row.work, row.steps, row.seconds) for row in rows]


def _past(connection: Connection, engine: str) -> _Done:
    once = jobs.c.attempts == 1  # what broke off and went on tells nothing of an ordinary take
    done = (jobs.c.state == "done") & once & (jobs.c.engine == engine) & (jobs.c.work > 0) & (jobs.c.spent > 0)
    query = select(jobs.c.work, jobs.c.expected, jobs.c.spent).where(done).order_by(jobs.c.number.desc())
    return [((row.work, row.expected), row.spent) for row in connection.execute(query.limit(_MEMORY))]


def _alike(past: _Done, amount: _Amount) -> tuple[Past, float]:
    """What tells most of a job of this amount, and the amount in its terms: seconds expected where they are known."""
    work, expected = amount
    foretold = [(seconds, spent) for (_, seconds), spent in past if seconds > 0]
    if expected > 0 and len(foretold) >= _FEW:
        return foretold, expected
    return [(millions, spent) for (millions, _), spent in past], work


def _before(connection: Connection, owner: str) -> list[tuple[str, _Amount]]:
    """(engine, amount) of what is made before a job that this person would queue now: people take turns."""
    query = select(jobs.c.owner, jobs.c.state, jobs.c.engine, jobs.c.work, jobs.c.expected).order_by(jobs.c.place)
    rows = connection.execute(query.where(jobs.c.state.in_(("running", "queued")))).all()
    turn = sum(row.owner == owner and row.state == "queued" for row in rows)
    taken: dict[str, int] = {}
    before = []
    for row in rows:
        nth = taken.get(row.owner, 0)
        if row.state == "running" or nth <= turn:
            before.append((row.engine, (row.work, row.expected)))
        if row.state == "queued":
            taken[row.owner] = nth + 1
    return before


def _guessed(plan: Plan) -> tuple[float, float, float]:
    """Low, middle and high seconds by the engine's own figures."""
    low, middle, high = (plan.estimate * share for share in _GUESS)
    return low, middle, high


def _seconds(past: Past, work: float) -> tuple[float, float, float]:
    """Low, middle and high seconds of so much work: eight of ten past jobs lay between the outer two."""
    alike = [(amount, spent) for amount, spent in past if work / _ALIKE <= amount <= work * _ALIKE]
    rates = [spent / amount for amount, spent in (alike if len(alike) >= _FEW else past)]
    if len(rates) < 2:
        return (rates[0] * work,) * 3 if rates else (0.0, 0.0, 0.0)
    tenths = quantiles(rates, n=10, method="inclusive")
    return tenths[0] * work, median(rates) * work, tenths[-1] * work
