"""Clauses that hang on each other by commas alone: "the boy runs, the dog follow, they stop"."""

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
_LINKS = {"that", "which", "who", "whose", "where", "if", "because", "what", "how", "so", "though", "although", "like"}
_ORDERS = {"do", "don't", "no", "not", "only", "then"}


def splices(parse: Parse, *, foreign: bool) -> Iterator[Edit]:
    """An edit for each comma between two whole clauses, which makes a full stop of it.

    One who is `foreign` to English grammar splices participles, too; others are believed where a link holds the row.
    """
    words = parse.reading.words
    doing = {word.index for word in words if foreign and word.kind == "VERB" and word.form == "ing"}
    links = parse.vocabulary.sets["telling_binding"] | _LINKS
    linked = frozenset() if foreign else {word.sentence for word in words if _joins(word, parse)}
    whole = False  # whether somebody has done something since the last full stop
    held, owed = False, 0  # whether the words hang on a link; how many links still wait for their verb
    for word in words:
        if word.index == parse.reading.starts[word.sentence]:
            whole, held, owed = False, False, 0
        if word.sentence in linked:
            continue
        held = held and (word.text != "," or owed > 0)
        if word.text == "," and whole and not held and _opens_a_clause(word, parse, foreign=foreign):
            yield Edit(start=word.start, end=word.end, replacement=".")
            whole = False
        acts = _is_finite(word, parse) or word.index in doing or (foreign and _films(word, parse))
        whole = whole or (acts and not held)
        bound = not foreign and word.lower in links
        held, owed = held or bound, max(0, owed + bound - acts)


def _joins(word: Word, parse: Parse) -> bool:
    """Whether an "and" joins a clause to those before it: "waves crash, gulls cry, and the wind howls"."""
    before = parse.reading.words[word.index - 1] if word.index else None
    return word.lower in {"and", "but", "or"} and before is not None and before.text == ","


def _is_finite(word: Word, parse: Parse) -> bool:
    finite = word.kind == "AUX" or (word.kind == "VERB" and word.form in _FINITE)
    return finite and not parse.masks.hides(word.start, word.end)


def _films(word: Word, parse: Parse) -> bool:
    return any(found.first <= word.index < found.last for found in parse.moves)


def _commands_the_camera(near: list[Word], parse: Parse) -> bool:
    """ "A bird flies out, zoom back": what the camera is to do, behind what happens."""
    verb = next((word for word in near if word.kind != "ADV"), near[0])
    opens = any(found.first in {near[0].index, verb.index} for found in parse.moves)
    return opens and verb.kind == "VERB" and verb.form == "base"


def _waits_for_its_noun(comma: Word, parse: Parse) -> bool:
    """ "Into long, | colourful ribbons": a preposition and a quality before the comma lead to what stands behind it."""
    led, quality = ([None, None, *parse.reading.words[: comma.index]])[-2:]
    if led is None or quality is None or led.kind != "PREP" or led.sentence != comma.sentence:
        return False
    return quality.kind == "ADJ" or quality.lower in {"fast", "slow"}


def _opens_a_clause(comma: Word, parse: Parse, *, foreign: bool) -> bool:
    """Whether a subject and its verb, or a command of what must not be, stand right behind a comma."""
    near = [
        w for w in parse.reading.words[comma.index + 1 : comma.index + 1 + _FURTHEST] if w.sentence == comma.sentence
    ]
    if not near or near[0].lower in _LINKS or _waits_for_its_noun(comma, parse):
        return False
    if _commands_the_camera(near, parse):
        return True
    if near[0].lower == "do" and len(near) > 1 and near[1].kind == "NOT":
        return True
    if not foreign and near[0].lower == "then":
        return False
    place = 1 if near[0].lower in _ORDERS else 0
    named = False
    for word in near[place:]:
        if word.kind == "PRON" and not named and word.lower in _SOMEBODY:
            named = True
        elif word.kind in _PHRASE or (word.kind == "ADV" and named):
            named = named or word.kind == "NOUN"
        elif word.lower == "and" and named and not foreign:
            named = False  # "hair and cloak flow"
        else:
            return named and (_is_finite(word, parse) or (foreign and _films(word, parse)))
    return False
