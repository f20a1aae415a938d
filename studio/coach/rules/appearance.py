"""APP: words about what the still already shows."""

from __future__ import annotations

from bisect import bisect_left

from studio.coach.cues.named_motions import named_motions
from studio.coach.cues.parse import Parse
from studio.coach.edits import remove
from studio.coach.language.words import Word
from studio.coach.rule import Context, Hit, Rule, listed, whole, works
from studio.shot import Cue, Edit, Fix, Severity

__all__ = ["APPEARANCE_HEAVY"]

# The looks of a prompt are weighed against what it says of change: each motion, camera move and cut, said again or not.
# The weights were found on eleven sets of prompts labelled by hand (1,516); of the best they were chosen for few false
# alarms on clean prompts.
_UNMOVED = 3.1  # looks where nothing moves: three, and a tag or a bare name among them; ...
_BESIDE = 2.8  # ... where something moves these, ...
_PER_CHANGE = 2.0  # ... with so many for each change
_TAG = 0.25  # a style or a quality tag weighs this much more than a colour ...
_MOST_TAGS = 3  # ... for the first three
_MOST_CUTS = 2  # a list of shots says no more of change than two cuts
_BARE = 0.4  # of a look: a noun between commas with no adjective ("chrome, palm trees")
_HALF = 0.45  # of the words
_LONGEST_BARE = 6  # words
_NO_LOOK = {"leftover flag", "describing", "size of shot"}
_HEARD = {"piano", "guitar", "song", "songs", "voice", "narration", "drums", "chimes"}
_WHICH = {"every", "each", "one", "that"}  # or an ordinal: "on the second day"
_DAYS = {"day", "night", "morning", "evening", "afternoon", "season"}
_LIGHT = {"stylised", "look of the light"}


def _looks(parse: Parse) -> tuple[Cue, ...]:
    """The cues that only say how things look, each stretch of the prompt once."""
    kept: list[Cue] = []
    for cue in parse.cues:
        look = cue.label in {"appearance", "style"} and cue.sense not in _NO_LOOK
        light = cue.label == "light" and cue.sense in _LIGHT
        if (look or light) and not (kept and kept[-1].span.end > cue.span.start):
            kept.append(cue)
    return tuple(kept)


def _descriptors(parse: Parse) -> tuple[Cue, ...]:
    """Of these, the ones that are weighed."""
    return tuple(cue for cue in _looks(parse) if _shown(cue, parse))


def _shown(cue: Cue, parse: Parse) -> bool:
    """Whether a cue is of the still: no label ("Style:"), nothing heard, not of the camera ("a dramatic low angle")."""
    words, sets = parse.reading.words, parse.vocabulary.sets
    first, place = bisect_left(parse.starts, cue.span.start), bisect_left(parse.starts, cue.span.end) - 1
    word, after = words[place], words[place + 1] if place + 1 < len(words) else None
    label = parse.reading.labels.get(word.sentence)
    heard = label is not None and label[0].lower in sets["heard"]
    heard = heard or _described(word, words).lower in sets["heard"] | _HEARD or _is_header(cue, parse)
    plain = cue.label == "appearance" and cue.sense != "quality tag" and cue.span.text.lower() not in sets["general"]
    filmed = plain and _described(word, words).lower in sets["filmed"]
    return not (heard or filmed or (after is not None and after.text == ":") or _says_where_or_when(first, parse))


def _is_header(cue: Cue, parse: Parse) -> bool:
    """ "Scene 2:" counts shots."""
    return any(other.sense == "header" and other.span.overlaps(cue.span) for other in parse.labelled("cut"))


def _described(word: Word, words: tuple[Word, ...]) -> Word:
    """What a word describes: the noun that ends the row it opens, or the subject that it is said of; else itself."""
    if word.kind != "ADJ":
        return word
    last = word.index
    while (
        last + 1 < len(words) and words[last + 1].kind in {"ADJ", "NOUN"} and words[last + 1].sentence == word.sentence
    ):
        last += 1
    if words[last].kind == "NOUN":
        return words[last]
    said = words[word.head] if word.dep == "conj" else word  # "the move is smooth and calm"
    near = words[max(0, said.index - _LONGEST_BARE) : said.index]
    return next((other for other in near if other.dep == "nsubj" and other.head == said.index), word)


def _says_where_or_when(first: int, parse: Parse) -> bool:
    """ "In the distance", "every night", "on the second day": where and when it happens, and no look."""
    words, sets = parse.reading.words, parse.vocabulary.sets
    before = [word.lower for word in words[max(0, first - 2) : first] if word.sentence == words[first].sentence]
    if not before:
        return False
    where = words[first].lower in sets["general"] and before[-1] == "the" and before[0] in sets["prepositions"]
    which = before[-1] in _WHICH or before[-1] in parse.vocabulary.cuts.ordinals
    return where or (which and words[first].lower in sets["times_of_day"] | _DAYS)


def _bare(parse: Parse) -> int:
    """How many fragments between commas, after the first, only name a thing: "chrome", "stars and nebula behind"."""
    spans = [cue.span for cue in parse.cues if cue.sense not in _NO_LOOK]
    fragments: list[list[Word]] = [[]]
    for word in parse.reading.words:
        if word.kind == "PUNCT" or (fragments[-1] and fragments[-1][-1].sentence != word.sentence):
            fragments.append([])
        if word.kind != "PUNCT" and not parse.masks.hides(word.start, word.end):  # nor what is unwanted
            fragments[-1].append(word)
    return sum(
        0 < len(words) <= _LONGEST_BARE
        and words[0].kind not in {"PREP", "CONJ", "DET"}
        and any(word.kind == "NOUN" for word in words)
        and not any(word.kind in {"VERB", "AUX"} for word in words)
        and not any(span.start <= word.start < span.end for word in words for span in spans)
        for words in fragments[1:]
    )


def _tells_half(parse: Parse) -> bool:
    """Whether what moves, who moves it and the camera take nearly half of the words: no caption of looks."""
    words = [
        word for word in parse.reading.words if word.kind != "PUNCT" and not parse.masks.hides(word.start, word.end)
    ]
    told = {i for event in parse.events for i in (*range(event.first, event.last), event.subject or event.verb)}
    told.update(i for found in parse.moves for i in range(found.first, found.last))
    return len(told) >= _HALF * len(words)


def _find(context: Context) -> Hit | None:
    parse = context.parse
    cues = _descriptors(parse)
    looks = parse.vocabulary.adjectives  # "the views are breathtaking" tells no motion
    acts = sum(parse.reading.words[event.verb].lower not in looks for event in parse.events)
    verbs = {event.verb for event in parse.events}
    told = sum(
        verbs.isdisjoint(range(first, last)) and parse.reading.words[first].lower != "camera"
        for first, last in named_motions(parse)
    )
    motions = acts + told + sum(found.move != "static" for found in parse.moves)
    changes = motions + min(len(parse.labelled("cut", "cut")), _MOST_CUTS)
    tags = sum(cue.label != "appearance" or cue.sense == "quality tag" for cue in cues)
    weight = len(cues) + _TAG * min(tags, _MOST_TAGS) + _BARE * _bare(parse)
    enough = _BESIDE + _PER_CHANGE * changes if changes else _UNMOVED
    if weight < enough or _tells_half(parse):
        return None
    severity: Severity = "info" if context.profile.dialect.still_in_words == "yes" else "warning"
    named = listed((cue.span.text for cue in cues), 34)
    beside = "nothing says what moves" if not motions else f"{motions} motion{'s' * (motions > 1)} beside them"
    message = f"{len(cues)} descriptions of what the still already shows ({named}); {beside}."
    return Hit(message, tuple(cue.span for cue in cues), severity)


def _mend(context: Context, _hit: Hit) -> tuple[Fix, ...]:
    parse = context.parse
    quality = [cue.span for cue in parse.cues if cue.sense in {"quality tag", "leftover flag"}]
    looks = [cue.span for cue in _looks(parse) if _loose(cue, parse)]
    fixes: list[Fix] = []
    if quality and _tidy(parse.prompt, remove(parse.prompt, quality)):
        fixes.append(Fix(title="Delete the quality words", safety="safe", edits=remove(parse.prompt, quality)))
    described = remove(parse.prompt, [*quality, *looks])
    if works(context, _find, described):
        fixes.append(Fix(title="Delete the descriptions", safety="unsafe", edits=described))
    return (*fixes, *whole(context, "Say the motion first", "unsafe"))


def _loose(cue: Cue, parse: Parse) -> bool:
    """Whether a description can go and leave a sentence: "wool" in "wool coat", a tag between commas; not a noun."""
    words = parse.reading.words
    inside = [word for word in words if cue.span.start <= word.start < cue.span.end]
    if not inside or inside[-1].kind != "NOUN":
        return True
    after = words[inside[-1].index + 1] if inside[-1].index + 1 < len(words) else None
    before = words[inside[0].index - 1] if inside[0].index else None
    if after is not None and after.kind == "NOUN" and after.sentence == inside[-1].sentence:
        return True
    return all(near is None or near.kind == "PUNCT" for near in (before, after))


def _tidy(prompt: str, edits: tuple[Edit, ...]) -> bool:
    return bool(Fix(title="", safety="safe", edits=edits).apply(prompt).strip(" ,.;"))


APPEARANCE_HEAVY = Rule(
    name="appearance-heavy",
    code="APP001",
    title="More looks than motion",
    looks_for="Descriptions that clearly outweigh the motions: four without any motion (three if one is a style "
    "or a quality tag), five beside one, seven beside two, nine beside three. No caption is heavy that tells motion in "
    "nearly half of its words.",
    why="The model has the look from the still; words about it crowd out the motion "
    "and pull the clip away from the picture. What the still cannot say is how things change.",
    source="Wan 2.2, Runway Gen-4 and LTX-2 image-to-video guides; conditional image leakage (2406.15735).",
    severity="warning; info where the engine wants the first frame described",
    good=(
        "Steam rises from the mug as the camera slowly pushes in.",
        "A purple bowl.",
        "The old man lifts his cup, sips and sets it down on the table.",
        "Waves roll in and wash over the stones.",
        "The red flag ripples in a strong wind.",
        "She turns her head and smiles at the camera.",
        "A green glowing line on a black backdrop bursts outward, splits into a neon grid and spins around its axis.",
    ),
    bad=(
        "A beautiful ceramic mug on a wooden table, warm light, cozy scene, premium product shot",
        "Ultra detailed 8k portrait of a gorgeous young woman, blue eyes, golden hair, elegant silk dress",
        "Majestic snow-covered mountains, vivid colours, photorealistic, award-winning photography",
        "A sleek black sports car, glossy paint, dramatic studio look, highly detailed, cinematic",
        "Cozy vintage living room, warm tones, wooden furniture, soft velvet sofa, detailed, 4k",
        "Anime girl with long pink hair, school uniform, big green eyes, pastel background, masterpiece, smiling",
    ),
    false_alarms="A caption whose adjectives are needed to name the one thing that moves.",
    find=_find,
    mend=_mend,
)
