"""Set phrases of camera work: "tracking shot", "slow push-in", "the camera pans up"."""

from __future__ import annotations

from studio.coach.cues.camera.chain import follow, swallow
from studio.coach.cues.camera.flights import someone_comes
from studio.coach.cues.camera.search import Search
from studio.coach.language.words import Word
from studio.shot import Move

__all__ = ["find_phrases", "find_tagged", "is_a_truck"]

_COMMANDS: dict[str, Move] = {"follow": "tracking"}  # said to the camera where it is all of a sentence
_AIM = 8  # words of a move's aim, before another move is tied on


def find_tagged(search: Search) -> None:
    """ "[Shake] Rain hits the roof", "Shake. Rain hits the roof.": a command in brackets, or of one word."""
    for word in search.words[:-1]:
        move = search.tables.commands.get(word.lower) or _COMMANDS.get(word.lower)
        if move is None or search.hidden(word.index, word.index + 1):
            continue
        before, behind = search.before(word.index), search.after(word.index)
        bracketed = before is not None and before.text == "[" and behind is not None and behind.text == "]"
        if bracketed or (
            before is None and behind is not None and behind.text == "." and word.index + 2 < len(search.words)
        ):
            search.add(move, word.index, word.index + 1, word.index, "its command in brackets")


def find_phrases(search: Search) -> None:
    """ "A slow push-in", "tracking shot": a phrase that says a move, and what the camera goes on to do."""
    ends: list[int] = []
    for first, end, general in search.tables.phrases.find(search.reading.lowers):
        last, move = end, general
        further = search.tables.phrases.at(search.reading.lowers, last - 1)
        if further is not None and further[0] > last and not _kept(search, first, end):
            last, move = further  # "slow zoom" + "zoom out"
        if search.hidden(first, last):
            continue
        camera = search.words[first].lower in {"camera", "cam"}
        if camera and _somebodys(search, first):
            continue  # "a security camera pans"
        said = search.match(last - 1, search.tables.verbs) if camera or move in {"pan", "zoom"} else None
        if said is not None and said[1] > last:
            last, move = said[1], said[0]  # "the camera pans up"
        if move == "rack_focus" and _somebodys(search, first):
            continue
        if move != "static" and (any(i in search.negated for i in range(first, last)) or search.physical(first)):
            continue
        if is_a_truck(search, first, move) or _leads_nowhere(search, last, move):
            continue
        if move == "orbit" and search.upright(first):
            continue
        if move == "aerial_move" and _looks_down(search, first):
            continue
        if (move == "orbit" and search.theirs(first)) or (move == "static" and _placed(search, last)):
            continue
        if search.goes_on(first) or (move == "crane" and _is_hoisted(search, first)):
            continue
        if move == "roll" and _goes_round(search, last):
            move = "orbit"
        if (
            move in {"aerial_move", "fly_through"}
            and _opens(search, first)
            and someone_comes(search, search.words[first])
        ):
            continue  # "flying over the fence, the horse tucks its legs"
        if move == "dolly_in" and search.enters(last - 1, last):
            move = "fly_through"  # "a push-in through an open window"
        start = search.with_modifiers(first)
        search.add(_sideways(search, move, last), start, last, start, "camera phrase")
        ends.append(last)
        chased = search.after(last - 1)
        if move == "handheld" and chased is not None and chased.lower in search.sets["pursuits"]:
            search.add("tracking", chased.index, chased.index + 1, chased.index, "handheld, behind somebody")
        if said is not None and _more_legs(search, last):
            follow(search, last - 1, first)  # "the camera pans, zooms and tilts"
        if search.words[last - 1].lower in {"camera", "cam"}:
            follow(search, last, last - 1)  # "handheld camera follows him"
    for end in ends:
        swallow(search, end)


def _is_hoisted(search: Search, first: int) -> bool:
    """ "A piano being lifted on a crane": a crane that works in the picture."""
    ahead = search.same(search.words[first], search.reading.starts[search.words[first].sentence], first)
    return search.words[first].lower == "on" and any(word.could_be("lift", "hoist", "haul", "winch") for word in ahead)


def _opens(search: Search, first: int) -> bool:
    """Whether a participle opens its sentence."""
    return search.words[first].form == "ing" and search.before(first) is None


def _more_legs(search: Search, last: int) -> bool:
    """Whether a mark or "and" and another finite verb stand behind a move."""
    link, verb = search.after(last - 1), search.after(last)
    joined = link is not None and (link.text == "," or link.lower == "and")
    return joined and verb is not None and verb.kind == "VERB" and verb.form == "s"


def is_a_truck(search: Search, first: int, move: Move) -> bool:
    """ "A red truck left on a road", "a truck left the yard": a vehicle with its article."""
    behind = search.after(first + 1) if first + 1 < len(search.words) else None
    if move.startswith("truck_") and behind is not None and behind.kind == "DET":
        return True
    before, described = search.before(first), False
    while before is not None and before.kind == "ADJ" and not _slow_or_fast(search, before):
        before, described = search.before(before.index), True
    return move.startswith("truck_") and described and before is not None and before.kind == "DET"


def _leads_nowhere(search: Search, last: int, move: Move) -> bool:
    """ "A drone flies through overhead": through nothing that the camera could go through."""
    after = search.after(last - 1)
    through = move == "fly_through" and search.words[last - 1].lower == "through"
    return through and after is not None and after.kind == "ADV" and after.lower in {"overhead", "above", "below"}


def _somebodys(search: Search, first: int) -> bool:
    """ "Her focus shifts to the window": what she looks at, not what the lens does."""
    before = search.before(first)
    return before is not None and before.lower in search.sets["owners"]


def _looks_down(search: Search, first: int) -> bool:
    """ "A top-down drone shot, looking straight down": a point of view from the air."""
    lowers = {word.lower for word in search.words if word.sentence == search.words[first].sentence}
    return lowers >= {"looking", "down"} or lowers >= {"top", "down"} or "overhead" in lowers


def _goes_round(search: Search, last: int) -> bool:
    """ "The camera spins around her": a verb of turning, and what it turns about."""
    around = search.after(last - 1)
    while around is not None and around.lower in {"move", "shot", "motion", "movement"}:
        around = search.after(around.index)  # "a spinning camera move around the couple"
    centre = search.after(around.index) if around is not None and around.lower in {"around", "round"} else None
    return centre is not None and centre.kind in {"DET", "PRON", "NOUN", "ADJ"}


def _sideways(search: Search, move: Move, last: int) -> Move:
    """ "Dolly shot (left to right)": on rails to the side, which is a truck; "dolly shot moving back"."""
    ahead = search.reading.lowers[last : last + _AIM]
    for side, said in (("right", ("left", "to", "right")), ("left", ("right", "to", "left"))):
        rails = move == "dolly_in" or move.startswith("truck_")
        if rails and any(ahead[place : place + 3] == said for place in range(len(ahead))):
            return search.tables.sided["truck", side]
    back = [name for _, name in search.directions(last, min(len(search.words), last + 2))]
    return "dolly_out" if move == "dolly_in" and "out" in back else move


def _placed(search: Search, last: int) -> bool:
    """ "A camera on a tripod in a studio": said of a place, it is a thing in the picture."""
    tripod, after = search.words[last - 1], search.after(last - 1)
    place = search.after(after.index) if after is not None else None
    placed = after is not None and after.lower in {"in", "at", "beside", "near"} and place is not None
    return tripod.lower == "tripod" and placed and place is not None and place.kind == "DET"


def _kept(search: Search, first: int, end: int) -> bool:
    """Whether a phrase is more than its last word: a crash "zoom on" is a crash zoom, a slow "zoom on" is not."""
    return not all(_slow_or_fast(search, word) for word in search.words[first : end - 1])


def _slow_or_fast(search: Search, word: Word) -> bool:
    return search.vocabulary.levels.at((word.lower,), 0) is not None and word.lower not in {"crash", "whip"}
