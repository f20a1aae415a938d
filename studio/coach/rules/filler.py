"""TAG, VAG: words that say nothing to a video model."""

from __future__ import annotations

from functools import lru_cache

from studio.coach.cues.parse import Parse
from studio.coach.edits import remove
from studio.coach.language.words import Word
from studio.coach.rule import Context, Hit, Rule, listed, works
from studio.coach.vocabulary.load import Vocabulary
from studio.coach.vocabulary.phrases import Phrases
from studio.shot import Fix, Span

__all__ = ["LEFTOVER_TAGS", "VAGUE_MOTION"]


@lru_cache(maxsize=4)
def _tables(vocabulary: Vocabulary) -> tuple[Phrases[bool], Phrases[bool]]:
    habits = vocabulary.habits
    return Phrases((tag, True) for tag in habits.tags), Phrases((phrase, True) for phrase in habits.vague)


# -- tags and flags -------------------------------------------------------------------------------------------------
def _tags(parse: Parse) -> list[tuple[int, int]]:
    """The quality tags that stand by themselves, as words; "a 4K screen" and "his masterpiece" are things."""
    words = parse.reading.words
    runs: list[tuple[int, int]] = []
    for first, last, _ in _tables(parse.vocabulary)[0].find(parse.reading.lowers):
        if runs and runs[-1][1] == first:
            runs[-1] = (runs[-1][0], last)
        elif not parse.masks.hides(words[first].start, words[last - 1].end):
            runs.append((first, last))
    return [run for run in runs if _alone(parse, *run)]


def _alone(parse: Parse, first: int, last: int) -> bool:
    """Whether a run of tags is a piece between commas, or describes the picture itself ("8k photo of")."""
    words, picture = parse.reading.words, parse.vocabulary.sets["picture"]
    before = words[first - 1] if first and words[first - 1].sentence == words[first].sentence else None
    after = words[last] if last < len(words) and words[last].sentence == words[first].sentence else None
    ends = after is None or after.text in {",", ";", ".", "!", "|", ")", "\n"}
    opens = before is None or before.text in {",", ";", "|", "(", ":"}
    pictured = after is not None and after.lower in picture and after.lower not in {"frame", "screen"}
    return (opens and (ends or pictured)) or (pictured and before is not None and before.lower in {"a", "an", "in"})


def _leftover(context: Context) -> Hit | None:
    spans = _removable(context)
    if not spans:
        return None
    words = listed((span.text for span in spans), 40)
    return Hit(f"Left over from image prompts ({words}); it changes nothing in a clip.", tuple(spans), "info")


def _removable(context: Context) -> list[Span]:
    parse = context.parse
    tags = [parse.span(first, last) for first, last in _tags(parse)]
    return sorted([*tags, *parse.masks.flags], key=lambda span: span.start)


def _sweep(context: Context, hit: Hit) -> tuple[Fix, ...]:
    edits = remove(context.parse.prompt, hit.spans)
    if works(context, _leftover, edits):
        return (Fix(title="Delete them", safety="safe", edits=edits),)
    return ()


LEFTOVER_TAGS = Rule(
    name="leftover-tags",
    code="TAG001",
    title="Quality tags and leftover flags",
    looks_for="8k, masterpiece, award-winning; --ar, --v, -motion and other settings of other tools.",
    why="Tags come from the captions of image models and say nothing about time; flags are read as words. "
    "The still sets the quality, the settings set the shape.",
    source="Prompt-A-Video (2412.15156) on image-style prompts; the flags' own tools.",
    severity="info",
    good=(
        "Steam rises from the mug.",
        "A man carries a 4K screen across the room.",
        "She hangs the masterpiece on the wall.",
        "The award-winning chef stirs the soup.",
        "A unicorn trots over the hill.",
        "The HD on the badge glints as he turns.",
    ),
    bad=(
        "Steam rises from the mug, 8k, masterpiece.",
        "A red balloon drifts over the roofs --ar 16:9 --v 6",
        "A dog runs, highly detailed, 4k, best quality",
        "8k photo of a fox, its ears twitch.",
        "A cat yawns -motion 2",
        "Ultra detailed, photorealistic, a horse gallops past.",
    ),
    false_alarms="A resolution that is a thing in the picture and stands between commas.",
    find=_leftover,
    mend=_sweep,
    yields_to=("appearance-heavy",),
)


# -- vague motion ---------------------------------------------------------------------------------------------------
def _vague_spans(parse: Parse) -> list[Span]:
    """What asks for motion without naming one: "bring it to life", "epic, dynamic movement"."""
    habits, words = parse.vocabulary.habits.sets, parse.reading.words
    ways, motions = habits["vague_ways"], habits["vague_motions"]
    runs = [(first, last) for first, last, _ in _tables(parse.vocabulary)[1].find(parse.reading.lowers)]
    for word in words:
        if word.lemma in {"bring", "animate"}:
            runs += _enlivened(parse, word)
        if word.lower not in motions:
            continue
        first, own = word.index, word.index + 1
        while (
            first
            and words[first - 1].sentence == word.sentence
            and (words[first - 1].lower in ways or words[first - 1].lower in {"and", ",", "camera"})
        ):
            first -= 1
        while first < word.index and words[first].lower not in ways:
            first += 1
        after = words[own] if own < len(words) and words[own].sentence == word.sentence else None
        owner = words[first - 1].lower if first else ""
        named = after is not None and (
            after.kind == "NOUN" or after.lower in {"of", "in", "across", "through", "blur", "as", "that"}
        )
        named = named or owner in parse.vocabulary.sets["possessives"] or owner in {"'s", "’s"}
        if first < word.index and not named:
            runs.append((first, own))
    negated = [cue.span for cue in parse.labelled("negation")]
    spans = [parse.span(first, last) for first, last in sorted(runs)]
    return [s for s in spans if not parse.masks.hides(s.start, s.end) and not any(s.overlaps(n) for n in negated)]


def _enlivened(parse: Parse, word: Word) -> list[tuple[int, int]]:
    """ "Bring this photo to life", "animate the picture"."""
    behind = parse.reading.words[word.index + 1 : word.index + 6]
    lowers = [near.lower for near in behind]
    if word.lemma == "bring":
        end = next((place for place in range(len(lowers) - 1) if lowers[place : place + 2] == ["to", "life"]), None)
        return [(word.index, word.index + end + 3)] if end is not None else []
    pictured = len(behind) > 1 and behind[0].kind == "DET" and lowers[1] in parse.vocabulary.sets["picture"]
    return [(word.index, word.index + 3)] if pictured else []


def _vague(context: Context) -> Hit | None:
    parse = context.parse
    spans = _vague_spans(parse)
    if not spans:
        return None
    named = [event for event in parse.actions if not any(event.span.overlaps(span) for span in spans)]
    moves = [found for found in parse.moves if not any(found.span.overlaps(span) for span in spans)]
    if named or moves:
        return None
    words = listed((span.text for span in spans), 40)
    return Hit(f"“{words}” names no motion. Say who moves, and how.", tuple(spans), "info")


def _name_it(context: Context, hit: Hit) -> tuple[Fix, ...]:
    edits = remove(context.parse.prompt, hit.spans)
    if works(context, _vague, edits):
        return (Fix(title="Leave them out", safety="ask", edits=edits),)
    return ()


VAGUE_MOTION = Rule(
    name="vague-motion",
    code="VAG001",
    title="A motion that is not named",
    looks_for="“Dynamic movement”, “cinematic motion”, “bring it to life”, where nothing says what moves.",
    why="A model films what somebody or something does; “dynamic” is no doing, so it shakes the camera or "
    "everything at once. "
    "Name one thing, its verb and its speed.",
    source="HunyuanVideo 1.5 rewriter: behaviour in place of adjectives; LTX-2: observable acts.",
    severity="info",
    good=(
        "Steam rises from the mug.",
        "The train in motion crosses the bridge.",
        "The smooth motion of the waves rocks the boat.",
        "The dancers show their dynamic motion.",
        "The camera pushes in, smooth cinematic camera movement.",
        "An epic battle: the knight lifts his sword.",
    ),
    bad=(
        "A lion on a rock, dynamic movement.",
        "Bring this photo to life.",
        "A city at night, epic cinematic motion",
        "Animate this image with lots of movement.",
        "Portrait of a woman, natural, realistic movement",
        "A lighthouse on a cliff, smooth cinematic camera movement.",
    ),
    false_alarms="A word of style that the author does not expect to be filmed.",
    find=_vague,
    mend=_name_it,
)
