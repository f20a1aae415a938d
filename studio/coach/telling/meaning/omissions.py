"""What a rewrite leaves out of the author's clauses: flags, praise, lettering, light that overrules the still's.

Each goes with the smallest part of its clause that leaves a sentence: an adjective before its noun, a phrase from its
preposition on, else the clause.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from studio.coach.cues.clauses import Clause
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.shot import Cue, Span

__all__ = ["Omissions", "find_omissions"]

_QUOTES = set("\"'“”‘’«»„「」『』")
_PHRASE = {"DET", "ADJ", "NUM", "NOUN", "ADV"}


@dataclass(frozen=True)
class Omissions:
    """The words that go alone, and the clauses (by their place) that go whole."""

    words: frozenset[int]
    clauses: frozenset[int]


def find_omissions(parse: Parse, clauses: tuple[Clause, ...], *, strict: bool) -> Omissions:
    """What has to go. `strict` takes every adjective that only describes, not praise alone."""
    finder = _Finder(parse, clauses)
    finder.hidden()
    for cue in parse.labelled("lettering"):
        finder.unwanted(cue)
    for cue in parse.labelled("light", "stylised"):
        finder.unwanted(cue, look_only=not strict)
    for cue in parse.labelled("appearance"):
        finder.look(cue, strict=strict)
    return Omissions(frozenset(finder.words - finder.halves()), frozenset(finder.whole))


class _Finder:
    def __init__(self, parse: Parse, clauses: tuple[Clause, ...]) -> None:
        self.parse, self.said, self.clauses = parse, parse.reading.words, clauses
        self.words: set[int] = set()
        self.whole: set[int] = set()
        self.starts = [word.start for word in self.said]
        self.places = {index: place for place, c in enumerate(clauses) for index in range(c.first, c.last)}
        cues = (*parse.labelled("lettering"), *parse.labelled("light", "stylised"))
        self.taken = {word.index for cue in cues for word in self._gone(cue, self._inside(cue.span))}

    def halves(self) -> set[int]:
        """Words that a hyphen joins to one that stays: the "colonial" of "colonial-era buildings"."""
        joined = [
            (first.index, second.index)
            for first, second in pairwise(self.said)
            if second.start == first.end + 1 and self.parse.prompt[first.end] == "-"
        ]
        return {a for a, b in joined if b not in self.words} | {b for a, b in joined if a not in self.words}

    def _inside(self, span: Span) -> list[Word]:
        first, last = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        before = [self.said[first - 1]] if first and self.said[first - 1].end > span.start else []
        return [*before, *self.said[first:last]]

    def _hits(self, span: Span) -> list[tuple[int, list[Word]]]:
        """The words of a span, by the clause that they stand in."""
        found: dict[int, list[Word]] = {}
        for word in self._inside(span):
            if word.index in self.places:
                found.setdefault(self.places[word.index], []).append(word)
        return list(found.items())

    def hidden(self) -> None:
        """Leftover flags and lists of what is not wanted."""
        for span in (*self.parse.masks.flags, *self.parse.masks.unwanted):
            for place, words in self._hits(span):
                self.words.update(word.index for word in words)
                clause = self.clauses[place]
                rest = self.said[clause.first : clause.last] if len(words) * 2 >= clause.last - clause.first else ()
                if rest and all(w.index in self.words or w.kind == "PUNCT" for w in rest):
                    self.whole.add(place)

    def unwanted(self, cue: Cue, *, look_only: bool = False) -> None:
        """Lettering, and light that overrules the still's; `look_only` leaves a thing that it lights, and acts."""
        for place, inside in self._hits(cue.span):
            words = self._gone(cue, inside)
            if len(words) == 1 and any(event.verb == words[0].index for event in self.clauses[place].events):
                continue  # "a hand writing a letter": that it is written is to be seen
            lit = words[-1].kind == "NOUN" and bool(self.clauses[place].events)
            if look_only and lit and all(word.kind in {"ADJ", "NOUN"} for word in words[:-1]) and len(words) > 1:
                self.words.update(word.index for word in words[:-1])  # "hammers a glowing blade"
                continue
            clause, last = self.clauses[place], words[-1].index + 1
            if words[-1].lower in self.parse.vocabulary.lettering.naming:  # "the word pumpkin" goes whole
                last = self._noun_end(clause, last)
            while last < clause.last and self.parse.prompt[self.said[last - 1].end : self.said[last].start] == "-":
                last += 1  # "neon-lit"
            while last < clause.last and self._read(self.said[last]):
                last += 1
            if cue.label == "light" and self._names_a_style(clause, words[0].index, last):
                self._drop(words[0].index, last)
            elif not self._part(clause, words[0].index, last):
                self.whole.add(place)

    def _gone(self, cue: Cue, words: list[Word]) -> list[Word]:
        """What stands on a surface, and leads to it, without the thing itself: that may stay and move."""
        if cue.sense != "surface with words":
            return words
        surfaces = set(self.parse.vocabulary.lettering.surfaces)
        carriers = [place for place, word in enumerate(words) if {word.lower, word.lemma} & surfaces]
        return (words[carriers[-1] + 1 :] if carriers else []) or words

    def look(self, cue: Cue, *, strict: bool) -> None:
        """Praise, and adjectives that only describe."""
        praise = cue.sense in {"evaluative", "quality tag"}
        for place, words in self._hits(cue.span):
            if praise or (strict and words[-1].kind == "ADJ"):
                self._praise(self.clauses[place], words[0].index, words[-1].index + 1)

    def _read(self, word: Word) -> bool:
        """Whether a word behind lettering is a part of it: a quotation mark, capitals."""
        quoted = any(span.start <= word.start < span.end for span in self.parse.masks.quotations)
        return quoted or word.text in _QUOTES or (word.text.isupper() and len(word.text) > 1)

    def _praise(self, clause: Clause, first: int, last: int) -> None:
        if self._tells_which(first, last):
            return
        if not self._attributive(clause, first, last):
            before = self.said[first - 1] if first > clause.first else None
            led = before is not None and before.kind == "PREP"
            way = before is not None and before.lower in self.parse.vocabulary.sets["ways"]  # "zoom out 4k"
            if (led or way) and self._ends(clause, last):
                self.words.update(range(first if way else first - 1, last))

    def _tells_which(self, first: int, last: int) -> bool:
        """Whether an adjective is a part of a name ("golden retriever") or says which is meant ("another world")."""
        sets, behind = self.parse.vocabulary.sets, self.said[first : last + 2]
        before = self.said[first - 1] if first else None
        inside = before is not None and before.sentence == self.said[first].sentence
        inside = inside and before is not None and (before.text.islower() or before.kind == "DET")
        if inside and last == first + 1 and self.said[first].text.istitle():
            return True  # "the Persian cat"
        alone = last == first + 1 and self.said[first].lower in sets["telling_which"]
        called = (" ".join(word.lower for word in behind[:count]) for count in range(2, len(behind) + 1))
        return alone or any(name in sets["telling_called"] for name in called)

    def _part(self, clause: Clause, first: int, last: int) -> bool:
        """Drop the words with what hangs on them; no, if the clause cannot do without."""
        if set(range(first, last)) <= self.words or self._attributive(clause, first, last):
            return True
        reading = self.parse.vocabulary.sets["telling_reading"]
        led = first if first > clause.first and self.said[first].lower in reading else self._led(clause, first)
        start = self._phrase(clause, first) if led is None else led
        subjects = {
            e.subject
            for e in clause.events
            if e.subject is not None and self.said[e.subject].lower not in self.parse.vocabulary.sets["telling_reading"]
        }
        if start is None or start == clause.first or any(start <= subject < last for subject in subjects):
            return False
        end = self._noun_end(clause, last)
        if any(event.verb == start - 1 for event in clause.events) and self.said[start].lower in {"into", "from", "to"}:
            return False  # "they transform into ..." says nothing without what they turn into
        if any(start <= event.verb < end for event in clause.events) or not self._ends(clause, end):
            return False
        end = self._joined_end(clause, start, end)
        start = self._changed_from(clause, start)
        before = self.said[start - 1]
        if self.said[start].lower == "with" and before.kind == "ADJ" and before.form == "participle":
            start -= 1  # "a street filled with neon"
        self.words.update(range(start, end))
        return True

    def _names_a_style(self, clause: Clause, first: int, last: int) -> bool:
        """ "Through a palm grove | vaporwave": a style behind the noun of a phrase; not "under city neon"."""
        before = self.said[first - 1] if first > clause.first else None
        lit = any(word.lower in self.parse.vocabulary.sets["light_nouns"] for word in self.said[first:last])
        noun = before is not None and before.kind == "NOUN" and before.index not in self.taken
        return noun and not lit and self._ends(clause, last) and self._phrase(clause, first) is not None

    def _changed_from(self, clause: Clause, start: int) -> int:
        """Where "from stone" begins in "changes from stone | to neon": it says nothing without what follows."""
        for event in clause.events:
            after = self.said[event.verb + 1] if event.verb + 1 < start else None
            if after is not None and after.lower == "from" and self.said[start].lower in {"to", "into"}:
                return after.index
        return start

    def _attributive(self, clause: Clause, first: int, last: int) -> bool:
        """An adjective, or a noun used as one, before the noun that stays."""
        behind = last
        while behind < clause.last and behind in self.taken and self.said[behind].kind in {"ADJ", "NOUN"}:
            behind += 1
        after = self.said[behind] if behind < clause.last else None
        after_ok = after is not None and after.kind in {"NOUN", "ADJ"} and after.index not in self.taken
        after_ok = after_ok and after is not None and after.lower not in self.parse.vocabulary.sets["indefinite"]
        if not after_ok or any(
            w.kind in {"PREP", "VERB"} or (w.kind == "PUNCT" and w.text not in _QUOTES) for w in self.said[first:last]
        ):
            return False
        before = self.said[first - 1] if first > clause.first else None
        if self._of_two(clause, first, last):
            return False  # "between pale and deep tones"
        if before is not None and before.kind not in {"DET", "ADJ", "ADV", "PREP", "NUM", "VERB", "CONJ", "AUX"}:
            return False
        if before is not None and before.kind == "CONJ":
            if first - 2 < clause.first or self.said[first - 2].kind != "ADJ":
                return before.lower not in {"and", "or"} and self._drop(first, last)
            return self._drop(first - 1, last)
        if (
            before is not None
            and before.kind == "ADV"
            and before.lower in {"very", "so", "really", "extremely", "highly"}
        ):
            first -= 1
        return self._drop(first, last)

    def _of_two(self, clause: Clause, first: int, last: int) -> bool:
        """Whether what is between or from one to another is named by these words."""
        near = self.said[max(clause.first, first - 3) : first]
        behind = self.said[last : last + 1]
        return any(w.lower == "between" for w in near) and any(w.kind == "CONJ" for w in (*near, *behind))

    def _drop(self, first: int, last: int) -> bool:
        self.words.update(range(first, last))
        return True

    def _led(self, clause: Clause, first: int) -> int | None:
        """Where "that reads", "with the words" begins before lettering."""
        start = None
        for index in range(first - 1, max(clause.first, first - 6) - 1, -1):
            word = self.said[index]
            if word.lower in self.parse.vocabulary.sets["telling_reading"]:
                start = index
            elif word.kind not in _PHRASE | {"PUNCT"}:
                break
        return start

    def _phrase(self, clause: Clause, first: int) -> int | None:
        """Where the preposition of the phrase stands."""
        index = first - 1
        while index >= clause.first and self.said[index].kind in _PHRASE:
            index -= 1
        return index if index >= clause.first and self.said[index].kind == "PREP" else None

    def _noun_end(self, clause: Clause, last: int) -> int:
        while last < clause.last and self.said[last].kind == "NOUN":
            last += 1
        return last

    def _joined_end(self, clause: Clause, start: int, end: int) -> int:
        """Past the "and signs" of "with neon and signs": nothing is left for it to be joined to."""
        before = self.said[start - 1]
        pair = before.form == "participle" and end + 1 < clause.last and self.said[end].lower in {"and", "or"}
        last = end + 1
        while pair and last < clause.last and self.said[last].kind in _PHRASE:
            last += 1
        noun = pair and last > end + 1 and self.said[last - 1].kind == "NOUN" and self._ends(clause, last)
        verb = any(event.verb in range(end, last) or event.subject in range(end, last) for event in clause.events)
        return last if noun and not verb else end

    def _ends(self, clause: Clause, last: int) -> bool:
        return last >= clause.last or self.said[last].kind in {"PREP", "PUNCT", "CONJ", "VERB", "AUX", "ADV"}
