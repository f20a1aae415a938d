"""Clauses that a writer of another grammar hangs on each other by commas: "the boy runs, the dog follow, they stop"."""

from __future__ import annotations

from collections.abc import Iterator

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word

__all__ = ["splices"]

_FINITE = {"s", "base", "preterite"}
_PHRASE = {"DET", "ADJ", "NUM", "NOUN"}
_FURTHEST = 8  # words from a comma to the verb of its clause
_SOMEBODY = {"he", "she", "it", "they", "we", "i", "everybody", "everyone", "somebody", "someone"}
_ORDERS = {"do", "don't", "no", "not", "only", "then"}


def splices(parse: Parse) -> Iterator[Edit]:
    """An edit for each comma between two whole clauses, which makes a full stop of it."""
    words = parse.reading.words
    doing = {word.index for word in words if word.kind == "VERB" and word.form == "ing"}
    whole = False  # whether somebody has done something since the last full stop
    for word in words:
        if word.index == parse.reading.starts[word.sentence]:
            whole = False
        if word.text == "," and whole and _opens_a_clause(word, parse):
            yield Edit(start=word.start, end=word.end, replacement=".")
            whole = False
        whole = whole or _is_finite(word, parse) or word.index in doing


def _is_finite(word: Word, parse: Parse) -> bool:
    if parse.masks.hides(word.start, word.end):
        return False
    moving = any(found.first <= word.index < found.last for found in parse.moves)
    return word.kind == "AUX" or moving or (word.kind == "VERB" and word.form in _FINITE)


def _opens_a_clause(comma: Word, parse: Parse) -> bool:
    """Whether a subject and its verb, or a command of what must not be, stand right behind a comma."""
    near = [
        w for w in parse.reading.words[comma.index + 1 : comma.index + 1 + _FURTHEST] if w.sentence == comma.sentence
    ]
    if not near:
        return False
    if near[0].lower == "do" and len(near) > 1 and near[1].kind == "NOT":
        return True
    place = 1 if near[0].lower in _ORDERS else 0
    named = False
    for word in near[place:]:
        if word.kind == "PRON" and not named and word.lower in _SOMEBODY:
            named = True
        elif word.kind in _PHRASE or (word.kind == "ADV" and named):
            named = named or word.kind == "NOUN"
        else:
            return named and _is_finite(word, parse)
    return False
