"""The first frame in the author's words, and nobody else's."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.coach.cues.parse import parse
from studio.coach.dialects.first_frame import QUESTION, first_frame, style_words
from studio.coach.vocabulary.load import load_vocabulary
from studio.presets import Dialect
from studio.settings import Settings
from studio.shot import Brief
from tests.coach_prompts import PROMPTS

WORDS = load_vocabulary(Settings().presets / "vocabulary")
FULL = Dialect(still_in_words="yes")


def frame(prompt, dialect=FULL, line=""):
    return first_frame(parse(prompt, WORDS), dialect, Brief(first_frame=line))


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("A blue mug on a desk, morning light. Steam rises.", "A blue mug on a desk, morning light."),
        ("A woman in a red coat walks along the pier.", "A woman in a red coat."),
        ("An old clock, 8k, masterpiece, dust in the air. Its hands spin.", "An old clock, dust in the air."),
        ("An old clock. Audio: loud ticking, gusts of wind.", "An old clock."),
        ("An old clock in a dark hall. At 2s its hands spin.", "An old clock in a dark hall."),
    ],
)
def test_what_stands_still_is_said_of_the_first_frame(prompt, text):
    assert frame(prompt)[0] == text


def test_too_little_is_asked_for():
    assert frame("The cat jumps.") == ("", QUESTION)
    assert frame("The cat jumps.", line="a grey cat on a sill, dawn") == ("A grey cat on a sill, dawn.", "")


def test_an_engine_that_sees_the_still_needs_no_words():
    assert frame("A blue mug on a desk.", Dialect(still_in_words="no")) == ("", "")


def test_in_brief_means_two_pieces():
    said, _ = frame("An old clock, brass hands, a dark hall, dust.", Dialect(still_in_words="brief"))
    assert said == "An old clock, brass hands."


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PROMPTS))
def test_no_word_is_invented(prompt):
    read = parse(prompt, WORDS)
    said = f"{first_frame(read, FULL, Brief())[0]} {style_words(read)}"
    assert set(re.findall(r"\w+", said.lower())) <= set(re.findall(r"\w+", prompt.lower()))
