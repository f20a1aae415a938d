"""Why a rewrite leaves a word of the prompt out: by what the coach found in it and what became of it.

What lies apart (settings, a second shot, lettering) is known by its place. Else the verb decides for its clause and the
cue for its words; who is left is said of the word beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from studio.coach.cues.camera import Found
from studio.coach.cues.clauses import Clause, split_clauses
from studio.coach.cues.events import Event
from studio.coach.cues.main_actions import main_actions
from studio.coach.cues.shots import first_shot
from studio.coach.language.words import Word
from studio.coach.telling.accounting import says_something
from studio.coach.telling.checks.audit import Audit
from studio.coach.telling.meaning.camera_details import find_details
from studio.coach.telling.meaning.editing import of_the_edit
from studio.coach.telling.meaning.flights import flights
from studio.coach.telling.meaning.meant import is_meant
from studio.coach.telling.meaning.stirring import LONGEST, Stirring
from studio.coach.telling.meaning.things import viewpoints
from studio.coach.telling.mending.frames import SETTING_OUT
from studio.coach.telling.mending.mend import Mended
from studio.coach.telling.rewrite import Rewrite
from studio.coach.telling.wording.changes import stem
from studio.coach.telling.wording.naming import phrase_start
from studio.coach.telling.wording.phrasing import describes, finite, of_a_quality
from studio.shot import Cue, Span

__all__ = ["WordReasons"]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LOOKS = {"wear", "feature", "dress", "fill", "cover", "surround", "adorn", "line", "decorate", "name", "call"}
_FEELING = {"love", "hate", "want", "need", "know", "think", "believe", "feel", "hope", "wish", "dream", "seek"}
_OPTICS = re.compile(r"\d+mm|f/?\d[\d.]*|aperture|lens|fov|bokeh", re.IGNORECASE)
_MESSAGE = 8  # words behind a message that say how it is written
_HELPING = {"cause", "blur", "begin", "start", "stop", "finish", "gain", "try"}
_ALONE = {"said otherwise", "said to the machine", "names no motion"}  # nothing of the clause
_BEFORE_A_LINE = 3  # words between a verb of speaking and the line, marks included
_NEAR = 2  # words between an adverb and what it is said of
_LIVING = {"person", "animal"}
_SENSES = {
    ("appearance", "quality tag"): "praise",
    ("appearance", "evaluative"): "praise",
    ("appearance", "setting"): "place",
    ("style", "size of shot"): "framing",
    ("style", "leftover flag"): "settings",
    ("light", "stylised"): "other light",
}
_LABELS = {"appearance": "looks", "style": "style", "light": "light", "audio": "sound"}


class WordReasons:
    """The reasons of the words that one rewrite leaves out.

    Attributes:
        inside: the words of the mended text that say something and went, by where the stretch that they stand in
            begins.  gone: all of them.  places: where each word stands in the prompt.
        told: the words of the rewrite.  why: the reason of each that has one, by its index.
    """

    def __init__(self, rewrite: Rewrite, mended: Mended, *, next_shot: str, crowded: bool) -> None:
        self.mended, self.parse, self.crowded = mended, mended.parse, crowded
        self.words, self.sets = self.parse.reading.words, self.parse.vocabulary.sets
        self.told = [word.lower() for word in _WORD.findall(rewrite.text)]
        self.later = {word.lower() for word in _WORD.findall(next_shot)}
        self.filmed = self.told.count("camera")
        self.places = [mended.back(Span.of(self.parse.prompt, word.start, word.end)) for word in self.words]
        begins = [span.start for span in rewrite.removed]
        self.inside: dict[int, list[Word]] = {}
        for word, place in zip(self.words, self.places, strict=True):
            at = bisect_right(begins, place.start) - 1
            if at >= 0 and place.start < rewrite.removed[at].end and says_something(word, self.parse):
                self.inside.setdefault(begins[at], []).append(word)
        self.gone = {word.index for row in self.inside.values() for word in row}
        self.why: dict[int, str] = {}
        for explain in (self._apart, self._filmed, self._acts, self._spoken, self._vague, self._looks, self._left):
            explain()

    @cached_property
    def stirring(self) -> frozenset[int]:
        """What may move, so that no still shows it."""
        return frozenset(self._stirring.found)

    @cached_property
    def _stirring(self) -> Stirring:
        return Stirring(self.parse)

    def links(self, word: Word) -> bool:
        """Whether a word only ties sentences together."""
        return word.lower in self.sets["sequence"] | self.sets["simultaneous"] or word.kind == "CONJ"

    # -- what lies apart ----------------------------------------------------------------------------------------------
    def _set(self, indices: Iterable[int], name: str) -> None:
        for index in indices:
            if index in self.gone:
                self.why.setdefault(index, name)

    def _within(self, spans: Iterable[Span]) -> set[int]:
        found: set[int] = set()
        for span in spans:
            first = max(0, bisect_right(self.parse.starts, span.start) - 1)
            last = bisect_left(self.parse.starts, span.end)
            found.update(w.index for w in self.words[first:last] if span.start < w.end)
        return found

    def _apart(self) -> None:
        parse, end = self.parse, first_shot(self.parse)
        self._set(self._within(parse.masks.flags), "settings")
        self._set(self._within(parse.masks.unwanted), "ruled out")
        self._edited()
        self._set((word.index for word in self.words if word.start >= end), "another shot")
        self._set(self._within(cue.span for cue in parse.labelled("cut") if cue.sense != "story"), "another shot")
        self._set(self._within(cue.span for cue in parse.labelled("negation")), "ruled out")
        lettering = self._within(cue.span for cue in parse.labelled("lettering"))
        self._set(lettering, "lettering")
        for word in self.words[:LONGEST] if lettering else ():  # "letters that spell OPEN | flicker on"
            if word.index in self.gone and word.verbs and self._stirring.is_written(word):
                self._set([word.index], "lettering")
        if any(cue.sense == "message" for cue in parse.labelled("lettering")):  # "Message: hello (Font: modern)"
            self._set(range(max(lettering), max(lettering) + _MESSAGE), "lettering")

    def _edited(self) -> None:
        """What is said of cuts and of how long the clip is, and shows nothing."""
        for span, name in of_the_edit(self.parse.prompt):
            self._set(self._within([span]), name)

    # -- what happens -------------------------------------------------------------------------------------------------
    @cached_property
    def _clauses(self) -> tuple[Clause, ...]:
        return split_clauses(self.parse)

    @cached_property
    def _main(self) -> set[int]:
        """The verbs of the main actions that went."""
        return {event.verb for event in main_actions(self.parse)} & self.gone

    def _acts(self) -> None:
        events = {event.verb: event for event in self.parse.events}
        for clause in self._clauses:
            inside = range(clause.first, clause.last)
            for index in inside:
                if index in self.gone and index in events:
                    name = self._of_event(events[index])
                    alone = name in _ALONE or events[index].tie == "attributive"
                    self._set([index] if alone else self._reach(events[index]), name)
            for index in inside:
                name = self._of_verb(self.words[index], inside) if index in self.gone and index not in events else ""
                if name:
                    self._set([index] if name in _ALONE else inside, name)
            own = [index for index in inside if says_something(self.words[index], self.parse)]
            if self.gone.issuperset(own) and any(self.words[index].lower in self.sets["be"] for index in inside):
                self._set(own, "said of the clip" if self._of_a_notion(inside) else "looks")

        for event in self.parse.events:
            if event.verb not in self.gone and event.subject is not None and event.tie != "attributive":
                self._set([event.subject], self._of_who(self.words[event.subject]))

    def _spoken(self) -> None:
        """A line goes for the reason of the verb that it stands behind: "says “I am late”"."""
        for span in self.parse.masks.quotations:
            place = bisect_left(self.parse.starts, span.start)
            near = [word for word in self.words[max(0, place - _BEFORE_A_LINE) : place] if word.end <= span.start]
            verb = next((w for w in reversed(near) if w.could_be_of(self.parse.vocabulary.lettering.speech)), None)
            if verb is not None and (name := self.why.get(verb.index)):
                self.why.update(dict.fromkeys(self._within([span]) & self.gone, name))

    def _of_who(self, who: Word) -> str:
        """Why the one went whose deed is told: another word says who it is, or it got lost."""
        return "said otherwise" if who.kind == "PRON" or {who.lower, who.lemma} & {*self.told} else "not understood"

    def _reach(self, event: Event) -> list[int]:
        """The words of a motion with who does it."""
        who = self.words[event.subject] if event.subject is not None else None
        own = who is not None and who.index < event.verb
        first = phrase_start(who, self.parse) if own and who is not None else event.first
        last = who.index + 1 if own and who is not None else event.first
        return [*range(first, last), *range(event.first, event.last)]

    def _of_event(self, event: Event) -> str:
        verb = self.words[event.verb]
        if self._said_again(verb, event.lemma):
            return "said otherwise"
        if event.subject is not None and self.words[event.subject].lower in self._filming:
            return "said otherwise" if self.filmed else "names no motion"  # "a flying drone shot"
        reach = self._reach(event)
        for label, senses, name in (("lettering", (), "lettering"), ("light", ("stylised",), "other light")):
            if self._hit(self.parse.labelled(label, *senses), reach):
                return name
        if event.tie != "attributive" and self._is_next(verb, event.lemma):
            return "next shot"
        if of_a_quality(event, self.parse) or describes(event) or self._joined_by_a_hyphen(verb):
            return "looks"
        if not is_meant(event, self.parse):
            return "said of the clip"
        if event.verb in self._main or any(self.words[near].sentence == verb.sentence for near in self._main):
            return "one too many" if self.crowded else "not understood"
        return "not understood"

    def _joined_by_a_hyphen(self, word: Word) -> bool:
        return self.parse.prompt[word.start - 1 : word.start] == "-" or self.parse.prompt[word.end :][:1] == "-"

    def _hit(self, cues: Iterable[Cue], reach: Sequence[int]) -> bool:
        return not self._within(cue.span for cue in cues).isdisjoint(reach)

    def _forms(self, verb: Word, lemma: str) -> set[str]:
        return {verb.lower, lemma, finite(verb, False, self.parse), finite(verb, True, self.parse)}

    def _said_again(self, verb: Word, lemma: str) -> bool:
        """Whether the rewrite has the verb more often than the words that it keeps do."""
        forms = self._forms(verb, lemma)
        kept = sum(word.lower in forms for word in self.words if word.index not in self.gone)
        return sum(word in forms for word in self.told) > kept

    def _is_next(self, verb: Word, lemma: str) -> bool:
        return not self.later.isdisjoint(self._forms(verb, lemma))

    def _of_verb(self, word: Word, inside: range) -> str:
        """Why a verb went that is no motion of a list; "" for what is none."""
        if word.kind != "VERB" or word.form == "attributive" or word.index in self._still:
            return ""
        if self._said_again(word, word.lemma):
            return "said otherwise"
        if self._is_next(word, word.lemma):
            return "next shot"
        if word.lemma in self.sets["physical"] | _HELPING:
            return ""  # what is caused or begun tells why
        if self._asks(word):
            return "said to the machine"
        who = self._doer(word)
        if who is not None and who.lower in self.parse.vocabulary.camera.subjects and word.lemma in self.sets["motion"]:
            return "names no motion"  # "the perspective shifts"
        if word.lemma in self.sets["light_state"]:
            return "light"
        return self._of_no_motion(word, inside)

    def _of_no_motion(self, word: Word, inside: range) -> str:
        who, state = self._doer(word), word.lemma in self.sets["telling_states"] | self.sets["state"]
        kind = self.parse.vocabulary.noun_kinds.get(who.lower, "") if who is not None else ""
        acts = kind in _LIVING or (who is not None and who.kind == "PRON")
        if word.lemma in _LOOKS:
            return "looks"
        if word.index in self._promised:
            return "not understood"
        if word.lemma in self.sets["meta"] | self.sets["telling_shows"]:
            return "not understood" if acts or kind == "vehicle" else "said of the clip"
        if word.lemma in _FEELING:
            return "said of the clip"
        if state and acts:
            return "holds still"
        if self._of_a_notion(inside) or (who is not None and who.lower in self._filming):
            return "said of the clip"
        still = state or word.form in {"past", "passive", "participle"}
        return "looks" if still or word.lemma in self.sets["lying"] | self.sets["course"] else "not understood"

    @cached_property
    def _promised(self) -> set[int]:
        """What somebody is busy with, by the audit."""
        return {promise.head for promise in Audit(self.parse, crowded=self.crowded).promises}

    @cached_property
    def _subjects(self) -> dict[int, Word]:
        """The first subject of each verb."""
        named = (word for word in reversed(self.words) if word.dep.startswith("nsubj") and word.head != word.index)
        return {word.head: word for word in named}

    def _doer(self, verb: Word) -> Word | None:
        """Who a verb is said of, by the tree."""
        who = self._subjects.get(verb.index)
        if who is None and verb.dep in {"acl", "advcl"} and verb.head >= 0:
            return self.words[verb.head]
        return who

    @cached_property
    def _filming(self) -> frozenset[str]:
        """What films, and what is filmed."""
        return frozenset(self.parse.vocabulary.camera.subjects) | self.sets["telling_views"] | self.sets["picture"]

    def _asks(self, verb: Word) -> bool:
        """ "Create a video of": what opens a sentence and is said to the machine."""
        opens = self.parse.reading.starts[verb.sentence] == verb.index
        after = self.words[verb.index + 1].lower if verb.index + 1 < len(self.words) else ""
        if opens and verb.lower in SETTING_OUT and after in {"with", "on", "in"}:
            return True  # "begin with a wide view"
        return opens and verb.form == "base" and verb.lemma in self.sets["meta"] | self.sets["telling_wishes"]

    @cached_property
    def _still(self) -> set[int]:
        """The words of looks: "lens flare"."""
        cues = (cue for label in ("style", "light", "appearance") for cue in self.parse.labelled(label))
        return self._within(cue.span for cue in cues if cue.sense != "motion")

    def _of_a_notion(self, inside: range) -> bool:
        notions = self.sets["telling_notions"] | self.sets["impressions"] | self.sets["picture"]
        nouns = (word for word in self.words[inside.start : inside.stop] if word.kind == "NOUN")
        return any(word.lower in notions and not self._joined_by_a_hyphen(word) for word in nouns)

    # -- the camera ---------------------------------------------------------------------------------------------------
    def _filmed(self) -> None:
        for found in self.parse.moves:
            own = [index for index in range(found.first, found.last) if says_something(self.words[index], self.parse)]
            self._set(own, self._of_move(found, whole=self.gone.issuperset(own)))
            ahead = range(max(0, found.first - _NEAR), found.first)
            self._set((i for i in ahead if self._quick(self.words[i])), "too fast")
        for flight in flights(self.parse):  # what was said of how it flies: "diving fast"
            fast = any(found.first == flight.first and found.level == 3 for found in self.parse.moves)
            self._set(range(flight.first, flight.last) if fast else (), "too fast")
        for detail in find_details(self.parse):  # what only so big a move would show
            if self._of_move(detail.move, whole=False) == "too fast":
                self._set(range(detail.first, detail.last), "too fast")

    def _of_move(self, found: Found, *, whole: bool) -> str:
        if found.level == 3 or found.move in self.parse.vocabulary.camera.aggressive:
            return "too fast"
        if not whole or self.filmed >= len(self.parse.moves):
            return "said otherwise"
        return "one move too many" if self.filmed else "not understood"

    def _vague(self) -> None:
        habits, films = self.parse.vocabulary.habits.sets, self.parse.vocabulary.camera.subjects
        for word in self.words:
            if word.index in self.gone - self._still and word.lower in habits["vague_motions"]:
                first = word.index
                while first and self.words[first - 1].lower in habits["vague_ways"] | {"camera"}:
                    first -= 1
                self._set(range(first, word.index + 1), "names no motion")
            elif word.kind == "NOUN" and (word.lower in films or _OPTICS.fullmatch(word.text)):
                self._set([word.index], "names no motion" if word.lower.startswith("cam") else "framing")

    # -- how it looks -------------------------------------------------------------------------------------------------
    def _looks(self) -> None:
        for first, last, _ in viewpoints(self.parse.vocabulary).find(self.parse.reading.lowers):
            self._set(range(first, last), "framing")
        self._set((word.index for word in self.words if word.lower in self.sets["telling_notions"]), "said of the clip")
        for label in ("light", "style", "audio", "appearance"):
            for cue in self.parse.labelled(label):
                if cue.sense != "motion":
                    name = _SENSES.get((label, cue.sense), _LABELS[label])
                    self._set(self._within([cue.span]), name)

    # -- what is left -------------------------------------------------------------------------------------------------
    def _left(self) -> None:
        """Words that only say how, by the word that they are said of."""
        ways, labels = self.parse.vocabulary.habits.sets["vague_ways"], self.parse.reading.labels
        heads = {label.index for label, _ in labels.values()}
        again = {stem(word) for word in self.told}
        films = {self.words[found.first].sentence for found in self.parse.moves}
        for index in sorted(self.gone - self.why.keys()):
            word = self.words[index]
            if index in heads or self.links(word):
                self._set([index], "links")
            elif word.kind in {"ADV", "ADJ"} and self._quick(word) and word.sentence in films:
                self._set([index], "too fast")
            elif word.kind == "ADV":
                bare = word.lower.removesuffix("ly")
                vague = bare != word.lower and {bare, bare.removesuffix("al")} & ways
                name = "said otherwise" if stem(word.text) in again else "names no motion" if vague else ""
                self._set([index], name or self._beside(word))

    def _quick(self, word: Word) -> bool:
        found = self.parse.vocabulary.levels.at((word.lower,), 0)
        return found is not None and found[1] == 3

    def _beside(self, word: Word) -> str:
        """The reason of the nearest word with one, of those that went from the same sentence."""
        near = [i for i in range(max(0, word.index - _NEAR), word.index + _NEAR + 1) if i in self.why]
        near = [i for i in near if self.words[i].sentence == word.sentence]
        return self.why[min(near, key=lambda i: abs(i - word.index))] if near else "not understood"
