"""Light said in words: a look, or a light that the still does not have, put together from colours, glows and magic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from studio.coach.language.words import Reading, Word
from studio.coach.vocabulary.inflection import pluralise
from studio.coach.vocabulary.load import Vocabulary
from studio.coach.vocabulary.phrases import Phrases

__all__ = ["Light", "find_light"]

_PLACED = {"background", "backdrop", "ambient", "rim"}
"""Between a colour and its light, where it shines: "violet background light"."""
_APART = 3  # adjectives between a colour and its light, words between a glow and its magic
_SENTENCE = 40
_BEHIND = 4  # words after a light that say where it comes from

Light = tuple[int, int, str, str]
"""``words[first:last]``, the sense, and why."""


@dataclass(frozen=True)
class _Tables:
    stylised: Phrases[str]
    weak: Phrases[str]
    sets: dict[str, frozenset[str]]


@lru_cache(maxsize=4)
def _tables(v: Vocabulary) -> _Tables:
    light = v.light
    sets = dict(light.sets)
    sets["clothing"] = frozenset(v.appearance.clothing) | {"nails", "hair", "ski", "vest"}
    sets["shining"] = frozenset(light.nouns) | sets["fantastic"]
    sets["magical"] = sets["magic"] | sets["fantastic"]
    sets["colours"] = frozenset(v.appearance.colour)
    sets["openers"] = sets["unnatural"].union(sets["bathing"], sets["lamps"], {"lighting"})
    weak = [*((w, "weak light") for w in light.weak_light), *((w, "weak style") for w in light.weak_style)]
    stylised = {*light.stylised, *(pluralise(w) for w in light.stylised if w.endswith((" light", " beam", " shadow")))}
    return _Tables(Phrases([(w, "stylised") for w in sorted(stylised)]), Phrases(weak), sets)


def find_light(reading: Reading, vocabulary: Vocabulary) -> list[Light]:
    """Every stretch that asks for a light of its own ("stylised") or hints at one ("weak light", "weak style")."""
    tables, words = _tables(vocabulary), reading.words
    found: list[Light] = []
    for first, last, sense in tables.stylised.find(reading.lowers):
        if words[first].lower in {"dramatic", "rays", "shafts", "beams"} and _of_the_sun(words[first], words, tables):
            continue  # "the sun throws dramatic shadows"
        does = last < len(words) and words[last - 1].lower.endswith("ing") and words[last].kind == "DET"
        if not does and not _is_paint(words, first, last, tables):  # "light painting the sky" paints
            found.append((first, last, sense, "a light of its own"))
    for word in words:
        if word.lower in tables.sets["openers"] and (last := _coloured(word, words, tables)):
            found.append((word.index, last, "stylised", "coloured light"))
        elif word.lower in tables.sets["magical"]:
            magic = word.lower in tables.sets["magic"]
            near = _near(word, words, _APART + 1 if magic else 1)
            glow = next((w for w in near if _glows(w, tables, magic=magic) and w.lower != word.lower), None)
            if glow is not None:
                first, last = min(word.index, glow.index), max(word.index, glow.index) + 1
                found.append((first, last, "stylised", "a glow of magic"))
    found += [(first, last, sense, "hints at a light") for first, last, sense in tables.weak.find(reading.lowers)]
    return found


def _coloured(word: Word, words: tuple[Word, ...], tables: _Tables) -> int:
    """Where a light of its own ends that a word opens; 0 if it opens none."""
    return (
        _tinted(word, words, tables)
        or _bathed(word, words, tables)
        or _turns(word, words, tables)
        or _moody(word, words, tables)
    )


def _glows(word: Word, tables: _Tables, *, magic: bool) -> bool:
    """Whether a word is a glow; beside a thing that only glows in a fairy tale nothing less will do."""
    return word.lower in tables.sets["glows"] if magic else word.lower.startswith(("glow", "lumin"))


def _near(word: Word, words: tuple[Word, ...], reach: int) -> list[Word]:
    around = words[max(0, word.index - reach) : word.index + reach + 1]
    return [w for w in around if w.sentence == word.sentence and w.kind != "PUNCT"]


def _is_paint(words: tuple[Word, ...], first: int, last: int, tables: _Tables) -> bool:
    """ "A neon green jacket": neon with a colour is a colour, unless light follows."""
    if last - first > 1 or words[first].lower != "neon":
        return False
    if last < len(words) and words[last].lower in {"tetra", "tetras"}:
        return True
    end = last
    worn = [word.lower for word in words[last : last + 2] if word.sentence == words[first].sentence]
    if not tables.sets["clothing"].isdisjoint(worn):
        return True  # "a neon ski mask"
    if last == len(words) or words[last].lower not in tables.sets["colours"]:
        return False
    while end < len(words) and (words[end].lower in tables.sets["colours"] or words[end].lower in {"and", "&"}):
        end += 1
    return not (end < len(words) and words[end].lower in tables.sets["tinted"] | tables.sets["neon_lights"])


def _tinted(word: Word, words: tuple[Word, ...], tables: _Tables) -> int:
    """Where the light of a colour ends: "red and blue lights", "green, eerie glow"; 0 if it is no light."""
    if word.lower not in tables.sets["unnatural"]:
        return 0
    for near in words[word.index + 1 : word.index + _APART + 2]:
        if near.sentence != word.sentence:
            return 0
        if near.lower == "lit" and near.index == word.index + 1:  # "a green-lit cave"; not "green, lit by a lamp"
            after = words[near.index + 1] if near.index + 1 < len(words) else None
            return 0 if after is not None and after.kind in {"PREP", "ADV"} else near.index + 1
        if near.lower in tables.sets["tinted"]:
            behind = [w for w in words[near.index + 1 : near.index + 1 + _BEHIND] if w.sentence == word.sentence]
            body = bool(behind) and behind[0].lower in tables.sets["bodies"]
            daylight = (
                bool(behind) and behind[0].lower == "of" and any(w.lower in tables.sets["natural"] for w in behind)
            )
            return 0 if body or daylight else near.index + 1
        passes = near.lower in tables.sets["colours"] | tables.sets["kinds"] or near.text == ","
        after = words[near.index + 1] if near.index + 1 < len(words) else None
        passes = passes or (near.lower in _PLACED and after is not None and after.lower in tables.sets["tinted"])
        if near.kind not in {"ADJ", "CONJ"} and not passes:
            return 0
    return 0


def _bathed(word: Word, words: tuple[Word, ...], tables: _Tables) -> int:
    """Where "lit in red", "bathed in soft blue" ends, where a colour alone is the light; 0 otherwise."""
    if word.lower not in tables.sets["bathing"]:
        return 0
    linked = False
    for near in words[word.index + 1 : word.index + _APART + 3]:
        if near.sentence != word.sentence or near.kind == "PUNCT":
            return 0
        if near.lower in tables.sets["unnatural"]:
            after = words[near.index + 1] if near.index + 1 < len(words) else None
            ends = after is None or after.sentence != word.sentence or after.kind not in {"NOUN", "ADJ"}
            if linked and not ends:
                return _lamp(near, words, tables)
            return near.index + 1 if (linked or word.lower.startswith("glow")) and ends else 0
        linked = linked or near.lower in {"in", "by", "with", "from"}
        if linked and near.lower in tables.sets["colours"] and _row(near, words, tables):
            return _row(near, words, tables)
        if near.kind not in {"PREP", "DET", "ADJ", "ADV"}:
            return 0
    return 0


def _turns(word: Word, words: tuple[Word, ...], tables: _Tables) -> int:
    """Where "the lights turn violet" ends: a light that takes on a colour of its own; 0 otherwise."""
    lamp = words[word.index - 1] if word.index else None
    if word.lower not in tables.sets["lamps"] or (lamp is not None and lamp.lower in tables.sets["signals"]):
        return 0
    near = [w for w in words[word.index + 1 : word.index + _BEHIND + 2] if w.sentence == word.sentence]
    turned = next((w.index for w in near if w.could_be_of(tables.sets["turning"])), None)
    if turned is None or any(w.kind in {"PUNCT", "NOUN", "CONJ"} for w in words[word.index + 1 : turned]):
        return 0
    for colour in (w for w in near if w.index > turned):
        if colour.lower in tables.sets["unnatural"]:
            return colour.index + 1
        if colour.kind not in {"PREP", "DET", "ADJ", "ADV"}:
            return 0
    return 0


def _moody(word: Word, words: tuple[Word, ...], tables: _Tables) -> int:
    """Where "the lighting is soft and moody" ends; 0 otherwise."""
    after = words[word.index + 1 : word.index + 1 + _BEHIND + 1] if word.lower == "lighting" else ()
    if not after or after[0].kind != "AUX":
        return 0
    for near in after[1:]:
        if near.lower in tables.sets["moods"]:
            return near.index + 1
        if near.kind not in {"ADJ", "ADV", "AUX", "CONJ", "PUNCT"} or near.sentence != word.sentence:
            return 0
    return 0


def _of_the_sun(word: Word, words: tuple[Word, ...], tables: _Tables) -> bool:
    """Whether daylight of the same sentence throws it: "as the sun dips, the roofs glow in its last light"."""
    near = (w for w in words[max(0, word.index - _SENTENCE) : word.index + _SENTENCE] if w.sentence == word.sentence)
    return any(w.lower in tables.sets["suns"] for w in near)


def _row(colour: Word, words: tuple[Word, ...], tables: _Tables) -> int:
    """Where a row of colours ends that are the light: "lit by mauve, ochre and cyan"; 0 if they colour a thing."""
    last, known = colour.index, False
    while last + 1 < len(words) and words[last + 1].sentence == colour.sentence:
        near = words[last + 1]
        named = near.lower in tables.sets["colours"] | tables.sets["unnatural"] or near.lower in {",", "and"}
        listed = near.kind == "NOUN" and words[last].text == "," and words[near.index + 1 : near.index + 2]
        if not named and not (listed and words[near.index + 1].text in {",", "and"}):
            break
        known = known or near.lower in tables.sets["unnatural"]
        last += 1
    follows = words[last + 1] if last + 1 < len(words) else None
    colours = follows is not None and follows.sentence == colour.sentence and words[last].text not in {",", "and"}
    return 0 if not known or (colours and follows is not None and follows.kind in {"NOUN", "ADJ"}) else last + 1


def _lamp(colour: Word, words: tuple[Word, ...], tables: _Tables) -> int:
    """Where the coloured things that shine end: "lit by red emergency lamps", "glows with blue crystals"; else 0."""
    for near in words[colour.index + 1 : colour.index + _APART + 2]:
        if near.sentence != colour.sentence:
            return 0
        if near.lower in tables.sets["shining"]:
            return near.index + 1
        if near.lower not in tables.sets["colours"] | tables.sets["kinds"] and near.kind not in {"ADJ", "CONJ"}:
            return 0
    return 0
