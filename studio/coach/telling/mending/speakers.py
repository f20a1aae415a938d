"""Who says a line: "[Anna, angry voice]: “Go!”" becomes a sentence, and a line behind "he says:" gets its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.wording.phrasing import finite

__all__ = ["speakers"]

_TAG = re.compile(
    r"\[\s*(?:(?:character|speaker|person|voice|actor)\s*[\w#]{0,2}\s*[:=–-]\s*)?"
    r"(?P<who>[A-Za-z][\w'’ .-]{0,40}?)(?:\s*[,;:(]\s*(?P<how>[^\]\n()]{2,70}?)\)?)?\s*\]\s*"
    r"(?::?\s*(?=[\"“])|:\s*(?=(?P<line>[^\s\"“\[\]\n][^\"“\[\]\n]*?[.!?…]+)(?:\s|\Z)))",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:(?<=\A)|(?<=[.!?\n\"”] )|(?<=\n))(?P<who>[A-Za-z][\w'’ .-]{0,40}?)\s*"
    r"\((?P<how>[^()\n:]{2,50})\)\s*:\s*(?=[\"“])"
)
_COLON = re.compile(r"\s*:\s*(?P<line>[^\s\"“”‘'«\[\n][^\"“”\n]*?)(?P<end>[.!?…]+(?=\s|\Z)|(?=\s*(?:\n|\Z)))")
_LENGTH = re.compile(r"(?i)\s*\(\s*(?:duration|length|time)\s*[:=]\s*\d+(?:\.\d+)?\s*s(?:ec(?:ond)?s?)?\s*\)")
_SHEET = re.compile(
    r"(?im)^[ \t]*(?:(?:master|main|global|base|full|video|final)[ -]prompt|multi-?shot prompt 1)[ \t]*:[ \t]*(?=\S)"
)
_VOICE = {"voice", "tone", "whisper"}
_MOST = 24  # words of a line
_LABELS = {
    "scene", "shot", "sound", "sounds", "sfx", "camera", "style", "text", "title", "music", "audio", "light", "overlay",
    "setting", "action", "subject", "caption", "subtitle", "dialogue", "voiceover", "lighting", "logo", "sign", "mood",
}  # fmt: skip
"""What stands in brackets before a quotation and says nothing."""
_ARTICLES = {"a", "an", "the"}


def speakers(parse: Parse) -> Iterator[Edit]:
    """An edit for each line whose speaker is only tagged, and marks around what is said without any; how long a line
    or a shot is, and the label of a whole prompt, go."""
    prompt = parse.prompt
    for match in (*_TAG.finditer(prompt), *_ASIDE.finditer(prompt)):
        yield from _tagged(match, parse)
    for word in parse.reading.words:
        if word.kind == "VERB" and word.could_be_of(parse.vocabulary.lettering.speech):
            yield from _unmarked(word, parse)
    for pattern in (_LENGTH, _SHEET):
        for match in pattern.finditer(prompt):
            if not parse.masks.hides(*match.span()):
                yield Edit(start=match.start(), end=match.end(), replacement="")


def _tagged(match: re.Match[str], parse: Parse) -> Iterator[Edit]:
    """ "[The waiter, trembling voice]:" is the waiter, who says in a trembling voice what follows."""
    who, how = match["who"], match["how"] or ""
    names = [word for word in parse.reading.words if match.start("who") <= word.start < match.end("who")]
    line = match.groupdict().get("line")
    living = bool(names) and parse.vocabulary.noun_kinds.get(names[-1].lower) in {"person", "animal"}
    if not names or names[-1].kind in {"VERB", "PREP"} or len(names) > 4 or (line and not living):
        return
    if any(word.lower in _LABELS for word in names):
        return
    known = names[-1].lower in parse.vocabulary.noun_kinds
    article = "The " if known and names[0].lower not in _ARTICLES else ""
    last = how.split()[-1].lower() if how.split() else ""
    manner = how[:1].lower() + how[1:] if how[:2].istitle() else how
    doing = [word for word in parse.reading.words if match.start("how") <= word.start < match.end("how")] if how else []
    act = _act(doing, names[-1].plural, parse)
    if act and doing[0].could_be_of(parse.vocabulary.lettering.speech):
        said = f" {act}: "
    elif last in _VOICE:
        led = manner.split()[0].lower() in {*_ARTICLES, "with", "in"}
        said = f" says in {'' if led else 'an ' if manner[0] in 'aeiou' else 'a '}{manner}: "
    elif act:
        said = f" {act} and says: "
    else:
        said = f", {manner}, says: " if manner else " says: "
    opening = f"{article}{who[0].lower() if article and names[0].kind != 'DET' else who[0].upper()}"
    lowered = article and all(part[:1].isupper() for part in who.split())
    text = f"{article}{who.lower()}" if lowered else f"{opening}{who[1:]}"
    yield Edit(start=match.start(), end=match.end(), replacement=f"{text}{said}" + ('"' if line else ""))
    if line:
        yield Edit(start=match.end("line"), end=match.end("line"), replacement='"')


def _act(doing: Sequence[Word], many: bool, parse: Parse) -> str:
    """What a tag says that the speaker does: "laughing softly" is "laughs softly"; nothing where it tells no deed."""
    if not doing or not doing[0].may_be("ing") or any(word.kind != "ADV" for word in doing[1:]):
        return ""
    verb = replace(doing[0], kind="VERB", form="ing", lemma=doing[0].lemma_as("ing"))
    return " ".join([finite(verb, many, parse), *(word.text for word in doing[1:])])


def _unmarked(verb: Word, parse: Parse) -> Iterator[Edit]:
    """ "She says: I am late." is a line, though no marks stand around it."""
    match = _COLON.match(parse.prompt, verb.end)
    if match is None or parse.masks.hides(*match.span("line")):
        return
    line = match["line"]
    opens = line[0].isupper() or line.split()[0].lower() in {"i", "you", "we", "hello", "hi", "hey", "my", "no", "yes"}
    if opens and len(line.split()) <= _MOST:
        yield Edit(start=match.start("line"), end=match.start("line"), replacement='"')
        yield Edit(start=match.end("end"), end=match.end("end"), replacement='"')
