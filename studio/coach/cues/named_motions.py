"""Motions that are named without a verb: "subtle head tilt", "pasta rotation"; what the camera does is told apart."""

from __future__ import annotations

from functools import lru_cache

from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.vocabulary.load import Vocabulary
from studio.coach.vocabulary.phrases import Phrases

__all__ = ["named_motions"]

_NOMINAL = {"NOUN", "ADJ", "DET", "NUM"}


@lru_cache(maxsize=4)
def _moving(vocabulary: Vocabulary) -> Phrases[bool]:
    return Phrases([(phrase, True) for phrase in vocabulary.verbs.moving])


def named_motions(parse: Parse) -> tuple[tuple[int, int], ...]:
    """Each motion that is named as ``words[first:last]``, where it stands as a noun and no verb says it again."""
    words = parse.reading.words
    found = [
        (first, last)
        for first, last, _ in _moving(parse.vocabulary).find(parse.reading.lowers)
        if words[last - 1].kind == "NOUN" and not parse.masks.hides(words[first].start, words[first].end)
    ]
    said = {index for first, last in found for index in range(first, last)} | {event.verb for event in parse.events}
    return tuple(sorted([*found, *(_row(word, parse) for word in words if _is_named(word, parse, said))]))


def _is_named(word: Word, parse: Parse, said: set[int]) -> bool:
    """ "A gentle nod", "slight bounce", "arm swings": a motion of a body between two marks, and no verb with it."""
    if word.kind != "NOUN" or word.index in said or word.lower not in parse.vocabulary.sets["gestures"]:
        return False
    first, last = _row(word, parse)
    words = parse.reading.words
    before = words[first - 1] if first and words[first - 1].sentence == word.sentence else None
    after = words[last] if last < len(words) and words[last].sentence == word.sentence else None
    ends = after is None or after.kind in {"PUNCT", "CONJ"} or after.lower in {"of", "with"}
    apart = ends and (before is None or before.kind in {"PUNCT", "CONJ"})
    part = words[word.index - 1] if word.index > first else word
    if word.lower in parse.vocabulary.sets["limb_gestures"]:
        apart = apart and parse.vocabulary.noun_kinds.get(part.lower) == "body"  # "a hand wave", not "a wave"
    filmed = any(near.lower in parse.vocabulary.sets["filmed"] | {"handheld"} for near in words[first:last])
    unwanted = any(cue.span.start <= word.start < cue.span.end for cue in parse.labelled("negation", "not wanted"))
    described = last - first > 1
    return apart and described and not filmed and not unwanted and not parse.masks.hides(word.start, word.end)


def _row(word: Word, parse: Parse) -> tuple[int, int]:
    """The nouns and adjectives that end in a word."""
    words, first = parse.reading.words, word.index
    while first > 0 and words[first - 1].kind in _NOMINAL and words[first - 1].sentence == word.sentence:
        first -= 1
    return first, word.index + 1
