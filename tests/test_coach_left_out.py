"""What a rewrite may leave out: looks, never what somebody does; what does not fit is offered as a second shot."""

from __future__ import annotations

import pytest

from tests.coaching import review


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        # the camera is told, not commanded
        ("Zoom in.", "The camera zooms in."),
        (
            "A goat climbs a rock, zoom back along the path",
            "The goat climbs a rock. The camera zooms back along the path.",
        ),
        ("A bowl of soup, dolly out 4k", "The camera dollies out."),
        ("Fast push-in then hold. The baker nods.", "The camera slowly pushes in."),
        # from where it sees is said
        ("Static overhead drone shot, looking straight down. Masons lay bricks, 4k", "Static overhead drone shot"),
        # a move that is said twice is told once
        (
            "The camera tilts up while he raises his chin. -camera tilt up",
            "The camera tilts up while he raises his chin.",
        ),
    ],
)
def test_the_camera_gets_a_sentence_of_its_own(prompt: str, said: str) -> None:
    text = review(prompt).rewrite.text
    assert text.startswith(said)
    assert text.count("tilts up") <= 1


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        # what somebody attends to stays
        ("The reeds bend in a breeze, and a pair of geese looks over the lake", "a pair of geese looks over the lake"),
        (
            "The walnut cracks apart, revealing a tiny dragon with round, hopeful eyes.",
            "revealing a tiny dragon",
        ),
        # praise that a verb has for its object is what is meant
        ("He carved the finest masterpiece of his long life.", "masterpiece"),
    ],
)
def test_what_somebody_does_or_attends_to_stays(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


@pytest.mark.parametrize(
    ("prompt", "who"),
    [
        ("Burly man, bald head, thick beard, lifts a barbell", "man"),
        ("a monkey wearing a soccer jersey holding a burrito while hailing a taxi", "monkey"),
    ],
)
def test_a_part_or_a_garment_does_not_do_what_its_owner_does(prompt: str, who: str) -> None:
    assert f"{who} " in review(prompt).rewrite.text.split(".")[0]


def test_what_the_rewrite_leaves_out_is_offered_as_the_next_shot() -> None:
    told = review("A person is mending a net, then they suddenly start sweeping the porch.")
    assert told.rewrite.text == "A person is mending a net."
    assert "sweep the porch" in told.next_shot


def test_the_next_shot_says_a_purpose_once() -> None:
    told = review(
        "The boy first combs his beard, then turns to stroll toward the barn, and finally stops to look back."
    )
    assert told.next_shot.count("look back") <= 1
    assert "stroll toward the barn" in told.next_shot


def test_a_deed_in_light_that_has_to_go_is_still_done() -> None:
    told = review("Druid casting a charm with glowing neon light, comic style")
    assert told.rewrite.text == "The druid casts a charm."
    assert not told.rewrite.added
