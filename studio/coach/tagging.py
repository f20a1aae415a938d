"""The lexical grammar: which words are verbs, which are nouns, decided by their neighbours.

Only ``language.py`` uses it; a trained pipeline would take its place.
"""

from __future__ import annotations

from dataclasses import replace

from studio.coach.vocabulary import Vocabulary
from studio.coach.words import Kind, Word

__all__ = ["Tagger"]

_OBJECTS = {"it", "them", "him", "her", "us", "me", "itself", "himself", "herself", "themselves"}


class Tagger:
    """One pass over the words, left to right; each decision sees what is settled before it and the spelling after."""

    def __init__(self, words: tuple[Word, ...], vocabulary: Vocabulary) -> None:
        self.words = list(words)
        self.vocabulary = vocabulary
        self.sets = vocabulary.sets
        self.kinds = vocabulary.noun_kinds
        self.finite: dict[int, str] = {}  # sentence -> form of its last finite verb

    def tag(self) -> list[Word]:
        """The words with kind, form and lemma."""
        for word in tuple(self.words):
            self.words[word.index] = self._settle(word)
        return self.words

    def _settle(self, word: Word) -> Word:
        kind = self._closed_class(word)
        if kind:
            return replace(word, kind=kind, lemma=word.lower)
        if word.verbs:
            verb = self._verb(word)
            if verb is not None:
                if verb.kind == "VERB" and verb.form in {"s", "base", "preterite", "past", "passive"}:
                    self.finite[word.sentence] = verb.form
                return verb
        return self._nominal(word)

    def _closed_class(self, word: Word) -> Kind | None:
        lower, sets = word.lower, self.sets
        if not any(c.isalnum() for c in lower):
            return "PUNCT"
        if lower in sets["negators"]:
            return "NOT"
        if lower in {"'s", "’s"}:
            after = self._ahead(word.index)
            return "AUX" if after and (after.lower.endswith("ing") or after.lower in sets["determiners"]) else "DET"
        if lower in sets["auxiliaries"]:
            return "AUX"
        before = self._behind(word.index)
        if lower == "that" and before is not None and before.kind == "NOUN":
            return "PRON"
        if lower in sets["determiners"] or lower in sets["possessives"]:
            return "DET"
        if lower in sets["pronouns"] or lower in self.sets["plural_pronouns"]:
            return "PRON"
        if lower in sets["conjunctions"] and lower not in {"before", "after", "until", "since"}:
            return "CONJ"
        if lower in {"left", "open", "light", "close", "like"} and self._takes_object(word):
            return None
        if lower in sets["prepositions"]:
            return "PREP"
        if lower in sets["adverbs"] or lower in sets["sequence"]:
            return "ADV"
        return "NUM" if lower[0].isdigit() else None

    def _takes_object(self, word: Word) -> bool:
        before, after = self._behind(word.index), self._ahead(word.index)
        return bool(
            before
            and after
            and before.kind in {"NOUN", "PRON"}
            and after.lower in self.sets["determiners"] | self.sets["possessives"]
        )

    def _nominal(self, word: Word) -> Word:
        lower = word.lower
        unlisted = self._unlisted_verb(word)
        if unlisted is not None:
            return unlisted
        singular = self.vocabulary.singulars.get(lower, lower)
        if lower.endswith("ly") and lower not in self.kinds and lower not in self.vocabulary.adjectives:
            return replace(word, kind="ADV", lemma=lower)
        describing = lower in self.vocabulary.adjectives and lower not in self.kinds
        if describing or (lower not in self.kinds and self._adjective_ending(lower)):
            return replace(word, kind="ADJ", lemma=lower)
        plural = (
            singular != lower
            or (lower.endswith("s") and not lower.endswith(("ss", "us", "is")))
            or lower in {"people", "fish", "police", "sheep"}
        )
        return replace(word, kind="NOUN", lemma=singular, plural=plural)

    def _unlisted_verb(self, word: Word) -> Word | None:
        """A verb that no list holds, when form and neighbours leave little doubt: "a corgi vlogging"."""
        lower, before = word.lower, self._behind(word.index)
        if word.verbs or lower in self.kinds or before is None or len(lower) < 5 or not lower.isalpha():
            return None
        if lower.endswith("ing") and lower not in self.sets["noun_ing"]:
            actor = self.kinds.get(before.lower) in {"person", "animal"} or before.kind == "PRON"
            governed = actor or before.lower in self.sets["be"]
            return replace(word, kind="VERB", form="ing", lemma=lower[:-3]) if governed else None
        return None

    def _adjective_ending(self, lower: str) -> bool:
        endings = tuple(e for e in self.vocabulary.appearance.endings if not e.startswith("-"))
        return len(lower) > 5 and lower.endswith(endings) and lower not in self.sets["not_descriptive"]

    def _verb(self, word: Word) -> Word | None:
        """The word as a verb (or as a participle that describes), or None: a noun or adjective after all."""
        by_form: dict[str, str] = {}
        for lemma, form in word.verbs:
            by_form.setdefault(form, lemma)
        if "ing" in by_form:
            return self._ing(word, by_form["ing"])
        same = "base" in by_form and "past" in by_form  # "run", "cut": the neighbours decide
        for form in ("base", "s", "preterite", "past") if same else ("s", "preterite", "past", "base"):
            if form in by_form:
                settled = getattr(self, f"_{form}")(word, by_form[form])
                if settled is not None:
                    assert isinstance(settled, Word)
                    return settled
        return None

    def _ing(self, word: Word, lemma: str) -> Word | None:
        before, after = self._behind(word.index), self._ahead(word.index)
        subject = self._subject(word.index)
        verb = replace(word, kind="VERB", form="ing", lemma=lemma)
        if word.lower in self.sets["noun_ing"]:
            held = (
                subject
                and subject.kind == "NOUN"
                and after
                and after.lower in self.sets["determiners"] | self.sets["possessives"]
            )
            manner = before is not None and before.kind == "ADV" and before.lower.endswith("ly")
            return verb if held or manner or (subject and subject.lower in self.sets["be"]) else None
        describes = after is not None and self._noun_like(after)
        if before and before.kind in {"DET", "ADJ", "NUM"}:
            if describes or (after is not None and after.text == ",") or word.lower in self.sets["attributive_state"]:
                return replace(word, kind="ADJ", form="attributive", lemma=lemma)
            if before.kind != "ADJ" or self._of_noun(before):
                return replace(word, kind="NOUN", form="gerund", lemma=lemma)
            return verb
        intransitive = (
            lemma in self.sets["whole"] | self.sets["scene"] | self.sets["light_state"]
            and lemma not in self.sets["local"]
        )
        opens = before is None or before.kind in {"PUNCT", "CONJ", "PREP", "VERB"} or before.form == "attributive"
        if (
            opens
            and describes
            and (intransitive or word.lower in self.sets["attributive_state"])
            and lemma not in self.sets["transitive"]
        ):
            return replace(word, kind="ADJ", form="attributive", lemma=lemma)
        if before and before.kind == "ADV" and describes and intransitive and lemma not in self.sets["transitive"]:
            earlier = self._behind(before.index)
            if earlier is None or earlier.kind in {"DET", "PREP", "ADJ", "PUNCT"}:
                return replace(word, kind="ADJ", form="attributive", lemma=lemma)
        return verb

    def _of_noun(self, word: Word) -> bool:
        earlier = self._behind(word.index)
        return earlier is None or earlier.kind in {"DET", "PREP", "ADJ"}

    def _s(self, word: Word, lemma: str) -> Word | None:
        verb = replace(word, kind="VERB", form="s", lemma=lemma)
        before, after, subject = self._behind(word.index), self._ahead(word.index), self._subject(word.index)
        particle = (
            before is not None and before.kind == "PREP" and subject is not None and self._particle_before(before)
        )
        if before is None or (before.kind in {"DET", "ADJ", "PREP", "NUM"} and not particle):
            return None
        if after and (after.kind == "AUX" or after.lower in self.sets["be"]):
            return None
        objects = (self.sets["determiners"] | self.sets["possessives"] | _OBJECTS) - {"that", "which"}
        transitive = after is not None and after.lower in objects
        if (
            after is not None
            and word.lower in self.kinds
            and any(f == "base" for _, f in after.verbs)
            and not transitive
        ) and not self._closed_class(after):
            return None  # "cranes fly": a plural noun before its verb
        actor = subject is not None and (
            subject.kind == "PRON"
            or self.kinds.get(subject.lower) in {"person", "animal", "body", "vehicle"}
            or subject.lower in self.vocabulary.camera.subjects
        )
        link = subject if subject is not None and subject.kind in {"CONJ", "PUNCT"} else before
        if link.kind in {"CONJ", "PUNCT"}:
            if word.lower in self.sets["mostly_noun"] and not (transitive or self._goes_on(word)):
                return None
            told = before.kind == "ADV" and self.finite.get(word.sentence) == "s"
            if word.lower in self.sets["always_noun"] and not (transitive or told):
                return None
            chained = self.finite.get(word.sentence) == "s" or (link.kind == "PUNCT" and link.text != ",")
            return verb if chained or (link.text == "," and (self._goes_on(word) or before.kind == "ADV")) else None
        if subject is None or (subject.plural and subject.kind == "NOUN" and self.kinds.get(subject.lower) != "person"):
            return None
        if word.lower in self.sets["always_noun"] and not (actor or transitive):
            return None
        if word.lower in self.sets["mostly_noun"] and not (actor or transitive) and not self._goes_on(word):
            return None
        return verb if subject.kind in {"NOUN", "PRON", "ADJ"} else None

    def _base(self, word: Word, lemma: str) -> Word | None:
        verb = replace(word, kind="VERB", form="base", lemma=lemma)
        before, subject = self._behind(word.index), self._subject(word.index)
        noun = word.lower in self.sets["mostly_noun"]
        after = self._ahead(word.index)
        if before and before.kind in {"DET", "ADJ", "NUM"}:
            return None
        if before and before.kind == "PREP" and before.lower != "to":
            return None
        if subject and (subject.lower in self.sets["modals"]):
            return verb if not (before and before.lower == "to" and noun and not self._goes_on(word)) else None
        if before is not None and before.lower in {"then", "suddenly"} and not noun and self._goes_on(word):
            return verb
        if subject is None or subject.kind in {"PUNCT", "CONJ"}:
            chained = subject is not None and subject.kind == "CONJ" and self.finite.get(word.sentence) == "base"
            if not chained and (noun or (subject is not None and subject.kind == "CONJ")):
                return None
            return (
                verb
                if after is not None and (after.kind != "VERB") and self._goes_on(word) and not self._noun_like(after)
                else None
            )
        transitive = after is not None and after.lower in self.sets["determiners"] | self.sets["possessives"]
        if word.lower in self.sets["always_noun"] and not transitive:
            return None
        if subject.kind == "PRON":
            return verb if not noun or self._goes_on(word) else None
        subject = self._owner(subject)
        plural = subject.plural or self._coordinated(subject) or subject.lower in self.sets["collectives"]
        plural = plural or self._caused(word)
        if subject.kind == "NOUN" and plural:
            return verb if not noun or (word.lower not in self.sets["always_noun"] and self._goes_on(word)) else None
        if subject.kind == "NOUN" and self.kinds.get(subject.lower) in {"person", "animal"} and not noun:
            return verb if after is not None and not self._noun_like(after) and before is subject else None
        return None

    def _preterite(self, word: Word, lemma: str) -> Word | None:
        before, subject = self._behind(word.index), self._subject(word.index)
        if before is None or before.kind in {"DET", "ADJ", "PREP"}:
            return None
        fits = subject is not None and (subject.kind in {"NOUN", "PRON", "CONJ"} or subject.text == ",")
        return replace(word, kind="VERB", form="preterite", lemma=lemma) if fits else None

    def _past(self, word: Word, lemma: str) -> Word | None:
        before, after, subject = self._behind(word.index), self._ahead(word.index), self._subject(word.index)
        participle = replace(word, kind="ADJ", form="participle", lemma=lemma)
        if before is None or before.kind in {"DET", "PUNCT", "NUM", "PREP"}:
            return participle
        if subject and subject.kind == "AUX":
            if subject.lower in {"has", "have", "had", "having", "'ve"}:
                return replace(word, kind="VERB", form="past", lemma=lemma)
            return replace(word, kind="VERB", form="passive", lemma=lemma)
        if before.kind == "ADJ" and not (subject and subject.kind == "NOUN"):
            return participle
        transitive = (
            after is not None
            and after.lower in self.sets["determiners"] | self.sets["possessives"] | self.sets["pronouns"]
        )
        moves = lemma in self.sets["whole"] | self.sets["scene"] or transitive
        chained = before.kind == "CONJ" and self.finite.get(word.sentence) in {"past", "preterite"}
        held = subject is not None and subject.kind in {"NOUN", "PRON"}
        if ((held and (moves or (subject is not None and subject.kind == "PRON"))) or chained) and (
            transitive or word.lower not in self.sets["resultative"]
        ):
            return replace(word, kind="VERB", form="past", lemma=lemma)
        return participle

    # -- neighbours -----------------------------------------------------------------------------------------------
    def _behind(self, index: int) -> Word | None:
        """The word before in the same sentence, as settled."""
        if index == 0 or self.words[index - 1].sentence != self.words[index].sentence:
            return None
        return self.words[index - 1]

    def _ahead(self, index: int) -> Word | None:
        """The word after in the same sentence, not yet settled (spelling only)."""
        if index + 1 == len(self.words) or self.words[index + 1].sentence != self.words[index].sentence:
            return None
        return self.words[index + 1]

    def _subject(self, index: int) -> Word | None:
        """The word that may govern a verb here: the nearest before it, adverbs and particles set aside."""
        word = self._behind(index)
        while word and (word.kind in {"ADV", "NOT"} or word.lower in {"both", "all"}):
            word = self._behind(word.index)
        return word

    def _owner(self, noun: Word) -> Word:
        """ "The creatures of the forest dance": past a preposition, the noun that the verb belongs to."""
        before = self._behind(noun.index)
        while before is not None and before.kind in {"DET", "ADJ", "NUM"}:
            before = self._behind(before.index)
        if before is None or before.lower not in {"of", "in", "on", "from", "with"} or noun.plural:
            return noun
        earlier = self._behind(before.index)
        return earlier if earlier is not None and earlier.kind == "NOUN" and earlier.plural else noun

    def _particle_before(self, word: Word) -> bool:
        return word.lower in self.sets["particles"]

    def _noun_like(self, word: Word) -> bool:
        """Whether the coming word reads as a noun: no closed-class word, no adverb, no punctuation."""
        lower = word.lower
        if not lower[0].isalpha() or lower.endswith("ly") or lower in {"up", "down", "left", "right", "together"}:
            return False
        closed = (
            "determiners",
            "possessives",
            "prepositions",
            "pronouns",
            "conjunctions",
            "auxiliaries",
            "negators",
            "adverbs",
            "sequence",
        )
        if any(lower in self.sets[name] for name in closed):
            return False
        return (
            lower in self.kinds
            or not any(form in {"ing", "s"} for _, form in word.verbs)
            or lower in self.sets["mostly_noun"]
        )

    def _goes_on(self, word: Word) -> bool:
        """Whether what follows can follow a verb: nothing, an adverb, a preposition, an object."""
        after = self._ahead(word.index)
        if after is None or not any(c.isalnum() for c in after.lower):
            return True
        lower = after.lower
        if any(form == "ing" for _, form in after.verbs) and word.could_be(
            "begin", "start", "continue", "keep", "stop"
        ):
            return True
        if word.could_be("turn", "glow", "fade", "go") and lower in self.vocabulary.adjectives:
            return True
        names = ("determiners", "possessives", "prepositions", "adverbs", "subordinators", "pronouns", "sequence")
        return lower.endswith("ly") or lower == "and" or any(lower in self.sets[name] for name in names)

    def _caused(self, word: Word) -> bool:
        """ "Make the hair move", "let the water flow": the verb is bare whatever its subject."""
        earlier = self.words[max(0, word.index - 10) : word.index]
        return any(
            near.sentence == word.sentence and near.lower in {"make", "makes", "let", "lets", "watch", "see"}
            for near in earlier
        )

    def _coordinated(self, word: Word) -> bool:
        """Whether a noun ends a list of nouns ("a cat and a dog"), which makes a plural subject."""
        index = word.index - 1
        while (
            index > 0
            and self.words[index].sentence == word.sentence
            and self.words[index].kind in {"DET", "ADJ", "NOUN"}
        ):
            index -= 1
        return self.words[index].lower in {"and", "&"} and index > 0 and self.words[index - 1].kind in {"NOUN", "PRON"}
