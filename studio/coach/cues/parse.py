"""A prompt becomes cues: labelled spans with the sense they were taken in. The senses are settled in this order:
what is set aside (quotations, flags, times), negation, camera, motion, then everything that stands still."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from studio.coach.cues.camera import Found, find_moves
from studio.coach.cues.camera_grammar import SIDES
from studio.coach.cues.cuts import film_talk, find_cuts
from studio.coach.cues.events import Event, find_events
from studio.coach.cues.lettering import find_lettering
from studio.coach.cues.looks import find_looks, look_talk
from studio.coach.cues.negation import negations
from studio.coach.language.masks import Masks, find_masks
from studio.coach.language.reading import read, unreadable
from studio.coach.language.words import Reading, Word
from studio.coach.vocabulary.load import Vocabulary
from studio.shot import Cue, CueLabel, Span

__all__ = ["Parse", "glance", "parse"]

_NEW = {"another", "second", "third", "other"}
_ANYBODY = {"person", "subject", "figure", "character", "individual", "animal", "creature"}  # said of whoever was named
_SUMMING = {"accelerate", "awaken", "begin", "change", "come", "evolve", "start", "transform", "unfold", "wake"}
_HELD = {"carry", "use", "utilise", "utilize"}
_GOING = {"advance", "go", "move", "pass", "proceed", "progress", "travel"}
_BEHIND = 24  # characters between a verb of editing and the cut that it leads to


@dataclass(frozen=True)
class Parse:
    """A prompt read: its words, what is set aside, and its cues in the order of the text."""

    prompt: str
    reading: Reading
    masks: Masks
    moves: tuple[Found, ...]
    events: tuple[Event, ...]
    cues: tuple[Cue, ...]
    described: frozenset[int]
    vocabulary: Vocabulary

    @cached_property
    def actions(self) -> tuple[Event, ...]:
        """The motions that must be seen: events named once each."""
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
        words = self.reading.words
        who, whose = event.subject, earlier.subject
        if who is None or whose is None or event.tie == "attributive" or words[who].lemma == words[whose].lemma:
            return event.subject is not None and who != whose and self._another(event)
        both = words[who].kind == "NOUN" and words[whose].kind == "NOUN" and words[event.verb - 1].kind != "PRON"
        apart = words[who].lemma not in _ANYBODY and "body" not in {event.actor, earlier.actor}
        return (both and apart) or self._another(event)

    def _turned(self, event: Event) -> bool:
        """Whether a particle alone stands behind a verb: "turns around"."""
        after = self.reading.lowers[event.verb + 1 : event.last]
        return len(after) == 1 and after[0] in self.vocabulary.sets["particles"]

    def _another(self, event: Event) -> bool:
        """Whether the subject is somebody new: "another taxi drives", "a second dog barks"."""
        words, who = self.reading.words, event.subject or 0
        near = [word.lower for word in words[max(0, who - 4) : who] if word.sentence == words[who].sentence]
        return not _NEW.isdisjoint(near)

    def _thing(self, event: Event) -> str:
        """What a verb is done to, where an article or a possessive opens it: "turns his head"."""
        words = self.reading.words[event.verb + 1 : event.last]
        if not words or words[0].kind != "DET":
            return ""
        end = next((i for i, word in enumerate(words) if word.kind not in {"DET", "ADJ", "NOUN", "NUM"}), len(words))
        return words[end - 1].lemma if words[end - 1].kind == "NOUN" else ""

    def _beside(self, event: Event) -> bool:
        """ "He leaves, carrying a box", "using a brush, she paints": no deed of its own."""
        verb = self.reading.words[event.verb]
        return verb.form == "ing" and (event.verb == 0 or self.reading.words[event.verb - 1].kind not in {"AUX", "ADV"})

    def _alone(self, event: Event) -> bool:
        """Whether a moving thing stands between two commas by itself: "a girl walks, falling petals, soft light"."""
        words = self.reading.words
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
        words = self.reading.words
        if event.last >= len(words) or words[event.last].text != ":" or event.tie != "main":
            return False
        sums = words[event.verb].kind == "NOUN" or event.lemma in _SUMMING
        sentence = words[event.verb].sentence
        return sums and any(e.verb > event.last and words[e.verb].sentence == sentence for e in self.events)

    def _only_stops(self, event: Event) -> bool:
        """ "Occasionally stops to lick a paw": what is done then is told."""
        before = self.reading.lowers[event.verb - 1] if event.verb else ""
        after = self.reading.lowers[event.verb + 1 : event.verb + 2]
        leads = any(other.verb == event.verb + 2 for other in self.events)
        often = before in {"occasionally", "sometimes", "often", "periodically", "frequently"}
        return event.lemma in {"stop", "pause"} and often and after == ("to",) and leads

    def _opens_with_to(self, event: Event) -> bool:
        """ "To save the queen, he rides": what he rides for."""
        words = self.reading.words
        opening = self.reading.starts[words[event.verb].sentence]
        comma = any(w.text == "," and w.sentence == words[event.verb].sentence for w in words[event.verb :])
        return words[opening].lower == "to" and opening >= event.verb - 2 and comma

    def _does_it(self, event: Event) -> bool:
        """ "Is cut by a spinning blade", "burst by a flying dart": what does it moves as well."""
        words = self.reading.words
        near = [w for w in words[max(0, event.verb - 3) : event.verb] if w.sentence == words[event.verb].sentence]
        by = next((w.index for w in near if w.lower == "by"), 0)
        done = any(w.form in {"passive", "participle", "past"} for w in words[max(0, by - 4) : by])
        return by > 0 and done and not any(w.kind in {"NOUN", "PUNCT"} for w in words[by : event.verb])

    def _says_again(self, event: Event) -> bool:
        """ "Her chest rises as she breathes", "they share a kiss, lips meeting": a part of a deed that is told."""
        words = self.reading.words
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
        words, going = self.reading.words, self.vocabulary.sets["going"]
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
        after = self.reading.words[event.verb + 1 : event.last]
        led = next((word for word in after if word.kind != "ADV"), None)
        named = led is not None and led.lower != "in"  # "moves the cup", "moves to the door"
        plain = not named and self._way(event) in {"", "in"}
        return (
            plain
            and event.tie == "main"
            and any(self._same(other, self.reading.words[event.subject]) for other in kept)
        )

    def _carries(self, event: Event) -> bool:
        """ "Wears a red coat and carries a bag": what somebody has about him."""
        words = self.reading.words
        near = [w for w in words[: event.verb] if w.sentence == words[event.verb].sentence and w.kind == "VERB"]
        chained = event.verb > 0 and words[event.verb - 1].kind in {"CONJ", "PUNCT"}
        return (
            event.lemma in {"carry", "hold"} and chained and bool(near) and near[-1].lemma in {"wear", "have", "hold"}
        )

    def _opens_with_as(self, event: Event) -> bool:
        start = self.reading.starts[self.reading.words[event.verb].sentence]
        near = self.reading.lowers[start : (event.subject or 0)]
        return len(near) <= 2 and near[:1] in {("as",), ("while",)}

    def _same(self, event: Event, who: Word) -> bool:
        """Whether an earlier event is of the same subject, or a pronoun may stand for its."""
        if event.subject is None or event.actor in {"body", "scenery"}:
            return False
        whose = self.reading.words[event.subject]
        return who.kind == "PRON" or who.lemma == whose.lemma

    def _twin(self, event: Event, kept: list[Event]) -> bool:
        """ "Rises and falls", "flash and flicker": two verbs for one motion of a thing."""
        words = self.reading.words
        named = event.subject is not None and words[event.subject].text[:1].isupper() and event.subject > 0
        undone = bool(kept) and f"{kept[-1].lemma} {event.lemma}" in self.vocabulary.sets["opposites"]
        if not kept or (event.actor in {"person", "animal", "vehicle"} and not undone) or named or event.verb < 2:
            return False
        small = self.vocabulary.sets["twins"]
        own = event.verb + 1 < event.last and words[event.verb + 1].kind in {"DET", "NOUN", "NUM", "PRON"}
        if own or not (undone or small.issuperset({event.lemma, kept[-1].lemma})):
            return False  # "particles gather and form a name", "the cheese melts and drips"
        return (
            kept[-1].verb == event.verb - 2
            and words[event.verb - 1].lower == "and"
            and kept[-1].subject == event.subject
        )

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each word begins in the prompt."""
        return tuple(word.start for word in self.reading.words)

    @cached_property
    def foreign(self) -> str:
        """The language or notation that the prompt is in, if it is not English prose."""
        return unreadable(self.prompt, self.vocabulary)

    def span(self, first: int, last: int) -> Span:
        """The span of ``words[first:last]``."""
        return Span.of(self.prompt, self.reading.words[first].start, self.reading.words[last - 1].end)

    def labelled(self, label: str, *senses: str) -> tuple[Cue, ...]:
        """The cues with a label, of certain senses if any are named."""
        found = self._by_label.get(label, ())
        return tuple(cue for cue in found if cue.sense in senses) if senses else found

    @cached_property
    def _by_label(self) -> dict[str, tuple[Cue, ...]]:
        found: dict[str, list[Cue]] = {}
        for cue in self.cues:
            found.setdefault(cue.label, []).append(cue)
        return {label: tuple(cues) for label, cues in found.items()}


def _is_said(event: Event, apart: list[Cue], film: frozenset[str]) -> bool:
    """Whether an event's verb is only part of lettering ("a sign saying will work") or of a cut ("fades to black").

    `film` are verbs that lead to a cut named behind them: "it switches to a split screen".
    """
    cuts = [cue.span.start for cue in apart if cue.label == "cut" and cue.sense == "cut"]
    if event.lemma in film and event.actor in {"", "it"} and any(0 < start - event.head < _BEHIND for start in cuts):
        return True
    spans = (
        cue.span for cue in apart if cue.sense == "surface with words" or (cue.label == "cut" and cue.sense == "cut")
    )
    return any(span.start <= event.head < span.end for span in spans)


def glance(prompt: str, vocabulary: Vocabulary) -> Parse:
    """Read only the grammar and the camera of a text: a third of the work, for what was made of a prompt."""
    masks = find_masks(prompt, vocabulary)
    reading = read(prompt, vocabulary)
    negated = frozenset(index for _, scope in negations(reading, vocabulary) for index in scope)
    moves, _ = find_moves(reading, masks, negated, vocabulary)
    return Parse(prompt, reading, masks, tuple(moves), (), (), frozenset(), vocabulary)


def parse(prompt: str, vocabulary: Vocabulary) -> Parse:
    """Read a prompt. Linear in its length."""
    masks = find_masks(prompt, vocabulary)
    reading = read(prompt, vocabulary)
    unwanted = negations(reading, vocabulary)
    negated = frozenset(index for _, scope in unwanted for index in scope)
    moves, spoken = find_moves(reading, masks, negated, vocabulary)
    spoken |= film_talk(reading, vocabulary)
    events = find_events(reading, masks, spoken | look_talk(reading, vocabulary), negated, vocabulary)
    stretches = [*((m.first, m.last) for m in moves), *((e.first, e.last) for e in events)]
    busy = frozenset(index for first, last in stretches for index in range(first, last))
    looks = find_looks(reading, masks, negated, busy, vocabulary)
    apart = [
        *find_cuts(reading, masks, negated, spoken, vocabulary),
        *find_lettering(reading, masks, negated, vocabulary),
    ]
    film = frozenset(vocabulary.cuts.verbs)
    events = [event for event in events if not _is_said(event, apart, film)]
    read_so_far = Parse(prompt, reading, masks, tuple(moves), tuple(events), (), looks.described, vocabulary)
    cues = [*_camera_cues(moves), *_motion_cues(read_so_far)]
    for word, scope in unwanted:
        end = reading.words[scope[-1]].end if scope else word.end
        why = f"{word.text} takes back what follows"
        cues.append(Cue(label="negation", span=Span.of(prompt, word.start, end), sense="not wanted", why=why))
    ordered = sorted([*cues, *looks.cues, *apart], key=lambda cue: (cue.span.start, cue.span.end))
    return replace(read_so_far, cues=tuple(ordered))


def _camera_cues(moves: list[Found]) -> list[Cue]:
    return [
        Cue(label="camera", span=found.span, sense="move", why=found.why, move=found.move, level=found.level)
        for found in moves
    ]


def _motion_cues(parse: Parse) -> list[Cue]:
    """A cue for every motion, with who does it and its place among the actions."""
    words = parse.reading.words
    order = {event.verb: place for place, event in enumerate(parse.actions, 1)}
    labels: dict[str, CueLabel] = {"subject": "subject", "light": "light"}
    return [
        Cue(
            label=labels.get(event.layer, "scene"),
            span=event.span,
            sense="motion",
            why=f"{words[event.verb].text} is a motion ({event.tie})",
            level=event.level,
            lemma=event.lemma,
            actor=words[event.subject].text if event.subject is not None else "",
            order=order.get(event.verb),
        )
        for event in parse.events
    ]
