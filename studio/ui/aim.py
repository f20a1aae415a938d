"""What the ring on the still says: the point that the engine will really aim at, and what becomes of it."""

from __future__ import annotations

import re
from typing import Any

from studio.shot import Beat, Direction, Move, Still, Timeline
from studio.still.aims import named_aim
from studio.ui.draft import Draft, Shelf
from studio.workspace import Workspace

__all__ = ["aim_card"]

_FROM_IT: frozenset[Move] = frozenset({"dolly_out", "zoom_out"})
_AROUND_IT: frozenset[Move] = frozenset({"orbit"})
_FOCUSED: dict[Direction | None, str] = {
    "in": "The focus comes to what the ring is on.",
    "out": "The ring is sharp first; then the focus goes to what lies behind it.",
    None: "The ring is sharp first; then the focus leaves it.",
}
_ASIDE = "The ring is sharp first; then the focus goes {}."
_WHERE: dict[Direction, str] = {
    "left": "to what is on the left", "right": "to what is on the right", "up": "to what is above",
    "down": "to what is below",
}  # fmt: skip
_TARGET = re.compile(
    r"\b(?:on|onto|upon|to|into|towards?|at|around|from|of)\s+"
    r"(?=((?:the|his|her|its|their)\s+[\w’'-]+(?:\s+[\w’'-]+)?))",  # looked at only: the next one may begin there
    re.IGNORECASE,
)
_NO_THING = {
    "left", "right", "background", "foreground", "camera", "scene", "frame", "side", "front", "back", "top",
    "bottom", "distance", "sky", "ground", "subject", "centre", "center", "middle", "edge", "end", "start", "other",
    "same", "shot", "picture", "image", "view",
}  # fmt: skip
_ENDS = {
    "and", "or", "as", "while", "then", "with", "in", "on", "at", "from", "to", "of", "for", "until", "that",
    "which", "who", "when", "where", "before", "after", "slowly", "is", "are", "by", "over", "under", "behind",
    "into", "through", "gently", "steadily", "quickly", "softly", "past", "along",
}  # fmt: skip


def aim_card(draft: Draft, timeline: Timeline, workspace: Workspace, shelf: Shelf) -> dict[str, Any]:
    """Where the ring lies on the draft's ``still``, ``at`` (x, y) in fractions, and in ``words`` what it is for.

    Raises:
        StillError: the still is no longer kept here.
    """
    if draft.still is None:
        return {"still": None, "at": None, "words": ""}
    still = shelf.find(draft.still)
    at = draft.focus or shelf.focus(still, timeline)
    camera = [beat for beat in timeline.on("camera") if beat.move and beat.move != "static"]
    return {"still": draft.still, "at": list(at), "words": _words(camera, _asked(draft, timeline, workspace, still))}


def _words(camera: list[Beat], asked: str) -> str:
    """What becomes of the ring's place, by the first camera beat that does something with it."""
    moving = [beat for beat in camera if beat.move != "rack_focus"]
    if camera and not moving:
        way = camera[0].direction
        return f"{_FOCUSED.get(way) or _ASIDE.format(_WHERE.get(way or 'left', 'elsewhere'))}{asked}"
    move = moving[0].move if moving else None
    does = "moves away from" if move in _FROM_IT else "circles" if move in _AROUND_IT else "moves towards"
    return f"The ring is what the camera {does}.{asked}"


def _asked(draft: Draft, timeline: Timeline, workspace: Workspace, still: Still) -> str:
    """A word to who names a target: nothing is looked for on the still but parts of a face."""
    if draft.focus is not None or named_aim(still, timeline, workspace.report(still)):
        return ""
    named = next((target for beat in timeline.on("camera") if beat.move and (target := _target(beat.text))), "")
    return f" Is that {named}?" if named else ""


def _target(text: str) -> str:
    """What a camera beat names as its target: "the vase"; empty: nothing, or only a side."""
    for match in _TARGET.finditer(text):
        article, *words = match[1].split()
        last = next((number for number, word in enumerate(words) if word.lower() in _ENDS), len(words))
        kept = words[:last]
        if kept and not _NO_THING & {word.lower() for word in kept}:
            return " ".join([article.lower(), *kept])
    return ""
