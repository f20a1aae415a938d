"""The rewrite is motion first, clean, and loses nothing unlisted."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.coach.edits import remove, tidy
from studio.shot import Fix, Span
from tests.coach_prompts import PROMPTS
from tests.coaching import review


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


@pytest.mark.parametrize(
    ("prompt", "gentler", "coach_s", "removed"),
    [
        (
            "The camera orbits the car.",
            "The camera arcs slowly a few degrees around the car.",
            "arcs slowly a few degrees around",
            "",
        ),
        ("Fly through the forest.", "The camera slowly glides forward through the forest.", None, "Fly"),
        ("Whip pan to the door as it opens.", "The camera slowly pans to the door.", "camera slowly", "Whip"),
    ],
)
def test_a_camera_move_toned_down_is_listed_and_stays_a_beat_of_the_users(prompt, gentler, coach_s, removed):
    """A move that is only made slower or smaller stays the user's; the coach's is what made it so."""
    result = review(prompt)
    assert gentler in result.rewrite.text
    assert [span.text for span in result.rewrite.added] == [coach_s or gentler]
    assert [span.text.split()[0] for span in result.rewrite.removed[:1]] == removed.split()
    assert result.timeline.on("camera")[0].origin == "prompt"


@pytest.mark.parametrize(
    ("prompt", "sentence"),
    [
        ("An old sailor looks out at the sea; his coat flaps.", "The sailor's coat flaps."),
        ("The Waves roll in.", "The waves roll in."),
        ("Steam rises.", "Steam rises."),
        ("Seagulls cross the sky.", "Seagulls cross the sky."),
        ("The pan on the stove sizzles.", "The pan sizzles."),
        ("The light warms.", "The light warms."),
        ("A hand lifts it.", "The hand lifts it."),
        ('A sign that reads "SALE" swings.', "The sign swings."),
    ],
)
def test_a_beat_names_who_moves_as_the_author_did(prompt, sentence):
    assert [beat.text for beat in review(prompt).timeline.beats] == [sentence]


def test_several_subjects_at_once_are_all_on_the_timeline():
    texts = [
        beat.text for beat in review("market: vendors shout, children run, a dog barks and smoke curls").timeline.beats
    ]
    assert texts == ["Vendors shout.", "Children run.", "The dog barks.", "Smoke curls."]


def test_only_the_first_shot_is_rewritten():
    assert review("A man drinks tea, cut to him driving a car.").rewrite.text == "The man drinks tea."


def test_a_good_prompt_of_several_sentences_stays_verbatim():
    prompt = "A mug sits on a table. Steam rises from the mug. The camera slowly pushes in. The light dims."
    assert review(prompt).rewrite.text == prompt


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


def test_a_sentence_whose_subject_must_go_goes_whole():
    rewrite = review("The headline spins and flashes. A cat jumps on the wall.").rewrite
    assert rewrite.text == "The cat jumps on the wall."
    assert any("headline spins" in span.text for span in rewrite.removed)


def test_what_is_kept_of_many_actions_keeps_its_order():
    text = review("The fox wakes, blinks, yawns, turns around, climbs the rock and howls.").rewrite.text
    places = [text.index(word) for word in ("wakes", "blinks", "yawns") if word in text]
    assert places == sorted(places) and len(places) >= 2


def test_a_rewrite_tells_what_happens_in_the_order_of_the_words():
    prompt = "Waves crash, a whale jumps, then it becomes night and the stars come out, birds fly, boats pass, 8k"
    text = review(prompt).rewrite.text
    assert text.index("whale") < text.index("becomes night") < text.index("stars")


def test_no_sentence_is_left_without_a_subject():
    text = review("The text flashes colors. A dog runs across the lawn.").rewrite.text
    assert "lashes" not in text and "dog runs" in text


def test_an_empty_prompt_is_offered_a_place_to_start_and_no_warning():
    result = review("  ")
    assert result.rewrite.text == " ".join(span.text for span in result.rewrite.added) != ""
    assert [finding.severity for finding in result.findings] == ["info"]
    assert result.readiness == 0


@pytest.mark.parametrize("noun", ["apple", "hand", "leaf"])
def test_one_thing_needs_no_article_more(noun):
    text = review(f"Gorgeous, stunning scene, 8k. One {noun} falls off and rolls down the hill.").rewrite.text
    assert f"One {noun}" in text


@given(
    st.sampled_from(["he", "they", "it is", "is over", "you", "I", "what was that"]), st.sampled_from(["says", "asks"])
)
@settings(deadline=None, max_examples=15)
def test_no_spoken_word_is_lost_without_a_trace(line, verb):
    said = review(f'The old man turns to the camera and {verb}: "{line}", stunning, 8k.').rewrite
    told = " ".join([said.text, *(span.text for span in said.removed)])
    assert all(word in told for word in line.split())


@pytest.mark.parametrize("prompt", ['The nurse looks up and says, "Now."', "She opens the letter, reads it, cries."])
def test_a_spoken_line_and_a_letter_in_the_hand_are_no_lettering(prompt):
    assert "fine-text" not in {finding.rule for finding in review(prompt).findings}


def test_a_look_asked_for_beside_an_action_stays():
    assert "looks at the camera" in review("make the boy sit down and look at the camera then wave").rewrite.text


def test_no_comma_parts_a_verb_from_its_subject():
    text = review("The cook stirs the pot while her son, wearing a gorgeous red hat, waves and grins, 8k.").rewrite.text
    assert "her son waves" in text or "son waves" in text


def test_what_is_said_three_times_is_told_once():
    flight = "FPV drone flies over the quay"
    told = review(f"{flight}, walks along the pier, {flight}, {flight}").rewrite.text
    assert told.count("over the quay") == 1
