"""A timeline as words, and those words as a timeline again: one line for each beat, "[1s-3s] The cat jumps.".

A line is plain where plain words say everything. Where they do not, it names its layer, and in brackets what the words
leave out: "[0s-2s] Camera (slowly): a closer look at the label".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from studio.coach.cues.camera import Found
from studio.coach.cues.parse import Parse
from studio.shot import LAYERS, MOVES, Beat, Direction, Layer, Level, Move, Span, Timeline

__all__ = ["ADVERBS", "Sheet", "camera_way", "read_sheet", "say_timeline"]

_LINE = re.compile(
    r"^[ \t]*\[(\d+(?:\.\d+)?)s?-(\d+(?:\.\d+)?)s\][ \t]*"
    rf"({'|'.join(LAYERS)})(?:[ \t]*\(([^()\n]*)\))?:[ \t]*([^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
ADVERBS: dict[Level, str] = {1: "slowly", 2: "steadily", 3: "quickly"}
"""What says a level."""

_WAYS: dict[Direction, str] = {
    "left": "left", "right": "right", "up": "up", "down": "down", "in": "in", "out": "out", "cw": "clockwise",
    "ccw": "counter-clockwise",
}  # fmt: skip
_LEVELS = {word: level for level, word in ADVERBS.items()}
_DIRECTIONS = {word: way for way, word in _WAYS.items()}
_MOVES: dict[str, Move] = {move.replace("_", " "): move for move in MOVES}
_NO_MOVE, _NO_WAY = "no move", "straight"
_TRIES, _IN_FULL, _NEAR = 4, 2, 0.011
_TURNING = {"orbit", "pan", "roll", "zoom", "whip_pan", "crane", "crash_zoom", "dolly_zoom", "rack_focus"}


@dataclass(frozen=True)
class Sheet:
    """The beats that a prompt gives line by line, and where those lines stand in it."""

    beats: tuple[Beat, ...] = ()
    lines: tuple[tuple[int, int], ...] = ()

    def claims(self, place: int) -> bool:
        """Whether a place in the prompt lies in one of the lines."""
        return any(start <= place < end for start, end in self.lines)


def read_sheet(parse: Parse, seconds: float) -> Sheet:
    """Read the lines that name a layer; what lies past the end of the clip is cut there or left out."""
    beats: list[Beat] = []
    lines: list[tuple[int, int]] = []
    for match in _LINE.finditer(parse.prompt):
        start, end = float(match.group(1)), min(float(match.group(2)), seconds)
        lines.append(match.span())
        if start < end:
            beats.append(_read_line(match, start, end, parse))
    return Sheet(tuple(beats), tuple(lines))


def _read_line(match: re.Match[str], start: float, end: float, parse: Parse) -> Beat:
    layer: Layer = next(layer for layer in LAYERS if layer == match.group(3).lower())
    first, last = match.span(5)
    move: Move | None = None
    level: Level = 2
    way: Direction | None = None
    found = next((found for found in parse.moves if first <= found.span.start < last), None)
    event = next((event for event in parse.events if first <= event.head < last), None)
    if layer == "camera" and found is not None:
        move, level, way = found.move, found.level, camera_way(found)
    elif layer != "camera" and event is not None:
        level = event.level
    for word in re.split(r"\s*,\s*", (match.group(4) or "").lower().strip()):
        move = None if word == _NO_MOVE else _MOVES.get(word, move) if layer == "camera" else None
        level = _LEVELS.get(word, level)
        way = None if word == _NO_WAY else _DIRECTIONS.get(word, way)
    span = Span.of(parse.prompt, first, last) if last > first else Span.of(parse.prompt, *match.span())
    return Beat(
        layer=layer, start=start, end=end, text=match.group(5).strip()[:500], move=move, level=level, direction=way,
        span=span,
    )  # fmt: skip


def camera_way(found: Found) -> Direction | None:
    """The direction of a move, where its id leaves it open."""
    return found.direction if found.move in _TURNING else None


def say_timeline(timeline: Timeline, read: Callable[[str], Timeline]) -> str:
    """Say a timeline as a prompt whose reading gives the same beats again; `read` is that reading.

    Texts keep their words; line breaks and runs of spaces become one space. Times are said to the millisecond.
    """
    beats = sorted(timeline.beats, key=lambda beat: (beat.start, LAYERS.index(beat.layer), beat.end))
    named = [0 if _is_plain(beat) else 1 for beat in beats]
    for _ in range(_TRIES):
        lines = [_say(beat, how) for beat, how in zip(beats, named, strict=True)]
        wrong = _wrong(beats, lines, read("\n".join(lines)))
        if not any(named[place] < _IN_FULL for place in wrong):
            break
        named = [min(how + (place in wrong), _IN_FULL) for place, how in enumerate(named)]
    return "\n".join(_say(beat, how) for beat, how in zip(beats, named, strict=True))


def _is_plain(beat: Beat) -> bool:
    """Whether a beat may be said without naming its layer: one sentence that says something."""
    text = beat.text.strip()
    return bool(text) and not re.search(r"[.!?]\s|[\[\]\n:]", text) and text[-1] in ".!?"


def _say(beat: Beat, named: int) -> str:
    """One line: 0 the words alone, 1 with their layer, 2 with everything that words may leave out."""
    text = " ".join(beat.text.split())
    times = f"[{_number(beat.start)}s-{_number(max(beat.end, beat.start + 0.001))}s]"
    if not named:
        return f"{times} {text}"
    said: list[str] = []
    if named == _IN_FULL:
        if beat.layer == "camera":
            said.append(beat.move.replace("_", " ") if beat.move else _NO_MOVE)
        said.append(ADVERBS[beat.level])
        if beat.direction or beat.layer == "camera":
            said.append(_WAYS[beat.direction] if beat.direction else _NO_WAY)
    aside = f" ({', '.join(said)})" if said else ""
    return f"{times} {beat.layer.capitalize()}{aside}: {text}".rstrip()


def _number(seconds: float) -> str:
    return f"{seconds:.3f}".rstrip("0").rstrip(".")


def _wrong(beats: Sequence[Beat], lines: Sequence[str], back: Timeline) -> set[int]:
    """The lines that are not read as their beat and nothing else."""
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    told: list[list[Beat]] = [[] for _ in lines]
    for beat in back.beats:
        if beat.span is None:
            return set(range(len(lines)))
        told[min(bisect_right(starts, beat.span.start) - 1, len(lines) - 1)].append(beat)
    return {
        place
        for place, (beat, read) in enumerate(zip(beats, told, strict=True))
        if len(read) != 1 or not _alike(beat, read[0])
    }


def _alike(said: Beat, read: Beat) -> bool:
    same = (said.layer, said.move, said.level, said.direction, " ".join(said.text.split()))
    near = abs(said.start - read.start) < _NEAR and abs(said.end - read.end) < _NEAR
    return near and same == (read.layer, read.move, read.level, read.direction, read.text)
