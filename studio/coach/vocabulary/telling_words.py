"""The words for telling a prompt again and for proposing: what ``telling.toml`` and ``affordances.toml`` hold."""

from __future__ import annotations

from studio.coach.vocabulary.wordlists import WordLists, Words
from studio.shot import Layer, Move, Record

__all__ = ["Affordance", "Affordances", "Captions", "GentleMove", "Idea", "Telling"]


class Idea(Record):
    """A small motion: ``{noun}`` is the user's word, ``<blinks|blink>`` what follows one or several.

    Attributes:
        needs: words of which the prompt must hold one.  unless: words that speak against it.
        outdoors: whether it needs wind or weather.
    """

    layer: Layer
    text: str
    needs: Words = ()
    unless: Words = ()
    outdoors: bool = False


class Affordance(Record):
    """What a class of things can do. ``background`` things are offered after the others."""

    nouns: Words
    ideas: tuple[Idea, ...]
    unless: Words = ()
    background: bool = False


class GentleMove(Record):
    """A camera move that any still can carry."""

    move: Move
    text: str


class Affordances(Record):
    """Suggestions for a prompt without motion; ``default`` where no noun is known, ``indoors`` names rooms."""

    indoors: Words
    default: tuple[Idea, ...]
    camera: tuple[GentleMove, ...]
    affordance: tuple[Affordance, ...]


class Captions(WordLists):
    """How captions are worded; see the comments in ``telling.toml``."""

    looks: Words
    filmed: Words
    filming: Words
    sizes: Words
    notions: Words
    several: Words
    seeing: Words
    worn: Words
    how: Words
    cameras: Words
    falling: dict[str, str]
    bursts: dict[str, str]


class Telling(WordLists):
    """How a prompt is told again; see the comments in ``telling.toml``."""

    shows: Words
    views: Words
    not_measures: Words
    wishes: Words
    notions: Words
    recorders: Words
    states: Words
    arriving: Words
    attending: Words
    binding: Words
    places: Words
    sides: Words
    pace: Words
    reading: Words
    governing: Words
    courtesy: Words
    modals: Words
    pleas: Words
    lanes: Words
    keeping: Words
    heard: Words
    called: Words
    angles: Words
    stirring: Words
    doing: Words
    events: Words
    time: Words
    rare: Words
    growing_so: Words
    crafts: Words
    doing_so: Words
    hanging: Words
    drifting: Words
    which: Words
    pouring: Words
    manners: Words
    lifeless: Words
    likenesses: Words
    deeds: dict[str, str]
    captions: Captions
