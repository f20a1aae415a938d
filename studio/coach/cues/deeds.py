"""What is a deed where somebody does it, though the same verb is a state or talk about the picture elsewhere."""

from __future__ import annotations

from studio.coach.cues.fragments import Fragments
from studio.coach.language.words import Word

__all__ = ["ACTORS", "Deeds"]

ACTORS = {"person", "animal", "body", "vehicle"}
_FAR = 7  # words from a verb to the noun of its object
_OF_OBJECT = {"DET", "ADJ", "NUM", "NOUN", "PRON", "ADV"}
_NEAR = 4  # words behind a verb that belong to its idiom


class Deeds(Fragments):
    """Asks of a verb whether somebody does it to something."""

    told: frozenset[str]

    def _moves_a_part(self, word: Word) -> bool:
        """ "Rests her head on his shoulder": a state of a body, but a motion of its part."""
        near = self.words[word.index + 1 : word.index + 3]
        held = len(near) == 2 and near[0].lower in self.sets["possessives"] | {"a", "the"}
        return held and self._kind(near[1]) == "body" and near[1].sentence == word.sentence

    def _does_with_senses(self, word: Word, who: str) -> bool:
        """ "Smells the milk", "gets dressed": what is a state of others is a deed of somebody."""
        before = self._before(word)
        dressed = word.lemma == "dress" and before is not None and bool(before.could_be("get"))
        smelt = word.lemma in {"smell", "taste"} and word.form in {"s", "base", "ing"} and self._next_is_object(word)
        covered = word.lemma == "cover" and word.form != "passive" and self._object(word) is not None
        return (who == "person" and (dressed or smelt)) or (who in {"person", "animal"} and covered)

    def _is_done(self, word: Word, who: str) -> bool:
        """ "A cook adds salt", "has breakfast": somebody does it to a thing; not "children bring joy", "add depth"."""
        if who not in ACTORS or word.form == "passive":
            return False
        if self._engages(word):
            return True
        thing = self._object(word)
        if thing is None:
            after = self._after(word)
            led = after.lower if after is not None else ""
            return (word.lemma in {"help", "assist"} and led == "each") or (word.lemma == "measure" and led == "with")
        if word.lemma in self.sets["pastime_verbs"] and thing.lower in self.sets["pastimes"]:
            return True
        abstract = thing.lower in self.sets["impressions"] or thing.lower in self.sets["light_nouns"]
        abstract = abstract and thing.kind != "PRON"  # "bakes a cake, decorates it"
        return word.lemma in self.sets["done"] and not abstract

    def _engages(self, word: Word) -> bool:
        """ "Engages in a fierce duel", "in negotiations": a deed that is named behind a verb of taking part."""
        near = [w for w in self.words[word.index + 1 : word.index + 1 + _FAR] if w.sentence == word.sentence]
        into = bool(near) and near[0].lower in {"in", "into"} and word.lemma in {"engage", "enter", "break", "burst"}
        named = next((w for w in near[1:] if w.kind == "NOUN"), None) if into else None
        return named is not None and named.lower in self.sets["pastimes"]

    def _object(self, word: Word) -> Word | None:
        """The noun of what stands right behind a verb, a particle set aside: "picks up the old book"."""
        found = None
        for near in self.words[word.index + 1 : word.index + 1 + _FAR]:
            if near.index == word.index + 1 and near.lower in self.sets["particles"]:
                continue
            if near.sentence != word.sentence or near.kind not in _OF_OBJECT or near.lower in {"of", "that"}:
                break
            found = near if near.kind in {"NOUN", "PRON"} else found
        return found

    def _spreads(self, word: Word) -> bool:
        """ "Steam fills the air": what drifts comes to be everywhere."""
        near = [w.lower for w in self.words[word.index + 1 : word.index + 1 + _NEAR] if w.sentence == word.sentence]
        filled = {"air", "frame", "screen", "sky", "room", "it", "up"}
        return word.form in {"s", "base", "ing"} and not filled.isdisjoint(near)

    def _hands_over(self, word: Word, subject: Word) -> bool:
        """ "He shows the ring to her", "shows him a photo": somebody who holds it up for somebody else."""
        person = self._kind(subject) == "person" and subject.lower not in self.told
        near = [w for w in self.words[word.index + 1 : word.index + 1 + 2 * _NEAR] if w.sentence == word.sentence]
        whom = bool(near) and near[0].lower in {"him", "her", "them", "us", "me", "it"}
        to = next((w.index for w in near if w.lower == "to"), None)
        given = self.words[to + 1 : to + 4] if to is not None else ()
        return person and (
            (whom and len(near) > 1)
            or any(self._kind(w) in {"person", "animal"} or w.lower in {"camera", "viewer", "us"} for w in given)
        )

    def _looks_aside(self, word: Word) -> bool:
        """ "Looks to the right", "glances at his left": the head turns."""
        near = [w.lower for w in self.words[word.index + 1 : word.index + 4] if w.sentence == word.sentence]
        way = near[:1] in (["to"], ["toward"], ["towards"]) and near[-1:] in (["left"], ["right"], ["side"])
        return word.lemma in {"look", "gaze", "stare"} and way and word.form in {"s", "base", "preterite", "past"}

    def _next_is_object(self, word: Word) -> bool:
        after = self._after(word)
        return after is not None and after.lower in self.sets["object_openers"]
