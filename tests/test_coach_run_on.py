"""Clauses that run together are parted where one ends, and nowhere else."""

import pytest

from studio.coach.cues.parse import parse
from studio.coach.review import Coach
from studio.coach.telling.mending.run_on import find_seams
from studio.settings import Settings
from tests.coach_prompts import PROMPTS

COACH = Coach(Settings().presets)


def parted(text):
    """The text with the missing marks in it, by the words behind them."""
    source = parse(text, COACH.vocabulary)
    words = source.reading.words
    return [(seam.mark, words[seam.index].text) for seam in find_seams(source)]


@pytest.mark.parametrize(
    ("text", "seams"),
    [
        ("the boy throws the stone it hits a bucket", [(".", "it")]),
        ("a nurse opens the curtain the sun shines in", [(".", "the")]),
        ("a nurse is standing in the snow she looks up", [(".", "she")]),
        ("lift doors closing he puts a foot between them", [(".", "he")]),
        ("the truck brakes tyres screech", [(".", "tyres")]),
        ("the bell rings pupils run outside", [(".", "pupils")]),
        ("a cook shakes the pan onions jump up", [(".", "onions")]),
        ("a mage lifts her wand fire leaps from the ground", [(".", "fire")]),
        ("the bull runs across sand dust rising behind it", [(",", "dust")]),
        ("she takes the parcel opens it and smiles", [(",", "opens")]),
        ("lava flows down the slope burns the trees", [("and", "burns")]),
    ],
)
def test_a_second_clause_is_parted_from_the_first(text, seams):
    assert parted(text) == seams


@pytest.mark.parametrize(
    ("text", "seams"),
    [
        ("slow pan left a lantern swings", [(".", "a")]),
        ('he whispers "run" she drops the lamp', [(",", "she")]),
        ('"Run," she whispers and turns away', []),
        ('He says "stay" and leaves.', []),
    ],
)
def test_a_clause_behind_a_camera_phrase_or_a_line_is_parted_too(text, seams):
    assert parted(text) == seams


@pytest.mark.parametrize(
    "text",
    [
        "A man who lives here opens the gate.",
        "She watches the dog run.",
        "Make the lanterns swing.",
        "He lets the rope slip through his hands.",
        "The old sailor ties a knot while gulls circle above the boat.",
        "A girl holding a balloon runs down the hill.",
        "As the train stops, people step out.",
        "The camera follows a man as he walks.",
        "Tracking shot following a fox as it runs.",
        "The crowd cheers and claps.",
        "Steam rises from the cup on the table.",
    ],
)
def test_a_sentence_that_is_whole_stays_whole(text):
    assert parted(text) == []


@pytest.mark.parametrize("prompt", PROMPTS, ids=[prompt[:30] for prompt in PROMPTS])
def test_prompts_with_their_marks_get_no_more(prompt):
    assert parted(prompt) == []
