"""Verbs as a careful author would have ended them: "hair flow in the wind", "she drink", "the man is take the cup"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.phrasing import finite

__all__ = ["endings"]

_BARE = {"NOUN", "VERB"}
_WAYS = {"in", "on", "from", "by", "with", "slowly", "gently", "softly"}
_ROW = 24  # words of a row of verbs
_ONE = {"he", "she", "it", "everybody", "everyone", "somebody", "someone"}
_AGAIN = {"he", "she", "it", "they"}
_BE = {"is", "are", "'s", "'re"}
_PHRASE = {"DET", "ADJ", "NUM", "NOUN", "PREP"}
_LIVING = {"person", "animal"}
_SEVERAL = {"two", "three", "four", "five", "six"}


def endings(parse: Parse) -> Iterator[Edit]:
    """An edit for each verb that does not agree with who does it, and for each subject said twice."""
    yield from _behind_stuff(parse)
    slips: list[Edit] = []
    for word in parse.reading.words:
        if parse.masks.hides(word.start, word.end):
            continue
        slips += _behind_be(word, parse)
        slips += _behind_pronoun(word, parse)
        slips += _behind_must(word, parse)
        slips += _said_again(word, parse)
        slips += _counted(word, parse)
    yield from slips
    for word in parse.reading.words:
        yield from _afterwards(word, parse, foreign=bool(slips))


def _behind_stuff(parse: Parse) -> Iterator[Edit]:
    """ "Hair flow in the wind": a verb behind stuff that opens a clause, without its ending."""
    words, mass = parse.reading.words, {*parse.vocabulary.nouns.mass, "hair", "fire"}
    kinds = parse.vocabulary.noun_kinds
    for noun, verb, after in zip(words, words[1:], words[2:], strict=False):
        living = kinds.get(noun.lower) in {"person", "animal"} and not noun.plural and verb.lower not in kinds
        stuff = noun.lower in mass or living
        if noun.kind != "NOUN" or not stuff or verb.form not in {"", "base"} or verb.kind not in _BARE:
            continue
        lemma = next((lemma for lemma, form in verb.verbs if form == "base"), "")
        before = words[noun.index - 1] if noun.index else None
        if before is not None and before.lower in _SEVERAL:
            continue
        named = before is not None and before.kind in {"DET", "ADJ"} and before.sentence == noun.sentence
        if before is not None and named:
            before = words[before.index - 1] if before.index else None
        opens = before is None or before.sentence != noun.sentence or before.kind == "PUNCT"
        opens = opens or (named and before is not None and before.lower == "and" and living)
        way = after.sentence == noun.sentence and after.lower in parse.vocabulary.sets["ways"] | _WAYS
        ends = next((w for w in words[after.index :] if w.kind in {"PUNCT", "VERB", "AUX"}), None)
        alone = ends is None or ends.kind == "PUNCT" or ends.sentence != noun.sentence  # not "water flow is strong"
        if lemma and opens and way and alone and not parse.masks.hides(noun.start, verb.end):
            yield Edit(start=verb.start, end=verb.end, replacement=finite(replace(verb, lemma=lemma), False, parse))
            yield from _goes_on_bare(verb, parse)


def _goes_on_bare(verb: Word, parse: Parse) -> Iterator[Edit]:
    """ "... and smile at us": what the same one does then, without its ending too."""
    words = parse.reading.words
    for joiner, word in pairwise(words[verb.index + 1 : verb.index + _ROW]):
        if joiner.kind == "PUNCT" or word.sentence != verb.sentence:
            return
        lemma = next((lemma for lemma, form in word.verbs if form == "base"), "")
        behind = words[word.index + 1 : word.index + 2]
        led = bool(behind) and (behind[0].lower in parse.vocabulary.sets["ways"] or behind[0].kind in {"PREP", "DET"})
        if joiner.lower == "and" and lemma and word.form in {"", "base"} and led:
            yield Edit(start=word.start, end=word.end, replacement=finite(replace(word, lemma=lemma), False, parse))


def _behind_be(verb: Word, parse: Parse) -> Iterator[Edit]:
    """ "The man is take the cup": he takes it."""
    words = parse.reading.words
    be = words[verb.index - 1] if verb.index else verb
    if verb.form != "ing" or be.lower not in _BE or be.sentence != verb.sentence:
        return
    many = be.lower in {"are", "'re"}
    if verb.lower.endswith("ing"):  # "he is yawning and stretch the arms"
        yield from () if many else _goes_on_bare(verb, parse)
        return
    gap = " " if be.text.startswith("'") else ""
    yield Edit(start=be.start, end=verb.end, replacement=gap + finite(verb, many, parse))
    if not many:
        yield from _goes_on_bare(verb, parse)


def _behind_pronoun(verb: Word, parse: Parse) -> Iterator[Edit]:
    """ "She drink slowly": she drinks; not "let it fall", "should he go"."""
    words = parse.reading.words
    place = verb.index - 1
    while place >= 0 and words[place].kind == "ADV" and words[place].sentence == verb.sentence:
        place -= 1
    if verb.kind != "VERB" or verb.form != "base" or place < 0 or words[place].lower not in _ONE:
        return
    who, before = words[place], words[place - 1] if place else None
    led = before is not None and before.sentence == who.sentence and before.kind in {"AUX", "VERB", "PREP", "NOT"}
    led = led and before is not None and before.lower not in {"after", "before", "until"}
    past = any(form == "preterite" for _, form in verb.verbs)  # "she put it back"
    if who.sentence == verb.sentence and not led and not past:
        yield Edit(start=verb.start, end=verb.end, replacement=finite(verb, False, parse))
        yield from _goes_on_bare(verb, parse)


def _counted(noun: Word, parse: Parse) -> Iterator[Edit]:
    """ "Two child", "three turn": many, by their number; "a three piece suit" is one."""
    words = parse.reading.words
    number = words[noun.index - 1] if noun.index else noun
    after = words[noun.index + 1] if noun.index + 1 < len(words) else None
    ends = after is None or after.sentence != noun.sentence or after.kind in {"VERB", "PUNCT", "PREP", "CONJ", "AUX"}
    if noun.kind != "NOUN" or noun.plural or number.lower not in _SEVERAL or number.sentence != noun.sentence:
        return
    before = words[number.index - 1] if number.index else None
    single = before is not None and before.lower in {"a", "an"}
    known = noun.lower in parse.vocabulary.noun_kinds or bool(noun.verbs)
    if ends and known and not single and parse.prompt[number.end : noun.start].isspace():
        irregular = parse.vocabulary.nouns.irregular_plural.get(noun.lower)
        many = next((form for form, one in parse.vocabulary.singulars.items() if one == noun.lower), noun.lower + "s")
        yield Edit(start=noun.start, end=noun.end, replacement=irregular or many)


def _afterwards(after: Word, parse: Parse, *, foreign: bool) -> Iterator[Edit]:
    """ "She turns and after fall to the floor": then she falls."""
    words = parse.reading.words
    if after.lower != "after" or not after.index or after.index + 1 >= len(words):
        return
    link, verb = words[after.index - 1], words[after.index + 1]
    if link.sentence != after.sentence or verb.sentence != after.sentence or link.lower not in {"and", ","}:
        return
    if foreign and verb.lower in _AGAIN:
        yield Edit(start=after.start, end=after.end, replacement="then")
    elif verb.kind == "VERB" and verb.form == "base":
        yield Edit(start=after.start, end=verb.end, replacement=f"then {finite(verb, False, parse)}")


def _behind_must(to: Word, parse: Parse) -> Iterator[Edit]:
    """ "The baby must to wake up": the "to" that no modal has."""
    words = parse.reading.words
    modal = words[to.index - 1] if to.index else to
    asked = to.lower == "to" and modal.kind == "AUX" and modal.lower in parse.vocabulary.sets["telling_modals"]
    if asked and to.index + 1 < len(words) and words[to.index + 1].form == "base":
        yield Edit(start=to.start, end=words[to.index + 1].start, replacement="")


def _said_again(who: Word, parse: Parse) -> Iterator[Edit]:
    """ "The girl she opens the window": she is named already."""
    words = parse.reading.words
    before = words[who.index - 1] if who.index else who
    verb = next((word for word in words[who.index + 1 :] if word.kind != "ADV"), who)
    if who.lower not in _AGAIN or before.kind != "NOUN" or before.sentence != who.sentence:
        return
    place = before.index
    while place >= 0 and words[place].kind in _PHRASE and words[place].sentence == who.sentence:
        place -= 1
    opens = place < 0 or words[place].sentence != who.sentence or words[place].kind in {"PUNCT", "CONJ"}
    row = words[place + 1 : who.index]
    noun = next((word for word, after in pairwise((*row, who)) if word.kind == "NOUN" and after.kind != "NOUN"), before)
    if parse.vocabulary.noun_kinds.get(noun.lower) not in _LIVING or noun.plural != (who.lower == "they"):
        return
    acts = verb.kind in {"VERB", "AUX"} and verb.form in {"", "s", "base", "ing", "preterite"}
    led = row[0].kind != "PREP" and (noun is before or not _waits(verb, parse))
    if opens and acts and led and parse.prompt[before.end : who.start].isspace():
        yield Edit(start=who.start, end=words[who.index + 1].start, replacement="")


def _waits(verb: Word, parse: Parse) -> bool:
    """ "The girl with the dog she loves | walks": a further verb in the same stretch shows whose the first was."""
    for word in parse.reading.words[verb.index + 1 :]:
        if word.sentence != verb.sentence or word.kind in {"PUNCT", "CONJ"}:
            return False
        if word.kind == "VERB" and word.form == "s":
            return True
    return False
