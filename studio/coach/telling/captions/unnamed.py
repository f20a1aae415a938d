"""Sentences that lack a word they cannot do without: who does it ("standing still, looking left"), or the verb behind a
"but" ("the bees arrive but unable to sting").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.clauses.retelling import VIEWS
from studio.coach.telling.wording.phrasing import finite, participle

__all__ = ["IN_ROWS", "IN_WORDS"]

_VIEWED = {*VIEWS, "first-person", "drone"}
_LIVING = {"person", "animal"}
_VIEWING = {"look", "gaze", "stare"}
_READY = {"unable", "afraid", "unwilling", "ready", "eager", "reluctant", "able", "about"}


def _nobody(row: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "Slowly turning around", "sitting on a bench, humming": the subject turns, sits."""
    place = next((i for i, word in enumerate(row) if word.kind != "ADV"), len(row) - 1)
    verb, behind = row[place], row[place + 1 :]
    sets = parse.vocabulary.sets
    bodily = sets["motion"] | sets["telling_states"]
    acts = verb.kind == "VERB" and verb.form == "ing" and verb.lemma in bodily - sets["light"]
    if not acts or not behind or behind[0].kind in {"NOUN", "ADJ", "DET", "PUNCT"} or verb.dep == "amod":
        return
    words = parse.reading.words
    lowers = set(parse.reading.lowers)
    filmed = any(found.first <= verb.index < found.last for found in parse.moves) or _VIEWED & lowers
    shown = any(parse.vocabulary.noun_kinds.get(word.lower) in _LIVING for word in words[: verb.index])
    event = next((event for event in parse.events if event.verb == verb.index), None)
    owned = event is not None and event.subject is not None
    others = any(other.verb > verb.index and other.subject is not None for other in parse.events)
    owned = owned or (others and verb.lemma in _VIEWING)  # "looking up from a well, clouds drifting": so it is filmed
    if filmed or shown or owned or parse.masks.hides(verb.start, verb.end) or _told(behind, parse):
        return
    how = "".join(f"{word.lower} " for word in row[:place])
    subject = "The subject" if row[0].text[0].isupper() or row[0].index == 0 else "the subject"
    yield Edit(start=row[0].start, end=verb.end, replacement=f"{subject} {how}{finite(verb, False, parse)}")


def _told(behind: Sequence[Word], parse: Parse) -> bool:
    """Whether somebody else acts behind it, in a clause that hangs on nothing."""
    hangs = False
    for word in behind:
        hangs = word.lower in parse.vocabulary.sets["telling_binding"] or (hangs and word.kind != "PUNCT")
        if not hangs and (word.kind == "AUX" or (word.kind == "VERB" and word.form in {"s", "preterite"})):
            return True
    return False


def _ready(link: Word, parse: Parse) -> Iterator[Edit]:
    """ "It arrives but unable to enter": but it is unable to."""
    words = parse.reading.words
    near = words[link.index + 1 : link.index + 3]
    fits = len(near) == 2 and near[0].lower in _READY and near[1].lower == "to"
    if not fits or link.lower not in {"but", "yet"} or near[1].sentence != link.sentence:
        return
    verb = next((w for w in reversed(words[: link.index]) if w.kind in {"VERB", "AUX"}), None)
    if verb is None or verb.sentence != link.sentence or verb.kind == "AUX" or verb.form not in {"s", "base", "ing"}:
        return
    who = next((w for w in reversed(words[: verb.index]) if w.kind in {"NOUN", "PRON"}), verb)
    many = verb.form == "base" or (verb.form == "ing" and (who.plural or who.lower == "they"))
    if verb.form == "ing":
        yield Edit(start=verb.start, end=verb.end, replacement=finite(verb, many, parse))
    yield Edit(start=link.end, end=link.end, replacement=" are" if many else " is")


def _shaky(quality: Word, parse: Parse) -> Iterator[Edit]:
    """ "The lamp is a little shaky": it shakes slightly."""
    words = parse.reading.words
    act = _QUALITIES.get(quality.lower)
    place = quality.index - 1
    while place > 0 and words[place].lower in _HOW_MUCH and words[place].sentence == quality.sentence:
        place -= 1
    be = words[place] if place >= 0 else quality
    after = words[quality.index + 1] if quality.index + 1 < len(words) else None
    ends = after is None or after.sentence != quality.sentence or after.kind in {"PUNCT", "CONJ", "ADV", "PREP"}
    what = words[place - 1].lower if place > 0 else ""
    filmed = what in parse.vocabulary.sets["telling_views"] | parse.vocabulary.sets["picture"] | {"camera", "frame"}
    if (
        filmed
        or act is None
        or be.lower not in {"is", "are"}
        or be.sentence != quality.sentence
        or not ends
        or not place
    ):
        return
    little = any(word.lower in {"little", "bit", "slightly"} for word in words[place + 1 : quality.index])
    how = " slightly" if little else ""
    yield Edit(start=be.start, end=quality.end, replacement=f"{act if be.lower == 'are' else act + 's'}{how}")


def _wished_of(row: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "I want the nurse smile, turn and laugh": the nurse smiles, turns and laughs."""
    lowers = [word.lower for word in row]
    place = next((len(lead) for lead in _WISHES if tuple(lowers[: len(lead)]) == lead), 0)
    if not place or parse.masks.hides(row[0].start, row[place - 1].end):
        return
    place += 2 * (lowers[place : place + 2] == ["to", "see"])
    head = next((i for i, w in enumerate(row[place:], place) if w.kind not in {"DET", "ADJ", "NUM"}), len(row))
    who = row[head] if head < len(row) else None
    to = head + 1 < len(row) and row[head + 1].lower == "to"
    verb = row[head + 1 + to] if head + 1 + to < len(row) else None
    lives = who is not None and parse.vocabulary.noun_kinds.get(who.lower) in _LIVING
    if who is None or verb is None or not lives or who.plural or not _base(verb) or head == place:
        return
    opening = row[place].text
    yield Edit(start=row[0].start, end=row[place].end, replacement=f"{opening[0].upper()}{opening[1:]}")
    yield Edit(start=row[head + 1].start, end=verb.end, replacement=_acts(verb, parse))
    for before, word in pairwise(row[head + 2 + to :]):
        if before.kind == "PRON" and before.lower in {"he", "she", "they", "who"}:
            return
        led = before.lower in {",", "and", "then"} and _base(word)
        bodily = led and {lemma for lemma, _ in word.verbs} & (
            parse.vocabulary.sets["motion"] | parse.vocabulary.sets["telling_states"]
        )
        if bodily:
            yield Edit(start=word.start, end=word.end, replacement=_acts(word, parse))


def _base(word: Word) -> str:
    """The verb of which a word is the bare form."""
    return next((lemma for lemma, form in word.verbs if form == "base" and lemma == word.lower), "")


def _acts(word: Word, parse: Parse) -> str:
    return finite(replace(word, lemma=_base(word), form="base", kind="VERB"), False, parse)


def _rest_stays(row: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "Everything else completely still": it stays so."""
    body = [word for word in row if word.kind != "PUNCT"]
    lowers = [word.lower for word in body]
    named = lowers[:2] in (["everything", "else"], ["the", "rest"], ["all", "else"])
    fits = named and 3 <= len(body) <= _SHORT and lowers[-1] in _UNMOVED
    if (
        fits
        and all(word.kind in {"ADV", "ADJ"} for word in body[2:])
        and not parse.masks.hides(row[0].start, row[1].end)
    ):
        yield Edit(start=body[1].end, end=body[1].end, replacement=" stays")


def _of_one(row: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "Girl long hair moves": the girl's long hair."""
    kinds = parse.vocabulary.noun_kinds
    part = next((i for i, word in enumerate(row) if i and word.kind != "ADJ"), 0)
    verb = row[part + 1] if 1 < part < len(row) - 1 else None
    lives = row[0].kind == "NOUN" and not row[0].plural and kinds.get(row[0].lower) in _LIVING
    acts = verb is not None and verb.kind == "VERB" and verb.form in {"s", "base"}
    if lives and acts and row[part].kind == "NOUN" and kinds.get(row[part].lower) == "body":
        named = row[0].text.lower()
        yield Edit(start=row[0].start, end=row[0].end, replacement=f"{'The' if not row[0].index else 'the'} {named}'s")


def _goes_on(verb: Word, parse: Parse) -> Iterator[Edit]:
    """ "A knight riding home and draw his sword": a caption that ends in a bare form; he draws it, too."""
    words = parse.reading.words
    link = words[verb.index - 1] if verb.index else verb
    after = words[verb.index + 1] if verb.index + 1 < len(words) else verb
    led = after.sentence == verb.sentence and after.kind in {"DET", "NUM", "PRON", "PREP"}
    bare = verb.kind == "VERB" and verb.form == "base" and verb.dep == "conj" and bool(_base(verb))
    if link.lower != "and" or link.sentence != verb.sentence or not bare or not led:
        return
    ahead = [w for w in words[parse.reading.starts[verb.sentence] : link.index] if w.kind in {"VERB", "AUX"}]
    doing = [word for word in ahead if word.form == "ing"]
    named = words[doing[0].index - 1] if doing and doing[0].index else verb
    if doing and doing == ahead and named.kind == "NOUN" and named.sentence == verb.sentence and not named.plural:
        yield Edit(start=verb.start, end=verb.end, replacement=participle(_base(verb), parse))


_WISHES = (("i", "want"), ("i", "need"), ("i", "wish"), ("i", "would", "like"), ("i", "'d", "like"))
_SHORT = 5  # words of "everything else perfectly still"
_UNMOVED = {"still", "static", "frozen", "motionless", "fixed", "unchanged"}
_QUALITIES = {"shaky": "shake", "wobbly": "wobble", "jittery": "jitter", "twitchy": "twitch"}
_HOW_MUCH = {"a", "little", "bit", "slightly", "very", "quite", "rather", "so", "also"}
IN_ROWS = (_nobody, _wished_of, _rest_stays, _of_one)
IN_WORDS = (_ready, _shaky, _goes_on)
