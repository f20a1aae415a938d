"""Presets become records: data files in ``presets/``, checked as they are read."""

from studio.presets.dialect import Dialect, Part, Tokenizer
from studio.presets.profile import FrameLaw, Licence, Profile, find_profile, load_profiles
from studio.presets.reading import read_preset

__all__ = [
    "Dialect",
    "FrameLaw",
    "Licence",
    "Part",
    "Profile",
    "Tokenizer",
    "find_profile",
    "load_profiles",
    "read_preset",
]
