"""How far or how fast: the adverbs around a verb."""

from __future__ import annotations

from studio.coach.vocabulary import Vocabulary
from studio.coach.words import Reading
from studio.shot import Level

__all__ = ["level_near"]


def level_near(reading: Reading, head: int, last: int, vocabulary: Vocabulary) -> Level:
    """The level that the adverbs around ``words[head:last]`` give; 2 where none does."""
    words = reading.words
    first, end = max(0, head - 3), min(len(words), last + 3)
    best: tuple[int, int] | None = None
    for start, _, level in vocabulary.levels.find(reading.lowers[first:end]):
        place = first + start
        between = words[min(place, head) : max(place, head)]
        crossed = any(word.kind == "PUNCT" or word.sentence != words[head].sentence for word in between)
        crossed = crossed or (place < head and any(word.kind == "VERB" for word in between[:-1]))
        distance = abs(place - head)
        if not crossed and (best is None or distance < best[0]):
            best = (distance, level)
    return best[1] if best else 2
