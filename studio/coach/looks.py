"""What stands still: appearance, style, the look of the light, lettering, cuts. All by phrase and by word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from studio.coach.masks import Masks
from studio.coach.phrases import Phrases
from studio.coach.vocabulary import Vocabulary
from studio.coach.words import Reading, Word
from studio.shot import Cue, CueLabel, Span

__all__ = ["Looks", "find_looks"]


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
    stylised: Phrases[str]
    weak: Phrases[str]
    lettering: Phrases[str]
    harmless_lettering: Phrases[str]
    cuts: Phrases[str]
    harmless_cuts: Phrases[str]
    audio: Phrases[str]
    viewpoint: Phrases[str]
    headers: tuple[re.Pattern[str], ...]


def _same(words: Iterable[str], sense: str) -> list[tuple[str, str]]:
    return [(word, sense) for word in words]


@lru_cache(maxsize=4)
def _tables(v: Vocabulary) -> _Tables:
    look = v.appearance
    senses = ("evaluative", "colour", "material", "size_shape", "age", "setting", "clothing", "describing")
    describing = [pair for sense in senses for pair in _same(getattr(look, sense), sense.replace("_", " and "))]
    return _Tables(
        quality=Phrases(_same(look.quality, "quality tag")),
        style=Phrases([*_same(v.style.art, "art"), *_same(v.style.shot_size, "size of shot")]),
        describing=Phrases(describing),
        light=Phrases(_same(v.light.look, "look of the light")),
        stylised=Phrases(_same(v.light.stylised, "stylised")),
        weak=Phrases(_same(v.light.stylised_weak, "stylised together with others")),
        lettering=Phrases(_same(v.lettering.strong, "lettering")),
        harmless_lettering=Phrases(_same(v.lettering.harmless, "harmless")),
        cuts=Phrases([*_same(v.cuts.story, "story"), *_same(v.cuts.strong, "cut")]),
        harmless_cuts=Phrases(_same(v.cuts.harmless, "harmless")),
        audio=Phrases(_same(v.audio.phrases, "sound")),
        viewpoint=Phrases(_same(v.camera.viewpoints, "viewpoint")),
        headers=tuple(re.compile(pattern, re.IGNORECASE) for pattern in v.cuts.headers),
    )


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
        self._cuts()
        self._lettering()
        self._light()
        self._plain(self.tables.audio, "audio", self.busy)
        self._appearance()
        return Looks(tuple(self.cues), frozenset(self.described))

    def _cue(self, label: CueLabel, first: int, last: int, sense: str, why: str = "") -> None:
        span = Span.of(self.reading.text, self.words[first].start, self.words[last - 1].end)
        self.cues.append(Cue(label=label, span=span, sense=sense, why=why))

    def _clear(self, first: int, last: int) -> bool:
        negated = any(index in self.negated for index in range(first, last))
        return not negated and not self.masks.hides(self.words[first].start, self.words[last - 1].end)

    def _plain(self, table: Phrases[str], label: CueLabel, busy: frozenset[int] = frozenset()) -> list[tuple[int, int]]:
        hits: list[tuple[int, int]] = []
        for first, last, sense in table.find(self.reading.lowers):
            if self._clear(first, last) and not any(i in busy for i in range(first, last)):
                self._cue(label, first, last, sense)
                hits.append((first, last))
        return hits

    def _flags(self) -> None:
        self.cues += [Cue(label="style", span=span, sense="leftover flag") for span in self.masks.flags]

    # -- cuts -----------------------------------------------------------------------------------------------------
    def _cuts(self) -> None:
        harmless = self._covered(self.tables.harmless_cuts)
        for first, last, sense in self.tables.cuts.find(self.reading.lowers):
            if self._clear(first, last) and not harmless.intersection(range(first, last)):
                self._cue("cut", first, last, sense)
        for index, word in enumerate(self.words):
            if self._scene_change(index, word) and self._clear(index, index + 1) and index not in harmless:
                self._cue("cut", index, index + 1, "cut", "the scene is its subject")
        self._headers()

    def _scene_change(self, index: int, word: Word) -> bool:
        """ "The scene slowly shifts to", "the camera then cuts to": the verb near its subject, then a place."""
        if not word.could_be("shift", "transition", "change", "switch", "cut", "dissolve", "move", "fade") or (
            word.form in {"ing", "attributive"} and word.lemma in {"fade", "move"}
        ):
            return False
        before = [w.lower for w in self.words[max(0, index - 4) : index] if w.sentence == word.sentence]
        after = [w.lower for w in self.words[index + 1 : index + 3] if w.sentence == word.sentence]
        subject = {"scene", "setting", "video", "film", "footage", "location"} | (
            {"camera", "shot", "view"} if word.could_be("cut", "switch", "transition") else set()
        )
        return (
            bool(subject.intersection(before))
            and bool({"to", "into"}.intersection(after) or word.could_be("cut"))
            and word.kind in {"VERB", "NOUN"}
        )

    def _headers(self) -> None:
        for pattern in self.tables.headers:
            hits = [m for m in pattern.finditer(self.reading.text) if not self.masks.hides(*m.span())]
            if len({m.group(1).lower() for m in hits}) >= 2:
                self.cues += [
                    Cue(label="cut", span=Span.of(self.reading.text, *m.span()), sense="header") for m in hits
                ]

    def _covered(self, table: Phrases[str]) -> set[int]:
        return {index for first, last, _ in table.find(self.reading.lowers) for index in range(first, last)}

    # -- lettering ------------------------------------------------------------------------------------------------
    def _lettering(self) -> None:
        harmless = self._covered(self.tables.harmless_lettering)
        for first, last, sense in self.tables.lettering.find(self.reading.lowers):
            if self._clear(first, last) and not harmless.intersection(range(first, last)):
                self._cue("lettering", first, last, sense)
        for span in self.masks.quotations:
            inside = tuple(w.lower for w in self.words if span.start <= w.start < span.end and w.kind != "PUNCT")
            gesture = inside in {("thumbs", "up"), ("peace",), ("ok",), ("okay",), ("victory",), ("v",)}
            if not gesture and self._is_shown(span):
                self.cues.append(Cue(label="lettering", span=span, sense="quoted"))
        message = re.compile(r"\bmessage\s*:\s*\S[^(\n]*", re.IGNORECASE)
        self.cues += [
            Cue(label="lettering", span=Span.of(self.reading.text, *m.span()), sense="message")
            for m in message.finditer(self.reading.text)
        ]
        self._written()
        self._inscribed()

    def _near(self, start: int, end: int, before: int = 9, after: int = 4) -> list[Word]:
        left = [w for w in self.words if w.end <= start][-before:]
        right = [w for w in self.words if w.start >= end][:after]
        return [*left, *right]

    def _is_shown(self, span: Span) -> bool:
        """A quotation beside a surface or a reading verb is to be read; one beside a speaker is to be heard."""
        left = [w for w in self.words if w.end <= span.start][-9:]
        near = self._near(span.start, span.end)
        lowers = {w.lower for w in near}
        surfaces, verbs = set(self.v.lettering.surfaces), set(self.v.lettering.verbs)
        spoken = any(
            w.could_be(
                "say",
                "shout",
                "whisper",
                "speak",
                "yell",
                "sing",
                "reply",
                "ask",
                "exclaim",
                "announce",
                "scream",
                "murmur",
                "call",
            )
            for w in left[-3:]
        )
        speaker = any(
            self.v.noun_kinds.get(w.lower) in {"person", "animal"} for w in left[-5:] if w.lower not in surfaces
        )
        if spoken and speaker and not lowers & (surfaces - {"character", "message"}):
            return False
        words = span.text.strip("\"'“”‘’«»").split()
        return bool(lowers & (surfaces | verbs)) and len(words) <= 25

    def _written(self) -> None:
        """A surface, then a reading verb, then words in capitals: a sign that reads OPEN."""
        surfaces = set(self.v.lettering.surfaces)
        for word in self.words:
            if word.lower not in surfaces or not self._clear(word.index, word.index + 1):
                continue
            after = [w for w in self.words[word.index + 1 : word.index + 6] if w.sentence == word.sentence]
            says = next(
                (
                    w
                    for w in after
                    if w.could_be("read", "say", "spell", "state")
                    or w.lower in {"saying", "reading", "inscribed", "titled", "labeled", "labelled", "that"}
                ),
                None,
            )
            if says is not None and any(w.kind in {"CONJ", "PUNCT"} for w in after[: says.index - word.index - 1]):
                says = None  # "opens a letter and starts reading"
            capital = next((w for w in after if _capitals(w.text)), None)
            before = self.words[word.index - 1] if word.index else None
            if (
                says is not None
                and (capital is not None or says.lower != "that" or self._clause_follows(says))
                and word.lower not in {"character", "characters", "book", "called", "screen"}
            ):
                self._cue("lettering", word.index, self._wording(says.index + 1), "surface with words")
            elif (
                before is not None
                and _capitals(before.text)
                and before.sentence == word.sentence
                and word.lower in {"sign", "billboard", "banner", "poster", "text", "title", "label"}
                and not self._shouting()
            ):
                self._cue("lettering", before.index, word.index + 1, "capitals on a surface")

    def _inscribed(self) -> None:
        """Capitals beside a word of writing: "tombstone engraved Old Tom", "a cake with Happy Day written on it"."""
        for word in self.words:
            if word.lower not in self.v.lettering.inscribed or not self._clear(word.index, word.index + 1):
                continue
            first, last = word.index, self._wording(word.index + 1, plain=False)
            while first > 0 and self._capital(first - 1) and not self._opens(first - 1):
                first -= 1
            if first < word.index or last > word.index + 1:
                self._cue("lettering", first, last, "surface with words")

    def _wording(self, index: int, *, plain: bool = True) -> int:
        """Where the words that are to be read end: after the capitals, else (if `plain`) with the clause."""
        last = index
        while last < len(self.words) and (
            self._capital(last) or (last > index and self.words[last].text in {"'s", "."})
        ):
            last += 1
        if last > index or not plain:
            return last
        while last < len(self.words) and self.words[last].sentence == self.words[index - 1].sentence:
            word = self.words[last]
            if word.kind == "PUNCT" or (word.kind == "VERB" and word.form == "s"):
                break
            last += 1
        return last

    def _capital(self, index: int) -> bool:
        text = self.words[index].text
        return (text[:1].isupper() and text != "I") or text[:1].isdigit()

    def _opens(self, index: int) -> bool:
        return index == self.reading.starts[self.words[index].sentence]

    def _clause_follows(self, that: Word) -> bool:
        """ "A sign that the shop is closed" says so; "a sign that hangs" does not."""
        after = self.words[that.index + 1] if that.index + 1 < len(self.words) else None
        return after is not None and after.kind in {"DET", "PRON"} and after.sentence == that.sentence

    def _shouting(self) -> bool:
        """Whether most of the prompt is in capitals, so that capitals mean nothing."""
        letters = [c for c in self.reading.text if c.isalpha()]
        return sum(c.isupper() for c in letters) > len(letters) * 0.4

    # -- light ----------------------------------------------------------------------------------------------------
    def _light(self) -> None:
        for first, last, sense in self.tables.stylised.find(self.reading.lowers):
            if self._clear(first, last):
                self._cue("light", first, last, sense)
        for first, last, sense in self.tables.weak.find(self.reading.lowers):
            if self._clear(first, last):
                self._cue("light", first, last, sense)
        self._plain(self.tables.light, "light", self.busy)

    # -- appearance -----------------------------------------------------------------------------------------------
    def _appearance(self) -> None:
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
                ):
                    self._cue("style" if label == "style" else "appearance", first, last, sense)
                    self.described.update(range(first, last))
        endings = tuple(e.lstrip("-") for e in self.v.appearance.endings if e.startswith("-"))
        for word in self.words:
            if (
                word.index in self.described
                or not self._clear(word.index, word.index + 1)
                or self._in_motion(word.index, word.index + 1)
            ):
                continue
            if (word.kind == "ADJ" and word.form in {"", "attributive", "participle"}) or (
                word.lower in endings and word.index and self.words[word.index - 1].end + 1 == word.start
            ):
                self._cue("appearance", word.index, word.index + 1, "describing")
                self.described.add(word.index)

    def _in_motion(self, first: int, last: int) -> bool:
        return all(index in self.busy for index in range(first, last))


def _capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return (
        len(letters) >= 2
        and all(c.isupper() for c in letters)
        and text
        not in {"TV", "UFO", "LED", "USA", "UK", "FPV", "POV", "CGI", "HD", "UHD", "HDR", "DJ", "NASA", "VR", "AI"}
    )
