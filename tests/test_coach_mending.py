"""A prompt is read as its author would have written it with care, and every span still points at the prompt."""

from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.advice import Edit, Span
from studio.coach.cues.parse import parse
from studio.coach.review import Coach
from studio.coach.telling.mending.mend import mend
from studio.presets import load_profiles
from studio.settings import Settings

PRESETS = Settings().presets
COACH = Coach(PRESETS)
SKETCH = load_profiles(PRESETS / "engines")["sketch"]
READ = partial(parse, vocabulary=COACH.vocabulary)

PIECES = (
    "can you make the fox jump", "please", "a wolff runs acros the snow", "the door opens the ligth comes in",
    "could the flags wave?", "bring it to life", "I took this picture of a pier", "the boy runs he falls",
    "Slow zoom in", "8k", "waves roll in.", 'she says "hello" he nods', "this is my cat Otis",
)  # fmt: skip


def mended(prompt):
    return mend(READ(prompt), READ)


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("can you make the fox jump?", "the fox jumps."),
        ("please let the curtains move", "the curtains move"),
        ("could the flags wave in the wind please", "the flags wave in the wind"),
        ("I took this photo of a pier, bring it to life", "a pier"),
        ("What if the statue turned its head?", "the statue turns its head."),
        ("A hores gallops", "A horse gallops"),
        ("Waves roll in. Gulls circle.", "Waves roll in. Gulls circle."),
    ],
)
def test_a_request_a_slip_and_a_run_on_are_mended(prompt, text):
    assert mended(prompt).parse.prompt == text


def test_what_is_quoted_or_named_is_not_corrected():
    assert not mended('A sign says "WELLCOME" above the door.').edits
    assert not mended("film look, Portra 400").edits


def test_a_beat_sheet_stands_as_it_is():
    assert not mended("[0s-2s] Subject: the dog runs it barks").edits


def test_a_span_of_the_text_is_given_back_as_a_span_of_the_prompt():
    found = mended("can you make the cat kick the bukcet")
    text = found.parse.prompt
    start = text.index("bucket")
    assert found.back(Span.of(text, start, start + 6)).text == "bukcet"


def test_what_was_taken_out_is_listed_as_removed():
    rewrite = COACH.review("I took this photo of my son riding a bike, bring it to life", profile=SKETCH).rewrite
    gone = " ".join(span.text for span in rewrite.removed)
    assert "photo" in gone and "life" in gone and "bike" not in gone


def test_beats_point_at_the_prompt():
    prompt = "the boy throws the stone it hits a bukcet"
    for beat in COACH.review(prompt, profile=SKETCH).timeline.beats:
        assert beat.span is None or prompt[beat.span.start : beat.span.end] == beat.span.text


def test_the_engine_is_told_what_was_mended():
    told = COACH.review("the boy throws the stone it hits a bucket", profile=SKETCH).engine_prompt.prompt
    assert told == "The boy throws the stone. Then the stone hits a bucket."


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(" ".join))
@settings(deadline=None, max_examples=60)
def test_edits_never_overlap_and_every_span_lies_in_the_prompt(prompt):
    found = mended(prompt)
    edits: tuple[Edit, ...] = found.edits
    assert all(before.end <= after.start for before, after in pairwise(edits))
    for word in found.parse.reading.words:
        span = found.back(Span.of(found.parse.prompt, word.start, word.end))
        assert 0 <= span.start <= span.end <= len(prompt) and prompt[span.start : span.end] == span.text


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("Add gentle movement to the curtains as if a breeze blows.", "The curtains move gently as if a breeze blows."),
        ("Give the robe a slow flutter.", "The robe flutters slowly."),
        ("Add only a little more movement to the sea.", "The sea moves only slightly more."),
        ("Add smoke, and a slight sway to the twigs.", "Add smoke. The twigs sway slightly."),
        ("I want the reeds to bend and the boat to rock.", "The reeds bend and the boat rocks."),
        ("I want the reeds to bend but the camera to softly rest.", "The reeds bend but the camera softly rests."),
        ("Move the clouds, the reeds and the sails.", "The clouds, the reeds and the sails move."),
        ("Animate the flame so that it flickers.", "The flame flickers."),
        ("Make her hair blow and have her blink.", "Her hair blows and she blinks."),
        ("Make a cat and a dog run.", "The cat and the dog run."),
        ("Make the lamps on the wall flicker.", "The lamps on the wall flicker."),
        ("Keep the cat fully still.", "The cat stays fully still."),
        ("Let it run and keep the camera still.", "It runs. The camera holds still."),
        ("Keep everything else still.", "Everything else stays still."),
        ("Keep everything", "Keep everything"),
        ("Add a slight sway to the hair and the scarf.", "The hair and the scarf sway slightly."),
        ("I do not want the reeds to bend.", "I do not want the reeds to bend."),
        ("Give the porter a hat.", "Give the porter a hat."),
        ("Add motion to the image.", "Add motion to the image."),
    ],
)
def test_motion_that_is_asked_of_the_machine_is_said_of_what_moves(prompt, text):
    assert mended(prompt).parse.prompt == text
