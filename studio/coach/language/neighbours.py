"""What stands around a word: the questions that the tagger asks before it decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from studio.coach.language.words import Kind, Word, word_before
from studio.coach.vocabulary.load import Vocabulary

__all__ = ["Clause", "Neighbours"]


@dataclass(frozen=True)
class Clause:
    """The verbs settled so far in a sentence.

    ``finite`` is the form of the last finite one, ``last`` of the last one; ``acted`` whether somebody who acts
    governs it.
    """

    finite: str = ""
    last: str = ""
    acted: bool = False


_SEVERAL = {"two", "three", "four", "five", "six", "several", "many", "few", "these", "those", "various", "both"}


class Neighbours:
    """The words of a prompt, settled from the left; what is ahead is known by its spelling only."""

    def __init__(self, words: tuple[Word, ...], vocabulary: Vocabulary) -> None:
        self.words = list(words)
        self.vocabulary = vocabulary
        self.sets = vocabulary.sets
        self.kinds = vocabulary.noun_kinds
        self.clauses: dict[int, Clause] = {}  # sentence -> its last verb
        inner = (word.index for near, word in pairwise(words) if near.sentence != word.sentence)
        self.starts = {0, *inner, len(words)}  # of each sentence its first word, and the end

    def _clause(self, word: Word) -> Clause:
        return self.clauses.get(word.sentence, Clause())

    def _link(self, index: int) -> Word | None:
        """What ties a word to the verb before it: a comma, "and", or a bare "then"; adverbs are set aside."""
        word, ordered = self._behind(index), None
        while word is not None and word.kind in {"ADV", "NOT"}:
            ordered = word if word.lower in self.sets["sequence"] else ordered
            word = self._behind(word.index)
        if word is not None and (word.text in {",", "-", "–", "—", "&"} or word.kind == "CONJ"):
            return word
        return ordered

    def _object_follows(self, word: Word) -> bool:
        """Whether an object stands next: a determiner or an object pronoun."""
        after = self._ahead(word.index)
        return after is not None and after.lower in self.sets["object_openers"]

    def _has_pastime(self, word: Word) -> bool:
        """ "Having breakfast", "has a quick coffee": what somebody has goes on."""
        if word.lower not in {"have", "has", "having", "had"}:
            return False
        for near in self.words[word.index + 1 : word.index + 6]:
            if near.sentence != word.sentence or not near.lower.isalpha() or near.lower in self.sets["prepositions"]:
                return False
            if near.lower in self.sets["pastimes"]:
                after = self._ahead(near.index)
                return after is None or not self._noun_like(after)  # "has a dance floor"
        return False

    def _way_follows(self, word: Word) -> bool:
        """Whether a word of direction or manner stands next: "to the crowd", "around", "slowly", "twice"."""
        after = self._ahead(word.index)
        return after is not None and (after.lower in self.sets["ways"] or after.lower.endswith("ly"))

    def _is_phrasal(self, word: Word, lemma: str) -> bool:
        """ "The fish light up the cave", "its screen lights up": a verb and its particle, then an object or an end."""
        particle = self._ahead(word.index)
        if particle is None or f"{lemma} {particle.lower}" not in self.sets["phrasal"]:
            return False
        after = self._ahead(particle.index)
        if after is None or not any(c.isalnum() for c in after.lower):
            return True
        return after.lower in self.sets["conjunctions"] | self.sets["object_openers"]

    def _second_of_two(self, link: Word | None) -> bool:
        """ "In a calm and charming manner": behind an adjective."""
        other = self._behind(link.index) if link is not None else None
        return other is not None and other.kind == "ADJ"

    def _measures(self, word: Word) -> bool:
        """ "A low pulsing drone": a way between an article and what it describes."""
        earlier = self._behind(word.index)
        return (
            word.kind == "ADV"
            and word.lower in {"low", "high", "fast"}
            and earlier is not None
            and earlier.kind == "DET"
        )

    def _counted_out(self, link: Word) -> bool:
        """ "A box of nails and screws": behind a bare plural that an "of" leads."""
        noun = self._behind(link.index)
        before = self._behind(noun.index) if noun is not None and noun.kind == "NOUN" and noun.plural else None
        return before is not None and before.lower == "of"

    def _bare_list(self, link: Word) -> bool:
        """Whether the noun before a link is a plural without a determiner: "apples, drums and books"."""
        noun = self._behind(link.index, "PUNCT", "CONJ")
        if noun is None or noun.kind != "NOUN" or not noun.plural:
            return False
        before = self._behind(noun.index, "ADJ", "NOUN")
        return before is None or before.kind != "DET"

    def _behind(self, index: int, *past: Kind) -> Word | None:
        """The word before in the same sentence, as settled; those of the kinds `past` are passed over."""
        if past:
            return word_before(self.words, index, *past)
        return None if index in self.starts else self.words[index - 1]

    def _ahead(self, index: int) -> Word | None:
        """The word after in the same sentence, not yet settled (spelling only)."""
        return None if index + 1 in self.starts else self.words[index + 1]

    def _subject(self, index: int) -> Word | None:
        """The word that may govern a verb here: the nearest before it, adverbs and particles set aside."""
        word = self._behind(index)
        while word and (word.kind in {"ADV", "NOT"} or word.lower in {"both", "all"}):
            word = self._behind(word.index)
        return word

    def _does_next(self, word: Word) -> bool:
        """ "One runs, the other hides": a form in -s that no verb follows."""
        after = self._ahead(word.index)
        if after is None or after.lower in self.kinds or not after.may_be("s"):
            return False
        then = self._ahead(after.index)
        return then is None or not then.may_be("base", "past")

    def _wears(self, colour: Word) -> bool:
        """ "A man in red passes": a colour behind "in" that no noun follows is what somebody wears."""
        behind = self._behind(colour.index) if colour.lower in self.sets["colours"] else None
        if behind is None or behind.lower != "in":
            return False
        who, after = self._behind(behind.index), self._ahead(colour.index)
        worn = who is not None and self.kinds.get(who.lower) in {"person", "animal"}
        then = self._ahead(after.index) if after is not None else None
        does = after is not None and after.may_be("s")
        does = does and not (then is not None and then.may_be("s"))  # "in blue scrubs runs"
        return worn and (after is None or not self._noun_like(after) or does)

    def _heads(self, noun: Word) -> Iterator[Word]:
        """ "Ferns at the edge of the path": the noun, then each noun that it hangs on by a preposition."""
        head: Word | None = noun
        while head is not None and head.kind == "NOUN":
            yield head
            before = self._behind(head.index, "DET", "ADJ", "NUM", "NOUN", "ADV")
            if before is None or before.kind != "PREP" or before.lower in self.sets["loose_prepositions"]:
                return
            head = self._behind(before.index)

    def _owner(self, noun: Word) -> Word:
        """ "The creatures of the forest dance": past prepositions, the plural that a bare verb belongs to."""
        several = (head for head in self._heads(noun) if head.plural or self._coordinated(head))
        return next(several, noun)

    def _noun_like(self, word: Word) -> bool:
        """Whether the coming word reads as a noun: no closed-class word, no adverb, no punctuation."""
        lower = word.lower
        if not lower[0].isalpha() or lower.endswith("ly") or lower in {"up", "down", "left", "right", "together"}:
            return False
        if lower in self.sets["never_nouns"]:
            return False
        return lower in self.kinds or lower in self.sets["mostly_noun"] or not word.may_be("ing", "s")

    def _goes_on(self, word: Word) -> bool:
        """Whether what follows can follow a verb: nothing, an adverb, a preposition, an object."""
        after = self._ahead(word.index)
        if after is None or not any(c.isalnum() for c in after.lower):
            return True
        lower = after.lower
        return lower.endswith("ly") or lower == "and" or lower in self.sets["behind_verbs"]

    def _begins(self, word: Word) -> bool:
        """ "Starts reading": a verb of beginning, then a form in -ing."""
        after = self._ahead(word.index)
        begins = any(lemma in self.sets["beginning"] for lemma, _ in word.verbs)
        return begins and after is not None and after.lower.endswith("ing")

    def _caused(self, word: Word, reach: int = 10) -> bool:
        """ "Make the hair move", "let the water flow": the verb is bare whatever its subject."""
        earlier = self.words[max(0, word.index - reach) : word.index]
        return any(near.sentence == word.sentence and near.lower in self.sets["causing"] for near in earlier)

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

    def _counted(self, noun: Word) -> bool:
        """Whether what stands before a noun makes it many: "two samurai"; or nothing does not: "jellyfish pulse"."""
        index = noun.index - 1
        while index >= 0 and self.words[index].sentence == noun.sentence and self.words[index].kind in {"ADJ", "NOUN"}:
            index -= 1
        before = self.words[index] if index >= 0 and self.words[index].sentence == noun.sentence else None
        if before is not None and before.lower in _SEVERAL:
            return True
        either = self.vocabulary.nouns.irregular_plural.get(noun.lower) == noun.lower
        return either and (before is None or before.kind not in {"DET", "NUM", "PREP", "VERB"})

    def _said_twice(self, word: Word) -> bool:
        """ "Side to side", "face to face"."""
        to = self._behind(word.index)
        first = self._behind(to.index) if to is not None and to.lower == "to" else None
        return first is not None and first.lower == word.lower

    def _adjective_ending(self, lower: str) -> bool:
        """ "Graceful", "wooden": what reads as a description by its end."""
        look = self.vocabulary.appearance
        return len(lower) > 5 and lower.endswith(look.endings) and lower not in self.sets["not_descriptive"]

    def _owned(self, word: Word, before: Word) -> bool:
        """ "With its hind paws": what somebody has, and a word that no list holds between."""
        owner = self._behind(before.index)
        unknown = before.kind == "NOUN" and before.lower not in self.kinds and word.lower in self.kinds
        return unknown and owner is not None and owner.lower in self.sets["possessives"]

    def _governs(self, verb: Word) -> bool:
        """Whether what stands right behind a verb is its object or complement; "come see", "helps carry" go on."""
        return verb.lemma not in {"come", "go", "help", "dare", "need", *self.sets["causing"]}
