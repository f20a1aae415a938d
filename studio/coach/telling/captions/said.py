"""Captions said as sentences: "a painting change", "a cat that licks its paw", "waves are seen crashing"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from studio.advice import Edit
from studio.coach.cues.camera import Found
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.wording.naming import is_proper
from studio.coach.telling.wording.phrasing import finite

__all__ = ["IN_MOVES", "IN_ROWS", "IN_WORDS"]

_PHRASE = {"DET", "ADJ", "NUM", "NOUN"}
_RELATIVE = {"who", "which", "that"}
_FINITE = {"s", "base", "preterite"}
_OBJECTS = {"it", "him", "them", "her"}
_SEEN = {"seen", "shown", "depicted", "pictured", "visible"}
_MANY = {"couple", "pair", "number", "few", "lot", "dozen", "handful", "bunch", "series"}
_HEROES = {"batman", "superman", "spiderman", "aquaman", "ironman", "catwoman", "wonderwoman"}  # names, not "the" one
_CHANGING = {"change", "turn", "transform", "melt", "dissolve", "morph"}
_AIMED = {"tracking", "orbit", "rack_focus"}  # "a man the camera follows": what is before it may be its aim


def _relative(words: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "The rabbit who reads the newspaper and wears glasses": it reads it."""
    place = next((i for i, word in enumerate(words) if word.kind not in _PHRASE), 0)
    if not place or place + 1 >= len(words) or words[place].lower not in _RELATIVE or words[place].kind != "PRON":
        return
    views = parse.vocabulary.sets["telling_views"] | parse.vocabulary.sets["picture"]
    if words[place - 1].kind != "NOUN" or words[place - 1].lower in views | set(parse.vocabulary.camera.subjects):
        return
    verb = next((word for word in words[place + 1 :] if word.kind != "ADV"), words[place])
    others = [w for w in words[place + 1 :] if w.kind == "AUX" or (w.kind == "VERB" and w.form in _FINITE)]
    marks = [word for word in words[place:-1] if word.kind == "PUNCT"]
    rows = all(words[w.index - words[0].index - 1].lower in {"and", "then"} for w in others[1:])
    if others and others[0] is verb and verb.form == "s" and rows and not marks:
        yield Edit(start=words[place - 1].end, end=words[place].end, replacement="")


def _uninflected(words: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "A painting change from day to night", "a man in a red coat walk down a street": it changes, he walks."""
    verb = next((w for w in words[1:] if _could_act(w, words, parse)), None)
    if verb is None or words[0].lower not in {"a", "an"}:
        return
    ahead = words[1 : verb.index - words[0].index]
    place = next((i for i, word in enumerate(ahead) if word.kind not in {"ADJ", "NOUN", "NUM", "CONJ"}), len(ahead))
    head = ahead[place - 1] if place else words[0]
    behind = ahead[place:]
    if head.kind != "NOUN" or head.plural or head.lower in parse.vocabulary.sets["collectives"] | _MANY:
        return
    if any(word.kind == "CONJ" for word in behind) or (behind and behind[0].kind != "PREP"):
        return
    lemma = next(lemma for lemma, form in verb.verbs if form == "base")
    after = words[verb.index - words[0].index + 1 : verb.index - words[0].index + 3]
    living = parse.vocabulary.noun_kinds.get(head.lower) in {"person", "animal"}
    sure = verb.kind == "VERB" or behind or living or lemma in _CHANGING or [w.lower for w in after] == ["out", "of"]
    if sure:
        act = replace(verb, lemma=lemma, form="base", kind="VERB")
        yield Edit(start=verb.start, end=verb.end, replacement=finite(act, False, parse))


def _could_act(word: Word, words: Sequence[Word], parse: Parse) -> bool:
    """Whether a bare form stands behind a noun and before a way, and nothing in the sentence acts before it."""
    near = words[word.index - words[0].index - 1]
    after = words[word.index - words[0].index + 1] if word.index - words[0].index + 1 < len(words) else None
    base = any(form == "base" and lemma == word.lower for lemma, form in word.verbs)
    motion = any(lemma in parse.vocabulary.sets["motion"] for lemma, _ in word.verbs) or word.lower in _CHANGING
    ways = parse.vocabulary.sets["ways"] | {"from", "to", "into"}
    free = all(w.kind not in {"VERB", "AUX", "PUNCT", "PRON"} for w in words[: word.index - words[0].index])
    filmed = any(found.first <= word.index < found.last for found in parse.moves)
    fits = base and motion and not filmed and near.kind == "NOUN" and word.kind in {"NOUN", "VERB"}
    return fits and free and after is not None and after.lower in ways


def _bare_noun(words: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "Teenage girl in a red skirt enters a cave": the girl."""
    place = next((i for i, word in enumerate(words) if word.kind not in {"ADJ", "NOUN"}), 0)
    noun = words[place - 1] if place else words[0]
    known = parse.vocabulary.noun_kinds.get(noun.lower) in {"person", "animal", "vehicle"}
    if not place or noun.kind != "NOUN" or noun.plural or not known or is_proper(noun, parse):
        return
    event = next((event for event in parse.events if event.verb >= words[0].index), None)
    acts = event is not None and event.subject == noun.index and parse.reading.words[event.verb].form == "s"
    led = words[place].kind in {"PREP", "VERB", "ADV"} and not any(w.kind == "VERB" for w in words[:place])
    named = any(word.text[:1].isupper() for word in words[1:place]) or words[0].lower in parse.vocabulary.nouns.mass
    named = named or noun.lower in _HEROES
    if acts and led and not named and parse.vocabulary.nouns.irregular_plural.get(noun.lower) != noun.lower:
        first = words[0]
        article = "The " if first.text[0].isupper() else "the "
        yield Edit(start=first.start, end=first.end, replacement=article + first.text[0].lower() + first.text[1:])


def _seen(seen: Word, parse: Parse) -> Iterator[Edit]:
    """ "Waves are seen crashing", "a man can be seen walking": they crash, he walks."""
    words = parse.reading.words
    verb = words[seen.index + 1] if seen.index + 1 < len(words) else seen
    first = seen.index
    while first and words[first - 1].kind == "AUX" and words[first - 1].sentence == seen.sentence:
        first -= 1
    noun = words[first - 1] if first else seen
    doing = verb.kind == "VERB" and verb.form == "ing" and verb.sentence == seen.sentence
    if seen.lower not in _SEEN or first == seen.index or not doing or noun.kind not in {"NOUN", "PRON"}:
        return
    event = next((event for event in parse.events if event.verb == verb.index), None)
    who = words[event.subject] if event is not None and event.subject is not None else noun
    many = words[first].lower in {"are", "were"} or (words[first].lower not in {"is", "was"} and who.plural)
    yield Edit(start=words[first].start, end=verb.end, replacement=finite(verb, many, parse))
    for link, other in pairwise(words[verb.index + 1 : verb.index + 12]):
        if other.sentence != verb.sentence or link.kind in {"PUNCT", "AUX"}:
            return
        if link.lower == "and" and other.kind == "VERB" and other.form == "ing":
            yield Edit(start=other.start, end=other.end, replacement=finite(other, many, parse))
            return


def _bare_end(verb: Word, parse: Parse) -> Iterator[Edit]:
    """ "A hand picks up a cookie and dip it in milk", "... and then jump down": it dips it, it jumps down."""
    words = parse.reading.words
    place = verb.index - 1
    while place > 0 and words[place].kind == "ADV" and words[place].lower.endswith("ly"):
        place -= 1
    link = words[place] if verb.index else verb
    if link.lower == "then" and link.index and words[link.index - 1].lower == "and":
        link = words[link.index - 1]
    lemma = next((lemma for lemma, form in verb.verbs if form == "base"), "")
    after = words[verb.index + 1] if verb.index + 1 < len(words) else verb
    way = verb.kind == "VERB" and (after.kind == "PREP" or after.lower in parse.vocabulary.sets["ways"])
    led = after.sentence == verb.sentence and (way or (after.kind == "PRON" and after.lower in _OBJECTS))
    if link.lower != "and" or link.sentence != verb.sentence or not lemma or not led or verb.lower != lemma:
        return
    before = (w for w in reversed(words[: link.index]) if w.kind in {"VERB", "AUX"} or w.lower == "to")
    last = next(before, None)
    if last is not None and last.sentence == verb.sentence and last.form == "s" and last.kind == "VERB":
        act = replace(verb, lemma=lemma, form="base", kind="VERB")
        yield Edit(start=verb.start, end=verb.end, replacement=finite(act, False, parse))


def _gets(get: Word, parse: Parse) -> Iterator[Edit]:
    """ "The ball get passed back": it gets passed."""
    words = parse.reading.words
    noun = words[get.index - 1] if get.index else get
    after = words[get.index + 1] if get.index + 1 < len(words) else get
    past = any(form == "past" for _, form in after.verbs) and after.sentence == get.sentence
    if get.lower == "get" and past and noun.kind == "NOUN" and not noun.plural and noun.sentence == get.sentence:
        single = any(word.lower in {"a", "an", "the"} for word in words[max(0, noun.index - 3) : noun.index])
        if single and noun.lower not in parse.vocabulary.sets["collectives"]:
            yield Edit(start=get.start, end=get.end, replacement="gets")


def _behind_a_caption(found: Found, parse: Parse) -> Iterator[Edit]:
    """ "Portrait of a sailor the camera pans right": what is shown, then what the camera does."""
    words = parse.reading.words
    camera = words[found.first]
    verb = words[found.first + 1] if found.first + 1 < len(words) else camera
    begin = found.first - 1 if found.first and words[found.first - 1].kind == "DET" else found.first
    if camera.lower not in parse.vocabulary.camera.subjects or verb.form != "s" or found.move in _AIMED:
        return
    start = parse.reading.starts[camera.sentence]
    ahead = words[start:begin]
    plain = all(word.kind in _PHRASE | {"PREP", "CONJ", "ADV"} for word in ahead)
    if ahead and plain and ahead[-1].kind == "NOUN" and camera.sentence == verb.sentence:
        yield Edit(start=ahead[-1].end, end=words[begin].start, replacement=". ")


IN_ROWS = (_relative, _uninflected, _bare_noun)
IN_WORDS = (_seen, _bare_end, _gets)
IN_MOVES = (_behind_a_caption,)
