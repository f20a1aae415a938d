"""Whether a text that was made out of a prompt reads as English: every sentence has its verb, nothing dangles.

The text is read again like a prompt. What an author wrote is not judged by this; only what was made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word

__all__ = ["is_finite", "is_sound"]

_FINITE = {"s", "base", "preterite"}
_CLOSERS = set(".!?…,;:\"'”’)]")
_TWICE = {"very", "so", "really", "ha", "no", "that", "had"}  # words that may stand twice in a row
_RELATIVE = {"which", "who", "whose", "whom"}
_LINKING = {"CONJ", "PREP", "ADV", "PRON"}
_PACED = 4  # words of a pace that is said alone: "slow motion", "shot in slow motion"
_OWNED = {"a", "an", "his", "her", "its", "their"}
_BE = {"is", "are", "was", "were", "be", "been"}
_MODALS = {"can", "could", "will", "would", "may", "might", "must", "should", "shall"}
_BARE = {"and", "or", "but", "nor"}
_THERE = {
    "below",
    "above",
    "beneath",
    "underneath",
    "beyond",
    "overhead",
    "nearby",
    "throughout",
}  # places that need no noun


def is_sound(parse: Parse) -> bool:
    """Whether each sentence of a text has a finite verb of its own and ends and agrees as a sentence does."""
    return all(_sentence(words, parse) for words in parse.reading.sentences)


def is_finite(word: Word) -> bool:
    """Whether a verb can be that of a sentence: "walks", "is", not "walking"."""
    if word.kind == "AUX":
        return word.dep != "case" and word.lower not in {"be", "been", "being", "having"}
    return word.kind == "VERB" and word.form in _FINITE


def _sentence(words: tuple[Word, ...], parse: Parse) -> bool:
    body = list(words)
    while body and body[-1].text in _CLOSERS:
        body.pop()
    if not body or any(parse.masks.hides(word.start, word.end) for word in (body[0], body[-1])):
        return bool(body)
    filmed = any(body[0].index <= found.first <= body[-1].index for found in parse.moves)
    opens = body[0].lower not in _BARE | _RELATIVE and not _headless(body)
    paced = len(body) <= _PACED and any(
        pace in " ".join(word.lower for word in body) for pace in parse.vocabulary.telling.pace
    )
    whole = filmed or paced or _has_verb(body, parse)
    named = all(len(word.text) > 1 or word.kind != "NOUN" or not word.text.islower() for word in body)
    return (
        opens
        and named
        and whole
        and not (
            _dangles(body, parse)
            or _doubled(body)
            or _bent(body)
            or _runs_on(body, parse)
            or _uneven(body, parse.vocabulary.noun_kinds)
            or _mixed(body, parse)
            or _strays(body, parse)
        )
        and _agree(body, parse)
    )


def _headless(body: list[Word]) -> bool:
    """Whether a verb of somebody opens a sentence that does not say whose it is: "embraces a palette"."""
    first, after = body[0], body[1] if len(body) > 1 else None
    acts = first.kind == "VERB" and first.form == "s" and first.dep != "compound"
    return acts and after is not None and after.kind in {"DET", "PRON", "PREP", "ADV"}


def _dangles(body: list[Word], parse: Parse) -> bool:
    """Whether an article, a link or a preposition has lost what stood behind it."""
    sets = parse.vocabulary.sets
    free = sets["particles"] | sets["ways"] | _THERE
    for place, word in enumerate(body):
        after = body[place + 1] if place + 1 < len(body) else None
        if after is not None and after.text not in {",", ";", ":"}:
            continue
        if word.lower in {"'s", "’s"} or (
            word.kind == "DET" and word.lower in {"a", "an", "the", "its", "their", "his"}
        ):
            return True
        if word.lower in _BARE or (word.lower in sets["telling_binding"] and word.kind in {"CONJ", "PREP"}):
            return after is None or place > 0
        if after is None and word.kind == "PREP" and word.lower not in free:
            return True
        if after is None and word.kind == "ADJ" and place > 0 and body[place - 1].lower == "with":
            return True  # "she looks up with calm"
        held = word.kind == "ADJ" and place > 0 and body[place - 1].lower in _OWNED
        then = body[place + 2] if place + 2 < len(body) else None
        if held and (after is None or then is None or then.kind not in {"ADJ", "NOUN", "ADV", "NUM"}):
            return True  # "she brings her latest", "turning into a rich, hinting at rain"
    return False


def _bent(body: list[Word]) -> bool:
    """Whether a verb has an ending where it can have none: "is takes off", "ready to springs"."""
    return any(
        second.kind == "VERB"
        and (
            (second.form == "s" and (first.lower in _BE or first.lower == "to"))
            or (second.form == "ing" and first.kind == "AUX" and first.lower in _MODALS)
        )
        for first, second in pairwise(body)
    )


def _doubled(body: list[Word]) -> bool:
    return any(
        first.lower == second.lower and first.lower.isalpha() and first.lower not in _TWICE
        for first, second in pairwise(body)
    )


def _has_verb(body: list[Word], parse: Parse) -> bool:
    """A finite verb outside of what only hangs on another: "as he runs" alone is no sentence."""
    hanging = parse.vocabulary.sets["telling_binding"] | {"where", "if", "because"}
    finite = held = 0
    waiting, before, led = False, "", False
    for word in body:
        if parse.masks.hides(word.start, word.end):
            continue
        relative = word.kind == "PRON" and (word.lower in _RELATIVE or (word.lower == "that" and word is not body[0]))
        if relative or (word.lower in hanging and (word.lower == "where" or word.kind in _LINKING)):
            waiting = True
        elif word.form == "base" and (before == "to" or (led and before in _BARE)):
            led = True  # "to clean and comfort it"
        elif is_finite(word):
            finite, held, waiting, led = finite + 1, held + waiting, False, False
        before = word.lower
    return finite > held


def _runs_on(body: list[Word], parse: Parse) -> bool:
    """Whether two finite verbs meet with nothing that joins them: "there is the man builds a house"."""
    sets = parse.vocabulary.sets
    links = sets["telling_binding"] | {"that", "to", "then", "where", "if", "because", "so", "how", "what"}
    first: Word | None = None
    relative = False  # the next verb is that of "the ball that rolls", which says nothing of the sentence's own
    for word in body:
        hidden = parse.masks.hides(word.start, word.end)
        if hidden or word.kind in {"PUNCT", "CONJ", "PRON", "NOT"} or word.lower in links:
            first, relative = None, word.kind == "PRON" and word.lower in _RELATIVE | {"that"}
        elif is_finite(word):
            apart = first is not None and first.lemma not in sets["telling_governing"]
            sure = word.kind == "AUX" or word.form == "s"
            if first is not None and apart and sure and word.index > first.index + 1:
                return True
            first, relative = (None if relative else word), False
    return False


def _uneven(body: list[Word], nouns: Mapping[str, str]) -> bool:
    """Whether "and" joins a participle to a finite verb: "flies over the castle and breathing fire"."""
    for place, word in enumerate(body[:-1]):
        after = next((near for near in body[place + 1 :] if near.kind != "ADV"), body[-1])
        if word.lower != "and" or not after.lower.endswith("ing") or not after.verbs or after.lower in nouns:
            continue
        if after.kind == "ADJ" and place and body[place - 1].kind == "ADJ":
            continue  # "in a calm and charming manner"
        ahead = [near for near in body[:place] if near.kind in {"VERB", "AUX"}]
        if ahead and all(is_finite(near) and near.kind == "VERB" for near in ahead):
            return True
    return False


def _mixed(body: list[Word], parse: Parse) -> bool:
    """Whether a command is joined to what somebody does: "the dog catches it and keep the camera still"."""
    sets = parse.vocabulary.sets
    if any(word.lower in sets["modals"] | sets["causing"] - {"have"} for word in body[1:]):
        return False
    verbs = [word for word in body if word.kind == "VERB"]
    commands = bool(verbs) and verbs[0] is body[0] and verbs[0].form == "base"
    for place, word in enumerate(body[1:-1], 1):
        if word.lower != "and" or not verbs or verbs[0].index > word.index:
            continue
        after = body[place + 1]
        held = place + 2 < len(body) and body[place + 2].kind == "DET"
        bare = after.form == "base" or (held and any(form == "base" for _, form in after.verbs))
        third = [verb for verb in verbs if verb.form == "s" and verb.index < word.index]
        later = [verb for verb in verbs if verb.index > word.index]
        if (bare and third and not commands) or (commands and later and later[0].form == "s" and not bare):
            return True
    return False


def _strays(body: list[Word], parse: Parse) -> bool:
    """Whether the camera is left to do what somebody does with what is theirs: "the camera pans, waving his arms"."""
    if not any(word.lower == "camera" for word in body[:3]):
        return False
    shows = parse.vocabulary.sets["telling_shows"] | parse.vocabulary.sets["meta"] | {"follow", "track", "reveal"}
    for place, word in enumerate(body[1:-1], 1):
        behind = word.form == "ing" and body[place - 1].text == "," and body[place + 1].lower in {"his", "her", "their"}
        if behind and word.lemma not in shows:
            return not any(w.lemma in shows or w.kind == "PRON" for w in body[:place] if w.kind in {"VERB", "PRON"})
    return False


def _agree(body: list[Word], parse: Parse) -> bool:
    """Whether a noun right before a verb in the present fits it; of two nouns joined, one is not asked."""
    for noun, verb in pairwise([word for word in body if word.kind not in {"ADV", "NOT"}]):
        if noun.kind != "NOUN" or verb.kind != "VERB" or verb.dep == "xcomp" or verb.head == noun.index:
            continue
        own = noun.head == verb.index and noun.dep == "nsubj"
        if own and verb.form == "s" and noun.plural and _alone(noun, parse):
            return False
    return True


def _alone(noun: Word, parse: Parse) -> bool:
    """Whether a plural noun is a subject by itself, not the end of "a group of children"; not a name."""
    words, index = parse.reading.words, noun.index - 1
    while index >= 0 and words[index].kind in {"DET", "ADJ", "NUM", "NOUN"} and words[index].sentence == noun.sentence:
        index -= 1
    before = words[index] if index >= 0 and words[index].sentence == noun.sentence else None
    either = parse.vocabulary.nouns.irregular_plural.get(noun.lower) == noun.lower
    return (before is None or before.kind == "PUNCT") and not either and noun.text.islower()
