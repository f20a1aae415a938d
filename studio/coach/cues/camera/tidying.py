"""Which of the camera moves that were found are moves of their own: one is said twice, one is how another is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from studio.coach.cues.camera.grammar import Found, Grammar
from studio.shot import Move, Span

__all__ = ["tidy", "with_vertigo"]

_PARTICULAR: dict[Move, set[Move]] = {
    "pan": {"pan_left", "pan_right", "whip_pan"},
    "zoom": {"zoom_in", "zoom_out", "crash_zoom"},
    "zoom_in": {"crash_zoom"},
    "roll": {"roll_cw", "roll_ccw"},
}
_AGAINST: tuple[set[Move], ...] = ({"dolly_in", "zoom_out"}, {"dolly_out", "zoom_in"})
_SHAKEN = {"shake", "shakes", "shaking", "jitter", "wobble"}
_AIM = 8  # words of a move's aim, before another move is tied on


def tidy(grammar: Grammar, found: list[Found]) -> list[Found]:
    """Every move once: a general one gives way to the particular one, "static" to a real move, and so on."""
    kept: list[Found] = []
    for said in found:
        f = _as_fast(said, found)
        if kept and f.move == "static" and kept[-1].move == "static":
            continue
        if f.move == "pan" and kept and kept[-1].move.startswith("truck_") and _is_its_manner(grammar, kept[-1], f):
            kept[-1] = replace(kept[-1], move="pan_left" if kept[-1].move == "truck_left" else "pan_right")
        elif f.move.startswith("truck_") and kept and kept[-1].move == "pan" and _said_again(grammar, kept[-1], f):
            kept[-1] = replace(kept[-1], move="pan_left" if f.move == "truck_left" else "pan_right")
        elif not any(test(grammar, f, found) for test in _SAYS_AGAIN):
            kept.append(f)
    return kept


def _as_fast(f: Found, found: list[Found]) -> Found:
    """ "A fast zoom, ..., zoom in": the particular move is as fast as the general one that gives way to it."""
    general = [g for g in found if f.move in _PARTICULAR.get(g.move, ()) and g.level > f.level and g.move == "zoom"]
    return replace(f, level=3) if general else f


def _beside(grammar: Grammar, found: Found, other: Found) -> bool:
    """Whether two moves are said in one sentence."""
    return grammar.words[found.first].sentence == grammar.words[other.first].sentence


def _goes_behind(grammar: Grammar, found: Found, others: list[Found]) -> bool:
    """Whether a move through a place is how the camera follows somebody."""
    return any(
        other.move == "tracking"
        and other.first > found.first
        and _beside(grammar, found, other)
        and grammar.words[other.first].form == "ing"
        for other in others
    )


def _said_again(grammar: Grammar, pan: Found, move: Found) -> bool:
    """ "The camera pans across the city. The camera moves from left to right": which way the pan goes."""
    first, second = grammar.words[pan.first], grammar.words[move.first]
    near = grammar.words[move.first : move.last + 1]
    plain = any(word.lemma == "move" for word in near) or any(word.could_be("move") for word in near)
    from_side = any(word.lower == "from" for word in grammar.words[move.first : move.last + 4])
    return plain and from_side and second.sentence - first.sentence == 1


def _is_its_manner(grammar: Grammar, move: Found, pan: Found) -> bool:
    """ "The camera moves to the right in a smooth pan": what kind of move it is."""
    before = grammar.before(pan.first, "DET", "ADJ")
    return _beside(grammar, move, pan) and before is not None and before.lower in {"in", "with"}


def _goes_on_so(grammar: Grammar, f: Found, found: list[Found]) -> bool:
    """ "The camera orbits the vase. As the camera moves, ...": a verb of going that says no way, behind a move."""
    verb = grammar.words[f.last - 1]
    plain = f.move == "dolly_in" and bool(verb.could_be("move", "travel"))
    near = {grammar.words[f.first].sentence - 1, grammar.words[f.first].sentence}
    behind = (g for g in found if g.first < f.first and g.move != "static" and grammar.words[g.first].sentence in near)
    return plain and any(behind)


def _is_a_shake(grammar: Grammar, f: Found, found: list[Found]) -> bool:
    """ "A slow push-in, zero camera shake": how smoothly it moves, no hold."""
    refused = f.move == "static" and grammar.words[f.last - 1].lower in _SHAKEN
    return refused and any(g.move not in {"static", "handheld"} for g in found)


def _said_of(grammar: Grammar, found: Found) -> bool:
    """ "The dolly movement is smooth": how a move that is said elsewhere goes."""
    before, after = grammar.before(found.first), grammar.after(found.last - 1)
    known = before is not None and before.lower == "the"
    named = grammar.words[found.last - 1].lower in grammar.sets["between"]
    return known and named and after is not None and after.lower in grammar.vocabulary.sets["be"]


def _is_general(_: Grammar, f: Found, found: list[Found]) -> bool:
    """ "Pans left in a slow pan": the particular move is said beside the general one, or before its name."""
    beside = [g for g in found if g.move in _PARTICULAR.get(f.move, ())]
    phrase = f.why == "camera phrase"
    lens = phrase and f.move == "zoom"  # "fast zoom camera, ..., zoom in"
    return any(abs(g.first - f.first) < _AIM or (phrase and g.first < f.first) or lens for g in beside)


def _is_sliding(_: Grammar, f: Found, found: list[Found]) -> bool:
    """ "Trucks left in a smooth lateral move": the side is said with the other."""
    unsided = f.move.startswith("truck_") and f.why == "camera phrase" and f.direction is None
    return unsided and any(g is not f and g.move.startswith("truck_") and _near(f, g) for g in found)


def _is_named_again(grammar: Grammar, f: Found, found: list[Found]) -> bool:
    """ "The camera dollies in and pans left. The dolly movement is smooth": no second dolly."""
    several = len({g.move for g in found} - {"static"}) > 1
    return f.why == "camera phrase" and several and _said_of(grammar, f)


def _is_on_a_screen(grammar: Grammar, f: Found, found: list[Found]) -> bool:
    """ "News, static, a quiz show": what a screen shows."""
    return f.why == "stands alone" and any(g.move != "static" and _beside(grammar, f, g) for g in found)


def _is_a_pursuit(grammar: Grammar, f: Found, found: list[Found]) -> bool:
    """ "Moves through the market, following two girls": it goes through it behind them."""
    return f.move == "dolly_in" and grammar.words[f.last - 1].lower == "through" and _goes_behind(grammar, f, found)


def _keeps_its_place(grammar: Grammar, f: Found, found: list[Found]) -> bool:
    """ "Remains fixed just behind the car": that is where it follows."""
    if f.move != "static" or all(g.move != "tracking" for g in found):
        return False
    behind = grammar.after(f.last - 1)
    while behind is not None and behind.lower in grammar.sets["still"]:
        behind = grammar.after(behind.index)
    return behind is not None and behind.lower in grammar.sets["aside"]


def _is_a_rig(grammar: Grammar, f: Found, found: list[Found]) -> bool:
    """ "A steadicam arc shot", "rises on a jib", "pans on a tripod": the rig of a move that is said."""
    others = [g for g in found if g is not f and g.move != "static"]
    last = grammar.words[f.last - 1].lower
    if f.move == "tracking":
        return last in grammar.sets["steadied"] and bool(others)
    if f.move == "static":
        return last == "tripod" and bool(others)
    if f.move.startswith("pedestal_"):
        return any(g.move == "crane" and g.first <= f.last for g in others)
    on = grammar.after(f.last - 1, "ADV")
    turned = f.move.startswith("roll") and on is not None and on.lower == "on"
    return turned and any(g.move.startswith("pan") for g in others)  # "pans right. It rotates on its tripod"


def _is_a_flight(grammar: Grammar, f: Found, found: list[Found]) -> bool:
    """ "A drone shot over the waves, moving toward the horizon": where a flight leads is no dolly."""
    if f.move in {"aerial_move", "dolly_in"} and any(g.move == "fpv" for g in found):
        return not grammar.glides(f)
    if f.move == "pan" and grammar.words[f.last - 1].lower == "over":  # "it sweeps over the roofs"
        return any(g.move in {"aerial_move", "fpv"} and g.first < f.first for g in found)
    flights = [g for g in found if g.move == "aerial_move" and g.first < f.first]
    return f.move == "dolly_in" and any(_goes_on_from(grammar, g, f) for g in flights)


def _goes_on_from(grammar: Grammar, flight: Found, f: Found) -> bool:
    """Whether no camera is named between a flight and where it leads."""
    between = grammar.words[flight.last : f.last]
    return all(word.lower not in grammar.sets["subjects"] - {"shot", "shots", "view", "footage"} for word in between)


def _is_a_vertigo(grammar: Grammar, f: Found, found: list[Found]) -> bool:
    """ "Vertigo effect, it pushes in and zooms out": how that effect is made."""
    parts = {"dolly_in", "dolly_out", "zoom_in", "zoom_out"}
    return f.move in parts and any(g.move == "dolly_zoom" and _beside(grammar, f, g) for g in found)


def _is_a_hurry(_: Grammar, f: Found, found: list[Found]) -> bool:
    """ "Shaky handheld, the movement erratic": how wildly a hand holds it."""
    return f.why == "the camera is in a hurry" and any(g.move == "handheld" for g in found)


def _is_refused(grammar: Grammar, f: Found, found: list[Found]) -> bool:
    """ "No camera movement, zoom, shake": a bare name in the list of what is not wanted."""
    bare = f.last - f.first == 1 and grammar.before(f.first, "PUNCT") is not grammar.before(f.first)
    refused = (g for g in found if g.move == "static" and g.first < f.first and _beside(grammar, g, f))
    return bare and any(grammar.words[g.first].lower in {"no", "without", "zero"} for g in refused)


def _is_a_hold(grammar: Grammar, f: Found, found: list[Found]) -> bool:
    return f.move == "static" and only_holds(grammar, f, found)


def with_vertigo(grammar: Grammar, found: list[Found]) -> list[Found]:
    """ "Dollies back while zooming in": two moves against each other at one time are a dolly zoom."""
    merged: list[Found] = []
    for f in found:
        before = merged[-1] if merged else None
        if before is not None and (f.beside or before.beside) and {before.move, f.move} in _AGAINST:
            span = Span.of(grammar.reading.text, before.span.start, f.span.end)
            merged[-1] = replace(before, move="dolly_zoom", last=f.last, span=span, direction=None)
        else:
            merged.append(f)
    return merged


def _near(f: Found, other: Found) -> bool:
    return abs(other.first - f.first) < _AIM


def only_holds(grammar: Grammar, static: Found, found: list[Found]) -> bool:
    """ "Holds low to the ground, pushing toward": what is held is the height, since the camera moves."""
    word = next((w for w in grammar.words[static.first : static.last] if w.could_be("hold", "stay", "keep")), None)
    near = range(static.last, static.last + 3 * _AIM)
    beside = any(f.move != "static" and f.first in near for f in found)
    after = grammar.after(static.last - 1)
    posture = after is not None and (after.kind in {"ADJ", "PREP"} or after.lower in {"low", "high", "close"})
    return word is not None and beside and posture and static.why != "describes the shot"


_SAYS_AGAIN: tuple[Callable[[Grammar, Found, list[Found]], bool], ...] = (
    _is_general,
    _is_sliding,
    _is_named_again,
    _is_on_a_screen,
    _is_a_pursuit,
    _keeps_its_place,
    _is_a_rig,
    _is_a_flight,
    _is_a_vertigo,
    _is_a_hurry,
    _is_a_hold,
    _is_refused,
    _goes_on_so,
    _is_a_shake,
)
"""Each asks whether a move only says another of those that were found."""
