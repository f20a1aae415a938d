"""Ways of saying what the camera does: through whose eyes, about whom, and what is none of its moves."""

from __future__ import annotations

import pytest

from tests.coaching import review

MOVES = [
    ("POV of a mountain biker racing down a muddy trail.", ["fpv"]),
    ("First-person view of sprinting across a rooftop, hands pumping.", ["fpv"]),
    ("In first-person perspective our camera glides over a frozen fjord.", ["aerial_move", "fpv"]),
    ("POV shot of a passenger looking out of a train window.", []),
    ("First-person view of hands shaping a bowl.", []),
    ("First-person view of Platform 3 at rush hour.", []),
    ("POV of a surfer riding inside a wave.", ["fpv"]),
    ("First person view running through a corn maze.", ["fpv"]),
    ("POV shot, a nurse runs towards the bed.", []),
    ("The camera pans around her as she sings.", ["orbit"]),
    ("The camera pans around the empty kitchen.", ["pan"]),
    ("The camera pans around the old fisherman.", ["orbit"]),
    ("Camera moves from right to left along the shelf of jars.", ["truck_left"]),
    ("Trucking shot from right to left past the stalls.", ["truck_left"]),
    ("Slow pan right-to-left over the harbour.", ["pan_left"]),
    ("The camera drifts higher above the rice terraces.", ["pedestal_up"]),
    ("[Shake] A truck rumbles over the bridge.", ["handheld"]),
    ("[Static shot] A heron waits in the reeds.", ["static"]),
    ("Shake the snow globe, flakes swirl.", []),
    ("The camera keeps pushing in on the dial.", ["dolly_in"]),
    ("A static subject, the camera orbits slowly.", ["orbit"]),
    ("Static background, the camera dollies in on the violinist.", ["dolly_in"]),
    ("A slow push-in on the letter, no camera shake.", ["dolly_in"]),
    ("The camera withdraws to reveal a workshop and tilts up to the rafters.", ["dolly_out", "tilt_up"]),
    ("The camera tilts down, showing his boots, then pans left.", ["pan_left", "tilt_down"]),
    ("The camera retreats to show a boy who follows a goose.", ["dolly_out"]),
    ("The camera shifts to a low angle as the horse rears.", []),
    ("The camera turns to the window.", ["pan"]),
    ("The view of a lighthouse which slowly zooms out.", ["zoom_out"]),
    ("A drone which zooms past the tower.", []),
    ("A moth that zooms around the lamp, close-up shot.", []),
    ("Execute a smooth pan left across the desk.", ["pan_left"]),
    ("Perform a gentle tilt up while pushing in on the clock.", ["dolly_in", "tilt_up"]),
    ("A dancer performs a tilt and a spin.", []),
    ("The camera orbits the bust. The camera moves smoothly.", ["orbit"]),
    ("The camera tilts up the tower. As the camera travels, swifts pass.", ["tilt_up"]),
    ("The camera moves to the left in a slow pan.", ["pan_left"]),
    ("A low flight gliding over the delta.", ["aerial_move"]),
    ("A flight of geese passing over the barn.", []),
    ("A flight of stairs, a cat runs up.", []),
    ("A container hoisted on a crane above the quay.", []),
    ("Filmed on a crane, rising over the crowd.", ["crane"]),
    ("The camera weaves through the traffic, avoiding falling crates.", ["fly_through"]),
    ("Camera 360 around the statue.", ["orbit"]),
    ("A camera 360, studio light.", ["orbit"]),
    ("Extremely slow zoom in on the pearl.", ["zoom_in"]),
    ("A night ride on a roller coaster, first person POV.", ["fpv"]),
    ("Steady tracking of a courier on the pavement.", ["tracking"]),
]


@pytest.mark.parametrize(("prompt", "moves"), MOVES)
def test_a_camera_move_is_read_however_it_is_said(prompt, moves):
    assert sorted({found.move for found in review(prompt).camera}) == moves


BIG = [
    "Handheld camera follows a thief sprinting through the souk.",
    "A handheld tracking shot of a postman running to the gate.",
    "Frantic handheld camera in a crowded stairwell.",
    "The camera descends through the clouds onto a village.",
    "The camera descends into a flooded mine.",
    "Crane shot from ground level up to the skyline.",
    "A crane shot through the vineyard at noon.",
    "The camera quickly pans left over the river.",
    "POV of a skier racing down a slope.",
    "The camera pans around the bride as she laughs.",
    "Fast zoom camera, crowd, -camera zoom in",
    "The camera cranes up, revealing a city beyond the wall.",
    "A roller coaster ride in first person view.",
    "The camera pedestals up into the canopy.",
]
SMALL = [
    "A handheld camera follows a nun walking in a cloister.",
    "Shaky camcorder shot of a birthday party, children clap.",
    "The camera descends slowly beside the staircase as a cat yawns.",
    "The camera rises from the fountain as pigeons take off.",
    "Crane up over the choir as they sing.",
    "Extremely slow dolly in on the sleeping dog, its ears twitch.",
    "The camera pans left over a fast-flowing river.",
    "The camera pans around the attic.",
    "The camera retreats and reveals a whole orchard.",
    "Jib shot of a shepherd, wind blowing through his coat.",
]


def aggressive(prompt: str) -> bool:
    return any(finding.rule == "aggressive-camera" for finding in review(prompt).findings)


@pytest.mark.parametrize("prompt", BIG)
def test_a_move_that_leaves_the_still_behind_is_warned_of(prompt):
    assert aggressive(prompt)


@pytest.mark.parametrize("prompt", SMALL)
def test_a_move_within_the_still_is_left_alone(prompt):
    assert not aggressive(prompt)
