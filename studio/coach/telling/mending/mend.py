"""The prompt as its author would have written it with care: slips of the keyboard undone, requests made statements,
clauses that run together parted, a sheet in braces said in sentences. What is told, laid out in time and said to an
engine is read from this text; every span is given back as a span of the prompt.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from studio.advice import Edit, Fix, Span
from studio.coach.cues.parse import Parse
from studio.coach.language.times import HEADINGS
from studio.coach.language.words import Word
from studio.coach.telling.accounting import says_something
from studio.coach.telling.captions.deeds import deeds
from studio.coach.telling.captions.finders import find_captions
from studio.coach.telling.mending.brackets import brackets, timed_brackets
from studio.coach.telling.mending.endings import endings
from studio.coach.telling.mending.frames import frames
from studio.coach.telling.mending.lead_ins import lead_ins
from studio.coach.telling.mending.panels import panels
from studio.coach.telling.mending.present import in_the_present
from studio.coach.telling.mending.requests import requests
from studio.coach.telling.mending.run_on import find_seams
from studio.coach.telling.mending.sheets import say_lines, say_sheet
from studio.coach.telling.mending.slips import slips
from studio.coach.telling.mending.spaces import wide_spaces
from studio.coach.telling.mending.speakers import speakers
from studio.coach.telling.mending.splices import splices
from studio.coach.telling.mending.switches import switches
from studio.coach.telling.wording.articles import telegrams
from studio.coach.telling.wording.changes import revised, stem, traced
from studio.coach.telling.wording.phrasing import finite
from studio.coach.telling.wording.titles import titles
from studio.coach.vocabulary.phrases import Phrases

__all__ = ["Mended", "mend"]

_LONGEST = 4000  # characters: past these nobody writes one clause into the other
_GOING_ON = {"begin", "start", "stop", "keep", "continue", "try", "go", "finish", "be", "enjoy", "come"}
_SELVES = {"he", "she", "it", "they"}
_ROW = 24  # words of a wish
_WISHING = {"need", "want", "like", "wish"}
_WISH = 7  # words of "I want a short video where"
_BRACES = re.compile(r'["{}\[\]]')
_MEANWHILE = re.compile(
    r"(?:\A|(?<=[.!?] ))As the (?:scene|video|clip|shot|sequence|story|footage) "
    r"(?:progresses|unfolds|continues|goes on|evolves|develops|plays out),\s*(\w)"
)
"""What is said of the clip and not of what is seen in it."""
_ASKED = re.compile(r"\?(?=\s*\Z)")


@dataclass(frozen=True)
class Mended:
    """A prompt and the text that is read in its place; `parse` is the reading of that text.

    Attributes:
        source: the prompt itself, read.  edits: what turns the prompt into the text, in order; none overlap.
        foreign: whether its author writes English by the grammar of another language.
        named: whether a motion was only named in it: "slow head turn".
    """

    source: Parse
    parse: Parse
    edits: tuple[Edit, ...] = ()
    foreign: bool = False
    named: bool = False

    def back(self, span: Span) -> Span:
        """A span of the text as a span of the prompt."""
        if not self.edits:
            return span
        start, end = self._place(span.start, last=False), self._place(span.end, last=True)
        if self.source.foreign:  # of a sheet the values
            marks = [edit for edit in self.edits if edit.start < end and start < edit.end and edit.end > edit.start + 1]
            start = max([start, *(edit.end for edit in marks if edit.start <= start)])
            end = min([end, *(edit.start for edit in marks if edit.start > start)])
        return Span.of(self.source.prompt, min(start, end), end)

    def unsaid(self) -> tuple[Span, ...]:
        """Words of the prompt that say something and have no place in the text: "I took this photo"."""
        return self._cut(moved=False)

    def moved(self) -> tuple[Span, ...]:
        """Words that stand in another place of the text or in another form: "pouring tea", tea is poured."""
        return self._cut(moved=True)

    def _cut(self, *, moved: bool) -> tuple[Span, ...]:
        bare = {"the", "a", "an"}
        cut = [
            e for e in self.edits if e.replacement.strip().lower() in bare or not any(map(str.isalnum, e.replacement))
        ]
        if self.source.foreign:  # of a sheet the values; its keys and braces say nothing
            cut = [edit for edit in cut if not _BRACES.search(self.source.prompt[edit.start : edit.end])]
        films = self.source.vocabulary.camera.subjects
        brought = {stem(word) for edit in self.edits for word in edit.replacement.split()}
        words = [w for w in self.source.reading.words if says_something(w, self.source)]
        words = [w for w in words if (w.lower in films or stem(w.text) in brought) == moved]
        gone = [[w for w in words if edit.start <= w.start < edit.end] for edit in cut]
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
    if source.foreign == "JSON" and len(source.prompt) <= _LONGEST:
        return _said(source, read)
    if source.foreign or len(source.prompt) > _LONGEST:
        return Mended(source, source)
    text, parse, foreign, named = source.prompt, source, False, False
    origins = list(range(len(text)))
    steps = timed_brackets(text)
    if steps:
        text = Fix(title="", safety="safe", edits=steps).apply(text)
        origins = revised(origins, steps)
        parse = read(text)
    if any(mark.kind in HEADINGS for mark in parse.masks.times):  # a beat sheet stands as it is
        return Mended(source, parse, traced(source.prompt, text, origins)) if steps else Mended(source, source)
    done: dict[bool, tuple[str, bool]] = {}  # what each kind of pass had nothing more to say of
    for parted in (False, True, False, True):  # an ending may show only where a clause has its own begin
        if done.get(parted) == (text, foreign):
            continue
        done[parted] = (text, foreign)
        ends = tuple(endings(parse, foreign=foreign))
        foreign = foreign or bool(ends)
        named = named or any(True for _ in deeds(parse))
        made = _without_overlap([*ends, *(_clauses(parse, foreign=foreign) if parted else _words(parse))])
        if made:
            text = Fix(title="", safety="safe", edits=made).apply(text)
            origins = revised(origins, made)
            parse = read(text)
    edits = traced(source.prompt, text, origins)
    return Mended(source, parse, edits, foreign, named) if edits else Mended(source, source)


def _words(parse: Parse) -> Iterator[Edit]:
    """What is said wrong, or to the machine."""
    yield from switches(parse)
    yield from slips(parse)
    yield from wide_spaces(parse)
    yield from panels(parse)
    yield from speakers(parse)
    yield from titles(parse)
    yield from brackets(parse)
    yield from telegrams(parse)
    yield from find_captions(parse)
    yield from frames(parse)
    yield from requests(parse)
    yield from lead_ins(parse)
    yield from in_the_present(parse)
    yield from deeds(parse)
    yield from _Asker(parse).edits()
    yield from say_lines(parse.prompt)


def _clauses(parse: Parse, *, foreign: bool) -> Iterator[Edit]:
    """The marks that are missing between clauses."""
    yield from _seams(parse)
    yield from splices(parse, foreign=foreign)


def _said(source: Parse, read: Callable[[str], Parse]) -> Mended:
    """A sheet in braces as sentences."""
    edits = say_sheet(source.prompt)
    text = Fix(title="", safety="safe", edits=edits).apply(source.prompt)
    parse = read(text)
    return Mended(source, source) if parse.foreign or not text.strip() else Mended(source, parse, edits)


def _without_overlap(edits: list[Edit]) -> tuple[Edit, ...]:
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end > edit.start, -edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return tuple(kept)


def _seams(parse: Parse) -> Iterator[Edit]:
    """What the author left out between two clauses, and between two participles: "smiling taking a selfie"."""
    words = parse.reading.words
    for first, second in pairwise(words):
        doing = all(word.kind == "VERB" and word.form == "ing" for word in (first, second))
        if doing and first.lemma not in _GOING_ON and parse.prompt[first.end : second.start].isspace():
            yield Edit(start=first.end, end=first.end, replacement=",")
    for seam in find_seams(parse):
        tail = words[seam.index - 1]
        if seam.mark == "and" and parse.prompt[tail.start - 1 : tail.start] == "-":
            continue  # "cuts cross-section slices"
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
        for match in _MEANWHILE.finditer(self.parse.prompt):
            yield Edit(start=match.start(), end=match.end(), replacement=match[1].upper())
        for first, last, _ in self.pleas.find(lowers):
            if self._alone(first, last):
                asked_for = first > 0 and self.words[first - 1].lower == "please"
                yield self._cut(first - asked_for, last)
        for first, last, _ in self.courtesy.find(lowers):
            if not self.parse.masks.hides(self.words[first].start, self.words[first].end):
                asked = True
                yield self._cut(first, last)
        for word in self.words:
            yield from self._wished(word)
            if word.kind == "AUX" and word.lower in self.parse.vocabulary.sets["telling_modals"]:
                yield from self._should(word)
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
        if lowers[0] in {"so", "okay", "ok"} and words[1].kind in {"DET", "PRON", "NOUN"}:
            return self._cut(start, start + 1)
        last = self._shown(words, lowers)
        return self._cut(start, start + last) if last else None

    def _should(self, modal: Word) -> Iterator[Edit]:
        """ "They should look up and smile": they look up and smile."""
        words = [w for w in self.words[modal.index + 1 : modal.index + _ROW] if w.sentence == modal.sentence]
        who = self.words[modal.index - 1] if modal.index else modal
        if who.kind == "NOUN":
            yield from self._should_be(who, modal, words)
            return
        verb = next((word for word in words if word.kind != "ADV"), modal)  # "he should just walk away"
        asked = who.lower in _SELVES and verb.kind == "VERB" and verb.form == "base"
        before = self.words[who.index - 1] if who.index else None
        opens = before is None or before.sentence != who.sentence or before.kind in {"PUNCT", "CONJ"}
        opens = opens or (before is not None and before.form in {"ing", "gerund"})  # "instead of smiling she should"
        if not asked or not opens or self.parse.masks.hides(modal.start, modal.end):
            return
        yield Edit(start=modal.start, end=words[0].start, replacement="")
        yield from self._inflected(words[verb.index - words[0].index :], who.lower)

    def _should_be(self, who: Word, modal: Word, words: list[Word]) -> Iterator[Edit]:
        """ "The lamps should be glowing": they are; what nobody can take for a motion is asked of nobody."""
        ahead = self.words[self.parse.reading.starts[who.sentence] : who.index]
        alone = all(w.kind in {"DET", "ADJ", "NOUN", "NUM"} for w in ahead) and not self._is_shown(who)
        goes_on = len(words) > 1 and words[0].lower == "be" and (words[1].form == "ing" or words[1].kind == "ADJ")
        if alone and goes_on and modal.lower in {"should", "must"} and not self.parse.masks.hides(who.start, modal.end):
            yield Edit(start=modal.start, end=words[0].end, replacement="are" if who.plural else "is")

    def _is_shown(self, who: Word) -> bool:
        """Whether a noun is the clip or a part of it: "the shots should be ..."."""
        return who.lower in self.parse.vocabulary.sets["telling_views"] | {"shots", "scenes", "video", "clip"}

    def _inflected(self, words: list[Word], who: str) -> Iterator[Edit]:
        """A row of commands as what one does: "smile and wave" becomes "smiles and waves"."""
        before = words[0]
        for word in words:
            first = word.index == words[0].index
            row = first or before.lower in {"and", "then", ","} or (before.kind == "ADV" and word.kind == "VERB")
            if row and word.form == "base" and word.kind == "VERB" and who != "they":
                yield Edit(start=word.start, end=word.end, replacement=finite(word, False, self.parse))
            before = word

    def _wished(self, who: Word) -> Iterator[Edit]:
        """ "..., i want we walk": what follows is told."""
        lead = self.words[max(0, who.index - 2) : who.index]
        wish = [w for w in lead if w.sentence == who.sentence and w.lower in {"i", *_WISHING, "that"}]
        wished = [word.lower for word in wish][:2] == ["i", lead[1].lower] if len(lead) == 2 else False
        if wished and lead[1].lower in _WISHING and who.lower in {"we", "he", "she", "they", "it"}:
            yield Edit(start=lead[0].start, end=who.start, replacement="")

    def _shown(self, words: list[Word], lowers: list[str]) -> int:
        """How many words say only that there is a picture: "this is a photo of", "I took this photo of", "this is"."""
        views = self.parse.vocabulary.sets["telling_views"]
        taken = lowers[0] in {"i", "we", "here", "this"} and words[1].kind in {"VERB", "AUX"}
        if lowers[0] in {"i", "we"} and lowers[1] in _WISHING:
            for place in range(2, min(len(lowers), _WISH)):
                if lowers[place] in {"where", "of", "in"} and lowers[place - 1] in views | {
                    "video",
                    "clip",
                    "animation",
                }:
                    return place + 1 + (lowers[place : place + 2] == ["in", "which"])
        if lowers[0] in {"do", "does"} and words[1].kind == "DET":
            acts = next((w for w in words[2:] if w.kind == "VERB"), None)
            return 1 if acts is not None and acts.form in {"ing", "base"} else 0  # "do the horse running"
        if lowers[0] == "animate" and "so" in lowers[1:5]:
            so = lowers.index("so")
            return so + 1 + (lowers[so + 1 : so + 2] == ["that"])  # "animate the picture so the lady smiles"
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
            near is None or near.kind in {"PUNCT", "CONJ"} or near.sentence != sentence or near.lower == "please"
            for near in (before, after)
        )

    def _cut(self, first: int, last: int) -> Edit:
        """Take ``words[first:last]`` out with the space or the comma that held them."""
        prompt = self.parse.prompt
        start, end = self.words[first].start, self.words[last - 1].end
        opens = first in self.parse.reading.starts.values()
        if opens and last + 1 < len(self.words) and self.words[last].text in {".", "!"}:
            return Edit(start=start, end=self.words[last + 1].start, replacement="")  # a sentence by itself
        ends = last >= len(self.words) or self.words[last].kind == "PUNCT"
        if not ends:
            return Edit(start=start, end=self.words[last].start, replacement="")
        while start > 0 and prompt[start - 1] in " ,":
            start -= 1
        return Edit(start=start, end=end, replacement="")
