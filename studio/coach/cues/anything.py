"""Whether anything moves in a prompt at all: an event, a camera move, or a motion that is only named."""

from __future__ import annotations

from studio.coach.cues.named_motions import named_motions
from studio.coach.cues.negation import negated_words
from studio.coach.cues.parse import Parse
from studio.coach.cues.rows import rows_of
from studio.coach.language.words import Word

__all__ = ["anything_moves"]

_COMING = {"happen", "occur", "emerge", "arise", "materialize", "materialise", "ensue", "erupt", "collapse"}
_STILL = {"static", "still", "fixed", "steady", "locked", "none", "stationary", "minimal"}
_MOST_NEGATED = 40
_PHRASE = 6  # words from a preposition to its noun


def anything_moves(parse: Parse) -> bool:
    """Whether the author asks for a motion of any kind."""
    return (
        bool(parse.events)
        or any(found.move != "static" for found in parse.moves)
        or _named_motion(parse)
        or _changes_over(parse)
        or rows_of(parse) is not None
        or any(_radiates(word, parse) for word in parse.reading.words)
        or _comes_about(parse)
    )


def _comes_about(parse: Parse) -> bool:
    """ "A bolt of light happens between them": something comes to be, though no list of motions has it."""
    denied = set(negated_words(parse.reading, parse.vocabulary))
    acts = (
        (word.kind == "VERB" and word.lemma in _COMING and word.form in {"s", "ing", "preterite"})
        or (word.lower.endswith("s") and word.lower[:-1] in _COMING - {"collapse"})
        for word in parse.reading.words
        if word.index not in denied and not parse.masks.hides(word.start, word.end)
    )
    return any(acts)


def _named_motion(parse: Parse) -> bool:
    """ "A smooth camera move", "pasta rotation": a motion said as a noun; "no camera movement" says none."""
    words, unwanted = parse.reading.words, parse.labelled("negation")[:_MOST_NEGATED]

    def wanted(word: Word) -> bool:
        after = words[word.index + 1 : word.index + 3]
        stays = len(after) == 2 and after[0].lower in {"is", "stays", "remains", ":"} and after[1].lower in _STILL
        return not stays and not any(cue.span.start <= word.start < cue.span.end for cue in unwanted)

    if any(wanted(words[last - 1]) and wanted(words[first]) for first, last in named_motions(parse)):
        return True
    return any((_stirs(word, parse) or _animates(word, parse)) and wanted(word) for word in words)


def _changes_over(parse: Parse) -> bool:
    """ "The scene shifts from a beach to a forest": two places, and a change that is seen between them."""
    verbs = parse.vocabulary.sets["changing_over"]
    cuts = [cue.span for cue in parse.labelled("cut", "cut")]
    words = parse.reading.words if cuts else ()
    return any(word.could_be_of(verbs) and any(s.start <= word.start < s.end for s in cuts) for word in words)


def _radiates(word: Word, parse: Parse) -> bool:
    """ "Light radiating from a pond", "a robot glowing ominously": light that does something, and is no mere look."""
    if word.lemma in {"shine", "cut", "sweep"} and word.form in {"s", "ing"}:  # "a searchlight sweeps over the yard"
        ahead = parse.reading.words[max(0, word.index - 4) : word.index]
        return any(near.lower in {"beam", "beams", "searchlight", "spotlight"} for near in ahead)
    shines = word.lemma in {"glow", "shine", "radiate", "emanate"}
    if not shines or word.form not in {"s", "base", "ing", "attributive"}:
        return False
    words = parse.reading.words
    before, after = words[max(0, word.index - 2) : word.index], words[word.index + 1 : word.index + 2]
    light = any(near.lower in parse.vocabulary.sets["light_nouns"] for near in before)
    said = after if word.form == "attributive" else (*before[-1:], *after)  # "a softly glowing lamp" is a look
    manner = any(near.kind == "ADV" and near.lower.endswith("ly") for near in said)
    return manner or (word.lemma in {"radiate", "emanate"} and light)


def _animates(word: Word, parse: Parse) -> bool:
    """ "Animate the water and the clouds": they are to move, however; "animate this photo" names nothing that does."""
    if word.form != "base" or word.lemma != "animate":
        return False
    near = parse.reading.words[word.index + 1 : word.index + 1 + _PHRASE]
    thing = next((other for other in near if other.kind == "NOUN" and other.sentence == word.sentence), None)
    return thing is not None and thing.lower not in parse.vocabulary.sets["picture"] | {"it", "everything"}


def _stirs(word: Word, parse: Parse) -> bool:
    """ "Hair in the wind", "a pier, soft waves": nature that moves; not "enjoying the breeze", "wind turbines"."""
    if word.kind != "NOUN" or word.lower not in parse.vocabulary.sets["stirring"]:
        return False
    around = parse.reading.words[max(0, word.index - _PHRASE) : word.index + 2]
    near = [other for other in around if other.sentence == word.sentence]
    after = near.pop() if near[-1] is not word else None
    if after is not None and after.kind in {"NOUN", "ADJ", "VERB"}:
        return False
    before = next((other for other in reversed(near[:-1]) if other.kind not in {"DET", "ADJ", "NOUN"}), None)
    return before is None or before.kind in {"PUNCT", "CONJ"} or before.lower == "in"
