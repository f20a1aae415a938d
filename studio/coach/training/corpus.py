"""What the model learns from: the treebank, made prompts, prompts annotated by hand, and careless spellings of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from studio.coach.training.grammar import generate
from studio.coach.training.lexicon import Lexicon
from studio.coach.training.treebank import ROOT_HEAD, Sentence, read_conllu

__all__ = ["PROMPTS", "training_sentences", "treebank_file"]

PROMPTS = Path(__file__).with_name("prompts.conllu")
"""Prompt sentences written and annotated for the project."""

GENERATED = 7000
BY_HAND = 5
"""How often each sentence annotated by hand is repeated, in various spellings."""


def treebank_file(folder: Path, part: str) -> Path:
    """The file of a part of the treebank: train, dev or test."""
    return folder / f"en_ewt-ud-{part}.conllu"


def training_sentences(treebank: Path, lexicon: Lexicon, seed: int = 0) -> list[Sentence]:
    """The whole mix, shuffled; the same seed gives the same mix."""
    random = Random(seed)
    news = list(read_conllu(treebank_file(treebank, "train")))
    hand = list(read_conllu(PROMPTS)) if PROMPTS.exists() else []
    made = list(generate(lexicon, GENERATED, seed))
    mix = [*news, *hand, *made]
    mix += _careless(random.sample(news, len(news) // 4), random)
    mix += _careless((sentence for sentence in hand for _ in range(BY_HAND - 1)), random)
    mix += _careless(random.sample(made, len(made) // 3), random)
    random.shuffle(mix)
    return mix


def _careless(sentences: Iterable[Sentence], random: Random) -> Iterator[Sentence]:
    """The sentences as people type them: lower case, capitals, without marks."""
    for sentence in sentences:
        spell = random.choices((str.lower, str.upper, str.capitalize, str), (60, 8, 4, 28))[0]
        marks = random.choices((".!?", ".,;!?", ""), (35, 15, 50))[0]
        typed = without(tuple(replace(token, text=spell(token.text)) for token in sentence), set(marks))
        if typed:
            yield typed


def without(sentence: Sentence, marks: set[str]) -> Sentence:
    """The sentence without these marks where nothing hangs on them."""
    heads = {token.head for token in sentence}
    kept = [
        index
        for index, token in enumerate(sentence)
        if token.text not in marks or index in heads or token.head == ROOT_HEAD
    ]
    places = {old: new for new, old in enumerate(kept)}
    return tuple(replace(sentence[old], head=places.get(sentence[old].head, ROOT_HEAD), space=True) for old in kept)
