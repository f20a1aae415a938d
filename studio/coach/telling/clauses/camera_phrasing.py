"""Plain sentences from camera moves: which move, how slowly, on what; and the gentler move in place of a big one."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from studio.coach.cues.camera import Found
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.meaning.flights import FLIGHTS, find_flight
from studio.coach.telling.meaning.same_move import sides
from studio.coach.telling.wording.draft import Draft
from studio.coach.telling.wording.naming import antecedent, is_proper, name
from studio.coach.telling.wording.phrasing import adverb, sentence
from studio.coach.telling.wording.titles import with_names
from studio.shot import Level, Move

__all__ = ["camera_clause", "camera_sentence", "gentle_sentence", "is_only_slowed"]

_ADVERB: dict[Level, str] = {1: "slowly", 2: "steadily", 3: "quickly"}
_SAME_KIND: dict[Move, Move] = {
    "fpv": "dolly_in", "fly_through": "dolly_in", "aerial_move": "dolly_in", "hyperlapse": "dolly_in",
    "fast_move": "dolly_in", "whip_pan": "pan", "crash_zoom": "zoom_in",
}  # fmt: skip
_SAFER: dict[Move, Move] = {
    **_SAME_KIND, "orbit": "truck_right", "roll": "dolly_in", "roll_cw": "dolly_in", "roll_ccw": "dolly_in",
    "crane": "pedestal_up", "dolly_zoom": "dolly_in",
}  # fmt: skip
_SIDED: dict[tuple[Move, str | None], Move] = {("orbit", "left"): "truck_left", ("crane", "down"): "pedestal_down"}
_SPED: dict[Move, Move] = {"whip_pan": "pan", "crash_zoom": "zoom_in"}
"""What these are at any other speed."""
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
_PACES = {"speed", "pace", "rate"}
_SAID_SIDES = {
    "left": " to the left", "right": " to the right", "cw": " clockwise", "ccw": " counter-clockwise",
}  # fmt: skip
_BACKWARD = {"backward", "backwards"}
_OBJECTS = {"she": "her", "he": "him", "they": "them", "it": "it"}
_CALM = {"smoothly", "gracefully", "fluidly", "elegantly", "steadily"}
_TURNS = {"roll": "", "roll_cw": " clockwise", "roll_ccw": " counter-clockwise"}
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
_PLACED = {"DET", "ADJ", "NOUN"}
_FAR = 12
"""How many words behind a move what it goes around may be named."""
_ALONG = {"through", "along", "across", "past", "over", "down", "up", "into", "between"}
_PURSUING = {"following", "follows", "follow", "chasing"}
_NO_THING = {
    "angle", "arc", "flight", "cameras", "circle", "degree", "degrees", "direction", "distance", "height", "left",
    "level", "movement", "movements", "orbit", "pace", "right", "rotation", "speed",
}  # fmt: skip
_TAKEN = {"shot", "effect", "view", "lens", "camera", "video", "footage", "motion", "take", "animation"}
_PUSHED = "The camera slowly pushes in."


def camera_sentence(found: Found, parse: Parse, *, level: Level | None = None) -> str:
    """A camera move said plainly, with its adverb and its aim: "The camera slowly pushes in on the cup."."""
    say, level = parse.vocabulary.moves[found.move].say, level or found.level
    if found.move == "static":
        return sentence(say)
    flown = find_flight(found, parse).text if found.move in FLIGHTS else ""
    if flown:
        return flown
    way = {"cw": "clockwise", "ccw": "counter-clockwise"}.get(found.direction or "", found.direction or "")
    sided = way in {"left", "right"}
    if found.move == "orbit":
        side = f" to the {way}" if sided else f" {way}" if way in {"clockwise", "counter-clockwise"} else ""
        say = f"The camera arcs{side} around {_followed(found, parse) or 'the subject'}"
    elif found.move == "tracking":
        named = parse.reading.words[found.last - 1 : found.last]  # none, where a beat was laid by hand
        last = named[0].lower if named else ""
        aim = _aim(found, parse)
        ahead = _led(found, parse)
        along = bool(aim) and last not in _PURSUING and any(aim.split()[0] == name for name in _ALONG)
        who = _followed(found, parse) or _somebody(parse) or "the subject"
        say = f"The camera tracks{aim}" if along else f"The camera follows {who}"
        say = f"The camera tracks {ahead} ahead of {who}" if ahead else say
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


def gentle_sentence(found: Found, parse: Parse, *, kept: bool = True, slow: bool = False) -> str:
    """A move too big for one still, made small: the same kind where `kept`, else one that uncovers less.

    A calm move keeps its pace, unless it is to be `slow`: a weak still has no room for that either.
    """
    if kept and found.move == "orbit":
        side = "".join(_SAID_SIDES[one] for one in sorted(sides(found, parse)) if one in _SAID_SIDES)
        around = _followed(found, parse) or "the subject"
        around = (
            "the subject" if around.split()[-1] in parse.vocabulary.sets["telling_sides"] else around
        )  # "from front"
        how = _manner(found, parse) if found.level < 3 and not slow else ""
        arcs = f"{how} arcs" if how else "arcs slowly"
        return f"The camera {arcs} a few degrees{side} around {around}."
    if kept and found.move in _TURNS:
        return f"The camera slowly rolls a few degrees{_TURNS[found.move]}."
    move = _small(found, kept)
    level: Level = 1 if slow or move != found.move or found.level == 3 else found.level
    small = Found(move, 1, found.first, found.last, found.span, found.direction)
    if found.move in FLIGHTS:
        gentle = find_flight(found, parse).gentle if kept else _PUSHED
        eyes = found.why == "first-person flight" and gentle == _PUSHED  # from where it is seen is not lost with it
        return f"In a first-person view, {gentle[0].lower()}{gentle[1:]}" if eyes else gentle
    return camera_sentence(small, parse, level=level)


def _manner(found: Found, parse: Parse) -> str:
    """How calmly its author wants a move: "smoothly"."""
    words = parse.reading.words
    near = words[max(0, found.first - 1) : found.last + 1]
    own = (word for word in near if word.sentence == words[found.first].sentence)
    return next((how for word in own if (how := adverb(word.lower.removesuffix("ly"))) in _CALM), "")


def is_only_slowed(found: Found, *, kept: bool = True) -> bool:
    """Whether the gentle sentence of a move still tells the author's own move, made smaller or slower."""
    if found.move in FLIGHTS:
        return False
    turned = kept and (found.move == "orbit" or found.move in _TURNS)
    return turned or _small(found, kept) == _SPED.get(found.move, found.move)


def _small(found: Found, kept: bool) -> Move:
    """The move that is made of a big one."""
    if not kept and (found.move, found.direction) in _SIDED:
        return _SIDED[found.move, found.direction]
    return (_SAME_KIND if kept else _SAFER).get(found.move, found.move)


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
    last = max(last, find_flight(found, parse).last) if found.move in FLIGHTS else last
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
        joined = bool(words) and parse.prompt[words[-1].end : word.start] == "-"  # "a snow-covered range"
        row = word.text == "," and bool(words) and words[-1].kind == "ADJ" and not noun  # "a lush, green garden"
        if row:
            continue
        follows = joined or word.kind in {"NOUN", "PREP"} or word.lower in {"'s", "the", "a", "an"}
        if (
            not near
            or word.lower == "where"
            or (noun and not follows and not (led and word.kind in {"ADJ", "NUM", "DET"}))
        ):
            break
        if word.kind == "PREP" and word.lower not in _TOWARDS and word.lower not in {"left", "right", "up", "down"}:
            break
        if not noun and word.lower in _GOING:
            continue
        if word.kind not in {"PREP", "DET", "ADJ", "NOUN", "PRON", "NUM", "ADV"} and not joined:
            break
        words.append(word)
        noun = noun or word.kind in {"NOUN", "PRON"}
    ends = [*(word.kind == "PREP" for word in words[1:]), True]
    pace = next((i for i, word in enumerate(words) if word.lower in _PACES and ends[i]), None)
    if pace is not None:  # "into the funnel at extreme speed"
        words = words[: max((place for place in range(pace) if words[place].kind == "PREP"), default=0)]
    while words and words[-1].kind not in {"NOUN", "PRON"}:
        words.pop()
    return words


def _aim(found: Found, parse: Parse) -> str:
    """The target as the author wrote it, if it is a preposition and a noun and nothing else."""
    way = parse.reading.words[found.last - 1] if found.last else None
    led = way is not None and way.kind == "PREP" and way.lower in (_ALONG | {"to", "on"}) - {"up", "down", "into"}
    words = _target(replace(found, last=found.last - 1) if led and found.last - 1 > found.first else found, parse)
    bare = _bare_aim(found, words, parse)
    if bare:
        return bare
    while words and (words[0].kind == "ADV" or words[0].lower in {"left", "right", "up", "down"}):
        if found.move == "dolly_in" and words[0].kind == "PREP" and words[1:2] and words[1].kind in _PLACED:
            break  # "drive down the road"
        words = words[1:]
    if not words or words[0].lower not in _TOWARDS | {"up", "down"} or any(w.kind in {"ADV", "PRON"} for w in words):
        return ""
    if any(w.lower in {"left", "right"} for w in words):
        return ""
    return f" {parse.prompt[words[0].start : parse.reading.words[with_names(words[-1].index, parse)].end]}"


def _bare_aim(found: Found, target: list[Word], parse: Parse) -> str:
    """ "Zoom in clock": what a move goes in on, without its preposition."""
    words = parse.reading.words
    way = words[found.last - 1].lower if found.last else ""
    after = words[found.last + len(target)] if target and found.last + len(target) < len(words) else None
    inward = found.move in {"zoom_in", "dolly_in"} and way in {"in", "zoom", "into"}
    row = list(takewhile(lambda word: word.kind in {"DET", "ADJ", "NOUN"}, target))
    plain = bool(row) and (len(row) == len(target) or target[len(row)].kind == "PREP")
    ends = after is None or after.kind in {"PUNCT", "PREP"} or after.sentence != words[found.last - 1].sentence
    if not inward or not plain or not ends or row[0].index != found.last or row[-1].kind != "NOUN":
        return ""
    if row[-1].lower in _NO_THING | _TAKEN:
        return ""
    said = parse.prompt[target[0].start : target[-1].end]
    article = "" if row[0].kind == "DET" or row[-1].plural or is_proper(row[-1], parse) else "the "
    return f" on {article}{said}"


def _followed(found: Found, parse: Parse) -> str:
    """What a move goes with or around: what it is aimed at, else who acts first, else who is there."""
    thing, words, kinds = _thing(found, parse), parse.reading.words, parse.vocabulary.noun_kinds
    living = {"person", "animal", "vehicle"}
    acting = [words[e.subject] for e in parse.events if e.actor in living and e.subject is not None]
    named = (w for w in words if w.kind == "NOUN" and kinds.get(w.lower) in living - {"vehicle"})
    doing = (words[e.subject] for e in parse.events if e.actor not in {"scenery", "body"} and e.subject is not None)
    actor = acting[0] if acting else next(named, next((word for word in doing if _is_thing(word, parse)), None))
    if thing or actor is None:
        return thing
    noun = antecedent(actor, parse) if actor.kind == "PRON" else actor
    filmed = noun is None or noun.lower in {"drone", "subject"} or noun.lower in parse.vocabulary.camera.subjects
    return "" if noun is None or filmed else _text(name(noun, parse))


def _led(found: Found, parse: Parse) -> str:
    """ "A tracking shot backward": the camera goes ahead of whom it shows."""
    words = parse.reading.words
    near = words[found.first : found.last + 2]
    return next((w.lower for w in near if w.lower in _BACKWARD and w.sentence == words[found.first].sentence), "")


def _somebody(parse: Parse) -> str:
    """Who acts first where no noun says so: "her"."""
    words = parse.reading.words
    acting = (words[event.subject].lower for event in parse.events if event.subject is not None)
    return next((_OBJECTS[who] for who in acting if who in _OBJECTS), "")


def _is_thing(word: Word, parse: Parse) -> bool:
    """Whether a noun is something in the picture, not a part of it or the camera's move."""
    filmed = any(found.first <= word.index < found.last for found in parse.moves)
    sets = parse.vocabulary.sets
    placed = word.lower in sets["telling_places"] | sets["telling_views"] | sets["picture"]
    return word.kind == "NOUN" and not filmed and not placed


def _text(draft: Draft) -> str:
    return " ".join(bit.text for bit in draft).replace(" 's", "'s").replace(" ’s", "’s")


def _thing(found: Found, parse: Parse) -> str:
    """What a move goes around: "the car"; how far and to which side may be said before it."""
    words, takes = parse.reading.words, parse.vocabulary.camera.takes
    while found.last < len(words) and words[found.last].lower in takes:
        found = replace(found, last=found.last + 1)  # "an arc shot surrounding the tower"
    near = words[found.last : found.last + _FAR]
    round_ = next((word.index for word in near if word.lower in {"around", "round"}), found.last)
    round_ = round_ if found.move == "orbit" else found.last
    target = _target(replace(found, last=round_), parse)
    nouns = (word for word in target if word.kind in {"NOUN", "PRON"} and word.form != "gerund")
    filmed = _NO_THING | _GOING | set(parse.vocabulary.camera.subjects)
    noun = next((word for word in nouns if word.lower not in filmed), None)
    if found.move == "orbit" and round_ == found.last and target and target[0].lower in filmed:
        return ""  # "orbital camera flight"
    if noun is not None and noun.kind == "PRON":
        who = noun.lower
        noun, target = antecedent(noun, parse), []
        if noun is None and who in _OBJECTS.values():
            return who
    while noun is not None and noun.index + 1 < len(words):
        after = words[noun.index + 1]
        if after not in target or after.kind != "NOUN":
            break
        noun = after
    if noun is None or noun.lower in filmed:  # "at eye level"
        return ""
    return _text(name(noun, parse))
