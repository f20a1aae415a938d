"""Words of many senses: what cuts, what must be read, what light is asked for, what the camera does, what happens."""

import pytest

from tests.coaching import review


def cues(prompt, label):
    return [cue for cue in review(prompt).cues if cue.label == label]


def rules(prompt):
    return {finding.rule for finding in review(prompt).findings}


CUTS = [
    "A sailor ties a rope. Next scene he drinks in a tavern.",
    "The porter knocks. Scene 2: the nurse opens the parcel.",
    "[0:00-0:02] Wide shot of a quay [0:02-0:05] a close-up of a rope being tied",
    "At dawn the baker kneads dough; at noon he sells it; by night he sweeps the shop.",
    "The clip starts with a wide shot of an orchard, then transitions to a close-up shot of a pear.",
    "Horror trailer set in an old cinema, curtains sway. Ends with a wide shot of the empty stage.",
    "A multi-scene tour of a farm, hens run.",
    "A juggler walks through different worlds.",
    "The whip pan resolves on a new location where she lands.",
    "Regatta highlights reel, crews row, a coach shouts.",
    "shot 1 an owl blinks shot 2 the owl flies off",
    "Panel 1: a frog waits. Panel 2: it leaps.",
    "A cook plates the fish, we then see the guests eating it.",
    "A man boards a ferry. The film then shows his farm in the hills.",
    "He plants an acorn; later, an oak stands there.",
    "She reads on the quay. The next day she sails away.",
    "The king bows, meanwhile in the harbour ships burn.",
    "Twenty years later the same barber sweeps the same floor.",
    "A kettle whistles, dissolve to a locomotive.",
    "Surf on a reef, then transition to a market street.",
    "A slideshow of holiday pictures.",
    "Intercut the runner with the cheering stand.",
    "The camera cuts between the two chess players.",
    "The scene changes to a frozen lake where boys skate.",
    "The perspective switches to a hawk above the field.",
    "Waltzing in a barn, then in a ballroom, then in a meadow.",
    "Wide shot of a quarry. Close-up of a drill biting into stone.",
    "EXT. ORCHARD - DAY. Apples fall. INT. CELLAR - NIGHT. A man counts bottles.",
    "Three clips: a cat eats, a cat sleeps, a cat runs.",
    "First shot: an empty rink. Second shot: skaters pour in.",
    "Quick shots of welders, bakers and tailors at work.",
    "A compilation of goats jumping off sheds.",
    "Fades out, then fades in on a nursery.",
    "Masons build walls in Lisbon, Porto and Faro.",
]
ONE_SHOT = [
    "SCENE 1: a colt gallops along a fence.",
    "SCENE 7 - a cobbler hammers a heel.",
    "A horse trailer rolls down the lane.",
    "A smooth morphing transition between two masks.",
    "Keep the label of Image 1 and the colours of Image 2, the bottle turns.",
    "The camera tilts down and ends on a close-up of the key.",
    "At dusk the ferry leaves the pier.",
    "The tailor cuts to the edge of the cloth.",
    "The light transitions from gold to violet over the bay.",
    "The leaves change from green to red.",
    "Sugar dissolves into tea.",
    "The dancer switches to a faster step.",
    "The boxer shifts to his left foot.",
    "The traffic light switches to green.",
    "A smooth transition of colours washes over the dunes.",
    "One take, no cuts, a girl skips rope.",
    "The camera pans right and we then see a dog asleep.",
    "A diamond with a brilliant cut turns.",
    "A shot of rum slides along the bar.",
    "The scene changes from day to night as lamps come on.",
    "She walks out of a movie theatre and smiles.",
    "Following shot of a boy on a sled.",
    "A few seconds later the bubble pops.",
    "The fog dissolves into the valley.",
]


@pytest.mark.parametrize("prompt", CUTS)
def test_a_second_shot_is_found_however_it_is_said(prompt):
    found = cues(prompt, "cut")
    assert found and all(cue.sense and cue.why for cue in found)
    assert "multiple-shots" in rules(prompt)


@pytest.mark.parametrize("prompt", ONE_SHOT)
def test_words_of_editing_in_another_sense_are_no_cut(prompt):
    assert cues(prompt, "cut") == []


SHOWN = [
    "A boy holds up a sign that says help.",
    "A gate with a sign reading Mill Lane, rain falls.",
    "A business card with the name Ada Brook lies on a desk.",
    "The magazine has the title ORCHARD and its pages turn.",
    'A mug with "Good Morning" printed on it steams.',
    "Letters fall one by one: words appear on the wall.",
    "A keeper with the number 1 on his shirt dives.",
    "The clock shows 11:58 and ticks.",
    "Digits flip on a departure board.",
    "The painter paints OPEN LATE on the window.",
    "Subtitles run along the bottom while he talks.",
    "The slogan fades in below the boots.",
    'Title: "North Wind", a ship in fog.',
    'A card on a stool, written on it " SORRY ".',
    "A wall of ice shows a pale `K` as frost melts.",
    "Grey notebook with title salt and pepper.",
    "Smoke spells hello above the roofs.",
    "Close-up of a scribe writing a verse on vellum.",
    "A quill slowly writes on parchment.",
    "Poster of a film named Red Harbour, rain runs down it.",
    "A toy block with the letter A tumbles.",
    "The film title THE LAST FERRY burns.",
]
NOT_SHOWN = [
    'She whispers "not yet" and turns away.',
    '"Wait for me," he shouts and runs.',
    'A terrier named "Biscuit" digs.',
    "The postman brings a letter and she opens it.",
    "A clerk signs the contract.",
    "A child draws a heart on the misty window.",
    "The crowd waves banners.",
    "An old clock ticks on the wall.",
    "He types a text message on his phone.",
    "A man reads a newspaper in the park.",
    "A wizard's spells burst from the tower.",
    "Close-up of her face as she writes.",
    "She holds a pen and writes a letter by the window.",
    "A bottle with a white label tips over.",
    'A 5" screen and a 7" record spin.',
    "He reads a book to a boy named Tom.",
]


@pytest.mark.parametrize("prompt", SHOWN)
def test_words_that_must_be_read_are_lettering(prompt):
    assert "fine-text" in rules(prompt)


@pytest.mark.parametrize("prompt", NOT_SHOWN)
def test_words_that_are_heard_or_only_meant_are_no_lettering(prompt):
    assert cues(prompt, "lettering") == []


LIGHTS = [
    "Purple light flickers over her cheek.",
    "A tunnel lit with red and blue gels, a guard walks.",
    "Her face is bathed in soft pink as she turns.",
    "A glowing portal opens between the trees.",
    "An eerie green glow seeps out of the well.",
    "The staff glows with magic energy.",
    "Green lasers sweep over the dancers.",
    "Police lights flash on the wet road.",
    "Silhouetted dancers on a glowing floor, moody.",
    "Red and teal stage lights sweep over the drummer.",
    "Neon pink and blue reflections slide over the bonnet.",
    "Glowing mushrooms light a hollow log, a beetle crawls.",
    "A blacklight party, painted dancers jump.",
    "A guard walks into a red-lit vault.",
    "A drummer nods under flashing lights.",
    "One stage light swings over the singer.",
    "A hall lit only by red emergency lamps, a nurse runs.",
    "The cave glows with blue crystals, a bat flies out.",
]
OWN_LIGHT = [
    "A blue light bulb swings.",
    "The blue light of dawn slides over the snow.",
    "A runner in a neon green jacket jogs past.",
    "Keepers dive under the stadium floodlights.",
    "A glowing ember rolls off the grate.",
    "Her eyes light up as she laughs.",
    "A man with light skin and red hair nods.",
    "Lanterns sway along the river.",
    "The pilot of a futuristic cockpit waves, dramatic lighting.",
    "Red curtains and light wood, a cat stretches.",
    "A spotlight turns to the stage door.",
    "A gate painted green, lit by a lamp, swings.",
    "A sun-lit field, wheat sways.",
    "A buoy rocks, its light flashing.",
]


@pytest.mark.parametrize("prompt", LIGHTS)
def test_light_that_the_still_does_not_have_is_put_together_from_its_words(prompt):
    assert "stylised-lighting" in rules(prompt)


@pytest.mark.parametrize("prompt", OWN_LIGHT)
def test_light_in_another_sense_is_left_alone(prompt):
    assert "stylised-lighting" not in rules(prompt)


CAMERA = [
    ("The camera pans left and then back to the right.", ["pan_left", "pan_right"]),
    ("Zoom in on the bell, then out again.", ["zoom_in", "zoom_out"]),
    ("A static, close-up shot of a moth.", ["static"]),
    ("Keep the camera perfectly still while the reeds bend.", ["static"]),
    ("Low angle: the camera is angled up at a mast, the flag flaps.", []),
    ("The camera remains static throughout the shot as a train passes.", ["static"]),
    ("The camera holds still, this boy lifts a kite and lowers it.", ["static"]),
    ("An orbiting drone shot of a lighthouse.", ["orbit"]),
    ("Drone shot along the cliffs at noon.", ["aerial_move"]),
    ("Drone shot of the cliffs at noon.", []),
    ("The camera pans right, following the action.", ["pan_right"]),
    ("The camera tilts down, tracking the falling cup.", ["tilt_down", "tracking"]),
    ("FPV shot flying through a barn.", ["fpv"]),
    ("First-person view racing down a gorge.", ["fpv"]),
    ("The camera flies into the window of a mill.", ["fly_through"]),
    ("Crash zoom on the dial.", ["crash_zoom"]),
    ("360 around the sneaker.", ["orbit"]),
    ("The camera barrel rolls clockwise.", ["roll_cw"]),
    ("The shot begins at his boots and tilts up to his hat.", ["tilt_up"]),
    ("Pushes in slowly, then tilts up.", ["dolly_in", "tilt_up"]),
    ("Movement: pan left. A bird sings.", ["pan_left"]),
    ("A tourist pans her phone across the roofs.", []),
    ("A spotlight pans across the stage.", []),
    ("The turret rotates clockwise.", []),
    ("The photographer zooms in with his camera.", []),
    ("The camera rockets backwards out of the tunnel.", ["dolly_out"]),
    ("The steadicam follows a nurse down the ward.", ["tracking"]),
    ("Handheld chase behind a thief on the roofs.", ["handheld", "tracking"]),
    ("The camera on the shelf falls down.", []),
    ("A camera on a tripod in a gallery, dust drifts.", []),
    ("A probe follows a wide circular orbit.", []),
    ("Static two-shot of twins, they blink.", ["static"]),
    ("Slow dolly shot (left to right) along a quay.", ["truck_right"]),
    ("A drone shot rising over a mill as geese fly.", ["aerial_move"]),
    ("Roofs of a village, drone flying towards the tower.", ["aerial_move"]),
    ("Top-down aerial drone shot, looking straight down at a ferry that turns.", []),
    ("A model turns, smooth camera move.", []),
    ("The framing stays tight on her hands as she knits.", []),
    ("Her coat flaps, the hills stay fixed, centred framing.", []),
    ("The camera trucks left in a smooth lateral move past the jars.", ["truck_left"]),
    ("The camera rolls clockwise over a spiral staircase.", ["roll_cw"]),
    ("Tracking shot of a van. The camera stays fixed just behind the van.", ["tracking"]),
    ("The camera pans across a harbour. The camera moves from left to right past the masts.", ["pan_right"]),
    ("The camera angle is high, looking down at a courtyard where children run.", []),
    ("He walks toward the camera.", []),
    ("Static, wind in her hair.", ["static"]),
    ("Tilt the camera up to the ceiling.", ["tilt_up"]),
    ("Rotate camera around the car.", ["orbit"]),
    ("They move the camera to the left.", []),
    ("The camera whips around her.", ["orbit"]),
    ("In one take the camera glides into the garden.", ["dolly_in"]),
    ("Handheld, following a courier through the arcade.", ["handheld", "tracking"]),
    ("Handheld, running behind a medic.", ["handheld", "tracking"]),
    ("The camera hurtles forward through the gorge.", ["fly_through"]),
    ("Drone descends toward the harbour.", ["aerial_move"]),
    ("A drone descends and a girl catches it.", []),
    ("The camera does a 180 around him.", ["orbit"]),
    ("A spinning camera move around the couple.", ["orbit"]),
    ("A goose in a yard -camera pan up -motion 2", ["tilt_up"]),
    ("A goose in a yard -neg mud, fog -camera rotate cw", ["roll_cw"]),
    ("The camera pans down the facade.", ["tilt_down"]),
    ("The camera pans left to right along the quay.", ["pan_right"]),
    ("Slow 3s tilt from chin to boots.", ["tilt_down"]),
    ("The camera tilts from her shoes to her face.", ["tilt_up"]),
    ("Her head tilts from side to side.", []),
    ("Half-circle move around the singer.", ["orbit"]),
    ("A low flight above the temples, misty.", ["aerial_move"]),
    ("Flight through the clouds.", ["fly_through"]),
    ("A bird's flight over the lake.", []),
    ("Handheld camera moving fast in a corridor.", ["fast_move", "handheld"]),
    ("The camera moves quickly in on his face.", ["dolly_in"]),
    ("A red scarf flies through the hall.", []),
    ("Zooming through a tunnel of leaves.", ["fly_through"]),
    ("The camera orbits the car. The dolly movement is smooth.", ["orbit"]),
    ("Different points of view should appear in the film.", []),
    ("Orbit shot. Keep head and shoulders in frame.", ["orbit"]),
    ("Follow a duck as it paddles.", ["tracking"]),
    ("A spiralling aerial shot around the mast.", ["orbit"]),
    ("A descending drone shot over the weir.", ["aerial_move"]),
    ("Following the leader, ducklings march.", []),
    ("The camera swoops down and races between the cranes.", ["aerial_move", "fly_through"]),
    ("The camera tilts up along the rocket.", ["tilt_up"]),
    ("The camera starts the push in.", ["dolly_in"]),
]


@pytest.mark.parametrize(("prompt", "moves"), CAMERA)
def test_camera_moves_are_told_from_what_only_looks_like_them(prompt, moves):
    assert sorted({move.move for move in review(prompt).camera}) == moves


MOTIONS = [
    ("Morning light comes through the curtains and he stretches.", ["stretch"]),
    ("City lights come on.", ["come"]),
    ("A golden crema forms on top.", ["form"]),
    ("Dust gathers and forms a ring.", ["gather", "form"]),
    ("The wax melts and drips onto the plate.", ["melt", "drip"]),
    ("The lamps flash and flicker.", ["flash"]),
    ("It turns, laces swaying.", ["turn", "sway"]),
    ("The monk bows, lights incense and sits down.", ["bow", "light", "sit down"]),
    ("The tailor, needle in hand, dabs chalk onto the hem.", ["dab"]),
    ("Old man blinks, Rembrandt style.", ["blink"]),
    ("He shows a photograph to the guard.", ["show"]),
    ("The painting shows a mill.", []),
    ("Man in suit check his watch.", ["check"]),
    ("An eagle catch fish from lake.", ["catch"]),
    ("Cat lick paw then look up.", ["lick", "look up"]),
    ("A chef plating dessert.", ["plate"]),
    ("A train arrives at the station and passengers get off.", ["arrive", "get off"]),
    ("Jellyfish light up the walls as they drift.", ["light up", "drift"]),
    ("Fade in from black, a candle burns.", ["burn"]),
    ("The model walks down the aisle, turns and walks back.", ["walk", "turn", "walk"]),
    ("His hat flies off.", ["fly"]),
    ("The man ages rapidly.", ["age"]),
    ("A lizard eye opening, macro.", ["open"]),
    ("Make the boy in the photo wave.", ["wave"]),
    ("Steam fills the air.", ["fill"]),
    ("Water fills half of the jar.", []),
    ("Kids chase bubbles.", ["chase"]),
    ("He throws a stone and ripples spread.", ["throw", "spread"]),
    ("Airship, brass rivets, leather straps, copper pipes.", []),
    ("Leopard on a cliff, piercing blue eyes.", []),
    ("Matcha, whisk, bamboo spoon.", []),
    ("Dynamic motion, fast speed.", []),
    ("A library where nobody is reading and nothing is moving.", []),
    ("She smells the milk and gets dressed.", ["smell", "dress"]),
    ("He makes a bubble gum.", ["make"]),
    ("Lights come on one by one.", ["come"]),
    ("Shafts of light on the fern.", []),
    ("Headphones floating on a gradient backdrop.", []),
    ("The camera stays still as the man lifts the ball.", ["lift"]),
    ("A road winds through the hills.", []),
    ("Peaks rise above the forest.", []),
    ("A tea farm stretching over the hills.", []),
    ("Ivy climbing the wall, roses trailing down the steps.", []),
    ("A kitten stretches on the rug.", ["stretch"]),
    ("Milk fills it up.", ["fill"]),
    ("Night falls over the village.", []),
    ("The painting comes to life.", ["come"]),
    ("A girl throws a stone, creating ripples.", ["throw", "ripple"]),
    ("Timelapse of clouds racing over a hill.", ["race"]),
    ("The hiker walks, then stops to drink.", ["walk", "stop", "drink"]),
    ("A knight walks left, then walks right.", ["walk", "walk"]),
    ("Neon signs reflecting on wet stone.", []),
    ("She appears to be asleep.", []),
    ("He says hello.", ["say"]),
    ("The sign says hello.", []),
    ("She tracks mud through the hall.", ["track"]),
    ("Grass is cut by a mower.", ["cut"]),
    ("Flames shoot up.", ["shoot"]),
    ("The lamp on the wall serves as decoration.", []),
    ("One take, a boy claps.", ["clap"]),
    ("Milk gets poured into a cup.", ["pour"]),
    ("Warm, slightly faded: a clerk stamps a form.", ["stamp"]),
    ("A lute player bows. Sound: a bell ringing, doors slamming.", ["bow"]),
    ("Avoid blur, morphing hands, or people walking. A cat yawns.", ["yawn"]),
    ("Change the style to noir.", []),
    ("She grips the rail.", []),
    ("The fawn wobbles with overshoot springs.", ["wobble"]),
    ("Two bamboo stalks slide.", ["slide"]),
    ("Peaches are stacked in neat rows, a wasp lands.", ["land"]),
    ("A moored fishing boat rocks.", ["rock"]),
    ("Cobblers stitch in a room with rapid transitions of tools.", ["stitch"]),
    ("A nave with soaring arches and streaming sunlight.", []),
    ("A vault with lens flare and subsurface scattering.", []),
    ("He sits, his face turned to the wall.", []),
    ("Some pebbles are more rounded than others.", []),
    ("Some roofs appear almost black.", []),
    ("A mood of calm, seen in the way she strokes the cat.", []),
    ("She stood still, then slowly nodded her head.", ["nod"]),
    ("A loud blast occurs behind the barn.", ["occur"]),
    ("The log burned as he leaped over it.", ["burn", "leap"]),
    ("Boy takes a coat. Walks to the gate.", ["take", "walk"]),
    ("The drummer nods, swinging his arms and striking bold poses.", ["nod", "swing", "strike"]),
    ("Birds hang in the air as if they were dancing.", []),
]


@pytest.mark.parametrize(("prompt", "lemmas"), MOTIONS)
def test_a_motion_is_told_from_a_state_an_idiom_and_talk_about_the_film(prompt, lemmas):
    assert [action.lemma for action in review(prompt).actions] == lemmas


def test_a_motion_says_who_does_it_and_in_which_order():
    found = [cue for cue in review("The potter lifts the lid, then steam rises.").cues if cue.order is not None]
    assert [(cue.order, cue.actor, cue.lemma) for cue in found] == [(1, "potter", "lift"), (2, "steam", "rise")]


@pytest.mark.parametrize(
    "prompt",
    [
        "The camera slowly pans left while a tall red flag ripples, ultra detailed, 8k --ar 16:9",
        'No zoom. Neon light, a sign that reads "TEA", then cut to a quiet street with birdsong.',
    ],
)
def test_every_cue_says_why(prompt):
    assert all(cue.why and cue.sense for cue in review(prompt).cues)


THREE_STEPS = [
    "The man raises the ball, aims and throws it.",
    "The camera holds still as the woman opens the box, takes out a ring and puts it on.",
    "Hands crack two eggs, whisk them and pour them into a pan.",
    "0-2s: a hand lifts the lid. 2-4s: a spoon stirs the soup. 4-5s: steam rises.",
    "A clown juggles while a dog barks, a nurse waves and two boys blow bubbles.",
]


@pytest.mark.parametrize("prompt", THREE_STEPS)
def test_three_steps_of_one_doer_are_too_many_for_a_clip(prompt):
    assert "too-many-actions" in rules(prompt)


@pytest.mark.parametrize(
    "prompt",
    [
        "A robot rolls through a store, avoiding crates and turning its head.",
        "A dog runs along the beach while gulls circle and waves roll in.",
        "She turns and smiles.",
    ],
)
def test_what_goes_on_beside_one_doing_is_not_counted_against_it(prompt):
    assert "too-many-actions" not in rules(prompt)


@pytest.mark.parametrize("prompt", ["Noodle soup rotation.", "An iceberg at dusk, smooth camera movement."])
def test_a_motion_may_be_said_as_a_noun(prompt):
    assert "no-motion" not in rules(prompt)


@pytest.mark.parametrize(
    "prompt",
    [
        "A ferry leaves. Sound: soft rain, warm music, deep horns, rich echoes, quiet voices.",
        "A colt trots. Style: minimal motion, dynamic camera, dramatic low angle.",
    ],
)
def test_what_is_heard_or_said_of_the_camera_is_no_look(prompt):
    assert "appearance-heavy" not in rules(prompt)
