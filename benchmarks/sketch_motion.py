"""Does the camera do what the timeline asks? `python -m benchmarks.sketch_motion [FOLDER]`.

Seen on the finished frames of photographs that no constant was set by: those that come with scikit-image, or those of
a folder. What is measured is optical flow (points followed there and back) around the point of interest, with a
similarity fitted to it; it shares nothing with the renderer. What is asked is the plan's path, in shares of the frame.
An orbit keeps its focus where it is, so there places all over the frame are followed (OpenCV's DIS), and what is asked
of each is where a camera that goes around the focus would see it at the depth that was judged.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import skimage
from numpy.typing import NDArray

from benchmarks import in_a_folder
from studio.engines.sketch.camera import AXES
from studio.engines.sketch.depth import lift_above_focus
from studio.engines.sketch.engine import Sketch
from studio.engines.sketch.memory import lines_of, relief_of
from studio.engines.sketch.planning import draft
from studio.engines.sketch.training.evaluate import HEURISTICS, correlation, stereo
from studio.engines.sketch.warp import Warp
from studio.media.stills import open_still
from studio.presets import load_profiles
from studio.settings import ROOT, Settings
from studio.shot import Beat, Shot, Still, Timeline

PHOTOGRAPHS = (
    "astronaut.png",
    "chelsea.png",
    "coffee.png",
    "motorcycle_left.png",
    "rocket.jpg",
    "hubble_deep_field.jpg",
)
MOVES = {
    "truck": ("truck_left", "truck_right"),
    "pedestal": ("pedestal_up", "pedestal_down"),
    "dolly": ("dolly_in", "dolly_out"),
    "pan": ("pan_left", "pan_right"),
    "tilt": ("tilt_up", "tilt_down"),
    "roll": ("roll_cw", "roll_ccw"),
    "zoom": ("zoom_in", "zoom_out"),
}
FPS, SECONDS, WIDTH = 24, 2.0, 512
HOP = 2
SKETCH = Sketch(load_profiles(ROOT / "presets" / "engines")["sketch"])

_TRACKING: dict[str, Any] = {"winSize": (21, 21), "maxLevel": 2, "criteria": (3, 40, 0.003)}
_AWAY = 0.1
"""Pixels from where it began to where a point that is followed there and back may come to lie."""

Frames = list[NDArray[np.uint8]]
Field = NDArray[np.float64]


def stills(folder: Path, source: Path | None = None) -> dict[str, Still]:
    """The photographs, those of a folder where one is given, opened as the studio opens them."""
    data = Path(skimage.__file__).parent / "data"
    paths = sorted(source.iterdir()) if source else [data / name for name in PHOTOGRAPHS]
    return {path.stem: open_still(path, folder, Settings()) for path in paths}


def shot_of(still: Still, beats: tuple[Beat, ...], seconds: float = SECONDS) -> Shot:
    """A shot of camera beats at the size of the measurement."""
    timeline = Timeline(seconds=seconds, beats=beats)
    return Shot(still=still, timeline=timeline, seconds=seconds, fps=FPS, width=WIDTH)


def seen(frames: Frames, middle: tuple[float, float]) -> NDArray[np.float64]:
    """How the content around a place of the frame has moved by every second frame.

    Returns:
        hops + 1 × 4: to the right, down (pixels), logarithm of the growth, turned clockwise (radians).
    """
    greys = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in frames[::HOP]]
    height, width = greys[0].shape
    place, track = np.array(middle) * (width, height), [np.zeros(4)]
    reach = 0.16 * min(width, height)
    for before, after in itertools.pairwise(greys):
        across, down = (
            np.arange(max(0.0, at - reach), min(side - 1, at + reach), 4)
            for at, side in zip(place, (width, height), strict=True)
        )
        points = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 1, 2).astype(np.float32)
        points, flow = _tracked(before, after, points)
        x, y = (points - place).T
        hop = _similarity(x, y, flow)
        track.append(track[-1] + hop)
        place = np.clip(place + hop[:2], reach, (width - reach, height - reach))
    return np.array(track)


def _tracked(before: NDArray[np.uint8], after: NDArray[np.uint8], points: NDArray[np.float32]) -> tuple[Field, Field]:
    """Points × 2, and how far each has moved: those that come back to where they were (Lucas and Kanade, in pyramids).

    Of six photographs turned exactly it reads 1.00 to 1.06 of the turn, of a seventh 1.12;
    the denser flow of `followed` reads 0.8 to 1.2, as it smooths over what has none.
    """
    there, found, _ = cv2.calcOpticalFlowPyrLK(before, after, points, None, **_TRACKING)
    back, kept, _ = cv2.calcOpticalFlowPyrLK(after, before, there, None, **_TRACKING)
    away = np.hypot(*(back - points)[:, 0].T)
    good = (found.ravel() == 1) & (kept.ravel() == 1) & (away < _AWAY)
    return points[good, 0].astype(np.float64), (there - points)[good, 0].astype(np.float64)


def _similarity(x: NDArray[np.float64], y: NDArray[np.float64], flow: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fit shift, growth and turn, leaving out the worst third."""
    one, nil = np.ones_like(x), np.zeros_like(x)
    system = np.concatenate([np.column_stack([one, nil, x, -y]), np.column_stack([nil, one, y, x])])
    target, keep = np.concatenate([flow[:, 0], flow[:, 1]]), np.ones(len(x), bool)
    for _ in range(3):
        both = np.concatenate([keep, keep])
        fit = np.linalg.lstsq(system[both], target[both], rcond=None)[0]
        error = np.hypot(*(system @ fit - target).reshape(2, -1))
        keep = error <= np.quantile(error, 0.67)
    return np.array([fit[0], fit[1], np.log1p(fit[2]), fit[3]])


def asked(shot: Shot) -> tuple[NDArray[np.float64], tuple[float, float]]:
    """What the path asks of the content at the focus, as `seen` counts, and where in the frame the focus is."""
    drafted = draft(shot, SKETCH.profile)
    framing, plan = drafted.framing, drafted.plan
    path = dict(zip(AXES, framing.path[::HOP].T, strict=True))
    across, down = (
        plan.width * framing.optics.width / framing.width,
        plan.height * framing.optics.height / framing.height,
    )
    track = np.column_stack(
        [
            -(path["pan"] + path["truck"]) * across,
            (path["tilt"] + path["pedestal"]) * down,
            path["dolly"] + path["zoom"],
            -path["roll"],
        ]
    )
    x, y = framing.optics.focus
    return track, ((x - framing.left) / framing.width, (y - framing.top) / framing.height)


def axis_table(photographs: dict[str, Still]) -> None:
    """Sign, gain and R² of every axis over all photographs, both ways, levels 1 and 3."""
    columns = {"truck": 0, "pan": 0, "pedestal": 1, "tilt": 1, "dolly": 2, "zoom": 2, "roll": 3}
    for axis, moves in MOVES.items():
        wanted, found, signs = [], [], []
        for still, move, level in itertools.product(photographs.values(), moves, (1, 3)):
            shot = shot_of(still, (Beat(layer="camera", move=move, start=0, end=SECONDS, level=level),))
            track, middle = asked(shot)
            measured = seen(list(SKETCH.generate(shot, lambda _: None)), middle)[:, columns[axis]]
            wanted.append(track[:, columns[axis]])
            found.append(measured)
            signs.append(np.sign(measured[-1]) == np.sign(track[-1, columns[axis]]))
        _row(axis, signs, np.concatenate(wanted), np.concatenate(found))


def _row(axis: str, signs: list[bool], want: Field, have: Field) -> None:
    gain = float(want @ have / (want @ want))
    share = 1 - float(((have - want) ** 2).sum() / ((want - want.mean()) ** 2).sum())
    _say(f"  {axis:9} sign {np.mean(signs):.2f}  gain {gain:.3f}  R² {share:.4f}  ({len(signs)} clips)")


def orbits(photographs: dict[str, Still]) -> None:
    """The same of an orbit, over places all over the frame."""
    wanted, found, signs = [], [], []
    for still, way, level in itertools.product(photographs.values(), ("left", "right"), (1, 3)):
        shot = shot_of(still, (Beat(layer="camera", move="orbit", direction=way, start=0, end=SECONDS, level=level),))
        places, want = parallax(shot)
        have = followed(list(SKETCH.generate(shot, lambda _: None)), places)
        signs.append(float((want * have).sum()) > 0)
        wanted.append(want.ravel())
        found.append(have.ravel())
    _row("orbit", signs, np.concatenate(wanted), np.concatenate(found))


def parallax(shot: Shot) -> tuple[Field, Field]:
    """Places of the first frame (pixels), and how far to the right an orbit brings each by the last frame."""
    drafted = draft(shot, SKETCH.profile)
    framing, plan = drafted.framing, drafted.plan
    lift = lift_above_focus(relief_of(shot), shot.focus)
    warp = Warp(np.zeros((64, 64, 3), np.uint8), lift, framing, (plan.width, plan.height), lines_of(shot.still))
    x, y = np.meshgrid(np.arange(0.15, 0.9, 0.05) * plan.width, np.arange(0.15, 0.9, 0.05) * plan.height)
    scale = framing.width / plan.width
    still_x, still_y = framing.left + x * scale, framing.top + y * scale
    rows, columns = warp.lift.shape
    at_x, at_y = still_x / shot.still.width * columns - 0.5, still_y / shot.still.height * rows - 0.5
    near = cv2.remap(warp.lift, at_x.astype(np.float32), at_y.astype(np.float32), cv2.INTER_LINEAR)
    way = framing.path[-1, AXES.index("orbit")]
    aside = still_x - framing.optics.focus[0] - way * shot.still.width * near
    seen_x = framing.optics.focus[0] + aside / (1 - aside * way * framing.optics.turn)
    return np.stack([x, y], axis=-1).reshape(-1, 2), ((seen_x - still_x) / scale).ravel()


def followed(frames: Frames, places: Field) -> Field:
    """How far to the right places of the first frame have moved by the last, in pixels, by an independent flow."""
    finder = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    greys = [cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY) for frame in (*frames[:-1:HOP], frames[-1])]
    now = places.astype(np.float32)
    for before, after in itertools.pairwise(greys):
        flow = finder.calc(before, after, None)
        now = now + cv2.remap(flow, now[:, 0], now[:, 1], cv2.INTER_LINEAR)[:, 0]
    return np.asarray(now[:, 0] - places[:, 0], np.float64)


def timing(photographs: dict[str, Still]) -> None:
    """How far, in frames, beats begin and end from where the timeline says."""
    worst: list[float] = []
    for still in photographs.values():
        spans = ((0.5, 1.5), (2.0, 3.5))
        beats = tuple(
            Beat(layer="camera", move=move, start=start, end=end)
            for move, (start, end) in zip(("pan_right", "dolly_in"), spans, strict=True)
        )
        shot = shot_of(still, beats, 4.0)
        track = seen(list(SKETCH.generate(shot, lambda _: None)), asked(shot)[1])
        for column, (start, end) in zip((0, 2), spans, strict=True):
            begun, over = _span(track[:, column], start, end)
            worst += [abs(begun - start * FPS), abs(over - end * FPS)]
    _say(f"  beats begin and end within {np.max(worst):.1f} frames of the timeline, {np.mean(worst):.1f} in the mean")


def _span(track: NDArray[np.float64], start: float, end: float) -> tuple[float, float]:
    """The frames at which a move's speed first and last passes a tenth of its highest, looked for around its beat."""
    first, last = (round(max(0.0, time) * FPS / HOP) for time in (start - 0.45, end + 0.45))
    speed = np.abs(np.diff(track))[first:last]
    middles = (first + np.arange(len(speed)) + 0.5) * HOP  # each speed is that of the middle of its hop
    edge = 0.1 * speed.max()
    fast = np.flatnonzero(speed > edge)
    one, two = max(1, int(fast[0])), min(len(speed) - 2, int(fast[-1]))
    begun = np.interp(edge, speed[one - 1 : one + 1], middles[one - 1 : one + 1])
    over = np.interp(edge, speed[two : two + 2][::-1], middles[two : two + 2][::-1])
    return float(begun), float(over)


def folds(photographs: dict[str, Still]) -> None:
    """The share of places at which the picture is folded, and how much is stretched at most."""
    folded, places, steepest = 0, 0, 0.0
    for still, move in itertools.product(photographs.values(), ("orbit", "truck_left", "fly_through", "dolly_zoom")):
        shot = shot_of(still, (Beat(layer="camera", move=move, start=0, end=SECONDS, level=3),))
        drafted = draft(shot, SKETCH.profile)
        lift = lift_above_focus(relief_of(shot), shot.focus)
        warp = Warp(np.zeros((64, 64, 3), np.uint8), lift, drafted.framing, (drafted.plan.width, drafted.plan.height))
        where = warp.coordinates(drafted.plan.frames - 1)
        along, down = np.gradient(where, axis=1), np.gradient(where, axis=0)
        area = along[..., 0] * down[..., 1] - along[..., 1] * down[..., 0]
        folded, places = folded + int((area <= 0).sum()), places + area.size
        steepest = max(steepest, float(np.median(area) / area.min()))
    _say(f"  folds: {folded} of {places} places; stretched at most {steepest:.2f} times more than elsewhere")


def depth() -> None:
    """Correlation with the measured disparity of the stereo photograph, and of what needs no model."""
    photograph = stereo()
    if photograph is None:
        return
    left, truth = photograph
    found = {name: correlation(judge(left), truth) for name, judge in HEURISTICS.items()}
    _say("  correlation on the stereo photograph: " + ", ".join(f"{name} {value:.3f}" for name, value in found.items()))


def report(folder: Path, source: Path | None = None) -> None:
    """Print everything."""
    photographs = stills(folder, source)
    _say(f"camera, asked and seen at the point of interest, on {len(photographs)} photographs")
    axis_table(photographs)
    orbits(photographs)
    timing(photographs)
    folds(photographs)
    _say("depth")
    depth()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    in_a_folder(lambda folder: report(folder, chosen))
