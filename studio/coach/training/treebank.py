"""Sentences with their trees: read from and written to CoNLL-U, turned into what spaCy trains on.

The labels are those of Universal Dependencies (universaldependencies.org/guidelines.html), thinned to what the coach
asks of a tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

__all__ = ["ROOT_HEAD", "Token", "document", "read_conllu", "write_conllu"]

ROOT_HEAD = -1
_KEPT = {
    "acl:relcl", "aux:pass", "compound:prt", "nmod:poss", "nmod:unmarked", "nsubj:pass", "obl:agent", "obl:unmarked",
}  # fmt: skip
"""Subtypes of relations that are told apart; every other subtype counts as its relation."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a tree. ``head`` is the index in its sentence, ``ROOT_HEAD`` for the root."""

    text: str
    pos: str
    morph: str
    head: int
    dep: str
    lemma: str = ""
    space: bool = True


Sentence = tuple[Token, ...]


def read_conllu(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file, with relations and features thinned."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        tight = _inside_words(rows)
        rows = [row for row in rows if row[0].isdigit()]
        if rows:
            yield tuple(_token(row, int(row[0]) in tight) for row in rows)


def _inside_words(rows: Sequence[Sequence[str]]) -> set[int]:
    """The tokens that no space follows because one written word goes on: the "do" of "don't"."""
    tight: set[int] = set()
    for row in rows:
        if "-" in row[0]:
            first, last = (int(number) for number in row[0].split("-"))
            tight.update(range(first, last + ("SpaceAfter=No" in row[9])))
    return tight


def _token(row: Sequence[str], tight: bool) -> Token:
    dep = row[7] if row[7] in _KEPT else row[7].partition(":")[0]
    return Token(
        text=row[1],
        pos=row[3],
        morph=_thinned(row[3], row[5]),
        head=int(row[6]) - 1,
        dep=dep,
        lemma=row[2],
        space=not tight and "SpaceAfter=No" not in row[9],
    )


def _thinned(pos: str, features: str) -> str:
    """The features that tell the forms of verbs and the number of nouns; a gerund is spelled as a participle is."""
    given = dict(pair.split("=") for pair in features.split("|") if "=" in pair)
    if pos in {"NOUN", "PROPN"}:
        return f"Number={'Plur' if given.get('Number') in {'Plur', 'Ptan'} else 'Sing'}"
    if pos not in {"VERB", "AUX"}:
        return ""
    form, tense = given.get("VerbForm", "Fin"), given.get("Tense", "")
    if given.get("Mood") == "Imp":
        return "Mood=Imp|VerbForm=Fin"
    if form == "Inf":
        return "VerbForm=Inf"
    if form == "Fin":
        third = given.get("Person") == "3" and given.get("Number") == "Sing" and tense == "Pres"
        return f"Number=Sing|Person=3|Tense=Pres|{'VerbForm=Fin'}" if third else f"Tense={tense or 'Pres'}|VerbForm=Fin"
    if form == "Ger" or tense != "Past":
        return "Tense=Pres|VerbForm=Part"
    return "Tense=Past|VerbForm=Part" + ("|Voice=Pass" if given.get("Voice") == "Pass" else "")


def write_conllu(path: Path, sentences: Iterable[Sentence], comments: Sequence[str] = ()) -> None:
    """Write sentences with a running number and their text; `comments` stand at the top of the file."""
    lines = [f"# {comment}" for comment in comments]
    for number, sentence in enumerate(sentences, 1):
        lines += [f"# sent_id = {number}", f"# text = {text_of(sentence)}"]
        for index, token in enumerate(sentence, 1):
            misc = "_" if token.space else "SpaceAfter=No"
            row = (index, token.text, token.lemma or "_", token.pos, "_", token.morph or "_", token.head + 1, token.dep)
            lines.append("\t".join(map(str, (*row, "_", misc))))
        lines.append("")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def text_of(sentence: Sentence) -> str:
    """The sentence as written."""
    return "".join(token.text + " " * token.space for token in sentence).strip()


def document(vocab: Any, sentence: Sentence) -> Any:
    """A gold spaCy ``Doc`` of one sentence: parts of speech, features, heads and relations."""
    from spacy.tokens import Doc

    heads = [index if token.head == ROOT_HEAD else token.head for index, token in enumerate(sentence)]
    return Doc(
        vocab,
        words=[token.text for token in sentence],
        spaces=[token.space for token in sentence],
        pos=[token.pos for token in sentence],
        morphs=[token.morph for token in sentence],
        heads=heads,
        deps=["ROOT" if token.head == ROOT_HEAD else token.dep for token in sentence],
    )


def respelled(sentence: Sentence, texts: Sequence[str]) -> Sentence:
    """The same tree over other spellings."""
    return tuple(replace(token, text=text) for token, text in zip(sentence, texts, strict=True))
