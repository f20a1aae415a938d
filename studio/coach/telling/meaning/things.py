"""The nouns of a prompt that name something in the picture, and what each of them is: what a proposal may move."""

from __future__ import annotations

from functools import lru_cache

from studio.coach.cues.negation import negated_words
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.wording.naming import is_proper
from studio.coach.vocabulary.load import Vocabulary
from studio.coach.vocabulary.phrases import Phrases

__all__ = ["is_named", "kind_of_thing", "lives", "things", "viewpoints"]

_COMPARED = {"like", "resembling", "reminiscent", "style", "inspired", "as"}
_OF = {
    "photo", "photograph", "picture", "image", "painting", "illustration", "drawing", "portrait", "render", "shot",
    "view", "video", "clip", "animation", "footage",
}  # fmt: skip
_OWNED = {"a", "an", "his", "her", "my", "old", "vintage", "antique"}  # "an old camera" is a thing; "the camera" films
_COLOURING = {"all", "in", "wearing", "of", "and"}
_FINITE = {"s", "base", "preterite"}
_AS_THINGS_DO = {
    "rise", "tower", "loom", "stretch", "glow", "shine", "burn", "float", "hang", "overlook", "surround", "reflect",
    "feature", "cover", "tell", "show", "go", "get", "make", "be", "have", "include",
}  # fmt: skip
_HIS = {"his", "her", "he", "she", "him"}
_SOLD = {
    "bottle", "can", "cup", "box", "bag", "pack", "packet", "jar", "logo", "ad", "advert", "commercial", "brand",
    "glass",
}  # fmt: skip
_FROM = {"from", "at", "by", "for"}
_LIFELESS = "figurine"
_SEEING = {"view", "perspective", "shot", "angle", "lens", "pov", "photo", "footage"}
_HUNG = {"gallery", "museum", "wall", "walls", "frame", "framed", "shelf", "easel", "mantel", "mantelpiece", "fridge"}
_SERVED = {"plate", "platter", "ice", "grill", "skewer", "dish", "tray", "counter", "plates", "hook", "toast"}
_AGED = {"old", "young", "little", "big"}
_MAKES = {"jaguar", "puma", "mustang", "beetle", "impala", "cougar", "viper", "bronco", "ram", "stingray", "barracuda"}
_NOBODY = {
    "subject", "viewer", "human", "god", "creator", "user", "customer", "client", "owner", "director", "photographer",
    "author", "designer", "brand", "narrator", "saint", "champion", "winner", "member", "other",
}  # fmt: skip
_ANY = {"person": "person", "animal": "wildlife", "vehicle": "vehicle"}
"""Where the table knows no ideas for a noun: what those of its kind do."""


def lives(noun: Word, parse: Parse) -> bool:
    """Whether a noun is somebody: a person, an animal, a name."""
    return parse.vocabulary.noun_kinds.get(noun.lower) in {"person", "animal"} or is_proper(noun, parse)


@lru_cache(maxsize=4)
def viewpoints(vocabulary: Vocabulary) -> Phrases[bool]:
    """The names of where something is seen from, and how near: the bird of a bird's-eye view is not there."""
    return Phrases([(phrase, True) for phrase in (*vocabulary.telling.angles, *vocabulary.camera.viewpoints)])


def things(parse: Parse) -> list[Word]:
    """The nouns that name something in the picture: not the camera's words, no comparison, no brand, nothing ruled
    out or behind a cut."""
    outside = _outside(parse)
    return [word for word in parse.reading.words if word.index not in outside and _names_something(word, parse)]


def kind_of_thing(word: Word, parse: Parse) -> str:
    """The noun under which the table has what a thing can do; "" where it has nothing."""
    known = parse.vocabulary.affordances_of
    if _portrayed(word, parse) or is_named(word, parse):
        return "person"
    if _is_likeness(word, parse):
        return _LIFELESS
    for key in (word.lemma, word.lower):
        if key in known:
            return key
    opens = word.index == parse.reading.starts[word.sentence]
    if {word.lower, word.lemma} & _NOBODY or (word.text[:1].isupper() and not word.text.isupper() and not opens):
        return ""  # what a name with a capital is, no list of nouns tells
    kind = parse.vocabulary.noun_kinds.get(word.lower) or parse.vocabulary.noun_kinds.get(word.lemma, "")
    doing = any(form == "base" for _, form in word.verbs)  # "a guide", "a guard": or is it done?
    return "" if doing and kind == "person" else _ANY.get(kind, "")


def _is_likeness(word: Word, parse: Parse) -> bool:
    """ "A teddy bear", "a statue of a lion", "the photo of a girl on the wall": what is only made in its likeness."""
    words = parse.reading.words
    if parse.vocabulary.noun_kinds.get(word.lower) not in {"person", "animal"} | {"vehicle"}:
        return False
    first = word.index
    while first and words[first - 1].sentence == word.sentence and words[first - 1].kind in {"ADJ", "NOUN", "DET"}:
        first -= 1
    made = {near.lower for near in words[first : word.index]} & parse.vocabulary.sets["telling_lifeless"]
    of = words[first - 1] if first > 1 and words[first - 1].lower == "of" else None
    likeness = words[of.index - 1] if of is not None else None
    if likeness is None or likeness.sentence != word.sentence:
        return bool(made) or (parse.vocabulary.noun_kinds.get(word.lower) == "animal" and _is_served(word, parse))
    hung = {near.lower for near in words[word.index + 1 :]} & _HUNG
    within = bool(hung) or any(near.kind in {"PREP", "PUNCT"} for near in words[: likeness.index])
    named = {likeness.lower, likeness.lemma}
    pictured = bool(named & (parse.vocabulary.sets["likenesses"] - {"silhouette"})) and within
    return bool(made) or pictured or bool(named & parse.vocabulary.sets["telling_likenesses"])


def _is_served(word: Word, parse: Parse) -> bool:
    """ "A crab on a plate", "a salmon on ice": nothing that would stir."""
    behind = [near.lower for near in parse.reading.words[word.index + 1 : word.index + 4]]
    return behind[:1] == ["on"] and any(near in _SERVED for near in behind[1:])


def is_named(word: Word, parse: Parse) -> bool:
    """ "Lily waves", "a quarrel between Max and Rose", "Orin, holding a lamp": a capital and no article."""
    words = parse.reading.words
    before = words[word.index - 1] if word.index else None
    after = words[word.index + 1] if word.index + 1 < len(words) else None
    opens = before is None or before.sentence != word.sentence
    acts = after is not None and (after.kind == "AUX" or (after.kind == "VERB" and after.form in _FINITE))
    aged = before is not None and before.lower in _AGED and before.text.istitle()
    determined = before is not None and not opens and before.kind in {"DET", "ADJ", "NUM"} and not aged
    given = word.lower in {*parse.vocabulary.nouns.feminine, *parse.vocabulary.nouns.masculine}
    kind = parse.vocabulary.noun_kinds.get(word.lower)
    several = word.plural and parse.vocabulary.noun_kinds.get(word.lemma) is not None
    capital = word.text[:1].isupper() and not word.text.isupper() and not several
    if not capital or kind in {"person", "animal"} or determined:
        return False
    titled = before is not None and not opens and before.kind == "NOUN" and before.text.istitle() and kind is None
    if titled and parse.vocabulary.noun_kinds.get(before.lower if before else "") == "person":
        return True  # "Captain Rowan"
    if given and (acts or not opens):
        return True
    thing = word.lower in parse.vocabulary.affordances_of or word.lemma in parse.vocabulary.affordances_of
    if thing or (kind is not None and not given) or (word.verbs and not given):
        return False
    return (given and after is not None and after.kind in {"PUNCT", "PREP", "CONJ"}) or _does_as_people_do(word, parse)


def _does_as_people_do(name: Word, parse: Parse) -> bool:
    """Whether a name that no list has is said to hold, wear or look, or something is his or hers."""
    words = parse.reading.words
    if any(word.kind in {"DET", "ADJ"} for word in words[max(0, name.index - 1) : name.index]):
        return False
    own = {name.index, *(word.index for word in words if word.head == name.index and word.kind == "ADJ")}  # "weary"
    busy = (word for word in words if word.head in own and word.kind == "VERB" and word.index > name.index)
    pair = words[name.index + 1 : name.index + 3]
    given = {*parse.vocabulary.nouns.feminine, *parse.vocabulary.nouns.masculine}
    if len(pair) == 2 and pair[0].lower in {"and", "&"} and pair[1].text.istitle() and pair[1].lower in given:
        return True  # "Ada and Max"
    alone = sum(word.kind == "NOUN" and word.text[:1].isupper() for word in words) == 1
    his = any(word.lower in _HIS for word in words[name.index + 1 :])
    return any(word.form == "ing" and word.lemma not in _AS_THINGS_DO for word in busy) or (alone and his)


def _outside(parse: Parse) -> set[int]:
    """The words that are nothing in the picture: of the camera, of looks, denied, unwanted, seen from, behind a cut."""
    words = parse.reading.words
    outside = set(negated_words(parse.reading, parse.vocabulary))
    spans = [
        cue.span
        for cue in (
            *parse.labelled("camera"),
            *parse.labelled("appearance", "quality tag"),
            *parse.labelled("style"),
            *parse.labelled("cut"),
            *(cue for cue in parse.labelled("lettering") if cue.sense != "surface with words"),
        )
    ]
    outside |= parse.within((*spans, *parse.masks.unwanted))
    for cue in parse.labelled("lettering", "surface with words"):  # of "a sign that says HERO" the sign may move
        written = [w for w in words if cue.span.start <= w.start < cue.span.end and w.text.isupper()]
        outside.update(w.index for w in written if not parse.prompt.isupper())
    for first, last, _ in viewpoints(parse.vocabulary).find(parse.reading.lowers):
        outside.update(range(first, last))
    for word in words:
        if word.lower in _SEEING:
            outside.update(_eyes_of(word, parse))
    nouns = [word.start for word in words if word.kind == "NOUN" and word.index not in outside]
    cuts = (cue.span.start for cue in parse.labelled("cut") if cue.sense not in {"story", "several"})
    end = next((start for start in cuts if nouns and nouns[0] < start), len(parse.prompt))
    return outside | {word.index for word in words if word.start >= end}


def _eyes_of(view: Word, parse: Parse) -> range:
    """ "Bird view", "an eagle's-eye view": the one whose eyes only say from where it is seen."""
    words, first = parse.reading.words, view.index
    while first > max(0, view.index - 4) and words[first - 1].sentence == view.sentence:
        before = words[first - 1]
        if (before.kind not in {"NOUN", "PUNCT"} and before.lower not in {"'s", "’s"}) or before.text in {
            ",",
            ".",
            ":",
        }:
            break
        first -= 1
    lowers = {word.lower for word in words[first : view.index]}
    animal = any(parse.vocabulary.noun_kinds.get(lower.rstrip("s")) == "animal" for lower in lowers)
    eyes = bool(lowers & {"eye", "eyes", "eyed"}) or (animal and view.lower in {"view", "perspective", "pov"})
    return range(first, view.index) if eyes else range(0)


def _names_something(word: Word, parse: Parse) -> bool:
    words = parse.reading.words
    if word.kind != "NOUN" or parse.masks.hides(word.start, word.end) or _compared(word, parse):
        return False
    after = words[word.index + 1] if word.index + 1 < len(words) else None
    near = after if after is not None and after.sentence == word.sentence else None
    if near is not None and (_in_a_compound(word, near, parse) or (near.lower == "of" and _is_medium(word))):
        return False
    if word.lower == "field" and word.index > 1 and words[word.index - 2].lower == "depth":
        return False
    if word.lower in parse.vocabulary.sets["indefinite"] | parse.vocabulary.sets["nobody"]:
        return False
    if near is not None and near.lower in {"'s", "’s"} and _only_owns(word, near, parse):
        return False
    before = words[word.index - 1].lower if word.index else ""
    colours = parse.vocabulary.appearance.colour
    beside = {near.lower for near in words[max(0, word.index - 2) : word.index + 3] if near is not word}
    row = any(lower in colours for lower in beside)
    if word.lower in colours and not word.plural and (before in _COLOURING or row):
        return False  # "wearing all orange" names no fruit
    if word.lower in parse.vocabulary.sets["telling_recorders"] and before not in _OWNED:
        return False
    return not _is_brand(word, parse)


def _only_owns(word: Word, mark: Word, parse: Parse) -> bool:
    """ "A palm reader's tent": whose it is need not be there; "a woman's hand" is a part of her."""
    kinds, hair = parse.vocabulary.noun_kinds, parse.vocabulary.sets["telling_hanging"]
    living = kinds.get(word.lower) in {"person", "animal"} and not is_named(word, parse)
    behind = parse.reading.words[mark.index + 1 : mark.index + 5]
    owned = next((near for near in behind if near.kind == "NOUN"), None)
    kind = kinds.get(owned.lower, "") if owned is not None else ""
    return living and owned is not None and kind in {"thing", "scenery", "vehicle"} and owned.lower not in hair


def _is_medium(word: Word) -> bool:
    return word.lower in _OF and word.lower != "portrait"


def _in_a_compound(word: Word, after: Word, parse: Parse) -> bool:
    """ "Cherry blossoms", "city ruins", "a glass-fronted hall": the first noun only says of what the second is."""
    if parse.prompt[word.end : after.start] == "-" or _before_a_place(word, after, parse):
        return True
    head = parse.reading.words[word.head] if word.dep in {"compound", "amod", "nmod"} else word
    if after.kind != "NOUN":  # "a horse chestnut tree", "a queen bed"
        return head.index > word.index and (after.kind == "ADJ" or (after is head and after.form not in {"s", "base"}))
    bare = not word.plural and all(form not in {"s", "preterite"} for _, form in after.verbs)  # "a queen bed"
    living = parse.vocabulary.noun_kinds.get(word.lower) in {"person", "animal"}
    return not after.verbs or bare or (not living and parse.vocabulary.noun_kinds.get(after.lower) is not None)


def _before_a_place(word: Word, after: Word, parse: Parse) -> bool:
    """ "A village house interior": the first of two things in a row is where or of what the second is."""
    kinds = parse.vocabulary.noun_kinds
    placed = kinds.get(after.lower) in {"scenery", "thing"} and kinds.get(word.lower) == "scenery"
    return placed and after.kind == "NOUN" and not after.plural


def _is_brand(word: Word, parse: Parse) -> bool:
    """ "A burger from Burger King", "a can of Red Bull": a name with a capital where what is sold comes from."""
    words, first = parse.reading.words, word.index
    if not word.text[:1].isupper() or word.text.isupper():
        return False
    while first and words[first - 1].sentence == word.sentence and words[first - 1].text[:1].isupper():
        first -= 1
    led = words[first - 1] if first and words[first - 1].sentence == word.sentence else None
    model = word.index > first and word.index > parse.reading.starts[word.sentence] + 1
    animal = parse.vocabulary.noun_kinds.get(word.lower) == "animal"
    if word.lower in _MAKES and (word.index > parse.reading.starts[word.sentence] or model):
        return True
    if model and animal and led is not None:
        return True  # "a Ford Mustang"
    if led is not None and led.lower in {"called", "named"} and led.index:
        return parse.vocabulary.noun_kinds.get(words[led.index - 1].lower) not in {"person", "animal", None}
    if led is None or led.kind != "PREP" or is_named(word, parse):
        return False
    sold = words[first - 2].lower in _SOLD if led.lower == "of" and first > 1 else False
    return sold or (led.lower in _FROM and word.index > first)


def _portrayed(word: Word, parse: Parse) -> bool:
    """ "Portrait of Frida": a name there is somebody."""
    before = parse.reading.words[max(0, word.index - 4) : word.index]
    return is_proper(word, parse) and any(near.lower in {"portrait", "selfie", "headshot"} for near in before)


def _compared(word: Word, parse: Parse) -> bool:
    """ "Like a mirror", "in the style of a film": no such thing is there."""
    for near in reversed(parse.reading.words[max(0, word.index - 5) : word.index]):
        if near.sentence != word.sentence or near.kind in {"PUNCT", "VERB"}:
            return False
        if near.lower in _COMPARED:
            return near.lower != "as" or near.kind == "PREP"
    return False
