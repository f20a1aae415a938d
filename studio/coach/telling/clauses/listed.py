"""Nouns that only go on in a list behind a clause that was given its verb."""

from __future__ import annotations

from collections.abc import Sequence

from studio.coach.cues.clauses import Clause
from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.telling.clauses.retelling import Retold

__all__ = ["only_listed"]


def only_listed(clause: Clause, events: Sequence[Event], retold: Retold, before: Retold | None, parse: Parse) -> bool:
    """ "Gulls cry, | wind, | a distant bell": nouns of a list behind a clause that was given its verb."""
    words = parse.reading.words
    named = all(word.kind in {"DET", "ADJ", "NUM", "NOUN"} for word in words[clause.first : clause.last])
    comma = [word.text for word in words[clause.link : clause.first]] == [","]
    idle = not (events or clause.moves) and not retold.free
    return named and comma and idle and before is not None and before.changed
