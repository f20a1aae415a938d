"""Plain sentences from events: who, what, how; in the present tense, the author's words kept."""

from __future__ import annotations

import re

from studio.coach.camera import Found
from studio.coach.cues import Parse
from studio.coach.events import Event
from studio.coach.inflection import inflect
from studio.coach.words import Word
from studio.shot import Level

__all__ = ["camera_sentence", "event_sentence", "sentence", "subject_name"]

_ADVERB: dict[Level, str] = {1: "slowly", 2: "steadily", 3: "quickly"}
_GONE_FIRST = {"then", "finally", "suddenly", "next", "afterwards", "subsequently", "eventually", "later", "first"}


def sentence(text: str) -> str:
    """One clean sentence: single spaces, a capital, a full stop."""
    text = re.sub(r"\s+", " ", text).strip(" ,;:.-–—")
    return f"{text[0].upper()}{text[1:]}." if text else ""


def camera_sentence(found: Found, parse: Parse, *, level: Level | None = None) -> str:
    """A camera move said plainly, with its adverb: "The camera slowly pushes in."."""
    say = parse.vocabulary.moves[found.move].say
    level = level or found.level
    if found.direction and found.move in {"orbit", "pan", "zoom", "roll", "whip_pan", "crane", "tracking"}:
        word = {"cw": "clockwise", "ccw": "counter-clockwise"}.get(found.direction, found.direction)
        if found.move == "orbit":
            say = f"The camera arcs {'to the ' + word if word in {'left', 'right'} else word} around the subject"
        elif found.move == "crane" and word == "down":
            say = "The camera cranes down"
        elif found.move in {"pan", "whip_pan"} and word in {"left", "right"}:
            say = f"{say} to the {word}"
    if found.move == "static":
        return sentence(say)
    if level != 2:
        subject, _, rest = say.partition("camera ")
        say = f"{subject}camera {_ADVERB[level]} {rest}" if rest else say
    return sentence(say)


def subject_name(event: Event, parse: Parse) -> tuple[str, bool]:
    """The plain name of who moves and whether it is a plural: ("the mug", False)."""
    words = parse.reading.words
    if event.subject is None:
        return "the subject", False
    word = words[event.subject]
    if word.kind == "PRON":
        return _pronoun(word, parse)
    plural = word.plural
    name = word.text
    if _joined(word, parse):
        return f"the {_joined(word, parse)} and {name if _proper(word, parse) else 'the ' + name}", True
    return (
        name if _proper(word, parse) else f"the {name.lower() if word.index == 0 or name.isupper() else name}"
    ), plural


def _pronoun(word: Word, parse: Parse) -> tuple[str, bool]:
    lower = word.lower
    if lower in {"it", "which", "that", "who", "she", "he", "they", "this"}:
        wanted = {"she": {"person"}, "he": {"person"}, "they": {"person", "animal"}}.get(lower)
        for earlier in reversed(parse.reading.words[: word.index]):
            kind = parse.vocabulary.noun_kinds.get(earlier.lower, "")
            if earlier.kind == "NOUN" and kind not in {"", "body"} and (wanted is None or kind in wanted):
                return (earlier.text if _proper(earlier, parse) else f"the {earlier.lower}"), earlier.plural
    known = {"he": "he", "she": "she", "it": "it", "they": "they", "we": "we", "i": "I", "you": "you"}
    return known.get(lower, "the subject"), lower in {"they", "we", "i", "you", "these", "those", "both"}


def _joined(word: Word, parse: Parse) -> str:
    """The noun before "and": "a man and a woman" are one subject."""
    words, index = parse.reading.words, word.index - 1
    while index >= 0 and words[index].kind in {"DET", "ADJ", "NUM"}:
        index -= 1
    if (
        index >= 1
        and words[index].lower in {"and", "&"}
        and words[index - 1].kind == "NOUN"
        and words[index - 1].sentence == word.sentence
    ):
        return words[index - 1].text
    return ""


def _proper(word: Word, parse: Parse) -> bool:
    letters = word.text[:1].isupper() and not word.text.isupper()
    opens = word.index == 0 or parse.reading.words[word.index - 1].sentence != word.sentence
    before = parse.reading.words[word.index - 1] if word.index else None
    determined = before is not None and before.kind == "DET" and before.sentence == word.sentence
    return letters and not determined and word.lower not in parse.vocabulary.noun_kinds and not (opens and word.plural)


def event_sentence(event: Event, parse: Parse) -> str:
    """The event as a sentence of its own: "The cat jumps onto the shelf."."""
    words = parse.reading.words
    name, plural = subject_name(event, parse)
    verb = words[event.verb]
    before = [
        w.text
        for w in words[event.first : event.verb]
        if w.lower not in _GONE_FIRST and w.kind == "ADV" and w.lower.endswith("ly")
    ]
    if verb.form in {"attributive", "gerund"}:
        after = ""
    else:
        after = parse.prompt[words[event.verb].end : words[event.last - 1].end] if event.last > event.verb + 1 else ""
    adverb = "" if before else _trailing_adverb(event, words)
    return sentence(" ".join([name, *before, _finite(verb, plural, parse), after, adverb]))


def _trailing_adverb(event: Event, words: tuple[Word, ...]) -> str:
    if event.first < event.verb or event.last >= len(words):
        return ""
    near = words[event.last]
    return (
        near.text
        if near.lower.endswith("ly") and near.kind == "ADV" and near.sentence == words[event.verb].sentence
        else ""
    )


def _finite(verb: Word, plural: bool, parse: Parse) -> str:
    lemma = verb.lemma
    if verb.form == "passive":
        return f"{'are' if plural else 'is'} {verb.lower}"
    if plural and verb.verbs:
        return lemma
    forms = {name: form for form, name in reversed(inflect(lemma, parse.vocabulary.verbs.irregular.get(lemma)))}
    return forms["s"]
