"""Who moves, called plainly: "the mug", "the woman's hair", "Maya"; as words that know their place in the prompt."""

from __future__ import annotations

from dataclasses import replace

from studio.coach.cues.antecedents import antecedent, is_proper
from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.language.times import HEADINGS
from studio.coach.language.words import Word
from studio.coach.telling.wording.compounds import (
    has_a_surname,
    hyphened,
    is_called_so,
    is_half,
    of_a_look,
    of_an_age,
    of_one_name,
)
from studio.coach.telling.wording.draft import Bit, Draft, fill, said
from studio.coach.telling.wording.titles import is_titled, mostly_titled, name_before

__all__ = [
    "antecedent", "core", "is_plural", "is_proper", "joined_with", "measured", "name", "phrase_start", "said_of_many",
    "subject_of",
]  # fmt: skip

_HELD = {"his", "her", "their", "its", "my", "our", "your"}
_KEPT = {"another", "some", "every", "each", "several", "many", "few", "all", "both", "no", "two", "three", "four",
         "five", "six", "seven", "eight", "nine", "ten", "dozen", "my", "our", "your"}  # fmt: skip
_ORDINALS = {"first", "second", "third", "fourth", "fifth", "last", "next", "other"}  # "the second hand"
_QUANTITIES = {"couple", "pair", "lot", "handful", "number", "few", "dozen", "bunch", "series", "variety"}
_HAVING = {"with", "in", "wearing"}
_USED = {
    "room", "nook", "hall", "area", "corner", "space", "table", "chair", "machine", "pool", "board", "court", "bag",
    "gloves", "mask", "lamp", "desk", "ground", "field", "boat", "stick", "rod", "net", "line", "pan", "pot",
}  # fmt: skip
"""What is called by its use: "reading nook"."""
_CALLED = {"named", "called", "nicknamed"}  # "a rabbit named Benny"
_RELATIVES = {"where", "when", "what"}
_VIEWING = ("view", "shot", "footage")  # "birdview of", "longshot of": ways to look, not measures
_SAME = {"he", "she", "it", "they", "which", "who", "that", "this"}


def subject_of(event: Event, parse: Parse) -> tuple[Draft, bool]:
    """The plain name of who moves and whether a verb after it is plural."""
    words = parse.reading.words
    if event.subject is None:
        return fill("the subject"), False
    word = words[event.subject]
    while event.tie == "attributive" and _compound(word, parse):
        word = words[word.index + 1]  # "drifting ice crystals"
    if word.kind == "PRON":
        return ((Bit("it", word.index),), False) if _weather(word, event, parse) else _pronoun(word, parse)
    joined = phrase_start(word, parse, joined=event.tie != "attributive")
    plain = phrase_start(word, parse)
    if joined < plain and joined_with(event, parse) and of_one_name(joined, word, parse):
        return said(parse.reading, joined, word.index + 1), True
    if joined < plain and joined_with(event, parse):
        first = words[joined:plain]
        return (*_joined(first, parse), *name(word, parse)), True
    return name(word, parse), said_of_many(event, parse) or is_plural(word, named=is_proper(word, parse))


def said_of_many(event: Event, parse: Parse) -> bool:
    """ "A couple of children are playing": the author's own helping verb is plural."""
    helper = (
        parse.reading.words[event.verb - 1] if event.subject is not None and event.verb - 1 > event.subject else None
    )
    return helper is not None and helper.lower in {"are", "were"}


def measured(noun: Word, parse: Parse) -> Word:
    """The noun that measures another: "gust" for the wind of "a gust of wind"; else the noun itself."""
    words, start = parse.reading.words, phrase_start(noun, parse)
    if start < 2 or words[start - 1].lower != "of" or words[start - 1].sentence != noun.sentence:
        return noun
    outer = words[start - 2]
    fits = outer.kind == "NOUN" and not {outer.lower, outer.lower.removesuffix("s")} & (
        parse.vocabulary.sets["telling_not_measures"] | parse.vocabulary.sets["picture"]
    )
    fits = fits and not outer.lower.endswith(_VIEWING)
    return outer if fits and outer.lower not in parse.vocabulary.camera.subjects else noun


def joined_with(event: Event, parse: Parse) -> bool:
    """Whether whoever stands before an "and" does it, too. A verb for one is done by one, unless two nouns alike open
    the clause: "salt and pepper falls", not "a cup and saucer falls"."""
    words = parse.reading.words
    if words[event.verb].form != "s":
        return True
    return event.subject is not None and _two_alike(words[event.subject], words[event.verb], parse)


def _two_alike(noun: Word, verb: Word, parse: Parse) -> bool:
    words, start = parse.reading.words, phrase_start(noun, parse, joined=True)
    row = words[start : verb.index]
    links = [place for place, word in enumerate(row) if word.kind in {"CONJ", "PUNCT"}]
    opens = start == parse.reading.starts[noun.sentence] or words[start - 1].kind == "PUNCT"
    if len(links) != 1 or row[links[0]].lower != "and" or noun.index != verb.index - 1 or not opens:
        return False
    sides = [[word.kind for word in side if word.kind != "ADJ"] for side in (row[: links[0]], row[links[0] + 1 :])]
    return sides[0] == sides[1] and sides[0] in (["NOUN"], ["DET", "NOUN"]) and not is_proper(noun, parse)


def is_plural(word: Word, *, named: bool = False) -> bool:
    """Whether a verb after this noun or pronoun is plural; a name is not ("Pythagoras")."""
    if word.kind == "PRON":
        return word.lower in {"they", "them", "we", "us", "i", "you", "these", "those", "both"}
    return word.plural and not named


def phrase_start(noun: Word, parse: Parse, *, joined: bool = False) -> int:
    """Where the noun phrase of a head noun begins: its determiner, number and adjectives; its "a man and" if joined."""
    words, index = parse.reading.words, noun.index
    heads = (mark.span for mark in parse.masks.times if mark.kind in HEADINGS)
    times = {place for span in heads for place in range(span.start, span.end)}
    while index > 0 and words[index - 1].sentence == noun.sentence:
        before = words[index - 1]
        if before.kind == "DET" and before.lower in {"'s", "’s", "'"} and index > 1:
            return phrase_start(words[index - 2], parse)
        if before.kind == "DET" and words[index].kind == "DET" and before.lower not in {"all", "both"}:
            break
        sided = before.lower in parse.vocabulary.sets["telling_sides"] and words[index].kind in {"NOUN", "ADJ"}
        touching = (
            sided
            or before.kind in {"ADJ", "NUM", "NOUN", "DET"}
            or (before.kind == "ADV" and words[index].kind in {"ADJ", "NUM"} and before.lower.endswith("ly"))
            or (before.lower in _ORDINALS and before.kind == "ADV" and words[index].kind in {"NOUN", "ADJ"})
            or (before.lower == "one" and words[index].kind in {"NOUN", "ADJ"})
        )
        opens = before.index == parse.reading.starts[before.sentence] and before.kind == "NOUN"
        if opens and before.lower in parse.vocabulary.sets["telling_shows"] and before.verbs:
            break  # "Illustrate Nora"
        if before.kind in {"CONJ", "PREP"} and parse.prompt[before.end : words[index].start] == "-":
            index -= 1  # "black-and-white fur"
            continue
        timed = before.kind == "NUM" and before.start in times
        if not touching or timed or before.lower in _RELATIVES or before.lower in _CALLED:
            break
        index -= 1
        if before.kind == "DET" and before.lower not in _KEPT:
            break
        if _listed_looks(index, parse):
            index -= 1  # "fluffy, floating clouds"
    if joined and index > 1 and words[index - 1].lower in {"and", "&"} and words[index - 1].sentence == noun.sentence:
        other = words[index - 2]
        start = phrase_start(other, parse, joined=True) if other.kind == "NOUN" else index
        start = _past_what_it_has(start, parse) if other.kind == "NOUN" else start
        claimed = start > 0 and words[start - 1].sentence == noun.sentence and words[start - 1].kind in {"VERB", "PREP"}
        seen = {words[start - 2].lower, words[start - 3].lower + words[start - 2].lower} if start > 2 else set()
        shown = (
            claimed and words[start - 1].lower == "of" and seen & {*parse.vocabulary.sets["telling_views"], "closeup"}
        )
        claimed = claimed and not shown
        kinds = [parse.vocabulary.noun_kinds.get(w.lower) for w in (other, noun)]
        placed = kinds[0] == "scenery" and kinds[1] in {"person", "animal"}  # "a desert and people running"
        claimed = claimed or (placed and words[start].kind == "DET" and words[index].kind != "DET")
        if other.kind == "NOUN" and other.sentence == noun.sentence and not claimed:
            return start
    return index


def _listed_looks(index: int, parse: Parse) -> bool:
    """Whether the adjective at `index` is the second of a row that an article or an "of" opens: "a calm, wide lake"."""
    words = parse.reading.words
    if index < 2 or words[index].kind not in {"ADJ", "NOUN"} or words[index - 1].text != ",":
        return False
    place = index - 2
    while place > 0 and words[place].sentence == words[index].sentence and words[place].kind in {"ADJ", "ADV"}:
        place -= 1
        if words[place].text == "," and words[place - 1].kind == "ADJ":
            place -= 1
    opens = words[place].kind in {"DET", "NUM", "PREP"}
    return words[index - 2].kind == "ADJ" and opens and words[place].sentence == words[index].sentence


def _past_what_it_has(start: int, parse: Parse) -> int:
    """Of "a man with red hair" the start of the man, where `start` is that of what he has."""
    words = parse.reading.words
    while start > 1 and words[start - 1].lower in _HAVING and words[start - 1].sentence == words[start].sentence:
        holder = words[start - 2]
        if holder.kind != "NOUN" or parse.vocabulary.noun_kinds.get(holder.lower) not in {"person", "animal"}:
            return start
        start = phrase_start(holder, parse)
    return start


def name(noun: Word, parse: Parse) -> Draft:
    """A noun with the article it needs and without the words that only describe it."""
    words = parse.reading.words
    first = phrase_start(noun, parse)
    owner = next((w for w in words[first : noun.index] if w.lower in {"'s", "’s"} and w.kind == "DET"), None)
    if owner is not None:
        return (*name(words[owner.index - 1], parse), *said(parse.reading, owner.index, owner.index + 1),
                *core(noun, owner.index + 1, parse))  # fmt: skip
    alone = core(noun, first, parse)
    if (who := name_before(first, parse)) is not None:
        return (Bit(who.text, who.index), Bit(words[first].text, first), *alone)  # "Milo the otter"
    determiner = words[first] if words[first].kind == "DET" else None
    lower = determiner.lower if determiner is not None else ""
    if lower in _HELD and determiner is not None:
        holder = antecedent(determiner, parse)
        if holder is not None and parse.vocabulary.noun_kinds.get(holder.lower) == "body":
            return (Bit(lower, first), *alone)  # whose "the eyes' hands" would be, nobody knows
        if holder is not None and lower not in {"my", "our", "your"}:
            mark = "'" if holder.text.endswith("s") else "'s"
            held = name(holder, parse)
            return (*held[:-1], replace(held[-1], text=held[-1].text + mark), *alone)
        return (*fill("the"), *alone) if holder is None and lower not in _KEPT else (Bit(lower, first), *alone)
    if (
        lower in _KEPT or (lower == "a" and noun.lower in _QUANTITIES and alone[-1].source != noun.index)
    ) and determiner:
        return (Bit(lower, first), *alone)
    bare = not determiner and (noun.plural or noun.lower in parse.vocabulary.nouns.mass or is_proper(noun, parse))
    bare = bare or (not determiner and (is_titled(noun, parse) or has_a_surname(noun, parse)))
    opener = words[alone[0].source] if alone and alone[0].source is not None else noun
    if opener.lower in {"one", "1"}:
        return alone
    counted = opener.kind == "NUM"
    return alone if bare and not counted else (*fill("the"), *alone)


def core(noun: Word, first: int, parse: Parse) -> Draft:
    """The noun alone with the nouns and numbers before it, and with the "of" that says of what."""
    words = parse.reading.words
    telling = _ambiguous(noun, parse)
    kept: list[Bit] = []
    groups = hyphened(words[first : noun.index], parse)
    for place, group in enumerate(groups):
        after = groups[place + 1] if place + 1 < len(groups) else None
        if not telling and group[0].kind == "NOUN" and after is not None and after[0].kind == "ADJ":
            continue  # the "south" of "a south Asian lady"
        described = any(w.index in parse.described or w.kind in {"ADJ", "ADV"} for w in group)
        described = described and group[0].lower not in _ORDINALS and not is_called_so(group[0], noun, parse)
        described = described and group[0].lower not in parse.vocabulary.sets["telling_which"]
        described = described and not _for_a_use(group[0], noun) and not _of_a_name(group[0], parse)
        lower, looks = group[0].lower, parse.vocabulary.appearance
        coloured = lower in parse.vocabulary.adjectives and lower not in looks.material
        coloured = coloured and (lower in {*looks.colour, *looks.age} or lower not in parse.vocabulary.noun_kinds)
        if group[-1].index == noun.index - 1 and len(group) == 1 and group[0].kind == "NOUN" and not coloured:
            described = False  # "a paper airplane" is no airplane
        described = described or of_a_look(group[-1], noun, parse)
        if group[0].kind in {"DET", "PUNCT"} or (described and not telling) or of_an_age(group[0], parse):
            continue
        if any(parse.masks.hides(w.start, w.end) or (w.kind == "NOUN" and _unwanted(w, parse)) for w in group):
            continue
        opens = group[0].index == parse.reading.starts[noun.sentence] and noun.text.islower()
        spelled = (word.lower if opens and word.text.istitle() else _spelled(word, parse) for word in group)
        kept += [Bit(text, word.index) for text, word in zip(spelled, group, strict=True)]
    kept.append(Bit(_spelled(noun, parse), noun.index))
    return (*kept, *_rest_of(noun, parse), *_of(noun, parse))


def _rest_of(noun: Word, parse: Parse) -> Draft:
    """The "ski" of a "jet ski", of whose first noun something was said."""
    words, last = parse.reading.words, noun.index + 1
    if last < len(words) and words[last].dep == "flat" and words[last].head == noun.index:
        adjectives = () if words[last].text.istitle() else parse.vocabulary.adjectives
        named = words[last].kind == "NOUN" and words[last].lower not in adjectives
        return (Bit(words[last].text, last),) if named else ()
    while noun.dep == "compound" and last <= noun.head < len(words) and not any(e.verb == last for e in parse.events):
        tied = words[last].kind == "NOUN" and parse.prompt[words[last - 1].end : words[last].start] == " "
        if not tied or _unwanted(words[last], parse):
            return ()
        last += 1
    return tuple(Bit(word.text, word.index) for word in words[noun.index + 1 : last])


def _of_a_name(word: Word, parse: Parse) -> bool:
    """Whether an adjective with a capital belongs to the name behind it: "the Scottish Fold cat"."""
    words = parse.reading.words
    opens = word.index <= (at := parse.reading.starts[word.sentence]) + (words[at].kind != "DET")
    before, after, then = words[word.index - 1], words[word.index + 1], words[min(word.index + 2, len(words) - 1)]
    named = after.text.istitle() and after.kind in {"ADJ", "NOUN"} and after.sentence == word.sentence
    named = named or (before.text.istitle() and before.kind == "ADJ" and before.sentence == word.sentence)
    return word.text.istitle() and named and not opens and (then.text.islower() or not mostly_titled(parse))


def _for_a_use(word: Word, noun: Word) -> bool:
    """Whether a gerund before a noun says what it is for, as it cannot do so itself: "reading nook"."""
    use = word.form == "attributive" and word.lower.endswith("ing") and word.index == noun.index - 1
    return use and noun.lower in _USED


def _unwanted(word: Word, parse: Parse) -> bool:
    cues = (*parse.labelled("lettering"), *parse.labelled("light", "stylised"))
    return any(cue.span.start <= word.start < cue.span.end for cue in cues)


def _ambiguous(noun: Word, parse: Parse) -> bool:
    """Whether the noun names several things here ("the red car passes the blue car"), so its adjectives tell which."""
    same = [w for w in parse.reading.words if w.lemma == noun.lemma and w.kind == "NOUN" and w.index != noun.index]
    mine = _marks(noun, parse)
    return bool(mine) and any(_marks(other, parse) - mine for other in same)


def _marks(noun: Word, parse: Parse) -> set[str]:
    first = phrase_start(noun, parse)
    return {w.lower for w in parse.reading.words[first : noun.index] if w.kind in {"ADJ", "NUM"}}


def _of(noun: Word, parse: Parse) -> Draft:
    """ "of children" in "a group of children": a noun that only measures says nothing alone."""
    words, index = parse.reading.words, noun.index + 1
    called = words[index : index + 2]
    if len(called) == 2 and called[0].lower in _CALLED and called[1].kind == "NOUN" and called[1].text[:1].isupper():
        return said(parse.reading, index, index + 2)
    if index + 1 >= len(words) or words[index].lower != "of" or words[index].sentence != noun.sentence:
        return ()
    end = index + 1
    while end < len(words) and _stands_inside(end, parse) and words[end].sentence == noun.sentence:
        end += 1
    if end >= len(words) or words[end].kind != "NOUN" or words[end].sentence != noun.sentence:
        return ()
    while end + 1 < len(words) and words[end + 1].kind == "NOUN" and words[end + 1].sentence == noun.sentence:
        end += 1
    which = parse.vocabulary.sets["telling_which"]
    kept = [w for w in words[index : end + 1] if w.index not in parse.described or w.kind == "NOUN" or w.lower in which]
    kept = [w for w in kept if w.kind != "PUNCT" and (w.index == end or not is_half(w.index, parse))]
    return tuple(Bit(w.text if w.kind != "NOUN" else _spelled(w, parse), w.index) for w in kept)


def _stands_inside(index: int, parse: Parse) -> bool:
    """Whether a word stands between an "of" and its noun, the commas of a row and the halves of compounds too."""
    words = parse.reading.words
    if words[index].text == ",":
        return words[index - 1].kind == "ADJ" and _listed_looks(index + 1, parse) if index + 1 < len(words) else False
    compound = words[index].kind == "NOUN" and parse.prompt[words[index].end : words[index].end + 1] == "-"
    return words[index].kind in {"DET", "ADJ", "NUM"} or compound


def _joined(words: tuple[Word, ...], parse: Parse) -> Draft:
    """ "A man and" before "a woman": each noun named, the joining words as they stand."""
    nouns = [
        w
        for w in words
        if w.kind == "NOUN"
        and (w.index + 1 > words[-1].index or not _compound(w, parse))
        and (
            phrase_start(w, parse) == words[0].index
            or words[phrase_start(w, parse) - 1 - words[0].index].kind != "PREP"
        )
    ]
    bits: list[Bit] = []
    for noun in nouns:
        bits += name(noun, parse)
        bits += [Bit(w.text, w.index) for w in words if w.index > noun.index and w.kind in {"CONJ", "PUNCT"}][:1]
    return tuple(bits)


def _compound(word: Word, parse: Parse) -> bool:
    if word.index + 1 >= len(parse.reading.words):
        return False
    after = parse.reading.words[word.index + 1]
    return after.kind == "NOUN" and after.sentence == word.sentence


def _spelled(word: Word, parse: Parse) -> str:
    """A noun as it stands inside a sentence: names keep their capital, others lose it."""
    known = word.lower in parse.vocabulary.noun_kinds
    opens = word.index == parse.reading.starts[word.sentence]
    if word.text.isupper() and 1 < len(word.text) < 4 and not parse.prompt.isupper():
        return word.text  # DJ, UFO
    shouted = word.text.isupper() and len(word.text) > 4
    if word.text.istitle() and not opens and not _after_a_mark(word, parse) and not mostly_titled(parse):
        return word.text  # "a red Ferrari", "the Earth"
    return word.lower if (known or opens or shouted) and not is_proper(word, parse) else word.text


def _after_a_mark(word: Word, parse: Parse) -> bool:
    before = parse.reading.words[word.index - 1]
    return before.kind == "PUNCT" and before.text not in {",", "-", "'", '"'}


def _pronoun(word: Word, parse: Parse) -> tuple[Draft, bool]:
    lower = word.lower
    if lower in _SAME:
        noun = antecedent(word, parse)
        if noun is not None and not (lower == "they" and not noun.plural):
            return name(noun, parse), is_plural(noun) or lower == "they"
    plural = is_plural(word)
    text = "I" if lower == "i" else lower
    known = lower in parse.vocabulary.sets["indefinite"] or lower in {"he", "she", "it", "they", "we", "i", "you"}
    return ((Bit(text, word.index),), plural) if known else (fill("the subject"), plural)


def _weather(word: Word, event: Event, parse: Parse) -> bool:
    """ "It becomes night", "it gets dark", "it rains": this "it" stands for nothing that was named."""
    if word.lower != "it":
        return False
    near = {w.lower for w in parse.reading.words[event.verb + 1 : event.verb + 4]}
    sets = parse.vocabulary.sets
    return event.lemma in sets["weather"] or (event.lemma in sets["becoming"] and bool(near & sets["times_of_day"]))
