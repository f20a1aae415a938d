"""What happens in the prompt: verbs with their subjects, told apart from states and from talk about the picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from studio.coach.cues.levels import level_near
from studio.coach.cues.motion_sense import MotionSense
from studio.coach.cues.subjects import FURTHEST
from studio.coach.language.masks import Masks
from studio.coach.language.words import Reading, Word
from studio.coach.vocabulary.load import Vocabulary
from studio.shot import Layer, Level, Span

__all__ = ["Event", "find_events"]

_OPEN = {"VERB", "NOUN", "ADJ"}
"""What can be a motion."""
_REFLEXIVE = {"itself", "himself", "herself", "themselves"}
_SOMEBODY = {"he", "she", "they", "we"}
_CLAUSE_OPENERS = {"before", "after", "until", "till", "once"}
Tie = Literal["main", "participle", "while", "attributive", "infinitive"]


@dataclass(frozen=True)
class Event:
    """One motion: the verb ``words[verb]``, who does it, and how far its phrase reaches (``words[first:last]``).

    Attributes:
        head: where the verb begins in the prompt.
        subject: index of the subject's head noun, if the words give one.
        actor: what kind of thing the subject is (a kind of ``nouns.toml``, "" if unknown).
        tie: how the clause hangs in the sentence.
        ordered: whether a word of sequence ("then", "finally") stands before it.
    """

    lemma: str
    head: int
    verb: int
    first: int
    last: int
    span: Span
    layer: Layer
    level: Level
    subject: int | None
    actor: str
    tie: Tie
    ordered: bool


def find_events(
    reading: Reading, masks: Masks, spoken: frozenset[int], negated: frozenset[int], vocabulary: Vocabulary
) -> list[Event]:
    """Every motion of subjects, surroundings and light, in the order of the words."""
    return _Finder(reading, masks, spoken, negated, vocabulary).find()


class _Finder(MotionSense):
    def find(self) -> list[Event]:
        events: list[Event] = []
        for word in self.words:
            if word.kind not in _OPEN:
                continue
            if word.kind == "VERB" or self._goes_on_passive(word):
                self.owners[word.index] = self._find_subject(word)
            if self._is_motion(word) and not self._completes(word):
                events.append(self._event(word))
        return self._ties(events)

    def _completes(self, word: Word) -> bool:
        """ "Shakes itself dry", "while cool light falls": a form that could be a command and only says how."""
        before = self._before(word)
        if before is None or word.form != "base":
            return False
        return before.lower in _REFLEXIVE or (before.kind == "CONJ" and before.lower in {"while", "as", "whilst"})

    def _ties(self, events: list[Event]) -> list[Event]:
        """A "while" needs a motion that it goes on beside: "the camera holds still as he runs" has none."""
        settled: list[Event] = []
        for event in events:
            sentence = self.words[event.verb].sentence
            opening = self.words[self.reading.starts[sentence]].lower in self.sets["simultaneous"]
            alone = not settled or self.words[settled[-1].verb].sentence != sentence
            settled.append(replace(event, tie="main") if event.tie == "while" and alone and not opening else event)
        return settled

    # -- the event ------------------------------------------------------------------------------------------------
    def _event(self, word: Word) -> Event:
        subject = self._owner(word) if word.form in {"attributive", "gerund"} else self._subject(word)
        subject = self._blown(word, subject)
        first, last = self._reach(word, subject)
        tie = self._tie(word)
        actor = self._kind(subject)
        level = level_near(self.reading, word.index, min(word.index + 1, len(self.words)), self.vocabulary)
        span = Span.of(self.reading.text, self.words[first].start, self.words[last - 1].end)
        particle = self._particle(word)
        phrase = f"{word.lemma} {particle}"
        lemma = phrase if phrase in self.sets["phrasal"] and particle not in {"back", "into", "in"} else word.lemma
        ordered = self._ordered(first, word.index)
        return Event(
            lemma,
            word.start,
            word.index,
            first,
            last,
            span,
            self._layer(word, subject, actor),
            level,
            subject.index if subject else None,
            actor,
            tie,
            ordered,
        )

    def _blown(self, word: Word, subject: Word | None) -> Word | None:
        """ "A woman in a dress blowing in the wind": the dress, not the woman."""
        near = self._before(word)
        if word.form != "ing" or word.lemma not in self.sets["blown"] or near is None or near.kind != "NOUN":
            return subject
        soft = self._kind(near) not in {"person", "animal", "vehicle"}
        return near if soft and self._kind(subject) == "person" else subject

    def _layer(self, word: Word, subject: Word | None, actor: str) -> Layer:
        if (
            subject is not None
            and subject.lower in self.sets["light_nouns"]
            and (word.lemma in self.sets["light"] or word.lemma in self.sets["light_state"])
        ):
            return "light"
        if actor == "scenery":
            return "scene"
        if subject is None and word.form == "base":
            return "subject"  # a command
        if (
            actor in {"", "thing", "it"}
            and word.lemma in self.sets["scene"]
            and word.lemma not in self.sets["micro"]
            and word.lemma not in self.sets["whole"]
        ):
            return "scene"
        return "subject"

    def _tie(self, word: Word) -> Tie:
        if word.form in {"attributive", "gerund"} or word.lower in self.sets["passing"]:
            return "attributive"
        before = self._before(word)
        if self._asked_of(word) is not None:
            return "main"
        if before is not None and before.lower == "to" and not self._begins(before) and not self._stops(word):
            return "main" if word.lemma == "form" and self._spells(word) else "infinitive"
        for near in reversed(self.words[max(0, word.index - FURTHEST) : word.index]):
            if near.sentence != word.sentence or near.kind == "VERB":
                break
            if near.lower in self.sets["simultaneous"] and near.kind in {"CONJ", "ADV"}:
                return "while"
        if before is not None and before.lemma in {"begin", "start", "continue", "keep", "stop"}:
            return "main"
        if word.form == "ing" and before is not None and before.lower not in self.sets["be"]:
            return "participle"
        return "main"

    def _ordered(self, first: int, verb: int) -> bool:
        for near in reversed(self.words[max(0, first - 8) : verb]):
            if near.lower in self.sets["sequence"] and near.sentence == self.words[verb].sentence:
                after = self._after(near)  # "next scene" orders shots, not motions
                return after is None or after.lower not in self.vocabulary.cuts.ordered_units
            over = near.kind == "PUNCT" or (near.kind == "VERB" and near.lemma != "get")
            if over or near.sentence != self.words[verb].sentence:
                break
        opening = self.words[self.reading.starts[self.words[verb].sentence]]
        between = range(opening.index, verb)
        after = self._after(opening)
        if after is not None and after.lower in self.vocabulary.cuts.ordered_units:
            return False
        return opening.lower in self.sets["sequence"] and not any(index in self.owners for index in between)

    def _reach(self, word: Word, subject: Word | None) -> tuple[int, int]:
        """From the adverbs before the verb to the end of its object or place; not into the next clause."""
        first = word.index
        while (
            first > 0
            and self.words[first - 1].kind == "ADV"
            and self.words[first - 1].sentence == word.sentence
            and first - 1 not in self.camera
        ):
            first -= 1
        last = word.index + 1
        limit = min(len(self.words), last + 14)
        if word.form in {"attributive", "gerund"}:
            return first, (subject.index + 1 if subject is not None and subject.index < limit else last)
        while last < limit:
            near = self.words[last]
            if near.sentence != word.sentence or last in self.camera or near.lower in _SOMEBODY:
                break
            if near.kind == "PUNCT" and not self._between_adjectives(near):
                break
            if near.kind in {"CONJ"} and near.lower not in {"or"} and not self._joins_nouns(last):
                break
            if near.kind == "VERB" and (near.form != "ing" or last > word.index + 1) and near.form != "base":
                break
            if near.lower in _CLAUSE_OPENERS and self._clause_follows(last):
                break
            last += 1
        while (
            last > word.index + 1
            and self.words[last - 1].kind in {"DET", "PREP", "CONJ"}
            and self.words[last - 1].lower not in self.sets["particles"]
            and self.words[last - 1].lower != "her"  # "in the window behind her"
        ):
            last -= 1
        return first, last

    def _between_adjectives(self, comma: Word) -> bool:
        """ "One brief, playful kiss"."""
        near = self.words[comma.index - 1 : comma.index + 3]
        kinds = [word.kind for word in near[1:]]
        apart = comma.text != "," or kinds != ["PUNCT", "ADJ", "NOUN"] or near[0].sentence != near[3].sentence
        return not apart and (near[0].kind == "ADJ" or near[0].lower in self.sets["sizes"])

    def _clause_follows(self, index: int) -> bool:
        """Whether "before", "after", "until" opens a clause ("until the bell rings"), not a place or a time."""
        for near in self.words[index + 1 : index + 7]:
            if near.sentence != self.words[index].sentence or near.kind in {"PUNCT", "CONJ"}:
                return False
            if near.kind == "VERB":
                return near.form in {"s", "base", "preterite", "past", "passive"}
        return False

    def _acts_behind(self, noun: Word) -> bool:
        """ "... and a puff of flour explodes": a finite verb behind the noun makes it a clause of its own."""
        for near in self.words[noun.index + 1 : noun.index + 5]:
            if near.sentence != noun.sentence or near.kind in {"PUNCT", "CONJ"}:
                return False
            if near.kind == "VERB":
                return near.form == "s" and not noun.plural
        return False

    def _joins_nouns(self, index: int) -> bool:
        if self.words[index].lower != "and" or index + 1 >= len(self.words):
            return False
        for near in self.words[index + 1 : index + 5]:
            if near.kind == "VERB":
                return False
            if near.kind == "NOUN":
                if self._acts_behind(near):
                    return False
                after = self._after(near)
                return after is None or after.kind in {"PUNCT", "PREP", "CONJ", "ADV"}
        return False
