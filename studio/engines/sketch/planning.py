"""What sketch will make of a shot: size, frames, camera path and window, settled without opening the still."""

from __future__ import annotations

import math
from dataclasses import dataclass

from studio.engines.sketch.camera import camera_path, coast
from studio.engines.sketch.framing import Framing, frame_path, open_from_whole
from studio.engines.sketch.keeping import what_stays
from studio.engines.sketch.life.calls import drawn_words
from studio.engines.sketch.saying import camera_notes, idle_words, ignored_words
from studio.engines.sketch.work import LOADING, expected_seconds
from studio.errors import ShotError
from studio.media.timing import clip_seconds, frame_count, frame_times
from studio.presets import Profile
from studio.shot import Plan, Shot

__all__ = ["Draft", "draft"]

_LONG_SIDE = 768
_SHORTEST_SIDE = 16


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
    (width, height), stage = _stage(shot, (width, height), profile.size_multiple)
    asked = shot.fps or profile.fps[0]
    fps = min(profile.fps, key=lambda rate: abs(rate - asked))
    if fps != asked:
        notes.append(f"The frame rate becomes {fps}, the nearest of those that {profile.title} makes.")
    frames = frame_count(shot.seconds, fps)
    path = camera_path(shot.timeline, frames, fps, shot.seed, loop=shot.loop)
    joined = next((control for control in shot.controls if control.kind == "previous_clip"), None)
    if joined and joined.speed and not shot.loop:
        path += coast(frame_times(frames, fps), joined.speed, shot.seconds)
    path.setflags(write=False)
    whole = shot.still.width, shot.still.height
    keeps = what_stays(shot.faces, whole, shot.focus, shot.subject)
    thing = shot.subject is not None and not shot.faces
    aimed, spares = thing or _is_a_face(shot), thing and not _goes_all_the_way(shot)
    framing = frame_path(path, whole, width / height, shot.focus, keeps, aimed=aimed, spares=spares)
    if joined and framing.crop < 1:
        framing = open_from_whole(framing)
    idle = idle_words(shot, framing, profile.title)
    plan = Plan(
        engine=profile.id,
        width=width,
        height=height,
        frames=frames,
        fps=fps,
        seconds=clip_seconds(frames, fps),
        crop=round(min(1.0, framing.width / shot.still.width), 4),
        ignored=ignored_words(shot, profile),
        drawn=drawn_words(shot),
        idle=idle,
        notes=(*([idle] if idle else []), *stage, *camera_notes(shot, framing, idle=bool(idle)), *notes),
        estimate=round(expected_seconds(shot, framing, (width, height)), 2),
        loading=LOADING,
    )
    return Draft(plan, framing)


def _is_a_face(shot: Shot) -> bool:
    """Whether the focus is a face as a whole, as the studio sets it, and no part of it that was named or pointed at."""
    return any(math.dist(face.centre, shot.focus) < 0.05 * face.height for face in shot.faces)


def _goes_all_the_way(shot: Shot) -> bool:
    """Whether a move is asked for that is as large as can be."""
    return any(beat.level == 3 or beat.move == "crash_zoom" for beat in shot.timeline.on("camera"))


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
    if shot.width and shot.height and abs(width / height / shape - 1) > 0.02:
        notes.append("The still has another shape than the clip: it is cropped around its point of interest.")
    if width > still.width or height > still.height:
        notes.append(f"The clip is larger than the still ({still.width} × {still.height}), so it will look soft.")
    if (shot.width and shot.width != width) or (shot.height and shot.height != height):
        notes.append(f"The size becomes {width} × {height}: sides are multiples of {multiple}.")
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
