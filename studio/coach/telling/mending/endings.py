"""Verbs as a careful author would have ended them: "hair flow in the wind", "she drink", "the man is take the cup"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.mending.requests import CAUSING
from studio.coach.telling.wording.phrasing import finite

__all__ = ["endings"]

_WRITTEN = (
    (re.compile(r"\bmore (fast|slow|hard|high|low|near|close|strong|bright|dark|soft|deep|loud)(?:ly)?\b"), r"\1er"),
    (re.compile(r"\bthere is (?=(?:two|three|four|five|six|many|several)\b)", re.IGNORECASE), "there are "),
)
_BARE = {"NOUN", "VERB"}
_WAYS = {"in", "on", "from", "by", "with", "slowly", "gently", "softly", "very"}
_ROW = 24  # words of a row of verbs
_ONE = {"he", "she", "it", "everybody", "everyone", "somebody", "someone"}
_AGAIN = {"he", "she", "it", "they"}
_BE = {"is", "are", "'s", "'re"}
_PHRASE = {"DET", "ADJ", "NUM", "NOUN", "PREP"}
_HELD = {"while", "as", "when", "that", "who", "which"}
_PLAIN = {"go", "come", "become", "grow", "begin", "rise"}
_LIVING = {"person", "animal"}
_SCATTERED = {
    "star",
    "firefly",
    "flower",
    "tree",
    "bird",
    "cloud",
    "butterfly",
    "leaf",
    "fish",
    "petal",
    "bubble",
    "balloon",
}
_SEVERAL = {"two", "three", "four", "five", "six"}


def endings(parse: Parse, *, foreign: bool = False) -> Iterator[Edit]:
    """An edit for each verb that does not agree with who does it, and for each subject said twice.

    `foreign` says that the author is known to write so: then rows of verbs are brought to one form, too.
    """
    yield from _behind_stuff(parse, foreign=foreign)
    slips: list[Edit] = []
    for pattern, meant in _WRITTEN:
        for match in pattern.finditer(parse.prompt):
            if not parse.masks.hides(*match.span()):
                slips.append(Edit(start=match.start(), end=match.end(), replacement=match.expand(meant)))
    for word in parse.reading.words:
        if parse.masks.hides(word.start, word.end):
            continue
        slips += _behind_be(word, parse)
        slips += _behind_pronoun(word, parse)
        slips += _behind_must(word, parse)
        slips += _said_again(word, parse)
        slips += _counted(word, parse)
        slips += _full_of(word, parse)
        slips += _be_of_many(word, parse)
        slips += _of_many(word, parse)
    yield from slips
    foreign = foreign or bool(slips)
    for word in parse.reading.words:
        yield from _afterwards(word, parse, foreign=foreign)
        yield from _captioned(word, parse) if foreign else ()
        if foreign and word.kind == "VERB" and word.form == "s":
            yield from _goes_on_bare(word, parse)
            yield from _goes_on_doing(word, parse)


def _behind_stuff(parse: Parse, *, foreign: bool) -> Iterator[Edit]:
    """ "Hair flow in the wind", "the girl smile": a verb behind what opens a clause, without its ending."""
    words = parse.reading.words
    for noun, verb, after in zip(words, words[1:], (*words[2:], *words[-1:]), strict=False):
        lemma = next((lemma for lemma, form in verb.verbs if form == "base"), "")
        bare = verb.kind in _BARE and (verb.form in {"", "base"} or lemma == verb.lower)
        if noun.kind != "NOUN" or not lemma or not bare or parse.masks.hides(noun.start, verb.end):
            continue
        living = _lives(noun, verb, lemma, parse)
        if not living and not _stirs(noun, verb, lemma, parse, foreign=foreign):
            continue
        if _opens(noun, parse) and _alone(verb, after, parse, living=living):
            yield Edit(start=verb.start, end=verb.end, replacement=finite(replace(verb, lemma=lemma), False, parse))
            yield from _goes_on_bare(verb, parse)


def _lives(noun: Word, verb: Word, lemma: str, parse: Parse) -> bool:
    """Whether one person or animal stands before a form that is not the name of something they have."""
    kinds = parse.vocabulary.noun_kinds
    either = parse.vocabulary.nouns.irregular_plural.get(noun.lower) == noun.lower  # "deer run"
    deed = verb.lower not in kinds or lemma in parse.vocabulary.sets["micro"]
    return kinds.get(noun.lower) in _LIVING and not noun.plural and not either and deed


def _stirs(noun: Word, verb: Word, lemma: str, parse: Parse, *, foreign: bool) -> bool:
    """Whether stuff or a thing stands before what it does: "fire come out"; not "rack focus from", "a stone bridge"."""
    vocabulary, kinds = parse.vocabulary, parse.vocabulary.noun_kinds
    if noun.lower in {*vocabulary.nouns.mass, "hair", "fire"}:
        before = parse.reading.words[noun.index - 1].lower if noun.index else ""
        return before not in {"a", "an"} or verb.lower not in kinds  # "a coffee shop at dawn" does nothing
    sure = lemma in _PLAIN or (foreign and lemma in vocabulary.sets["whole"] and verb.kind == "VERB")
    filmed = noun.lower in vocabulary.camera.subjects or any(m.first <= verb.index < m.last for m in parse.moves)
    return noun.lower in kinds and not noun.plural and verb.lower not in kinds and sure and not filmed


def _opens(noun: Word, parse: Parse) -> bool:
    """Whether a noun with its article opens a clause: behind a mark, a conjunction, an "and" that joins clauses."""
    words = parse.reading.words
    place = noun.index - 1
    named = place >= 0 and words[place].kind in {"DET", "ADJ"} and words[place].sentence == noun.sentence
    place -= named
    before = words[place] if place >= 0 and words[place].sentence == noun.sentence else None
    if before is None or before.kind == "PUNCT":
        return True
    if before.lower in {"because", "so", "that"} | parse.vocabulary.sets["telling_binding"]:
        return True
    kind = parse.vocabulary.noun_kinds.get(noun.lower)
    fit = named or noun.lower in parse.vocabulary.nouns.mass or kind == "scenery"
    ahead = words[parse.reading.starts[noun.sentence] : place]
    told = any(word.kind in {"VERB", "AUX"} and word.lower not in CAUSING for word in ahead)
    return before.lower == "and" and fit and told


def _alone(verb: Word, after: Word, parse: Parse, *, living: bool) -> bool:
    """Whether a way stands behind a verb and no other verb does: not "water flow is strong"."""
    words = parse.reading.words
    if living and verb.kind == "VERB" and (after is verb or (after.kind == "PUNCT" and after.text != "-")):
        return True  # "and the boy clap."
    way = after.sentence == verb.sentence and after.lower in parse.vocabulary.sets["ways"] | _WAYS
    way = way or (living and verb.verbs[0][0] in parse.vocabulary.sets["micro"] and after.kind in {"CONJ", "PUNCT"})
    behind = words[after.index :]
    end = next((w for w in behind if w.kind in {"PUNCT", "VERB", "AUX"} or _begins(w, parse)), None)
    ends = end is None or end.kind == "PUNCT" or end.sentence != verb.sentence
    joined = end is not None and words[end.index - 1].lower == "and"
    return way and (ends or joined or (living and after.kind == "CONJ"))


def _goes_on_bare(verb: Word, parse: Parse) -> Iterator[Edit]:
    """ "... and smile at us": what the same one does then, without its ending too."""
    words, sets = parse.reading.words, parse.vocabulary.sets
    for joiner, word in pairwise(words[verb.index + 1 : verb.index + _ROW]):
        if word.sentence != verb.sentence or joiner.text in {".", ";", ":", "|"} or _begins(joiner, parse):
            return
        lemma = next((lemma for lemma, form in word.verbs if form == "base"), "")
        behind = words[word.index + 1] if word.index + 1 < len(words) else None
        if lemma == "make" and behind is not None and behind.lower == "it":
            return  # "..., make it in slow motion" is asked of the machine
        if joiner.text == "," and words[joiner.index - 1].kind == "ADJ" and word.lower in parse.vocabulary.adjectives:
            continue  # "in a small, tidy home"
        apart = behind is None or behind.sentence != verb.sentence or behind.kind in {"PUNCT", "CONJ"}
        led = behind is not None and (
            behind.lower in sets["ways"]
            or (lemma in sets["bearing"] and behind.kind == "ADJ")
            or behind.kind in {"PREP", "DET", "NUM", "PRON"}
        )
        moves = sets["whole"] | sets["micro"] | sets["local"]
        deed = lemma in moves and word.lower not in parse.vocabulary.noun_kinds
        deed = deed and ((joiner.lower == "and" and apart) or (joiner.text == "," and led))
        sure = (word.kind == "VERB" and (led or apart)) or deed
        row = (joiner.lower == "and" and (led or sure)) or (joiner.text in {",", "then"} and sure)
        if row and lemma and word.form in {"", "base"}:
            yield Edit(start=word.start, end=word.end, replacement=finite(replace(word, lemma=lemma), False, parse))


def _captioned(verb: Word, parse: Parse) -> Iterator[Edit]:
    """ "The goat running faster and its ears flying": what opens the prompt is told, and what is joined to it, too."""
    words = parse.reading.words
    noun = words[verb.index - 1] if verb.index else verb
    if verb.kind != "VERB" or verb.form != "ing" or noun.kind != "NOUN" or noun.sentence != verb.sentence:
        return
    opening = words[parse.reading.starts[verb.sentence] : noun.index]
    behind = (word for word in words[verb.index + 1 :] if word.sentence == verb.sentence)
    told = next((word for word in behind if word.kind in {"AUX", "PUNCT"} or word.form == "s"), None)
    joined = any(w.lower == "and" for w in words[verb.index : told.index if told is not None else len(words)])
    if joined and (told is None or told.kind == "PUNCT") and all(w.kind in {"DET", "ADJ"} for w in opening):
        yield Edit(start=verb.start, end=verb.end, replacement=finite(verb, noun.plural, parse))
        yield from _goes_on_doing(verb, parse)


def _goes_on_doing(verb: Word, parse: Parse) -> Iterator[Edit]:
    """ "She sits on the wall and swinging her legs": she swings them."""
    words = parse.reading.words
    for joiner, word in pairwise(words[verb.index + 1 : verb.index + _ROW]):
        if word.sentence != verb.sentence or joiner.kind in {"PUNCT", "AUX", "VERB"} or joiner.lower in _HELD:
            return
        event = next((event for event in parse.events if event.verb == word.index), None)
        own = event is not None and event.subject is not None and event.subject == joiner.index
        if (joiner.lower == "and" or own) and word.kind == "VERB" and word.form == "ing" and word.lower.endswith("ing"):
            yield Edit(start=word.start, end=word.end, replacement=finite(word, own and joiner.plural, parse))
            return


def _begins(word: Word, parse: Parse) -> bool:
    """Whether somebody else is named who does what follows: "and the dog", ", they"."""
    near = parse.reading.words[word.index - 1] if word.index else word
    opened = near.sentence == word.sentence and (near.lower == "and" or near.text == ",")
    return opened and word.kind in {"DET", "PRON", "NOUN"} and not word.verbs


def _behind_be(verb: Word, parse: Parse) -> Iterator[Edit]:
    """ "The man is take the cup": he takes it."""
    words = parse.reading.words
    be = words[verb.index - 1] if verb.index else verb
    if be.lower not in _BE or be.sentence != verb.sentence:
        return
    after = words[verb.index + 1] if verb.index + 1 < len(words) else None
    opens = after is not None and after.lower in {"the", "his", "her", "its", "a"} and after.sentence == verb.sentence
    base = next((lemma for lemma, form in verb.verbs if form == "base"), "")
    if verb.kind == "ADJ" and base and opens:  # "she is open the window"
        yield Edit(
            start=be.start, end=verb.end, replacement=finite(replace(verb, lemma=base), be.lower == "are", parse)
        )
        yield from _goes_on_bare(verb, parse)
    looks = (
        base in parse.vocabulary.sets["bearing"] and after is not None and after.lower in parse.vocabulary.sets["ways"]
    )
    if verb.form != "ing" and base and looks:  # "everybody is look at him"
        yield Edit(
            start=be.start, end=verb.end, replacement=finite(replace(verb, lemma=base), be.lower == "are", parse)
        )
    if verb.form != "ing":
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
    bare = verb.kind == "NOUN" and place == verb.index - 1 and verb.verbs and words[place].lower in {"he", "she"}
    if place < 0 or words[place].lower not in _ONE or not (bare or (verb.kind == "VERB" and verb.form == "base")):
        return
    lemma = next((lemma for lemma, form in verb.verbs if form == "base"), "")
    who, before = words[place], words[place - 1] if place else None
    led = before is not None and before.sentence == who.sentence and before.kind in {"AUX", "VERB", "PREP", "NOT"}
    led = led and before is not None and before.lower not in {"after", "before", "until"}
    asked = place > 1 and words[place - 1].lower == "that" and words[place - 2].kind == "VERB"  # "asks that he go"
    past = any(form == "preterite" for _, form in verb.verbs)  # "she put it back"
    if who.sentence == verb.sentence and lemma and not led and not asked and not past:
        yield Edit(start=verb.start, end=verb.end, replacement=finite(replace(verb, lemma=lemma), False, parse))
        yield from _goes_on_bare(verb, parse)


def _be_of_many(be: Word, parse: Parse) -> Iterator[Edit]:
    """ "The waves is coming": they are."""
    words = parse.reading.words
    noun = words[be.index - 1] if be.index else be
    if be.lower not in {"is", "are"} or noun.kind != "NOUN" or noun.sentence != be.sentence:
        return
    place = noun.index - 1
    while place >= 0 and words[place].kind in {"DET", "ADJ", "NUM"} and words[place].sentence == noun.sentence:
        place -= 1
    opens = place < 0 or words[place].sentence != noun.sentence or words[place].text in {",", ".", "and"}
    alone = place < 1 or words[place].text != "and" or words[place - 1].kind != "NOUN"
    several = noun.plural and noun.lower not in parse.vocabulary.sets["collectives"]
    known = noun.lower in parse.vocabulary.noun_kinds
    if opens and alone and known and several and be.lower == "is":
        yield Edit(start=be.start, end=be.end, replacement="are")


def _of_many(verb: Word, parse: Parse) -> Iterator[Edit]:
    """ "The girls dances", "while guests throws petals": they dance, they throw."""
    words = parse.reading.words
    noun = words[verb.index - 1] if verb.index else verb
    event = next((event for event in parse.events if event.verb == verb.index), None)
    acts = verb.kind == "VERB" and verb.form == "s" and event is not None and event.subject == noun.index
    either = parse.vocabulary.nouns.irregular_plural.get(noun.lower) == noun.lower
    known = noun.lower in parse.vocabulary.noun_kinds and noun.lower not in parse.vocabulary.sets["collectives"]
    if not acts or not noun.plural or either or not known or not noun.text.islower() or noun.sentence != verb.sentence:
        return
    place = noun.index - 1
    while place >= 0 and words[place].kind in {"DET", "ADJ", "NUM"} and words[place].sentence == noun.sentence:
        place -= 1
    before = words[place] if place >= 0 and words[place].sentence == noun.sentence else None
    row = [word.lower for word in words[place + 1 : noun.index]]
    joined = before is not None and before.lower == "and" and words[place + 1].kind == "DET"
    opens = before is None or before.kind == "PUNCT" or before.lower in parse.vocabulary.sets["telling_binding"]
    if (opens or joined) and "each" not in row and "every" not in row:
        yield Edit(start=verb.start, end=verb.end, replacement=verb.lemma)


def _counted(noun: Word, parse: Parse) -> Iterator[Edit]:
    """ "Two child", "three turn": many, by their number; "a three piece suit" is one."""
    words = parse.reading.words
    number = words[noun.index - 1] if noun.index else noun
    after = words[noun.index + 1] if noun.index + 1 < len(words) else None
    ends = after is None or after.sentence != noun.sentence or after.kind in {"VERB", "PUNCT", "PREP", "CONJ", "AUX"}
    if noun.kind != "NOUN" or noun.plural or number.lower not in _SEVERAL or number.sentence != noun.sentence:
        return
    behind = words[noun.index + 2] if noun.index + 2 < len(words) else None
    if after is not None and after.form == "ing" and behind is not None and behind.kind == "NOUN" and behind.plural:
        return  # "two mountain climbing scouts"
    before = words[number.index - 1] if number.index else None
    if before is not None and before.lower == "of" and noun.verbs and after is not None and after.kind != "PUNCT":
        return  # "three friends set up a net"
    single = before is not None and before.lower in {"a", "an"}
    known = noun.lower in parse.vocabulary.noun_kinds or bool(noun.verbs)
    either = parse.vocabulary.nouns.irregular_plural.get(noun.lower) == noun.lower  # "two deer"
    if ends and known and not single and not either and parse.prompt[number.end : noun.start].isspace():
        irregular = parse.vocabulary.nouns.irregular_plural.get(noun.lower)
        many = next((form for form, one in parse.vocabulary.singulars.items() if one == noun.lower), noun.lower + "s")
        yield Edit(start=noun.start, end=noun.end, replacement=irregular or many)


def _full_of(noun: Word, parse: Parse) -> Iterator[Edit]:
    """ "A sky full of star": stars."""
    words, nouns = parse.reading.words, parse.vocabulary.nouns
    lead = [word.lower for word in words[max(0, noun.index - 2) : noun.index]]
    after = words[noun.index + 1] if noun.index + 1 < len(words) else None
    ends = after is None or after.sentence != noun.sentence or after.kind in {"PUNCT", "PREP", "CONJ"}
    known = parse.vocabulary.noun_kinds.get(noun.lower) in {"scenery", "animal"} and noun.lower in _SCATTERED
    if lead == ["full", "of"] and noun.kind == "NOUN" and not noun.plural and ends and known:
        many = next((form for form, one in parse.vocabulary.singulars.items() if one == noun.lower), noun.lower + "s")
        yield Edit(start=noun.start, end=noun.end, replacement=nouns.irregular_plural.get(noun.lower) or many)


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
    elif verb.kind == "VERB" and (base := next((lemma for lemma, form in verb.verbs if form == "base"), "")):
        verb = replace(verb, lemma=base, form="base")
        before = [w for w in words[: after.index] if w.sentence == after.sentence and w.kind in {"PRON", "NOUN"}]
        subject = next((w for w in before if w.lower in {"they", "we", "i", "you"}), None)
        yield Edit(start=after.start, end=verb.end, replacement=f"then {finite(verb, subject is not None, parse)}")


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
