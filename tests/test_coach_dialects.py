"""One timeline, said the way each engine wants to hear it."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.coach.dialects.first_frame import QUESTION
from studio.coach.dialects.tokens import count_tokens
from studio.coach.review import Coach
from studio.coach.timeline.agreement import beat_words
from studio.presets import load_profiles
from studio.settings import Settings
from studio.shot import LAYERS, MOVES, Beat, Brief, Timeline
from tests.coach_prompts import PROMPTS

PRESETS = Settings().presets
COACH = Coach(PRESETS)
PROFILES = load_profiles(PRESETS / "engines")
MUG = "A blue mug on a desk, morning light. Steam rises from the mug."
PUSH = "The camera slowly pushes in. Steam rises from the mug."
TEXTS = (
    "The cat jumps onto the shelf.", "Steam rises from the mug.", "a closer look at the label", "Anna waves.",
    "Rain falls on the roof.", "The cat walks home.", "soft piano music", "The woman turns and smiles.",
    "The lamp flickers, then goes out.", "Leaves tremble in the wind.", 'He whispers "now".',
)  # fmt: skip


def words(text):
    return set(re.findall(r"\w+", text.lower()))


@cache
def said(prompt, engine, seconds=5.0):
    return COACH.review(prompt, profile=PROFILES[engine], brief=Brief(seconds=seconds)).engine_prompt


@pytest.mark.parametrize("engine", sorted(PROFILES))
def test_every_engine_is_spoken_to_within_its_limits(engine):
    dialect = PROFILES[engine].dialect
    for prompt in PROMPTS:
        sent = said(prompt, engine)
        assert sent.prompt
        assert dialect.max_chars is None or len(sent.prompt) <= dialect.max_chars
        assert dialect.negative or sent.negative == ""


def test_brackets_open_the_prompt_of_an_engine_that_reads_them():
    assert said(PUSH, "hailuo_2_3").prompt.startswith("[Push in]")


def test_timestamps_cover_the_clip_from_its_first_second():
    text = said(PUSH, "veo_3_1").prompt
    assert "[00:00-" in text and "-00:05]" in text


def test_sections_are_closed_and_start_at_zero():
    text = said(PUSH, "framepack_studio").prompt
    assert text.count("[") == text.count("]") and "[0s-" in text


def test_shots_are_labelled():
    assert said(PUSH, "kling_3").prompt.startswith("Shot 1:")


def test_an_engine_that_wants_the_still_in_words_hears_the_users_own():
    assert said(MUG, "ltx_2_5").prompt.startswith("A blue mug on a desk, morning light.")
    assert "blue" not in said(MUG, "wan_2_2_i2v_a14b").prompt


def test_a_camera_that_holds_is_said_only_where_it_must_be():
    assert "static" in said(MUG, "ltx_2_5").prompt
    assert "camera" not in said(MUG, "hunyuan_1_5_i2v").prompt.lower()


def test_the_coachs_own_camera_is_not_told_to_an_engine_that_forbids_it():
    assert "camera" not in said("A mug.", "hunyuan_1_5_i2v").prompt.lower()


def test_a_static_shot_never_bans_static_pictures():
    sent = said("Static shot. Steam rises from the mug.", "wan_2_2_i2v_a14b")
    assert "static" not in sent.negative and "frozen" not in sent.negative


@st.composite
def timelines(draw):
    """Timelines as people leave them: moved, with free words, moves and levels of their own."""
    seconds = draw(st.sampled_from([4.0, 5.0, 8.0, 10.0]))
    beats = []
    for _ in range(draw(st.integers(1, 6))):
        layer = draw(st.sampled_from(LAYERS))
        start = draw(st.integers(0, int(seconds * 10) - 2)) / 10
        end = draw(st.integers(int(start * 10) + 1, int(seconds * 10))) / 10
        move = draw(st.sampled_from(MOVES)) if layer == "camera" else None
        text = draw(st.sampled_from(TEXTS))
        beats.append(Beat(layer=layer, start=start, end=end, text=text, move=move, level=draw(st.integers(1, 3)),
                          origin=draw(st.sampled_from(["user", "prompt"]))))  # fmt: skip
    return Timeline(seconds=seconds, beats=tuple(beats))


@settings(max_examples=60, deadline=None)
@given(timelines(), st.sampled_from(sorted(PROFILES)))
def test_nothing_of_a_timeline_is_lost_on_the_way(timeline, engine):
    sent = COACH.compile(timeline, MUG, PROFILES[engine])
    told = words(sent.prompt) | {word for left in sent.left_out for word in words(left.text)}
    told |= {word for beat in timeline.beats if beat.move for word in words(COACH.vocabulary.moves[beat.move].say)}
    for beat in timeline.beats:
        assert words(beat_words(beat, COACH.vocabulary)) <= told


@settings(max_examples=40, deadline=None)
@given(timelines(), st.sampled_from(sorted(PROFILES)))
def test_compiling_twice_says_the_same_within_the_limits(timeline, engine):
    dialect = PROFILES[engine].dialect
    sent = COACH.compile(timeline, MUG, PROFILES[engine])
    assert sent == COACH.compile(timeline, MUG, PROFILES[engine])
    assert dialect.max_chars is None or len(sent.prompt) <= dialect.max_chars
    assert dialect.max_tokens is None or count_tokens(sent.prompt, dialect.tokenizer) <= dialect.max_tokens


@pytest.mark.parametrize("engine", sorted(PROFILES))
def test_what_is_too_long_for_an_engine_is_cut_and_listed(engine):
    prompt = ("The red fox jumps over a fence. " * 600)[:19_000]
    beats = tuple(
        Beat(layer="scene", start=i / 10, end=5, text=f"Banner number {i} ripples in the cold evening wind. " * 8)
        for i in range(40)
    )
    sent = COACH.compile(Timeline(seconds=5, beats=beats), prompt, PROFILES[engine])
    dialect = PROFILES[engine].dialect
    if dialect.max_chars or dialect.max_tokens:
        assert sent.left_out and "past the limit" in sent.left_out[-1].why
    assert dialect.max_tokens is None or count_tokens(sent.prompt, dialect.tokenizer) <= dialect.max_tokens


@pytest.mark.parametrize("engine", sorted(PROFILES))
def test_every_prompt_reads_cleanly(engine):
    for prompt in PROMPTS:
        text = said(prompt, engine).prompt
        assert not re.search(r"  | ,|\.\.|,\.|\b(\w{3,}) \1\b", text.lower()) or "emoji" in prompt, text
        if prompt[0].isupper() and not text.startswith("["):
            assert text[0].isupper() or not text[0].isalpha(), text


def test_an_engine_hears_the_level_that_the_timeline_shows():
    text = "The camera slowly pushes in on the cup."
    beat = Beat(layer="camera", start=0, end=4, text=text, move="dolly_in", level=3, origin="user")
    sent = COACH.compile(Timeline(seconds=5, beats=(beat,)), "", PROFILES["wan_2_2_i2v_a14b"])
    assert sent.prompt == "The camera quickly pushes in on the cup."


def test_an_action_made_slower_on_the_timeline_is_said_slower():
    beat = Beat(layer="subject", start=0, end=4, text="The cat quickly walks home.", level=1, origin="user")
    sent = COACH.compile(Timeline(seconds=5, beats=(beat,)), "", PROFILES["kling_3"])
    assert sent.prompt == "Shot 1: The cat slowly walks home."


def test_the_authors_line_about_the_still_opens_the_prompt():
    brief = Brief(first_frame="an old clock in a dim hall")
    sent = COACH.review(PUSH, brief, profile=PROFILES["cogvideox_i2v"]).engine_prompt
    assert sent.prompt.startswith("An old clock in a dim hall. Steam rises")
    assert sent.question == ""


@pytest.mark.parametrize("engine", ["ltx_2_5", "cogvideox_i2v", "cogvideox_1_5_i2v"])
def test_a_still_that_nobody_described_is_asked_for(engine):
    assert said(PUSH, engine).question == QUESTION
    assert said(MUG, engine).question == ""


@pytest.mark.parametrize("engine", ["runway_gen4", "wan_2_2_i2v_a14b", "veo_3_1"])
def test_an_engine_that_needs_no_first_frame_asks_nothing(engine):
    assert said(PUSH, engine).question == ""


def test_a_described_subject_is_part_of_the_first_frame():
    assert said("A woman in a red coat walks along the pier.", "ltx_2_5").prompt.startswith("A woman in a red coat. ")


def test_sound_is_labelled_for_veo_and_left_out_for_a_silent_engine():
    prompt = "Waves roll in. Audio: distant gulls, wind."
    assert "Ambient: Distant gulls, wind." in said(prompt, "veo_3_1").prompt
    sent = said(prompt, "wan_2_2_i2v_a14b")
    assert "gulls" not in sent.prompt
    assert any("gulls" in left.text and "no sound" in left.why for left in sent.left_out)


def test_what_somebody_says_stands_in_straight_quotes():
    assert 'says "land ahead"' in said("A sailor says “land ahead”. Waves roll in.", "kling_3").prompt


def test_unwanted_things_are_nouns_of_the_negative_prompt_or_left_out():
    prompt = "Waves roll in, no people, no boats."
    assert said(prompt, "veo_3_1").negative.endswith("people, boats")
    assert {left.text for left in said(prompt, "runway_gen4").left_out} == {"people", "boats"}


def test_the_authors_negative_prompt_is_sent_as_it_is():
    sent = COACH.review(PUSH, Brief(negative="rust"), profile=PROFILES["ltx_2_3"]).engine_prompt
    assert sent.negative == "rust"


def test_a_shot_in_motion_bans_static_pictures_where_the_engine_can():
    assert "static picture" in said(PUSH, "wan_2_2_i2v_a14b").negative


def test_two_camera_moves_at_once_share_one_pair_of_brackets():
    text = said("The camera pans left while it tilts up. A bird sings.", "hailuo_2_3").prompt
    assert text.startswith("[Pan left, Tilt up]")


def test_a_move_without_a_command_is_said_in_words():
    assert said("The camera slowly orbits the vase.", "hailuo_2_3").prompt.startswith("The camera slowly arcs around")


def test_said_times_become_timestamps_sections_or_words():
    prompt = "At 2s the cat jumps. At 4s the dog runs."
    assert said(prompt, "veo_3_1").prompt == "[00:02-00:04] The cat jumps. [00:04-00:05] The dog runs."
    assert said(prompt, "framepack_studio").prompt == "[2s-4s: The cat jumps.] [4s-5s: The dog runs.]"
    assert said(prompt, "sora_2").prompt == "At 2 seconds, the cat jumps. In the final second, the dog runs."
    left = said(prompt, "kling_3").left_out
    assert [one.text for one in left] == ["At 2s, At 4s"]


def test_what_goes_on_is_said_again_in_every_section():
    prompt = "Rain falls throughout. At 2s the cat jumps. At 4s the dog runs."
    assert said(prompt, "framepack_studio").prompt.count("Rain falls") == 3


def test_a_camera_move_that_an_engine_reads_badly_is_left_out():
    sent = said("The camera orbits the vase. Petals fall.", "cogvideox_i2v")
    assert "camera" not in sent.prompt.lower()
    assert any("arcs" in left.text for left in sent.left_out)


def test_what_must_not_happen_is_listed_where_the_prompt_cannot_say_it():
    said = COACH.review(
        "The kite rises but never falls. Don't change the sky.", profile=PROFILES["sketch"]
    ).engine_prompt
    assert {"never falls", "Don't change the sky"} <= {left.text.strip(".") for left in said.left_out}


def test_what_is_said_in_a_voice_is_said_to_an_engine_that_speaks():
    prompt = 'The puppet lifts its chin and it says in a squeaky voice: "Where is everybody?" Rain falls outside.'
    assert '"Where is everybody?"' in said(prompt, "ltx_2_3").prompt
    assert "everybody" not in said(prompt, "runway_gen4").prompt


def test_a_line_that_names_a_sound_is_heard():
    assert "deep gongs" in said("ACTION: a monk bows\nSOUND: deep gongs, wind", "veo_3_1").prompt.lower()


def test_a_sound_that_is_described_stays_a_sentence():
    assert (
        "Breathing inside the mask is audible."
        in said("A diver sinks. Breathing inside the mask is audible.", "runway_gen4").prompt
    )


def test_the_first_frame_is_made_of_what_is_shown():
    prompt = "Image-to-video, one continuous shot. With visible relief he nods. A man in a blue coat stands up."
    assert said(prompt, "veo_3_1").prompt.startswith("A man in a blue coat.")
