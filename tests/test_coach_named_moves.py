"""A camera move that is only named is told as what the camera does, and its words count as said."""

from __future__ import annotations

import pytest

from tests.coaching import review


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "A push-in towards a lone tent, standing below a ridge.",
            "The camera pushes in towards a lone tent, standing below a ridge.",
        ),
        (
            "A tilt-up from the roots to the crown of an oak.",
            "The camera tilts up from the roots to the crown of an oak.",
        ),
        (
            "A handheld shot following a postman cycling through a village.",
            "The handheld camera follows a postman cycling through a village.",
        ),
        ("Slow tracking shot through a vineyard.", "The camera slowly tracks through a vineyard."),
        (
            "A lorry speeds down the pass, tracking shot.",
            "The lorry speeds down the pass. The camera follows the lorry.",
        ),
        ("Snow falls, masterpiece. Handheld camera for a raw feel.", "Snow falls. The handheld camera sways."),
    ],
)
def test_the_camera_does_what_was_named(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


def test_a_move_that_acts_itself_stays() -> None:
    assert review("A slow push-in reveals the gate.").rewrite.text == "A slow push-in reveals the gate."


def test_a_circle_goes_around_who_acts_and_not_around_the_shot() -> None:
    rewrite = review("Camera arc shot. A goose hisses at a fox.").rewrite
    assert rewrite.text == "The camera arcs slowly a few degrees around the goose. The goose hisses at a fox."


def test_what_a_sentence_means_is_not_listed_as_left_out() -> None:
    assert not review("The lorry speeds down the pass, tracking shot.").rewrite.removed


def test_a_flight_that_is_named_twice_is_told_once() -> None:
    rewrite = review("Fast FPV footage: The camera flies through a gorge.").rewrite
    assert rewrite.text == "The camera slowly glides forward through a gorge."


def test_a_speed_is_no_aim() -> None:
    assert "speed" not in review("Crash zoom at top speed into the crater.").rewrite.text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("Slow tilt down from the gate to the well", "The camera slowly tilts down from the gate to the well."),
        ("Slow dolly shot through a walled orchard", "The camera slowly dollies through a walled orchard."),
        (
            "A kettle spinning on a stand, soft camera push-in",
            "The kettle spins on a stand. The camera slowly pushes in.",
        ),
        (
            "Low angle tracking shot of a goat racing across a ridge.",
            "From a low angle, the camera follows the goat. The goat races across a ridge.",
        ),
        (
            "A silver brooch rotates slowly on felt. Slow 360-degree orbit. 4K premium quality",
            "The brooch rotates slowly on felt. The camera arcs slowly a few degrees around the brooch.",
        ),
    ],
)
def test_a_name_without_an_article_is_told_too(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


def test_the_camera_that_nobody_named_is_marked_as_the_coachs() -> None:
    rewrite = review("A truck right along a quay.").rewrite
    assert [span.text for span in rewrite.added] == ["camera"]


def test_a_move_with_no_link_behind_it_stays_as_it_is_named() -> None:
    assert "pans left a nun" not in review("slow pan left a nun in a grey coat").rewrite.text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("Slow macro dolly-in shot of a vase on a shelf.", "The camera slowly dollies in on a vase on a shelf."),
        (
            "A cinematic forward push-in shot moving steadily toward the gates of a mill",
            "The camera pushes in, moving steadily toward the gates of a mill.",
        ),
        (
            "Fog drifts past, slow camera pan across the ridge",
            "Fog drifts past. The camera slowly pans across the ridge.",
        ),
        (
            "The camera follows the heron in a smooth FPV drone shot, ultra detailed 4k.",
            "The camera follows the heron.",
        ),
    ],
)
def test_a_shot_is_said_by_its_move_and_its_aim(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


def test_footage_that_flies_is_a_flight_and_nobody_in_the_picture() -> None:
    text = review("a flying drone footage passing over a lake over a ridge").rewrite.text
    assert text == "The camera slowly glides forward over a lake and over a ridge."


def test_what_surrounds_is_no_thing_to_circle() -> None:
    assert (
        "around the tower" in review("The video is filmed in a 360-degree arc shot surrounding the tower.").rewrite.text
    )


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "A quick orbit around the vase, then rack focus to the background.",
            "Then the focus shifts to the background.",
        ),
        ("A quick orbit around the jug. Then pull focus to the door.", "Then the focus shifts to the door."),
        ("A quick orbit around the boat, then zoom in on the lantern.", "Then the camera zooms in on the lantern."),
        ("A fox trots in, then an FPV dive towards the den.", "Then the camera slowly descends toward the den."),
    ],
)
def test_a_command_behind_a_sentence_is_a_sentence_like_it(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text.endswith(said)
