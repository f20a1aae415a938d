"""Camera moves in plain words, for somebody who has never stood behind a camera."""

from __future__ import annotations

from studio.shot import Move

__all__ = ["MEANING"]

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
    "roll_ccw": "The camera leans over anticlockwise, so that the horizon tips.",
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
