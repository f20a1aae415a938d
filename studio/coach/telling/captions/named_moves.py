"""Camera moves that are only named, said as what the camera does: "a slow push-in on the door"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from studio.advice import Edit
from studio.coach.cues.camera import Found
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.wording.naming import is_proper
from studio.coach.telling.wording.phrasing import adverb, finite

__all__ = ["named_moves"]

_FINITE = {"s", "base", "preterite"}
_ARTICLES = {"a", "an", "the"}
_AGAIN = {"then", "next", "finally", "and"}  # before a further move
_FILMED = {"shot", "view", "footage", "take"}
_PURSUING = {"following", "tracking", "chasing"}
_GAPS = {" ", "-", "‑", "–"}


def named_moves(parse: Parse) -> Iterator[Edit]:
    """An edit for each move that opens its sentence as a noun."""
    for found in parse.moves:
        start = parse.reading.starts[parse.reading.words[found.first].sentence]
        row = parse.reading.words[start : found.last]
        if row and row[0].index <= found.first and not parse.masks.hides(row[0].start, row[-1].end):
            yield from _named(found, row, parse)
            yield from _shot(found, row, parse)
            yield from _going_shot(found, row, parse)
            yield from _named_shot(found, row, parse)


def _named(found: Found, row: tuple[Word, ...], parse: Parse) -> Iterator[Edit]:
    """ "A slow truck left past a fence": who trucks left is the camera; the name alone may be a vehicle's."""
    words = parse.reading.words
    held = row[0].lower in _ARTICLES
    noun = words[found.last - 2] if found.last - 2 >= row[0].index + held else row[0]
    way = words[found.last - 1]
    alone = found.last == len(words) or words[found.last].kind == "PUNCT"
    act = next((lemma for lemma, form in parse.vocabulary.verb_forms.get(noun.lower, ()) if form == "base"), "")
    manner = [word for word in row[held : noun.index - row[0].index] if word.lower != "camera"]
    ways = {name for names in parse.vocabulary.camera.directions.values() for name in names}
    named = act == noun.lower and way.lower in ways and way.index == noun.index + 1
    named = named and (held or (not alone and bool(manner)))
    named = named and parse.prompt[noun.end : way.start] in _GAPS
    if not named or not all(_is_manner(word, parse) for word in manner) or _acts(found, parse):
        return
    how = "".join(f"{adverb(word.lower)} " for word in manner)
    verb = finite(replace(noun, lemma=act, form="base", kind="VERB"), False, parse)
    yield Edit(start=row[0].start, end=way.end, replacement=f"{_camera(row[0])} {how}{verb} {way.text}")


def _shot(found: Found, row: tuple[Word, ...], parse: Parse) -> Iterator[Edit]:
    """ "A handheld shot following a child": the handheld camera follows it."""
    place = next((i for i, word in enumerate(row) if word.lower in _FILMED), 0)
    shot, verb = row[place], row[-1]
    words = parse.reading.words
    after = words[shot.index + 1 : shot.index + 4]
    after = after[1:] if after and after[0].text == "," else after  # "tracking shot, following a kite"
    pursues = bool(after) and after[0].lower in _PURSUING and after[0].sentence == shot.sentence
    bare = verb is shot and len(after) > 1 and pursues and after[0].form in {"attributive", "ing"}
    verb = after[0] if bare else verb  # "tracking shot following woman"
    held = row[0].lower in _ARTICLES
    doing = (bare or (verb.kind == "VERB" and verb.form == "ing")) and (bare or verb.index == shot.index + 1)
    inside = range(found.first, found.last if bare else found.first)
    plain = all(
        word.kind in {"ADJ", "NOUN", "ADV"} or word.form == "participle" or word.index in inside
        for word in row[held:place]
    )
    if (place <= held and not held) or not doing or not plain or _acts(found, parse, aimed=True):
        return
    rigs = [word.lower for word in row[held:place] if word.lower in {"handheld"}]
    how = [adverb(word.lower) for word in row[held:place] if _is_manner(word, parse)]
    lost = [word for word in row[held:place] if word.lower != "handheld" and not _is_manner(word, parse)]
    if any(word.index < found.first for word in lost):
        return
    who = " ".join(["The" if row[0].text[0].isupper() else "the", *rigs, "camera", *how])
    if bare:
        verb = replace(verb, kind="VERB", form="ing", lemma=next(lemma for lemma, form in verb.verbs if form == "ing"))
        single = after[1].kind == "NOUN" and not after[1].plural and not is_proper(after[1], parse)
        article = " the" if single and after[1].lower not in parse.vocabulary.nouns.mass else ""
        yield Edit(start=row[0].start, end=verb.end, replacement=f"{who} {finite(verb, False, parse)}{article}")
        return
    yield Edit(start=row[0].start, end=verb.end, replacement=f"{who} {finite(verb, False, parse)}")


def _going_shot(found: Found, row: tuple[Word, ...], parse: Parse) -> Iterator[Edit]:
    """ "A slow tracking shot through a forest": the camera slowly tracks through it."""
    words = parse.reading.words
    held = row[0].lower in _ARTICLES
    verb = words[found.last - 2] if found.last >= 2 else row[0]
    forms = parse.vocabulary.verb_forms.get(verb.lower, ())
    lemma = next((lemma for lemma, form in forms if form in {"ing", "base"}), "")
    manner = row[held : verb.index - row[0].index]
    after = words[found.last] if found.last < len(words) else None
    goes = after is not None and after.kind == "PREP" and after.lower not in {"of", "with", "as", "in", "at", "from"}
    named = row[-1].lower in _FILMED and lemma in (*parse.vocabulary.camera.own, "track")
    if named and goes and all(_is_manner(word, parse) for word in manner) and not _acts(found, parse):
        how = "".join(f"{adverb(word.lower)} " for word in manner)
        act = finite(replace(verb, lemma=lemma, form="base", kind="VERB"), False, parse)
        yield Edit(start=row[0].start, end=row[-1].end, replacement=f"{_camera(row[0])} {how}{act}")


def _named_shot(found: Found, row: tuple[Word, ...], parse: Parse) -> Iterator[Edit]:
    """ "A slow dolly-in shot of a vase", "a forward push-in shot moving toward a gate": the camera dollies in on it."""
    words = parse.reading.words
    place = next((i for i, word in enumerate(row) if word.lower in _FILMED), len(row))
    shot = row[place] if place < len(row) else words[found.last] if found.last < len(words) else row[-1]
    if shot.lower not in _FILMED or place < 2 or shot.index + 1 >= len(words):
        return
    noun, way, after = words[shot.index - 2], words[shot.index - 1], words[shot.index + 1]
    inward = way.lower in parse.vocabulary.camera.directions["in"]
    doing = any(form == "ing" for _, form in after.verbs)
    goes = doing or (after.lower == "of" and inward)
    held = row[0].lower in _ARTICLES
    ahead = words[row[0].index + held : noun.index]
    plain = all(word.kind in {"ADJ", "ADV", "NOUN"} for word in ahead) and noun.lower in parse.vocabulary.verb_forms
    tied = parse.prompt[noun.end : way.start] in _GAPS - {" "}
    if not goes or not plain or not tied or after.sentence != shot.sentence or noun.index < row[0].index:
        return
    how = "".join(f"{adverb(word.lower)} " for word in ahead if _is_manner(word, parse))
    act = finite(replace(noun, lemma=noun.lower, form="base", kind="VERB"), False, parse)
    last, link = (shot.end, ",") if doing else (after.end, " on")
    yield Edit(start=row[0].start, end=last, replacement=f"{_camera(row[0])} {how}{act} {way.text}{link}")


def _camera(opening: Word) -> str:
    return "The camera" if opening.text[0].isupper() else "the camera"


def _is_manner(word: Word, parse: Parse) -> bool:
    return parse.vocabulary.levels.at((word.lower,), 0) is not None or word.lower in parse.vocabulary.telling.manners


def _acts(found: Found, parse: Parse, *, aimed: bool = False) -> bool:
    """Whether the move is who does something ("a pan right reveals a harbour"), or no phrase goes on from it."""
    words = parse.reading.words
    behind = [w for w in words[found.last : found.last + 40] if w.sentence == words[found.first].sentence]
    if not behind:
        return False
    after = behind[0]
    goes_on = {"PREP", "PUNCT", "CONJ"} | ({"DET", "NOUN", "ADJ"} if aimed else set())
    if after.kind not in goes_on and after.form != "ing":
        return True
    for word in behind:
        if word.kind in {"PUNCT", "CONJ", "PRON"} or word.lower in parse.vocabulary.sets["telling_binding"]:
            return False
        finite_verb = word.kind == "AUX" or (word.kind == "VERB" and word.form in _FINITE)
        if finite_verb and not word.dep.startswith("acl"):
            return True
    return False
