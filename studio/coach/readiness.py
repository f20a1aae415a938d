"""How ready a prompt is: one number of 100, with its parts. It teaches; it never stops anybody."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from pydantic import Field

from studio.shot import Finding, Record, Severity

__all__ = ["FAMILIES", "MOST", "SHARES", "Part", "measure", "part_of", "total"]

MOST: dict[str, int] = {"motion": 40, "time": 15, "camera": 15, "picture": 10, "words": 10, "engine": 10}
"""The parts, in the order in which a director thinks of them, and what each is worth; 100 together."""

SHARES: dict[Severity, float] = {"error": 0.9, "warning": 0.7, "info": 0.1}
"""What a finding takes of what is left of its part, so that mending any finding gives something back."""

FAMILIES: dict[str, str] = {
    "MOT": "motion",
    "VAG": "motion",
    "ACT": "time",
    "DUR": "time",
    "SCN": "time",
    "CAM": "camera",
    "LIT": "picture",
    "TXT": "picture",
    "STL": "picture",
    "FAC": "picture",
    "FRM": "picture",
    "END": "picture",
    "IDN": "picture",
    "TAG": "words",
    "CTL": "engine",
    "LEN": "engine",
    "NEG": "engine",
    "SND": "engine",
    "APP": "words",
    "LNG": "words",
}
"""The part that a family of rules belongs to; a family is the letters of a rule's code."""

_WELL = {
    "motion": "Something moves, and it is said what.",
    "time": "It fits into the seconds.",
    "camera": "The camera asks for nothing that the still does not hold.",
    "picture": "The words ask for nothing that the picture cannot give.",
    "words": "The words are about what changes.",
    "engine": "The engine can do what is asked.",
}
_BLANK = "Nothing is said yet."


class Part(Record):
    """One part of the readiness: its points of the most that it can have, and one plain line on why."""

    name: str
    points: int = Field(ge=0, le=100)
    most: int = Field(ge=0, le=100)
    line: str


def part_of(code: str) -> str:
    """The part that a rule's findings belong to; "words" where the family is not known."""
    return FAMILIES.get(code.rstrip("0123456789"), "words")


def measure(findings: Iterable[Finding], *, blank: bool = False) -> tuple[Part, ...]:
    """The parts of the readiness for these findings, each with the line of its worst finding.

    A part never gains by another finding, so mending one never lowers it. A blank prompt has no points at all.
    """
    found = list(findings)
    if blank:
        return tuple(Part(name=name, points=0, most=most, line=_BLANK) for name, most in MOST.items())
    parts = []
    for name, most in MOST.items():
        mine = [finding for finding in found if part_of(finding.code) == name]
        worst = max(mine, key=lambda finding: SHARES[finding.severity], default=None)
        points = _points(most, [finding.severity for finding in mine])
        parts.append(Part(name=name, points=points, most=most, line=worst.message if worst else _WELL[name]))
    return tuple(parts)


def total(marks: Iterable[tuple[str, Severity]]) -> int:
    """The readiness of 100 for hits told by their code and severity: the points of all parts together."""
    found = list(marks)
    return sum(_points(most, [mark for code, mark in found if part_of(code) == name]) for name, most in MOST.items())


def _points(most: int, severities: list[Severity]) -> int:
    return round(most * prod(1 - SHARES[severity] for severity in severities))
