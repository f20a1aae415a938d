"""What is asked for one after another without a verb for each: legs of the camera, poses, another activity."""

from __future__ import annotations

from itertools import pairwise

from studio.coach.cues.camera import Found
from studio.coach.cues.camera.grammar import SIDES
from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.shot import Span

__all__ = ["camera_legs", "cast", "long_deeds", "rows_of", "switches"]

_BESIDE = {"static", "tracking", "handheld", "fpv", "fast_move"}
_NUMBERS = {str(n) for n in range(3, 21)} | {"three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozen"}
_MANY = {"several", "various", "multiple", "different", "many", "numerous", "countless"}
_THINGS = {"DET", "NOUN", "ADJ", "PRON", "NUM"}
_NEAR = 4  # words
_IDLE = {"carry", "face", "have", "hold", "wear"}
_LEAD = 6  # words before a verb in which it may be said to begin


def camera_legs(parse: Parse) -> list[Found]:
    """The moves that the camera makes in turn; one spoken of again ("as the camera orbits") is no other leg."""
    legs: list[Found] = []
    again = parse.vocabulary.sets["sequence"] | {"again", "back"}
    for found in parse.moves:
        near = parse.reading.lowers[max(0, found.first - 3) : found.last]
        said = any(_family(found) == _family(leg) for leg in legs) and again.isdisjoint(near)
        lead = tuple(parse.reading.lowers[max(0, found.first - 2) : found.first])
        manner = bool(legs) and lead in {("in", "a"), ("with", "a")}  # "moves left in a smooth pan"
        if found.move not in _BESIDE and not manner and not (said and not _stands_apart(found, parse)):
            legs.append(found)
    return legs


def _family(found: Found) -> str:
    """What a move is; a crane goes up and down as a pedestal does."""
    return "crane" if found.move.startswith("pedestal") else found.move


def _stands_apart(found: Found, parse: Parse) -> bool:
    """ "— WHIP PAN RIGHT —": a move between two marks is told anew each time."""
    words, marks = parse.reading.words, {"-", "–", "—", "→"}
    end = found.last
    while end < len(words) and words[end].lower in SIDES:
        end += 1
    around = [words[i].text for i in (found.first - 1, end) if 0 <= i < len(words)]
    return len(around) == 2 and marks.issuperset(around)


def rows_of(parse: Parse) -> Span | None:
    """ "Cycles through three poses", "tries on several hats": a row of what takes a stretch of time each."""
    words = parse.reading.words
    for word in words:
        if word.lower not in parse.vocabulary.sets["in_rows"] or parse.masks.hides(word.start, word.end):
            continue
        first = next((w for w in _before(words, word.index) if w.lower in _NUMBERS or w.lower in _MANY), None)
        if first is None or any(w.kind in {"VERB", "PUNCT", "CONJ"} for w in words[first.index : word.index]):
            continue
        ahead = _before(words, first.index)
        if any(w.lower in {"through", "between"} or w.could_be("strike", "try", "wear") for w in ahead):
            return parse.span(first.index, word.index + 1)
    return None


def _before(words: tuple[Word, ...], index: int) -> list[Word]:
    near = words[max(0, index - _NEAR) : index]
    return [word for word in reversed(near) if word.sentence == words[index].sentence]


def switches(parse: Parse) -> tuple[Event, ...]:
    """ "He is folding towels, then suddenly starts to paint a wall": an activity, and another that begins behind it.

    The first may be one in which little moves: "she is watching a film, then gets up and starts washing plates".
    """
    words, last = parse.reading.words, None
    for later in parse.actions:
        earlier, last = last, later
        lead = words[max(0, later.verb - _LEAD) : later.verb]
        begins = any(w.could_be("start", "begin") for w in lead[-2:])
        turned = any(w.lower in parse.vocabulary.sets["sequence"] | parse.vocabulary.sets["sudden"] for w in lead)
        long = _has_object(words, later) or later.lemma in parse.vocabulary.sets["whole"]
        if not (begins and turned and long):
            continue
        before = earlier is not None and earlier.lemma != later.lemma and words[earlier.verb].form == "ing"
        if earlier and before and "person" in {earlier.actor, later.actor} and _has_object(words, earlier):
            return (earlier, later)
        if later.actor == "person" and _is_busy(parse, later):
            return (later,) if earlier is None else (earlier, later)
    return ()


def _is_busy(parse: Parse, later: Event) -> bool:
    """Whether somebody is said to be doing something else to a thing earlier in the sentence: "is watching a film"."""
    words = parse.reading.words
    sentence = words[parse.reading.starts[words[later.verb].sentence] : later.verb]
    return any(
        doing.form == "ing"
        and doing.kind == "VERB"
        and doing.lemma not in {later.lemma, *_IDLE}
        and is_.kind == "AUX"
        and words[doing.index + 1].kind in _THINGS
        for is_, doing in pairwise(sentence)
    )


def long_deeds(parse: Parse) -> tuple[Event, ...]:
    """ "Wakes up and makes coffee", "packs a bag and leaves the house": two deeds that each take minutes."""
    sets, words = parse.vocabulary.sets, parse.reading.words
    places = parse.vocabulary.habits.sets["places"]
    kept: dict[str, Event] = {}
    for event in parse.actions:
        said = {
            event.lemma,
            *(f"{event.lemma} {word}" for word in parse.reading.lowers[event.verb + 1 : event.last][:1]),
        }
        thing = next((w.lower for w in words[event.verb + 1 : event.last] if w.kind == "NOUN"), "")
        made = event.lemma in {"make", "prepare", "have", "eat", "get"} and thing in sets["meals"]
        done = event.lemma in sets["chore_verbs"] and thing in sets["chores"]
        gone = bool(kept) and event.lemma in {"leave", "go", "return"} and thing in places
        long = made or done or gone or not said.isdisjoint(sets["minutes_long"])
        if event.actor == "person" and event.tie != "while" and long:
            kept.setdefault("make" if made else event.lemma, event)
    return tuple(kept.values()) if len(kept) > 1 else ()


def cast(parse: Parse) -> int:
    """How many stand in the list that opens a prompt: "a cat, a kettle and a broom are rowing" are three."""
    count = 0
    for word in parse.reading.words:
        if word.sentence > 0 or word.kind in {"VERB", "AUX"}:
            return count if word.kind == "AUX" and word.lower == "are" else 0
        if word.kind not in {"DET", "ADJ", "NOUN", "CONJ", "PREP"} and word.text != ",":
            return 0
        count += word.kind == "DET" and word.lower in {"a", "an", "the"}
    return 0


def _has_object(words: tuple[Word, ...], event: Event) -> bool:
    start = event.verb + 1 + (" " in event.lemma)  # "puts on a coat"
    return words[start].kind in _THINGS if start < event.last else False
