"""What sketch says of a plan: whether nothing will move at all, what is not shown, and what becomes of the camera."""

from __future__ import annotations

import numpy as np

from studio.engines.sketch.camera import comes_back
from studio.engines.sketch.framing import Framing
from studio.engines.sketch.life.calls import asked_of
from studio.engines.sketch.life.lightwords import read_light
from studio.engines.sketch.life.motions import load_library
from studio.engines.sketch.life.reading import Call, holds, read_beat
from studio.presets import Profile
from studio.shot import Beat, Shot

__all__ = ["camera_notes", "idle_words", "ignored_words", "moves_camera"]

_AT_REST = 1e-3
"""Speed below which a camera is not seen to move: a thousandth of the frame in a second."""

_VIDEO_MODEL, _SILENT = "this needs a video model.", "sketch makes no sound."
_SHOWN = "Sketch shows the camera, light, weather, and what sways, ripples, drifts, breathes or blinks."


def moves_camera(shot: Shot, framing: Framing) -> bool:
    """Whether the camera or its focus is seen to do anything."""
    return bool(framing.path.any()) or _shifts_focus(shot)


def idle_words(shot: Shot, framing: Framing, title: str) -> str:
    """Why nothing in the clip will move, and what to do; empty: something will, or the take tries and says so.

    Args:
        title: what the engine is called.
    """
    if moves_camera(shot, framing) or any(_shown(beat, shot) for beat in shot.timeline.beats):
        return ""
    reasons = {reason for beat in shot.timeline.beats if (reason := _reason(beat, shot)) not in (None, _SILENT)}
    asked = any(beat.move and beat.move != "static" for beat in shot.timeline.on("camera"))
    if asked:
        camera = "the still leaves the camera no room for the move that is asked for"
    elif any(beat.move for beat in shot.timeline.on("camera")):
        camera = "the camera holds still, as asked"
    else:
        camera = "the timeline has no camera move, so the camera holds still"
    rest = "nothing else is asked for"
    if reasons:
        rest = "the rest of it needs a video model" if _VIDEO_MODEL in reasons else "what shall move must be painted"
    remedies = [f"Add {'another' if asked else 'a'} camera move, light or weather"]
    remedies += ["paint what moves with the motion brush"] if reasons - {_VIDEO_MODEL} else []
    remedies += ["choose an engine with a video model"] if _VIDEO_MODEL in reasons else []
    return f"Nothing in this clip will move with {title}: {camera}, and {rest}. {', or '.join(remedies)}."


def ignored_words(shot: Shot, profile: Profile) -> tuple[str, ...]:
    """What the shot asks for and sketch cannot show, each once, with the reason."""
    beats = [
        f"{beat.layer.capitalize()}, {_words(beat)}: {reason}"
        for beat in shot.timeline.beats
        if (reason := _reason(beat, shot)) is not None
    ]
    controls = [
        f"The control {control.kind.replace('_', ' ')}: sketch works from the still alone."
        for control in shot.controls
        if control.kind != "draft" and not profile.accepts(control)
    ]
    return tuple(dict.fromkeys((*beats, *controls)))


def camera_notes(shot: Shot, framing: Framing, *, idle: bool) -> list[str]:
    """What becomes of the camera, what weighs most first.

    Args:
        idle: whether it was said that nothing moves, and why.
    """
    notes = []
    if not idle and any(_reason(beat, shot) == _VIDEO_MODEL for beat in shot.timeline.beats):
        notes.append(_SHOWN)
    if framing.walked < 0.995:
        share = f"{framing.walked:.0%}" if framing.walked >= 0.02 else "none"
        whole = " and the thing in focus whole in it" if framing.spared else ""
        notes.append(f"The camera goes {share} of the way asked for, so that the frame stays inside the still{whole}.")
    if not idle and not any(beat.move for beat in shot.timeline.on("camera")):
        notes.append("The timeline has no camera move, so the camera holds still.")
    notes += _join_notes(shot)
    if shot.loop and (not comes_back(shot.timeline) or _shifts_focus(shot)):
        notes.append("The clip loops: what the camera does is done by the middle and undone by the end.")
    elif shot.loop:
        notes.append("The clip loops: its last frame leads into the first.")
    if framing.crop < 0.97 and framing.opening is not None:
        notes.append(f"The frame closes in from the whole still to {framing.crop:.0%} of it as the camera needs room.")
    elif framing.crop < 0.97:
        notes.append(f"The frame rests on {framing.crop:.0%} of the still, so that nothing outside it is ever shown.")
    return notes


def _join_notes(shot: Shot) -> list[str]:
    joined = next((control for control in shot.controls if control.kind == "previous_clip"), None)
    if joined is None:
        return []
    if shot.loop:
        return ["The clip loops, so its camera does not take on the speed of the clip before."]
    if not joined.speed:
        return ["Nothing is known of the camera of the clip before, so this one begins at rest."]
    if np.abs(joined.speed).max() < _AT_REST:
        return ["The clip before ended with its camera at rest; this one begins so."]
    return ["The camera goes on at the speed with which the clip before ended."]


def _shifts_focus(shot: Shot) -> bool:
    return any(beat.move == "rack_focus" for beat in shot.timeline.on("camera"))


def _shown(beat: Beat, shot: Shot) -> bool:
    """Whether a beat beside the camera's is shown, or tried."""
    change = read_light(beat)
    if change is not None:
        return change.kind != "hold"
    if asked_of(beat, shot) is not None:
        return True
    call = read_beat(beat, load_library())
    return call is not None and _found(call, shot)


def _reason(beat: Beat, shot: Shot) -> str | None:
    """Why sketch does not show a beat; None: it does, or tries and says so in the take."""
    if beat.layer == "camera" or read_light(beat) is not None or asked_of(beat, shot) is not None:
        return None
    if beat.layer == "audio":
        return _SILENT
    library = load_library()
    call = read_beat(beat, library)
    if call is None:
        return None if holds(beat, library) else _VIDEO_MODEL
    if _found(call, shot):
        return None
    return f"sketch does not find {call.region.title} by itself; paint it with the motion brush."


def _found(call: Call, shot: Shot) -> bool:
    """Whether what shall move is looked for, or painted."""
    return call.region.found or any(control.kind == "motion_brush" for control in shot.controls)


def _words(beat: Beat) -> str:
    words = " ".join(beat.text.split()).rstrip(".")
    return f"“{words if len(words) <= 60 else words[:59] + '…'}”" if words else "without words"
