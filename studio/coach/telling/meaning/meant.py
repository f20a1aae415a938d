"""Which verbs of a prompt say what is to be seen, and who does it where the nearest noun is not meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.meaning.editing import of_the_edit, uncut
from studio.coach.telling.meaning.things import lives
from studio.coach.telling.wording.naming import is_proper, measured, phrase_start

__all__ = ["WHOLE", "WRAPPING", "agreeing", "busy", "is_item", "is_meant", "is_notion", "named", "untimed"]

_POSSIBLE = {"way", "path", "chance", "place", "space", "room", "ability", "opportunity", "reason", "time", "route"}
_FILMING = {"move", "circle", "glide", "rise", "descend", "pull", "push", "orbit", "travel", "approach", "advance",
            "pan", "tilt", "sweep", "zoom", "rotate", "arc", "draw"}  # fmt: skip
_BY_ITSELF = {
    "pass",
    "pour",
    "fall",
    "drift",
    "float",
    "flow",
    "rise",
    "swirl",
    "rush",
    "crash",
    "roll",
    "drip",
    "melt",
}
_FIRMS = {"company", "brand", "business", "firm", "startup", "agency", "organization", "organisation"}
_HANDLING = {"raise", "lift", "hold", "throw", "wave", "carry", "pour", "toss", "clink", "drink", "eat", "open"}
_UNCUT = 12  # characters of "no jump cuts" before the cuts
_DOING = {"s", "ing", "base", "preterite"}
_NAMING = {"amod", "nmod", "compound", "obj", "obl", "nsubj"}  # "in full bloom"
WHOLE = {"breathe", "bounce", "hop", "jump"}
"""What somebody does and no part of him: no eye breathes."""
WRAPPING = {"wrap", "engulf", "surround", "swallow", "hide", "bury", "coat", "envelop"}
"""What growing things do to others, too: "vines growing and wrapping the stone"."""
_LIVING = {"person", "animal"}
_PARTS = {"eye", "eyes", "head", "hand", "hands", "ear", "ears", "mouth", "lips", "brow", "eyebrows"}
_MARKS = ",.;\n"
_ONE = {"is", "was", "has"}


def busy(parse: Parse) -> frozenset[int]:
    """The verbs of what anybody does or attends to, whether or not a list of motions has them; not those of looks,
    of light and of talk about the picture."""
    sets = parse.vocabulary.sets
    talk = (
        sets["light_state"]
        | sets["lying"]
        | (sets["meta"] | sets["telling_shows"] | sets["state"]) - sets["telling_attending"]
    )
    words = parse.reading.words
    unbroken = (
        {start + shift for start in uncut(parse.prompt) for shift in range(_UNCUT)} if "cut" in parse.prompt else ()
    )
    return frozenset(
        word.index
        for word, after in zip_longest(words, words[1:])
        if word.kind == "VERB" and word.form in _DOING and word.dep not in _NAMING and word.lemma not in talk
        if word.lemma not in sets["impressions"] or (after is not None and after.kind == "PREP")  # "looks sad"
        if not (word.dep == "ROOT" and _shown(word, parse))
        if word.start not in unbroken
        and word.index not in parse.described
        and not parse.masks.hides(word.start, word.end)
    )


def _shown(verb: Word, parse: Parse) -> bool:
    """ "The scene opens": what the picture does, nobody in it does."""
    picture = parse.vocabulary.sets["picture"] | parse.vocabulary.sets["telling_views"]
    ahead = parse.reading.words[parse.reading.starts[verb.sentence] : verb.index]
    return any(word.lower in picture and word.head == verb.index for word in ahead)


def is_meant(event: Event, parse: Parse) -> bool:
    """Whether a verb says what happens: not "a way to leave", nor "in the style of The Sinking Ship"."""
    return not (
        _possible(event, parse)
        or _of_a_style(event, parse)
        or _is_a_style(event, parse)
        or _is_the_camera(event, parse)
        or is_notion(event, parse)
        or _of_a_picture(event, parse)
        or _of_the_clip(event, parse)
        or _is_an_edit(event, parse)
    )


def _is_an_edit(event: Event, parse: Parse) -> bool:
    """ "Outro: fade to white": no man fades."""
    if event.lemma != "fade":
        return False
    spans = (span for span, name in of_the_edit(parse.prompt) if name == "editing")
    return any(span.start <= event.head < span.end for span in spans)


def _possible(event: Event, parse: Parse) -> bool:
    """ "A way to leave the hall", "a chance to jump": what could be done, and nobody does."""
    lead = parse.reading.words[max(0, event.verb - 2) : event.verb]
    if len(lead) == 2 and lead[1].lower == "of" and lead[0].kind == "NOUN" and event.tie == "participle":
        return True  # "a night of camping"
    return len(lead) == 2 and lead[1].lower == "to" and lead[0].lower in _POSSIBLE


def _of_a_style(event: Event, parse: Parse) -> bool:
    """ "In the style of The Sinking Ship": of what a style is called, nothing moves."""
    start = parse.reading.words[event.verb].start
    ahead = [cue.span for cue in parse.labelled("style") if cue.span.end <= start]
    near = event.tie == "attributive" and bool(ahead)
    return near and not any(mark in parse.prompt[ahead[-1].end : start] for mark in _MARKS)


def _is_a_style(event: Event, parse: Parse) -> bool:
    """ "In the style of a calming palette": the style itself does nothing."""
    start = parse.reading.words[event.subject].start if event.subject is not None else -1
    return any(cue.span.start <= start < cue.span.end for cue in parse.labelled("style"))


def _of_a_picture(event: Event, parse: Parse) -> bool:
    """ "A blinding scene of a storm": what the picture is like, not what the storm does."""
    if event.tie != "attributive" or event.verb + 1 >= len(parse.reading.words):
        return False
    noun = parse.reading.words[event.verb + 1].lower
    return noun in parse.vocabulary.sets["picture"] | parse.vocabulary.sets["telling_views"]


def _of_the_clip(event: Event, parse: Parse) -> bool:
    """ "The camera circles the statue, highlighting its strength": what a move is for; the statue does nothing."""
    verb = parse.reading.words[event.verb]
    behind = event.verb > 0 and parse.reading.words[event.verb - 1].text == ","
    filmed = any(f.first < event.verb and parse.reading.words[f.first].sentence == verb.sentence for f in parse.moves)
    return behind and filmed and verb.form == "ing" and event.lemma in parse.vocabulary.sets["meta"]


def is_notion(event: Event, parse: Parse) -> bool:
    """ "The essence of old craft blending with the new": what is only thought, nobody sees moving."""
    noun = parse.reading.words[event.subject] if event.subject is not None else None
    if noun is None or noun.kind != "NOUN":
        return False
    if noun.lower in _FIRMS:
        return True  # "a company that builds cars": what it is, and nobody sees it build
    return {noun.lemma, measured(noun, parse).lemma} & parse.vocabulary.sets["telling_notions"] != set()


def _is_the_camera(event: Event, parse: Parse) -> bool:
    """ "The camera arcs around the tower. As it circles, ...": it is the camera, whose move is told already."""
    words = parse.reading.words
    who = words[event.subject] if event.subject is not None else None
    if who is None or who.lower != "it" or event.lemma not in _FILMING:
        return False
    opening = words[parse.reading.starts[who.sentence] : who.index]
    films = any(word.lower == "camera" for word in parse.reading.sentence_before(who)[:3])
    return films and all(word.kind in {"CONJ", "ADV", "PREP", "PUNCT"} for word in opening)


def is_item(event: Event, words: Sequence[Word], parse: Parse) -> bool:
    """ "..., falling leaves, ...": a motion that is an item of its own in a list, not the look of something.

    `words` are those of its clause.
    """
    verb = parse.reading.words[event.verb]
    who = parse.reading.words[event.subject] if event.subject is not None else verb
    known = bool(event.actor) or who.lower in parse.vocabulary.nouns.mass
    label = parse.reading.labels.get(verb.sentence)
    heard = label is not None and label[0].lower in parse.vocabulary.sets["telling_heard"]
    ahead = (word.kind in {"DET", "ADJ", "ADV", "NUM"} for word in words if word.index < verb.index)
    others = (word.kind in {"AUX", "PRON", "VERB"} and word is not verb for word in words)
    return event.layer == "scene" and known and not heard and all(ahead) and not any(others)


def untimed(event: Event, parse: Parse) -> Event:
    """ "3-7 s: turns slowly": the unit of a time does nothing."""
    start = parse.reading.words[event.subject].start if event.subject is not None else -1
    timed = any(mark.span.start <= start < mark.span.end for mark in parse.masks.times)
    return replace(event, subject=None) if timed else event


def _of_its_noun(event: Event, parse: Parse) -> Event:
    """ "A man with an umbrella, pouring rain, passing cars": in a list the cars pass, not the man."""
    words = parse.reading.words
    near = words[event.verb - 1 : event.verb + 3] if event.verb else ()
    if len(near) < 3 or near[0].text != "," or near[1].form != "ing" or event.lemma not in _BY_ITSELF:
        return event
    noun = near[2]
    ends = len(near) < 4 or near[3].sentence != noun.sentence or near[3].kind == "PUNCT"
    known = parse.vocabulary.noun_kinds.get(noun.lower) or noun.lower in parse.vocabulary.nouns.mass
    if noun.kind != "NOUN" or not ends or not known or not (noun.plural or noun.lower in parse.vocabulary.nouns.mass):
        return event
    actor = parse.vocabulary.noun_kinds.get(noun.lower, "")
    return replace(event, subject=noun.index, actor=actor, tie="attributive", layer="scene")


def _of_the_whole(event: Event, parse: Parse) -> Event:
    """ "The eyes blinking, softly breathing, bouncing": no eye breathes or bounces; whoever is named first does."""
    words = parse.reading.words
    part = words[event.subject] if event.subject is not None else None
    whole = event.lemma in WHOLE and words[event.verb].form == "ing"
    if part is None or part.lower not in _PARTS or not whole or part.index + 3 > event.verb:
        return event
    who = next((w for w in words[: event.verb] if lives(w, parse)), None)
    return replace(event, subject=None if who is None else who.index, actor="person")


def _by_hand(event: Event, parse: Parse) -> Event:
    """ "Falling petals and lifting baskets": somebody lifts them, and no petal."""
    words = parse.reading.words
    noun = words[event.subject] if event.subject is not None else None
    handles = event.lemma in _HANDLING and words[event.verb].form == "ing"
    if noun is None or not handles or noun.index < 1 or noun.index + 2 != event.verb:
        return event
    joined = words[noun.index + 1].lower == "and" and words[noun.index - 1].lower.endswith("ing")
    living = parse.vocabulary.noun_kinds.get(noun.lower) in _LIVING or noun.kind != "NOUN"
    return replace(event, subject=None, actor="") if joined and not living else event


def agreeing(event: Event, parse: Parse) -> Event:
    """ "A kite held by two boys is rising": not the boys, who are two; the noun before them that is one. "She wears a
    dress and carries a bag": not the dress. "Fan-shaped leaves sway": not the fan."""
    words = parse.reading.words
    event = _by_hand(_of_the_whole(_of_its_noun(event, parse), parse), parse)
    noun = words[event.subject] if event.subject is not None else None
    other = (
        _before_a_ground(event, parse)
        or _before_a_place(event, parse)
        or _of_the_holder(event, parse)
        or _of_the_row(event, parse)
        or _behind_a_hyphen(event, parse)
        or (named(noun, parse) if noun else None)
    )
    if other is not None:
        return replace(event, subject=other.index, actor=parse.vocabulary.noun_kinds.get(other.lower, ""))
    helper = words[event.verb - 1] if event.verb else None
    one = helper is not None and (helper.lower in _ONE or words[event.verb].form == "s")
    if noun is None or noun.kind != "NOUN" or not noun.plural or not one or is_proper(noun, parse):
        return event
    start = phrase_start(noun, parse)
    held = start > 0 and words[start - 1].kind == "PREP" and words[start - 1].sentence == noun.sentence
    if not held or noun.lower in parse.vocabulary.sets["collectives"]:
        return event
    ahead = words[parse.reading.starts[noun.sentence] : start - 1]
    other = next((word for word in reversed(ahead) if _may_be_one(word, parse)), None)
    if other is None:
        return event
    return replace(event, subject=other.index, actor=parse.vocabulary.noun_kinds.get(other.lower, ""))


def named(noun: Word, parse: Parse) -> Word | None:
    """The name that a noun between two commas only explains: Nora in "Nora, the shy fox, dances"."""
    words, start = parse.reading.words, phrase_start(noun, parse)
    ends = noun.index + 1 < len(words) and words[noun.index + 1].text == ","
    if not ends or start < 2 or words[start].lower not in {"the", "a", "an"} or words[start - 1].text != ",":
        return None
    name, before = words[start - 2], words[start - 3] if start > 2 else None
    held = before is not None and before.sentence == name.sentence and before.kind in {"PREP", "PUNCT"}
    fits = name.kind == "NOUN" and name.sentence == noun.sentence and is_proper(name, parse)
    return name if fits and not held else None


def _before_a_ground(event: Event, parse: Parse) -> Word | None:
    """ "A black background and a streak (white) slashes through it": what is behind it all does nothing."""
    words = parse.reading.words
    noun = words[event.subject] if event.subject is not None else None
    if noun is None or noun.lower not in {"background", "backdrop", "foreground"} or noun.index > event.verb:
        return None
    apart = False
    for word in reversed(words[noun.index + 1 : event.verb]):
        apart = (apart or word.text == ")") and word.text != "("
        if word.kind == "NOUN" and not apart:
            return word
    return None


def _before_a_place(event: Event, parse: Parse) -> Word | None:
    """ "Nimbus from the archive offering a key": not the archive. "A guard in first person writing": not the person."""
    words = parse.reading.words
    noun = words[event.subject] if event.subject is not None else None
    if noun is None or noun.kind != "NOUN" or words[event.verb].form != "ing" or noun.index > event.verb:
        return None
    start = phrase_start(noun, parse)
    if start < 2 or words[start - 1].sentence != noun.sentence or words[start - 2].kind != "NOUN":
        return None
    lead, kinds = words[start - 1].lower, parse.vocabulary.noun_kinds
    viewed = noun.lower == "person" and lead == "in" and words[start].lower in {"first", "second", "third"}
    comes = lead == "from" and kinds.get(noun.lower, "") in {"", "thing", "scenery"}
    if not viewed and not comes:
        return None
    who = words[start - 2]
    ahead = words[parse.reading.starts[who.sentence] : phrase_start(who, parse)]
    return None if any(word.kind in {"VERB", "AUX", "PREP"} for word in ahead) else who


def _of_the_holder(event: Event, parse: Parse) -> Word | None:
    """ "A man with grey hair walking home": not the hair. "A vase lit by a lamp giving off steam": not the lamp."""
    words = parse.reading.words
    noun = words[event.subject] if event.subject is not None else None
    if noun is None or noun.kind != "NOUN" or words[event.verb].form != "ing" or noun.index > event.verb:
        return None
    head = words[noun.head] if 0 <= noun.head < noun.index else None
    pictures = parse.vocabulary.sets["picture"] | parse.vocabulary.sets["telling_views"]
    if noun.lower in pictures:  # "a portrait shows a cat, slowly turning"
        shown = (w for w in words[noun.index + 1 : event.verb] if w.kind == "NOUN" and w.dep != "compound")
        kinds = parse.vocabulary.noun_kinds
        return next((w for w in shown if kinds.get(w.lower) in {"person", "animal"}), None)
    if noun.dep == "obl:agent" and head is not None:
        owner = words[head.head] if 0 <= head.head < head.index else None
        return owner if owner is not None and owner.kind == "NOUN" and head.dep == "acl" else None
    if noun.dep == "flat" and head is not None and head.kind == "NOUN":
        return head  # "ann lee happy, running"
    start = phrase_start(noun, parse)
    worn = parse.vocabulary.noun_kinds.get(noun.lower) == "body" and event.lemma in parse.vocabulary.sets["going"]
    led = start > 1 and words[start - 1].lower == "with" and words[start - 2].sentence == noun.sentence
    owner = words[start - 2] if led else None
    living = owner is not None and parse.vocabulary.noun_kinds.get(owner.lower) in {"person", "animal"}
    held = owner is not None and owner.lower in {"hand", "hands"}  # "a hand with a spoon stirring soup"
    return owner if (worn and living) or held else None


def _of_the_row(event: Event, parse: Parse) -> Word | None:
    """Who does the verb before an "and", where an object of that verb was taken for who does this one."""
    words = parse.reading.words
    verb = words[event.verb]
    noun = words[event.subject] if event.subject is not None else None
    link = words[verb.index - 1] if verb.index else verb
    first = words[verb.head] if 0 <= verb.head < verb.index else None
    if link.kind == "ADV" and link.index:
        link = words[link.index - 1]
    if noun is None or link.lower != "and" or verb.dep != "conj":
        return None
    if verb.form == "ing":
        return _of_the_participle(verb, link, noun, parse)
    if first is None or not first.form == verb.form == "s" or not first.index < noun.index < link.index:
        return None
    if first.kind != "VERB":
        return None
    who = next((w for w in words[: first.index] if w.head == first.index and w.dep == "nsubj"), None)
    return who if who is not None and who.kind in {"NOUN", "PRON"} and who.sentence == verb.sentence else None


def _of_the_participle(verb: Word, link: Word, noun: Word, parse: Parse) -> Word | None:
    """ "A hare running to a hole in the wood and quickly jumping in": not the wood, which a preposition holds."""
    words = parse.reading.words
    before = [other for other in parse.events if other.verb < link.index and words[other.verb].form == "ing"]
    lead = before[-1] if before else None
    if lead is None or lead.subject is None or words[lead.verb].sentence != verb.sentence:
        return None
    start = phrase_start(noun, parse)
    held = lead.verb < start and words[start - 1].kind == "PREP" and noun.index < link.index
    apart = any(word.text in {",", ";"} for word in words[lead.verb : link.index])
    return words[lead.subject] if held and not apart and lead.subject < lead.verb else None


def _behind_a_hyphen(event: Event, parse: Parse) -> Word | None:
    """The noun that a compound with hyphens describes: the leaves of "fan-shaped leaves"."""
    words = parse.reading.words
    noun = words[event.subject] if event.subject is not None else None
    if noun is None or noun.index > event.verb or noun.index + 2 >= len(words):
        return None
    after, then = words[noun.index + 1], words[noun.index + 2]
    joined = parse.prompt[noun.end : after.start] == "-"
    return then if joined and then.kind == "NOUN" and then.index < event.verb else None


def _may_be_one(word: Word, parse: Parse) -> bool:
    """Whether a noun ends its phrase, is one and no preposition holds it; "a view of a ship" is the ship."""
    after = parse.reading.words[word.index + 1]
    inside = after.kind == "NOUN" or (after.kind == "ADJ" and after.form != "participle")
    inside = inside or parse.prompt[word.end : after.start] == "-"
    if word.kind != "NOUN" or word.plural or inside:
        return False
    start = phrase_start(word, parse)
    ahead = parse.reading.words[max(0, start - 2) : start]
    led = bool(ahead) and ahead[-1].kind == "PREP" and ahead[-1].sentence == word.sentence
    views = parse.vocabulary.sets["telling_views"] | parse.vocabulary.sets["picture"]
    return ahead[0].lower in views if led else word.lower not in views
