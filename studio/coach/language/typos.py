"""Reads a slip of the keyboard as the word that was meant: "camrea", "slwoly".

Only words that no English dictionary holds are looked at, and only one edit is undone (Damerau 1964: four slips in five
are one letter missing, added, replaced or swapped with its neighbour).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from string import ascii_lowercase

from studio.coach.language.model import Model
from studio.coach.vocabulary.load import Vocabulary
from studio.coach.vocabulary.phrases import split_phrase

__all__ = ["Speller"]

_SHORTEST, _LONGEST = 4, 16
_SHORT = 5  # letters below which a missing or added letter makes another word
_SURE = 7  # letters from which one wrong letter makes no other word
_CAMERA, _MOTION, _THING = 3, 2, 1


class Speller:
    """Knows the words that may be meant, those of the camera first.

    Args:
        vocabulary: the words that may be meant.
        model: its dictionary says which spellings are words already.
    """

    def __init__(self, vocabulary: Vocabulary, model: Model) -> None:
        self._is_english = model.is_english
        self._known = vocabulary.function_words | vocabulary.adjectives | frozenset().union(*vocabulary.sets.values())
        looks = (
            *vocabulary.light.stylised,
            *vocabulary.light.look,
            *vocabulary.style.art,
            *vocabulary.appearance.quality,
        )
        self._known |= frozenset(word for phrase in looks for word in split_phrase(phrase))
        ranks = dict.fromkeys(vocabulary.noun_kinds, _THING)
        ranks |= dict.fromkeys(vocabulary.verb_forms, _MOTION)
        ranks |= dict.fromkeys((word for word in vocabulary.grammar.adverbs if word.isalpha()), _MOTION)
        ranks |= dict.fromkeys((word for word in vocabulary.magnitude.level_1 if word.isalpha()), _MOTION)
        ranks |= dict.fromkeys((word for word in vocabulary.magnitude.level_3 if word.isalpha()), _MOTION)
        camera = {word for move in vocabulary.camera.move for phrase in move.phrases for word in phrase.split()}
        camera |= {form for move in vocabulary.camera.move for verb in move.verbs for form in verb.split()}
        camera |= set(vocabulary.camera.subjects)
        ranks |= dict.fromkeys((word for word in camera if word.isalpha()), _CAMERA)
        self._ranks = {word: rank for word, rank in ranks.items() if len(word) >= _SHORTEST}
        self.correct = lru_cache(maxsize=8192)(self._correct)

    def meant(self, lower: str, written: str, first: bool) -> str:
        """The word in lower case that was meant by a spelling; a name inside a sentence is what it is."""
        if not first and written.istitle():
            return lower
        return self.correct(lower) if lower.isascii() and lower.isalpha() else lower

    def _correct(self, word: str) -> str:
        if not _SHORTEST - 1 <= len(word) <= _LONGEST:
            return word
        if word.endswith("ys") and word[-3] not in "aeiou" and word[:-2] + "ies" in self._ranks:
            return word[:-2] + "ies"  # "the camera dollys in", "a gull flys"
        if word in self._ranks or word in self._known or self._is_english(word):
            return word
        lowest = _THING if len(word) >= _SHORTEST else _CAMERA
        found = {near for near in _one_edit(word) if self._ranks.get(near, 0) >= lowest and self._certain(word, near)}
        return max(sorted(found), key=lambda near: self._likeness(word, near)) if found else word

    def _certain(self, word: str, near: str) -> bool:
        """Whether it can only be a slip.

        A letter in the place of another makes another word ("ramen" is no raven): undone in long words of camera and
        motion alone. A short name of a thing is known by swapped or doubled letters.
        """
        if sorted(word) == sorted(near) or _single(word) == _single(near):
            return True
        if word[0] != near[0] or len(word) < _SHORT or (self._ranks[near] == _THING and len(word) < _SURE):
            return False
        return len(word) != len(near) or (len(word) >= _SURE and self._ranks[near] > _THING)

    def _likeness(self, word: str, near: str) -> tuple[bool, bool, int]:
        """Swapped or doubled letters are the surest slips; the first letter is seldom wrong."""
        return sorted(word) == sorted(near) or _single(word) == _single(near), word[0] == near[0], self._ranks[near]


def _single(word: str) -> str:
    """The word with every doubled letter once."""
    return re.sub(r"(.)\1", r"\1", word)


def _one_edit(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
