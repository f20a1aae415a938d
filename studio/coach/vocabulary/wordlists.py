"""The word lists as records: what each file of ``presets/vocabulary/`` holds. The comments in the files say more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator

from studio.shot import Direction, Move, Record

__all__ = [
    "Appearance",
    "AudioWords",
    "CameraWords",
    "Cuts",
    "Grammar",
    "Idiom",
    "Languages",
    "Lettering",
    "LightWords",
    "Magnitude",
    "MoveWords",
    "Negation",
    "Nouns",
    "ShareWay",
    "Sign",
    "Style",
    "TimeWay",
    "Times",
    "Verbs",
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


class Idiom(Record):
    """Verbs that move nothing with one of these words behind them; `next`: right behind."""

    verbs: Words
    next: Words = ()
    near: Words = ()


class Verbs(Record):
    """Verb lemmas by the motion they ask for; see the comments in ``verbs.toml``."""

    micro: Lines
    local: Lines
    whole: Lines
    dealing: Lines
    done: Lines
    leading_up: Lines
    handled: Lines
    in_rows: Lines
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
    attributive_state: Lines
    moving: Lines
    stirring: Words
    happening: Lines
    always_noun: Lines
    phrasal: Lines
    plain_s: Lines
    transitive: Lines
    physical: Lines
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


class Nouns(Record):
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
    mass: Lines
    feminine: Words
    masculine: Words
    creature: Words
    irregular_plural: Mapping[str, str]


class Grammar(Record):
    """The closed classes."""

    determiners: Words
    possessives: Words
    prepositions: Words
    pronouns: Words
    loose_prepositions: Words
    plural_pronouns: Words
    sounding: Words
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


class MoveWords(Record):
    """How a camera move is said. ``risk`` is what one still can carry at level 1, 2 and 3 (0 nothing, 3 much)."""

    id: Move
    family: str = ""
    side: Direction | None = None
    say: str
    command: str
    reveals: bool
    risk: tuple[int, int, int]
    phrases: Words
    verbs: Words
    bare: Words


class CameraWords(Record):
    """Everything that is said of cameras; see the comments in ``camera.toml``."""

    subjects: Words
    recorders: Words
    viewpoints: Words
    takes: Words
    still: Words
    adjectives: Words
    owners: Words
    handling: Words
    aims: Words
    clips: Words
    own: Words
    leading: Words
    between: Words
    flying: Words
    climbing: Words
    paths: Words
    first_person: Words
    flight: Words
    labels: Words
    courses: Words
    degrees: Words
    again: Words
    whipped: Words
    far: Words
    near: Words
    appearing: Words
    voyages: Words
    heights: Words
    pursuits: Words
    tracing: Words
    aside: Words
    rushing: Words
    stirring: Words
    moved: Words
    rigs: Words
    carriers: Words
    drifting: Words
    turning: Words
    postures: Words
    vague: Words
    aggressive: tuple[Move, ...]
    directions: Mapping[str, Words]
    anyhow: Mapping[str, Move]
    move: tuple[MoveWords, ...]


class LightWords(Record):
    """Light that changes, light that is there, light that overrules the still's."""

    nouns: Words
    look: Words
    stylised: Words
    unnatural: Words
    tinted: Words
    bodies: Words
    kinds: Words
    neon_lights: Words
    natural: Words
    bathing: Words
    glows: Words
    magic: Words
    fantastic: Words
    weak_light: Words
    weak_style: Words


class AudioWords(Record):
    """What is heard."""

    phrases: Words
    verbs: Words


class Appearance(Record):
    """Words about the look of the still. ``flags`` are regular expressions."""

    quality: Lines
    evaluative: Lines
    colour: Lines
    material: Lines
    size_shape: Lines
    age: Lines
    setting: Lines
    clothing: Lines
    general: Words
    filmed: Words
    describing: Lines
    endings: Lines
    not_descriptive: Lines
    flags: Words


class Style(Record):
    """Art, film stock, lens, size of shot."""

    art: Lines
    shot_size: Lines
    making: Words


class Lettering(Record):
    """Words that must be read. ``figures`` are regular expressions."""

    strong: Words
    surfaces: Words
    naming: Words
    harmless_surfaces: Words
    titles: Words
    pens: Words
    covers: Words
    works: Words
    close: Words
    verbs: Words
    inscribed: Words
    speech: Words
    gestures: Words
    figure_words: Words
    figures: Words
    leads: Words
    acronyms: Words
    harmless: Words


class Sign(Record):
    """A sense of cut found by regular expressions, at least so many times; `still`: where no camera move leads.

    Every match holds one of the words that it `needs`, where it names any: most prompts need not be searched.
    """

    sense: str
    why: str
    needs: Words = ()
    least: int = 1
    still: bool = False
    patterns: Words


class Cuts(Record):
    """A second shot; see the comments in ``cuts.toml``."""

    strong: Words
    story: Words
    unbroken: Words
    talk: Words
    harmless: Words
    verbs: Words
    commands: Words
    camera_verbs: Words
    links: Words
    subjects: Words
    views: Words
    in_place: Words
    showing: Words
    onward: Words
    units: Words
    given: Words
    ordinals: Words
    further: Words
    ordered_units: Words
    signs: tuple[Sign, ...]


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
    next: tuple[str, ...]
    clips: tuple[str, ...]
    numbers: dict[str, float]
    said: tuple[TimeWay, ...]
    share: tuple[ShareWay, ...]


class Languages(Record):
    """Function words of other languages; regular expressions of code and data."""

    function_words: Mapping[str, Words]
    markup: Mapping[str, Words]
