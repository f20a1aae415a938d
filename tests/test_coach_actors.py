"""Who does what: the actor of every motion, and whom each pronoun stands for, in sentences of every build."""

import pytest

from studio.coach.cues.parse import parse
from studio.coach.telling.wording.naming import antecedent
from studio.coach.vocabulary.load import load_vocabulary
from studio.settings import Settings

VOCABULARY = load_vocabulary(Settings().presets / "vocabulary")

PLAIN = """
A potter shapes a bowl. | shapes=potter
The ferry leaves the harbour. | leaves=ferry
Two goats climb the rock. | climb=goats
Snow falls on the roofs. | falls=snow
Maya waves at the bus. | waves=maya
The smoke above the village thins and drifts east. | drifts=smoke
The pages of the old diary flutter. | flutter=pages
The sails of the windmill turn slowly. | turn=sails
A herd of bison crosses the river. | crosses=herd
The reflection of the tower ripples. | ripples=reflection
The girl at the window turns her head. | turns=girl
The dog behind the fence barks and jumps. | barks=dog jumps=dog
"""
WITH = """
A miner with a lamp on his helmet crawls through the shaft. | crawls=miner his=miner
A girl with a yellow umbrella spins. | spins=girl
A farmer in a straw hat lifting a crate. | lifting=farmer
An old sailor in a heavy oilskin hauling a net over the side. | hauling=sailor
A guard in first person writing in a log. | writing=guard
The boy looks to the side while humming. | humming=boy
A butcher with scarred hands sharpening a knife in a dim shop. | sharpening=butcher
A baker with tattooed hands shaping a loaf. | shaping=baker
A monk in orange robes walking down the steps. | walking=monk
A photo of a boy in a raincoat jumping into a puddle. | jumping=boy
A wide shot of a weary postman in a long cape climbing a hill. | climbing=postman
A medium shot captures a tailor with silver glasses threading a needle in a small shop. | threading=tailor
A woman with a basket of plums walks across the yard. | walks=woman
A man with a beard drinks from a cup. | drinks=man
marta, a nurse with red hair, medium shot in a lounge, green plants, clear water, reaches for a glass. | reaches=nurse
The skater executes wide turns. | executes=skater
A clown at dusk, wet pavement, picks a coin up. | picks=clown
A drummer in a neon room wearing gloves side facing, waves his sticks. | waves=drummer
A boy with a kite running along the dunes. | running=boy
A violinist in a velvet dress bows to the hall. | bows=violinist
A violinist with closed eyes and a velvet dress, draws the bow. | draws=violinist
A barista steams milk and pours a cup. | steams=barista pours=barista
A shepherd with a crook in his hand whistles. | whistles=shepherd his=shepherd
A nurse with a tray in her hands hurries past. | hurries=nurse her=nurse
"""
COMMAS = """
A stone giant, covered with lichen and fern, slowly wakes in a quarry. | wakes=giant
A tower, wrapped in fog and vines, leans and collapses. | collapses=tower
A couple, dressed in white, walks along the pier. | walks=couple
The fox, its fur wet, trots across the road. | trots=fox its=fox
An old tram, painted red and gold, rolls past the square. | rolls=tram
A stone giant, overgrown with moss and ferns, slowly rises in a courtyard. | rises=giant
The bride, laughing, throws the bouquet. | throws=bride laughing=bride
A mask lies open on a silk pillow, its jewels sparkling and turning. | turning=jewels its=mask
A barge floats down the canal, its engine puffing, smoke trailing behind it. \
| floats=barge puffing=engine trailing=smoke its=barge it=barge
A cowboy rides over the ridge, dust rising behind him. | rides=cowboy rising=dust him=cowboy
The teacher stands by the board, holding a piece of chalk, then turns around. | turns=teacher
A cook tosses rice in a pan, smiling at the guests. | tosses=cook smiling=cook
The wind lifts her scarf, tugging at the ends. | lifts=wind tugging=wind
A clerk sits at a desk, smoke curling from a pipe. | curling=smoke
"""
RELATIVE = """
A woman who wears a green shawl opens the gate. | opens=woman
A dog that chases a ball slips on the ice. | chases=dog slips=dog
A man carries a torch that flickers in the wind. | carries=man flickers=torch
A garden where red leaves drift onto a pond. | drift=leaves
A kite, which dips and climbs, tugs at its string. | dips=kite climbs=kite tugs=kite its=kite
The smith who hammers the blade looks up. | hammers=smith looks=smith
A gnome in a bottle who paints a fence. | paints=gnome
A street where a drummer marches past the shops. | marches=drummer
A hut whose chimney smokes stands by the lake as a heron lands. | lands=heron
"""
COORDINATED = """
The cat stretches, yawns and curls up. | stretches=cat yawns=cat curls=cat
A knight draws a sword and charges. | draws=knight charges=knight
The horse neighs, rears up and gallops off. | neighs=horse rears=horse gallops=horse
A heron and a duck take off. | take=duck
The curtain rises and a dancer leaps onto the stage. | rises=curtain leaps=dancer
He opens the book and the lamp flickers. | flickers=lamp
A gust sweeps across the yard and the laundry flaps. | sweeps=gust flaps=laundry
The mechanic tightens the bolt and wipes his brow with a rag. | tightens=mechanic wipes=mechanic his=mechanic
Ashes swirl up and settle on the sill. | swirl=ashes settle=ashes
The judge lifts the gavel, pauses, then slams it down. | lifts=judge slams=judge it=gavel
She picks up a shell, studies it and puts it in her pocket. | picks=she puts=she it=shell
A stallion stands in the rain. It shakes its mane, snorts and trots off. \
| shakes=stallion snorts=stallion trots=stallion
A stag stands on a ridge, wind tearing at the grass. It rears up, then bolts. | rears=stag bolts=stag tearing=wind
"""
PRONOUNS = """
A sports car races along a coast road at dusk. Its lights cut through the haze. | Its=car cut=lights
A truck climbs a mountain road. Palms blur past on both sides. As it rounds the bend, the sea appears. \
| it=truck rounds=truck
A clerk in a creased suit sits in a dim office. Wooden blinds cast stripes across his face. He lifts a letter. \
| his=clerk He=clerk lifts=clerk
A weaver kneels at a loom. The glow of the fire plays on the wall. She pulls a thread. | She=weaver pulls=weaver
A pianist in a black dress sits on a stage. The lid of the piano gleams. She lifts her hands. \
| She=pianist lifts=pianist her=pianist
A lion sleeps under a tree. Flies buzz around. It opens one eye. | It=lion opens=lion
A watch lies on a cloth. Its hands spin. | Its=watch spin=hands
A lighthouse stands on the cliff. Its beam sweeps over the sea. | Its=lighthouse sweeps=beam
Children run into the yard. They throw leaves at the dog. | They=children throw=children run=children
Two divers sink past a reef. They point at an eel. | They=divers point=divers
A firefighter carries a child out of the smoke. He kneels and shields the child with his coat. \
| He=firefighter kneels=firefighter shields=firefighter his=firefighter
A woman walks through a crowd. Her red coat sways. | Her=woman sways=coat
A vendor scoops beans in a busy hall while shoppers drift by, their robes swaying. \
| drift=shoppers their=shoppers swaying=robes
The king enters the hall. A servant bows. | enters=king bows=servant
A kettle stands on the stove. Steam rises from its spout. | its=kettle rises=steam
Anna sits by the pond. She throws a stone. It skips over the water. | She=anna throws=anna It=stone skips=stone
A man holds a lantern. It swings in the wind. | It=lantern swings=lantern
A boy opens a box. It glows. | opens=boy It=box
A girl and her dog sit on a pier. He licks her hand. | her=girl
The robot picks up a flower. It turns its head. | picks=robot
Tom meets Lucy on a bridge. She hugs him. | She=lucy hugs=lucy him=tom
A mother lifts her son. He laughs. | lifts=mother He=son laughs=son
A queen walks to the king. She kneels. | walks=queen She=queen kneels=queen
A knight faces a dragon. It breathes fire. | It=dragon breathes=dragon
A diver swims above a reef alive with fish. He kicks once and rises. | swims=diver He=diver kicks=diver rises=diver
A wolf stands on a rock. Mist drifts through the pines. It howls. | It=wolf howls=wolf
"""
PASSIVES = """
A drum is hit by a child. | hit=drum
Two men wrestle in a ring and one gets thrown. | wrestle=men
The gate is opened by a guard, who steps aside. | opened=gate steps=guard
A cup is knocked off the table. | knocked=cup
The bell is being rung by a monk. | rung=bell
The door is kicked in and soldiers rush inside. | kicked=door rush=soldiers
"""
CLAUSES = """
As the sun sets, the lamps along the street flicker on. | sets=sun flicker=lamps
When the bell rings, pupils pour out of the school. | rings=bell pour=pupils
As the tide rises, crabs crawl over the stones. | rises=tide crawl=crabs
A boat rocks while gulls circle above the mast. | rocks=boat circle=gulls
In the distance, a train crosses the bridge. | crosses=train
Under the awning an old man lights his pipe. | his=man
The camera pans left as a cyclist rides past. | rides=cyclist
A cyclist rides past, the camera tracking alongside, and waves at the crowd. | rides=cyclist waves=cyclist
The camera pushes in on a clown juggling knives. | juggling=clown
Close-up of a hand turning a key in a lock. | turning=hand
Close-up of hands kneading clay. | kneading=hands
Footage of an eagle diving at a lake. | diving=eagle
Through the window we see a maid sweeping the floor. | sweeping=maid
The scene opens on a rider galloping over a plain. | galloping=rider
A blacksmith hammers, sparks flying from the anvil, and sweat runs down his face. \
| flying=sparks runs=sweat his=blacksmith
From the shadows a panther creeps toward the fire. | creeps=panther
Suddenly a hatch opens and a diver climbs out. | opens=hatch climbs=diver
"""
POSSESSED = """
The woman's hair blows across her face. | blows=hair her=woman
The captain's coat flaps. | flaps=coat
A cat's tail flicks. | flicks=tail
Her fingers tap the glass. | tap=fingers
A singer lifts the microphone, her eyes closing. | lifts=singer closing=eyes her=singer
The soldier's boots sink into the mud as he runs. | sink=boots he=soldier runs=soldier
The coffee machine hisses. | hisses=machine
A paper boat spins in the gutter. | spins=boat
A traffic light turns green. | turns=light
The second hand of the clock jerks forward. | jerks=hand
The street lamp swings. | swings=lamp
The barn door bursts open. | bursts=door
The front door creaks open behind the curtains. | creaks=door
A curtain hangs by the hatch. The hatch bursts open. | bursts=hatch
"""
RUN_ON = """
the pony trots over the meadow dust rising behind it | trots=pony rising=dust it=pony
bus speeding round a bend smoke pouring from the tyres | speeding=bus pouring=smoke
a cook tosses rice in a pan flames leap up | tosses=cook leap=flames
witch lifts a wand a bolt strikes the tree | lifts=witch strikes=bolt
the ship leaves the dock people cheer | leaves=ship cheer=people
a boy kicks the ball it flies over the fence | kicks=boy flies=ball it=ball
she opens the parcel gasps and laughs | opens=she gasps=she laughs=she
dog runs into the lake water splashes everywhere | runs=dog splashes=water
"""
BARE = """
dog jump | jump=dog
girl jump over a puddle | jump=girl
bird fly over the lake | fly=bird
deer walk through snow | walk=deer
frog leap | leap=frog
horse gallop on beach | gallop=horse
a fish leaps | leaps=fish
Anna waves | waves=anna
Leo smiles | smiles=leo
woman turn around and smile | turn=woman smile=woman
sheep graze on a hill | graze=sheep
man dance in rain | dance=man
A toddler wobbles, takes a step and claps. | wobbles=toddler takes=toddler claps=toddler
The only thing that moves is the flag. | moves=thing
I want the leaves to fall and the dog to bark. | fall=leaves bark=dog
The wind picks up, causing the sails to billow. | billow=sails
"""
LABELLED = """
[Subject] barista [Action] pours milk into a cup, spilling a drop | pours=barista spilling=barista
{subject: wolf, action: howls at the moon, camera: slow push in} | howls=wolf
Shot type: medium. Subject: girl in red boots. Action: jumps over a puddle, water splashes. | jumps=girl splashes=water
Subject: a fox. Action: it yawns. | yawns=fox
{"subject": "a lizard on a stone", "action": "blinks and flicks its tongue"} | blinks=lizard flicks=lizard
"""
KINDS = {
    name: [line.split(" | ") for line in table.strip().splitlines()]
    for name, table in {
        "plain": PLAIN, "with": WITH, "commas": COMMAS, "relative": RELATIVE, "coordinated": COORDINATED,
        "pronouns": PRONOUNS, "passives": PASSIVES, "clauses": CLAUSES, "possessed": POSSESSED, "run-on": RUN_ON,
        "bare": BARE, "labelled": LABELLED,
    }.items()
}  # fmt: skip


def told(prompt):
    """Each verb and each pronoun of a prompt with the noun that it belongs to."""
    read = parse(prompt, VOCABULARY)
    words = read.reading.words

    def named(word):
        noun = antecedent(word, read) if word.kind in {"PRON", "DET"} else word
        return (noun or word).lower

    found = {
        word.text: named(word) for word in words if word.kind == "PRON" or word.lower in {"his", "her", "its", "their"}
    }
    return found | {words[e.verb].text: named(words[e.subject]) if e.subject is not None else "" for e in read.events}


@pytest.mark.parametrize(
    ("prompt", "gold"), [pytest.param(*row, id=row[0][:60]) for rows in KINDS.values() for row in rows]
)
def test_every_motion_has_its_actor(prompt, gold):
    wanted = dict(pair.split("=") for pair in gold.split())
    found = told(prompt)
    assert {word: found.get(word) for word in wanted} == wanted
