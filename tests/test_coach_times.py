"""Times said in words are found, with what they say; words that only look like times are left alone."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.coach.language.times import find_times
from studio.coach.vocabulary.load import load_vocabulary
from studio.settings import Settings
from studio.shot import Span

VOCABULARY = load_vocabulary(Settings().presets / "vocabulary")


def found(prompt):
    return [(mark.kind, mark.start, mark.end) for mark in find_times(prompt, [], VOCABULARY)]


@pytest.mark.parametrize(
    ("prompt", "time"),
    [
        ("At 2s the cat jumps.", ("at", 2, None)),
        ("after three seconds the dog barks", ("at", 3, None)),
        ("The lights go out at exactly 2.5 seconds.", ("at", 2.5, None)),
        ("at the 2-second mark the lights go out", ("at", 2, None)),
        ("Two seconds in, the lights go out.", ("at", 2, None)),
        ("from second 3 he runs", ("at", 3, None)),
        ("[0:01-0:03] he runs", ("block", 1, 3)),
        ("(0-2s) pan left", ("block", 0, 2)),
        ("[1s:4s] pan left", ("block", 1, 4)),
        ("0-2s: pan left", ("block", 0, 2)),
        ("Seconds 2-5: pan left", ("block", 2, 5)),
        ("0:00-0:02 a man walks", ("block", 0, 2)),
        ("[25%-50%] waves rise", ("block", 0.25, 0.5)),
        ("[0:03] the dog barks", ("stamp", 3, None)),
        ("00:03 - the dog barks", ("stamp", 3, None)),
        ("3s: the dog barks", ("stamp", 3, None)),
        ("from 1 to 3 seconds the door opens", ("range", 1, 3)),
        ("between seconds 1 and 3 the door opens", ("range", 1, 3)),
        ("for the first second", ("first", 0, 1)),
        ("In the first half second a spark flies.", ("first", 0, 0.5)),
        ("in the final two seconds", ("last", None, 2)),
        ("until the last second", ("until_last", None, 1)),
        ("he waits until 3 seconds", ("by", None, 3)),
        ("slowly over 4 seconds", ("length", None, 4)),
        ("He pauses for a second.", ("length", None, 1)),
        ("a slow 3-second push-in", ("length", None, 3)),
        ("One and a half seconds later it barks.", ("later", None, 1.5)),
        ("Halfway, the door opens.", ("share", 0.5, None)),
        ("halfway through the clip", ("share", 0.5, None)),
        ("During the second half of the shot the light fades.", ("share", 0.5, 1)),
        ("Rain falls throughout.", ("share", 0, 1)),
        ("At the end, he smiles.", ("share", 0.8, 1)),
    ],
)
def test_a_time_is_found_with_what_it_says(prompt, time):
    assert found(prompt) == [time]


@pytest.mark.parametrize(
    "prompt",
    [
        "The man walks halfway across the bridge.", "A clock showing 12:30.", "Open 9:00-17:00.", "1-3 people",
        "a 5 second video of a dog", "after a second cup of tea he leaves", "the second man", "throughout the city",
        "At the end of the street, a dog barks.", "the second half of the sandwich", "a 35mm lens at f/2", "16:9",
        "from 2 to 3 cats", "a 1980s film", "the first man", "a score of 3-2",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_time_is_none(prompt):
    assert found(prompt) == []


def test_a_time_inside_what_is_set_aside_is_none():
    prompt = 'The sign reads "At 2s the cat jumps".'
    assert find_times(prompt, [Span.of(prompt, 15, 36)], VOCABULARY) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["At 2s ", "[0-3s] ", "for the first second ", "x ", "3", "s: ", "\n", "-"])))
def test_times_never_overlap_and_stand_in_the_order_of_the_words(pieces):
    prompt = "".join(pieces)
    marks = find_times(prompt, [], VOCABULARY)
    assert all(mark.span.text == prompt[mark.span.start : mark.span.end] for mark in marks)
    assert all(a.span.end <= b.span.start for a, b in pairwise(marks))
