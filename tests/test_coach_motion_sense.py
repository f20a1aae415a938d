"""What somebody does is told from how things are, in the words and slips of real prompts."""

from __future__ import annotations

import pytest

from tests.coaching import review

DEEDS = [
    # What talks about the picture, or is a state of things, is a deed where somebody does it to a thing.
    ("A chef adds salt to the soup.", ["add"]),
    ("The lamp adds warmth to the room.", []),
    ("The artist adds depth to the composition.", []),
    ("Children bring joy to the street.", []),
    ("A courier delivers a parcel to the door.", ["deliver"]),
    ("A farmer leads his horse to the barn.", ["lead"]),
    ("A woman arranges flowers in a vase.", ["arrange"]),
    ("Flowers are arranged in a vase.", []),
    ("A nurse measures the patient's pulse.", ["measure"]),
    ("She prepares a salad.", ["prepare"]),
    ("He prepares to jump.", ["jump"]),
    ("Two women help each other.", ["help"]),
    ("He leaves, using a side door.", ["leave"]),
    ("A family has dinner at the table.", ["have"]),
    ("A woman is having breakfast on the balcony.", ["have"]),
    ("Two kids share an ice cream.", ["share"]),
    ("The woman has a dance floor behind her.", []),
    ("He has a cup of tea in his hand.", []),
    # What only those who act do.
    ("A girl touches the flower.", ["touch"]),
    ("Branches touching the water.", []),
    ("The two friends join hands.", ["join"]),
    ("A bridge joins two islands.", []),
    ("Clouds threaten the coast.", []),
    ("A wounded soldier on a bench.", []),
    ("The castle was destroyed.", []),
    # Bodies as they are held, and who does it to whom.
    ("The bird's head is tilted slightly to the side.", []),
    ("His hair is neatly combed.", []),
    ("His hand is shaken by a stranger.", ["shake"]),
    ("A cart pulled by two oxen.", ["pull"]),
    ("A house built by a mason.", []),
    ("A woman looks to the right and speaks.", ["look", "speak"]),
    ("A woman looks to the camera.", []),
    ("A rider stops and looks back.", ["stop", "look"]),
    # A second deed behind "to".
    ("He kneels to tie his shoe.", ["kneel", "tie"]),
    ("She uses a knife to cut the bread.", ["use"]),
    ("A man turns to face the camera.", ["turn"]),
    # What is heard is not seen.
    ("Tunnel at night. Sound of heels clicking on tiles.", []),
    ("People dancing to the sound of drums, waves crashing.", ["dance", "crash"]),
    ("A town that has lost its name.", []),
    # The same verb again.
    ("A man turns around. He turns his head.", ["turn", "turn"]),
    ("A man walks. The person walks slowly.", ["walk"]),
    ("He opens the door, then opens the window.", ["open", "open"]),
]


@pytest.mark.parametrize(("prompt", "lemmas"), DEEDS)
def test_a_deed_is_told_from_a_state(prompt, lemmas):
    assert [action.lemma for action in review(prompt).actions] == lemmas


SPELLINGS = [
    ("Ravi picked up the old book and dusted it off.", ["pick up", "dust"]),
    ("A woman with hair tied up in a bun.", []),
    ("Mira opened the door and stepped out.", ["open", "step"]),
    ("A man in red passes a ball.", ["pass"]),
    ("A woman in black dances.", ["dance"]),
    ("A doctor in blue scrubs reaches out.", ["reach"]),
    ("A man in red robes.", []),
    ("A man with a black hoodie walk down a dark street.", ["walk"]),
    ("A ball roll out of the pipe.", ["roll"]),
    ("A bread roll on a plate.", []),
    ("A train ride down the valley.", []),
    ("A girl with umbrella cross the street.", ["cross"]),
    ("A hand picks up a cookie and dip it in milk.", ["pick up", "dip"]),
    ("She holds a knife and fork.", []),
    ("A man in a blue shirt, holding a cup, waves at us.", ["wave"]),
    ("A man in a dimly lit room hangs up and looks down.", ["hang up", "look down"]),
    ("Pilot flips switches in the cockpit.", ["flip"]),
    ("Firefighters spray water on a burning house.", ["spray"]),
    ("A farmer and his son plant rice in the field.", ["plant"]),
    ("A rose turns to dust.", ["turn"]),
    ("The view is breathtaking.", []),
    ("The bird's striking plumage.", []),
    ("The man's smoking a pipe.", ["smoke"]),
    ("A box of nails and screws, a saw.", []),
    ("He speaks, his words and gestures changing.", ["speak", "change"]),
    ("A toolbox, slightly open, on a shelf.", []),
    ("Energy ripples pulse outward from the stone.", ["pulse"]),
    ("They meet challenges that test their strength.", ["meet", "test"]),
    ("In the park a dog runs.", ["run"]),
    ("Claire walks while Peter reads, Anna sings.", ["walk", "read", "sing"]),
    ("Santa Claus drops presents down the chimney.", ["drop"]),
    ("Christmas Tree lights on a wall.", []),
    ("One dog runs, the other barks at it.", ["run", "bark"]),
    ("The other hands wave.", ["wave"]),
    ("The boy that runs falls.", ["run", "fall"]),
    ("A dog chasing cats.", ["chase"]),
]


@pytest.mark.parametrize(("prompt", "lemmas"), SPELLINGS)
def test_a_verb_is_told_from_a_noun_in_prompts_as_they_are_written(prompt, lemmas):
    assert [action.lemma for action in review(prompt).actions] == lemmas


@pytest.mark.parametrize(
    ("prompt", "actor"),
    [
        ("In the hall a cat jumps.", "cat"),
        ("A taxi waits, in the street another taxi turns.", "taxi"),
        ("Under a tree the girl of the lake sings.", "girl"),
    ],
)
def test_a_place_said_first_does_not_act(prompt, actor):
    assert [cue.actor for cue in review(prompt).cues if cue.sense == "motion"] == [actor]


def test_who_goes_on_is_not_what_was_only_described():
    prompt = "A man watches a dog running in the yard, smiles and waves."
    assert [cue.actor for cue in review(prompt).cues if cue.sense == "motion"] == ["dog", "man", "man"]


def _rules(prompt: str) -> set[str]:
    return {finding.rule for finding in review(prompt).findings}


CUTS = [
    "On the first night she hears a song. On the second night she finds a key.",
    "A monk sweeps the yard, day after day, year after year.",
    "A clip that blends shots of a forest with a pair of hands casting a spell.",
    "Show a king on a throne. Then show a donkey that blows up a balloon.",
    "Their voyage takes them through the floating isles, the glass caverns, and the old city.",
    "He travels across deserts, mountains, and seas.",
    "The first half shows a desert, the second half shows a jungle.",
    "Suddenly the scene is a forest.",
    "A miller's son crossed the dark river, reached a silent castle and found a sleeping cook.",
    "Once a potter heard of a singing hill. He travelled across two deserts and returned to his village.",
]
UNCUT = [
    "On the first day of spring a girl plants a tree.",
    "Seamless looping B-roll of a cup that steams.",
    "The camera whips to the side, transitioning to a new subject.",
    "The dancer transitions into a spin.",
    "A potter mixes clay and water.",
    "Show the sea. The waves roll in.",
    "A rider guides his horse across the dunes, stops, and looks back.",
    "She takes off her hat, coat and scarf.",
    "A fox crossed the river and shook its fur.",
    "A boat that has returned home rocks in the harbour.",
]


MANY = [
    "She bakes a cake, decorates it and serves it to her guests.",
    "Bob found a map, followed it to a cave and discovered a treasure.",
    "The team scores a goal, the fans cheer, the coach jumps and the keeper falls to his knees.",
    "A man is cooking pasta, then he begins to repair a bicycle.",
]
FEW = [
    "Kids run, jump and laugh in the park.",
    "The crowd cheers, claps and waves flags.",
    "A man is walking, then he starts running.",
    "The camera orbits the car. The car drives off as the camera orbits. The camera zooms in.",
]


@pytest.mark.parametrize("prompt", MANY)
def test_more_than_a_clip_holds_is_found(prompt):
    assert "too-many-actions" in _rules(prompt)


@pytest.mark.parametrize("prompt", FEW)
def test_what_a_clip_holds_is_left_alone(prompt):
    assert "too-many-actions" not in _rules(prompt)


def test_what_flies_through_a_cloud_by_itself_is_no_camera():
    assert not review("A bird flaps its wings, flies through a cloud.").camera


@pytest.mark.parametrize("prompt", CUTS)
def test_a_second_shot_is_found(prompt):
    assert "multiple-shots" in _rules(prompt)


@pytest.mark.parametrize("prompt", UNCUT)
def test_one_shot_stays_one(prompt):
    assert "multiple-shots" not in _rules(prompt)
