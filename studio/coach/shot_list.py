"""A prompt of several shots, taken apart into one prompt for each."""

from __future__ import annotations

import re

from studio.coach.cues.parse import parse
from studio.coach.cues.shots import first_shot
from studio.coach.edits import tidy
from studio.coach.language.reading import encodable
from studio.coach.review import Coach
from studio.presets import Profile
from studio.shot import Beat, Brief

__all__ = ["split_prompt"]

_MOST = 12
_LABEL = re.compile(r"^\s*(?:shot|scene)\s*\d+\s*[:.–—-]\s*", re.IGNORECASE)


def split_prompt(coach: Coach, prompt: str, brief: Brief, profile: Profile) -> tuple[str, ...]:
    """One prompt for each shot, at most twelve: what follows a cut, or does not fit into the seconds, is another shot.

    Args:
        brief: its seconds are those of each shot.

    Raises:
        PromptError: the prompt is longer than 20,000 characters.
    """
    shots: list[str] = []
    rest = prompt
    while rest.strip() and len(shots) < _MOST - 1:
        review = coach.review(rest, brief, profile=profile)
        if not review.next_shot or review.next_shot.strip() == rest.strip():
            break
        read = parse(encodable(rest), coach.vocabulary)
        end = first_shot(read)
        own = [beat.text for beat in sorted(review.timeline.beats, key=_start) if beat.origin != "coach"]
        cut = end <= len(read.prompt) and not _spills(coach, read.prompt[:end], brief, profile)
        shots.append(_LABEL.sub("", tidy(read.prompt[:end])) if cut else " ".join(dict.fromkeys(own)))
        rest = review.next_shot
    return (*shots, rest) if rest.strip() or not shots else tuple(shots)


def _spills(coach: Coach, text: str, brief: Brief, profile: Profile) -> bool:
    """Whether a shot by itself holds more than its seconds do."""
    return bool(coach.review(text, brief, profile=profile).next_shot)


def _start(beat: Beat) -> float:
    return beat.start
