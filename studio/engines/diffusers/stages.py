"""Which pass of a clip a shot asks for: the draft, its finish, or the whole at once; its size and its steps. Pure."""

from __future__ import annotations

import math
from typing import NamedTuple

from studio.presets import Profile
from studio.shot import Shot

__all__ = ["Stages", "as_planned", "refines", "stages_of"]


class Stages(NamedTuple):
    """One pass.

    Attributes:
        size: width and height.  steps: of denoising that it takes.
        notes: what is made of what, in words.
    """

    size: tuple[int, int]
    steps: int
    notes: tuple[str, ...]


def stages_of(shot: Shot, profile: Profile, size: tuple[int, int]) -> Stages:
    """The pass that a shot asks for.

    Args:
        size: of the clip, were it made at once.
    """
    assert profile.pipeline is not None
    staging, own = profile.pipeline.staging, profile.pipeline.steps
    if not shot.draft and shot.drafted is None:
        return Stages(size, own, ())
    width, height = (_smaller(side, staging.scale, profile.size_multiple) for side in size)
    finished = (_larger(width, staging.scale), _larger(height, staging.scale)) if staging.scale > 1 else size
    if shot.draft:
        steps = staging.draft_steps(own)
        whole = f"{finished[0]} × {finished[1]} in {staging.finish_steps(own)}"
        words = f"A draft: {width} × {height} in {steps} of {own} steps. To finish it makes {whole} steps of it."
        return Stages((width, height), steps, (words,))
    steps = staging.finish_steps(own)
    if staging.finish == "again":
        words = f"The draft made whole: its seed again in all {own} steps. Its motion returns by and large only."
    else:
        means = "its latents by the family's own upsampler" if staging.upsampler else "its pictures by resampling"
        words = (
            f"The draft made whole: {width} × {height} enlarged, {means}, then the last {steps} of "
            f"{staging.schedule(own)} steps denoised again. Its motion stays."
        )
    return Stages(finished, steps, (words,))


def refines(shot: Shot, profile: Profile) -> bool:
    """Whether a shot begins from a draft instead of from noise."""
    return shot.drafted is not None and profile.pipeline is not None and profile.pipeline.staging.finish == "refine"


def as_planned(shot: Shot, profile: Profile) -> Profile:
    """The profile with the steps of the schedule, and the arguments, of the pass that a shot asks for."""
    pipeline = profile.pipeline
    assert pipeline is not None
    if shot.draft:
        return profile.but(pipeline=pipeline.but(steps=pipeline.staging.draft_steps(pipeline.steps)))
    if not refines(shot, profile):
        return profile
    steps = pipeline.staging.schedule(pipeline.steps)
    return profile.but(
        pipeline=pipeline.but(steps=steps, arguments={**pipeline.arguments, **pipeline.staging.arguments})
    )


def _smaller(side: int, scale: float, multiple: int) -> int:
    """A side of the draft: such that the finished one is a multiple too."""
    if scale == 1:
        return side
    step = multiple
    while not math.isclose(step * scale % multiple, 0, abs_tol=1e-6):
        step += multiple
    return max(step, math.floor(side / scale / step + 0.5) * step)


def _larger(side: int, scale: float) -> int:
    return round(side * scale)
