"""Whether a verb is a motion in this sentence: not a state, not talk about the picture, no idiom that moves nothing."""

from __future__ import annotations

from studio.coach.cues.deeds import ACTORS
from studio.coach.cues.stillness import PICTURED
from studio.coach.cues.supposed import Supposed
from studio.coach.language.masks import Masks
from studio.coach.language.words import Reading, Word
from studio.coach.vocabulary.load import Vocabulary

__all__ = ["MotionSense"]

_FILMED = {"movement", "move", "motion", "shot"}  # of the camera: "a drone movement weaving through the trees"
_NEXT = {"afterwards", "finally", "next", "then"}
_NEAR = 4  # words behind a verb that belong to its idiom
_SENTENCE = 40


class MotionSense(Supposed):
    """Asks of each word whether something moves. Subjects are known from the left."""

    def __init__(
        self, reading: Reading, masks: Masks, spoken: frozenset[int], negated: frozenset[int], vocabulary: Vocabulary
    ) -> None:
        super().__init__(reading, masks, vocabulary)
        self.negated, self.camera = negated, spoken
        self.dynamic = self.sets["motion"]
        self.recorders = frozenset(vocabulary.camera.recorders)
        self.message = self._message()
        self.told = self.sets["picture"] | frozenset(vocabulary.camera.subjects) - {"frame", "frames"} | _FILMED

    def _is_motion(self, word: Word) -> bool:
        if word.index in self.camera or word.index in self.negated or self.masks.hides(word.start, word.end):
            return False
        after = self._after(word)
        if after is not None and after.text == ":" and self._before(word) is None:
            return False  # "Opening: an empty alley"
        if word.kind == "ADJ" and word.form == "attributive":
            return self._moving_thing(word) and not self._is_depicted(word)
        if word.kind == "ADJ" and self._done_by(word):
            return True
        if word.index in self.message or self._only_describes(word):
            return False
        if word.kind == "VERB" and word.form in {"past", "passive", "ing"} and self._is_tied(word):
            return False  # "a rain-streaked window", "a breath-taking view"
        if word.verbs and (self._is_heard(word) or self._sounds(word)):
            return False
        if word.kind == "NOUN":
            return self._noun_moves(word)
        if self._goes_on_passive(word):
            return self._passive_motion(word)
        if word.kind != "VERB":
            return False
        settled = self._supposed(word) or self._is_past(word) or self._only_meant(word) or self._only_told(word)
        return not settled and self._verb_moves(word)

    def _message(self) -> range:
        """Where the letters stand that a "Message: ..." at the end wants written; nothing in them moves."""
        lowers = self.reading.lowers
        places = (place for place, lower in enumerate(lowers) if lower == "message")
        start = next((place for place in places if lowers[place + 1 : place + 2] == (":",)), len(lowers))
        end = next((place for place in range(start, len(lowers)) if lowers[place] == "("), len(lowers))
        return range(start, end)

    def _only_describes(self, word: Word) -> bool:
        """ "In tones of soothing and gentle green": it stands beside an adjective, before their noun."""
        before, link = self._before(word), self._after(word)
        if word.form != "ing" or before is None or before.kind != "PREP" or link is None or link.lower != "and":
            return False
        other = self._after(link)
        noun = self._after(other) if other is not None and other.kind == "ADJ" and not other.form else None
        return noun is not None and noun.kind in {"NOUN", "ADJ"}

    # -- nouns and adjectives -------------------------------------------------------------------------------------
    def _noun_moves(self, word: Word) -> bool:
        after = self._after(word)
        if word.form == "gerund" and after is not None and after.kind == "NOUN":
            return False  # "shooting stars pass by"
        if word.form == "gerund":
            still = word.lemma in self.sets["meta"] or word.lemma in self.sets["state"]
            heard = (
                word.lemma in self.sets["noises"] or word.lemma in self.sets["audio_verbs"]
            )  # "the clanging of pans"
            there = heard or self._is_script(word) or self._is_depicted(word)
            return word.lemma in self.dynamic and not (still or there)
        if word.lower in self.sets["happening"]:
            return self._happens(word)
        return bool(word.could_be_of(self.sets["scene"])) and self._is_caused(word)

    def _is_caused(self, word: Word) -> bool:
        """ "Creating ripples", "sends up sparks": a verb of making, and a noun that is a motion."""
        after = self._after(word)
        if after is not None and after.kind == "NOUN":
            return False  # "makes a bubble gum"
        for near in reversed(self.words[max(0, word.index - _NEAR) : word.index]):
            if near.sentence != word.sentence or near.kind in {"PREP", "PUNCT", "CONJ"}:
                return False
            if near.kind == "VERB":
                subject = self.owners.get(near.index)
                told = subject is not None and subject.lower in self.told
                known = word.lower in {other.lower for other in self.words[: near.index]}
                look = word.lower in self.sets["made_looks"]
                look = look or (near.lemma == "make" and self._kind(subject) in ACTORS)  # "makes three turns" is one
                return near.lemma in self.sets["making"] and not (told or known or look)
        return False

    def _makes_a_motion(self, word: Word) -> bool:
        """ "Throws a stone, creating ripples": the ripples move."""
        near = self.words[word.index + 1 : word.index + 1 + _NEAR]
        return word.lemma in self.sets["making"] and any(
            w.kind == "NOUN" and self._is_caused(w) for w in near if w.verbs
        )

    def _moving_thing(self, word: Word) -> bool:
        before = self._before(word)
        if before is not None and before.lower.endswith("ly") and word.lemma in self.sets["transform"]:
            return True  # "rapidly growing vines"
        owner = self._owner(word)
        if owner is not None and word.lemma in self.sets["acting"] and self._kind(owner) in {"person", "animal"}:
            return True  # "a talking dog"
        if owner is not None and word.lower == "flowing" and owner.lower in self.sets["streams"]:
            return True  # "a flowing gown" only falls so
        if word.lower in self.sets["attributive_state"] or word.lemma in self.sets["unmoving"]:
            return False
        if owner is not None and owner.lower in self.sets["light_nouns"] and word.lemma in self.sets["entering"]:
            return False  # "streaming sunlight"
        if owner is not None and word.lemma in {"cascade", "trail"} and owner.lower in self.sets["telling_hanging"]:
            return False  # "walls of cascading ivy"
        if owner is not None and word.lemma in self.sets["shaping"] and self._kind(owner) in {"", "thing"}:
            return False  # "soaring bookshelves"
        return word.lemma in self.sets["moving"]

    def _happens(self, word: Word) -> bool:
        """A noun that is a motion by itself, where no verb and no preposition claims it: "a street, heavy rain"."""
        index = word.index
        while index > 0 and self.words[index - 1].kind in {"ADJ", "DET", "NOUN"} and self._together(index - 1, word):
            index -= 1
        before = self.words[index - 1] if index and self._together(index - 1, word) else None
        if before is not None and before.kind in {"PREP", "VERB"}:
            return False
        after = self._after(word)
        return after is None or after.kind in {"PUNCT", "PREP", "CONJ"}

    def _goes_on_passive(self, word: Word) -> bool:
        """ "Are lifted and then returned": the second participle has the "are" of the first."""
        head = self.words[word.head] if word.head >= 0 else word
        return word.form == "participle" and word.dep == "conj" and head.form == "passive"

    # -- verbs ----------------------------------------------------------------------------------------------------
    def _verb_moves(self, word: Word) -> bool:
        subject = self._subject(word)
        who = self._kind(subject)
        if subject is not None and self._is_nobody(subject):
            return False
        if self._does_with_senses(word, who) or self._looks_aside(word):
            return True
        if self._is_done(word, who) and not self._idiom(word, None) and not self._makes_a_motion(word):
            return True
        if word.lemma in self.sets["dealing"] and who in {"thing", "scenery"} and word.form != "passive":
            return False  # "clouds threaten", "a rope secures the boat"
        if self._gets_up(word, who) or (
            word.lemma == "set" and subject is not None and subject.lemma in {"sun", "moon"}
        ):
            return True
        if f"{word.lemma} {self._particle(word)}" in self.sets["phrasal"] and not self._stative_particle(word):
            return word.form != "passive" or word.lemma not in self.sets["state"]  # "is held up by a clamp"
        if self._shapes_next(word):
            return False
        if self._revives(word) or self._becomes(word) or self._turns_other(word, subject):
            return True
        if self._is_told(word, subject) or self._absolute_state(word, subject) or self._says_how_it_stays(word):
            return False
        if word.form == "passive":
            return self._passive_motion(word)
        return self._acts_out(word, subject, who) or (
            not self._stays_as_it_is(word, subject) and self._happens_here(word, subject, who)
        )

    def _acts_out(self, word: Word, subject: Word | None, who: str) -> bool:
        """ "Says", "rests her head", "shows him a photo", "steam fills the air": states elsewhere, deeds here."""
        if word.lemma in self.sets["speech"]:
            return who in {"person", "animal"} or self._speaks(word)
        if word.lemma in {"rest", "lay", "lean"}:
            return self._moves_a_part(word)
        if word.lemma == "show":
            return subject is not None and self._hands_over(word, subject)
        return word.lemma == "fill" and who == "scenery" and self._spreads(word)

    def _stays_as_it_is(self, word: Word, subject: Word | None) -> bool:
        """A state, an idiom, a wish about the picture, or "immediately following, ..."."""
        apart = word.form == "ing" and subject is None and word.lemma == "follow" and self._stands_apart(word)
        state = word.lemma in self.sets["state"]
        return apart or state or self._idiom(word, subject) or self._restyles(word, subject)

    def _happens_here(self, word: Word, subject: Word | None, who: str) -> bool:
        """Whether a verb that may be a motion is one: light that is there, sounds and talk of the picture are none."""
        if word.lemma in self.sets["light_state"] and word.lemma not in self.sets["micro"]:
            doing = word.lemma in self.sets["local"] and who in {"person", "animal", "body"}
            if not doing or self._casts_light(word):
                return self._changes(word)
        if self._is_there_already(word, subject) or self._only_sounds(word, who):
            return False
        if word.lemma in self.sets["meta"]:
            return self._meta_motion(word, subject) or self._sets_in(word, subject)
        # a verb in no list is taken for a motion; one that cameras do is somebody's here
        return word.lemma in self.dynamic or not word.verbs or subject is not None

    def _is_there_already(self, word: Word, subject: Word | None) -> bool:
        """Light, and what only glints: "colours that shimmer", "sunlight comes through the window"."""
        before, entering = self._before(word), word.lemma in self.sets["entering"]
        if word.lemma in self.sets["glints"] and before is not None and before.lower in {"that", "which"}:
            return True
        if entering and word.form == "ing" and before is not None and before.lower in self.sets["light_nouns"]:
            return True  # "motes in the sunbeams that stream in"
        if subject is None or subject.lower not in self.sets["light_nouns"]:
            return False
        if entering and (word.form == "ing" or self._shines_in(word)):
            return True
        cuts = subject.plural and word.lemma in {"cut", "slash", "slice"}  # "its lights cut the dark"
        return word.lemma in self.sets["touching"] and not cuts

    def _is_nobody(self, subject: Word) -> bool:
        """ "Nobody is reading", "no one dares"."""
        before = self._before(subject)
        return subject.lower in self.sets["nobody"] or (before is not None and before.lower == "no")

    def _gets_up(self, word: Word, who: str) -> bool:
        """ "She stands abruptly", "he suddenly sits", "he turns, then kneels": a posture that is taken."""
        near = (self._before(word), self._after(word))
        at_once = any(w is not None and w.lower in self.sets["sudden"] for w in near) or self._ends_a_way(word)
        led = near[0] is not None and near[0].lower in _NEXT and word.form in {"s", "base", "preterite"}
        return (at_once or led) and who in {"person", "animal"} and word.lemma in {"stand", "sit", "kneel", "lie"}

    def _ends_a_way(self, word: Word) -> bool:
        """ "Walks up to the stool and sits on it": the posture that somebody comes to."""
        link, place = self._before(word), self._after(word)
        if link is None or link.lower not in {"and", "then"} or place is None or place.kind not in {"PREP", "ADV"}:
            return False
        ahead = self.words[self.reading.starts[word.sentence] : link.index]
        verb = next((w for w in reversed(ahead) if w.kind == "VERB"), None)
        way = self.sets["going"] | {"come", "return"}
        return (
            verb is not None
            and verb.lemma in way
            and verb.form == word.form
            and self._subject(verb) is self._subject(word)
        )

    def _only_sounds(self, word: Word, who: str) -> bool:
        """ "The wind howls", "tyres screech": of what does not live only a sound, which nobody sees."""
        lifeless = who not in {"person", "animal", "body", "it"}
        return word.lemma in self.sets["noises"] and lifeless and not self._particle(word)  # "creaks open"

    def _speaks(self, word: Word) -> bool:
        """Whether what is spoken follows right behind: "says: “welcome”"."""
        return any(0 <= span.start - word.end <= 3 for span in self.masks.quotations)

    def _is_told(self, word: Word, subject: Word | None) -> bool:
        """ "The video shows": what the picture does is no motion; "a view of riding a wave" is one."""
        before = self._before(word)
        seen = before is not None and before.lower == "of" and word.form == "ing"
        filming = self.recorders | (
            self.vocabulary.camera.sets["named"] if before is subject else frozenset()
        )  # "a crash zoom snaps in"
        recorded = subject is not None and subject.index in self.camera and subject.lower in filming
        return recorded or (not seen and subject is not None and subject.lower in self.told)

    def _revives(self, word: Word) -> bool:
        """ "The painting comes to life", where even a picture may be the subject."""
        after = [near.lower for near in self.words[word.index + 1 : word.index + 3]]
        return (word.lemma in {"come", "spring"} and after == ["to", "life"]) or (
            word.lemma == "come" and after[:1] == ["alive"]
        )

    def _turns_other(self, word: Word, subject: Word | None) -> bool:
        """ "The painting changes from dusk to dawn", "the photo melts into sand": what is pictured changes."""
        after = self._after(word)
        other = after is not None and after.lower in {"from", "into"} and word.form in {"s", "base", "ing", "preterite"}
        if word.lemma == "freeze" and subject is not None and word.form in {"s", "base"}:
            return True  # "the scene freezes"
        return other and subject is not None and subject.lower in PICTURED and word.lemma in self.sets["transform"]

    def _becomes(self, word: Word) -> bool:
        """ "It gets dark", "the sky grows brighter": the light of the scene changes."""
        after = self._after(word)
        return word.lemma in self.sets["becoming"] and after is not None and after.lower in self.sets["times_of_day"]

    def _casts_light(self, word: Word) -> bool:
        near = {w.lower for w in self.words[word.index + 1 : word.index + 6]}
        return bool(near & {"shadow", "shadows", "glow", "light", "reflection", "reflections", "hues"})

    def _passive_motion(self, word: Word) -> bool:
        """ "A ball is thrown"; "is cut by a mower" too, since somebody does it; "is decorated" is a look."""
        aux, after = self._before(word), self._after(word)
        if aux is not None and aux.lower in self.sets["degrees"]:
            return False  # "are more rounded"
        by = any(near.lower == "by" for near in self.words[word.index + 1 : word.index + 1 + _NEAR])
        if self._kind(self._subject(word)) == "body" and aux is not None and aux.lower != "being" and not by:
            return False  # "his head is tilted", "her hair is neatly combed"
        if word.lower not in self.sets["resultative"] and word.lemma not in self.sets["unmoving"]:
            return word.lemma in self.dynamic
        going_on = aux is not None and aux.lower == "being"
        done = after is not None and after.lower == "by" and word.lemma not in self.sets["state"]
        acted = word.lemma in self.dynamic or (going_on and word.lemma in self.sets["done"])  # "being prepared"
        return (going_on or (done and word.lower not in self.sets["resultative"])) and acted

    def _done_by(self, word: Word) -> bool:
        """ "A horse led by a boy", "a kite chased by two dogs": somebody does it to what stands before."""
        if word.form != "participle":
            return False
        by, noun = self._after(word), self._before(word)
        behind = self._after(by) if by is not None and by.kind in {"PREP", "ADV"} else None
        trodden = behind is not None and behind.lower == "by"  # "stepped on by a boy"
        by = behind if trodden else by
        if by is None or by.lower != "by" or noun is None or noun.kind != "NOUN":
            return False
        if word.lemma not in self.sets["handled"] and not (trodden and word.lemma in self.dynamic):
            return False
        near = self.words[by.index + 1 : by.index + 1 + _NEAR]
        who = next((w for w in near if w.kind in {"NOUN", "PRON"} and self._owner(w) is None), None)
        return self._kind(who) in {"person", "animal", "vehicle"}

    def _stops(self, word: Word) -> bool:
        """ "Stops to buy bait": first the one, then the other; the purpose of other verbs is part of them."""
        far = self.words[max(0, word.index - 2 * _NEAR) : word.index]
        verb = next((w for w in reversed(far) if w.kind in {"VERB", "PUNCT", "CONJ"}), None)
        if verb is not None and verb.lemma in {"stop", "pause"}:
            return verb.sentence == word.sentence
        for near in reversed(far[-_NEAR - 1 :]):
            if near.sentence != word.sentence or near.kind in {"PUNCT", "CONJ", "NOUN"}:
                return False
            if near.kind == "VERB":
                return near.lemma in self.sets["leading_up"] and word.lemma in self.sets["bodily"]
        return False

    def _meta_motion(self, word: Word, subject: Word | None) -> bool:
        """Verbs that mostly talk about the picture are motions when somebody does them: "a barber cuts hair"."""
        after = self._after(word)
        if word.lemma in {"fade", "dissolve", "blossom"} and word.form != "passive":
            near = self.words[word.index + 1 : word.index + 1 + _NEAR]
            return subject is not None or not any(w.lower in {"black", "white"} for w in near)  # "fade in from black"
        if word.lemma == "make" and subject is not None and self._makes_faces(word):
            return True
        acts = self._kind(subject) in ACTORS or self._goes_on_now(word)
        acts = acts or (subject is not None and word.lemma in self.sets["physical"])
        if not acts or word.form not in {"s", "ing", "base", "preterite", "past"}:
            return False
        if word.lemma in {"stop", "pause"}:
            return after is None or not after.lower.endswith("ing")
        if word.lemma in {"give", "make"}:
            near = self.words[word.index + 1 : word.index + 1 + _NEAR]
            causes = any(w.kind == "VERB" and w.form == "base" for w in near)  # "you make her smile"
            return not causes and not {w.lower for w in near} & self.sets["impressions"]
        return word.lemma in self.dynamic

    def _sets_in(self, word: Word, subject: Word | None) -> bool:
        """ "Rain starts", "the storm stops": what begins or ends by itself; not "rain starts to fall"."""
        after = self._after(word)
        by_itself = (
            after is None or after.kind in {"PUNCT", "CONJ", "ADV"} or (after.kind == "PREP" and after.lower != "to")
        )
        lasts = subject is not None and subject.lower in self.sets["lasting"]
        return lasts and by_itself and word.lemma in self.sets["beginning"] and word.form != "passive"

    def _makes_faces(self, word: Word) -> bool:
        """ "Makes a funny face": not "makes her face glow"."""
        thing = self._object(word)
        after = self._after(thing) if thing is not None else None
        whose = {near.lower for near in self.words[word.index + 1 : thing.index]} if thing is not None else set()
        ends = after is None or after.kind in {"PUNCT", "PREP", "CONJ", "ADV"}
        return thing is not None and thing.lower in {"face", "faces"} and ends and not whose & self.sets["possessives"]
