"""The closed classes of the lexical grammar: articles, pronouns, prepositions and the like."""

from __future__ import annotations

from studio.coach.language.headlines import Headlines
from studio.coach.language.words import Kind, Word

__all__ = ["ClosedClasses"]


class ClosedClasses(Headlines):
    """Says of a word which closed class it is of, if any."""

    def _closed_class(self, word: Word) -> Kind | None:
        lower, sets = word.lower, self.sets
        if not lower.isalnum() and not any(c.isalnum() for c in lower):
            return "PUNCT"
        if lower not in sets["closed"]:
            return "NUM" if lower[0].isdigit() else None
        if lower in sets["negators"]:
            return "PRON" if lower in sets["nobody"] else "NOT"
        if lower == "'s":
            after = self._behind_manner(word)
            owned = after is not None and self._describes_what_is_owned(after)
            helps = after is not None and (after.lower.endswith("ing") or after.lower in sets["determiners"])
            return "AUX" if helps and not owned else "DET"
        if lower in sets["auxiliaries"]:
            done = lower in {"do", "does", "did"} and self._object_follows(word)
            return None if done or self._has_pastime(word) else "AUX"  # "does a backflip"
        before = self._behind(word.index)
        if lower == "that" and before is not None and before.kind == "NOUN":
            return "PRON"
        if word.text == "A" and self._is_letter(word):
            return "PRON"  # "fighter A throws a jab, B ducks"
        if lower in sets["determiners"] or lower in sets["possessives"]:
            return "PRON" if lower == "her" and self._stands_for_her(word) else "DET"
        if lower in sets["pronouns"] or lower in self.sets["plural_pronouns"]:
            return "PRON"
        if lower in sets["postdeterminers"] and before is not None and before.kind == "DET":
            return "PRON" if lower == "other" and self._does_next(word) else "ADJ"
        if lower in sets["conjunctions"] and lower not in {"before", "after", "until", "since"}:
            return "CONJ"
        if lower in {"left", "open", "light", "close", "like"} and self._takes_object(word):
            return None
        if lower == "followed" and self._object_follows(word):
            return None  # "found a map, followed it to a cave"
        if lower in sets["prepositions"]:
            return "PREP"
        if lower in sets["adverbs"] or lower in sets["sequence"]:
            return "ADV"
        return None

    def _behind_manner(self, word: Word) -> Word | None:
        """The word behind the 's of a pronoun, an adverb between them passed over: "she's slowly walking"."""
        before, after = self._behind(word.index), self._ahead(word.index)
        if before is None or before.lower not in self.sets["pronouns"] or after is None:
            return after
        return (self._ahead(after.index) or after) if after.lower.endswith("ly") else after

    def _is_letter(self, word: Word) -> bool:
        """Whether a capital A is somebody's name: no article stands before a form in -s and its object or way."""
        after = self._ahead(word.index)
        does = after is not None and after.may_be("s") and after.lower not in self.kinds
        return does and after is not None and (self._object_follows(after) or self._way_follows(after))

    def _stands_for_her(self, word: Word) -> bool:
        """ "Around her all the time", "points at her, then": no noun follows that would be hers."""
        after = self._ahead(word.index)
        return after is None or after.lower in {"all", "the", "a", "an", "and"} or after.text in {",", ".", ";", "!"}

    def _takes_object(self, word: Word) -> bool:
        before, after = self._behind(word.index), self._ahead(word.index)
        return bool(
            before
            and after
            and before.kind in {"NOUN", "PRON"}
            and after.lower in self.sets["determiners"] | self.sets["possessives"]
        )

    def _describes_what_is_owned(self, word: Word) -> bool:
        """ "The bird's striking crest": a description between an owner and a noun, not what the owner is doing."""
        after = self._ahead(word.index)
        state = word.lower in self.sets["attributive_state"]
        return state and after is not None and after.lower.isalpha() and not self._closed_class(after)
