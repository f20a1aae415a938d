"""What one person may do on a studio, and how long things are kept: presets of it, from the own computer to the public.

A preset names only what it limits further than the studio itself does. A single limit is set by its own environment
variable beside any preset: ``MOTION_FIRST_LIMITS=public MOTION_FIRST_MAX_SECONDS=8``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from studio.errors import SettingsError
from studio.presets.reading import read_preset
from studio.shot import Record

__all__ = ["Limits", "LimitsPreset", "find_limits", "limits_presets"]


def _names(given: object) -> object:
    return [name.strip() for name in given.split(",") if name.strip()] if isinstance(given, str) else given


class Limits(Record):
    """What one person may ask for; each field's description is its documentation."""

    max_queued: int = Field(default=100, ge=1, le=100_000, description="Takes that one person may have waiting.")
    max_seconds: float = Field(default=15.0, ge=0.5, le=60.0, description="Longest clip that may be asked for.")
    max_side: int = Field(default=1920, ge=128, le=4096, description="Longest side of a clip in pixels.")
    max_upload_mb: int = Field(default=50, ge=1, le=1000, description="Largest picture file accepted.")
    max_megapixels: int = Field(
        default=100, ge=1, le=500, description="Largest picture opened; checked before decoding."
    )
    still_side: int = Field(default=2560, ge=256, le=8192, description="A larger still is scaled down to this side.")
    max_pictures: int = Field(
        default=0, ge=0, description="Pictures and clips one person may bring and keep; 0: any number."
    )
    engines: Annotated[tuple[str, ...], BeforeValidator(_names)] = Field(
        default=(), description="Engines that may animate besides sketch, such as ltx_2_5,wan_2_1_i2v; all by default."
    )
    downloads: bool = Field(
        default=True, description="Whether a take may fetch weights that are not here: true or false."
    )
    questions_a_minute: float = Field(
        default=0.0,
        ge=0.0,
        description="Reviews, or as much other work, that one person may ask of the page; 0: any number.",
    )
    questions_at_once: float = Field(default=240.0, ge=60.0, description="As many of them may come in a burst.")
    visits_a_minute: float = Field(
        default=0.0, ge=0.0, description="Times one address may open the page; 0: any number."
    )
    keep_takes_days: float = Field(
        default=0.0, ge=0.0, description="Older takes without a star are deleted; 0: none are."
    )
    keep_takes_gb: float = Field(
        default=0.0, ge=0.0, description="Beyond it trash, then oldest takes without a star; 0: none."
    )
    keep_trash_days: float = Field(
        default=30.0, ge=0.0, description="How long takes lie in the trash; 0: until it is emptied."
    )
    keep_latents_days: float = Field(
        default=7.0, ge=0.0, description="How long unfinished takes keep their latents; 0: ever."
    )
    keep_latents_gb: float = Field(
        default=20.0, ge=0.0, description="Beyond it the oldest latents are deleted; 0: none are."
    )
    keep_unused_days: float = Field(
        default=30.0,
        ge=0.0,
        description="How long a still that nothing uses, and the log of a job without a take, stay; 0: ever.",
    )


class LimitsPreset(Record):
    """A file of ``presets/limits``: for whom these limits are meant."""

    title: str
    summary: str
    limits: Limits = Limits()


def limits_presets(folder: Path) -> dict[str, LimitsPreset]:
    """Every preset of limits in a folder, by its file's name.

    Raises:
        PresetError: a file has an unknown, missing or wrong key.
    """
    return {path.stem: read_preset(path, LimitsPreset) for path in sorted(folder.glob("*.toml"))}


def find_limits(folder: Path, name: str) -> LimitsPreset:
    """The preset of limits with this name.

    Raises:
        SettingsError: there is none; the message names the known ones.
        PresetError: as ``limits_presets``.
    """
    known = limits_presets(folder)
    if name not in known:
        raise SettingsError(
            "MOTION_FIRST_LIMITS", name, expected="one of " + ", ".join(known), action="Correct or unset it."
        )
    return known[name]
