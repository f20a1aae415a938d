"""What a negation takes back: "no camera movement", "does not zoom", "without moving"."""

from __future__ import annotations

from studio.coach.vocabulary import Vocabulary
from studio.coach.words import Reading, Word

__all__ = ["negated_words", "negations"]

_REACH = 8
_STOPS = {"but", "while", "as", "then", "only", "except", "when"}


def negations(reading: Reading, vocabulary: Vocabulary) -> list[tuple[Word, tuple[int, ...]]]:
    """Every negation with the indices of the words in its scope: to the end of the clause, at most eight words."""
    found: list[tuple[Word, tuple[int, ...]]] = []
    negators = set(vocabulary.negation.words)
    for word in reading.words:
        if word.lower in negators and not _idle(reading, word) and not _excepted(reading, word):
            found.append((word, tuple(_scope(reading, word))))
    return found


def negated_words(reading: Reading, vocabulary: Vocabulary) -> frozenset[int]:
    """The indices of all words inside some negation's scope."""
    return frozenset(index for _, scope in negations(reading, vocabulary) for index in scope)


def _idle(reading: Reading, word: Word) -> bool:
    """ "no one", "no longer", "not only", "never-ending" negate no motion of the clause."""
    after = reading.words[word.index + 1] if word.index + 1 < len(reading.words) else None
    before = reading.words[word.index - 1] if word.index else None
    if (
        word.lower == "no"
        and before is not None
        and before.lower in {"with", "has", "have", "is"}
        and after is not None
        and after.lower in {"smiley", "one"}
    ):
        return True
    return after is not None and (word.lower, after.lower) in {
        ("not", "only"),
        ("never", "ending"),
        ("no", "longer"),
        ("no", "matter"),
        ("not", "just"),
    }


def _excepted(reading: Reading, word: Word) -> bool:
    """ "Nothing moves except the flag": something does."""
    if word.lower not in {"nothing", "none"}:
        return False
    rest = reading.words[word.index + 1 : word.index + 1 + _REACH]
    return any(near.lower in {"except", "but", "besides"} and near.sentence == word.sentence for near in rest)


def _scope(reading: Reading, word: Word) -> list[int]:
    indices: list[int] = []
    thing = word.lower in {"no", "without"}  # "no smoke drifts" negates; "with no hat walks" reaches the noun only
    for near in reading.words[word.index + 1 : word.index + 1 + _REACH]:
        if (
            near.sentence != word.sentence
            or near.lower in _STOPS
            or (near.kind == "PUNCT" and near.text not in {"/", '"'})
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
        indices.append(near.index)
    return indices
