"""Steam and smoke that rise from one place or several: many grains carried by a turning flow, seen together as wisps.

The grains leave the mouth here more and there less, from moment to moment, and go up with the heat, drawn together by
the air that follows, through eddies that rise with them and grow on the way; a stream that began smooth is drawn out,
folded and thinned. The flow has no sources (it is the curl of noise), so wisps keep their body. Old grains are drawn on
coarser and coarser grids, as what spreads gets soft.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

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

_GRAINS = 4000
"""At level 2, from one mouth; half from each of several, as together they hide their grains."""

_WEIGHT = 21_000
"""What all grains of a mouth weigh together: the plumes' densities in presets are told against it."""

_RATE = 12
"""Steps in a second, about, in which grains are carried; between them they go straight."""

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

_LEVELS, _CELL = 3, 0.056
"""Grids on which grains are drawn, each twice as coarse as the one before, and a cell of the finest in widths of the
narrowest mouth: finer, young grains would be seen as grains.
"""

_SOFTER, _SOFTEST = 5.5, 2.0
"""How many cells softer a grain gets in its life where its plume spreads by 1, and how soft at the most."""


class Rising:
    """A plume over a still.

    Args:
        scene: the take.
        plume: what it is.
        mouths: where it comes from; what rises from each is carried by the same air.
        span: when, and how much.
        wind: widths of the mouth in a second to the right.
    """

    def __init__(self, scene: Scene, plume: Plume, mouths: Sequence[Mouth], span: Span, wind: float) -> None:
        self.scene, self.plume, self.mouths, self.span, self.wind = scene, plume, tuple(mouths), span, wind
        rng = np.random.default_rng((scene.shot.seed, 11))
        self.each = _GRAINS * (2 + span.level) // (4 if len(mouths) == 1 else 8)
        many, which = self.each * len(mouths), np.repeat(np.arange(len(mouths)), self.each)
        self.age0 = rng.uniform(0, 1, many).astype(np.float32)
        jitter = rng.normal(0, 0.02, many)
        self.weight = rng.uniform(0.6, 1.4, many).astype(np.float32)
        across = rng.uniform(-0.25, 0.25, (2, many)).sum(axis=0)  # less at the rim
        self.home = np.asarray(across * (_ACROSS if plume.wisps > 1 else _THIN), np.float32)
        x, y, width, deep = np.array([(one.x, one.y, one.width, one.deep) for one in mouths], np.float32).T
        self.foot_x, self.foot_y, self.width = x[which], y[which], width[which]
        self.narrowest, self.widest = float(width.min()), float(width.max())
        self.larger, self.apart = (width / width.min())[which], ((x - x[0]) / width)[which]
        optics = scene.framing.optics
        self.pace = np.minimum(1, np.float32(plume.mouth * min(optics.width, optics.height)) / self.width)
        # A round opening is seen as an ellipse: what comes from its sides comes from its middle row.
        up = rng.uniform(-1, 1, many) * np.sqrt(np.maximum(1 - (2 * across) ** 2, 0))
        self.up = np.asarray(up * (deep / width)[which] + jitter, np.float32)
        column = np.asarray((across + 0.5) * _COLUMNS, np.intp).clip(0, _COLUMNS - 1)
        self.column = which * _COLUMNS + column
        self.turn = span.period or _TURN
        self.repeat = span.period or _BREATH[1]
        self.source = np.concatenate([self._wisps(rng) for _ in mouths], axis=1)
        self.flow = [self._noise(rng) for _ in range(_SLICES)]
        self.life = plume.life if not span.period else span.period / max(1, round(span.period / plume.life))
        self.stride = max(1, round(scene.fps / _RATE))
        if span.period and scene.frames % self.stride:
            self.stride = 1  # a loop is closed by whole steps
        self.seen: tuple[bytes, NDArray[np.float64], float] | None = None
        self.step: int | None = None
        self.state: tuple[Numbers, Numbers, Numbers, Numbers]

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
        weight = self._strength(number, age) * np.float32(self.span.amount[number])
        kept = np.flatnonzero(weight)
        if not len(kept):
            return nothing
        matrix, scale = self._sight(number)
        places = cv2.merge([self.foot_x + x * self.width, self.foot_y - y * self.width])
        x, y = (place[kept, 0] for place in cv2.split(cv2.perspectiveTransform(places, matrix)))
        unit, pad = scale * self.narrowest, 0.4 * scale * self.widest
        left, right = (int(np.clip(edge, 0, shape[1])) // 2 * 2 for edge in (x.min() - pad, x.max() + pad))
        top, bottom = (int(np.clip(edge, 0, shape[0])) // 2 * 2 for edge in (y.min() - pad, y.max() + pad))
        if right - left < 8 or bottom - top < 8:
            return nothing
        cell = max(1.0, _CELL * unit)
        size = (int((right - left) / cell) + 2, int((bottom - top) / cell) + 2)
        x, y = (x - np.float32(left)) / np.float32(cell), (y - np.float32(top)) / np.float32(cell)
        cover = self._cover(self._density(x, y, age, weight, kept, size), cell, unit)
        # Beside the frame's edge the plume goes on; at the box's own edges it must not be cut.
        large = cv2.resize(cover, None, fx=cell, fy=cell, interpolation=cv2.INTER_LINEAR)
        return left, top, np.asarray(cv2.convertScaleAbs(large[: bottom - top, : right - left]), np.uint8)

    def _density(
        self, x: Numbers, y: Numbers, age: Numbers, weight: Numbers, kept: NDArray[np.intp], size: tuple[int, int]
    ) -> Numbers:
        """The grains on a grid, height × width: each drawn on the two grids between which its softness lies, all at
        once, then from the coarsest grid to the finest.
        """
        coarsest = [-(-side // 2 ** (_LEVELS - 1)) + 1 for side in size]
        grids = [(coarsest[0] << number, coarsest[1] << number) for number in reversed(range(_LEVELS))]
        larger = self.larger[kept]
        weight = weight[kept] * larger * larger
        soft = np.float32(0.25) + age[kept] * np.float32(_SOFTER * self.plume.spread)
        level = np.log2(larger * np.minimum(np.maximum(soft, 1), np.float32(_SOFTEST)))
        finer = level.astype(np.intp)
        part = weight * (level - finer)
        between = np.flatnonzero(part)
        which, share = np.concatenate([finer, finer[between] + 1]), np.concatenate([weight - part, part[between]])
        shrink = (np.float32(0.5) ** np.arange(_LEVELS, dtype=np.float32))[which]
        x, y = (np.concatenate([place, place[between]]) * shrink for place in (x, y))
        splats = [cv2.GaussianBlur(drawn, (0, 0), 1.15) for drawn in splat(x, y, share, grids, which)]
        density = splats.pop()
        for drawn, grid in zip(reversed(splats), reversed(grids[:-1]), strict=True):
            density = cv2.scaleAdd(cv2.resize(density, grid, interpolation=cv2.INTER_LINEAR), 0.25, drawn)
        return np.asarray(density[: size[1], : size[0]], np.float32)

    def _sight(self, number: int) -> tuple[NDArray[np.float64], float]:
        """Where the camera sees what is at the focus, and how large; kept while it rests."""
        view = self.scene.framing.view(number)
        if self.seen is None or self.seen[0] != view:
            eye = Eye(self.scene.framing, self.scene.size, number)
            scale = float(eye.across * np.exp(eye.part["dolly"] + eye.part["zoom"]))
            self.seen = view, eye.matrix(1.0), scale
        return self.seen[1:]

    def _cover(self, density: Numbers, cell: float, unit: float) -> Numbers:
        """Density to what it hides, 0 to 255, soft at its upper end."""
        thick = self.plume.density * (unit / cell / 100) ** 2 * _WEIGHT / self.each
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
        """Where the grains are, in widths of their mouth from it, and their age as a part of their life."""
        step = number // self.stride
        if self.step is None or step not in (self.step, self.step + 1):
            self.step = step - math.ceil(self.life * self.scene.fps / self.stride)  # since then, all began anew
            nothing = np.zeros_like(self.home)
            self.state = self._speeding(self.home, self.up, nothing)
        while self.step < step:
            x, y, age = self._carried((self.step + 1) * self.stride)
            self.step += 1
            self.state = self._speeding(x, y, age)
        return self._carried(number)

    def _age(self, number: int) -> Numbers:
        """The age of every grain, as a part of its life."""
        return _cycle(np.float32(number / self.scene.fps / self.life % 1) + self.age0)

    def _carried(self, number: int) -> tuple[Numbers, Numbers, Numbers]:
        """Carry every grain on from the last step; those whose life ended since begin anew at the mouth."""
        assert self.step is not None
        x, y, aside, upwards = self.state
        began = self.step * self.stride
        age, passed = self._age(number), np.float32((number - began) / self.scene.fps)
        x, y = x + passed * aside, y + passed * upwards
        new = np.flatnonzero(age < self._age(began))
        # They came at any moment since then, so they do not stand in rows.
        risen = self.pace[new] * np.float32(_YOUNG * self.plume.speed * self.life) * age[new]
        x[new], y[new] = self.home[new], self.up[new] + risen
        return x, y, age

    def _speeding(self, x: Numbers, y: Numbers, age: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """The grains where they are at the last step, and how fast they go there, to the right and up."""
        assert self.step is not None
        time, plume = self.step * self.stride / self.scene.fps, self.plume
        grown = np.minimum(age * np.float32(2.2), 1)
        flow = self._flow(x, y, plume.eddy, time)
        flow += np.float32(_FINE) * self._flow(x + np.float32(7.7), y, plume.eddy * 0.38, time * 2)
        turning = np.float32(plume.curl) * self.pace * (np.float32(0.12) + np.float32(0.88) * grown)
        aside = turning * flow[0] + np.float32(self.wind) * grown - np.float32(_DRAWN_IN) * x * (1 - grown)
        rising = np.float32(plume.speed) * self.pace * (np.float32(_YOUNG) + np.float32(0.35) * grown)
        return x, y, aside, rising + np.float32(0.7) * turning * flow[1]

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

    def _flow(self, x: Numbers, y: Numbers, size: float, time: float) -> Numbers:
        """The flow at places, 2 × places, where its eddies are `size` widths large, between two of its moments.

        The eddies rise, a little slower than what they carry; in a loop by whole tiles.
        """
        at = (time / self.turn * _SLICES) % _SLICES
        first, part = int(at), at - int(at)
        tile = _TILE / _EDDY * size
        climb = np.float32(_YOUNG * self.plume.speed) * self.pace
        if self.span.period:
            climb = np.maximum(1, np.rint(climb * np.float32(self.span.period / tile))) * np.float32(
                tile / self.span.period
            )
        tiles, cells = np.float32(1 / tile), np.float32(_TILE)
        column = _cycle((x + self.apart) * tiles) * cells
        row = _cycle((climb * np.float32(time) - y) * tiles) * cells
        field = cv2.addWeighted(self.flow[first], 1 - part, self.flow[(first + 1) % _SLICES], part, 0)
        seen = cv2.remap(field, column[None], row[None], cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)[0]
        return np.ascontiguousarray(seen.T, np.float32)


def _cycle(value: Numbers) -> Numbers:
    """What is left of a number without its whole part: as the remainder by one, in a tenth of the time."""
    return np.asarray(value - np.floor(value), np.float32)
