"""The word lists of film and pictures as records: the camera, light, looks, lettering, cuts, sound.

The comments in the files of ``presets/vocabulary/`` say more.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.coach.vocabulary.wordlists import Lines, WordLists, Words
from studio.shot import Direction, Move, Record

__all__ = [
    "Appearance",
    "AudioWords",
    "CameraWords",
    "Cuts",
    "Lettering",
    "LightWords",
    "MoveWords",
    "Sign",
    "Style",
]


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


class CameraWords(WordLists):
    """Everything that is said of cameras; see the comments in ``camera.toml``."""

    subjects: Words
    recorders: Words
    named: Words
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
    eyes: Words
    soaring: Words
    carried: Words
    running: Words
    journeys: Words
    skimming: Words
    posed: Words
    wandering: Words
    ways: Words
    drawn: Words
    rounds: Words
    manners: Words
    hurried: Words
    filmic: Words
    labels: Words
    courses: Words
    degrees: Words
    again: Words
    whipped: Words
    far: Words
    near: Words
    openings: Words
    appearing: Words
    voyages: Words
    heights: Words
    pursuits: Words
    tracing: Words
    performing: Words
    made: Words
    aside: Words
    rushing: Words
    stirring: Words
    moved: Words
    rigs: Words
    carriers: Words
    steadied: Words
    drifting: Words
    turning: Words
    postures: Words
    vague: Words
    aggressive: tuple[Move, ...]
    directions: Mapping[str, Words]
    anyhow: Mapping[str, Move]
    move: tuple[MoveWords, ...]


class LightWords(WordLists):
    """Light that changes, light that is there, light that overrules the still's."""

    nouns: Words
    look: Words
    stylised: Words
    unnatural: Words
    lamps: Words
    signals: Words
    turning: Words
    moods: Words
    suns: Words
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
    tied: Lines
    not_descriptive: Lines
    flags: Words


class Style(Record):
    """Art, film stock, lens, size of shot."""

    art: Lines
    shot_size: Lines
    making: Words


class Figure(Record):
    """A figure or a letter that is to be read, found by a regular expression.

    Every match holds one of the words (or the "=") that it `needs`: most prompts need not be searched.
    """

    needs: Words
    pattern: str


class Lettering(WordLists):
    """Words that must be read."""

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
    voices: Words
    gestures: Words
    figure_words: Words
    figures: tuple[Figure, ...]
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


class Cuts(WordLists):
    """A second shot; see the comments in ``cuts.toml``."""

    strong: Words
    openings: Words
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
