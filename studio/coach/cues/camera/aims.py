"""Where a move of the camera leads: its side, its depth, how high it looks."""

from __future__ import annotations

from studio.coach.cues.camera.grammar import SIDES, Grammar
from studio.coach.language.words import Word
from studio.shot import Direction

__all__ = ["direction", "focused", "lowered"]

_REACH = 5  # how many words after a move may hold its direction; "slowly" and "a" are not counted
_SHIFT = 14  # how many words after "focus shifts" may say from where to where
_ENDS = {
    "from": True,
    "off": True,
    "to": False,
    "onto": False,
    "on": False,
    "into": False,
    "toward": False,
    "towards": False,
}
_BACK: dict[Direction | None, Direction] = {"in": "out", "out": "in", "left": "right", "right": "left"}


def lowered(grammar: Grammar, last: int) -> bool:
    """ "Tilts from her face to her boots": what stands higher comes first, so the camera looks down."""
    heights: list[int] = []
    for word in grammar.same(grammar.words[last - 1], last, last + _SHIFT):
        if word.kind == "VERB" or word.lower in {"up", "upward", "upwards"}:
            break
        height = grammar.tables.heights.get(word.lower, grammar.tables.heights.get(word.lemma))
        if height is not None:
            heights.append(height)
    from_it = last < len(grammar.words) and grammar.words[last].lower == "from"
    return from_it and len(heights) > 1 and heights[0] < heights[1]


def direction(grammar: Grammar, start: int, last: int) -> Direction | None:
    """The side that a move goes to: said in ``words[start:last]``, or close behind."""
    end, left = last, _REACH
    while end < len(grammar.words) and left and grammar.words[end].kind not in {"PUNCT", "VERB", "CONJ"}:
        left -= grammar.words[end].kind not in {"ADV", "DET", "NUM"}
        end += 1
    for place, name in grammar.directions(start, end):
        if name in SIDES and (place < last or name not in {"in", "out", "up", "down"}):
            return SIDES[name]
    return None


def focused(grammar: Grammar, last: int) -> Direction | None:
    """ "From the cup to the window behind it": out to the far, in to the near, or to a side of the picture."""
    heard: dict[bool, Direction] = {}
    source = False
    for word in grammar.same(grammar.words[last - 1], last, last + _SHIFT):
        if word.kind == "VERB" and word.form != "attributive":
            break
        if word.kind == "PREP" and word.lower in _ENDS:
            source = _ENDS[word.lower]
        side = _depth(grammar, word)
        if side and (source not in heard or word.lower in grammar.sets["far"] | grammar.sets["near"]):
            heard[source] = side
    if False in heard:
        return heard[False]
    return _BACK.get(heard.get(True))


def _depth(grammar: Grammar, word: Word) -> Direction | None:
    """Whether a word names what is far, what is near, or a side."""
    if word.lower in grammar.sets["far"]:
        return "out"
    kind = grammar.vocabulary.noun_kinds.get(word.lower)
    if word.lower in grammar.sets["near"] or (word.kind == "NOUN" and kind in {"person", "animal", "body"}):
        return "in"
    return SIDES.get(word.lower) if word.lower in {"left", "right"} else None
