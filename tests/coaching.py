"""What the tests of the coach share: one coach, and a prompt reviewed for sketch."""

from __future__ import annotations

from studio.coach.review import Coach, Review
from studio.presets import load_profiles
from studio.settings import Settings

PRESETS = Settings().presets
COACH = Coach(PRESETS)
SKETCH = load_profiles(PRESETS / "engines")["sketch"]


def review(prompt: str) -> Review:
    """What the coach says of a prompt for the studio's own engine."""
    return COACH.review(prompt, profile=SKETCH)
