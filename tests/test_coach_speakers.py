"""What is said keeps who says it: tags in brackets, lines without marks, lines that have no room."""

from __future__ import annotations

import pytest

from tests.coaching import review


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ('[Waiter, trembling voice]: "I am so sorry."', 'The waiter says in a trembling voice: "I am so sorry."'),
        ('[Captain Rao, shouting]: "Hold the line!"', 'Captain Rao shouts: "Hold the line!"'),
        ('[Character B: Nora, eyes wet]: "Stay."', 'Nora, eyes wet, says: "Stay."'),
        ('The presenter (smiling): "Hello everyone!"', 'The presenter smiles and says: "Hello everyone!"'),
        (
            'Woman (whispering): "Keep still." A wolf walks past.',
            'The woman whispers: "Keep still." A wolf walks past.',
        ),
        ("[Man, crying]: I lost it all. He kneels.", 'The man cries: "I lost it all." He kneels.'),
        (
            'An aunt telling a story by the fire: "Once there was a fox." The fire crackles.',
            'The aunt tells a story by the fire: "Once there was a fox." The fire crackles.',
        ),
        ("A boy waves and says: Hello, I am Tim.", 'A boy waves and says: "Hello, I am Tim."'),
        (
            'A nun in a grey coat, who holds a sign that says "Taxi" and says: I am late.',
            'The nun holds a sign and says: "I am late."',
        ),
    ],
)
def test_a_line_stands_in_a_sentence_with_its_speaker(prompt: str, said: str) -> None:
    assert review(prompt).rewrite.text == said


def test_a_line_goes_for_the_reason_of_its_verb() -> None:
    told = review('A robot turns to the viewer, lifts its hand and announces "I am awake".')
    assert {one.text: one.reason for one in told.rewrite.removed} == {
        "announces": "next shot",
        "I am awake": "next shot",
    }
    assert "I am awake" in told.next_shot


def test_the_first_shot_of_a_sheet_of_several_is_told_with_its_speech() -> None:
    sheet = (
        "Main Prompt: A quarrel in a garage.\n\nMulti-shot Prompt 1: Wide view, a boy slams the hood.\n"
        '[Character A: Boy, low voice]: "Enough." (Duration: 3s)\n\nMulti-shot Prompt 2: Wide view, the man leaves.'
    )
    told = review(sheet).rewrite
    assert told.text == 'The boy slams the hood. The boy says in a low voice: "Enough."'
    reasons = {one.text: one.reason for one in told.removed}
    assert reasons["Duration: 3s"] == "said to the machine"
    assert "another shot" in reasons.values() and "leaves" not in told.text
