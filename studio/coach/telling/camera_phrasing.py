"""Plain sentences from camera moves: which move, how slowly, on what; and the gentler move in place of a big one."""

from __future__ import annotations

from dataclasses import replace

from studio.coach.cues.camera import Found
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.naming import name
from studio.coach.telling.phrasing import sentence
from studio.shot import Level, Move

__all__ = ["camera_clause", "camera_sentence", "gentle_sentence"]

_ADVERB: dict[Level, str] = {1: "slowly", 2: "steadily", 3: "quickly"}
_SAME_KIND: dict[Move, Move] = {
    "fpv": "dolly_in", "fly_through": "dolly_in", "aerial_move": "dolly_in", "hyperlapse": "dolly_in",
    "fast_move": "dolly_in", "whip_pan": "pan", "crash_zoom": "zoom_in",
}  # fmt: skip
_SAFER: dict[Move, Move] = {
    **_SAME_KIND, "orbit": "truck_right", "roll": "dolly_in", "roll_cw": "dolly_in", "roll_ccw": "dolly_in",
}  # fmt: skip
_AIMED = {
    "dolly_in",
    "dolly_out",
    "zoom_in",
    "zoom_out",
    "pan",
    "pan_left",
    "pan_right",
    "tilt_up",
    "tilt_down",
    "dolly_zoom",
    "rack_focus",
}
_FOCUSED = {
    "in": " to the foreground", "out": " to the background", "left": " to what is on the left",
    "right": " to what is on the right",
}  # fmt: skip
_TURNS = {"roll": "", "roll_cw": " clockwise", "roll_ccw": " counter-clockwise"}
_WAYS = {"through", "over", "across", "along", "towards", "toward", "past", "into", "between"}
_GOING = {
    "circling",
    "surrounding",
    "orbiting",
    "moving",
    "going",
    "rotating",
    "sweeping",
    "flying",
    "spinning",
    "turning",
}
_TOWARDS = {
    "on", "toward", "towards", "to", "into", "onto", "across", "over", "along", "around", "past", "through", "from",
    "behind", "above", "of", "at", "beside", "between",
}  # fmt: skip
_FAR = 12
"""How many words behind a move what it goes around may be named."""
_NO_THING = {"left", "right", "degrees", "degree", "circle", "direction"}


def camera_sentence(found: Found, parse: Parse, *, level: Level | None = None) -> str:
    """A camera move said plainly, with its adverb and its aim: "The camera slowly pushes in on the cup."."""
    say, level = parse.vocabulary.moves[found.move].say, level or found.level
    if found.move == "static":
        return sentence(say)
    way = {"cw": "clockwise", "ccw": "counter-clockwise"}.get(found.direction or "", found.direction or "")
    sided = way in {"left", "right"}
    if found.move == "orbit":
        side = f" to the {way}" if sided else f" {way}" if way in {"clockwise", "counter-clockwise"} else ""
        say = f"The camera arcs{side} around {_thing(found, parse) or 'the subject'}"
    elif found.move == "crane" and way == "down":
        say = "The camera cranes down"
    elif found.move in {"pan", "whip_pan"} and sided:
        say = f"{say} to the {way}"
    elif found.move == "dolly_zoom" and way in {"in", "out"}:
        say = f"{say} {way}"
    if found.move in _AIMED:
        aim = _aim(found, parse)
        say += aim if aim or found.move != "rack_focus" else _FOCUSED.get(way, "")
    if level != 2:
        for mover in ("camera ", "focus "):
            subject, _, rest = say.partition(mover)
            if rest:
                say = f"{subject}{mover}{_ADVERB[level]} {rest}"
                break
    return sentence(say)


def gentle_sentence(found: Found, parse: Parse, *, kept: bool = True) -> str:
    """A move too big for one still, made small: the same kind where `kept`, else one that uncovers less."""
    if kept and found.move == "orbit":
        side = f" to the {found.direction}" if found.direction in {"left", "right"} else ""
        return f"The camera arcs slowly a few degrees{side} around {_thing(found, parse) or 'the subject'}."
    if kept and found.move in _TURNS:
        return f"The camera slowly rolls a few degrees{_TURNS[found.move]}."
    move = (_SAME_KIND if kept else _SAFER).get(found.move, found.move)
    if found.move == "orbit" and found.direction == "left":
        move = "truck_left"
    level: Level = 1 if move != found.move or found.level == 3 else found.level
    small = Found(move, 1, found.first, found.last, found.span, found.direction)
    if found.move in {"fly_through", "fpv", "aerial_move", "hyperlapse", "fast_move"}:
        return f"The camera slowly pushes in{_way(found, parse) if kept else ''}."
    return camera_sentence(small, parse, level=level)


def camera_clause(found: Found, parse: Parse) -> tuple[int, int]:
    """Where a move and what it is aimed at begin and end in the prompt, its article and adverbs included."""
    words, first, last = parse.reading.words, found.first, found.last
    while (
        first > 0
        and words[first - 1].sentence == words[found.first].sentence
        and (words[first - 1].kind in {"DET", "ADJ"} or words[first - 1].lower in {"camera", "shot", "drone"})
    ):
        first -= 1
    target = _target(found, parse)
    last = target[-1].index + 1 if target else last
    while last < len(words) and words[last].sentence == words[found.first].sentence and words[last].kind == "ADV":
        last += 1
    return words[first].start, words[last - 1].end


def _target(found: Found, parse: Parse) -> list[Word]:
    """The words right behind a move that say where it goes: a preposition and its noun, at most two such."""
    words: list[Word] = []
    noun = False
    for word in parse.reading.words[found.last : found.last + 12]:
        near = word.sentence == parse.reading.words[found.first].sentence
        led = bool(words) and words[-1].kind in {"PREP", "DET", "ADJ"}
        follows = word.kind in {"NOUN", "PREP"} or word.lower in {"'s", "the", "a", "an"}
        if not near or (noun and not follows and not (led and word.kind in {"ADJ", "NUM", "DET"})):
            break
        if word.kind == "PREP" and word.lower not in _TOWARDS and word.lower not in {"left", "right", "up", "down"}:
            break
        if not noun and word.lower in _GOING:
            continue
        if word.kind not in {"PREP", "DET", "ADJ", "NOUN", "PRON", "NUM", "ADV"}:
            break
        words.append(word)
        noun = noun or word.kind in {"NOUN", "PRON"}
    while words and words[-1].kind not in {"NOUN", "PRON"}:
        words.pop()
    return words


def _aim(found: Found, parse: Parse) -> str:
    """The target as the author wrote it, if it is a preposition and a noun and nothing else."""
    words = _target(found, parse)
    while words and (words[0].kind == "ADV" or words[0].lower in {"left", "right", "up", "down"}):
        words = words[1:]
    if not words or words[0].lower not in _TOWARDS or any(w.kind in {"ADV", "PRON"} for w in words):
        return ""
    if any(w.lower in {"left", "right"} for w in words):
        return ""
    return f" {parse.prompt[words[0].start : words[-1].end]}"


def _way(found: Found, parse: Parse) -> str:
    """Where a flight goes, its preposition being part of the move: "through the forest"."""
    words = parse.reading.words
    inside = words[found.last - 1]
    opening = "" if inside.lower not in _WAYS else f" {inside.lower}"
    aim = _target(found, parse)
    if not opening and aim and aim[0].lower in _WAYS:
        return f" {parse.prompt[aim[0].start : aim[-1].end]}"
    named = [word for word in aim if word.kind in {"DET", "ADJ", "NOUN", "NUM"}]
    whole = bool(opening) and bool(named) and len(named) == len(aim)
    return f"{opening} {parse.prompt[aim[0].start : aim[-1].end]}" if whole else ""


def _thing(found: Found, parse: Parse) -> str:
    """What a move goes around: "the car"; how far and to which side may be said before it."""
    near = parse.reading.words[found.last : found.last + _FAR]
    round_ = next((word.index for word in near if word.lower in {"around", "round"}), found.last)
    target = _target(replace(found, last=round_), parse)
    nouns = (word for word in target if word.kind == "NOUN" and word.form != "gerund")
    noun = next((word for word in nouns if word.lower not in _NO_THING), None)
    while noun is not None and noun.index + 1 < len(parse.reading.words):
        after = parse.reading.words[noun.index + 1]
        if after not in target or after.kind != "NOUN":
            break
        noun = after
    if noun is None:
        return ""
    return " ".join(bit.text for bit in name(noun, parse)).replace(" 's", "'s").replace(" ’s", "’s")
