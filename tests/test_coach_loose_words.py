"""Flags on loosely worded prompts: lights that take on a colour, openings, lettering, long deeds, and their traps."""

from __future__ import annotations

import pytest

from tests.coaching import review

FLAGGED = {
    "stylised-lighting": [
        "The lights turn violet as the singer bows.",
        "The room turns crimson, a phone rings on the table.",
        "Lit by mauve, amber, and cyan, a lab hums.",
        "The lighting should be dim, eerie and cold.",
        "Ominous lighting, a door creaks open.",
        "In the manner of German expressionism, a nurse lifts a lamp.",
        "An old radio with violet background light hums.",
    ],
    "multiple-shots": [
        "The clip begins with a shot of a baker kneading. Then she serves cake to guests in a garden.",
        "A van driving through various city and desert environments.",
        "An orchard in autumn, then winter, then spring, a gate swings.",
        "A sneaker ad set in a variety of urban and mountain landscapes.",
        "Lanterns drift over a lake. Fade into a kitchen where a cook stirs soup.",
    ],
    "fine-text": [
        "A shield labelled fit for duty, a knight nods.",
        "A shop with a sign on its front with Greek writing, a cat yawns.",
        "A card with a birthday message, candles flicker.",
        "Sparks gather into glowing letters.",
        "Ants form a word on a plate.",
        "A book titled the hollow tree, a hand opens it.",
    ],
    "too-many-actions": [
        "A girl wakes up and makes coffee in a small kitchen.",
        "A couple sets up a tent and builds a campfire.",
        "A man is exercising, then he suddenly starts making lunch.",
        "A boy holds out his hand. She lifts a ribbon from a box. As she ties the ribbon, their eyes meet.",
        "Gulls circle a quay. A boat rocks, ropes swing. The scene cuts to a market. A cook stirs soup, a boy runs "
        "by and steam rises.",
        "A cat, a kettle, and a broom are rowing a boat. The cat drums on it, the kettle whistles, the broom falls and "
        "the boat turns over.",
    ],
    "no-motion": [
        "A mouse trapped in a teapot.",
        "A woman in a flowing gown.",
        "A courtyard with walls of cascading ivy.",
        "A barn stands in a field, its red paint faded to a rustic charm.",
        "A sleeping cat.",
        "A house with a sign with Latin writing on it.",
        "A mug with a drawing of a running fox.",
        "A green sign above a path to leave the building.",
    ],
}
QUIET = {
    "stylised-lighting": [
        "The traffic light turns red and a car stops.",
        "A goat walks, green background, diffused light.",
        "The low sun throws dramatic shadows over the stones.",
        "As the sun dips, the roofs glow in its last light.",
        "Lit by candles, a red curtain sways.",
        "The lights turn on, a cat wakes.",
        "She turns off the lights and goes to the red door.",
    ],
    "multiple-shots": [
        "The film opens on a shot of a harbour. The camera gently pans out over the town.",
        "Fade into a wide view of a bakery, its sign swings.",
        "Slow fade in on a lake, a swan turns.",
        "The hue of the stream shifts, transitioning into a deep, rusty red.",
        "A map with different countries lies on a desk, a hand points.",
    ],
    "fine-text": [
        "Jars labelled and stacked on a shelf, a cat jumps.",
        "A clerk turns to his letters and sighs.",
        "Her lips form words of comfort.",
        "A boy sends a message to his mother and smiles.",
        "A Latin dancer spins.",
    ],
    "too-many-actions": [
        "A monkey breakdancing, spinning on its head and flipping over.",
        "A herd of ponies grazes by a ditch. They lift their heads, trot and shake their manes.",
        "She makes coffee and smiles.",
        "A girl wakes up and yawns.",
        "A baker bakes bread while a clerk cleans the counter.",
        "As she pours tea, steam rises. She smiles.",
    ],
    "no-motion": [
        "A robot in the cockpit of a plane, piloting the aircraft, bright light.",
        "A pencil drawing a floor plan.",
        "A coin stepped on by a boy.",
        "A woman talk to a man.",
        "A cat jump on a table.",
        "A talking parrot.",
        "A flowing river in a gorge.",
        "A photo of a dog running in the snow.",
    ],
}


@pytest.mark.parametrize(("rule", "prompt"), [(rule, said) for rule, prompts in FLAGGED.items() for said in prompts])
def test_what_is_asked_for_in_loose_words_is_flagged(rule: str, prompt: str) -> None:
    assert rule in {finding.rule for finding in review(prompt).findings}


@pytest.mark.parametrize(("rule", "prompt"), [(rule, said) for rule, prompts in QUIET.items() for said in prompts])
def test_what_only_looks_like_a_fault_is_left_alone(rule: str, prompt: str) -> None:
    assert rule not in {finding.rule for finding in review(prompt).findings}


@pytest.mark.parametrize(
    ("prompt", "lemmas"),
    [
        ("A heron beats its wings, allowing it to glide over the reeds.", ["beat"]),
        ("A snowflake falls, resembling a feather drifting down.", ["fall"]),
        ("Roses in full bloom, a bee lands.", ["land"]),
        ("A machine emits a low hum, a lamp flickers.", ["flicker"]),
        ("A mule drinks and occasionally stops to lick a knee.", ["drink", "lick"]),
        ("The bear is relaxed and eats.", ["eat"]),
        ("A drawer opens on its own, slowly.", ["open"]),
        ("A gust breaks the stillness of the pond.", []),
    ],
)
def test_what_is_only_allowed_likened_or_heard_is_no_deed(prompt: str, lemmas: list[str]) -> None:
    assert [action.lemma for action in review(prompt).actions] == lemmas
