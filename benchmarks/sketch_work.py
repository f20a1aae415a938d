"""What takes of sketch cost against what their plans expect: `python -m benchmarks.sketch_work [W H S]`.

Processor seconds, encoding included, of the second take of each: what is loaded or found once is not counted. The last
line says within which factor the plans were right; the figures of ``studio/engines/sketch/work.py`` come from here.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import cv2

from studio.settings import ROOT, Settings
from studio.shot import Beat, Shot, Timeline
from studio.workspace import Workspace

SIZE = (768, 512, 4.0)
SAID = {
    "room": [
        *("", "dolly_in", "orbit", "rack_focus", "The light dims.", "Rain falls.", "Snow falls.", "Fog drifts."),
        *("Steam rises.", "Leaves fall.", "Embers rise.", "Dust motes drift.", "Bubbles rise."),
        *("dolly_in; Rain falls.", "orbit; Fog drifts.; The light dims.", "pan_left; Snow falls.; The lamp flickers."),
    ],
    "seaside": ["The water ripples.", "The clouds drift.", "dolly_in; The clouds drift.; The water ripples."],
    "forest-path": ["The leaves sway.", "truck_left; The leaves sway.; Embers rise.; Fog drifts."],
    "neon-street": ["The lamps flicker.", "dolly_in; Rain falls.; The lamps flicker.; Steam rises from the street."],
}
"""What is asked of each of the project's stills: camera moves and sentences."""


def main() -> None:
    """Measure one size."""
    width, height, seconds = (int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])) if sys.argv[1:] else SIZE
    cv2.setNumThreads(1)
    worst = 1.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = Workspace.open(Settings(data=folder / "data"))
        for picture, asked in SAID.items():
            still = workspace.add_still(ROOT / "assets" / "stills" / f"{picture}.jpg")
            for text in asked:
                beats = tuple(_beat(part, seconds) for part in text.split("; ") if part)
                timeline = Timeline(seconds=seconds, beats=beats)
                shot = Shot(still=still, timeline=timeline, seconds=seconds, width=width, height=height)
                for _ in range(2):
                    began = time.process_time()
                    workspace.animate(shot, lambda _: None, folder / "clip.mp4")
                    spent = time.process_time() - began
                expected = workspace.plan(shot).estimate
                worst = max(worst, spent / expected, expected / spent)
                told = f"{picture:12} {spent:6.2f} s, expected {expected:6.2f}: {spent / expected:.2f}  {text}\n"
                sys.stdout.write(told)
                sys.stdout.flush()
    sys.stdout.write(f"every plan was right within a factor of {worst:.2f}\n")


def _beat(text: str, seconds: float) -> Beat:
    """A beat from a move's name or a sentence."""
    if " " in text:
        return Beat(layer="light" if "light" in text or "lamp" in text else "scene", start=0, end=seconds, text=text)
    return Beat.from_dict({"layer": "camera", "start": 0, "end": seconds, "move": text})


if __name__ == "__main__":
    main()
