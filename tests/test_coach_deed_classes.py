"""Which words are deeds that must be seen, by the grammar that they stand in."""

from __future__ import annotations

import pytest

from tests.coaching import review

DEEDS = [
    # A pronoun in front makes a form of the past a deed.
    ("She boarded crowded trams and hurried deep into the old town.", ["board", "hurry"]),
    # One thing with its article does what could be a plural.
    ("A torn paper flies past the window.", ["fly"]),
    ("Butterflies and flies near a lamp.", []),
    # What only describes: behind a hyphen, in a row of adjectives, as the lie of the land.
    ("A breath-taking harbour at dusk.", []),
    ("A heron stands by a narrow, babbling stream.", []),
    ("The backdrop shows rolling hills and a mill.", []),
    ("A tiled grid extends to the horizon.", []),
    ("A rider crosses rolling hills.", ["cross"]),
    # How something is held or rests.
    ("The lantern is held up by an iron hook.", []),
    ("Its tail wags, mouth open.", ["wag"]),
    ("Petals are floating on the pond.", []),
    ("A bottle floats down the river.", ["float"]),
    ("A crown floats above his head.", []),
    ("Cheeks lit up by the screen.", []),
    ("A scout takes in the view.", []),
    ("A soldier guards the gate.", []),
    ("A badger is hiding behind the shed, then it bolts.", ["bolt"]),
    ("The girl hides behind the curtain.", ["hide"]),
    # What is meant, said or wished is not yet done.
    ("A baker decides to close his shop.", []),
    ("The spring is said to heal wounds.", []),
    ("To warm the child, the nurse lights a stove.", ["light"]),
    ("The gardener means to dig.", []),
    ("Turn this portrait into a short clip, the woman blinks.", ["blink"]),
    ("Turn the wheel to the left.", ["turn"]),
    # Letters and shapes come together.
    ("Birds gather to form a word.", ["gather", "form"]),
    ("Sparks swirl, forming the letter K.", ["swirl", "form"]),
    ("Ten dancers are forming a line.", ["form"]),
    ("Lanterns hang over the quay, forming a chain of light.", []),
    # What somebody does it with moves too; what only stands by does not count again.
    ("The log is split by a falling axe.", ["split", "fall"]),
    ("A goat trots over the field. As it runs, a gate opens.", ["trot", "open"]),
    ("A man strolls home. As he walks, he whistles.", ["stroll", "whistle"]),
    ("The kite sinks. The balloon sinks.", ["sink", "sink"]),
    # A line that only wraps goes on.
    ("A clerk opens the ledger,\nthen leans over a\nlong column of figures.", ["open", "lean"]),
    ("0-2 s: turns slowly. 2-5 s: lifts the lid.", ["turn", "lift"]),
    # A deed in the form of a noun or an adjective.
    ("A crow hops on the wall while chewing twigs.", ["hop", "chew"]),
    ("A goose arrives and starts pecking at the bread.", ["arrive", "peck"]),
    ("A serpent made of smoke flies between the towers.", ["fly"]),
    ("Dough being prepared on a board.", ["prepare"]),
    # Light that only falls on something, and what is only heard.
    ("Golden light painting the hills, clouds drifting.", ["drift"]),
    ("Sunlight catches her face as she nods.", ["nod"]),
    ("Tyres screech, the wind howls, a van skids.", ["skid"]),
    ("The gate creaks open.", ["creak"]),
    ("The clanging of pans, a cook stirs.", ["stir"]),
    ("The owl's piercing eyes in the dark.", []),
    ("The chapel is constructed of grey stone.", []),
    ("The scene freezes.", ["freeze"]),
    # Whoever is made to do it does it; what is named behind a deed counts beside it.
    ("Make the clerk smile.", ["smile"]),
    ("He gives a firm nod and subtle smirk.", ["give", "smirk"]),
]

CROWDED = [
    "A throws a jab → B steps aside → B answers with a hook → A falls.",
    "Scene 1: a tailor cuts cloth. Scene 2: he sews a sleeve. Scene 3: a customer tries the coat on.",
    "Signs flicker on. Steam billows. A shutter rises. Rain falls. A tram arrives. The street turns gold.",
    "Start in a market — WHIP PAN RIGHT — a harbour — WHIP PAN RIGHT — a tower — WHIP PAN RIGHT — a field.",
]
ENOUGH = [
    "The mare strolls over the grass, then pauses to drink.",
    "A puppy is dancing and wagging its tail, several other puppies are dancing behind it.",
    "A jingle, followed by a reporter who smiles.",
    "The child looks up, then laughs. Soft light catches her cheek.",
]


@pytest.mark.parametrize("prompt", CROWDED)
def test_steps_counted_off_in_any_notation_are_too_many(prompt: str) -> None:
    assert "too-many-actions" in {finding.rule for finding in review(prompt).findings}


@pytest.mark.parametrize("prompt", ENOUGH)
def test_what_is_one_step_in_two_words_is_not_too_many(prompt: str) -> None:
    assert "too-many-actions" not in {finding.rule for finding in review(prompt).findings}


@pytest.mark.parametrize(("prompt", "lemmas"), DEEDS)
def test_a_deed_is_told_by_its_grammar(prompt: str, lemmas: list[str]) -> None:
    assert [action.lemma for action in review(prompt).actions] == lemmas
