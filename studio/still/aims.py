"""What a camera is told to go to: a named part of a face, where that part is."""

from __future__ import annotations

import re
from functools import lru_cache

from studio.shot import Box, Still, StillReport, Timeline

__all__ = ["named_aim", "part_of"]

_DOWN = {"eyes": 0.39, "nose": 0.58, "mouth": 0.78, "forehead": 0.17, "chin": 0.95}
"""How far down the box of a face its parts lie, as the cascade that finds faces draws it."""

_NAMES = {
    "eyes": r"(?:(?:his|her|its|their|one|left|right) eye|eyes|gaze|pupils?|irises|eyelashes)(?![- ]level)",
    "nose": "nose|snout|muzzle",
    "mouth": "mouth|lips|smile|grin|teeth",
    "forehead": "forehead|brow",
    "chin": "chin|jaw",
}
_NAMED = "|".join(f"(?P<{part}>{names})" for part, names in _NAMES.items())
_TO_IT = re.compile(rf"\b(?:on|onto|upon|to|into|towards?|at|around|of)\s+(?:[\w'’-]+\s+){{0,3}}?(?:{_NAMED})\b", re.I)


def named_aim(still: Still, timeline: Timeline, report: StillReport) -> tuple[float, float] | None:
    """The point that a camera beat names ("pushes in onto her eyes"), (x, y) in fractions.

    Without a face, eyes are looked for by themselves, as an animal has them too.

    None: no beat names a part of a face, or none was found on the still.

    Args:
        report: the facts read off the still.

    Raises:
        StillError: the still's file was removed or changed.
    """
    for beat in timeline.on("camera"):
        named = _TO_IT.search(beat.text) if beat.move else None
        if named is None or named.lastgroup is None:
            continue
        if report.faces:
            return part_of(report.faces[0], named.lastgroup)
        return _eyes(still) if named.lastgroup == "eyes" else None
    return None


@lru_cache(maxsize=64)
def _eyes(still: Still) -> tuple[float, float] | None:
    from studio.media.stills import load_pixels
    from studio.still.eyes import find_eyes

    found = find_eyes(load_pixels(still))
    return (round(found[0], 3), round(found[1], 3)) if found else None


def part_of(face: Box, part: str) -> tuple[float, float]:
    """Where a part of a face is ("eyes", "nose", "mouth", "forehead" or "chin"), in fractions of the still."""
    return face.centre[0], min(1.0, face.y + _DOWN[part] * face.height)
