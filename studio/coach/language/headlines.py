"""The grammar of headlines: "cat jump from couch", "man in suit check his watch", where a verb goes without its -s."""

from __future__ import annotations

from collections.abc import Iterator

from studio.coach.language.neighbours import Clause, Neighbours
from studio.coach.language.words import Word

__all__ = ["Headlines"]

_PRESENT = {"is", "are", "am", "'s", "'re", "'m"}
_ASIDE = 14  # words from the article of a sentence to the verb behind an aside


class Headlines(Neighbours):
    """What may be a verb although its form does not agree, because somebody without an article opens the clause."""

    def _acts(self, subject: Word | None) -> bool:
        """Whether a noun is one who acts: a person, an animal, a vehicle, a part of a body, the camera."""
        return subject is not None and (
            subject.kind == "PRON"
            or self.kinds.get(subject.lower) in {"person", "animal", "body", "vehicle"}
            or subject.lower in self.vocabulary.camera.subjects
            or (subject.text[:1].isupper() and subject.lower in self.vocabulary.given_names)
            or self._surnamed(subject)
        )

    def _surnamed(self, word: Word) -> bool:
        """ "Santa Claus", "Vera Holm": a capital that no list holds behind another, inside a sentence."""
        first, after = self._behind(word.index), self._ahead(word.index)
        if (
            first is None
            or after is None
            or not word.text.istitle()
            or word.lower in self.kinds
            or after.text.istitle()
        ):
            return False
        return first.kind == "NOUN" and first.text.istitle() and self.kinds.get(first.lower) in {None, "person"}

    def _headline(self, subject: Word, word: Word, lemma: str) -> bool:
        """ "Cat jump from couch": somebody without an article opens the clause, and the verb goes without its -s."""
        opener, after = self._behind(subject.index), self._ahead(word.index)
        bare = opener is None or opener.kind in {"PUNCT", "CONJ"}
        if bare and self._stirs(subject, word, lemma):
            return True
        if (
            not bare
            or self.kinds.get(subject.lower) not in {"person", "animal", "vehicle"}
            or word.lower in self.sets["always_noun"]
        ):
            return False
        if lemma not in self.sets["bodily"]:
            return False
        ends = after is None or not any(c.isalnum() for c in after.lower)
        listed = word.lower in self.sets["mostly_noun"] and lemma not in self.sets["whole"]
        if ends or listed:
            return not listed or self._way_follows(word)
        return (
            self._way_follows(word)
            or self._object_follows(word)
            or self._goes_on(word)
            or self._bare_object_follows(word)
        )

    def _heads_headline(self, noun: Word, word: Word, lemma: str) -> bool:
        """ "Man in suit check his watch", "an eagle catch fish": the same behind a place or an article, if sure."""
        head = next(reversed(list(self._heads(noun))), noun)
        opener = self._behind(head.index)
        while opener is not None and (opener.kind in {"ADJ", "NOUN"} or self._between_colours(opener)):
            opener = self._behind(opener.index)
        article = opener is not None and opener.lower in {"a", "an", "the"}
        opener = self._behind(opener.index) if article and opener is not None else opener
        if opener is not None and opener.kind not in {"PUNCT", "CONJ"}:
            return False
        who = self.kinds.get(head.lower)
        if who in {"thing", "vehicle", "scenery"} and head is noun and article and not self._clause(word).finite:
            return self._sets_off(word, lemma)
        hand = head is noun and noun.lower == "hand"
        if (who not in {"person", "animal"} and not hand) or self._clause(word).finite:
            return False
        owned = (after := self._ahead(word.index)) is not None and after.lower in self.sets["possessives"]
        dealt = lemma in self.sets["transitive"] or (article and head is noun and lemma in self.sets["motion"])
        owned = owned or (dealt and self._object_follows(word))  # "a girl cross the road", "the hand place the cup"
        if word.lower in self.sets["always_noun"] or (word.lower in self.sets["mostly_noun"] and not owned):
            return False
        moves = lemma in self.sets["bodily"]
        still = lemma in self.sets["state"] or lemma in self.sets["meta"]
        moves = moves or (self._object_follows(word) and not still)
        way = head is not noun and self._way_follows(word)
        return moves and (self._object_follows(word) or way or self._bare_object_follows(word))

    def _between_colours(self, word: Word) -> bool:
        """ "A blue and yellow ball"."""
        near = [self._behind(word.index), self._ahead(word.index)]
        return word.lower == "and" and all(w is not None and w.lower in self.sets["colours"] for w in near)

    def _sets_off(self, word: Word, lemma: str) -> bool:
        """ "A ball roll out of the box": a thing, and a way that its noun would not have; "a car chase up the hill"."""
        after = self._ahead(word.index)
        if after is None or word.lower in self.sets["trips"] or word.lower in self.sets["always_noun"]:
            return False
        if after.lower == "from" and lemma in self.sets["transform"]:
            return True  # "a painting change from dusk to dawn"
        return lemma in self.sets["scene"] and after.lower in self.sets["leaving_ways"]

    def _is_foreign_present(self, word: Word, lemma: str) -> bool:
        """ "The man is take the cup", "her hair is fly": a bare form behind "is" goes on now; "is open" is a state."""
        be = self._subject(word.index)
        if be is None or be.kind != "AUX" or be.lower not in _PRESENT or lemma not in self.sets["motion"]:
            return False
        done = word.may_be("past") and lemma not in {"come", "run"}  # "is cut", "is bound"
        named = self.kinds.get(word.lower) in {"person", "scenery"}
        looks = word.lower in self.vocabulary.adjectives or word.lower in self.sets["always_noun"]
        after, who = self._ahead(word.index), self._subject(be.index)
        if done or named or looks or (after is not None and after.lower == "by"):
            return False
        if word.lower in self.sets["mostly_noun"] or word.lower in self.kinds:
            led = self._object_follows(word) or self._way_follows(word) or self._bare_object_follows(word)
            stuff = who is not None and self.kinds.get(who.lower) == "scenery"  # "the steam is rise"
            return led or stuff or (after is not None and after.lower == "from") or self._acts(who)
        return self._goes_on(word) or self._bare_object_follows(word)

    def _comes_to(self, word: Word) -> bool:
        """ "Turns to dust": what something becomes; not "stops to drink"."""
        to, after = self._behind(word.index), self._ahead(word.index)
        verb = self._behind(to.index) if to is not None else None
        becomes = verb is not None and verb.could_be("turn", "crumble", "grind", "burn", "change", "crush", "reduce")
        ends = after is None or not after.lower[0].isalnum()
        return bool(becomes) and ends and self.kinds.get(word.lower) in {"scenery", "thing"}

    def _afterwards(self, word: Word) -> bool:
        """ "She turns and after fall to the floor": "after" for "then", and what whoever acted does next."""
        after = self._behind(word.index)
        link = self._behind(after.index) if after is not None and after.lower == "after" else None
        tied = link is not None and (link.kind == "CONJ" or link.text == ",")
        return tied and bool(self._clause(word).finite) and (self._way_follows(word) or self._object_follows(word))

    def _stirs(self, subject: Word, word: Word, lemma: str) -> bool:
        """ "Curtain sway", "candle flicker": a thing without an article; as nouns they would say that it moves too."""
        listed = word.lower in self.sets["rather_noun"]
        moves = lemma in self.sets["stirs"]
        if listed or not moves or self.kinds.get(subject.lower) not in {"thing", "scenery", "body"}:
            return False
        after = self._ahead(word.index)
        return after is None or not self._noun_like(after)

    def _bare_object_follows(self, word: Word) -> bool:
        """ "Boy kick ball to wall": a noun without its article, then no other noun."""
        thing = self._ahead(word.index)
        if thing is None or thing.lower not in self.kinds:
            return False
        after = self._ahead(thing.index)
        ends = self.sets["prepositions"] | self.sets["conjunctions"] | {"then", ",", "."}
        return after is None or after.lower in ends | {"very", "so", "fast"} or after.lower.endswith("ly")

    def _comes_to_be(self, word: Word) -> bool:
        """ "A lizard eye opening", "a heron landing": what the word for a place may be of whoever acts or grows."""
        before, after = self._behind(word.index), self._ahead(word.index)
        who = before is not None and self.kinds.get(before.lower) in {"person", "animal", "body", "vehicle", "scenery"}
        ends = after is None or not any(c.isalnum() for c in after.lower) or after.lower in self.sets["prepositions"]
        return who and ends and word.lower in {"opening", "landing"}

    def _is_ware(self, word: Word, subject: Word, lemma: str) -> bool:
        """ "Brass rivets, leather straps, fairy lights": no thing does by itself, without an object, what hands do."""
        hands = lemma in self.sets["hands_only"]
        known = self.kinds.get(subject.lower)
        acts = known in {"person", "animal", "vehicle"} and word.lower not in self.sets["always_noun"]
        if not hands or acts or subject.kind not in {"NOUN", "ADJ"}:
            return False
        opener, after = self._behind(subject.index, "ADJ", "NOUN"), self._ahead(word.index)
        ends = after is None or not any(c.isalnum() for c in after.lower) or after.lower in {"and", "with", "on", "in"}
        return ends and (opener is None or opener.kind in {"PUNCT", "CONJ", "PREP"})

    def _worn(self, subject: Word) -> bool:
        """ "Leather ear pads", "a steel knee brace": a bare part of the body only says where a thing is worn."""
        before = self._behind(subject.index)
        part = self.kinds.get(subject.lower) == "body" and not subject.plural
        return part and (before is None or before.kind not in {"DET", "CONJ"})

    def _takes_up(self, word: Word, clause: Clause) -> bool:
        """ "The painter, brush in hand, dabs blue on it": the verb of who opens the sentence, behind an aside."""
        opening = next(near for near in self.words[max(0, word.index - _ASIDE) :] if near.sentence == word.sentence)
        first = opening.index == 0 or self.words[opening.index - 1].sentence != word.sentence
        who = self.words[opening.index + 1 : opening.index + 4] if first and opening.kind == "DET" else ()
        acts = any(self._acts(near) and not near.plural for near in who if near.kind == "NOUN")
        moves = any(form == "s" and lemma in self.sets["motion"] for lemma, form in word.verbs)
        return acts and moves and not clause.finite

    def _bearers(self, subject: Word | None) -> Iterator[Word]:
        """The noun right before a verb, and each that it hangs on: "a man in a dimly lit room"."""
        if subject is not None:
            yield from self._heads(subject) if subject.kind == "NOUN" else (subject,)

    def _holder_acts(self, word: Word, thing: Word) -> bool:
        """ "A woman wearing pearls looks to the right": who wears or holds the thing before a firm verb."""
        if thing.kind != "NOUN" or not (self._way_follows(word) or self._object_follows(word)):
            return False
        near = self._behind(thing.index, "DET", "ADJ", "NUM", "NOUN")
        who = self._behind(near.index) if near is not None and near.kind == "VERB" and near.form == "ing" else None
        return who is not None and self._acts(who) and not who.plural and not self._clause(word).finite
