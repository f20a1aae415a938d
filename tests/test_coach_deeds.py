"""A motion that is only named ("a slow head turn") is told as something that happens."""

import pytest

from tests.coaching import review


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("Slow turntable rotation of the teapot, steam rises", "The teapot slowly rotates on a turntable."),
        ("portrait of a violinist, gentle head tilt, hair moving softly", "The head gently tilts."),
        ("a sailor at the helm, quiet breathing motion, gulls circling", "The sailor quietly breathes"),
        ("an owl on a post, slow blink, feathers ruffling", "The owl slowly blinks"),
        ("a vase of poppies, subtle sway of the stems", "The stems subtly sway."),
        ("portrait of a judge with a slow head shake", "The head slowly shakes."),
        ("rain on a lake, soft circular ripple", "ripple spreads."),
    ],
)
def test_a_named_motion_becomes_an_observable_act(prompt, told):
    text = review(prompt).rewrite.text
    assert told in text


@pytest.mark.parametrize(
    "prompt",
    [
        "The clerk gives a small, friendly nod and sits down.",
        "No head movement, static camera, steam rises from the cup.",
        "The dancer performs a slow spin and waves.",
    ],
)
def test_what_a_sentence_does_tell_stands_as_it_is(prompt):
    assert review(prompt).rewrite.text == prompt


def test_what_took_the_place_of_a_named_motion_is_no_loss():
    rewrite = review("portrait of a violinist, gentle head tilt, hair moving softly").rewrite
    assert not any("tilt" in span.text for span in rewrite.removed)
