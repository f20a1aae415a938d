"""Cues point at the user's own words and take them in the right sense."""

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.coach.language.reading import encodable
from studio.coach.review import LONGEST_PROMPT, Coach, Review
from studio.errors import PromptError
from tests.coach_prompts import PROMPTS
from tests.coaching import COACH, PRESETS, SKETCH, review

HOSTILE = (
    "",
    " \t\r\n ",
    "!!!???...",
    "\x00\x07\x1b[31m",
    "\ud800 the dog \udfff runs",
    "<script>alert(1)</script> waves",
    "${HOME} {noun} %s runs",
    "\u202eabc\u202c runs",
    "z\u200be\u200bro\u200bwidth",
    "e\u0301\u0301\u0301 waves",
    "\U0001f469\u200d\U0001f680 walk",
    "a" * 5000,
    "run " * 4000,
    '"' * 3000,
    "'" * 3000,
    "-" * 3000,
    "[0:00-" * 500,
    "no " * 3000,
    "the camera " * 1500,
    "((((((",
    "1:1 2:3 --ar",
)


def spans_of(result):
    for cue in result.cues:
        yield cue.span
    for finding in result.findings:
        yield from finding.spans
    for part in (*result.camera, *result.actions):
        yield part.span
    yield from (*result.rewrite.kept, *result.rewrite.removed)
    yield from (beat.span for beat in result.timeline.beats if beat.span)


def holds(prompt):
    result, prompt = review(prompt), encodable(prompt)
    assert result.prompt == prompt
    assert Review.from_json(result.to_json()) == result
    assert all(span.text == prompt[span.start : span.end] for span in spans_of(result))
    assert all(span.text == result.rewrite.text[span.start : span.end] for span in result.rewrite.added)
    for finding in result.findings:
        for fix in finding.fixes:
            edits = sorted(fix.edits, key=lambda edit: edit.start)
            assert all(a.end <= b.start for a, b in itertools.pairwise(edits))
    assert 0 <= result.readiness <= 100


@pytest.mark.parametrize("piece", ['"', "(", "-", "[0:00-", "' ", "no ", "run ", "a", "the camera "])
def test_the_longest_prompt_of_one_piece_is_read_in_seconds(piece):
    begin = time.process_time()
    review((piece * LONGEST_PROMPT)[:LONGEST_PROMPT])
    assert time.process_time() - begin < 5


@pytest.mark.parametrize("prompt", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_read_without_a_fault(prompt):
    holds(prompt)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_and_every_span_is_the_users_own_words(text):
    holds(text)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from([word for prompt in PROMPTS for word in prompt.split(" ")] + ["\r\n", "🧑‍🚀", "é", "\t"]),
        max_size=40,
    )
)
def test_any_shuffle_of_words_is_read(words):
    holds(" ".join(words))


def test_a_prompt_that_is_too_long_says_so():
    with pytest.raises(PromptError, match="20,000"):
        review("a" * (LONGEST_PROMPT + 1))
    with pytest.raises(PromptError):
        review("x" * 1_000_000)


SENSES = [
    ("The chef stirs onions in a pan on the stove.", []),
    ("A hot pan on the stove, the camera pans left.", ["pan_left"]),
    ("A shot of espresso drips into a cup.", []),
    ("The dog zooms past on the grass.", []),
    ("He tilts his head and smiles.", []),
    ("A crane lifts a container.", []),
    ("A truck moves left across the yard.", []),
    ("She zooms in on his phone.", []),
    ("He rolls the dough and pushes in the tray.", []),
    ("A photographer holds a camera and laughs.", []),
    ("The tracking number is on the box, a man walks.", []),
    ("Light rain falls on still water.", []),
    ("Aerial view of a bay.", []),
    ("No camera movement, the flag ripples.", ["static"]),
    ("The camera does not move, steam rises.", ["static"]),
    ("Locked-off tripod shot of a fountain.", ["static"]),
    ("The flag ripples, the camera should not move.", ["static"]),
    ("No zoom, no pan, only the flag ripples.", ["static"]),
    ("[Action] the flag ripples [Camera] static tripod", ["static"]),
    ("The camera follows the fox, no zoom.", ["tracking"]),
    ("He does not turn around.", []),
    ("The camera stays low, following every move of the cat.", ["tracking"]),
    ("The camera spins around her.", ["orbit"]),
    ("Have the camera circle the statue.", ["orbit"]),
    ('{"subject": "a lizard", "action": "it blinks", "camera": "locked-off"}', ["static"]),
    ("Drone over the cliffs, waves crash.", ["aerial_move"]),
    ("A drone over the table spins.", []),
    ("camera: pan right | scene: sheets billow", ["pan_right"]),
    ("The camera pans left, then pushes in and tilts up.", ["dolly_in", "pan_left", "tilt_up"]),
    ("Slow dolly-in on the vase.", ["dolly_in"]),
    ("The camera slowly pulls back.", ["dolly_out"]),
    ("zoom out from the tower", ["zoom_out"]),
    ("Tracking shot of a runner.", ["tracking"]),
    ("The camera follows a boy as he runs to the left.", ["tracking"]),
    ("The camera arcs around the vase.", ["orbit"]),
    ("The camera rises above the trees.", ["pedestal_up"]),
    ("Handheld footage of a market.", ["handheld"]),
    ("FPV flight through a canyon.", ["fpv"]),
    ("Hyperlapse of a highway.", ["hyperlapse"]),
    ("Whip pan to the left.", ["whip_pan"]),
    ("Crane shot over a square.", ["crane"]),
    ("The camera rolls clockwise.", ["roll_cw"]),
    ("The camera trucks right along the shelf.", ["truck_right"]),
    ("Film camera, rolls of film on a desk.", []),
    ("A cast iron pan and a rolling pin.", []),
    ("We glide to the left past the hedge.", ["truck_left"]),
    ("They move closer to each other.", []),
    ("The camera pans from right to left.", ["pan_left"]),
    ("The camera slides sideways to the left.", ["truck_left"]),
    ("The camera rotates counter-clockwise.", ["roll_ccw"]),
    ("Slow dolly-out from the table.", ["dolly_out"]),
    ("The camera draws near, then backs away.", ["dolly_in", "dolly_out"]),
    ("The camera pans left. It then pushes in.", ["dolly_in", "pan_left"]),
]


@pytest.mark.parametrize(("prompt", "moves"), SENSES, ids=[prompt[:40] for prompt, _ in SENSES])
def test_camera_words_are_taken_in_their_sense(prompt, moves):
    assert sorted({move.move for move in review(prompt).camera}) == moves


ACTIONS = [
    ("A woman sitting by the window, wearing a hat.", []),
    ("Steam rises from the mug.", ["rise"]),
    ("Waves crash against the rocks while gulls circle.", ["crash", "circle"]),
    ("The couple, dressed in black, walks down the road.", ["walk"]),
    ("A burning building.", []),
    ("City lights flicker.", ["flicker"]),
    ("He sits up and looks at the door.", ["sit up"]),
    ("The bird does not fly.", []),
    ("Without moving, the owl blinks.", ["blink"]),
    ("A dog running and barking.", ["run", "bark"]),
    ("She lights a candle.", ["light"]),
    ("A light blue dress and a lamp.", []),
    ("The sign on the wall reads a name.", []),
    ("The man stands still.", []),
    ("Fireflies dance over the grass.", ["dance"]),
    ("Clouds drifted over the hill.", ["drift"]),
    (
        "She turns her head, smiles, waves at the crowd, then picks up a pen, opens a letter and starts reading aloud.",
        ["turn", "smile", "wave", "pick up", "open", "read"],
    ),
    ("A boy walking, sitting down and opening a box.", ["walk", "sit down", "open"]),
    ("Walk to the gate, open it and step outside.", ["walk", "open", "step"]),
    ("The knight dismounts then kneels then draws his sword.", ["dismount", "kneel", "draw"]),
    ("Let him stand up, turn around and wave to the crowd.", ["stand up", "turn", "wave"]),
    ("The clerk yoinks the lever twice and bows.", ["yoink", "bow"]),
    ("The ground splits and a bud forms.", ["split", "form"]),
    ("She models a red coat and turns.", ["model", "turn"]),
    ("He watches the rain.", []),
    ("The old watch ticks.", ["tick"]),
    ("Rocks tumble down the slope.", ["tumble"]),
    ("The pan on the stove sizzles.", ["sizzle"]),
    ("Cherry blossoms, pink sky, a temple.", []),
    ("Apples, drums and books on a shelf.", []),
    ("He plants a seed while his son watches and the kettle whistles.", ["plant", "whistle"]),
    ("A field of plants, waves, rocks and lights.", []),
    ("A model falls, shoots up again and rocks to and fro.", ["fall", "shoot", "rock"]),
    ("A placard saying will work for soup, a man nods.", ["nod"]),
    ("The cook is take the pan and his hair is fly, the door is open.", ["take", "fly"]),
    ("The farmer walk to the barn and after jump over the gate.", ["walk", "jump"]),
    ("A rower swings from side to side and exhales.", ["swing", "exhale"]),
    ("nurse fight a thief", ["fight"]),
    ("A clerk push the trolley.", ["push"]),
    ("The hand place the lid on the pot.", ["place"]),
    ("The cook juggles several orders.", ["juggle"]),
    ("A boy dances with bright carnival clothes.", ["dance"]),
    ("Timelapse of a nurse knitting.", ["knit"]),
    ("Time-lapse of an empty harbour.", []),
    ("A mole buries a nut and covers it with soil. Snow covers the roof.", ["bury", "cover"]),
]


@pytest.mark.parametrize(("prompt", "lemmas"), ACTIONS, ids=[prompt[:40] for prompt, _ in ACTIONS])
def test_verbs_are_told_from_nouns_and_states(prompt, lemmas):
    assert [action.lemma for action in review(prompt).actions] == lemmas


@pytest.mark.parametrize(
    ("prompt", "level"),
    [
        ("The camera slowly pushes in.", 1),
        ("The camera pushes in.", 2),
        ("Rapid push-in on the door.", 3),
        ("A subtle zoom in.", 1),
        ("The camera pans left then slowly pushes in.", 2),
        ("The camera moves towards the far door of the hall very slowly.", 1),
        ("The camera pushes in on the small boat.", 2),
        ("The camera slowly and smoothly pans left.", 1),
        ("The camera glides smoothly and slowly toward the boat.", 1),
        ("The camera quickly and wildly pans left.", 3),
        ("The man quickly and quietly leaves and the camera pans left.", 2),
    ],
)
def test_adverbs_give_the_level(prompt, level):
    assert review(prompt).camera[0].level == level


def test_a_prompt_in_another_script_gets_one_note_and_nothing_else():
    result = review("猫がゆっくり歩く、カメラは静止")
    assert [finding.code for finding in result.findings] == ["LNG001"]
    assert result.rewrite.text == result.prompt


def test_the_same_prompt_gives_the_same_review():
    for prompt in PROMPTS[:6]:
        assert review(prompt).to_json() == Coach(PRESETS).review(prompt, profile=SKETCH).to_json()


@pytest.mark.parametrize(
    ("prompt", "move", "direction"),
    [
        ("The focus shifts to the background.", "rack_focus", "out"),
        ("Rack focus from the cup to the window.", "rack_focus", None),
        ("Focus pulls from the background to the woman.", "rack_focus", "in"),
        ("The focus slowly shifts from the man in the foreground to the city.", "rack_focus", "out"),
        ("Pull focus to the flower on the left.", "rack_focus", "left"),
        ("A slow dolly zoom on the man.", "dolly_zoom", None),
        ("Vertigo effect.", "dolly_zoom", None),
        ("The camera dollies in while zooming out.", "dolly_zoom", "in"),
    ],
)
def test_a_shift_of_focus_and_a_dolly_zoom_are_moves_of_the_camera(prompt: str, move: str, direction: str | None):
    beats = COACH.review(prompt, profile=SKETCH).timeline.on("camera")
    assert [(beat.move, beat.direction) for beat in beats] == [(move, direction)]


@pytest.mark.parametrize("prompt", ["Her focus shifts to the window.", "He shifts his focus to the ball."])
def test_what_somebody_attends_to_is_no_shift_of_focus(prompt: str):
    assert not COACH.review(prompt, profile=SKETCH).camera


@pytest.mark.parametrize(
    ("prompt", "moves"),
    [
        ("Slow lateral slide to the right.", ["truck_right"]),
        ("A lateral slide to the left along the counter.", ["truck_left"]),
        ("Pan left, then back to the right.", ["pan_left", "pan_right"]),
    ],
)
def test_a_side_said_behind_a_move_is_its_own_unless_something_links_another(prompt, moves):
    assert [beat.move for beat in review(prompt).timeline.on("camera")] == moves


def test_a_state_with_its_adjective_is_no_motion():
    assert not [beat for beat in review("The signs hold steady.").timeline.beats if beat.origin == "prompt"]


def test_what_is_gone_around_is_named_however_far_behind_it_stands():
    (beat,) = review("The camera arcs slowly a few degrees to the left around the bust.").timeline.on("camera")
    assert beat.text == "The camera slowly arcs to the left around the bust."
    assert beat.direction == "left"
