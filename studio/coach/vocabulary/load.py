"""The coach's words: ``presets/vocabulary/*.toml`` read into records, and the tables looked up while reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from studio.coach.vocabulary.film_words import (
    Appearance,
    AudioWords,
    CameraWords,
    Cuts,
    Lettering,
    LightWords,
    MoveWords,
    Style,
)
from studio.coach.vocabulary.habits import Habits
from studio.coach.vocabulary.inflection import inflect, pluralise
from studio.coach.vocabulary.phrases import Phrases
from studio.coach.vocabulary.telling_words import Affordance, Affordances, Telling
from studio.coach.vocabulary.wordlists import Grammar, Idiom, Languages, Magnitude, Negation, Nouns, Times, Verbs
from studio.presets import read_preset
from studio.settings import ROOT
from studio.shot import Move, Record

__all__ = ["Vocabulary", "load_vocabulary"]

Entry = TypeVar("Entry")


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All the word lists, the tables made from them once, and the folder of the models that read with them."""

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
    telling: Telling
    habits: Habits
    times: Times
    languages: Languages
    models: Path

    @cached_property
    def verb_forms(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Every inflected form with its (lemma, form): base, s, ing, past (-ed or participle), preterite.

        Of two verbs, the one whose form is inflected comes first: "lit" is rather of "light" than of "lit".
        """
        forms: dict[str, dict[tuple[str, str], None]] = {}
        verbs = self.verbs
        lists = (verbs.micro, verbs.local, verbs.whole, verbs.dealing, verbs.scene, verbs.transform, verbs.light)
        camera = (*self.cuts.verbs, *(verb for move in self.camera.move for verb in move.verbs))
        for lemma in {
            v.split()[0] for group in (*lists, verbs.light_state, verbs.state, verbs.meta, camera) for v in group
        }:
            for form, name in inflect(lemma, self.verbs.irregular.get(lemma)):
                forms.setdefault(form, {})[(lemma, name)] = None
        return {form: tuple(sorted(said, key=lambda one: (one[1] == "base", one))) for form, said in forms.items()}

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
    def given_names(self) -> frozenset[str]:
        """Of the words for "she" and "he", those that are no nouns."""
        return frozenset((*self.nouns.feminine, *self.nouns.masculine)) - self.noun_kinds.keys()

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
    def affordances_of(self) -> dict[str, tuple[Affordance, ...]]:
        """The affordances of each noun, in the order of preference."""
        return _by_word((noun, entry) for entry in self.affordances.affordance for noun in entry.nouns)

    @cached_property
    def idioms_of(self) -> dict[str, tuple[Idiom, ...]]:
        """The idioms of each verb."""
        return _by_word((verb, entry) for entry in self.verbs.idioms for verb in entry.verbs)

    @cached_property
    def levels(self) -> Phrases[int]:
        """Magnitude words and phrases with their level."""
        return Phrases([(word, level) for level, words in enumerate(self.magnitude.lists, 1) for word in words])

    @cached_property
    def together(self) -> Phrases[bool]:
        """What says that something goes on at the same time as what came before."""
        return Phrases([(phrase, True) for phrase in self.times.together])

    @cached_property
    def function_words(self) -> frozenset[str]:
        """The closed classes of English."""
        names = ("determiners", "possessives", "prepositions", "pronouns", "conjunctions", "auxiliaries", "modals")
        return frozenset(word for name in names for word in getattr(self.grammar, name)) | {"not", "then", "there"}

    @cached_property
    def foreign_words(self) -> dict[str, frozenset[str]]:
        """The function words of other languages that English does not have."""
        listed = self.languages.function_words
        return {name: frozenset(words) - self.function_words for name, words in listed.items()}

    @cached_property
    def moves(self) -> dict[Move, MoveWords]:
        """Camera moves by id."""
        return {move.id: move for move in self.camera.move}

    @cached_property
    def sets(self) -> dict[str, frozenset[str]]:
        """The lists that are only asked "is it in there?", by name."""
        grammar = self.grammar
        mostly_noun = (*self.verbs.mostly_noun, *self.verbs.noun_first, *map(pluralise, self.verbs.noun_first))
        named = {
            **grammar.sets,
            **self.verbs.sets,
            "never_nouns": {
                *grammar.determiners,
                *grammar.possessives,
                *grammar.prepositions,
                *grammar.pronouns,
                *grammar.conjunctions,
                *grammar.auxiliaries,
                *grammar.negators,
                *grammar.adverbs,
                *grammar.sequence,
            },
            "closed": {
                *grammar.negators,
                "'s",
                *grammar.auxiliaries,
                *grammar.determiners,
                *grammar.possessives,
                *grammar.pronouns,
                *grammar.plural_pronouns,
                *grammar.postdeterminers,
                *grammar.conjunctions,
                *grammar.prepositions,
                *grammar.adverbs,
                *grammar.sequence,
                "that",
            },
            "behind_verbs": {
                *grammar.determiners,
                *grammar.possessives,
                *grammar.prepositions,
                *grammar.pronouns,
                *grammar.subordinators,
                *grammar.adverbs,
                *grammar.sequence,
            },
            "motion": (
                *self.verbs.micro,
                *self.verbs.local,
                *self.verbs.whole,
                *self.verbs.dealing,
                *self.verbs.scene,
                *self.verbs.transform,
                *self.verbs.light,
            ),
            "local": (*self.verbs.local, *self.verbs.dealing),
            "bodily": (*self.verbs.micro, *self.verbs.local, *self.verbs.whole, *self.verbs.dealing),
            "hands_only": set(self.verbs.local).difference(
                self.verbs.scene, self.verbs.whole, self.verbs.micro, self.verbs.transform
            ),
            "goes_on_doing": (
                *self.grammar.beginning,
                *self.verbs.state,
                "come",
                "go",
                "run",
                "walk",
                "fly",
                "send",
                "leave",
            ),
            "moving": (*self.verbs.whole, *self.verbs.scene),
            "unmoving": (*self.verbs.state, *self.verbs.meta, *self.verbs.light_state),
            "stirs": set(self.verbs.scene + self.verbs.micro).difference(self.verbs.transitive),
            "twins": (*self.verbs.light, *self.verbs.micro),
            **{f"telling_{name}": words for name, words in self.telling.sets.items()},
            **{f"caption_{name}": words for name, words in self.telling.captions.sets.items()},
            **{name: self.nouns.sets[name] for name in _NOUN_SETS},
            "fixed": (*self.nouns.fixed, *(pluralise(noun) for noun in self.nouns.fixed)),
            "rooted": (*self.nouns.rooted, *(pluralise(noun) for noun in self.nouns.rooted)),
            "light_nouns": self.light.nouns,
            "mostly_noun": mostly_noun,
            "rather_noun": (*mostly_noun, *self.verbs.always_noun),
            "audio_verbs": self.audio.verbs,
            "colours": self.appearance.colour,
            "not_descriptive": self.appearance.not_descriptive,
            "general": self.appearance.general,
            "filmed": self.appearance.filmed,
        }
        return {name: frozenset(words) for name, words in named.items()}


_NOUN_SETS = ("picture", "roadside", "streams", "likenesses", "purposes", "scripts", "afloat")
_FILES: dict[str, type[Record]] = {
    "verbs": Verbs, "nouns": Nouns, "grammar": Grammar, "magnitude": Magnitude, "camera": CameraWords,
    "light": LightWords, "audio": AudioWords, "appearance": Appearance, "style": Style, "lettering": Lettering,
    "cuts": Cuts, "negation": Negation, "affordances": Affordances, "telling": Telling, "habits": Habits,
    "times": Times, "languages": Languages,
}  # fmt: skip


def _by_word(pairs: Iterable[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    """The entries of each word, in the order in which they are listed."""
    table: dict[str, tuple[Entry, ...]] = {}
    for word, entry in pairs:
        table[word] = (*table.get(word, ()), entry)
    return table


def load_vocabulary(folder: Path, models: Path = ROOT / "assets" / "models") -> Vocabulary:
    """Read every word list of `folder`; `models` is where the trained language model lies, opened when first used.

    Raises:
        PresetError: a file is missing or has an unknown, missing or wrong key.
    """
    read = {name: read_preset(folder / f"{name}.toml", record) for name, record in _FILES.items()}
    return Vocabulary(**read, models=models)  # type: ignore[arg-type]
