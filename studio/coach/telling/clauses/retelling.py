"""A clause of the author's said again: the subject plainly, the verb in the present, the words of looks left out.

What cannot be said cleanly stays as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.coach.cues.clauses import Clause
from studio.coach.cues.events import Event
from studio.coach.language.words import Word
from studio.coach.telling.meaning.meant import WHOLE
from studio.coach.telling.wording.doers import HELD, Doers
from studio.coach.telling.wording.draft import Bit, Draft, fill, said
from studio.coach.telling.wording.naming import (
    antecedent,
    is_plural,
    joined_with,
    measured,
    name,
    phrase_start,
)
from studio.coach.telling.wording.phrasing import adverb, finite

__all__ = ["PRESENT", "VIEWS", "Retelling", "Retold"]

_RELATIVE = {"who", "that", "which"}
PRESENT = {"was": "is", "were": "are", "had": "has", "did": "does"}
"""Helping verbs of a story, in the present."""

_LIVING = {"person", "animal"}
_LIMBS = {
    "hand",
    "hands",
    "finger",
    "fingers",
    "arm",
    "arms",
    "leg",
    "legs",
    "foot",
    "feet",
    "eyes",
    "lips",
    "paws",
    "wings",
}
VIEWS = {"pov", "gopro", "fpv"}
"""Out of whose eyes: what is done there the viewer does."""
_BEING = {"is", "are", "was", "were"}
_PAST = {"preterite", "past"}
_WHERE = {"where", "in", "which"}


@dataclass(frozen=True)
class Retold:
    """A clause said again.

    ``free`` tells that it can stand alone; ``changed`` that its verb was made a finite one.
    """

    draft: Draft
    free: bool
    changed: bool = False


class Retelling(Doers):
    """How the clauses of one prompt are said."""

    # -- one clause -----------------------------------------------------------------------------------------------
    def tell(self, clause: Clause, event: Event, before: Retold | None, *, goes_on: bool) -> Retold:
        """A clause around a motion. `before` is what was said just before in the same sentence, if anything;
        `goes_on` whether this verb continues a row of finite ones."""
        told = self._tell_clause(clause, event, before, goes_on=goes_on)
        return replace(told, draft=(*told.draft, *self._surface(clause, event)))

    def _surface(self, clause: Clause, event: Event) -> Draft:
        """ "Wipes off the word": where lettering was all that a verb had, the thing that carries it takes its place."""
        words = self.parse.reading.words
        behind = words[event.verb + 1 : clause.last]
        left = [w for w in behind if w.index not in self.dropped]
        gone = any(w.kind == "NOUN" and w.index in self.dropped for w in behind)
        if not gone or any(w.kind not in {"DET", "PREP"} for w in left):
            return ()
        surfaces = set(self.parse.vocabulary.lettering.surfaces)
        cues = [cue.span for cue in self.parse.labelled("lettering", "surface with words")]
        inside = (w for w in words[: event.verb] if any(span.start <= w.start < span.end for span in cues))
        carrier = next((w for w in inside if w.kind == "NOUN" and {w.lower, w.lemma} & surfaces), None)
        return () if carrier is None else (Bit("the", coach=True), Bit(carrier.lower, carrier.index, coach=True))

    def _tell_clause(self, clause: Clause, event: Event, before: Retold | None, *, goes_on: bool) -> Retold:
        words = self.parse.reading.words
        own = event.subject is not None and clause.first <= event.subject < event.verb
        if own:
            return self._own(clause, event, before)
        if before is not None and self._hangs(clause, event):
            return Retold(self.plain(clause.first, clause.last), False)
        if event.subject is None and self._unnamed(clause, event):
            manner = self.plain(clause.first, event.verb)
            lead = [Bit(adverb(bit.text), bit.source) for bit in manner]
            noun = self._there(clause, whole=event.lemma in WHOLE)
            many = noun is not None and is_plural(noun)
            act = Bit(finite(words[event.verb], many, self.parse), event.verb)
            who = fill("the subject") if noun is None else name(noun, self.parse)
            return Retold((*who, *lead, act, *self.plain(event.verb + 1, clause.last)), True, True)
        if event.subject is None or event.subject > event.verb:
            return Retold(self.plain(clause.first, clause.last), before is None)
        start = self._group(clause.first, event)
        opening = words[clause.first : start]
        if any(w.kind in {"NOUN", "VERB", "PRON"} for w in opening):
            return Retold(self.plain(clause.first, clause.last), before is None)
        many = self._many(event)
        if before is not None:
            if goes_on and words[start].kind == "VERB" and words[start].form in {"ing", "base"}:
                act = Bit(finite(words[start], many, self.parse), start)
                rest = self.plain(start + 1, clause.last, many)
                return Retold((*self.plain(clause.first, start), act, *rest), False, True)
            return Retold(self.plain(clause.first, clause.last, many), False, before.changed)
        who, many = self._subject(event, pulled=True)
        verb = self._verb(start, many)
        return Retold(
            (*who, *self.plain(clause.first, start), *verb, *self.plain(start + 1, clause.last, many)), True, True
        )

    def _there(self, clause: Clause, *, whole: bool) -> Word | None:
        """ "Close-up of hands holding a letter, | trembling": who was shown just before in the same sentence."""
        ahead = self.parse.reading.words[self.parse.reading.starts[clause.sentence] : clause.first]
        kinds = self.parse.vocabulary.noun_kinds
        limbs = set() if whole else _LIMBS
        living = (w for w in ahead if w.kind == "NOUN" and (kinds.get(w.lower) in _LIVING or w.lower in limbs))
        return next((w for w in living if w.index not in self.dropped), None)

    def _hangs(self, clause: Clause, event: Event) -> bool:
        """ "They rose and dipped, | performing a waltz": a participle of whoever did what was told just before."""
        words = self.parse.reading.words
        verb = words[event.verb]
        head = words[verb.head] if 0 <= verb.head < clause.first else verb
        told = any(other.verb == head.index and other.subject is not None for other in self.parse.events)
        return event.subject is None and verb.dep == "advcl" and told and head.sentence == verb.sentence

    def _unnamed(self, clause: Clause, event: Event) -> bool:
        """ "Blinking", "subtle breathing": a tag of what somebody does whom no word names."""
        words = self.parse.reading.words
        lead = words[clause.first : event.verb]
        if any(word.lower in VIEWS for word in words[: clause.first]):
            return False  # it is the viewer who does so
        levels = self.parse.vocabulary.levels
        manner = all(
            (w.kind in {"ADJ", "ADV"} and w.form != "participle" and w.text.islower())
            or levels.at((w.lower,), 0) is not None
            for w in lead
        )
        return words[event.verb].form in {"ing", "gerund"} and event.tie != "main" and manner

    def _own(self, clause: Clause, event: Event, before: Retold | None) -> Retold:
        words = self.parse.reading.words
        head = words[event.subject or 0]
        if head.lower in VIEWS:  # "POV riding a sledge"
            return Retold(self.plain(clause.first, clause.last), before is None)
        if head.kind == "PRON" and head.lower in _RELATIVE and before is None:
            return self._relative(clause, event, head)
        inner = head.index
        head = measured(head, self.parse) if head.kind == "NOUN" else head
        if head.index != inner and head.lower in self.sets["telling_heard"]:
            return Retold(self.plain(clause.first, clause.last), before is None)  # "sound of heels clicking"
        head = head if head.index >= clause.first else words[inner]
        first = phrase_start(head, self.parse, joined=joined_with(event, self.parse))
        if first < clause.first:
            first = phrase_start(head, self.parse)
        first = max(first, clause.first)
        verb = self._head_verb(inner + 1, event)
        joined = {word.lower for word in words[clause.link : clause.first + 1]} & {"and", "then"}
        if before is not None and not joined and self._absolute(clause, first, verb):
            return Retold(self.plain(clause.first, clause.last), False)
        if words[clause.first].lower in _RELATIVE and first == clause.first + 1 and before is None:
            return self._object_relative(clause, event, first)
        lead = self._lead(clause.first, first)
        if any(w.lower == "and" for w in words[self._of_end(head.index + 1, verb) : verb]):
            bits = said(self.parse.reading, clause.first, clause.last)  # two verbs, and one of them was not seen
            return Retold(tuple(bit for bit in bits if bit.source not in self.dropped), before is None)
        if lead is None:
            return Retold(self.plain(clause.first, clause.last, self._many(event)), before is None)
        who, many = self._subject(event, first=first)
        verb = self._wished(verb, event)
        wished = not lead and (first > clause.first or event.tie == "main")
        between = self._between(head.index + 1, verb, wished=wished)
        act = self._verb(verb, many)
        rest = self.plain(verb + 1, clause.last, many)
        changed = act[-1].text != words[verb].text
        return Retold((*lead, *who, *between, *act, *rest), True, changed)

    def _relative(self, clause: Clause, event: Event, pronoun: Word) -> Retold:
        """ "Which spins", said alone: its noun takes the pronoun's place."""
        noun = antecedent(pronoun, self.parse)
        verb = self._head_verb(pronoun.index + 1, event)
        if noun is None:
            return Retold(self.plain(clause.first, clause.last), True)
        many = is_plural(noun)
        verb = self._wished(verb, event)  # "which is taking off": it takes off
        words = self.parse.reading.words
        middle = tuple(
            b for b in self.plain(pronoun.index + 1, verb) if b.source is None or not self._asks(words[b.source], verb)
        )
        act = self._verb(verb, many)
        return Retold((*name(noun, self.parse), *middle, *act, *self.plain(verb + 1, clause.last, many)), True, True)

    def _object_relative(self, clause: Clause, event: Event, first: int) -> Retold:
        """ "Which she is touching", said alone: "the woman is touching the flower"."""
        noun = antecedent(self.parse.reading.words[clause.first], self.parse)
        who, many = self._subject(event, first=first)
        start = self._head_verb((event.subject or 0) + 1, event)
        act = (*self._verb(start, many), *self.plain(start + 1, event.verb + 1, many))
        what = name(noun, self.parse) if noun is not None else ()
        return Retold((*who, *act, *what, *self.plain(event.verb + 1, clause.last)), True, True)

    def _group(self, first: int, event: Event) -> int:
        """Where the verb of an event begins, the verbs that lead to it included: "begins to dance"."""
        words = self.parse.reading.words
        start = next((i for i in range(first, event.verb) if words[i].kind in {"VERB", "AUX"}), event.verb)
        return (
            start
            if all(w.kind in {"VERB", "AUX", "ADV", "PREP", "NOT"} for w in words[start : event.verb])
            else event.verb
        )

    def _head_verb(self, first: int, event: Event) -> int:
        """The verb that a subject governs: the first finite one up to the event's, else the first participle."""
        words = self.parse.reading.words
        verbs = [i for i in range(first, event.verb + 1) if words[i].kind in {"VERB", "AUX"}]
        verbs = [i for i in verbs if not self._apart(i, event)]
        finite_ones = [i for i in verbs if words[i].form in {"s", "preterite"} or words[i].kind == "AUX"]
        if words[event.verb].form in {"s", "base", "preterite", "past"} and not finite_ones:
            return event.verb if not self._led(event) else verbs[0]
        return (finite_ones or verbs or [event.verb])[0]

    def _wished(self, verb: int, event: Event) -> int:
        """ "The man should slowly take off his hat": what is wished for is told as what happens."""
        words = self.parse.reading.words
        between = words[verb + 1 : event.verb]
        asked = words[verb].lower in self.sets["telling_modals"] and words[event.verb].form == "base"
        goes_on = words[verb].lower in _BEING and words[event.verb].form == "ing"  # "the man is smiling": he smiles
        return event.verb if (asked or goes_on) and all(word.kind == "ADV" for word in between) else verb

    def _apart(self, index: int, event: Event) -> bool:
        """A verb of an aside between a subject and its verb: "a sign that says so swings", "the man who lives here"."""
        words = self.parse.reading.words
        if index in self.dropped or self.parse.masks.hides(words[index].start, words[index].end):
            return True
        before = words[index - 1] if index and index != event.verb else None
        return before is not None and before.kind == "PRON" and before.lower in _RELATIVE

    def _led(self, event: Event) -> bool:
        words = self.parse.reading.words
        return event.verb > 0 and words[event.verb - 1].lower == "to"

    def _verb(self, index: int, many: bool) -> Draft:
        word = self.parse.reading.words[index]
        if word.kind == "AUX":
            if word.lower == "being":  # "a cushion being pressed" is pressed
                return (Bit("are" if many else "is", index),)
            return (Bit(self._present(word, many), index),)
        if word.form == "passive":
            held = index > 0 and self.parse.reading.words[index - 1].kind == "AUX"
            return (
                (Bit(word.text, index),) if held else (Bit("are" if many else "is", filler=True), Bit(word.text, index))
            )
        taken = word.kind == "NOUN" and any(form == "ing" for _, form in word.verbs)
        if self._suffers(word):  # "a boat tossed by the waves"
            return (Bit("are" if many else "is", filler=True), Bit(word.text, index))
        if taken or word.form in {"s", "ing", "base", *_PAST}:
            return (Bit(finite(word, many, self.parse), index),)
        return (Bit(word.text, index),)

    def _suffers(self, word: Word) -> bool:
        """Whether a participle has who does it behind it: "struck by a wave"; not "walked by the river"."""
        words = self.parse.reading.words
        after = words[word.index + 1] if word.index + 1 < len(words) else None
        if word.form not in _PAST or after is None or after.sentence != word.sentence:
            return False
        handled = word.lemma in self.sets["hands_only"] - self.sets["going"] - self.sets["course"]
        if word.dep == "acl" and handled and after.kind == "PREP" and word.head == word.index - 1:
            return True  # "a lamb cradled in her arms"
        if after.lower != "by":
            return False
        return any(near.head == word.index and near.dep == "obl:agent" for near in words[after.index : after.index + 8])

    # -- around ---------------------------------------------------------------------------------------------------
    def _absolute(self, clause: Clause, first: int, verb: int) -> bool:
        """ "..., its tail wagging", "... with her hair blowing": hangs on what was said before."""
        words = self.parse.reading.words
        if words[verb].kind != "VERB" or words[verb].form not in {"ing", "passive"}:
            return False
        return words[clause.first].lower == "with" or words[first].lower in HELD

    def _lead(self, first: int, last: int) -> Draft | None:
        """What stands before the subject in its clause; nothing where it only shows it; None where it is a verb's."""
        words = self.parse.reading.words
        lead = words[first:last]
        if not lead:
            return ()
        there = lead[0].lower in {"there", "we", "i", "you"} or lead[0].lower in {"here"}
        if {"motion", "lapse", "timelapse"} & {w.lower for w in lead}:
            return None  # the pace is asked for, too
        if all(w.lower in _WHERE for w in lead):
            return ()  # "a garden, where leaves fall"
        verbs = [w for w in lead if self._leading(w) and not self.parse.masks.hides(w.start, w.end)]
        if verbs:
            return () if there or all(w.lemma in self.sets["telling_shows"] for w in verbs) else None
        if there or any(w.lower in self.sets["telling_views"] or w.lower.endswith("view") for w in lead):
            return ()
        if lead[-1].kind == "PREP":
            return ()
        if any(w.kind == "NOUN" for w in lead) and lead[0].kind not in {"PREP", "ADV"}:
            return ()
        described = any(w.index in self.parse.described for w in lead)
        return () if described or (self.strict and len(lead) > 1) else self.plain(first, last)

    def _leading(self, word: Word) -> bool:
        """A verb, or the "have" of "have her turn"; not that of a "tracking shot"."""
        if any(found.first <= word.index < found.last for found in self.parse.moves):
            return False
        return word.kind == "VERB" or (word.kind == "AUX" and word.lemma in self.sets["telling_shows"])

    def _between(self, first: int, last: int, *, wished: bool) -> Draft:
        """What stands between a subject and its verb: places and manner, no looks."""
        words = self.parse.reading.words
        taken = self._of_end(first, last)
        aside = next((w.index for w in words[taken:last] if w.lower in _RELATIVE and w.kind == "PRON"), last)
        told = any(words[i].kind == "VERB" and i < last for i in range(aside, last))
        between = [w for w in words[taken : aside if told else last] if w.index != aside and not self._asks(w, last)]
        while between and between[0].text == ",":
            between = between[1:]
        if wished and between and between[-1].lower == "to" and words[last].form == "base":
            between = between[:-1]  # "I want him to turn": he turns
        looks = any(w.index in self.parse.described or w.text == "," for w in between)
        place = any(w.lower in self.sets["telling_places"] for w in between)
        manner = [w for w in between if w.kind in {"ADV", "NOT", "AUX"}]
        if (looks or self.strict) and not place:
            tail: list[Word] = []
            for w in reversed(between):
                if w not in manner:
                    break
                tail.insert(0, w)
            between = tail
        return tuple(Bit(w.text, w.index) for w in between if w.index not in self.dropped)

    def _asks(self, word: Word, verb: int) -> bool:
        """Whether a helping verb goes: the "should" of "should turn", the "is" of "is turning"."""
        if word.lower in _BEING and self.parse.reading.words[verb].form == "ing":
            return True
        return word.lower in self.sets["telling_modals"] and self.parse.reading.words[verb].form == "base"

    def _of_end(self, first: int, last: int) -> int:
        """Past the "of children" that the name of the subject has already."""
        words = self.parse.reading.words
        if first >= last or words[first].lower != "of":
            return first
        index = first + 1
        while index < last and words[index].kind in {"DET", "ADJ", "NUM"}:
            index += 1
        while index < last and words[index].kind == "NOUN":
            index += 1
        return index

    # -- words ----------------------------------------------------------------------------------------------------
    def plain(self, first: int, last: int, many: bool = False) -> Draft:
        """The words ``[first, last)`` in the present tense, without those that are dropped."""
        bits: list[Bit] = []
        for bit in said(self.parse.reading, first, last):
            word = self.parse.reading.words[bit.source or 0] if bit.source is not None else None
            if word is None or word.index in self.dropped:
                continue
            bits.append(Bit(self._present(word, many), word.index))
            if word.kind == "NOUN":
                self._tell(word)
        return tuple(bits)

    def _present(self, word: Word, many: bool) -> str:
        if self.parse.masks.hides(word.start, word.end):
            return word.text
        if word.kind == "AUX" and word.lower in PRESENT:
            return PRESENT[word.lower] if not (many and word.lower == "had") else "have"
        if word.kind == "VERB" and word.form in _PAST and self._finite_past(word):
            return finite(word, many, self.parse)
        return word.text

    def _finite_past(self, word: Word) -> bool:
        """Whether a past form is the verb of a story ("he opened"), not a participle ("a house built of stone")."""
        before = self.parse.reading.words[word.index - 1] if word.index else None
        if before is not None and before.sentence == word.sentence and before.kind == "AUX":
            return False
        opens = before is None or before.sentence != word.sentence or before.kind in {"PUNCT", "CONJ", "PRON", "ADV"}
        return word.form == "preterite" or opens or any(event.verb == word.index for event in self.parse.events)
