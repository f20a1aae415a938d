"""How the families that want more than named arguments are called: one function each, found by a profile's ``call``.

Each gets what the shot says by the keys of ``arguments.NAMES``, and gives what is left of it and the arguments that
stand in the place of the rest. Facts: diffusers 0.42.1, the pipelines' own pages.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PIL import Image

from studio.presets.pipeline import Call

__all__ = ["CALLS", "Said"]

Said = dict[str, Any]
"""What is said, by the keys of ``arguments.NAMES``."""

_GREY = 128
"""What Wan VACE is shown where it is to draw."""


def plain(said: Said) -> tuple[Said, dict[str, Any]]:
    """By names alone."""
    return said, {}


def ltx_conditions(said: Said) -> tuple[Said, dict[str, Any]]:
    """LTX-Video: the still, or the end of the clip before, is a condition at frame 0; the end frame at the last."""
    from diffusers.pipelines.ltx.pipeline_ltx_condition import LTXVideoCondition

    before = said.get("before")
    first = {"image": said["still"]} if before is None else {"video": before}
    conditions = [LTXVideoCondition(**first, frame_index=0)]
    if said.get("end_frame") is not None:
        conditions.append(LTXVideoCondition(image=said["end_frame"], frame_index=said["frames"] - 1))
    return {**said, "still": None, "before": None, "end_frame": None}, {"conditions": conditions}


def ltx_2_conditions(said: Said) -> tuple[Said, dict[str, Any]]:
    """LTX-2: as LTX-Video; -1 is the last frame."""
    from diffusers.pipelines.ltx2.pipeline_ltx2_condition import LTX2VideoCondition

    first = said["still"] if said.get("before") is None else said["before"]
    conditions = [LTX2VideoCondition(frames=first, index=0, strength=1.0)]
    if said.get("end_frame") is not None:
        conditions.append(LTX2VideoCondition(frames=said["end_frame"], index=-1, strength=1.0))
    return {**said, "still": None, "before": None, "end_frame": None}, {"conditions": conditions}


def vace(said: Said) -> tuple[Said, dict[str, Any]]:
    """Wan VACE: a clip with grey or what shall be followed where it is to draw, and a mask that is white there.

    Where a motion brush is given, the still stands wherever nothing is painted.
    """
    size = (said["width"], said["height"])
    follow = said.get("pose") or said.get("motion")
    video = list(follow or [Image.new("RGB", size, (_GREY,) * 3)] * said["frames"])
    mask = [said.get("painted") or Image.new("L", size, 255)] * said["frames"]
    if said.get("painted") is not None:
        video = [Image.composite(picture, said["still"], said["painted"]) for picture in video]
    pictures = dict(enumerate(said.get("before") or [said["still"]]))
    pictures[said["frames"] - 1] = said.get("end_frame")
    for number, picture in pictures.items():
        if picture is not None:
            video[number], mask[number] = picture, Image.new("L", size, 0)
    left = {**said, **dict.fromkeys(("still", "before", "end_frame", "motion", "pose", "painted"))}
    return left, {"video": video, "mask": mask}


def animate(said: Said) -> tuple[Said, dict[str, Any]]:
    """Wan Animate: as many frames come out as the pose video has."""
    return {**said, "frames": None}, {}


def whole_clip(said: Said) -> tuple[Said, dict[str, Any]]:
    """I2VGen-XL: with the last layer of its text encoder, as the way to the one before it is gone in transformers 5."""
    return said, {"clip_skip": None}


CALLS: dict[Call, Callable[[Said], tuple[Said, dict[str, Any]]]] = {
    "plain": plain,
    "ltx_conditions": ltx_conditions,
    "ltx_2_conditions": ltx_2_conditions,
    "vace": vace,
    "animate": animate,
    "whole_clip": whole_clip,
}
