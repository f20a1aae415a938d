"""Beats: settle, act, hold; times said in words are obeyed."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.coach.review import Coach
from studio.presets import load_profiles
from studio.settings import Settings
from studio.shot import Brief
from tests.coach_prompts import PROMPTS

PRESETS = Settings().presets
COACH = Coach(PRESETS)
SKETCH = load_profiles(PRESETS / "engines")["sketch"]


def timeline(prompt, seconds=5.0):
    return COACH.review(prompt, Brief(seconds=seconds), profile=SKETCH).timeline


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PROMPTS), st.floats(0.5, 30))
def test_every_beat_lies_inside_the_shot(prompt, seconds):
    for beat in timeline(prompt, seconds).beats:
        assert 0 <= beat.start < beat.end <= seconds + 1e-6
        assert beat.text


def test_the_action_settles_first_and_a_hold_ends_the_clip():
    (beat,) = timeline("The man lifts the cup.").on("subject")
    assert beat.start >= 0.5 and beat.end <= 4.5


@pytest.mark.parametrize(
    "prompt", ["Slow push in while the pines sway.", "Ash falls on roofs.", "The cat breathes.", "The lamps flicker."]
)
def test_what_goes_on_by_itself_goes_on_from_the_first_second_to_the_last(prompt):
    (beat,) = [beat for beat in timeline(prompt).beats if beat.layer != "camera"]
    assert (beat.start, beat.end) == (0, 5)


@pytest.mark.parametrize(
    "prompt",
    [
        "It starts raining.",
        "Pan left. The reeds begin to ripple.",
        "Suddenly it snows.",
        "A blizzard begins.",
        "Hail starts.",
    ],
)
def test_what_begins_waits_for_the_still_to_settle_and_stays(prompt):
    (beat,) = [beat for beat in timeline(prompt).beats if beat.layer != "camera"]
    assert beat.start >= 0.5 and beat.end == 5


@pytest.mark.parametrize(
    "prompt",
    ["Mist drifts. Then the candles flicker.", "Ash falls, then the windows flicker.", "It snows. Next, a wolf howls."],
)
def test_what_comes_after_something_that_goes_on_waits_for_half_of_the_clip(prompt):
    first, then = sorted((beat for beat in timeline(prompt).beats), key=lambda beat: beat.start)
    assert first.start < 1 and first.end == 5 and then.start == 2.5


def test_actions_in_order_share_the_time_in_order():
    first, second = timeline("The woman turns, then walks to the door.").on("subject")
    assert first.end <= second.start + 1e-6
    assert "turn" in first.text and "walk" in second.text


def test_a_camera_move_spans_most_of_the_clip_with_its_level_and_direction():
    (beat,) = timeline("The camera slowly orbits the vase to the left.").on("camera")
    assert beat.move == "orbit" and beat.level == 1 and beat.direction == "left"
    assert beat.seconds > 4


@pytest.mark.parametrize(
    ("prompt", "moves"),
    [
        ("The camera pans left, then tilts up.", ["pan_left", "tilt_up"]),
        ("Pan left. Push in.", ["pan_left", "dolly_in"]),
        ("pan left, then right", ["pan_left", "pan_right"]),
        ("The camera pushes in; after that it pans right.", ["dolly_in", "pan_right"]),
        ("First pan right, finally zoom out.", ["pan_right", "zoom_out"]),
        ("The camera pulls back before it tilts up.", ["dolly_out", "tilt_up"]),
        ("Before pushing in, the camera pans left.", ["pan_left", "dolly_in"]),
        ("The camera pushes in. At 2s it pans right.", ["dolly_in", "pan_right"]),
        ("slow push in, followed by a pan to the right", ["dolly_in", "pan_right"]),
    ],
)
def test_camera_moves_said_in_a_row_follow_each_other(prompt, moves):
    first, second = timeline(prompt).on("camera")
    assert [first.move, second.move] == moves
    assert first.end <= second.start + 1e-6
    assert first.seconds >= 1 and second.seconds >= 1


@pytest.mark.parametrize(
    "prompt", ["The camera pans left while slowly pushing in.", "The camera pans right as it rises."]
)
def test_camera_moves_joined_by_while_share_their_time(prompt):
    first, second = timeline(prompt).on("camera")
    assert (first.start, first.end) == (second.start, second.end)


def test_the_lens_turns_while_the_camera_goes_unless_then_parts_them():
    (focus, way) = timeline("Rack focus to the shelf. Slow truck right.").on("camera")
    assert (focus.start, focus.end) == (way.start, way.end)
    (way, focus) = timeline("Slow truck right, then rack focus to the shelf.").on("camera")
    assert way.end <= focus.start


@pytest.mark.parametrize("prompt", ["Static shot, the flag ripples.", "The camera is still, then the boy stands up."])
def test_a_static_camera_is_a_beat_of_the_whole_clip(prompt):
    (beat,) = timeline(prompt).on("camera")
    assert (beat.move, beat.start, beat.end) == ("static", 0, 5)


@pytest.mark.parametrize(
    ("prompt", "word", "start", "end"),
    [
        ("At 2s the cat jumps.", "jump", 2, None),
        ("[0:00-0:02] A man waves. [0:02-0:04] He turns.", "turn", 2, 4),
        ("From 1 to 3 seconds the door opens.", "open", 1, 3),
        ("The lamp flickers for the first second.", "flicker", 0, 1),
        ("In the last 2 seconds the bird flies away.", "fl", 3, 5),
    ],
)
def test_times_said_in_words_are_obeyed(prompt, word, start, end):
    beat = next(beat for beat in timeline(prompt).beats if word in beat.text.lower())
    assert beat.start == pytest.approx(start)
    assert end is None or beat.end == pytest.approx(end)


def test_a_still_prompt_gets_small_motions_marked_as_the_coachs():
    beats = timeline("A ceramic mug on a table.").beats
    assert beats and all(beat.origin == "coach" for beat in beats)
    assert any(beat.move == "dolly_in" and beat.level == 1 for beat in beats)
    assert any("steam" in beat.text for beat in beats)


def test_nothing_is_added_where_something_already_moves():
    assert all(beat.origin == "prompt" for beat in timeline("A dog runs along the beach.").beats)


def test_a_camera_asked_to_hold_still_is_not_moved_by_the_coach():
    camera = timeline("A mug. No camera movement.").on("camera")
    assert [beat.move for beat in camera] == ["static"]


def said(prompt):
    """The sentences of a prompt's own motions, without the camera's."""
    return [beat.text for beat in timeline(prompt).beats if beat.layer != "camera"]


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("The boats under the bridge rock gently.", "The boats rock gently."),
        ("A lantern above the door swings.", "The lantern swings."),
        ("Smoke from the chimneys drifts left.", "Smoke drifts left."),
        ("Reeds and moss at the rim of the pond bend in the wind.", "Reeds and moss bend in the wind."),
        ("A thin thread of smoke rises from the wick.", "The thread of smoke rises from the wick."),
        ("Footage of a crane dancing in the reeds.", "The crane dances in the reeds."),
    ],
)
def test_the_head_of_a_phrase_moves_and_not_the_place_it_names(prompt, text):
    assert said(prompt) == [text]


def test_an_object_before_and_is_no_part_of_the_next_subject():
    assert said("The boy kicks the ball and the dog barks.") == ["The boy kicks the ball.", "The dog barks."]


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("explosion of petals", "There is an explosion of petals."),
        ("Heavy rain on the roofs", "There is heavy rain on the roofs."),
        ("The reeds sway in the same gusts.", "The reeds sway in the same gusts."),
    ],
)
def test_a_noun_that_looks_like_a_verb_stays_a_noun(prompt, text):
    assert said(prompt) == [text]


def test_with_opens_a_clause_that_has_its_own_subject():
    assert set(said("The banner ripples in the wind, with creases travelling along its hem.")) == {
        "The banner ripples in the wind.",
        "Creases travel along its hem.",
    }


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("The storm grows and then it becomes night.", "It becomes night."),
        ("Somebody opens the gate.", "Somebody opens the gate."),
        ("Everyone claps.", "Everyone claps."),
        ("Pour the tea into the cup.", "Pour the tea into the cup."),
        ("The ball bounces, then it rolls away.", "The ball rolls away."),
    ],
)
def test_a_subject_that_is_open_or_left_out_stays_as_it_was_said(prompt, text):
    assert text in said(prompt)


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("The people on the pier, portrait", "The people blink and breathe slowly."),
        ("Two women at a table", "The women blink and breathe slowly."),
        ("Three cats", "The cats blink and their tails flick."),
        ("A cat", "The cat blinks and its tail flicks."),
    ],
)
def test_a_suggestion_agrees_with_its_noun(prompt, text):
    assert text in said(prompt)


@pytest.mark.parametrize("prompt", ["A forest, no people, no cats", "A quiet lane without children"])
def test_what_is_not_wanted_gets_no_suggestion(prompt):
    for text in said(prompt):
        assert not {"people", "cats", "children"} & set(text.lower().split())


def test_a_walking_pace_is_how_the_camera_moves_and_not_a_second_move():
    beats = timeline("The camera glides forward through the alley at walking pace.").beats
    assert [beat.move for beat in beats] == ["dolly_in"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PROMPTS), st.floats(0.5, 30))
def test_camera_moves_overlap_only_where_they_are_said_together(prompt, seconds):
    for first, second in pairwise(timeline(prompt, seconds).on("camera")):
        assert second.start >= first.end - 0.11 or (first.start, first.end) == (second.start, second.end)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 40), st.integers(2, 40))
def test_any_said_stretch_is_the_beat(start, length):
    begin, end = start / 10, min((start + length) / 10, 8.0)
    for prompt in (f"[{begin}s-{end}s] The cat jumps.", f"From {begin} to {end} seconds the cat jumps."):
        (beat,) = timeline(prompt, 8.0).on("subject")
        assert (beat.start, beat.end) == (pytest.approx(begin), pytest.approx(end))


@pytest.mark.parametrize(
    ("prompt", "word", "start", "end"),
    [
        ("After three seconds the dog barks.", "barks", 3, None),
        ("The dog runs for 2 seconds.", "runs", 0.75, 2.75),
        ("The camera pushes in for 2 seconds, then pans left.", "pans", 2.0, 5.0),
        ("Halfway, the door opens.", "door", 2.5, None),
        ("The man waits until the last second, then the bird flies away.", "bird", 4, 5),
        ("0:03 - the dog barks", "barks", 3, 5),
        ("[0%-40%] The cat jumps. [40%-100%] The dog barks.", "barks", 2, 5),
        ("At 1s the dog barks, two seconds later the cat jumps.", "cat", 3, None),
        ("The cat jumps in the first second.", "cat", 0, 1),
        ("Rain falls throughout. The cat jumps.", "rain", 0, 5),
    ],
)
def test_every_way_of_saying_a_time_is_obeyed(prompt, word, start, end):
    beat = next(beat for beat in timeline(prompt).beats if word in beat.text.lower())
    assert beat.start == pytest.approx(start)
    assert end is None or beat.end == pytest.approx(end)


def test_a_said_time_is_no_part_of_the_beats_words():
    for beat in timeline("The door opens slowly from 1 to 3 seconds. At 4s the cat jumps.").beats:
        assert not any(c.isdigit() for c in beat.text) and "second" not in beat.text


@pytest.mark.parametrize(
    ("prompt", "first", "second"),
    [
        ("He waves before he leaves.", "waves", "leaves"),
        ("The man leaves after he waves.", "waves", "leaves"),
        ("Before he leaves, the man waves.", "waves", "leaves"),
        ("The man walks until he reaches the door.", "walks", "reaches"),
        ("The man walks to the door, then the camera pushes in.", "walks", "pushes"),
        ("Slow push in, then the man turns.", "pushes", "turns"),
        ("In the last second the bird flies away. The man waves.", "waves", "flies"),
        ("Leaves swirl, then settle.", "swirl", "settle"),
    ],
)
def test_words_of_order_put_beats_in_order(prompt, first, second):
    beats = {word: beat for beat in timeline(prompt).beats for word in (first, second) if word in beat.text}
    assert beats[first].end <= beats[second].start + 1e-6


@pytest.mark.parametrize(
    "prompt", ["The woman dances as the crowd claps.", "The woman pours the tea. Meanwhile, the dog runs."]
)
def test_what_is_said_to_go_on_together_shares_its_time(prompt):
    first, second = timeline(prompt).on("subject")
    assert (first.start, first.end) == (second.start, second.end)


def test_a_camera_that_moves_and_then_holds_does_both():
    moves = timeline("The camera pushes in for 2 seconds, then holds.").on("camera")
    assert [(beat.move, beat.end) for beat in moves] == [("dolly_in", 2.0), ("static", 5.0)]


def test_two_subjects_that_do_the_same_are_both_there():
    assert said("The cat jumps. The dog jumps.") == ["The cat jumps.", "The dog jumps."]


def test_actions_under_one_heading_share_its_stretch_in_order():
    first, second = timeline("[0-1s] A man waves. [1-5s] He turns, then runs.").on("subject")[1:]
    assert (first.start, first.end, second.start, second.end) == (1, 3, 3, 5)


@pytest.mark.parametrize("opening", ["Slow push in", "Gentle pan left", "Steady dolly-in"])
def test_a_camera_phrase_owns_nobodys_eyes(opening):
    assert "The eyes sparkle." in said(f"{opening}, stars twinkle, her eyes sparkle.")


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("A few leaves fall.", "A few leaves fall."),
        ("Few guests walk by.", "Few guests walk by."),
        ("A couple of herons fly past.", "A couple of herons fly past."),
        ("A handful of petals drifts down.", "A handful of petals drift down."),
    ],
)
def test_a_beat_says_how_many_as_the_prompt_does(prompt: str, text: str) -> None:
    assert [beat.text for beat in timeline(prompt).beats] == [text]
