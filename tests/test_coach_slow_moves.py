"""From a weak still every move is made slow before anything that happens is left out."""

from __future__ import annotations

import pytest

from studio.coach.review import Coach, Review
from studio.coach.rules.circumstances import SHARP
from studio.presets import load_profiles
from studio.settings import Settings

SETTINGS = Settings()
COACH = Coach(SETTINGS.presets)
SKETCH = load_profiles(SETTINGS.presets / "engines")["sketch"]
SMALL = SHARP.but(width=640, height=480, megapixels=0.31, sharpness=1.0)

SAID = {
    "The camera pulls back. The lamps sway. Leaves fall.": "The camera slowly pulls back. The lamps sway. Leaves fall.",
    "The camera pans left. The kite dips. Grass ripples.": "The camera slowly pans left. The kite dips. Grass ripples.",
    "The camera tilts up. Smoke drifts. The flag waves.": "The camera slowly tilts up. Smoke drifts. The flag waves.",
    "The camera rises. Gulls circle. Waves lap.": "The camera slowly rises. Gulls circle. Waves lap.",
    "The camera cranes up. Boats bob. The bell swings.": "The camera slowly rises. Boats bob. The bell swings.",
}


def coached(prompt: str) -> Review:
    return COACH.review(prompt, profile=SKETCH, report=SMALL)


@pytest.mark.parametrize(("prompt", "said"), SAID.items())
def test_the_move_is_slowed_and_nothing_that_happens_is_lost(prompt: str, said: str) -> None:
    review = coached(prompt)
    assert review.rewrite.text == said
    finding = next(finding for finding in review.findings if finding.rule == "aggressive-camera")
    assert [fix.apply(prompt) for fix in finding.fixes if fix.title == "Use a slow, short move"] == [said]


def test_of_a_sharp_still_only_its_size_is_said_to_be_at_fault() -> None:
    finding = next(f for f in coached("The camera pulls back.").findings if f.rule == "aggressive-camera")
    assert "small (640 x 480)" in finding.message
    assert "sharp" not in finding.message


def test_a_sharp_still_leaves_a_calm_move_its_pace() -> None:
    prompt = "The camera pulls back. The lanterns sway. Leaves fall."
    assert COACH.review(prompt, profile=SKETCH, report=SHARP).rewrite.text == prompt


@pytest.mark.parametrize(
    ("prompt", "dropped", "added"),
    [
        ("The camera pans left. The kite dips.", [], ["slowly"]),
        ("zoom in fast. A dog barks.", ["fast"], ["camera", "slowly"]),
        ("Fast orbit left around the statue.", ["Fast"], ["camera", "arcs slowly a few degrees"]),
        ("Quick whip pan right. Leaves fall.", ["Quick whip"], ["camera slowly"]),
    ],
)
def test_a_move_that_is_only_slowed_stays_the_authors(prompt: str, dropped: list[str], added: list[str]) -> None:
    rewrite = COACH.review(prompt, profile=SKETCH, report=SHARP if "orbit" in prompt else SMALL).rewrite
    assert [span.text for span in rewrite.removed] == dropped
    assert [span.text for span in rewrite.added] == added
