"""The coach's words: ``presets/vocabulary/*.toml`` read into records, and the tables looked up while reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from studio.presets import read_preset
from studio.shot import Layer, Move, Record

__all__ = ["Phrases", "Vocabulary", "load_vocabulary", "split_phrase"]

Words = tuple[str, ...]
Value = TypeVar("Value")


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
    irregular_plural: Mapping[str, str]


class Grammar(Record):
    """The closed classes."""

    determiners: Words
    possessives: Words
    prepositions: Words
    pronouns: Words
    plural_pronouns: Words
    collectives: Words
    conjunctions: Words
    subordinators: Words
    auxiliaries: Words
    be: Words
    modals: Words
    negators: Words
    adverbs: Words
    sequence: Words
    simultaneous: Words
    sudden: Words


class Magnitude(Record):
    """Adverbs and adjectives of speed and size, by level."""

    level_1: Words
    level_2: Words
    level_3: Words


class MoveWords(Record):
    """How a camera move is said. ``risk`` is what one still can carry at level 1, 2 and 3 (0 nothing, 3 much)."""

    id: Move
    say: str
    command: str
    reveals: bool
    risk: tuple[int, int, int]
    phrases: Words
    verbs: Words
    bare: Words


class CameraWords(Record):
    """Everything that is said of cameras."""

    subjects: Words
    recorders: Words
    viewpoints: Words
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
    """Words that must be read."""

    strong: Words
    surfaces: Words
    verbs: Words
    harmless: Words


class Cuts(Record):
    """A second shot. ``headers`` are regular expressions."""

    strong: Words
    story: Words
    headers: Words
    harmless: Words


class Negation(Record):
    """What takes a motion back. ``sections`` are regular expressions."""

    words: Words
    sections: Words
    stillness: Words


class Affordance(Record):
    """A small motion that these things can make."""

    nouns: Words
    layer: Layer
    text: str


class DefaultMotion(Record):
    """What is suggested when nothing else fits."""

    layer: Layer
    text: str


class Affordances(Record):
    """Suggestions for a prompt without motion."""

    default: tuple[DefaultMotion, ...]
    affordance: tuple[Affordance, ...]


_PIECE = re.compile(r"[’']s\b|[^\W_]+(?:[.:][^\W_]+)*(?:n[’']t)?|\S", re.UNICODE)


def split_phrase(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, as ``language.read`` gives them: lower case, split at spaces and hyphens."""
    return tuple(piece for piece in _PIECE.findall(phrase.lower()) if piece != "-")


class Phrases(Generic[Value]):
    """Longest-match lookup of phrases in a list of words; linear in the words."""

    def __init__(self, table: Iterable[tuple[str, Value]]) -> None:
        self._table: dict[tuple[str, ...], Value] = {}
        self._longest: dict[str, int] = {}
        for phrase, value in table:
            pieces = split_phrase(phrase)
            if pieces:
                self._table.setdefault(pieces, value)
                self._longest[pieces[0]] = max(self._longest.get(pieces[0], 0), len(pieces))

    def at(self, words: tuple[str, ...], index: int) -> tuple[int, Value] | None:
        """The longest phrase that begins at `index`, as (end, value)."""
        for length in range(min(self._longest.get(words[index], 0), len(words) - index), 0, -1):
            value = self._table.get(words[index : index + length])
            if value is not None:
                return index + length, value
        return None

    def find(self, words: tuple[str, ...]) -> list[tuple[int, int, Value]]:
        """Every phrase as (start, end, value), left to right, none overlapping."""
        found: list[tuple[int, int, Value]] = []
        free = 0
        longest = self._longest
        for index, word in enumerate(words):
            if index >= free and word in longest:
                hit = self.at(words, index)
                if hit:
                    found.append((index, hit[0], hit[1]))
                    free = hit[0]
        return found


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

    @cached_property
    def verb_forms(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Every inflected form with its (lemma, form): base, s, ing, past (-ed or participle), preterite."""
        forms: dict[str, dict[tuple[str, str], None]] = {}
        verbs = self.verbs
        lists = (verbs.micro, verbs.local, verbs.whole, verbs.scene, verbs.transform, verbs.light)
        camera = tuple(verb for move in self.camera.move for verb in move.verbs)
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
    "cuts": Cuts, "negation": Negation, "affordances": Affordances,
}  # fmt: skip


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read every word list of `folder`.

    Raises:
        PresetError: a file is missing or has an unknown, missing or wrong key.
    """
    read = {name: read_preset(folder / f"{name}.toml", record) for name, record in _FILES.items()}
    return Vocabulary(**read)  # type: ignore[arg-type]


def pluralise(noun: str) -> str:
    """The regular plural of an English noun."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def inflect(lemma: str, irregular: tuple[str, str] | None = None) -> list[tuple[str, str]]:
    """The forms of an English verb as (form, name); both "travelling" and "traveling" where usage differs."""
    third = (
        pluralise(lemma)
        if lemma not in {"be", "have", "do", "go"}
        else {"be": "is", "have": "has", "do": "does", "go": "goes"}[lemma]
    )
    forms = [(lemma, "base"), (third, "s")]
    stems = {lemma}
    if re.search(r"[^aeiou][aeiou][^aeiouwxy]$", lemma) or re.search(r"qu[aeiou][^aeiouwxy]$", lemma):
        short = len(re.findall(r"[aeiouy]+", lemma)) == 1
        stems = {lemma + lemma[-1]} if short else {lemma, lemma + lemma[-1]}
    if lemma.endswith("ie"):
        ing = {lemma[:-2] + "ying"}
    elif lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and lemma != "be":
        ing = {lemma[:-1] + "ing"}
    else:
        ing = {stem + "ing" for stem in stems}
    forms += [(form, "ing") for form in sorted(ing)]
    if irregular:
        past, participle = irregular
        forms.append((past, "past" if past == participle else "preterite"))
        forms.append((participle, "past"))
    if lemma.endswith("e"):
        forms.append((lemma + "d", "past"))
    elif lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        forms.append((lemma[:-1] + "ied", "past"))
    elif not irregular:
        forms += [(stem + "ed", "past") for stem in sorted(stems)]
    return forms
