"""What a rewrite may not lose without a word, on any prompt: each motion, each deed, what stirs by itself, the angle.

A promise is broken where none of its words is said again, and nothing that the coach found explains it. That a prompt
is heavy with looks never explains a motion; that it has too many actions explains the main ones and what hangs on
them, and of a second shot the first one says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal

from studio.coach.cues.events import Event
from studio.coach.cues.main_actions import main_actions
from studio.coach.cues.parse import Parse
from studio.coach.cues.shots import first_shot
from studio.coach.language.words import Word
from studio.coach.telling.meaning.camera_details import Detail, find_details, seen_from
from studio.coach.telling.meaning.flights import flown
from studio.coach.telling.meaning.meant import agreeing, busy, is_meant
from studio.coach.telling.meaning.stirring import LONGEST, RESTING
from studio.coach.telling.meaning.things import lives
from studio.coach.telling.wording.draft import Text
from studio.coach.telling.wording.naming import is_proper, phrase_start
from studio.coach.telling.wording.phrasing import finite, of_a_quality
from studio.coach.vocabulary.load import Vocabulary
from studio.coach.vocabulary.phrases import Phrases

__all__ = ["Audit", "Promise"]

_SELVES = {"he", "she", "they", "who"}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FINITE = {"s", "preterite"}
_HANGING = {"acl", "advcl", "conj", "list", "parataxis", "ROOT", "appos"}
_RENDERED = {"volumetric", "atmospheric", "cinematic"}  # "volumetric fog" is how it is drawn
_TAKES = {"establishing", "shot", "shots", "view", "footage"}
_LENDING = {"give", "make", "lend", "cause", "leave"}  # "giving them a silly look" says what looks do
_SPEAKING = {"introduce", "explain", "greet", "tell", "announce"}  # whoever does so is somebody
_GLINTING = {"water", "surface", "sea", "lake", "river", "ocean", "dew", "snow", "stars"}
_ROW = 4  # verbs of a row
_STEAMING = {"steam", "bubble", "simmer", "sizzle"}
_SPANNING = {"head", "shoulder", "shoulders", "waist", "chest", "knee", "knees", "hip", "toe", "face", "to", "up"}
_SEEN = {"viewed", "seen", "filmed"}
_STUFF = 6  # words of a piece of a list that only names what stirs


@lru_cache(maxsize=4)
def _angled(vocabulary: Vocabulary) -> Phrases[bool]:
    return Phrases([(phrase, True) for phrase in vocabulary.telling.angles])


def _lemma(word: Word) -> str:
    """The verb of which a word is the participle."""
    return next((lemma for lemma, form in word.verbs if form == "ing"), "")


Kind = Literal["motion", "deed", "stuff", "angle", "camera"]


@dataclass(frozen=True)
class Promise:
    """What has to be said again: ``words[first:last]``, of which ``head`` says it; ``event`` where somebody does it,
    ``detail`` where it is said of a camera move."""

    kind: Kind
    head: int
    first: int
    last: int
    event: Event | None = None
    detail: Detail | None = None


class Audit:
    """The promises of one prompt; `crowded` says that the coach finds too many actions in it."""

    def __init__(self, parse: Parse, *, crowded: bool) -> None:
        self.parse, self.words, self.crowded = parse, parse.reading.words, crowded
        self.sets = parse.vocabulary.sets
        self.filmed = {index for found in parse.moves for index in range(found.first, found.last)}
        self.end = first_shot(parse)

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """Everything that has to be said, in the order of the words."""
        found = [*self._motions(), *self._deeds(), *self._stuff(), *self._angles(), *self._details()]
        held = [promise for promise in found if self._counts(promise)]
        return tuple(sorted(held, key=lambda promise: promise.head))

    def broken(self, text: Text) -> list[Promise]:
        """The promises of which a text keeps nothing."""
        gone = [promise for promise in self.promises if not self._kept(promise, text)]
        return [promise for promise in gone if not self._explained(promise, gone)]

    def _kept(self, promise: Promise, text: Text) -> bool:
        word, lower = self.words[promise.head], f" {text.text.lower()} "
        if promise.kind == "camera":
            return promise.head in text.sources
        if promise.kind == "angle":
            return promise.head in text.sources or f" {self.words[promise.first].lower} " in lower
        forms = {word.lower}
        if promise.event is not None:
            forms |= {promise.event.lemma, finite(word, True, self.parse), finite(word, False, self.parse)}
        return promise.head in text.sources or not forms.isdisjoint(_WORD.findall(lower))

    def _explained(self, promise: Promise, gone: Sequence[Promise]) -> bool:
        """Whether too many actions are the reason: a main one that went, or what stood in a sentence with it."""
        if not self.crowded:
            return False
        main = {event.verb for event in main_actions(self.parse)} & {other.head for other in gone}
        sentence = self.words[promise.head].sentence
        return promise.head in main or any(self.words[verb].sentence == sentence for verb in main)

    def _counts(self, promise: Promise) -> bool:
        """Whether a promise stands in the first shot, is not taken back, hidden or lettering."""
        word = self.words[promise.head]
        labels = ("negation", "lettering", "style", "cut")
        spans = [cue.span for label in labels for cue in self.parse.labelled(label) if cue.sense != "size of shot"]
        apart = any(span.start <= word.start < span.end for span in (*spans, *self.parse.masks.unwanted))
        hidden = self.parse.masks.hides(word.start, word.end)
        return not (apart or hidden) and word.start < self.end and promise.head < LONGEST

    def _motions(self) -> Iterator[Promise]:
        yield from self._items()
        yield from self._steaming()
        flight = flown(self.parse)
        for event in self.parse.events:
            joined = event.head > 0 and self.parse.prompt[event.head - 1] == "-"  # "wind-blown"
            joined = joined or self.parse.prompt[self.words[event.verb].end :][:1] == "-"
            told = agreeing(event, self.parse)
            talk = event.verb in flight or event.verb in self.filmed or joined or not is_meant(told, self.parse)
            if talk or of_a_quality(event, self.parse) or self._of_lettering(event):
                continue
            if told.subject is not None and not self._named(self.words[told.subject]):
                told = replace(told, subject=None)
            yield Promise("motion", event.verb, event.first, event.last, told)

    def _named(self, who: Word) -> bool:
        """Whether a subject is a word: not the "s" of "thats"."""
        return who.kind == "PRON" or (len(who.text) > 1 and who.text[0].isalpha())

    def is_sure(self, event: Event) -> bool:
        """Whether who moves can be told from the words: next to the verb, or its subject and held by no preposition."""
        if event.subject is None or not self._named(self.words[event.subject]):
            return False
        who, verb = self.words[event.subject], self.words[event.verb]
        if who.kind == "PRON" or (who.index > verb.index and event.tie == "attributive"):
            return True
        start = phrase_start(who, self.parse)
        led = self.words[start - 1] if start and self.words[start - 1].sentence == who.sentence else None
        outer = self.words[start - 2].lower if start > 1 else ""
        held = led is not None and led.kind == "PREP" and led.lower != "with"
        held = held and not (led is not None and led.lower == "of" and outer in self.sets["telling_views"] | {"group"})
        between = self.words[who.index + 1 : verb.index]
        beside = who.index < verb.index and all(word.kind in {"ADV", "AUX", "NOT"} for word in between)
        if self._lives(who) and not is_proper(who, self.parse):
            return beside or not held
        known = bool(event.actor) or is_proper(who, self.parse) or who.lower in self.parse.vocabulary.nouns.mass
        return known and not held and (beside or (verb.form in _FINITE and who.head == verb.index))

    def _items(self) -> Iterator[Promise]:
        """ "..., flowing petals, ...": a motion before its noun as an item of a list that was read as a look."""
        known = {event.verb for event in self.parse.events}
        for first, last in self._pieces():
            verb, noun = self.words[last - 2] if last - first > 1 else None, self.words[last - 1]
            moving = verb is not None and verb.form == "attributive" and verb.index not in known and noun.kind == "NOUN"
            if verb is None or not moving or noun.lower in self.sets["telling_hanging"]:
                continue
            lemma = _lemma(verb)
            led = self.words[first - 1].text if first else ","
            ends = self._closes(last - 1)
            plain = all(word.kind in {"ADJ", "ADV", "NUM", "DET"} for word in self.words[first : last - 1])
            if lemma in self.sets["telling_drifting"] and led == "," and ends and plain:
                actor = self.parse.vocabulary.noun_kinds.get(noun.lower, "thing")
                span = self.parse.span(first, last)
                event = Event(
                    lemma, verb.start, verb.index, first, last, span, "scene", 1, noun.index, actor, "attributive",
                    ordered=False,
                )  # fmt: skip
                yield Promise("motion", verb.index, first, last, event)

    def _steaming(self) -> Iterator[Promise]:
        """ "A steaming bowl of noodles": what it gives off is no look."""
        known = {event.verb for event in self.parse.events}
        for verb, noun in pairwise(self.words):
            lemma = _lemma(verb) if verb.form == "attributive" and verb.index not in known else ""
            if lemma in _STEAMING and noun.kind == "NOUN" and noun.sentence == verb.sentence and verb.text.islower():
                span = self.parse.span(verb.index, noun.index + 1)
                actor = self.parse.vocabulary.noun_kinds.get(noun.lower, "thing")
                event = Event(
                    lemma, verb.start, verb.index, verb.index, noun.index + 1, span, "scene", 1, noun.index, actor,
                    "attributive", ordered=False,
                )  # fmt: skip
                yield Promise("motion", verb.index, verb.index, noun.index + 1, event)

    def _of_lettering(self, event: Event) -> bool:
        """Whether what moves is written, or there is light that has to go."""
        who = self.words[event.subject] if event.subject is not None else None
        start = who.start if who is not None else -1
        if who is not None and {who.lower, who.lemma} & {*self.parse.vocabulary.lettering.naming, "letter"}:
            return True
        cues = (*self.parse.labelled("lettering"), *self.parse.labelled("light", "stylised"))
        return any(cue.span.start <= start < cue.span.end or cue.span.overlaps(event.span) for cue in cues)

    def _deeds(self) -> Iterator[Promise]:
        """What somebody is busy with in a verb that is in no list of motions: "observing the lake"."""
        known = {event.verb for event in self.parse.events} | self.filmed
        occupied = busy(self.parse)
        for verb in self.words:
            lemma = verb.lemma if verb.kind == "VERB" else _lemma(verb)
            opens = verb.kind != "VERB" and self._opens_something(verb)
            doing = (
                opens
                or (verb.form in _FINITE and lemma in self.sets["glints"])
                or verb.index in occupied
                or (verb.form in {"ing", "s"} and lemma in self.sets["telling_doing"])
            )
            if verb.index in known or not doing or verb.form == "base":
                continue
            who = self._doer(verb)
            talk = lemma in self.sets["meta"] | self.sets["telling_shows"] - self.sets["telling_doing"]
            compared = verb.index > 0 and self.words[verb.index - 1].lower in {"if", "though"}
            after = self.words[verb.index + 1].lower if verb.index + 1 < len(self.words) else ""
            compared = compared or after == "to"  # "prepares to leave"
            lends = lemma in _LENDING and after in {"it", "them", "him", "her"} and verb.form == "ing"
            if who is None or compared or lends or (talk and lemma not in self.sets["telling_doing"]):
                continue
            last = self._end(verb.index)
            if self._of_an_aside(who) or (lemma == "get" and self._suffered(last)):
                continue
            span = self.parse.span(verb.index, last)
            actor = self.parse.vocabulary.noun_kinds.get(who.lower, "")
            event = Event(
                lemma, verb.start, verb.index, verb.index, last, span, "subject", 1, who.index, actor,
                "main" if verb.form in _FINITE else "participle", ordered=False,
            )  # fmt: skip
            yield Promise("deed", verb.index, verb.index, last, event)

    def _of_an_aside(self, who: Word) -> bool:
        """ "A view that the fox surveys": what is done to something that was named before."""
        start = phrase_start(who, self.parse) if who.kind == "NOUN" else who.index
        return start > 0 and self.words[start - 1].lower in {"that", "which", "whom"}

    def _suffered(self, last: int) -> bool:
        """ "Gets his head | patted"."""
        return last < len(self.words) and self.words[last].form in {"past", "passive", "participle"}

    def _opens_something(self, word: Word) -> bool:
        """ "..., opening mouth": a participle behind a mark that was read as a look of the part behind it."""
        before, after = self.words[word.index - 1 : word.index], self.words[word.index + 1 : word.index + 2]
        doing = any(form == "ing" for _, form in word.verbs) and word.lower.endswith("ing")
        part = bool(after) and self.parse.vocabulary.noun_kinds.get(after[0].lower) == "body"
        return doing and part and bool(before) and before[0].text == "," and self._closes(word.index + 1)

    def _closes(self, index: int) -> bool:
        after = self.words[index + 1] if index + 1 < len(self.words) else None
        return after is None or after.kind == "PUNCT" or after.sentence != self.words[index].sentence

    def _end(self, first: int) -> int:
        """Where the phrase of a verb ends: at the next mark, link or verb."""
        last = first + 1
        while last < len(self.words) and self.words[last].sentence == self.words[first].sentence:
            word = self.words[last]
            if word.kind in {"PUNCT", "CONJ", "AUX"} or (word.kind == "VERB" and word.form != "attributive"):
                break
            if word.lower in self.sets["telling_binding"] or (word.kind == "PRON" and word.lower in {"who", "which"}):
                break
            last += 1
        return last

    def _doer(self, verb: Word) -> Word | None:
        """The living one that a verb is said of, by the tree; of a participle behind a mark the first one before it."""
        subject = next((w for w in self.words if w.head == verb.index and w.dep == "nsubj" and w is not verb), None)
        if subject is not None:
            glints = verb.form in _FINITE and verb.lemma in self.sets["glints"] and subject.lower in _GLINTING
            if glints:
                return subject
            speaks = verb.form in _FINITE and verb.lemma in _SPEAKING and subject.kind == "NOUN"
            return subject if speaks or self._lives(subject) else None
        behind = verb.index > 0 and self.words[verb.index - 1].text == ","  # "he hops, smelling flowers"
        if verb.form in _FINITE and verb.dep == "conj":
            return self._doer_of_the_row(verb)
        hangs = verb.dep in _HANGING or (behind and verb.dep == "amod" and verb.lemma in self.sets["telling_doing"])
        if not verb.lower.endswith("ing") or (verb.kind == "VERB" and not hangs):
            return None
        head = self.words[verb.head] if 0 <= verb.head < verb.index else None
        if head is not None and head.kind == "NOUN" and verb.dep == "acl" and self._lives(head):
            return head
        if head is not None and head.kind in {"VERB", "AUX"}:
            subject = next((w for w in self.words[: verb.index] if w.head == head.index and w.dep == "nsubj"), None)
            if subject is not None and self._lives(subject):
                return subject
        if head is not None and head.kind == "NOUN" and self.words[verb.index - 1].kind not in {"PUNCT", "CONJ"}:
            return None
        start = self.parse.reading.starts[verb.sentence]
        ahead = self.words[start : verb.index] or self.words[: verb.index]
        living = (w for w in ahead if w.kind == "NOUN" and self._lives(w) and w.dep not in {"compound", "nmod:poss"})
        return next(living, None)

    def _doer_of_the_row(self, verb: Word) -> Word | None:
        """ "The hare stands in smoke, looks at us and lifts its head": whoever does the first of a row."""
        head = verb
        for _ in range(_ROW):
            if not 0 <= head.head < head.index:
                return None
            head = self.words[head.head]
            subject = next((w for w in self.words[: head.index] if w.head == head.index and w.dep == "nsubj"), None)
            if subject is not None:
                same = head.form == verb.form and subject.sentence == verb.sentence
                return subject if same and self._lives(subject) else None
        return None

    def _lives(self, word: Word) -> bool:
        if word.lower in _SELVES:
            return True
        filmed = word.lower in self.parse.vocabulary.camera.subjects
        return word.kind == "NOUN" and lives(word, self.parse) and not filmed

    def _stuff(self) -> Iterator[Promise]:
        """ "..., mist and sea spray, gales": what is only named, and never stands still."""
        stirring = self.sets["telling_stirring"]
        known = {event.verb for event in self.parse.events} | {event.subject for event in self.parse.events}
        looks = [*self.parse.labelled("style"), *self.parse.labelled("light"), *self.parse.labelled("audio")]
        for first, last in self._pieces():
            words = self.words[first:last]
            bare = all(word.kind in {"NOUN", "ADJ", "NUM", "DET", "ADV"} or word.lower == "of" for word in words)
            head = words[-1]
            bare = (
                bare
                and words[0].lower not in _RENDERED
                and RESTING.isdisjoint(word.lower for word in words)
                and not any(cue.span.overlaps(self.parse.span(first, last)) for cue in looks)
            )
            if bare and head.kind == "NOUN" and head.lower in stirring and known.isdisjoint(range(first, last)):
                yield Promise("stuff", head.index, first, last)

    def _pieces(self) -> Iterator[tuple[int, int]]:
        """The short pieces between marks and "and"."""
        start = 0
        for place, word in enumerate((*self.words, None)):
            ends = word is None or word.kind in {"PUNCT", "CONJ"} or word.sentence != self.words[place - 1].sentence
            if place and ends:
                if 0 < place - start <= _STUFF:
                    yield start, place
                start = place if word is not None and word.kind not in {"PUNCT", "CONJ"} else place + 1

    def _angles(self) -> Iterator[Promise]:
        """From where it is seen: "viewed from behind", "overhead drone view"; not within a move."""
        taken = -1
        for first, last, _ in _angled(self.parse.vocabulary).find(self.parse.reading.lowers):
            begin, end = self._phrase_of(first, last)
            named = begin > 0 and self.words[begin - 1].lower == "camera"  # "camera low angle push in" is one move
            named = named or (end in self.filmed and self.words[end - 1].lower in _TAKES)  # "drone shot flying over"
            if self.filmed.isdisjoint(range(begin, end)) and begin > taken and not named:
                yield Promise("angle", last - 1, begin, end)
                taken = end
        for place in seen_from(self.parse):
            yield Promise("angle", place.start, place.start, place.stop)

    def _details(self) -> Iterator[Promise]:
        """What is said of a camera move beside it: "ending on the harbour", "at a constant height"."""
        for detail in find_details(self.parse):
            yield Promise("camera", detail.head, detail.first, detail.last, detail=detail)

    def _phrase_of(self, first: int, last: int) -> tuple[int, int]:
        """The words of an angle with what names it closer: "wide aerial | view", "viewed from | above the roofs"."""
        sentence = self.words[first].sentence
        inside = {"DET", "ADJ", "NUM", "PREP", "ADV"}  # "seen from | beneath | the | old | bridge"
        opened = self.words[last - 1].kind == "PREP"
        while opened and last < len(self.words) and self.words[last].sentence == sentence:
            word, after = self.words[last], self.words[last + 1] if last + 1 < len(self.words) else None
            if word.kind not in {*inside, "NOUN"}:
                break
            last += 1
            named = word.kind == "NOUN" and after is not None and after.kind == "NOUN"
            opened = word.kind == "PREP" or (self.words[first].lower in _SEEN and (word.kind in inside or named))
        while first and self.words[first - 1].sentence == sentence and self.words[first - 1].kind in {"ADJ", "ADV"}:
            first -= 1
        spanned = first
        while spanned and self.words[spanned - 1].lower in _SPANNING and self.words[spanned - 1].sentence == sentence:
            spanned -= 1  # "head to shoulder | side view"
        first = spanned if first - spanned > 1 else first
        while last < len(self.words) and self.words[last].lower in _TAKES and self.words[last].sentence == sentence:
            last += 1 + (self.words[last].lower == "establishing")
        return first, last
