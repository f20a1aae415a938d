"""Read which beats ask for something that is drawn over the still, by the words of ``presets/particles/``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from studio.engines.sketch.life.kinds import Kind, load_kinds
from studio.engines.sketch.life.motions import load_library
from studio.engines.sketch.life.reading import read_beat
from studio.engines.sketch.life.words import Text, direction_of
from studio.shot import Beat, Direction, Shot

__all__ = ["Drawing", "asked_of", "drawn_words", "read_particles", "rises_from_brush"]

_LAYERS = ("scene", "subject", "light")
_SHORT = 3
"""A beat of at most so many words may name a thing without saying what it does ("Light snow")."""

_FIRST = 5
"""A thing that moves is named among the first words of its beat; later it is only mentioned."""

_FROM = ("from", "off", "over", "above", "on", "along", "out of", "through")
_NEAR = 4
"""So many words after one of these, the place is named that something rises from."""

_SIDES: dict[Direction, float] = {"left": -1.0, "right": 1.0}
_BILLOWS = ("billow*", "pour*", "plume*", "engulf*")
_BEGINS = ("start*", "begin*", "set* in", "gather*", "thicken*")
_INWARDS = ("roll* in", "creep* in", "drift* in", "move* in", "pour* in", "come* in", "flow* in")
_INTO_THE_FRAME = ("from", "over", "across", "through", "along", "off", "between", "behind", "and", "low", "thick")
"""What follows where something comes in; before anything else "in" tells where it is ("motes drift in the light")."""


@dataclass(frozen=True)
class Drawing:
    """What a beat asks to be drawn.

    Attributes:
        side: -1: the wind blows to the left, 1: to the right, 0: nothing is said of it.
        enters: it comes in from where the wind comes.
        begins: it is told how it comes, so it is not there before its beat.
        grounded: it rises from the ground.
        billows: there is so much of it that it comes from all around a thing, if not from a rim.
    """

    beat: Beat
    kind: Kind
    side: float = 0.0
    enters: bool = False
    begins: bool = False
    grounded: bool = False
    billows: bool = False


@lru_cache(maxsize=512)  # planned, estimated and drawn, and planned again with each word of the prompt
def read_particles(beat: Beat) -> Drawing | None:
    """What a beat asks to be drawn over the still; None: nothing."""
    if beat.layer not in _LAYERS:
        return None
    text = Text(beat.text)
    named = len(text.words) <= _SHORT and read_beat(beat, load_library()) is None  # not "leaves sway"
    for kind in load_kinds():
        if text.says(kind.unless):
            continue
        noun = text.find(kind.nouns)
        does = noun is not None and (text.find(kind.verbs, noun) is not None or named)
        if (does and noun is not None and noun < _FIRST) or text.says(kind.alone):
            side = _SIDES.get(direction_of(beat) or "up", 0.0)
            enters = _comes_in(text)
            grounded = kind.plume is not None and _rises_from(text, kind.plume.ground, noun or 0)
            billows = kind.plume is not None and text.says(_BILLOWS)
            return Drawing(beat, kind, side, enters, enters or text.says(_BEGINS), grounded, billows)
    return None


def _comes_in(text: Text) -> bool:
    """Whether it is told that something comes into the frame."""
    at = text.find(_INWARDS)
    if at is None:
        return False
    after = text.words[at + 2 : at + 3]
    return not after or after[0] in _INTO_THE_FRAME or after[0].endswith("ly")


def _rises_from(text: Text, places: tuple[str, ...], noun: int) -> bool:
    """Whether one of these places is named right after where something comes from."""
    at = text.find(_FROM, noun)
    place = text.find(places, at) if at is not None else None
    return at is not None and place is not None and place - at < _NEAR


def asked_of(beat: Beat, shot: Shot) -> Drawing | None:
    """As `read_particles`; but what a motion brush shows on the still is moved, not drawn."""
    painted = any(control.kind == "motion_brush" for control in shot.controls)
    if painted and read_beat(beat, load_library()) is not None:
        return None
    return read_particles(beat)


def rises_from_brush(shot: Shot) -> bool:
    """Whether a motion brush says where steam or smoke rises: something does, and no beat moves what is painted."""
    if not any(control.kind == "motion_brush" for control in shot.controls):
        return False
    calls = {beat: asked_of(beat, shot) for beat in shot.timeline.beats}
    rises = any(call is not None and call.kind.plume is not None for call in calls.values())
    return rises and not any(call is None and read_beat(beat, load_library()) for beat, call in calls.items())


def drawn_words(shot: Shot) -> tuple[str, ...]:
    """What is drawn over the shot's still, one sentence for each kind, what is far away first."""
    calls = [call for beat in shot.timeline.beats if (call := asked_of(beat, shot)) is not None]
    calls.sort(key=lambda call: (call.kind.mist is None, call.kind.plume is None))
    titles = dict.fromkeys(call.kind.title for call in calls)
    return tuple(f"{title} drawn over the still; {_they(title)} not in the picture." for title in titles)


def _they(title: str) -> str:
    return "they are" if title.endswith(" are") else "it is"
