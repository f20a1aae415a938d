"""Moves in a word or two, without a camera: "pan left", "then back to the right", "no zoom"."""

from __future__ import annotations

from dataclasses import replace

from studio.coach.cues.camera.phrases import is_a_truck
from studio.coach.cues.camera.search import Search
from studio.coach.language.words import Word
from studio.shot import Move

__all__ = ["find_bare", "find_diagonals", "find_ellipses", "find_refused"]

_AIM = 8  # words of a move's aim, before another move is tied on


def find_bare(search: Search) -> None:
    """ "Pan left", "zoom face": a verb of the camera where a clause opens."""
    for word in search.words:
        if word.index in search.taken or not word.verbs or search.hidden(word.index, word.index + 1):
            continue
        shot = _is_of_a_shot(search, word)
        if not word.may_be("base", "ing") and not shot and not _own_third(search, word):
            continue
        entry = search.match(word.index, search.tables.bare)
        if entry and (_is_handled(search, word) or is_a_truck(search, word.index, entry[0])):
            continue
        if entry and entry[0] == "zoom" and search.opens_clause(word) and _is_aimed(search, word):
            search.take("zoom_in", search.with_modifiers(word.index), entry[1], word.index)
        elif entry and (shot or search.opens_clause(word)) and (entry[1] > word.index + 1 or search.stands_alone(word)):
            search.take(entry[0], search.with_modifiers(word.index), entry[1], word.index)


def _is_aimed(search: Search, word: Word) -> bool:
    """ "Zoom face": right at somebody, or at a part of a body."""
    near = search.after(word.index, "DET", "ADJ")
    return near is not None and search.vocabulary.noun_kinds.get(near.lower) in {"body", "person", "animal"}


def _is_handled(search: Search, word: Word) -> bool:
    """ "Brushes her teeth, moving it back and forth": an object that somebody moves."""
    after = search.after(word.index)
    object_ = after is not None and after.kind == "PRON" and after.dep == "obj" and after.head == word.index
    return object_ and not word.could_be_of(search.vocabulary.camera.own)


def _is_of_a_shot(search: Search, word: Word) -> bool:
    """ "A view of a forest at night which slowly zooms out": what lenses do, said of the view far before."""
    before = search.before(word.index, "ADV")
    if before is None or before.lower not in {"which", "that"} or not word.could_be("zoom", "pan", "tilt"):
        return False
    ahead = search.same(word, search.reading.starts[word.sentence], before.index)
    return any(near.lower in search.sets["takes"] | search.sets["clips"] for near in ahead)


def _own_third(search: Search, word: Word) -> bool:
    """ "Tilts up, then pushes in": verbs that only a camera does need no subject where the sentence opens."""
    if not word.could_be_of(search.vocabulary.camera.own):
        return False
    before = search.before(word.index)
    while before is not None and (before.kind in {"ADV", "CONJ"} or before.text == ","):
        before = search.before(before.index)
    opening = search.words[search.reading.starts[word.sentence]]
    return before is None or before.index in search.taken or bool(opening.could_be("start", "begin"))


def find_ellipses(search: Search) -> None:
    """ "Pan left, then back to the right": the second move has the verb of the first."""
    for found in tuple(search.found):
        index = _link(search, found.last)
        said = index
        while index < len(search.words) and search.words[index].lower in search.sets["again"]:
            index += 1
        if index == said or index >= len(search.words) or index in search.taken:
            continue
        after = search.after(index)
        turned = _turned(search, found.move, search.words[index].lower)
        between = {word.lower for word in search.words[found.last : index]}
        if turned and between in ({"to", "the"}, {"to"}):
            search.taken.add(index)  # "a lateral slide to the right": the side that the move itself goes to
            search.found[search.found.index(found)] = replace(found, move=turned, last=index + 1)
        elif turned and (after is None or after.kind in {"PUNCT", "CONJ", "ADV", "PREP"}):
            search.add(turned, index, index + 1, index, "the verb of the move before")


def find_diagonals(search: Search) -> None:
    """ "Pan left up": a second side right beside the first is a move of its own."""
    for found in tuple(search.found):
        sided = search.vocabulary.moves[found.move].side
        for place in range(found.first, min(found.last + 1, len(search.words))) if sided else ():
            word = search.words[place]
            move = search.tables.sided.get(("tilt", word.lower)) if found.move in {"pan_left", "pan_right"} else None
            beside = {near.lower for near in search.same(word, place - 1, place + 2)}
            if move is not None and sided in beside:
                search.add(move, place, place + 1, place, "a second side of a pan")


def _link(search: Search, index: int) -> int:
    """Where what follows a move is tied on: right behind it, or at a "then" behind its aim."""
    while index < len(search.words) and search.words[index].lower in {"left", "right", "up", "down"}:
        index += 1
    for place in range(index, min(len(search.words), index + _AIM)):
        word = search.words[place]
        if word.sentence != search.words[index - 1].sentence or word.kind == "VERB" or word.index in search.taken:
            break
        if word.lower == "then":
            return place
    return index


def _turned(search: Search, move: Move, word: str) -> Move | None:
    """The move of the same family to another side: panning left turned "right"."""
    family = search.vocabulary.moves[move].family
    side = {"forward": "in", "forwards": "in", "back": "out", "backwards": "out"}.get(word, word)
    return "orbit" if family == "orbit" and side in {"left", "right"} else search.tables.sided.get((family, side))


def find_refused(search: Search) -> None:
    """ "The camera should not move", "no zoom, no pan": a move taken back, where no other move is asked for."""
    if any(found.move != "static" for found in search.found):
        return
    for first in sorted(index for index in search.negated if index - 1 not in search.negated):
        scope = [search.words[first]]
        while scope[-1].index + 1 in search.negated:
            scope.append(search.words[scope[-1].index + 1])
        stirred = next((word for word in scope if word.could_be_of(search.sets["stirring"])), None)
        if stirred is None or search.hidden(first - 1, stirred.index + 1):
            continue
        governor = search.before(first - 1, "AUX", "ADV", "DET")
        camera = [word for word in (*scope, governor) if word is not None and word.lower in search.sets["spoken"]]
        own = (
            stirred is scope[0] and bool(stirred.could_be_of(search.vocabulary.camera.own)) and _refuses(search, first)
        )
        if camera or own:
            start = min([first - 1, *(word.index for word in camera)])
            end = max([stirred.index, *(word.index for word in camera)])
            search.add("static", start, end + 1, stirred.index, "a move of the camera is taken back")


def _refuses(search: Search, first: int) -> bool:
    """Whether a "no" or "without" opens the scope: "he does not tilt his head" is somebody's."""
    return search.words[first - 1].lower in {"no", "without", "avoid", "zero"}
