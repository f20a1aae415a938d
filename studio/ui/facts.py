"""The facts of a still in plain words, each with the places on the picture that it is about."""

from __future__ import annotations

from typing import Any

from studio.shot import Box, Move, StillReport

__all__ = ["in_short", "rows"]

Row = dict[str, Any]
_LINES = 4
"""Lines of lettering that are told one by one; the rest are counted."""

_MOVES: dict[Move, str] = {
    "dolly_in": "push in",
    "dolly_out": "pull out",
    "pan_left": "pan left",
    "pan_right": "pan right",
    "tilt_up": "tilt up",
    "tilt_down": "tilt down",
    "truck_left": "slide left",
    "truck_right": "slide right",
    "pedestal_up": "rise",
    "pedestal_down": "sink",
    "orbit": "orbit",
}
"""The moves whose room is told; the others are made of these."""


def in_short(report: StillReport) -> list[str]:
    """What of a report is worth a word before any advice is given."""
    people, lines = len(report.faces), len(report.lettering)
    words = [
        _sharpness(report),
        _marks(report),
        "dark" if report.exposure < 0.25 else "bright" if report.exposure > 0.7 else "",
        "coloured light" if report.coloured_light > 0.1 else "",
        f"{people} face{'s' if people > 1 else ''}" if people else "",
        "lettering" if lines else "",
    ]
    return [word for word in words if word]


def rows(report: StillReport) -> list[Row]:
    """Everything that was read off a still, one row for each kind of fact that there is."""
    size = f"{report.width} × {report.height} pixels"
    if report.megapixels >= 0.05:  # less would be told as 0.0
        size += f", {report.megapixels:.1f} megapixels"
    told = [
        _row("Size", [size + (", small for a video" if report.megapixels < 0.35 else "")]),
        _row("Sharpness", [_sharpness(report), _marks(report)]),
        _row("Light", _light(report), report.clipped_areas),
        _row("Coloured light", _coloured(report)),
        _row("Lettering", _lettering(report), [line.box for line in report.lettering]),
        _row("Faces", _faces(report), report.faces),
        _row("Room to move", _room(report)),
    ]
    return [row for row in told if row["text"]]


def _row(name: str, words: list[str], boxes: list[Box] | tuple[Box, ...] = ()) -> Row:
    text = "; ".join(word for word in words if word)
    return {"name": name, "text": text[:1].upper() + text[1:], "boxes": [box.to_dict() for box in boxes]}


def _sharpness(report: StillReport) -> str:
    return "soft" if report.sharpness < 0.25 else "sharp" if report.sharpness > 0.55 else "fairly sharp"


def _marks(report: StillReport) -> str:
    heavy = "heavy " if report.compression > 0.6 else ""
    return f"{heavy}JPEG marks" if report.compression > 0.3 else ""


def _light(report: StillReport) -> list[str]:
    overall = "dark" if report.exposure < 0.25 else "bright" if report.exposure > 0.7 else "evenly exposed"
    return [
        overall,
        f"{report.low_key:.0%} in deep shadow" if report.low_key > 0.3 else "",
        f"{report.clipped_dark:.0%} lost in black" if report.clipped_dark > 0.03 else "",
        f"{report.clipped_bright:.0%} burnt out" if report.clipped_bright > 0.03 else "",
    ]


def _coloured(report: StillReport) -> list[str]:
    if report.coloured_light <= 0.02:
        return []
    hues = f" in {report.light_hues} colours" if report.light_hues > 1 else ""
    return [f"neon or gels{hues} over {report.coloured_light:.0%} of the picture"]


def _lettering(report: StillReport) -> list[str]:
    told = [f"“{line.text}” {line.height:.0f} px tall" for line in report.lettering[:_LINES]]
    more = len(report.lettering) - len(told)
    return [*told, f"and {more} more" if more else ""]


def _faces(report: StillReport) -> list[str]:
    count = len(report.faces)
    if not count:
        return []
    tall = (
        f", {'the tallest ' if count > 1 else ''}{max(report.face_heights):.0f} px tall" if report.face_heights else ""
    )
    return [f"{count}{tall}"]


def _room(report: StillReport) -> list[str]:
    """Which camera moves the picture has border and background for."""

    def named(low: float, high: float) -> str:
        return ", ".join(words for move, words in _MOVES.items() if low <= report.room.get(move, -1.0) < high)

    plenty, little = named(0.75, 1.1), named(0.0, 0.5)
    return [f"plenty to {plenty}" if plenty else "", f"little to {little}" if little else ""]
