"""How good a pipeline is: parts of speech, trees and verbs against gold sentences, on gold tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from studio.coach.training.treebank import ROOT_HEAD, Sentence

__all__ = ["Scores", "score"]


@dataclass(frozen=True)
class Scores:
    """Shares of the tokens in percent. UAS and LAS leave out punctuation, as the shared tasks of CoNLL do not."""

    sentences: int
    words: int
    pos: float
    uas: float
    las: float
    verb_recall: float
    verb_precision: float

    def to_dict(self) -> dict[str, float]:
        """Names and figures."""
        return asdict(self)


def score(pipeline: Any, sentences: Iterable[Sentence]) -> Scores:
    """Parse gold tokens, sentence by sentence, and compare."""
    from spacy.tokens import Doc

    gold = tuple(sentences)
    docs = [Doc(pipeline.vocab, [t.text for t in s], [t.space for t in s]) for s in gold]
    count = right_pos = words = right_head = right_both = 0
    verbs = {"gold": 0, "said": 0, "both": 0}
    for sentence, doc in zip(gold, pipeline.pipe(docs), strict=True):
        for token, said in zip(sentence, doc, strict=True):
            count += 1
            right_pos += token.pos == said.pos_
            verbs["gold"] += token.pos == "VERB"
            verbs["said"] += said.pos_ == "VERB"
            verbs["both"] += token.pos == said.pos_ == "VERB"
            if token.pos != "PUNCT":
                head = ROOT_HEAD if said.head is said or said.dep_ == "ROOT" else said.head.i
                words += 1
                right_head += head == token.head
                right_both += head == token.head and (token.dep == said.dep_ or head == ROOT_HEAD)
    return Scores(
        sentences=len(gold),
        words=count,
        pos=_share(right_pos, count),
        uas=_share(right_head, words),
        las=_share(right_both, words),
        verb_recall=_share(verbs["both"], verbs["gold"]),
        verb_precision=_share(verbs["both"], verbs["said"]),
    )


def _share(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 2)
