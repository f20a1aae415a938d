"""Captions without a verb, telegrams, brackets and lists: sentences that a rewrite makes whole."""

from __future__ import annotations

import pytest

from tests.coaching import review


@pytest.mark.parametrize(
    "prompt",
    [
        "An old baker, dressed in white, lifts a tray.",
        "A man walking home sees a fox.",
        "Running water flows over the stones.",
        "A woman with hair blowing in the wind stands on a cliff.",
        "A guard at the gate below a security camera waves.",
    ],
)
def test_a_sentence_with_a_verb_is_left_alone(prompt: str) -> None:
    assert review(prompt).rewrite.text == prompt


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("Cat walks on roof", "The cat walks on the roof."),
        ("Robot walks through forest and finds flower", "The robot walks through the forest and finds the flower."),
        ("Old man sits on bench, pigeon lands on knee", "The man sits on the bench. The pigeon lands on the knee."),
        ("boy plays guitar on stage", "The boy plays guitar on stage."),
        ("LED sign flickers.", "The LED sign flickers."),
    ],
)
def test_a_telegram_gets_its_articles(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "A penguin waddles over the ice [camera: slow push in]. Snow falls.",
            "A penguin waddles over the ice. Slow push in. Snow falls.",
        ),
        ("A fox runs through a meadow (slow zoom in", "A fox runs through a meadow, slow zoom in."),
        ("The man waves at him.There is a dog that barks.", "The man waves at him. There is a dog that barks."),
        ('She says "Hello there."The child laughs.', 'She says "Hello there." The child laughs.'),
        ("A ship sails 🚢 in the storm.", "A ship sails in the storm."),
    ],
)
def test_no_mark_is_left_hanging(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("The girls dances on the stage and the boy clap", "The girls dance on the stage and the boy claps."),
        ("A bride and groom dance while guests throws petals", "A bride and groom dance while guests throw petals."),
    ],
)
def test_verbs_agree_with_who_does_it(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


@pytest.mark.parametrize(
    ("prompt", "kept"),
    [
        ("A guitarist plays on stage, background stays static", "The background stays static."),
        ("man holding umbrella, pouring rain, passing cars, 4k", "Rain pours. Cars pass."),
        ("Mood: calm. Style: watercolor. A heron stands in shallow water, rippling water around it.", "Water ripples."),
        ("At dusk a coupe drives along the coast, barns are on fire, 4k", "Barns are on fire."),
    ],
)
def test_what_happens_in_a_list_is_told(prompt: str, kept: str) -> None:
    assert kept in review(prompt).rewrite.text


def test_the_camera_does_nothing_that_is_somebodys() -> None:
    text = review(
        "The camera slowly tilts down, revealing the sailor on the quay wearing a torn coat, swinging his lantern "
        "overhead. He shouts and jumps, 4k, masterpiece."
    ).rewrite.text
    assert "tilts down, swinging" not in text


def test_what_a_move_is_for_is_nobodys_deed() -> None:
    text = review("The camera circles around the statue, highlighting the heroic spirit of the king. A flag waves.")
    assert "highlights" not in text.rewrite.text
