"""Motions that are named and not told: "slow turntable spin of the bottle" is the bottle, slowly spinning.

A piece between two marks that is one noun phrase, headed by a noun of motion, becomes a participle with its subject:
the adjectives of manner are its adverbs, and who moves stands behind "of" or before the noun ("a gentle head tilt").
Where neither does, the subject is found as that of any participle in a row of tags.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.wording.phrasing import adverb, participle

__all__ = ["deeds"]

_MARKS = {",", ".", ";", "|", ":", "-", "–", "—", "!"}
_BODILY = {"body", "person", "animal"}
_BY_ITSELF = {
    "nod",
    "blink",
    "wink",
    "breathe",
    "sway",
    "spin",
    "rotate",
    "turn",
    "bow",
    "shrug",
    "hop",
    "bounce",
    "bob",
}
"""What somebody does whom the row of tags names; of other motions something must be said to move."""

_MOST = 12  # words of a piece
_ADVERBS = {"small": "slightly", "tiny": "slightly", "little": "slightly", "minimal": "slightly", "faint": "slightly"}
_ARTICLES = {"a", "an", "the"}
_PHRASE = {"DET", "ADJ", "NUM", "NOUN"}
_PAIRED = {"eye": "eyes"}
_CARRIED = {"turntable": "on a turntable"}
_SPREADING = {"ripple"}
_VAGUE = {"movement", "motion"}
_LIFELIKE = {"natural", "realistic", "lifelike", "human", "fluid", "believable", "accurate", "physical"}


def deeds(parse: Parse) -> Iterator[Edit]:
    """An edit for each motion that is only named, with a clause in its place."""
    for piece in _pieces(parse):
        held = piece[0].lower == "with" and len(piece) > 1
        clause = _clause(piece[held:], parse)
        if clause:
            opens = piece[0].text[:1].isupper()
            text = f"{clause[:1].upper()}{clause[1:]}" if opens else clause
            start = parse.reading.words[piece[0].index - 1].end if held and piece[0].index else piece[0].start
            yield Edit(start=start, end=piece[-1].end, replacement=f", {text}" if start < piece[0].start else text)


def _pieces(parse: Parse) -> Iterator[Sequence[Word]]:
    """What stands between two marks, where no camera, no negation, no quotation and no finite verb is in it."""
    filmed = {index for found in parse.moves for index in range(found.first, found.last)}
    barred = [cue.span for cue in parse.labelled("negation", "audio", "lettering")]
    piece: list[Word] = []
    for word in (*parse.reading.words, None):
        ends = word is None or (bool(piece) and word.sentence != piece[0].sentence) or word.text in _MARKS
        if ends:
            free = not any(w.index in filmed or parse.masks.hides(w.start, w.end) for w in piece)
            free = free and not any(span.start <= w.start < span.end for w in piece for span in barred)
            told = piece[:-1] if _is_deed(piece, parse) else piece  # "slow eye | blink"
            finite_ones = any(w.kind in {"AUX", "NOT"} or (w.kind == "VERB" and w.form != "ing") for w in told)
            if piece and len(piece) <= _MOST and free and not finite_ones and not _in_a_row(piece[0], parse):
                yield tuple(piece)
            piece = []
        if word is not None and word.text not in _MARKS:
            if word.lower == "with" and piece and not any(w.kind in {"VERB", "AUX"} for w in piece):
                piece = []  # "a potter with a slow head turn"
            piece.append(word)


def _is_deed(piece: Sequence[Word], parse: Parse) -> bool:
    """Whether a bare form ends a piece that opens with how it is done: "gentle hand wave"."""
    telling = parse.vocabulary.telling
    opened = len(piece) > 1 and piece[0].lower in telling.manners and piece[-1].form == "base"
    return opened and piece[-1].lower in telling.deeds and parse.vocabulary.noun_kinds.get(piece[-2].lower) == "body"


def _going_on(piece: Sequence[Word], parse: Parse) -> str:
    """ "Gentle breathing", "slow blinking eyes": gently breathing, the eyes slowly blinking."""
    place = next((i for i, word in enumerate(piece) if word.lower not in parse.vocabulary.telling.manners), 0)
    verb, behind = piece[place], piece[place + 1 :]
    lemma = next((lemma for lemma, form in verb.verbs if form == "ing"), "")
    small = lemma in {*parse.vocabulary.telling.deeds.values()} and verb.lower.endswith("ing")
    alone = lemma in _BY_ITSELF - {"sway", "spin", "rotate", "turn"}  # "gentle swaying" is how all looks
    limb = len(behind) == 1 and parse.vocabulary.noun_kinds.get(behind[0].lower) == "body"
    if not place or not small or not (limb if behind else alone) or piece[place - 1].lower == "light":
        return ""
    how = " and ".join(dict.fromkeys(_ADVERBS.get(word.lower) or adverb(word.lower) for word in piece[:place]))
    return f"the {behind[0].lower} {how} {verb.lower}" if behind else f"{how} {verb.lower}"


def _in_a_row(word: Word, parse: Parse) -> bool:
    """ "A small, confident nod": behind a comma between adjectives."""
    before = parse.reading.words[max(0, word.index - 2) : word.index]
    described = len(before) == 2 and before[1].text == "," and before[0].sentence == word.sentence
    return described and (before[0].kind == "ADJ" or before[0].lower in parse.vocabulary.telling.manners)


def _clause(piece: Sequence[Word], parse: Parse) -> str:
    """The clause that says what a piece names, or nothing."""
    telling = parse.vocabulary.telling
    if goes_on := _going_on(piece, parse):
        return goes_on
    place = next((i for i, word in enumerate(piece) if _singular(word) in telling.deeds), None)
    place = len(piece) - 1 if place is None and _is_deed(piece, parse) else place
    if place is None or any(word.lower in parse.vocabulary.camera.subjects for word in piece):
        return ""
    noun, ahead, behind = piece[place], piece[:place], piece[place + 1 :]
    if behind and behind[0].kind not in {"PREP", "ADV"}:
        return ""
    if _singular(noun) in _VAGUE and any(word.lower in _LIFELIKE for word in ahead):
        return ""  # "natural body movement" says how all moves
    deed = telling.deeds[_singular(noun) or noun.lower]
    manner = [word for word in ahead if word.lower in telling.manners or (word.kind == "ADV" and _is_manner(word))]
    rest = [word for word in ahead if word not in manner and not (word is ahead[0] and word.lower in _ARTICLES)]
    how = " and ".join(dict.fromkeys(_ADVERBS.get(word.lower) or adverb(word.lower) for word in manner))
    if rest and rest[-1].lower.endswith("ing") and _singular(noun) in _VAGUE:
        return _doing(rest, how, behind, parse)
    if any(word.kind not in _PHRASE for word in rest):
        return ""
    if deed in _SPREADING and not (behind and behind[0].lower == "of") and (manner or rest):
        return f"{_text(ahead).strip()} {noun.text} spreading{_text(behind)}"
    if behind and behind[0].lower == "of" and not (manner or rest):
        return ""  # "turn of the century"
    if behind and behind[0].lower == "of":
        return _of(deed, rest, how, behind, parse)
    if rest:
        return _compound(deed, rest, how, behind, parse)
    return f"{how} {participle(deed, parse)}{_text(behind)}" if manner and deed in _BY_ITSELF else ""


def _doing(rest: Sequence[Word], how: str, behind: Sequence[Word], parse: Parse) -> str:
    """ "Subtle breathing motion": subtly breathing."""
    alone = len(rest) == 1 and any(form == "ing" for _, form in rest[0].verbs)
    moves = alone and rest[0].verbs[0][0] in parse.vocabulary.sets["motion"]
    return f"{how} {rest[0].lower}{_text(behind)}".strip() if moves and not behind else ""


def _of(deed: str, rest: Sequence[Word], how: str, behind: Sequence[Word], parse: Parse) -> str:
    """ "Slow turntable spin of the bottle"."""
    end = 1
    while end < len(behind) and behind[end].kind in _PHRASE:
        end += 1
    who = behind[1:end]
    carried = [_CARRIED.get(word.lower, "") for word in rest]
    if not who or who[-1].kind != "NOUN" or not all(carried) or (end < len(behind) and behind[end].kind == "CONJ"):
        return ""
    if who[-1].lower in parse.vocabulary.sets["telling_views"]:
        return ""
    named = _named(who)
    return f"{named} {_act(how, participle(deed, parse))}{''.join(f' {way}' for way in carried)}{_text(behind[end:])}"


def _compound(deed: str, rest: Sequence[Word], how: str, behind: Sequence[Word], parse: Parse) -> str:
    """ "Gentle head tilt", "the woman's hair movement"."""
    who, sets = rest[-1], parse.vocabulary.sets
    kind = parse.vocabulary.noun_kinds.get(who.lower, "")
    moved = kind in _BODILY or who.lower in sets["light_nouns"] or (kind in {"scenery", "thing"} and not rest[:-1])
    if who.kind != "NOUN" or not moved or who.lower in _CARRIED or any(word.kind == "NOUN" for word in rest[:-1]):
        return ""
    named = _named(rest)
    if who.lower in _PAIRED:
        named = f"{named[: -len(who.lower)]}{_PAIRED[who.lower]}"
    return f"{named} {_act(how, participle(deed, parse))}{_text(behind)}"


def _act(how: str, act: str) -> str:
    return f"{act} {how}" if " and " in how else f"{how} {act}".strip()


def _named(words: Sequence[Word]) -> str:
    """A noun phrase with an article: "head" is the head."""
    said = " ".join(word.text if word.index else word.lower for word in words)
    return said if words[0].kind == "DET" else f"the {said}"


def _text(words: Sequence[Word]) -> str:
    return "".join(f" {word.text}" for word in words)


def _singular(word: Word) -> str:
    return word.lower.removesuffix("s") if word.kind == "NOUN" else ""


def _is_manner(word: Word) -> bool:
    return word.lower.endswith("ly") or word.lower == "very"
