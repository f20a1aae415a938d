"""What a prompt tells of and nobody sees happen: music, guesses, gazes, postures, colours; and what is told twice."""

from __future__ import annotations

import pytest

from tests.coaching import review

DEEDS = [
    # What is heard, unless it is seen as well.
    ("A clerk stamps a letter as slow piano music plays.", ["stamp"]),
    ("A pianist plays a waltz.", ["play"]),
    ("A farmer sows, sparrows chirping.", ["sow"]),
    ("Spoons clink, a waiter bows.", ["bow"]),
    # A guess, and what led to the picture.
    ("A boy sits in the attic; he might be hiding a letter.", []),
    ("Could you make the boy wave?", ["wave"]),
    ("Two clerks at a desk. They have been arguing all night.", []),
    # Where somebody looks; eyes that move do move.
    ("The sailor's gaze locks onto the reef.", []),
    ("Her gaze drops.", ["drop"]),
    ("His eyes fall shut.", ["fall"]),
    # A posture, unless it goes with a deed.
    ("Two friends on a bench, leaning close.", []),
    ("The nurse leans forward.", ["lean"]),
    # Colours of the light, and patterns that lie together.
    ("Medium shot of a clerk. Warm overhead light. She nods.", ["nod"]),
    ("A carpet with dots and stripes blending softly.", []),
    ("Silks that shimmer in the sun.", []),
    ("A shaft of light cuts across the barn.", []),
    ("A cook cuts across the yard.", ["cut"]),
    ("Motes float in the sunbeams streaming through the skylight.", ["float"]),
    # What goes by the camera, and what the camera goes on to do.
    ("The camera dollies forward through the library, shelves passing on each side.", []),
    ("The camera rockets up past sharp cliffs, riding the wind, then tilts down to a harbour.", []),
    ("The camera holds still, the porter slowly and firmly waves his cap.", ["wave"]),
    ("The camera slowly zooms in, smiling softly.", ["smile"]),
    # How hard it is, and what somebody is deep in.
    ("A rower pushes himself through the last mile.", []),
    ("A rower pushes himself up.", ["push"]),
    ("A clerk sits at a desk, immersed in reading.", []),
    # Nouns that could be verbs.
    ("Two hikers trudge over deep snow drifts in a row.", ["trudge"]),
    ("Velvet curtains with tassels on curtain edges, dust floating.", ["float"]),
    ("Tree leaves and ferns softly move.", ["move"]),
    ("A train leaves.", ["leave"]),
    # Likened to it.
    ("Light falls into the cellar like a door is opening.", []),
    # Told twice.
    ("An old dog sleeps on the rug and breathes, its chest rises.", ["breathe"]),
    ("The chest rises slowly.", ["rise"]),
    ("Two sailors share a kiss, lips meeting.", ["share"]),
    ("A ghost floats, vanishing and reappearing.", ["float", "vanish"]),
    ("A toy car moves on a board, travelling from left to right.", ["move"]),
    ("Masons dig a ditch. The masons move in fast motion.", ["dig"]),
    ("Masons dig a ditch. The masons move the stones.", ["dig", "move"]),
    ("She wears a red coat and carries a green bag.", []),
    ("A porter carries a trunk.", ["carry"]),
    # Deeds that were taken for states.
    ("An old cook walks up to the stool and sits on it.", ["walk", "sit"]),
    ("An old cook sits on a stool.", []),
    ("A maze of rapidly growing roots.", ["grow"]),
    ("Smoke and steam coming from a chimney.", ["come"]),
    ("Newton makes a funny face.", ["make"]),
    ("A wide shot of a family setting up a tent.", ["set up"]),
]


@pytest.mark.parametrize(("prompt", "deeds"), DEEDS, ids=[prompt for prompt, _ in DEEDS])
def test_only_what_is_to_be_seen_is_a_deed(prompt: str, deeds: list[str]) -> None:
    assert [action.lemma for action in review(prompt).actions] == deeds
