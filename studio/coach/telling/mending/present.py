"""A tale in the past told in the present: "they crossed a bog and chased a moth" is what they do now.

A sentence is changed where the doer of every past verb in it is known; else it stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.wording.naming import is_plural, is_proper
from studio.coach.telling.wording.phrasing import finite

__all__ = ["in_the_present"]

_PAST = {"preterite", "past"}
_HELPERS = {
    "was": "is", "were": "are", "had": "has", "did": "does", "could": "can", "couldn't": "can't", "couldn’t": "can’t",
    "didn't": "doesn't", "didn’t": "doesn’t", "wasn't": "isn't", "weren't": "aren't", "would": "will",
}  # fmt: skip
_OF_MANY = {"has": "have", "does": "do", "doesn't": "don't", "doesn’t": "don’t"}
_MANY = {"they", "we", "you", "i", "both"}
_CLAUSES = {"ROOT", "conj", "parataxis", "advcl", "ccomp", "acl:relcl"}
_PRESENT = {"is", "are", "has", "have", "'s", "'re", "’s", "’re"}
_MOST = 3  # sentences of a tale that a clip may hold
_RELATIVE = {"who", "which", "that"}


def in_the_present(parse: Parse) -> Iterator[Edit]:
    """An edit for each past verb of a tale."""
    told = [_told(row, parse) for row in parse.reading.sentences]
    if sum(edits is not None for edits in told) <= _MOST:
        for edits in told:
            yield from edits or ()


def _told(row: Sequence[Word], parse: Parse) -> list[Edit] | None:
    """The edits of one sentence; nothing where the number of a doer is not known."""
    subjects = {word.head: word for word in reversed(row) if word.dep.startswith("nsubj") and word.head != word.index}
    verbs = [word for word in row if _is_past(word, row, parse)]
    if not any(word.kind == "VERB" and word.index in subjects for word in verbs):
        return None
    now = any((w.kind == "VERB" and w.form == "s") or (w.kind == "AUX" and w.lower in _PRESENT) for w in row)
    bare = all(_lemma(verb) == verb.lower for verb in verbs)  # "the ball hit the wall" may be now
    if now or bare or any(_is_open(word, row) and word not in verbs for word in row):
        return None
    root = next((w for w in row if w.dep == "ROOT"), None)
    if root is not None and root not in verbs and any(form in _PAST for _, form in root.verbs) and root.form != "s":
        return None  # "a man dressed in black walked": what was not read may be the verb
    edits: list[Edit] = []
    for verb in verbs:
        many = _many(verb, subjects, row, parse)
        if many is None:
            return None
        if verb.kind == "AUX" or verb.lower in _HELPERS:
            text = _HELPERS[verb.lower]
            text = _OF_MANY.get(text, text) if many else text
        else:
            text = finite(verb.but(kind="VERB", form="past", lemma=_lemma(verb)), many, parse)
        edits.append(Edit(start=verb.start, end=verb.end, replacement=text))
    return edits


def _is_open(word: Word, row: Sequence[Word]) -> bool:
    """Whether a participle behind a mark may be a further verb of the tale: "welcomed him in, offered clothes"."""
    place = word.index - row[0].index
    return (
        word.form == "participle"
        and word.dep in {"conj", "ROOT"}
        and place > 0
        and row[place - 1].lower in {",", "and"}
    )


def _lemma(verb: Word) -> str:
    return next((lemma for lemma, form in verb.verbs if form in {"preterite", "past"}), verb.lemma)


def _is_past(word: Word, row: Sequence[Word], parse: Parse) -> bool:
    """Whether a word is a finite verb of a tale: "opened", "was", "chased" in a row of such."""
    if parse.masks.hides(word.start, word.end):
        return False
    ahead = [near for near in row[: word.index - row[0].index] if near.kind != "ADV" and near.lower != "never"]
    before = ahead[-1] if ahead else None
    helped = before is not None and (before.kind == "AUX" or before.lower in {"been", "being", "n't", "not", "to"})
    if word.lower in _HELPERS and word.kind in {"AUX", "VERB"}:
        return not (before is not None and before.kind == "AUX")
    if word.kind == "VERB" and word.form in _PAST and word.dep in _CLAUSES:
        led = any(w.head == word.index and w.dep.startswith("nsubj") for w in row)
        return not helped and (word.form == "preterite" or led or _in_a_row(word, row))
    return word.form == "participle" and not helped and _in_a_row(word, row)


def _in_a_row(word: Word, row: Sequence[Word]) -> bool:
    """ "Crossed a bog, chased moths, and sang": a past verb behind a comma or an "and", after another."""
    place = word.index - row[0].index
    if place == 0 or row[place - 1].lower not in {",", "and", "then", "but"}:
        return False
    near = row[place - 2] if place > 1 else None
    if near is not None and near.kind == "VERB" and near.form in _PAST and row[place - 1].lower == "and":
        return True  # "smiled and pointed"
    first = next((w for w in row[:place] if w.kind == "VERB" and w.form in _PAST and w.dep == "ROOT"), None)
    led = first is not None and any(w.head == first.index and w.dep.startswith("nsubj") for w in row)
    if not led or (word.dep == "conj" and word.kind == "VERB"):
        return led
    more = row[place + 1 :]
    goes_on = any(a.lower in {"and", "then"} and b.form in _PAST for a, b in pairwise(more))
    after = more[0] if more else None
    return goes_on and after is not None and after.kind in {"DET", "NOUN", "PRON", "ADJ"}


def _many(verb: Word, subjects: dict[int, Word], row: Sequence[Word], parse: Parse) -> bool | None:
    """Whether several do it; nothing where it is not known who does."""
    helped = next((w for w in row if w.index > verb.index and verb.head == w.index), None)
    who = subjects.get(verb.index) or (subjects.get(verb.head) if verb.kind == "AUX" or helped is not None else None)
    if who is None and (verb.dep == "conj" or verb.form == "participle"):
        heads = (w for w in reversed(row) if w.index < verb.index and w.index in subjects and w.kind == "VERB")
        first = next((w for w in heads if w.form in _PAST), None)
        who = subjects.get(verb.head) or (subjects[first.index] if first is not None else None)
    if who is None or who.lower in {"i", *parse.vocabulary.camera.subjects}:
        return None
    between = row[who.index - row[0].index + 1 : verb.index - row[0].index]
    if verb.dep != "conj" and any(w.kind == "VERB" and w.form in {"s", "base"} for w in between):
        return None  # of whom it is said is not sure
    if who.kind == "PRON" and who.lower in _RELATIVE:
        noun = next((w for w in reversed(row) if w.index < who.index and w.kind == "NOUN"), None)
        return None if noun is None else is_plural(noun, named=is_proper(noun, parse))
    if who.kind == "PRON":
        return who.lower in _MANY
    joined = any(w.dep == "conj" and w.head == who.index and w.index < verb.index for w in row)
    return joined or is_plural(who, named=is_proper(who, parse))
