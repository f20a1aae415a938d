"""Names that their authors wrote small, names behind a noun, and titles that are no sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word

__all__ = ["is_titled", "mostly_titled", "name_before", "titles", "with_names"]

_TITLED = 3  # of so many words one has a capital, where capitals mean nothing
_LONGEST = 6  # words of a title
_NAME = 4  # words of a name, the comma before it included


def is_titled(noun: Word, parse: Parse) -> bool:
    """ "Milo the otter": a name, though its author wrote it small."""
    behind = parse.reading.words[noun.index + 1 : noun.index + 3]
    known = noun.lower in parse.vocabulary.noun_kinds
    return not known and len(behind) > 1 and behind[0].lower == "the" and behind[1].kind == "NOUN"


def mostly_titled(parse: Parse) -> bool:
    """Whether the author gives most words a capital, so that one says nothing."""
    words = [word for word in parse.reading.words if word.text.isalpha()]
    return sum(word.text.istitle() for word in words) * _TITLED > len(words)


def name_before(start: int, parse: Parse) -> Word | None:
    """The name right before "the otter": Milo, who is one."""
    words = parse.reading.words
    if not start or words[start].lower != "the" or parse.prompt[words[start - 1].end : words[start].start] != " ":
        return None
    who = words[start - 1]
    named = who.kind == "NOUN" and who.text.istitle() and who.sentence == words[start].sentence
    known = who.lower in parse.vocabulary.noun_kinds or bool(who.verbs)
    return who if named and not known and not mostly_titled(parse) else None


def titles(parse: Parse) -> Iterator[Edit]:
    """ "Harbour Night Racing. Boats speed past.": what a clip is called, before what happens in it."""
    words = parse.reading.words
    for sentence in parse.reading.sentences:
        end = sentence[-1].index + 1
        row = [word for word in sentence if word.kind != "PUNCT"]
        stops = end < len(words) and words[end - 1].text in {".", ":", "!"}
        if stops and 1 < len(row) <= _LONGEST and _is_title(row, parse) and _tells(end, parse):
            yield Edit(start=row[0].start, end=words[end].start, replacement="")


def _is_title(row: Sequence[Word], parse: Parse) -> bool:
    """Whether every word has its capital, and nobody who lives or drives does anything."""
    shouted = all(word.text.isupper() and len(word.text) > 2 for word in row)
    capitals = shouted or all(word.text[:1].isupper() and not word.text.isupper() for word in row)
    plain = all(word.kind in {"NOUN", "ADJ"} or word.form in {"ing", "gerund"} for word in row)
    kinds = {parse.vocabulary.noun_kinds.get(word.lower) for word in row[:-1]}
    filmed = any(row[0].index <= found.first <= row[-1].index for found in parse.moves)
    named = (row[-1].form in {"ing", "gerund"} or shouted) and not kinds & {"person", "animal", "vehicle", "body"}
    return capitals and plain and named and not filmed and not parse.masks.hides(row[0].start, row[-1].end)


def _tells(place: int, parse: Parse) -> bool:
    """Whether something happens behind a place, in words of which not each has a capital."""
    behind = [word for word in parse.reading.words[place:] if word.text.isalpha()]
    small = sum(word.text.islower() for word in behind) * 2 > len(behind)
    return small and any(event.verb >= place for event in parse.events)


def with_names(last: int, parse: Parse) -> int:
    """ "On a fallen angel, Nora, and a demon, Lilo": the last word of a row of nouns that each have their name behind
    them; `last` where the noun there has none."""
    named = _name_behind(last, parse)
    if named is None:
        return last
    words = parse.reading.words
    at = named + 1
    at += at < len(words) and words[at].text == ","
    if at < len(words) and words[at].lower == "and":
        end = at + 1
        while end < len(words) and words[end].kind in {"DET", "ADJ", "NUM", "NOUN", "ADV"}:
            end += 1
        if end > at + 1 and words[end - 1].kind == "NOUN" and (last := with_names(end - 1, parse)) > end - 1:
            return last
    return named


def _name_behind(noun: int, parse: Parse) -> int | None:
    """Where the name between commas behind a noun ends."""
    words = parse.reading.words[noun + 1 :]
    if len(words) < 2 or words[0].text != ",":
        return None
    end = 1
    while end < len(words) and words[end].kind == "NOUN" and words[end].text.istitle() and end < _NAME:
        end += 1
    ends = end == len(words) or words[end].kind in {"PUNCT", "CONJ"}
    return noun + end if end > 1 and ends and words[end - 1].sentence == parse.reading.words[noun].sentence else None
