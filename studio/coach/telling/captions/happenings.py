"""What happens by itself and is only named: weather behind a comma, "a burst of flames", "trees on fire"."""

from __future__ import annotations

from collections.abc import Iterator

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word

__all__ = ["IN_WORDS"]


def _falling(word: Word, parse: Parse) -> Iterator[Edit]:
    """ "A wolf howls, snowing": it snows."""
    words = parse.reading.words
    before = words[word.index - 1] if word.index else None
    after = words[word.index + 1] if word.index + 1 < len(words) else None
    ends = after is None or after.kind in {"PUNCT", "ADV", "PREP"} or after.sentence != word.sentence
    if word.lower in parse.vocabulary.telling.captions.falling and before is not None and before.text == "," and ends:
        rest = after is not None and after.text == ","
        yield Edit(
            start=before.start,
            end=word.end,
            replacement=f". {parse.vocabulary.telling.captions.falling[word.lower].capitalize()}",
        )
        if rest and after is not None:
            yield Edit(start=after.start, end=after.end, replacement=".")


def _opens(index: int, parse: Parse) -> bool:
    """Whether a word opens its sentence or stands behind a comma."""
    words = parse.reading.words
    return index == parse.reading.starts[words[index].sentence] or words[index - 1].text == ","


def _verbless(index: int, parse: Parse) -> bool:
    """Whether the piece between commas in which a word stands has no finite verb."""
    words = parse.reading.words
    piece = [words[index]]
    for step in (-1, 1):
        place = index + step
        while 0 <= place < len(words) and words[place].sentence == words[index].sentence and words[place].text != ",":
            piece.append(words[place])
            place += step
    return not any(w.kind == "AUX" or (w.kind == "VERB" and w.form in {"s", "base", "preterite"}) for w in piece)


def _burst(noun: Word, parse: Parse) -> Iterator[Edit]:
    """ "Sudden burst of flames, men running": flames burst."""
    words = parse.reading.words
    stuff = words[noun.index + 2] if noun.index + 2 < len(words) else noun
    if (
        noun.lower not in parse.vocabulary.telling.captions.bursts
        or words[noun.index + 1 : noun.index + 2] == ()
        or stuff.kind != "NOUN"
    ):
        return
    start = noun.index
    while start and words[start - 1].kind in {"DET", "ADJ"} and words[start - 1].sentence == noun.sentence:
        start -= 1
    after = words[stuff.index + 1] if stuff.index + 1 < len(words) else None
    ends = after is None or after.kind in {"PUNCT", "PREP"} or after.sentence != noun.sentence
    of = words[noun.index + 1].lower == "of" and stuff.sentence == noun.sentence
    moving = stuff.lower not in parse.vocabulary.sets["caption_notions"] and (
        stuff.plural or stuff.lower == "lightning" or stuff.lower in parse.vocabulary.nouns.mass
    )
    heard = any(cue.span.start <= noun.start < cue.span.end for cue in parse.labelled("audio"))
    if of and ends and moving and not heard and _opens(start, parse) and _verbless(noun.index, parse):
        text = f"{stuff.lower} {noun.lower if stuff.plural else parse.vocabulary.telling.captions.bursts[noun.lower]}"
        text = f"{text[0].upper()}{text[1:]}" if words[start].text[:1].isupper() else text
        yield Edit(start=words[start].start, end=stuff.end, replacement=text)


def _burning(on: Word, parse: Parse) -> Iterator[Edit]:
    """ "Trees on fire, wolves running": the trees are on fire."""
    words = parse.reading.words
    noun, fire = words[on.index - 1] if on.index else on, words[on.index + 1 : on.index + 3]
    ends = bool(fire) and (len(fire) < 2 or fire[1].kind == "PUNCT" or fire[1].sentence != on.sentence)
    if (on.lower, fire[0].lower if fire else "") not in {("on", "fire"), ("in", "flames")} or noun.kind != "NOUN":
        return
    start = noun.index
    while start and words[start - 1].kind in {"DET", "ADJ", "NOUN", "NUM"} and words[start - 1].sentence == on.sentence:
        start -= 1
    if ends and _opens(start, parse) and _verbless(on.index, parse):
        comma = words[start - 1] if start and words[start].sentence == words[start - 1].sentence else None
        if comma is not None and comma.text == ",":
            yield Edit(start=comma.start, end=comma.end, replacement=".")
        yield Edit(start=noun.end, end=noun.end, replacement=" are" if noun.plural else " is")


IN_WORDS = (_falling, _burst, _burning)
