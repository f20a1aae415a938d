"""Scenes for the tests of what lives in a still."""

from __future__ import annotations

import numpy as np

from studio.engines.sketch.camera import camera_path
from studio.engines.sketch.depth import estimate_disparity, lift_above_focus
from studio.engines.sketch.framing import frame_path
from studio.engines.sketch.life.effect import Life, Scene
from studio.engines.sketch.render import Renderer
from studio.engines.sketch.warp import Warp
from studio.shot import Beat, Shot, Still, Timeline
from tests.sketch_shots import textured

FPS = 24


def beat_of(text, start=0.5, end=2.0, *, layer="scene", level=2, **options):
    return Beat(layer=layer, start=start, end=end, text=text, level=level, **options)


def scene_of(*beats, pixels=None, seconds=3.0, seed=0, focus=(0.5, 0.5)):
    """A scene on a still of 240 × 160 at its own size."""
    pixels = textured(240, 160) if pixels is None else pixels
    height, width = pixels.shape[:2]
    still = Still(path="/nowhere/still.png", digest="none", width=width, height=height)
    timeline = Timeline(seconds=seconds, beats=beats)
    shot = Shot(still=still, timeline=timeline, seconds=seconds, seed=seed, focus=focus)
    path = camera_path(timeline, round(seconds * FPS), FPS, seed)
    framing = frame_path(path, (width, height), width / height, focus)
    lift = lift_above_focus(estimate_disparity(pixels, focus), focus)
    warp = Warp(pixels, lift, framing, (width, height))
    return Scene(shot, pixels, warp.lift, framing, (width, height), FPS)


def frames_of(scene, life: Life):
    """Every frame of the scene with this life in it."""
    renderer = Renderer(Warp(scene.canvas, scene.lift, scene.framing, scene.size), life)
    return [renderer.frame(number).copy() for number in range(scene.frames)]


def changed(frames):
    """How much each frame differs from the first, as a mean over its values."""
    first = frames[0].astype(np.float32)
    return np.array([np.abs(frame - first).mean() for frame in frames])
