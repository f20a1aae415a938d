"""Do posts, door frames and the edges of buildings stay straight and upright? `python -m benchmarks.sketch_straight`.

The longest straight edges of stills, found on the whole picture, are followed through the warp to the last frame of
large moves: how far each then is from a straight line, and how much an upright one has come to lean.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
import skimage
from numpy.typing import NDArray

from benchmarks import in_a_folder
from benchmarks.sketch_motion import SKETCH
from studio.engines.sketch.depth import lift_above_focus
from studio.engines.sketch.memory import lines_of, pixels_of, relief_of
from studio.engines.sketch.planning import draft
from studio.engines.sketch.straight import NO_LINES
from studio.engines.sketch.warp import Warp
from studio.media.stills import open_still
from studio.settings import ROOT, Settings
from studio.shot import Beat, Shot, Still, Timeline

MOVES = ("truck_right", "orbit", "pedestal_up", "dolly_in")
DATA = Path(skimage.__file__).parent / "data"
STILLS = (*(DATA / f"{name}" for name in ("rocket.jpg", "motorcycle_left.png", "coffee.png", "camera.png")),)
OURS = tuple(ROOT / "assets" / "stills" / f"{name}.jpg" for name in ("room", "bottle", "neon-street", "forest-path"))
SECONDS, WIDTH, MOST = 4.0, 768, 30

Points = NDArray[np.float64]


def edges(still: Still) -> Points:
    """The longest straight edges, in pixels: lines × 4."""
    grey = cv2.cvtColor(pixels_of(still), cv2.COLOR_RGB2GRAY)
    lines = cv2.createLineSegmentDetector().detect(grey)[0].reshape(-1, 4).astype(np.float64)
    length = np.hypot(lines[:, 2] - lines[:, 0], lines[:, 3] - lines[:, 1])
    chosen = np.argsort(-length)[:MOST]
    return np.asarray(lines[chosen][length[chosen] > 0.08 * max(grey.shape)], np.float64)


def follow(where: NDArray[np.float32], points: Points) -> Points:
    """Where points of the still are seen in a frame that looks at `where`; not a number outside it."""
    height, width = where.shape[:2]
    seen = []
    for point in points:
        place = np.array([width / 2, height / 2])
        for _ in range(30):
            x, y = np.clip(place, 1, (width - 2, height - 2))
            patch = where[int(y) - 1 : int(y) + 2, int(x) - 1 : int(x) + 2].astype(np.float64)
            turned = np.column_stack([(patch[1, 2] - patch[1, 0]) / 2, (patch[2, 1] - patch[0, 1]) / 2])
            here = patch[1, 1] + turned @ (x - int(x), y - int(y))
            place = np.array([x, y]) + np.linalg.solve(turned, point - here)
        inside = (place > 1).all() and place[0] < width - 2 and place[1] < height - 2
        seen.append(place if inside else (np.nan, np.nan))
    return np.array(seen)


def measure(still: Still, move: str, *, kept: bool) -> tuple[list[float], list[float]]:
    """By edge: pixels off a straight line; degrees that upright ones lean more than at rest."""
    beat = Beat(layer="camera", move=move, start=0, end=SECONDS)
    shot = Shot(still=still, timeline=Timeline(seconds=SECONDS, beats=(beat,)), seconds=SECONDS, width=WIDTH)
    drafted = draft(shot, SKETCH.profile)
    lift = lift_above_focus(relief_of(shot), shot.focus)
    size = drafted.plan.width, drafted.plan.height
    warp = Warp(np.zeros((64, 64, 3), np.uint8), lift, drafted.framing, size, lines_of(still) if kept else NO_LINES)
    where, bent, leant = warp.coordinates(drafted.plan.frames - 1), [], []
    for line in edges(still):
        points = line[:2] + np.linspace(0, 1, 13)[:, None] * (line[2:] - line[:2])
        seen = follow(where, points)
        seen = seen[~np.isnan(seen[:, 0])]
        if len(seen) < 6:
            continue
        chord, before = seen[-1] - seen[0], line[2:] - line[:2]
        across = np.array([-chord[1], chord[0]]) / np.hypot(*chord)
        bent.append(float(np.ptp((seen - seen[0]) @ across)))
        if abs(before[0]) < 0.2 * abs(before[1]):
            leant.append(float(np.degrees(abs(np.arctan(chord[0] / chord[1]) - np.arctan(before[0] / before[1])))))
    return bent, leant


def report(folder: Path) -> None:
    """Print a line for each move, with the ablation."""
    stills = [open_still(path, folder, Settings()) for path in (*STILLS, *OURS)]
    for move in MOVES:
        for kept, name in ((True, "as shipped"), (False, "no lines known")):
            found = [measure(still, move, kept=kept) for still in stills]
            bent = [value for values, _ in found for value in values]
            leant = [value for _, values in found for value in values] or [0.0]
            sys.stdout.write(
                f"  {move:12} {name:15} off a straight line {np.mean(bent):.2f} px in the mean, "
                f"{np.quantile(bent, 0.95):.2f} at 95 %, {np.max(bent):.2f} at most; "
                f"leaning {np.mean(leant):.2f}°, {np.max(leant):.2f}° at most ({len(bent)} edges)\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    in_a_folder(report)
