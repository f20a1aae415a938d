"""What happened to jobs that ended long ago and left no take fades: the log of a busy studio would only grow.

A job stays, with its state and its reason. Of one whose take is kept, in the trash too, everything stays. Ages are what
really went by, as for files (``ages``).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select

from studio.jobs.ages import read_ages
from studio.jobs.schema import events, jobs, takes
from studio.jobs.store import Store, tick
from studio.settings import Settings

__all__ = ["fade", "faded"]

_DAY = 86_400.0
_AT_ONCE = 500
"""Jobs whose log goes in one statement: databases take so many names at least."""
_ENDED = ("done", "failed", "cancelled", "interrupted")


def faded(store: Store, settings: Settings) -> dict[str, int]:
    """The jobs whose log would go now, each with how many entries it has.

    Those go that ended more than ``keep_unused_days`` ago, 0 meaning never, without a take that is still kept.

    Raises:
        StoreError: the store cannot be read.
    """
    ages = read_ages(settings.data)
    if not settings.keep_unused_days or ages is None or not ages.certain:
        return {}
    ended = jobs.c.state.in_(_ENDED) & jobs.c.id.not_in(select(takes.c.id))
    query = select(events.c.job, func.count().label("many"), func.max(events.c.at).label("last"))
    with store.reading() as connection:
        rows = connection.execute(query.join(jobs, jobs.c.id == events.c.job).where(ended).group_by(events.c.job)).all()
    limit = settings.keep_unused_days * _DAY
    return {row.job: row.many for row in rows if (at := _seconds(row.last)) and ages.age(at) > limit}


def fade(store: Store, settings: Settings) -> int:
    """Remove the log of those jobs, and say how many entries went.

    Raises:
        StoreError: the store cannot be written.
    """
    old, gone = list(faded(store, settings)), 0
    for first in range(0, len(old), _AT_ONCE):
        with store.writing() as connection:
            tick(connection)  # first: from here on nobody else writes, and no job of these can be queued again
            still = jobs.c.state.in_(_ENDED) & jobs.c.id.not_in(select(takes.c.id))
            mine = select(jobs.c.id).where(still & jobs.c.id.in_(old[first : first + _AT_ONCE]))
            gone += connection.execute(delete(events).where(events.c.job.in_(mine))).rowcount
    return gone


def _seconds(at: str) -> float:
    """Seconds since 1970; 0 for what is no time."""
    try:
        return datetime.fromisoformat(at).timestamp()
    except ValueError:
        return 0.0
