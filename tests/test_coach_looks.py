"""Looks are weighed against change: what is a look, what is none, and how many a prompt can carry."""

import pytest

from tests.coaching import review


def looks(prompt):
    """The words that the rule counts, in the order of the text; nothing where the looks do not outweigh the change."""
    findings = [finding for finding in review(prompt).findings if finding.rule == "appearance-heavy"]
    return [span.text for finding in findings for span in finding.spans]


HEAVY = [
    "A small blue boat under a stormy sky, noir.",
    "A tall white stone tower on a steep green hill, gulls circle.",
    "An old wooden mill, a narrow, mossy brook, tall golden reeds, a steep, rocky bank. A goose swims, a dog runs.",
    "A small blue harbour, tall white roofs. The views are stunning, the quay is breathtaking.",
    "A winged horned beast, eight-sided tower, jagged cliffs.",
    "Empty square by Ida Holm, 1920s, sepia.",
]
LIGHT = [
    "A small blue boat under a stormy sky.",
    "A tall white tower on a hill, gulls circle.",
    "A woman in a red coat walks to the gate. She walks along the wall, she turns her head, then turns back. Red gate.",
    "A red kite far in the distance, a dog in the background.",
    "Every night, and on the second day, and another morning, a red kite.",
    "The Golden Gate Park and a Great Dane by Red Hill Road.",
    "A dramatic low angle, a smooth camera movement. The camera movement is slow, calm and dynamic.",
    "The scene transitions from a huge wave to a snowy peak at dusk.",
    "A boat held by Tom Reed, an old net.",
]


@pytest.mark.parametrize("prompt", HEAVY)
def test_looks_that_outweigh_the_change_are_said(prompt):
    assert looks(prompt)


@pytest.mark.parametrize("prompt", LIGHT)
def test_a_prompt_that_its_motion_carries_is_left_alone(prompt):
    assert looks(prompt) == []


def test_a_motion_that_is_said_again_counts_again():
    still = "short dark hair, a brown coat, a grey scarf, a large white room"
    assert looks(f"A man turns his head. He has {still}.")
    assert looks(f"A man turns his head, then turns to the door, then turns around. He has {still}.") == []


def test_a_setting_of_another_tool_is_no_look():
    assert looks("A red kite in the sun -motion 2 -gs 12 -fps 24 --ar 16:9") == []
