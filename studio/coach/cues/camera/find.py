"""Camera moves: a closed class, so words and a little grammar find them.

A camera reading needs the camera (or shot, view, lens) as its subject, or a camera phrase ("tracking shot"), or a
camera verb with a direction where a clause opens ("pan left"). "A pan on the stove" has none of these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from studio.coach.cues.camera.bare import find_bare, find_diagonals, find_ellipses, find_refused
from studio.coach.cues.camera.carriers import find_carried, find_labelled, find_opening
from studio.coach.cues.camera.chain import find_commanded, find_subjects
from studio.coach.cues.camera.flights import (
    find_filmed,
    find_first_person,
    find_full_circle,
    find_recorders,
    find_rushing,
    find_travel,
    find_wandering,
)
from studio.coach.cues.camera.grammar import Found, Grammar
from studio.coach.cues.camera.phrases import find_phrases, find_tagged
from studio.coach.cues.camera.search import Search
from studio.coach.cues.camera.shots import (
    find_continued,
    find_described,
    find_held,
    find_hurried,
    find_movement,
    find_performed,
)
from studio.coach.cues.camera.tidying import tidy, with_vertigo
from studio.coach.language.masks import Masks
from studio.coach.language.words import Reading
from studio.coach.vocabulary.load import Vocabulary

__all__ = ["FINDERS", "find_moves"]

FINDERS: tuple[Callable[[Search], None], ...] = (
    find_filmed,
    find_tagged,
    find_phrases,
    find_described,
    find_held,
    find_recorders,
    find_movement,
    find_hurried,
    find_full_circle,
    find_carried,
    find_commanded,
    find_performed,
    find_subjects,
    find_continued,
    find_bare,
    find_rushing,
    find_wandering,
    find_travel,
    find_opening,
    find_first_person,
    find_ellipses,
    find_diagonals,
    find_labelled,
    find_refused,
)
"""In this order: what says most is found first, and a word that is taken is not read again."""


def find_moves(
    reading: Reading, masks: Masks, negated: frozenset[int], vocabulary: Vocabulary
) -> tuple[list[Found], frozenset[int]]:
    """Every camera move asked for, in the order of the words, and the indices of all words that speak of the camera."""
    search = Search(reading, masks, negated, vocabulary)
    for finder in FINDERS:
        finder(search)
    found = sorted(search.found, key=lambda found: found.first)
    return with_vertigo(search, _order(search, tidy(search, found))), frozenset(search.taken)


def _order(grammar: Grammar, found: list[Found]) -> list[Found]:
    """In the order of time: "before pushing in, it pans left" pans first; "while" joins two moves."""
    ordered: list[Found] = []
    for place, said in enumerate(found):
        beside = place > 0 and bool(_between(grammar, found[place - 1], said) & grammar.vocabulary.sets["simultaneous"])
        move = replace(said, beside=beside)
        lead = _lead(grammar, ordered[-1]) if ordered else ""
        if ordered and (lead == "before" or "after" in _between(grammar, ordered[-1], move)) and not move.beside:
            ordered.insert(len(ordered) - 1, move)
        else:
            ordered.append(move)
    return ordered


def _between(grammar: Grammar, first: Found, second: Found) -> set[str]:
    """The words between two moves of one sentence; "after that" is no "after"."""
    words = grammar.words[first.last : second.first]
    if grammar.words[first.first].sentence != grammar.words[second.first].sentence:
        return set()
    lowers = {word.lower for word in words if word.lower != "as" or word.kind == "CONJ"}
    return lowers - {"after"} if lowers & {"that", "which", ",", ";", "and"} else lowers


def _lead(grammar: Grammar, found: Found) -> str:
    """The word that opens the sentence of a move, when the move stands right behind it."""
    start = grammar.reading.starts[grammar.words[found.first].sentence]
    return grammar.words[start].lower if found.first - start <= 1 else ""
