"""What an author says of a camera move beside it: where it begins and ends, what it reveals, that it never breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from studio.coach.cues.antecedents import OF_A_TAKE
from studio.coach.cues.camera import Found
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.wording.draft import Bit, Draft, said, sources

__all__ = ["Detail", "find_details", "seen_from", "with_detail"]

_ENDS = {"start", "begin", "open", "end", "finish", "land", "settle", "stop", "arrive", "conclude"}
_RESTS = {"hold", "settle", "stop", "rest", "pause", "halt"}
_HEARD = {"hiss", "chatter", "murmur", "whisper"}
_AT = {"on", "at", "from", "with", "in", "by", "upon", "behind", "above", "over", "inside", "near", "beside"}
_REVEALS = {"reveal", "uncover", "expose", "disclose", "unveil"}
_KEPT = {"constant", "fixed", "steady", "same", "equal", "even", "unchanging"}
_MEASURES = {"radius", "height", "distance", "speed", "pace", "pivot", "altitude", "level", "tempo"}
_TAKES = {
    "take", "shot", "arc", "pan", "orbit", "move", "movement", "motion", "sweep", "push", "tilt", "zoom", "dolly",
    "track", "rotation", "glide",
}  # fmt: skip
_NAMING = {"DET", "ADJ", "NOUN", "NUM", "PREP", "CONJ", "ADV", "PUNCT"}
_SHOTS = {"shot", "view", "closeup", "close-up", "up", "portrait", "frame", "angle"}
_SIDES = {"behind", "above", "below", "beneath", "overhead", "afar", "underneath"}
_LONGEST = 9  # words of such a piece
_PIECE = {",", ";", ":", ".", "–", "—", "|", "(", ")", "!", "\n"}
_BINDING = {"as", "while", "when", "where", "until", "before", "after", "then", "who", "which", "that"}


@dataclass(frozen=True)
class Detail:
    """``words[first:last]`` say something of a move, which `head` says.

    Attributes:
        lead: what ties it to the sentence.  loose: whether it may be said with any move.
        needs: the word from which it goes on, if it does.
    """

    move: Found
    first: int
    last: int
    head: int
    lead: str = ""
    loose: bool = False
    needs: int | None = None


def find_details(parse: Parse) -> Iterator[Detail]:
    """Each detail of the camera moves of a prompt, in the order of the words."""
    moving = [found for found in parse.moves if found.move != "static"]
    for first, last in _pieces(parse) if moving else ():
        before = [found for found in moving if found.first < last]
        found = before[-1] if before else moving[0]
        steady = [other for other in before if other.move != "handheld"]
        yield from _ways(first, last, found, parse)
        yield from _reveals(first, last, found, parse)
        yield from _revealed(first, last, found, parse)
        whole = _whole(first, last, parse)
        if whole is not None:
            yield Detail(steady[-1] if steady else found, whole[0], last, *whole[1:], loose=True)


def seen_from(parse: Parse) -> Iterator[range]:
    """The words of "from behind" in "medium shot from behind"."""
    words = parse.reading.words
    for shot, lead, side in zip(words, words[1:], words[2:], strict=False):
        sized = shot.lower in _SHOTS and lead.lower == "from" and side.sentence == shot.sentence
        after = words[side.index + 1] if side.index + 1 < len(words) else None
        alone = after is None or after.kind in {"PUNCT", "CONJ"} or after.sentence != shot.sentence
        alone = alone or side.lower == "behind"  # "from behind the rider"
        filmed = any(found.first <= shot.index < found.last for found in parse.moves)
        if sized and side.lower in _SIDES and alone and not filmed:
            yield range(lead.index, side.index + 1)


def _pieces(parse: Parse) -> Iterator[tuple[int, int]]:
    """The stretches between marks."""
    words, first = parse.reading.words, 0
    for word in words:
        ends = word.text in _PIECE or (word.index > first and word.sentence != words[first].sentence)
        if ends and word.index > first:
            yield first, word.index
        if ends:
            first = word.index + (word.text in _PIECE)
    if first < len(words):
        yield first, len(words)


def _ways(first: int, last: int, found: Found, parse: Parse) -> Iterator[Detail]:
    """ "Starting on a lamp | and ending on the harbour", behind its move."""
    words = parse.reading.words
    same = words[found.first].sentence == words[first].sentence
    if not same or found.first >= last or parse.masks.hides(words[first].start, words[first].end):
        return
    opens = [
        word.index
        for word in words[max(first, found.last) : last - 1]
        if any(lemma in _ENDS and form == "ing" for lemma, form in word.verbs)
        and words[word.index + 1].lower in _AT
        and not _somebodys(word, found, parse)
    ]
    yield from _rests(max(first, found.last), last, found, parse)
    for place, begin in enumerate(opens):
        end = opens[place + 1] if place + 1 < len(opens) else last
        end = next((w.index for w in words[begin + 1 : end] if w.lower in _BINDING), end)
        while end > begin and words[end - 1].lower in {"and", "then", ",", "before"}:
            end -= 1
        head = next((w.index for w in reversed(words[begin:end]) if w.kind == "NOUN"), None)
        joined = place > 0 and words[begin - 1].lower == "and"
        if head is not None:
            yield Detail(found, begin, end, head, "and" if joined else ",")


def _rests(first: int, last: int, found: Found, parse: Parse) -> Iterator[Detail]:
    """ "..., then holds", "... and ends on the road": how the camera comes to rest."""
    words = parse.reading.words
    for verb in words[first:last]:
        led = words[verb.index - 1]
        if led.lower not in {"then", "and"} or verb.form != "s" or _somebodys(verb, found, parse):
            continue
        after = words[verb.index + 1] if verb.index + 1 < len(words) else None
        ends = after is None or after.kind == "PUNCT" or after.sentence != verb.sentence
        aimed = after is not None and after.lower in _AT and verb.lemma in _ENDS
        if (ends and verb.lemma in _RESTS) or aimed:
            begin = led.index - (words[led.index - 1].lower == "and")
            stop = next((w.index for w in words[verb.index + 1 : last] if w.lower in _BINDING), last)
            yield Detail(found, begin, stop, verb.index, "," if led.lower == "then" and begin == led.index else "")


def _somebodys(verb: Word, found: Found, parse: Parse) -> bool:
    """Whether somebody who acts is named between the move and the verb: "as a girl walks, ending on the beach"."""
    words = parse.reading.words
    return any(
        found.last <= event.verb < verb.index and words[event.verb].form in {"s", "base", "preterite"}
        for event in parse.events
    )


def _reveals(first: int, last: int, found: Found, parse: Parse) -> Iterator[Detail]:
    """ "..., revealing a valley", "backs off to reveal a valley"."""
    words = parse.reading.words
    if words[first].sentence != words[found.first].sentence or found.first >= last:
        return
    for verb in words[max(first, found.last) : last - 1]:
        led = words[verb.index - 1]
        asked = led.lower == "to" and verb.lemma in _REVEALS
        if not (asked or _is_doing(verb, _REVEALS)) or any(
            e.verb >= found.last and e.verb < verb.index for e in parse.events
        ):
            continue
        begin = led.index if asked else verb.index
        end = next((w.index for w in words[begin + 2 : last] if w.lower in _BINDING), last)
        head = _head(words[verb.index + 1 : end], parse)
        if head is not None:
            yield Detail(found, begin, end, head, "" if asked else ",")
        return


def _revealed(first: int, last: int, found: Found, parse: Parse) -> Iterator[Detail]:
    """ "To reveal a valley, | islands in the distance": what a further piece names is revealed, too."""
    words = parse.reading.words
    if words[first].sentence != words[found.first].sentence or first <= found.last:
        return
    ahead = words[found.last : first]
    verb = next((word for word in ahead if word.lemma in _REVEALS or _is_doing(word, _REVEALS)), None)
    between = words[verb.index : first] if verb is not None else ()
    acts = any(event.verb >= found.last and event.verb < last and event.tie != "attributive" for event in parse.events)
    if verb is None or acts or any(word.text in {".", ";", ":"} for word in between):
        return
    row = words[first:last]
    start = first + (row[0].lower in {"and"})
    finite = any(word.kind == "AUX" or (word.kind == "VERB" and word.form in {"s", "base"}) for word in row)
    head = _head(words[start:last], parse)
    if head is not None and not finite and not _only_looks(words[start:last], parse) and len(row) <= _LONGEST:
        yield Detail(found, start, last, head, "and" if start > first else ",", needs=verb.index)


def _head(row: Sequence[Word], parse: Parse) -> int | None:
    """The noun that the first phrase of a row is about: "neon-lit | skyline"."""
    for word, after in zip_longest(row, row[1:]):
        hyphened = parse.prompt[word.end : word.end + 1] == "-"
        if word.kind == "NOUN" and not hyphened and (after is None or after.kind != "NOUN"):
            return word.index
    return None


def _is_doing(word: Word, lemmas: set[str]) -> bool:
    return any(lemma in lemmas and form == "ing" for lemma, form in word.verbs)


def _only_looks(row: Sequence[Word], parse: Parse) -> bool:
    """Whether a piece speaks of style, quality or light."""
    cues = (*parse.labelled("style"), *parse.labelled("light"), *parse.labelled("cut"), *parse.labelled("negation"))
    cues = (*cues, *parse.labelled("appearance", "quality tag"), *parse.labelled("audio"))
    sets = parse.vocabulary.sets
    notions = (
        sets["telling_notions"] | sets["picture"] | sets["telling_heard"] | sets["noises"] | sets["sounding"] | _HEARD
    )
    return any(
        word.lower in notions or any(cue.span.start <= word.start < cue.span.end for cue in cues) for word in row
    )


def _whole(first: int, last: int, parse: Parse) -> tuple[int, int, str] | None:
    """Where "constant radius and height", "in one unbroken pan" begins, its head and what leads it."""
    words = parse.reading.words
    start = next(
        (w.index for w in words[first:last] if w.lower in {"in", "at", "with"} and _holds(w, last, parse)), first
    )
    row = words[start:last]
    lowers = {word.lower for word in row}
    acts = any(word.kind in {"AUX", "PRON"} or (word.kind == "VERB" and word.form in {"s", "base"}) for word in row[1:])
    if not 1 < len(row) <= _LONGEST or acts or row[0].kind == "VERB" or lowers & {"no", "without"}:
        return None
    measured = [word for word in row if word.lower in _MEASURES] if lowers & _KEPT else []
    taken = [word for word in row if word.lower in _TAKES and word.index > start] if lowers & OF_A_TAKE else []
    head = taken[-1] if taken else measured[0] if measured else None
    if head is None or not all(word.kind in _NAMING or word.lower in {*_TAKES, *OF_A_TAKE} for word in row):
        return None
    if row[0].kind == "PREP":
        return start, head.index, ","
    led = row[0].kind == "DET" or row[0].lower == "one"
    return start, head.index, f", {'in' if taken else 'at'}{'' if led else ' a'}"


def _holds(lead: Word, last: int, parse: Parse) -> bool:
    """Whether "in" or "at" leads to what stays so: "in | one | continuous | orbit"."""
    near = [word.lower for word in parse.reading.words[lead.index + 1 : min(last, lead.index + 4)]]
    return bool(set(near) & (OF_A_TAKE | _KEPT)) and bool(set(near) & (_TAKES | _MEASURES))


def with_detail(drafts: list[Draft], detail: Detail, parse: Parse) -> list[Draft]:
    """The drafts with a detail said where its move is; as they are where no sentence tells the move."""
    only = sum(found.move != "static" for found in parse.moves) == 1
    place = _told(drafts, replace(detail, loose=detail.loose or only))
    if place is None or (detail.needs is not None and detail.needs not in sources(drafts[place])):
        return drafts
    draft, words = drafts[place], parse.reading.words
    row = words[detail.first : detail.last]
    sized = (cue for cue in parse.labelled("style") if cue.sense != "size of shot")
    praise = [*parse.labelled("appearance", "quality tag"), *sized]
    last = next((w.index for w in row[1:] if any(c.span.start <= w.start < c.span.end for c in praise)), detail.last)
    light = parse.labelled("light", "stylised")
    skipped = parse.within(cue.span for cue in light)
    own = [bit for bit in said(parse.reading, detail.first, last) if bit.source not in skipped]
    ends = words[own[-1].source or 0] if own else None
    if ends is None or detail.head >= last or ends.kind in {"DET", "PREP", "ADJ", "CONJ", "NUM"}:
        return drafts
    if own[0].source == parse.reading.starts[row[0].sentence]:
        own[0] = replace(own[0], text=f"{own[0].text[:1].lower()}{own[0].text[1:]}")
    link = [Bit(text, filler=True) for text in detail.lead.split()]
    body = (*draft[:-1], replace(draft[-1], text=draft[-1].text.rstrip(".")))
    return [*drafts[:place], (*body, *link, *own), *drafts[place + 1 :]]


def _told(drafts: Sequence[Draft], detail: Detail) -> int | None:
    """The sentence that tells the move, else, for a loose detail, the first one whose doer is the camera."""
    own = range(detail.move.first, detail.move.last)
    named = (place for place, draft in enumerate(drafts) if not sources(draft).isdisjoint(own))
    films = (
        place
        for place, draft in enumerate(drafts)
        if detail.loose and any(bit.text.lower() in {"camera", "lens"} for bit in draft[:3])
    )
    return next(named, next(films, None))
