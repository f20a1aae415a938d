"""What an author says of a camera move beside it stays said: where it ends, what it shows, that it never breaks."""

import pytest

from tests.coaching import review


def told(prompt):
    return review(prompt).rewrite.text


def reasons(prompt):
    return {gone.text: gone.reason for gone in review(prompt).rewrite.removed}


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "Quick pan: camera turns quickly to the left over a harbor, starting on a buoy and ending on a red crane.",
            "starting on a buoy and ending on a red crane",
        ),
        ("The camera quickly climbs over the dunes and ends on a lone tent.", "ends on a lone tent"),
        ("A drone shot rising slowly over the marsh, then holds", "holds"),
        ("Very fast push in on the violin, single unbroken take", "in a single unbroken take"),
        ("The camera quickly orbits the lamp. Constant height and distance.", "at a constant height and distance"),
        ("Super fast zoom out to reveal a walled garden, ponds in the distance.", "ponds in the distance"),
        ("Frantic zoom in on a magician, Odessa, and a rabbit.", "a magician, Odessa, and a rabbit"),
    ],
)
def test_a_move_that_is_made_calm_keeps_what_else_is_said_of_it(prompt, said):
    assert said in told(prompt)


def test_only_speed_and_amount_of_a_big_move_change():
    prompt = "Smooth 270 degree orbit around a brass kettle"
    assert told(prompt) == "The camera smoothly arcs a few degrees around the kettle."
    assert any(text.startswith("270 degree") and why == "too fast" for text, why in reasons(prompt).items())


@pytest.mark.parametrize(
    "prompt",
    [
        "Fast zoom-in: the camera zooms in quickly on the dial of a radio.",
        "Orbit-left: the camera circles fast around a marble fountain.",
        "A fast orbit around the piano. The camera circles slowly, revealing dusty keys.",
    ],
)
def test_a_move_that_is_named_and_then_told_is_told_once(prompt):
    assert told(prompt).lower().count("camera") == 1


def test_two_moves_in_order_are_told_both():
    assert told("Fast pan left across the desk, then the camera pans right to the door.").lower().count("pan") == 2


def test_what_a_move_goes_in_on_needs_no_preposition():
    assert told("fast zoom in lighthouse") == "The camera slowly zooms in on the lighthouse."
    assert told("smooth camera zoom to the lantern, epic, 8k") == "The camera zooms in to the lantern."


def test_a_tracking_shot_that_goes_backward_leads():
    assert "tracks backward ahead of him" in told("he strides toward us, snow falls, fast tracking shot backward")


def test_a_dive_becomes_a_slow_descent():
    assert told("FPV drone dives through the gorge at top speed") == "The camera slowly descends through the gorge."


def test_the_side_that_an_orbit_goes_to_is_kept():
    assert "clockwise around" in told("The camera rapidly orbits clockwise around a scarecrow")


def test_follow_alone_is_said_to_the_camera():
    assert told("follow. a sled rushing down a slope. 4K -motion 2").startswith("The camera follows the sled")


def test_from_where_it_is_seen_stays():
    said = told("An old ferryman rows to the pier, medium shot from behind, 8k, masterpiece, highly detailed")
    assert "seen from behind" in said


def test_a_fast_way_through_a_place_is_the_cameras():
    prompt = "Fast-moving tour through the flooded caves of a hidden island, masterpiece, 4k"
    assert told(prompt) == "The camera slowly glides forward through the flooded caves of a hidden island."


def test_where_a_move_starts_and_ends_is_no_cut():
    prompt = "The camera pans right, starting on a row of boots and ending on an open gate."
    assert "multiple-shots" not in {finding.rule for finding in review(prompt).findings}


def test_an_effect_that_names_the_move_is_not_told_as_another() -> None:
    text = review("The camera orbits around the skater frozen in mid-leap. Bullet time effect.").rewrite.text
    assert text.count("The camera") == 1
    assert "around the skater" in text
