"""The word lists of the language as records: what the files of ``presets/vocabulary/`` hold of verbs, nouns and times.

What is said of film and of pictures is in ``film_words.py``. The comments in the files say more.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator

from studio.shot import Record

__all__ = [
    "Grammar",
    "Idiom",
    "Languages",
    "Lines",
    "Magnitude",
    "Negation",
    "Nouns",
    "ShareWay",
    "TimeWay",
    "Times",
    "Verbs",
    "WordLists",
    "Words",
]

Words = tuple[str, ...]


def _listed(lines: object) -> object:
    """The words of lines such as "oak, elm, ash"; anything else is left to be refused."""
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        return lines
    return [word.strip() for line in lines for word in line.split(",")]


Lines = Annotated[Words, BeforeValidator(_listed)]
"""A long list: many words to a line, a comma between them."""


class WordLists(Record):
    """A record of word lists."""

    @cached_property
    def sets(self) -> dict[str, frozenset[str]]:
        """The lists that are only asked "is it in there?", by name."""
        lists = {name: said for name, said in self if isinstance(said, tuple)}
        return {name: frozenset(said) for name, said in lists.items() if all(isinstance(word, str) for word in said)}


class Idiom(Record):
    """Verbs that move nothing with one of these words behind them; `next`: right behind."""

    verbs: Words
    next: Words = ()
    near: Words = ()


class Again(Record):
    """What a part of a body does that says again what somebody does: the chest rises as she breathes."""

    verbs: Words
    parts: Words
    said: Words


class Verbs(WordLists):
    """Verb lemmas by the motion they ask for; see the comments in ``verbs.toml``."""

    micro: Lines
    local: Lines
    whole: Lines
    dealing: Lines
    done: Lines
    meaning: Lines
    touching: Words
    noises: Lines
    calls: Words
    gazing: Words
    going_by: Words
    tones: Words
    opposites: Words
    glints: Words
    blending: Words
    blended: Words
    deep_in: Words
    again: tuple[Again, ...]
    going: Lines
    leading_up: Lines
    handled: Lines
    in_rows: Lines
    many_motions: Lines
    acting: Words
    minutes_long: tuple[str, ...]
    chore_verbs: tuple[str, ...]
    chores: Lines
    meals: Lines
    changing_over: Words
    pastime_verbs: Words
    trips: Lines
    leaving_ways: Words
    pastimes: Lines
    scene: Lines
    transform: Lines
    light: Lines
    light_state: Lines
    state: Lines
    meta: Lines
    particles: Lines
    resultative: Lines
    mostly_noun: Lines
    noun_first: Lines
    noun_ing: Lines
    shot_kinds: Lines
    attributive_state: Lines
    moving: Lines
    gestures: Lines
    limb_gestures: Words
    stirring: Words
    trailing: Words
    happening: Lines
    lasting: Lines
    always_noun: Lines
    phrasal: Lines
    plain_s: Lines
    transitive: Lines
    physical: Lines
    blown: Words
    speech: Lines
    making: Lines
    made_looks: Lines
    impressions: Lines
    rising: Lines
    course: Lines
    lying: Lines
    growing: Lines
    shaping: Words
    passing: Lines
    entering: Words
    idioms: tuple[Idiom, ...]
    irregular: Mapping[str, tuple[str, str]]


class Nouns(WordLists):
    """Nouns by what they are."""

    person: Lines
    animal: Lines
    body: Lines
    scenery: Lines
    vehicle: Lines
    thing: Lines
    picture: Lines
    fixed: Lines
    rooted: Lines
    roadside: Words
    mass: Lines
    feminine: Words
    masculine: Words
    creature: Words
    streams: Words
    likenesses: Words
    purposes: Words
    scripts: Words
    afloat: Words
    irregular_plural: Mapping[str, str]


class Grammar(WordLists):
    """The closed classes."""

    determiners: Words
    possessives: Words
    prepositions: Words
    pronouns: Words
    loose_prepositions: Words
    plural_pronouns: Words
    sounding: Words
    audible: Words
    postdeterminers: Words
    indefinite: Words
    weather: Words
    becoming: Words
    times_of_day: Words
    collectives: Words
    conjunctions: Words
    subordinators: Words
    auxiliaries: Words
    be: Words
    modals: Words
    negators: Words
    nobody: Words
    adverbs: Words
    sequence: Words
    simultaneous: Words
    sudden: Words
    degrees: Words
    sizes: Words
    of_verbs: Words
    heard: Words
    restyled: Words
    cast: Words
    asking: Words
    deeds: Words
    object_openers: Words
    ways: Words
    beginning: Words
    causing: Words
    bearing: Words


class Magnitude(Record):
    """Adverbs and adjectives of speed and size, by level."""

    level_1: Words
    level_2: Words
    level_3: Words

    @property
    def lists(self) -> tuple[Words, Words, Words]:
        """The levels in their order."""
        return self.level_1, self.level_2, self.level_3


class Negation(Record):
    """What takes a motion back. ``sections`` are regular expressions."""

    words: Words
    idle: Words
    stops: Words
    exceptions: Words
    sections: Words
    stillness: Words


class TimeWay(Record):
    """One way of saying a time, as a regular expression with places for numbers; see ``times.toml``."""

    kind: Literal[
        "block", "block_share", "stamp", "range", "at", "by", "later", "first", "last", "until_last", "length"
    ]
    pattern: str


class ShareWay(Record):
    """One way of saying a share of the clip: "halfway" begins at 0.5."""

    pattern: str
    start: float | None = None
    end: float | None = None


class Times(Record):
    """How times are said; see ``times.toml``."""

    units: tuple[str, ...]
    together: tuple[str, ...]
    ongoing: Words
    ongoing_of_many: Words
    next: tuple[str, ...]
    clips: tuple[str, ...]
    numbers: dict[str, float]
    said: tuple[TimeWay, ...]
    share: tuple[ShareWay, ...]


class Languages(Record):
    """Function words of other languages; regular expressions of code and data."""

    function_words: Mapping[str, Words]
    markup: Mapping[str, Words]
