"""Read a beat's sentence: what of the still moves, how, and which way. Closed classes of words, no guessing.

The coach writes beats as short sentences with the mover first ("The grass leans and recovers in the same gusts."),
and people write theirs alike. What is not understood is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from studio.engines.sketch.life.motions import Library, Motion, Region
from studio.shot import Beat, Direction

__all__ = ["Call", "holds", "read_beat"]

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_SIDES: dict[str, Direction] = {
    **dict.fromkeys(("left", "leftward", "leftwards"), "left"),
    **dict.fromkeys(("right", "rightward", "rightwards"), "right"),
    **dict.fromkeys(("up", "upward", "upwards"), "up"),
    **dict.fromkeys(("down", "downward", "downwards"), "down"),
}
_OPPOSITE: dict[Direction, Direction] = {"left": "right", "right": "left", "up": "down", "down": "up"}


@dataclass(frozen=True)
class Call:
    """What a beat asks of the still.

    Attributes:
        region: what moves.
        direction: which way it goes, or the wind blows; None: nothing is said.
    """

    beat: Beat
    motion: Motion
    region: Region
    direction: Direction | None = None


def read_beat(beat: Beat, library: Library) -> Call | None:
    """Read what a subject or scene beat asks for; None: nothing that a still can show by moving what it holds."""
    if beat.layer not in ("subject", "scene"):
        return None
    words = _words(beat.text)
    if set(words) & set(library.grammar.negations):
        return None
    verbs, nouns = _forms(library)
    for place in range(1, len(words)):
        blown, regions = _movers(words, place, library, nouns)
        for region in regions:
            for motion in library.motions:
                if region.id in motion.regions and (blown or motion.id in verbs.get(words[place], ())):
                    return Call(beat, motion, region, _direction(words[place + 1 :]))
    return _alive(beat, words, library, nouns)


def _alive(beat: Beat, words: Sequence[str], library: Library, nouns: dict[str, str]) -> Call | None:
    """What breathes is alive, whatever it is called: an officer, a squirrel."""
    lifeless = {form for noun in library.grammar.lifeless for form in _noun(noun)}
    for motion in library.motions:
        forms = {form for verb in motion.living for form in _verb(verb)}
        place = next((number for number, word in enumerate(words) if word in forms), 0)
        mover = _head(words[:place], library.grammar.prepositions)
        if mover and not {*lifeless, *nouns} & {*words[:place]}:
            return Call(beat, motion, library.region(motion.regions[0]))
    return None


def holds(beat: Beat, library: Library) -> bool:
    """Whether the beat says that something stays as it is, which a still does by itself."""
    words, grammar = _words(beat.text), library.grammar
    held = {form for verb in grammar.holds for form in _verb(verb)}
    at = next((place for place, word in enumerate(words) if word in held), None)
    if at is None:
        return False
    alone = not words[at + 1 :] and words[at].startswith("stead")
    return alone or bool(set(words[at:]) & set(grammar.still))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'").replace("'s ", " ").replace("n't", " not"))


def _movers(words: Sequence[str], verb: int, library: Library, nouns: dict[str, str]) -> tuple[bool, Iterable[Region]]:
    """What moves when the verb stands at this place, and whether a wind moves it: its object, else the subject."""
    grammar = library.grammar
    head = [word for word in _head(words[:verb], grammar.prepositions) if word not in grammar.carriers]
    if not head:
        return False, ()
    if head[-1] not in {form for agent in grammar.agents for form in _noun(agent)}:
        return False, _named(head, library, nouns)
    if words[verb] not in {form for agent_verb in grammar.agent_verbs for form in _verb(agent_verb)}:
        return True, ()
    after = words[verb + 1 :]
    skip = next((number for number, word in enumerate(after) if word not in grammar.prepositions), len(after))
    return True, _named(_head(after[skip:], grammar.prepositions), library, nouns)


def _head(words: Sequence[str], prepositions: Sequence[str]) -> list[str]:
    """The name of a thing: up to the first preposition, adverbs left out."""
    end = next((number for number, word in enumerate(words) if word in prepositions), len(words))
    return [word for word in words[:end] if not word.endswith("ly") or len(word) < 5]


def _named(head: Sequence[str], library: Library, nouns: dict[str, str]) -> Iterable[Region]:
    """The regions that a name stands for: each thing joined by "and", the whole of which a part is named.

    The whole stands behind "of" or before its part: "the head of the dandelion", "the dandelion's head".
    """
    parts = {form for part in library.grammar.parts for form in _noun(part)}
    for thing in " ".join(head).split(" and "):
        pieces = [piece.split() for piece in thing.split(" of ")]
        last = next((n for n, piece in enumerate(pieces) if not piece or piece[-1] not in parts), len(pieces) - 1)
        for piece in pieces[last::-1]:
            reach = 2 if piece and piece[-1] in parts else 1
            for word in piece[::-1][:reach]:
                if word in nouns:
                    yield library.region(nouns[word])


def _direction(after: Sequence[str]) -> Direction | None:
    """Which way, by the words after the verb; "from the left" goes to the right."""
    found: Direction | None = None
    for number, word in enumerate(after):
        side = _SIDES.get(word)
        if side is None:
            continue
        from_there = "from" in after[max(0, number - 2) : number]
        found = _OPPOSITE[side] if from_there else side
        if not from_there:
            break
    return found


@lru_cache(maxsize=4)
def _forms(library: Library) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Every form of every verb with its motions, and of every noun with its region."""
    verbs: dict[str, tuple[str, ...]] = {}
    for motion in library.motions:
        for verb in motion.verbs:
            for form in _verb(verb):
                verbs[form] = (*verbs.get(form, ()), motion.id)
    nouns: dict[str, str] = {
        form: region.id for region in library.regions for noun in region.nouns for form in _noun(noun)
    }
    return verbs, nouns


def _noun(noun: str) -> set[str]:
    """A noun and its plural."""
    if noun.endswith(("s", "x", "ch", "sh", "z")):
        return {noun, noun + "es"}
    if noun.endswith("f"):
        return {noun, noun + "s", noun[:-1] + "ves"}
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return {noun, noun[:-1] + "ies"}
    return {noun, noun + "s"}


def _verb(verb: str) -> set[str]:
    """A verb's plain form, third person and participle, by the rules of English spelling."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {verb, verb[:-1] + "ies", verb + "ing"}
    if verb.endswith("e"):
        return {verb, verb + "s", verb[:-1] + "ing"}
    third = verb + "es" if verb.endswith(("s", "x", "ch", "sh", "z")) else verb + "s"
    doubled = re.search(r"[^aeiou][aeiou][^aeiouwxy]$", verb)
    return {verb, third, verb + "ing", *({verb + verb[-1] + "ing"} if doubled else ())}
