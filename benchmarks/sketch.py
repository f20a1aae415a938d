"""What sketch is worth: does the camera do what was asked, and what does it cost? `python -m benchmarks.sketch`.

``sketch_depth`` looks at near and far, ``sketch_straight`` at posts and edges, ``sketch_ambient`` at what lives in the
still, ``sketch_motion`` at the frames of photographs, ``sketch_cost`` at a whole take beside x264 alone,
``sketch_work`` at what is expected of it; the seconds by stage are here.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from benchmarks.sketch_motion import report
from studio.engines.engine import Event, StageStarted
from studio.engines.sketch.engine import Sketch
from studio.presets import load_profiles
from studio.settings import ROOT
from studio.shot import Beat, Shot, Still, Timeline

CASES = ((768, 512, 5.0), (1920, 1080, 5.0), (1920, 1080, 15.0))
"""Width, height, seconds."""

PARTS = {
    "sketch_depth": "near and far: correlation with the true disparity",
    "sketch_straight": "straight edges at the end of a move, for a clip 768 pixels wide",
    "sketch_ambient": "what lives in the still, for a clip 384 pixels wide",
    "sketch_work": "what takes cost, against what their plans expect",
}


def still(folder: Path, width: int, height: int) -> Still:
    """A still with detail at several scales."""
    rng = np.random.default_rng(0)
    picture = np.zeros((height, width, 3), np.float32)
    for cell in (4, 16, 64):
        noise = rng.random((height // cell + 1, width // cell + 1, 3), dtype=np.float32)
        picture += cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    path = folder / f"{width}x{height}.png"
    Image.fromarray(np.clip(picture * 85, 0, 255).astype(np.uint8)).save(path)
    return Still(path=str(path), digest=path.stem, width=width, height=height)


def measure(shot: Shot) -> dict[str, float]:
    """Processor seconds by stage."""
    engine = Sketch(load_profiles(ROOT / "presets" / "engines")["sketch"])
    spent: dict[str, float] = {}
    stage, began = "open", time.process_time()

    def tell(event: Event) -> None:
        nonlocal stage, began
        if isinstance(event, StageStarted):
            spent[stage] = spent.get(stage, 0.0) + time.process_time() - began
            stage, began = event.stage, time.process_time()

    for _ in engine.generate(shot, tell):
        pass
    spent[stage] = time.process_time() - began
    return spent


def main() -> None:
    """Motion, and cost by stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--move", default="dolly_in", help="the camera move of the last lines (default: dolly_in)")
    parser.add_argument("--quick", action="store_true", help="leave out what is seen on photographs")
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as folder:
        if not asked.quick:
            report(Path(folder))
        constants(Path(folder), asked.move)
    if not asked.quick:
        for part, title in PARTS.items():
            sys.stdout.write(f"{title}\n")
            sys.stdout.flush()
            subprocess.run([sys.executable, "-m", f"benchmarks.{part}"], check=True)
    for width, height, seconds in ((768, 512, 4), (1920, 1080, 4)):
        sys.stdout.write(f"a take of {width} × {height}, {seconds} s, beside x264 alone\n")
        sys.stdout.flush()
        command = [sys.executable, "-m", "benchmarks.sketch_cost", str(width), str(height), str(seconds)]
        subprocess.run(command, check=True)


def constants(folder: Path, move: str) -> None:
    """Processor seconds by stage, without encoding; the last line: what a million pixels take."""
    points = []
    for width, height, seconds in CASES:
        beat = Beat(layer="camera", move=move, start=0, end=seconds)
        timeline = Timeline(seconds=seconds, beats=(beat,))
        shot = Shot(still=still(folder, width, height), timeline=timeline, seconds=seconds, width=width)
        spent = measure(shot)
        points.append((width * height * seconds * 24 / 1e6, sum(spent.values())))
        stages = "  ".join(f"{stage} {value:.2f}" for stage, value in spent.items())
        sys.stdout.write(f"{width} × {height}, {seconds:g} s: {sum(spent.values()):.2f} s  ({stages})\n")
    slope, rest = np.polyfit(*zip(*points, strict=True), 1)
    sys.stdout.write(f"about {rest:.2f} s and {slope:.4f} s for each million pixels\n")


if __name__ == "__main__":
    main()
