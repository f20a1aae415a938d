"""Captions, settings of other tools and lost moves: what a rewrite makes whole sentences of."""

from __future__ import annotations

import pytest

from tests.coaching import review

CAPTIONS = [
    ("a harbour at dawn, camera tilts down", "The camera tilts down."),
    ("The otter that cracks the shell and eats", "The otter cracks the shell and eats."),
    ("A drawing of a harbour the camera pans left", "The camera pans left."),
    ("Young baker in a white apron opens the oven.", "The young baker in a white apron opens the oven."),
    ("A woman in a long skirt walk across the square", "A woman in a long skirt walks across the square."),
    ("A leaf change from green to red", "A leaf changes from green to red."),
    ("Old lighthouse, tilt up.", "The camera tilts up."),
    ("She's slowly walking to the gate, 4k, masterpiece", "She's slowly walking to the gate."),
    ("Geese are seen crossing the pond.", "Geese cross the pond."),
    ("A nurse picks up the chart and sign it with a pen.", "A nurse picks up the chart and signs it with a pen."),
    ("A goat leaps onto a cart and then jump down.", "A goat leaps onto a cart and then jumps down."),
    ("A truck right along a quay.", "The camera trucks right along a quay."),
    ("A slow pedestal up past the shelves", "The camera slowly pedestals up past the shelves."),
    (
        "medium shot of two brothers and a sister building a sandcastle",
        "Two brothers and a sister build a sandcastle.",
    ),
    ("two kids on bikes racing each other down a hill", "Two kids on bikes race each other down a hill."),
    (
        "a woman holding a lantern walking through a cave",
        "A woman holds a lantern, walking through a cave.",
    ),
    ("A Running deer from forest to river", "A deer runs from forest to river."),
    ("very slowly opening flower in time lapse", "The flower opens very slowly in time lapse."),
    ("a goat standing on a roof filmed with a zoom out", "A goat stands on a roof. The camera zooms out."),
    ("a lone fox barking at the geese, snowing", "The fox barks at the geese. It snows."),
    ("trees on fire, wolves running", "Trees are on fire, wolves running."),
    ("A crash of waves against the pier, spray flying", "Waves crash against the pier, spray flying."),
    ("The man is laughing, clap hands.", "The man is laughing, clapping hands."),
    (
        "a guy in a blue cap looking at a girl in a blue cap on a train camera zooms",
        "The guy looks at a girl in a blue cap on a train. The camera zooms.",
    ),
    ("Zooming in on the lantern", "The camera zooms in on the lantern."),
    ("Slowly panning left across the shelf", "The camera slowly pans left across the shelf."),
    (
        "A fast zoom out from the pier where a fisherman is casting his line.",
        "The camera slowly zooms out from the pier. The fisherman casts his line.",
    ),
]
"""A caption, a telegram of the camera, and the sentence that it becomes."""


@pytest.mark.parametrize(("prompt", "said"), CAPTIONS)
def test_a_caption_becomes_a_sentence(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


@pytest.mark.parametrize(
    "prompt",
    [
        "A pair of foxes run across the field.",
        "The boy that the camera follows runs down the hill.",
        "A cook stirs the soup, and a waiter that waits yawns.",
        "A man watches kids run and jump off the pier.",
        "A truck drives right along a quay.",
        "A pan right reveals a harbour.",
    ],
)
def test_a_sentence_is_not_taken_for_a_caption(prompt: str) -> None:
    assert review(prompt).rewrite.text == prompt


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("a mill by the river -camera pan left -motion 2", "The camera pans left."),
        (
            "a goat runs down the hill -camera zoom in -gs 12 -ar 16:9",
            "The goat runs down the hill. The camera zooms in.",
        ),
        ("a goat runs -neg blur, text -camera zoom in", "The goat runs. The camera zooms in."),
        ("A goat runs down the hill --ar 16:9 --v 6", "A goat runs down the hill."),
    ],
)
def test_settings_of_other_tools_are_told_where_they_ask_for_a_move(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "a boy with red hair and a girl with a scarf run along the beach, 8k",
            "The boy and the girl run along the beach.",
        ),
        ("a couple of ducks are swimming on the lake, 8k", "A couple of ducks swim on the lake."),
        ("Milo picked up the rusty key and turned it over.", "Milo picks up the rusty key and turns it over."),
        ("The valley is breathtaking. A kite circles.", "The kite circles."),
        ("A beaver gnawing and excavating a tunnel", "The beaver gnaws and excavates a tunnel."),
        ("a beautiful south Indian lady turns and smiles, 8k", "The lady turns and smiles."),
        ("The baker's old dog sleeps and barks, 8k", "The baker's old dog sleeps and barks."),
        ("scenes of Lena feeding the hens, 8k", "Lena feeds the hens."),
    ],
)
def test_who_does_it_is_told_in_full(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        (
            "The camera pushes in. The woman is completely still. 8k",
            "The camera pushes in. The woman is completely still.",
        ),
        (
            "Whip pan from a fast horse galloping past to the crowd.",
            "The camera slowly pans. The horse gallops past to the crowd.",
        ),
        (
            "The boat sails on, 8k. Sound of ropes creaking in the wind, distant gulls.",
            "The boat sails on. Sound of ropes creaking in the wind, distant gulls.",
        ),
    ],
)
def test_what_was_wished_for_is_not_lost(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


def test_what_lost_its_verb_with_its_lettering_is_not_said() -> None:
    assert "in the hall" not in review("A green board displaying the word 'MENU' in the hall.").rewrite.text


def test_a_bare_camera_gets_its_article_in_a_prompt_that_is_good_already() -> None:
    assert review("Camera pans left. A dog runs.").rewrite.text == "The camera pans left. A dog runs."
