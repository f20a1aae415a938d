"""Whom a pronoun stands for.

Each noun before it that fits in number, gender and animacy is weighed: subjects before objects, objects before what
prepositions hold, the sentence before ahead of older ones, living things and single things ahead of stuff and places
(Lappin & Leass 1994, "An algorithm for pronominal anaphora resolution", Computational Linguistics 20:4, with the
weights fitted to the table in ``tests/test_coach_actors.py``).
"""

from __future__ import annotations

from collections.abc import Iterator

from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word

__all__ = ["OF_A_TAKE", "antecedent", "is_proper"]

_CLASSES = {
    "he": ("he", "him", "his", "himself"),
    "she": ("she", "her", "hers", "herself"),
    "it": ("it", "its", "itself"),
    "they": ("they", "them", "their", "theirs", "themselves"),
}
_CLASS_OF = {form: name for name, forms in _CLASSES.items() for form in forms}
_SUBJECT, _OWNER, _OBJECT, _OBLIQUE = 3.0, 2.5, 2.0, 1.0
_OLDER = 0.7  # for every sentence between
_CHAIN = 0.5  # what was called by this pronoun before
_UNLIKELY, _POOR, _DOUBTFUL = 2.5, 1.2, 0.5  # what such a pronoun can stand for, but seldom does
_EITHER = {"person", "someone", "somebody", "individual", "figure", "stranger"}  # "a person waves, then they leave"
_TITLES = {"mr", "mrs", "ms", "miss", "dr", "sir", "lady", "lord", "captain", "professor", "king", "queen", "prince",
           "princess", "uncle", "aunt", "saint", "st"}  # fmt: skip
_LOOK_BACK = 120  # words


def antecedent(word: Word, parse: Parse) -> Word | None:
    """The noun that a pronoun or a possessive stands for, if the words before it name one."""
    name = _CLASS_OF.get(word.lower, "")
    if not name:
        return _nearest(word, parse)
    best, weight = None, 0.0
    for noun, points in _Weigher(word, name, parse).candidates():
        if best is None or points > weight:
            best, weight = noun, points
    return best


def _nearest(word: Word, parse: Parse) -> Word | None:
    """The last noun of a known kind: for "which", "that", "this"."""
    kinds = parse.vocabulary.noun_kinds
    for earlier in reversed(parse.reading.words[: word.index]):
        hidden = earlier.kind != "NOUN" or parse.masks.hides(earlier.start, earlier.end)
        if not hidden and kinds.get(earlier.lower, "") not in {"", "body"}:
            return earlier
    return None


class _Weigher:
    """Weighs the nouns before one pronoun, the nearest first."""

    def __init__(self, pronoun: Word, name: str, parse: Parse) -> None:
        self.pronoun, self.name, self.parse = pronoun, name, parse
        self.words, self.nouns = parse.reading.words, parse.vocabulary.nouns
        self.sets, self.kinds = parse.vocabulary.sets, parse.vocabulary.noun_kinds
        self.filmed = {index for found in parse.moves for index in range(found.first, found.last)}
        self.labels = {label.index for label, _ in parse.reading.labels.values()}
        self.acting = {event.subject for event in parse.events}
        self.body = name == "it" and self._holds_body()

    def _opens_a_move(self, noun: Word) -> bool:
        """The first word of a sentence and of a camera phrase ("Steady dolly-in"): its capital is no name's."""
        opens = noun.index in self.parse.reading.starts.values() and noun.lower not in self.kinds
        return opens and any(cue.span.start <= noun.start < cue.span.end for cue in self.parse.labelled("camera"))

    def candidates(self) -> Iterator[tuple[Word, float]]:
        own = self._own_subject()
        for word in reversed(self.words[max(0, self.pronoun.index - _LOOK_BACK) : self.pronoun.index]):
            older = _OLDER * (self.pronoun.sentence - word.sentence)
            if word.kind in {"PRON", "DET"} and _CLASS_OF.get(word.lower) == self.name:
                noun = antecedent(word, self.parse)
                if noun is not None and noun.index != own:
                    yield noun, self._role(word) + _CHAIN - older - self._doubt(noun)
                return  # what came before that pronoun was weighed for it
            if (
                word.kind != "NOUN"
                or word.index == own
                or word.index in self.labels
                or self.parse.masks.hides(word.start, word.end)
            ):
                continue
            if self._fits(word):
                yield word, self._role(word) - older - self._doubt(word)

    def _fits(self, noun: Word) -> bool:
        shown = self._pictures(noun) and self._role(noun) != _OBJECT
        told = shown or noun.lower in self.parse.vocabulary.camera.subjects
        after = self.words[noun.index + 1]
        compound = after.kind == "NOUN" and after.sentence == noun.sentence and after.index < self.pronoun.index
        filmed = noun.index in self.filmed and bool(noun.verbs)  # "whip pan to the door"
        if told or compound or filmed or noun.form == "gerund" or self._opens_a_move(noun):
            return False
        if noun.dep in {"advcl", "acl"} and noun.may_be("ing"):
            return False  # "the dog waits, feeling cold, until it ..."
        several = noun.plural or noun.lower in self.sets["collectives"]
        if self.name == "they":
            return several or noun.dep == "conj" or self._is_person(noun)
        if noun.plural and not is_proper(noun, self.parse):
            return False
        gendered = noun.lower in {*self.nouns.feminine, *self.nouns.masculine}
        if self.name == "it":
            return not gendered and not (is_proper(noun, self.parse) and self._kind(noun) == "")
        contrary = self.nouns.masculine if self.name == "she" else self.nouns.feminine
        living = self._is_person(noun) or self._kind(noun) == "animal"
        if self._kind(noun) == "animal" and noun.sentence == self.pronoun.sentence and self._before_body():
            return False  # "a butterfly lands on her finger"
        return living and noun.lower not in self.sets["collectives"] and noun.lower not in contrary

    def _doubt(self, noun: Word) -> float:
        """What speaks against a noun that fits."""
        kind, creature = self._kind(noun), noun.lower in self.nouns.creature
        if self.name == "they":
            several = noun.plural or noun.lower in self.sets["collectives"] or noun.lower in _EITHER
            return (0.0 if several else _UNLIKELY) + (0.0 if kind in {"person", "animal"} else _POOR)
        if self.name != "it":
            return 0.0 if self._is_person(noun) else _POOR
        doubt = _UNLIKELY if kind in {"person", "body"} and not creature else 0.0
        doubt += _DOUBTFUL if self._pictures(noun) else 0.0
        doubt += _POOR if noun.lower in self.nouns.mass or kind in {"", "scenery"} else 0.0
        return doubt + (0.0 if kind == "animal" or creature or not self.body else _POOR)

    def _pictures(self, noun: Word) -> bool:
        return noun.lower in self.sets["picture"] or noun.lower in {"closeup", "close-up"}

    def _kind(self, noun: Word) -> str:
        return self.kinds.get(noun.lower, "")

    def _is_person(self, noun: Word) -> bool:
        return self._kind(noun) == "person" or (self._kind(noun) == "" and is_proper(noun, self.parse))

    def _role(self, word: Word) -> float:
        """How much a sentence is about a noun or pronoun: its subject, its object, or part of a phrase."""
        if word.kind == "DET":
            return _OWNER
        before = self._before_phrase(word)
        held = self.words[before + 1 : word.index]
        if any(near.kind == "DET" and near.lower in self.sets["possessives"] for near in held):
            return _OBLIQUE  # "its engine" is part of something
        if word.index in self.acting or word.dep.startswith("nsubj"):
            return _SUBJECT
        if before < 0 or self.words[before].sentence != word.sentence:
            return _SUBJECT
        return _OBLIQUE if self.words[before].kind == "PREP" else _OBJECT

    def _before_phrase(self, word: Word) -> int:
        """The index of the word before a noun's phrase."""
        index = word.index - 1
        while index >= 0 and self.words[index].sentence == word.sentence:
            if self.words[index].kind not in {"DET", "ADJ", "NUM", "NOUN", "ADV"}:
                break
            index -= 1
        return index

    def _own_subject(self) -> int | None:
        """The subject of the verb that an object pronoun hangs behind: "the dust rises behind it" is not the dust."""
        if self.pronoun.kind != "PRON" or self.pronoun.index in self.acting or self.pronoun.lower in {"he", "she"}:
            return None
        subjects = {event.verb: event.subject for event in self.parse.events}
        for near in reversed(self.words[: self.pronoun.index]):
            if near.sentence != self.pronoun.sentence or near.kind == "CONJ":
                return None
            if near.kind == "VERB":
                return subjects.get(near.index)
        return None

    def _holds_body(self) -> bool:
        """ "Its head": a part of a body follows, and somebody was named who has one."""
        living = (self._kind(word) in {"person", "animal"} for word in self.words[: self.pronoun.index])
        return self._before_body() and any(living)

    def _before_body(self) -> bool:
        near = next((w for w in self.words[self.pronoun.index + 1 : self.pronoun.index + 4] if w.kind == "NOUN"), None)
        return near is not None and self._kind(near) == "body"


OF_A_TAKE = {"single", "continuous", "unbroken", "uninterrupted", "one"}
"""What is said of a take or a move that is never cut."""
_HEROES = {"batman", "superman", "spiderman", "aquaman", "ironman", "catwoman"}


def is_proper(word: Word, parse: Parse) -> bool:
    """Whether a noun is a name: a capital that nothing else explains."""
    if word.lower in _HEROES or _is_hero(word, parse):
        return True
    if word.lower in OF_A_TAKE:
        return False  # "Single continuous take. A woman ... She ..."
    letters = word.text[:1].isupper() and not (word.text.isupper() and len(word.text) > 3)
    opens = word.index == 0 or parse.reading.words[word.index - 1].sentence != word.sentence
    before = parse.reading.words[word.index - 1] if word.index else None
    determined = before is not None and before.kind == "DET" and before.sentence == word.sentence
    named = opens and not determined and _named_again(word, parse)
    kinds = parse.vocabulary.noun_kinds
    called = not opens and before is not None and kinds.get(before.lower) in {"person", "animal"}  # "my dog Biscuit"
    called = called or (before is not None and before.lower.rstrip(".") in _TITLES)  # "Mr. Fox"
    called = called or (not opens and before is not None and _is_a_surname(word, before, parse))
    known = word.lower in kinds and not called and word.lower not in parse.vocabulary.given_names
    return letters and not determined and not known and not (opens and (word.plural or word.verbs) and not named)


def _is_a_surname(word: Word, before: Word, parse: Parse) -> bool:
    """ "Ella Lamp runs": a noun with a capital right behind a name."""
    known = before.lower in parse.vocabulary.noun_kinds or before.verbs or before.kind != "NOUN"
    given = before.lower in parse.vocabulary.given_names or not known
    behind = parse.reading.words[word.index + 1 : word.index + 2]
    ends = bool(behind) and behind[0].text.islower()
    return given and ends and before.text.istitle() and word.text.istitle() and not word.plural


def _is_hero(word: Word, parse: Parse) -> bool:
    """ "Iron man", "spider man": a name of two words."""
    before = parse.reading.words[word.index - 1] if word.index else None
    named = before is not None and before.end + 1 == word.start and before.lower in {"iron", "spider", "bat", "super"}
    return named and word.lower in {"man", "woman", "girl"}


def _named_again(word: Word, parse: Parse) -> bool:
    return any(w.text == word.text and w.index not in parse.reading.starts.values() for w in parse.reading.words)
