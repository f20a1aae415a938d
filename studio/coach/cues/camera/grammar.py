"""What in a sentence speaks of the camera: the tables of its words, and the questions asked around a word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from studio.coach.language.words import Kind, Reading, Word, word_after, word_before
from studio.coach.vocabulary.load import Vocabulary
from studio.coach.vocabulary.phrases import Phrases
from studio.shot import Direction, Level, Move, Span

_UPRIGHT = {"downward", "downwards", "upward", "upwards", "vertical"}
__all__ = ["ACTORS", "SIDES", "Found", "Grammar", "Tables", "tables"]

_LASTING = re.compile(r"\d+(?:\.\d+)?-?(?:s|secs?|seconds?)?")  # "a slow 4s tilt"
_REACH = 4  # how many words after a verb may hold its direction
ACTORS = {"person", "animal", "vehicle"}
"""Kinds of nouns that move by themselves."""

SIDES: dict[str, Direction] = {
    "left": "left", "right": "right", "up": "up", "down": "down", "in": "in", "out": "out",
    "clockwise": "cw", "counterclockwise": "ccw",
}  # fmt: skip
_RING = {"circle", "circles", "circular", "ring", "semicircle", "arc", "loop", "orbit"}
_TURNS = {"clockwise", "counterclockwise"}
_MANNERS = {"direction", "manner", "way", "fashion", "line", "rhythm", "style", "motion"}
_SENTENCE = 40  # how far the word "camera" may stand from a verb of its sentence


@dataclass(frozen=True)
class Found:
    """A camera move in the prompt: ``words[first:last]``; `beside` if it goes on during the move before it."""

    move: Move
    level: Level
    first: int
    last: int
    span: Span
    direction: Direction | None = None
    why: str = ""
    beside: bool = False


@dataclass(frozen=True)
class Tables:
    """The camera's words, by phrase, by verb and direction, by bare verb and direction, by direction alone."""

    phrases: Phrases[Move]
    verbs: dict[tuple[str, str], Move]
    bare: dict[tuple[str, str], Move]
    lemmas: frozenset[str]
    """The verbs of both."""
    anyhow: dict[str, Move]
    directions: dict[str, tuple[str, ...]]
    sided: dict[tuple[str, str], Move]
    first_person: Phrases[bool]
    commands: dict[str, Move]
    """The commands of one word, as an engine is given them."""
    heights: dict[str, int]
    sets: dict[str, frozenset[str]]


@lru_cache(maxsize=4)
def tables(vocabulary: Vocabulary) -> Tables:
    """The tables of a vocabulary, made once."""
    verbs: dict[tuple[str, str], Move] = {}
    bare: dict[tuple[str, str], Move] = {}
    for move in vocabulary.camera.move:
        for table, entries in ((verbs, move.verbs), (bare, move.bare)):
            for entry in entries:
                verb, _, direction = entry.partition(" ")
                table.setdefault((verb, direction), move.id)
    directions: dict[str, tuple[str, ...]] = {}
    for name, words in vocabulary.camera.directions.items():
        for word in words:
            known = directions.get(word, ())
            directions[word] = (name, *known) if word == name else (*known, name)  # "into" before "in"
    phrases = Phrases(
        [
            (said, move.id)
            for move in vocabulary.camera.move
            for phrase in move.phrases
            for said in (phrase, phrase + "s")
        ]
    )
    sided: dict[tuple[str, str], Move] = {
        (move.family, move.side): move.id for move in vocabulary.camera.move if move.side
    }
    first_person = Phrases(
        [(said, True) for said in vocabulary.camera.first_person] + [(said, False) for said in vocabulary.camera.eyes]
    )
    commands = {move.command.lower(): move.id for move in vocabulary.camera.move if " " not in move.command}
    heights = {word: height for height, words in enumerate(vocabulary.camera.heights) for word in words.split(", ")}
    sets = dict(vocabulary.camera.sets)
    sets["spoken"] = sets["subjects"] | sets["recorders"]
    sets["viewers"] = sets["spoken"] | sets["clips"] | {"it", "we", "angle", "shot", "closeup", "up"}  # as subjects
    lemmas = frozenset(lemma for lemma, _ in (*verbs, *bare))
    anyhow = dict(vocabulary.camera.anyhow)
    return Tables(phrases, verbs, bare, lemmas, anyhow, directions, sided, first_person, commands, heights, sets)


class Grammar:
    """A reading with the tables of camera words, and the questions that every finder asks around a word.

    Attributes:
        taken: the indices of the words that are known to speak of the camera.
    """

    def __init__(self, reading: Reading, vocabulary: Vocabulary) -> None:
        self.reading, self.words = reading, reading.words
        self.vocabulary, self.tables = vocabulary, tables(vocabulary)
        self.sets = self.tables.sets
        self.taken: set[int] = set()

    def physical(self, first: int) -> bool:
        """ "The dog zooms in", "learns to fly through": somebody else is its subject, so it is no camera phrase."""
        word, before = self.words[first], self.before(first)
        while before is not None and before.kind == "ADV" and (before.lower.endswith("ly") or word.form == "base"):
            before = self.before(before.index)
        if before is not None and before.kind == "AUX" and word.form in {"ing", "base"}:
            who = self.before(before.index)
            named = who is not None and who.kind == "NOUN" and word.form == "base"  # "the bird should circle around"
            theirs = (
                who is not None and who.kind == "PRON" and who.lower not in {"it", "we"}
            )  # "as he was soaring over"
            return theirs or (named and who is not None and who.lower not in self.sets["spoken"] | self.sets["clips"])
        if before is None or not word.verbs or before.lower in self.sets["spoken"] | {"that", "this"}:
            return False
        if before.lower == "to" or before.kind == "PRON":
            earlier = self.before(before.index)
            return earlier is not None and earlier.kind in {"NOUN", "VERB"} and earlier.lower not in self.sets["spoken"]
        actor = self.vocabulary.noun_kinds.get(before.lower) in {"person", "animal", "body", "vehicle"}
        filmed = self.sets["takes"] | self.sets["clips"] | {"fpv"}
        actor = actor or (word.form == "ing" and bool(word.could_be("fly")) and before.lower not in filmed)
        finite = before.lower not in filmed and word.may_be("s")
        several = before.plural and word.kind == "VERB" and word.form == "base"  # "moons orbit around the planet"
        finite = finite or (several and before.lower not in filmed)
        return before.kind == "NOUN" and (actor or finite) and before.lower not in self.sets["spoken"]

    def theirs(self, first: int) -> bool:
        """ "A satellite follows a circular orbit": somebody else's path, no camera before it."""
        verb = self.before(first, "DET", "ADJ")
        if verb is None or verb.kind != "VERB" or verb.lemma not in self.sets["tracing"] | self.sets["performing"]:
            return False
        who = self.before(verb.index)
        spoken = any(w.lower in self.sets["spoken"] for w in self.same(verb, verb.index - _SENTENCE, verb.index))
        return who is not None and who.kind in {"NOUN", "PRON", "ADV"} and not spoken

    def upright(self, index: int) -> bool:
        """ "Swooping down in a curve": no way around anything."""
        return not _UPRIGHT.isdisjoint(self.reading.lowers[max(0, index - 3) : index])

    def travels(self, index: int, *, plain: bool = False) -> bool:
        """ "We glide to the left": the viewers move with the camera when their verb has a camera's direction."""
        while index < len(self.words) and self.words[index].kind == "ADV":
            index += 1
        entry = self.match(index, self.tables.verbs) if index < len(self.words) and self.words[index].verbs else None
        return entry is not None and (plain or entry[1] > index + 1)

    def is_camera(self, word: Word) -> bool:
        """A camera in the picture is held or carried by somebody; the recording one is not."""
        before = self.before(word.index)
        if self._stands_on(word):
            return False
        if word.lower == "lens" and before is not None and before.lower == "camera":
            return self.is_camera(before)  # "far from the camera lens"
        if (
            word.lower in {"frame", "view", "perspective", "shot", "shots", "framing"}
            and before is not None
            and before.lower in {"into", "of", "from", "the", "out"}
        ):
            earlier = self.before(before.index)
            if earlier is not None and earlier.kind == "PREP":
                return False
        if before is not None and before.lower in self.sets["owners"]:
            return False
        while before is not None and before.kind in {"DET", "ADJ"}:
            before = self.before(before.index)
        if (
            before is None
            or before.kind in {"PUNCT", "CONJ", "ADV", "NOUN", "VERB", "ADJ", "NUM"}
            or before.lower in {"as", "where", "with", "then", "of"} | self.vocabulary.sets["causing"]
        ):
            earlier = self.before(before.index) if before is not None else None
            if earlier is not None and earlier.lower in {"one", "single", "continuous", "long"}:
                return True  # "in one take the camera glides"
            if before is not None and before.kind == "VERB" and self.words[before.index].lemma in self.sets["handling"]:
                return False
            return not (before is not None and before.lower in self.sets["aims"])
        return False

    def _stands_on(self, word: Word) -> bool:
        """ "The camera on the table falls": on what is no rig a camera is a thing like others."""
        after = self.after(word.index)
        if after is None or after.lower not in {"on", "in", "inside", "beside", "near"}:
            return False
        place = next((w for w in self.same(word, after.index + 1, after.index + 5) if w.kind == "NOUN"), None)
        determined = self.after(after.index)
        thing = place is not None and self.vocabulary.noun_kinds.get(place.lower) in {"thing", "body"}
        return bool(
            thing and place and place.lower not in self.sets["rigs"] and determined and determined.kind == "DET"
        )

    def is_recorder(self, word: Word) -> bool:
        """A drone records when the prompt calls it a shot, or when it opens the sentence and flies over a place."""
        after = self.after(word.index)
        before = self.before(word.index)
        if word.lower == "helicopter" and (after is None or after.lower not in self.sets["takes"]):
            return False  # "a helicopter flying at night" is in the picture
        opens = before is None or (before.kind == "DET" and self.before(before.index) is None and before.lower == "the")
        course = self.after(after.index) if after is not None else None
        led = course is None or course.kind == "PUNCT" or course.lower in self.sets["courses"] | {"above", "overhead"}
        bare = before is not None and before.text == "," and led
        opens = opens or bare  # "a coast, drone flying towards the pier"
        return after is not None and (
            after.lower in {"shot", "footage", "camera", "view"}
            or (opens and after.kind == "VERB" and after.lemma in self.sets["flying"])
            or (before is None and after.kind == "VERB" and after.lemma in self.sets["climbing"])
        )

    def new_clause(self, index: int) -> bool:
        """Whether a verb after the first has a subject of its own: "the camera pans as a dog runs"."""
        place = index - 1
        while (
            place >= 0
            and (self.words[place].kind in {"ADV", "AUX"} or self.words[place].lower == "to")
            and self.words[place].sentence == self.words[index].sentence
        ):
            place -= 1
        before = self.words[place] if place >= 0 else None
        return (
            before is not None
            and before.kind in {"NOUN", "PRON"}
            and place not in self.taken
            and before.lower not in {"it", "camera", "shot", "view"}
        )

    def measures(self, word: Word) -> bool:
        """ "At a walking pace", "at the rider's speed": behind "at" stands how high or how fast, not another move."""
        before = self.before(word.index)
        while before is not None and before.kind in {"DET", "ADJ", "NUM"}:
            owned = before.lower in {"'s", "’s"} and before.index > 0
            before = self.before(before.index - owned)
        return before is not None and before.lower == "at"

    def opens_clause(self, word: Word) -> bool:
        """Whether a clause begins with a word, or with what says how or how long before it: "a slow 4s tilt"."""
        before = self.before(word.index)
        while before is not None and (
            before.kind in {"ADV", "ADJ"}
            or _LASTING.fullmatch(before.lower)
            or before.lower in {"slow", "fast", "a", "the", "to", "quick", "slight", "with", "by"}
        ):
            before = self.before(before.index)
        if before is None or before.kind in {"PUNCT", "CONJ"} or before.lower in {"before", "after"}:
            joined = before is not None and (before.kind == "CONJ" or before.lower in {"before", "after"})
            return not (joined and word.form in {"ing", "attributive"}) or self._spoken_of(word)
        return before.lower in {"camera", "shot", "shots", "view", "angle"}

    def _spoken_of(self, word: Word) -> bool:
        """ "While slowly pushing in", where the sentence speaks of the camera and the form has a direction."""
        entry = self.match(word.index, self.tables.bare)
        near = self.words[max(0, word.index - _SENTENCE) : word.index + _SENTENCE]
        sentence = [w for w in near if w.sentence == word.sentence]
        spoken = any(w.lower in self.sets["subjects"] or w.index in self.taken for w in sentence)
        return spoken and entry is not None and entry[1] > word.index + 1

    def stands_alone(self, word: Word) -> bool:
        """ "Pan over the roofs", "a slow pan across": a move in one word. "The pan on the stove" is none."""
        before, after = self.before(word.index), self.after(word.index)
        while before is not None and before.lower in self.sets["filmic"]:
            before = self.before(before.index)  # "cinematic pan"
        while before is not None and _LASTING.fullmatch(before.lower):
            before = self.before(before.index)
        if after is not None and after.kind == "ADV" and self.levelled(after):
            after = self.after(after.index)  # "pan fast"
        across = after is None or after.kind == "PUNCT" or after.lower in self.sets["courses"]
        modified = before is None or before.kind in {"PUNCT", "CONJ", "ADV"} or self.levelled(before)
        return (modified or before is None or before.lower in {"a", "camera", "shot"}) and (
            across or (before is None and after is not None and after.kind == "DET")
        )

    def levelled(self, word: Word) -> bool:
        """Whether a word says how far or how fast."""
        return self.vocabulary.levels.at((word.lower,), 0) is not None

    def match(self, index: int, table: dict[tuple[str, str], Move]) -> tuple[Move, int] | None:
        """The move that a verb and the direction after it make, and where it ends."""
        word = self.words[index]
        lemmas = tuple(dict.fromkeys(lemma for lemma, _ in word.verbs if lemma in self.tables.lemmas))
        if not lemmas:
            return None
        reach = min(len(self.words), index + 1 + _REACH)
        if index + 1 < len(self.words) and self.words[index + 1].lower == "of":
            return None  # "rolls of film"
        end = index + 1
        while end < reach and self.words[end].sentence == word.sentence:
            near = self.words[end]
            if near.kind in {"PUNCT", "VERB", "CONJ"} and near.text != "°":
                break
            end += 1
            if near.kind == "NOUN" and near.lower not in self.sets["degrees"] | {"way", "side", "left", "right"}:
                break
        named = self.directions(index + 1, end)
        if any(name == "through" for _, name in named):  # "hurtles forward through": where it goes says more
            named.sort(key=lambda entry: entry[1] == "in")
        if len(named) > 1:  # "moves vertically down"
            named.sort(key=lambda entry: self.words[entry[0]].lower == "vertically")
        if any(name == "around" and self._is_a_place(place) for place, name in named):
            named.sort(key=lambda entry: entry[1] in _TURNS)  # "rotates clockwise around the tower"
        for place, name in named:
            if (name == "inward" and self._is_a_place(place)) or (name == "to" and self._is_an_aim(place, named)):
                continue
            for lemma in lemmas:
                move = table.get((lemma, name))
                if move and (self.words[place].kind != "NOUN" or name in {"left", "right"}):
                    return move, place + 1
        for lemma in lemmas:
            adjective = self.after(index)
            if adjective is not None and adjective.lower not in {"to", "in"} and (lemma, adjective.lower) in table:
                return table[lemma, adjective.lower], index + 2
            if (lemma, "") in table:
                return table[lemma, ""], index + 1
        return None

    def _is_a_place(self, index: int) -> bool:
        """ "Pans in a slow arc": behind "in" stands where or how."""
        after = self.after(index)
        return after is not None and after.kind in {"DET", "ADJ", "NOUN", "PRON", "NUM"}

    def _is_an_aim(self, index: int, named: list[tuple[int, str]]) -> bool:
        """ "Turns to reveal", "moves vertically from low to high": behind "to" stands what for, or how far."""
        after = self.after(index)
        return len(named) > 1 or (after is not None and after.kind == "VERB" and after.form == "base")

    def before(self, index: int, *past: Kind) -> Word | None:
        """The word before in the same sentence, past those of some kinds."""
        return word_before(self.words, index, *past)

    def after(self, index: int, *past: Kind) -> Word | None:
        """The word behind in the same sentence, past those of some kinds."""
        return word_after(self.words, index, *past)

    def same(self, word: Word, start: int, end: int) -> list[Word]:
        """The words of ``words[start:end]`` in the sentence of `word`."""
        return [near for near in self.words[max(0, start) : end] if near.sentence == word.sentence]

    def directions(self, start: int, end: int) -> list[tuple[int, str]]:
        """The directions named in ``words[start:end]`` as (place, name), the telling ones first.

        "Left to right" goes right; "over to the left" goes left; "counter-clockwise" is one word.
        """
        named: list[tuple[int, int, str]] = []
        for place in range(start, end):
            lower = self.words[place].lower
            before = self.words[place - 1].lower if place else ""
            names = self.tables.directions.get(lower, ())
            if lower == "in" and not _RING.isdisjoint(self.reading.lowers[place + 1 : place + 4]):
                names = ("around",)  # "moves in a slow circle"
            if lower == "in" and not _MANNERS.isdisjoint(self.reading.lowers[place + 1 : place + 4]):
                names = ()  # "goes in a clockwise direction"
            for name in names:
                turned = "counterclockwise" if name == "clockwise" and before in {"counter", "anti"} else name
                source = self._is_source(place)
                telling = name in {"left", "right", "clockwise", "counterclockwise"} and lower != "sideways"
                named.append((2 if source else 0 if telling else 1, place, turned))
        return [(place, name) for _, place, name in sorted(named, key=lambda entry: entry[:2])]

    def _is_source(self, place: int) -> bool:
        """Whether a side is where the move comes from: "from the left", "left to right"."""
        ahead = [near.lower for near in self.words[place + 1 : place + 4] if near.lower != "the"]
        behind = [near.lower for near in self.words[max(0, place - 2) : place] if near.lower != "the"]
        return behind[-1:] == ["from"] or (ahead[:1] == ["to"] and ahead[1:2] in (["left"], ["right"]))

    def glides(self, found: Found) -> bool:
        """ "A first-person view, the camera soars over the dunes": a flight that the camera is named for."""
        return found.move == "aerial_move" and self.words[found.first].lower in {"camera", "cam"}

    def goes_on(self, first: int) -> bool:
        """ "A bird flaps its wings, flies through a cloud": a form in -s goes on from a verb that is no camera's."""
        if self.words[first].form != "s":
            return False
        before = self.words[self.reading.starts[self.words[first].sentence] : first]
        filmed = any(word.lower in self.sets["subjects"] or word.lower in self.sets["recorders"] for word in before)
        return not filmed and any(word.kind == "VERB" and word.form == "s" for word in before)
