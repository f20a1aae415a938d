"""What sketch will make of a shot: size, frames, camera path and window, settled without opening the still."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from studio.engines.sketch.camera import camera_path, coast, comes_back
from studio.engines.sketch.framing import Framing, frame_path, open_from_whole
from studio.engines.sketch.life.calls import asked_of, drawn_words
from studio.engines.sketch.life.lightwords import read_light
from studio.engines.sketch.life.motions import load_library
from studio.engines.sketch.life.reading import holds, read_beat
from studio.errors import ShotError
from studio.media.timing import clip_seconds, frame_count, frame_times
from studio.presets import Profile
from studio.shot import Beat, Plan, Shot

__all__ = ["Draft", "draft"]

_LONG_SIDE = 768
_SHORTEST_SIDE = 16
_AT_REST = 1e-3
"""Speed below which a camera is not seen to move: a thousandth of the frame in a second."""

_SECONDS_TO_START = 0.15
_SECONDS_PER_MEGAPIXEL = 0.04
"""On one server core: 0.03 for the frames (benchmarks/sketch.py), 0.01 for their encoding."""

_UNSHOWN = "sketch shows the camera, light, weather, and what sways, ripples or drifts; this needs a video model."


@dataclass(frozen=True)
class Draft:
    """A plan, and the window and path that it stands on."""

    plan: Plan
    framing: Framing


def draft(shot: Shot, profile: Profile) -> Draft:
    """Settle a shot. Pure: the same shot gives the same draft, and no file is read.

    Raises:
        ShotError: the seconds are outside what the profile makes.
    """
    shortest, longest = profile.seconds
    if not shortest <= shot.seconds <= longest:
        raise ShotError(
            "seconds",
            f"{shot.seconds:g}",
            expected=f"{shortest:g} to {longest:g} for {profile.title}",
            action="Choose another length.",
        )
    width, height, notes = _size(shot, profile.size_multiple)
    (width, height), told = _stage(shot, (width, height), profile.size_multiple)
    notes = [*told, *notes]
    asked = shot.fps or profile.fps[0]
    fps = min(profile.fps, key=lambda rate: abs(rate - asked))
    if fps != asked:
        notes.append(f"The frame rate becomes {fps}, the nearest of those that {profile.title} makes.")
    frames = frame_count(shot.seconds, fps)
    path = camera_path(shot.timeline, frames, fps, shot.seed, loop=shot.loop)
    joined = next((control for control in shot.controls if control.kind == "previous_clip"), None)
    if joined and joined.speed and not shot.loop:
        path += coast(frame_times(frames, fps), joined.speed, shot.seconds)
    framing = frame_path(path, (shot.still.width, shot.still.height), width / height, shot.focus)
    if joined and framing.crop < 1:
        framing = open_from_whole(framing)
    plan = Plan(
        engine=profile.id,
        width=width,
        height=height,
        frames=frames,
        fps=fps,
        seconds=clip_seconds(frames, fps),
        crop=round(min(1.0, framing.width / shot.still.width), 4),
        ignored=_ignored(shot, profile),
        drawn=drawn_words(shot),
        notes=(*notes, *_camera_notes(shot, framing)),
        estimate=round(_SECONDS_TO_START + _SECONDS_PER_MEGAPIXEL * width * height * frames / 1e6, 2),
    )
    return Draft(plan, framing)


def _size(shot: Shot, multiple: int) -> tuple[int, int, list[str]]:
    """The clip's size: as asked, else the still's shape with a longer side of at most 768 pixels."""
    still = shot.still
    shape = still.width / still.height
    asked: tuple[float, float]
    if shot.width and shot.height:
        asked = (shot.width, shot.height)
    elif shot.width:
        asked = (shot.width, shot.width / shape)
    elif shot.height:
        asked = (shot.height * shape, shot.height)
    else:
        scale = min(1.0, _LONG_SIDE / max(still.width, still.height))
        asked = (still.width * scale, still.height * scale)
    width, height = (max(_SHORTEST_SIDE, multiple * math.floor(side / multiple + 0.5)) for side in asked)
    if not (shot.width or shot.height):  # rounding up must not enlarge a small still
        width, height = (
            max(_SHORTEST_SIDE, min(side, limit - limit % multiple))
            for side, limit in ((width, still.width), (height, still.height))
        )
    notes = []
    if (shot.width and shot.width != width) or (shot.height and shot.height != height):
        notes.append(f"The size becomes {width} × {height}: sides are multiples of {multiple}.")
    if shot.width and shot.height and abs(width / height / shape - 1) > 0.02:
        notes.append("The still has another shape than the clip: it is cropped around its point of interest.")
    if width > still.width or height > still.height:
        notes.append(f"The clip is larger than the still ({still.width} × {still.height}), so it will look soft.")
    return width, height, notes


def _stage(shot: Shot, size: tuple[int, int], multiple: int) -> tuple[tuple[int, int], list[str]]:
    """The size of the pass that is asked for, draft or finish, and what is to be said of it."""
    if shot.draft:
        across, down = (max(_SHORTEST_SIDE, multiple * round(side / 2 / multiple)) for side in size)
        return (across, down), [
            f"A draft at half the size: finished it has {size[0]} × {size[1]}, and the same motion."
        ]
    if shot.drafted is not None:
        return size, ["The draft made whole: drawn at full size from the same near and far, with the same motion."]
    return size, []


def _camera_notes(shot: Shot, framing: Framing) -> list[str]:
    notes = []
    if not any(beat.move for beat in shot.timeline.on("camera")):
        notes.append("The timeline has no camera move, so the camera holds still.")
    if shot.loop and (not comes_back(shot.timeline) or _shifts_focus(shot)):
        notes.append("The clip loops: what the camera does is done by the middle and undone by the end.")
    elif shot.loop:
        notes.append("The clip loops: its last frame leads into the first.")
    notes += _join_notes(shot)
    if framing.crop < 0.97 and framing.opening is not None:
        notes.append(f"The frame closes in from the whole still to {framing.crop:.0%} of it as the camera needs room.")
    elif framing.crop < 0.97:
        notes.append(f"The frame rests on {framing.crop:.0%} of the still, so that nothing outside it is ever shown.")
    if framing.walked < 0.995:
        share = f"{framing.walked:.0%}" if framing.walked >= 0.02 else "none"
        notes.append(f"The camera goes {share} of the way asked for, so that the frame stays inside the still.")
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


def _ignored(shot: Shot, profile: Profile) -> tuple[str, ...]:
    """What the shot asks for and sketch cannot show, each with the reason."""
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
    return (*beats, *controls)


def _reason(beat: Beat, shot: Shot) -> str | None:
    """Why sketch does not show a beat; None: it does, or tries and says so in the take."""
    if beat.layer == "camera" or read_light(beat) is not None or asked_of(beat, shot) is not None:
        return None
    library = load_library()
    call = read_beat(beat, library)
    if call is None:
        return None if holds(beat, library) else _UNSHOWN
    if call.region.found or any(control.kind == "motion_brush" for control in shot.controls):
        return None
    return f"sketch does not find {call.region.title} by itself; paint it with the motion brush."


def _words(beat: Beat) -> str:
    words = " ".join(beat.text.split()).rstrip(".")
    return f"“{words if len(words) <= 60 else words[:59] + '…'}”" if words else "without words"
