"""Verbs and nouns are ended as a careful author would have; what the author said is kept."""

import pytest

from studio.coach.telling.mending.endings import endings
from tests.coaching import COACH, SKETCH, review

MENDED = {
    "The cook is lift the lid and he smile, after he wipe it": ("The cook lifts the lid and he smiles."),
    "the puppy must to wake up and yawn": "The puppy wakes up and yawns.",
    "the nun she open the gate and wave to the boy": "The nun opens the gate and waves to the boy.",
    "the skater make three turn and after fall to the ice": "The skater makes three turns and then falls to the ice.",
    "I need video where the kettle is shake and the steam is rise": "The kettle shakes and the steam rises.",
    "don't make him jump, he should just walk off and look back": (
        "Don't make him jump. He just walks off and looks back."
    ),
    "the nun in the grey coat she lift the bell and everybody clap": (
        "The nun in the grey coat lifts the bell and everybody claps."
    ),
    "the goat it comes from the barn, climb on the wall, then run away": (
        "The goat comes from the barn, climbs on the wall, then runs away."
    ),
    "the nurse is open the curtain and look sad, camera go back": (
        "The nurse opens the curtain and looks sad. The camera goes back."
    ),
    "the clerk he wake up and press one key": "The clerk wakes up and presses one key.",
    "please do the goat running more fast and his ears flying in the wind": (
        "The goat runs faster and his ears fly in the wind."
    ),
    "please animate the photo so the maid smile and the water of the well is moving": (
        "The maid smiles and the water of the well is moving."
    ),
    "Instead of laughing she should frown and step back.": "Instead of laughing she frowns and steps back.",
}


@pytest.mark.parametrize(("prompt", "said"), MENDED.items())
def test_foreign_endings_are_mended_in_the_rewrite(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


@pytest.mark.parametrize(
    "prompt",
    [
        "The gate is open.",
        "Let it fall.",
        "Should he go, she waves.",
        "A three piece suit.",
        "The nun with the goat she loves walks home.",
        "Rack focus from the jar to the nun at the gate.",
        "A stone bridge over the river.",
        "A light beam from the tower sweeps the sea.",
        "The nun and her goat charge down the hill.",
        "Two deer run along the fence.",
        "She is open to ideas.",
        "The clowns turn, laugh and run to the sea.",
        "The girl smile lights up the room.",
    ],
)
def test_what_is_right_is_not_mended(prompt: str) -> None:
    assert not list(endings(COACH.context(prompt, profile=SKETCH).parse))
