"""Camera work in loose words: flags of other tools, travellings, flights that nobody is named for."""

from __future__ import annotations

import pytest

from tests.coaching import review

MOVES = [
    # Nothing but a way: flags of other tools, and a side said behind the camera.
    ("A lighthouse on a cliff -camera clockwise", ["roll_cw"]),
    ("—camera ccw —motion 2 a tin robot waves", ["roll_ccw"]),
    ("A lighthouse --camera counterclockwise", ["roll_ccw"]),
    ("A tin robot waves, camera rotate acw", ["roll_ccw"]),
    ("A tin robot waves, camera to the left -motion 2", ["truck_left"]),
    ("A tin robot waves, camera up slowly", ["pedestal_up"]),
    ("A tin robot waves, camera backwards", ["dolly_out"]),
    ("A child stands to the left of the camera.", []),
    ("The man puts the camera down on the table.", []),
    ("The crowd looks up at the camera, right hands raised.", []),
    # A pan that goes out is a zoom; a pan back is a pan.
    ("The camera pans out until the valley shows.", ["zoom_out"]),
    ("A teapot on a table, pan out", ["zoom_out"]),
    ("The camera pans in on the teapot.", ["zoom_in"]),
    ("The camera pans in a slow arc over the room.", ["pan"]),
    ("The camera pans to and fro, back and forth.", ["pan"]),
    ("Things pan out well for the farmer, he nods.", []),
    # Round a thing is an orbit, whichever way the hands of a clock go; by itself the camera rolls.
    ("The camera rotates clockwise around the tower.", ["orbit"]),
    ("The camera turns counterclockwise around a bride.", ["orbit"]),
    ("The camera rotates clockwise.", ["roll_cw"]),
    # Upright.
    ("The camera goes vertically from cellar to attic.", ["pedestal_up"]),
    ("The camera moves vertically down.", ["pedestal_down"]),
    # A move that is named with its pace.
    ("A van at night, zoom fast", ["zoom"]),
    ("A van at night, pan slowly", ["pan"]),
    ("The cook puts the pan fast on the stove.", []),
    # All the way round.
    ("A 360° view of the temple.", ["orbit"]),
    ("360 degree drone flight around the tower.", ["aerial_move", "orbit"]),
    ("360 degrees camera movement around a motorbike.", ["orbit"]),
    ("The camera moves in a circle around the fountain.", ["orbit"]),
    ("The owl turns its head 360 degrees.", []),
    ("A 360 video of a market square.", []),
    # Flights out of somebody's eyes, from a drone, and of nobody.
    ("A first-person view soars over the dunes.", ["fpv"]),
    ("POV shot flying over a lake.", ["fpv"]),
    ("POV of a drone gliding over a harbour.", ["fpv"]),
    ("First-person perspective of hands flying a kite.", []),
    ("POV of a passenger in a plane, clouds flying past.", []),
    ("Filmed from a drone flying along the coast.", ["aerial_move"]),
    ("Aerial shot of a drone racing over the pines.", ["aerial_move"]),
    ("A close-up of a drone landing on a roof.", []),
    ("Aerial shot moving through an empty factory.", ["fly_through"]),
    ("Drone footage flying through a gorge, flying low.", ["fly_through"]),
    ("Racing towards the horizon on a salt flat.", ["fast_move"]),
    ("Being pulled through a wormhole.", ["fly_through"]),
    ("Racing down the hill, a boy laughs.", []),
    ("Walk forward down the lane, shoppers drift by.", ["dolly_in"]),
    ("Steady walk forward down the lane into the wood, ferns sway.", ["dolly_in"]),
    ("Handheld walk forward along the pier.", ["dolly_in", "handheld"]),
    ("Strolling slowly along the canal.", ["dolly_in"]),
    ("Walk through the gate.", ["fly_through"]),
    ("Walk down the lane and wave.", []),
    ("Walk down the lane, then he turns around.", []),
    ("Riding along the shore on a pony.", []),
    ("Walking into the surf, a girl laughs.", []),
    ("Flying over the fence, the horse tucks its legs.", []),
    ("A leaf is sucked into a drain.", []),
    # In a hurry, wherever it goes.
    ("Fast camera speed, a subway tunnel.", ["fast_move"]),
    ("A subway tunnel, camera moves dynamically.", ["fast_move"]),
    ("The camera moves fast toward the tower.", ["dolly_in"]),
    ("Captured by a high-speed camera, milk splashes.", []),
    # In and out between things.
    ("A handheld shot weaving through the crowd.", ["fly_through", "handheld"]),
    ("The camera snakes through the pipes.", ["fly_through"]),
    ("Handheld shot of a waiter weaving between tables.", ["handheld"]),
    ("The camera moves through a fair, following two girls.", ["tracking"]),
    # Travellings, zooms at somebody, turns toward something.
    ("Camera travelling, a corridor of mirrors.", ["tracking"]),
    ("Camera travelling forward.", ["dolly_in"]),
    ("A nurse in a corridor, zoom eyes.", ["zoom_in"]),
    ("A zoom lens lies on a desk.", []),
    ("A quiet harbour. Cinematic pan", ["pan"]),
    ("Zoom in and out on a clock.", ["zoom_in", "zoom_out"]),
    ("The camera turns toward the door.", ["pan"]),
    ("The camera shifts, and a cellar shows.", []),
    ("She turns toward the door.", []),
    ("Following two nuns down a corridor.", ["tracking"]),
    ("Following a recipe, the cook adds salt.", []),
    # What somebody or something else does.
    ("The eagle should circle around the tower.", []),
    ("The planets will orbit around the star.", []),
    ("The camera should circle around the tower.", ["orbit"]),
    ("A security camera pans left and right in the corner.", []),
    ("Screens on a wall: weather, static, a quiz show, the camera orbits them.", ["orbit"]),
    ("A camera shooting from below, a tall tower.", []),
    ("A truck left the station.", []),
    # "It" behind a camera that nobody else could be.
    ("The camera pans over the ruins. As it moves closer, a lizard runs.", ["dolly_in", "pan"]),
    ("The camera circles a tower. As it goes clockwise, sand shifts.", ["orbit"]),
    ("The camera zooms in on a kitten. As it turns, it yawns.", ["zoom_in"]),
    ("A kite flying over the roofs.", []),
    ("Follow striped kitten through the barn.", ["tracking"]),
    ("A fortress, drone flying above", ["aerial_move"]),
    ("A 360 camera around the fortress.", ["orbit"]),
    ("The camera moves quickly through the corridor.", ["fly_through"]),
]


@pytest.mark.parametrize(("prompt", "moves"), MOVES)
def test_camera_work_in_loose_words_is_told_from_what_others_do(prompt: str, moves: list[str]) -> None:
    assert sorted({move.move for move in review(prompt).camera}) == moves


def test_a_drone_that_goes_on_and_on_makes_more_than_one_leg() -> None:
    said = "Shot with a drone, climbing along the cliff, then racing over the sea, then diving to a ship."
    assert "too-many-actions" in {finding.rule for finding in review(said).findings}
