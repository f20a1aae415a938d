"""The model's first layer: what a word is by itself, by its spelling and by the company it keeps.

Words that stand in the same places of a large text have the same cluster (Brown et al. 1992): "scampers" and "trundles"
share one, "pliers" and "wrenches" another, so a verb that was never trained on is still known for one. The table comes
from spacy-lookups-data when a model is trained, is part of its weights from then on, and has hashes for words.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

__all__ = ["is_frequent", "register"]

_NAME = "motion_first.CompanyEmbed.v1"
_WORDS = 40_000
"""How many words have their cluster told, the most frequent ones."""

_COLUMNS = ["NORM", "SUFFIX", "SHAPE", "LOWER"]


def register() -> None:
    """Tell spaCy of the layer, which a model's config names."""
    importlib.import_module("spacy").registry.architectures.register(_NAME, func=_embed)


def is_frequent(pipeline: Any, word: str) -> bool:
    """Whether a model's table has the word in lower case: people write it often, some slips of the keyboard too."""
    layers = pipeline.get_pipe("tok2vec").model.walk()
    words = next(layer.attrs["words"] for layer in layers if layer.name == "company")
    hashed = importlib.import_module("spacy.strings").get_string_id(word)
    place = np.searchsorted(words, np.uint64(hashed))
    return bool(place < len(words) and words[place] == hashed)


def _embed(width: int, rows: Sequence[int]) -> Any:
    """Hashed spellings and clusters mixed to one vector a word; ``rows``: of norm, suffix, shape and cluster."""
    thinc = importlib.import_module("thinc.api")
    tables = [
        thinc.HashEmbed(width, count, column=place, seed=8 + place, dropout=0.0) for place, count in enumerate(rows)
    ]
    nothing = {"words": np.zeros(0, dtype=np.uint64), "clusters": np.zeros(0, dtype=np.uint32)}
    features = thinc.Model("company", _features, init=_fill, attrs=nothing)
    return thinc.chain(
        features,
        thinc.list2ragged(),
        thinc.with_array(thinc.concatenate(*tables)),
        thinc.with_array(thinc.Maxout(width, width * len(tables), nP=3, dropout=0.0, normalize=True)),
        thinc.ragged2list(),
    )


def _features(model: Any, docs: Sequence[Any], **_: Any) -> tuple[list[Any], Callable[[Any], list[Any]]]:
    """Per word its norm, suffix, shape and cluster; cluster 0 holds the words that the table leaves out."""
    words, clusters = model.attrs["words"], model.attrs["clusters"]
    found = []
    for doc in docs:
        rows = doc.to_array(_COLUMNS).reshape(len(doc), len(_COLUMNS))
        places = np.minimum(np.searchsorted(words, rows[:, -1]), len(words) - 1)
        rows[:, -1] = np.where(words[places] == rows[:, -1], clusters[places], 0)
        found.append(rows)
    return found, lambda _: []


def _fill(model: Any, **_: Any) -> None:
    """Take the table over from spacy-lookups-data before training: lower-case words, the most frequent first."""
    paths = importlib.import_module("spacy").registry.lookups.get("en")
    read = importlib.import_module("spacy.util").load_language_data
    hashed = importlib.import_module("spacy.strings").get_string_id
    clusters, frequent = read(paths["lexeme_cluster"]), read(paths["lexeme_prob"])
    plain = [word for word, cluster in clusters.items() if cluster and word == word.lower() and word[0].isalpha()]
    plain = sorted(plain, key=lambda word: (-frequent.get(word, -99.0), word))[:_WORDS]
    pairs = np.array(sorted((hashed(word), clusters[word]) for word in plain), dtype=np.uint64)
    model.attrs["words"], model.attrs["clusters"] = pairs[:, 0].copy(), pairs[:, 1].astype(np.uint32)
