"""Camera work that is said of a shot: "a static shot", "an orbiting drone shot", "camera to the left"."""

from __future__ import annotations

from studio.coach.cues.camera.chain import swallow
from studio.coach.cues.camera.grammar import ACTORS
from studio.coach.cues.camera.search import Search
from studio.coach.language.words import Word

__all__ = ["find_continued", "find_described", "find_held", "find_hurried", "find_movement", "find_performed"]

_LEADING = {"movement", "motion", "move", "to", "towards", "toward", "the"}
_WITHIN = {"DET", "ADJ", "ADV", "NUM", "NOUN", "VERB"}
_MODIFIERS = 5  # words between "static" and the shot that it describes


def _stands_apart(search: Search, word: Word) -> bool:
    """ "Static, wind in her hair": the word alone between two marks; "completely" says it more."""
    before, after = search.before(word.index, "ADV"), search.after(word.index)
    return (before is None or before.kind == "PUNCT") and (after is None or after.kind == "PUNCT")


def _sized(search: Search, word: Word) -> bool:
    """ "Static wide.": with a size of shot alone behind it."""
    before, size = search.before(word.index), search.after(word.index)
    end = search.after(size.index) if size is not None else None
    named = size is not None and size.lower in {"wide", "medium", "closeup", "close", "full", "long", "mcu", "cu"}
    return named and (before is None or before.text == ",") and (end is None or end.kind == "PUNCT")


def find_described(search: Search) -> None:
    """ "A static, medium shot", "an orbiting drone shot": an adjective before what is filmed."""
    for word in search.words:
        still = word.lower in search.sets["still"]
        alone = word.lower in {"static", "locked"} and (_stands_apart(search, word) or _sized(search, word))
        if alone and not search.hidden(word.index, word.index + 1) and word.index not in search.negated:
            search.add("static", word.index, word.index + 1, word.index, "stands alone")
            continue
        if not (still or word.lower in search.sets["adjectives"]) or search.hidden(word.index, word.index + 1):
            continue
        shot, before = _shot_behind(search, word), search.before(word.index)
        if shot is None or word.index in search.negated:
            continue
        if before is not None and before.could_be("stay", "remain", "keep", "be"):
            continue  # "the background stays fixed, centred framing"
        entry = search.match(word.index, search.tables.verbs) if not still else ("static", word.index + 1)
        if entry:
            move = search.flown(entry[0], word.index, shot.index)
            search.add(move, search.with_modifiers(word.index), shot.index + 1, word.index, "describes the shot")
            swallow(search, shot.index + 1)


def find_performed(search: Search) -> None:
    """ "The camera makes a subtle forward move", "performs one slow orbit": what a verb of doing leads to."""
    for word in search.words:
        verb = search.after(word.index, "ADV") if word.lower in search.sets["subjects"] else None
        verb = word if _is_ordered(search, word) else verb
        if verb is None or not verb.could_be_of(search.sets["performing"]):
            continue
        end = verb.index + 1
        while end < len(search.words) and (
            search.words[end].kind in _WITHIN or search.words[end].lower in {",", "one"}
        ):
            end += 1
        named = next((near for near in reversed(search.same(verb, verb.index + 1, end)) if _names(search, near)), None)
        if named is None or search.hidden(verb.index, named.index + 1) or not (verb is word or search.is_camera(word)):
            continue
        own = [lemma for lemma in search.vocabulary.camera.own if named.could_be(lemma)] or ["move"]
        sides = [side for _, side in search.directions(verb.index + 1, end)]
        moves = (search.tables.verbs.get((lemma, side)) for lemma in own for side in (*sides, ""))
        move = next((move for move in moves if move), None)
        if move and verb.index not in search.negated:
            search.add(move, word.index, named.index + 1, named.index, "the camera makes it")


def _is_ordered(search: Search, word: Word) -> bool:
    """ "Execute a smooth tilt upwards": a command where a clause opens, and an article behind it."""
    ordered = word.could_be("execute", "perform") and word.may_be("base") and search.opens_clause(word)
    behind = search.after(word.index)
    return bool(ordered) and behind is not None and behind.kind == "DET"


def _names(search: Search, word: Word) -> bool:
    """Whether a word may name what a camera makes: a move, or one that only a camera makes."""
    owner = search.before(word.index)
    if word.form == "s" or (owner is not None and owner.lower in {"'s", "’s"}):
        return False  # "starts wide, then pans", "starts wide showing the tower's tilt"
    return word.lower in search.sets["made"] or bool(word.could_be_of(search.vocabulary.camera.own))


def _shot_behind(search: Search, word: Word) -> Word | None:
    """What an adjective of the camera describes: the shot or camera behind it, other adjectives between."""
    for near in search.words[word.index + 1 : word.index + 1 + _MODIFIERS]:
        if near.sentence != word.sentence:
            return None
        if near.lower in search.sets["takes"]:
            return near
        if near.lower in {"two", "three"}:
            continue  # "a static two-shot"
        if near.text == "," and search.words[near.index - 1].lower in search.sets["posed"]:
            return None  # "a static subject, arc shot"
        apart = near.kind in {"VERB", "PREP", "DET", "PRON", "AUX"} and near.form not in {"ing", "attributive"}
        if (apart and near.lower != "up") or (near.kind == "PUNCT" and near.text != ","):
            return None
    return None


def find_movement(search: Search) -> None:
    """ "Gentle camera movement forward", "-camera clockwise": nothing but the way that the camera takes."""
    for word in search.words:
        if word.lower not in {"camera", "cam"} or word.index in search.negated or not _steers(search, word):
            continue
        way = search.after(word.index)
        named = way is not None and way.lower in {"movement", "motion", "move"}
        while way is not None and (way.lower in _LEADING or way.text == ":"):
            way = search.after(way.index)
        if way is None or search.hidden(word.index, way.index + 1):
            continue
        side = next((name for _, name in search.directions(way.index, way.index + 1)), "")
        move = (search.tables.verbs.get(("move", side)) or search.tables.verbs.get(("turn", side))) if side else None
        ends = search.after(way.index)
        while ends is not None and (ends.lower.endswith("ly") or ends.lower in {"slow", "fast"}):
            ends = search.after(ends.index)
        adverb = way.lower not in {"in", "on", "to", "near"} or named
        if move is not None and adverb and (ends is None or ends.kind in {"PUNCT", "CONJ"}):
            search.add(move, search.with_modifiers(word.index), way.index + 1, way.index, "a movement and its way")


def _steers(search: Search, word: Word) -> bool:
    """Whether a camera opens its clause, or its movement is named: not "she puts the camera down"."""
    before, after = search.before(word.index), search.after(word.index)
    named = after is not None and after.lower in {"movement", "motion", "move"}
    return named or before is None or before.kind == "PUNCT"


def find_hurried(search: Search) -> None:
    """ "Fast camera speed", "camera movement: frantic": a camera in a hurry, wherever it goes."""
    for word in search.words:
        said = search.after(word.index) if word.lower in {"camera", "cam"} else None
        if said is None or said.lower not in search.sets["manners"]:
            continue
        if search.hidden(word.index, said.index + 1) or word.index in search.negated:
            continue
        before, after = search.before(word.index), search.after(said.index)
        while after is not None and (after.text == ":" or after.kind == "AUX"):
            after = search.after(after.index)
        ends = search.after(after.index) if after is not None else None
        behind = after is not None and _in_haste(search, after) and (ends is None or ends.kind in {"PUNCT", "CONJ"})
        if behind or (before is not None and _in_haste(search, before) and (after is None or after.kind != "ADV")):
            last = after.index + 1 if behind and after is not None else said.index + 1
            search.add("fast_move", search.with_modifiers(word.index), last, said.index, "the camera is in a hurry")


def _in_haste(search: Search, word: Word) -> bool:
    return word.lower in search.sets["hurried"] and word.kind in {"ADJ", "NOUN", "ADV", "VERB"}


def find_continued(search: Search) -> None:
    """ "The camera descends. Starts overhead, settles low.": whose verbs these are stood in the sentence before."""
    filmed = False
    for start in search.reading.starts.values():
        word = search.words[start]
        before = search.reading.sentence_before(word)
        named = any(near.lower in search.sets["subjects"] for near in before[:3])
        moved = bool(before) and any(before[0].index <= found.first <= before[-1].index for found in search.found)
        others = (near.lower for near in before if near.lower != "subject")  # whom the camera moves about
        alive = any(search.vocabulary.noun_kinds.get(other) in ACTORS for other in others)
        filmed = (filmed or (named and moved and not alive)) and _stands_first(search, word)
        for verb in search.same(word, start, len(search.words)) if filmed else ():
            ahead = search.before(verb.index)
            bound = ahead is None or ahead.text == "," or ahead.kind == "CONJ"
            if bound and _stands_first(search, verb):
                search.taken.add(verb.index)


def _stands_first(search: Search, word: Word) -> bool:
    """Whether a word is a finite verb, whatever the parser made of it where no subject stands before it."""
    after = search.after(word.index)
    led = after is None or after.kind in {"ADV", "PREP", "DET", "PUNCT", "NUM"} or after.lower == "close"
    return any(form == "s" for _, form in word.verbs) and (word.kind == "VERB" or led)


def find_held(search: Search) -> None:
    """ "Keep the camera completely still", "camera perfectly static": said behind the camera."""
    for word in search.words:
        if word.lower not in {"camera", "shot", "frame", "cam"} or search.hidden(word.index, word.index + 1):
            continue
        near = search.after(word.index)
        while near is not None and (near.kind in {"ADV", "AUX"} or near.text in {":", "]"}) and near.lower != "still":
            near = search.after(near.index)
        after = search.after(near.index) if near is not None else None
        loose = after is None or after.kind not in {"NOUN", "ADJ"} or after.lower in {"while", "as", "tripod"}
        if near is not None and near.lower in search.sets["still"] | {"still", "steady"} and loose:
            search.add("static", word.index, near.index + 1, word.index, "the camera is held")
