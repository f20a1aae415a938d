"""Each family by the profile that runs it, and what of the profile is smaller in its tiny twin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from studio.presets import FrameLaw, Profile, SizeLaw, load_profiles
from studio.settings import ROOT
from tests.tiny import hunyuan, others, sounding, wan

PROFILES = load_profiles(ROOT / "presets" / "engines")
SHORT = {"max_sequence_length": 16}


@dataclass(frozen=True)
class Family:
    """A family's tiny twin.

    Attributes:
        build: makes the pipeline.
        arguments: said besides the profile's own, so that it is quick.
        smaller: values of the profile that hold for the large weights only.
        side: of the clip, in pixels; None: the engine chooses.
        steps: as few as it takes.
    """

    build: Callable[[], Any]
    arguments: dict[str, Any] = field(default_factory=lambda: dict(SHORT))
    smaller: dict[str, Any] = field(default_factory=dict)
    side: int | None = 64
    steps: int = 2


FAMILIES = {
    "wan_2_1_i2v": Family(wan.wan_2_1),
    "wan_2_1_flf2v": Family(wan.wan_2_1_first_last),
    "wan_2_1_vace": Family(wan.wan_vace),
    "wan_2_2_animate": Family(wan.wan_animate, {"segment_frame_length": 9, **SHORT}),
    "wan_2_2_i2v_a14b": Family(wan.wan_2_2),
    "wan_2_2_ti2v_5b": Family(wan.wan_2_2_5b),
    "anyflow_far": Family(wan.anyflow_far),
    "skyreels_2_df": Family(wan.skyreels_df),
    "skyreels_2_i2v": Family(wan.skyreels_i2v),
    "ltx_video": Family(others.ltx_condition),
    "ltx_2_3": Family(sounding.ltx_2),
    "ltx_2_5": Family(sounding.ltx_2),
    "ltx_2_5_dfr": Family(sounding.ltx_2_dfr),
    "cogvideox_i2v": Family(
        others.cogvideox,
        smaller={"size": SizeLaw(only=((64, 64),)), "frames": FrameLaw(step=8, remainder=1, most=9)},
    ),
    "cogvideox_1_5_i2v": Family(others.cogvideox_1_5),
    "motif_video": Family(others.motif),
    "i2vgen_xl": Family(others.i2vgen, {}),
    "svd_xt": Family(others.svd, smaller={"frames": FrameLaw(most=4, compression=1)}),
    "helios": Family(others.helios),
    "helios_distilled": Family(others.helios_distilled, steps=3),
    "pia": Family(others.pia, {}),
    "sparsectrl": Family(others.sparsectrl, {}),
    "sana_video": Family(others.sana, {"complex_human_instruction": None, **SHORT}),
    "sana_wm": Family(others.sana_wm, smaller={"size": SizeLaw(only=((64, 64),))}),
    "hunyuan_i2v": Family(hunyuan.hunyuan, {"max_sequence_length": 256}),
    "skyreels_1_i2v": Family(hunyuan.skyreels_1, {"max_sequence_length": 256}),
    "framepack_studio": Family(
        hunyuan.framepack,
        {"latent_window_size": 3},
        {"frames": FrameLaw(step=12, remainder=1, asked_step=9, asked_remainder=0)},
    ),
    "hunyuan_1_5_i2v": Family(
        hunyuan.hunyuan_1_5, {}, {"size": SizeLaw(base=16, compression=4), "size_multiple": 4}, side=None
    ),
    "kandinsky_5_lite": Family(hunyuan.kandinsky_5, {"max_sequence_length": 512}),
    "kandinsky_6_lite": Family(hunyuan.kandinsky_6, {"max_sequence_length": 512}),
    "easyanimate_5_1": Family(others.easyanimate, {}),
    "ltx_video_long": Family(others.ltx_long),
}

UNLIKE = ("wan_2_2_ti2v_5b", "ltx_2_3", "cogvideox_i2v", "hunyuan_1_5_i2v")
"""Families that share the least: a plain transformer, one with sound, one whose frames come first in its latents, one
that shows nobody its latents. The dearest, with a U-Net and with windows, are long forms."""


def every_family() -> list[Any]:
    """All families for ``parametrize``; those that go the way of another are long forms (``make long``)."""
    return [name if name in UNLIKE else pytest.param(name, marks=pytest.mark.long) for name in FAMILIES]


def tiny_profile(name: str) -> Profile:
    """The profile of a family, for its tiny twin: few steps, no weights to speak of."""
    family, profile = FAMILIES[name], PROFILES[name]
    pipeline = profile.pipeline
    arguments = {**pipeline.arguments, **{key: value for key, value in family.arguments.items() if value is not None}}
    return profile.but(
        pipeline=pipeline.but(arguments=arguments, steps=family.steps, weights=None, hub="", distilled=()),
        seconds=(0.1, 60.0),
        **family.smaller,
    )
