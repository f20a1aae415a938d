"""A text in the making that knows, word by word, what it took from the prompt and what is the coach's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from studio.coach.language.words import Reading, Word
from studio.shot import Span

__all__ = ["Bit", "Draft", "Text", "article", "coach", "echo", "fill", "render", "said", "sources"]

_TIGHT = re.compile(r"[,.;:!?…)\]}'’”]|n['’]t\b")
_OPENERS = {"(", "[", "{"}
_VOWEL = re.compile(r"(?!eu|uni(?!m|n)|us[aeu]|one\b|once\b|u\b)[aeiou]|(?:hour|honest|heir|x-ray)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bit:
    """A word of a draft.

    Attributes:
        source: the index of the word of the prompt that it says again, if it does.
        coach: whether it is the coach's proposal, whatever it is made of.
        filler: a word of grammar ("the", "and") that says nothing by itself.
        also: further words of the prompt that it says: a "tracking shot" is said by "follows".
    """

    text: str
    source: int | None = None
    coach: bool = False
    filler: bool = False
    also: tuple[int, ...] = ()


Draft = tuple[Bit, ...]


@dataclass(frozen=True)
class Text:
    """A finished text: the words of the prompt that it says, and the stretches that are the coach's."""

    text: str
    sources: frozenset[int]
    added: tuple[Span, ...]


def said(reading: Reading, first: int, last: int) -> Draft:
    """The words ``[first, last)`` of the prompt as they stand."""
    return tuple(Bit(word.text, word.index) for word in reading.words[first:last])


def sources(draft: Sequence[Bit]) -> set[int]:
    """The words of the prompt that a draft says."""
    own = {bit.source for bit in draft if bit.source is not None}
    return own.union(*(bit.also for bit in draft))


def coach(text: str) -> Draft:
    """Words of the coach's own."""
    return tuple(Bit(piece, coach=True) for piece in text.split())


def fill(text: str) -> Draft:
    """Words of grammar."""
    return tuple(Bit(piece, filler=True) for piece in text.split())


def echo(text: str, words: Iterable[Word], *, own: bool) -> Draft:
    """A sentence made elsewhere, with the words of the prompt that it says again; `own` marks it as the coach's."""
    known = list(words)
    bits: list[Bit] = []
    for bit in coach(text):
        bare = bit.text.strip(".,").lower().removesuffix("'s")
        word = next((w for w in known if w.lower == bare or (not own and _says(bare, w))), None)
        bits.append(
            Bit(bit.text, word.index if word else None, coach=own or (word is None and bare in {"camera", "slowly"}))
        )
    return tuple(bits)


def _says(bare: str, word: Word) -> bool:
    """Whether a word of the coach's sentence is the author's in another form: "juggles" for "juggling"."""
    if word.kind != "VERB":
        return word.lemma == bare
    stem = word.lemma.removesuffix("y") + "ie" if word.lemma.endswith("y") else word.lemma
    return bare in {word.lemma, f"{word.lemma}s", f"{word.lemma}es", f"{stem}s"}


def render(drafts: Iterable[Sequence[Bit]], reading: Reading) -> Text:
    """Each draft as a sentence: a capital, single spaces, "a" or "an", a full stop."""
    pieces: list[str] = []
    told: set[int] = set()
    spans: list[tuple[int, int]] = []
    at = 0
    for draft in drafts:
        bits = _trimmed(_with_articles(draft, reading))
        if not bits:
            continue
        if pieces:
            pieces.append(" ")
            at += 1
        for place, bit in enumerate(bits):
            before = bits[place - 1] if place else None
            gap = _gap(before, bit, reading) if before is not None else ""
            text = _articled(bit, bits[place + 1] if place + 1 < len(bits) else None)
            text = text if place else text[:1].upper() + text[1:]
            pieces.append(gap + text)
            at += len(gap)
            if bit.coach:
                joined = spans and spans[-1][1] + len(gap) >= at and place > 0
                spans[-1:] = [(spans[-1][0], at + len(text))] if joined else [*spans[-1:], (at, at + len(text))]
            at += len(text)
        told |= sources(bits)
        if not re.search(r"[.!?…][\"”’)\]]*\Z", "".join(pieces[-3:])):
            pieces.append(".")
            at += 1
            if all(bit.coach for bit in bits):
                spans[-1] = (spans[-1][0], at)
    text = "".join(pieces)
    return Text(text, frozenset(told), tuple(Span.of(text, start, end) for start, end in spans))


def _with_articles(draft: Sequence[Bit], reading: Reading) -> Sequence[Bit]:
    """With an article before each camera that its author left bare."""
    if reading.bare_cameras.isdisjoint(bit.source for bit in draft if bit.source is not None):
        return draft
    bits: list[Bit] = []
    for bit in draft:
        if bit.source in reading.bare_cameras and (not bits or bits[-1].text.lower() not in {"the", "a"}):
            bits += [Bit("the", filler=True), replace(bit, text=bit.text.lower())]
        else:
            bits.append(bit)
    return bits


def _trimmed(draft: Sequence[Bit]) -> list[Bit]:
    """Without marks at the ends and doubled marks between."""
    bits = [bit for bit in draft if bit.text.strip()]
    while bits and not any(c.isalnum() for c in bits[0].text) and bits[0].text not in "\"'“‘([#¡¿<":
        bits.pop(0)
    while bits and bits[-1].text in {",", ";", ":", "-", "–", "—", "&", "/", "|", "(", "[", "{"}:
        bits.pop()
    alone = _unpaired(bits)
    kept: list[Bit] = []
    for place, bit in enumerate(bits):
        if place in alone:
            continue
        if bit.text in {",", ";", ":"} and kept and kept[-1].text in {",", ";", ":", "(", "—", "–"}:
            continue
        if bit.text in {",", ";"} and kept and len(kept[-1].text) > 2 and kept[-1].text[:-1].isalpha():
            kept[-1] = replace(kept[-1], text=kept[-1].text.removesuffix("."))  # it ended a sentence by itself
        kept.append(bit)
    return kept


def _unpaired(bits: Sequence[Bit]) -> set[int]:
    """The places of brackets without their other half."""
    waiting: list[int] = []
    alone: set[int] = set()
    for place, bit in enumerate(bits):
        if bit.text in _OPENERS:
            waiting.append(place)
        elif bit.text in {")", "]", "}"}:
            alone |= set() if waiting else {place}
            waiting = waiting[:-1]
    quotes = [place for place, bit in enumerate(bits) if bit.text in {"“", "”"}]
    one = len(quotes) == 1
    straight = [place for place, bit in enumerate(bits) if bit.text == '"']
    ends = {place for place in straight if place in {0, len(bits) - 1}} if len(straight) % 2 else set()
    return alone | set(waiting) | (set(quotes) if one else set()) | ends


def _gap(before: Bit, bit: Bit, reading: Reading) -> str:
    """What stands between two words: what stood there in the prompt, if they were neighbours; else a space."""
    if before.source is not None and bit.source == before.source + 1:
        old = reading.text[reading.words[before.source].end : reading.words[bit.source].start]
        return " " if old.isspace() else old
    if _TIGHT.match(bit.text) and (bit.text[0] not in "'’" or len(bit.text) <= 3):
        return ""
    return "" if before.text in _OPENERS else " "


def _articled(bit: Bit, after: Bit | None) -> str:
    if bit.text.lower() not in {"a", "an"} or after is None or not after.text[:1].isalpha() or after.text.isupper():
        return bit.text
    return article(bit.text, after.text)


def article(given: str, after: str) -> str:
    """ "A" or "an", as the word behind it wants it, with the capital of the one that was given."""
    wanted = "an" if _VOWEL.match(after) else "a"
    return wanted.capitalize() if given[0].isupper() else wanted
