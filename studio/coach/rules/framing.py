"""FRM, END: the shape of the clip against the still, and the end frame against the start."""

from __future__ import annotations

from studio.coach.rule import Context, Example, Hit, Rule
from studio.coach.rules.circumstances import SHARP, portrait
from studio.picture import Lettering
from studio.shot import Box, Brief, Severity, StillReport

__all__ = ["CROPPED", "END_FRAME_UNLIKE"]

_SHAPE = 1.03  # clips and stills within three in a hundred have one shape
_LOST = 0.1  # share of a box that may fall off the frame
_PROMPT = "The camera slowly pushes in."


def _kept(report: StillReport, size: tuple[int, int]) -> Box:
    """What stays of a still when its middle is cut to the shape of the clip."""
    still, clip = report.width / report.height, size[0] / size[1]
    width, height = (clip / still, 1.0) if still > clip else (1.0, still / clip)
    return Box(x=(1 - width) / 2, y=(1 - height) / 2, width=width, height=height)


def _outside(box: Box, kept: Box) -> float:
    """The share of a box that is cut off."""
    across = min(box.x + box.width, kept.x + kept.width) - max(box.x, kept.x)
    down = min(box.y + box.height, kept.y + kept.height) - max(box.y, kept.y)
    area = box.width * box.height
    return 1.0 if across <= 0 or down <= 0 or area == 0 else 1 - across * down / area


def _cropped(context: Context) -> Hit | None:
    report, size = context.report, context.brief.size
    if report is None or size is None:
        return None
    kept = _kept(report, size)
    faces = [box for box in report.faces if _outside(box, kept) > _LOST]
    lines = [line.box for line in report.lettering if _outside(line.box, kept) > _LOST]
    if not faces and not lines:
        return None
    lost = "a face" if faces else "lettering"
    message = f"{size[0]} x {size[1]} is another shape than the still and cuts off {lost}."
    return Hit(message, (), "warning" if faces else "info", boxes=(*faces, *lines))


def _sized(width: int, height: int, report: StillReport, shown: str = "") -> Example:
    return Example(_PROMPT, shown or f"at {width} x {height}", Brief(size=(width, height)), report=report)


_AT_THE_EDGE = SHARP.but(
    lettering=(Lettering(box=Box(x=0.02, y=0.9, width=0.2, height=0.05), text="CAFE", height=60, confidence=0.9),)
)

CROPPED = Rule(
    name="cropped",
    code="FRM001",
    title="A shape of clip that cuts something off",
    looks_for="A clip of another shape than the still, where a face or lettering falls off the frame.",
    why="An engine cuts the still to the shape of the clip before it begins, and what is cut off is gone or invented. "
    "Choose the still's own shape, or crop the still yourself first.",
    source="How image-to-video pipelines fit a still to their size: scale, then cut the middle.",
    severity="warning for a face; info for lettering",
    good=(
        _sized(1280, 854, portrait(200, x=0.05), "the still's own shape"),
        _sized(1280, 720, portrait(200)),
        _sized(720, 1280, portrait(200), "a face in the middle, upright clip"),
        Example(_PROMPT, "no size asked for", report=portrait(200, x=0.02)),
        _sized(720, 1280, SHARP, "nobody in it"),
        Example(_PROMPT, "no still", Brief(size=(720, 1280))),
    ),
    bad=(
        _sized(720, 1280, portrait(200, x=0.05), "a face at the left, upright clip"),
        _sized(720, 720, portrait(200, x=0.9), "a face at the right, square clip"),
        _sized(480, 832, _AT_THE_EDGE, "lettering at the edge, upright clip"),
        _sized(1680, 720, _AT_THE_EDGE, "lettering at the foot, wide clip"),
        _sized(640, 800, portrait(300, x=0.02), "a face at the left, 4:5"),
        _sized(2048, 512, portrait(300), "a face in a very wide clip"),
    ),
    false_alarms="Engines that fill the frame with bars and cut nothing.",
    find=_cropped,
    mended_by="settings",
)


# -- the end frame --------------------------------------------------------------------------------------------------
def _differences(start: StillReport, end: StillReport) -> list[tuple[str, Severity]]:
    """In what the two pictures are unlike, the worst first."""
    ratio = (start.width / start.height) / (end.width / end.height)
    found: list[tuple[bool, str, Severity]] = [
        (not 1 / _SHAPE < ratio < _SHAPE, "its shape", "warning"),
        (bool(start.faces) != bool(end.faces), "a face that only one of them has", "warning"),
        (len(start.faces) != len(end.faces) and bool(start.faces and end.faces), "the number of faces", "info"),
        (abs(start.exposure - end.exposure) > 0.25, "how bright it is", "warning"),
        (abs(start.coloured_light - end.coloured_light) > 0.3, "the colour of the light", "warning"),
        (abs(start.saturation - end.saturation) > 0.3, "how colourful it is", "info"),
        (end.weak and not start.weak, "how sharp it is", "info"),
    ]
    told: list[tuple[str, Severity]] = [(said, severity) for true, said, severity in found if true]
    return sorted(told, key=lambda pair: pair[1] != "warning")


def _unlike(context: Context) -> Hit | None:
    if context.report is None or context.end is None:
        return None
    differences = _differences(context.report, context.end)
    if not differences:
        return None
    severity = differences[0][1] if not context.profile.refuses("end_frame") else "info"
    words = " and ".join(said for said, _ in differences[:2])
    return Hit(f"The end frame is unlike the still in {words}.", (), severity)


def _ends(end: StillReport, shown: str, engine: str = "wan_2_2_i2v_a14b", start: StillReport = SHARP) -> Example:
    return Example(_PROMPT, shown, Brief(controls=("end_frame",)), engine, start, end)


END_FRAME_UNLIKE = Rule(
    name="end-frame-unlike",
    code="END001",
    title="An end frame too unlike the still",
    looks_for="A start and an end that differ in shape, brightness, light or faces.",
    why="The model has to get from one picture to the other in a few seconds; what no motion explains "
    "becomes a dissolve or a jump. Make the end frame from the same picture, with the same light and crop.",
    source="TC-Bench (2406.08656): interpolation follows the change but loses coherence; first-and-last-frame "
    "pipelines.",
    severity="warning for shape, faces, brightness and light; info for the rest",
    good=(
        _ends(SHARP, "the same picture again"),
        _ends(SHARP.but(width=1200, height=800, megapixels=0.96), "smaller, the same shape"),
        _ends(SHARP.but(exposure=0.6), "a little brighter"),
        _ends(portrait(240), "the same face, closer", start=portrait(200)),
        Example(_PROMPT, "no end frame", report=SHARP),
        Example(_PROMPT, "no still yet", Brief(controls=("end_frame",)), end=SHARP),
    ),
    bad=(
        _ends(SHARP.but(width=1080, height=1920), "an upright end frame"),
        _ends(SHARP.but(exposure=0.1), "an end frame at night"),
        _ends(SHARP, "no face at the end", start=portrait(200)),
        _ends(SHARP.but(coloured_light=0.6), "neon at the end"),
        _ends(SHARP.but(saturation=0.0), "grey at the end"),
        _ends(SHARP.but(sharpness=0.1), "a soft end frame", "kling_3"),
    ),
    false_alarms="A light that is meant to go out, a person who is meant to leave.",
    find=_unlike,
    mended_by="settings",
)
