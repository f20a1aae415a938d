"""What an open engine will make of a shot: exact before any weights are loaded, or a refusal that says why."""

from __future__ import annotations

import math
from collections.abc import Iterable

from studio.engines.diffusers.controls import check, ends_on_still
from studio.engines.diffusers.elements import elements
from studio.engines.diffusers.stages import stages_of
from studio.errors import ShotError
from studio.media.timing import clip_seconds
from studio.presets import Profile
from studio.shot import Beat, Plan, Shot

__all__ = ["overlap", "plan"]

_SLACK = 0.5
"""Frames by which a length may pass the profile's limits: those are rounded to a tenth of a second."""

_LEAST = 1e-4
"""The least share of a still that a crop is told as: a strip of one line is not nothing."""
_LARGER = 1.3
"""An area this many times what an engine was made for is worth a word."""


def plan(shot: Shot, profile: Profile, others: Iterable[Profile] = ()) -> Plan:
    """Settle size, frames and rate of a shot. Pure: no weights, no files.

    Args:
        others: the profiles among which to name those that can do what this one cannot.

    Raises:
        ShotError: the shot asks for a length or a control that the engine does not have.
    """
    others = tuple(others)
    check(shot, profile, others)
    fps, rate_notes = _rate(shot, profile)
    frames, length_notes = _frames(shot, profile, fps, others)
    full_width, full_height, size_notes = _size(shot, profile)
    stages = stages_of(shot, profile, (full_width, full_height))
    width, height = stages.size
    wide, high = shot.still.width, shot.still.height
    return Plan(
        engine=profile.id,
        width=width,
        height=height,
        frames=frames,
        fps=fps,
        seconds=clip_seconds(frames, fps),
        crop=max(_LEAST, round(min(1.0, width / height * high / wide), 4)),
        ignored=_ignored(shot, profile),
        notes=(
            *stages.notes, *rate_notes, *length_notes, *size_notes, *_loop(shot, profile), *_brush(shot, profile),
            *elements(shot, profile),
        ),
        steps=stages.steps,
    )  # fmt: skip


def overlap(shot: Shot, profile: Profile) -> int:
    """Frames of the previous clip that the engine draws once more: made besides those that come out."""
    extends = any(control.kind == "previous_clip" for control in shot.controls)
    return profile.pipeline.overlap if extends and profile.pipeline else 0


def _rate(shot: Shot, profile: Profile) -> tuple[int, list[str]]:
    own = profile.fps[0]
    if shot.fps is None or shot.fps in profile.fps:
        return shot.fps or own, []
    nearest = min(profile.fps, key=lambda rate: (abs(rate - (shot.fps or own)), -rate))
    rate = "1 frame a second becomes" if shot.fps == 1 else f"{shot.fps} frames a second become"
    return nearest, [f"{rate} {nearest}: {profile.title} was made for that."]


def _frames(shot: Shot, profile: Profile, fps: int, others: tuple[Profile, ...]) -> tuple[int, list[str]]:
    """The nearest count that the engine makes; a length that it cannot hold is refused, not cut."""
    shortest, longest = profile.seconds
    slack = _SLACK / fps
    if not shortest - slack <= shot.seconds <= longest + slack:
        able = [one.title for one in others if one.seconds[0] <= shot.seconds <= one.seconds[1]]
        raise ShotError(
            "seconds",
            f"{shot.seconds:g}",
            expected=f"{shortest:g} to {longest:g} for {profile.title}",
            action=f"Choose another length{_or(able)}.",
        )
    again = overlap(shot, profile)
    frames = profile.frames.nearest(shot.seconds * fps + again) - again
    seconds = clip_seconds(frames, fps)
    if abs(seconds - shot.seconds) * fps < _SLACK:
        return frames, []
    return frames, [f"{shot.seconds:g} s become {seconds:.2f} s: {profile.title} makes {_counts(profile, again)}."]


def _counts(profile: Profile, again: int) -> str:
    """The counts that come out, `again` frames of the clip before taken off."""
    law = profile.frames
    listed = [str(count - again) for count in map(law.count, range(4 + again)) if count - again > 1][:3]
    new = "new frames" if again else "frames"
    return f"{', '.join(listed)} … {new}" + (f", at most {law.most - again}" if law.most else "")


def _size(shot: Shot, profile: Profile) -> tuple[int, int, list[str]]:
    """The size as asked, or the still's shape at the area that the engine was made for; snapped to what it makes."""
    still, multiple = shot.still, profile.size_multiple
    asked = _asked(shot, profile)
    choices = profile.size.choices(multiple)
    if choices:
        size = min(choices, key=lambda size: (abs(math.log(size[0] / size[1] * asked[1] / asked[0])), -size[0]))
    else:
        size = _snapped(asked[0], multiple), _snapped(asked[1], multiple)
    width, height = size
    notes = []
    if (shot.width and shot.width != width) or (shot.height and shot.height != height):
        law = "has fixed sizes" if choices else f"makes sides that are multiples of {multiple}"
        notes.append(f"The size becomes {width} × {height}: {profile.title} {law}.")
    if abs(math.log(width / height * still.height / still.width)) > 0.02:
        notes.append("The still has another shape than the clip: it is cropped around its point of interest.")
    if profile.size.pixels and width * height > _LARGER * profile.size.pixels:
        notes.append(f"{profile.title} was made for about {profile.size.pixels / 1e6:.1f} megapixels; this is more.")
    return width, height, notes


def _asked(shot: Shot, profile: Profile) -> tuple[float, float]:
    shape = shot.still.width / shot.still.height
    if shot.width and shot.height:
        return shot.width, shot.height
    if shot.width:
        return shot.width, shot.width / shape
    if shot.height:
        return shot.height * shape, shot.height
    area = profile.size.pixels or shot.still.width * shot.still.height
    return math.sqrt(area * shape), math.sqrt(area / shape)


def _snapped(side: float, multiple: int) -> int:
    return max(multiple, math.floor(side / multiple + 0.5) * multiple)


def _ignored(shot: Shot, profile: Profile) -> tuple[str, ...]:
    lost = [f"Sound, {_words(beat)}: {profile.title} is silent." for beat in shot.timeline.on("audio")]
    if profile.audio:
        lost = []
    if profile.pipeline is not None and profile.pipeline.call == "steered":
        racked = [beat for beat in shot.timeline.on("camera") if beat.move == "rack_focus"]
        lost += [
            f"{_words(beat)}: {profile.title} is steered by where its camera is, which has no focus." for beat in racked
        ]
    if profile.pipeline is not None and profile.pipeline.names.get("still") == "":
        lost.append(f"The still: {profile.title} is told the words alone.")
    if {"motion_video", "pose_video"} <= {control.kind for control in shot.controls}:  # one place for both
        lost.append(f"The motion video: {profile.title} follows one clip, and takes the pose video.")
    if shot.negative and not profile.dialect.negative:
        lost.append(f"The negative prompt: {profile.title} has none.")
    if shot.loop and not ends_on_still(shot, profile):
        given = "end_frame" in profile.driven
        why = "the clip ends on the end frame that was given" if given else f"{profile.title} is told of no end"
        lost.append(f"The loop: {why}.")
    return tuple(lost)


def _loop(shot: Shot, profile: Profile) -> tuple[str, ...]:
    return ("The clip loops: it ends on the still.",) if ends_on_still(shot, profile) else ()


def _brush(shot: Shot, profile: Profile) -> tuple[str, ...]:
    moves = [beat for beat in shot.timeline.on("camera") if beat.move != "static"]
    if moves and any(control.kind == "motion_brush" for control in shot.controls):
        return (
            f"The motion brush holds the rest of the picture: {profile.title} moves the camera in what is painted.",
        )
    return ()


def _words(beat: Beat) -> str:
    words = " ".join(beat.text.split()).rstrip(".")
    return f"“{words if len(words) <= 60 else words[:59] + '…'}”" if words else "without words"


def _or(able: list[str]) -> str:
    return f", or take {', '.join(able[:4])}" if able else ""
