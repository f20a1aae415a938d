"""How an open engine is run: its weights, its pipeline, which frames and sizes come out, what memory it wants."""

from __future__ import annotations

import math
from typing import Literal

from pydantic import Field

from studio.presets.staging import Distilled, Staging
from studio.shot import ControlKind, Record

__all__ = ["FrameLaw", "Layout", "Pipeline", "Placement", "SizeLaw", "Weights"]

Layout = Literal["bcfhw", "bfchw", "bfhwc", "packed", "packed_last"]
"""How a pipeline holds its latents while it denoises: batch, channels, frames, height, width. "packed" is batch,
tokens, channels, the clip's tokens first; in "packed_last" those of conditions come before them."""

Placement = Literal["full", "fp8", "model_offload", "four_bit", "group_offload", "disk_offload"]
"""Where the weights lie while an engine works, from the fastest to the smallest."""


class FrameLaw(Record):
    """Which frame counts an engine makes: ``n % step == remainder``. And how many to ask it for.

    Attributes:
        default: the count it was made for.  least, most: fewer and more than these it does not make.
        asked_step, asked_remainder: where they are given, ``step · k + remainder`` frames come out when
            ``asked_step · k + asked_remainder`` are asked for.
        cut: what comes out is cut to ``cut · k + 1`` frames; 1: it is not.
        compression: frames of the clip for each frame of the latent, after the first.
    """

    step: int = Field(default=1, ge=1)
    remainder: int = Field(default=0, ge=0)
    default: int | None = None
    least: int = Field(default=2, ge=1)
    most: int | None = None
    asked_step: int | None = Field(default=None, ge=1)
    asked_remainder: int | None = None
    cut: int = Field(default=1, ge=1)
    compression: int = Field(default=4, ge=1)

    def count(self, steps: int) -> int:
        """The frames that come out of so many steps."""
        return (steps * self.step + self.remainder - 1) // self.cut * self.cut + 1

    def nearest(self, frames: float) -> int:
        """The count it makes that is nearest to `frames`, of two the larger; at least 2, as one frame is a picture."""
        steps = math.floor((frames - self.remainder) / self.step + 0.5)
        steps = min((steps + 1, steps), key=lambda number: abs(self.count(number) - frames))
        steps = max(steps, math.ceil((self.least - self.remainder) / self.step))
        if self.most is not None:
            steps = min(steps, (self.most - self.remainder) // self.step)
        return self.count(steps)

    def asked(self, made: int) -> int:
        """How many frames to ask for so that `made`, a count that it makes, come out."""
        step = self.step if self.asked_step is None else self.asked_step
        remainder = self.remainder if self.asked_remainder is None else self.asked_remainder
        return math.ceil((made - self.remainder) / self.step) * step + remainder


class SizeLaw(Record):
    """Which sizes an engine makes, besides that sides are multiples of the profile's ``size_multiple``.

    Attributes:
        pixels: the area it was made for, taken where no size is asked for.
        only: the only sizes, (width, height), where there are fixed ones.
        base: where it chooses among sizes by the shape of the still: the side of the square one.
        compression: pixels for each place of the latent, along either side.
    """

    pixels: int | None = Field(default=None, ge=1024)
    only: tuple[tuple[int, int], ...] = ()
    base: int | None = Field(default=None, ge=16)
    compression: int = Field(default=8, ge=1)

    def choices(self, multiple: int, most_shape: float = 4.0) -> tuple[tuple[int, int], ...]:
        """The sizes to choose from; empty where any multiple will do.

        With a `base`, those are the largest of each shape that hold no more patches of `multiple` pixels than its
        square (as in ``diffusers.pipelines.hunyuan_video1_5.image_processor``).
        """
        if self.base is None:
            return self.only
        area = round((self.base / multiple) ** 2)
        sizes = []
        wide, high = area, 1
        while wide > 0:
            if max(wide, high) / min(wide, high) <= most_shape:
                sizes.append((wide * multiple, high * multiple))
            if (high + 1) * wide <= area:
                high += 1
            else:
                wide -= 1
        return tuple(sizes)


class Weights(Record):
    """How much memory an engine's weights take, in gigabytes at 16 bits.

    Attributes:
        total: of all its parts.  denoiser: of the part that denoises, both where there are two.
        largest: of its largest part.
        working: what the clip itself takes besides, at the size and length that the engine was made for.
    """

    total: float = Field(gt=0)
    denoiser: float = Field(gt=0)
    largest: float = Field(gt=0)
    working: float = Field(default=4.0, ge=0)


class Pipeline(Record):
    """What of diffusers runs an engine, and with what.

    Attributes:
        name: the pipeline's class in diffusers.
        hub: the weights' repository.  revision: of it.  gated: its terms must be accepted there first.
        steps: of denoising, by default.
        needs: controls that it cannot do without.  undriven: controls that the engine takes and the studio does not
            give it yet.
        most: how many of a kind of control it takes, where that is more than one.
        overlap: frames of a previous clip that it is shown and draws once more; those do not come out.
        layout: of the latents.
        call: how it is called: "plain", by the names of its arguments alone, or as the function of this name in
            ``engines/diffusers/calls.py`` says.
        names: by what is said, its argument for it where that is none of the usual ones (``arguments.NAMES``):
            still = "first_image"; empty: it is not told that.
        scheduler: the class of diffusers that steps in place of the repository's own, with the same settings.
        stepping: settings of the scheduler that stand in place of the repository's.
        arguments: what it is told besides what a shot says, by the names of its own arguments.
        weights: how much memory they take.
        windows: the order in which it makes a clip window after window, if it does; each is told what happens in it.
        window: new frames of the first of them and of each further one, the frame law's remainder besides; None: each
            is as long as that law's step.
        opening: times as many steps in the window that is made first.
        sound: where the sample rate of its sound is found, from the pipeline ("vocoder.config.output_sampling_rate").
        lacks: why the installed diffusers cannot run it, where that is so.
        staging: how drafts are made and finished.
        distilled: weights by which it takes few steps.
    """

    name: str
    hub: str = Field(default="", pattern=r"^([\w.-]+/[\w.-]+)?$")
    revision: str = "main"
    gated: bool = False
    steps: int = Field(default=50, ge=1)
    needs: tuple[ControlKind, ...] = ()
    undriven: tuple[ControlKind, ...] = ()
    most: dict[ControlKind, int] = Field(default_factory=dict)
    overlap: int = Field(default=0, ge=0)
    layout: Layout = "bcfhw"
    windows: Literal["", "forwards", "backwards"] = ""
    window: tuple[int, int] | None = None
    opening: int = Field(default=1, ge=1)
    call: str = "plain"
    names: dict[str, str] = Field(default_factory=dict)
    scheduler: str = ""
    stepping: dict[str, bool | int | float | str] = Field(default_factory=dict)
    arguments: dict[str, bool | int | float | str] = Field(default_factory=dict)
    weights: Weights | None = None
    sound: str = ""
    lacks: str = ""
    staging: Staging = Staging()
    distilled: tuple[Distilled, ...] = ()
