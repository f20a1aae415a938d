"""IDN: what changes who or what is in the picture."""

from __future__ import annotations

from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.rule import Context, Example, Hit, Rule
from studio.shot import Brief, Severity

__all__ = ["IDENTITY_CHANGE", "NEW_SUBJECT"]

_WAN = "wan_2_2_i2v_a14b"
_LIVING = {"person", "animal"}


def _clause(parse: Parse, event: Event, reach: int = 8) -> list[Word]:
    """The words behind a verb, to the end of its clause."""
    words: list[Word] = []
    for word in parse.reading.words[event.verb + 1 : event.verb + 1 + reach]:
        if word.sentence != parse.reading.words[event.verb].sentence or word.kind in {"PUNCT", "VERB"}:
            break
        words.append(word)
    return words


def _becomes(parse: Parse, event: Event) -> bool:
    """Whether a thing becomes another one: "turns into a wolf"; not "turns into a side street", not "turns red"."""
    habits, lemma = parse.vocabulary.habits.sets, event.lemma.split()[0]
    behind = _clause(parse, event)
    lowers = [word.lower for word in behind]
    into = next((place for place, lower in enumerate(lowers) if lower in {"into", "to"}), None)
    if lemma in habits["change"]:
        passive = parse.reading.words[event.verb].form == "passive" or lowers[:1] == ["by"]
        return "into" in lowers or (lemma != "evolve" and not passive)
    nouns = [word.lower for word in behind if word.kind == "NOUN"]
    if lemma == "change" and event.actor in {*_LIVING, "body"} and set(nouns) & habits["changed_looks"]:
        return True
    if lemma == "become" and event.actor != "scenery" and len(behind) > 1 and behind[0].lower in {"a", "an", "the"}:
        return True
    if lemma == "grow" and event.actor in _LIVING and set(lowers[:3]) & habits["grown"]:
        return True
    if lemma not in habits["change_into"] or into is None or lowers[into] != "into" or into > 3:
        return False
    article = lowers[into + 1 : into + 2] in (["a"], ["an"])
    plural = into + 1 < len(behind) and behind[-1].plural
    if not nouns or (event.actor == "vehicle" and parse.vocabulary.noun_kinds.get(nouns[-1]) not in _LIVING):
        return False
    return (article or plural) and not {*lowers[into + 1 :]} & habits["ways"]


def _turns(parse: Parse, event: Event) -> bool:
    """Whether the side comes round that the still does not show: "turns around", "spins 360 degrees"."""
    habits = parse.vocabulary.habits.sets
    behind = _clause(parse, event) if event.lemma.split()[0] in habits["turning"] else []
    if not behind:
        return False
    if any(word.lower.startswith(parse.vocabulary.habits.whole_turn) for word in behind[:3]):
        return True
    if event.actor not in _LIVING or parse.reading.words[event.verb].form == "attributive":
        return False
    if behind[0].lower in habits["turned"]:
        return len(behind) == 1 or behind[1].kind in {"CONJ", "ADV"} or behind[1].lower in {"to", "with"}
    lowers = [word.lower for word in behind[:3]]
    return lowers[:1] == ["away"] or (lowers[-1:] == ["back"] and lowers[0] in {"his", "her", "their", "its"})


def _changes(context: Context) -> Hit | None:
    parse, brief, profile = context.parse, context.brief, context.profile
    if context.end is not None or "end_frame" in brief.controls:
        return None
    became = [event for event in parse.events if _becomes(parse, event)]
    turned = [] if "reference" in brief.controls else [event for event in parse.events if _turns(parse, event)]
    changed = became or turned
    if not changed:
        return None
    severity: Severity = "warning" if became and profile.kind != "sketch" else "info"
    remedy = "Give an end frame" if not profile.refuses("end_frame") else "It takes an end frame"
    what = "what it becomes" if became else "its other side"
    message = f"The still does not show {what} (“{changed[0].span.text[:36]}”). {remedy}."
    return Hit(message, tuple(event.span for event in changed), severity)


IDENTITY_CHANGE = Rule(
    name="identity-change",
    code="IDN001",
    title="A change of identity without an end frame",
    looks_for="Something that becomes another thing, changes clothes, grows old, or turns its hidden side to the "
    "camera.",
    why="The still holds one look from one side; the other has to be invented, and few models finish such a change. "
    "An end frame shows where it must arrive.",
    source="TC-Bench (2406.08656): most generators complete less than a fifth of the stated changes.",
    severity="warning for a transformation; info for a turn, and for the sketch, which can only show the still",
    good=(
        "The car turns into a side street.",
        "The woman turns her head and smiles.",
        "A man walks around the corner.",
        "The leaves turn in the wind.",
        "The sky becomes brighter.",
        Example("The wolf turns into a man.", "an end frame", Brief(controls=("end_frame",)), _WAN),
    ),
    bad=(
        "The caterpillar turns into a butterfly.",
        "The old man slowly transforms into a wolf.",
        "She changes her outfit.",
        "The woman turns around and walks away.",
        Example("The statue becomes a dragon.", "Wan 2.2", engine=_WAN),
        "The bottle rotates 360 degrees.",
    ),
    false_alarms="A turn that ends before the hidden side shows.",
    find=_changes,
    mended_by="settings",
)


# -- somebody new ---------------------------------------------------------------------------------------------------
def _newcomer(parse: Parse, event: Event, opening: int | None) -> bool:
    """Whether a subject comes that the still need not hold: "another boy walks in", "a cat appears"."""
    if event.subject is None or event.actor not in {"person", "animal", "vehicle"}:
        return False
    habits, words = parse.vocabulary.habits.sets, parse.reading.words
    subject = words[event.subject]
    lead = _lead(words, subject)
    if subject.kind != "NOUN" or not (lead & habits["newcomers"] or (subject.plural and not lead)):
        return False
    if any(word.lemma == subject.lemma and word.kind == "NOUN" for word in words[: subject.index]):
        return False
    lemma = event.lemma.split()[0]
    behind = [word.lower for word in _clause(parse, event)]
    sight = " ".join(behind)
    seen = any(phrase in sight for phrase in parse.vocabulary.habits.in_sight) or set(behind) & {
        "frame",
        "shot",
        "picture",
    }
    if (lemma in habits["entering"] or lemma in habits["coming"]) and seen:
        return True
    more = bool(lead & {"another", "second", "new", "more"}) or subject.index != opening
    if lemma in habits["entering"]:
        after = parse.reading.words[event.verb + 1 : event.verb + 2]
        seeming = bool(after) and after[0].kind not in {"PREP", "ADV", "CONJ", "PUNCT"}  # "appears happy"
        if lemma in {"enter", "arrive", "join"}:
            return more
        return not seeming and (more or "from" not in behind)
    return (
        more
        and lemma in habits["coming"]
        and behind[:1] == ["in"]
        and (len(behind) == 1 or behind[1] in {"and", "from"})
    )


def _lead(words: tuple[Word, ...], noun: Word) -> set[str]:
    """The determiners and adjectives that stand before a noun."""
    lead: set[str] = set()
    for word in reversed(words[max(0, noun.index - 4) : noun.index]):
        if word.sentence != noun.sentence or word.kind not in {"DET", "ADJ", "NUM", "NOUN", "PRON"}:
            break
        lead.add(word.lower)
    return lead


def _enters(context: Context) -> Hit | None:
    parse = context.parse
    if "reference" in context.brief.controls:
        return None
    opening = next((event.subject for event in parse.events if event.subject is not None), None)
    news = [event for event in parse.events if _newcomer(parse, event, opening)]
    if not news:
        return None
    name = parse.reading.words[news[0].subject or 0].lower
    message = f"If the {name} is not in the still, the model invents it (“{news[0].span.text[:36]}”)."
    return Hit(message, tuple(event.span for event in news), "info")


NEW_SUBJECT = Rule(
    name="new-subject",
    code="IDN002",
    title="Somebody new comes into the picture",
    looks_for="A person, an animal or a vehicle that enters, appears or comes into the frame.",
    why="The still says nothing about who comes in, so the newcomer is invented and often melts out of somebody else. "
    "Begin with a still that already shows them, or give a reference of them.",
    source="Image-to-video guides of Wan 2.2 and LTX-2: describe changes of what the image shows.",
    severity="info",
    good=(
        "The woman walks in the rain.",
        "A man runs along the beach.",
        "Steam appears above the cup.",
        "The dog enters the house.",
        "A butterfly emerges from its chrysalis.",
        Example("A stranger enters the frame.", "a reference", Brief(controls=("reference",)), "kling_3"),
    ),
    bad=(
        "A dog enters the frame from the left.",
        "The girl reads. Another boy walks in and waves.",
        "A whale emerges beside the boat.",
        "The man looks up as a stranger appears.",
        "The street is calm, then a car drives into the shot.",
        "She smiles and two cats run into view.",
    ),
    false_alarms="A subject at the edge of the still who steps further in.",
    find=_enters,
    mended_by="still",
)
