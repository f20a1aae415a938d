"""Where the tree alone decides: a verb with what only verbs have, a noun with what only nouns have."""

from __future__ import annotations

from studio.coach.language.evidence import CLAUSES, Evidence
from studio.coach.language.forms import form_of, looks_like
from studio.coach.language.model import Parsed
from studio.coach.language.words import Word

__all__ = ["Firm"]

_SAID_OF_NOUNS = {"det", "amod", "nummod", "nmod:poss", "compound", "case"}
_BESIDE_VERBS = {"obl", "compound:prt", "xcomp"}
_NOUNS = {"NOUN", "PROPN"}
_PASTS = {"preterite", "passive", "past"}


class Firm(Evidence):
    """Asks the tree before any list is asked."""

    def _firm_verb(self, word: Word, said: Parsed) -> Word | None:
        """The word as the verb of a clause of its own: "roots grip the stone", "lock it", "and left"."""
        form = form_of(said)
        if said.pos != "VERB" or said.dep in {"amod", "acl"} or self._has(word, "aux", "cop", *_SAID_OF_NOUNS):
            return None
        if form in _PASTS:
            return self._firm_past(word, said)
        if not (self._firm_s if form == "s" else self._firm_base if form == "base" else self._firm_ing)(word, said):
            return None
        lemma = word.lemma_as(form)
        if not lemma and not word.verbs and looks_like(word.lower, form):
            lemma = self._model.lemma(word.lower, "VERB")
            lemma = lemma if self._model.is_verb(lemma) else ""
        return word.but(kind="VERB", form=form, lemma=lemma, plural=False) if lemma else None

    def _disagrees(self, word: Word, said: Parsed) -> bool:
        """ "Butterflies and flies near a lamp", "jumped between knobs and pads": joined to what does not agree."""
        its = self._pairs[word.head][1]
        if said.dep != "conj" or form_of(said) != "s" or self._firm_object(word):
            return False
        return form_of(its) in _PASTS if its.pos == "VERB" else "Plur" in its.morph

    def _firm_ing(self, word: Word, said: Parsed) -> bool:
        return said.dep in CLAUSES and self._firm_object(word)

    def _firm_s(self, word: Word, said: Parsed) -> bool:
        behind = self._near(word.index - 1)
        if behind is not None and behind.index == word.head and self._pairs[word.head][1].pos == "VERB":
            return False  # "flips switches"
        joined = said.dep != "conj" or self._pairs[word.head][1].pos == "VERB"  # "a room with lamps and lights on"
        return self._firm_object(word) or (joined and said.dep in CLAUSES and self._has(word, *_BESIDE_VERBS))

    def _firm_base(self, word: Word, said: Parsed) -> bool:
        if self._firm_object(word) or self._has(word, "mark"):
            return True
        if said.dep not in CLAUSES:
            return False
        subject = self._own_subject(word)
        if subject is not None:
            return self._beside(subject, word) and (self._is_several(subject) or self._has(word, "obj"))
        if not word.index:
            after = self._near(1)
            return word.lower not in self._kinds and not (after is not None and after.may_be("s"))  # "paint flakes off"
        return self._goes_on_from(word)

    def _goes_on_from(self, word: Word) -> bool:
        """Whether a bare form goes on from one, or is one more that several do: "spin, clap, then bow"."""
        before = (its for _, its in self._pairs[: word.index] if its.pos == "VERB")
        return any(form_of(its) == "base" and its.morph != "VerbForm=Inf" for its in before)

    def _firm_past(self, word: Word, said: Parsed) -> Word | None:
        lemma = word.lemma_as("past", "preterite")
        if not lemma or said.dep not in CLAUSES:
            return None
        head, its = self._pairs[word.head]
        joined = said.dep == "conj" and its.pos == "VERB" and form_of(its) in _PASTS and head.index < word.index
        while joined and not self._own_subject(head):
            if its.dep != "conj":
                return None
            head, its = self._pairs[head.head]
        subject = self._own_subject(head if joined else word)
        if subject is None or not (subject.kind == "PRON" or self._has(subject, "det", "nmod:poss", "nummod")):
            return None
        if not joined and form_of(said) != "preterite" and not self._firm_object(word):
            return None  # "a lamb carried in a basket"
        return word.but(kind="VERB", form="past" if word.may_be("past") else "preterite", lemma=lemma, plural=False)

    def _own_subject(self, word: Word) -> Word | None:
        below = self._below.get(word.index, ())
        return next((near for near, dep in reversed(below) if dep == "nsubj" and near.index < word.index), None)

    def _is_several(self, subject: Word) -> bool:
        said = self._pairs[subject.index][1]
        joined = any(dep == "conj" and self._has(near, "cc") for near, dep in self._below.get(subject.index, ()))
        return subject.plural or "Plur" in said.morph or joined or said.pos in {"PRON", "DET"}

    def _firm_object(self, word: Word) -> bool:
        """Whether an object with its article, or a pronoun, stands behind: "lights his pipe", "lower it"."""
        things = (near for near, dep in self._below.get(word.index, ()) if dep == "obj" and near.index > word.index)
        thing = next(things, None)
        return thing is not None and (thing.kind == "PRON" or self._has(thing, "det", "nmod:poss"))

    def _is_firm_noun(self, word: Word, said: Parsed) -> bool:
        """Whether what could be a verb is a noun: "slow blinks", "no cuts", the "rings" of "smoke rings drift", the
        "elbows" of "they lock elbows", the "whisk" of "matcha, whisk, spoon"."""
        if word.kind not in {"VERB", "NOUN"} or not word.verbs:
            return False
        head, its = self._pairs[word.head]
        if said.pos not in _NOUNS:
            alone = word.may_be("s") and not self._has(word, "nsubj", "obj", "obl", "xcomp")
            done = alone and said.dep == "obj" and its.pos == "VERB" and head.index == word.index - 1
            near = [self._near(word.index + step) for step in (-1, 1)]
            item = word.form == "base" and its.pos in _NOUNS
            return done or (item and all(other is not None and other.text == "," for other in near))
        below = self._below.get(word.index, ())
        before = [pair for pair in below if pair[0].index < word.index and pair[0].lower not in self._sets["sequence"]]
        who = next((near for near, dep in before if dep == "compound"), None)  # the girl of "a happy girl smiles"
        described = any(dep == "amod" for _, dep in before) and not any(dep in {"det", "case"} for _, dep in before)
        described = described and not (who is not None and (self._acts(who) or who.plural))
        denied = any(near.lower == "no" for near, dep in below if dep == "det")
        does = said.dep == "nsubj" and its.pos == "VERB" and head.index > word.index and word.form != "ing"
        does = does and (form_of(its) == "base" or not self._has(word, "nsubj", "obj"))
        return described or denied or does

    def _beside(self, subject: Word, word: Word) -> bool:
        """No comma between but those of what belongs to the subject: "roots, like fingers, grip the stone"; the wheels
        of "wheels spinning, camera push in" push nothing."""
        between = [near for near, _ in self._pairs[subject.index + 1 : word.index]]
        if all(near.text != "," for near in between):
            return True
        while between and between[-1].kind == "ADV":
            between.pop()
        return between[-1].text == "," and all(near.kind == "PUNCT" or self._is_part(near, subject) for near in between)

    def _noun(self, word: Word, *, plural: bool = False) -> Word:
        return word.but(kind="NOUN", form="", lemma=self._model.lemma(word.lower, "NOUN"), plural=plural)
