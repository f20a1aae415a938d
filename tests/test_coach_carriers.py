"""Camera moves that no camera is named for: by the rig that makes them, or by a verb that opens a sentence."""

import pytest

from tests.coaching import review

MOVES = {
    "A gimbal move gliding right past the market stalls.": ["truck_right"],
    "Parallax slide to the left behind the curtains as a maid dusts a mirror.": ["truck_left"],
    "A slider shot from left to right, coffee beans in focus.": ["truck_right"],
    "Helicopter shot sweeping over the lagoon.": ["aerial_move"],
    "Easing back from the anvil.": ["dolly_out"],
    "Tilting from her sandals up to her crown.": ["tilt_up"],
    "Dolly alongside the goat.": ["tracking"],
    "The lens crawls forward toward the safe.": ["dolly_in"],
    "camera go with the sheep": ["tracking"],
    "A camera move circling the fountain.": ["orbit"],
    "The camera makes a gentle backward move away from the forge.": ["dolly_out"],
    "The camera slowly performs one steady anticlockwise orbit at chest height.": ["orbit"],
    "The camera employs a lazy upward drift.": ["pedestal_up"],
    "The camera tracks the sled at the husky's speed.": ["tracking"],
}
THEIRS = [
    "The jib crane lifts a container.",
    "Gliding through the reeds, a swan turns its head.",
    "A gimbal-mounted lamp on a desk.",
    "A nurse smiles. Push back the chair.",
    "He is easing back into his chair.",
    "Truck on a dusty road at dusk.",
    "Pan on a stove, oil hissing.",
    "Three lanterns orbit around the monk.",
]


@pytest.mark.parametrize(("prompt", "moves"), MOVES.items())
def test_a_rig_or_an_opening_verb_says_the_move(prompt: str, moves: list[str]) -> None:
    assert [beat.move for beat in review(prompt).camera] == moves


@pytest.mark.parametrize("prompt", THEIRS)
def test_what_somebody_does_with_the_same_words_is_theirs(prompt: str) -> None:
    assert not review(prompt).camera


@pytest.mark.parametrize("label", ["Motion", "Movement", "Main motion"])
def test_a_line_of_motion_may_be_of_what_is_filmed(label: str) -> None:
    told = review(f"Product: copper kettle. {label}: tea pours from the spout, steam curls. Camera: slow dolly in.")
    assert len(told.actions) == 2 and "Tea pours from the spout. Steam curls." in told.rewrite.text


def test_a_line_of_motion_that_names_nobody_is_of_the_camera() -> None:
    assert not review("Movement: rotate slowly around the car").actions


def test_keeping_somebody_in_focus_holds_no_camera_still() -> None:
    moves = review("The camera slides left, keeping the fiddler in focus.").camera
    assert [beat.move for beat in moves] == ["truck_left"]
