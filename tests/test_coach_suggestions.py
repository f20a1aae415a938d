"""The coach proposes what the things in the picture can do, and another idea gives the next."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.coach.cues.parse import parse
from studio.coach.review import Coach
from studio.coach.telling.clauses.suggestions import suggestions
from studio.presets import load_profiles
from studio.settings import Settings
from studio.shot import Brief
from tests.coach_prompts import PROMPTS

PRESETS = Settings().presets
COACH = Coach(PRESETS)
SKETCH = load_profiles(PRESETS / "engines")["sketch"]
WORDS = COACH.vocabulary.affordances


def texts(prompt, idea=0):
    return [beat.text for beat in suggestions(parse(prompt, COACH.vocabulary), 5.0, idea)]


def review(prompt, idea=0):
    return COACH.review(prompt, Brief(idea=idea), profile=SKETCH)


def test_the_table_knows_hundreds_of_nouns_with_several_ideas_for_most():
    nouns = {noun for affordance in WORDS.affordance for noun in affordance.nouns}
    single = [affordance.nouns[0] for affordance in WORDS.affordance if len(affordance.ideas) == 1]
    assert len(nouns) >= 250 and len(single) < len(WORDS.affordance) / 3


@pytest.mark.parametrize("text", sorted({idea.text for a in WORDS.affordance for idea in a.ideas}))
def test_every_idea_is_a_motion_that_breaks_no_rule(text):
    said = text.replace("{noun}", "thing").replace("<", "").split("|")[0] if "|" not in text else None
    plain = said or "the thing " + text.split("<")[1].split("|")[0] + text.split(">")[1].replace("{noun}", "thing")
    result = review(plain[0].upper() + plain[1:] + ".")
    assert [finding.rule for finding in result.findings if finding.severity != "info"] == []


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("A candle on a shelf.", "flame"),
        ("Portrait of an old man.", "blinks"),
        ("A still sea at noon.", "waves"),
        ("A sports car in a garage.", "reflections"),
        ("Two cats on a sofa.", "blink and their tails"),
        ("Portrait of Ada, oil on canvas", "Ada blinks"),
        ("A cup of tea on a tray", "the cup of tea"),
    ],
)
def test_what_is_there_moves_in_its_own_way(prompt, word):
    assert word.lower() in " ".join(texts(prompt)).lower()


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("An iced coffee on a tray.", "steam"),
        ("A lake like a mirror, no boats.", "mirror"),
        ("A lake like a mirror, no boats.", "boat"),
        ("A house, shot on a vintage lens, drone photo", "drone"),
        ("A flower, shallow depth of field", "grass"),
        ("A wooden chair in the style of a ship", "ship"),
        ('A wall with the words "WILD HORSE"', "horse"),
    ],
)
def test_nothing_moves_that_is_not_in_the_picture(prompt, word):
    assert all(word not in text.lower() for idea in range(6) for text in texts(prompt, idea))


@pytest.mark.parametrize("prompt", ["A ceramic mug on a table.", "A woman in a forest.", "Sunset.", "An empty street."])
def test_another_idea_is_another_proposal_each_time(prompt):
    ideas = [tuple(texts(prompt, idea)) for idea in range(4)]
    assert len(set(ideas)) == 4
    assert ideas == [tuple(texts(prompt, idea)) for idea in range(4)]


def test_other_prompts_get_other_orders_of_the_gentle_moves():
    rows = {
        tuple(texts(prompt, idea)[0] for idea in range(1, 6)) for prompt in ("A mug.", "A cat.", "A hill.", "A key.")
    }
    assert len(rows) > 1


@given(prompt=st.sampled_from(PROMPTS), idea=st.integers(0, 40))
@settings(deadline=None, max_examples=80)
def test_an_idea_never_touches_the_authors_own_motion(prompt, idea):
    first, other = review(prompt), review(prompt, idea)
    own = [beat for beat in first.timeline.beats if beat.origin == "prompt"]
    assert [beat for beat in other.timeline.beats if beat.origin == "prompt"] == own
    assert {(e.lemma, e.span.start) for e in first.actions} == {(e.lemma, e.span.start) for e in other.actions}


@given(prompt=st.sampled_from(PROMPTS), idea=st.integers(0, 40))
@settings(deadline=None, max_examples=80)
def test_every_beat_of_a_proposal_is_the_coachs_small_and_inside_the_clip(prompt, idea):
    for beat in suggestions(parse(prompt, COACH.vocabulary), 4.0, idea):
        assert beat.origin == "coach" and beat.level == 1 and 0 <= beat.start < beat.end <= 4.0


def test_a_moving_prompt_gets_one_thing_beside_its_own():
    for idea in range(1, 6):
        assert len(texts("A dog runs along the beach.", idea)) == 1
    assert texts("A dog runs along the beach.") == []


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        ("A wool blanket on a chair in the attic.", "fold"),
        ("An aloe on a shelf.", "sway"),
        ("Fern in a pot on a desk.", "sway"),
        ("Floating islands above the clouds.", "waves"),
        ("An astronaut on a rocky plain.", "drifts slightly"),
        ("A man in a wool cap.", "hair"),
    ],
)
def test_an_idea_fits_the_place_and_the_state_that_the_prompt_names(prompt, word):
    assert all(word not in text.lower() for idea in range(6) for text in texts(prompt, idea))


def test_two_motions_are_of_two_things_where_there_are_two():
    first, second = texts("A cup of cocoa beside a candle.")[1:]
    assert ("cocoa" in first) != ("cocoa" in second)


def test_another_idea_is_given_where_tags_move_already():
    prompt = "Wind turbines on a hill, blades turning slowly, cloud shadows sliding over the grass, static aerial view"
    first, second = (COACH.review(prompt, Brief(idea=idea), profile=SKETCH).rewrite.text for idea in (0, 1))
    assert first != second


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("Lily stands in the garden, portrait", "Lily blinks and breathes slowly"),
        ("The lily stands in a vase", "Soft light slides over the lily"),
    ],
)
def test_a_flower_with_a_capital_and_no_article_is_somebody(prompt, said):
    assert any(said in text for text in texts(prompt))


def test_another_idea_never_proposes_what_stands_in_the_prompt():
    taken = "The camera slowly rises. The light shifts softly across the scene."
    for idea in range(12):
        assert review(taken, idea).rewrite.text.count("The light shifts softly across the scene.") == 1
