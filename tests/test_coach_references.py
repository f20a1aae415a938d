"""A pronoun of the rewrite stands for something that the rewrite says."""

import pytest

from tests.coaching import review

NAMED = {
    "a bucket with tiny lettering, milk fills it up": "Milk fills the bucket up.",
    "beautiful, dreamy, vivid robot in a field, 8k, dust settling around it": "Dust settles around the robot.",
    "A cook lifts the lid and tastes it.": "A cook lifts the lid and tastes it.",
}


@pytest.mark.parametrize(("prompt", "said"), NAMED.items())
def test_what_a_pronoun_stood_for_is_named(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


def test_a_pair_that_the_camera_goes_to_keeps_its_names() -> None:
    pair = "toward a tired clown, Otto, and a sly ghost, Mira"
    assert (
        f"{pair}. They bump"
        in review(f"The camera zooms in quickly {pair}, as they bump into each other.").rewrite.text
    )


def test_a_name_before_what_somebody_is_stays() -> None:
    assert (
        review("Milo the otter catching a fish. He dives.").rewrite.text == "Milo the otter catches a fish. Milo dives."
    )


def test_a_word_that_is_written_on_a_sign_does_not_move() -> None:
    assert "hero" not in review("board that reads HERO OR THIEF").rewrite.text.lower()
