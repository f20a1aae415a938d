"""Where a verb of motion moves nothing: an idiom, a road that winds, light that is there, how something stays."""

from __future__ import annotations

from studio.coach.cues.deeds import Deeds
from studio.coach.language.words import Word

__all__ = ["PICTURED", "Stillness"]

_NEAR = 4  # words behind a verb that belong to its idiom
_SENTENCE = 40
_AJAR = {"open", "close"}
_SHAPES = {"logo", "shape", "shapes", "initials"}
PICTURED = {"drawing", "image", "painting", "photo", "photograph", "picture", "portrait", "sketch", "still"}
_REMAKING = {"change", "convert", "shift", "switch", "transform", "turn"}


class Stillness(Deeds):
    """Asks of a verb of motion whether it only says how something is, lies or looks."""

    def _stands_apart(self, word: Word) -> bool:
        after = self._after(word)
        return after is not None and after.text == ","

    def _says_how_it_stays(self, word: Word) -> bool:
        """ "The signs hold steady": right behind a state, a bare form is the adjective that completes it."""
        before = self._before(word)
        stays = before is not None and before.kind == "VERB" and bool(before.could_be_of(self.sets["state"]))
        part = before is not None and self._kind(before) == "body" and not before.plural
        return word.form == "base" and (stays or (part and word.lower in _AJAR))  # "tail wagging and mouth open"

    def _absolute_state(self, word: Word, subject: Word | None) -> bool:
        """ "She sits there, her face turned to him": beside a verb in the present, a past form of a body is a state."""
        if word.form != "past" or subject is None or self._next_is_object(word):
            return False
        described = self.words[max(0, subject.index - 2) : subject.index]
        owned = any(near.lower in self.sets["possessives"] for near in described)  # "its red paint faded"
        if self._kind(subject) != "body" and not owned:
            return False
        near = self.words[max(0, word.index - _SENTENCE) : word.index + _SENTENCE]
        present = any(w.kind == "VERB" and w.form in {"s", "base"} for w in near if w.sentence == word.sentence)
        return present or any(w.lower in {"is", "are"} for w in near if w.sentence == word.sentence)

    def _stative_particle(self, word: Word) -> bool:
        particle = self._particle(word)
        if word.lemma == "look":
            return particle in {"up", "down", "back"} and word.form == "ing"
        return word.lemma in {"lean", "stand", "sit"} and particle == "back"

    def _idiom(self, word: Word, subject: Word | None) -> bool:
        """Verbs of motion that move nothing here: comes with, reads (a label), catches the eye; a road that runs."""
        after = self._after(word)
        follows = after.lower if after is not None else ""
        if word.lemma == "come" and follows == "from" and self._drifts(subject):
            return False  # "smoke coming from the chimney"
        behind = self.words[word.index + 1 : word.index + 1 + _NEAR]
        for idiom in self.vocabulary.idioms_of.get(word.lemma, ()):
            near = any(other.lower in idiom.near and other.sentence == word.sentence for other in behind)
            if near or follows in idiom.next:
                return True
        if word.lemma == "appear" and self._seems(after):
            return True
        if word.lemma == "read" and subject is not None and self._kind(subject) not in {"person", "animal"}:
            return word.form != "ing" or self._kind(subject) == "thing"
        if word.lemma == "form" and word.form == "ing" and any(w.dep == "obj" for w in self._children(word)):
            return not (self._goes_on_now(word) or self._spells(word))
        if word.lemma == "hide" and word.form == "ing" and not any(w.dep == "obj" for w in self._children(word)):
            return True  # "is hiding behind the shed" is there already; "hides behind the door" goes there
        return subject is not None and self._lies(word, subject, follows)

    def _drifts(self, subject: Word | None) -> bool:
        stuff = subject is not None and subject.lower in self.vocabulary.nouns.mass
        return stuff and subject is not None and subject.lower not in self.sets["light_nouns"]

    def _goes_on_now(self, word: Word) -> bool:
        """ "Are forming a line", "is making sushi": in this form it happens, whoever does it."""
        before = self._before(word, "ADV")
        return word.form == "ing" and before is not None and before.lower in self.sets["be"]

    def _spells(self, word: Word) -> bool:
        """ "Clouds move to form a word": lettering or a shape that comes together."""
        written = {*self.vocabulary.lettering.figure_words, *_SHAPES}
        near = (w.lower for w in self.words[word.index + 1 : word.index + 1 + _NEAR] if w.sentence == word.sentence)
        return any(not written.isdisjoint({lower, f"{lower}s"}) for lower in near)

    def _lies(self, word: Word, subject: Word, follows: str) -> bool:
        """ "The road winds", "fields stretch over the hills", "ivy climbing the wall": how what stays there lies."""
        if word.lemma in self.sets["course"] and self._is_fixed(subject):
            return True
        if word.lemma == "float" and self._rests_afloat(word, subject):
            return True
        way = follows in (self.sets["ways"] | self.sets["prepositions"]) - {"as"} or self._next_is_object(word)
        if word.lemma in self.sets["growing"] and subject.lower in self.sets["rooted"]:
            return way
        at_rest = subject.kind == "NOUN" and self._kind(subject) in {"thing", "scenery"}
        return word.lemma in self.sets["lying"] and at_rest and way and subject.lower not in self.vocabulary.nouns.mass

    def _shapes_next(self, word: Word) -> bool:
        """ "Features rolling hills", "winding roads": the lie of what stands right behind."""
        after, subject = self._after(word), self._subject(word)
        acts = self._kind(subject) in {"person", "animal", "vehicle"}
        fixed = after is not None and after.kind == "NOUN" and after.lower in self.sets["fixed"]
        return word.form == "ing" and word.lemma in self.sets["course"] and fixed and not acts

    def _rests_afloat(self, word: Word, subject: Word) -> bool:
        """ "Leaves float on the water", "a crown hovers above his head": where it is."""
        place, near = self._after(word), self.words[word.index + 2 : word.index + 2 + _NEAR]
        where = place.lower if place is not None else ""
        head = next((other for other in near if other.kind == "NOUN"), None)
        if where == "above" and self._kind(subject) in {"", "thing"}:
            before = self._before(word)
            return head is not None and head.lower == "head" and (before is None or before.kind != "ADV")
        return where in {"on", "upon"} and subject.lemma in self.sets["afloat"]

    def _restyles(self, word: Word, subject: Word | None) -> bool:
        """ "Change the style to noir", "turn this photo into a clip": a wish about the picture."""
        if subject is not None or word.form != "base" or word.lemma not in _REMAKING:
            return False
        near = [w for w in self.words[word.index + 1 : word.index + 1 + 2 * _NEAR] if w.sentence == word.sentence]
        if any(w.lower in self.sets["restyled"] for w in near[:_NEAR]):
            return True
        thing = next((w.index for w in near if w.kind in {"PREP", "PUNCT", "VERB"}), word.index) - 1
        return thing > word.index and self.words[thing].lower in self.sets["picture"] | PICTURED

    def _seems(self, after: Word | None) -> bool:
        """ "Appears to be", "appearing almost white": it seems so; it does not come."""
        if after is not None and (after.kind == "ADV" or after.lower in self.sets["degrees"]):
            after = self._after(after, "ADV")
        return after is not None and (after.lower in {"to", "as"} or after.kind == "ADJ" or after.form == "past")

    def _children(self, word: Word) -> list[Word]:
        """What hangs on a word, among its neighbours."""
        near = self.words[max(0, word.index - 2 * _NEAR) : word.index + 2 * _NEAR]
        return [other for other in near if other.head == word.index and other is not word]

    def _is_fixed(self, noun: Word) -> bool:
        """Whether a noun never leaves its place: a road, a mountain, the night; not "a child in her tent"."""
        index = noun.index - 1
        while (
            index >= 0
            and self.words[index].kind in {"DET", "ADJ", "NUM", "NOUN", "ADV"}
            and self._together(index, noun)
        ):
            index -= 1
        placed = index >= 0 and self._together(index, noun) and self.words[index].kind == "PREP"
        return noun.lower in self.sets["fixed"] and not (placed and self.words[index].lower not in {"of", "with"})

    def _changes(self, word: Word) -> bool:
        """Light that is there becomes a change with "brighter", "begins to", "as": a lantern glowing brighter."""
        before, after = self._before(word), self._after(word)
        who = self._before(word, "AUX")
        if word.lemma == "shine" and who is not None and who.lower in {"sun", "moon", "stars"}:
            return False  # "the sun shining brightly"
        comparative = after is not None and after.lower in self.sets["rising"] and word.lower != "lit"  # "faces lit up"
        return comparative or (before is not None and before.lower == "to" and self._begins(before))

    def _begins(self, word: Word) -> bool:
        verb = self._before(word)
        return verb is not None and verb.lemma in {"begin", "start", "continue", "proceed", "try", "attempt", "want"}

    def _shines_in(self, word: Word) -> bool:
        """ "Light falls from a window", "comes through the curtains": where it comes from, and nothing that changes."""
        after, before = self._after(word), self._before(word)
        begun = before is not None and before.lower in self.sets["sudden"] | self.sets["sequence"] | {"slowly"}
        where = self._after(after) if after is not None else None
        way = after is not None and after.lower in {"through", "from", "in", "into", "onto", "on", "across"}
        on = word.lemma == "come" and after is not None and after.lower == "on"  # "lights come on one by one"
        return way and not on and where is not None and where.kind != "PUNCT" and not begun
