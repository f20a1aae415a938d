"""An engine described as data: one file in ``presets/engines/``, and how they are found."""

from __future__ import annotations

import difflib
import math
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from studio.errors import InputError, PresetError
from studio.presets.dialect import Dialect
from studio.presets.licence import Licence, Terms
from studio.presets.pipeline import FrameLaw, Pipeline, SizeLaw
from studio.presets.reading import read_preset
from studio.shot import Control, ControlKind, Record

__all__ = ["Profile", "find_profile", "load_profiles"]

_SLIVER = 1e-6
"""A share of a window below which it is none: seconds that became frames are not whole."""


class Profile(Record):
    """An engine described as data; ``presets/engines/<id>.toml``.

    Attributes:
        kind: "sketch" (the studio's own), "diffusers" (open weights), "hosted" (somebody's service).
        seconds: shortest and longest clip.  durations: the only lengths, where there are fixed ones.
        fps: frame rates it makes, the first is the default.
        size_multiple: width and height are multiples of this.  size: what else is known of its sizes.
        actions_per_second: how many main actions a second of clip can carry.
        comfort: seconds up to which a clip holds together by words alone; None: not known, see ``steady_seconds``.
        guidance: its own scale of classifier-free guidance; at 1 a negative prompt does nothing. None: not known.
        controls: kinds of control that it accepts; None: not known.
        pipeline: what runs it, for open weights.
        evidence: where the facts come from.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    title: str
    kind: Literal["sketch", "diffusers", "hosted"]
    summary: str = ""
    licence: Licence | None = None
    dialect: Dialect = Dialect()
    seconds: tuple[float, float] = (1.0, 15.0)
    durations: tuple[float, ...] = ()
    fps: tuple[int, ...] = (24,)
    frames: FrameLaw = FrameLaw()
    size_multiple: int = Field(default=2, ge=1)
    size: SizeLaw = SizeLaw()
    pipeline: Pipeline | None = None
    actions_per_second: float = Field(default=0.4, gt=0)
    comfort: float | None = Field(default=None, gt=0)
    guidance: float | None = Field(default=None, ge=0)
    audio: bool = False
    controls: tuple[ControlKind, ...] | None = None
    evidence: str = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        short, long = self.seconds
        said: list[tuple[str, object, str, bool]] = [
            ("pipeline", None, "a [pipeline] table, for open weights", self.kind == "diffusers" and not self.pipeline),
            ("seconds", [short, long], "the shortest clip, then the longest", not 0 < short <= long),
            ("fps", list(self.fps), "one frame rate or more, each of 1 or more", not self.fps or min(self.fps) < 1),
        ]
        if self.pipeline and "previous_clip" in self.driven and not self.pipeline.lacks:
            right = "the frames of the clip before that it draws once more, as it is given that by controls"
            said.append(("pipeline.overlap", 0, right, not self.pipeline.overlap))
        for key in ("needs", "undriven"):
            lost = set(getattr(self.pipeline, key, ())) - set(self.controls or ())
            said.append((f"pipeline.{key}", ", ".join(sorted(lost)), "kinds that controls lists", bool(lost)))
        for key, value, right, wrong in said:
            if wrong:
                raise PresetError(f"key {key}", value, expected=right, action="Correct the value.")
        return self

    def accepts(self, control: Control) -> bool:
        """Whether the engine is known to take this kind of control."""
        return control.kind in (self.controls or ())

    def refuses(self, kind: ControlKind) -> bool:
        """Whether the engine is known not to take this kind of control."""
        return self.controls is not None and kind not in self.controls

    @property
    def terms(self) -> Terms | None:
        """What is acknowledged before its weights are fetched; None where there is nothing to fetch."""
        if self.pipeline is None or not self.pipeline.hub:
            return None
        weights = self.pipeline.weights
        return Terms(
            engine=self.id,
            title=self.title,
            licence=self.licence,
            source=self.pipeline.hub,
            revision=self.pipeline.revision,
            gated=self.pipeline.gated,
            gigabytes=weights.total if weights else None,
            besides=tuple(
                f"{one.title}, for few steps, where it suits the memory: {one.weights.hub}, {one.gigabytes:.1f} GB, "
                f"{one.licence.words}"
                for one in self.pipeline.distilled
            ),
        )

    @property
    def attribution(self) -> str:
        """What its licence wants said with what is made; empty where it wants nothing."""
        return self.licence.attribution if self.licence else ""

    @property
    def driven(self) -> tuple[ControlKind, ...]:
        """The kinds of control that the engine takes and the studio gives it."""
        undriven = self.pipeline.undriven if self.pipeline else ()
        return tuple(kind for kind in self.controls or () if kind not in undriven)

    @property
    def steady_seconds(self) -> float | None:
        """The seconds that an engine holds together: those it is known for, else the frames it was made for."""
        if self.comfort is not None or self.frames.default is None:
            return self.comfort
        return self.frames.default / self.fps[0]

    def windows(self, frames: float) -> tuple[float, ...]:
        """The frames at which the windows of a clip begin, in the order of time; one where it is made as a whole."""
        pipeline, law = self.pipeline, self.frames
        if pipeline is None or not pipeline.windows:
            return (0.0,)
        first, further = pipeline.window or (law.step, law.step)
        count = max(0, math.ceil((frames - law.remainder - first) / further - _SLIVER))
        return (0.0, *(float(first + number * further) for number in range(count)))


def load_profiles(folder: Path, own: Path | None = None) -> dict[str, Profile]:
    """Read every engine profile of a folder, by id, the studio's own engine first.

    Args:
        own: a folder of further profiles, the user's; it need not be there.

    Raises:
        PresetError: the folder holds none, a profile's id is not its file's name, or two have the same.
    """
    profiles: dict[str, Profile] = {}
    paths = sorted(folder.glob("*.toml"), key=lambda path: (path.stem != "sketch", path.stem))
    for path in (*paths, *(sorted(own.glob("*.toml")) if own else ())):
        profile = read_preset(path, Profile)
        if profile.id in profiles:
            raise PresetError(
                f"the engine profile {path}",
                profile.id,
                expected="an id that no other engine has",
                action="Name its file and its id otherwise.",
            )
        if profile.id != path.stem:
            raise PresetError(
                f"the preset {path.name}", profile.id, expected=f'id = "{path.stem}"', action="Name both alike."
            )
        profiles[profile.id] = profile
    if not profiles:
        raise PresetError(
            "the folder of engine profiles",
            folder,
            expected="at least one .toml file",
            action="Check MOTION_FIRST_PRESETS.",
        )
    return profiles


def find_profile(profiles: dict[str, Profile], engine: str) -> Profile:
    """The profile with this id; hyphens are taken as underscores, capitals as small letters.

    Raises:
        InputError: there is none; the message names the known ones.
    """
    wanted = engine.strip().lower().replace("-", "_")
    if wanted in profiles:
        return profiles[wanted]
    near = difflib.get_close_matches(wanted, profiles, n=1)
    action = f"Did you mean {near[0]}?" if near else "Choose one of these."
    raise InputError("the engine", engine, expected="one of " + ", ".join(profiles), action=action)
