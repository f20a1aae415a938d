"""What happens in the prompt: verbs with their subjects, told apart from states and from talk about the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studio.coach.levels import level_near
from studio.coach.masks import Masks
from studio.coach.subjects import FURTHEST, Subjects
from studio.coach.vocabulary import Vocabulary
from studio.coach.words import Reading, Word
from studio.shot import Layer, Level, Span

__all__ = ["Event", "find_events"]

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


class _Finder(Subjects):
    def __init__(
        self, reading: Reading, masks: Masks, spoken: frozenset[int], negated: frozenset[int], vocabulary: Vocabulary
    ) -> None:
        super().__init__(reading, masks, vocabulary)
        self.negated, self.camera = negated, spoken
        self.dynamic = self.sets["motion"]
        self.camera_words = {*vocabulary.camera.subjects}

    def find(self) -> list[Event]:
        events: list[Event] = []
        for word in self.words:
            if word.kind == "VERB":
                self.owners[word.index] = self._find_subject(word)
            if self._is_motion(word):
                events.append(self._event(word))
        return events

    def _is_motion(self, word: Word) -> bool:
        if word.index in self.camera or word.index in self.negated or self.masks.hides(word.start, word.end):
            return False
        if word.kind == "ADJ" and word.form == "attributive":
            return self._moving_thing(word)
        if word.kind == "NOUN" and word.form == "gerund":
            return (
                word.lemma in self.dynamic
                and word.lemma not in self.sets["meta"]
                and word.lemma not in self.sets["state"]
            )
        if word.kind == "NOUN" and word.lower in self.sets["happening"]:
            return self._happens(word)
        if word.kind != "VERB":
            return False
        subject = self._subject(word)
        if word.lemma == "set" and subject is not None and subject.lower in {"sun", "moon"}:
            return True
        if f"{word.lemma} {self._particle(word)}" in self.sets["phrasal"] and not self._stative_particle(word):
            return True
        before = self._before(word)
        seen = before is not None and before.lower == "of" and word.form == "ing"  # "a view of riding a wave"
        if (
            not seen
            and subject is not None
            and subject.lower in self.camera_words | self.sets["picture"]
            and subject.lower not in {"frame", "frames"}
        ):
            return False
        if word.form == "passive":
            return self._passive_motion(word)
        if word.lemma in self.sets["state"] or self._idiom(word, subject):
            return False
        doing = (
            word.lemma in self.sets["local"]
            and self._kind(subject) in {"person", "animal", "body"}
            and not self._casts_light(word)
        )
        if word.lemma in self.sets["light_state"] and word.lemma not in self.sets["micro"] and not doing:
            return self._changes(word)
        if word.lemma in self.sets["meta"]:
            return self._meta_motion(word, subject)
        return word.lemma in self.dynamic or not word.verbs  # a verb in no list is taken for a motion

    def _stative_particle(self, word: Word) -> bool:
        return (word.lemma in {"look", "lean", "stand", "sit"} and self._particle(word) in {"back"}) or (
            word.lemma == "look" and self._particle(word) in {"up", "down"} and word.form == "ing"
        )

    def _moving_thing(self, word: Word) -> bool:
        if (
            word.lower in self.sets["attributive_state"]
            or word.lemma in self.sets["state"] | self.sets["meta"] | self.sets["light_state"]
        ):
            return False
        return word.lemma in self.sets["whole"] | self.sets["scene"]

    def _happens(self, word: Word) -> bool:
        """A noun that is a motion by itself, where no verb and no preposition claims it: "a street, heavy rain"."""
        index = word.index
        while (
            index > 0
            and self.words[index - 1].sentence == word.sentence
            and self.words[index - 1].kind in {"ADJ", "DET", "NOUN"}
        ):
            index -= 1
        before = self.words[index - 1] if index and self.words[index - 1].sentence == word.sentence else None
        if before is not None and before.kind in {"PREP", "VERB"}:
            return False
        after = self._after(word)
        return after is None or after.kind in {"PUNCT", "PREP", "CONJ"}

    def _casts_light(self, word: Word) -> bool:
        near = {w.lower for w in self.words[word.index + 1 : word.index + 6]}
        return bool(near & {"shadow", "shadows", "glow", "light", "reflection", "reflections", "hues"})

    def _idiom(self, word: Word, subject: Word | None) -> bool:
        """Verbs of motion that move nothing here: comes with, reads (a label), catches the eye, forms the backdrop."""
        after = self._after(word)
        follows = after.lower if after is not None else ""
        near = {w.lower for w in self.words[word.index + 1 : word.index + 5] if w.sentence == word.sentence}
        if word.lemma == "serve" and follows == "as":
            return True
        if word.lemma == "come" and follows in {"with", "from"}:
            return True
        if (
            word.lemma == "read"
            and subject is not None
            and self._kind(subject) not in {"person", "animal"}
            and (word.form != "ing" or self._kind(subject) == "thing")
        ):
            return True
        if word.lemma == "catch" and near & {"eye", "light", "attention"}:
            return True
        if word.lemma == "form" and (word.form == "ing" or near & {"background", "backdrop", "part", "contrast"}):
            return True
        if word.lemma in {"take", "set"} and near & {"place", "shape", "scene", "stage"}:
            return word.lemma == "set" or "place" in near
        return (
            word.lemma in {"fall", "run", "lead", "rise", "stretch", "extend"}
            and subject is not None
            and subject.lower
            in {
                "night",
                "road",
                "path",
                "street",
                "stairs",
                "staircase",
                "mountains",
                "mountain",
                "buildings",
                "towers",
                "bridge",
            }
        )

    def _passive_motion(self, word: Word) -> bool:
        if (
            word.lower in self.sets["resultative"]
            or word.lemma in self.sets["state"] | self.sets["meta"] | self.sets["light_state"]
        ):
            aux = self._before(word)
            return bool(aux and aux.lower == "being" and word.lemma in self.dynamic)
        return word.lemma in self.dynamic

    def _changes(self, word: Word) -> bool:
        """Light that is there becomes a change with "brighter", "begins to", "as": a lantern glowing brighter."""
        after = self._after(word)
        before = self._before(word)
        comparative = after is not None and after.lower in {
            "brighter",
            "dimmer",
            "stronger",
            "warmer",
            "on",
            "more",
            "up",
        }
        return comparative or (before is not None and before.lower == "to" and self._begins(before))

    def _begins(self, word: Word) -> bool:
        verb = self._before(word)
        return verb is not None and verb.lemma in {"begin", "start", "continue", "proceed", "try", "attempt", "want"}

    def _meta_motion(self, word: Word, subject: Word | None) -> bool:
        """A few of these verbs are motions when somebody does them to something ("follows the ball")."""
        who = self._kind(subject)
        if word.lemma in {"give", "make"} and who in {"person", "animal", "body"} and word.form != "passive":
            return not {w.lower for w in self.words[word.index + 1 : word.index + 4]} & {
                "sense",
                "feeling",
                "look",
                "impression",
                "it",
                "appearance",
                "effect",
                "vibe",
            }
        if word.lemma not in self.dynamic or who not in {"person", "animal", "vehicle", "body"}:
            return word.lemma in {"fade", "dissolve", "blossom"} and word.form != "passive"
        return word.lemma in {
            "follow",
            "lead",
            "leave",
            "bring",
            "pause",
            "stop",
            "show",
            "cut",
            "paint",
            "draw",
            "sketch",
            "write",
            "shoot",
            "film",
            "record",
            "photograph",
            "compose",
            "switch",
            "fade",
            "dissolve",
            "produce",
            "guide",
            "perform",
        } and word.form in {"s", "ing", "base", "preterite", "past"}

    # -- the event ------------------------------------------------------------------------------------------------
    def _event(self, word: Word) -> Event:
        subject = self._owner(word) if word.form in {"attributive", "gerund"} else self._subject(word)
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

    def _layer(self, word: Word, subject: Word | None, actor: str) -> Layer:
        if (
            subject is not None
            and subject.lower in self.sets["light_nouns"]
            and word.lemma in self.sets["light"] | self.sets["light_state"]
        ):
            return "light"
        if actor == "scenery":
            return "scene"
        if subject is None and word.form == "base":
            return "subject"  # a command
        if (
            actor in {"", "thing", "it"}
            and word.lemma in self.sets["scene"]
            and word.lemma not in self.sets["micro"] | self.sets["whole"]
        ):
            return "scene"
        return "subject"

    def _tie(self, word: Word) -> Tie:
        if word.form in {"attributive", "gerund"}:
            return "attributive"
        before = self._before(word)
        if before is not None and before.lower == "to" and not self._begins(before):
            return "infinitive"
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
                return True
            if near.kind in {"PUNCT", "VERB"} or near.sentence != self.words[verb].sentence:
                break
        opening = self.words[self.reading.starts[self.words[verb].sentence]]
        between = range(opening.index, verb)
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
            if near.sentence != word.sentence or near.kind == "PUNCT" or last in self.camera:
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
        ):
            last -= 1
        return first, last

    def _clause_follows(self, index: int) -> bool:
        """Whether "before", "after", "until" opens a clause ("until the bell rings"), not a place or a time."""
        for near in self.words[index + 1 : index + 7]:
            if near.sentence != self.words[index].sentence or near.kind in {"PUNCT", "CONJ"}:
                return False
            if near.kind == "VERB":
                return near.form in {"s", "base", "preterite", "past", "passive"}
        return False

    def _joins_nouns(self, index: int) -> bool:
        if self.words[index].lower != "and" or index + 1 >= len(self.words):
            return False
        for near in self.words[index + 1 : index + 5]:
            if near.kind == "VERB":
                return False
            if near.kind == "NOUN":
                after = self._after(near)
                return after is None or after.kind in {"PUNCT", "PREP", "CONJ", "ADV"}
        return False
