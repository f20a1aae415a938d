"""What the words ask for and the still lacks: rain, snow, steam, smoke, fog and the like, drawn over the frames.

Such a take says so: every kind that is drawn leaves a note. Which words ask for what, and how each looks, is data in
``presets/particles/``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.engines.sketch.life.drawn import Drawn
from studio.engines.sketch.life.effect import Life, Overlay, Scene
from studio.engines.sketch.life.flakes import Flakes
from studio.engines.sketch.life.kinds import Kind, load_kinds
from studio.engines.sketch.life.mist import Drifting
from studio.engines.sketch.life.mouth import find_mouth
from studio.engines.sketch.life.plume import Rising
from studio.engines.sketch.life.span import Span
from studio.engines.sketch.life.words import Text, direction_of
from studio.shot import Beat, Direction

__all__ = ["Call", "enliven", "read_particles"]

_LAYERS = ("scene", "subject", "light")
_SHORT = 3
"""A beat of at most so many words may name a thing without saying what it does ("Light snow")."""

_FIRST = 5
"""A thing that moves is named among the first words of its beat; later it is only mentioned."""

_WIND: dict[Direction, float] = {"left": -1.0, "right": 1.0}
_BLOWN = 2.5
"""How much stronger than a breeze a wind is whose direction is said."""


@dataclass(frozen=True)
class Call:
    """What a beat asks to be drawn.

    Attributes:
        side: -1: the wind blows to the left, 1: to the right, 0: nothing is said of it.
    """

    beat: Beat
    kind: Kind
    side: float = 0.0


def read_particles(beat: Beat) -> Call | None:
    """What a beat asks to be drawn over the still; None: nothing."""
    if beat.layer not in _LAYERS:
        return None
    text = Text(beat.text)
    for kind in load_kinds():
        if text.says(kind.unless):
            continue
        noun = text.find(kind.nouns)
        named = noun is not None and noun < _FIRST and (text.find(kind.verbs, noun) is not None or _short(text))
        if named or text.says(kind.alone):
            return Call(beat, kind, _WIND.get(direction_of(beat) or "up", 0.0))
    return None


def enliven(scene: Scene) -> Life:
    """Everything that the shot's beats ask to be drawn, what is far away first."""
    calls = [(number, read_particles(beat)) for number, beat in enumerate(scene.shot.timeline.beats)]
    asked = [(number, call) for number, call in calls if call]
    asked.sort(key=lambda item: (not item[1].kind.mist, not item[1].kind.plume, item[0]))
    kinds = dict.fromkeys(call.kind.title for _, call in asked)
    notes = tuple(f"{title} drawn over the still; {_they(title)} not in the picture." for title in kinds)
    return Life(overlays=tuple(_overlay(scene, call, number) for number, call in asked), notes=notes)


def _overlay(scene: Scene, call: Call, number: int) -> Overlay:
    kind, rng = call.kind, np.random.default_rng((scene.shot.seed, 17, number))
    span = Span.of(call.beat, scene, kind.onset, kind.tail)
    if kind.fall:
        breeze = kind.fall.breeze
        wind = _BLOWN * call.side * max(breeze, 0.1 * abs(kind.fall.speed)) if call.side else breeze
        return Drawn(Flakes(scene, kind.fall, span, wind, rng), rng)
    if kind.plume:
        return Rising(scene, kind.plume, find_mouth(scene, kind.plume.mouth), span, 0.7 * call.side + kind.plume.breeze)
    assert kind.mist
    side = call.side or 1.0
    return Drifting(scene, kind.mist, span, side * kind.mist.speed, enters=_enters(call.beat))


def _enters(beat: Beat) -> bool:
    """Whether it is said to come in, where else it gathers everywhere."""
    return Text(beat.text).says(("roll* in", "creep* in", "drift* in", "move* in", "pour* in", "come* in", "flow* in"))


def _short(text: Text) -> bool:
    return len(text.words) <= _SHORT


def _they(title: str) -> str:
    return "they are" if title.endswith(" are") else "it is"
