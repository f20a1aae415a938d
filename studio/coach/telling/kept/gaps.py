"""The stretches that a rewrite left out although something may move in them, and that nothing explains."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from studio.coach.cues.main_actions import main_actions
from studio.coach.cues.parse import Parse
from studio.coach.cues.shots import first_shot
from studio.coach.language.words import Word
from studio.coach.telling.meaning.stirring import Mover, Stirring
from studio.coach.telling.meaning.things import lives
from studio.coach.telling.wording.draft import Draft, render, sources
from studio.coach.telling.wording.naming import phrase_start
from studio.coach.telling.wording.phrasing import finite

__all__ = ["MARKS", "Gaps", "Stretch"]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
MARKS = frozenset(',;.:!?—–()[]|/…*#"“”，、。')
"""What ends a piece of a prompt."""
_HANGS = {"DET", "PREP", "CONJ", "AUX"}
_BOUND = {"as", "while", "when", "until", "before", "after", "then", "whilst", "once"}


@dataclass(frozen=True)
class Stretch:
    """Words that went, ``words[first:last]``, with what may move in them."""

    first: int
    last: int
    mover: Mover


class Gaps:
    """What is missing in a rewrite of one prompt; `crowded` says that the coach finds too many actions in it."""

    def __init__(self, parse: Parse, *, crowded: bool) -> None:
        self.parse, self.words, self.crowded = parse, parse.reading.words, crowded
        self.sets, self.end = parse.vocabulary.sets, first_shot(parse)

    @cached_property
    def movers(self) -> dict[int, Mover]:
        """What may move in the first shot, by its index."""
        found = Stirring(self.parse).found
        return {index: mover for index, mover in found.items() if self.words[index].start < self.end}

    def missing(self, drafts: Sequence[Draft]) -> list[Stretch]:
        """The stretches that went and may move, and that nothing explains."""
        own = _own(drafts)
        told, anything = self._spelt(own), self._spelt(drafts)
        kept = set[int]().union(*map(sources, own))
        found: dict[int, Stretch] = {}
        main = {event.verb for event in main_actions(self.parse)} - kept if self.crowded else set[int]()
        busy = {self.words[verb].sentence for verb in main}
        for index, mover in self.movers.items():
            word = self.words[index]
            explained = (self.crowded and mover.sort not in {"pace", "weather"}) or word.sentence in busy
            there = anything if mover.sort == "weather" else told
            if index in kept or explained or self._is_told(word, mover, there):
                continue
            stretch = self._stretch(mover, kept)
            other = found.get(stretch.first)
            if other is None or (mover.sort == "deed" and other.mover.sort != "deed"):
                found[stretch.first] = stretch
        rows = [found[first] for first in sorted(found)]
        proposed = any(all(bit.coach for bit in draft) and draft[1].text != "camera" for draft in drafts if draft[1:])
        only = all(stretch.mover.sort == "weather" for stretch in rows)
        return [] if proposed and only else rows  # the coach has proposed what the weather does

    def is_told(self, stretch: Stretch, drafts: Sequence[Draft]) -> bool:
        """Whether a text has come to say what may move in a stretch."""
        return self._is_told(self.words[stretch.mover.index], stretch.mover, self._spelt(_own(drafts)))

    def _spelt(self, drafts: Sequence[Draft]) -> set[str]:
        """The words of a text, as it spells them."""
        return set(_WORD.findall(render(drafts, self.parse.reading).text.lower()))

    def _is_told(self, word: Word, mover: Mover, told: set[str]) -> bool:
        forms = {word.lower, *(f"{word.lower}{end}" for end in ("s", "es", "ing") if mover.sort == "event")}
        if mover.sort in {"deed", "manner"} and mover.lemma:
            verb = word.but(lemma=mover.lemma, kind="VERB")
            forms |= {mover.lemma, finite(verb, True, self.parse), finite(verb, False, self.parse)}
        return not forms.isdisjoint(told)

    def _stretch(self, mover: Mover, kept: set[int]) -> Stretch:
        """The words around a mover that went with it, up to the next marks and to what is said."""
        first = last = mover.index
        while first and self.is_near(self.words[first - 1], mover) and first - 1 not in kept:
            first -= 1
        while last + 1 < len(self.words) and self.is_near(self.words[last + 1], mover) and last + 1 not in kept:
            last += 1
        last += 1
        links = {index for index in range(first, mover.index) if self.words[index].lower in _BOUND}
        first = max(links, default=first - 1) + 1
        later = (i for i in range(mover.index + 1, last) if self.words[i].lower in _BOUND and self._goes(i, last))
        last = next(later, last)
        first = self._with_subject(self._named(first, mover, kept), mover)
        while first < mover.index and self._opens(self.words[first], mover):
            first += 1
        cut = last < len(self.words) and self.is_near(self.words[last], mover)
        while last - 1 > mover.index and (self.dangles(self.words[last - 1]) or (cut and self._waits(last - 1))):
            last -= 1
        return Stretch(first, last, mover)

    def _named(self, first: int, mover: Mover, kept: set[int]) -> int:
        """Where the sentence begins that names who does it, where its piece does not: "Ana, tired, | holding on"."""
        word = self.words[mover.index]
        finite_ = word.form not in {"ing", "participle"}
        bare = self.words[first]
        if bare.kind == "VERB" and bare.form in {"s", "base"} and first < mover.index:  # "..., engage in a fight"
            start = self.parse.reading.starts[word.sentence]
            whole = kept.isdisjoint(range(start, first)) and any(w.kind == "NOUN" for w in self.words[start:first])
            return start if whole and self.words[first - 1].text == "," else first
        if mover.sort != "deed" or self.doer(first, word) is not None or (first and self.words[first - 1].text != ","):
            return first
        start = self.parse.reading.starts[word.sentence]
        ahead = self.words[start:first]
        whole = bool(ahead) and kept.isdisjoint(range(start, first)) and any(w.kind in {"NOUN", "PRON"} for w in ahead)
        filmed = any(w.lower == "camera" for w in ahead)
        lit = filmed or any(w.lower in self.sets["telling_crafts"] | self.sets["light_nouns"] for w in ahead)
        if not whole or lit or (finite_ and self._who(first, word) is not None):
            return first
        views = self.sets["picture"] | self.sets["telling_views"]
        somebody = next((w for w in ahead if w.kind == "NOUN" and lives(w, self.parse)), None)
        if somebody is None:
            return start
        shown = [w.index for w in self.words[start : somebody.index] if w.lower in views]
        first = shown[-1] + 1 if shown else start
        while shown and first < somebody.index and self.words[first].lower in {"of", "how", "where", "with"}:
            first += 1  # "a film still of | a girl with dark hair, ..."
        return first

    def _who(self, first: int, verb: Word) -> Word | None:
        """The noun right before a verb, adverbs passed over."""
        ahead = [w for w in self.words[first : verb.index] if w.kind not in {"ADV", "AUX"}]
        return ahead[-1] if ahead and ahead[-1].kind in {"NOUN", "PRON"} else None

    def doer(self, first: int, verb: Word) -> Word | None:
        """The noun right before a verb, where it surely is who does it: it lives, or no preposition holds it."""
        noun = self._who(first, verb)
        if noun is None or noun.kind == "PRON":
            return noun
        start = phrase_start(noun, self.parse)
        led = self.words[start - 1] if start > first else None
        held = led is not None and led.kind == "PREP"
        return noun if lives(noun, self.parse) or not held else None

    def _with_subject(self, first: int, mover: Mover) -> int:
        """ "Blood flows from the stones | that glow": a finite verb is said again with who does it."""
        word = self.words[mover.index]
        noun = self.words[first - 1] if first else word
        acts = mover.sort == "deed" and word.form not in {"ing", "participle", "past"}
        alone = all(near.kind in {"ADV", "NUM"} for near in self.words[first : mover.index])
        if acts and alone and noun.kind == "NOUN" and noun.sentence == word.sentence:
            return phrase_start(noun, self.parse)
        return first

    def _opens(self, word: Word, mover: Mover) -> bool:
        """Whether a word before what may move is only a link or a request: "imagine | a door opening"."""
        asking = self.sets["telling_shows"] | self.sets["meta"] | {"envision", "picture", "visualize", "visualise"}
        asks = word.kind == "VERB" and word.form == "base" and word.lemma in asking
        starts = self.parse.reading.starts[word.sentence] == word.index
        return word.kind in {"CONJ", "PUNCT"} or (asks and starts and word.index < mover.index)

    def _goes(self, link: int, last: int) -> bool:
        """Whether what a link opens was cut short: "... as a lone | man opens the door"."""
        return last < len(self.words) and self.words[last].sentence == self.words[link].sentence

    def _waits(self, index: int) -> bool:
        """ "Passing a window showing | ...": a participle whose object is told elsewhere."""
        return self.words[index].kind == "VERB" and self.words[index].form == "ing"

    def dangles(self, word: Word) -> bool:
        """Whether the last word of a stretch has lost what stood behind it."""
        free = self.sets["particles"] | self.sets["ways"]
        return (word.kind in _HANGS and word.lower not in free) or word.kind == "PUNCT"

    def is_near(self, near: Word, mover: Mover) -> bool:
        """Whether a word stands in the sentence of what may move and is no mark."""
        return near.sentence == self.words[mover.index].sentence and near.text not in MARKS


def _own(drafts: Sequence[Draft]) -> list[Draft]:
    """Sentences without the words of the coach in them."""
    return [tuple(bit for bit in draft if not bit.coach) for draft in drafts]
