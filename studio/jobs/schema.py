"""The tables of the store, as queries speak of them; ``migrations`` is what makes them.

Times are told for people only. What came first is told by numbers from the one row of ``clock``, so that a clock that
jumps changes nothing.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Integer, MetaData, Table, Text

__all__ = [
    "acknowledgements",
    "aside",
    "belongings",
    "clock",
    "events",
    "jobs",
    "measures",
    "metadata",
    "secrets",
    "sessions",
    "shots",
    "takes",
    "workers",
]

metadata = MetaData()

clock = Table("clock", metadata, Column("value", BigInteger, nullable=False))
"""One row that every writing transaction raises: numbers are given out in the order of the commits."""

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("created", Text, nullable=False),
    Column("served", BigInteger, nullable=False),  # the number at which a worker last took a job of this person
)

shots = Table(
    "shots",
    metadata,
    Column("id", Text, primary_key=True),  # SHA-256 of the record
    Column("record", Text, nullable=False),
)

workers = Table(
    "workers",
    metadata,
    Column("id", Text, primary_key=True),  # a new one for every process
    Column("host", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("beat", BigInteger, nullable=False),  # raised while it lives; only that it changes counts
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", BigInteger, nullable=False, unique=True),
    Column("shot", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("worker", Text),
    Column("cancelling", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("progress", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("work", Double, nullable=False),  # megapixels of all frames
    Column("spent", Double, nullable=False),  # seconds of work in all attempts
    Column("origin", Text, nullable=False),  # the job that this one repeats
    Column("created", Text, nullable=False),
    Column("tier", Integer, nullable=False),  # how many tiers of memory its next attempt begins below the best
    Column("expected", Double, nullable=False),  # seconds, by its engine's own figures; 0: it has none
)

measures = Table(
    "measures",
    metadata,
    Column("job", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),  # the later the higher
    Column("engine", Text, nullable=False),
    Column("placement", Text, nullable=False),
    Column("work", Double, nullable=False),  # megapixels of all frames
    Column("steps", Integer, nullable=False),
    Column("seconds", Double, nullable=False),  # without fetching and loading
    Column("memory", Double, nullable=False),  # gigabytes
)
"""What takes of open models took of this machine; kept when the take goes."""

takes = Table(
    "takes",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", BigInteger, nullable=False, unique=True),
    Column("owner", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("starred", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("removed", BigInteger),  # the number at which it went to the trash
)

events = Table(
    "events",
    metadata,
    Column("number", BigInteger, primary_key=True),
    Column("job", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
)

aside = Table(
    "aside",
    metadata,
    Column("number", BigInteger, primary_key=True),
    Column("source", Text, nullable=False),  # the table that the row stood in
    Column("held", Text, nullable=False),  # what it held, as JSON
    Column("why", Text, nullable=False),
)
"""Rows that made no sense, kept as they were found."""

belongings = Table(
    "belongings",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("file", Text, primary_key=True),  # as it lies in the data folder: "stills/<digest>.png"
)

acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("engine", Text, primary_key=True),
    Column("terms", Text, primary_key=True),  # SHA-256 of what was agreed to
    Column("revision", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("at", Text, nullable=False),
)

secrets = Table("secrets", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
