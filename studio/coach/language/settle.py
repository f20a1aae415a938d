"""Settles each word between the lexical grammar and the trained model.

Measured on the gold sentences in ``tests/gold`` and on labelled prompts: for closed classes the lexical grammar is the
surer judge, and for most words that the vocabulary lists as verbs; where the model sees a verb with what only verbs
have (a subject, an object, a clause that it goes on from), or a noun with what only nouns have, it is the model, and so
for whatever no list holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.coach.language.firm import Firm
from studio.coach.language.forms import as_deed, as_quality, form_of, looks_like
from studio.coach.language.model import Model, Parsed
from studio.coach.language.words import Word
from studio.coach.vocabulary.load import Vocabulary

__all__ = ["settle"]

_CLAUSAL = {"ROOT", "conj", "parataxis", "advcl", "ccomp", "xcomp", "acl", "acl:relcl"}
_NAMED = {"obj", "obl", "nmod", "conj", "appos", "list", "obl:agent"}
"""What a noun may be in a sentence, where a verb could not stand."""


def settle(pairs: Sequence[tuple[Word, Parsed]], vocabulary: Vocabulary, model: Model) -> tuple[Word, ...]:
    """The words with the kind, form and lemma that the surer of the two gives them."""
    return _Settler(pairs, vocabulary, model).words()


class _Settler(Firm):
    """Decides, word by word, whom to believe."""

    def words(self) -> tuple[Word, ...]:
        return tuple(self._doing_what_is_shown(self._settled(word, said)) for word, said in self._pairs)

    def _doing_what_is_shown(self, word: Word) -> Word:
        """ "Illustrate Nora, the shy fox, standing on a wall": who is shown does it, and not who shows."""
        if word.form != "ing" or word.dep != "advcl":
            return word
        if self._pairs[word.head][0].lower not in self._sets["telling_shows"]:
            return word
        shown = next(
            (near for near, dep in self._below.get(word.head, ()) if dep == "obj" and near.index < word.index), None
        )
        return word if shown is None else word.but(head=shown.index, dep="acl")

    def _settled(self, word: Word, said: Parsed) -> Word:
        after = self._near(word.index + 1)
        if word.lower == "can" and word.kind == "AUX" and after is not None and after.form in {"ing", "s"}:
            return replace(self._noun(word), dep="nsubj" if after.form == "s" else word.dep)  # "the drink can speaking"
        plain = word.lower.isascii() and word.lower.isalpha()
        if not plain or word.kind not in {"VERB", "NOUN", "ADJ", "ADV"} or word.dep == "flat":
            return word
        if word.form == "ing" and not word.verbs and self._model.is_verb(self._model.lemma(word.lower, "VERB")):
            word = word.but(lemma=self._model.lemma(word.lower, "VERB"))  # "investigating"
        if word.kind != "VERB" and said.pos == "VERB" and self._disagrees(word, said):
            return word
        if self._is_firm_noun(word, said):
            return self._noun(word, plural="Plur" in said.morph or word.form == "s") if word.kind == "VERB" else word
        firm = self._firm_verb(word, said) if word.kind != "VERB" else None
        if firm is not None:
            return firm
        behind = self._near(word.index - 1)
        if word.form == "participle" and behind is not None and behind.could_be("get"):
            return word.but(kind="VERB", form="passive")  # "gets poured"
        foreign = word.form == "ing" and not word.lower.endswith("ing")
        if foreign and said.pos == "ADJ" and self._is_state(word):
            return as_quality(word)  # "the door is open"
        placed = word.kind == "ADV" and word.lower in self._sets["ways"] and word.head == word.index + 1
        if placed and said.pos == "ADJ" and said.dep == "amod":
            return word.but(kind="ADJ")  # "a high mountain"
        if word.dep == "acl" and self._is_glade(word):
            return replace(self._noun(word), dep="appos", verbs=())  # "a forest clearing"
        other = self._no_verb(word, said) if word.kind == "VERB" else self._by_its_place(word, said)
        if other is not None:
            return other
        if not word.index and word.kind == "NOUN" and word.could_be_of(self._sets["meta"]) and self._has(word, "obj"):
            return word.but(kind="VERB", form="base", lemma=word.lower, plural=False)  # "Illustrate Nora, ..."
        return self._nominal(word, said) if said.pos != "VERB" else self._verbal(word, said)

    def _no_verb(self, word: Word, said: Parsed) -> Word | None:
        """What the lexical grammar took for a verb, and its neighbours say is none."""
        listed = word.form == "s" and (self._begins_absolute(word) or self._joins_a_list(word, said))
        if listed or (word.form == "s" and self._is_performed(word)):
            return self._noun(word, plural=True)
        if word.form == "base" and word.lower == "side":
            return self._noun(word)  # "side facing", "from behind and side": nobody sides with anybody here
        return word.but(kind="ADJ", form="attributive") if word.form == "ing" and self._ends_a_list(word) else None

    def _by_its_place(self, word: Word, said: Parsed) -> Word | None:
        """What the lexical grammar took for no verb, and its neighbours say is one, or describes."""
        if word.kind in {"NOUN", "ADV"} and self._is_first_of_two(word):
            return as_quality(word).but(plural=False)
        if not word.may_be("s") or self._is_cut(word, said):
            return None
        does = self._after_singular(word) or self._moves_somehow(word) or self._is_deed(word)
        does = does or self._is_told(word, said)
        return as_deed(word, word.lemma_as("s")) if does else None

    def _is_cut(self, word: Word, said: Parsed) -> bool:
        """ "A knife cutting thin slices": what is done to it, by a verb that has its noun before it."""
        if said.dep != "obj" or said.pos != "NOUN" or not 0 < word.head < word.index:
            return False
        verb, its = self._pairs[word.head]
        between = self._pairs[word.head + 1 : word.index]
        behind = self._near(word.head - 1)
        plain = all(other.dep in {"amod", "compound", "nummod", "punct"} for _, other in between)
        doing = its.pos == "VERB" and (verb.may_be("ing") or verb.may_be("s"))
        return plain and doing and behind is not None and behind.kind == "NOUN"

    def _verbal(self, word: Word, said: Parsed) -> Word:
        """What the model takes for a verb: "fishing" may still be what a boat is for."""
        behind = self._near(word.index - 1)
        ahead = said.dep == "amod" and word.head > word.index and self._pairs[word.head][0].kind == "NOUN"
        if ahead and word.form == "ing" and behind is not None and behind.kind == "PREP":
            return word.but(kind="ADJ", form="attributive")  # "against swirling blue brushstrokes"
        if ahead and word.form == "ing" and word.kind == "VERB" and self._is_use(word):
            return word.but(kind="NOUN", form="gerund", lemma=word.lower)  # "a moored fishing boat"
        taken = self._as_said(word, said)
        if taken is not None:
            return taken
        if word.verbs:
            return self._listed(word, said)
        if word.lower in self._kinds or word.lower in self._vocabulary.adjectives or word.kind == "VERB":
            return word
        return self._unlisted(word, said)

    def _as_said(self, word: Word, said: Parsed) -> Word | None:
        """A verb of the vocabulary that heads a clause of its own in the tree, in the form that the model read."""
        form = form_of(said)
        if word.kind not in {"NOUN", "ADJ"} or said.dep not in _CLAUSAL:
            return None
        if form not in {"ing", "s", "base"} or not self._stands_as(form, word, said):
            return None  # what was done to a thing describes it: "a wall covered in moss"
        lemma = word.lemma_as(form)
        return word.but(kind="VERB", form=form, lemma=lemma, plural=False) if lemma else None

    def _stands_as(self, form: str, word: Word, said: Parsed) -> bool:
        """Whether a word stands where a verb in that form can."""
        behind = self._near(word.index - 1)
        subject = next((near for near, dep in self._below.get(word.index, ()) if dep == "nsubj"), None)
        head, its = self._pairs[word.head]
        single = not head.plural and (self._acts(head) or (form == "s" and self._has(word, "obj")))
        goes_on = said.dep == "conj" and (single or (its.pos == "VERB" and not (form == "s" and form_of(its) == "ing")))
        if form == "ing":
            while behind is not None and behind.kind == "ADV":
                behind = self._near(behind.index - 1)
            led = behind is not None and behind.kind in {"PREP", "DET", "ADJ", "VERB"}
            return not led and (said.dep != "conj" or goes_on)
        if behind is not None and any(name == "s" for _, name in behind.verbs):
            return False  # "an elephant sprays water"
        if form == "base" and not word.index:
            return word.lower not in self._kinds or self._has(word, "obj")  # "Fight the dragon", no "Pan on a stove"
        if form == "base" and subject is not None:
            return self._beside(subject, word) and self._acts(subject)
        return subject is not None or goes_on or said.dep == "xcomp"

    def _is_state(self, word: Word) -> bool:
        return word.lemma not in self._sets["whole"] and self._model.is_adjective(word.lower)

    def _nominal(self, word: Word, said: Parsed) -> Word:
        """A noun or an adjective: "light rain", "a shot of espresso"."""
        head, its = self._pairs[word.head]
        if word.kind == "VERB" and word.form == "base" and self._is_made_to(word):
            return word
        if self._is_one_of_several(word, said):
            return self._noun(word, plural="Plur" in said.morph)
        describes = said.pos == "ADJ" and said.dep == "amod" and head.kind == "NOUN"
        if describes and word.kind == "NOUN" and word.verbs and not word.form:
            return word.but(kind="ADJ", lemma=word.lower, plural=False)
        describes = said.pos == "ADJ" or (said.dep in {"amod", "compound"} and head.index == word.index + 1)
        if word.kind == "NOUN" and describes and not word.verbs and self._only_describes(word.lower):
            return word.but(kind="ADJ", lemma=word.lower, plural=False)
        if word.form == "participle" and said.pos == "NOUN" and said.dep != "amod" and self._model.is_noun(word.lower):
            return self._noun(word)
        behind = self._pairs[word.index - 1][1] if word.index else None
        completes = behind is not None and behind.pos == "VERB" and word.head == word.index - 1
        if (
            word.form == "base"
            and said.pos == "ADJ"
            and (self._stands_alone(word) or (completes and said.dep == "xcomp"))
        ):
            return as_quality(word)  # "cracks open"
        ahead = said.dep == "amod" and head.kind in {"NOUN", "ADV"} and head.index == word.index + 1  # "tidy home"
        if ahead and word.form == "base" and said.pos == "ADJ" and self._model.is_adjective(word.lower):
            return as_quality(word)  # "green accents clean lines"
        who = self._near(word.index - 2)  # "kids chase bubbles", "they lock elbows"
        several = who is not None and (who.plural or who.lower in self._sets["plural_pronouns"])
        if word.form == "s" and completes and several and said.pos == "NOUN" and said.dep == "obj":
            return self._noun(word, plural=True)
        if word.kind == "VERB" and said.pos == "NOUN" and self._named(word, said):
            return self._noun(word, plural="Plur" in said.morph)
        if (
            word.kind == "VERB"
            and word.form == "s"
            and said.dep == "nsubj"
            and "VERB" in {head.kind, its.pos}
            and head.index > word.index
        ):
            return self._noun(word, plural=True)
        return word

    def _is_one_of_several(self, word: Word, said: Parsed) -> bool:
        """ "Heavy with smoke and salt", "pink frosting and sprinkles": a noun to the model, joined to a noun."""
        joined = said.pos == "NOUN" and said.dep == "conj" and self._pairs[word.head][1].pos == "NOUN"
        joined = joined and word.form in {"base", "s"} and not self._has(word, "case")
        other = self._near(word.index - 2)
        joined = joined and (other is None or other.dep != "flat")  # "reads “STOP NOW” and sways"
        return word.kind == "VERB" and joined and self._model.is_noun(self._model.lemma(word.lower, "NOUN"))

    def _named(self, word: Word, said: Parsed) -> bool:
        """Whether what could be a verb ends a noun's phrase: "in neat rows", "a tackle box", "a fishing boat"."""
        before = self._near(word.index - 1)
        if before is None or not self._model.is_noun(self._model.lemma(word.lower, "NOUN")):
            return False
        if word.form == "ing":
            describes = said.dep == "compound" and word.head == word.index + 1
            return describes and (before.kind in {"DET", "PREP"} or self._pairs[before.index][1].pos == "ADJ")
        if word.form not in {"s", "base"} or said.dep not in _NAMED or before.head != word.index:
            return False
        modifiers = self._below.get(word.index, ())
        single = any(near.lower in {"a", "an", "one", "this", "another"} for near, _ in modifiers)
        who = (self._kinds.get(before.lower) in {"person", "animal"} or self._is_named(before)) and not before.plural
        if who and word.form == "s" and word.lower not in self._kinds and word.lemma in self._sets["motion"]:
            return False  # "old man blinks"
        if before.kind == "NOUN" and before.lower in self._sets["colours"]:
            return False  # "a woman in black dances"
        if before.kind not in {"NOUN", "ADJ"} and not (single and before.kind in {"DET", "PRON", "NUM"}):
            return False
        known = word.lower in self._kinds
        described = any(
            dep == "amod"
            and near.index < word.index
            and (known or near.kind == "ADJ" or self._only_describes(near.lower))
            for near, dep in modifiers
        )
        described = described or self._only_describes(before.lower)
        if word.form == "base":
            return (single or described) and "Plur" not in said.morph
        listed = said.dep == "conj" and self._pairs[word.head][0].kind == "NOUN"
        listed = listed and self._kinds.get(before.lower) not in {"person", "animal"}
        after = self._near(word.index + 1)
        ends = after is None or after.kind == "PUNCT"
        held = ends and any(dep == "case" and near.index == before.index - 1 for near, dep in modifiers)
        held = held or self._in_a_phrase(word, said)
        return not single and (described or held or (listed and not self._has(word, "det")))

    def _in_a_phrase(self, word: Word, said: Parsed) -> bool:
        """ "Juggles multiple orders", "with school style clothes": nothing stands between what governs it and it."""
        start = word.index - 1
        while start >= 0 and self._pairs[start][0].kind in {"NOUN", "ADJ", "NUM"} and not self._pairs[start][0].plural:
            start -= 1
        opener = self._pairs[start][0] if start >= 0 else None
        if opener is None or opener.lower == "of" or self._acts(self._pairs[word.index - 1][0]):
            return False
        led = opener.kind == "PREP" and (opener, "case") in self._below.get(word.index, ())
        return led or (opener.kind == "VERB" and said.dep == "obj" and word.head == opener.index)

    def _listed(self, word: Word, said: Parsed) -> Word:
        """A verb of the vocabulary that the lexical grammar took for a noun, though it has a subject that agrees."""
        form, subject = form_of(said), self._subject(word, said)
        lemma = word.lemma_as(form)
        if self._goes_on_alone(word, said, lemma):
            return as_deed(word, lemma)
        if (
            word.kind == "NOUN"
            and word.index == 0
            and "Mood=Imp" in said.morph
            and word.lower not in self._kinds
            and lemma
        ):
            return word.but(kind="VERB", form="base", lemma=lemma, plural=False)
        if word.kind != "NOUN" or word.form or form != "s" or not lemma or subject is None or said.dep == "acl:relcl":
            return word
        verb, who = self._near(word.index - 1), self._near(word.index - 2)
        relative = who is not None and who.kind == "PRON"  # "the boy that runs falls"
        if verb is not None and verb.form in {"s", "ing", "base"} and not relative:
            return word  # "flips switches"
        beside = subject.index == word.index - 1 and word.lower in self._sets["plain_s"]  # "sunlight streams in"
        return as_deed(word, lemma) if beside or word.lower not in self._sets["always_noun"] else word

    def _unlisted(self, word: Word, said: Parsed) -> Word:
        """A verb that no list holds: a motion of somebody or something known, or else a description."""
        form, subject = form_of(said), self._subject(word, said)
        lemma = self._model.lemma(word.lower, "VERB")
        if form == "ing" and word.lower in self._sets["attributive_state"]:
            return word  # "the girl's stunning dress"
        if not looks_like(word.lower, form) or (form != "ing" and not self._model.is_verb(lemma)):
            return word
        if said.dep == "amod":
            return word.but(kind="ADJ", form="attributive" if form == "ing" else "participle", lemma=lemma)
        verb = word.but(kind="VERB", form=form, lemma=lemma, plural=False)
        if form in {"past", "passive"} or (form == "preterite" and said.dep.startswith("acl")):
            return verb if self._has(word, "aux", "aux:pass") else verb.but(kind="ADJ", form="participle")
        if form == "ing":
            acts = self._acts(subject) or self._has(word, "obj")  # ", piloting the craft"
            return verb if acts else verb.but(kind="ADJ", form="participle")
        if form == "preterite":
            told = subject is not None and (subject.kind == "PRON" or subject.plural or self._has(subject, "det"))
            return verb if told and self._acts(subject) and said.dep != "parataxis" else word
        known = subject is not None and (subject.lower in self._kinds or subject.kind == "PRON")
        known = known or (subject is not None and not self._model.is_noun(lemma))
        return verb if known or (said.dep == "conj" and self._pairs[word.head][0].kind == "VERB") else word
