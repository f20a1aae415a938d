"""What the words ask for and the still lacks: rain, snow, steam, smoke, fog and the like, drawn over the frames.

Such a take says so: every kind that is drawn leaves a note. Which words ask for what, and how each looks, is data in
``presets/particles/``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.brush import read_brush
from studio.engines.sketch.life.calls import Drawing, asked_of, drawn_words, rises_from_brush
from studio.engines.sketch.life.drawn import Drawn
from studio.engines.sketch.life.effect import Life, Overlay, Scene
from studio.engines.sketch.life.embers import Embers
from studio.engines.sketch.life.flakes import Flakes
from studio.engines.sketch.life.kinds import Plume
from studio.engines.sketch.life.mist import Drifting
from studio.engines.sketch.life.mouth import Mouth, find_mouth, ground_mouth, painted_mouths
from studio.engines.sketch.life.nearness import Nearness
from studio.engines.sketch.life.plume import Rising
from studio.engines.sketch.life.sheet import Sheets
from studio.engines.sketch.life.span import Span

__all__ = ["enliven"]

_BLOWN = 2.5
"""How much stronger than a breeze a wind is whose direction is said."""

_DRAUGHT = 0.7
"""How far such a wind carries a plume aside, in widths of its mouth a second."""


def enliven(scene: Scene) -> Life:
    """Everything that the shot's beats ask to be drawn, what is far away first.

    Raises:
        ShotError: a motion brush that cannot be used.
    """
    calls = [call for beat in scene.shot.timeline.beats if (call := asked_of(beat, scene.shot)) is not None]
    calls.sort(key=lambda call: (call.kind.mist is None, call.kind.plume is None))
    nearness = Nearness(scene) if any(call.kind.plume is None for call in calls) else None
    brush = read_brush(scene.shot) if rises_from_brush(scene.shot) else None
    overlays: list[Overlay] = []
    for number, call in enumerate(_joined(calls)):
        if call.kind.plume:
            overlays.append(_plume(scene, call, call.kind.plume, brush))
        else:
            overlays.append(_overlay(scene, call, number, nearness))
    return Life(overlays=tuple(overlays), notes=drawn_words(scene.shot))


def _joined(calls: Sequence[Drawing]) -> list[Drawing]:
    """One call for what several beats say of the same thing at the same time ("steam rises", "steam drifts")."""
    joined: list[Drawing] = []
    for call in calls:
        for number, other in enumerate(joined):
            one, two = other.beat, call.beat
            if other.kind == call.kind and one.start <= two.end and two.start <= one.end:
                beat = one.but(
                    start=min(one.start, two.start), end=max(one.end, two.end), level=max(one.level, two.level)
                )
                side, enters = other.side or call.side, other.enters or call.enters
                begins, grounded = other.begins or call.begins, other.grounded or call.grounded
                billows = other.billows or call.billows
                joined[number] = Drawing(beat, call.kind, side, enters, begins, grounded, billows)
                break
        else:
            joined.append(call)
    return joined


def _plume(scene: Scene, call: Drawing, plume: Plume, brush: NDArray[np.uint8] | None) -> Overlay:
    """What rises from each painted place; from where the words say it does, or over the focus, where none is."""
    span = Span.of(call.beat, scene, call.kind.onset, call.kind.tail, begins=call.begins)
    mouths: tuple[Mouth, ...] = painted_mouths(scene, brush, plume.mouth) if brush is not None else ()
    if not mouths and call.grounded:
        mouths = (ground_mouth(scene, plume.mouth),)
    mouths = mouths or find_mouth(scene, plume.mouth, foot=call.billows)
    wind = _DRAUGHT * call.side + plume.breeze
    return Rising(scene, plume, mouths, span, wind)


def _overlay(scene: Scene, call: Drawing, number: int, nearness: Nearness | None) -> Overlay:
    kind, rng = call.kind, np.random.default_rng((scene.shot.seed, 17, number))
    # Fog gathers: all of it in the clip's first frames would be seen as a flash.
    span = Span.of(call.beat, scene, kind.onset, kind.tail, begins=call.begins or kind.mist is not None)
    assert nearness
    if kind.fall:
        breeze = kind.fall.breeze
        wind = _BLOWN * call.side * max(breeze, 0.1 * abs(kind.fall.speed)) if call.side else breeze
        flakes = Flakes(scene, kind.fall, span, wind, nearness, rng)
        if kind.fall.look == "glow":
            return Embers(flakes, rng)
        return Drawn(flakes, rng, Sheets(flakes, wind, rng) if kind.fall.veil else None)
    assert kind.mist
    side = call.side or 1.0
    return Drifting(scene, kind.mist, span, side * kind.mist.speed, call.enters, nearness)
