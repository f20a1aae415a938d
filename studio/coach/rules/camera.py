"""CAM: camera moves that show what the still does not hold."""

from __future__ import annotations

import re

from studio.coach.cues.camera import Found
from studio.coach.cues.parse import Parse
from studio.coach.rule import Context, Hit, Rule, listed, whole, works
from studio.coach.rules.circumstances import faults_of
from studio.coach.telling.clauses.camera_phrasing import camera_clause, gentle_sentence
from studio.shot import Edit, Fix, Severity

__all__ = ["AGGRESSIVE_CAMERA", "risk"]

_NEAR = 30  # characters behind a move in which its size may be said
_SMALL = re.compile(r"\b(?:a few|[1-9]|1\d|20)[- ]degrees?\b", re.IGNORECASE)
_REVEALS = re.compile(
    r"\b(?:reveals?|revealing|unveils?|unveiling)\b|\b(?:above|over) the (?:\w+ )?roof", re.IGNORECASE
)
_FAR = re.compile(
    r"\b(?:from (?:high )?above|aerial view|ground level|street level|skyline|cityscape)\b", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"[^.,;]{0,24}\b(?:into|through|from above)\b", re.IGNORECASE)
_FRANTIC = {"frantic", "chaotic", "violent", "violently", "wild", "wildly", "intense", "intensely", "frenetic", "fast"}
_RUNNING = ("run", "sprint", "flee", "race")


def risk(found: Found, context: Context) -> int:
    """What a move asks of one still, 0 to 3, at its level."""
    return context.parse.vocabulary.moves[found.move].risk[found.level - 1]


def _is_aggressive(found: Found, context: Context) -> bool:
    weak = context.report is not None and context.report.weak
    if found.move in context.parse.vocabulary.camera.aggressive:
        return weak or not (found.level < 3 and _few_degrees(found, context))
    behind = context.parse.prompt[found.span.end :]
    sentence = behind.partition(".")[0]
    if found.move == "crane" and (_REVEALS.search(sentence) or _FAR.search(sentence)):
        return True  # "cranes up to reveal the whole valley": nothing of it is in the still
    if found.move.startswith(("pedestal_", "crane")) and _ELSEWHERE.match(behind):
        return True  # "descends through the canopy": into another place
    if found.move == "handheld" and (_runs_along(context) or _only_shakes(found)):
        return _runs_along(context)
    if (
        found.level == 3 and found.move == "tracking"
    ):  # who runs fast is followed fast; "a rapid tracking shot" is its own
        return found.why == "camera phrase" and not found.span.text.lower().startswith("tracking")
    if found.level == 3 and found.move != "static":
        return True
    return weak and risk(found, context) >= 2


def _runs_along(context: Context) -> bool:
    """Whether a camera in the hand follows somebody who runs: no frame of that is like the one before."""
    parse = context.parse
    follows = any(found.move == "tracking" for found in parse.moves)
    return follows and any(event.actor and event.lemma in _RUNNING for event in parse.events)


def _only_shakes(found: Found) -> bool:
    """ "Shaky handheld shot": how any hand holds it; not "a frantic, shaky handheld camera"."""
    words = found.span.text.lower().split()
    return "shaky" in words and not any(word.strip(",") in _FRANTIC for word in words)


def _few_degrees(found: Found, context: Context) -> bool:
    """ "Arcs slowly a few degrees": said to be so small that a sharp still carries it."""
    return _SMALL.search(context.parse.prompt[found.span.start : found.span.end + _NEAR]) is not None


def _find(context: Context) -> Hit | None:
    moves = [found for found in context.parse.moves if _is_aggressive(found, context)]
    if not moves:
        return None
    report = context.report
    weak = report is not None and report.weak
    worst = max(risk(found, context) for found in moves)
    severity: Severity = "error" if weak else "warning" if worst >= 3 or max(f.level for f in moves) > 1 else "info"
    named = listed((found.span.text for found in moves), 40)
    message = f"A big camera move ({named}) shows what the still does not hold."
    if weak and report is not None:
        message = f"A big camera move ({named}) from a still that is {' and '.join(faults_of(report)[:2])}."
    return Hit(message, tuple(found.span for found in moves), severity)


def _calm(context: Context) -> Hit | None:
    hit = _find(context)
    return hit if hit is not None and hit.severity != "info" else None


def _mend(context: Context, _hit: Hit) -> tuple[Fix, ...]:
    """Put the same move, slow and short, in place of each big one; a safer kind where that is still too much."""
    parse = context.parse
    for kept in (True, False):
        edits: list[Edit] = []
        for found in parse.moves:
            if _is_aggressive(found, context):
                start, end = camera_clause(found, parse)
                if edits and start < edits[-1].end:
                    continue
                edits.append(Edit(start=start, end=end, replacement=_in_place(found, parse, start, kept=kept)))
        if works(context, _calm, tuple(edits)):
            return (Fix(title="Use a slow, short move", safety="ask", edits=tuple(edits)),)
    filmed = bool(context.rewrite) and bool(context.read(context.rewrite).moves)
    return whole(context, "Use a slow, short move", "ask") if filmed else ()


def _in_place(found: Found, parse: Parse, start: int, *, kept: bool) -> str:
    """The gentler sentence without its full stop; without its capital inside a sentence."""
    text = gentle_sentence(found, parse, kept=kept, slow=True).rstrip(".")
    before = parse.prompt[:start].rstrip()
    return text if not before or before[-1] in ".!?\n" else text[0].lower() + text[1:]


AGGRESSIVE_CAMERA = Rule(
    name="aggressive-camera",
    code="CAM001",
    title="A camera move too big for one still",
    looks_for="Orbits, fly-throughs, drone flights, whip pans, crash zooms, rolls, any move said to be fast, a camera "
    "in the hand behind somebody who runs, and a crane or a descent into another place.",
    why="Everything that such a move uncovers has to be invented, so shapes melt and identity drifts. "
    "A slow, short move keeps most pixels from the still.",
    source="Depth-based rendering from one view; DynamicEval (2510.07441) on occlusion; Runway and Sora guides.",
    severity="warning; info when barely done; error on a small or soft still",
    good=(
        "The camera slowly pushes in.",
        "Pan left across the valley as clouds drift.",
        "A drone hovers above the field.",
        "Aerial view of a coast, waves roll in.",
        "Static shot, the candle flickers.",
        "The camera follows the runner at his pace.",
        "A drone lands on the roof and a boy picks it up.",
        "A falcon dives behind the tower.",
        "Shaky camcorder footage, wedding guests clap.",
        "The camera descends beside the stairs.",
    ),
    bad=(
        "The camera orbits the statue.",
        "FPV drone dives through the canyon.",
        "Whip pan to the door as it opens.",
        "Crash zoom on her eyes as she blinks.",
        "The camera flies through the forest.",
        "Rapid zoom out from the tower.",
        "A 360-degree arc shot around the dancer as she spins.",
        "Drone rises above the mill, geese fly below.",
        "The camera hurtles forward through the tunnel.",
        "The camera dives into the pond.",
        "Dolly zoom on the guard as he turns.",
        "A handheld camera follows a thief who runs across the market.",
        "The camera descends into the mine.",
    ),
    false_alarms="A small arc of a few degrees is fine on a sharp still.",
    find=_find,
    mend=_mend,
)
