"""What is only said, heard, meant or of another time: "as if it were floating", "decides to leave", "had fallen"."""

from __future__ import annotations

from studio.coach.cues.stillness import Stillness
from studio.coach.language.words import Word

__all__ = ["Supposed"]

_NEAR = 4  # words
_SENTENCE = 40
_MAYBE = {"might", "may", "could", "would"}
_HAVING = {"has", "have", "had", "'ve", "’ve", "having"}
_SIMILES = {"like", "resembling", "resembles", "resemble", "mimicking"}
_SUPPOSING = {"if", "though", "way", "how", "what", "why"}
_INNER = {"bloom", "blossom", "flight", "motion", "swing", "flow", "gallop", "stride", "march", "retreat"}
_ANYBODY = {"you", "users", "people", "anyone", "customers", "us"}
_EYES = {"gaze", "gazes", "stare", "stares", "eyes", "attention"}


class Supposed(Stillness):
    """Asks of a verb whether what it says happens in the clip at all."""

    def _only_told(self, word: Word) -> bool:
        """Whether nothing of a verb is to be seen: heard, guessed, over before, a gaze, a posture, a colour."""
        subject = self._subject(word)
        return (
            self._is_music(word, subject)
            or self._is_possible(word)
            or self._has_been(word)
            or self._rests_a_gaze(word, subject)
            or self._leans_there(word)
            or self._is_a_tone(word)
            or self._goes_by(word, subject)
            or self._is_the_cameras(word)
            or self._is_effort(word)
            or self._is_plural(word)
            or self._blends(word)
            or self._is_likened(word)
            or self._is_script(word)
            or self._is_depicted(word)
            or word.lower in {"stuck", "relaxed"}
        )

    def _is_script(self, word: Word) -> bool:
        """ "A sign with Latin writing on it": letters that are there, and nobody who writes."""
        if word.lower not in self.sets["scripts"]:
            return False
        near = self._before(word)
        while near is not None and (near.kind in {"ADJ", "DET"} or (near.kind == "NOUN" and not self._kind(near))):
            near = self._before(near)
        return near is not None and near.lower in {"with", "in", "of", "has", "have", "bearing"}

    def _is_depicted(self, word: Word) -> bool:
        """ "A mug with a drawing of a running fox", "a mug with the logo of a running bear"."""
        before = self.words[self.reading.starts[word.sentence] : word.index]
        for near in reversed(before):
            if near.kind in {"PUNCT", "CONJ", "VERB"} and near.form not in {"ing", "attributive"}:
                return False
            after = self._after(near) if near.lower in self.sets["likenesses"] else None
            if after is not None and after.lower in {"of", "with", "showing", "depicting"}:
                led = self._before(near, "DET", "ADJ", "NUM")
                return led is not None and led.lower in {"with", "featuring", "showing", "bearing", "displaying"}
        return False

    def _is_music(self, word: Word, subject: Word | None) -> bool:
        """ "Soft music plays", "many birds chirping": what a soundtrack does, and calls of birds."""
        if subject is None:
            return False
        calls = word.lemma in self.sets["calls"] and subject.plural and self._kind(subject) == "animal"
        return calls or subject.lower in self.sets["audible"]

    def _is_possible(self, word: Word) -> bool:
        """ "She might be waving", "as if a storm could break": a guess; "could you make her wave" is a wish."""
        near = self._before(word)
        if word.form == "ing" and near is not None and near.lower == "be":
            near = self._before(near)
        while near is not None and near.kind == "ADV":
            near = self._before(near)
        opens = near is not None and self._before(near) is None
        return near is not None and near.lower in _MAYBE and not opens

    def _has_been(self, word: Word) -> bool:
        """ "They have been talking for hours": it led to the picture."""
        been = self._before(word)
        had = self._before(been) if been is not None else None
        return word.form == "ing" and been is not None and been.lower == "been" and had is not None

    def _rests_a_gaze(self, word: Word, subject: Word | None) -> bool:
        """ "His gaze locks onto the door", "their eyes meet": whom somebody looks at."""
        after = self._after(word)
        shut = after is not None and after.lower in {"shut", "closed", "open"}
        return subject is not None and subject.lower in _EYES and word.lemma in self.sets["gazing"] and not shut

    def _leans_there(self, word: Word) -> bool:
        """ "Two friends on a bench, leaning close": a posture, where the sentence has no deed that it goes with."""
        before = self._before(word)
        tag = before is not None and (before.text in {",", "—", "–"} or before.kind == "ADV")
        if word.lemma != "lean" or word.form != "ing" or not tag:
            return False
        ahead = self.words[self.reading.starts[word.sentence] : word.index]
        return not any(near.kind == "VERB" and near.form in {"s", "preterite"} for near in ahead)

    def _is_a_tone(self, word: Word) -> bool:
        """ "Warm overhead light", "cool for the street": a colour, where no object makes it a deed."""
        if word.form != "base" or word.lemma not in self.sets["tones"] or self._next_is_object(word):
            return False
        before, after = self._before(word), self._after(word)
        opens = before is None or before.kind == "PUNCT"
        return opens and not (after is not None and after.lower in self.sets["particles"] - {"over"})

    def _goes_by(self, word: Word, subject: Word | None) -> bool:
        """ "Trunks passing left and right", "trees shift against the hills": what is rooted goes by the camera only."""
        if subject is None or word.lemma not in self.sets["going_by"]:
            return False
        stays = subject.lemma in self.sets["fixed"] | self.sets["roadside"]
        return bool(self.camera) and stays and word.form in {"ing", "base"}

    def _is_the_cameras(self, word: Word) -> bool:
        """ "The camera shoots up, riding the wind, then snaps to a face": what goes on from what the camera does."""
        before = self._before(word)
        while before is not None and (before.kind == "ADV" or before.lower == "then"):
            before = self._before(before)
        if word.form not in {"ing", "s"} or before is None or before.kind not in {"PUNCT", "CONJ"}:
            return False
        face = word.lemma in self.sets["micro"] | self.sets["speech"]  # "zooms in, smiling": whoever is shown
        if word.form == "ing" and (face or self._subject(word) is not None):
            return False
        joined = self._before(before)
        hung = self.subjects.get(word.index)
        other = hung is not None and hung.index not in self.camera
        if other or joined is None or joined.kind == "ADV":  # "slowly and firmly waves"
            return False
        named = done = False  # somebody, and a verb, since the last comma
        for near in reversed(self.words[self.reading.starts[word.sentence] : before.index]):
            done = done or near.kind == "VERB"
            named = named or (near.kind in {"NOUN", "PRON"} and self._phrase_owner(near) is not None)
            if near.kind == "PUNCT":
                if named and not done:
                    return False  # "the camera holds, the porter turns and lifts the trunk"
                named = done = False
            if near.kind == "VERB" and near.form in {"s", "preterite", "base"}:
                subject = self._subject(near) or self.subjects.get(near.index)
                filmed = near.index in self.camera
                return filmed and (subject is None or subject.index in self.camera)
            if near.lower in self.sets["simultaneous"]:
                return False
        return False

    def _is_effort(self, word: Word) -> bool:
        """ "Pushes herself through the last lap", "immersed in studying": how hard, and no motion of its own."""
        after, before = self._after(word), self._before(word)
        itself = after is not None and after.lower.endswith(("self", "selves"))
        way = self._after(after) if itself and after is not None else None
        pushed = word.lemma in {"push", "drive"} and way is not None and way.lower in {"through", "hard", "beyond"}
        deep = self._before(before) if before is not None and before.lower == "in" else None
        return pushed or (word.form == "ing" and deep is not None and deep.lower in self.sets["deep_in"])

    def _is_plural(self, word: Word) -> bool:
        """ "Trudge through snow drifts", "the child's earlier cries", "tree leaves": a noun that could be a verb."""
        before = self._before(word)
        if word.form == "base" and before is not None and before.kind != "PREP" and word.lower in _INNER:
            led = self._before(before)
            return led is not None and led.lower == "in"  # "roses in full bloom"
        if word.form != "s" or before is None:
            return False
        after = self._after(word)
        ends = after is None or after.kind in {"PUNCT", "CONJ"} or after.form in {"participle", "past", "passive"}
        part = self._kind(word) == "body" and word.lemma not in self.sets["micro"]  # "Leo smiles"
        if ends and part and before.kind in {"NOUN", "ADJ"}:
            return True  # "a cat with feline paws, ..."
        if word.lemma == "leave" and self._kind(before) == "scenery":
            return True
        if before.dep == "compound" and before.head == word.index and self._is_led(before):
            return True  # "gold thread on curtain edges"
        whose = self._before(before)
        if before.kind == "ADJ" and whose is not None:
            return whose.lower in self.sets["possessives"] or whose.lower.endswith(("'s", "’s"))
        return before.kind == "NOUN" and not before.plural and self._run_on(word) is None and self._is_linked(before)

    def _is_led(self, noun: Word) -> bool:
        """Whether a preposition stands before a noun, with adjectives between and no article."""
        near = self._before(noun, "ADJ", "NOUN")
        part = self._kind(noun) == "body"  # "leaps with arm swings"
        return near is not None and near.kind == "PREP" and near.lower != "of" and not part

    def _is_linked(self, noun: Word) -> bool:
        """Whether a noun ends the way of a finite verb, nothing between that a second verb could go on from."""
        way = False
        for near in reversed(self.words[self.reading.starts[noun.sentence] : noun.index]):
            if near.kind == "VERB":
                return way and near.form in {"s", "base", "preterite"} and self._subject(near) is not None
            if near.kind in {"PUNCT", "CONJ", "AUX", "PRON"} or near.lower in self.sets["simultaneous"]:
                return False
            if near.kind == "DET" and not way:
                return False  # "walks past the dog barks"
            way = way or near.kind == "PREP"
        return False

    def _blends(self, word: Word) -> bool:
        """ "Stripes and spots blending softly": how colours and patterns lie together."""
        near = self._before(word, "ADV")
        together = word.form == "ing" and word.lemma in self.sets["blending"]
        return (
            together
            and near is not None
            and not {near.lemma, near.lower.removesuffix("s")}.isdisjoint(self.sets["blended"])
        )

    def _is_likened(self, word: Word) -> bool:
        """ "Light pours out like a door is opening", "resembling a leaf drifting down": what something is like."""
        before = self._before(word, "NOUN", "ADJ", "DET", "NUM") if word.form == "ing" else None
        if before is not None and before.lower in _SIMILES and before.index < word.index - 1:
            return True
        if word.form != "ing" or self._before(word) is None:
            return False
        aux = self._before(word)
        if aux is None or aux.lower not in self.sets["be"]:
            return False
        for near in reversed(self.words[max(0, aux.index - _NEAR) : aux.index]):
            if near.sentence != word.sentence or near.kind in {"PUNCT", "VERB", "CONJ"}:
                return False
            if near.lower == "like":
                return True
        return False

    def _is_heard(self, word: Word) -> bool:
        """Whether a line that is labelled as sound holds a word: "Sound: a phone buzzing"."""
        label = self.reading.labels.get(word.sentence)
        return label is not None and label[0].lower in self.sets["heard"]

    def _is_past(self, word: Word) -> bool:
        """ "A town that has lost its name", "she says that he will leave", "more rounded": not now, or no deed."""
        aux = self._before(word)
        if aux is not None and aux.lower in self.sets["degrees"] and word.form in {"past", "passive"}:
            return True
        if aux is None or aux.lower not in {"has", "have", "had", "will", "would", "can", "could", "may"}:
            return False
        for near in reversed(self.words[max(0, aux.index - 2 * _NEAR) : aux.index]):
            if near.sentence != word.sentence or near.kind in {"VERB", "PUNCT", "CONJ"}:
                return False
            if near.lower in {"that", "which", "who"} and near.kind in {"PRON", "DET", "PREP"}:
                return near.index > 0 and self.words[near.index - 1].kind in {"NOUN", "VERB"}
        return False

    def _sounds(self, word: Word) -> bool:
        """ "The sound of heels clicking": heard, not seen; so is what a fragment that such words open goes on with."""
        for near in reversed(self.words[max(0, word.index - _SENTENCE) : word.index]):
            if near.sentence != word.sentence or near.kind == "AUX" or near.form in {"s", "preterite"}:
                return False
            after = self._after(near) if near.lower in self.sets["sounding"] else None
            if after is not None and after.lower == "of":
                opens = near.index - self.reading.starts[near.sentence] < _NEAR and word.form in {"ing", "attributive"}
                seen = self._kind(self._subject(word)) == "scenery"  # "the sound of waves crashing"
                return not seen and (opens or all(w.text != "," for w in self.words[near.index : word.index]))
        return False

    def _supposed(self, word: Word) -> bool:
        """ "As if it were floating", "showing how it works", "the way she grips it": nothing of it happens."""
        for near in reversed(self.words[max(0, word.index - _NEAR) : word.index]):
            if near.sentence != word.sentence or near.kind == "PUNCT":
                return False
            if near.lower not in _SUPPOSING:
                continue
            before = self._before(near)
            if near.lower in {"if", "though"}:
                return before is not None and before.lower in {"as", "like"}
            if near.lower == "way" and before is not None and before.kind == "DET" and near.index < word.index - 1:
                return word.form in {"s", "base", "preterite"}
            if near.lower in {"how", "what", "why"}:
                return before is not None and before.lemma in self.sets["meta"] | self.sets["state"]
        return False

    def _only_meant(self, word: Word) -> bool:
        """ "Decides to leave", "is said to heal": what somebody means to do, or what is said of him."""
        to = self._before(word)
        if word.form != "base" or to is None or to.lower != "to":
            return False
        verb = self._before(to, "ADV")
        if self._is_allowed(to):
            return True
        if verb is not None and verb.kind == "NOUN" and verb.lower in self.sets["purposes"]:
            return True  # "a path to leave the building"
        return verb is not None and bool(verb.could_be_of(self.sets["meaning"]))

    def _is_allowed(self, to: Word) -> bool:
        """ "Beats its wings, allowing it to glide": what could happen then."""
        who = self._before(to, "PRON", "NOUN", "DET", "ADJ")
        if who is not None and who.could_be("allow", "enable", "let") and self.words[who.index + 1].lower in _ANYBODY:
            return True  # "an app that lets users pick a colour"
        return who is not None and who.lower in {"allowing", "enabling", "permitting", "inviting"}
