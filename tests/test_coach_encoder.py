"""The word vectors in plain numpy are spaCy's own."""

from __future__ import annotations

import numpy as np
import pytest

from studio.coach.language.encoder import Encoder
from studio.coach.language.model import Model, Token, open_model
from studio.settings import ROOT

SENTENCES = ("The camera slowly pushes in.", "Steam rises", "A zzyzx 😀 drifts , 35mm !")


@pytest.fixture(scope="module")
def model() -> Model:
    return open_model(ROOT / "assets" / "models" / "prompt_en")


def _docs(model: Model) -> list:
    return [model.pipeline.make_doc(text) for text in SENTENCES]


def test_vectors_are_those_of_spacy(model: Model) -> None:
    mine, theirs = _docs(model), _docs(model)
    Encoder(model.pipeline).encode(mine)
    vectors = model.pipeline.get_pipe("tok2vec").predict(theirs)
    for doc, expected in zip(mine, vectors, strict=True):
        np.testing.assert_allclose(doc.tensor, expected, atol=1e-4)


def test_a_word_seen_before_has_the_same_vector(model: Model) -> None:
    encoder = Encoder(model.pipeline)
    first, again, afresh = _docs(model), _docs(model), _docs(model)
    encoder.encode(first)
    encoder.encode(again)
    encoder.forget()
    encoder.encode(afresh)
    for one, two, three in zip(first, again, afresh, strict=True):
        np.testing.assert_array_equal(one.tensor, two.tensor)
        np.testing.assert_allclose(one.tensor, three.tensor, atol=1e-5)


def test_a_sentence_without_words_is_no_trouble(model: Model) -> None:
    assert model.parse([[], [Token("Steam"), Token("rises")]])[0] == []
