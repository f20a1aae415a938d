"""Plain sentences from events: who, what, how; in the present tense, the author's words kept."""

from __future__ import annotations

import re

from studio.coach.cues import Parse
from studio.coach.events import Event
from studio.coach.inflection import inflect
from studio.coach.words import Word

__all__ = ["event_sentence", "sentence", "subject_name"]

_OWNERS = {"its": {"animal", "vehicle", "thing", "scenery"}, "their": {"person", "animal"}}
_GONE_FIRST = {"then", "finally", "suddenly", "next", "afterwards", "subsequently", "eventually", "later", "first"}


def sentence(text: str) -> str:
    """One clean sentence: single spaces, a capital, a full stop."""
    text = re.sub(r"\s+", " ", text).strip(" ,;:.-–—")
    return f"{text[0].upper()}{text[1:]}." if text else ""


def subject_name(event: Event, parse: Parse) -> tuple[str, bool]:
    """The plain name of who moves and whether it is a plural: ("the mug", False)."""
    words = parse.reading.words
    if event.subject is None:
        return "the subject", False
    word = words[event.subject]
    if word.kind == "PRON":
        return ("it", False) if _weather(word, event, parse) else _pronoun(word, parse)
    other = _joined(word, parse) if words[event.verb].form != "s" else None
    if other is not None:
        held = _determiner(word, parse) in {"his", "her", "their", "its"}
        name = f"{_determiner(word, parse)} {_spelled(word, parse)}" if held else _named(word, parse)
        return f"{_named(other, parse)} and {name}", True
    return _named(word, parse), word.plural


def _named(word: Word, parse: Parse) -> str:
    """A noun with the article it needs: "the mug", "steam", "the woman's hair"."""
    name = _spelled(word, parse)
    if _proper(word, parse):
        return name
    determiner = _determiner(word, parse)
    if determiner in {"his", "her", "their", "its", "my", "our", "your"}:
        owner = _possessor(word, determiner, parse)
        mark = "'" if owner.endswith("s") else "'s"
        return f"{owner}{mark} {name}" if owner else f"the {name}"
    bare = not determiner and (word.plural or word.lower in parse.vocabulary.nouns.mass)
    return name if bare else f"the {name}"


def _spelled(word: Word, parse: Parse) -> str:
    """A noun as it stands inside a sentence: names keep their capital, others lose it."""
    known = word.lower in parse.vocabulary.noun_kinds
    opens = word.index == parse.reading.starts[word.sentence]
    return word.lower if (known or opens or word.text.isupper()) and not _proper(word, parse) else word.text


def _determiner(word: Word, parse: Parse) -> str:
    """The determiner of a noun phrase, "" for a bare one, "'s" for "the dog's tail"."""
    words, index = parse.reading.words, word.index - 1
    while index >= 0 and words[index].kind in {"ADJ", "NOUN", "NUM", "ADV"} and words[index].sentence == word.sentence:
        index -= 1
    held = index >= 0 and words[index].kind == "DET" and words[index].sentence == word.sentence
    return words[index].lower if held else ""


def _possessor(word: Word, determiner: str, parse: Parse) -> str:
    """Whose it is: the last noun before that the pronoun fits, with its article."""
    wanted = _OWNERS.get(determiner, {"person"})
    if determiner in {"my", "our", "your"}:
        return ""
    for earlier in reversed(parse.reading.words[: word.index]):
        if earlier.kind == "NOUN" and parse.vocabulary.noun_kinds.get(earlier.lower) in wanted:
            return earlier.text if _proper(earlier, parse) else f"the {earlier.lower}"
    return ""


def _weather(word: Word, event: Event, parse: Parse) -> bool:
    """ "It becomes night", "it gets dark", "it rains": this "it" stands for nothing that was named."""
    if word.lower != "it":
        return False
    said = {near.lower for near in parse.reading.words[event.verb + 1 : event.verb + 4]}
    sets = parse.vocabulary.sets
    return event.lemma in sets["weather"] or (event.lemma in sets["becoming"] and bool(said & sets["times_of_day"]))


def _pronoun(word: Word, parse: Parse) -> tuple[str, bool]:
    lower = word.lower
    if lower in {"it", "which", "that", "who", "she", "he", "they", "this"}:
        wanted = {"she": {"person"}, "he": {"person"}, "they": {"person", "animal"}}.get(lower)
        for earlier in reversed(parse.reading.words[: word.index]):
            kind = parse.vocabulary.noun_kinds.get(earlier.lower, "")
            if earlier.kind == "NOUN" and kind not in {"", "body"} and (wanted is None or kind in wanted):
                return (earlier.text if _proper(earlier, parse) else f"the {earlier.lower}"), earlier.plural
    if lower in parse.vocabulary.sets["indefinite"]:
        return lower, False
    known = {"he": "he", "she": "she", "it": "it", "they": "they", "we": "we", "i": "I", "you": "you"}
    return known.get(lower, "the subject"), lower in {"they", "we", "i", "you", "these", "those", "both"}


def _joined(word: Word, parse: Parse) -> Word | None:
    """The noun before "and": "a man and a woman" are one subject; what a verb or preposition claims is none."""
    words, index = parse.reading.words, _opening(word, parse)
    if index < 1 or words[index].lower not in {"and", "&"} or words[index].sentence != word.sentence:
        return None
    other = words[index - 1]
    before = words[max(0, _opening(other, parse))]
    claimed = before.index < other.index and before.sentence == word.sentence and before.kind in {"VERB", "PREP"}
    return other if other.kind == "NOUN" and other.sentence == word.sentence and not claimed else None


def _opening(word: Word, parse: Parse) -> int:
    """The index of what stands before a noun, its determiner and its adjectives; -1 for nothing."""
    words, index = parse.reading.words, word.index - 1
    while index >= 0 and words[index].kind in {"DET", "ADJ", "NUM"}:
        index -= 1
    return index


def _proper(word: Word, parse: Parse) -> bool:
    letters = word.text[:1].isupper() and not word.text.isupper()
    opens = word.index == 0 or parse.reading.words[word.index - 1].sentence != word.sentence
    before = parse.reading.words[word.index - 1] if word.index else None
    determined = before is not None and before.kind == "DET" and before.sentence == word.sentence
    return letters and not determined and word.lower not in parse.vocabulary.noun_kinds and not (opens and word.plural)


def event_sentence(event: Event, parse: Parse) -> str:
    """The event as a sentence of its own: "The cat jumps onto the shelf."."""
    words = parse.reading.words
    verb = words[event.verb]
    if verb.kind == "NOUN" and verb.form != "gerund":
        return sentence(_happening(event, parse))
    if event.subject is None and verb.form == "base":
        return sentence(parse.prompt[verb.start : words[event.last - 1].end])  # a command stays one
    name, plural = subject_name(event, parse)
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


def _happening(event: Event, parse: Parse) -> str:
    """ "There is heavy rain": a noun that is a motion by itself, with the article it needs."""
    words, noun = parse.reading.words, parse.reading.words[event.verb]
    first = _opening(noun, parse) + 1
    while words[first].sentence != noun.sentence:
        first += 1
    phrase = parse.prompt[words[first].start : words[event.last - 1].end]
    if first == parse.reading.starts[noun.sentence] and (
        words[first].kind != "NOUN" or not _proper(words[first], parse)
    ):
        phrase = phrase[0].lower() + phrase[1:]
    counted = (
        not noun.plural and noun.lower not in parse.vocabulary.nouns.mass and words[first].kind not in {"DET", "NUM"}
    )
    article = ("an " if phrase[0].lower() in "aeiou" else "a ") if counted else ""
    return f"There {'are' if noun.plural else 'is'} {article}{phrase}"


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
