"""How time is written in a prompt: prose in order, timestamps, sections, shots, commands in brackets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studio.coach.telling.wording.prose import also, lower_first, then
from studio.coach.vocabulary.load import Vocabulary
from studio.presets import Dialect, Part
from studio.shot import Beat

__all__ = ["SYNTAXES", "Line", "Speech", "in_order"]

_SAME = 0.05  # seconds by which two beats may overlap and still follow each other
_LASTING = 0.8  # share of the clip past which an end is no end that needs saying
_SETTLING = 0.2  # share of the clip that belongs to the beginning
_STAYS = 0.25  # share of a section in which a beat must go on to be said again


@dataclass(frozen=True)
class Line:
    """One sentence of the prompt to be: which part it is, when it goes on, and the beat that it says.

    `timed` says that its time is somebody's wish and not the coach's sharing out.
    """

    part: Part
    text: str
    start: float
    end: float
    beat: Beat | None = None
    timed: bool = False


@dataclass(frozen=True)
class Speech:
    """Who is spoken to, and how long the clip is."""

    dialect: Dialect
    seconds: float
    vocabulary: Vocabulary

    def rank(self, part: Part) -> int:
        """The place of a part in the engine's order; what it does not name comes last."""
        order = self.dialect.order
        return order.index(part) if part in order else len(order)


def in_order(lines: Sequence[Line], speech: Speech) -> list[Line]:
    """What ends before something else begins is said before it; all else stands in the engine's order."""
    left, said = list(lines), []
    ranks: dict[int, int] = {}  # what follows something stands by it, whatever its own part
    for line in sorted(lines, key=lambda line: (line.start, speech.rank(line.part))):
        near = [other for other in lines if id(other) in ranks and _acts(other) and _acts(line)]
        led = [ranks[id(other)] for other in near if _before(other, line) or _together(other, line)]
        ranks[id(line)] = min([speech.rank(line.part), *led])
    while left:
        ready = [line for line in left if not any(_before(other, line) for other in left if other is not line)]
        best = min(ready or left, key=lambda line: (ranks[id(line)], line.start, _place(line)))
        left.remove(best)
        said.append(best)
    return said


def _together(first: Line, second: Line) -> bool:
    return first.part == "subject" and (first.start, first.end) == (second.start, second.end)


def _acts(line: Line) -> bool:
    return line.part in {"subject", "scene", "light"}


def _before(first: Line, second: Line) -> bool:
    moving = "style" not in {first.part, second.part}
    return moving and first.end <= second.start + _SAME and first.start < second.start


def _place(line: Line) -> int:
    return line.beat.span.start if line.beat is not None and line.beat.span is not None else 0


# -- prose ------------------------------------------------------------------------------------------------------------
def _prose(lines: Sequence[Line], speech: Speech) -> str:
    return _sentences(in_order(lines, speech), speech)


def _sentences(lines: Sequence[Line], speech: Speech) -> str:
    """Sentences in the order given; "then" where one thing follows another."""
    said: list[str] = []
    before: Line | None = None
    place = 0  # of the sentence of `before`: sound is heard beside what goes on, so it breaks no sequence
    for line in lines:
        first, second = "", line.text
        if before is not None and line.part != "audio" and _before(before, line):
            first, second = then(said[place], line.text, speech.vocabulary)
        elif before is not None and before.part == line.part and before.start == line.start:
            first, second = also(said[place], line.text, speech.vocabulary)
        if first:
            said[place] = first
        if second:
            said.append(second)
        if line.part != "audio":
            place, before = (len(said) - 1 if second else place), line
    return " ".join(said)


def _linked(lines: Sequence[Line], speech: Speech) -> str:
    """Prose with "meanwhile" for what goes on beside an action that has its place in a sequence."""
    ordered = in_order(lines, speech)
    story = any(_before(before, after) for before, after in pairwise(ordered))
    linked: list[Line] = []
    for line in ordered:
        apart = line.part == "scene" and bool(linked) and linked[-1].part == "subject"
        beside = apart and story and linked[-1].start < line.end and line.start < linked[-1].end
        text = f"Meanwhile, {lower_first(line.text, speech.vocabulary)}"
        linked.append(replace(line, text=text) if beside else line)
    return _sentences(linked, speech)


# -- stamps, sections, shots ------------------------------------------------------------------------------------------
def _stamped(lines: Sequence[Line], speech: Speech) -> str:
    """[00:00-00:02] and what begins there."""
    pieces = []
    for start, end in _pieces(lines, speech):
        within = [line for line in lines if start <= _whole(line, speech) < end]
        if within:
            pieces.append(f"[{_clock(start)}-{_clock(end)}] {_prose(within, speech)}")
    return " ".join(pieces)


def _sectioned(lines: Sequence[Line], speech: Speech) -> str:
    """[0s-2s: …]: every section is a prompt of its own, so what goes on is said again."""
    pieces = []
    for start, end in _pieces(lines, speech):
        within = [
            line
            for line in lines
            if start <= _whole(line, speech) < end
            or min(line.end, end) - max(line.start, start) > _STAYS * (end - start)
        ]
        if within:
            text = " ".join(line.text for line in in_order(within, speech))
            pieces.append(f"[{start:g}s-{end:g}s: {text}]")
    return " ".join(pieces)


def _pieces(lines: Sequence[Line], speech: Speech) -> list[tuple[int, int]]:
    """Stretches in whole seconds: one begins where something begins, or where all that went on is over."""
    last = max(1, round(speech.seconds))
    cuts = sorted({0, last, *(_whole(line, speech) for line in lines)})
    pieces: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        until = max((line.end for line in lines if line.start < end), default=float(end))
        over = end if until > _LASTING * end or until >= end - 0.5 else max(start + 1, round(until))
        pieces.append((start, min(over, end)))
    return pieces


def _whole(line: Line, speech: Speech) -> int:
    """The whole second in which a line begins; a settling at the start is no second of its own."""
    last = max(1, round(speech.seconds))
    settles = not line.timed and line.start <= _SETTLING * speech.seconds
    return 0 if settles else min(round(line.start), last - 1)


def _clock(seconds: int) -> str:
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def _shots(lines: Sequence[Line], speech: Speech) -> str:
    return f"Shot 1: {_prose(lines, speech)}"


# -- commands ---------------------------------------------------------------------------------------------------------
def _bracketed(lines: Sequence[Line], speech: Speech) -> str:
    """[Push in] stands where the move begins; moves at one time stand in one pair of brackets."""
    pieces: list[Line] = []
    for line in in_order(lines, speech):
        move = line.beat.move if line.beat is not None else None
        command = speech.dialect.commands.get(move) if move else None
        if command is None:
            pieces.append(line)
        elif pieces and pieces[-1].text.endswith("]") and abs(pieces[-1].start - line.start) < _SAME:
            pieces[-1] = replace(pieces[-1], text=f"{pieces[-1].text[:-1]}, {command}]")
        else:
            pieces.append(replace(line, text=f"[{command}]"))
    said: list[str] = []
    before: Line | None = None
    for line in pieces:
        acts = before is not None and "]" not in {before.text[-1:], line.text[-1:]}
        if before is not None and acts and _before(before, line):
            said[-1:] = [text for text in then(said[-1], line.text, speech.vocabulary) if text]
        else:
            said.append(line.text)
        before = line
    return " ".join(said)


# -- counts -----------------------------------------------------------------------------------------------------------
def _counted(lines: Sequence[Line], speech: Speech) -> str:
    """Times that the author said stand before what they belong to: "At 2 seconds, the cat jumps."."""
    return _sentences([_timed(line, speech) for line in in_order(lines, speech)], speech)


def _timed(line: Line, speech: Speech) -> Line:
    if not line.timed or line.start < _SAME:
        return line
    last = speech.seconds - line.start
    lead = "In the final second" if last <= 1.0 + _SAME else f"At {line.start:g} second{'s' * (line.start != 1)}"
    return replace(line, text=f"{lead}, {lower_first(line.text, speech.vocabulary)}")


SYNTAXES: dict[str, Callable[[Sequence[Line], Speech], str]] = {
    "none": _prose,
    "prose": _prose,
    "beats": _prose,
    "then": _linked,
    "counts": _counted,
    "timestamps": _stamped,
    "sections": _sectioned,
    "shots": _shots,
    "brackets": _bracketed,
}
"""How to write time, by the name that a dialect gives it."""
