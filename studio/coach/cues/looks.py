"""What stands still: appearance, style, the look of the light, sound. All by phrase and by word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from studio.coach.cues.light import find_light
from studio.coach.language.masks import Masks
from studio.coach.language.words import Reading, Word
from studio.coach.vocabulary.load import Vocabulary
from studio.coach.vocabulary.phrases import Phrases
from studio.shot import Cue, CueLabel, Span

__all__ = ["Looks", "find_looks", "look_talk"]

_HYPHENS = {"-", "‑", "–"}


@dataclass(frozen=True)
class Looks:
    """The still words of a prompt, as cues. ``described`` are the indices of all words that only describe."""

    cues: tuple[Cue, ...]
    described: frozenset[int]


@dataclass(frozen=True)
class _Tables:
    quality: Phrases[str]
    style: Phrases[str]
    describing: Phrases[str]
    light: Phrases[str]
    audio: Phrases[str]
    viewpoint: Phrases[str]
    talk: Phrases[bool]
    degrees: frozenset[str]
    """How much or how fast; no looks."""


_WHY = {
    "quality tag": "praises the picture and changes nothing in a clip",
    "evaluative": "an opinion that nobody can film",
    "colour": "a colour that the still already has",
    "material": "a material that the still already shows",
    "size and shape": "a size or shape that the still already shows",
    "age": "an age that the still already shows",
    "setting": "a place or time that the still already shows",
    "clothing": "clothes that the still already shows",
    "describing": "says how something looks",
    "art": "a style that the still already has",
    "size of shot": "how the still is framed",
    "look of the light": "the light that the still already has",
    "sound": "is heard, not seen",
    "leftover flag": "a setting of another tool",
}


def _same(words: Iterable[str], sense: str) -> list[tuple[str, str]]:
    return [(word, sense) for word in words]


@lru_cache(maxsize=4)
def _tables(v: Vocabulary) -> _Tables:
    look = v.appearance
    senses = ("evaluative", "colour", "material", "size_shape", "age", "setting", "clothing", "describing")
    told = (*look.quality, *(w for w in (*v.style.art, *v.light.look) if " " in w or "-" in w))
    describing = [pair for sense in senses for pair in _same(getattr(look, sense), sense.replace("_", " and "))]
    return _Tables(
        quality=Phrases(_same(look.quality, "quality tag")),
        style=Phrases([*_same(v.style.art, "art"), *_same(v.style.shot_size, "size of shot")]),
        describing=Phrases(describing),
        light=Phrases(_same(v.light.look, "look of the light")),
        audio=Phrases(_same(v.audio.phrases, "sound")),
        viewpoint=Phrases(_same(v.camera.viewpoints, "viewpoint")),
        talk=Phrases([(phrase, True) for phrase in told]),
        degrees=frozenset(v.grammar.postdeterminers).union(*v.magnitude.lists),
    )


def look_talk(reading: Reading, vocabulary: Vocabulary) -> frozenset[int]:
    """The words of set phrases for a look, in which nothing moves: "lens flare", "subsurface scattering"."""
    words = reading.words
    found = [(first, last) for first, last, _ in _tables(vocabulary).talk.find(reading.lowers)]
    acts = {last for _, last in found if words[last - 1].form == "ing" and words[last : last + 1]}
    acts = {last for last in acts if words[last].kind == "DET" and words[last].sentence == words[last - 1].sentence}
    return frozenset(index for first, last in found if last not in acts for index in range(first, last))


def find_looks(
    reading: Reading, masks: Masks, negated: frozenset[int], busy: frozenset[int], vocabulary: Vocabulary
) -> Looks:
    """Label the words that say how things look. ``busy`` words belong to a motion and are left alone."""
    return _Finder(reading, masks, negated, busy, vocabulary).find()


class _Finder:
    def __init__(
        self, reading: Reading, masks: Masks, negated: frozenset[int], busy: frozenset[int], v: Vocabulary
    ) -> None:
        self.reading, self.words, self.masks, self.negated, self.busy, self.v = (
            reading,
            reading.words,
            masks,
            negated,
            busy,
            v,
        )
        self.tables = _tables(v)
        self.cues: list[Cue] = []
        self.described: set[int] = set()

    def find(self) -> Looks:
        self._flags()
        self._light()
        self._plain(self.tables.audio, "audio")
        self._appearance()
        return Looks(tuple(self.cues), frozenset(self.described))

    def _cue(self, label: CueLabel, first: int, last: int, sense: str, why: str = "") -> None:
        span = Span.of(self.reading.text, self.words[first].start, self.words[last - 1].end)
        self.cues.append(Cue(label=label, span=span, sense=sense, why=why or _WHY.get(sense, "")))

    def _clear(self, first: int, last: int) -> bool:
        negated = bool(self.negated) and not self.negated.isdisjoint(range(first, last))
        return not negated and not self.masks.hides(self.words[first].start, self.words[last - 1].end)

    def _plain(self, table: Phrases[str], label: CueLabel) -> None:
        for first, last, sense in table.find(self.reading.lowers):
            if self._clear(first, last) and self.busy.isdisjoint(range(first, last)):
                self._cue(label, first, last, sense)

    def _flags(self) -> None:
        self.cues += [
            Cue(label="style", span=span, sense="leftover flag", why=_WHY["leftover flag"]) for span in self.masks.flags
        ]

    # -- light ----------------------------------------------------------------------------------------------------
    def _light(self) -> None:
        for first, last, sense, why in find_light(self.reading, self.v):
            if self._clear(first, last):
                self._cue("light", first, last, sense, why)
        self._plain(self.tables.light, "light")

    # -- appearance -----------------------------------------------------------------------------------------------
    def _appearance(self) -> None:
        self._artists()
        for table, label in (
            (self.tables.quality, "appearance"),
            (self.tables.style, "style"),
            (self.tables.describing, "appearance"),
        ):
            for first, last, sense in table.find(self.reading.lowers):
                if (
                    self._clear(first, last)
                    and not self.described.intersection(range(first, last))
                    and not self._in_motion(first, last)
                    and not self._in_a_name(first)
                ):
                    self._cue("style" if label == "style" else "appearance", first, last, sense)
                    self.described.update(range(first, last))
        tied = self.v.appearance.tied
        for word in self.words:
            if (word.kind == "ADJ" and word.form in {"", "attributive", "participle"}) or (
                word.lower in tied and word.index and self._tied(word)
            ):
                if (
                    word.index in self.described
                    or word.index in self.busy
                    or word.lower in self.tables.degrees
                    or not self._clear(word.index, word.index + 1)
                ):
                    continue
                shaped = word.lower in tied and word.index and word.index - 1 not in self.described
                self._cue("appearance", word.index, word.index + 1, "size and shape" if shaped else "describing")
                self.described.add(word.index)

    def _artists(self) -> None:
        """ "By Ada Lovelace": a style that is called by whose it is; who holds or takes something has none."""
        for word in self.words[:-2]:
            if word.lower != "by" or not self._clear(word.index, word.index + 3):
                continue
            name = self.words[word.index + 1 : word.index + 3]
            made = self.words[word.index - 1] if word.index else None
            done = made is not None and made.sentence == word.sentence and bool(made.verbs) and made.kind != "NOUN"
            if all(near.text.istitle() and near.sentence == word.sentence for near in name) and (
                not done or (made is not None and bool(made.could_be_of(self.v.style.making)))
            ):
                self._cue("style", word.index, word.index + 3, "art")
                self.described.update(range(word.index, word.index + 3))

    def _tied(self, word: Word) -> bool:
        """Whether a hyphen ties a word to the one before it."""
        return self.reading.text[word.start - 1] in _HYPHENS

    def _in_a_name(self, first: int) -> bool:
        """ "The Golden Gate", "a Great Dane": behind a plain word a capital before a capital is part of a name."""
        near = [w for w in self.words[max(0, first - 1) : first + 2] if w.sentence == self.words[first].sentence]
        return len(near) == 3 and near[1].text.istitle() and near[2].text.istitle() and not near[0].text.istitle()

    def _in_motion(self, first: int, last: int) -> bool:
        return self.busy.issuperset(range(first, last))
