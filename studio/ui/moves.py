"""Camera moves in plain words, for somebody who has never stood behind a camera."""

from __future__ import annotations

from studio.shot import MOVES, Direction, Move

__all__ = ["MEANING", "SEEN", "WAYS", "label", "move_cards", "term"]

MEANING: dict[Move, str] = {
    "static": "The camera stands still; only what is in front of it moves.",
    "dolly_in": "The camera travels forward, towards the subject.",
    "dolly_out": "The camera travels back, away from the subject.",
    "truck_left": "The camera slides sideways to the left.",
    "truck_right": "The camera slides sideways to the right.",
    "pedestal_up": "The whole camera rises, still looking straight ahead.",
    "pedestal_down": "The whole camera sinks, still looking straight ahead.",
    "pan": "The camera stays where it is and turns its head sideways.",
    "pan_left": "The camera stays where it is and turns its head to the left.",
    "pan_right": "The camera stays where it is and turns its head to the right.",
    "tilt_up": "The camera stays where it is and looks up.",
    "tilt_down": "The camera stays where it is and looks down.",
    "roll": "The camera leans over to one side, so that the horizon tips.",
    "roll_cw": "The camera leans over clockwise, so that the horizon tips.",
    "roll_ccw": "The camera leans over counter-clockwise, so that the horizon tips.",
    "zoom": "The lens magnifies while the camera stays where it is.",
    "zoom_in": "The lens magnifies; the camera stays where it is.",
    "zoom_out": "The lens widens and shows more; the camera stays where it is.",
    "orbit": "The camera circles around the subject and keeps looking at it.",
    "crane": "The camera is lifted through the air, as on a long arm.",
    "tracking": "The camera travels along with something that moves.",
    "handheld": "The camera sways a little, as if held by a person.",
    "aerial_move": "The camera flies, as on a drone.",
    "fly_through": "The camera flies into the scene, between the things in it.",
    "fpv": "The camera dives and banks like a racing drone.",
    "hyperlapse": "The camera travels a long way while time runs fast.",
    "whip_pan": "The camera turns its head sideways so fast that all blurs.",
    "crash_zoom": "The lens magnifies in one quick jerk.",
    "fast_move": "The camera moves fast.",
    "dolly_zoom": "The camera travels in while the lens widens: the subject keeps its size, the rest recedes.",
    "rack_focus": "The camera stays where it is; what is sharp changes from near to far, or back.",
}

SEEN: dict[Move, str] = {
    "static": "holds still",
    "dolly_in": "closer",
    "dolly_out": "farther away",
    "truck_left": "slides left",
    "truck_right": "slides right",
    "pedestal_up": "rises",
    "pedestal_down": "sinks",
    "pan": "turns aside",
    "pan_left": "turns left",
    "pan_right": "turns right",
    "tilt_up": "looks up",
    "tilt_down": "looks down",
    "roll": "leans over",
    "roll_cw": "leans clockwise",
    "roll_ccw": "leans counter-clockwise",
    "zoom": "magnifies",
    "zoom_in": "magnifies",
    "zoom_out": "shows more",
    "orbit": "around the subject",
    "crane": "lifted up",
    "tracking": "goes along",
    "handheld": "sways a little",
    "aerial_move": "flies",
    "fly_through": "flies into the scene",
    "fpv": "dives and banks",
    "hyperlapse": "far, while time runs",
    "whip_pan": "turns in a blur",
    "crash_zoom": "jumps closer",
    "fast_move": "rushes",
    "dolly_zoom": "background recedes",
    "rack_focus": "what is sharp changes",
}
"""What a move does, in two or three words, where nothing is said of the way that it goes."""

WAYS: dict[Move, dict[Direction, str]] = {
    "pan": {"left": "turns left", "right": "turns right", "up": "looks up", "down": "looks down"},
    "whip_pan": {side: f"turns {side} in a blur" for side in ("left", "right", "up", "down")},
    "roll": {"cw": "leans clockwise", "ccw": "leans counter-clockwise"},
    "zoom": {"in": "magnifies", "out": "shows more"},
    "crash_zoom": {"in": "jumps closer", "out": "jumps back"},
    "orbit": {
        "left": "around it, leftwards",
        "right": "around it, rightwards",
        "cw": "around it, clockwise",
        "ccw": "around it, counter-clockwise",
        "up": "over the top of it",
        "down": "under it",
    },
    "crane": {"up": "lifted up", "down": "lowered"},
    "tracking": {
        "left": "goes along, leftwards",
        "right": "goes along, rightwards",
        "in": "follows into the scene",
        "out": "backs away before it",
        "up": "goes along, upwards",
        "down": "goes along, downwards",
    },
    "aerial_move": {
        "in": "flies forward",
        "out": "flies back",
        "left": "flies left",
        "right": "flies right",
        "up": "flies up",
        "down": "flies down",
    },
    "fly_through": {"in": "flies into the scene", "out": "flies backwards out of it"},
    "fpv": {"in": "dives and banks", "out": "flies backwards"},
    "hyperlapse": {
        "in": "far forward, while time runs",
        "out": "far back, while time runs",
        "left": "far left, while time runs",
        "right": "far right, while time runs",
    },
    "fast_move": {
        "in": "rushes closer",
        "out": "rushes back",
        "left": "rushes left",
        "right": "rushes right",
        "up": "rushes up",
        "down": "rushes down",
    },
    "dolly_zoom": {"in": "background recedes", "out": "background closes in"},
    "rack_focus": {
        "in": "foreground",
        "out": "background",
        "left": "what is on the left",
        "right": "what is on the right",
        "up": "what is above",
        "down": "what is below",
    },
}
"""The same for the moves that may go several ways."""


def term(move: Move) -> str:
    """What film people call a move: "Rack focus"."""
    return "FPV" if move == "fpv" else move.replace("_", " ").capitalize()


def label(move: Move, way: Direction | None = None) -> str:
    """A move by the field's term and by what it does: "Rack focus → background"."""
    seen = WAYS.get(move, {}).get(way, "") if way else ""
    return f"{_NAMED.get(move) or term(move)} → {seen or SEEN[move]}"


_NAMED: dict[Move, str] = {"roll_cw": "Roll", "roll_ccw": "Roll", "aerial_move": "Aerial", "fast_move": "Fast"}
"""Where the rest of the term says what comes behind the arrow."""


def move_cards() -> list[dict[str, object]]:
    """Every move as the timeline shows it: its name, what it does, and the ways that it may go."""
    return [
        {"id": move, "term": term(move), "label": label(move), "means": MEANING[move],
         "ways": {way: [label(move, way), seen] for way, seen in WAYS.get(move, {}).items()}}
        for move in MOVES
    ]  # fmt: skip
