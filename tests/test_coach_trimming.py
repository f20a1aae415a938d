"""Long sentences keep their author's grammar; only what says how things look leaves them."""

from __future__ import annotations

import pytest

from studio.coach.review import Coach
from studio.presets import load_profiles
from studio.settings import Settings

SETTINGS = Settings()
COACH = Coach(SETTINGS.presets)
PROFILE = load_profiles(SETTINGS.presets / "engines")["sketch"]


def rewrite(prompt: str) -> str:
    return COACH.review(prompt, profile=PROFILE).rewrite.text


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        (
            "An old baker, dressed in a spotless white apron, lifts a tray of bread from the oven. 8k, masterpiece",
            "An old baker lifts a tray of bread from the oven.",
        ),
        (
            "The nurse, in a crisp blue uniform, and the boy, in striped pyjamas, walk down the corridor. 8k",
            "The nurse and the boy walk down the corridor.",
        ),
        (
            "In the background, a tram climbs the hill, and a small green kiosk stands beside the stop. 8k",
            "In the background, a tram climbs the hill.",
        ),
    ],
)
def test_looks_between_commas_go_and_the_sentence_stays_whole(prompt, text):
    assert rewrite(prompt) == text


def test_who_was_left_out_with_a_caption_is_named():
    text = rewrite(
        "A photorealistic picture of an elderly weaver in her cottage, ultra detailed. She wears a red shawl and round "
        "glasses. She pulls a long blue thread through the loom with great care."
    )
    assert "The weaver pulls" in text or "An elderly weaver" in text


def test_a_participle_is_no_sentence_of_its_own():
    text = rewrite(
        "The dimly lit attic is adorned with beautiful mobiles dangling from the beams, casting shadows that dance on "
        "the walls. A cat jumps down from the stunning old trunk, 8k."
    )
    assert "Casting" not in text and "cat jumps" in text


def test_a_story_in_the_past_is_told_in_the_present():
    text = rewrite(
        "Without saying a single word, the two sisters lifted the heavy chest into the wagon. Masterpiece, 8k."
    )
    assert "sisters lift the" in text
