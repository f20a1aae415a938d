"""The frame that a text puts around its motion: "Imagine a dragon flying", "Turn this photo into a clip: the woman
turns". What is said to the machine goes, and what it asks for stays as a sentence of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, pairwise

from studio.advice import Edit
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.wording.phrasing import adverb, finite
from studio.coach.vocabulary.inflection import pluralise

__all__ = ["SETTING_OUT", "frames"]

_SHOWING = {
    "show", "depict", "portray", "imagine", "envision", "visualize", "visualise", "illustrate", "include", "witness",
    "see", "watch", "observe", "capture", "picture", "feature", "display", "present", "showcase", "add", "use", "apply",
}  # fmt: skip
_NOUNS_TOO = {"witness", "watch", "picture", "feature", "display", "present", "use", "capture", "see"}
"""What opens a caption as a noun as well: "picture of", "display case"."""
_APPLIED = {"use", "apply", "add", "employ"}
_FORMS = {"show", "depict", "portray", "illustrate", "feature", "display", "capture", "showcase"}
"""Of these a form without a subject is a frame as well: "depicts a cook", "showing a cook"."""
SETTING_OUT = {"begin", "start", "open", "end", "conclude", "finish", "close"}
"""How a clip is said to open or to end: "begin with", "the scene closes on"."""
_CLIPS = {
    "video", "clip", "animation", "movie", "film", "gif", "scene", "sequence", "ad", "advert", "advertisement", "reel",
    "commercial", "explainer", "trailer", "teaser", "promo", "cinemagraph", "footage", "short", "shot", "story", "tale",
}  # fmt: skip
_PICTURES = {"image", "picture", "photo", "photograph", "drawing", "pic", "page", "still", "illustration", "painting"}
_ASKING = {
    "turn", "transform", "convert", "animate", "make", "create", "generate", "produce", "write", "tell", "compose",
    "bring", "give", "highlight", "craft", "design", "develop", "build", "film", "shoot", "render",
}  # fmt: skip
_TURNING = {"turn", "transform", "convert"}
_WHAT = (
    ("the", "process", "of"), ("a", "process", "of"), ("the", "act", "of"), ("the", "moment", "when"),
    ("the", "moment", "that"), ("the", "moment", "where"), ("the", "moment"), ("a", "scene", "where"),
    ("a", "scene", "of"), ("the", "scene", "of"), ("a", "scene", "in", "which"), ("an", "image", "of"),
    ("a", "picture", "of"), ("a", "video", "of"), ("a", "clip", "of"), ("a", "shot", "of"), ("as",), ("how",),
    ("us",), ("me",), ("that",), ("in", "your", "mind"),
)  # fmt: skip
"""What may stand between a frame and what it frames."""
_COURSES = {
    "rise": "rise", "fall": "fall", "collapse": "collapse", "growth": "grow", "eruption": "erupt", "arrival": "arrive",
    "flight": "fly", "dance": "dance", "movement": "move", "descent": "descend",
    "emergence": "emerge", "bloom": "bloom", "explosion": "explode",
}  # fmt: skip
"""What something does where only a noun names it: "the eruption of a geyser"."""
_ORDER = {"lastly", "finally", "then", "next", "first", "afterwards", "now", "also", "please"}
_FOR = {"for", "about", "capturing", "promoting", "advertising", "celebrating", "showcasing", "highlighting", "titled"}
_OF = {"of", "showing", "featuring", "depicting", "about", "with"}
_SELVES = {"it", "he", "she", "they"}
_SEEN = re.compile(
    r"(?:i(?:['’]d| would)? (?:love|like|want|wish) to see|(?:we|you|one)(?: can)? (?:see|watch|find)(?: as)?"
    r"|here we (?:have|see)|(?:the|this|our|my) (?:video|clip|film|scene|animation|footage) "
    r"(?:should|must|will|has to|needs to) (?:show|depict|feature)"
    r"|let['’]?s see|there (?:should|must|will) be)\s+",
    re.IGNORECASE,
)
_HEADED = re.compile(r"(?is)\s*(?:[\w-]+ ){0,3}prompt\s*:\s*[\"“](.{12,})[\"”]\s*")
_LABELLED = re.compile(
    r"(?im)^[ \t]*(?:title[ \t]*:[^.\n:]{2,50}[.\n]\s*|(?:story|plot|idea|concept|synopsis)[ \t]*:[ \t]*(?=\S))"
    r"(?=[^\n]{8})"
)
"""What a text is called, and that it is one."""
_QUOTES = "\"'“”‘’"
_NOMINAL = {"DET", "ADJ", "NUM", "NOUN", "PRON"}
_MOVING = {"movement", "movements", "motion", "motions", "work"}
_LEAD = 16  # words of "turn my drawing into a ten-second clip"
_SHORT = 6


def frames(parse: Parse) -> Iterator[Edit]:
    """An edit for each frame that opens a sentence."""
    yield from _around(parse)
    for match in _LABELLED.finditer(parse.prompt):
        yield Edit(start=match.start(), end=match.end(), replacement="")
    for sentence in parse.reading.sentences:
        row = list(dropwhile(lambda word: word.text in _QUOTES, sentence))
        if len(row) > 2 and not parse.masks.hides(row[0].start, row[0].end):
            yield from (
                _seen(row, parse)
                or _turned(row, parse)
                or _framed(row, parse)
                or _commissioned(row, parse)
                or _opened(row, parse)
            )


def _seen(row: Sequence[Word], parse: Parse) -> list[Edit]:
    """ "I'd love to see this dog run", "here we have a cook flipping a pancake": the dog runs."""
    match = _SEEN.match(parse.prompt, row[0].start)
    stays = next((word for word in row if match is not None and word.start >= match.end()), None)
    if stays is None or stays.kind not in _NOMINAL:
        return []
    body = row[stays.index - row[0].index :]
    end = next((i for i, word in enumerate(body) if word.kind not in _NOMINAL), len(body))
    edits = [_cut(row[0], stays)]
    bare = [word for word in body[end : end + 1] if word.kind == "VERB" and word.form == "base"]
    for before, word in pairwise(body[end:]) if bare else ():
        if before.lower in {"and", "then"} and word.kind == "VERB" and word.form == "base":
            bare.append(word)
    many = body[end - 1].plural if end else False
    return [*edits, *(Edit(start=v.start, end=v.end, replacement=finite(v, many, parse)) for v in bare)]


def _around(parse: Parse) -> Iterator[Edit]:
    """The quotation marks around a whole prompt."""
    headed = _HEADED.fullmatch(parse.prompt)
    if headed is not None and not any(mark in headed[1] for mark in '"“”'):
        yield Edit(start=0, end=headed.start(1), replacement="")
        yield Edit(start=headed.end(1), end=len(parse.prompt), replacement="")
        return
    text = parse.prompt.strip()
    marks = (text[:1], text[-1:])
    inside = text[1:-1]
    if marks in {('"', '"'), ("“", "”")} and len(text) > 2 and not any(mark in inside for mark in marks):
        at = parse.prompt.index(text)
        if any(mark in inside for mark in ".!?,"):
            yield Edit(start=at, end=at + 1, replacement="")
            yield Edit(start=at + len(text) - 1, end=at + len(text), replacement="")


def _cut(first: Word, stays: Word) -> Edit:
    """Take out what stands before a word, which takes the capital over."""
    text = stays.text if first.text[0].islower() else f"{stays.text[0].upper()}{stays.text[1:]}"
    return Edit(start=first.start, end=stays.end, replacement=text)


# -- "Imagine a dragon flying" ----------------------------------------------------------------------------------------
def _framed(row: Sequence[Word], parse: Parse) -> list[Edit]:
    place = _ordered(row)
    lead = row[place]
    shown = not lead.index and any(lemma in _FORMS for lemma, form in lead.verbs if form in {"s", "ing"})
    shows = lead.lower in _SHOWING or shown
    if not shows or len(row) < place + 3:
        return []
    steps = _steadied(row, place, parse) if lead.lower in _APPLIED else []
    if steps:
        return steps
    after = _past(row, place + 1)
    stays = row[after] if after < len(row) else None
    if stays is None or not _is_framed(row, place, after, parse):
        return []
    if stays.lower in {"a", "an"} and row[min(after + 1, len(row) - 1)].lower == "camera":
        opening = "The" if row[0].text[0].isupper() else "the"
        return [Edit(start=row[0].start, end=stays.end, replacement=opening)]  # "picture a camera pulling back"
    return _course(row, after) or [_cut(row[0], stays)]


def _course(row: Sequence[Word], after: int) -> list[Edit]:
    """ "The collapse of a tower": the tower collapses."""
    of = next((i for i, word in enumerate(row) if i > after and word.lower == "of"), 0)
    named = [word for word in row[after:of] if word.kind not in {"DET", "CONJ"}]
    end = of + 1
    while end < len(row) and row[end].kind in {"DET", "ADJ", "NUM", "NOUN"}:
        end += 1
    who = row[of + 1 : end]
    plain = bool(named) and all(word.lower in _COURSES for word in named) and bool(who) and who[-1].kind == "NOUN"
    if not of or not plain:
        return []
    acts = (_COURSES[word.lower] if who[-1].plural else pluralise(_COURSES[word.lower]) for word in named)
    opening = who[0].text if row[0].text[0].islower() else f"{who[0].text[0].upper()}{who[0].text[1:]}"
    last = who[-1]
    return [
        Edit(start=row[0].start, end=who[0].end, replacement=opening),
        Edit(start=last.end, end=last.end, replacement=f" {' and '.join(acts)}"),
    ]


def _ordered(row: Sequence[Word]) -> int:
    """Past "Lastly," and "then"."""
    place = 0
    while place < min(3, len(row) - 1) and (row[place].lower in _ORDER or (place and row[place].text == ",")):
        place += 1
    return place


def _past(row: Sequence[Word], place: int) -> int:
    """Past "the process of", "the moment when", "as"."""
    lowers = tuple(word.lower for word in row)
    moved = True
    while moved:
        moved = False
        for words in _WHAT:
            if lowers[place : place + len(words)] == words and place + len(words) < len(row):
                place, moved = place + len(words), True
                break
    return place


def _is_framed(row: Sequence[Word], place: int, after: int, parse: Parse) -> bool:
    """Whether what follows is what is shown: a noun phrase with what it does, a clause, a process."""
    lead, stays = row[place], row[after]
    if parse.masks.hides(lead.start, stays.end) or any(word.text == ":" for word in row[place:after]):
        return False
    what = after > place + 1
    if lead.lower in _NOUNS_TOO and not what and stays.kind not in {"DET", "NUM"} | ({"PRON"} if place else set()):
        return False
    if lead.lower in _NOUNS_TOO and lead.kind not in {"VERB", "NOUN"}:
        return False
    if lead.lower in _APPLIED:
        return (stays.kind in _NOMINAL or stays.form == "ing") and _moves_within(row, after, parse)
    if stays.kind in _NOMINAL and _is_notion(row, after, parse):
        return False
    process = what and stays.form in {"ing", "gerund"}
    if process or (what and stays.kind == "VERB"):
        return True
    return stays.kind in _NOMINAL and (_happens(row, after, parse) or not any(w.kind == "VERB" for w in row[after:]))


def _happens(row: Sequence[Word], after: int, parse: Parse) -> bool:
    """Whether something moves in what is framed."""
    first, last = row[after].index, row[-1].index
    filmed = any(first <= found.first <= last for found in parse.moves)
    return filmed or any(first <= event.verb <= last for event in parse.events)


def _is_notion(row: Sequence[Word], after: int, parse: Parse) -> bool:
    """ "The beauty of each moment": what nobody can show."""
    end = after
    while end + 1 < len(row) and row[end + 1].kind in {"DET", "ADJ", "NUM", "NOUN"}:
        end += 1
    return row[end].lower in parse.vocabulary.sets["telling_notions"] | {"visuals", "importance", "power", "feeling"}


def _moves_within(row: Sequence[Word], after: int, parse: Parse) -> bool:
    """Whether what is to be added moves itself: "falling snow", "a man walking", "a slow zoom"."""
    end = next((i for i, word in enumerate(row) if i > after and word.kind not in _NOMINAL | {"ADV"}), 0)
    first, last = row[after].index, row[end or -1].index
    filmed = any(first <= found.first <= last for found in parse.moves)
    doing = row[after].form == "ing" or (bool(end) and (row[end].form == "ing" or row[end].lower in {"that", "which"}))
    return filmed or (doing and any(first <= event.verb <= last for event in parse.events))


def _steadied(row: Sequence[Word], place: int, parse: Parse) -> list[Edit]:
    """ "Use gentle camera motion and crisp light": the camera moves gently."""
    ends = (i for i, word in enumerate(row) if i > place and word.kind not in {"DET", "ADJ", "NOUN", "ADV"})
    end = next(ends, len(row))
    phrase = [word for word in row[place + 1 : end] if word.kind != "DET"]
    if len(phrase) < 3 or phrase[-1].lower not in _MOVING or phrase[-2].lower != "camera":
        return []
    how = [word for word in phrase[:-2] if word.kind in {"ADJ", "NOUN"}]
    levels = parse.vocabulary.levels
    if len(how) != 1 or len(phrase) != 3:
        return []
    manner = adverb(how[0].text)
    if levels.at((manner,), 0) is None and manner not in {"smoothly", "steadily", "fluidly"}:
        return []
    opening = "The" if row[0].text[0].isupper() else "the"
    told = [Edit(start=row[0].start, end=phrase[-1].end, replacement=f"{opening} camera moves {manner}")]
    if end < len(row) and row[end].lower in {"and", "with"} and end + 1 < len(row):
        stays = row[end + 1]
        told.append(Edit(start=phrase[-1].end, end=stays.end, replacement=f". {stays.text[0].upper()}{stays.text[1:]}"))
    return told


# -- "Turn this photo into a clip: ..." -------------------------------------------------------------------------------
def _turned(row: Sequence[Word], parse: Parse) -> list[Edit]:
    """ "Let this photo gently turn": the photo gently turns."""
    if (
        len(row) < 4
        or row[0].lower not in {"make", "let", "have"}
        or row[2].lower not in _PICTURES | {"scene", "frame"}
    ):
        return []
    verb = next((word for word in row[3:6] if word.kind != "ADV"), None)
    if row[1].kind != "DET" or verb is None or verb.kind != "VERB" or verb.form != "base":
        return []
    return [_cut(row[0], row[1]), Edit(start=verb.start, end=verb.end, replacement=finite(verb, False, parse))]


def _commissioned(row: Sequence[Word], parse: Parse) -> list[Edit]:
    place = _ordered(row)
    if row[place].lower not in _ASKING:
        return []
    lowers = [word.lower for word in row]
    colon = next((i for i, word in enumerate(row[: _LEAD + 2]) if word.text == ":"), 0)
    lead = row[place + 1 : colon]
    clip = {word.lower for word in lead} & (_CLIPS | _PICTURES | {"life", "features", "feature", "details"})
    if colon and clip and colon + 1 < len(row):
        who, stays = [word for word in lead if word.kind in {"DET", "NOUN"}], row[colon + 1]
        named = stays.lower in _SELVES and who and who[0].kind == "DET" and who[-1].lower not in _CLIPS | _PICTURES
        while named and who[-1].lower in {"life", "features", "feature", "details"}:
            who = who[:-1]
        if named and len(who) > 1:  # "give the statue life: it opens its eyes"
            text = " ".join(word.text for word in who)
            text = text[0].upper() + text[1:] if row[0].text[0].isupper() else text
            return [Edit(start=row[0].start, end=stays.end, replacement=text)]
        return [_cut(row[0], stays)]
    into = lowers.index("into") if lowers[place] in _TURNING and "into" in lowers[:_LEAD] else 0
    told = lowers[place] in {"write", "tell", "compose"}
    first = into or (place if told else 0)
    if not first and not told:
        return _ordered_for(row, place, parse)
    for at in range(first + 1, min(len(row) - 1, first + _SHORT + 2)):
        if lowers[at] in _CLIPS:
            behind = at + 1
            led = lowers[behind : behind + 2] == ["in", "which"]
            link = lowers[behind] in {"of", "about", "where", "showing", "depicting", "with"}
            if (led or link) and behind + 1 + led < len(row):
                return [_cut(row[0], row[behind + 1 + led])]
    return []


def _ordered_for(row: Sequence[Word], place: int, parse: Parse) -> list[Edit]:
    """ "Order an advert for bread", "create a film capturing the harvest": where nothing in it moves, it only asks."""
    lowers = [word.lower for word in row]
    clip = next((i for i in range(place + 1, min(len(row) - 2, place + _SHORT)) if lowers[i] in _CLIPS), 0)
    named = bool(clip) and lowers[clip + 1] in _OF and row[clip + 2].text.istitle() and row[clip + 2].kind == "NOUN"
    if named and _happens(row, clip + 2, parse):
        return [_cut(row[0], row[clip + 2])]  # "create a video of Captain Lantern waking up"
    if not clip or lowers[clip + 1] not in _FOR or _happens(row, clip + 1, parse):
        return []
    words = parse.reading.words
    after = row[-1].index + 1
    stops = after < len(words) and any(event.verb >= after and event.tie != "attributive" for event in parse.events)
    if stops:
        return [Edit(start=row[0].start, end=words[after].start, replacement="")]
    return [_cut(row[0], row[clip + 2])]


# -- "The scene opens with a soldier running" -------------------------------------------------------------------------
def _opened(row: Sequence[Word], parse: Parse) -> list[Edit]:
    lowers = [word.lower for word in row]
    if lowers[0] == "in" and len(row) > 4 and lowers[1] in {"this", "the"} and lowers[2] in _CLIPS and lowers[3] == ",":
        return [_cut(row[0], row[4])]
    place = _ordered(row)
    if lowers[place] in {"the", "this", "our"} and lowers[place + 1 : place + 2] and lowers[place + 1] in _CLIPS:
        place += 2
    elif row[place].form != "base" and row[place].lower not in SETTING_OUT:
        return []
    verb = row[place] if place < len(row) - 2 else row[0]
    opens = any(lemma in SETTING_OUT for lemma, _ in verb.verbs) and row[min(place + 1, len(row) - 1)].lower in {
        "with", "on", "by", "as",
    }  # fmt: skip
    if not opens or parse.masks.hides(row[0].start, verb.end):
        return []
    stays = row[place + 2]
    acts = any(word.kind == "VERB" for word in row[place + 2 :])
    ends = next((i for i, word in enumerate(row) if i > place and word.text == ","), len(row))
    within = any(word.kind == "VERB" for word in row[place + 2 : ends])
    return [_cut(row[0], stays)] if acts and within and stays.kind in _NOMINAL else []
