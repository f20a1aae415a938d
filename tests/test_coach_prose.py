"""Sentences put together read like prose."""

import pytest

from studio.coach.telling.wording.prose import also, lower_first, run_together
from studio.coach.vocabulary.load import load_vocabulary
from studio.settings import Settings

WORDS = load_vocabulary(Settings().presets / "vocabulary")


@pytest.mark.parametrize(
    ("sentences", "text"),
    [
        (["The cat sits.", "The cat jumps."], "The cat sits, then jumps."),
        (["The cat sits.", "The cat jumps.", "The cat runs."], "The cat sits, jumps, then runs."),
        (["The cat sits.", "The dog jumps."], "The cat sits. Then the dog jumps."),
        (["He turns.", "He walks to the door."], "He turns, then walks to the door."),
        (["The cat sits.", "Anna waves."], "The cat sits. Then Anna waves."),
        (["The sun sets.", "Stars appear.", "Rain falls."], "The sun sets. Then stars appear. After that, rain falls."),
        (["The door opens.", "Then the cat jumps."], "The door opens. Then the cat jumps."),
        (["", "The cat sits."], "The cat sits."),
    ],
)
def test_what_follows_is_said_to_follow(sentences, text):
    assert run_together([(sentence, True) for sentence in sentences], WORDS) == text


def test_two_things_done_at_once_make_one_sentence():
    assert also("The cat turns.", "The cat jumps.", WORDS) == ("The cat turns and jumps.", "")
    assert also("The cat turns.", "The dog jumps.", WORDS) == ("The cat turns.", "The dog jumps.")


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("The cat", "the cat"),
        ("Anna waves", "Anna waves"),
        ("I wave", "I wave"),
        ("NASA waves", "NASA waves"),
        ("Leaves fall", "leaves fall"),
    ],
)
def test_a_name_keeps_its_capital_inside_a_sentence(text, inside):
    assert lower_first(text, WORDS) == inside
