"""Trains the model and writes it where the studio looks for it: weights and tables only, no word of the corpus."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import redirect_stdout
from importlib.metadata import version
from pathlib import Path
from typing import Any

from studio.coach.language import company
from studio.coach.training.corpus import training_sentences, treebank_file
from studio.coach.training.lexicon import Lexicon
from studio.coach.training.scores import score
from studio.coach.training.treebank import Sentence, document, read_conllu

__all__ = ["build", "digest"]

_CONFIG = Path(__file__).with_name("config.cfg")
_CLOSED = {
    "aux": {
        "am": "be", "are": "be", "is": "be", "was": "be", "were": "be", "been": "be", "being": "be", "'s": "be",
        "’s": "be", "'re": "be", "’re": "be", "'m": "be", "’m": "be", "has": "have", "had": "have", "having": "have",
        "'ve": "have", "’ve": "have", "'d": "would", "’d": "would", "does": "do", "did": "do", "'ll": "will",
        "’ll": "will", "ca": "can", "wo": "will",
    },
    "pron": {
        "me": "I", "i": "I", "him": "he", "them": "they", "us": "we", "these": "this", "those": "that",
    },
    "part": {"n't": "not", "n’t": "not"},
}  # fmt: skip
"""Lemmas of closed classes, which the rule tables leave out."""


def build(treebank: Path, target: Path, lexicon: Lexicon, gold: Path) -> dict[str, Any]:
    """Train on the treebank's folder and write the model to `target`, with its log, scores and digest beside it.

    Args:
        gold: the folder of held-out prompt sentences in CoNLL-U, for the scores only, which bear the files' names.
    """
    import spacy
    from spacy.cli.train import train

    company.register()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        _store(work / "train.spacy", training_sentences(treebank, lexicon))
        _store(work / "dev.spacy", read_conllu(treebank_file(treebank, "dev")))
        paths = {f"paths.{part}": str(work / f"{part}.spacy") for part in ("train", "dev")}
        with (target.parent / "training.log").open("w", encoding="utf-8") as log, redirect_stdout(log):
            train(_CONFIG, work / "out", overrides=paths)
        _tidy(target.parent / "training.log", work)
        pipeline = spacy.load(work / "out" / "model-best")
    _add_lemmatizer(pipeline)
    _write(pipeline, target)
    trained = spacy.load(target)
    held = {"ewt_test": treebank_file(treebank, "test"), **{path.stem: path for path in sorted(gold.glob("*.conllu"))}}
    report = {
        "digest": digest(target),
        "spacy": version("spacy"),
        "scores": {name: score(trained, read_conllu(path)).to_dict() for name, path in held.items()},
    }
    (target.parent / "training.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return report


def _tidy(log: Path, work: Path) -> None:
    """Take the colours and the places of this machine out of the log."""
    text = log.read_text(encoding="utf-8").replace(str(work), "work")
    log.write_text(re.sub(r"\x1b\[[0-9;]*m", "", text), encoding="utf-8")


def _store(path: Path, sentences: Iterable[Sentence]) -> None:
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("en").vocab
    DocBin(docs=[document(vocab, sentence) for sentence in sentences]).to_disk(path)


def _add_lemmatizer(pipeline: Any) -> None:
    """Rules and tables of spacy-lookups-data (MIT), copied into the model, and the closed classes."""
    lemmatizer = pipeline.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(nlp=pipeline)
    table = lemmatizer.lookups.get_table("lemma_exc")
    for part, forms in _CLOSED.items():
        table[part] = {form: [lemma] for form, lemma in forms.items()}


def _write(pipeline: Any, target: Path) -> None:
    """Write the folder, its string table cut down to labels: no word seen in training is shipped."""
    from spacy.strings import StringStore

    labels = {name for _, component in pipeline.pipeline for name in getattr(component, "labels", ())}
    labels |= {part for name in labels for part in name.replace("|", " ").replace("=", " ").split()}
    labels |= {part for name in labels for part in name.split("|")} | {name.partition("-")[2] for name in labels}
    shutil.rmtree(target, ignore_errors=True)
    pipeline.meta.update(
        name="prompt", version="1.0.0", license="CC-BY-SA-4.0", author="Motion First", url="", email="",
        description="Tags and parses video prompts in English.", performance={}, sources=[],
    )  # fmt: skip
    pipeline.config["paths"].update(train=None, dev=None)
    pipeline.to_disk(target)
    StringStore(sorted(labels - {""})).to_disk(target / "vocab" / "strings.json")


def digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of every file of a model, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
