"""The forms of English words, made by rule."""

from __future__ import annotations

import re

__all__ = ["inflect", "pluralise"]


def pluralise(noun: str) -> str:
    """The regular plural of an English noun."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def inflect(lemma: str, irregular: tuple[str, str] | None = None) -> list[tuple[str, str]]:
    """The forms of an English verb as (form, name); both "travelling" and "traveling" where usage differs."""
    third = (
        pluralise(lemma)
        if lemma not in {"be", "have", "do", "go"}
        else {"be": "is", "have": "has", "do": "does", "go": "goes"}[lemma]
    )
    forms = [(lemma, "base"), (third, "s")]
    stems = {lemma}
    if re.search(r"[^aeiou][aeiou][^aeiouwxy]$", lemma) or re.search(r"qu[aeiou][^aeiouwxy]$", lemma):
        short = len(re.findall(r"[aeiouy]+", lemma)) == 1
        stems = {lemma + lemma[-1]} if short else {lemma, lemma + lemma[-1]}
    if lemma.endswith("ie"):
        ing = {lemma[:-2] + "ying"}
    elif lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and lemma != "be":
        ing = {lemma[:-1] + "ing"}
    else:
        ing = {stem + "ing" for stem in stems}
    forms += [(form, "ing") for form in sorted(ing)]
    if irregular:
        past, participle = irregular
        forms.append((past, "past" if past == participle else "preterite"))
        forms.append((participle, "past"))
    if irregular and lemma.endswith(("ee", "ie")):
        return forms  # "seed", "lied" are other words; "burned", "leaped", "shined" are only said besides
    if lemma.endswith("e"):
        regular = {lemma + "d"}
    elif lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        regular = {lemma[:-1] + "ied"}
    else:
        regular = {stem + "ed" for stem in stems}
    return forms + [(form, "past") for form in sorted(regular) if (form, "past") not in forms]
