"""A prompt in clauses: stretches between commas, and parts with a verb each that "and", "while" or "as" join."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from studio.coach.cues.camera import Found
from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word

__all__ = ["Clause", "split_clauses"]

_MARKS = {",", ";", ":", "–", "—", "-", "(", ")", "[", "]", "|", "/", "→", "•", "*", "#"}
_CLOSERS = {".", "!", "?", "…", "...", ";"}
_FINITE = {"s", "base", "preterite", "past"}
_NOMINAL = {"DET", "ADJ", "NUM", "NOUN", "PRON"}
_BINDING = {"while", "as", "whilst", "when", "until"}
_JOINERS = {"and", "but", "or", "then", "while", "as", "whilst", "when", "until", "before", "after", "&", "so", "yet"}


@dataclass(frozen=True)
class Clause:
    """``words[first:last]`` and what joins it to the clause before, ``words[link:first]``.

    ``events`` are the motions whose verb lies in it, ``moves`` the camera moves that begin in it.
    """

    sentence: int
    link: int
    first: int
    last: int
    events: tuple[Event, ...] = ()
    moves: tuple[Found, ...] = ()


def split_clauses(parse: Parse) -> tuple[Clause, ...]:
    """Every clause of the prompt, in order."""
    return tuple(_Splitter(parse).clauses())


class _Splitter:
    def __init__(self, parse: Parse) -> None:
        self.parse, self.words = parse, parse.reading.words
        self.events = {event.verb: event for event in parse.events}
        self.moves = {found.first: found for found in parse.moves}
        self.joined = {near for found in parse.moves for near in range(found.first + 1, found.last)}

    def clauses(self) -> Iterator[Clause]:
        start = 0
        while start < len(self.words):
            stop = start
            while stop < len(self.words) and self.words[stop].sentence == self.words[start].sentence:
                stop += 1
            yield from self._sentence(start, stop)
            start = stop

    def _sentence(self, start: int, stop: int) -> Iterator[Clause]:
        end = stop
        while end > start and self.words[end - 1].text in _CLOSERS:
            end -= 1
        link = first = start
        index = start
        while index < end:
            width = self._break(index, first, end)
            if width and index not in self.joined:
                if index > first:
                    yield self._clause(link, first, index)
                    link = index
                first = index + width
                index = first
                continue
            index += 1
        if end > first:
            yield self._clause(link, first, end)

    def _clause(self, link: int, first: int, last: int) -> Clause:
        events = tuple(self.events[i] for i in range(first, last) if i in self.events)
        moves = tuple(self.moves[i] for i in range(first, last) if i in self.moves)
        return Clause(self.words[first].sentence, link, first, last, events, moves)

    def _break(self, index: int, first: int, end: int) -> int:
        """How many words of the link begin here; 0 where the clause goes on."""
        word = self.words[index]
        if self.parse.masks.hides(word.start, word.end):
            return 0
        if word.text in _MARKS and word.kind == "PUNCT":
            return 0 if word.text == "," and self._inside_phrase(index, first, end) else 1
        if word.lower == "so" and index + 1 < end and self.words[index + 1].kind in {"ADV", "ADJ"}:
            return 0  # "she laughs so hard that"
        if (
            word.lower in _JOINERS
            and (word.kind in {"CONJ", "PREP"} or word.lower == "then")
            and self._opens(index, first, end)
        ):
            return 1
        return 0

    def _opens(self, index: int, first: int, end: int) -> bool:
        """Whether a joiner opens a part with a verb of its own: after a verb, before another; not "the man holding nets
        and rods walks", but "sitting there as snow falls"."""
        if index == first:
            return self.words[index].lower not in {"then", "before", "after"}
        if not any(self._verbal(near) for near in self.words[first:index]) and not any(
            i in self.moves for i in range(first, index)
        ):
            return False
        named = False
        for near in self.words[index + 1 : min(end, index + 9)]:
            if self._verbal(near) or near.index in self.moves:
                event = self.events.get(near.index)
                inside = event is not None and event.subject is not None and event.subject > index
                finite = near.form in _FINITE or near.index in self.moves
                rests = self.words[first].lemma in self.parse.vocabulary.sets["telling_states"]
                bound = self.words[index].lower in _BINDING and self.words[first].form == "ing" and rests
                whole = not named or not finite or bound or self._whole(first, index)
                return whole and (inside or not named or (event is None and finite))
            if near.kind == "AUX":
                continue
            asked = named and near.lower == "to"  # "I want it to fall and the dog to bark"
            if near.kind not in _NOMINAL | {"ADV", "NOT"} and near.lower not in {"as", "then", "of"} and not asked:
                return False
            named = named or near.kind in {"NOUN", "PRON"}
        return False

    def _whole(self, first: int, last: int) -> bool:
        """Whether a stretch has a finite verb or a camera move, so that another clause can follow it."""
        return any(w.form in _FINITE or w.kind == "AUX" or w.index in self.moves for w in self.words[first:last])

    def _verbal(self, word: Word) -> bool:
        return word.kind == "VERB" and not self.parse.masks.hides(word.start, word.end)

    def _inside_phrase(self, comma: int, first: int, end: int) -> bool:
        """A comma between two adjectives of one noun, or in a list of nouns that share a verb."""
        words = self.words
        before, after = words[comma - 1], words[comma + 1] if comma + 1 < end else None
        if after is None or comma == first:
            return False
        if before.kind == "NUM" and after.kind == "NUM":
            return True  # "counts 3, 2, 1"
        noun = words[comma + 2] if comma + 2 < end else None
        sized = before.lower in self.parse.vocabulary.sets["sizes"] and after.kind == "ADJ"
        if sized and noun is not None and noun.kind == "NOUN":
            return words[comma - 2].kind == "DET" or words[comma - 2].lower == "one"  # "a single, bright flash"
        begin = comma + 1
        while begin + 1 < end and self.parse.prompt[words[begin].end : words[begin + 1].start] == "-":
            begin += 1  # "a narrow, sun-dappled road"
        hyphened = begin > comma + 1 and words[begin].kind in {"ADJ", "NOUN"} and before.kind == "ADJ"
        if (
            before.kind == "ADJ"
            and (after.kind == "ADJ" or hyphened)
            and any(w.kind in {"DET", "PREP", "VERB"} for w in words[first:comma])
        ):
            rest = next((w for w in words[begin:end] if w.kind != "ADJ"), None)
            rest = words[begin] if hyphened and words[begin].kind == "NOUN" else rest
            return rest is not None and rest.kind == "NOUN"
        start = comma
        while start > first and words[start - 1].kind in _NOMINAL and words[start - 1].text != ",":
            start -= 1
        listed = words[start:comma]
        if not listed or len(listed) > 4 or listed[-1].kind not in {"NOUN", "PRON"}:
            return False
        if start > first and words[start - 1].kind == "PREP":
            return False
        if listed[-1].index in self.parse.described:
            return False
        return self._shared_verb(comma, end)

    def _shared_verb(self, comma: int, end: int) -> bool:
        """ "..., tigers and bears walk": nouns, "and", a noun, a verb that fits many."""
        joined = False
        for near in self.words[comma + 1 : min(end, comma + 14)]:
            if near.lower in {"and", "&"}:
                joined = True
            elif self._verbal(near) or near.kind == "AUX":
                return joined and near.form in {"base", "ing", "preterite", "past", ""}
            elif near.text == "," and not joined:
                continue
            elif near.kind not in _NOMINAL:
                return False
        return False
