"""The articles that a caption leaves out: "hand pushes plate", "car driving down road"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.wording.draft import Bit, Draft

__all__ = ["telegrams", "with_articles"]

_THINGS = {"thing", "vehicle", "body", "person", "animal", "scenery"}
_WAYS = {
    "down", "across", "over", "through", "along", "onto", "into", "under", "around", "behind", "past", "toward",
    "towards", "from", "off", "against", "beside", "near", "above", "below", "beneath", "between", "inside",
}  # fmt: skip
"""Prepositions behind which a single thing has its article; not "at night", "on fire", "by car", "to work"."""
_LIGHT = {"take", "make", "have", "give", "do", "lose", "gain", "catch", "shed", "play", "go", "turn", "become", "form"}
"""Verbs of what has no article: "takes root", "plays guitar", "turns into stone"."""
_HOLDING = {"hold", "carry", "ride", "open", "close", "wear", "grab", "push", "pull", "lift", "hug", "pet"}
_PARTS = {
    "door", "gate", "roof", "window", "wall", "edge", "corner", "front", "back", "lid", "top", "side", "middle",
    "center", "end", "entrance", "wing",
}  # fmt: skip
_INSIDE = {"ADJ", "NOUN"}
_PLACES = {"on", "in", "atop"}
_BARE = {
    "fire", "foot", "bed", "home", "work", "school", "sea", "stage", "space", "front", "top", "motion", "love",
    "uniform", "town", "class", "church", "prison", "court", "hand", "place", "air", "mid-air", "frame", "focus",
    "vr", "ice", "earth",
}  # fmt: skip
"""What has no article behind "on", "in"."""


def with_articles(draft: Draft, parse: Parse) -> Draft:
    """A sentence with "the" before each single thing that its author left bare behind a verb or a way."""
    words = parse.reading.words
    said = {bit.source: bit.text.lower() for bit in draft if not bit.coach}
    acting = (event for event in parse.events if event.verb in said and event.lemma not in _LIGHT)
    verbs = {
        event.verb for event in acting if words[event.verb].dep != "amod" or said[event.verb] != words[event.verb].lower
    }
    verbs |= {word.index for word in words if word.index in said and word.kind == "VERB" and word.lemma in _HOLDING}
    bits = list(draft)
    if _opens_bare(bits, parse):
        bits.insert(0, Bit("the", filler=True))
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
        plain = opening is not None and (
            opening.text.islower() or (opening.kind == "ADJ" and noun.index > opening.index)
        )
        if before is None or opening is None or not plain or before.index > opening.index:
            continue
        if any(near.kind != "ADJ" for near in words[before.index + 1 : opening.index]):
            continue
        led = before.index in verbs or (before.kind == "PREP" and before.lower in _WAYS)
        led = led or _is_beside(noun, before, parse) or _is_part_of(noun, before, parse)
        if led and not _pairs(noun, before, words):
            bits.insert(start, Bit("the", filler=True))
    return tuple(bits)


def _is_beside(noun: Word, before: Word, parse: Parse) -> bool:
    """ "Dances with little girl": somebody, who has an article behind "with"."""
    after = parse.reading.words[noun.index + 1] if noun.index + 1 < len(parse.reading.words) else None
    acts = after is not None and after.sentence == noun.sentence and bool(after.verbs)  # "with distant owl calls"
    return before.lower == "with" and not acts and parse.vocabulary.noun_kinds.get(noun.lower) in {"person", "animal"}


def _is_part_of(noun: Word, before: Word, parse: Parse) -> bool:
    """ "Opens a gate of palace": the palace; not "a cup of tea"."""
    whole = parse.reading.words[before.index - 1].lower if before.lower == "of" and before.index else ""
    return whole in _PARTS and parse.vocabulary.noun_kinds.get(noun.lower) in _THINGS


def _opens_bare(bits: Sequence[Bit], parse: Parse) -> bool:
    """ "Background stays static", "lamp is off": a single thing and what is said of it."""
    words = parse.reading.words
    noun, verb = (_word(bit, words) for bit in bits[:2]) if len(bits) > 1 else (None, None)
    if noun is None or verb is None or verb.index != noun.index + 1 or bits[0].text != noun.lower:
        return False
    acts = verb.kind == "AUX" or (verb.kind == "VERB" and verb.form == "s")
    return acts and not noun.plural and (_counts(noun, parse) or noun.lower in {"background", "foreground", "scene"})


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


def telegrams(parse: Parse) -> Iterator[Edit]:
    """ "Robot walks through forest and finds flower": an edit for each article of a sentence that has none."""
    words = parse.reading.words
    acting = {event.verb: event.subject for event in parse.events}
    for noun in words:
        if not _is_telegram(noun, parse) or not _counts(noun, parse) or _is_named(noun, parse):
            continue
        start = noun.index
        while start and words[start - 1].kind in _INSIDE and words[start - 1].sentence == noun.sentence:
            start -= 1
        opening, before = words[start], words[start - 1] if start else None
        begins = before is None or before.sentence != noun.sentence or _clauses_meet(before, parse)
        capital = opening.text[:1].isupper() and start == parse.reading.starts[noun.sentence]
        if not opening.text.islower() and not capital:
            continue
        if any(not word.text.islower() for word in words[start + 1 : noun.index + 1]):
            continue
        does = any(subject == noun.index and words[verb].form == "s" for verb, subject in acting.items())
        led = before is not None and not begins and _leads(before, noun, parse, set(acting))
        if (begins and does) or led:
            article = "The" if capital else "the"
            lowered = capital and not opening.text[1:2].isupper()  # "LED sign"
            said = opening.text[0].lower() + opening.text[1:] if lowered else opening.text
            yield Edit(start=opening.start, end=opening.end, replacement=f"{article} {said}")


def _clauses_meet(comma: Word, parse: Parse) -> bool:
    """Whether what a comma ends has its own verb, so that what follows is a clause and no item of a list."""
    words = parse.reading.words
    ahead = words[parse.reading.starts[comma.sentence] : comma.index]
    piece = ahead[max((place for place, word in enumerate(ahead) if word.text == ","), default=-1) + 1 :]
    return comma.text == "," and any(word.form == "s" and word.kind == "VERB" for word in piece)


def _leads(before: Word, noun: Word, parse: Parse, verbs: set[int]) -> bool:
    words = parse.reading.words
    acts = before.index in verbs and before.lemma not in _LIGHT and before.form in {"s", "ing"}
    way = before.kind == "PREP" and before.lower in _WAYS | _PLACES and noun.lower not in _BARE
    return (acts or way) and not _pairs(noun, before, words)


def _is_telegram(word: Word, parse: Parse) -> bool:
    """Whether a sentence has a verb for one and no article, no number and nobody's anything: "cat walks on roof"."""
    row = [near for near in parse.reading.words if near.sentence == word.sentence]
    plain = not any(near.kind in {"DET", "NUM", "AUX"} or near.lower in {"one", "some"} for near in row)
    acts = any(near.kind == "VERB" and near.form == "s" for near in row)
    return plain and acts and row[0].kind in {"NOUN", "ADJ"} and not any(near.text == ":" for near in row)
