"""Where light acts on a still: what shines, what is lit, what throws light back. Grids over the whole still, 0 to 1."""

from __future__ import annotations

from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.life.effect import Scene
from studio.engines.sketch.life.exposure import linear
from studio.engines.sketch.life.lamps import find_lamps
from studio.engines.sketch.life.regions import at_focus, find_region

__all__ = ["Grid", "LightMaps"]

Grid = NDArray[np.float32]

_CELLS = 192
"""Grid cells along the still's longer side: as fine as the camera's own."""

_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)

_ALIKE = 0.45
"""Lamps that stand out so far, against the one that does most, shine as it does."""

_GROUPS = 8
"""Groups of lamps, each with a time of its own."""

_OWN = 0.06
"""How far a lamp's own light outshines that of the others, in heights or widths of the still."""

_WHOLE = 0.5
"""What fills more of the picture than this is not told from its ground."""

_FADE = 1 / 192
"""Below this a map is exactly 0, so that far from an effect no bit changes."""


class LightMaps:
    """Maps of one still, each made when it is first asked for.

    Args:
        scene: the take.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        height, width = scene.canvas.shape[:2]
        scale = _CELLS / max(height, width)
        size = (max(8, round(width * scale)), max(8, round(height * scale)))
        self.small = linear(cv2.resize(scene.canvas, size, interpolation=cv2.INTER_AREA) / np.float32(255))
        self.light = self.small @ _LUMA
        self.unit = min(self.light.shape)
        rows, columns = self.light.shape
        self.x, self.y = np.meshgrid(
            (np.arange(columns, dtype=np.float32) + 0.5) / columns, (np.arange(rows, dtype=np.float32) + 0.5) / rows
        )
        self.lift = np.asarray(cv2.resize(scene.lift, (columns, rows), interpolation=cv2.INTER_LINEAR), np.float32)

    @cached_property
    def whole(self) -> Grid:
        """Everywhere, what is lit already a little more: the light that changes is mostly the one that is seen."""
        return np.asarray(0.75 + 0.25 * self.lit, np.float32)

    @cached_property
    def lit(self) -> Grid:
        """What faces the light, by its brightness at the scale of things."""
        soft = np.log2(cv2.GaussianBlur(self.light, (0, 0), self.unit / 40) + 1e-3)
        low, high = np.percentile(soft, [15, 85])
        return _smooth((soft - low) / max(high - low, 1e-3))

    @cached_property
    def away(self) -> Grid:
        """Distance from the focus in heights or widths of the still, the shorter of the two."""
        rows, columns = self.light.shape
        fx, fy = self.scene.shot.focus
        return np.asarray(np.hypot((self.x - fx) * columns, (self.y - fy) * rows) / self.unit, np.float32)

    @cached_property
    def thing(self) -> Grid:
        """The thing in focus, and no more than that: what is apart from its ground and about as near as its middle.

        Where nothing is apart there, what lies about as near around the focus.
        """
        near = 1 - _smooth((np.abs(self.lift) - 0.12) / 0.18)
        rows, columns = near.shape
        found = self._apart
        if found is None:
            mask = np.asarray(near * np.exp(-((self.away / 0.5) ** 2)), np.float32)
        else:
            mask = near * cv2.resize(found, (columns, rows), interpolation=cv2.INTER_AREA) / np.float32(255)
        own = at_focus(np.where(mask > 0.3, 255, 0).astype(np.uint8), self.scene.shot.focus)
        inner = cv2.erode(mask * (own > 0), np.ones((3, 3), np.uint8))
        return np.asarray(np.minimum(cv2.GaussianBlur(inner, (0, 0), 1.0), mask), np.float32)

    @property
    def is_apart(self) -> bool:
        """Whether the thing in focus is found apart from its ground."""
        return self._apart is not None

    @cached_property
    def _apart(self) -> NDArray[np.uint8] | None:
        found = find_region(self.scene.canvas, "subject", self.scene.shot.focus)
        return found if found is not None and found.mean() < _WHOLE * 255 else None

    @cached_property
    def sheen(self) -> Grid:
        """What shows a passing glint as a soft sheen: what is smooth is dark until light meets it, matt is not."""
        return np.asarray(0.6 * (1 - _smooth((self.light - 0.1) / 0.4)), np.float32)

    @cached_property
    def glaze(self) -> Grid:
        """What may well throw light back as it is bright for its place or of a strong colour, as paint and glazes are;
        no grey floor, and no dark that is empty.
        """
        most, least = self.small.max(axis=2), self.small.min(axis=2)
        strong = _smooth(((most - least) / (most + 0.02) - 0.5) / 0.3) * _smooth((most - 0.02) / 0.1)
        return np.asarray(np.maximum(self.shine, cv2.GaussianBlur(strong, (0, 0), 0.7)), np.float32)

    @cached_property
    def shine(self) -> Grid:
        """Where light is thrown back as from a mirror: much brighter than what surrounds it, and hardly coloured."""
        side = max(3, round(self.unit / 16) | 1)
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
        # Without what is dark and small, such as lettering, then without what is bright and small.
        filled = cv2.morphologyEx(self.light, cv2.MORPH_CLOSE, kernel)
        under = cv2.morphologyEx(filled, cv2.MORPH_OPEN, kernel)
        under = np.maximum(under, cv2.GaussianBlur(under, (0, 0), side / 4))
        over = np.log2((self.light + 0.02) / (under + 0.02))
        bright = _smooth((self.light - 0.12) / 0.35)
        return np.asarray(_smooth((over - 0.15) / 0.7) * bright, np.float32)

    @cached_property
    def ground(self) -> Grid:
        """What lies low in the picture: a cloud's shade is thrown on the land, hardly on the sky."""
        return np.asarray(0.2 + 0.8 * _smooth((self.y - 0.25) / 0.45), np.float32)

    def lamp(self, every: bool) -> tuple[Grid, Grid]:
        """What shines, and what it lights around itself.

        Args:
            every: all that shine as bright as the brightest near the focus, else that one alone.
        """
        core = self._at_focus if self._shining is None else self._shining[0 if every else 1]
        return self._source(core), self._halo(core)

    @property
    def shines(self) -> bool:
        """Whether a lamp is seen at all."""
        return self._shining is not None

    def lamps(self, rng: np.random.Generator) -> list[tuple[Grid, Grid, float]]:
        """All that shine, in groups, each with the share of the light that comes from it.

        One lamp is a group; where there are more than `_GROUPS`, some share one, by chance.
        """
        every = self._at_focus if self._shining is None else self._shining[0]
        count, labels = cv2.connectedComponents(cv2.dilate((every > 0.5).astype(np.uint8), np.ones((3, 3), np.uint8)))
        groups = np.zeros(count, int)
        groups[1:] = 1 + rng.permutation(count - 1) % _GROUPS
        cores = [every * (groups[labels] == number) for number in range(1, min(count - 1, _GROUPS) + 1)] or [every]
        halo, whole = self._halo(every), max(float(every.sum()), 1e-6)
        near = [cv2.GaussianBlur(core, (0, 0), _OWN * self.unit) + np.float32(1e-6) for core in cores]
        part = halo / sum(near)  # each place is lit by the lamps next to it
        return [
            (self._source(core), np.asarray(part * own, np.float32), float(core.sum()) / whole)
            for core, own in zip(cores, near, strict=True)
        ]

    @cached_property
    def _at_focus(self) -> Grid:
        """What is taken for a lamp where none is seen."""
        return np.asarray(np.exp(-((self.away / 0.06) ** 2)), np.float32)

    @cached_property
    def _shining(self) -> tuple[Grid, Grid] | None:
        """Where lamps shine: all of them, and the brightest, of alike ones that next to the focus; None: none is."""
        found = find_lamps(self.small)
        if not found:
            return None
        near = 0.5 + 0.5 * np.exp(-((self.away / 0.45) ** 2))
        scores = [score * float(near[core].mean()) for core, score in found]
        best = max(scores)
        alike = [core for (core, _), score in zip(found, scores, strict=True) if score > _ALIKE * best]
        every = np.logical_or.reduce(alike).astype(np.uint8)
        joined = cv2.dilate(every, np.ones((3, 3), np.uint8))  # the letters of a sign are one
        _, labels = cv2.connectedComponents(joined)
        one = found[int(np.argmax(scores))][0]
        alone = every * np.isin(labels, np.unique(labels[one]))
        return every.astype(np.float32), alone.astype(np.float32)

    def _source(self, core: Grid) -> Grid:
        return _cut(np.asarray(cv2.GaussianBlur(core, (0, 0), 0.8).clip(0, 1), np.float32))

    def _halo(self, core: Grid) -> Grid:
        """Light around a source: falls off over three distances, and less far from a small one."""
        share = float(np.sqrt(core.mean()))
        halo = np.zeros_like(core)
        for reach, weight in ((0.04, 0.5), (0.12, 0.35), (0.3, 0.3)):
            soft = cv2.GaussianBlur(core, (0, 0), max(1.0, reach * self.unit))
            halo += weight * soft / max(float(soft.max()), 1e-6)
        return _cut(halo / max(float(halo.max()), 1e-6) * min(1.0, 0.5 + 4 * share))


def _smooth(value: NDArray[np.floating]) -> Grid:
    """From 0 to 1 without a kink, cut off outside."""
    value = np.clip(value, 0, 1)
    return np.asarray(value * value * (3 - 2 * value), np.float32)


def _cut(grid: Grid) -> Grid:
    """Without the last trace of it."""
    return np.asarray(np.maximum(grid - _FADE, 0) / (1 - _FADE), np.float32)
