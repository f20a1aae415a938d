"""What the camera rides on, and moves that no camera is named for: "a gimbal move sliding right", "easing back"."""

from __future__ import annotations

from studio.coach.cues.camera.chain import follow
from studio.coach.cues.camera.grammar import ACTORS
from studio.coach.cues.camera.search import Search
from studio.coach.language.words import Word
from studio.shot import Move

__all__ = ["find_carried", "find_labelled", "find_opening"]

_AHEAD = 4  # words behind "gimbal move" that may hold its direction
_AIM = 12  # words from a verb to where it ends: "tilting from her boots up to her face"
_BESIDE = {"while", "whilst"}
_OF_BOTH = {"motion", "movement"}
"""Labels of a line that speaks of the camera or of who is filmed."""
_TURNED = ("tilt", "pan")


def find_labelled(search: Search) -> None:
    """ "Movement: rotate slowly": a line that is labelled so speaks of the camera only."""
    labels = search.reading.labels.items()
    labelled = {
        sentence
        for sentence, (label, first) in labels
        if label.lower in search.sets["labels"] and not (label.lower in _OF_BOTH and _names_an_actor(search, first))
    }
    search.taken.update(word.index for word in search.words if labelled and word.sentence in labelled)


def _names_an_actor(search: Search, first: int) -> bool:
    """ "Motion: steam rises": a noun that is no camera stands before the first verb of a line."""
    named = False
    for word in search.words[first:]:
        if word.sentence != search.words[first].sentence or word.index in search.taken:
            return False
        if word.kind == "VERB":
            return named
        named = named or (word.kind in {"NOUN", "PRON"} and word.lower not in search.vocabulary.camera.subjects)
    return False


def find_carried(search: Search) -> None:
    """ "Slider shot from left to right", "a parallax slide": what a rig does the camera does."""
    for word in search.words:
        rig = word.lower in search.sets["carriers"] and not search.hidden(word.index, word.index + 1)
        said = search.after(word.index) if rig else None
        while said is not None and said.kind == "ADJ" and not said.verbs:
            said = search.after(said.index)
        if said is None or search.hidden(said.index, said.index + 1):
            continue
        named = said.lower in search.sets["takes"] | search.sets["between"]
        before = search.before(word.index)
        held = before is not None and (before.kind == "PREP" or before.lower in {"the", *search.sets["owners"]})
        finite = said.kind == "VERB" and said.form != "ing"  # "a crane lifts a container"
        flies = word.lower == "helicopter"  # which is in the picture, unless a shot is named
        if not named and (held or finite or flies or search.match(said.index, search.tables.verbs) is None):
            continue
        known = len(search.found)
        follow(search, said.index + named, word.index)
        if named and len(search.found) == known:
            _goes_to(search, word, said)


def _goes_to(search: Search, rig: Word, said: Word) -> None:
    """ "A parallax shot to the left": the direction alone says the move."""
    end = said.index + 1
    while end < min(len(search.words), said.index + 1 + _AHEAD) and search.words[end].sentence == rig.sentence:
        if search.words[end].kind in {"PUNCT", "VERB", "CONJ"}:
            break
        end += 1
    for place, name in search.directions(said.index + 1, end):
        move = search.tables.anyhow.get(name)
        if move is not None and move not in search.vocabulary.camera.aggressive:
            search.add(move, search.with_modifiers(rig.index), place + 1, rig.index, "a rig and where it goes")
            return


def find_opening(search: Search) -> None:
    """ "Easing back from the table", "tilting from her boots up": camera work that opens a sentence."""
    for start in search.reading.starts.values():
        word: Word | None = search.words[start]
        beside = word is not None and word.lower in _BESIDE and _filmed_before(search, start)
        word = search.after(start) if beside else word
        while word is not None and (word.kind == "ADV" or search.levelled(word)):
            word = search.after(word.index)
        if word is None or not word.verbs or search.hidden(word.index, word.index + 1):
            continue
        if _pursues(search, word):
            search.take("tracking", search.with_modifiers(word.index), word.index + 1, word.index)
            continue
        entry = search.match(word.index, search.tables.verbs) if beside and word.form == "ing" else _led(search, word)
        if entry is not None and word.index not in search.negated:
            search.take(entry[0], search.with_modifiers(word.index), entry[1], word.index)


def _pursues(search: Search, word: Word) -> bool:
    """ "Follow a cyclist from behind": told to nobody, so to the camera; who is followed can move."""
    told = word.may_be("base", "ing")
    if not told or not word.could_be("follow", "track", "trail"):
        return False
    behind = search.same(word, word.index + 1, word.index + 1 + _AHEAD)
    behind = behind[next((i for i, near in enumerate(behind) if near.kind not in {"ADV", "PREP"}), 0) :]
    whom = next((near for near in behind if near.kind == "NOUN"), None)
    determined = bool(behind) and (behind[0].kind in {"DET", "NUM", "ADJ"} or behind[0].text[:1].isupper())
    kind = search.vocabulary.noun_kinds.get(whom.lower) if whom is not None else ""
    named = whom is not None and whom.text[:1].isupper() and kind is None
    moving = any(near.lower in {"as", "while"} for near in search.same(word, word.index + 2, word.index + _AIM))
    actor = kind in ACTORS or named or moving
    return determined and actor and word.index not in search.negated and not _somebody_acts(search, word)


def _filmed_before(search: Search, start: int) -> bool:
    """Whether the sentence before is of the camera: "The camera dollies in. While orbiting ..."."""
    before = search.words[start - 1].sentence if start else -1
    verbs = [w for w in search.words[:start] if w.sentence == before and w.kind == "VERB"]
    return bool(verbs) and all(w.index in search.taken for w in verbs)


def _led(search: Search, word: Word) -> tuple[Move, int] | None:
    """The move that a verb without a subject makes, if it is the camera's: alone, and no object behind it."""
    after = search.after(word.index)
    forms = {form for _, form in word.verbs}
    if after is None or after.kind not in {"PREP", "ADV"} or forms.isdisjoint({"base", "ing"}):
        return None
    entry = search.match(word.index, search.tables.verbs)
    if entry is None:
        return None
    if word.could_be_of(search.sets["turning"]):
        found = _turned_to(search, word, entry)
        does = "ing" in forms or word.kind == "VERB" or found[1] > word.index + 1  # "Truck on a road" is a thing
        return found if does else None
    drifts = bool(word.could_be_of(search.sets["drifting"])) and entry[1] > word.index + 1
    return entry if drifts and not _somebody_acts(search, word) else None


def _turned_to(search: Search, word: Word, entry: tuple[Move, int]) -> tuple[Move, int]:
    """ "Tilting from her boots up to her face": the side that is said far behind the verb."""
    if not word.could_be_of(_TURNED) or entry[1] > word.index + 1:
        return entry
    for near in search.same(word, word.index + 1, word.index + _AIM):
        if near.kind == "PUNCT":
            break
        move = search.tables.verbs.get((word.verbs[0][0], near.lower))
        if near.lower in {"up", "down", "left", "right"} and move is not None:
            return move, near.index + 1
    return entry


def _somebody_acts(search: Search, word: Word) -> bool:
    """ "Gliding through the reeds, a swan turns": who comes before it, or behind its comma, does it."""
    kinds = search.vocabulary.noun_kinds
    if any(kinds.get(near.lower) in ACTORS or near.kind == "PRON" for near in search.words[: word.index]):
        return True
    behind = search.same(word, word.index + 1, len(search.words))
    comma = next((near.index for near in behind if near.text == ","), None)
    finite = (near for near in behind if comma is not None and near.index > comma)
    return any(near.kind == "VERB" and near.form in {"s", "base", "preterite"} for near in finite)
