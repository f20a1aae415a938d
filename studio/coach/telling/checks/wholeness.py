"""Whether a sentence that was made of the author's words is whole: nothing cut in half, nothing run together, nothing
joined that was not, and its verb with its subject.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, zip_longest

from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.wording.draft import Bit, Draft, sources

__all__ = ["OWNING", "faults", "is_led", "lost_its_doer", "named"]

OWNING = ("'s", "’s", "s'", "s’")
"""How a noun ends that owns the next."""
_NOMINAL = {"DET", "ADJ", "NUM", "NOUN"}


def faults(draft: Draft, parse: Parse) -> Iterator[str]:
    """What is not whole in a sentence, a word or two each."""
    return (name for name, shows in _FAULTS.items() if shows(draft, parse))


def _halved(draft: Draft, parse: Parse) -> bool:
    """ "A two male": one word of a compound whose other half was left out."""
    words, told = parse.reading.words, sources(draft)
    if any(bit.text.lower() == "camera" for bit in draft):
        return False  # what its move is called is told in other words
    for bit in draft:
        for near in (bit.source, bit.source - 1 if bit.source else None):
            if near is None or near + 1 >= len(words) or words[near].sentence != words[near + 1].sentence:
                continue
            joined = parse.prompt[words[near].end : words[near + 1].start] == "-"
            if joined and (near in told) != (near + 1 in told):
                return True
    return False


def lost_its_doer(draft: Draft, parse: Parse) -> bool:
    """Whether the first verb of a sentence has its subject in the prompt and not here."""
    words = parse.reading.words
    told, said = sources(draft), {bit.text.lower() for bit in draft}
    if "camera" in said:
        return False
    for place, bit in enumerate(draft):
        if bit.source is None or bit.coach:
            if (bit.text in {"There", "is", "are"} and bit.filler) or named(bit.text, len(words), parse) is not None:
                return False
            continue
        word = words[bit.source]
        ends = word.kind == "ADJ" and words[word.index - 1].kind == "DET" and words[word.head].index <= word.index
        if word.kind in {"NOUN", "PRON"} or ends:
            led = is_led(place, draft, words)
            if not led:
                return False
            continue
        if (
            word.kind == "VERB"
            and word.form in {"s", "base"}
            and place
            and word.form == "base"
            and draft[place - 1].text.lower() == "to"
        ):
            continue
        if word.kind == "VERB" and word.form in {"s", "base"} and parse.prompt[word.end : word.end + 1] != "-":
            subject = _subject(word, parse)
            subject = None if subject is not None and (subject.lower in said or _disagrees(subject, word)) else subject
            behind = any(
                w.dep.startswith("nsubj") and w.head == word.index and w.index in told for w in words[word.index :]
            )
            return (word.form == "s" and not behind) or (subject is not None and subject.index not in told)
        if word.kind in {"VERB", "AUX"}:
            return False
    return False


def _disagrees(subject: Word, verb: Word) -> bool:
    """Whether a verb is that of a command: "the style is bold, make it a print"."""
    one = not subject.plural and subject.lower not in {"they", "we", "i", "you"}
    return verb.form == "base" and one


def is_led(place: int, draft: Draft, words: Sequence[Word]) -> bool:
    """Whether a preposition holds the noun at `place`; an article opens its phrase: "for two seconds | the gate"."""
    opened = False
    while place:
        place -= 1
        source, text = draft[place].source, draft[place].text.lower()
        word = words[source] if source is not None else None
        if word is not None and word.kind == "PREP":
            return True
        if word is None and text in {"in", "from", "at", "on", "of"}:
            return True
        article = text in {"the", "a", "an"} or (word is not None and word.kind == "DET")
        if opened or not (article or (word is not None and word.kind in {*_NOMINAL, "ADV"})):
            return False
        opened = article and text not in OWNING
    return False


def _subject(verb: Word, parse: Parse) -> Word | None:
    words = parse.reading.words
    at, seen = verb, set()
    while at.index not in seen and 0 <= at.head < len(words):
        seen.add(at.index)
        own = next((w for w in words if w.head == at.index and w.dep.startswith("nsubj") and w.index < at.index), None)
        if own is not None:
            return own
        if at.dep not in {"conj"}:
            return None
        at = words[at.head]
    return None


def _run_together(draft: Draft, parse: Parse) -> bool:
    words = parse.reading.words
    for bit, after in pairwise(draft):
        if bit.source is None or after.source != bit.source + 1:
            continue
        first, second = words[bit.source], words[after.source]
        gap = parse.prompt[first.end : second.start]
        apart = len(gap) > 1 and gap.isspace() and second.text[:1].isupper()
        if apart and first.kind in {"NOUN", "ADV", "VERB"} and second.kind in {"DET", "NUM", "NOUN", "PRON"}:
            return True
    return False


def _joined_unlike(draft: Draft, parse: Parse) -> bool:
    """ "They quiver and in pain": an "and" between a verb that was made finite and what has none."""
    words = parse.reading.words
    for place in _behind_verbs(draft, parse, lambda word, bit: bit.text.lower() != word.lower):
        after = draft[place + 1]
        near = words[after.source] if after.source is not None else None
        rest = [words[b.source] for b in draft[place + 1 :] if b.source is not None]
        verbless = not any(w.kind in {"VERB", "AUX"} for w in rest)
        before = draft[place - 1]
        nominal = before.source is None or before.text.lower() == words[before.source].lower
        alone = all(w.kind != "NOUN" for w in rest)
        bare = near is not None and (near.kind == "PREP" or (near.kind == "ADJ" and alone))
        if bare and verbless and not nominal:
            return True
    return False


def _behind_verbs(draft: Draft, parse: Parse, told: Callable[[Word, Bit], bool]) -> Iterator[int]:
    """The places of each "and" behind a verb that was told so."""
    seen = False
    for place, bit in enumerate(draft[:-1]):
        word = parse.reading.words[bit.source] if bit.source is not None else None
        if word is None:
            continue
        if word.kind == "VERB" and told(word, bit):
            seen = True
        elif seen and word.lower == "and":
            yield place


def _two_phrases(draft: Draft, parse: Parse) -> bool:
    """ "The witness the rise of": a command that was given an article, and an article right behind it."""
    words = parse.reading.words
    given, noun, after = [*draft[:3], *(Bit("") for _ in range(3))][:3]
    if given.source is not None or given.text.lower() != "the" or noun.source is None or after.source is None:
        return False
    beside = words[after.source].kind == "DET" and after.source == noun.source + 1
    return words[noun.source].kind == "NOUN" and beside and after.text.lower() not in OWNING


def _two_verbs(draft: Draft, parse: Parse) -> bool:
    """ "The helmet puts hits": a verb that was made finite, and another right behind it."""
    words = parse.reading.words
    for bit, after in pairwise(draft):
        both = bit.source is not None and after.source is not None and not (bit.coach or after.coach)
        if not both:
            continue
        first, second = words[bit.source or 0], words[after.source or 0]
        if first.kind == second.kind == "VERB" and second.form == "s" and (first.form == "s" or bit.text.endswith("s")):
            return first.lemma not in parse.vocabulary.sets["telling_governing"]
    return False


def _cut_off(draft: Draft, parse: Parse) -> bool:
    """ "The kite dips behind a., then": a preposition or an article before a mark."""
    words = parse.reading.words
    free = parse.vocabulary.sets["particles"] | parse.vocabulary.sets["ways"]
    told = sources(draft)
    if any(bit.text.lower() == "camera" for bit in draft[:3]):
        return False
    for bit, after in zip_longest(draft, draft[1:]):
        word = words[bit.source] if bit.source is not None else None
        marked = after is None or after.text in {",", ".", ";"}
        if word is None or not (marked or bit.text.endswith(".")):
            continue
        if after is not None and ((bit.text.endswith(".") and after.text == ",") or after.source == word.index + 1):
            return bit.text.endswith(".") and after.text == ","
        if (after is not None and word.kind == "PREP" and word.lower not in free) or word.text in {"a", "an", "the"}:
            return True
        if (_describes_what_follows(word, parse) or _waits(word, parse)) and word.head not in told:
            return True
        if _opens_a_row(word, parse) and word.index + 2 not in told:
            return True
    return False


def _describes_what_follows(word: Word, parse: Parse) -> bool:
    """ "At a rapid, | urgent pace": a quality of a noun that stands further on; not of the camera, told otherwise."""
    if word.dep != "amod" or word.head <= word.index or word.kind not in {"ADJ", "NOUN"}:
        return False
    near = parse.reading.words[word.index + 1 : word.index + 3]
    if len(near) > 1 and near[0].text == "," and near[1].kind != "ADJ":
        return False  # "across the square, pigeons scattering"
    return word.lower not in {"each", "other"} and parse.reading.words[word.head].lower not in {"camera", "cam"}


def _waits(word: Word, parse: Parse) -> bool:
    """ "Along the quay behind | a cart": a preposition right before what it leads to."""
    after = parse.reading.words[word.index + 1] if word.index + 1 < len(parse.reading.words) else word
    return word.kind == "PREP" and word.dep == "case" and word.head > word.index and after.kind in _NOMINAL


def _opens_a_row(word: Word, parse: Parse) -> bool:
    """ "With calm, | focused eyes": an adjective that waits for its noun behind another one."""
    near = parse.reading.words[max(0, word.index - 1) : word.index + 3]
    if len(near) < 4 or near[0].kind not in {"PREP", "DET"}:
        return False
    quality = word.lower in {"fast", "slow"} or word.lower in parse.vocabulary.adjectives
    if word.kind != "ADJ" and not (quality and near[0].kind == "PREP"):
        return False
    return near[2].text == "," and near[3].kind == "ADJ" and near[3].sentence == word.sentence and word.dep != "nsubj"


def _looks_first(draft: Draft, parse: Parse) -> bool:
    """ "The diver wears a mask searching the wreck": what somebody wears for the verb, and the deed hung behind it."""
    words = parse.reading.words
    worn = False
    for bit in draft:
        word = words[bit.source] if bit.source is not None else None
        if word is None:
            continue
        if word.kind in {"PUNCT", "CONJ"}:
            worn = False
        elif word.form == "ing" and bit.text.lower() != word.lower and word.lemma in {"wear", "dress"}:
            worn = True
        elif worn and word.kind == "VERB" and word.form == "ing":
            return any(event.verb == word.index for event in parse.events)
    return False


def _half_told(draft: Draft, parse: Parse) -> bool:
    """ "The firm rebuilds and custom build cars": of two verbs that its author left bare, one was told as of one."""
    words = parse.reading.words
    ands = _behind_verbs(draft, parse, lambda word, bit: word.form == "base" and bit.text.lower() == f"{word.lower}s")
    place = next(ands, None)
    near = [words[b.source] for b in draft[place + 1 : place + 4] if b.source is not None] if place is not None else []
    return any(
        a.kind != "DET" and a.lemma_as("base") == a.lower and b.kind in {"DET", "NOUN"} for a, b in pairwise(near)
    )


_FAULTS: dict[str, Callable[[Draft, Parse], bool]] = {
    "half of a compound": _halved,
    "no subject": lost_its_doer,
    "run together": _run_together,
    "joined unlike": _joined_unlike,
    "two phrases": _two_phrases,
    "two verbs": _two_verbs,
    "cut off": _cut_off,
    "a look for the deed": _looks_first,
    "one verb of two": _half_told,
}


def named(text: str, before: int, parse: Parse) -> Word | None:
    """The last noun before a word that is spelled so."""
    lower = text.strip(".,").lower().removesuffix("'s")
    row = (w for w in reversed(parse.reading.words[:before]) if w.lower == lower and w.kind == "NOUN")
    return next(row, None)
