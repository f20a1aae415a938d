"""The sentences of a story put together: each said once, none waiting for one that was left out."""

from __future__ import annotations

from dataclasses import replace

from studio.coach.telling.wording.draft import Draft, sources

__all__ = ["once", "opened"]

_PACES = {"slowly", "steadily", "quickly", "smoothly", "gently", "then"}
_SAME_MOVE = 6  # words: "the camera arcs slowly a few [degrees]"
_OPENING = 4  # words before a "then" that opens a story


def opened(drafts: list[Draft]) -> list[Draft]:
    """Without the "then" of the first sentence, where what came before it was left out."""
    first = next(
        (place for place, draft in enumerate(drafts) if any(bit.text.lower() == "then" for bit in draft)), None
    )
    verbless = first is not None and all(bit.coach for draft in drafts[:first] for bit in draft)
    if first is None or not verbless:
        return drafts
    place = next(i for i, bit in enumerate(drafts[first]) if bit.text.lower() == "then")
    if place > _OPENING or any(bit.text == "," for bit in drafts[first][:place]):
        return drafts
    return [*drafts[:first], (*drafts[first][:place], *drafts[first][place + 1 :]), *drafts[first + 1 :]]


def once(drafts: list[Draft]) -> list[Draft]:
    """Each sentence once; of the coach's own, one that is the start of another says nothing new."""
    texts = [_plain(draft) for draft in drafts]
    kept: list[Draft] = []
    for place, (draft, text) in enumerate(zip(drafts, texts, strict=True)):
        others = [other for i, other in enumerate(texts) if i < place or (i > place and other != text)]
        opening = text.split()[:_SAME_MOVE]
        moved_by = _unhurried(text)
        moved = text.startswith("the camera ") and any(t.split()[:_SAME_MOVE] == opening for t in texts[:place])
        repeated = all(bit.coach for bit in draft) and (moved or any(other.startswith(text) for other in others))
        again = moved_by.startswith("the camera ") and any(
            f"{_unhurried(other)} ".startswith(f"{moved_by} ")
            for i, other in enumerate(texts)
            if i != place and (i < place or _unhurried(other) != moved_by)
        )
        if text not in texts[:place] and not repeated and not again:
            kept.append(draft)
        elif (
            first := next((i for i, other in enumerate(kept) if _unhurried(_plain(other)).startswith(moved_by)), None)
        ) is not None:
            end = kept[first][-1]
            kept[first] = (*kept[first][:-1], replace(end, also=(*end.also, *sources(draft))))
    return kept


def _unhurried(text: str) -> str:
    """Without how fast: "the camera slowly zooms" is said again by "the camera zooms in"."""
    return " ".join(word for word in text.split() if word not in _PACES)


def _plain(draft: Draft) -> str:
    return " ".join(bit.text for bit in draft).rstrip(".").lower()
