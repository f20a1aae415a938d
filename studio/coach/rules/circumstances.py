"""What several rules ask of the circumstances: how big things are in the clip, and stills for their examples."""

from __future__ import annotations

from studio.coach.cues.camera import Found
from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.rule import Context
from studio.picture import Lettering
from studio.shot import Box, StillReport

__all__ = ["SHARP", "SOFT", "big_actions", "faults_of", "in_clip", "lettered", "moving", "portrait"]

_SHORT_SIDE = 720
"""The short side of a clip where no size is asked for: what the open engines make at most."""

_COMPRESSED = 0.6
_BURNT = 0.25

SHARP = StillReport(
    digest="example", width=1920, height=1280, megapixels=2.46, sharpness=0.8, exposure=0.5, clipped=0.0, saturation=0.4
)
"""A good still, for examples."""

SOFT = SHARP.but(width=480, height=360, megapixels=0.17, sharpness=0.15)
"""A small and soft one."""


def lettered(height: float, text: str = "Aurora") -> StillReport:
    """The good still with a line of lettering, so many pixels tall."""
    box = Box(x=0.4, y=0.5, width=0.2, height=height / SHARP.height, text=text)
    return SHARP.but(lettering=(Lettering(box=box, text=text, height=height, confidence=0.9),))


def portrait(height: float, x: float = 0.45) -> StillReport:
    """The good still with a face, so many pixels tall, its left edge at `x`."""
    box = Box(x=x, y=0.2, width=height * 0.8 / SHARP.width, height=height / SHARP.height)
    return SHARP.but(faces=(box,), face_heights=(height,))


def in_clip(context: Context, pixels: float) -> float:
    """How many pixels of the clip a length of the still comes to; a clip is never finer than its still."""
    report = context.report
    if report is None:
        return pixels
    short = min(context.brief.size) if context.brief.size is not None else _SHORT_SIDE
    return pixels * min(1.0, short / min(report.width, report.height))


def faults_of(report: StillReport) -> list[str]:
    """What a still lacks, in words: of a small one its size, of a soft one its sharpness."""
    faults = [
        (report.megapixels < 0.35, f"small ({report.width} x {report.height})"),
        (report.sharpness < 0.25, f"soft (sharpness {report.sharpness:.2f})"),
        (report.compression > _COMPRESSED, "heavily compressed"),
        (max(report.clipped_dark, report.clipped_bright) > _BURNT, "clipped to black or white in large parts"),
    ]
    return [said for true, said in faults if true]


def moving(parse: Parse) -> list[Found]:
    """The camera moves that move."""
    return [found for found in parse.moves if found.move != "static"]


def big_actions(parse: Parse) -> list[Event]:
    """What somebody or something does with the whole body or fast; not weather, and not what only describes."""
    whole = parse.vocabulary.sets["whole"]
    return [
        event
        for event in parse.actions
        if event.actor in {"person", "animal", "vehicle"}
        and event.tie != "attributive"
        and event.level > 1
        and (event.level == 3 or event.lemma in whole)
    ]
