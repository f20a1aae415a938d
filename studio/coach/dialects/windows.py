"""A timeline told window by window, for an engine that makes its clips so: each window hears what happens in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from studio.coach.cues.parse import Parse
from studio.coach.dialects.compile import EnginePrompt, compile_prompt
from studio.presets import Profile
from studio.shot import Beat, Brief, Timed, Timeline

__all__ = ["compile_windows"]

_SHARE = 0.35
"""How much of a window, or of itself, a beat must fill to be told there."""


def compile_windows(timeline: Timeline, parse: Parse, profile: Profile, brief: Brief) -> EnginePrompt:
    """Compile a timeline for the pipeline that the studio drives itself.

    Pipelines read no sections in a prompt: so the whole is told in prose, and besides, where the engine makes windows,
    what happens in each of them. A window in which nothing happens is told that the camera rests.
    """
    if not profile.pipeline or not profile.pipeline.windows:
        return compile_prompt(timeline, parse, profile, brief)
    prose = profile.but(dialect=profile.dialect.but(timeline="prose"))
    whole = compile_prompt(timeline, parse, prose, brief)
    fps = profile.fps[0]
    starts = [frame / fps for frame in profile.windows(timeline.seconds * fps)]
    rest = parse.vocabulary.moves["static"].say.rstrip(".") + "."
    timed: list[Timed] = []
    for start, end in pairwise([*starts, timeline.seconds]):
        beats = tuple(_inside(timeline, start, end))
        part = Timeline(seconds=end - start, beats=beats)
        text = compile_prompt(part, parse, prose, brief).prompt if beats else rest
        if not timed or timed[-1].text != text:
            timed.append(Timed(start=round(start, 3), text=text))
    return whole.but(timed=tuple(timed) if len(timed) > 1 else ())


def _inside(timeline: Timeline, start: float, end: float) -> Iterator[Beat]:
    """The beats of a stretch of time, each as far as it lies there, on the stretch's own clock."""
    for beat in timeline.beats:
        first, last = max(beat.start, start), min(beat.end, end)
        if last - first >= _SHARE * min(end - start, beat.end - beat.start) and last > first:
            yield beat.but(start=round(first - start, 3), end=round(min(last - start, end - start), 3))
