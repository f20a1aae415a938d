"""Steam and smoke that rise from one place: many grains carried by a turning flow, seen together as wisps.

The grains leave the mouth here more and there less, from moment to moment, and go up with the heat, drawn together by
the air that follows, through eddies that rise with them and grow on the way; a stream that began smooth is drawn out,
folded and thinned. The flow has no sources (it is the curl of noise), so wisps keep their body. Old grains are drawn on
coarser and coarser grids, as what spreads gets soft.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.effect import Scene
from studio.engines.sketch.life.ink import Frame, Mask, splat, veil, white_among, white_of
from studio.engines.sketch.life.kinds import Plume
from studio.engines.sketch.life.mouth import Mouth
from studio.engines.sketch.life.projection import Eye
from studio.engines.sketch.life.span import Span
from studio.media.planes import Planes, half_size, to_luma

__all__ = ["Rising"]

Numbers = NDArray[np.float32]

_GRAINS = 5000
"""At level 2; fewer than this show as grains."""

_WEIGHT = 21_000
"""What all grains weigh together: the plumes' densities in presets are told against it."""

_TILE = 96
"""Cells of a tile of the flow; it repeats."""

_EDDY = 16
"""How many cells of the tile an eddy is about."""

_SLICES = 8
"""Moments of the flow that follow one another and repeat."""

_TURN = 2.6
"""Seconds until the flow repeats, where no loop says otherwise."""

_ACROSS, _THIN = 1.0, 0.07
"""How much of the mouth steam comes from, and how much a single thread needs."""

_BREATH = (0.45, 23.0)
"""Seconds that a wisp comes from one part of the mouth, about, and until all of that repeats outside of a loop."""

_COLUMNS, _MOMENTS = 48, 12
"""Columns of the mouth whose wisps are told apart, and moments of them in a second."""

_PALEST = 0.12
"""How much comes from where no wisp is, against the mean."""

_STEADY = 0.8
"""How steady the whole of it is: 1 always as much, 0 as its wisps come."""

_DRAWN_IN = 0.5
"""How fast what is young is drawn to the middle, a second."""

_YOUNG = 0.75
"""How fast grains rise at first, against the plume's speed; and how fast its eddies do."""

_FINE = 0.3
"""How much the small eddies do, against the large ones."""

_FOOT = 0.18
"""The part of a grain's life in which it comes out of nothing: a plume has no edge where it begins."""

_LEVELS = 4
"""Grids on which grains are drawn, each twice as coarse as the one before."""


class Rising:
    """A plume over a still.

    Args:
        scene: the take.
        plume: what it is.
        mouth: where it comes from.
        span: when, and how much.
        wind: widths of the mouth in a second to the right.
        which: its number, and how many rise: each by chances of its own, several of fewer grains.
    """

    def __init__(
        self, scene: Scene, plume: Plume, mouth: Mouth, span: Span, wind: float, which: tuple[int, int] = (0, 1)
    ) -> None:
        self.scene, self.plume, self.mouth, self.span, self.wind = scene, plume, mouth, span, wind
        rng = np.random.default_rng((scene.shot.seed, 11, which[0]))
        self.many = _GRAINS * (2 + span.level) // (4 if which[1] == 1 else 8)
        self.age0 = rng.uniform(0, 1, self.many).astype(np.float32)
        self.jitter = rng.normal(0, 1, self.many).astype(np.float32)
        self.weight = rng.uniform(0.6, 1.4, self.many).astype(np.float32)
        across = rng.uniform(-0.25, 0.25, (2, self.many)).sum(axis=0).astype(np.float32)  # less at the rim
        self.home = across * np.float32(_ACROSS if plume.wisps > 1 else _THIN)
        optics = scene.framing.optics
        self.pace = min(1.0, plume.mouth * min(optics.width, optics.height) / mouth.width)
        # A round opening is seen as an ellipse: what comes from its sides comes from its middle row.
        up = rng.uniform(-1, 1, self.many) * np.sqrt(np.maximum(1 - (2 * across) ** 2, 0))
        self.up = np.asarray(up * mouth.deep / mouth.width, np.float32)
        self.column = np.asarray((across + 0.5) * _COLUMNS, np.intp).clip(0, _COLUMNS - 1)
        self.turn = span.period or _TURN
        self.repeat = span.period or _BREATH[1]
        self.source = self._wisps(rng)
        self.flow = [self._noise(rng) for _ in range(_SLICES)]
        self.life = plume.life if not span.period else span.period / max(1, round(span.period / plume.life))
        self.state: tuple[Numbers, Numbers] | None = None
        self.frame = -1

    def rests(self, number: int) -> bool:
        """Whether nothing is drawn, in this frame and in the one before."""
        return self.span.rests(number)

    def draw(self, frame: Frame, number: int) -> Frame:
        """Draw the plume as it stands at this frame."""
        left, top, mask = self._mask(number, frame.shape[:2])
        inside = frame[top : top + mask.shape[0], left : left + mask.shape[1]]
        if mask.size:
            inside[:] = veil(inside, mask, white_of(frame, self.plume.white))
        return frame

    def film(self, planes: Planes, number: int) -> Planes:
        """Draw it on planes."""
        left, top, mask = self._mask(number, planes.shape[:2])
        rows, columns = mask.shape[0] // 2, mask.shape[1] // 2
        if not mask.size:
            return planes
        few = np.ascontiguousarray(planes.half[4::8, 4::8])
        seen = half_size(Planes(planes.luma, few if few.size else planes.half))
        white = to_luma(np.rint(white_among(seen, self.plume.white)).astype(np.uint8)[None, None])[0, 0]
        inside = planes.luma[top : top + 2 * rows, left : left + 2 * columns]
        inside[:] = veil(inside, mask, white[:1].astype(np.float32))
        small = np.asarray(cv2.resize(mask, (columns, rows), interpolation=cv2.INTER_AREA), np.uint8)
        inside = planes.half[top // 2 : top // 2 + rows, left // 2 : left // 2 + columns]
        inside[:] = veil(inside, small, white.astype(np.float32))
        return planes

    def _mask(self, number: int, shape: tuple[int, ...]) -> tuple[int, int, Mask]:
        """Column and row of its corner in a frame of this shape, both even, and how much it hides; empty: nothing."""
        nothing = 0, 0, np.zeros((0, 0), np.uint8)
        if self.span.amount[number] <= 0:
            return nothing
        x, y, age = self._grains(number)
        eye = Eye(self.scene.framing, self.scene.size, number)
        width, depth = self.mouth.width, np.ones(1, np.float32)
        seen_x, seen_y = eye.see(self.mouth.x + x * width, self.mouth.y - y * width, depth)
        unit = float(width * eye.across * np.exp(eye.part["dolly"] + eye.part["zoom"]))
        weight = self._strength(number, age) * np.float32(self.span.amount[number])
        kept = weight > 0
        if not kept.any():
            return nothing
        x, y = seen_x.astype(np.float32)[kept], seen_y.astype(np.float32)[kept]
        pad = 0.4 * unit
        left, right = (int(np.clip(edge, 0, shape[1])) // 2 * 2 for edge in (x.min() - pad, x.max() + pad))
        top, bottom = (int(np.clip(edge, 0, shape[0])) // 2 * 2 for edge in (y.min() - pad, y.max() + pad))
        if right - left < 8 or bottom - top < 8:
            return nothing
        cell = max(1.0, 0.014 * unit)
        size = (int((right - left) / cell) + 2, int((bottom - top) / cell) + 2)
        x, y = (x - left) / np.float32(cell), (y - top) / np.float32(cell)
        cover = self._cover(self._density(x, y, age[kept], weight[kept], size), cell, unit)
        # Beside the frame's edge the plume goes on; at the box's own edges it must not be cut.
        large = cv2.resize(cover, None, fx=cell, fy=cell, interpolation=cv2.INTER_LINEAR)
        return left, top, np.asarray(cv2.convertScaleAbs(large[: bottom - top, : right - left]), np.uint8)

    def _density(self, x: Numbers, y: Numbers, age: Numbers, weight: Numbers, size: tuple[int, int]) -> Numbers:
        """The grains on a grid, height × width: each drawn on the two grids between which its softness lies, all at
        once, then from the coarsest grid to the finest.
        """
        grids = [(size[0] // 2**number + 4, size[1] // 2**number + 4) for number in range(_LEVELS)]
        level = np.minimum(np.log2(1 + age * np.float32(self.plume.spread * 22)), np.float32(_LEVELS - 1.001))
        finer = level.astype(np.int32)
        which, part = np.concatenate([finer, finer + 1]), weight * (level - finer)
        shrink = (np.float32(0.5) ** np.arange(_LEVELS, dtype=np.float32))[which]
        share = np.concatenate([weight - part, part])
        splats = splat(np.tile(x, 2) * shrink, np.tile(y, 2) * shrink, share, grids, which)
        soft = [cv2.GaussianBlur(drawn, (0, 0), 1.15) for drawn in splats]
        density = soft.pop()
        for drawn in reversed(soft):
            large = cv2.resize(density, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR)
            density = cv2.scaleAdd(np.ascontiguousarray(large[: drawn.shape[0], : drawn.shape[1]]), 0.25, drawn)
        return np.asarray(density[: size[1], : size[0]], np.float32)

    def _cover(self, density: Numbers, cell: float, unit: float) -> Numbers:
        """Density to what it hides, 0 to 255, soft at its upper end."""
        thick = self.plume.density * (unit / cell / 100) ** 2 * _WEIGHT / self.many
        cover = (1 - cv2.exp(density * np.float32(-thick))) * np.float32(self.plume.strength * 255)
        return np.asarray(cover, np.float32)

    def _strength(self, number: int, age: Numbers) -> Numbers:
        """Young grains come out of nothing, old ones fade, and none is seen that left outside of the beat."""
        left = number / self.scene.fps - age * np.float32(self.life)
        moments = len(self.source)
        moment = np.minimum((_cycle(left / self.repeat) * moments).astype(np.intp), moments - 1)
        young = np.minimum(age / _FOOT, 1)
        fade = young * young * (3 - 2 * young) * np.minimum((1 - age) / 0.85, 1) * self.weight
        fade *= self.source.take(moment * _COLUMNS + self.column)
        if self.span.period or not np.isfinite((self.span.start, self.span.end)).any():
            return np.asarray(fade, np.float32)
        ramp = max(0.25 * self.life, 0.2)
        began = np.clip((left - self.span.start) / ramp + (left >= self.span.start) * 0.3, 0, 1)
        return np.asarray(fade * began * (left <= self.span.end), np.float32)

    def _grains(self, number: int) -> tuple[Numbers, Numbers, Numbers]:
        """Where the grains are, in widths of the mouth, and their age as a part of their life."""
        fps = self.scene.fps
        if self.state is None or number != self.frame + 1:
            back = round(self.life * fps)
            self.state = self._born(number - back, np.ones(self.many, bool), None)
            first = number - back + 1
        else:
            first = number
        for step in range(first, number + 1):
            self.state = self._step(step)
        self.frame = number
        return *self.state, self._age(number)

    def _age(self, number: int) -> Numbers:
        """The age of every grain, as a part of its life."""
        return _cycle(number / self.scene.fps / self.life % 1 + self.age0)

    def _step(self, number: int) -> tuple[Numbers, Numbers]:
        """Carry every grain through one frame's time; those whose life ended begin anew at the mouth."""
        assert self.state is not None
        x, y = self.state
        fps, plume = self.scene.fps, self.plume
        age = self._age(number)
        time, passed = number / fps, np.float32(1 / fps)
        grown = np.minimum(age * np.float32(2.2), 1)
        flow_x, flow_y = self._flow(x, y, plume.eddy, time)
        fine_x, fine_y = self._flow(x + 7.7, y, plume.eddy * 0.38, time * 2)
        turning = np.float32(plume.curl * self.pace) * (0.12 + 0.88 * grown)
        aside = turning * (flow_x + _FINE * fine_x) + np.float32(self.wind) * grown - _DRAWN_IN * x * (1 - grown)
        upwards = np.float32(plume.speed * self.pace) * (_YOUNG + 0.35 * grown) + 0.7 * turning * (
            flow_y + _FINE * fine_y
        )
        moved = np.asarray(x + passed * aside, np.float32), np.asarray(y + passed * upwards, np.float32)
        return self._born(number, age < self._age(number - 1), moved)

    def _born(
        self, number: int, which: NDArray[np.bool_], state: tuple[Numbers, Numbers] | None
    ) -> tuple[Numbers, Numbers]:
        """Put grains to the points of the mouth from which they come at this moment."""
        x, y = state if state is not None else (np.zeros(self.many, np.float32), np.zeros(self.many, np.float32))
        new = np.flatnonzero(which)
        # They came at any moment since the frame before, so they do not stand in rows.
        risen = np.float32(_YOUNG * self.pace * self.plume.speed * self.life) * self._age(number)[new]
        x[new], y[new] = self.home[new], self.up[new] + np.float32(0.02) * self.jitter[new] + risen
        return x, y

    def _wisps(self, rng: np.random.Generator) -> Numbers:
        """How much comes from each column of the mouth at each moment, with a mean of one; it repeats."""
        moments = max(4, round(self.repeat * _MOMENTS))
        noise = np.pad(
            rng.standard_normal((moments, _COLUMNS)).astype(np.float32), ((moments, moments), (0, 0)), "wrap"
        )
        wide, long = 0.14 * _COLUMNS / self.plume.wisps, _BREATH[0] * _MOMENTS
        smooth = cv2.GaussianBlur(noise, (0, 0), sigmaX=wide, sigmaY=long)[moments : 2 * moments]
        much = np.maximum((smooth - smooth.mean()) / max(float(smooth.std()), 1e-6) + 0.25, 0) + _PALEST
        much /= much.mean(axis=1, keepdims=True) ** _STEADY
        return np.asarray(much / much.mean(), np.float32)

    def _noise(self, rng: np.random.Generator) -> Numbers:
        """One moment of the flow, rows × columns × 2: the curl of smooth noise, with a mean speed of one."""
        noise = rng.standard_normal((_TILE, _TILE)).astype(np.float32)
        tiled = np.pad(noise, 24, mode="wrap")
        smooth = cv2.GaussianBlur(tiled, (0, 0), 5.0)
        across, down = cv2.Sobel(smooth, -1, 1, 0), cv2.Sobel(smooth, -1, 0, 1)
        flow = np.stack([down, across], axis=-1)[24:-24, 24:-24]
        return np.asarray(flow / np.float32(np.sqrt((flow**2).sum(axis=-1).mean())), np.float32)

    def _flow(self, x: Numbers, y: Numbers, size: float, time: float) -> tuple[Numbers, Numbers]:
        """The flow at places, where its eddies are `size` widths large, between two of its moments.

        The eddies rise, a little slower than what they carry; in a loop by whole tiles.
        """
        at = (time / self.turn * _SLICES) % _SLICES
        first, part = int(at), np.float32(at - int(at))
        scale = np.float32(_EDDY / size)
        climb = _YOUNG * self.pace * self.plume.speed
        if self.span.period:
            tile = _TILE / _EDDY * size
            climb = max(1, round(climb * self.span.period / tile)) * tile / self.span.period
        y = y - np.float32(climb * time)
        tiles = scale / np.float32(_TILE)
        column, row = _cycle(x * tiles) * np.float32(_TILE), _cycle(-y * tiles) * np.float32(_TILE)
        one, two = self.flow[first], self.flow[(first + 1) % _SLICES]
        field = one + (two - one) * part
        seen = cv2.remap(field, column[None], row[None], cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)[0]
        return np.asarray(seen[:, 0], np.float32), np.asarray(seen[:, 1], np.float32)


def _cycle(value: Numbers) -> Numbers:
    """What is left of a number without its whole part: as the remainder by one, in a tenth of the time."""
    return np.asarray(value - np.floor(value), np.float32)
