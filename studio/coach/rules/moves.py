"""CAM: moves that contradict each other, and moves that the still has no room for."""

from __future__ import annotations

from studio.coach.cues.camera import Found
from studio.coach.edits import remove
from studio.coach.rule import Context, Example, Hit, Rule, listed, works
from studio.coach.rules.circumstances import SHARP, moving
from studio.coach.telling.clauses.camera_phrasing import camera_clause, camera_sentence
from studio.shot import Box, Brief, Direction, Edit, Fix, Level, Move, Severity, Span, StillReport

__all__ = ["CAMERA_AGAINST_STILL", "COMPETING_CAMERA"]

_OPPOSITES: tuple[tuple[Move, Move], ...] = (
    ("pan_left", "pan_right"), ("truck_left", "truck_right"), ("dolly_in", "dolly_out"), ("zoom_in", "zoom_out"),
    ("tilt_up", "tilt_down"), ("pedestal_up", "pedestal_down"), ("roll_cw", "roll_ccw"),
)  # fmt: skip
_STANDS = {"static", "locked", "fixed", "tripod", "stationary", "motionless", "immobile"}
_ORDER = {"before", "after", "until", "first", "initially", "beginning", "once", "becomes", "turns", "transitions"}
_BESIDE_ANY = {"static", "tracking", "handheld"}


def _in_turn(context: Context, first: Found, second: Found) -> bool:
    """Whether one of two moves comes after the other: a word of order or a time stands at or between them."""
    parse = context.parse
    words, sets = parse.reading.words, parse.vocabulary.sets
    start = parse.reading.starts[words[min(first.first, second.first)].sentence]
    end = max(first.last, second.last)
    if parse.masks.times:
        return True
    return any(word.lower in sets["sequence"] or word.lower in _ORDER for word in words[start : end + 3])


def _moves(context: Context, found: Found) -> bool:
    """Whether a camera word is a motion: "the camera is angled up" says where it stands."""
    words = context.parse.reading.words[found.first : found.last]
    stands = any(word.lower in context.parse.vocabulary.sets["be"] for word in words)
    return found.move != "static" and not (stands and not any(word.lower.endswith("ing") for word in words))


def _contradiction(context: Context) -> tuple[Found, Found] | None:
    """A camera that is said to stand and to move, or to go both ways at once."""
    moves = context.parse.moves
    for still in (found for found in moves if found.move == "static"):
        words = {word.lower for word in context.parse.reading.words[still.first : still.last]}
        for found in moves:
            if words & _STANDS and _moves(context, found) and not _in_turn(context, still, found):
                return (still, found) if still.first < found.first else (found, still)
    for one, other in _OPPOSITES:
        first = next((found for found in moves if found.move == one), None)
        second = next((found for found in moves if found.move == other), None)
        if first is not None and second is not None and (first.beside or second.beside):
            return (first, second) if first.first < second.first else (second, first)
    return None


def _compete(context: Context) -> Hit | None:
    if len(context.parse.moves) < 2:
        return None
    pair = _contradiction(context)
    if pair is not None:
        words = listed((found.span.text for found in pair), 50)
        severity: Severity = "warning" if "static" in {found.move for found in pair} else "info"
        return Hit(f"The camera cannot do both ({words}).", tuple(found.span for found in pair), severity)
    legs = [found for found in context.parse.moves if found.move not in _BESIDE_ANY]
    stacked = [found for place, found in enumerate(legs) if place and found.beside]
    if not stacked or context.profile.dialect.camera_max > 1:
        return None
    words = listed((found.span.text for found in legs), 50)
    return Hit(f"Two camera moves at once ({words}); one reads better.", tuple(f.span for f in legs), "info")


def _choose(context: Context, _hit: Hit) -> tuple[Fix, ...]:
    """Each of the two without the other."""
    pair = _contradiction(context)
    if pair is None:
        return ()
    fixes: list[Fix] = []
    for kept, gone in (pair, pair[::-1]):
        edits = remove(context.parse.prompt, [_piece(context, gone)])
        title = "Keep the camera still" if kept.move == "static" else "Keep the move"
        if works(context, _contradicted, edits) and not any(fix.title == title for fix in fixes):
            fixes.append(Fix(title=title, safety="ask", edits=edits))
    return tuple(fixes)


def _piece(context: Context, gone: Found) -> Span:
    """The piece between two marks that a move stands in, if nothing else happens there; else only its own words."""
    parse, prompt = context.parse, context.parse.prompt
    start = max(prompt.rfind(mark, 0, gone.span.start) for mark in ",;.!?\n") + 1
    end = min((at for mark in ",;.!?\n" if (at := prompt.find(mark, gone.span.end)) >= 0), default=len(prompt))
    others = [event.head for event in parse.events] + [f.span.start for f in parse.moves if f is not gone]
    if any(start <= other < end for other in others):
        start, end = camera_clause(gone, parse)
    return Span.of(prompt, start + len(prompt[start:end]) - len(prompt[start:end].lstrip()), end)


def _contradicted(context: Context) -> Hit | None:
    """Nothing, once a move is left and the two no longer contradict each other."""
    return _compete(context) if context.parse.moves else Hit("", (), "info")


COMPETING_CAMERA = Rule(
    name="competing-camera",
    code="CAM002",
    title="Camera moves that contradict each other",
    looks_for="A camera that stands and moves, goes both ways at once, or makes two moves at once.",
    why="The model has one camera, and words that pull it two ways average out to a wobble or to neither. "
    "Keep one, or say which comes first.",
    source="Runway Gen-4 guide: one camera move, not stacked; Sora 2 guides: one clear camera move for each shot.",
    severity="warning when it stands and moves; info for two moves at once",
    good=(
        "The camera pans left, then holds still.",
        "Static shot, the candle flickers.",
        "The camera holds still for 2 seconds, then slowly pushes in.",
        "The camera pans left, then pans right.",
        "The camera follows the runner, handheld.",
        "Static shot, the camera is angled up at a lighthouse as waves crash.",
    ),
    bad=(
        "Static camera, the camera slowly pans left across the bay.",
        "Locked-off tripod shot, slow zoom in on the vase.",
        "Static shot. The camera orbits the statue.",
        "The camera pans left while panning right.",
        "Fixed camera, dolly in on her face as she blinks.",
        Example("The camera pushes in while tilting up.", "Runway Gen-4", engine="runway_gen4"),
    ),
    false_alarms="A move in a first sentence that ends before the camera is said to stand, without a word of order.",
    find=_compete,
    mend=_choose,
)

_NEEDED: dict[Level, float] = {1: 0.1, 2: 0.3, 3: 0.5}
"""The share of what a move would show that must be there, by how far it goes."""

_STRIP = 0.14
_EDGES: dict[str, Box] = {
    "left": Box(x=0.0, y=0.0, width=_STRIP, height=1.0),
    "right": Box(x=1 - _STRIP, y=0.0, width=_STRIP, height=1.0),
    "up": Box(x=0.0, y=0.0, width=1.0, height=_STRIP),
    "down": Box(x=0.0, y=1 - _STRIP, width=1.0, height=_STRIP),
}
_CLOSER: dict[Move, tuple[float, float, float]] = {
    "dolly_in": (1.1, 1.3, 1.8), "zoom_in": (1.1, 1.3, 1.8), "crash_zoom": (1.8, 2.0, 2.5),
}  # fmt: skip
_BLOWN_UP = 1.6  # pixels of the clip for one of the still, from which a picture turns soft


def _edge(found: Found) -> Box | None:
    side: Direction | str = found.move.rpartition("_")[2]
    return _EDGES.get(side if side in _EDGES else found.direction or "")


def _lacking(context: Context) -> list[tuple[Found, float]]:
    """The moves that the still has too little for, each with the share that is there."""
    report = context.report
    if report is None:
        return []
    known = ((found, report.room.get(found.move)) for found in moving(context.parse))
    return [(found, share) for found, share in known if share is not None and share < _NEEDED[found.level]]


def _enlarged(context: Context, found: Found) -> float:
    """How many pixels of the clip one pixel of the still must fill where a move comes closest."""
    report, size = context.report, context.brief.size
    if report is None or size is None or found.move not in _CLOSER:
        return 0.0
    return max(size[0] / report.width, size[1] / report.height) * _CLOSER[found.move][found.level - 1]


def _against(context: Context) -> Hit | None:
    lacking = _lacking(context)
    if lacking:
        found, share = min(lacking, key=lambda pair: pair[1])
        far = found.level > 1 and share < _NEEDED[found.level] / 2
        severity: Severity = "warning" if far and context.profile.kind != "sketch" else "info"
        boxes = dict.fromkeys(box for found, _ in lacking if (box := _edge(found)) is not None)
        said = found.span.text[:30]
        message = f"About {share:.0%} of what “{said}” would show is in the still; the rest is invented."
        if found.move in _CLOSER:
            message = f"The still has too few sharp pixels for “{said}”; it turns soft."
        return Hit(message, tuple(found.span for found, _ in lacking), severity, boxes=tuple(boxes))
    closer = [found for found in moving(context.parse) if _enlarged(context, found) > _BLOWN_UP]
    if not closer:
        return None
    times = max(_enlarged(context, found) for found in closer)
    message = f"Coming closer blows each pixel of the still up {times:.1f} times; it turns soft."
    return Hit(message, tuple(found.span for found in closer), "info")


def _less(context: Context, hit: Hit) -> tuple[Fix, ...]:
    """The same moves, barely."""
    edits: list[Edit] = []
    for found in context.parse.moves:
        if found.span not in hit.spans or found.level == 1:
            continue
        start, end = camera_clause(found, context.parse)
        if edits and start < edits[-1].end:
            continue
        text = camera_sentence(found, context.parse, level=1).rstrip(".")
        before = context.parse.prompt[:start].rstrip()
        text = text if not before or before[-1] in ".!?\n" else text[0].lower() + text[1:]
        edits.append(Edit(start=start, end=end, replacement=text))
    if edits and works(context, _against, tuple(edits)):
        return (Fix(title="Make the move slight", safety="ask", edits=tuple(edits)),)
    return ()


def _room(move: Move, share: float) -> StillReport:
    return SHARP.but(room={move: share})


def _said(prompt: str, move: Move, share: float, engine: str = "wan_2_2_i2v_a14b") -> Example:
    return Example(prompt, f"the still holds {share:.0%} of it", engine=engine, report=_room(move, share))


CAMERA_AGAINST_STILL = Rule(
    name="camera-against-still",
    code="CAM003",
    title="A camera move that this still has no room for",
    looks_for="A move towards what the still does not show, or so close that its pixels run out.",
    why="What a move uncovers and the still does not hold has to be invented, and it shows at that edge first. "
    "Go the way where the picture goes on, or barely move.",
    source="Depth-based rendering from one view; DynamicEval (2510.07441) on what camera moves uncover.",
    severity="warning when most of it is missing; info otherwise, and for the sketch, which stays inside the still",
    good=(
        _said("The camera pans left across the bay.", "pan_left", 0.9),
        _said("The camera slowly pans left.", "pan_left", 0.2),
        _said("The camera pans right.", "pan_left", 0.1),
        Example("The camera quickly pans left.", "a still not judged for moves", report=SHARP),
        "The camera pans left across the bay.",
        Example("The camera pushes in on the boat.", "at 1280 x 720", brief=Brief(size=(1280, 720)), report=SHARP),
    ),
    bad=(
        _said("The camera pans left across the bay.", "pan_left", 0.1),
        _said("The camera trucks right along the wall.", "truck_right", 0.2),
        _said("The camera tilts up to the sky.", "tilt_up", 0.25),
        _said("Pull back to reveal the hall as the crowd cheers.", "dolly_out", 0.05),
        _said("The camera slowly pans left.", "pan_left", 0.05, "sketch"),
        Example(
            "The camera pushes in on the boat.",
            "an 800 x 600 still, a 1280 x 720 clip",
            brief=Brief(size=(1280, 720)),
            report=SHARP.but(width=800, height=600, megapixels=0.48),
        ),
    ),
    false_alarms="Plain sky or a plain wall beside the frame, which a model continues well.",
    find=_against,
    mend=_less,
    mended_by="still",
    yields_to=("aggressive-camera",),
)
