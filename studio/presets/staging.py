"""Drafts and finishes, distilled presets: cheaper ways to the same engine, as its profile describes them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from studio.presets.licence import Licence
from studio.shot import Record

__all__ = ["WITHOUT", "Distilled", "Extra", "Staging"]

WITHOUT = "none"
"""In place of the name of distilled weights: an engine's own steps, whatever the memory."""


class Extra(Record):
    """Weights besides a pipeline's own.

    Attributes:
        hub: their repository.  revision: of it.
        files: where they lie in it, by what they are for. In a folder of one's own they lie as in the repository, below
            the engine's.
    """

    hub: str
    revision: str = "main"
    files: dict[str, str]


class Staging(Record):
    """How a draft is made, and how it is finished once it is chosen.

    Attributes:
        scale: pixels along a side of the finished clip for one of the draft's.
        steps: of a draft, as a share of the engine's own.
        finish: "again": from the same seed, whole. "refine": the draft is enlarged, noised, and denoised from there.
        refine_steps: of the schedule that a refine pass walks the end of; None: the engine's own.
        strength: which share of that schedule it walks.
        arguments: what the pipeline is told in a refine pass, by the names of its own arguments.
        upsampler: what enlarges latents twofold ("config", "weights"); None: the draft's pictures are enlarged.
    """

    scale: float = Field(default=1.0, ge=1.0, le=4.0)
    steps: float = Field(default=0.5, gt=0.0, le=1.0)
    finish: Literal["again", "refine"] = "again"
    refine_steps: int | None = Field(default=None, ge=1)
    strength: float = Field(default=0.4, gt=0.0, le=1.0)
    arguments: dict[str, bool | int | float | str] = Field(default_factory=dict)
    upsampler: Extra | None = None

    def draft_steps(self, own: int) -> int:
        """Steps of a draft, of an engine that takes `own`."""
        return max(1, round(own * self.steps))

    def schedule(self, own: int) -> int:
        """Steps of the schedule that a finish of a draft is denoised by."""
        return own if self.finish == "again" or self.refine_steps is None else self.refine_steps

    def finish_steps(self, own: int) -> int:
        """Steps that a finish takes."""
        steps = self.schedule(own)
        return steps if self.finish == "again" else max(1, int(steps * self.strength))


class Distilled(Record):
    """Few steps without guidance, by low-rank weights that were distilled for it.

    Attributes:
        weights: the low-rank weights, by the part that they belong to.  gigabytes: of them.
        steps, guidance: in place of the profile's.
        arguments, scheduler: likewise, of the pipeline's arguments and its scheduler's settings.
        below: it is the engine's own way where a device has less memory than this, in gigabytes.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    title: str
    weights: Extra
    gigabytes: float = Field(gt=0)
    licence: Licence
    steps: int = Field(ge=1)
    guidance: float = Field(default=1.0, ge=0)
    arguments: dict[str, bool | int | float | str] = Field(default_factory=dict)
    scheduler: dict[str, bool | int | float | str] = Field(default_factory=dict)
    below: float = Field(default=0.0, ge=0)
