"""Which clauses of a prompt are told again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from studio.coach.cues.camera import Found
from studio.coach.cues.clauses import Clause, split_clauses
from studio.coach.cues.events import Event
from studio.coach.cues.main_actions import main_actions
from studio.coach.cues.parse import Parse
from studio.coach.cues.shots import first_shot, only_named
from studio.coach.language.words import Word
from studio.coach.telling.meaning.editing import uncut
from studio.coach.telling.meaning.flights import flown
from studio.coach.telling.meaning.meant import WRAPPING, agreeing, is_item, is_meant, named, untimed
from studio.coach.telling.meaning.omissions import find_omissions
from studio.coach.telling.meaning.views import agreed, leads_the_view
from studio.coach.telling.meaning.wishes import Wishes
from studio.coach.telling.wording.compounds import is_half
from studio.coach.telling.wording.naming import is_proper
from studio.coach.telling.wording.phrasing import describes, of_a_quality
from studio.shot import Timeline

__all__ = ["MOST_CLAUSES", "Selection", "Taste"]

MOST_CLAUSES = 160
"""What lies behind this many clauses has no room in one shot."""

_SHORT = 5  # words of a place that stands before what happens
_HELD = {"his", "her", "its", "their"}
_HOLDING = {"hold", "ride", "kneel", "crouch", "gaze", "stare", "sit"}  # only who lives does so
_TALKING = {
    "create", "add", "emphasize", "emphasise", "highlight", "symbolize", "symbolise", "embody", "hint",
    "suggest", "enhance", "reflect", "resemble", "represent", "exude", "evoke", "make", "set", "transition",
    "cut", "seem", "appear", "bring",
}  # fmt: skip
"""Of the clip, not of who is in it."""
_BEGINNING = {"begin", "start", "continue", "try", "manage"}
_LEADING = {"lead", "teach", "guide"}  # of somebody no states
_RISING = {"sun", "moon"}  # of the scenery, what sets and comes up
_SEEMING = {"appear", "seem", "remain", "stay", "resemble"}
_TOLD_FORMS = {"s", "ing", "base", "preterite", "past"}


@dataclass(frozen=True)
class Taste:
    """How much is left out.

    Attributes:
        fewer: main actions that have no place on the timeline.  most: main actions past the first so many.
        strict: adjectives that only describe, not praise alone.  slow: the pace of every camera move.
        safe: the kind of a big camera move.
    """

    fewer: bool = False
    most: int | None = None
    strict: bool = False
    slow: bool = False
    safe: bool = False


class Selection(Wishes):
    """The clauses of one prompt and which of them are told."""

    def __init__(self, parse: Parse, timeline: Timeline, taste: Taste) -> None:
        super().__init__(parse)
        self.taste = taste
        self.clauses = agreed(split_clauses(parse)[:MOST_CLAUSES], parse)
        self.omitted = find_omissions(parse, self.clauses, strict=taste.strict)
        self.end = first_shot(parse)
        self.cuts = [cue.span.start for cue in only_named(parse)]
        self.uncut = list(uncut(parse.prompt))
        self.flown = flown(parse)
        self.over = self._overflow(timeline)

    @cached_property
    def told(self) -> list[tuple[int, Clause]]:
        """The clauses to tell, each with its place among all."""
        places = range(len(self.clauses))
        told = {place for place in places if self._told(place)}
        told |= {place for place in places if place + 1 in told and self._opens(place)}
        told |= {place for place in places if place + 1 in told and place not in told and self._leads(place)}
        told |= {place for place in places if place + 1 in told and place not in told and self._carries(place)}
        for place in places:
            if place - 1 not in told and self._went_with(place):
                told.discard(place)
        for place in places:
            if place - 1 in told and place not in told and self._goes_on(place):
                told.add(place)
        return [(place, self.clauses[place]) for place in sorted(told)]

    def events(self, clause: Clause) -> list[Event]:
        """The motions of a clause that are told."""
        words = self.words[clause.first : clause.last]
        return [
            agreeing(untimed(event, self.parse), self.parse)
            for event in clause.events
            if event.verb not in self.over
            and is_meant(event, self.parse)
            and event.verb not in self.flown
            and not self._quality(event, clause)
            and not self._heard(event, clause)
            and not (self._beside and describes(event))
            and (not self._plain or event.tie != "attributive" or is_item(event, words, self.parse))
            and not of_a_quality(event, self.parse)
            and not (event.tie == "attributive" and (event.subject is None or self._filmed(event.subject)))
            and event.head < self.end
            and not is_half(event.verb, self.parse)  # "wind-blown", "salt-and-pepper"
        ]

    def _filmed(self, index: int) -> bool:
        """Whether who moves is the clip itself: "flying drone footage"."""
        named = any(found.first <= index < found.last for found in self.parse.moves)
        return named or self.words[index].lower in self.parse.vocabulary.camera.subjects

    def _quality(self, event: Event, clause: Clause) -> bool:
        """ "The mood is dreamy, clean and warm": a quality in a row, not a command."""
        alone = event.subject is None and clause.last - clause.first == 1 and self.words[event.verb].form == "base"
        return alone and clause.first > self.parse.reading.starts[clause.sentence]

    def _heard(self, event: Event, clause: Clause) -> bool:
        """ "The faint rustle of fabric as she moves": says only when a sound is heard."""
        lead = self.words[clause.first : event.verb]
        bound = any(w.lower in self.sets["telling_binding"] for w in lead) and all(w.kind != "VERB" for w in lead)
        heard = [cue.span.start for cue in self.parse.labelled("audio")] if bound else []
        return any(lead[0].start <= start < lead[-1].start for start in heard)

    def going_on(self, clause: Clause) -> Event | None:
        """ "Smoke coming from the chimney": what a thing does in a participle that is in no list of motions."""
        words = self.words[clause.first : clause.last]
        verb = next((w for w in words if w.kind in {"VERB", "AUX"}), None)
        if clause.events or clause.moves or verb is None or verb.form != "ing" or verb.index == clause.first:
            return None
        if self.parse.prompt[verb.start - 1] == "-":
            return None  # "a normal-looking hallway"
        noun, ahead = self.words[verb.index - 1], self._shown(self.words[clause.first : verb.index - 1])
        still = self.sets["telling_states"] | self.sets["state"] | self.sets["meta"] | self.sets["light_state"]
        told = verb.lemma in still | self.sets["telling_shows"] | _SEEMING or not verb.verbs
        named = noun.kind == "NOUN" and noun.lower not in self.sets["picture"] | self.sets["light_nouns"]
        named = named and not self._lies(noun, verb)
        if told or not named or any(w.kind not in {"DET", "ADJ", "NUM", "NOUN"} for w in ahead):
            return None
        actor = self.parse.vocabulary.noun_kinds.get(noun.lower, "")
        span = self.parse.span(verb.index, clause.last)
        return Event(
            verb.lemma, verb.start, verb.index, verb.index, clause.last, span, "scene", 1, noun.index, actor,
            "participle", ordered=False,
        )  # fmt: skip

    def _shown(self, ahead: tuple[Word, ...]) -> tuple[Word, ...]:
        """Behind the "close-up of" in "a close-up of a knife touching the board"."""
        of = next((place for place, word in enumerate(ahead) if word.lower == "of"), 0)
        views = any(word.lower in self.sets["telling_views"] for word in ahead[:of])
        return ahead[of + 1 :] if views else ahead

    @cached_property
    def rows(self) -> dict[int, Event]:
        """What goes on in a row of deeds by a verb that is in no list of motions, by the first word of its clause:
        "playing the piano and inviting the animals"."""
        found: dict[int, Event] = {}
        apart = self.sets["telling_shows"] | _TALKING
        for before, clause in pairwise(self.clauses):
            first = self.words[clause.first]
            lead = found.get(before.first) or next(reversed(self.events(before)), None)
            if lead is None or clause.events or clause.moves or before.sentence != clause.sentence:
                continue
            verb = self.words[lead.verb]
            link = {word.lower for word in self.words[clause.link : clause.first]}
            row = bool(link & {"and", "then"}) and link <= {"and", "then", ","} and first.kind == "VERB"
            covers = first.lemma in self.sets["touching"] | WRAPPING
            same = lead.tie != "attributive" and first.form == verb.form in {"ing", "s", "base" if covers else "s"}
            goes_on = clause.last > clause.first + 1 and first.lemma not in apart and (covers or self._person(lead))
            if row and same and goes_on:
                span = self.parse.span(clause.first, clause.last)
                found[clause.first] = replace(
                    lead, lemma=first.lemma, head=first.start, first=clause.first, verb=clause.first,
                    last=clause.last, span=span,
                )  # fmt: skip
        return found

    def state(self, clause: Clause) -> Event | None:
        """Somebody's state, where nothing else tells of them: "Maya sits by the window"."""
        words = self.words[clause.first : clause.last]
        verb = next((w for w in words if w.kind == "VERB" and w.form in _TOLD_FORMS), None)
        if verb is None or verb.lemma not in self.sets["telling_states"] or clause.events:
            return None
        if self.parse.prompt[verb.start - 1] == "-":
            return None  # "a normal-looking hallway"
        who = next((w for w in words if w.index < verb.index and self._somebody(w, verb, clause)), None)
        if words[0].lower in {"he", "she", "they"} and verb.index == words[0].index + 1:
            who = words[0]
        who = who or self._hung(verb, clause)
        if who is None or self._acts(who):
            return None
        actor = self.parse.vocabulary.noun_kinds.get(who.lower, "")
        span = self.parse.span(verb.index, clause.last)
        return Event(
            verb.lemma, verb.start, verb.index, verb.index, clause.last, span, "subject", 1, who.index, actor, "main",
            ordered=False,
        )  # fmt: skip

    # -- one clause -----------------------------------------------------------------------------------------------
    @cached_property
    def _plain(self) -> bool:
        return any(event.tie != "attributive" for event in self.parse.events)

    @cached_property
    def _beside(self) -> bool:
        """Whether something moves that is no look."""
        return any(not describes(event) for event in self.parse.events) or bool(self.parse.moves)

    def _overflow(self, timeline: Timeline) -> frozenset[int]:
        """The verbs of the main actions that go: those that have no place on the timeline, those past the first few."""
        main = main_actions(self.parse)
        laid = {beat.span for beat in timeline.beats if beat.span is not None}
        gone = {event.verb for event in main if self.taste.fewer and event.span not in laid}
        if self.taste.most is not None:
            gone |= {event.verb for event in main[self.taste.most :]}
        return frozenset(gone)

    def _hung(self, verb: Word, clause: Clause) -> Word | None:
        """ "There is a boy with big eyes, | sitting on a wall": of whom a participle behind a mark tells."""
        noun = self.words[verb.head] if 0 <= verb.head < clause.first else None
        if noun is None or verb.index != clause.first or verb.form != "ing" or verb.dep not in {"acl", "advcl"}:
            return None
        living = noun.kind == "NOUN" and self._somebody(noun, verb, clause)
        return (named(noun, self.parse) or noun) if living else None

    def _somebody(self, noun: Word, verb: Word, clause: Clause) -> bool:
        after = self.words[noun.index + 1]
        if noun.kind != "NOUN" or after.kind == "NOUN" or after.lower in {"'s", "’s"}:
            return False  # "the baker's dog sleeps": not the baker
        if self.parse.vocabulary.noun_kinds.get(noun.lower) in {"person", "animal"}:
            return True
        if verb.index != noun.index + 1:
            return noun.index > self.parse.reading.starts[clause.sentence] and is_proper(noun, self.parse)
        known = noun.lower in self.parse.vocabulary.noun_kinds
        return is_proper(noun, self.parse) or (not known and verb.form == "s" and verb.lemma in _HOLDING)

    def _acts(self, noun: Word) -> bool:
        subjects = (self.words[event.subject] for event in self.parse.events if event.subject is not None)
        return any(subject.lower == noun.lower for subject in subjects)

    def _out(self, place: int) -> bool:
        clause = self.clauses[place]
        span = self.parse.span(clause.first, clause.last)
        cuts = [*self.cuts, *(() if clause.events or clause.moves else self.uncut)]
        cut = any(span.start <= start < span.end for start in cuts)
        return cut or place in self.omitted.clauses or span.start >= self.end

    def moves(self, clause: Clause) -> list[Found]:
        """The camera moves of a clause; a further leg of a flight is told with it."""
        return [found for found in clause.moves if found.first not in self.flown]

    def _told(self, place: int) -> bool:
        clause = self.clauses[place]
        if self._out(place) or (clause.first in self.flown and not self.events(clause)):
            return False
        events = self.events(clause)
        if clause.events and clause.events[0].verb in self.over:
            return False
        if clause.moves or events:
            return not self._subject_gone(events)
        if leads_the_view(clause, self.parse):
            return True
        if self.wanted(clause) or self.does(clause) or self.attends(clause) or clause.first in self.rows:
            return True
        return self.state(clause) is not None or self.going_on(clause) is not None

    def does(self, clause: Clause) -> bool:
        """ "The engine starts": a noun and its verb, which is no motion to be seen and no state of the picture."""
        words = self.words[clause.first : clause.last]
        verb = next((w for w in words if w.kind in {"VERB", "AUX"}), None)
        if verb is None or verb.kind == "AUX" or verb.form not in {"s", "base"} or verb.index == clause.first:
            return False
        noun = self.words[verb.index - 1]
        still = self.sets["telling_states"] | self.sets["state"] | self.sets["meta"] | self.sets["light_state"]
        shows = self.sets["telling_shows"] | self.sets["telling_views"]
        alone = {verb.lemma} & self.sets["meta"] if verb.index == clause.last - 1 else set()  # "the engine starts"
        after = self.words[verb.index + 1 : verb.index + 3]
        goes = [lemma for lemma, form in after[-1].verbs if form == "base"] if len(after) > 1 else []
        goes = goes if after[:1] and after[0].lower == "to" else []
        begun = verb.lemma in _BEGINNING and bool(goes) and goes[0] not in still  # "the gate begins to grind open"
        told = verb.lemma in ((still | shows) - alone - _LEADING - (_BEGINNING if begun else set())) | _SEEMING
        told = told or noun.lower in self.sets["picture"] | self.sets["light_nouns"] or self._lies(noun, verb)
        things = self.parse.vocabulary.noun_kinds.get(noun.lower, "") not in {"", "scenery"} or noun.lower in _RISING
        return noun.kind == "NOUN" and noun.index >= clause.first and things and bool(verb.verbs) and not told

    def _lies(self, noun: Word, verb: Word) -> bool:
        """ "The road winds", "roses trailing down the wall": how what stays in its place lies."""
        lies = self.sets["course"] | self.sets["lying"] | self.sets["growing"]
        return verb.lemma in lies and noun.lower in self.sets["fixed"] | self.sets["rooted"]

    def _subject_gone(self, events: list[Event]) -> bool:
        """Whether what moves was lettering or light that has to go."""
        subjects = [event.subject for event in events if event.subject is not None]
        return bool(subjects) and all(index in self.omitted.words or self._dead(index) for index in subjects)

    def _dead(self, index: int) -> bool:
        cues = (*self.parse.labelled("lettering"), *self.parse.labelled("light", "stylised"))
        start = self.words[index].start
        if not any(cue.span.start <= start < cue.span.end for cue in cues):
            return False  # the hand that writes is no lettering
        dead = (self.clauses[place] for place in self.omitted.clauses)
        return any(clause.first <= index < clause.last for clause in dead)

    def _opens(self, place: int) -> bool:
        """ "Subsequently, ...", "In the distance, ...": words of order or place before what happens."""
        clause, following = self.clauses[place], self.clauses[place + 1]
        words = self.words[clause.first : clause.last]
        if self._out(place) or following.sentence != clause.sentence:
            return False
        if following.link != following.first - 1 or self.words[following.link].text != ",":
            return False
        if any(w.index in self.parse.described or w.kind in {"VERB", "AUX"} for w in words):
            return False
        ordered = len(words) <= 2 and words[0].kind in {"ADV", "CONJ", "ADJ"} and words[-1].kind != "NOUN"
        return ordered or (words[0].kind == "PREP" and len(words) <= _SHORT and not self.taste.strict)

    def _carries(self, place: int) -> bool:
        """ "A woman reclines on the sheets, | her eyes flashing": what an absolute hangs on."""
        clause, following = self.clauses[place], self.clauses[place + 1]
        words = self.words[following.first : following.last]
        verb = next((w for w in words if w.kind in {"VERB", "AUX"}), None)
        led = words[0].lower in self.sets["possessives"] or self.words[following.link].text == ","
        hangs = led and verb is not None and verb.form == "ing" and words[0].lower in {verb.lower, *_HELD}
        whole = any(w.kind == "VERB" and w.form == "s" for w in self.words[clause.first : clause.last])
        return hangs and whole and not self._out(place) and clause.sentence == following.sentence and not clause.events

    def _leads(self, place: int) -> bool:
        """ "The dog barks and runs": what the same subject does first, in a verb that is in no list of motions."""
        clause, following = self.clauses[place], self.clauses[place + 1]
        if self._out(place) or following.sentence != clause.sentence or clause.events:
            return False
        if not following.events:
            looks = any(w.kind == "VERB" and w.form == "s" for w in self.words[clause.first : clause.last])
            return looks and self._says(following)
        link = {word.lower for word in self.words[following.link : following.first]}
        subject = following.events[0].subject
        verbs = [
            w for w in self.words[clause.first : clause.last] if w.kind == "VERB" and w.form in _TOLD_FORMS - {"ing"}
        ]
        if "and" not in link or subject is None or not clause.first <= subject < clause.last or not verbs:
            return False
        return verbs[0].lemma not in self.sets["meta"]

    def _went_with(self, place: int) -> bool:
        """ "..., before lowering it": hangs on an action that was left out."""
        clause, before = self.clauses[place], self.clauses[place - 1] if place else None
        if before is None or before.sentence != clause.sentence:
            return False
        if self.parse.masks.hides((first := self.words[clause.first]).start, first.end):
            return bool(before.events) and before.events[-1].verb in self.over  # what is said, whose "says" went
        if not clause.events:
            return False
        left_out = bool(before.events) and all(event.verb in self.over for event in before.events)
        subject = clause.events[0].subject
        return left_out and (subject is None or subject < clause.first)

    def _goes_on(self, place: int) -> bool:
        """ "..., splashing water", "..., looking out of the window": a participle of whoever was just told of."""
        clause, before = self.clauses[place], self.clauses[place - 1]
        first = self.words[clause.first]
        if self._out(place) or before.sentence != clause.sentence or before.moves:
            return False
        if self._purpose_too(clause, before):
            return True
        if first.index in self.busy and first.form == "ing" and self.words[clause.link].text == ",":
            return True  # "..., revealing a small door"
        if self.looks_too(clause) and any(self._person(event) for event in before.events):
            return True
        if before.events and not any(map(self._person, before.events)) and first.lemma in self.sets["telling_states"]:
            return False  # "hair blowing, looking at the viewer": not the hair
        lemma = first.lemma if first.form in {"ing", "attributive"} else ""
        busy = lemma in self.sets["telling_states"] or (lemma in self.sets["motion"] and first.form == "attributive")
        return busy and first.lower.endswith("ing") and self.words[clause.link].text == ","

    def _purpose_too(self, clause: Clause, before: Clause) -> bool:
        """ "... to clean | and warm the little one": a second purpose goes with the first."""
        first, link = self.words[clause.first], self.words[clause.link : clause.first]
        ahead = self.words[before.first : before.last]
        last = next((word for word in reversed(ahead) if word.kind in {"VERB", "AUX"}), None)
        led = last is not None and last.form == "base" and self.words[last.index - 1].lower == "to"
        return led and first.form == "base" and [word.lower for word in link] == ["and"] and not clause.events

    def _person(self, event: Event) -> bool:
        if event.subject is None:
            return False
        word = self.words[event.subject]
        return word.kind == "PRON" or self.parse.vocabulary.noun_kinds.get(word.lower) in {"person", "animal"}

    def looks_too(self, clause: Clause) -> bool:
        """ "... and look at the camera": a state as a step of its own, joined to an action of the same one."""
        first = self.words[clause.first]
        link = {word.lower for word in self.words[clause.link : clause.first]}
        finite = first.kind == "VERB" and first.form in {"s", "base"} and not clause.events and not clause.moves
        return finite and first.lemma in self.sets["telling_states"] and bool(link & {"and", "then", ","})
