"""Which of the author's words reach an engine in no form: not in its prompt, not in what is listed as left out."""

from __future__ import annotations

import re

from studio.coach.cues.parse import Parse
from studio.coach.cues.shots import first_shot
from studio.coach.language.words import Word
from studio.coach.telling.accounting import says_something
from studio.shot import Span

__all__ = ["unsaid"]

_ASPECTS = {"begin", "start", "continue", "keep", "proceed", "resume"}
_TOLD_OTHERWISE = {"ADV", "NOT", "NUM"}  # "slow" becomes "slowly", "then" an order, "3" a time


def unsaid(parse: Parse, said: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The author's words that stand nowhere in `said`, neighbours joined: those of the still, those of later motion.

    Words of a camera move are told as the move, and times, flags and what is not wanted have places of their own.
    """
    forms = _forms(re.findall(r"\w+", said.lower()), parse)
    end = first_shot(parse)
    acts = {index for event in parse.events for index in range(event.first, event.last)}
    begun = _begun(parse)
    elsewhere = [found.span for found in parse.moves] + [mark.span for mark in parse.masks.times]
    elsewhere += [*parse.masks.flags, *parse.masks.unwanted, *(cue.span for cue in parse.labelled("negation"))]
    apart = bytearray(len(parse.prompt))
    for span in elsewhere:
        apart[span.start : span.end] = b"\1" * (span.end - span.start)
    shown: list[list[Word]] = []
    later: list[list[Word]] = []
    last = None
    for word in parse.reading.words:
        lost = says_something(word, parse) and word.kind not in _TOLD_OTHERWISE and not apart[word.start]
        lost = lost and word.index not in begun
        if not lost or not forms.isdisjoint(_forms([*re.findall(r"\w+", word.lower), word.lemma], parse)):
            last = last if not says_something(word, parse) and word.kind != "PUNCT" else None
            continue
        rows = later if word.index in acts or word.start >= end else shown
        if last is rows:
            rows[-1].append(word)
        else:
            rows.append([word])
        last = rows
    return _spans(shown, parse), _spans(later, parse)


def _begun(parse: Parse) -> set[int]:
    """The "starts" of "rain starts to fall", the "keeps" of "keeps running": when it falls, a beat says by itself."""
    words = parse.reading.words
    begun: set[int] = set()
    for event in parse.events:
        place = event.verb - 1
        while place > 0 and (words[place].kind == "ADV" or words[place].lower == "to"):
            place -= 1
        led = place >= 0 and words[place].lemma in _ASPECTS and words[place].sentence == words[event.verb].sentence
        if led and words[event.verb].form in {"base", "ing", "gerund"}:
            begun.add(place)
    return begun


def _forms(words: list[str], parse: Parse) -> set[str]:
    """The words with every dictionary form that they may have."""
    singulars, verbs = parse.vocabulary.singulars, parse.vocabulary.verb_forms
    found = set(words) | {singulars.get(word, word) for word in words}
    return found | {lemma for word in words for lemma, _ in verbs.get(word, ())}


def _spans(rows: list[list[Word]], parse: Parse) -> tuple[Span, ...]:
    return tuple(Span.of(parse.prompt, row[0].start, row[-1].end) for row in rows)
