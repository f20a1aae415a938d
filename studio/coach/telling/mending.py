"""The prompt as its author would have written it with care: slips of the keyboard undone, requests made statements,
clauses that run together parted. What is told, laid out in time and said to an engine is read from this text; every
span is given back as a span of the prompt.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from studio.advice import Edit, Fix, Span
from studio.coach.cues.parse import Parse
from studio.coach.language.times import HEADINGS
from studio.coach.language.words import Word
from studio.coach.telling.accounting import says_something
from studio.coach.telling.run_on import find_seams
from studio.coach.vocabulary.phrases import Phrases

__all__ = ["Mended", "mend"]

_LONGEST = 4000  # characters: past these nobody writes one clause into the other
_ASKED = re.compile(r"\?(?=\s*\Z)")


@dataclass(frozen=True)
class Mended:
    """A prompt and the text that is read in its place; `parse` is the reading of that text.

    Attributes:
        source: the prompt itself, read.  edits: what turns the prompt into the text, in order; none overlap.
    """

    source: Parse
    parse: Parse
    edits: tuple[Edit, ...] = ()

    def back(self, span: Span) -> Span:
        """A span of the text as a span of the prompt."""
        if not self.edits:
            return span
        start, end = self._place(span.start, last=False), self._place(span.end, last=True)
        return Span.of(self.source.prompt, min(start, end), end)

    def unsaid(self) -> tuple[Span, ...]:
        """Words of the prompt that say something and have no place in the text: "I took this photo"."""
        cut = [edit for edit in self.edits if not edit.replacement.strip()]
        words = self.source.reading.words
        gone = [
            [w for w in words if edit.start <= w.start < edit.end and says_something(w, self.source)] for edit in cut
        ]
        return tuple(Span.of(self.source.prompt, row[0].start, row[-1].end) for row in gone if row)

    @cached_property
    def _marks(self) -> list[tuple[int, int, Edit]]:
        """Of each edit: where its replacement begins and ends in the text."""
        marks, shift = [], 0
        for edit in self.edits:
            begin = edit.start + shift
            marks.append((begin, begin + len(edit.replacement), edit))
            shift += len(edit.replacement) - (edit.end - edit.start)
        return marks

    def _place(self, place: int, *, last: bool) -> int:
        index = bisect_right([begin for begin, _, _ in self._marks], place) - 1
        if index < 0:
            return place
        _, end, edit = self._marks[index]
        if place < end or (last and place == end):
            return edit.end if last and place > self._marks[index][0] else edit.start
        return place - end + edit.end


def mend(source: Parse, read: Callable[[str], Parse]) -> Mended:
    """Mend a prompt; `read` reads a text. A prompt without a slip, a request or a run-on stays as it is."""
    timed = any(mark.kind in HEADINGS for mark in source.masks.times)  # a beat sheet stands as it is
    if source.foreign or timed or len(source.prompt) > _LONGEST:
        return Mended(source, source)
    asked = tuple(_Asker(source).edits())
    first = _without_overlap([*_slips(source), *asked])
    text = Fix(title="", safety="safe", edits=first).apply(source.prompt) if first else source.prompt
    told = Mended(source, read(text) if first else source, first)
    seams = tuple(_seams(told.parse))
    if not seams:
        return told
    parted = Fix(title="", safety="safe", edits=seams).apply(text)
    back = (told.back(Span.of(text, seam.start, seam.end)).start for seam in seams)
    placed = [seam.but(start=place, end=place) for seam, place in zip(seams, back, strict=True)]
    edits = _without_overlap([*first, *placed])
    if Fix(title="", safety="safe", edits=edits).apply(source.prompt) != parted:
        return told
    return Mended(source, read(parted), edits)


def _without_overlap(edits: list[Edit]) -> tuple[Edit, ...]:
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return tuple(kept)


def _slips(parse: Parse) -> Iterator[Edit]:
    """ "Coffe": a word that was read as another is written as that one."""
    words = parse.reading.words
    for word in words:
        plain = word.text.lower().replace("’", "'")
        if word.lower == plain or not word.lower.isalpha() or parse.masks.hides(word.start, word.end):
            continue
        if word.index + 1 < len(words) and words[word.index + 1].kind == "NUM":
            continue  # "portra 400" is the name of something
        meant = word.lower.capitalize() if word.text.istitle() else word.lower
        yield Edit(start=word.start, end=word.end, replacement=meant.upper() if word.text.isupper() else meant)


def _seams(parse: Parse) -> Iterator[Edit]:
    """What the author left out between two clauses."""
    words = parse.reading.words
    for seam in find_seams(parse):
        place = words[seam.index - 1].end
        gap = " and" if seam.mark == "and" else seam.mark
        yield Edit(start=place, end=place, replacement=gap)


class _Asker:
    """What is said to the machine and not of the picture: "can you make", "please", "bring it to life"."""

    def __init__(self, parse: Parse) -> None:
        self.parse, self.words = parse, parse.reading.words
        telling = parse.vocabulary.telling
        self.courtesy = Phrases([(phrase, "cut") for phrase in telling.courtesy])
        self.pleas = Phrases([(phrase, "cut") for phrase in telling.pleas])

    def edits(self) -> Iterator[Edit]:
        lowers = self.parse.reading.lowers
        asked = False
        for start in self.parse.reading.starts.values():
            opening = self._opening(start)
            asked = asked or opening is not None
            yield from [opening] if opening is not None else []
        for first, last, _ in self.pleas.find(lowers):
            if self._alone(first, last):
                yield self._cut(first, last)
        for first, last, _ in self.courtesy.find(lowers):
            if not self.parse.masks.hides(self.words[first].start, self.words[first].end):
                asked = True
                yield self._cut(first, last)
        if asked and (mark := _ASKED.search(self.parse.prompt)):
            yield Edit(start=mark.start(), end=mark.end(), replacement=".")

    def _opening(self, start: int) -> Edit | None:
        """ "Could the birds fly", "I took this photo of", "This is": what only leads to what is to be seen."""
        words = [w for w in self.words[start : start + 9] if w.sentence == self.words[start].sentence]
        lowers = [w.lower for w in words]
        if len(words) < 4 or self.parse.masks.hides(words[0].start, words[0].end):
            return None
        modal = lowers[0] in {"can", "could", "would", "should", "may", "might"} and lowers[1] not in {"you", "i", "we"}
        if modal and any(w.kind == "VERB" and w.form == "base" for w in words[1:]):
            capital = words[0].text[0].isupper()
            return Edit(start=words[0].start, end=words[0].end, replacement="Make" if capital else "make")
        last = self._shown(words, lowers)
        return self._cut(start, start + last) if last else None

    def _shown(self, words: list[Word], lowers: list[str]) -> int:
        """How many words say only that there is a picture: "this is a photo of", "I took this photo of", "this is"."""
        views = self.parse.vocabulary.sets["telling_views"]
        taken = lowers[0] in {"i", "we", "here", "this"} and words[1].kind in {"VERB", "AUX"}
        for place, lower in enumerate(lowers[1:], 1):
            if taken and lower == "of" and lowers[place - 1] in views:
                return place + 1
            if words[place].kind not in {"DET", "ADJ", "NOUN", "VERB", "AUX", "PREP"}:
                break
        shown = lowers[0] in {"this", "here", "that"} and lowers[1] in {"is", "'s", "are"}
        mine = shown and words[2].lower in {"my", "our", "a", "an", "the"} and not views & set(lowers)
        return 2 if mine else 0

    def _alone(self, first: int, last: int) -> bool:
        """Whether a phrase is a clause of its own."""
        before = self.words[first - 1] if first else None
        after = self.words[last] if last < len(self.words) else None
        sentence = self.words[first].sentence
        return all(
            near is None or near.kind in {"PUNCT", "CONJ"} or near.sentence != sentence for near in (before, after)
        )

    def _cut(self, first: int, last: int) -> Edit:
        """Take ``words[first:last]`` out with the space or the comma that held them."""
        prompt = self.parse.prompt
        start, end = self.words[first].start, self.words[last - 1].end
        ends = last >= len(self.words) or self.words[last].kind == "PUNCT"
        if not ends:
            return Edit(start=start, end=self.words[last].start, replacement="")
        while start > 0 and prompt[start - 1] in " ,":
            start -= 1
        return Edit(start=start, end=end, replacement="")
