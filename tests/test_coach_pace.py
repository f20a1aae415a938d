"""The pace of a clip is kept, wherever its author said it."""

import pytest

from tests.coaching import review

PACED = {
    "Gorgeous slow-motion shot of a dancer mid-leap, her skirt unfolding like a flower.": (
        "In slow-motion, the dancer's skirt unfolds like a flower."
    ),
    "Time-lapse of a harbour at dawn, ferries passing, shadows moving": (
        "In a time-lapse, ferries pass. Shadows move."
    ),
    "nurse, rooftop, slow motion, walking": "In slow motion, the nurse walks.",
    "No slow motion. beautiful, dreamy, elegant scene, a kite rising": "The kite rises.",
}


@pytest.mark.parametrize(("prompt", "said"), PACED.items())
def test_the_rewrite_keeps_the_pace(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


def test_a_loop_stands_alone() -> None:
    assert "Seamless loop." in review("product photo, brass teapot, rotating slowly, seamless loop").rewrite.text
