"""Settles each word between the lexical grammar and the trained model.

Measured on the gold sentences in ``tests/gold``: for a word that the vocabulary lists as a verb the lexical grammar is
the surer judge, for closed classes too; whatever no list holds is the model's to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.coach.language.model import Model, Parsed
from studio.coach.language.words import Kind, Word
from studio.coach.vocabulary.load import Vocabulary

__all__ = ["settle"]

_NAMED = {"obj", "obl", "nmod", "conj", "appos", "list", "obl:agent"}
"""What a noun may be in a sentence, where a verb could not stand."""
_SEVERAL = {"two", "three", "four", "five", "six", "several", "many", "few", "these", "those", "various"}
_PHRASE = 8  # words from an article to its noun
_SINGLE = {"a", "an", "another", "each", "every", "one"}
_CLAUSES = {"ROOT", "conj", "parataxis", "advcl", "ccomp"}


def settle(pairs: Sequence[tuple[Word, Parsed]], vocabulary: Vocabulary, model: Model) -> tuple[Word, ...]:
    """The words with the kind, form and lemma that the surer of the two gives them."""
    return _Settler(pairs, vocabulary, model).words()


class _Settler:
    """One sentence, each word with what the model says of it."""

    def __init__(self, pairs: Sequence[tuple[Word, Parsed]], vocabulary: Vocabulary, model: Model) -> None:
        self._pairs, self._vocabulary, self._model = pairs, vocabulary, model
        self._kinds, self._sets = vocabulary.noun_kinds, vocabulary.sets
        self._below: dict[int, list[tuple[Word, str]]] = {}
        for word, said in pairs:
            if word.head != word.index:
                self._below.setdefault(word.head, []).append((word, said.dep))

    def words(self) -> tuple[Word, ...]:
        return tuple(self._settled(word, said) for word, said in self._pairs)

    def _settled(self, word: Word, said: Parsed) -> Word:
        plain = word.lower.isascii() and word.lower.isalpha()
        if not plain or word.kind not in {"VERB", "NOUN", "ADJ", "ADV"} or word.dep == "flat":
            return word
        behind = self._pairs[word.index - 1][0] if word.index else None
        if word.form == "participle" and behind is not None and behind.could_be("get"):
            return replace(word, kind="VERB", form="passive")  # "gets poured"
        if self._after_singular(word):
            lemma = next(lemma for lemma, form in word.verbs if form == "s")
            return replace(word, kind="VERB", form="s", lemma=lemma, plural=False)
        if word.form == "s" and self._begins_absolute(word):
            return replace(word, kind="NOUN", form="", lemma=self._model.lemma(word.lower, "NOUN"), plural=True)
        if word.form == "base" and word.kind == "VERB" and self._is_item(word):
            return replace(word, kind="NOUN", form="", lemma=word.lower)
        if self._is_deed(word):
            lemma = next(lemma for lemma, form in word.verbs if form == "s")
            return replace(word, kind="VERB", form="s", lemma=lemma, plural=False)
        if self._only_verb(word) or self._behind_a_number(word):
            lemma = next(lemma for lemma, form in word.verbs if form == "s")
            return replace(word, kind="VERB", form="s", lemma=lemma, plural=False)
        if said.pos != "VERB":
            return self._nominal(word, said)
        ahead = said.dep == "amod" and word.head > word.index and self._pairs[word.head][0].kind == "NOUN"
        if ahead and word.form == "past":
            return replace(word, kind="ADJ", form="participle")  # "burned-in captions"
        if ahead and word.form == "ing" and behind is not None and behind.kind == "PREP":
            return replace(word, kind="ADJ", form="attributive")  # "against swirling blue brushstrokes"
        if word.form == "attributive" and said.dep == "conj" and self._pairs[word.head][1].pos == "VERB":
            return replace(word, kind="VERB", form="ing")  # "swinging his arms and striking bold poses"
        after = self._pairs[min(word.index + 1, len(self._pairs) - 1)][0]
        looks = said.dep in {"acl", "list"} and word.lower in self._sets["attributive_state"]
        if looks and word.kind == "NOUN" and after.kind in {"ADJ", "NOUN"}:
            return replace(word, kind="ADJ", form="attributive", lemma=word.lower)  # "piercing blue eyes"
        if word.verbs:
            return self._listed(word, said)
        if word.lower in self._kinds or word.lower in self._vocabulary.adjectives or word.kind == "VERB":
            return word
        return self._unlisted(word, said)

    def _nominal(self, word: Word, said: Parsed) -> Word:
        """A noun or an adjective: "light rain", "a shot of espresso"."""
        head, _ = self._pairs[word.head]
        describes = said.pos == "ADJ" and said.dep == "amod" and head.kind == "NOUN"
        if describes and word.kind == "NOUN" and word.verbs and not word.form:
            return replace(word, kind="ADJ", lemma=word.lower, plural=False)
        describes = said.pos == "ADJ" or (said.dep in {"amod", "compound"} and head.index == word.index + 1)
        if word.kind == "NOUN" and describes and not word.verbs and self._only_describes(word.lower):
            return replace(word, kind="ADJ", lemma=word.lower, plural=False)
        if word.form == "participle" and said.pos == "NOUN" and said.dep != "amod" and self._model.is_noun(word.lower):
            return replace(word, kind="NOUN", form="", lemma=self._model.lemma(word.lower, "NOUN"))
        behind = self._pairs[word.index - 1][1] if word.index else None
        completes = behind is not None and behind.pos == "VERB" and word.head == word.index - 1
        if (
            word.form == "base"
            and said.pos == "ADJ"
            and (self._stands_alone(word) or (completes and said.dep == "xcomp"))
        ):
            return replace(word, kind="ADJ", form="", lemma=word.lower)  # "cracks open"
        if word.form == "base" and completes and said.pos == "NOUN" and said.dep == "obj":
            return replace(word, kind="NOUN", form="", lemma=word.lower)  # "pours milk"
        several = word.index > 1 and self._pairs[word.index - 2][0].plural  # "kids chase bubbles"
        if word.form == "s" and completes and several and said.pos == "NOUN" and said.dep == "obj":
            return replace(word, kind="NOUN", form="", lemma=self._model.lemma(word.lower, "NOUN"), plural=True)
        if word.form == "base" and said.pos == "NOUN" and self._is_measure(word):
            return replace(word, kind="NOUN", form="", lemma=word.lower)  # "fast speed"
        if word.kind == "VERB" and said.pos == "NOUN" and self._named(word, said):
            kind: Kind = "NOUN"
            return replace(
                word, kind=kind, form="", lemma=self._model.lemma(word.lower, "NOUN"), plural="Plur" in said.morph
            )
        if (
            word.kind == "VERB"
            and word.form == "s"
            and said.dep == "nsubj"
            and head.kind == "VERB"
            and head.index > word.index
            and not self._does_it(word)
            and not self._single_before(word)
        ):
            return replace(word, kind="NOUN", form="", lemma=self._model.lemma(word.lower, "NOUN"), plural=True)
        return word

    def _is_item(self, word: Word) -> bool:
        """ "Whisk, bamboo spoon": a bare form alone between two marks, not the first, is a thing in a list."""
        if not 0 < word.index < len(self._pairs) - 1 or not self._model.is_noun(word.lower):
            return False
        if any(
            near.kind == "VERB" and near.form == "base" for near, _ in self._pairs[max(0, word.index - 8) : word.index]
        ):
            return False  # "kids run, jump, laugh"
        return all(self._pairs[near][0].text == "," for near in (word.index - 1, word.index + 1))

    def _is_ware(self, word: Word, subject: Word, lemma: str) -> bool:
        """ "Brass rivets, leather straps": no thing without an article does by itself what hands do."""
        hands = lemma in self._sets["hands_only"]
        bare = (
            not self._acts(subject) and not self._has(subject, "det", "nmod:poss") and subject.index == word.index - 1
        )
        return hands and bare and not self._has(word, "obj", "obl", "xcomp")

    def _is_measure(self, word: Word) -> bool:
        """ "Dynamic motion, fast speed": behind a mark and a word of how much, before the next mark."""
        if word.index < 1 or self._pairs[word.index - 1][0].lower not in {"fast", "high", "low", "hard"}:
            return False
        opener = self._pairs[word.index - 2][0] if word.index > 1 else None
        after = self._pairs[word.index + 1][0] if word.index + 1 < len(self._pairs) else None
        return (opener is None or opener.kind == "PUNCT") and (after is None or after.kind == "PUNCT")

    def _does_it(self, word: Word) -> bool:
        """ "A toddler wobbles, takes a step": somebody single before it, a comma behind it."""
        who = self._pairs[word.index - 1][0] if word.index else None
        after = self._pairs[word.index + 1][0] if word.index + 1 < len(self._pairs) else None
        acts = who is not None and self._acts(who) and not who.plural and self._kinds.get(who.lower) != "body"
        return acts and after is not None and after.text == "," and word.lower not in self._kinds

    def _stands_alone(self, word: Word) -> bool:
        """ "Warm, slightly faded", "light, warm and golden": an adjective between marks, no command."""
        if not self._model.is_adjective(word.lower):
            return False
        near = [self._pairs[i][0] for i in (word.index - 1, word.index + 1) if 0 <= i < len(self._pairs)]
        return all(other.kind in {"PUNCT", "CONJ"} for other in near)

    def _named(self, word: Word, said: Parsed) -> bool:
        """Whether what could be a verb ends a noun's phrase: "in neat rows", "a tackle box", "a fishing boat"."""
        before = self._pairs[word.index - 1][0] if word.index else None
        if before is None or not self._model.is_noun(self._model.lemma(word.lower, "NOUN")):
            return False
        if word.form == "ing":
            describes = said.dep == "compound" and word.head == word.index + 1
            return describes and (before.kind in {"DET", "PREP"} or self._pairs[before.index][1].pos == "ADJ")
        if word.form not in {"s", "base"} or said.dep not in _NAMED or before.head != word.index:
            return False
        modifiers = self._below.get(word.index, ())
        single = any(near.lower in {"a", "an", "one", "this", "another"} for near, _ in modifiers)
        who = self._kinds.get(before.lower) in {"person", "animal"} and not before.plural
        if who and word.form == "s" and word.lower not in self._kinds and word.lemma in self._sets["motion"]:
            return False  # "old man blinks"
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
        after = self._pairs[word.index + 1][0] if word.index + 1 < len(self._pairs) else None
        ends = after is None or after.kind == "PUNCT"
        held = ends and any(dep == "case" and near.index == before.index - 1 for near, dep in modifiers)
        return not single and (described or held or (listed and not self._has(word, "det")))

    def _only_describes(self, lower: str) -> bool:
        """Whether a word is an adjective and nothing else: in the dictionary, and in no list, which knows better."""
        listed = lower in self._kinds or self._vocabulary.levels.at((lower,), 0) is not None
        return self._model.is_adjective(lower) and not (listed or self._model.is_noun(lower))

    def _listed(self, word: Word, said: Parsed) -> Word:
        """A verb of the vocabulary that the lexical grammar took for a noun, though it has a subject that agrees."""
        form, subject = _form(said), self._subject(word, said)
        if word.form == "participle" and form == "preterite" and self._told(word, said, subject):
            return replace(word, kind="VERB", form="past")
        lemma = next((lemma for lemma, name in word.verbs if name == form), "")
        if form == "s" and subject is not None and self._is_ware(word, subject, lemma):
            return word
        if self._goes_on_alone(word, said, lemma):
            return replace(word, kind="VERB", form="s", lemma=lemma, plural=False)
        if (
            word.kind == "NOUN"
            and word.index == 0
            and "Mood=Imp" in said.morph
            and word.lower not in self._kinds
            and lemma
        ):
            return replace(word, kind="VERB", form="base", lemma=lemma, plural=False)
        if word.kind != "NOUN" or word.form or not lemma or subject is None:
            return word
        worn = (
            self._kinds.get(subject.lower) == "body"
            and not subject.plural
            and not self._has(subject, "det", "nmod:poss")
        )
        if worn and word.lower in self._sets["mostly_noun"] and not self._has(word, "obj"):
            return word  # "leather ear pads"
        beside = subject.index == word.index - 1 and (
            word.lower in self._sets["plain_s"] or self._alone_acts(subject, said)  # "sunlight streams in"
        )
        held = self._acts(subject) and not subject.plural and self._has(word, "obj") and said.dep in _CLAUSES
        if word.lower in self._sets["always_noun"] and not (beside or held):
            return word
        after, its = self._pairs[min(word.index + 1, len(self._pairs) - 1)]
        if form == "s" and after.form == "base" and its.pos == "VERB" and after is not word:
            return word  # "and ripples spread"
        if form == "s" and self._begins_absolute(word):
            return word  # ", ripples spreading"
        agrees = (form == "s" and not self._counted(subject)) or (form == "base" and subject.plural)
        return (
            replace(word, kind="VERB", form=form, lemma=lemma, plural=False)
            if agrees and said.dep != "acl:relcl"
            else word
        )

    def _counted(self, subject: Word) -> bool:
        """ "Two bamboo stalks": a number before it makes the form in -s a noun."""
        return any(near.lower in _SEVERAL for near, _ in self._pairs[max(0, subject.index - 2) : subject.index])

    def _alone_acts(self, subject: Word, said: Parsed) -> bool:
        """ "The plushie waves": one determined thing that the model takes for the subject of a finite verb."""
        single = not subject.plural and self._kinds.get(subject.lower) != "scenery"
        return single and said.dep in _CLAUSES and subject.dep == "nsubj" and self._has(subject, "det")

    def _told(self, word: Word, said: Parsed, subject: Word | None) -> bool:
        """ "He turned round, then slowly nodded his head": a past form with an object, or that goes on from a verb."""
        after = self._pairs[word.index + 1][0] if word.index + 1 < len(self._pairs) else None
        transitive = after is not None and after.lower in self._sets["object_openers"]
        joined = said.dep == "conj" and self._pairs[word.head][0].kind == "VERB"
        resultative = word.lower in self._sets["resultative"]
        return said.dep in _CLAUSES and subject is not None and (transitive or (joined and not resultative))

    def _after_singular(self, word: Word) -> bool:
        """ "A golden crema forms on top": "a" wants one thing, so a form in -s behind its noun is what that does."""
        if word.kind != "NOUN" or word.index < 2 or word.lower in self._sets["always_noun"] - self._sets["plain_s"]:
            return False
        moves = any(form == "s" and lemma in self._sets["motion"] for lemma, form in word.verbs)
        noun = self._pairs[word.index - 1][0]
        if not moves or noun.kind != "NOUN" or noun.plural or noun.form:
            return False
        after = self._pairs[word.index + 1][0] if word.index + 1 < len(self._pairs) else None
        return (after is None or after.kind in {"PREP", "ADV", "DET", "PUNCT"}) and self._single_before(word)

    def _single_before(self, word: Word) -> bool:
        """Whether a single thing stands before a word, from its article on: "a golden crema"."""
        noun = self._pairs[word.index - 1][0] if word.index else word
        place = noun.index - 1
        while place > noun.index - _PHRASE and place >= 0 and self._pairs[place][0].kind in {"NOUN", "ADJ"}:
            place -= 1
        single = place >= 0 and self._pairs[place][0].lower in _SINGLE
        return single and noun.kind == "NOUN" and not noun.plural

    def _begins_absolute(self, word: Word) -> bool:
        """ "It turns, laces swaying": right before what somebody goes on doing, a form in -s is who or what does it."""
        before = self._pairs[word.index - 1][0] if word.index else None
        after = self._pairs[word.index + 1][0] if word.index + 1 < len(self._pairs) else None
        opens = before is None or before.text == ","
        doing = after is not None and after.form == "ing" and after.kind == "VERB"
        return opens and doing and word.lemma not in self._sets["goes_on_doing"]

    def _is_deed(self, word: Word) -> bool:
        """ "Action: raises a wall", "[Action] howls": behind such a label a form in -s is what the subject does."""
        if word.index < 2 or word.kind == "VERB" or not any(form == "s" for _, form in word.verbs):
            return False
        mark, label = self._pairs[word.index - 1][0], self._pairs[word.index - 2][0]
        after = self._pairs[word.index + 1][0] if word.index + 1 < len(self._pairs) else None
        apart = after is None or after.kind not in {"NOUN", "AUX", "VERB"}
        return mark.text in {":", "]"} and label.lower in self._sets["deeds"] and apart

    def _behind_a_number(self, word: Word) -> bool:
        """ "The Porsche 911 accelerates out of the tunnel": behind a name with a number."""
        if word.kind != "NOUN" or word.form or word.index < 2 or not any(form == "s" for _, form in word.verbs):
            return False
        name, number = self._pairs[word.index - 2][0], self._pairs[word.index - 1][0]
        after = self._pairs[word.index + 1][0] if word.index + 1 < len(self._pairs) else None
        named = name.kind == "NOUN" and name.text[:1].isupper() and number.kind == "NUM"
        return named and word.lower not in self._kinds and after is not None and after.lower in self._sets["ways"]

    def _only_verb(self, word: Word) -> bool:
        """ "Man in a blue coat looks up and smiles at her": all that can be a verb, behind somebody single."""
        if word.kind != "NOUN" or word.form or not any(form == "s" for _, form in word.verbs):
            return False
        if any(other.kind in {"VERB", "AUX"} for other, _ in self._pairs):
            return False
        who = next((other for other, _ in self._pairs if other.kind in {"NOUN", "PRON", "PREP", "PUNCT"}), None)
        single = who is not None and who.kind == "NOUN" and not who.plural and who.index < word.index - 2
        after = self._pairs[word.index + 1][0] if word.index + 1 < len(self._pairs) else None
        before = self._pairs[word.index - 1][0]
        led = before.kind == "NOUN" or before.lower == "and"
        firm = after is not None and after.lower in self._sets["ways"] | {"down", "back", "her", "his", "the", "a"}
        return single and led and firm and self._kinds.get(who.lower) in {"person", "animal"} if who else False

    def _goes_on_alone(self, word: Word, said: Parsed, lemma: str) -> bool:
        """ "Walks in." "Opens the door": a form in -s opens the sentence, with an object or a way behind it."""
        if word.kind != "NOUN" or word.index or said.dep != "ROOT" or not lemma or not word.lower.endswith("s"):
            return False
        after = self._pairs[1][0].lower if len(self._pairs) > 1 else ""
        firm = after in self._sets["object_openers"] | self._sets["ways"] | self._sets["particles"]
        return (
            firm and word.lower not in self._kinds and not any(pair.dep.startswith("nsubj") for _, pair in self._pairs)
        )

    def _unlisted(self, word: Word, said: Parsed) -> Word:
        """A verb that no list holds: a motion of somebody or something known, or else a description."""
        form, subject = _form(said), self._subject(word, said)
        lemma = self._model.lemma(word.lower, "VERB")
        if not _looks_like(word.lower, form) or (form != "ing" and not self._model.is_verb(lemma)):
            return word
        if said.dep == "amod":
            return replace(word, kind="ADJ", form="attributive" if form == "ing" else "participle", lemma=lemma)
        verb = replace(word, kind="VERB", form=form, lemma=lemma, plural=False)
        if form in {"past", "passive"} or (form == "preterite" and said.dep.startswith("acl")):
            return verb if self._has(word, "aux", "aux:pass") else replace(verb, kind="ADJ", form="participle")
        if form == "ing":
            return verb if self._acts(subject) else replace(verb, kind="ADJ", form="participle")
        if form == "base":
            command = said.morph.startswith("Mood=Imp") and not self._model.is_noun(word.lower)
            agrees = command or (subject is not None and subject.plural)
            return verb if agrees or self._has(word, "aux", "mark") else word
        if form == "preterite":
            told = subject is not None and (subject.kind == "PRON" or subject.plural or self._has(subject, "det"))
            return verb if told and self._acts(subject) and said.dep != "parataxis" else word
        known = subject is not None and (subject.lower in self._kinds or subject.kind == "PRON")
        known = known or (subject is not None and not self._model.is_noun(lemma))
        return verb if known or (said.dep == "conj" and self._pairs[word.head][0].kind == "VERB") else word

    def _subject(self, word: Word, said: Parsed) -> Word | None:
        """Its subject in the tree; of "a dog running" the noun, of a second verb that of the first."""
        for _ in range(4):
            own = next((child for child, dep in self._below.get(word.index, ()) if dep.startswith("nsubj")), None)
            relative = own is not None and own.lower in {"that", "which", "who"}
            if own is not None and not relative:
                return own if own.index < word.index else None
            if word.head == word.index or said.dep not in {"acl", "acl:relcl", "conj", "advcl", "xcomp"}:
                return None
            above, its = self._pairs[word.head]
            if said.dep.startswith("acl"):
                return above
            word, said = above, its
        return None

    def _has(self, word: Word, *deps: str) -> bool:
        return any(dep in deps for _, dep in self._below.get(word.index, ()))

    def _acts(self, subject: Word | None) -> bool:
        acts = {"person", "animal", "vehicle", "body"}
        return subject is not None and (subject.kind == "PRON" or self._kinds.get(subject.lower) in acts)


def _looks_like(lower: str, form: str) -> bool:
    """Whether a spelling can be that form of a regular verb."""
    endings = {"ing": ("ing",), "s": ("s",), "past": ("ed",), "passive": ("ed",), "preterite": ("ed",)}
    return lower.endswith(endings.get(form, "")) and not (form == "s" and lower.endswith(("ss", "us", "is")))


def _form(said: Parsed) -> str:
    """The form of a verb, by its features, in the coach's terms."""
    features = said.morph
    if "VerbForm=Part" in features:
        if "Tense=Pres" in features:
            return "ing"
        return "passive" if "Voice=Pass" in features and said.dep not in {"acl", "amod", "advcl"} else "past"
    if "Tense=Past" in features:
        return "preterite"
    return "s" if "Person=3" in features else "base"
