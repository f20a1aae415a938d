"""Words that must be read in the clip: logos and titles, writing on a surface, quotations that are shown, not heard."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache

from studio.coach.language.masks import Masks
from studio.coach.language.words import Reading, Word
from studio.coach.vocabulary.inflection import pluralise
from studio.coach.vocabulary.load import Vocabulary
from studio.coach.vocabulary.phrases import Phrases, split_phrase
from studio.shot import Cue, Span

__all__ = ["find_lettering"]

_BEFORE, _AFTER = 9, 4  # words around a quotation that say whether it is shown or heard
_ASIDE = 4  # words between a verb of speech and what is said
_LONGEST = 25  # words that anybody would want to read in a clip
_FACE = {"face", "eyes", "eye", "expression", "lips"}
_CALLED = {"called", "named", "titled", "entitled"}
_SHOUTING = 0.6  # share of capitals from which capitals mean nothing
_MESSAGE = re.compile(r"\bmessage\s*:\s*\S[^(\n]*", re.IGNORECASE)


@dataclass(frozen=True)
class _Tables:
    strong: Phrases[str]
    harmless: Phrases[str]
    close: Phrases[str]
    gestures: frozenset[tuple[str, ...]]
    figures: tuple[tuple[frozenset[str], re.Pattern[str]], ...]
    sets: dict[str, frozenset[str]]


@lru_cache(maxsize=4)
def _tables(v: Vocabulary) -> _Tables:
    lettering = v.lettering
    sets = dict(lettering.sets)
    plurals = (pluralise(word) for word in (*lettering.surfaces, *lettering.naming) if not word.endswith("s"))
    sets["surfaces"] |= frozenset(plurals) | sets["naming"]
    sets["told_by"] = sets["surfaces"].union(
        sets["verbs"], sets["inscribed"], sets["titles"], _CALLED, {"with", "spells"}
    )
    return _Tables(
        Phrases([(phrase, "lettering") for phrase in (*lettering.strong, *map(pluralise, lettering.strong))]),
        Phrases([(phrase, "harmless") for phrase in lettering.harmless]),
        Phrases([(phrase, "close") for phrase in lettering.close]),
        frozenset(split_phrase(gesture) for gesture in lettering.gestures),
        tuple((frozenset(said.needs), re.compile(said.pattern, re.IGNORECASE)) for said in lettering.figures),
        sets,
    )


def find_lettering(reading: Reading, masks: Masks, negated: frozenset[int], vocabulary: Vocabulary) -> list[Cue]:
    """Every stretch of the prompt that asks for words to be read."""
    return _Finder(reading, masks, negated, vocabulary).find()


class _Finder:
    def __init__(self, reading: Reading, masks: Masks, negated: frozenset[int], v: Vocabulary) -> None:
        self.reading, self.words, self.masks, self.negated, self.v = reading, reading.words, masks, negated, v
        self.tables = _tables(v)
        self.sets = self.tables.sets
        self.starts = [word.start for word in self.words]
        self.cues: list[Cue] = []

    @cached_property
    def shouting(self) -> bool:
        """Whether most of the prompt is in capitals."""
        text = self.reading.text
        return sum(map(str.isupper, text)) > sum(map(str.isalpha, text)) * _SHOUTING

    def find(self) -> list[Cue]:
        found = self.tables.harmless.find(self.reading.lowers)
        harmless = {index for first, last, _ in found for index in range(first, last)}
        for first, last, _ in self.tables.strong.find(self.reading.lowers):
            if self._clear(first, last) and not harmless.intersection(range(first, last)):
                self._cue(first, last, "lettering", "is made of letters")
        for span in self.masks.quotations:
            if self._is_shown(span):
                self._text(span.start, span.end, "quoted", "a quotation beside what carries words")
        for match in _MESSAGE.finditer(self.reading.text):
            self._text(*match.span(), "message", "is to be read")
        held = self.reading.spelt | {"="}.intersection(self.reading.text)
        for needs, pattern in self.tables.figures:
            for match in () if needs.isdisjoint(held) else pattern.finditer(self.reading.text):
                if not self.masks.hides(*match.span()):
                    self._text(*match.span(), "figures", "is to be read")
        for word in self.words:
            told = word.lower in self.sets["told_by"] or word.kind == "VERB"
            if told and self._clear(word.index, word.index + 1):
                self._on_surface(word, named=word.index not in harmless)
                self._inscribed(word)
                self._titled(word)
                self._called(word)
                self._spelled(word)
                self._written(word)
        return self.cues

    def _clear(self, first: int, last: int) -> bool:
        negated = bool(self.negated) and not self.negated.isdisjoint(range(first, last))
        return not negated and not self.masks.hides(self.words[first].start, self.words[last - 1].end)

    def _cue(self, first: int, last: int, sense: str, why: str) -> None:
        self._text(self.words[first].start, self.words[last - 1].end, sense, why)

    def _text(self, start: int, end: int, sense: str, why: str) -> None:
        self.cues.append(Cue(label="lettering", span=Span.of(self.reading.text, start, end), sense=sense, why=why))

    # -- quotations -----------------------------------------------------------------------------------------------
    def _is_shown(self, span: Span) -> bool:
        """A quotation beside a surface or a verb of writing is to be read; one beside a speaker is to be heard."""
        place, behind = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        inside = tuple(word.lower for word in self.words[place:behind] if word.kind != "PUNCT")
        if inside in self.tables.gestures or len(inside) > _LONGEST:
            return False
        left, right = self.words[max(0, place - _BEFORE) : place], self.words[behind : behind + _AFTER]
        near = {word.lower for word in (*left, *right) if word.index not in self.negated}
        carried = near & (self.sets["surfaces"] | self.sets["verbs"])
        if self._is_shared(left) or self._is_voiced(left) or self._names_a_style(right):
            return False
        if self._is_just_said(left) and not any(word.lower in self.sets["surfaces"] for word in left):
            return False  # "the driver yells: “Go!” Signs blur past"
        if self._is_spoken(left[-5:], right) and not near & (self.sets["surfaces"] - self.sets["harmless_surfaces"]):
            return False
        return bool(carried)

    def _names_a_style(self, right: tuple[Word, ...]) -> bool:
        """ "“Night Owl” art style": whose look it is to have."""
        return any(word.lower in {"style", "aesthetic", "aesthetics", "vibe"} for word in right[:2])

    def _is_just_said(self, left: tuple[Word, ...]) -> bool:
        """Whether a verb of speech stands right before a quotation, a mark between."""
        spoken = [word for word in left if word.kind != "PUNCT"][-1:]
        return bool(spoken) and bool(spoken[0].could_be_of(self.v.lettering.speech))

    def _is_shared(self, left: tuple[Word, ...]) -> bool:
        """ "The man turns round and says: "now"": a verb of speech that is joined to others has their subject."""
        words = [word for word in left if word.sentence == left[-1].sentence] if left else []
        spare = _ASIDE  # "says in a low voice"
        while words and (words[-1].kind == "PUNCT" or (spare and words[-1].kind != "VERB")):
            spare -= words.pop().kind != "PUNCT"
        if len(words) < 2 or not words[-1].could_be_of(self.v.lettering.speech):
            return False
        joined = words[-2].kind == "CONJ" or words[-2].lower in {"then", ","}
        start = self.reading.starts[words[-1].sentence]
        first = next((word for word in self.words[start : words[-1].index] if word.kind in {"NOUN", "PRON"}), None)
        return joined and first is not None and first.lower not in self.sets["surfaces"]

    def _is_voiced(self, left: tuple[Word, ...]) -> bool:
        """ "It says in a tinny voice: "hello"": what is said in a voice is heard."""
        voices = [word.index for word in left if word.lower in self.v.lettering.voices]
        return bool(voices) and any(
            word.could_be_of(self.v.lettering.speech) and 0 < voices[-1] - word.index < _BEFORE for word in left
        )

    def _is_spoken(self, left: tuple[Word, ...], right: tuple[Word, ...]) -> bool:
        """ "She whispers "now"", ""now," she whispers": a verb of speech and somebody who speaks, on one side."""
        for side, reach in ((left, left[-3:]), (right, right)):
            says = any(word.could_be_of(self.v.lettering.speech) for word in reach)
            speaker = any(
                self.v.noun_kinds.get(word.lower) in {"person", "animal", "body"} or word.kind == "PRON"
                for word in side
                if word.lower not in self.sets["surfaces"]
            )
            if says and speaker:
                return True
        return False

    # -- surfaces -------------------------------------------------------------------------------------------------
    def _on_surface(self, word: Word, *, named: bool) -> None:
        """A surface, then a verb of reading, then words: "a sign that reads open"; or "the title NIGHT OWL"."""
        if word.lower not in self.sets["surfaces"]:
            return
        after = self._same(self.words[word.index + 1 : word.index + 6], word)
        says = next((near for near in after if self._reads(near)), None)
        if says is not None and any(near.kind in {"CONJ", "PUNCT"} for near in after[: says.index - word.index - 1]):
            says = None  # "opens a letter and starts reading"
        if says is not None and word.lower not in self.sets["harmless_surfaces"] and self._told(says):
            self._cue(
                word.index, self._wording(says.index + 1), "surface with words", f"{says.text} says what is on it"
            )
            return
        capitals = bool(after) and self._capitals(after[0].text)
        if word.lower not in self.sets["naming"] or self.shouting or not (named or capitals):
            return
        before = self.words[word.index - 1] if word.index else None
        if before is not None and before.sentence == word.sentence and self._capitals(before.text):
            self._cue(before.index, word.index + 1, "capitals on a surface", "capitals beside a word for writing")
        elif after and self._named(after[0], word):
            self._cue(word.index, self._wording(word.index + 1), "capitals on a surface", "a word for writing names it")

    def _reads(self, word: Word) -> bool:
        return (
            bool(word.could_be("read", "say", "spell", "state"))
            or word.lower in self.v.lettering.inscribed
            or (word.lower == "that" and word.kind != "DET" and self._clause_follows(word))
        )

    def _told(self, says: Word) -> bool:
        """Whether words follow the verb: "reads OPEN", "says help"; nothing follows in "the label reads well"."""
        after = self._same(self.words[says.index + 1 : says.index + 2], says)
        return bool(after) and (after[0].kind not in {"ADV", "CONJ", "PREP", "PRON"} or self._capital(after[0].index))

    def _named(self, near: Word, word: Word) -> bool:
        """ "The title NIGHT OWL", "title: Night Owl", "the name Anna" on a thing; "her name Anna" is no lettering."""
        if near.text == ":" and near.index + 1 < len(self.words):
            near = self.words[near.index + 1]
        if near.kind == "DET" and word.lower in {"letter", "letters"}:
            return near.text == "A"  # "the letter A"
        plain = near.kind in {"PUNCT", "DET", "PRON"} and not self._capitals(near.text)
        if plain or not self._capital(near.index):
            return False
        if word.lower not in {"name", "names", "number"}:
            return True
        before = self.words[max(0, word.index - _BEFORE) : word.index]
        return any(w.lower in self.sets["surfaces"] and w.sentence == word.sentence for w in before)

    def _inscribed(self, word: Word) -> None:
        """Capitals beside a word of writing: "tombstone engraved Old Tom", "a cake with Happy Day written on it"."""
        behind = self.words[word.index + 1] if word.index + 1 < len(self.words) else None
        written = behind is not None and not self.shouting and self._capitals(behind.text)
        if written and word.lower in self.sets["verbs"]:
            self._cue(word.index + 1, self._wording(word.index + 1), "surface with words", "capitals are written")
            return
        if written and word.lower == "with" and self._beside_surface(word):
            self._cue(word.index + 1, self._wording(word.index + 1), "surface with words", "capitals on a surface")
            return
        before = self.words[word.index - 1] if word.index else None
        put = word.lower in self.sets["verbs"] and behind is not None and behind.lower in {"on", "across", "over", "in"}
        if put and before is not None and not self.shouting and self._capitals(before.text):
            self._cue(before.index, word.index + 1, "surface with words", "capitals are put on a surface")
            return
        if word.lower not in self.sets["inscribed"]:
            return
        if self._is_labelled(word):
            self._cue(word.index, self._wording(word.index + 1), "surface with words", "says what is on it")
            return
        first, last = word.index, self._wording(word.index + 1, plain=False)
        while first > 0 and self._capital(first - 1) and not self._opens(first - 1):
            first -= 1
        if first < word.index or last > word.index + 1:
            self._cue(first, last, "surface with words", "capitals beside a word of writing")

    def _is_labelled(self, word: Word) -> bool:
        """ "A crate labelled fragile": not "a labelled crate", "jars labelled and stacked"."""
        near = self._same(self.words[max(0, word.index - 1) : word.index + 2], word)
        kinds = [other.kind for other in near]
        named = word.lower in {"labelled", "labeled", "captioned"} and len(near) == 3
        if word.lower in {"titled", "entitled"} and len(near) == 3 and near[2].kind != "PUNCT":
            return near[0].lower in self.sets["surfaces"]
        return named and kinds[0] == "NOUN" and kinds[2] in {"ADJ", "NOUN", "NUM"}

    def _titled(self, word: Word) -> None:
        """ "A book with the title …": writing that belongs to a surface, whatever it says."""
        if word.lower not in self.sets["titles"]:
            return
        before = word.index - 1
        while before > 0 and self.words[before].kind in {"DET", "ADJ"}:
            before -= 1
        carrier = self.words[before - 1] if before > 0 and self.words[before].lower == "with" else None
        if carrier is not None and carrier.lower not in self.sets["surfaces"]:
            near = self._same(self.words[max(0, carrier.index - _ASIDE) : carrier.index], word)
            carrier = next((w for w in near if w.lower in self.sets["surfaces"]), carrier)  # "a sign on the wall with"
        if carrier is not None and carrier.sentence == word.sentence and carrier.lower in self.sets["surfaces"]:
            self._cue(word.index, word.index + 1, "surface with words", f"{carrier.text} has it to be read")

    def _called(self, word: Word) -> None:
        """ "Poster of a film named Red Harbor": what a cover, poster or intro is for stands on it."""
        if word.lower not in _CALLED or word.index + 1 == len(self.words):
            return
        before = self._same(self.words[max(0, word.index - _BEFORE) : word.index], word)
        work = bool(before) and before[-1].lower in self.sets["works"] | self.sets["covers"]
        shown = any(near.lower in self.sets["covers"] for near in before)
        if work and shown and self._capital(word.index + 1) and word.index + 1 not in self.negated:
            self._cue(word.index, self._wording(word.index + 1), "surface with words", "a name on what it is for")

    def _spelled(self, word: Word) -> None:
        """ "Smoke spells hello": the verb; "casts spells" is magic."""
        before = self.words[word.index - 1] if word.index else None
        told = before is not None and before.lower in {"that", "which", "it"}
        if word.lower == "spells" and (word.kind == "VERB" or told):
            self._cue(word.index, word.index + 1, "lettering", "is made of letters")

    def _written(self, word: Word) -> None:
        """ "Close-up of a pen writing a letter": what is written is seen as it comes."""
        if word.kind != "VERB" or not word.could_be("write", "handwrite", "sign", "scribble", "jot"):
            return
        sentence = self._same(self.words[max(0, word.index - _BEFORE) : word.index], word)
        who = sentence[-_ASIDE:]
        while any(near.kind in {"VERB", "CONJ"} for near in who):
            who = who[1:]
        held = any(near.lower in self.sets["pens"] and near.kind == "NOUN" for near in who)
        shot = tuple(near.lower for near in sentence)
        close = not _FACE.intersection(shot) and any(self.tables.close.find(shot))
        if held or close:
            self._cue(word.index, word.index + 1, "lettering", "is written before the eye")

    def _beside_surface(self, word: Word) -> bool:
        near = self._same(self.words[max(0, word.index - _BEFORE) : word.index + _BEFORE], word)
        return any(w.lower in self.sets["surfaces"] for w in near)

    # -- words ----------------------------------------------------------------------------------------------------
    def _same(self, near: tuple[Word, ...], word: Word) -> list[Word]:
        return [other for other in near if other.sentence == word.sentence]

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

    def _capitals(self, text: str) -> bool:
        if not text.isupper():
            return False
        letters = [c for c in text if c.isalpha()]
        return len(letters) >= 2 and all(c.isupper() for c in letters) and text not in self.sets["acronyms"]

    def _opens(self, index: int) -> bool:
        return index == self.reading.starts[self.words[index].sentence]

    def _clause_follows(self, that: Word) -> bool:
        """ "A sign that the shop is closed" says so; "a sign that hangs" does not."""
        after = self.words[that.index + 1] if that.index + 1 < len(self.words) else None
        return after is not None and after.kind in {"DET", "PRON"} and after.sentence == that.sentence
