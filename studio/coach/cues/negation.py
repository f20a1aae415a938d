"""What a negation takes back: "no camera movement", "does not zoom", "without moving"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from studio.coach.language.words import Reading, Word
from studio.coach.vocabulary.load import Vocabulary
from studio.coach.vocabulary.phrases import Phrases

__all__ = ["negated_words", "negations"]

_REACH = 8
_ACTING = {"he", "she", "they", "it", "i", "we", "you"}
_LONGEST = 80  # words of a sentence that only lists what is not wanted


@dataclass(frozen=True)
class _Tables:
    words: frozenset[str]
    stops: frozenset[str]
    exceptions: frozenset[str]
    idle: Phrases[bool]


@lru_cache(maxsize=4)
def _tables(vocabulary: Vocabulary) -> _Tables:
    lists = vocabulary.negation
    idle = Phrases([(phrase, True) for phrase in lists.idle])
    return _Tables(frozenset(lists.words), frozenset(lists.stops), frozenset(lists.exceptions), idle)


def negations(reading: Reading, vocabulary: Vocabulary) -> list[tuple[Word, tuple[int, ...]]]:
    """Every negation with the indices of the words in its scope: to the end of the clause, at most eight words."""
    found: list[tuple[Word, tuple[int, ...]]] = []
    tables = _tables(vocabulary)
    for word in reading.words:
        rather = word.lower == "instead" and reading.lowers[word.index + 1 : word.index + 2] == ("of",)
        if not (rather or word.lower in tables.words) or _idle(word, tables.idle, reading.lowers):
            continue
        if not _excepted(reading, word, tables):
            found.append((word, tuple(_scope(reading, word, tables))))
    return found


def negated_words(reading: Reading, vocabulary: Vocabulary) -> frozenset[int]:
    """The indices of all words inside some negation's scope."""
    return frozenset(index for _, scope in negations(reading, vocabulary) for index in scope)


def _idle(word: Word, idle: Phrases[bool], lowers: tuple[str, ...]) -> bool:
    """ "No longer", "not only", "never-ending", "with no one inside" negate no motion of the clause."""
    starts = range(max(0, word.index - 1), word.index + 1)
    hits = ((place, idle.at(lowers, place)) for place in starts)
    return any(hit is not None and hit[0] > word.index for _, hit in hits)


def _excepted(reading: Reading, word: Word, tables: _Tables) -> bool:
    """ "Nothing moves except the flag": something does."""
    if word.lower not in {"nothing", "none"}:
        return False
    rest = reading.words[word.index + 1 : word.index + 1 + _REACH]
    return any(near.lower in tables.exceptions and near.sentence == word.sentence for near in rest)


def _lists(reading: Reading, comma: Word) -> bool:
    """ "No captions, subtitles, or text": a comma inside a list that ends in "or"."""
    ahead = reading.words[comma.index + 1 : comma.index + 6]
    return comma.text == "," and any(w.lower in {"or", "nor"} and w.sentence == comma.sentence for w in ahead)


def _opens(reading: Reading, word: Word) -> bool:
    """ "Avoid blur, warped hands, text": a wish that a whole sentence lists."""
    start = reading.starts[word.sentence]
    first = reading.words[start]
    return (word.index == start and word.lower in {"avoid", "exclude"}) or (
        first.lower in {"do", "don't"} and word.index <= start + 1 and word.lower in {"not", "n't", "don't"}
    )


def _sentence(reading: Reading, word: Word, tables: _Tables) -> list[int]:
    """The rest of the sentence, to a word that ends a negation."""
    rest: list[int] = []
    for near in reading.words[word.index + 1 : word.index + 1 + _LONGEST]:
        after = reading.lowers[near.index + 1 : near.index + 2]
        turns = near.text == "," and bool(_ACTING.intersection(after))  # "don't let her run, she walks"
        if turns or near.sentence != word.sentence or near.lower in tables.stops or near.text in {":", ";", "–", "—"}:
            break
        rest.append(near.index)
    return rest


def _scope(reading: Reading, word: Word, tables: _Tables) -> list[int]:
    indices: list[int] = []
    if _opens(reading, word):
        return _sentence(reading, word, tables)
    led = reading.lowers[max(0, word.index - 2) : word.index]
    relative = led[:1] in (("that",), ("which",), ("who",)) and word.lower != "no"
    thing = word.lower in {"no", "without"}  # "no smoke drifts" negates; "with no hat walks" reaches the noun only
    for near in reading.words[word.index + 1 : word.index + 1 + _REACH]:
        if (
            near.sentence != word.sentence
            or near.lower in tables.stops
            or (near.kind == "PUNCT" and near.text not in {"/", '"'} and not _lists(reading, near))
        ):
            break
        if (
            thing
            and indices
            and near.kind == "VERB"
            and near.form in {"s", "base", "preterite"}
            and near.lower not in {"movement"}
        ):
            break
        if near.lower == "and" and not thing:
            break
        if relative and near.kind == "AUX" and any(reading.words[index].kind == "VERB" for index in indices):
            break  # "a wheel that does not touch the ground is spinning"
        if word.lower == "instead" and near.lower in _ACTING:
            break  # "instead of smiling she frowns"
        indices.append(near.index)
    return indices
