"""The pace of the whole clip, wherever its author says it: "slow-motion shot of a dancer", "time-lapse of a square"."""

from __future__ import annotations

from collections.abc import Sequence

from studio.coach.cues.parse import Parse
from studio.coach.telling.wording.draft import Bit, Draft, fill, said
from studio.coach.telling.wording.prose import lower_first
from studio.coach.vocabulary.phrases import Phrases

__all__ = ["with_pace", "without_order"]

_LED = {"motion": "in", "slowmo": "in", "slomo": "in", "mo": "in", "time": "in", "lapse": "in a", "timelapse": "in a"}
"""How a pace leads to what happens at it; others stand alone ("Seamless loop.")."""


def with_pace(drafts: Sequence[Draft], parse: Parse, end: int) -> list[Draft]:
    """The sentences with the pace that was said before the character `end`, where they lost it."""
    told = list(drafts)
    if not told:
        return told
    words = parse.reading.words
    for first, last, _ in Phrases([(phrase, True) for phrase in parse.vocabulary.telling.pace]).find(
        parse.reading.lowers
    ):
        start = words[first].start
        near = {word.lower for word in words[max(0, first - 2) : first] if word.sentence == words[first].sentence}
        hidden = start >= end or parse.masks.hides(start, words[last - 1].end) or near & {"no", "not", "without"}
        if hidden or any(bit.source in range(first, last) for draft in told for bit in draft):
            continue
        pace = tuple(Bit(bit.text.lower(), bit.source) for bit in said(parse.reading, first, last))
        lead = _LED.get(words[last - 1].lower)
        place = next((at for at, draft in enumerate(told) if lead is not None and _happens(draft, parse)), None)
        if place is None or lead is None:
            return [*told, pace]
        opening = told[place][0]
        lowered = Bit(lower_first(opening.text, parse.vocabulary), opening.source, opening.coach, opening.filler)
        told[place] = (*fill(lead), *pace, Bit(",", filler=True), lowered, *told[place][1:])
        return told
    return told


def _happens(draft: Draft, parse: Parse) -> bool:
    """Whether a sentence is the author's and opens with who moves, not with the camera or a time."""
    opening = draft[0]
    if all(bit.coach for bit in draft) or not opening.text[:1].isalpha():
        return False
    filmed = any(found.first <= (bit.source or -1) < found.last for found in parse.moves for bit in draft[:3])
    return not filmed


def without_order(drafts: Sequence[Draft]) -> list[Draft]:
    """The sentences without a "first" that nothing follows: what came next was left out."""
    texts = [bit.text.lower() for draft in drafts for bit in draft]
    if not {"first", "initially"} & set(texts) or {"then", "next", "and", "finally", "afterwards", "second"} & set(
        texts
    ):
        return list(drafts)
    return [tuple(bit for at, bit in enumerate(draft) if not _counts(draft, at)) for draft in drafts]


def _counts(draft: Draft, at: int) -> bool:
    """Whether a word counts what is done ("the girl first bows"), not things ("the first girl")."""
    before = draft[at - 1].text.lower() if at else ""
    after = draft[at + 1].text.lower() if at + 1 < len(draft) else ""
    counts = draft[at].text.lower() in {"first", "initially"} and at > 0 and after != "person"  # "first-person view"
    return counts and before not in {"the", "a", "his", "her", "its"}
