"""Presets become records: data files in ``presets/``, checked as they are read."""

from studio.presets.dialect import Dialect, Part, Tokenizer
from studio.presets.licence import Licence, Terms
from studio.presets.limits import Limits, LimitsPreset, find_limits, limits_presets
from studio.presets.pipeline import FrameLaw, Pipeline, Placement, SizeLaw, Weights
from studio.presets.profile import Profile, find_profile, load_profiles
from studio.presets.reading import read_preset
from studio.presets.staging import WITHOUT, Distilled, Extra, Staging

__all__ = [
    "WITHOUT",
    "Dialect",
    "Distilled",
    "Extra",
    "FrameLaw",
    "Licence",
    "Limits",
    "LimitsPreset",
    "Part",
    "Pipeline",
    "Placement",
    "Profile",
    "SizeLaw",
    "Staging",
    "Terms",
    "Tokenizer",
    "Weights",
    "find_limits",
    "find_profile",
    "limits_presets",
    "load_profiles",
    "read_preset",
]
