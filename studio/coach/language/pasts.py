"""Forms of the past: whether "picked" is what somebody did, what was done to him, or how he looks."""

from __future__ import annotations

from studio.coach.language.closed import ClosedClasses
from studio.coach.language.words import Word

__all__ = ["Pasts"]


class Pasts(ClosedClasses):
    """Settles the forms in -ed, and their irregular fellows, by what stands before and behind them."""

    def _preterite(self, word: Word, lemma: str) -> Word | None:
        before, subject = self._behind(word.index), self._subject(word.index)
        if before is None or before.kind in {"DET", "ADJ", "PREP"}:
            return None
        fits = subject is not None and (subject.kind in {"NOUN", "PRON", "CONJ"} or subject.text == ",")
        return word.but(kind="VERB", form="preterite", lemma=lemma) if fits else None

    def _past(self, word: Word, lemma: str) -> Word | None:
        before, after, subject = self._behind(word.index), self._ahead(word.index), self._subject(word.index)
        if word.lower == "shot" and before is not None and before.lower in self.sets["shot_kinds"]:
            return None  # "aerial shot around the tower"
        named = word.lower in self.kinds and before is not None and before.kind in {"DET", "ADJ"}
        if named and (after is None or not self._noun_like(after)):
            return None  # "the ground splits"
        participle = word.but(kind="ADJ", form="participle", lemma=lemma)
        if before is None or before.kind in {"DET", "PUNCT", "NUM", "PREP"}:
            return participle
        if before.lower in self.sets["degrees"]:
            return participle  # "others are more rounded"
        if subject and subject.kind == "AUX":
            if subject.lower in {"has", "have", "had", "having", "'ve"}:
                return word.but(kind="VERB", form="past", lemma=lemma)
            return word.but(kind="VERB", form="passive", lemma=lemma)
        transitive = self._object_stands_next(word)
        moves = lemma in self.sets["moving"] or transitive
        chained = before.kind == "CONJ" and self._clause(word).finite in {"past", "preterite"}
        held = subject is not None and subject.kind in {"NOUN", "PRON"}
        goes = chained and self._way_follows(word) and (lemma in self.sets["local"] or lemma in self.sets["whole"])
        if ((held and (moves or (subject is not None and subject.kind == "PRON"))) or chained) and (
            transitive or goes or word.lower not in self.sets["resultative"]
        ):
            return word.but(kind="VERB", form="past", lemma=lemma)
        return participle

    def _object_stands_next(self, word: Word) -> bool:
        """ "Opened the box", "picked up the book": an object, or a particle and then an object."""
        after = self._ahead(word.index)
        if after is not None and after.lower in self.sets["particles"]:
            after = self._ahead(after.index)
            return after is not None and after.lower in self.sets["object_openers"] and self._did(word)
        names = ("determiners", "possessives", "pronouns")
        return after is not None and any(after.lower in self.sets[name] for name in names)

    def _did(self, word: Word) -> bool:
        """Whether the word right before is one who acts: "Ravi picked up the book"; not "hair tied up in a bun"."""
        return self._acts(self._behind(word.index)) or self._is_name(self._behind(word.index))

    def _is_name(self, word: Word | None) -> bool:
        """ "Ravi", "Mira": a capital in a word that no list holds, at the beginning of a clause."""
        known = word is None or word.lower in self.kinds or word.lower in self.vocabulary.adjectives
        if known or word is None or word.kind != "NOUN" or not word.text.istitle() or word.verbs:
            return False
        before = self._behind(word.index)
        return before is None or before.kind in {"PUNCT", "CONJ"}
