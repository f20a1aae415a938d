"""The coach's words: ``presets/vocabulary/*.toml`` read into records, and the tables looked up while reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from studio.coach.inflection import inflect, pluralise
from studio.coach.phrases import Phrases
from studio.presets import read_preset
from studio.shot import Direction, Layer, Move, Record

__all__ = ["Sign", "Vocabulary", "load_vocabulary"]

Words = tuple[str, ...]


class Verbs(Record):
    """Verb lemmas by the motion they ask for; see the comments in ``verbs.toml``."""

    micro: Words
    local: Words
    whole: Words
    scene: Words
    transform: Words
    light: Words
    light_state: Words
    state: Words
    meta: Words
    particles: Words
    resultative: Words
    mostly_noun: Words
    noun_ing: Words
    attributive_state: Words
    happening: Words
    always_noun: Words
    phrasal: Words
    plain_s: Words
    transitive: Words
    irregular: Mapping[str, tuple[str, str]]


class Nouns(Record):
    """Nouns by what they are."""

    person: Words
    animal: Words
    body: Words
    scenery: Words
    vehicle: Words
    thing: Words
    picture: Words
    mass: Words
    irregular_plural: Mapping[str, str]


class Grammar(Record):
    """The closed classes."""

    determiners: Words
    possessives: Words
    prepositions: Words
    pronouns: Words
    loose_prepositions: Words
    plural_pronouns: Words
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
    object_openers: Words
    ways: Words
    beginning: Words
    causing: Words


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
    own: Words
    leading: Words
    between: Words
    flying: Words
    paths: Words
    first_person: Words
    flight: Words
    labels: Words
    courses: Words
    degrees: Words
    again: Words
    whipped: Words
    postures: Words
    vague: Words
    aggressive: tuple[Move, ...]
    directions: Mapping[str, Words]
    move: tuple[MoveWords, ...]


class LightWords(Record):
    """Light that changes, light that is there, light that overrules the still's."""

    nouns: Words
    look: Words
    stylised: Words
    stylised_weak: Words
    natural_colours: Words


class AudioWords(Record):
    """What is heard."""

    phrases: Words
    verbs: Words


class Appearance(Record):
    """Words about the look of the still. ``flags`` are regular expressions."""

    quality: Words
    evaluative: Words
    colour: Words
    material: Words
    size_shape: Words
    age: Words
    setting: Words
    clothing: Words
    describing: Words
    endings: Words
    not_descriptive: Words
    flags: Words


class Style(Record):
    """Art, film stock, lens, size of shot."""

    art: Words
    shot_size: Words


class Lettering(Record):
    """Words that must be read. ``figures`` are regular expressions."""

    strong: Words
    surfaces: Words
    naming: Words
    harmless_surfaces: Words
    verbs: Words
    inscribed: Words
    speech: Words
    gestures: Words
    figures: Words
    leads: Words
    acronyms: Words
    harmless: Words


class Sign(Record):
    """A sense of cut found by regular expressions, at least so many times; `still`: where no camera move leads."""

    sense: str
    why: str
    least: int = 1
    still: bool = False
    patterns: Words


class Cuts(Record):
    """A second shot; see the comments in ``cuts.toml``."""

    strong: Words
    story: Words
    unbroken: Words
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
    ordinals: Words
    further: Words
    ordered_units: Words
    signs: tuple[Sign, ...]


class Negation(Record):
    """What takes a motion back. ``sections`` are regular expressions."""

    words: Words
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


class Affordance(Record):
    """A small motion that these things can make."""

    nouns: Words
    layer: Layer
    text: str
    plural: str = ""


class DefaultMotion(Record):
    """What is suggested when nothing else fits."""

    layer: Layer
    text: str


class Affordances(Record):
    """Suggestions for a prompt without motion."""

    default: tuple[DefaultMotion, ...]
    affordance: tuple[Affordance, ...]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All the word lists, and the tables made from them once."""

    verbs: Verbs
    nouns: Nouns
    grammar: Grammar
    magnitude: Magnitude
    camera: CameraWords
    light: LightWords
    audio: AudioWords
    appearance: Appearance
    style: Style
    lettering: Lettering
    cuts: Cuts
    negation: Negation
    affordances: Affordances
    times: Times

    @cached_property
    def verb_forms(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Every inflected form with its (lemma, form): base, s, ing, past (-ed or participle), preterite."""
        forms: dict[str, dict[tuple[str, str], None]] = {}
        verbs = self.verbs
        lists = (verbs.micro, verbs.local, verbs.whole, verbs.scene, verbs.transform, verbs.light)
        camera = (*self.cuts.verbs, *(verb for move in self.camera.move for verb in move.verbs))
        for lemma in {
            v.split()[0] for group in (*lists, verbs.light_state, verbs.state, verbs.meta, camera) for v in group
        }:
            for form, name in inflect(lemma, self.verbs.irregular.get(lemma)):
                forms.setdefault(form, {})[(lemma, name)] = None
        return {form: tuple(readings) for form, readings in forms.items()}

    @cached_property
    def noun_kinds(self) -> dict[str, str]:
        """Every noun, singular and plural, with its kind; the first list that holds it wins."""
        kinds: dict[str, str] = {}
        for kind in ("person", "animal", "body", "vehicle", "scenery", "thing"):
            for noun in getattr(self.nouns, kind):
                kinds.setdefault(noun, kind)
                kinds.setdefault(self.nouns.irregular_plural.get(noun, pluralise(noun)), kind)
        return kinds

    @cached_property
    def singulars(self) -> dict[str, str]:
        """Every plural with its singular."""
        nouns = (
            noun
            for kind in ("person", "animal", "body", "vehicle", "scenery", "thing")
            for noun in getattr(self.nouns, kind)
        )
        table: dict[str, str] = {}
        for noun in nouns:
            table.setdefault(self.nouns.irregular_plural.get(noun, pluralise(noun)), noun)
        return table

    @cached_property
    def adjectives(self) -> frozenset[str]:
        """Single words that describe."""
        look = self.appearance
        groups = (look.evaluative, look.colour, look.material, look.size_shape, look.age)
        return frozenset(word for group in groups for word in group if " " not in word)

    @cached_property
    def levels(self) -> Phrases[int]:
        """Magnitude words and phrases with their level."""
        return Phrases(
            [
                (word, level)
                for level, words in enumerate(
                    (self.magnitude.level_1, self.magnitude.level_2, self.magnitude.level_3), 1
                )
                for word in words
            ]
        )

    @cached_property
    def moves(self) -> dict[Move, MoveWords]:
        """Camera moves by id."""
        return {move.id: move for move in self.camera.move}

    @cached_property
    def sets(self) -> dict[str, frozenset[str]]:
        """The lists that are only asked "is it in there?", by name."""
        named = {
            **{name: getattr(self.grammar, name) for name in Grammar.model_fields},
            **{name: getattr(self.verbs, name) for name in Verbs.model_fields if name != "irregular"},
            "motion": (
                *self.verbs.micro,
                *self.verbs.local,
                *self.verbs.whole,
                *self.verbs.scene,
                *self.verbs.transform,
                *self.verbs.light,
            ),
            "picture": self.nouns.picture,
            "light_nouns": self.light.nouns,
            "audio_verbs": self.audio.verbs,
            "not_descriptive": self.appearance.not_descriptive,
        }
        return {name: frozenset(words) for name, words in named.items()}


_FILES: dict[str, type[Record]] = {
    "verbs": Verbs, "nouns": Nouns, "grammar": Grammar, "magnitude": Magnitude, "camera": CameraWords,
    "light": LightWords, "audio": AudioWords, "appearance": Appearance, "style": Style, "lettering": Lettering,
    "cuts": Cuts, "negation": Negation, "affordances": Affordances, "times": Times,
}  # fmt: skip


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read every word list of `folder`.

    Raises:
        PresetError: a file is missing or has an unknown, missing or wrong key.
    """
    read = {name: read_preset(folder / f"{name}.toml", record) for name, record in _FILES.items()}
    return Vocabulary(**read)  # type: ignore[arg-type]
