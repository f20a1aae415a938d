"""STL, FAC, TXT, LIT: what this very picture can carry, whatever the words are."""

from __future__ import annotations

from studio.coach.cues.camera import Found
from studio.coach.rule import Context, Example, Hit, Rule, listed
from studio.coach.rules.circumstances import SHARP, SOFT, big_actions, faults_of, in_clip, lettered, moving, portrait
from studio.shot import Brief, Severity, Span, StillReport

__all__ = ["COLOURED_STILL", "LETTERING_IN_MOTION", "SMALL_FACE", "WEAK_STILL"]

_WAN = "wan_2_2_i2v_a14b"
_COLOURED = 0.1  # sunlit stills have next to none
_DARK = 0.7
_TINY, _SMALL = 16.0, 28.0  # pixels of the clip: two and three and a half cells of a latent, eight pixels each
_FACE = 64.0  # pixels of the clip
_MOST_BOXES = 8


def _louder(severity: Severity, context: Context) -> Severity:
    """The studio's own engine carries the pixels over, so what it does to them is never worse than a note."""
    return "info" if context.profile.kind == "sketch" else severity


def _uncovers(found: Found, context: Context) -> bool:
    """Whether a move changes what is seen, and not barely."""
    return found.level > 1 and context.parse.vocabulary.moves[found.move].risk[found.level - 1] > 0


# -- a weak still ---------------------------------------------------------------------------------------------------
def _weak(context: Context) -> Hit | None:
    report = context.report
    faults = faults_of(report) if report is not None else []
    actions = big_actions(context.parse) if faults else []
    if report is None or not actions:
        return None
    severity = _louder("warning" if report.weak else "info", context)
    named = listed((event.lemma for event in actions), 24)
    message = f"The still is {' and '.join(faults[:2])}; a big motion ({named}) has little to go on."
    boxes = report.clipped_areas[:_MOST_BOXES] if not report.weak else ()
    return Hit(message, tuple(event.span for event in actions), severity, boxes=boxes)


WEAK_STILL = Rule(
    name="weak-still",
    code="STL001",
    title="A big motion from a weak still",
    looks_for="Whole-body or fast motion asked of a still that is small, soft, compressed or clipped.",
    why="A still can look good and yet hold too little: what is blurred or burnt out moves as a smear. "
    "Begin from a larger, sharper picture, or ask for a small motion.",
    source="Runway Gen-4 guide: a clean input image; conditional image leakage (2406.15735).",
    severity="warning on a small or soft still; info otherwise and for the sketch",
    good=(
        Example("A man runs along the pier.", "a sharp still", engine=_WAN, report=SHARP),
        Example("The woman blinks.", "a soft still", engine=_WAN, report=SOFT),
        Example("Steam rises from the mug.", "a soft still", engine=_WAN, report=SOFT),
        Example("Snow falls on the roofs.", "a soft still", engine=_WAN, report=SOFT),
        Example("The dog slowly walks on.", "a soft still", engine=_WAN, report=SOFT),
        "A man runs along the pier.",
    ),
    bad=(
        Example("A man runs along the pier.", "a soft still", engine=_WAN, report=SOFT),
        Example("The dancer leaps and spins.", "a soft still", engine=_WAN, report=SOFT),
        Example("A horse gallops past.", "heavily compressed", engine=_WAN, report=SHARP.but(compression=0.8)),
        Example("The boy jumps into the lake.", "burnt out", engine=_WAN, report=SHARP.but(clipped_bright=0.4)),
        Example("A car races down the road.", "a soft still", report=SOFT),
        Example("The cat suddenly turns its head.", "a small still", engine=_WAN, report=SOFT.but(sharpness=0.7)),
    ),
    false_alarms="A soft background behind a subject that is sharp, where the sharp part is small.",
    find=_weak,
    mended_by="still",
)


# -- a small face ---------------------------------------------------------------------------------------------------
def _small_face(context: Context) -> Hit | None:
    report = context.report
    if report is None or not report.face_heights:
        return None
    heights = [in_clip(context, height) for height in report.face_heights]
    if max(heights) >= _FACE:
        return None
    moves = [found for found in moving(context.parse) if _uncovers(found, context)]
    actions = [event for event in big_actions(context.parse) if event.actor == "person"]
    if not moves and not actions:
        return None
    spans: tuple[Span, ...] = (*(found.span for found in moves), *(event.span for event in actions))
    message = f"The face is {max(heights):.0f} px tall in the clip; it will not stay itself under a big motion."
    boxes = report.faces[:_MOST_BOXES]
    return Hit(message, tuple(sorted(spans, key=lambda span: span.start)), _louder("warning", context), boxes=boxes)


SMALL_FACE = Rule(
    name="small-face",
    code="FAC001",
    title="A small face under a big move",
    looks_for="Faces of less than 64 pixels in the clip, while the camera or the person moves much.",
    why="Models work on cells of eight pixels and more, so a small face is a handful of cells and changes as it moves. "
    "Crop closer, use a larger still, or keep the motion small.",
    source="The cell sizes of open video models (8 to 32 pixels); LTX-2 issue 255 on faces that do not stay the same.",
    severity="warning; info for the sketch, which carries the pixels over",
    good=(
        Example("The woman walks away.", "a face of 200 px", engine=_WAN, report=portrait(200)),
        Example("The woman blinks.", "a face of 40 px", engine=_WAN, report=portrait(40)),
        Example("The camera slowly pushes in.", "a face of 40 px", engine=_WAN, report=portrait(40)),
        Example("The woman walks away.", "no face", engine=_WAN, report=SHARP),
        Example("The flag ripples.", "a face of 40 px", engine=_WAN, report=portrait(40)),
        "The woman walks away.",
    ),
    bad=(
        Example("The woman walks away.", "a face of 40 px", engine=_WAN, report=portrait(40)),
        Example("The camera pans left.", "a face of 40 px", engine=_WAN, report=portrait(40)),
        Example("The boy runs to the gate.", "a face of 90 px in 1280 lines", engine=_WAN, report=portrait(90)),
        Example("The camera tracks right.", "a face of 40 px", report=portrait(40)),
        Example("A dancer spins.", "at 832 x 480", Brief(size=(832, 480)), _WAN, portrait(150)),
        Example("The camera pulls back as snow falls.", "a face of 60 px", engine=_WAN, report=portrait(60)),
    ),
    false_alarms="A face in a crowd that nobody is meant to know.",
    find=_small_face,
    mended_by="still",
)


# -- lettering in the picture ---------------------------------------------------------------------------------------
def _swimming(context: Context) -> Hit | None:
    report = context.report
    lines = [line for line in report.lettering if line.confidence >= 0.5] if report is not None else []
    small = [line for line in lines if in_clip(context, line.height) < _SMALL]
    if not small:
        return None
    moves = moving(context.parse)
    spans = [found.span for found in moves] or [event.span for event in big_actions(context.parse)]
    if not spans:
        return None
    height = min(in_clip(context, line.height) for line in small)
    severity = _louder("warning" if moves and height < _TINY else "info", context)
    said = listed((line.text for line in small), 24) or "lettering"
    message = f"The lettering in the still (“{said}”) is {height:.0f} px tall in the clip; it will swim as things move."
    return Hit(message, tuple(spans), severity, boxes=tuple(line.box for line in small[:_MOST_BOXES]))


LETTERING_IN_MOTION = Rule(
    name="lettering-in-motion",
    code="TXT002",
    title="Tiny lettering in the still, in motion",
    looks_for="Lettering in the picture that is under 28 pixels tall in the clip while the camera or a body moves.",
    why="The model does not keep tiny text: every frame is drawn anew from cells of eight pixels and more, "
    "so small letters melt into each other. Keep the camera still on them, take a closer still, or lay the text "
    "over later.",
    source="HunyuanVideo 1.5 and LTX-2 guides; the cell sizes of open video models.",
    severity="warning under 16 pixels with a moving camera; info otherwise and for the sketch",
    good=(
        Example("The camera pushes in on the bottle.", "letters of 90 px", engine=_WAN, report=lettered(90)),
        Example("Static shot, steam rises.", "letters of 20 px", engine=_WAN, report=lettered(20)),
        Example("The woman blinks.", "letters of 20 px", engine=_WAN, report=lettered(20)),
        Example("The camera pans left.", "no lettering", engine=_WAN, report=SHARP),
        Example("Rain falls.", "letters of 20 px", engine=_WAN, report=lettered(20)),
        "The camera pushes in on the bottle.",
    ),
    bad=(
        Example("The camera pushes in on the bottle.", "letters of 20 px", engine=_WAN, report=lettered(20)),
        Example("The camera slowly pans left.", "letters of 24 px", engine=_WAN, report=lettered(24)),
        Example("A man runs past the shop.", "letters of 24 px", engine=_WAN, report=lettered(24, "BAKERY")),
        Example("The camera orbits the car.", "letters of 18 px", report=lettered(18)),
        Example("Handheld, the crowd cheers.", "letters of 12 px", engine="kling_3", report=lettered(12)),
        Example("The van speeds past.", "at 832 x 480", Brief(size=(832, 480)), _WAN, lettered(50)),
    ),
    false_alarms="Lettering so far away that nobody would read it.",
    find=_swimming,
    mended_by="still",
)


# -- the light of the still -----------------------------------------------------------------------------------------
def _repainted(context: Context) -> Hit | None:
    report = context.report
    if report is None or (report.coloured_light < _COLOURED and report.low_key < _DARK):
        return None
    moves = [found for found in moving(context.parse) if _uncovers(found, context)]
    actions = big_actions(context.parse)
    if not moves and not actions:
        return None
    spans = (*(found.span for found in moves), *(event.span for event in actions))
    severity = _louder("warning" if actions and report.coloured_light >= 3 * _COLOURED else "info", context)
    light = (
        f"{report.coloured_light:.0%} of the still is in coloured light"
        if report.coloured_light >= _COLOURED
        else f"{report.low_key:.0%} of the still is in deep shadow"
    )
    message = f"{light}; what moves through it is repainted as it goes."
    return Hit(message, tuple(sorted(spans, key=lambda span: span.start)), severity)


def _lit(share: float) -> StillReport:
    return SHARP.but(coloured_light=share, light_hues=2)


COLOURED_STILL = Rule(
    name="coloured-still",
    code="LIT002",
    title="A big motion through stylised light",
    looks_for="A still that is largely in coloured light or deep shadow, and a big motion of camera or subject.",
    why="Skin and cloth take other colours at each step through such light, and the model guesses them frame by frame. "
    "Keep the motion small, or let the light itself be what changes.",
    source="LTX-2 and HunyuanVideo 1.5 guides on light; conditional image leakage (2406.15735).",
    severity="info; warning when most of the still is in coloured light and somebody moves through it",
    good=(
        Example("The singer blinks.", "half in coloured light", engine=_WAN, report=_lit(0.5)),
        Example("The dancer spins.", "daylight", engine=_WAN, report=_lit(0.02)),
        Example("The camera slowly pushes in.", "half in coloured light", engine=_WAN, report=_lit(0.5)),
        Example("The sign flickers.", "half in coloured light", engine=_WAN, report=_lit(0.5)),
        Example("Smoke drifts.", "in deep shadow", engine=_WAN, report=SHARP.but(low_key=0.9)),
        "The dancer spins.",
    ),
    bad=(
        Example("The dancer spins.", "half in coloured light", engine=_WAN, report=_lit(0.5)),
        Example("The singer walks to the bar.", "all in coloured light", engine=_WAN, report=_lit(0.9)),
        Example("The camera pans left.", "a neon sign at the side", engine=_WAN, report=_lit(0.12)),
        Example("A man runs down the stairs.", "in deep shadow", engine=_WAN, report=SHARP.but(low_key=0.9)),
        Example("The rider jumps off.", "half in coloured light", report=_lit(0.4)),
        Example("The camera trucks right.", "in deep shadow", engine=_WAN, report=SHARP.but(low_key=0.8)),
    ),
    false_alarms="A coloured wall that is paint and not light.",
    find=_repainted,
    mended_by="still",
)
