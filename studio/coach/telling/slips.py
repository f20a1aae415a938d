"""Slips of the keyboard: a word written as another, a mark or an article twice, a full stop without its space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.telling.draft import article

__all__ = ["slips"]

_ENDINGS = "com|net|org|gov|edu|jpe?g|png|gif|mp4|ai|io|tv|js"  # of an address or a file
_WRITTEN = (
    (re.compile(r"\b(do|does|did|is|are|wo|ca|should|must)nt\b", re.IGNORECASE), r"\1n't"),
    (re.compile(r"\b(takes?|took|taking) of (?=(?:her|his|their|its)\b)", re.IGNORECASE), r"\1 off "),
    (re.compile(r"(?<=\w)\.\.(?!\.)"), "."),
    (re.compile(r"(?<=\w)\.,"), "."),
    (re.compile(r"(?<=\w)[ ]+(?=,[ ])"), ""),
    (
        re.compile(rf"(?<=[a-z]{{3}})[ ]?\.(?=(?!(?:{_ENDINGS})\b)[a-z]{{2,}}[ ])"),
        ". ",
    ),
    (re.compile(r"\b(to|does|into|of|with|on|in|at|by|from|like|is) A (?=[A-Za-z]{2})"), r"\1 a "),
    (re.compile(r"(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]*[ ,’'])"), " "),
    (re.compile(r"(?<=[a-z]{2}[.!?][\"”])(?=[A-Z][a-z]*[ ,’'])"), " "),
    (re.compile("[ ]?[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d]+"), ""),
    (re.compile(r"\b(a|an|the) (?=(?:a|an|the) )", re.IGNORECASE), ""),
    (re.compile(r"(?<=[^\W\d_]),(?=[^\W_])"), ", "),
    (re.compile(r"(?<![\d-])[ ]*\b\d{1,2}、\s*"), " "),
    (re.compile(r"(?<=\w)\s+(?=message:\s)", re.IGNORECASE), ". "),
    (re.compile(r"\b1(girl|boy)\b"), r"a \1"),
    (re.compile(r"\b2(girls|boys)\b"), r"two \1"),
)
"""Slips that are words themselves, or lie beside one: "dont", "takes of her hat", "1girl", "sepia,4k", "him.There"."""


def slips(parse: Parse) -> Iterator[Edit]:
    """ "Coffe": a word that was read as another is written as that one."""
    words = parse.reading.words
    for pattern, meant in _WRITTEN:
        for match in pattern.finditer(parse.prompt):
            if not parse.masks.hides(*match.span()):
                yield Edit(start=match.start(), end=match.end(), replacement=match.expand(meant))
    for before, word in pairwise(words):
        near = parse.prompt[before.end : word.start] == " " and before.lower in {"a", "an"} and word.text.islower()
        if near and word.kind in {"NOUN", "ADJ"} and (fit := article(before.text, word.text)) != before.text:
            yield Edit(start=before.start, end=before.end, replacement=fit)  # "through a office"
        shown = word.kind == "VERB" and word.form == "s" and word.text.istitle() and before.kind == "NOUN"
        if shown and before.sentence == word.sentence and not parse.masks.hides(word.start, word.end):
            yield Edit(start=word.start, end=word.end, replacement=word.text.lower())  # "Moth Descends"
    for word in words:
        plain = word.text.lower().replace("’", "'")
        if word.lower == plain or not word.lower.isalpha() or parse.masks.hides(word.start, word.end):
            continue
        if word.index + 1 < len(words) and words[word.index + 1].kind == "NUM":
            continue  # "portra 400" is the name of something
        meant = word.lower.capitalize() if word.text.istitle() else word.lower
        yield Edit(start=word.start, end=word.end, replacement=meant.upper() if word.text.isupper() else meant)
