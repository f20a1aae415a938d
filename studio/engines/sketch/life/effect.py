"""What an effect is: small protocols between what lives in the still and the compositor (``render.py``).

Effects are made once from a `Scene`, before the first frame, and then asked frame by frame, by number: frame `number`
stands at ``number / fps`` seconds. The same scene gives the same effects. A shot without effects is rendered as if
there were no such thing, to the bit.

Five kinds, in the order in which they are applied: `Swing` moves where the frame looks on the still, `Layer` shows a
part of it that goes on behind the rest, `Redrawn` shows small parts of it drawn anew, `Light` brightens and dims what
is seen, `Overlay` draws on the finished frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.framing import Framing
from studio.media.planes import Planes
from studio.shot import Shot

__all__ = [
    "Area",
    "Effect",
    "Gleaming",
    "Layer",
    "Life",
    "Light",
    "OnFilm",
    "Overlay",
    "Piece",
    "Redrawn",
    "Sample",
    "Scene",
    "Swing",
]

Area = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels of the still, (0, 0) at its top left corner."""


@dataclass(frozen=True)
class Scene:
    """What an effect may know of the take before its first frame.

    Attributes:
        shot: the whole request: timeline, controls, focus, seed.
        canvas: the whole still at the scale at which it is rendered, height × width × 3, RGB.
        lift: a grid over the whole still: disparity above the focus, slope-limited, as the camera uses it.
        framing: the camera's path over the frames and its window on the still.
        size: the frame's width and height.
        fps: frames per second.
    """

    shot: Shot
    canvas: NDArray[np.uint8]
    lift: NDArray[np.float32]
    framing: Framing
    size: tuple[int, int]
    fps: int

    @property
    def frames(self) -> int:
        """How many frames the take has."""
        return len(self.framing.path)

    @property
    def period(self) -> float | None:
        """Seconds after which everything is to be as it was; None: nothing need return."""
        return self.frames / self.fps if self.shot.loop else None


class Effect(Protocol):
    """What all effects share."""

    def rests(self, number: int) -> bool:
        """Whether this effect looks at frame `number` exactly as it does one frame earlier.

        Where the camera and every effect rest, the frame before is shown again to the bit.
        """
        ...


class Swing(Effect, Protocol):
    """A part of the still that swings where it is: sways, ripples, flutters, breathes."""

    @property
    def area(self) -> Area:
        """The part of the still that the grids cover."""
        ...

    def shift(self, number: int) -> NDArray[np.float32]:
        """How far beside, in pixels of the still, frame `number` looks for what it shows.

        Returns:
            rows × columns × 2 (right, down), a grid over the area, exactly 0 outside the region and at least two cells
            inward of the area's edge. A positive shift moves the content to the left or up.
        """
        ...

    def gain(self, number: int) -> NDArray[np.float32] | None:
        """What the 8-bit values are multiplied by, on the same grid, 1 outside; None: nothing changes."""
        ...


@dataclass(frozen=True)
class Sample:
    """One look at a layer from beside.

    Attributes:
        times: how many times the layer's pace beside.
        weight: this sample's part of the mixture.
    """

    times: float
    weight: float = 1.0


class Layer(Effect, Protocol):
    """A part of the still that goes on behind what stands in front of it: clouds behind a skyline."""

    @property
    def cover(self) -> NDArray[np.uint8]:
        """Where it shows, over the whole canvas: height × width, 0 (the still) to 255, exactly 0 outside."""
        ...

    @property
    def picture(self) -> NDArray[np.uint8]:
        """What the samples look at, of the canvas' shape: the layer, carried on behind what stands before it."""
        ...

    @property
    def pace(self) -> NDArray[np.float32]:
        """How far beside a look of one time is: rows × columns × 2, a grid over the whole still, as in `Swing`."""
        ...

    @property
    def calm(self) -> NDArray[np.float32]:
        """The picture without its detail, around which contrast is kept: rows × columns × 3, over the whole still."""
        ...

    def samples(self, number: int) -> Sequence[Sample]:
        """Where frame `number` looks: one sample, or two that are mixed (a stream that loops by cross-fading)."""
        ...

    def contrast(self, number: int) -> float:
        """How much stronger the mixture's detail is shown, so that mixing two copies does not pale it; 1: as it is."""
        ...


@dataclass(frozen=True)
class Piece:
    """A small part of the canvas drawn anew.

    Attributes:
        corner: its column and row on the canvas.
        picture: height × width × 3, RGB, at the canvas' scale.
        cover: height × width, where it is shown, 0 (the still) to 255.
    """

    corner: tuple[int, int]
    picture: NDArray[np.uint8]
    cover: NDArray[np.uint8]


class Redrawn(Effect, Protocol):
    """Small parts of the still that are drawn anew from frame to frame: lids over eyes."""

    def pieces(self, number: int) -> Sequence[Piece]:
        """What is drawn anew at frame `number`; nothing: the still is as it is."""
        ...


class Light(Effect, Protocol):
    """Light that changes over the still."""

    def stops(self, number: int) -> NDArray[np.float32] | None:
        """How much brighter the light is at frame `number` than in the still, in photographic stops (exposure.py).

        Returns:
            rows × columns × 3 (RGB), a grid over the whole still; 0 leaves the light as it is. None: nothing changes.
        """
        ...


@runtime_checkable
class Gleaming(Light, Protocol):
    """Light that a thing also throws back into the lens as from a mirror: it lies over what is seen, however dark."""

    def gleam(self, number: int) -> NDArray[np.float32] | None:
        """How far frame `number` is brightened towards white.

        Returns:
            rows × columns × 3 (RGB), a grid over the whole still, 0 (as it is) to 1 (white). None: nowhere.
        """
        ...


class Overlay(Effect, Protocol):
    """Something drawn over the finished frame that the still does not hold: rain, snow, steam, dust."""

    def draw(self, frame: NDArray[np.uint8], number: int) -> NDArray[np.uint8]:
        """Draw on frame `number`, height × width × 3, RGB; may write into it and give it back."""
        ...


@runtime_checkable
class OnFilm(Overlay, Protocol):
    """An overlay that can also be drawn on the planes that are encoded."""

    def film(self, planes: Planes, number: int) -> Planes:
        """Draw on frame `number`; may write into its planes and give them back."""
        ...


@dataclass(frozen=True)
class Life:
    """All effects of a take; empty, only the camera moves.

    Attributes:
        notes: what the person should know of them, each a plain sentence.
    """

    swings: tuple[Swing, ...] = ()
    layers: tuple[Layer, ...] = ()
    redrawn: tuple[Redrawn, ...] = ()
    lights: tuple[Light, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def effects(self) -> tuple[Effect, ...]:
        """All of them, in the order in which they are applied."""
        return (*self.swings, *self.layers, *self.redrawn, *self.lights, *self.overlays)

    def rests(self, number: int) -> bool:
        """Whether nothing lives between frame `number` and the one before."""
        return all(effect.rests(number) for effect in self.effects)

    def __add__(self, other: Life) -> Life:
        return Life(
            self.swings + other.swings,
            self.layers + other.layers,
            self.redrawn + other.redrawn,
            self.lights + other.lights,
            self.overlays + other.overlays,
            self.notes + other.notes,
        )
