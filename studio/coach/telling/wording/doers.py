"""Who does it, as plainly as a place in the text allows: a noun where it is new, its pronoun where it was said."""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.wording.draft import Bit, Draft
from studio.coach.telling.wording.naming import (
    antecedent,
    core,
    is_plural,
    is_proper,
    joined_with,
    measured,
    name,
    phrase_start,
    said_of_many,
)

__all__ = ["HELD", "Doers"]

HELD = {"his", "her", "its", "their"}
_RELATIVE = {"who", "that", "which"}
_NOMINATIVE = {"him": "he", "her": "she", "them": "they", "me": "I", "us": "we"}


@dataclass
class Doers:
    """The subjects of one prompt: without the words in ``dropped``; ``told`` are the nouns said so far."""

    parse: Parse
    dropped: frozenset[int]
    strict: bool = False
    told: set[str] = field(default_factory=set)

    @property
    def sets(self) -> dict[str, frozenset[str]]:
        """The word lists."""
        return self.parse.vocabulary.sets

    def _many(self, event: Event) -> bool:
        if event.subject is None:
            return False
        word = self.parse.reading.words[event.subject]
        if said_of_many(event, self.parse):
            return True
        word = measured(word, self.parse) if word.kind == "NOUN" else word
        if word.kind == "NOUN" and self.parse.reading.words[event.verb].form == "s" and self._is_one(word):
            return False
        joined = phrase_start(word, self.parse, joined=True) < phrase_start(word, self.parse)
        return is_plural(word, named=is_proper(word, self.parse)) or (joined and joined_with(event, self.parse))

    def _is_one(self, noun: Word) -> bool:
        """ "A men races": one of them, as the article and the verb say."""
        opening = self.parse.reading.words[phrase_start(noun, self.parse)]
        return noun.plural and opening.kind == "DET" and opening.lower in {"a", "an"}

    def _subject(self, event: Event, *, first: int = -1, pulled: bool = False) -> tuple[Draft, bool]:
        """Who does it, as plainly as this place in the text allows; pronouns stay where their noun was said."""
        parse, words = self.parse, self.parse.reading.words
        word = words[event.subject or 0]
        many = self._many(event)
        if word.kind == "PRON":
            noun = antecedent(word, parse)
            text = _NOMINATIVE.get(word.lower, word.text if word.lower == "i" else word.lower)
            named = text in {"he", "she", "it", "they"} and noun is not None and noun.lower not in self.told
            named = named and not (text == "they" and noun is not None and not noun.plural)  # one of several
            if noun is None or not (named or (text in _RELATIVE and word.index < event.verb)):
                return (Bit(text, word.index),), many
            self._tell(noun)
            return name(noun, parse), is_plural(noun)
        word = measured(word, parse)
        start = phrase_start(word, parse)
        opening = words[start]
        whole: Draft
        if opening.lower in HELD and opening.kind == "DET":
            noun = antecedent(opening, parse)
            if noun is None or noun.lower in self.told:
                whole = (Bit(opening.lower, start), *core(word, start + 1, parse))
            else:
                self._tell(noun)
                whole = name(word, parse)
        elif opening.lower in {"a", "an"} and (self._arrives(event) or word.lower in self.told):
            whole = (Bit(opening.lower, start), *core(word, start + 1, parse))
        else:
            whole = name(word, parse)
        if 0 <= first < start or (pulled and many and (not word.plural or self._opens_a_clause(word))):
            begin = first if 0 <= first < start else phrase_start(word, parse, joined=True)
            whole = (*self._listed(begin, start), *whole)
        self._tell(word)
        return whole, many

    def who(self, pronoun: Word) -> Draft:
        """The noun that a "who" stands for; () where none is known."""
        noun = antecedent(pronoun, self.parse) if pronoun.lower in _RELATIVE and pronoun.kind == "PRON" else None
        if pronoun.lower == "who":
            words, kinds = self.parse.reading.words, self.parse.vocabulary.noun_kinds
            ahead = words[self.parse.reading.starts[pronoun.sentence] : pronoun.index]
            living = (w for w in reversed(ahead) if w.kind == "NOUN" and kinds.get(w.lower) in {"person", "animal"})
            noun = next(living, noun)
        if noun is None or noun.index > pronoun.index:
            return ()
        self._tell(noun)
        return name(noun, self.parse)

    def _opens_a_clause(self, noun: Word) -> bool:
        """ "Cats and dogs alike, walking": whether a list of several stands where a clause begins."""
        words, start = self.parse.reading.words, phrase_start(noun, self.parse, joined=True)
        before = words[start - 1] if start else None
        return before is None or before.sentence != noun.sentence or before.kind == "PUNCT"

    def _listed(self, first: int, last: int) -> Draft:
        """ "A man and" before "a woman": every noun of the list named plainly."""
        words = self.parse.reading.words
        bits: list[Bit] = []
        for word in words[first:last]:
            if word.kind == "NOUN" and not (word.index + 1 < last and words[word.index + 1].kind == "NOUN"):
                start = phrase_start(word, self.parse)
                if start > first and words[start - 1].kind == "PREP":
                    continue  # "a man with red hair and"
                bits += name(word, self.parse)
                self._tell(word)
            elif word.kind in {"CONJ", "PUNCT"}:
                bits.append(Bit(word.text, word.index))
        return tuple(bits)

    def _tell(self, noun: Word) -> None:
        self.told.add(noun.lower)

    def _arrives(self, event: Event) -> bool:
        """Whether somebody comes into the picture, who is not "the" one yet."""
        words = self.parse.reading.words
        near = {w.lower for w in words[max(0, event.verb - 6) : event.last] if w.sentence == words[event.verb].sentence}
        into = "into" in near and bool(near & {"frame", "view", "shot", "scene", "picture"})
        return into or "suddenly" in near or words[event.verb].lemma in self.sets["telling_arriving"]
