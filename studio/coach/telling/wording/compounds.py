"""Names of more than one word, which are never cut: "hot air balloon", "salt-and-pepper hair", "Ada Lovelace"."""

from __future__ import annotations

from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word

__all__ = ["has_a_surname", "hyphened", "is_called_so", "is_half", "of_a_look", "of_an_age", "of_one_name"]


def of_one_name(start: int, noun: Word, parse: Parse) -> bool:
    """Whether two bare nouns may name one thing together: "onion and red pepper skewers"."""
    row = parse.reading.words[start : noun.index]
    links = [word for word in row if word.kind == "CONJ"]
    bare = all(word.kind in {"NOUN", "ADJ", "CONJ"} for word in row) and row[0].kind == "NOUN"
    return bare and len(links) == 1 and row[-1].kind == "NOUN" and noun.plural and not row[0].plural


def has_a_surname(noun: Word, parse: Parse) -> bool:
    """Whether a noun is the first of a name of two words, whatever its capitals: "ada lovelace"."""
    words, after = parse.reading.words, noun.index + 1
    return after < len(words) and words[after].dep == "flat" and words[after].head == noun.index


def is_called_so(word: Word, noun: Word, parse: Parse) -> bool:
    """Whether an adjective is a part of what a thing is called: "hot air balloon", "polar bear"."""
    called = " ".join(near.lower for near in parse.reading.words[word.index : noun.index + 1])
    return called in parse.vocabulary.sets["telling_called"]


def of_an_age(word: Word, parse: Parse) -> bool:
    """Whether a word is one of "24 year old", which only describes."""
    words = parse.reading.words[max(0, word.index - 2) : word.index + 3]
    row = [(near.index, near.lower) for near in words if near.sentence == word.sentence]
    for (number, _), (_, unit), (old, what) in zip(row, row[1:], row[2:], strict=False):
        if unit in {"year", "years"} and what == "old" and number <= word.index <= old:
            return True
    return False


def hyphened(words: tuple[Word, ...], parse: Parse) -> list[list[Word]]:
    """The words in groups that hyphens join: "ball-shaped" is one."""
    groups: list[list[Word]] = []
    for word in words:
        if groups and parse.prompt[groups[-1][-1].end : word.start] == "-":
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def is_half(index: int, parse: Parse) -> bool:
    """Whether a word is one of two that a hyphen joins: the "feather" of "feather-clad"."""
    words = parse.reading.words
    near = [(index, index + 1)] if index + 1 < len(words) else []
    pairs = [*near, (index - 1, index)] if index else near
    return any(parse.prompt[words[a].end : words[b].start] == "-" for a, b in pairs)


def of_a_look(word: Word, noun: Word, parse: Parse) -> bool:
    """Whether a noun before somebody says only how he looks: "a long hair man", "a red jacket boy"."""
    lives = parse.vocabulary.noun_kinds.get(noun.lower) in {"person", "animal"}
    worn = word.lower in parse.vocabulary.appearance.clothing or parse.vocabulary.noun_kinds.get(word.lower) == "body"
    before = parse.reading.words[word.index - 1] if word.index else None
    seen = before is not None and before.kind == "ADJ" and before.sentence == word.sentence
    return lives and word.kind == "NOUN" and word.index < noun.index and worn and seen
