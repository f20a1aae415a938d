"""A camera move that is said twice is one, and the rig of a move is no move."""

import pytest

from tests.coaching import review

MOVES = [
    ("A steadicam arc shot of a drummer.", ["orbit"]),
    ("The camera rises on a jib above the quay.", ["crane"]),
    ("Slow pan right over the bay. The camera rotates on its tripod.", ["pan_right"]),
    ("Crash zoom, a rapid zoom into the lock.", ["crash_zoom"]),
    ("The camera pans left past the shelves. Ten years in one slow pan.", ["pan_left"]),
    ("A drone shot flying low over the dunes, moving toward the sun.", ["aerial_move"]),
    ("The camera dollies back while zooming in on the clerk.", ["dolly_zoom"]),
    ("A vertigo effect: the camera pushes in and zooms out.", ["dolly_zoom"]),
    ("Shaky handheld camera, its movement erratic.", ["handheld"]),
    ("The camera slowly rises while orbiting the car.", ["orbit", "pedestal_up"]),
    ("A toad in the reeds. -camera pan left up", ["pan_left", "tilt_up"]),
]
NONE = [
    "A gull flies far from the camera lens and moves its wings.",
    "A skater does a 360-degree spin.",
    "Black helicopter flying at high speed.",
    "A canted angle, camera tilted 15 degrees.",
    "Zero camera shake.",
    "Only the plate turns. No camera movement, zoom, shake.",
]


@pytest.mark.parametrize(("prompt", "moves"), MOVES)
def test_a_move_is_found_once(prompt: str, moves: list[str]) -> None:
    assert sorted({move.move for move in review(prompt).camera} - {"static"}) == moves


@pytest.mark.parametrize("prompt", NONE)
def test_what_is_no_move_of_the_camera_is_none(prompt: str) -> None:
    assert [move.move for move in review(prompt).camera if move.move != "static"] == []


@pytest.mark.parametrize(
    ("prompt", "move"),
    [
        ("The camera moves vertically from top to bottom.", "pedestal_down"),
        ("The camera tilts up from the boots on the ground to his hat.", "tilt_up"),
        ("The camera seems to continually move forward.", "dolly_in"),
        ("The camera goes to one of the pupils.", "dolly_in"),
        ("Camera rotating 15° around the vase.", "orbit"),
        ("Aerial shot around the mill.", "aerial_move"),
        ("A push-in through an open hatch.", "fly_through"),
        ("A baker kneads dough on a long floured table; then the camera slowly pushes \nforward, calm.", "dolly_in"),
    ],
)
def test_where_a_move_leads_is_read(prompt: str, move: str) -> None:
    assert [found.move for found in review(prompt).camera] == [move]


def test_the_verbs_of_a_sentence_without_a_subject_are_the_cameras_that_moved_before() -> None:
    found = review("The camera descends toward the mask. Starts overhead, settles low. Paint flakes off.")
    assert len(found.actions) == 1


def test_a_crane_that_reveals_what_the_still_lacks_is_a_big_move() -> None:
    rules = {finding.rule for finding in review("The camera cranes up to reveal the whole valley.").findings}
    assert "aggressive-camera" in rules
    assert "aggressive-camera" not in {f.rule for f in review("The camera cranes up a little.").findings}


def test_a_tracking_shot_that_is_fast_itself_is_a_big_move() -> None:
    assert "aggressive-camera" in {f.rule for f in review("A rapid tracking shot of otters on a slide.").findings}
    assert "aggressive-camera" not in {f.rule for f in review("The camera quickly follows the runner.").findings}


def test_a_label_at_the_start_of_a_line_is_no_motion() -> None:
    found = review("Opening: a quiet lane. Reveal: a shutter rattles up.")
    assert [action.span.text for action in found.actions] == ["rattles up"]
