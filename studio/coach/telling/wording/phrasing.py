"""Plain sentences from events: who, what, how; in the present tense, the author's words kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.wording.draft import Bit, Draft, fill, render, said
from studio.coach.telling.wording.naming import is_proper, phrase_start, subject_of
from studio.coach.vocabulary.inflection import inflect

__all__ = ["adverb", "describes", "event_sentence", "finite", "happening", "of_a_quality", "participle", "sentence"]

_AS_IT_IS = {
    "fast": "quickly",
    "very": "very",
    "hard": "hard",
    "straight": "straight",
    "late": "late",
    "early": "early",
}
_LINKS = {"that", "which", "who", "without", "then", "while", "before", "after", "as", "until"}
_SEVERAL = {"couple", "handful", "number", "dozen", "bunch", "lot"}
_GONE_FIRST = {"then", "finally", "suddenly", "next", "afterwards", "subsequently", "eventually", "later", "first"}


def sentence(text: str) -> str:
    """One clean sentence: single spaces, a capital, a full stop."""
    text = re.sub(r"\s+", " ", text).strip(" ,;:.-–—")
    return f"{text[0].upper()}{text[1:]}." if text else ""


def describes(event: Event) -> bool:
    """ "Soaring bookshelves", "a leaning tower": a participle that says what a thing looks like, not what it does."""
    return event.tie == "attributive" and event.layer == "subject" and event.actor in {"thing", "body"}


def of_a_quality(event: Event, parse: Parse) -> bool:
    """ "Gentle swaying": an adjective that was taken for who sways."""
    if event.subject is None or event.subject != event.verb - 1:
        return False
    lower, vocabulary = parse.reading.words[event.subject].lower, parse.vocabulary
    known = lower in vocabulary.noun_kinds or lower in vocabulary.nouns.mass
    return not known and (lower in vocabulary.adjectives or vocabulary.levels.at((lower,), 0) is not None)


def finite(verb: Word, plural: bool, parse: Parse) -> str:
    """The present form of a verb for one or for many: "walks", "walk"; of one that was taken for a noun, too."""
    if verb.kind == "NOUN" and (lemma := next((lemma for lemma, form in verb.verbs if form == "ing"), "")):
        verb = replace(verb, lemma=lemma, form="ing", kind="VERB")
    if verb.form == "passive":
        return f"{'are' if plural else 'is'} {verb.lower}"
    if plural:
        return verb.lemma
    forms = {
        name: form for form, name in reversed(inflect(verb.lemma, parse.vocabulary.verbs.irregular.get(verb.lemma)))
    }
    return forms["s"]


def participle(lemma: str, parse: Parse) -> str:
    """The form of a verb that says what somebody is doing: "running"."""
    forms = inflect(lemma, parse.vocabulary.verbs.irregular.get(lemma))
    return next(form for form, name in forms if name == "ing")


def adverb(lower: str) -> str:
    """How something is done, from what it is called: "gentle" gives "gently"."""
    if lower.endswith("ly") or lower in _AS_IT_IS:
        return _AS_IT_IS.get(lower, lower)
    if lower.endswith("le"):
        return f"{lower[:-1]}y"
    return f"{lower[:-1]}ily" if lower.endswith("y") else f"{lower}ly"


def event_sentence(event: Event, parse: Parse) -> str:
    """The event as a sentence of its own: "The cat jumps onto the shelf."."""
    return render([_event(event, parse)], parse.reading).text


def _event(event: Event, parse: Parse) -> Draft:
    words = parse.reading.words
    verb = words[event.verb]
    if verb.kind == "NOUN" and verb.form != "gerund" and not (event.tie == "participle" and verb.verbs):
        return happening(event, parse)
    if event.subject is None and verb.form == "base":
        return said(parse.reading, event.verb, _whole(event, parse))  # a command stays one
    named = any(w.kind == "AUX" and w.form != "base" for w in words[event.verb + 1 : event.last])
    if event.subject is None and verb.form == "ing" and named:
        return said(parse.reading, event.first, event.last)  # "breathing is audible"
    who, plural = _counted(*subject_of(event, parse), parse)
    before = tuple(
        Bit(w.text, w.index)
        for w in words[event.first : event.verb]
        if w.kind == "ADV" and w.lower not in _GONE_FIRST and w.lower.endswith("ly")
    )
    act = Bit(finite(verb, plural, parse), verb.index)
    suffered = verb.form == "past" and verb.index + 1 < len(words) and words[verb.index + 1].lower == "by"
    if suffered:  # "a car chased by two others"
        after = said(parse.reading, event.verb, _whole(event, parse))
        return (*who, *fill("are" if plural else "is"), *before, *after)
    ahead = event.tie == "attributive" and event.subject is not None and event.subject > event.verb
    if verb.form in {"attributive", "gerund"} or ahead:
        return (*who, *before, act)
    after = said(parse.reading, event.verb + 1, _whole(event, parse))
    return (*who, *before, act, *after, *(() if before else _trailing(event, parse)))


def _counted(who: Draft, plural: bool, parse: Parse) -> tuple[Draft, bool]:
    """How many they are, as it was said: "a few leaves" are more than few; "a couple of birds" fly."""
    words, first = parse.reading.words, who[0].source
    told = [words[bit.source] for bit in who if bit.source is not None]
    heads = [place for place, word in enumerate(told) if word.lower in _SEVERAL]
    of = told[heads[0] + 1 :] if heads else []
    many = bool(of) and of[0].lower == "of" and of[-1].plural
    if first and words[first].lower == "few" and words[first - 1].lower == "a":
        who = (Bit("a", first - 1), *who)
    return who, plural or many


def _whole(event: Event, parse: Parse) -> int:
    """Where the words of an event end, less a link to what is not said with it: "down the hall | without turning"."""
    words, last = parse.reading.words, event.last
    while last > event.verb + 1 and (_hangs(words[last - 1]) or words[last - 1].lower in _LINKS or _leads(last, words)):
        last -= 1
    return last


def _leads(last: int, words: Sequence[Word]) -> bool:
    """ "Along the quay behind | a cart": whether a preposition has lost what it leads to."""
    word = words[last - 1]
    return word.kind == "PREP" and word.dep == "case" and last <= word.head < len(words)


def _hangs(word: Word) -> bool:
    return word.kind == "CONJ" or (word.kind == "DET" and word.lower != "her")


def _trailing(event: Event, parse: Parse) -> Draft:
    words = parse.reading.words
    if event.first < event.verb or event.last >= len(words):
        return ()
    near = words[event.last]
    manner = near.lower.endswith("ly") and near.kind == "ADV" and near.sentence == words[event.verb].sentence
    return said(parse.reading, event.last, event.last + 1) if manner else ()


def happening(event: Event, parse: Parse) -> Draft:
    """ "There is heavy rain": a noun that is a motion by itself, with the article it needs."""
    words, noun = parse.reading.words, parse.reading.words[event.verb]
    first = phrase_start(noun, parse)
    phrase = list(said(parse.reading, first, event.last))
    if words[first].index == parse.reading.starts[noun.sentence] and not (
        words[first].kind == "NOUN" and words[first] is not noun and is_proper(words[first], parse)
    ):
        phrase[0] = Bit(phrase[0].text[0].lower() + phrase[0].text[1:], phrase[0].source)
    mass = noun.plural or noun.lower in parse.vocabulary.nouns.mass
    article = () if mass or words[first].kind in {"DET", "NUM"} else fill("a")
    return (*fill("There are" if noun.plural else "There is"), *article, *phrase)
