"""CAM: camera moves that show what the still does not hold."""

from __future__ import annotations

from studio.coach.camera import Found
from studio.coach.edits import replace_all
from studio.coach.rule import Context, Hit, Rule
from studio.shot import Fix, Severity

__all__ = ["AGGRESSIVE_CAMERA", "risk"]


def risk(found: Found, context: Context) -> int:
    """What a move asks of one still, 0 to 3, at its level."""
    return context.parse.vocabulary.moves[found.move].risk[found.level - 1]


def _is_aggressive(found: Found, context: Context) -> bool:
    weak = context.report is not None and context.report.weak
    if found.move in context.parse.vocabulary.camera.aggressive:
        return True
    if found.level == 3 and found.move not in {"static", "tracking"}:
        return True
    return weak and risk(found, context) >= 2


def _find(context: Context) -> Hit | None:
    moves = [found for found in context.parse.moves if _is_aggressive(found, context)]
    if not moves:
        return None
    report = context.report
    weak = report is not None and report.weak
    worst = max(risk(found, context) for found in moves)
    severity: Severity = "error" if weak else "warning" if worst >= 3 or max(f.level for f in moves) > 1 else "info"
    named = ", ".join(dict.fromkeys(found.span.text for found in moves[:3]))
    message = f"Big camera move ({named}): it shows what the still does not hold."
    if weak and report is not None:
        evidence = f"{report.megapixels:.1f} megapixels, sharpness {report.sharpness:.2f}"
        message = f"Big camera move ({named}) on a weak still ({evidence})."
    return Hit(message, tuple(found.span for found in moves), severity)


def _mend(context: Context, _hit: Hit) -> tuple[Fix, ...]:
    edits = replace_all(context.parse.prompt, context.rewrite)
    return (Fix(title="Use a slow, short move instead", safety="ask", edits=edits),) if context.rewrite else ()


AGGRESSIVE_CAMERA = Rule(
    name="aggressive-camera",
    code="CAM001",
    title="A camera move too big for one still",
    looks_for="Orbits, fly-throughs, drone flights, whip pans, crash zooms, rolls, and any move said to be fast.",
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
    ),
    bad=(
        "The camera orbits the statue.",
        "FPV drone dives through the canyon.",
        "Whip pan to the door as it opens.",
        "Crash zoom on her eyes as she blinks.",
        "The camera flies through the forest.",
        "Rapid zoom out from the tower.",
        "A 360-degree arc shot around the dancer as she spins.",
    ),
    false_alarms="A small arc of a few degrees is fine on a sharp still.",
    find=_find,
    mend=_mend,
)
