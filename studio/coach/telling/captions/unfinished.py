"""Captions whose verb is a participle that is not read as anybody's: "two kids on bikes racing", "ice cream melting
as it is held". Whoever opens the caption does what the first participle says, and the sentence has its verb.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from studio.advice import Edit
from studio.coach.cues.camera import Found
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.clauses.camera_phrasing import camera_sentence
from studio.coach.telling.clauses.retelling import VIEWS
from studio.coach.telling.wording.naming import is_proper
from studio.coach.telling.wording.phrasing import finite, participle

__all__ = ["IN_MOVES", "IN_ROWS", "IN_WORDS"]

_PHRASE = {"DET", "ADJ", "NUM", "NOUN"}
_LIVING = {"person", "animal"}
_HANDS = {"hand", "hands"}
_HOLDING = {"holding", "gripping", "grasping", "clutching", "using"}
_NEAR = 4  # words between how it is filmed and the move
_MOST = 24  # words of a caption up to its participle


def _caption(row: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "Two kids on bikes racing each other", "medium shot of a man and a boy rowing": they race, they row."""
    first = _behind_a_size(row, parse)
    body = row[first:]
    head = _head(body)
    behind_a_name = head is not None and body[head].dep == "flat" and body[head].text.islower()  # "ann lee happy"
    if head is None or behind_a_name or body[head].lower in VIEWS or parse.masks.hides(body[0].start, body[0].end):
        return
    if any(word.lower in {"'s", "’s", "'"} for word in body[: head + 2]):
        return
    verb = next((word for word in body[head + 1 : _MOST] if _does(word, parse)), None)
    if verb is None or not _waits(body, head, verb, parse):
        return
    noun = body[head]
    many = (
        noun.plural
        or _joined(body[: head + 1])
        or any(w.lower in parse.vocabulary.sets["caption_several"] for w in body[:head])
    )
    event = next((event for event in parse.events if event.verb == verb.index), None)
    doer = parse.reading.words[event.subject] if event is not None and event.subject is not None else None
    own = doer is noun and not _joined(body[: head + 1])
    other = doer is not None and doer is not noun and (not _lives(noun, parse) or _acts(doer, body, parse))
    if own or other:
        return
    opening = body[0].text
    stuff = (
        noun.plural or noun.lower in parse.vocabulary.nouns.mass or is_proper(noun, parse) or not _is_small(body, head)
    )
    opening = opening if stuff or body[0].kind in {"DET", "NUM"} else f"the {opening[0].lower()}{opening[1:]}"
    opening = f"{opening[0].upper()}{opening[1:]}" if row[0].text[:1].isupper() else opening
    if first or opening != body[0].text:
        yield Edit(start=row[0].start, end=body[0].end, replacement=opening)
    verb = _handled(noun, verb, body)
    behind = body[verb.index - body[0].index + 1 :]
    if noun.lower in _HANDS and any(a.kind == "NOUN" and b.form == "base" for a, b in pairwise(behind)):
        return  # "two hands holding a pen write a letter"
    lemma = next(lemma for lemma, form in verb.verbs if form == "ing")
    act = replace(verb, lemma=lemma, form="ing", kind="VERB")
    worn = body[head + 1].lower in parse.vocabulary.sets["caption_worn"] and body[head + 1] is not verb
    start = body[head + 1].start if worn else verb.start
    yield Edit(start=start, end=verb.end, replacement=finite(act, many, parse))
    yield from _in_a_row(verb, body, many, parse)
    bodily = _lives(noun, parse) or (noun.lower not in parse.vocabulary.noun_kinds and _is_bodily(verb, parse))
    yield from _further(verb, body, parse) if bodily else ()


def _in_a_row(verb: Word, body: Sequence[Word], many: bool, parse: Parse) -> Iterator[Edit]:
    """ "... rolling off the shelf and striking the bell": it strikes it, too."""
    linked = False
    for before, word in pairwise(body[verb.index - body[0].index + 1 :]):
        if before.kind in {"PUNCT", "PRON"}:
            return
        linked = before.lower in {"and", "then"} or (linked and before.kind == "ADV")
        if linked and word.kind == "VERB" and word.form == "ing":
            yield Edit(start=word.start, end=word.end, replacement=finite(word, many, parse))


def _handled(noun: Word, verb: Word, body: Sequence[Word]) -> Word:
    """ "A hand holding a brush painting a line": the deed of a hand is what it does with what it holds."""
    if noun.lower not in _HANDS or verb.lower not in _HOLDING:
        return verb
    for before, word in pairwise(body[verb.index - body[0].index + 1 :]):
        if before.kind in {"PUNCT", "CONJ", "PRON"}:
            break
        if before.kind == "NOUN" and word.form == "ing" and word.kind == "VERB":
            return word
    return verb


def _is_small(body: Sequence[Word], head: int) -> bool:
    """Whether nothing behind the first word of a phrase has a capital, as a name would."""
    return all(word.text.islower() for word in body[1 : head + 1]) and (head > 0 or body[0].text.islower())


def _further(verb: Word, body: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "... holds a lantern walking through a cave": whoever holds it walks, too."""
    for before, word in pairwise(body[verb.index - body[0].index + 1 :]):
        if before.kind in {"PUNCT", "CONJ", "PRON"} or _lives(before, parse):
            return
        if before.kind == "NOUN" and word.lower.endswith("ing") and _is_bodily(word, parse):
            yield Edit(start=before.end, end=before.end, replacement=",")
            return


def _is_bodily(word: Word, parse: Parse) -> bool:
    """Whether somebody does so and hardly a thing: "walking", "drinking", "sitting"."""
    lemma = next((lemma for lemma, form in word.verbs if form == "ing"), "")
    return lemma in parse.vocabulary.sets["telling_states"] | {"walk", "run", "drink", "eat", "dance", "ride", "smile"}


def _behind_a_size(row: Sequence[Word], parse: Parse) -> int:
    """How many words only say how near it is seen: "medium shot of", where the camera does not move in them."""
    of = next((place for place, word in enumerate(row[:6]) if word.lower == "of"), 0)
    views = parse.vocabulary.sets["telling_views"] | parse.vocabulary.sets["caption_sizes"]
    seen = of and (row[of - 1].lower in views or row[of - 1].lower.endswith("up"))
    moved = any(found.first <= word.index < found.last for found in parse.moves for word in row[:of])
    lapse = {"motion", "lapse", "timelapse"} & {word.lower for word in row[:of]}
    plain = all(word.kind in _PHRASE or word.text == "-" or word.kind == "ADV" for word in row[:of])
    return of + 1 if seen and plain and not moved and not lapse else 0


def _head(body: Sequence[Word]) -> int | None:
    """The place of the noun that opens a caption, of two joined ones the last."""
    place = 0
    while place < len(body) and (
        (body[place].kind in _PHRASE and not (place and body[place].kind == "DET" and body[place - 1].kind == "NOUN"))
        or (body[place].lower == "and" and place and body[place - 1].kind == "NOUN" and place + 1 < len(body))
    ):
        place += 1
        named = body[place - 1].kind == "NOUN" or body[place - 1].dep == "ROOT"
        if named and place < len(body) and body[place].lower.endswith("ing"):
            break
    named = bool(place) and (body[place - 1].kind == "NOUN" or body[place - 1].dep == "ROOT")
    return place - 1 if named else None


def _joined(phrase: Sequence[Word]) -> bool:
    """ "A man and a boy": two, each with a word of their own."""
    links = [place for place, word in enumerate(phrase) if word.lower == "and"]
    return bool(links) and phrase[links[-1] - 1].kind == "NOUN" and links[-1] + 1 < len(phrase)


def _does(word: Word, parse: Parse) -> bool:
    """Whether a participle may be what a caption tells; not one before its noun, not one of clothing."""
    lemma = next((lemma for lemma, form in word.verbs if form == "ing"), "")
    words = parse.reading.words
    before = words[word.index - 1]
    after = words[word.index + 1] if word.index + 1 < len(words) else None
    named = (
        before.kind == "NOUN"
        or before.dep == "ROOT"
        or before.lower in {"it", "them", "him", "her"}
        or before.kind == "ADV"
    )
    apart = word.kind in {"VERB", "ADJ"} and (after is None or after.kind != "NOUN" or word.kind == "VERB")
    return (
        bool(lemma)
        and lemma not in parse.vocabulary.sets["caption_looks"]
        and named
        and apart
        and parse.prompt[word.start - 1 : word.start] == " "
    )


def _waits(body: Sequence[Word], head: int, verb: Word, parse: Parse) -> bool:
    """Whether nothing up to a participle and right behind it is finite: the caption waits for its verb."""
    place = verb.index - body[0].index
    ahead = body[head + 1 : place]
    if any(w.kind in {"AUX", "PUNCT", "PRON"} or (w.kind == "VERB" and w.form != "ing") for w in ahead):
        return False
    worn = any(w.lower in {"in", *parse.vocabulary.sets["caption_worn"]} for w in ahead) and not _lives(
        body[place - 1], parse
    )
    if any(w.kind == "CONJ" for w in ahead) and not worn:
        return False
    if any(w.lower in {"with", "of", "surrounded", "filled"} for w in ahead):
        return False  # "a woman with hair blowing": whose it is
    if any(found.first < verb.index + 1 and body[0].index < found.last for found in parse.moves):
        return False
    for before, word in zip(body[place:], body[place + 1 :], strict=False):
        if word.kind == "PUNCT" and word.text not in {"-", "'"}:
            behind = body[word.index - body[0].index + 1 :][:1]
            return not (behind and behind[0].kind in {"VERB", "AUX"} and behind[0].form in {"s", "", "preterite"})
        if word.kind == "AUX" or (word.kind == "VERB" and word.form in {"s", "preterite"}):
            return False
        if (word.kind == "PRON" and word.lower in {"who", "that", "which"}) or before.lower in {"as", "while"}:
            return True
    return True


def _lives(noun: Word, parse: Parse) -> bool:
    return parse.vocabulary.noun_kinds.get(noun.lower) in _LIVING


def _acts(noun: Word, body: Sequence[Word], parse: Parse) -> bool:
    """Whether a nearer noun may act itself; not the bike that somebody sits on."""
    place = noun.index - body[0].index
    ridden = place > 1 and any(word.lower in {"on", "in"} for word in body[max(0, place - 2) : place])
    kind = parse.vocabulary.noun_kinds.get(noun.lower)
    return kind in _LIVING or (kind == "vehicle" and not ridden)


def _filmed(word: Word, parse: Parse) -> Iterator[Edit]:
    """ "A goat on a roof filmed with a zoom out": how it is filmed, behind what is seen."""
    words = parse.reading.words
    after = words[word.index + 1] if word.index + 1 < len(words) else word
    before = words[word.index - 1] if word.index else word
    behind = before.kind in {"NOUN", "ADV"} and before.sentence == word.sentence == after.sentence
    if (
        word.lower not in parse.vocabulary.sets["caption_filmed"]
        or not behind
        or after.lower not in parse.vocabulary.sets["caption_filming"]
    ):
        return
    moved = next((f for f in parse.moves if after.index < f.first <= after.index + _NEAR), None)
    pace = " ".join(w.lower for w in words[after.index + 1 : after.index + 3])
    if moved is not None:
        yield Edit(
            start=before.end, end=words[moved.last - 1].end, replacement=f". {camera_sentence(moved, parse)[:-1]}"
        )
    elif pace.startswith(("slow mo", "slow-mo")):
        yield Edit(start=before.end, end=after.start, replacement=" ")


def _before_its_noun(row: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "Fast running deer from the wood to the river": all that happens stands before its noun; the deer runs."""
    place = next((i for i, word in enumerate(row[:5]) if word.lower.endswith("ing") and word.verbs), 0)
    verb, behind = (row[place], row[place + 1 :]) if row else (None, ())
    noun = behind[0] if behind else None
    if verb is None or noun is None or noun.kind != "NOUN" or parse.masks.hides(verb.start, noun.end):
        return
    ahead = row[:place]
    lemma = next((lemma for lemma, form in verb.verbs if form == "ing"), "")
    moves = parse.vocabulary.sets["whole"]
    kind = parse.vocabulary.noun_kinds.get(noun.lower)
    alone = not any(w.kind in {"AUX", "VERB", "PUNCT", "CONJ"} and w.text != "." for w in behind)
    plain = all(w.kind in {"DET", "ADV", "NUM"} or w.lower in parse.vocabulary.sets["caption_how"] for w in ahead)
    led = len(behind) > 1 and behind[1].kind == "PREP" and behind[1].lower not in {"of", "with"}
    filmed = any(found.first <= verb.index < found.last for found in parse.moves)
    sure = lemma in moves and kind in {*_LIVING, "vehicle"}
    sure = sure or (lemma in parse.vocabulary.sets["motion"] and bool(kind) and any(w.kind == "ADV" for w in ahead))
    if not (sure and alone and plain and led) or filmed:
        return
    how = [w for w in ahead if w.kind == "ADV" or w.lower in parse.vocabulary.sets["caption_how"]]
    said = "".join(f" {w.lower}" for w in how)
    first = how[0] if how else verb
    act = finite(replace(verb, lemma=lemma, form="ing", kind="VERB"), noun.plural, parse)
    bare = not any(w.kind in {"DET", "NUM"} for w in ahead) and not noun.plural
    text = f"the {noun.text}" if bare else noun.text
    text = f"{text[0].upper()}{text[1:]}" if row[0].text[:1].isupper() and first is row[0] else text
    yield Edit(start=first.start, end=noun.end, replacement=f"{text} {act}{said}")


def _two_doing(row: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "A swimmer diving and a coach watching": both act, each in a clause of their own."""
    body = row[_of_a_lapse(row) or _behind_a_size(row, parse) :]
    body = body[: next((i for i, word in enumerate(body) if word.text in {",", ".", ";", ":"}), len(body))]
    head = _head(body)
    if head is None or any(w.kind in {"AUX", "PRON"} or (w.kind == "VERB" and w.form != "ing") for w in body):
        return
    if head + 1 >= len(body) or not _does(body[head + 1], parse) or parse.masks.hides(body[0].start, body[-1].end):
        return
    link = next((i for i, word in enumerate(body) if i > head + 1 and word.lower == "and"), 0)
    other = _head(body[link + 1 :]) if link else None
    noun = body[link + 1 + other] if other is not None else None
    verb = body[link + 2 + other] if other is not None and link + 2 + other < len(body) else None
    if noun is None or verb is None or not _does(verb, parse) or verb.kind == "NOUN":
        return
    either = (_lives(noun, parse) or noun.text.istitle()) and body[link - 1].kind in {"NOUN", "ADV"}
    if (
        not either
        or parse.reading.words[verb.index - 1] is not noun
        or body[head + 1].lemma in parse.vocabulary.sets["caption_seeing"]
    ):
        return
    for who, act in ((body[head], body[head + 1]), (noun, verb)):
        lemma = next(lemma for lemma, form in act.verbs if form == "ing")
        said = finite(replace(act, lemma=lemma, form="ing", kind="VERB"), who.plural, parse)
        yield Edit(start=act.start, end=act.end, replacement=said)


def _of_a_lapse(row: Sequence[Word]) -> int:
    """Past the "slow-motion shot of" that is told as the pace of what follows."""
    of = next((place for place, word in enumerate(row[:8]) if word.lower == "of"), 0)
    return of + 1 if {"motion", "lapse", "timelapse"} & {word.lower for word in row[:of]} else 0


def _commanded(verb: Word, parse: Parse) -> Iterator[Edit]:
    """ "The singer is laughing, shake head": asked of the same one, who shakes it as she laughs."""
    words = parse.reading.words
    comma, thing = words[verb.index - 1] if verb.index else verb, words[verb.index + 1 : verb.index + 3]
    lemma = next((lemma for lemma, form in verb.verbs if form == "base"), "")
    ends = len(thing) < 2 or thing[1].kind == "PUNCT" or thing[1].sentence != verb.sentence
    limbs = bool(thing) and parse.vocabulary.noun_kinds.get(thing[0].lower) == "body"
    limbs = limbs and (thing[0].plural or thing[0].lower in {"head", "mouth", "body", "tail"})
    acts = any(event.verb < verb.index and words[event.verb].sentence == verb.sentence for event in parse.events)
    opening = words[parse.reading.starts[verb.sentence]]
    asked = opening.kind == "VERB" and opening.form == "base"
    if comma.text == "," and lemma == verb.lower and ends and limbs and acts and not asked:
        yield Edit(start=verb.start, end=verb.end, replacement=participle(lemma, parse))


def _run_on(found: Found, parse: Parse) -> Iterator[Edit]:
    """ "A boy on a train camera pans": what the camera does, behind what is seen without a mark."""
    words = parse.reading.words
    camera = words[found.first]
    before = words[found.first - 1] if found.first else camera
    verb = words[found.first + 1] if found.first + 1 < len(words) else camera
    start = parse.reading.starts[camera.sentence]
    ahead = words[start : found.first]
    shown = any(word.kind in {"PREP", "VERB"} for word in ahead) and before.kind == "NOUN"
    acts = verb.form == "s" and parse.prompt[before.end : camera.start] == " "
    if (
        camera.lower == "camera"
        and shown
        and acts
        and before.lower not in parse.vocabulary.sets["caption_cameras"]
        and len(ahead) >= _NEAR
    ):
        yield Edit(start=before.end, end=camera.end, replacement=". The camera")


IN_ROWS = (_caption, _before_its_noun, _two_doing)
IN_WORDS = (_filmed, _commanded)
IN_MOVES = (_run_on,)
