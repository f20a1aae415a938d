"""The studio's closed classes and units, as types: layers, moves, levels, severities, seconds, fractions."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

__all__ = [
    "LAYERS",
    "LEVELS",
    "MAX_SECONDS",
    "MAX_SIDE",
    "MOVES",
    "SEVERITIES",
    "STAGES",
    "ControlKind",
    "CueLabel",
    "Direction",
    "Fraction",
    "Layer",
    "Level",
    "Move",
    "Origin",
    "Safety",
    "Seconds",
    "Severity",
    "Stage",
]

Layer = Literal["camera", "subject", "scene", "light", "audio"]
CueLabel = Literal[
    "camera", "subject", "scene", "light", "audio", "appearance", "style", "lettering", "cut", "negation"
]
Severity = Literal["error", "warning", "info"]
Safety = Literal["safe", "unsafe", "ask"]
Origin = Literal["prompt", "coach", "user"]
ControlKind = Literal[
    "end_frame",
    "reference",
    "previous_clip",
    "motion_video",
    "pose_video",
    "face_video",
    "motion_brush",
    "depth_strokes",
    "audio",
    "draft",
]
"""Stronger signals than words. A motion video is a filmed clip; a pose video is a performer as a drawn skeleton, a face
video the performer's face alone; a draft is the clip that is finished."""
Stage = Literal["encode", "plan", "condition", "denoise", "decode"]
Direction = Literal["left", "right", "up", "down", "in", "out", "cw", "ccw"]
Move = Literal[
    "static",
    "dolly_in",
    "dolly_out",
    "truck_left",
    "truck_right",
    "pedestal_up",
    "pedestal_down",
    "pan",
    "pan_left",
    "pan_right",
    "tilt_up",
    "tilt_down",
    "roll",
    "roll_cw",
    "roll_ccw",
    "zoom",
    "zoom_in",
    "zoom_out",
    "orbit",
    "crane",
    "tracking",
    "handheld",
    "aerial_move",
    "fly_through",
    "fpv",
    "hyperlapse",
    "whip_pan",
    "crash_zoom",
    "fast_move",
    "dolly_zoom",
    "rack_focus",
]
"""Camera moves: a closed class, named as a film crew would, direction included where the words give one."""

Level = Annotated[int, Field(ge=1, le=3)]
"""How far or fast: 1 slowly, 2 steadily (no adverb), 3 quickly."""

LAYERS: tuple[Layer, ...] = get_args(Layer)
MOVES: tuple[Move, ...] = get_args(Move)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
STAGES: tuple[Stage, ...] = get_args(Stage)
LEVELS = (1, 2, 3)

MAX_SECONDS = 60.0
MAX_SIDE = 4096
Fraction = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
Seconds = Annotated[float, Field(ge=0.0, le=MAX_SECONDS, allow_inf_nan=False)]
