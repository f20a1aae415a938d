"""Beats in seconds: settle, act, hold. Times said in the words are obeyed; what they leave open is shared out."""

from __future__ import annotations

from dataclasses import dataclass

from studio.coach.camera import Found
from studio.coach.camera_phrasing import camera_sentence
from studio.coach.cues import Parse
from studio.coach.edits import tidy
from studio.coach.main_actions import by_subject, main_actions
from studio.coach.phrasing import event_sentence
from studio.coach.suggestions import suggestions
from studio.coach.times import TimeMark
from studio.shot import Beat, Span, Timeline

__all__ = ["build_timeline"]

_SETTLE = 0.15  # share of the clip before the main action
_HOLD = 0.15  # share kept at the end: a clean frame to stop on
_SHORTEST = 0.1
_MOST_BESIDE = 6
_MOST_MOVES = 4
_TEXT = 480


@dataclass(frozen=True)
class _Slot:
    start: float
    end: float


def build_timeline(parse: Parse, seconds: float, budget: int) -> Timeline:
    """Lay the motions of a prompt out in `seconds`, at most `budget` main actions.

    A prompt without any motion gets beats of the coach's own, marked ``origin="coach"``.
    """
    if parse.foreign:
        return Timeline(seconds=seconds)
    marks = _owners(parse, seconds)
    beats = [*_camera(parse, seconds, marks), *_actions(parse, seconds, budget, marks), *_audio(parse, seconds)]
    moving = parse.events or any(found.move != "static" for found in parse.moves)
    if not moving:
        beats += suggestions(parse, seconds)
    return Timeline(seconds=seconds, beats=tuple(beats[:64]))


def _slot(start: float, end: float, seconds: float) -> _Slot:
    start = round(min(max(start, 0.0), max(0.0, seconds - _SHORTEST)), 2)
    end = round(min(max(end, start + _SHORTEST), seconds), 2)
    return _Slot(start, end if end > start else seconds)


def _share(count: int, seconds: float) -> list[_Slot]:
    """Equal stretches in order, between the settling and the hold."""
    begin, end = seconds * _SETTLE, seconds * (1 - _HOLD)
    step = (end - begin) / max(1, count)
    return [_slot(begin + i * step, begin + (i + 1) * step, seconds) for i in range(count)]


# -- explicit times ---------------------------------------------------------------------------------------------------
def _owners(parse: Parse, seconds: float) -> dict[int, _Slot]:
    """Which motion each said time belongs to: the index of its head word -> its stretch of the clip."""
    heads: list[tuple[int, int]] = [(found.span.start, found.first) for found in parse.moves]
    heads += [(event.span.start, event.verb) for event in parse.events]
    heads.sort()
    owned: dict[int, _Slot] = {}
    for place, mark in enumerate(parse.masks.times):
        following = parse.masks.times[place + 1] if place + 1 < len(parse.masks.times) else None
        for head in _heads_of(mark, following, heads, parse):
            owned.setdefault(head, _resolve(mark, following, seconds))
    return owned


def _heads_of(mark: TimeMark, following: TimeMark | None, heads: list[tuple[int, int]], parse: Parse) -> list[int]:
    stop = following.span.start if following else len(parse.prompt)
    if mark.kind in {"block", "stamp", "range"} and parse.prompt[mark.span.end : mark.span.end + 1] != ".":
        ahead = [head for start, head in heads if mark.span.end <= start < stop]
        if ahead:
            return ahead
    if mark.kind in {"at", "first", "last", "share"} and _opens(mark, parse):
        ahead = [head for start, head in heads if mark.span.end <= start < stop]
        return ahead[:1]
    behind = [head for start, head in heads if start < mark.span.start]
    return behind[-1:] or [head for start, head in heads if start >= mark.span.end][:1]


def _opens(mark: TimeMark, parse: Parse) -> bool:
    before = parse.prompt[: mark.span.start].rstrip()
    return not before or before[-1] in ".!?,;:" or before.lower().endswith((" and", " then"))


def _resolve(mark: TimeMark, following: TimeMark | None, seconds: float) -> _Slot:
    if mark.share:
        return _slot((mark.start or 0.0) * seconds, (mark.end or 1.0) * seconds, seconds)
    if mark.kind == "last":
        return _slot(seconds - (mark.end or 1.0), seconds, seconds)
    if mark.kind == "length":
        length = min(mark.end or seconds, seconds)
        start = min(seconds * _SETTLE, seconds - length)
        return _slot(start, start + length, seconds)
    start = mark.start or 0.0
    if mark.end is not None:
        return _slot(start, mark.end, seconds)
    later = following.start if following and following.start and following.start > start else None
    return _slot(start, later or max(seconds * (1 - _HOLD), start + 1.0), seconds)


# -- layers -----------------------------------------------------------------------------------------------------------
def _camera(parse: Parse, seconds: float, marks: dict[int, _Slot]) -> list[Beat]:
    moves = [found for found in parse.moves if found.move != "static"]
    if not moves:
        still = [found for found in parse.moves if found.move == "static"]
        return [_camera_beat(still[0], _Slot(0.0, seconds), parse)] if still else []
    legs: list[list[Found]] = []
    for found in moves[:_MOST_MOVES]:
        if found.beside and legs:
            legs[-1].append(found)
        else:
            legs.append([found])
    stretches = _legs([next((marks[f.first] for f in leg if f.first in marks), None) for leg in legs], seconds)
    return [_camera_beat(found, slot, parse) for leg, slot in zip(legs, stretches, strict=True) for found in leg]


def _legs(said: list[_Slot | None], seconds: float) -> list[_Slot]:
    """A stretch for each leg of the camera, in order: said times are kept, the others share what lies between."""
    begin, end = seconds * 0.06, seconds * 0.94
    slots: list[_Slot] = []
    for place, slot in enumerate(said):
        if slot is not None:
            slots.append(slot)
            continue
        later = next((i for i in range(place, len(said)) if said[i] is not None), len(said))
        stop = next((s.start for s in said[place:] if s is not None), end)
        start = slots[-1].end if slots else begin
        if start >= stop:
            start, stop = begin, end
        slots.append(_slot(start, start + (stop - start) / (later - place), seconds))
    return slots


def _camera_beat(found: Found, slot: _Slot, parse: Parse) -> Beat:
    direction = (
        found.direction if found.move in {"orbit", "pan", "roll", "zoom", "whip_pan", "crane", "crash_zoom"} else None
    )
    return Beat(
        layer="camera", start=slot.start, end=slot.end, move=found.move, level=found.level, direction=direction,
        text=camera_sentence(found, parse), span=found.span,
    )  # fmt: skip


def _actions(parse: Parse, seconds: float, budget: int, marks: dict[int, _Slot]) -> list[Beat]:
    every = main_actions(parse)
    told = any(event.ordered for event in every) or max(by_subject(every, parse).values(), default=0) > budget
    apart = len(every) > budget and not told  # several subjects, each with its own: side by side
    main = every[: _MOST_BESIDE if apart else max(1, budget)]
    listed = {event.verb for event in every}
    beside = [event for event in parse.actions if event.verb not in listed][:_MOST_BESIDE]
    free = [] if apart else [event for event in main if event.verb not in marks]
    shares = dict(zip((event.verb for event in free), _share(len(free), seconds), strict=True))
    whole = _slot(seconds * _SETTLE, seconds * 0.94, seconds)
    beats: list[Beat] = []
    for event in sorted([*main, *beside], key=lambda event: event.verb):
        slot = marks.get(event.verb) or shares.get(event.verb, whole)
        text = event_sentence(event, parse)[:_TEXT]
        beats.append(
            Beat(layer=event.layer, start=slot.start, end=slot.end, text=text, level=event.level, span=event.span)
        )
    return beats


def _audio(parse: Parse, seconds: float) -> list[Beat]:
    cues = parse.labelled("audio")[:2]
    return [Beat(layer="audio", start=0.0, end=seconds, text=_sound(cue.span, parse), span=cue.span) for cue in cues]


def _sound(span: Span, parse: Parse) -> str:
    """The cue to the end of its clause, as it was written."""
    rest = parse.prompt[span.start :]
    end = min((rest.find(mark) for mark in ",.;\n" if mark in rest), default=len(rest))
    return tidy(rest[: max(end, span.end - span.start)])[:_TEXT]
