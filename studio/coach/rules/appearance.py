"""APP: words about what the still already shows."""

from __future__ import annotations

from studio.coach.edits import replace_all
from studio.coach.rule import Context, Hit, Rule
from studio.shot import Cue, Fix, Severity

__all__ = ["APPEARANCE_HEAVY"]

_FEWEST = 3
_OUTWEIGHS = 2.0


def _descriptors(context: Context) -> tuple[Cue, ...]:
    return tuple(cue for cue in context.parse.cues if cue.label in {"appearance", "style"})


def _motion_words(context: Context) -> int:
    parts = (*context.parse.moves, *context.parse.events)
    return len({i for part in parts for i in range(part.first, part.last) if i not in context.parse.described})


def _find(context: Context) -> Hit | None:
    cues = _descriptors(context)
    if len(cues) < _FEWEST:
        return None
    words = context.parse.reading.words
    total = sum(word.kind != "PUNCT" for word in words)
    moving = _motion_words(context)
    still = total - moving
    dense = len(cues) / max(1, total)
    if still < _OUTWEIGHS * moving or (dense < 0.12 and moving):
        return None
    severity: Severity = "info" if context.profile.dialect.still_in_words == "yes" else "warning"
    message = f"{len(cues)} descriptions and {moving} words of motion: the still already shows how it looks."
    return Hit(message, tuple(cue.span for cue in cues), severity)


def _mend(context: Context, _hit: Hit) -> tuple[Fix, ...]:
    edits = replace_all(context.parse.prompt, context.rewrite)
    return (Fix(title="Say the motion first", safety="unsafe", edits=edits),) if context.rewrite else ()


APPEARANCE_HEAVY = Rule(
    name="appearance-heavy",
    code="APP001",
    title="More looks than motion",
    looks_for="Three or more descriptions that clearly outweigh the words of motion.",
    why="The model has the look from the still; words about it crowd out the motion and pull the clip away from the picture. "
    "What the still cannot say is how things change.",
    source="Wan 2.2, Runway Gen-4 and LTX-2 image-to-video guides; conditional image leakage (2406.15735).",
    severity="warning; info where the engine wants the first frame described",
    good=(
        "Steam rises from the mug as the camera slowly pushes in.",
        "A purple bowl.",
        "The old man lifts his cup, sips and sets it down on the table.",
        "Waves roll in and wash over the stones.",
        "The red flag ripples in a strong wind.",
        "She turns her head and smiles at the camera.",
    ),
    bad=(
        "A beautiful ceramic mug on a wooden table, warm light, cozy scene, premium product shot",
        "Ultra detailed 8k portrait of a gorgeous young woman, blue eyes, golden hair, elegant silk dress",
        "Majestic snow-covered mountains, vivid colours, photorealistic, award-winning photography",
        "A sleek black sports car, glossy paint, dramatic studio look, highly detailed, cinematic",
        "Cozy vintage living room, warm tones, wooden furniture, soft velvet sofa, detailed, 4k",
        "Anime girl with long pink hair, school uniform, big green eyes, pastel background, masterpiece, smiling",
    ),
    false_alarms="A caption whose adjectives are needed to name the one thing that moves.",
    find=_find,
    mend=_mend,
)
