"""The articles that a caption leaves out: "hand pushes plate", "car driving down road"."""

from __future__ import annotations

from collections.abc import Sequence

from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.draft import Bit, Draft

__all__ = ["with_articles"]

_THINGS = {"thing", "vehicle", "body", "person", "animal", "scenery"}
_WAYS = {
    "down", "across", "over", "through", "along", "onto", "into", "under", "around", "behind", "past", "toward",
    "towards", "from", "off", "against", "beside", "near", "above", "below", "beneath", "between", "inside",
}  # fmt: skip
"""Prepositions behind which a single thing has its article; not "at night", "on fire", "by car", "to work"."""
_LIGHT = {"take", "make", "have", "give", "do", "lose", "gain", "catch", "shed", "play", "go", "turn", "become", "form"}
"""Verbs of what has no article: "takes root", "plays guitar", "turns into stone"."""
_INSIDE = {"ADJ", "NOUN"}


def with_articles(draft: Draft, parse: Parse) -> Draft:
    """A sentence with "the" before each single thing that its author left bare behind a verb or a way."""
    words = parse.reading.words
    said = {bit.source for bit in draft if not bit.coach}
    verbs = {event.verb for event in parse.events if event.verb in said and event.lemma not in _LIGHT}
    bits = list(draft)
    for place in range(len(bits) - 1, 0, -1):
        noun = _word(bits[place], words)
        if noun is None or not _counts(noun, parse) or _is_named(noun, parse):
            continue
        start = place
        while start and (near := _word(bits[start - 1], words)) is not None and near.kind in _INSIDE:
            if near.index != (_word(bits[start], words) or noun).index - 1:
                break
            start -= 1
        before = _word(bits[start - 1], words) if start else None
        opening = _word(bits[start], words)
        if before is None or opening is None or not opening.text.islower() or before.index > opening.index:
            continue
        if any(near.kind != "ADJ" for near in words[before.index + 1 : opening.index]):
            continue
        led = before.index in verbs or (before.kind == "PREP" and before.lower in _WAYS)
        if led and not _pairs(noun, before, words):
            bits.insert(start, Bit("the", filler=True))
    return tuple(bits)


def _word(bit: Bit, words: Sequence[Word]) -> Word | None:
    return words[bit.source] if bit.source is not None and not bit.coach else None


def _counts(noun: Word, parse: Parse) -> bool:
    """Whether a noun is one thing of a known kind, and no stuff: "plate", not "water", "plates", "dusk"."""
    vocabulary = parse.vocabulary
    single = noun.kind == "NOUN" and not noun.plural and noun.text.islower()
    either = vocabulary.nouns.irregular_plural.get(noun.lower) == noun.lower
    stuff = noun.lower in {*vocabulary.nouns.mass} | vocabulary.sets["times_of_day"] | vocabulary.sets["meals"]
    hidden = parse.masks.hides(noun.start, noun.end)
    return single and not (either or stuff or hidden) and vocabulary.noun_kinds.get(noun.lower, "") in _THINGS


def _is_named(noun: Word, parse: Parse) -> bool:
    """Whether a noun only stands before another, or is numbered: "kitchen door", "room 12"."""
    words, prompt = parse.reading.words, parse.prompt
    after = words[noun.index + 1] if noun.index + 1 < len(words) else None
    if after is None or after.sentence != noun.sentence:
        return False
    joined = after.start == noun.end + 1 and after.kind in {"NUM"}
    return after.kind == "NOUN" or joined or after.lower in {"'s", "’s"} or prompt[noun.end : after.start] == "-"


def _pairs(noun: Word, before: Word, words: Sequence[Word]) -> bool:
    """ "From head to toe", "side by side": a pair that has no article."""
    after = words[noun.index + 1 : noun.index + 3]
    behind = len(after) == 2 and after[0].lower in {"to", "by", "in"} and after[1].kind == "NOUN"
    ahead = before.index and words[before.index - 1].lower == noun.lower
    return bool(ahead) or (behind and (before.lower == "from" or after[1].lower == noun.lower))
