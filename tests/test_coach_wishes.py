"""What an author wishes for besides motion is not lost: what must not change, what is said, what the camera does."""

import pytest

from tests.coaching import review


@pytest.mark.parametrize(
    "wish",
    [
        "Preserve the plate, the table, and the shadows.",
        "Maintain the pose, the outfit and the framing.",
        "Everything else must stay frozen.",
        "The camera makes a tiny sideways move.",
    ],
)
def test_a_wish_beside_the_motion_stays_whole(wish):
    rewrite = review(f"An ultra detailed kitchen, 8k. Steam rises from the pot. {wish}").rewrite
    assert wish in rewrite.text


def test_what_is_said_in_a_voice_is_heard_not_read():
    result = review('The puppet lifts its chin and says in a squeaky voice: "Where is everybody?" Rain falls outside.')
    assert not any(finding.rule == "fine-text" for finding in result.findings)
    assert '"Where is everybody?"' in result.rewrite.text


def test_a_quotation_belongs_to_whoever_says_it():
    prompt = 'The pilot sits down. He says, "We are late." He taps the dial, laughs, and opens the door. He waves.'
    assert review(prompt).next_shot.count("We are late") <= 1


def test_a_row_of_tags_that_moves_by_the_way_gets_a_camera_and_its_subject():
    rewrite = review("portrait of a knight, dented armour, scars, stern look, sparks drifting, epic").rewrite
    assert "Sparks drift." in rewrite.text
    assert "The knight" in " ".join(span.text for span in rewrite.added)


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("ultra detailed, a red Ferrari drifts around the corner", "The Ferrari drifts around the corner."),
        ("8k, waves crash below, seagulls fly past", "Waves crash below. Seagulls fly past."),
        ("The boy is waving at the ferry. 8k, masterpiece", "The boy waves at the ferry."),
        ("a tram climbs the hill, camera follow the tram", "The tram climbs the hill. The camera follows the tram."),
        (
            "She was reading by the lamp when the door opened and a crow flew in, pages whirling around her.",
            "She is reading by the lamp when the door opens and a crow flies in, pages whirling around her.",
        ),
    ],
)
def test_it_reads_as_a_careful_author_would_write_it(prompt, text):
    assert review(prompt).rewrite.text == text


def test_a_list_goes_with_what_it_was_listed_behind():
    prompt = (
        "The camera advances along the old path, creating natural depth between rocks, trees, and distant mountains. "
        "Mist moves slowly through the valley."
    )
    assert review(prompt).rewrite.text.startswith("The camera advances along the old path. Mist")


def test_the_next_shot_has_whole_brackets():
    prompt = "[Scene 1] A nurse walks into the ward. [Switch to close-up] Her hand lifts the chart."
    assert review(prompt).next_shot == "Close-up. Her hand lifts the chart."


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("make him bow and wave at us", "He bows and waves at us."),
        ("let it roll slowly then stop", "It rolls slowly then stops."),
        ("a boy laughing holding a kite", "The boy laughs, holding a kite."),
        ("8k, she takes of her gloves and claps", "She takes off her gloves and claps."),
        ("a pony trots by, hair flow in the wind, 8k", "The pony trots by. The hair flows in the wind."),
        ("a barn at dusk, 8k, smoke coming from the roof, owl hooting", "Smoke comes from the roof. The owl hoots."),
        ("a girl with long hair flowing in the breeze, smiling, 8k", "The hair flows in the breeze. The girl smiles."),
        (
            "ultra detailed, a thief chased by two guards runs past",
            "The thief is chased by two guards. The thief runs past.",
        ),
        (
            "Man in a grey coat looks up from his map and nods at her. 8k",
            "The man looks up from his map and nods at her.",
        ),
        ("baby claps hands, cosy home, seamless loop, 8k", "The baby claps hands. Seamless loop."),
        ("The owl blinks. Dont change its face. 8k", "The owl blinks. Don't change its face."),
    ],
)
def test_what_was_written_in_haste_is_told_with_care(prompt, text):
    assert review(prompt).rewrite.text == text


def test_sounds_listed_behind_a_colon_stay_with_it():
    prompt = "A bus rolls past, 8k. The sound is close: the hum of the engine, the hiss of the doors."
    assert review(prompt).rewrite.text.endswith("The sound is close: the hum of the engine, the hiss of the doors.")


def test_a_story_does_not_open_with_then():
    prompt = "The acrobat begins in stillness, then bursts into motion and spins. 8k, masterpiece, best quality"
    assert "then" not in review(prompt).rewrite.text


def test_each_of_several_who_were_named_apart_stays_they():
    prompt = "A nurse enters. A boy in a cap waves. They meet at the door, she sits down, he laughs, they leave. 8k"
    assert "boy meet" not in f"{review(prompt).rewrite.text} {review(prompt).next_shot}"


def test_a_name_keeps_the_adjective_that_is_a_part_of_it():
    assert (
        review("ultra detailed, a huge hot air balloon drifts past, 8k").rewrite.text
        == "The hot air balloon drifts past."
    )


def test_a_static_wish_for_a_scene_is_not_told_in_the_authors_whole_sentence():
    prompt = (
        "Create a tense scene of two chess players, very little dialogue, tiny expressions, warm colour grading with "
        "soft light and shallow focus, no onscreen text, indie drama sensibility"
    )
    rewrite = review(prompt).rewrite
    assert "Create" not in rewrite.text and "grading" not in rewrite.text and rewrite.added


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        (
            "The camera holds still, a hand reaching out to lift the lid, turning the key",
            "The camera holds still. The hand reaches out to lift the lid, turning the key.",
        ),
        (
            "bench in a park, leaves drifting, pigeons stroll, sunlight slowly moves on the path, "
            "camera slowly moving upward",
            "Leaves drift. Pigeons stroll. Sunlight slowly moves on the path. The camera slowly moves upward.",
        ),
        (
            "I want the mare in the picture to gallop toward us. The camera should move back slowly.",
            "The mare gallops toward us. The camera moves back slowly.",
        ),
        (
            "A pilot lounges on the wing, her eyes narrowing at the sun, 8k",
            "A pilot lounges on the wing, her eyes narrowing at the sun.",
        ),
        (
            "The Vespa 125 accelerates out of the gate, spraying water from the road; rain falls. 8k",
            "The Vespa 125 accelerates out of the gate, spraying water from the road. Rain falls.",
        ),
        (
            "subject: old tram; action: climbs the hill; camera: tracking left to right, 8k",
            "The tram climbs the hill. The camera tracks left to right.",
        ),
    ],
)
def test_captions_and_sheets_become_whole_sentences(prompt, text):
    assert review(prompt).rewrite.text == text


def test_a_third_camera_move_goes_before_what_happens():
    prompt = (
        "The camera cranes up and dollies forward. As the camera rises, a glowing gate is revealed. "
        "Dust motes dance in the light."
    )
    assert "Dust motes dance in the light." in review(prompt).rewrite.text


def test_the_hand_that_writes_goes_on_where_the_words_may_not():
    prompt = 'hand with a pen writes "With love" on a card, then puts the pen down and waves'
    assert "puts the pen down" in review(prompt).rewrite.text


def test_an_action_reaches_past_the_comma_between_two_adjectives():
    prompt = "She sits up. She gives him one brief, playful kiss. Then he faints, gets up, waves and bows."
    result = review(prompt)
    assert "one brief, playful kiss" in f"{result.rewrite.text} {result.next_shot}"


def test_a_time_among_other_words_in_brackets_stays_in_brackets():
    text = review("[SHOT 1 | Wide | 0-4s] A child walks through the garden, ultra detailed, 8k").rewrite.text
    assert text.startswith("[0-4s] ")


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("they should look at each other and laugh, scarf moving in wind, 8k", "They look at each other and laugh."),
        ("8k, fog drifting over the moor, a shepherd leads his flock home", "The shepherd leads his flock home."),
        ("a smith hammers a glowing blade, sparks fly, 8k", "The smith hammers a blade. Sparks fly."),
        ("tires spinning, camera low angle slowly push in, 8k", "Tires spin. The camera slowly pushes in."),
    ],
)
def test_nothing_that_somebody_does_is_lost_among_tags(prompt, text):
    assert text in review(prompt).rewrite.text


def test_a_quotation_that_ends_with_a_comma_ends_with_a_stop_in_the_next_shot():
    prompt = 'The boy sits down, sighs, turns and says, "Go home," then walks off, slams the door and runs.'
    assert ',".' not in review(prompt).next_shot


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("the groom turn around slowly and wave at us, golden hour", "The groom turns around slowly and waves at us."),
        ("photo of my parents dancing, gentle swaying, 8k", "My parents dance."),
        ("Subject: a hare | Action: sniffs the air | Camera: static wide, 8k", "The hare sniffs the air."),
    ],
)
def test_a_bare_verb_agrees_and_a_quality_acts_not(prompt, text):
    assert text in review(prompt).rewrite.text


def test_a_static_camera_on_a_line_of_its_own_is_kept():
    text = review("Subject: a hare | Action: sniffs the air | Camera: static wide, 8k").rewrite.text
    assert "static wide" in text.lower()


def test_hair_that_is_somebodys_moves_beside_its_owner():
    prompt = (
        "The girl in the green cap turns her head and smiles at the lens, her dark hair moves gently in the wind. 8k"
    )
    assert "hair moves gently in the wind" in review(prompt).rewrite.text


def test_what_flickers_unnamed_is_not_called_the_subject():
    prompt = "moody, a lonely kiosk in the rain at night, neon reflections, red light inside flickering, film grain"
    assert "subject" not in review(prompt).rewrite.text.lower()


def test_what_somebody_only_knows_does_not_happen() -> None:
    told = review(
        "A flame flickers on the altar. 8k, masterpiece. Tired, the monks wait for help, but know nobody will come."
    )
    assert "Know nobody" not in told.rewrite.text
