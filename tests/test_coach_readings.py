"""Words that could be two things are read as the sentence has it, and the rewrite says no half of a phrase."""

import pytest

from tests.coaching import review


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("The judge lifts a hand with a calm, stern expression, ultra detailed, 8k.", "a calm, stern expression"),
        ("fur moves slightly in the wind, the wolf howls, masterpiece, 8k", "ur moves slightly in the wind."),
        ("An animated clip with a wide shot that tilts up slowly from the door. A bat flies past.", "tilts up"),
        ("portrait of a trapper, salt and pepper moustache, blinking, 8k", "The trapper blinks."),
        ("1boy, neon rain, torn coat, running toward the viewer, octane render", "The boy runs toward the viewer."),
        ("please to make the baker he is smile, camera no move", "The baker smiles."),
        (
            "the groom turn around slowly and the veil is flying, make it in slow motion",
            "The groom turns around slowly",
        ),
    ],
)
def test_a_rewrite_says_what_was_meant(prompt, told):
    assert told in review(prompt).rewrite.text


def test_a_participle_in_a_list_of_nouns_has_no_subject_there():
    text = review("A wide shot of a siege with soldiers, horses, and flying dragons, epic, 8k. The camera pans left.")
    assert "fly dragons" not in text.rewrite.text


def test_a_count_is_one_phrase():
    assert "goes 3, 2, 1" in review("the timer on the wall goes 3, 2, 1 and the runners leap").rewrite.text


def test_what_the_camera_does_beside_its_move_is_not_the_subjects():
    rewrite = review(
        "The camera slowly and smoothly dollies in toward the vase while gently orbiting from front to side, 8k, epic."
    ).rewrite
    assert "subject" not in rewrite.text.split("around")[0]


def test_a_clause_of_a_sound_is_not_told_without_it():
    prompt = "A man lifts his hat, ultra detailed, 8k. Soft room tone with the faint creak of leather as he moves."
    assert "He moves." not in review(prompt).rewrite.text


def test_a_static_shot_that_zooms_is_told_with_its_zoom_only():
    prompt = "An epic, static, close-up shot of a jar being filled, 8k. As it is poured, the camera zooms into the jar."
    assert "holds still" not in review(prompt).rewrite.text


@pytest.mark.parametrize(
    "prompt", ["dutch angle quickly rolls clockwise while he runs", "The camera slams into the gate."]
)
def test_a_roll_and_a_slam_are_big_moves(prompt):
    assert "aggressive-camera" in {finding.rule for finding in review(prompt).findings}
