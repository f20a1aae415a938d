"""What a camera move opens on and arrives at: "pans right, starting on a door and ending at the well"; a stillness
that a move contradicts."""

from __future__ import annotations

from dataclasses import replace

from studio.coach.cues.clauses import Clause
from studio.coach.cues.parse import Parse
from studio.coach.telling.wording.draft import Bit, Draft, said

__all__ = ["agreed", "leads_the_view", "with_view"]

_VERBS = {
    "starting", "beginning", "opening", "ending", "finishing", "landing", "settling", "stopping", "arriving", "resting",
    "concluding", "closing", "coming", "pausing",
}  # fmt: skip
_ON = {"on", "at", "with", "from", "in", "to", "upon", "over"}


def leads_the_view(clause: Clause, parse: Parse) -> bool:
    """Whether a clause says where a move of its sentence opens or arrives."""
    words = parse.reading.words
    first = next((word for word in words[clause.first : clause.last] if word.kind != "ADV"), None)
    if first is None or first.lower not in _VERBS or clause.moves or clause.events:
        return False
    behind = words[first.index + 1] if first.index + 1 < clause.last else None
    filmed = any(found.first < first.index and words[found.first].sentence == first.sentence for found in parse.moves)
    return filmed and behind is not None and behind.lower in _ON


def with_view(draft: Draft, clause: Clause, parse: Parse) -> Draft:
    """The sentence of a move with where it opens or arrives behind it."""
    link = said(parse.reading, clause.link, clause.first) or (Bit(",", filler=True),)
    return (*draft, *link, *said(parse.reading, clause.first, clause.last))


def agreed(clauses: tuple[Clause, ...], parse: Parse) -> tuple[Clause, ...]:
    """Without the stillness of "a static shot ... as the camera zooms in", where nothing says that it comes first."""
    words = parse.reading.words
    ordered = any(word.lower in parse.vocabulary.sets["sequence"] for word in words)
    if ordered or all(found.move == "static" for found in parse.moves):
        return clauses
    still = {found.first for found in parse.moves if found.move == "static" and words[found.first].kind == "ADJ"}
    return tuple(replace(c, moves=tuple(found for found in c.moves if found.first not in still)) for c in clauses)
