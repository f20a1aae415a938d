"""What no rewrite may lose or break, whatever the prompt: motions, deeds, angles, names, brackets, sentences."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.coach.cues.parse import parse
from studio.coach.telling.checks.audit import Audit
from studio.coach.telling.wording.draft import Text
from tests.coaching import COACH, review

WHO = ["a heron", "an old sailor", "two goats", "the clockmaker"]
DEEDS = ["wading through reeds", "mending a net", "turning round slowly", "looking at the harbour"]
STIRRING = ["flowing petals", "rippling water", "light smoke", "sea spray", "drifting clouds", "gales"]
_STEMS = {"flowing petals": "flow", "rippling water": "rippl", "drifting clouds": "drift"}
LOOKS = ["pastel colours", "soft lighting", "wooden jetty", "watercolour style", "8k", "masterpiece"]
ANGLES = ["drone view", "low angle shot", "viewed from behind", "first-person view"]


@st.composite
def captions(draw: st.DrawFn) -> str:
    """A caption with a list behind it: who, what they do, what stirs, how it looks, from where."""
    opening = f"{draw(st.sampled_from(WHO))} {draw(st.sampled_from(DEEDS))}"
    tags = draw(st.lists(st.sampled_from([*STIRRING, *LOOKS]), max_size=5, unique=True))
    angle = draw(st.lists(st.sampled_from(ANGLES), max_size=1))
    return ", ".join([opening, *draw(st.permutations([*tags, *angle]))])


@settings(max_examples=60, deadline=None)
@given(captions())
def test_a_motion_that_the_author_names_is_said_or_left_for_the_next_shot(prompt: str) -> None:
    told = review(prompt)
    said = f"{told.rewrite.text} {told.next_shot}".lower()
    for motion in STIRRING:
        if motion in prompt:
            stem = _STEMS.get(motion, motion.split()[-1])
            assert stem in said, told.rewrite.text


@settings(max_examples=60, deadline=None)
@given(captions())
def test_who_opens_a_caption_is_named_and_acts(prompt: str) -> None:
    text = review(prompt).rewrite.text.lower()
    who = next(who for who in WHO if prompt.startswith(who)).split()[-1]
    assert who in text
    assert re.search(r"wad|mend|turn|look", text)


@settings(max_examples=60, deadline=None)
@given(captions())
def test_an_angle_stays_and_no_bracket_is_left_open(prompt: str) -> None:
    text = review(prompt).rewrite.text
    for angle in ANGLES:
        assert angle not in prompt or angle in text.lower()
    assert text.count("(") == text.count(")")
    assert text.count("[") == text.count("]")


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("a monk walking through a garden, flowing petals, pastel colours, soft lighting", "Petals flow."),
        ("cliffs, rough sky, wind, waves, thunderstorm, fine detail, 8k", "There is wind and waves."),
        ("fox cubs yawning on a rug, opening mouth.", "Fox cubs yawn on a rug, opening mouth."),
        ("A seal doing a headstand, balancing a ball on its nose.", "The seal balances a ball on its nose."),
        ("the horse turn head to the left, body keeps static", "The body keeps static."),
        (
            "A tailor wearing a grey waistcoat stands in a bright shop. Displaying a coat with a proud smile.",
            "The tailor displays a coat with a proud smile.",
        ),
        ("a boy getting honey from a hive, camera rotate clockwise", "The boy gets honey from a hive."),
        ("The smith slowly lifts his head, maintaining his gaze upward.", "maintain"),
        ("Two brides in white gowns holding a long ribbon walk off into the mist.", "hold"),
    ],
)
def test_a_deed_or_a_motion_in_a_list_is_told(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("A farmer with pepper-and-salt hair running past a barn, 8k", "The farmer runs past a barn."),
        ("a vase painted by the window emitting smoke, backlit, 8k", "emits smoke."),
        ("Close-up of onion and red pepper skewers grilling on a fire, 8k", "nion and"),
        ("a jet ski near a buoy racing over waves, 8k", "The jet ski near a buoy races over waves."),
        ("A commercial of milk being poured into a glass.", "Milk is poured into a glass."),
        ("policewomen dancing on a pier, 8k", "Policewomen dance on a pier."),
    ],
)
def test_whoever_does_it_keeps_the_whole_name(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("boy in rubber boots, crossing the yard, drone view", "In a drone view, the boy crosses the yard."),
        ("A baker walking to a mill, viewed from behind, 8k", "The baker walks to a mill, viewed from behind."),
        (
            "First-person view, an oarsman rowing a boat.",
            "In a first-person view, the oarsman rows a boat.",
        ),
        ("camera movement: side travelling, a tall man sings in a hall", "The camera travels sideways."),
    ],
)
def test_from_where_it_is_seen_is_kept(prompt: str, said: str) -> None:
    assert said in review(prompt).rewrite.text


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        (
            "[1s: A knight bows] [3s: He draws a sword] [Truck left]",
            "At 1 second, the knight bows. At 3 seconds, he draws a sword. The camera trucks left.",
        ),
        (
            "[0s-2s: A woman walks along the pier] [2s-4s: she stops and looks at the sea]",
            "[0s-2s] A woman walks along the pier. [2s-4s] She stops and looks at the sea.",
        ),
    ],
)
def test_a_sheet_in_brackets_is_told_in_sentences_with_its_times(prompt: str, text: str) -> None:
    assert review(prompt).rewrite.text == text


def test_a_finding_about_looks_explains_no_lost_motion() -> None:
    prompt = parse("A cellist plays, flowing petals, pastel colours", COACH.vocabulary)
    broken = Audit(prompt, crowded=False).broken(Text("The cellist plays.", frozenset(), ()))
    assert [prompt.reading.words[promise.head].text for promise in broken] == ["flowing"]


def test_too_many_actions_explain_a_main_one_that_went() -> None:
    prompt = parse("A cook opens the oven. He lifts the tray. He sings.", COACH.vocabulary)
    told = Text("A cook opens the oven.", frozenset(range(5)), ())
    assert not Audit(prompt, crowded=True).broken(told)
    assert Audit(prompt, crowded=False).broken(told)
