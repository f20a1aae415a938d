"""The rewrite is motion first, clean, and loses nothing unlisted."""

import re

import pytest

from studio.coach.edits import remove, tidy
from studio.coach.review import Coach
from studio.presets import load_profiles
from studio.settings import Settings
from studio.shot import Fix, Span
from tests.coach_prompts import PROMPTS

PRESETS = Settings().presets
COACH = Coach(PRESETS)
SKETCH = load_profiles(PRESETS / "engines")["sketch"]


def review(prompt):
    return COACH.review(prompt, profile=SKETCH)


@pytest.mark.parametrize("prompt", PROMPTS, ids=[prompt[:30] for prompt in PROMPTS])
def test_the_rewrite_passes_the_coachs_own_rules(prompt):
    again = review(review(prompt).rewrite.text)
    assert [finding.rule for finding in again.findings if finding.severity != "info"] == []


@pytest.mark.parametrize("prompt", PROMPTS, ids=[prompt[:30] for prompt in PROMPTS])
def test_the_rewrite_is_clean_prose(prompt):
    text = review(prompt).rewrite.text
    assert not re.search(r"  | ,|,,|\.\.|,\.", text.replace("...", ""))
    assert text[0] == text[0].upper() and text[-1] in '.!?"”’)'


@pytest.mark.parametrize("prompt", PROMPTS, ids=[prompt[:30] for prompt in PROMPTS])
def test_every_verb_of_the_user_is_kept_or_listed_as_removed(prompt):
    result = review(prompt)
    listed = [*result.rewrite.kept, *result.rewrite.removed]
    for action in result.actions:
        assert any(span.overlaps(action.span) for span in listed)


def test_a_still_mug_is_given_steam_light_and_a_slow_push():
    rewrite = review("A beautiful ceramic mug on a wooden table, warm light, cozy scene, premium product shot").rewrite
    assert "pushes in" in rewrite.text and "steam rises from the mug" in rewrite.text
    assert len(rewrite.added) >= 2
    assert any("beautiful" in span.text for span in rewrite.removed)


def test_a_good_prompt_stays_as_it_is():
    prompt = "Steam rises from the mug as the camera slowly pushes in."
    rewrite = review(prompt).rewrite
    assert rewrite.text == prompt and not rewrite.added and not rewrite.removed


def test_names_of_the_user_are_kept():
    assert (
        "Maya"
        in review("Gorgeous 8k shot, Maya jumps, stunning, beautiful, elegant, cinematic, masterpiece").rewrite.text
    )


@pytest.mark.parametrize(
    ("prompt", "words", "expected"),
    [
        ("A beautiful old mug steams.", ["beautiful"], "An old mug steams."),
        ("A mug, 8k, masterpiece, steams.", ["8k", "masterpiece"], "A mug, steams."),
        ("Beautiful, the mug steams.", ["Beautiful"], "The mug steams."),
        ("The mug steams, 8k", ["8k"], "The mug steams"),
        ("An elegant cup and a plate.", ["elegant"], "A cup and a plate."),
    ],
)
def test_words_are_taken_out_without_a_trace(prompt, words, expected):
    spans = [Span.of(prompt, prompt.index(word), prompt.index(word) + len(word)) for word in words]
    assert Fix(title="", safety="safe", edits=remove(prompt, spans)).apply(prompt) == expected


def test_tidy_closes_gaps():
    assert tidy("  a cup ,, and a  plate,. ") == "A cup, and a plate."
