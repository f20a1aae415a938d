"""What stands before or behind what happens without a mark of its own: a pace, the name of a place, a size of shot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.vocabulary.inflection import inflect
from studio.coach.vocabulary.phrases import Phrases

__all__ = ["lead_ins"]

_PHRASE = {"DET", "ADJ", "NUM", "NOUN"}
_PACES = {"time", "timelapse", "lapse", "slow", "motion", "slow-motion", "slowmo", "slomo"}
_TAKES = {"shot", "video", "footage", "clip"}
_NAMED = {"PREP", "CONJ", "ADV"} | _PHRASE
_HOLDING = {"that", "which", "who", "whom", "whose", "where", "what", "how", "why", "if", "because", "like"}
_LEAST = 4  # words of a deed that nobody is named for
_MOST = 10  # words of a place that is named before what happens there
_LEAD = 16  # words of "make a short video with the uploaded picture of"
_ASKING = {"make", "create", "generate", "produce", "do"}
_CLIPS = {"video", "clip", "animation", "movie", "film", "gif"}
_PICTURES = {"image", "picture", "photo", "photograph", "drawing", "pic"}
_FROM = {"with", "from", "of", "on", "by", "using", "in"}
_ARROWS = {"→", "->", "=>", "➔", "➡"}


def lead_ins(parse: Parse) -> Iterator[Edit]:
    """An edit for each lead-in that runs into a clause."""
    for row in parse.reading.sentences:
        yield from _of_a_picture(row, parse)
        yield from _animated(row, parse)
        yield from _lapse(row, parse)
        yield from _place(row, parse)
        yield from _camera(row)
        yield from _undone(row, parse)
    yield from _size(parse)
    yield from _arrows(parse)


def _of_a_picture(row: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "Create a clip from my photo of a nun feeding a goat": what the photo shows is to move; the nun feeds it."""
    lowers = [word.lower for word in row]
    of = next(
        (i for i, lower in enumerate(lowers[:_LEAD]) if i > 1 and lower == "of" and lowers[i - 1] in _PICTURES), 0
    )
    asked = bool(of) and lowers[0] in _ASKING and bool(_CLIPS & set(lowers[1:of]))
    led = asked and any(lower in _FROM and row[i].kind == "PREP" for i, lower in enumerate(lowers[2:of], 2))
    doing = any(w.kind == "VERB" and w.form in {"ing", "s", "base"} for w in row[of + 1 :])
    if led and doing and of + 1 < len(row) and not parse.masks.hides(row[0].start, row[of].end):
        opening = row[of + 1].text
        yield Edit(start=row[0].start, end=row[of + 1].end, replacement=f"{opening[0].upper()}{opening[1:]}")


def _animated(row: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "Animate the mascot softly: slow blinking, small nod": the mascot, slowly blinking."""
    colon = next((i for i, word in enumerate(row[:_LEAD]) if word.text == ":"), 0)
    inside = row[1:colon]
    while inside and inside[-1].kind == "ADV":
        inside = inside[:-1]
    plain = bool(inside) and all(word.kind in _PHRASE for word in inside) and inside[-1].kind == "NOUN"
    shown = plain and inside[-1].lower in parse.vocabulary.sets["telling_views"] | {"subject"}
    behind = parse.reading.words[row[0].index + colon + 1 : row[0].index + colon + 2]
    if colon and row[0].lower == "animate" and plain and not shown and behind:
        opening = inside[0].text
        yield Edit(start=row[0].start, end=inside[0].end, replacement=f"{opening[0].upper()}{opening[1:]}")
        yield Edit(start=inside[-1].end, end=behind[0].start, replacement=", ")


def _lapse(row: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "Time-lapse of traffic flowing": in a time-lapse, traffic flows."""
    of = next((i for i, word in enumerate(row[:8]) if word.lower == "of"), 0)
    looks = {word.lower for word in row[:of] if word.kind in {"ADJ", "DET"}}
    ahead = [word.lower for word in row[:of] if word.lower not in {"a", "an", "the", "-"}]
    paced = bool({"motion", "lapse", "timelapse", "slowmo", "slomo"} & set(ahead[:3]))
    lapse = paced and (set(ahead) <= _PACES | looks | _TAKES or ahead[-1] in _TAKES)
    end = next((i for i, word in enumerate(row) if i > of and word.kind == "PUNCT" and word.text != "-"), len(row))
    said = [word.index for word in row[of + 1 : end]]
    doing = any(event.verb in said for event in parse.events)
    if lapse and doing and row[of + 1 :] and row[of + 1].sentence == row[of].sentence:
        pace = " ".join(word for word in ahead if word in _PACES).replace("time lapse", "time-lapse")
        article = "" if "motion" in pace or "mo" in pace else "a "
        opening = "In" if row[0].text[0].isupper() else "in"
        yield Edit(start=row[0].start, end=row[of].end, replacement=f"{opening} {article}{pace},")


def _place(row: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "Natural hot spring the steam floats up": what there is, then what happens there."""
    seam = next((i for i, word in enumerate(row) if i and word.lower in {"the", "a", "an"}), 0)
    while seam and row[seam - 1].kind == "PREP":  # "a man on a bench the dog barks"
        after = (i for i, word in enumerate(row) if i > seam and word.lower in {"the", "a", "an"})
        seam = next(after, 0)
    ahead, behind = row[:seam], row[seam:]
    if (
        not ahead
        or len(ahead) > _MOST
        or ahead[-1].kind != "NOUN"
        or any(w.kind not in _NAMED or w.lower in _HOLDING for w in ahead)
    ):
        return
    verb = next((word for word in behind[1:] if word.kind not in _PHRASE), None)
    event = next((event for event in parse.events if verb is not None and event.verb == verb.index), None)
    if verb is None or verb.form != "s" or event is None or event.subject != verb.index - 1:
        return
    behind = row[verb.index - row[0].index + 1 :]
    others = [w for w in behind if w.kind == "AUX" or any(form == "s" for _, form in w.verbs)]
    linked = [w for w in behind if w.kind in {"CONJ", "PUNCT"} or w.lower in _HOLDING]
    if others and (not linked or others[0].index < linked[0].index):
        return  # "the man the dog likes runs"
    if row[0].kind != "ADV" and row[0].kind != "PREP":
        yield Edit(start=ahead[-1].end, end=row[seam].start, replacement=". ")


def _camera(row: Sequence[Word]) -> Iterator[Edit]:
    """ "Smooth camera slowly moves forward": the smooth camera."""
    place = next((i for i, word in enumerate(row) if word.kind not in {"ADJ"}), 0)
    verb = next((word for word in row[place + 1 :] if word.kind != "ADV"), None)
    if place and row[place].lower == "camera" and verb is not None and verb.kind == "VERB" and verb.form == "s":
        first = row[0]
        article = "The " if first.text[0].isupper() else "the "
        yield Edit(start=first.start, end=first.end, replacement=article + first.text[0].lower() + first.text[1:])


def _size(parse: Parse) -> Iterator[Edit]:
    """ "A tailor sews a coat extreme close view": how large it is shown, behind what happens without a comma."""
    words = parse.reading.words
    sizes = Phrases([(phrase, True) for phrase in parse.vocabulary.camera.viewpoints])
    for first, last, _ in sizes.find(parse.reading.lowers):
        start = first
        while start and words[start - 1].lower in {"extreme", "medium", "very"}:
            start -= 1
        before = words[start - 1] if start else None
        ends = last == len(words) or words[last].kind == "PUNCT" or words[last].sentence != words[start].sentence
        behind = before is not None and before.sentence == words[start].sentence and before.kind == "NOUN"
        acts = any(
            w.form == "s" and w.kind == "VERB" for w in words[parse.reading.starts[words[start].sentence] : start]
        )
        filmed = before is not None and any(f.first <= before.index < f.last for f in parse.moves)
        if (
            behind
            and ends
            and acts
            and not filmed
            and before is not None
            and not parse.masks.hides(words[start].start, before.end)
        ):
            yield Edit(start=before.end, end=before.end, replacement=",")


def _arrows(parse: Parse) -> Iterator[Edit]:
    """ "A throws a hook → B ducks": then B ducks."""
    for word in parse.reading.words:
        if word.text in _ARROWS and word.index and not parse.masks.hides(word.start, word.end):
            start = word.start
            while start and parse.prompt[start - 1] == " ":
                start -= 1
            yield Edit(start=start, end=word.end, replacement=", then")


def _undone(row: Sequence[Word], parse: Parse) -> Iterator[Edit]:
    """ "Pouring the tea into a glass": nobody is named, so the tea is poured."""
    how = row[0] if row[0].kind == "ADV" and row[0].lower.endswith("ly") and len(row) > _LEAST else None
    row = row[1:] if how is not None else row
    verb = row[0]
    sets = parse.vocabulary.sets
    shows = (sets["telling_shows"] | sets["meta"]) - sets["telling_pouring"]
    lemma = next((lemma for lemma, form in verb.verbs if form == "ing"), "")
    if not lemma or lemma in shows or len(row) < _LEAST or verb.kind not in {"VERB", "NOUN"}:
        return
    if any(found.first <= verb.index < found.last for found in parse.moves) or parse.masks.hides(verb.start, verb.end):
        return
    end = next((i for i, word in enumerate(row) if i and word.kind not in _PHRASE), len(row))
    thing = row[1:end]
    poured = lemma in sets["telling_pouring"]
    held = bool(thing) and thing[-1].kind == "NOUN" and (thing[0].kind in {"DET", "NUM"} or poured)
    behind = row[end:]
    comma = next((i for i, word in enumerate(behind) if word.text == ","), 0)
    again = comma and thing and _again(thing[-1], behind[comma + 1 :], parse)
    behind = behind[:comma] if again else behind
    aside = next((i for i, word in enumerate(behind) if word.kind == "PRON" and word.lower in _HOLDING), len(behind))
    acts = any(word.kind == "AUX" or (word.kind == "VERB" and word.form in {"s", "base"}) for word in behind[:aside])
    if not held or acts or (behind and behind[0].kind not in {"PREP", "PUNCT", "ADV"}):
        return
    irregular = parse.vocabulary.verbs.irregular.get(lemma)
    regular = next((form for form, name in inflect(lemma) if name == "past"), "")
    done = irregular[1] if irregular else regular
    if done:
        said = parse.prompt[thing[0].start : thing[-1].end]
        said = f"{said[0].upper()}{said[1:]}" if verb.text[0].isupper() else said
        be = "are" if thing[-1].plural else "is"
        manner = f"{how.lower} " if how is not None else ""
        first = how if how is not None else verb
        said = f"{said[0].upper()}{said[1:]}" if first.text[0].isupper() else said
        yield Edit(start=first.start, end=thing[-1].end, replacement=f"{said} {be} {manner}{done}")
        if again:
            yield Edit(start=row[end + comma].start, end=row[end + comma].end, replacement=".")


def _again(thing: Word, clause: Sequence[Word], parse: Parse) -> bool:
    """ "Sprinkling sugar on the cake, the sugar melts": the thing itself is what acts next, so nobody was named."""
    noun = next((word for word in clause if word.kind not in {"DET", "ADJ"}), thing)
    event = next((event for event in parse.events if event.subject == noun.index), None)
    return noun is not thing and noun.lower == thing.lower and event is not None
