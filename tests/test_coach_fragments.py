"""In a row of tags a motion is done by whom the tags are about, not by the lens or the lake that stands before it."""

import pytest

from tests.coaching import COACH, SKETCH, review

DOERS = {
    "octopus, coral reef, leica, sinking slowly": "octopus",
    "old beekeeper, wrinkles, hive smoke curling, ektachrome, blinking slowly": "beekeeper",
    "brass teapot, window light, rotating slowly": "teapot",
    "photo of a carpenter, sawdust, grinning": "carpenter",
    "nun, cherry petals, falling": "petals",
    "luthier, spruce, 50mm, nodding": "luthier",
    "glove, paper lantern floating over a pond, turning slowly": "lantern",
    "A nurse walks along the quay, smiling": "nurse",
}


@pytest.mark.parametrize(("prompt", "doer"), DOERS.items())
def test_the_last_motion_of_a_row_of_tags_is_done_by(prompt: str, doer: str) -> None:
    parse = COACH.context(prompt, profile=SKETCH).parse
    subject = parse.events[-1].subject
    assert subject is not None and parse.reading.words[subject].lower == doer


def test_what_the_viewer_does_is_left_as_it_stands() -> None:
    assert (
        "POV riding a sledge, plunging down, arms up, screaming."
        in review("POV riding a sledge, plunging down, arms up, screaming").rewrite.text
    )


def test_a_row_that_lost_its_end_is_joined() -> None:
    told = review("SUBJECT: grey goat | ACTION: climbs a wall, stops, shakes its ears, jumps | CAMERA: slow pan left")
    assert "The goat climbs a wall and stops." in told.rewrite.text


def test_who_is_named_by_no_tag_is_called_the_subject() -> None:
    rewrite = review("headshot, freckles, fujifilm velvia, blinking, gentle nodding").rewrite
    assert "The subject blinks." in rewrite.text and "velvia" not in rewrite.text.lower()
