"""Pronouns in a text that has lost the noun they stood for: "beer fills it" where the glass is not told of."""

from __future__ import annotations

from collections.abc import Sequence

from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.wording.draft import Bit, Draft
from studio.coach.telling.wording.naming import antecedent, name

__all__ = ["with_nouns"]

_NEAR = 12  # words
_OBJECTS = {"it", "him", "them", "her"}


def with_nouns(drafts: Sequence[Draft], parse: Parse) -> list[Draft]:
    """The sentences with a noun for each object pronoun whose noun no sentence before it says."""
    words = parse.reading.words
    said: set[str] = set()
    told: list[Draft] = []
    for draft in drafts:
        bits: list[Bit] = []
        for bit in draft:
            word = words[bit.source] if bit.source is not None and not bit.coach else None
            noun = _meant(word, parse) if word is not None and _stands(word, parse) else None
            fits = noun is not None and (noun.plural == (bit.text.lower() == "them"))
            if noun is None or not fits or noun.lower in said:
                bits.append(bit)
                said.add(bit.text.lower().strip(".,"))
                continue
            named = name(noun, parse)
            nouns = {words[other.source].lower for other in named if other.source is not None}
            if nouns & {other.text.lower() for other in bits}:
                bits.append(bit)  # "oil is poured over it", not "over the bottle of oil"
                continue
            bits += named
            said.update(bit.text.lower() for bit in named)
        told.append(tuple(bits))
    return told


def _meant(word: Word, parse: Parse) -> Word | None:
    """What a pronoun stands for; what somebody handles is rather the last thing named than who lives."""
    noun, kinds = _handled(word, parse) or antecedent(word, parse), parse.vocabulary.noun_kinds
    if noun is None or word.lower != "it":
        return noun
    if kinds.get(noun.lower) in {"person", "animal"} and parse.reading.words[word.index - 1].kind == "VERB":
        before = reversed(parse.reading.words[max(0, word.index - _NEAR) : word.index])
        noun = next((w for w in before if kinds.get(w.lower) == "thing" and not w.plural and w.kind == "NOUN"), None)
    shown = (cue.span for label in ("lettering", "style") for cue in parse.labelled(label))
    return None if noun is None or any(span.start <= noun.start < span.end for span in shown) else noun


def _handled(word: Word, parse: Parse) -> Word | None:
    """ "Picks up a cup, rinses it": what was taken just before in the same sentence is what is handled next."""
    words = parse.reading.words
    if word.lower != "it" or not word.index or words[word.index - 1].kind != "VERB":
        return None
    for noun in reversed(words[parse.reading.starts[word.sentence] : word.index - 1]):
        if noun.kind == "NOUN" and noun.dep == "obj" and parse.vocabulary.noun_kinds.get(noun.lower) == "thing":
            return None if noun.plural else noun
    return None


def _stands(word: Word, parse: Parse) -> bool:
    """Whether a pronoun is what a verb or a preposition has for its object."""
    before = parse.reading.words[word.index - 1] if word.index else None
    held = before is not None and before.sentence == word.sentence and before.kind in {"VERB", "PREP"}
    return held and word.kind == "PRON" and word.lower in _OBJECTS
