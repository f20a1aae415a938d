"""The times that an author says are still in the rewrite, before what they time."""

import pytest

from tests.coaching import review


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        (
            "A stunning hen in a yard, 8k. [0-2s] The hen sits. [2-4s] It pecks.",
            "[0-2s] The hen sits. [2-4s] It pecks.",
        ),
        (
            "0-2s: a goat jumps onto the wall, ultra detailed. 2-5s: it shakes its head",
            "0-2s: The goat jumps onto the wall. 2-5s: It shakes its head.",
        ),
        ("gorgeous portrait, 8k, at 2 seconds she smiles", "At 2 seconds, she smiles."),
        (
            "ultra detailed mill, for the first 2 seconds the gate opens, then at 3s a miller walks out, 8k",
            "For the first 2 seconds the gate opens, then at 3s a miller walks out.",
        ),
    ],
)
def test_a_time_stays_before_what_it_times(prompt, text):
    assert review(prompt).rewrite.text == text


def test_a_rewrite_with_times_is_laid_out_as_the_prompt_was():
    prompt = "A stunning hen in a yard, 8k. [0-2s] The hen sits. [2-4s] It pecks."
    first, again = review(prompt), review(review(prompt).rewrite.text)
    times = [[(beat.start, beat.end) for beat in result.timeline.beats] for result in (first, again)]
    assert times[0] == times[1]


def test_the_time_of_what_is_left_out_goes_with_it():
    text = review("[0-2s] A hen sits. [2-5s] masterpiece, 8k, best quality").rewrite.text
    assert "[2-5s]" not in text
