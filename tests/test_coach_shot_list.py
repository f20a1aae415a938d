"""A prompt of several shots, taken apart."""

import pytest

from studio.coach.review import Coach
from studio.coach.shot_list import split_prompt
from studio.presets import load_profiles
from studio.settings import Settings
from studio.shot import Brief

PRESETS = Settings().presets
COACH = Coach(PRESETS)
SKETCH = load_profiles(PRESETS / "engines")["sketch"]


@pytest.mark.parametrize(
    ("prompt", "shots"),
    [
        ("A baker kneads dough. Cut to the oven, where the bread rises.",
         ("A baker kneads dough.", "The oven, where the bread rises.")),
        ("Shot 1: A man walks. Shot 2: He runs away.", ("A man walks.", "He runs away.")),
        ("The woman turns, walks to the door, opens the box, steps out and waves.",
         ("The woman turns. The woman walks to the door.", "The woman opens the box. The woman steps out.",
          "The woman waves.")),
        ("The cat jumps.", ("The cat jumps.",)),
        ("", ("",)),
    ],
)  # fmt: skip
def test_each_shot_gets_its_own_words(prompt, shots):
    assert split_prompt(COACH, prompt, Brief(seconds=4.0), SKETCH) == shots


def test_a_prompt_without_end_gives_at_most_twelve_shots_and_loses_no_words():
    animals = ("cat", "dog", "horse", "bird", "fox", "wolf", "deer", "bear", "hare", "mouse", "goat", "sheep", "cow")
    prompt = " Cut to ".join(f"the {animal} that jumps." for animal in (*animals, "owl"))
    shots = split_prompt(COACH, prompt, Brief(seconds=4.0), SKETCH)
    assert len(shots) == 12
    assert all(animal in shot for animal, shot in zip(animals, shots, strict=False))
    assert "owl" in shots[-1]
