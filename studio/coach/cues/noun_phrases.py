"""What a noun is and how far its phrase reaches: whom a verb may agree with, what a preposition claims."""

from __future__ import annotations

from studio.coach.language.words import Kind, Reading, Word, word_after, word_before
from studio.coach.vocabulary.load import Vocabulary

__all__ = ["NounPhrases"]


class NounPhrases:
    """Asks of the nouns of a reading."""

    reading: Reading
    words: tuple[Word, ...]
    vocabulary: Vocabulary
    sets: dict[str, frozenset[str]]

    def _kind(self, subject: Word | None) -> str:
        if subject is None:
            return ""
        if subject.kind == "PRON":
            return "person" if subject.lower not in {"it", "that", "which", "this"} else "it"
        kind = self.vocabulary.noun_kinds.get(subject.lower, "")
        named = not kind and subject.text[:1].isupper() and subject.lower in self.vocabulary.given_names
        return "person" if named else kind

    def _owner(self, word: Word) -> Word | None:
        for near in self.words[word.index + 1 : word.index + 4]:
            if near.kind == "NOUN":
                return near
            if near.kind not in {"ADJ", "ADV"}:
                break
        return None

    def _particle(self, word: Word) -> str:
        after = self._after(word)
        told = after is not None and (after.lower in self.sets["particles"] or after.lower == "upright")
        return after.lower if after is not None and told else ""

    def _before(self, word: Word, *past: Kind) -> Word | None:
        return word_before(self.words, word.index, *past) if past else self.reading.before[word.index]

    def _after(self, word: Word, *past: Kind) -> Word | None:
        return word_after(self.words, word.index, *past) if past else self.reading.after[word.index]

    def _agrees(self, noun: Word, verb: Word) -> bool:
        """Whether a finite form fits the number of a noun."""
        if verb.form not in {"s", "base"} or noun.kind != "NOUN":
            return False
        several = noun.plural or noun.lower in self.sets["collectives"] or self._and_before(noun)
        return several == (verb.form == "base")

    def _and_before(self, noun: Word) -> bool:
        """Whether a noun ends a list: "ferns and grass"."""
        index = noun.index - 1
        while index > 0 and self.words[index].kind in {"DET", "ADJ", "NUM"}:
            index -= 1
        return index > 0 and self.words[index].lower in {"and", "&"} and self.words[index - 1].kind == "NOUN"

    def _phrase_owner(self, noun: Word) -> Word | None:
        """The noun itself, or None when a preposition makes it part of an earlier phrase ("the lid of the box")."""
        index = noun.index - 1
        while (
            index >= 0
            and self.words[index].sentence == noun.sentence
            and self.words[index].kind in {"DET", "ADJ", "NUM", "NOUN", "ADV"}
        ):
            if self.words[index].kind == "NOUN" and self.words[index + 1].kind == "DET":
                return noun  # "in the hall a cat jumps"
            index -= 1
        if index < 0 or self.words[index].sentence != noun.sentence:
            return noun
        before = self.words[index]
        if before.kind == "PREP" or (before.lower == "and" and self._worn(noun)):
            return None
        if before.kind == "VERB" and before.form != "passive":
            after = self._after(noun)
            return noun if after is not None and after.kind == "VERB" and after.form in {"ing", "base"} else None
        return noun

    def _worn(self, noun: Word) -> bool:
        """ "A girl with wet hair and a red scarf": the second thing that a preposition ties to her."""
        head = self.words[noun.head]
        if noun.dep != "conj" or head.index >= noun.index or self._kind(noun) in {"person", "animal", "vehicle"}:
            return False
        if self._kind(head) in {"person", "animal"}:
            between = {near.lower for near in self.words[head.index + 1 : noun.index]}
            return not between.isdisjoint({"with", "in", "wearing"}) and "," not in between
        return self._kind(head) in {"thing", "body"} and self._phrase_owner(head) is None

    def _is_tied(self, word: Word) -> bool:
        """Whether a hyphen ties a word to the one before it."""
        text = self.reading.text
        return word.start > 1 and text[word.start - 1] == "-" and text[word.start - 2].isalnum()

    def _together(self, index: int, word: Word) -> bool:
        return self.words[index].sentence == word.sentence
