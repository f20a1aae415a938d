"""What became of the author's words: each one that says something is kept or removed."""

from __future__ import annotations

from typing import TypedDict

from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.reasons import Omission
from studio.shot import Span

__all__ = ["account", "says_something"]

_LABELS = {
    "subject", "action", "actions", "motion", "camera", "movement", "scene", "setting", "environment", "background",
    "light", "lighting", "sound", "audio", "sfx", "music", "style", "mood", "dialogue", "character", "atmosphere",
}  # fmt: skip
"""Words that open a line of a sheet and say nothing of the picture: "Camera: …"."""
_GRAMMAR = {"PUNCT", "DET", "PREP", "CONJ", "AUX", "PRON"}


def says_something(word: Word, parse: Parse) -> bool:
    """Whether a word has a meaning of its own; articles, prepositions and pronouns have none outside a quotation."""
    if any(c.isalnum() for c in word.text) and any(
        span.start <= word.start < span.end for span in parse.masks.quotations
    ):
        return True
    if word.kind == "PRON":
        return word.lower in parse.vocabulary.sets["indefinite"]
    if word.kind == "PUNCT":
        return any(c.isalnum() for c in word.text)
    return word.kind not in _GRAMMAR


def _is_led(pronoun: Word, gone: Word, parse: Parse) -> bool:
    """Whether a pronoun goes with what went right before it: "orbit | around her"; not the "her" of "her hat"."""
    words = parse.reading.words
    after = words[pronoun.index + 1] if pronoun.index + 1 < len(words) else pronoun
    ends = after is pronoun or after.kind in {"PUNCT", "CONJ"} or after.sentence != pronoun.sentence
    led = pronoun.index == gone.index + 2 and words[gone.index + 1].kind == "PREP"
    return pronoun.kind == "PRON" and ends and led and gone.sentence == pronoun.sentence


class Account(TypedDict):
    """The spans of a prompt that are said, and those that are not."""

    kept: tuple[Span, ...]
    removed: tuple[Omission, ...]


def account(parse: Parse, sources: frozenset[int]) -> Account:
    """The spans of the prompt that are said and those that are not, neighbours joined."""
    groups: dict[str, list[list[Word]]] = {"kept": [], "removed": []}
    last = ""
    labels = {label.index for label, _ in parse.reading.labels.values() if label.lower in _LABELS}
    for word in parse.reading.words:
        if word.index in labels:
            last = ""
            continue
        if not says_something(word, parse):
            if last and parse.prompt[word.start - 1] == "-" and groups[last][-1][-1].end == word.start - 1:
                groups[last][-1].append(word)  # "close-up"
            if last == "removed" and word.index not in sources and _is_led(word, groups[last][-1][-1], parse):
                groups[last][-1].append(word)  # "orbit | around her"
            last = last if word.kind != "PUNCT" else ""
            continue
        name = "kept" if word.index in sources else "removed"
        if last == name:
            groups[name][-1].append(word)
        else:
            groups[name].append([word])
        last = name
    ends = {name: [(row[0].start, row[-1].end) for row in rows] for name, rows in groups.items()}
    return Account(
        kept=tuple(Span.of(parse.prompt, *pair) for pair in ends["kept"]),
        removed=tuple(Omission.of(parse.prompt, *pair) for pair in ends["removed"]),
    )
