"""The frame's window on the still: one constant crop, so wide that no frame of the path ever looks past the edge.

The window is found from the camera's path and the whole range of disparity that rendering allows, not from the
picture, so a plan made without opening the still agrees with what is rendered. What play it has is used to keep heads
and things whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from studio.engines.sketch.camera import AXES
from studio.engines.sketch.geometry import FAR, NEAR, Optics, Points
from studio.engines.sketch.keeping import Keep

__all__ = ["Framing", "frame_path", "open_from_whole"]

_TIGHTEST = 0.6
"""The smallest constant crop; a path that needs less is walked less far."""

_MOST_MAGNIFIED = 1.1
"""Natural logarithm of the largest magnification: past three times, pixels show."""

_MARGIN = 2.0
"""Pixels kept between the frame and the still's edge: what cubic interpolation reads around a point."""

_WHOLE, _AIMS = 0.008, 3
"""The share of the still that a head may be cut by and nobody sees; how often the camera is aimed anew to keep it."""

_SPARED = (0.85, 0.7, 0.6)
"""The shares of a path that are walked instead to keep a thing whole: less is hardly a move any more."""

_SMALLER = (1.0, 0.97, 0.94, 0.9)
"""How much smaller the window may get to keep a head whole."""

_MAGNIFYING = [AXES.index("dolly"), AXES.index("zoom")]
_LIFTS = np.linspace(FAR, NEAR, 4)


@dataclass(frozen=True)
class Framing:
    """What is in the frame, and the path that the camera really takes.

    Attributes:
        optics: the camera.
        path: frames × 8, on the axes of the camera.
        left, top, width, height: the window, in pixels of the still.
        crop: the window's share of the largest one with the frame's shape.
        walked: the share of the asked path that is walked (1.0: all of it).
        opening: by frame, how far the frame still stands open towards the largest window, 1 (it is that one) to 0; for
            a shot that begins with its whole still. None: the window never changes.
        spared: whether less is walked to keep the first of what stays whole.
    """

    optics: Optics
    path: NDArray[np.float64]
    left: float
    top: float
    width: float
    height: float
    crop: float
    walked: float
    opening: NDArray[np.float64] | None = None
    spared: bool = False

    def window(self, number: int) -> tuple[float, float, float, float]:
        """Left, top, width and height of the window at frame `number`."""
        rest = self.left, self.top, self.width, self.height
        if self.opening is None:
            return rest
        share = float(self.opening[number])
        left, top, width, height = (now + share * (whole - now) for now, whole in zip(rest, _whole(self), strict=True))
        return left, top, width, height

    def view(self, number: int) -> bytes:
        """What two frames have in common that look at the same place."""
        return bytes(self.path[number].tobytes() + np.array(self.window(number)).tobytes())

    def seen(self, number: int) -> tuple[float, float]:
        """Where the point of interest is seen in frame `number`, in fractions of it, at its edge when it is outside."""
        left, top, width, height = self.window(number)
        pose = self.path[number]
        place = np.array([left + width / 2, top + height / 2])
        for _ in range(8):  # the map is nearly a similarity: each step comes close to the place
            shown = [self._look(pose, place + step) for step in ((0, 0), (1, 0), (0, 1))]
            turned = np.column_stack([shown[1] - shown[0], shown[2] - shown[0]])
            place = place + np.linalg.solve(turned, np.array(self.optics.focus) - shown[0])
        x, y = np.clip((place - (left, top)) / (width, height), 0.0, 1.0)
        return float(x), float(y)

    def _look(self, pose: Points, place: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y, _ = self.optics.unrotate(pose, place[:1], place[1:])
        x, y = self.optics.untranslate(pose, x, y, np.zeros(1))
        return np.concatenate([x, y])

    @property
    def reach(self) -> float:
        """The furthest that one unit of disparity moves a point of the frame, in pixels of the still."""
        x, y, _ = _corners(self)
        far, near = x[..., 0], x[..., -1]
        return float(np.hypot(near - far, y[..., -1] - y[..., 0]).max() / (NEAR - FAR))

    @property
    def magnified(self) -> float:
        """How much larger than at rest the still's pixels get, at the focus."""
        return float(np.exp(self.path[:, _MAGNIFYING].sum(axis=1).max(initial=0.0)))


def frame_path(
    path: NDArray[np.float64],
    still: tuple[int, int],
    aspect: float,
    focus: tuple[float, float],
    keeps: Sequence[Keep] = (),
    *,
    aimed: bool = True,
    spares: bool = False,
) -> Framing:
    """Find the largest window that holds for every frame; walk less of the path where it would get too small.

    Args:
        path: frames × 8.
        still: its width and height in pixels.
        aspect: the frame's width / height.
        focus: the point of interest, in fractions of the still.
        keeps: what stays in every frame, as far as the path allows: the first that can be held, or else as much as
            can be of all.
        aimed: whether the camera may aim beside the focus for that; not where the focus was asked for.
        spares: whether less of the path is walked where that alone holds the first of what stays.
    """
    width, height = still
    across = min(width, height * aspect)
    down = across / aspect
    point = (focus[0] * width, focus[1] * height)
    centre = (
        float(np.clip(point[0], across / 2, width - across / 2)) if across < width - 1 else width / 2,
        float(np.clip(point[1], down / 2, height - down / 2)) if down < height - 1 else height / 2,
    )
    optics = Optics(width, height, point, centre)
    framing = _framed(optics, path, across, down)
    if not framing.path.any():
        return framing
    tried = []
    for keep in keeps:
        tried += _held(framing, keep, path, (across, down), aimed=aimed)
        if keep is keeps[0] and _cut(tried[-1], keep) <= _WHOLE:
            return tried[-1]
    for share in _SPARED if spares else ():
        less = _framed(optics, path * share, across, down)
        held = _held(less, keeps[0], path * share, (across, down), aimed=aimed)[-1]
        if _cut(held, keeps[0]) <= _WHOLE:
            return replace(held, walked=held.walked * share, spared=True)
    return min(tried, key=lambda one: sum(_cut(one, keep) for keep in keeps), default=framing)


def _framed(optics: Optics, path: NDArray[np.float64], across: float, down: float) -> Framing:
    """The largest window, up to `across` by `down`, and as much of the path as it holds for."""
    walked = min(1.0, _MOST_MAGNIFIED / max(1e-9, float(np.abs(path[:, _MAGNIFYING].sum(axis=1)).max(initial=0.0))))
    while walked > 0.02:
        found = _largest(optics, path * walked, across, down)
        if found is not None:
            return Framing(optics, path * walked, *found, walked)
        walked *= 0.9
    left, top = optics.centre[0] - across / 2, optics.centre[1] - down / 2
    return Framing(optics, path * 0.0, left, top, across, down, 1.0, 0.0)


def _held(
    framing: Framing, keep: Keep, path: NDArray[np.float64], size: tuple[float, float], *, aimed: bool
) -> list[Framing]:
    """What was tried to hold what is to stay, by moving the window and, if that may be, by aiming at it."""
    held = _hold(framing, keep)
    return [held, *(_aimed(held, keep, path, size) if aimed and _cut(held, keep) > _WHOLE else ())]


def _hold(framing: Framing, keep: Keep) -> Framing:
    """The window moved towards what is to stay, no further than needed and than it never looks past the still.

    A window as large as the path allows may have no play at all, so it may get a little smaller for that.
    """
    best = framing
    for share in _SMALLER:
        crop = framing.crop * share
        if crop < _TIGHTEST:
            break
        width, height = framing.width * share, framing.height * share
        left, top = framing.left + (framing.width - width) / 2, framing.top + (framing.height - height) / 2
        moved = _moved(replace(framing, left=left, top=top, width=width, height=height, crop=crop), keep)
        if _cut(moved, keep) < _cut(best, keep) - _WHOLE:
            best = moved
        if _cut(best, keep) <= _WHOLE:
            break
    return best


def _moved(framing: Framing, keep: Keep) -> Framing:
    """A window of one size, moved towards what is to stay."""
    for _ in range(3):
        right, down = (_both(way) for way in keep.cut(_views(framing)))
        if max(abs(right), abs(down)) <= 1e-3:
            break
        corner = framing.left + right, framing.top + down
        place = _place(framing.optics, framing.path, framing.width, framing.height, corner)
        if place is None:
            break
        framing = replace(framing, left=place[0], top=place[1])
    return framing


def _aimed(held: Framing, keep: Keep, path: NDArray[np.float64], size: tuple[float, float]) -> list[Framing]:
    """The camera aimed beside its point, but at what is to stay, until all of that stays: what was tried.

    Args:
        path: as it is asked for.
        size: of the largest window.
    """
    tried: list[Framing] = []
    follows = float(1 - np.exp(-np.abs(held.path[:, _MAGNIFYING].sum(axis=1)).max()))  # a view, by so much of the aim
    while follows > 1e-3 and len(tried) < _AIMS and _cut(held, keep) > _WHOLE:
        optics = held.optics
        right, down = (_both(way) / follows for way in keep.cut(_views(held)))
        aim = (
            _towards(optics.focus[0], right, (keep.left, keep.right)),
            _towards(optics.focus[1], down, (keep.top, keep.bottom)),
        )
        if aim == optics.focus:
            break
        held = _hold(_framed(replace(optics, focus=aim), path, *size), keep)
        tried.append(held)
    return tried


def _towards(at: float, way: float, ends: tuple[float, float]) -> float:
    """A place moved by a way, but no further than to the end that lies there."""
    end = ends[int(way > 0)]
    return at + way if abs(way) <= abs(end - at) else (end if (end - at) * way > 0 else at)


def _cut(framing: Framing, keep: Keep) -> float:
    """How much of what is to stay lies outside in some frame, in shares of the still's shorter side."""
    most = max(np.abs(way).max() for way in keep.cut(_views(framing)))
    return float(most) / min(framing.optics.width, framing.optics.height)


def _both(ways: NDArray[np.float64]) -> float:
    """The one way for all frames: what some need to one side and others to the other is shared."""
    return float(min(ways.min(), 0.0) + max(ways.max(), 0.0))


def _views(framing: Framing) -> tuple[NDArray[np.float64], ...]:
    """Left, top, right and bottom of what every frame shows of what is as far as the focus."""
    window = tuple(np.array([part]) for part in (framing.left, framing.top, framing.width, framing.height))
    x, y, _ = (part[..., 0] for part in _look_from(framing.optics, framing.path, window, np.zeros(1)))
    left, right = np.maximum(x[:, 0], x[:, 2]), np.minimum(x[:, 1], x[:, 3])
    return left, np.maximum(y[:, 0], y[:, 1]), right, np.minimum(y[:, 2], y[:, 3])


def open_from_whole(framing: Framing) -> Framing:
    """The same path, begun with the whole still in the frame: the window closes in only as the camera needs it to."""
    whole, rest = _whole(framing), (framing.left, framing.top, framing.width, framing.height)
    frames = len(framing.path)
    low, high = np.zeros(frames), np.ones(frames)
    for number in range(14):
        share = high if number == 0 else (low + high) / 2
        left, top, width, height = (now + share * (wide - now) for now, wide in zip(rest, whole, strict=True))
        x, y, ahead = _look_from(framing.optics, framing.path, (left, top, width, height))
        fits = ahead.min(axis=(1, 2)) > 0.2
        for at, side, span in ((x, framing.optics.width, width), (y, framing.optics.height, height)):
            margin = np.minimum(_MARGIN, (side - span) / 2) * (1 - share) - 1e-6
            fits &= (at.min(axis=(1, 2)) >= margin) & (at.max(axis=(1, 2)) <= side - margin)
        low = np.where(fits, share, low)
        high = np.where(fits, high, share)
    return replace(framing, opening=np.minimum.accumulate(low))


def _whole(framing: Framing) -> tuple[float, float, float, float]:
    """The largest window of the frame's shape."""
    width, height = framing.width / framing.crop, framing.height / framing.crop
    return framing.optics.centre[0] - width / 2, framing.optics.centre[1] - height / 2, width, height


def _largest(
    optics: Optics, path: NDArray[np.float64], across: float, down: float
) -> tuple[float, float, float, float, float] | None:
    """Halve the interval between a crop that is too tight and one that is too wide."""
    if not path.any():
        return optics.centre[0] - across / 2, optics.centre[1] - down / 2, across, down, 1.0
    best = _place(optics, path, across * _TIGHTEST, down * _TIGHTEST)
    if best is None:
        return None
    low, high = _TIGHTEST, 1.0
    corner = best
    whole = _place(optics, path, across, down)
    if whole is not None:
        return *whole, across, down, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        place = _place(optics, path, across * middle, down * middle)
        low, high, corner = (middle, high, place) if place is not None else (low, middle, corner)
    return *corner, across * low, down * low, low


def _place(
    optics: Optics,
    path: NDArray[np.float64],
    width: float,
    height: float,
    corner: tuple[float, float] | None = None,
) -> tuple[float, float] | None:
    """Where a window of this size never looks past the still, moved no further than needed; None where nowhere.

    Args:
        corner: its left and top to begin with; without one it is moved away from the centre.
    """
    left, top = corner or (optics.centre[0] - width / 2, optics.centre[1] - height / 2)
    for _ in range(8):
        x, y, ahead = _corners(Framing(optics, path, left, top, width, height, 1.0, 1.0))
        if ahead.min() <= 0.2:  # more than 75 degrees aside: the still is out of sight
            return None
        margin_x = min(_MARGIN, (optics.width - width) / 2)
        margin_y = min(_MARGIN, (optics.height - height) / 2)
        over = (x.min() - margin_x, optics.width - margin_x - x.max())
        under = (y.min() - margin_y, optics.height - margin_y - y.max())
        if min(*over, *under) >= -1e-6:
            return left, top
        if sum(over) < -1e-6 or sum(under) < -1e-6:
            return None
        left += float(np.clip(0.0, -over[0], over[1]))
        top += float(np.clip(0.0, -under[0], under[1]))
    return None


def _corners(framing: Framing) -> tuple[Points, Points, Points]:
    """The window's corners on the still: frames × 4 corners × disparities. Edges stay straight, so corners do."""
    window = tuple(np.array([part]) for part in (framing.left, framing.top, framing.width, framing.height))
    return _look_from(framing.optics, framing.path, window)


def _look_from(
    optics: Optics,
    path: NDArray[np.float64],
    window: tuple[NDArray[np.float64], ...],
    lifts: NDArray[np.float64] = _LIFTS,
) -> tuple[Points, Points, Points]:
    """Where the corners of windows (one, or one for each frame: left, top, width, height) look on the still."""
    left, top, width, height = window
    right, bottom = left + width, top + height
    x = np.stack([left, right, left, right], axis=-1)[..., None]
    y = np.stack([top, top, bottom, bottom], axis=-1)[..., None]
    pose = path[:, None, None, :]
    u, v, ahead = optics.unrotate(pose, x, y)
    u, v = optics.untranslate(pose, u, v, lifts)
    return u, v, ahead
