"""A flight keeps its path when it is made small."""

import pytest

from studio.coach.cues.parse import parse
from studio.coach.review import Coach
from studio.coach.telling.meaning.flights import flights
from studio.presets import load_profiles
from studio.settings import Settings

PRESETS = Settings().presets
COACH = Coach(PRESETS)
SKETCH = load_profiles(PRESETS / "engines")["sketch"]


@pytest.mark.parametrize(
    ("prompt", "gentle"),
    [
        (
            "FPV drone dives down the dam, skims over the lake and flies through a gate",
            "The camera slowly glides down the dam, over the lake and toward a gate.",
        ),
        ("The camera flies through the jungle.", "The camera slowly glides forward through the jungle."),
        (
            "Drone shot flying over a lighthouse then descending into the harbour",
            "The camera slowly glides forward over a lighthouse and toward the harbour.",
        ),
        ("FPV shot chasing a motorbike", "The camera slowly follows a motorbike."),
        ("hyperlapse down a narrow alley", "The camera slowly glides forward along a narrow alley."),
        ("FPV, a train in the snow", "The camera slowly pushes in."),
        ("drone shot rising, surf rolls in", "The camera slowly rises."),
        ("Drone descends over the pier.", "The camera slowly descends over the pier."),
    ],
)
def test_a_flight_is_told_as_a_slow_glide_on_its_path(prompt, gentle):
    assert [flight.gentle for flight in flights(parse(prompt, COACH.vocabulary))] == [gentle]


def test_what_others_do_is_no_leg_of_a_flight():
    prompt = "FPV drone flies over the bay as whales jump, gulls circle the mast"
    (flight,) = flights(parse(prompt, COACH.vocabulary))
    assert flight.gentle == "The camera slowly glides forward over the bay."


def test_the_rewrite_marks_the_gentler_flight_and_passes_the_coachs_own_rules():
    review = COACH.review("Drone shot flying over a fort then descending into the yard", profile=SKETCH)
    assert review.rewrite.text == review.rewrite.added[0].text
    again = COACH.review(review.rewrite.text, profile=SKETCH)
    assert [finding.rule for finding in again.findings if finding.severity != "info"] == []


def test_a_leg_of_a_flight_is_no_beat_of_its_own():
    timeline = COACH.review("Drone shot flying over a fort then descending into the yard", profile=SKETCH).timeline
    assert [beat.layer for beat in timeline.beats] == ["camera"]
    assert timeline.beats[0].text == "The camera flies over a fort and descends into the yard."


def test_the_fix_puts_the_gentle_flight_in_place_of_all_its_legs():
    prompt = "FPV drone dives down the cliff and skims over the sea. Gulls circle."
    finding = next(f for f in COACH.review(prompt, profile=SKETCH).findings if f.rule == "aggressive-camera")
    assert finding.fixes[0].apply(prompt) == "The camera slowly glides down the cliff and over the sea. Gulls circle."


@pytest.mark.parametrize("prompt", ["", " ", "\n"])
def test_where_nothing_is_said_no_camera_wanders(prompt):
    assert all(beat.origin == "coach" for beat in COACH.review(prompt, profile=SKETCH).timeline.beats)
