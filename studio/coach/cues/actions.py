"""Which events must be seen: each motion once, without what is only summed up, carried along or said again."""

from __future__ import annotations

from collections.abc import Sequence

from studio.coach.cues.camera.grammar import SIDES, Found
from studio.coach.cues.events import Event
from studio.coach.language.words import Reading, Word
from studio.coach.vocabulary.load import Vocabulary

__all__ = ["choose_actions"]

_NEW = {"another", "second", "third", "other"}
_ANYBODY = {"person", "subject", "figure", "character", "individual", "animal", "creature"}  # said of whoever was named
_SUMMING = {"accelerate", "awaken", "begin", "change", "come", "evolve", "start", "transform", "unfold", "wake"}
_HELD = {"carry", "use", "utilise", "utilize"}
_OFTEN = {"occasionally", "sometimes", "often", "periodically", "frequently"}
_GOING = {"advance", "go", "move", "pass", "proceed", "progress", "travel"}


def choose_actions(
    reading: Reading, moves: Sequence[Found], events: Sequence[Event], vocabulary: Vocabulary
) -> tuple[Event, ...]:
    """The motions that must be seen: events named once each, in the order of the words."""
    return _Chooser(reading, moves, events, vocabulary).choose()


class _Chooser:
    def __init__(
        self, reading: Reading, moves: Sequence[Found], events: Sequence[Event], vocabulary: Vocabulary
    ) -> None:
        self.reading, self.words, self.moves, self.events = reading, reading.words, moves, events
        self.vocabulary, self.sets = vocabulary, vocabulary.sets

    def choose(self) -> tuple[Event, ...]:
        kept: list[Event] = []
        said: dict[str, list[Event]] = {}  # of each verb, the events kept
        plain = any(event.tie != "attributive" for event in self.events)
        for event in self.events:
            beside = plain and event.tie == "attributive" and not self._alone(event) and not self._does_it(event)
            held = event.lemma in _HELD and len(self.events) > 1 and self._beside(event)  # as "holding" is
            hidden = (
                beside
                or held
                or (event.tie == "infinitive" and (bool(kept or self.moves) or self._opens_with_to(event)))
            )
            hidden = hidden or self._sums_up(event) or self._says_again(event) or self._carries(event)
            hidden = hidden or self._sums_up_doing(event, kept) or self._only_stops(event)
            if hidden or self._twin(event, kept) or self._goes_on_going(event, kept):
                continue
            before = said.setdefault(event.lemma, [])
            if all(self._differs(event, other) for other in before):  # no motion said twice
                kept.append(event)
                before.append(event)
        return tuple(kept)

    def _differs(self, event: Event, earlier: Event) -> bool:
        """Whether the same verb says another motion: another way, another thing, or of another actor."""
        way, other = self._way(event), self._way(earlier)
        if way and (other or event.ordered):
            return way != other
        thing, first = self._thing(event), self._thing(earlier)
        if thing and thing != first and (first or self._turned(earlier)):
            return True
        words = self.words
        who, whose = event.subject, earlier.subject
        if who is None or whose is None or event.tie == "attributive" or words[who].lemma == words[whose].lemma:
            return event.subject is not None and who != whose and self._another(event)
        both = words[who].kind == "NOUN" and words[whose].kind == "NOUN" and words[event.verb - 1].kind != "PRON"
        apart = words[who].lemma not in _ANYBODY and "body" not in {event.actor, earlier.actor}
        return (both and apart) or self._another(event)

    def _turned(self, event: Event) -> bool:
        """Whether a particle alone stands behind a verb: "turns around"."""
        after = self.reading.lowers[event.verb + 1 : event.last]
        return len(after) == 1 and after[0] in self.sets["particles"]

    def _another(self, event: Event) -> bool:
        """Whether the subject is somebody new: "another taxi drives", "a second dog barks"."""
        words, who = self.words, event.subject or 0
        near = [word.lower for word in words[max(0, who - 4) : who] if word.sentence == words[who].sentence]
        return not _NEW.isdisjoint(near)

    def _thing(self, event: Event) -> str:
        """What a verb is done to, where an article or a possessive opens it: "turns his head"."""
        words = self.words[event.verb + 1 : event.last]
        if not words or words[0].kind != "DET":
            return ""
        end = next((i for i, word in enumerate(words) if word.kind not in {"DET", "ADJ", "NOUN", "NUM"}), len(words))
        return words[end - 1].lemma if words[end - 1].kind == "NOUN" else ""

    def _beside(self, event: Event) -> bool:
        """ "He leaves, carrying a box", "using a brush, she paints": no deed of its own."""
        verb = self.words[event.verb]
        return verb.form == "ing" and (event.verb == 0 or self.words[event.verb - 1].kind not in {"AUX", "ADV"})

    def _alone(self, event: Event) -> bool:
        """Whether a moving thing stands between two commas by itself: "a girl walks, falling petals, soft light"."""
        words = self.words
        first = event.verb
        while first > 0 and words[first - 1].sentence == words[first].sentence and words[first - 1].kind == "ADJ":
            first -= 1
        end = event.last
        opens = first > 0 and words[first - 1].text == "," and words[first - 1].sentence == words[first].sentence
        return opens and (end == len(words) or words[end].kind == "PUNCT")

    def _way(self, event: Event) -> str:
        """The direction said right behind a verb: "moves left"."""
        after = self.reading.lowers[event.verb + 1 : event.last]
        return next((word for word in after[:3] if word in SIDES or word in {"back", "away"}), "")

    def _sums_up(self, event: Event) -> bool:
        """ "The painting comes alive: its waves roll": told in full behind the colon, if it is no speech."""
        words = self.words
        if event.last >= len(words) or words[event.last].text != ":" or event.tie != "main":
            return False
        sums = words[event.verb].kind == "NOUN" or event.lemma in _SUMMING
        sentence = words[event.verb].sentence
        return sums and any(e.verb > event.last and words[e.verb].sentence == sentence for e in self.events)

    def _only_stops(self, event: Event) -> bool:
        """ "Occasionally stops to lick a paw": what is done then is told."""
        near = self.words[max(0, event.verb - 1) : event.verb + 2]
        if event.lemma not in {"stop", "pause"} or near[0].lower not in _OFTEN or near[-1].lower != "to":
            return False
        return any(other.verb == event.verb + 2 for other in self.events)

    def _opens_with_to(self, event: Event) -> bool:
        """ "To save the queen, he rides": what he rides for."""
        words = self.words
        opening = self.reading.starts[words[event.verb].sentence]
        comma = any(w.text == "," and w.sentence == words[event.verb].sentence for w in words[event.verb :])
        return words[opening].lower == "to" and opening >= event.verb - 2 and comma

    def _does_it(self, event: Event) -> bool:
        """ "Is cut by a spinning blade", "burst by a flying dart": what does it moves as well."""
        words = self.words
        near = [w for w in words[max(0, event.verb - 3) : event.verb] if w.sentence == words[event.verb].sentence]
        by = next((w.index for w in near if w.lower == "by"), 0)
        done = any(w.form in {"passive", "participle", "past"} for w in words[max(0, by - 4) : by])
        return by > 0 and done and not any(w.kind in {"NOUN", "PUNCT"} for w in words[by : event.verb])

    def _says_again(self, event: Event) -> bool:
        """ "Her chest rises as she breathes", "they share a kiss, lips meeting": a part of a deed that is told."""
        words = self.words
        part = words[event.subject].lower if event.subject is not None else ""
        for again in self.vocabulary.verbs.again:
            if event.lemma not in again.verbs or part not in again.parts:
                continue
            near = (
                e
                for e in self.events
                if e.verb != event.verb and abs(words[e.verb].sentence - words[event.verb].sentence) <= 1
            )
            return any(
                e.lemma in again.said or any(words[i].lemma in again.said for i in range(e.first, e.last)) for e in near
            )
        return False

    def _goes_on_going(self, event: Event, kept: list[Event]) -> bool:
        """ "A horse trots over a meadow. As it runs, ...", "drives along, passing the wall": on the way said before."""
        words, going = self.words, self.sets["going"]
        if event.lemma not in going or event.ordered or event.subject is None:
            return False
        who = words[event.subject]
        before = [other for other in kept if other.lemma in going and self._same(other, who)]
        plainly = event.tie == "participle" and event.lemma in _GOING
        return bool(before) and (event.tie == "while" or plainly or self._opens_with_as(event))

    def _sums_up_doing(self, event: Event, kept: list[Event]) -> bool:
        """ "Masons lay bricks. The masons move fast": a plain "move" of whoever does something that is told."""
        if event.lemma != "move" or event.subject is None or event.actor not in {"person", "animal"}:
            return False
        after = self.words[event.verb + 1 : event.last]
        led = next((word for word in after if word.kind != "ADV"), None)
        named = led is not None and led.lower != "in"  # "moves the cup", "moves to the door"
        plain = not named and self._way(event) in {"", "in"}
        return plain and event.tie == "main" and any(self._same(other, self.words[event.subject]) for other in kept)

    def _carries(self, event: Event) -> bool:
        """ "Wears a red coat and carries a bag": what somebody has about him."""
        if event.lemma not in {"carry", "hold"} or self.words[max(0, event.verb - 1)].kind not in {"CONJ", "PUNCT"}:
            return False
        ahead = self.words[self.reading.starts[self.words[event.verb].sentence] : event.verb]
        verb = next((word for word in reversed(ahead) if word.kind == "VERB"), None)
        return verb is not None and verb.lemma in {"wear", "have", "hold"}

    def _opens_with_as(self, event: Event) -> bool:
        start = self.reading.starts[self.words[event.verb].sentence]
        near = self.reading.lowers[start : (event.subject or 0)]
        return len(near) <= 2 and near[:1] in {("as",), ("while",)}

    def _same(self, event: Event, who: Word) -> bool:
        """Whether an earlier event is of the same subject, or a pronoun may stand for its."""
        if event.subject is None or event.actor in {"body", "scenery"}:
            return False
        whose = self.words[event.subject]
        return who.kind == "PRON" or who.lemma == whose.lemma

    def _twin(self, event: Event, kept: list[Event]) -> bool:
        """ "Rises and falls", "flash and flicker": two verbs for one motion of a thing."""
        words = self.words
        named = event.subject is not None and words[event.subject].text[:1].isupper() and event.subject > 0
        undone = bool(kept) and f"{kept[-1].lemma} {event.lemma}" in self.sets["opposites"]
        if not kept or (event.actor in {"person", "animal", "vehicle"} and not undone) or named or event.verb < 2:
            return False
        small = self.sets["twins"]
        own = event.verb + 1 < event.last and words[event.verb + 1].kind in {"DET", "NOUN", "NUM", "PRON"}
        if own or not (undone or small.issuperset({event.lemma, kept[-1].lemma})):
            return False  # "particles gather and form a name", "the cheese melts and drips"
        return (
            kept[-1].verb == event.verb - 2
            and words[event.verb - 1].lower == "and"
            and kept[-1].subject == event.subject
        )
