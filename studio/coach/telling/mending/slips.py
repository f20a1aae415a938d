"""Slips of the keyboard: a word written as another, a mark or an article twice, a full stop without its space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.telling.wording.draft import article
from studio.coach.telling.wording.phrasing import participle

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
    (re.compile(r"[ ]*<S>\s*(?:\[[^\]<]*\]\s*)?(?=[^<]*<E>)"), ' "'),
    (re.compile(r"\.?\s*<E>\.?\s*<AUDCAP>\s*"), '." Audio: '),
    (re.compile(r"\.?\s*<E>\.?"), '."'),
    (re.compile(r"\.?\s*<AUDCAP>\s*(?=[^<]*<ENDAUDCAP>)"), ". Audio: "),
    (re.compile(r"\.?\s*<ENDAUDCAP>"), "."),
    (re.compile(r"\blightening(?=\s+(?:strikes?|bolts?|flash(?:es)?|storms?)\b)", re.IGNORECASE), "lightning"),
    (
        re.compile(r"(?:(?<=\A)|(?<=[.!?\n] )|(?<=\n))(change|turn|replace|swap) (?=subject\b)", re.IGNORECASE),
        r"\1 the ",
    ),
    (
        re.compile(r"\btracking (?:motion|movement)(?= (?:following|of|behind|beside|along)\b)", re.IGNORECASE),
        "tracking shot",
    ),
    (re.compile(r"\bup[- ]and[- ]down (bounce|bob|motion|movement|sway)\b", re.IGNORECASE), r"\1 up and down"),
    (re.compile(r"(?<=[a-z0-9])[ \t]*\n(?=\W*[A-Z][\w ]{2,20}:)"), ".\n"),
    (re.compile(r"\b(Narration|Narrator|Voice|Voiceover|Dialogue):[ ]*\n\s*(?=[\"“])"), r"\1: "),
    (
        re.compile(r"\b(long|short|curly|blond|blonde|black|brown|white|grey|gray|red) hairs\b", re.IGNORECASE),
        r"\1 hair",
    ),
    (re.compile(r"\b(his|her) (head|mouth|nose|face|neck|body)s\b"), r"\1 \2"),
    (re.compile(r"\blisten(s|ing)? (?=(?:music|songs?|the music|a song|radio)\b)"), r"listen\1 to "),
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
    yield from _shouted(parse)
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
    yield from _in_a_row_of_participles(parse)
    for word in words:
        plain = word.text.lower().replace("’", "'")
        if word.lower == plain or not word.lower.isalpha() or parse.masks.hides(word.start, word.end):
            continue
        if word.index + 1 < len(words) and words[word.index + 1].kind == "NUM":
            continue  # "portra 400" is the name of something
        meant = word.lower.capitalize() if word.text.istitle() else word.lower
        yield Edit(start=word.start, end=word.end, replacement=meant.upper() if word.text.isupper() else meant)


def _in_a_row_of_participles(parse: Parse) -> Iterator[Edit]:
    """ "A man running, laugh out and waving": he is laughing."""
    words = parse.reading.words
    for word in words:
        row = words[parse.reading.starts[word.sentence] : word.index]
        linked = bool(row) and row[-1].lower in {",", "and"} and word.kind == "VERB" and word.form == "base"
        doing = [near for near in row if near.kind in {"VERB", "AUX"}]
        behind = words[word.index + 1 : word.index + 6]
        end = next((i for i, near in enumerate(behind) if near.lower in {",", "and"}), len(behind))
        goes_on = end + 1 < len(behind) and behind[end + 1].kind == "VERB" and behind[end + 1].form == "ing"
        if linked and doing and goes_on and all(near.form == "ing" for near in doing):
            yield Edit(start=word.start, end=word.end, replacement=participle(word.lemma, parse))


def _shouted(parse: Parse) -> Iterator[Edit]:
    """ "A waiter SERVING WINE WHILE SMILING": a clause in capitals is told, and no lettering."""
    for match in _CAPITALS.finditer(parse.prompt):
        tied = _TIES.intersection(match[0].lower().split())
        ahead = re.findall(r"\w+", parse.prompt[: match.start()].lower())[-_READ:]
        shown = parse.vocabulary.sets["telling_reading"] | {*parse.vocabulary.lettering.surfaces, "words", "text"}
        lettered = not shown.isdisjoint(ahead) or not _DOING.search(match[0])
        if tied and not lettered and not parse.masks.hides(*match.span()):
            opens = match.start() == 0
            said = match[0].capitalize() if opens else match[0].lower()
            yield Edit(start=match.start(), end=match.end(), replacement=said)


_CAPITALS = re.compile(r"\b[A-Z]{2,}(?:[ ]+[A-Z]+){3,}\b")
_DOING = re.compile(r"ING\b|\bWHILE\b")
_READ = 3  # words between what is written on a thing and the thing
_TIES = {"while", "to", "from", "into", "the", "in", "on", "with", "and", "at", "through"}
