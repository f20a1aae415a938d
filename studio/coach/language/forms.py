"""The forms of verbs: what the model read, in the coach's terms, and words said again as another part of speech."""

from __future__ import annotations

from studio.coach.language.model import Parsed
from studio.coach.language.words import Word

__all__ = ["as_deed", "as_quality", "form_of", "looks_like"]


def as_deed(word: Word, lemma: str) -> Word:
    """A form in -s as what somebody does."""
    return word.but(kind="VERB", form="s", lemma=lemma, plural=False)


def as_quality(word: Word) -> Word:
    """A word as an adjective."""
    return word.but(kind="ADJ", form="", lemma=word.lower)


def looks_like(lower: str, form: str) -> bool:
    """Whether a spelling can be that form of a regular verb."""
    endings = {"ing": ("ing",), "s": ("s",), "past": ("ed",), "passive": ("ed",), "preterite": ("ed",)}
    return lower.endswith(endings.get(form, "")) and not (form == "s" and lower.endswith(("ss", "us", "is")))


def form_of(said: Parsed) -> str:
    """The form of a verb, by its features, in the coach's terms."""
    features = said.morph
    if "VerbForm=Part" in features:
        if "Tense=Pres" in features:
            return "ing"
        return "passive" if "Voice=Pass" in features and said.dep not in {"acl", "amod", "advcl"} else "past"
    if "Tense=Past" in features:
        return "preterite"
    return "s" if "Person=3" in features else "base"
