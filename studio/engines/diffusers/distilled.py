"""Few steps by distilled low-rank weights: when they are taken, what then differs, how they go into a pipeline."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from studio.engines.diffusers.memory import Device
from studio.errors import EngineError, ShotError
from studio.presets import WITHOUT, Distilled, Placement, Profile
from studio.shot import Shot

__all__ = ["distilled_of", "find_distilled", "join_distilled", "with_distilled"]


def find_distilled(shot: Shot, profile: Profile, device: Device, had: bool) -> Distilled | None:
    """The distilled weights that a shot is made with; None: the engine's own steps.

    Args:
        had: they are here, or can be fetched.

    Raises:
        ShotError: the shot asks for some that the engine has not.
    """
    known: tuple[Distilled, ...] = profile.pipeline.distilled if profile.pipeline else ()
    if shot.distilled == WITHOUT:
        return None
    if shot.distilled:
        found = [one for one in known if one.id == shot.distilled]
        if not found:
            raise ShotError(
                f"the distilled weights for {profile.title}",
                shot.distilled,
                expected=" or ".join([*(one.id for one in known), WITHOUT]),
                action="Choose one of these, or leave it out.",
            )
        return found[0]
    fit = [one for one in known if device.size < one.below]  # where there is no GPU the fewest steps matter most
    return fit[0] if fit and had else None


def distilled_of(profile: Profile, name: str) -> Distilled | None:
    """An engine's distilled weights of this name; None for no name."""
    known = profile.pipeline.distilled if profile.pipeline else ()
    return next(one for one in known if one.id == name) if name else None


def with_distilled(profile: Profile, name: str) -> Profile:
    """The profile as it is with some distilled weights.

    Args:
        name: of those; empty: without any.
    """
    pipeline, one = profile.pipeline, distilled_of(profile, name)
    if pipeline is None or one is None:
        return profile
    return profile.but(
        guidance=one.guidance,
        pipeline=pipeline.but(steps=one.steps, arguments={**pipeline.arguments, **one.arguments}),
    )


def join_distilled(pipeline: Any, one: Distilled, files: dict[str, Path], placement: Placement) -> None:
    """Put low-rank weights into a pipeline that was just loaded, and settle its scheduler for them.

    They become part of its own weights where those have all their bits; beside weights of 4 bits they stay their own.

    Raises:
        EngineError: peft is not installed.
        OSError, ValueError, KeyError, RuntimeError: the files are not what they should be.
    """
    from safetensors.torch import load_file

    if find_spec("peft") is None:
        raise EngineError(
            f"{one.title}",
            "peft is not installed",
            expected="the package that joins low-rank weights",
            action="Install it: pip install peft",
        )
    names = []
    for part, path in files.items():
        second = {"load_into_transformer_2": True} if part == "transformer_2" else {}
        pipeline.load_lora_weights(load_file(path), adapter_name=f"{one.id}_{part}", **second)
        names.append(part)
    if placement != "four_bit":
        pipeline.fuse_lora(components=names)
        pipeline.unload_lora_weights()
    if one.scheduler:
        pipeline.scheduler = type(pipeline.scheduler).from_config(pipeline.scheduler.config, **one.scheduler)
