"""The one place that knows words: where they begin and end, their lemma, their part of speech, their place in a tree.

A prompt is cut into sentences; each is split by spaCy's English tokenizer, tagged by the lexical grammar over the
vocabulary, parsed by the trained model, and settled between the two. Sentences already read are remembered, so that
an edited prompt costs only what changed. Everybody else reads ``Word`` and ``Reading`` only.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator
from functools import cache
from threading import Lock

from studio.coach.language import foreign
from studio.coach.language.masks import find_quotations
from studio.coach.language.model import QUOTATION, Model, Parsed, Token, open_model
from studio.coach.language.sentences import Piece, cut
from studio.coach.language.settle import settle
from studio.coach.language.tagging import Tagger
from studio.coach.language.typos import Speller
from studio.coach.language.words import Reading, Word
from studio.coach.vocabulary.load import Vocabulary

__all__ = ["encodable", "read", "unreadable"]

# The tokenizer takes far more than linear time over a long chunk of marks; nobody means one. Spaces keep the places.
_LONG_CHUNK = re.compile(r"\S{100,}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARK = re.compile(r"[^\w\s]")
_CLOSERS = {".", "!", "?", ";", "…", "...", "。", "！", "？"}
_HYPHENS = {"-", "‑", "–"}
_REMEMBERED = 2000

Key = tuple[str, tuple[tuple[int, int], ...]]


def encodable(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, which nothing can encode; every span stays right."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def read(text: str, vocabulary: Vocabulary) -> Reading:
    """Split a text into words and settle what each one is. Spans are code points of `text`.

    Raises:
        PresetError: the language model is missing or cannot be read.
    """
    return _reader(vocabulary).read(text)


def unreadable(text: str, vocabulary: Vocabulary) -> str:
    """Why a text cannot be coached: the language or notation it is in; empty for English. Quotations do not count."""
    return foreign.unreadable(text, find_quotations(text), vocabulary, _reader(vocabulary).model.is_english)


@cache
def _reader(vocabulary: Vocabulary) -> _Reader:
    return _Reader(vocabulary, open_model(vocabulary.models / "prompt_en"))


class _Reader:
    """Reads prompts and remembers the last 2,000 sentences, their places counted from their own start."""

    def __init__(self, vocabulary: Vocabulary, model: Model) -> None:
        self._vocabulary, self.model = vocabulary, model
        self._speller = Speller(vocabulary, model)
        self._known: OrderedDict[Key, tuple[Word, ...]] = OrderedDict()
        self._lock = Lock()

    def read(self, text: str) -> Reading:
        plain = encodable(text)
        plain = _LONG_CHUNK.sub(lambda chunk: _MARK.sub(" ", chunk.group()), plain)
        pieces = list(cut(plain, find_quotations(plain)))
        with self._lock:
            return Reading(text, tuple(_joined(text, pieces, self._sentences(pieces))))

    def _sentences(self, pieces: list[Piece]) -> list[tuple[Word, ...]]:
        """The words of each piece: remembered, or all new ones read together."""
        new = {(p.text, p.quotations): p for p in pieces if (p.text, p.quotations) not in self._known}
        split = [tuple(self._split(piece)) for piece in new.values()]
        tokens = [_Tokens(piece, words) for piece, words in zip(new.values(), split, strict=True)]
        parsed = self.model.parse([each.tokens for each in tokens])
        for key, words, each, tree in zip(new, split, tokens, parsed, strict=True):
            tagged = Tagger(words, self._vocabulary).tag()
            self._known[key] = settle(each.hang(tagged, tree), self._vocabulary, self.model)
        found = []
        for piece in pieces:
            self._known.move_to_end((piece.text, piece.quotations))
            found.append(self._known[piece.text, piece.quotations])
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return found

    def _split(self, piece: Piece) -> Iterator[Word]:
        """The words of a sentence, by the tokenizer: "35mm" is one; so is the hyphen of "-camera", not of "push-in"."""
        plain, forms = piece.text, self._vocabulary.verb_forms
        index = sentence = 0
        held: int | None = None  # where a number began that may belong to the next token: "35" + "mm"
        tokens = self.model.split(plain)
        for place, (begin, end) in enumerate(tokens):
            start, held = (begin if held is None else held), None
            token = plain[start:end]
            follows = place + 1 < len(tokens) and tokens[place + 1][0] == end
            if token.isdigit() and follows and plain[end].isalpha():
                held = start
                continue
            bare = token.lstrip("-‑–") if token[0] in _HYPHENS else token
            if bare and bare is not token and bare[0].isalpha():  # "-camera pan up", "--camera pan up"
                mark = token[: -len(bare)]
                yield Word(index, mark, mark, start, start + len(mark), sentence)
                index, start, token = index + 1, start + len(mark), bare
            if token in _HYPHENS and index and follows and plain[start - 1].isalnum() and plain[end].isalnum():
                continue
            lower = self._speller.meant(token.lower().replace("’", "'"), token, index == 0)
            yield Word(index, token, lower, start, end, sentence, verbs=forms.get(lower, ()))
            index += 1
            sentence += token in _CLOSERS and not any(a <= start < b for a, b in piece.quotations)


class _Tokens:
    """The words of a sentence as the parser gets them: hyphens back in place, each quotation one token."""

    def __init__(self, piece: Piece, words: tuple[Word, ...]) -> None:
        self.tokens: list[Token] = []
        self.place: list[int] = []  # of each word, its token
        self._owner: dict[int, int] = {}  # of each token, its (first) word
        quotations = iter((*piece.quotations, (len(piece.text) + 1, 0)))
        begin, end = next(quotations)
        last = -1
        for word in words:
            while word.start >= end and begin <= len(piece.text):
                begin, end = next(quotations)
                if begin > word.start:
                    break
            quoted = begin <= word.start < end
            if quoted and last == begin:
                self.place.append(len(self.tokens) - 1)
                continue
            tied = word.start > 0 and piece.text[word.start - 1] in _HYPHENS and self.tokens
            if tied and not self.tokens[-1].space and self.tokens[-1].text not in _HYPHENS:
                self.tokens.append(Token("-", space=False))
            last = begin if quoted else -1
            self._owner[len(self.tokens)] = word.index
            self.place.append(len(self.tokens))
            after = end if quoted else word.end
            text = QUOTATION if quoted else word.lower if word.lower != word.text.lower() else word.text
            self.tokens.append(Token(text.replace("’", "'"), space=piece.text[after : after + 1].isspace()))

    def hang(self, words: list[Word], tree: list[Parsed]) -> list[tuple[Word, Parsed]]:
        """Each word with what the parser said of its token, its head and relation set: the words are still nobody's."""
        found = []
        for word, place in zip(words, self.place, strict=True):
            token = tree[place]
            if self._owner[place] != word.index:  # inside a quotation
                word.head, word.dep = self._owner[place], "flat"
            else:
                head = place + token.head
                if head not in self._owner:  # a hyphen
                    head += tree[head].head
                word.head, word.dep = self._owner.get(head, word.index), token.dep
            found.append((word, token))
        return found


def _joined(text: str, pieces: list[Piece], sentences: list[tuple[Word, ...]]) -> Iterator[Word]:
    """The words of all sentences in the places that they have in the prompt."""
    index = sentence = 0
    for piece, words in zip(pieces, sentences, strict=True):
        for word in words:
            yield word.moved(text, index, piece.start, sentence)
        index += len(words)
        sentence += (words[-1].sentence if words else 0) + 1
