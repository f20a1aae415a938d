"""Small stills and shots for the tests of sketch."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from studio.engines.engine import Event
from studio.engines.sketch.engine import Sketch
from studio.presets import load_profiles
from studio.settings import ROOT
from studio.shot import Beat, Shot, Still, Timeline

PROFILES = load_profiles(ROOT / "presets" / "engines")
SKETCH = Sketch(PROFILES["sketch"])


def textured(width: int = 256, height: int = 160, seed: int = 0) -> np.ndarray:
    """A picture with detail at every scale everywhere, so that flow can be measured everywhere."""
    rng = np.random.default_rng(seed)
    picture = np.zeros((height, width, 3), np.float32)
    for cell in (4, 10, 28):
        noise = rng.normal(0, 1, (height // cell + 2, width // cell + 2, 3)).astype(np.float32)
        picture += cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    low, high = picture.min(), picture.max()
    return ((picture - low) / (high - low) * 255).astype(np.uint8)


def still_of(pixels: np.ndarray, folder: Path, name: str = "still") -> Still:
    """Lay a picture on disk as a still."""
    path = folder / f"{name}.png"
    Image.fromarray(np.ascontiguousarray(pixels)).save(path)
    return Still(path=str(path), digest=name, width=pixels.shape[1], height=pixels.shape[0])


def shot_of(still: Still, moves: list[tuple] = (), *, seconds: float = 2.0, **options: object) -> Shot:
    """A shot with camera beats (move, start, end, level, direction), the last two as wanted."""
    names = ("move", "start", "end", "level", "direction")
    beats = tuple(Beat(layer="camera", **dict(zip(names, move, strict=False))) for move in moves)
    return Shot(still=still, timeline=Timeline(seconds=seconds, beats=beats), seconds=seconds, **options)


def frames_of(shot: Shot, heard: list[Event] | None = None) -> list[np.ndarray]:
    """Every frame of the shot; the events go to `heard`."""
    return list(SKETCH.generate(shot, (heard if heard is not None else []).append))
