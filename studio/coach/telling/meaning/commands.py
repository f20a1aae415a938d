"""What is asked of the camera, which nobody named: "zoom in on the cup"."""

from __future__ import annotations

from collections.abc import Sequence

from studio.coach.cues.camera import Found
from studio.coach.language.words import Word

__all__ = ["TAKES", "WAYS", "commanded"]

TAKES = {"shot", "shots", "view", "footage", "take", "angle", "move", "movement"}
WAYS = {"in", "out", "left", "right", "up", "down", "back", "away", "around"}
_NEAR = 4


def commanded(words: Sequence[Word], moves: Sequence[Found]) -> Word | None:
    """ "Zoom in on the cup", "slowly push in": the verb of a move that is asked of the camera, which nobody named."""
    verb = next((word for word in words if word.kind != "ADV" or not word.lower.endswith("ly")), None)
    bare = verb is not None and verb.kind == "VERB" and verb.form == "base"
    if any(word.lower in TAKES for word in words[:_NEAR]):
        return None  # "zoom in shot of the well"
    if verb is None or not bare or not any(found.first <= verb.index < found.last for found in moves):
        return None
    after = next((word for word in words if word.index == verb.index + 1), None)
    led = after is None or after.kind in {"PREP", "ADV"} or after.lower in WAYS
    return verb if led and not any(word.kind == "AUX" for word in words) else None
