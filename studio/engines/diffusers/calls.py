"""How the families that want more than named arguments are called: one function each, by the name in its
profile's ``call``.

Each gets what the shot says by the keys of ``arguments.NAMES``, and gives what is left of it and the arguments that
stand in the place of the rest. Facts: diffusers 0.42.1, the pipelines' own pages.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from PIL import Image

from studio.engines.diffusers.steering import steer

__all__ = ["CALLS", "LOCAL", "Said"]

LOCAL = "latents_packed"
"""What LTX's long pipeline calls the latents of the window that it makes; it takes them back as "latents"."""

Said = dict[str, Any]
"""What is said, by the keys of ``arguments.NAMES``."""

Quirk = Callable[[Said], tuple[Said, dict[str, Any]]]

CALLS: dict[str, Quirk] = {}
"""The functions below, by name."""

_GREY = 128
"""What Wan VACE is shown where it is to draw."""

_SIZES = 3
"""Sizes of the latent that Helios goes through, each twice the one before."""

_LTX_2_FRAMES = 8
"""Frames that LTX-2 holds in one of the latent."""

_LTX_LONG = (1.0, 0.9937, 0.9875, 0.9812, 0.975, 0.9094, 0.725, 0.4219, 0.0)
"""The noise levels that LTX-Video 0.9.8 was distilled for."""


def quirk(call: Quirk) -> Quirk:
    """Let profiles name this function."""
    CALLS[call.__name__] = call
    return call


@quirk
def plain(said: Said) -> tuple[Said, dict[str, Any]]:
    """By names alone."""
    return said, {}


@quirk
def ltx_conditions(said: Said) -> tuple[Said, dict[str, Any]]:
    """LTX-Video: the still, or the end of the clip before, is a condition at frame 0; the end frame at the last."""
    from diffusers.pipelines.ltx.pipeline_ltx_condition import LTXVideoCondition

    before = said.get("before")
    first = {"image": said["still"]} if before is None else {"video": before}
    conditions = [LTXVideoCondition(**first, frame_index=0)]
    if said.get("end_frame") is not None:
        conditions.append(LTXVideoCondition(image=said["end_frame"], frame_index=said["frames"] - 1))
    return {**said, "still": None, "before": None, "end_frame": None}, {"conditions": conditions}


@quirk
def ltx_2_conditions(said: Said) -> tuple[Said, dict[str, Any]]:
    """LTX-2: as LTX-Video, places counted in latents.

    A whole place is the first of the frames that a latent holds: with the last of them (-1) the end frame would stand
    seven frames before the clip ends. Its own last frame is seven eighths of a latent on; diffusers counts through.
    """
    from diffusers.pipelines.ltx2.pipeline_ltx2_condition import LTX2VideoCondition

    first = said["still"] if said.get("before") is None else said["before"]
    conditions = [LTX2VideoCondition(frames=first, index=0, strength=1.0)]
    if said.get("end_frame") is not None:
        end: Any = (said["frames"] + _LTX_2_FRAMES - 2) / _LTX_2_FRAMES
        conditions.append(LTX2VideoCondition(frames=said["end_frame"], index=end, strength=1.0))
    return {**said, "still": None, "before": None, "end_frame": None}, {"conditions": conditions}


@quirk
def ltx_2_keyframes(said: Said) -> tuple[Said, dict[str, Any]]:
    """LTX-2.5 in one pass with key frames of its own: as LTX-2, by noise levels in place of steps."""
    from diffusers.pipelines.ltx2.utils import DISTILLED_SIGMA_VALUES

    left, more = ltx_2_conditions(said)
    trained = [*DISTILLED_SIGMA_VALUES, 0.0]
    places = np.linspace(0, len(trained) - 1, said["steps"] + 1)[:-1]  # it goes on to none by itself
    levels = [float(level) for level in np.interp(places, range(len(trained)), trained)]
    return {**left, "steps": None}, {**more, "sigmas": levels}


@quirk
def sparse_frames(said: Said) -> tuple[Said, dict[str, Any]]:
    """SparseCtrl: the frames that are given, and which of the clip's they are; it draws those between."""
    shown = {0: said["still"], said["frames"] - 1: said.get("end_frame")}
    given = {number: picture for number, picture in shown.items() if picture is not None}
    frames = {"conditioning_frames": list(given.values()), "controlnet_frame_indices": list(given)}
    return {**said, "still": None, "end_frame": None}, frames


@quirk
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


@quirk
def animate(said: Said) -> tuple[Said, dict[str, Any]]:
    """Wan Animate: as many frames come out as the pose video has."""
    return {**said, "frames": None}, {}


@quirk
def whole_clip(said: Said) -> tuple[Said, dict[str, Any]]:
    """I2VGen-XL: with the last layer of its text encoder, as the way to the one before it is gone in transformers 5."""
    return said, {"clip_skip": None}


@quirk
def ltx_windows(said: Said) -> tuple[Said, dict[str, Any]]:
    """LTX-Video, long: noise levels in place of steps, the last of them none, as it leaves its own last step undone.

    Each window draws its noise from the seed and its place.
    """
    places = np.linspace(0, len(_LTX_LONG) - 1, said["steps"] + 1)
    levels = [float(level) for level in np.interp(places, range(len(_LTX_LONG)), _LTX_LONG)]
    seed = said["generator"].initial_seed()
    return said, {"sigmas": levels, "seed": seed, "callback_on_step_end_tensor_inputs": [LOCAL]}


@quirk
def true_guidance(said: Said) -> tuple[Said, dict[str, Any]]:
    """SkyReels-V1: guided by another pass with the negative prompt, which it makes only where there is one."""
    words = {"negative": said.get("negative") or "", "guidance": None}
    return {**said, **words}, {"true_cfg_scale": said["guidance"]}


@quirk
def far_chunks(said: Said) -> tuple[Said, dict[str, Any]]:
    """AnyFlow: the still, or the end of the clip before, as one tensor (1, frames, 3, height, width), 0 to 1.

    It is made chunk by chunk, as it was trained: one latent frame, then three at a time; a latent frame holds four.
    """
    import torch

    shown = np.stack([np.array(one, np.float32) / 255 for one in said.get("before") or [said["still"]]])
    whole, rest = divmod((said["frames"] - 1) // 4, 3)
    chunks = [1, *[3] * whole, *([rest] if rest else [])]
    video = torch.from_numpy(shown).permute(0, 3, 1, 2)[None]
    return {**said, "still": None, "before": None}, {"video": video, "chunk_partition": chunks}


@quirk
def masked_clip(said: Said) -> tuple[Said, dict[str, Any]]:
    """EasyAnimate: the clip as one tensor (1, 3, frames, height, width), 0 to 1, and a mask, 255 where it draws."""
    import torch

    pictures = {0: said["still"], said["frames"] - 1: said.get("end_frame")}
    video = torch.from_numpy(np.array(said["still"], np.float32) / 255).permute(2, 0, 1)[None, :, None]
    video = video.repeat(1, 1, said["frames"], 1, 1)
    mask = torch.full((1, 1, *video.shape[2:]), 255.0)
    for number, picture in pictures.items():
        if picture is not None:
            video[0, :, number] = torch.from_numpy(np.array(picture, np.float32) / 255).permute(2, 0, 1)
            mask[:, :, number] = 0
    words = {"negative": said.get("negative") or ""}  # without one it reads none and fails
    return {**said, **words, "still": None, "end_frame": None}, {"video": video, "mask_video": mask}


@quirk
def pyramid(said: Said) -> tuple[Said, dict[str, Any]]:
    """Helios, distilled: its steps are shared out among three sizes of the latent, the small ones first."""
    shares = [max(1, (said["steps"] + more) // _SIZES) for more in range(_SIZES)]
    return {**said, "steps": None}, {"pyramid_num_inference_steps_list": shares[::-1]}


@quirk
def steered(said: Said) -> tuple[Said, dict[str, Any]]:
    """SANA-WM: its camera goes as the timeline's beats say, in a pose and a lens for every frame."""
    size = (said["width"], said["height"])
    poses, lenses = steer(said["timeline"], said["frames"], said["fps"], said["generator"].initial_seed(), size)
    return said, {"c2w": poses, "intrinsics": lenses}
