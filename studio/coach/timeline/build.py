"""Beats in seconds: settle, act, hold. Times said in the words are obeyed; what they leave open is shared out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.cues.sequence import Head, find_heads, told_in_order, with_quotation
from studio.coach.cues.shots import after_cut, first_shot
from studio.coach.edits import tidy
from studio.coach.telling.clauses.camera_phrasing import camera_sentence
from studio.coach.telling.clauses.suggestions import suggestions
from studio.coach.telling.meaning.flights import flights
from studio.coach.telling.wording.phrasing import describes, event_sentence
from studio.coach.telling.wording.prose import run_together
from studio.coach.timeline.beat_sheet import camera_way, read_sheet
from studio.coach.timeline.stretches import Said, Stretch, Window, lay_out, said_times, slot, windows
from studio.shot import Beat, Span, Timeline

__all__ = ["Laid", "lay"]

_SETTLE = 0.15  # share of the clip before the main action
_HOLD = 0.15  # share kept at the end: a clean frame to stop on
_LATER = 0.5  # share of the clip before what comes after something that goes on: "snow falls, then the lamps flicker"
_MOST_BEATS = 64
_MOST_APART = 6
_TEXT = 480


@dataclass(frozen=True)
class Laid:
    """A timeline, and the prompt for the shot that follows: what did not fit, "" when everything does."""

    timeline: Timeline
    next_shot: str = ""


def lay(parse: Parse, seconds: float, budget: int, idea: int = 0, *, apart: frozenset[int] = frozenset()) -> Laid:
    """Lay the motions of a prompt out in `seconds`, at most `budget` main actions that say no time of their own.

    The beats of the coach's proposal number `idea` stand beside them, marked ``origin="coach"``. What comes after a
    cut, past the last second or past the budget is left for the next shot; so are the verbs at the places `apart`.
    """
    sheet = read_sheet(parse, seconds)
    if parse.foreign:
        return Laid(Timeline(seconds=seconds, beats=sheet.beats[:_MOST_BEATS]))
    end = first_shot(parse)
    legs = _legs(parse)
    found = [head for head in find_heads(parse) if not sheet.claims(head.place) and head.place not in legs]
    heads = [head for head in found if head.event is None or not describes(head.event)] or found
    beats = list(sheet.beats)
    over: list[tuple[Head, float | None]] = []
    planner = _Planner(parse, seconds, budget, [head for head in heads if head.place < end])
    for window in planner.windows:
        within = [head for head in planner.heads if window.holds(head.place)]
        if window.said and _past(Said(window.start, window.end), seconds):
            over += [(head, window.start) for head in within]
        else:
            beats += planner.window(window, within)
    over += planner.over
    told = {head.place for head, _ in over} | set(planner.said)  # what says its time keeps its place
    told |= {head.place for head in planner.heads if any(w.said and w.holds(head.place) for w in planner.windows)}
    over += [(head, None) for head in planner.heads if head.place in apart - told and head.event is not None]
    over = _once(sorted(over, key=lambda pair: pair[0].place))
    if idea or not sheet.beats:
        beats += suggestions(parse, seconds, idea)
    timeline = Timeline(seconds=seconds, beats=tuple(beats[:_MOST_BEATS]))
    return Laid(timeline, " ".join(part for part in (_left(over, parse, seconds), after_cut(parse)) if part))


def _legs(parse: Parse) -> set[int]:
    """Where verbs begin that are legs of a flight: no beats of their own."""
    starts = (range(flight.first + 1, flight.last) for flight in flights(parse))
    return {parse.reading.words[index].start for legs in starts for index in legs}


def _past(said: Said, seconds: float) -> bool:
    """Whether less than half of what is said lies inside the clip."""
    if said.start is None:
        return False
    end = said.end if said.end is not None else said.start + 0.2
    return said.start >= seconds - 0.05 or (seconds - said.start) < 0.5 * (min(end, said.start + 3.0) - said.start)


def _once(over: list[tuple[Head, float | None]]) -> list[tuple[Head, float | None]]:
    """Without a verb that the words of the one before it say already: "stops to look back"."""
    kept: list[tuple[Head, float | None]] = []
    for head, start in over:
        before = kept[-1][0].event if kept else None
        inside = before is not None and head.event is not None and before.verb < head.event.verb < before.last
        if not inside or head.event is None or head.event.tie not in {"infinitive", "main"} or start is not None:
            kept.append((head, start))
    return kept


def _left(over: list[tuple[Head, float | None]], parse: Parse, seconds: float) -> str:
    """What did not fit, said again for the next shot; a time past the end becomes one of that shot."""
    said: list[tuple[str, bool]] = []
    for head, start in over:
        text = _text(head, parse)
        later = round(start - seconds, 2) if start is not None else 0.0
        if text and later > 0:
            text = f"At {later:g} second{'' if later == 1 else 's'}, {text[0].lower()}{text[1:]}"
        said.append((text, start is None and head.layer != "audio"))
    return run_together(said, parse.vocabulary)


class _Planner:
    """Lays the heads of one prompt out, window by window.

    Attributes:
        over: heads that found no room, with the time that was said for them.
    """

    def __init__(self, parse: Parse, seconds: float, budget: int, heads: list[Head]) -> None:
        self.parse, self.seconds, self.heads = parse, seconds, heads
        joined = frozenset(head.place for head in heads if head.joined)
        every = said_times(parse, sorted(head.place for head in heads), joined, seconds)
        self.over: list[tuple[Head, float | None]] = []
        self.windows = windows(parse, seconds)
        self.said = {place: said for place, said in every.items() if not _past(said, seconds)}
        self.late = {place: said.start for place, said in every.items() if place not in self.said}
        self.dropped = self._dropped(budget)

    def _dropped(self, budget: int) -> frozenset[int]:
        """Main actions past the budget, unless they say their own time or each has a subject of its own."""
        main = [head for head in self.heads if head.role == "main" and head.place not in self.late]
        timed = [head for head in main if head.place in self.said or head.place >= self.windows[0].last]
        free = [head for head in main if head not in timed]
        told = told_in_order(main, self.parse, budget)
        if len(main) > budget and not told:  # several subjects, each with its own: side by side
            self.heads = [replace(head, joined=True) if head in free else head for head in self.heads]
            return frozenset(head.place for head in free[_MOST_APART:])
        return frozenset(head.place for head in free[max(1 - len(timed), budget - len(timed), 0) :])

    def window(self, window: Window, heads: list[Head]) -> list[Beat]:
        """The beats of one window."""
        for head in heads:
            if head.place in self.late or head.place in self.dropped:
                self.over.append((head, self.late.get(head.place)))
        heads = [head for head in heads if head.place not in self.late and head.place not in self.dropped]
        placed = {
            head.place: slot(window.start, window.end, self.seconds) for head in heads if _stays(head, heads, self.said)
        }
        acting = [head for head in heads if head.role in {"camera", "main"} and head.place not in placed]
        for chain in _chains(acting):
            first = chain[0][0]
            waits = first.ordered and any(head.ongoing and head.place < first.place for head in heads)
            placed |= self._place(chain, window, _LATER if waits else None)
        for head in heads:
            if head.role in {"beside", "audio"}:
                placed[head.place] = self._beside(head, heads, placed, window)
        return [self._beat(head, placed[head.place]) for head in heads]

    def _place(self, chain: list[list[Head]], window: Window, wait: float | None = None) -> dict[int, Stretch]:
        """A stretch for each step of a chain, the first after a `wait`, as a share of the window.

        Heads of one step share it unless they say their own time.
        """
        length = window.end - window.start
        acting = all(head.role == "main" for step in chain for head in step)
        edges = (_SETTLE, _HOLD) if acting and not window.said else (0.0, 0.0)
        edges = (edges[0] if wait is None else wait, edges[1])
        said = [next((self.said[h.place] for h in step if h.place in self.said), Said()) for step in chain]
        begin, end = window.start + edges[0] * length, window.end - edges[1] * length
        stretches = lay_out(said, begin, end, min(window.end, self.seconds))
        placed: dict[int, Stretch] = {}
        for place, (step, said_here, stretch) in enumerate(zip(chain, said, stretches, strict=True)):
            for head in step:
                own = self.said.get(head.place)
                alone = own is not None and own != said_here
                placed[head.place] = lay_out([own], begin, end, self.seconds)[0] if own and alone else stretch
                after = [other for later in chain[place + 1 :] for other in later]
                if own is None and head.ongoing and head.layer != "subject" and not self._taken_up(head, after):
                    start = window.start if place == 0 and not head.begins else stretch.start
                    placed[head.place] = slot(start, window.end, self.seconds)
        return placed

    def _taken_up(self, head: Head, after: list[Head]) -> bool:
        """Whether a later step speaks of the same thing: "leaves swirl, then settle", "snow falls until it stops"."""
        words = self.parse.reading.words

        def whose(event: Event | None) -> str:
            return words[event.subject].lemma if event is not None and event.subject is not None else ""

        told = [other.event for other in after if other.event is not None]
        return any(whose(event) in {"", "it", "they", whose(head.event)} for event in told)

    def _beside(self, head: Head, heads: list[Head], placed: dict[int, Stretch], window: Window) -> Stretch:
        """What goes on beside something takes its stretch; weather, crowds and sound go on throughout."""
        own = self.said.get(head.place)
        length = window.end - window.start
        if own is not None:
            edge = 0.0 if head.role == "audio" else _SETTLE * length
            return lay_out([own], window.start + edge, window.end, self.seconds)[0]
        if head.ongoing:
            return slot(window.start + (_SETTLE * length if head.begins else 0.0), window.end, self.seconds)
        if head.with_others:
            near = [other for other in heads if other.place in placed]
            near = [other for other in near if other.sentence == head.sentence or head.joined]
            before = [other for other in near if other.place < head.place and other.role != "audio"]
            partner = before[-1] if before else near[0] if near else None
            if partner is not None:
                return placed[partner.place]
        if head.throughout:
            return slot(0.0, self.seconds, self.seconds)
        if head.seconds is not None:
            begin = window.start + _SETTLE * length
            return slot(begin, min(begin + head.seconds, window.end), self.seconds)
        if head.role == "audio" or window.said:
            return slot(window.start, window.end, self.seconds)
        return slot(window.start + _SETTLE * length, window.end, self.seconds)

    def _beat(self, head: Head, stretch: Stretch) -> Beat:
        text, found, event = _text(head, self.parse), head.found, head.event
        start, end = stretch.start, stretch.end
        if found is not None:
            return Beat(
                layer="camera", start=start, end=end, move=found.move, level=found.level,
                direction=camera_way(found), text=text, span=found.span,
            )  # fmt: skip
        level = event.level if event is not None else 2
        return Beat(layer=head.layer, start=start, end=end, text=text, level=level, span=head.span)


def _stays(head: Head, heads: list[Head], said: dict[int, Said]) -> bool:
    """Whether a camera that holds still holds for the whole window: no move comes before or after it."""
    moves = any(other.role == "camera" and not other.is_static for other in heads)
    return head.is_static and not moves and head.place not in said


def _chains(heads: list[Head]) -> list[list[list[Head]]]:
    """Camera and actions each in their own order; in one order where "then" leads from one to the other."""
    linked = any(head.ordered and head.role != before.role for before, head in pairwise(heads))
    if linked:
        return [_steps(heads)]
    tracks = ([head for head in heads if head.role == role] for role in ("camera", "main"))
    return [_steps(track) for track in tracks if track]


def _steps(heads: list[Head]) -> list[list[Head]]:
    """What happens at one time makes one step."""
    steps: list[list[Head]] = []
    for head in heads:
        other = bool(steps) and not head.ordered and all(_hand(near) != _hand(head) for near in steps[-1])
        if steps and (head.joined or other):
            steps[-1].append(head)
        else:
            steps.append([head])
    return steps


def _hand(head: Head) -> str:
    """Who does it: the lens turns while the camera goes."""
    return "lens" if head.found is not None and head.found.move == "rack_focus" else head.role


def _text(head: Head, parse: Parse) -> str:
    """The beat in words, without its time: that is what the timeline holds."""
    if head.found is not None:
        text = camera_sentence(head.found, parse)
    elif head.event is not None:
        text = with_quotation(event_sentence(head.event, parse), head.event, parse)
    else:
        text = head.span.text if head.seconds is not None else _sound(head.span, parse)
    for mark in parse.masks.times:
        if abs(mark.span.start - head.place) < _TEXT:
            text = text.replace(mark.span.text, "")
    text = tidy(text)[:_TEXT]
    return f"{text}." if head.seconds is not None and text[-1:] not in ".!?" and text[-2:-1] not in ".!?" else text


def _sound(span: Span, parse: Parse) -> str:
    """The cue to the end of its clause, as it was written."""
    if ":" in span.text:
        return span.text
    rest = parse.prompt[span.start :]
    end = min((rest.find(mark) for mark in ",.;\n" if mark in rest), default=len(rest))
    return rest[: max(end, span.end - span.start)]
