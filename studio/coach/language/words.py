"""A prompt as words in sentences: what the rest of the coach reads, whoever settled it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

__all__ = ["Kind", "Reading", "Word", "word_after", "word_before"]

Kind = Literal["VERB", "NOUN", "ADJ", "ADV", "DET", "PREP", "PRON", "CONJ", "AUX", "NUM", "PUNCT", "NOT"]


@dataclass(slots=True, unsafe_hash=True)  # nobody changes one; frozen, each would take ten times as long to make
class Word:
    """One word of the prompt: ``prompt[start:end]``.

    Attributes:
        lemma: the dictionary form in the sense taken.
        kind: part of speech in the sense taken.
        form: of a verb: base, s, ing, past, preterite, passive; "attributive" for "falling" in "falling leaves";
            "gerund" for a verb used as a noun.
        verbs: every (lemma, form) that the spelling could be.
        sentence: number of its sentence.
        head: index of the word that it hangs on; its own for the root of a tree.
        dep: its relation to the head, as Universal Dependencies name it (nsubj, obj, obl, conj, ...).
    """

    index: int
    text: str
    lower: str
    start: int
    end: int
    sentence: int
    lemma: str = ""
    kind: Kind = "NOUN"
    form: str = ""
    verbs: tuple[tuple[str, str], ...] = ()
    plural: bool = False
    head: int = -1
    dep: str = ""

    def could_be(self, *lemmas: str) -> str:
        """The first of its possible verb lemmas that is among `lemmas`, or nothing."""
        for lemma, _ in self.verbs:
            if lemma in lemmas:
                return lemma
        return ""

    def could_be_of(self, listed: Collection[str]) -> str:
        """The same for a list of the vocabulary, which a call with all its words would copy."""
        for lemma, _ in self.verbs:
            if lemma in listed:
                return lemma
        return ""

    def lemma_as(self, *forms: str) -> str:
        """The first of its possible verb lemmas that has the spelling in one of these forms, or nothing."""
        for lemma, form in self.verbs:
            if form in forms:
                return lemma
        return ""

    def may_be(self, *forms: str) -> bool:
        """Whether the spelling could be a verb in one of these forms."""
        return bool(self.lemma_as(*forms))

    def but(
        self,
        *,
        kind: Kind | None = None,
        form: str | None = None,
        lemma: str | None = None,
        plural: bool | None = None,
        head: int | None = None,
        dep: str | None = None,
    ) -> Word:
        """The word with some of it said otherwise; ``dataclasses.replace`` would take three times as long."""
        return Word(
            self.index,
            self.text,
            self.lower,
            self.start,
            self.end,
            self.sentence,
            self.lemma if lemma is None else lemma,
            self.kind if kind is None else kind,
            self.form if form is None else form,
            self.verbs,
            self.plural if plural is None else plural,
            self.head if head is None else head,
            self.dep if dep is None else dep,
        )

    def moved(self, text: str, index: int, start: int, sentence: int) -> Word:
        """The word of a sentence as a word of `text`, where the sentence starts with these numbers."""
        first, last = start + self.start, start + self.end
        return Word(
            index + self.index,
            text[first:last],
            self.lower,
            first,
            last,
            sentence + self.sentence,
            self.lemma,
            self.kind,
            self.form,
            self.verbs,
            self.plural,
            index + self.head,
            self.dep,
        )


def word_before(words: Sequence[Word], index: int, *past: Kind) -> Word | None:
    """The word before ``words[index]`` in its sentence; words of the kinds `past` are passed over."""
    near = index - 1
    while near >= 0 and words[near].kind in past:
        near -= 1
    return words[near] if near >= 0 and words[near].sentence == words[index].sentence else None


def word_after(words: Sequence[Word], index: int, *past: Kind) -> Word | None:
    """The word after ``words[index]`` in its sentence; words of the kinds `past` are passed over."""
    near = index + 1
    while near < len(words) and words[near].kind in past:
        near += 1
    return words[near] if near < len(words) and words[near].sentence == words[index].sentence else None


_LETTERS = re.compile(r"[^\W\d_]+")
_LABEL = 6  # words of a label with its marks: "- Camera movement:"


@dataclass(frozen=True)
class Reading:
    """A prompt as words, in sentences."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def lowers(self) -> tuple[str, ...]:
        """The words in lower case, for phrase lookup."""
        return tuple(word.lower for word in self.words)

    @cached_property
    def before(self) -> tuple[Word | None, ...]:
        """Of each word the one before it in its sentence."""
        words = self.words
        return tuple(
            words[place - 1] if place and words[place - 1].sentence == word.sentence else None
            for place, word in enumerate(words)
        )

    @cached_property
    def after(self) -> tuple[Word | None, ...]:
        """Of each word the one after it in its sentence."""
        return tuple(
            near if near is not None and near.sentence == word.sentence else None
            for word, near in zip(self.words, (*self.words[1:], None), strict=False)
        )

    @cached_property
    def spelt(self) -> frozenset[str]:
        """All that is written in letters alone, in lower case, once: what a pattern can ask for before it searches."""
        return frozenset(_LETTERS.findall(self.text.lower()))

    @cached_property
    def bare_cameras(self) -> frozenset[int]:
        """The indices of each "camera" or "lens" that opens a clause without its article: "camera tilts up"."""
        found: set[int] = set()
        for word in self.words:
            if word.lower not in {"camera", "lens"}:
                continue
            before = self.words[word.index - 1] if word.index else None
            opens = before is None or before.sentence != word.sentence
            opens = opens or (before is not None and before.kind in {"PUNCT", "CONJ"})
            behind = (near for near in self.words[word.index + 1 : word.index + 3] if near.lower != "body")
            verb = next((near for near in behind if near.kind != "ADV"), word)
            if opens and verb.kind in {"VERB", "AUX"} and verb.form in {"", "s"}:
                found.add(word.index)
        return frozenset(found)

    @cached_property
    def starts(self) -> dict[int, int]:
        """The index of the first word of each sentence."""
        first: dict[int, int] = {}
        for word in self.words:
            first.setdefault(word.sentence, word.index)
        return first

    @cached_property
    def sentences(self) -> tuple[tuple[Word, ...], ...]:
        """The words of each sentence."""
        ends = [*self.starts.values(), len(self.words)]
        return tuple(self.words[first:last] for first, last in pairwise(ends))

    def sentence_before(self, word: Word) -> tuple[Word, ...]:
        """The words of the sentence before that of a word; none before the first. Sentences without words are passed
        over: the numbers of sentences may have gaps."""
        end = self.starts[word.sentence]
        return self.words[self.starts[self.words[end - 1].sentence] : end] if end else ()

    @cached_property
    def labels(self) -> dict[int, tuple[Word, int]]:
        """Of each sentence that a label opens ("Action: …", "[Action] …", "- action: …") that word, and what it heads.

        The second is the index of the first word behind the label.
        """
        found: dict[int, tuple[Word, int]] = {}
        for sentence, start in self.starts.items():
            near = [word for word in self.words[start : start + _LABEL] if word.sentence == sentence]
            named = [word for word in near[:3] if word.kind != "PUNCT"][:1]
            end = next((word for word in near if word.text in {":", "]"}), None)
            if named and end is not None and named[0].index < end.index:
                inside = [word for word in self.words[named[0].index : end.index] if word.text != '"']
                if all(word.lower.isalpha() for word in inside):  # "Shot 2:" counts shots
                    found[sentence] = (named[0], end.index + 1)
        return found
