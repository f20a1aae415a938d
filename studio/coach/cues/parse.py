"""A prompt becomes cues: labelled spans with the sense they were taken in. The senses are settled in this order:
what is set aside (quotations, flags, times), negation, camera, motion, then everything that stands still."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from studio.coach.cues.actions import choose_actions
from studio.coach.cues.camera import Found, find_moves
from studio.coach.cues.cuts import film_talk, find_cuts
from studio.coach.cues.events import Event, find_events
from studio.coach.cues.lettering import find_lettering
from studio.coach.cues.looks import find_looks, look_talk
from studio.coach.cues.negation import negated_words, negations
from studio.coach.language.masks import Masks, find_masks
from studio.coach.language.reading import read, unreadable
from studio.coach.language.words import Reading
from studio.coach.vocabulary.load import Vocabulary
from studio.shot import Cue, CueLabel, Span

__all__ = ["Parse", "glance", "parse"]

_BEHIND = 24  # characters between a verb of editing and the cut that it leads to


@dataclass(frozen=True)
class Parse:
    """A prompt read: its words, what is set aside, and its cues in the order of the text.

    Attributes:
        actions: the motions that must be seen: events named once each.
        described: indices of the words that only say how something looks.
    """

    prompt: str
    reading: Reading
    masks: Masks
    moves: tuple[Found, ...]
    events: tuple[Event, ...]
    actions: tuple[Event, ...]
    cues: tuple[Cue, ...]
    described: frozenset[int]
    vocabulary: Vocabulary

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

    def within(self, spans: Iterable[Span]) -> set[int]:
        """The indices of the words that begin in any of some spans."""
        ends = ((bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)) for span in spans)
        return {index for first, last in ends for index in range(first, last)}

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
    moves, _ = find_moves(reading, masks, negated_words(reading, vocabulary), vocabulary)
    return Parse(prompt, reading, masks, tuple(moves), (), (), (), frozenset(), vocabulary)


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
    actions = choose_actions(reading, moves, events, vocabulary)
    cues = [*_camera_cues(moves), *_motion_cues(reading, events, actions)]
    for word, scope in unwanted:
        end = reading.words[scope[-1]].end if scope else word.end
        why = f"{word.text} takes back what follows"
        cues.append(Cue(label="negation", span=Span.of(prompt, word.start, end), sense="not wanted", why=why))
    ordered = tuple(sorted([*cues, *looks.cues, *apart], key=lambda cue: (cue.span.start, cue.span.end)))
    return Parse(prompt, reading, masks, tuple(moves), tuple(events), actions, ordered, looks.described, vocabulary)


def _camera_cues(moves: list[Found]) -> list[Cue]:
    return [
        Cue(label="camera", span=found.span, sense="move", why=found.why, move=found.move, level=found.level)
        for found in moves
    ]


def _motion_cues(reading: Reading, events: list[Event], actions: tuple[Event, ...]) -> list[Cue]:
    """A cue for every motion, with who does it and its place among the actions."""
    words = reading.words
    order = {event.verb: place for place, event in enumerate(actions, 1)}
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
        for event in events
    ]
