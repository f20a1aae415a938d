"""How far or how fast: the adverbs in the clause of a verb."""

from __future__ import annotations

from studio.coach.language.words import Reading, Word
from studio.coach.vocabulary.load import Vocabulary
from studio.shot import Level

__all__ = ["level_near"]

_NEAR = 3  # words before a verb among which an adjective still speaks of it: "a slow, gentle push in"
_FAR = 12
_PIECE = 6  # words of a piece that says how fast: ", at a very slow pace"
_PACES = {"speed", "pace", "tempo"}


def level_near(reading: Reading, head: int, last: int, vocabulary: Vocabulary) -> Level:
    """The level that the adverbs in the clause of ``words[head:last]`` give; 2 where none does.

    An adjective counts just before the verb only: "pushes in on the small boat" says nothing of speed.
    """
    words = reading.words
    first = head
    while first > max(0, head - _FAR) and (
        not _bounds(words[first - 1], words[head], vocabulary, behind=True) or _joins_adverbs(words, first - 1)
    ):
        first -= 1
    end = last
    while end < min(len(words), last + _FAR) and (
        not _bounds(words[end], words[head], vocabulary, behind=False) or _joins_adverbs(words, end)
    ):
        end += 1
    clause, end = end, _told_behind(words, end, vocabulary)
    best: tuple[bool, int, int] | None = None
    for start, stop, level in vocabulary.levels.find(reading.lowers[first:end]):
        place, length = first + start, stop - start
        if place + length < len(words) and _says_how_much(reading, place, length, last, vocabulary):
            continue
        close = head - _NEAR <= place <= last or place > clause
        if not close and words[place].kind != "ADV" and length == 1:
            continue
        told = (level == 2, abs(place - head), level)  # "slowly and smoothly" is slow
        best = min(best or told, told)
    return best[2] if best else 2


def _told_behind(words: tuple[Word, ...], end: int, vocabulary: Vocabulary) -> int:
    """ "Zoom out | , fast speed": the end of a piece behind a comma that says nothing but how fast."""
    stop = end + 1
    while stop < min(len(words), end + _PIECE) and words[stop].kind != "PUNCT":
        stop += 1
    piece = words[end + 1 : stop]
    comma = end < len(words) and words[end].text == ","
    plain = all(word.kind in {"ADJ", "ADV", "NOUN", "PREP", "DET", "VERB"} for word in piece)
    paced = any(word.lower in _PACES for word in piece)
    told = paced and all(word.lower in _PACES or word.kind != "NOUN" for word in piece)
    degrees = vocabulary.sets["degrees"]
    bare = all(word.lower in degrees or vocabulary.levels.at((word.lower,), 0) for word in piece)
    ends = stop >= len(words) or words[stop].kind == "PUNCT"
    return stop if comma and ends and piece and ((plain and told) or bare) else end


def _says_how_much(reading: Reading, place: int, length: int, last: int, vocabulary: Vocabulary) -> bool:
    """ "Extremely slow": how slow; "pans over a fast-moving train": tied to the next word, it speaks of that."""
    word, after = reading.words[place + length - 1], reading.words[place + length]
    degree = word.lower in vocabulary.sets["degrees"] and vocabulary.levels.at((after.lower,), 0) is not None
    tied = place >= last and reading.text[word.end : word.end + 1] == "-" and after.start == word.end + 1
    return degree or (tied and vocabulary.levels.at((after.lower,), 0) is None)


def _joins_adverbs(words: tuple[Word, ...], index: int) -> bool:
    """ "Slowly and smoothly pans": what stands between two adverbs of one verb."""
    if not 0 < index < len(words) - 1 or words[index].kind != "CONJ":
        return False
    before, after = words[index - 1], words[index + 1]
    return before.kind == after.kind == "ADV" and before.sentence == after.sentence


def _bounds(word: Word, head: Word, vocabulary: Vocabulary, *, behind: bool) -> bool:
    """Whether a word ends the clause on its side of the verb."""
    sets = vocabulary.sets
    if word.sentence != head.sentence or word.kind in {"PUNCT", "CONJ"} or word.lower in sets["sequence"]:
        return True
    if word.kind != "VERB":
        return False
    return word.lemma not in sets["beginning"] if behind else True
