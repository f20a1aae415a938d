"""The model's part of speech and features of each word, from its vector: one sum in plain numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Parts"]


class Parts:
    """What spaCy's morphologizer says, without what it costs to write it into a document and read it back.

    Args:
        pipeline: spaCy's, with a ``morphologizer``.
    """

    def __init__(self, pipeline: Any) -> None:
        tagger = pipeline.get_pipe("morphologizer")
        layer = tagger.model.get_ref("output_layer")
        self._weights = np.ascontiguousarray(layer.get_param("W").T)  # width x labels
        self._bias = layer.get_param("b")
        strings, morphology = pipeline.vocab.strings, pipeline.vocab.morphology
        parts, features = tagger.cfg["labels_pos"], tagger.cfg["labels_morph"]
        self._labels = [
            (strings[parts.get(label, 0)], strings[morphology.add(features.get(label, 0))]) for label in tagger.labels
        ]

    def of(self, vectors: NDArray[np.float32]) -> list[tuple[str, str]]:
        """Of each word its universal part of speech and its features; ``vectors``: float32, words x width."""
        scores = vectors @ self._weights
        scores += self._bias
        return [self._labels[best] for best in scores.argmax(axis=1).tolist()]
