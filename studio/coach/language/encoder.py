"""The model's word vectors in plain numpy: the same sums as spaCy's own layers, without what a layer costs to call.

A prompt is a few rows of 80 numbers: spaCy spends more time on going from layer to layer than on the numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Encoder"]

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class _Layer:
    """A window of three words, the largest of some sums, brought to one scale, added to what came in."""

    weights: Floats  # inputs, pieces x outputs
    bias: Floats
    gain: Floats
    offset: Floats

    @classmethod
    def of(cls, layer: Any) -> _Layer:
        """From spaCy's ``residual(expand_window >> maxout >> layernorm)``."""
        named = {each.name: each for each in layer.walk()}
        maxout, norm = named["maxout"], named["layernorm"]
        weights = maxout.get_param("W")  # outputs, pieces, inputs
        return cls(
            np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(weights.shape[2], -1)),
            maxout.get_param("b").T.reshape(-1),
            norm.get_param("G"),
            norm.get_param("b"),
        )

    def __call__(self, rows: Floats) -> Floats:
        """``rows``: float32, words x width; so is what comes out."""
        count, width = rows.shape
        window = np.zeros((count, 3, width), dtype=np.float32)
        window[1:, 0], window[:, 1], window[:-1, 2] = rows[:-1], rows, rows[1:]
        sums = window.reshape(count, -1) @ self.weights
        sums += self.bias
        # piece by piece, into a place of its own: numpy's max over an axis takes longer, and so does all that follows
        # on every third stretch of the sums
        best: Floats = sums[:, :width].copy()
        for start in range(width, sums.shape[1], width):
            np.maximum(best, sums[:, start : start + width], out=best)
        best -= np.add.reduce(best, axis=1, keepdims=True) / width
        spread = np.einsum("ij,ij->i", best, best) / width + 1e-8
        best *= (spread**-0.5)[:, None]
        best *= self.gain
        best += self.offset
        best += rows
        return best


class Encoder:
    """Gives each word of a sentence its vector: what it is by itself, then four times with its neighbours.

    Args:
        pipeline: spaCy's, with a ``tok2vec`` of the architecture that the studio trains.
    """

    def __init__(self, pipeline: Any) -> None:
        model = pipeline.get_pipe("tok2vec").model
        self._alone, around = model.layers
        self._pad = around.attrs["pad"]
        self._layers = [_Layer.of(layer) for layer in around.layers[0].layers]
        self._known: dict[int, Floats] = {}

    def forget(self) -> None:
        """Forget the words seen so far."""
        self._known.clear()

    def encode(self, docs: Sequence[Any]) -> None:
        """Set the tensor of each document: float32, its words x width."""
        spellings = [doc.to_array("ORTH").tolist() for doc in docs]
        self._learn(docs, spellings)
        rows: list[Floats] = []
        gap = [np.zeros_like(next(iter(self._known.values())))] * self._pad
        for spelt in spellings:
            rows += gap
            rows += [self._known[orth] for orth in spelt]
        found = np.array(rows + gap)
        for layer in self._layers:
            found = layer(found)
        place = 0
        for doc in docs:
            place += self._pad
            doc.tensor = found[place : place + len(doc)]
            place += len(doc)

    def _learn(self, docs: Sequence[Any], spellings: Sequence[Sequence[int]]) -> None:
        """What a word is by itself needs to be found once."""
        new = {
            orth: doc[place].text
            for doc, spelt in zip(docs, spellings, strict=True)
            for place, orth in enumerate(spelt)
            if orth not in self._known
        }
        if new:
            unseen = type(docs[0])(docs[0].vocab, list(new.values()))
            self._known |= zip(new, self._alone.predict([unseen])[0], strict=True)
