"""What the coach proposes fits what the prompt names, and nothing is proposed where something moves."""

import pytest

from tests.coaching import review


def own(prompt):
    return " ".join(span.text for span in review(prompt).rewrite.added)


@pytest.mark.parametrize(
    "prompt",
    [
        "Wide view of an ancient bridge collapsing, dust, night, dramatic, cinematic",
        "A boy and a girl face each other and a burst of sparks happens between them",
        "Time-lapse of a cathedral rising, symbolizing hope",
        "Ninja fighting a clay giant, pixel art, retro, low resolution, grain",
    ],
)
def test_nothing_is_proposed_where_something_moves(prompt):
    assert own(prompt) == ""


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("Orla, weary, clutching a suitcase", "Orla"),
        ("Tobias and Anna on a porch, oil lamp", "Tobias"),
        ("Captain Ferro at the wheel of a tug", "Captain Ferro"),
        ("A portrait of Ilse Varga, oil on canvas", "Ilse Varga"),
    ],
)
def test_whoever_is_only_named_is_somebody(prompt, name):
    assert f"{name} blinks" in own(prompt)


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("a sandwich from Dairy Queen on a tray", "queen"),
        ("a can of Red Bull beside a laptop", "bull"),
        ("a bar called Blue Fox at night", "fox"),
        ("a Ford Mustang in a garage", "mustang"),
        ("bird view of clerks in a hall", "bird"),
        ("an eagle eye view of a canal", "eye"),
        ("an antique rotary phone on a shelf", "glow"),
        ("a queen bed in a loft", "queen"),
        ("a horse chestnut tree on a lawn", "horse"),
        ("a butterfly tattoo on a wrist", "wings"),
        ("a teddy bear on a swing", "breathes"),
        ("a statue of a lion by the stairs", "breathes"),
        ("the photo of a sailor on the wall", "blinks"),
        ("a grilled trout with dill", "glide"),
        ("a crab on a plate", "stirs"),
        ("a computer mouse on a mat", "sniffs"),
        ("a palm reader's tent at a fair", "reader"),
        ("an office with nobody inside", "nobody"),
        ("ancient city ruins at night", "twinkle"),
        ("a clock tower in the haze", "second hand"),
        ("a construction crane above a site", "stirs"),
        ("ashes in a cold hearth", "flames"),
        ("a coffee shop at dawn", "steam"),
    ],
)
def test_nothing_is_proposed_that_the_thing_does_not_have(prompt, word):
    assert word not in own(prompt).lower()


def test_what_is_behind_a_cut_proposes_nothing():
    assert "steam" not in own("A sign above a gate, then cut to steaming coffee in a cup on the bar.")


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("A beekeeper beside her hives", "The beekeeper blinks"),
        ("meerkats on a ledge", "The meerkats stir"),
        ("a cake with nine candles", "The flames of the candles waver"),
        ("an old clock on a wall", "The second hand of the clock"),
        ("a herd on a plain", "The herd stirs"),
    ],
)
def test_what_is_of_a_known_kind_moves_like_its_kind(prompt, said):
    assert said in own(prompt)


def test_a_noun_before_a_noun_is_no_deed():
    assert "shops" not in review("a coffee shop at dawn").rewrite.text
