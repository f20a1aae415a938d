"""The trained pipeline behind a plain face: tokens in, parts of speech and trees out. Only this module knows spaCy."""

from __future__ import annotations

import gc
import importlib
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from threadpoolctl import threadpool_limits

from studio.coach.language import company
from studio.coach.language.encoder import Encoder
from studio.coach.language.parts import Parts
from studio.errors import PresetError

__all__ = ["QUOTATION", "Model", "Parsed", "Token", "open_model"]

QUOTATION = "“”"
"""The token that stands for a quotation; what is quoted is not part of the sentence's grammar."""


_COLUMNS = ("DEP", "HEAD")
_EMPTY = "motion_first.EmptyTokenizer.v1"
"""A tokenizer to be filled from the model's folder: spaCy would fill it with all its English exceptions before."""
_CHUNK = re.compile(r"\S+")
_FORGET_AFTER = 1000
"""Calls."""
_TOGETHER = 32
"""Sentences; what the parser keeps of many more does not fit into a processor's cache."""


class Token(NamedTuple):
    """A token to be parsed: its spelling and whether a space follows it."""

    text: str
    space: bool = True


class Parsed(NamedTuple):
    """What a token is: universal part of speech, features as ``Name=Value|...``, its head counted from the token itself
    (0 for the root), relation to it."""

    pos: str
    morph: str
    head: int
    dep: str


def _blank(name: str, *names: str) -> ModuleType:
    """A module that only has these names."""
    module = ModuleType(name)
    module.__dict__.update(dict.fromkeys(names))
    return module


@contextmanager
def _spacy_alone() -> Iterator[None]:
    """While spaCy is imported, hide what nothing here needs: torch, which thinc would load (seconds), spaCy's own
    command line, a third of the rest, and YAML (of both, names are imported only to be handed on).
    """
    yaml = ("read_yaml", "write_yaml", "yaml_dumps", "yaml_loads", "is_yaml_serializable")
    hidden: dict[str, ModuleType | None] = {
        "torch": None,
        "spacy.cli": ModuleType("spacy.cli"),
        "spacy.cli.info": _blank("spacy.cli.info", "info"),
        "srsly._yaml_api": _blank("srsly._yaml_api", *yaml),
    }
    if "spacy" in sys.modules:
        hidden = {}
    absent = {name: module for name, module in hidden.items() if name not in sys.modules}
    sys.modules.update(absent)  # type: ignore[arg-type]
    collecting = gc.isenabled()
    gc.disable()  # all that is imported stays: to look through it for garbage takes a sixth of the time
    try:
        yield
    finally:
        if collecting:
            gc.enable()
        for name in absent:
            del sys.modules[name]


class Model:
    """A tokenizer, tagger, parser and dictionary of English.

    Args:
        folder: where the model lies, as ``make language`` writes it.

    Raises:
        PresetError: the folder is missing, or holds no model that this spaCy can read.
    """

    def __init__(self, folder: Path) -> None:
        with _spacy_alone():
            spacy = importlib.import_module("spacy")
            tokens = importlib.import_module("spacy.tokens")
            company.register()
        try:
            spacy.registry.tokenizers.register(_EMPTY, func=lambda: lambda nlp: spacy.tokenizer.Tokenizer(nlp.vocab))
            empty = {"nlp": {"tokenizer": {"@tokenizers": _EMPTY}}}
            self.pipeline: Any = spacy.load(folder, exclude=["lemmatizer"], config=empty)
            self._tables = _tables(folder / "lemmatizer" / "lookups" / "lookups.bin")
            self.pipeline("It moves.")  # a part without its labels loads, and fails only here
        except Exception as error:
            raise PresetError(
                f"the language model {folder.name}",
                f"{folder} ({error})",
                expected="the folder of a model trained for the studio and spaCy 3.8",
                action="Restore assets/models, or set MOTION_FIRST_ASSETS.",
            ) from error
        self._doc: Any = tokens.Doc
        self._labels: dict[int, str] = {}
        self._chunks: dict[str, list[tuple[int, int]]] = {}
        self._zone, self._calls = ExitStack(), 0
        _multiply_with_numpy(self.pipeline)
        self._encoder = Encoder(self.pipeline)
        self._parts, self._parser = Parts(self.pipeline), self.pipeline.get_pipe("parser")

    def split(self, text: str) -> list[tuple[int, int]]:
        """The tokens of a text as (start, end), white space left out. Each chunk between white space is split once."""
        self._renew()
        found: list[tuple[int, int]] = []
        for match in _CHUNK.finditer(text):
            start, chunk = match.start(), match.group()
            if chunk not in self._chunks:
                self._chunks[chunk] = [(token.idx, token.idx + len(token)) for token in self.pipeline.tokenizer(chunk)]
            found += [(start + first, start + last) for first, last in self._chunks[chunk]]
        return found

    def parse(self, sentences: Sequence[Sequence[Token]]) -> list[list[Parsed]]:
        """Parse sentences together."""
        if not any(sentences):
            return [[] for _ in sentences]
        self._renew()
        vocab = self.pipeline.vocab
        docs = [self._doc(vocab, [t.text for t in s], [t.space for t in s]) for s in sentences]
        self._encoder.encode(docs)
        # spaCy's own pipe() takes a quarter at a time, and a step costs nearly as much for one sentence as for many
        for start in range(0, len(docs), _TOGETHER):
            some = docs[start : start + _TOGETHER]
            self._parser.set_annotations(some, self._parser.predict(some))
        return [self._parsed(doc) for doc in docs]

    def _parsed(self, doc: Any) -> list[Parsed]:
        found, known = [], self._labels
        for (pos, morph), (dep, head) in zip(self._parts.of(doc.tensor), doc.to_array(_COLUMNS).tolist(), strict=True):
            if dep not in known:
                known[dep] = self.pipeline.vocab.strings[dep]
            # heads are counted from the token itself, in two's complement
            found.append(Parsed(pos, morph, head - (head >> 63 << 64), known[dep]))
        return found

    def _renew(self) -> None:
        """Forget the words seen so far now and then: they must not pile up in a program that runs for weeks."""
        self._calls = (self._calls + 1) % _FORGET_AFTER
        if self._calls == 1:
            self._encoder.forget()
            self._chunks.clear()
            self._zone.close()
            self._zone.enter_context(self.pipeline.memory_zone())

    @cached_property
    def _dictionary(self) -> frozenset[str]:
        words = {word for listed in self._tables["lemma_index"].values() for word in listed}
        return frozenset(words.union(*(table.keys() for table in self._tables["lemma_exc"].values())))

    @lru_cache(maxsize=8192)  # noqa: B019  one model lives as long as the program
    def is_english(self, word: str) -> bool:
        """Whether a word in lower case, or what its ending was put on, is in the dictionary."""
        if word in self._dictionary:
            return True
        rules = (rule for listed in self._tables["lemma_rules"].values() for rule in listed)
        stems = (
            word[: len(word) - len(old)] + new for old, new in rules if word.endswith(old) and len(word) > len(old) + 2
        )
        doubled = word[:-3] if word.endswith("ing") else word[:-2] if word.endswith(("ed", "er")) else ""
        more = [doubled[:-1]] if len(doubled) > 3 and doubled[-1:] == doubled[-2:-1] else []
        more += [word[:-2]] if word.endswith("ly") else []
        more += [word[:-1]] if word.endswith("y") and company.is_frequent(self.pipeline, word) else []  # "sweaty"
        return any(stem in self._dictionary for stem in (*stems, *more))

    def is_verb(self, lemma: str) -> bool:
        """Whether the dictionary has this verb."""
        return lemma in self._tables["lemma_index"]["verb"]

    def is_noun(self, lemma: str) -> bool:
        """Whether the dictionary has this noun."""
        return lemma in self._tables["lemma_index"]["noun"]

    def is_adjective(self, lemma: str) -> bool:
        """Whether the dictionary has this adjective."""
        return lemma in self._tables["lemma_index"]["adj"]

    @lru_cache(maxsize=8192)  # noqa: B019
    def lemma(self, word: str, pos: str) -> str:
        """The dictionary form of a word in lower case, as a VERB, NOUN, ADJ or ADV."""
        kind = pos.lower()
        known = self._tables["lemma_exc"].get(kind, {}).get(word)
        if known:
            return str(known[0])
        index = self._tables["lemma_index"].get(kind, frozenset())
        forms = [
            word[: len(word) - len(old)] + new
            for old, new in self._tables["lemma_rules"].get(kind, ())
            if word.endswith(old) and len(word) > len(old) + 1
        ]
        found = next((form for form in forms if form in index), "")
        return found or (word if word in index or not forms else forms[0])


@lru_cache(maxsize=4)
def open_model(folder: Path) -> Model:
    """The model of a folder, loaded once.

    Raises:
        PresetError: see ``Model``.
    """
    model = Model(folder)
    gc.freeze()  # all this stays: looked through by every full collection, it costs a long prompt half its time again
    return model


def _multiply_with_numpy(pipeline: Any) -> None:
    """Let numpy multiply the matrices, on one thread: on a sentence's few rows its BLAS takes half the time of the one
    in thinc, and a second thread would only wait, which costs as much processor time again.
    """
    threadpool_limits(1, user_api="blas")
    ops = importlib.import_module("thinc.api").NumpyOps

    class Ops(ops):  # type: ignore[misc, valid-type]
        def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
            found = (x.T if trans1 else x) @ (y.T if trans2 else y)
            if out is None:
                return found
            out[:] = found
            return out

    quick = Ops()
    for _, component in pipeline.pipeline:
        for layer in component.model.walk():
            layer.ops = quick


def _tables(path: Path) -> dict[str, dict[str, Any]]:
    """The lemma tables with the parts of speech as keys: lemma_rules, lemma_exc, lemma_index."""
    lookups = importlib.import_module("spacy.lookups").Lookups().from_disk(path.parent, filename=path.name)
    hashed = importlib.import_module("spacy.strings").get_string_id
    parts = ("noun", "verb", "adj", "adv", "aux", "pron", "part")
    found: dict[str, dict[str, Any]] = {}
    for name in ("lemma_rules", "lemma_exc", "lemma_index"):
        table = lookups.get_table(name)
        found[name] = {part: table[part] for part in parts if hashed(part) in table}
    found["lemma_index"] = {part: frozenset(listed) for part, listed in found["lemma_index"].items()}
    return found
