"""Flights: what is seen from the air or out of somebody's eyes, with or without a camera that is named."""

from __future__ import annotations

from studio.coach.cues.camera.grammar import ACTORS
from studio.coach.cues.camera.search import Search
from studio.coach.language.words import Word
from studio.shot import Move

__all__ = [
    "find_filmed",
    "find_first_person",
    "find_full_circle",
    "find_recorders",
    "find_rushing",
    "find_travel",
    "find_wandering",
    "someone_comes",
]

_AIM = 8  # words of a flight's path
_ROUND = 4  # words behind "360 degree" that may name what goes round
_INTO = {"through", "into", "between", "inside"}
_OVER = {"over", "above"}
_NUMBERS = {"180", "270", "360"}


def find_first_person(search: Search) -> None:
    """A first-person view that flies is an FPV shot; "POV" needs its flight right behind it."""
    for first, last, flies in search.tables.first_person.find(search.reading.lowers):
        if search.masks.hides(search.words[first].start, search.words[last - 1].end):
            continue
        verb = _flies_on(search, last)
        borne = verb is None and _is_borne(search, last)
        if verb is None and not borne and not (flies and _flight_beside(search, first, last)):
            continue
        search.add("fpv", first, last, first, "first-person flight")
        if verb is not None:
            search.taken.add(verb.index)
        inside = {"dolly_in", "aerial_move", "fly_through", "zoom_in"}
        search.found = [
            f
            for f in search.found
            if f.move not in inside
            or f.first < first
            or search.words[f.first].sentence != search.words[first].sentence
            or search.glides(f)
        ]


def _flight_beside(search: Search, first: int, last: int) -> bool:
    """Whether the sentence speaks of flying, and not of somebody who flies: "hands flying a kite"."""
    for word in search.words:
        if word.sentence != search.words[first].sentence or word.lower not in search.sets["flight"]:
            continue
        before = search.before(word.index)
        who = before is not None and before.kind == "NOUN" and before.index >= last
        if not (who and before is not None and before.lower not in search.sets["spoken"] | search.sets["takes"]):
            return True
    return False


def _flies_on(search: Search, last: int) -> Word | None:
    """ "POV shot flying over a lake", "a first-person view quickly soars": the verb of the flight."""
    word, named = search.after(last - 1), False
    while word is not None and (
        word.lower in search.sets["takes"] or word.kind == "ADV" or word.text == "," or word.lower in {"the", "our"}
    ):
        named = named or word.text == "," or word.kind == "DET"
        word = search.after(word.index)
    if word is None or word.kind != "VERB" or word.form not in {"ing", "s"}:
        return None
    runs = word.form == "ing" and not named and bool(word.could_be_of(search.sets["running"]))
    return word if runs or word.could_be_of(search.sets["soaring"]) else None


def _is_borne(search: Search, last: int) -> bool:
    """ "POV of a courier riding a scooter", "POV of dashing up a stairwell": the eyes go along."""
    of = search.after(last - 1)
    while of is not None and of.lower in search.sets["takes"]:
        of = search.after(of.index)
    if of is None or of.lower != "of":
        return False
    for near in search.same(of, of.index + 1, of.index + 1 + _AIM):
        if near.kind == "VERB" or near.form == "gerund":
            going = near.form in {"ing", "gerund"} and search.before(near.index, "DET") is not None
            return going and bool(near.could_be_of(search.sets["carried"]))
        if near.kind in {"PUNCT", "CONJ", "PREP"}:
            return False
    return False


def find_recorders(search: Search) -> None:
    """ "A drone shot along the coast": a shot from what flies, and the path that it takes."""
    for word in search.words:
        if search.hidden(word.index, word.index + 1):
            continue
        if word.lower in search.sets["voyages"] and _flies_over(search, word):
            over = search.after(word.index, "VERB")
            move: Move = "fly_through" if over is not None and over.lower in _INTO else "aerial_move"
            last = over.index + 1 if over is not None else word.index + 2
            search.add(move, search.with_modifiers(word.index), last, word.index, "a flight is named")
            continue
        if word.lower not in search.sets["recorders"] | {"aerial"}:
            continue
        shot = search.after(word.index)
        if _flies_over(search, word):
            search.add("aerial_move", word.index, word.index + 2, word.index, "a drone and the path that it takes")
            continue
        path = search.after(shot.index) if shot is not None and shot.lower in search.sets["takes"] else None
        if shot is not None and path is not None and path.lower in search.sets["paths"]:
            search.add("aerial_move", word.index, shot.index + 1, word.index, "a drone takes this path")


def _flies_over(search: Search, word: Word) -> bool:
    """ "Drone over the cliffs": no verb, and nothing before it in its clause."""
    before, path = search.before(word.index), search.after(word.index)
    voyage = word.lower in search.sets["voyages"]
    while before is not None and voyage and (before.kind in {"DET", "ADJ", "NUM", "ADV"} or before.lower == "motion"):
        before = search.before(before.index)
    opens = before is None or before.kind in {"PUNCT", "NUM"}
    if voyage and path is not None and path.form == "ing" and path.could_be_of(search.sets["skimming"]):
        path = search.after(path.index)  # "a flight skimming over the dunes"
    over = path is not None and path.lower in search.sets["paths"] | _OVER
    rest = search.same(word, path.index + 1, path.index + 1 + _AIM) if path is not None else []
    end = next((near.index for near in rest if near.kind == "PUNCT"), len(search.words))
    return opens and over and not any(near.kind in {"VERB", "AUX"} for near in rest if near.index < end)


def find_filmed(search: Search) -> None:
    """ "Filmed with a drone, climbing along the cliff", "POV of a drone over a lake": the drone is the camera."""
    for drone in search.words:
        if drone.lower not in search.sets["recorders"] or search.hidden(drone.index, drone.index + 1):
            continue
        by = search.before(drone.index)
        by = search.before(by.index) if by is not None and by.kind == "DET" else by
        said = search.before(by.index) if by is not None else None
        if by is None or said is None or not _films(search, said, by):
            continue
        verbs = [
            word for word in search.same(drone, drone.index + 1, len(search.words)) if _leads_on(search, word, drone)
        ]
        if verbs:
            move: Move = "fpv" if said.lower == "pov" else "aerial_move"
            search.add(move, said.index, drone.index + 1, verbs[0].index, "it is filmed by what flies")
            for verb in verbs:
                if verb.index > 0 and search.words[verb.index - 1].lower == "then":
                    search.add(move, verb.index, verb.index + 1, verb.index, "and goes on")
            search.taken.update(word.index for word in verbs)


def _films(search: Search, said: Word, by: Word) -> bool:
    """Whether what is said of a drone makes it the camera: "shot with", "an aerial view of"."""
    near = {word.lower for word in search.same(said, said.index - 2, said.index + 1)}
    seen = said.lower == "pov" or (said.lower in search.sets["takes"] and "aerial" in near)
    filmed = said.could_be("shoot", "film", "capture", "record") != ""
    return (by.lower == "of" and seen) or (by.lower in {"with", "by", "from", "on", "via"} and filmed)


def _leads_on(search: Search, word: Word, drone: Word) -> bool:
    """Whether a participle says where the drone goes: right behind it, or behind a mark or "then"."""
    before = search.words[word.index - 1]
    bound = before is drone or before.kind in {"PUNCT", "CONJ"} or before.lower == "then"
    return word.form == "ing" and bound and (search.moves(word.index) is not None)


def find_full_circle(search: Search) -> None:
    """ "A 360° flyover of the house", "360 degrees camera movement": how far round, and what goes there."""
    for word in search.words:
        if word.lower not in _NUMBERS or search.hidden(word.index, word.index + 1) or search.theirs(word.index):
            continue
        end = word.index + 1
        while end < len(search.words) and search.words[end].lower in {"degree", "degrees", "°", "full"}:
            end += 1
        before, camera = search.before(word.index), search.same(word, end, end + 2)
        spun = [near.lower for near in camera] == ["camera", "around"]
        behind = search.after(end - 1)
        ends = behind is None or behind.kind == "PUNCT"
        turns = end > word.index + 1 or ends
        if spun or (turns and before is not None and before.lower in {"camera", "cam"}):
            search.add("orbit", word.index, end, word.index, "how far it goes round")
            continue
        for near in search.same(word, end, end + _ROUND):
            if near.kind in {"PREP", "PUNCT", "AUX"} or near.lower in {"video", "videos"}:
                break
            if near.lower in search.sets["rounds"]:
                search.add("orbit", word.index, end, word.index, "how far it goes round")
                break


def find_rushing(search: Search) -> None:
    """ "Racing towards the dawn": a flight that nobody is named for, where a sentence opens."""
    for start in search.reading.starts.values():
        word = search.words[start]
        move = _rushes_off(search, word)
        if move and not search.hidden(start, start + 2) and word.index not in search.negated:
            search.add(move, start, start + 1, start, "a flight that nobody is named for")
            search.taken.add(start + 1)


def _rushes_off(search: Search, word: Word) -> Move | None:
    """ "Racing towards the dawn", "being pulled down a shaft": nobody does it, so the viewer does."""
    drawn = search.after(word.index) if word.could_be("be", "get") or word.lower == "being" else None
    pulled = drawn is not None and bool(drawn.could_be_of(search.sets["drawn"]))
    verb = drawn if pulled and drawn is not None else word
    path = search.after(verb.index)
    if word.form != "ing" and word.lower != "being":
        return None
    if path is None or path.kind != "PREP" or someone_comes(search, word):
        return None
    if pulled:
        return "fly_through" if path.lower in _INTO else None
    if not verb.could_be_of(search.sets["soaring"]) or verb.could_be_of(search.sets["turning"]):
        return None
    if path.lower in _INTO or path.lower in _OVER:
        return "fly_through" if path.lower in _INTO else "aerial_move"
    if path.lower in {"around", "round"}:
        return "orbit"
    return "fast_move" if verb.could_be_of(search.vocabulary.camera.rushing) else "aerial_move"


_TRAVELS = {"exploration", "journey", "tour", "trip", "voyage", "travel", "passage", "walkthrough", "tracking"}
_OPENING = 7  # words in which such a way is named
_AHEAD = {"forward", "forwards", "ahead", "onward", "onwards"}


def find_wandering(search: Search) -> None:
    """ "Walk forward down the street", "steady glide forward over the lake": a way that nobody is named for."""
    if not search.words:
        return
    place = _going(search)
    word, path = search.words[place], search.after(place, "ADV")
    ahead = place + 1 < len(search.words) and search.words[place + 1].lower in _AHEAD
    way = path is not None and path.kind == "PREP" and path.lower in search.sets["ways"] | (_OVER if ahead else set())
    goes = word.may_be("base", "ing") and bool(word.could_be_of(search.sets["wandering"]))
    if path is None or not way or not goes or (place and not ahead) or search.hidden(place, path.index + 1):
        return
    if (
        place not in search.negated
        and _place_behind(search, path)
        and not _someone_goes(search, path, named=bool(place))
    ):
        search.take("dolly_in", place, path.index, place)


def _going(search: Search) -> int:
    """Where a prompt names its way, past how it is gone: "a steady handheld | walk"."""
    plain = {*search.vocabulary.telling.manners, "handheld", "hand", "held", "-", "aerial", "pov", "a", "an"}
    return next((i for i, word in enumerate(search.words[:_OPENING]) if word.lower not in plain), 0)


def find_travel(search: Search) -> None:
    """ "A quick tour through the halls": a way that is named at the opening, and nobody who goes it."""
    row = [word for word in search.words[:_OPENING] if word.sentence == search.words[0].sentence]
    noun = next((word for word in row if word.lower in _TRAVELS), None)
    if noun is None or noun.index in search.taken or search.hidden(0, noun.index + 1):
        return
    ahead = row[: noun.index]
    paces = {w.index: found[1] for w in ahead if (found := search.vocabulary.levels.at((w.lower,), 0)) is not None}
    plain = all(
        word.kind in {"DET", "ADJ", "ADV", "PUNCT"} or word.index in paces or word.lower == "moving" for word in ahead
    )
    path = search.after(noun.index)
    way = path is not None and path.lower in {*search.sets["ways"], "across", "over", "inside"}
    if not paces or not plain or path is None or not way or not _place_behind(search, path):
        return
    if not _someone_goes(search, path):
        search.take("fast_move" if 3 in paces.values() else "dolly_in", 0, path.index, noun.index)


def _place_behind(search: Search, path: Word) -> bool:
    return any(near.kind == "NOUN" for near in search.same(path, path.index + 1, path.index + 1 + _ROUND))


def _someone_goes(search: Search, path: Word, *, named: bool = False) -> bool:
    """Whether somebody is there to go: named in the sentence, meant by a pronoun, or told a second deed.

    Of a way that is a noun (`named`) no pronoun is the subject: "a slow glide forward over the clouds, they billow".
    """
    kinds, viewers = search.vocabulary.noun_kinds, {"it", "its", "we", "us", "our", "you", "your", "this", "that"}
    if not named and any(near.kind == "PRON" and near.lower not in viewers for near in search.words):
        return True
    behind = search.same(path, path.index + 1, len(search.words))
    mark = next((near.index for near in behind if near.text in {",", ";", ":"}), len(search.words))
    clause = [near for near in behind if near.index < mark]
    joined = (near for near in clause if search.words[near.index - 1].lower == "and" and near.may_be("base"))
    deed = any(near.kind == "VERB" for near in clause) or any(True for _ in joined)  # "walk down the lane and wave"
    if deed or any(kinds.get(near.lower) in ACTORS for near in clause):
        return True
    return search.words[0].form == "ing" and someone_comes(search, path)


def someone_comes(search: Search, word: Word) -> bool:
    """Whether somebody is named before, or right behind a comma: "racing down the hill, a boy laughs"."""
    kinds = search.vocabulary.noun_kinds
    if any(kinds.get(near.lower) in ACTORS or near.kind == "PRON" for near in search.words[: word.index]):
        return True
    behind = search.same(word, word.index + 1, len(search.words))
    comma = next((near.index for near in behind if near.text == ","), len(search.words))
    who = next((near for near in behind if near.index > comma and near.kind in {"NOUN", "PRON"}), None)
    if who is None:
        return False
    if who.kind == "PRON" or kinds.get(who.lower) in ACTORS:
        return True
    acts = search.after(who.index)
    return (
        kinds.get(who.lower) is None
        and who.lower not in search.sets["journeys"]
        and acts is not None
        and acts.kind == "VERB"
        and acts.form == "s"
    )
