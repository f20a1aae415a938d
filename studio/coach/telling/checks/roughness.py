"""Whether a prompt that breaks no rule is prose yet, or a caption, a wish, a row of tags that can be said better."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, takewhile

from studio.coach.cues.camera import Found
from studio.coach.cues.clauses import Clause, split_clauses
from studio.coach.cues.events import Event
from studio.coach.cues.parse import Parse
from studio.coach.language.words import Word
from studio.coach.telling.checks.soundness import is_finite
from studio.coach.telling.meaning.commands import TAKES, commanded
from studio.coach.telling.meaning.meant import is_notion
from studio.coach.telling.meaning.selection import MOST_CLAUSES
from studio.coach.telling.wording.naming import phrase_start
from studio.coach.telling.wording.phrasing import finite

__all__ = ["TAKES", "doing", "finished", "hangs_on_the_camera", "is_rough", "talks_about_the_clip", "uninflected"]

_FINITE = {"s", "base", "preterite"}
_SPARSE = 6  # of so many words one describes, where a sentence is about looks
_HELD = {"his", "her", "its", "their"}
_FILMING = {"camera", "cam", "drone"}
_OPENING = 8  # words in which a sentence says that it only shows something


def is_rough(parse: Parse) -> bool:
    """Whether a prompt has tags, talks about the clip, wishes, captions, looks or tells in the past tense."""
    if parse.labelled("appearance", "quality tag") or parse.masks.flags or parse.masks.unwanted:
        return True
    if any(label.lower in parse.vocabulary.sets["deeds"] for label, _ in parse.reading.labels.values()):
        return True
    words = parse.reading.words
    for start in parse.reading.starts.values():
        if _shows(words[start : start + _OPENING], parse):
            return True
    clauses = split_clauses(parse)[:MOST_CLAUSES]
    return (
        any(is_notion(event, parse) or _only_named(event, parse) for event in parse.events)
        or any(_caption(event, parse) or _bare(event, parse) or _asked(event, parse) for event in parse.events)
        or hangs_on_the_camera(clauses, parse)
        or any(_asked_of_the_camera(found, parse) for found in parse.moves)
        or any(uninflected(words[_from(found, parse) : found.last], parse) for found in parse.moves)
        or any(commanded(words[c.first : c.last], c.moves) is not None for c in clauses)
        or _films_in_a_participle(clauses, parse)
        or any(_wishes(clause, parse) or _tag(clause, parse) for clause in clauses)
        or _only_shows(clauses, parse)
        or _without_a_verb(parse)
        or _names_beside_a_move(clauses, parse)
        or _spliced_to_a_move(clauses, parse)
    )


def _from(found: Found, parse: Parse) -> int:
    """Where a move begins, the camera before it included."""
    before = parse.reading.words[found.first - 1] if found.first else None
    filming = before is not None and before.lower in _FILMING
    return found.first - (filming and before.sentence == parse.reading.words[found.first].sentence if before else 0)


def _wishes(clause: Clause, parse: Parse) -> bool:
    """ "Make the cat jump", "..., have the waves move"."""
    words = parse.reading.words
    first = words[clause.first]
    opens = parse.reading.starts[clause.sentence] == clause.first
    led = first.kind in {"VERB", "AUX"} and first.form in {"base", ""} and clause.last > clause.first + 2
    return first.lower in parse.vocabulary.sets["telling_wishes"] and (opens or led)


def _asked(event: Event, parse: Parse) -> bool:
    """ "The man should take off his hat": asked of somebody, who is named."""
    words = parse.reading.words
    modal = next((word for word in reversed(words[: event.verb]) if word.kind != "ADV"), None)
    return modal is not None and modal.lower in parse.vocabulary.sets["telling_modals"] and event.subject is not None


def _only_shows(clauses: tuple[Clause, ...], parse: Parse) -> bool:
    """A sentence in which nothing happens beside others in which something does; a caption before what happens."""
    words = parse.reading.words
    busy = {clause.sentence for clause in clauses if clause.events or clause.moves}
    for sentence in dict.fromkeys(clause.sentence for clause in clauses):
        row = [clause for clause in clauses if clause.sentence == sentence]
        if sentence not in busy:
            idle = [clause for clause in row if not _wanted(clause, parse)]
            if busy and _looks(row, parse) and (idle == row or all(map(_is_tag(parse), idle))):
                return True
            continue
        inside = words[row[0].first : row[0].last]
        stands = all(w.kind not in {"VERB", "AUX"} for w in inside) and inside[0].kind in {"DET", "ADJ", "NOUN", "NUM"}
        acts = row[0].events or row[0].moves or _wanted(row[0], parse)
        goes_on = any(_goes_on(event, row[0], parse) for clause in row[1:] for event in clause.events)
        if stands and not acts and not goes_on and len(inside) > 1 and len(row) > 1:
            return True
    return False


def _films_in_a_participle(clauses: tuple[Clause, ...], parse: Parse) -> bool:
    """ "Zooming in on the cup"; not "the camera pans left, tilting up"."""
    words = parse.reading.words
    for place, clause in enumerate(clauses):
        before = clauses[place - 1] if place else None
        hangs = before is not None and before.sentence == clause.sentence and bool(before.moves)
        if clause.moves and not hangs and doing(words[clause.first : clause.last], clause.moves):
            return True
    return False


def _names_beside_a_move(clauses: tuple[Clause, ...], parse: Parse) -> bool:
    """ "Old lighthouse, tilt up": what the still shows, named in a sentence in which only the camera moves."""
    words = parse.reading.words
    for sentence in dict.fromkeys(clause.sentence for clause in clauses):
        row = [clause for clause in clauses if clause.sentence == sentence]
        if not any(clause.moves for clause in row) or any(clause.events for clause in row):
            continue
        for clause in row:
            inside = words[clause.first : clause.last]
            named = any(word.kind == "NOUN" for word in inside) and inside[0].kind in {"DET", "ADJ", "NOUN", "NUM"}
            plain = all(word.kind not in {"VERB", "AUX", "NOT"} for word in inside)
            if named and plain and not clause.moves and not _wanted(clause, parse):
                return True
    return False


def _is_of_the_camera(inside: Sequence[Word]) -> bool:
    """ "Tracking shot", "slow camera pan across the ridge"."""
    return inside[-1].lower in TAKES or any(word.lower == "camera" for word in inside[1:])


def _is_tag(parse: Parse) -> Callable[[Clause], bool]:
    """ "5 seconds, deeply human, cinematic": whether a clause has neither a verb nor a preposition."""
    words = parse.reading.words
    return lambda clause: all(word.kind in {"ADJ", "ADV", "NOUN", "NUM"} for word in words[clause.first : clause.last])


def _spliced_to_a_move(clauses: tuple[Clause, ...], parse: Parse) -> bool:
    """ "A wave breaks, camera tilts down", "a truck speeds past, tracking shot": a move tied on with a comma."""
    words = parse.reading.words
    for before, clause in pairwise(clauses):
        if _named_first(before, clause, parse):
            return True
        if not clause.moves or before.moves or before.sentence != clause.sentence:
            continue
        comma = [word.text for word in words[clause.link : clause.first]] == [","]
        binding = parse.vocabulary.sets["telling_binding"]
        bound = any(word.lower in binding for word in words[before.link : before.first + 1])
        inside = words[clause.first : clause.last]
        verb = next((word for word in inside if word.kind in {"VERB", "AUX"}), None)
        own = verb is not None and verb.form == "s" and verb.index > clause.first
        fragment = verb is None or verb.form == "ing"
        acts = any(word.kind == "AUX" or word.form == "s" for word in words[before.first : before.last])
        if comma and acts and not bound and (own or (fragment and _is_of_the_camera(inside))):
            return True
    return False


def _named_first(before: Clause, clause: Clause, parse: Parse) -> bool:
    """ "Tracking shot, a moped zips past": a move that is only named, before a clause that acts."""
    words = parse.reading.words
    inside, behind = words[before.first : before.last], words[clause.first : clause.last]
    films = bool(before.moves) and before.moves[0].move != "static"
    named = films and not before.events and len(inside) == before.moves[0].last - before.moves[0].first
    acts = not clause.moves and any(word.kind == "AUX" or word.form == "s" for word in behind)
    comma = [word.text for word in words[clause.link : clause.first]] == [","]
    return named and acts and comma and inside[-1].lower in TAKES | _FILMING and before.sentence == clause.sentence


def _looks(row: list[Clause], parse: Parse) -> bool:
    """Whether a sentence speaks of looks or of a mood; "A mug sits on a table" only says where it is."""
    indices = range(row[0].first, row[-1].last)
    return sum(index in parse.described for index in indices) * _SPARSE >= len(indices)


def _goes_on(event: Event, caption: Clause, parse: Parse) -> bool:
    """Whether what happens is done by what the caption names: "Old man at a window, he sighs"."""
    if event.subject is None:
        return False
    return event.subject < caption.last or parse.reading.words[event.subject].kind == "PRON"


def _wanted(clause: Clause, parse: Parse) -> bool:
    """A sound, a line that is spoken, a pace, a time, what must not be: wished for, though nothing moves."""
    words = parse.reading.words[clause.first : clause.last]
    start, end = words[0].start, words[-1].end
    spans = [cue.span for cue in parse.cues if cue.label in {"audio", "negation", "cut", "lettering"}]
    spans += [*parse.masks.quotations, *(mark.span for mark in parse.masks.times)]
    text = " ".join(word.lower for word in words)
    pace = any(pace in text for pace in parse.vocabulary.telling.pace)
    return pace or words[0].lower == "keep" or any(span.start < end and start < span.end for span in spans)


def talks_about_the_clip(words: tuple[Word, ...]) -> bool:
    """ "This is a video with ...": talk about the clip, not what is seen."""
    lowers = {w.lower for w in words[:6]}
    return bool({"is", "'s", "features", "shows"} & lowers) and bool({"video", "animation", "clip", "footage"} & lowers)


def hangs_on_the_camera(clauses: Sequence[Clause], parse: Parse) -> bool:
    """ "The camera remains still, a hand reaching out": what happens is hung on the camera as a participle."""
    words = parse.reading.words
    for before, clause in pairwise(clauses):
        if not before.moves or before.events or before.sentence != clause.sentence or clause.moves:
            continue
        event = next(iter(clause.events), None)
        own = event is not None and event.tie == "participle" and event.subject is not None
        if own and event is not None and event.subject is not None and clause.first <= event.subject < event.verb:
            return words[clause.first].kind in {"DET", "NOUN"} and words[clause.first].lower not in _HELD
    return False


def _asked_of_the_camera(found: Found, parse: Parse) -> bool:
    """ "The camera should tilt up"."""
    near = parse.reading.words[max(0, found.first - 3) : found.last]
    modals = parse.vocabulary.sets["telling_modals"]
    return any(w.kind == "AUX" and w.lower in modals and w.sentence == near[-1].sentence for w in near)


def uninflected(words: tuple[Word, ...], parse: Parse) -> Word | None:
    """ "Camera follow the train", "drone slowly go up": the verb that its author left without an ending."""
    if not words or words[0].lower not in _FILMING:
        return None
    verb = next((word for word in words[1:] if word.kind != "ADV"), None)
    same = (
        verb is not None and verb.form in {"past", "preterite"} and words[verb.index - words[0].index - 1].kind != "AUX"
    )
    if verb is None or not (same or verb.form in {"", "base"}) or verb.sentence != words[0].sentence:
        return None
    bare = any(form == "base" for _, form in parse.vocabulary.verb_forms.get(verb.lower, ()))
    bare = bare and any(found.first <= verb.index < found.last for found in parse.moves)
    return verb if bare and parse.prompt[words[0].end : verb.start] != "-" else None


def doing(words: tuple[Word, ...], moves: Sequence[Found]) -> Word | None:
    """ "Zooming in on the cup", "handheld camera moving closer": the participle, where the camera has no other verb."""
    place = next((i for i, word in enumerate(words[:4]) if word.kind == "VERB"), None)
    if place is None or words[place].form != "ing" or not words[place].lower.endswith("ing"):
        return None
    ahead = words[:place]
    if len(ahead) > 1 and ahead[-1].lower in TAKES and ahead[-2].lower in _FILMING:
        ahead = ahead[:-1]  # "camera movement zooming"
    named = all(w.kind == "ADV" for w in ahead) or (
        ahead[-1].lower in _FILMING
        and all(w.kind in {"ADJ", "DET", "ADV"} or w.form == "participle" for w in ahead[:-1])
    )
    told = any(
        w.kind == "AUX" or (w.kind == "VERB" and w.form in {"s", "base"} and before.lower != "to")
        for before, w in pairwise(words)
    )
    own = any(found.first <= words[place].index < found.last for found in moves)
    after = words[place + 1] if place + 1 < len(words) else None
    own = own and (after is None or after.lower not in TAKES | _FILMING)  # "tracking shot"
    return words[place] if named and own and not told else None


def _caption(event: Event, parse: Parse) -> bool:
    """A participle where a sentence wants its verb ("a dog running"), or the past tense."""
    words = parse.reading.words
    verb = words[event.verb]
    before = words[parse.reading.starts[verb.sentence] : event.verb]
    if verb.form in {"preterite", "past"}:
        start = event.subject if event.subject is not None and event.subject < verb.index else verb.index - len(before)
        return not any(w.kind == "AUX" for w in words[start : verb.index])
    if len(before) > 1 and before[-1].lower == "and" and before[-2].kind == "ADJ":
        return False  # "its light dim and flickering"
    if before and before[-1].lower == "of":
        return False  # "a night of camping"
    first = event.subject is not None and event.subject < event.verb
    suffers = len(before) > 1 and before[-1].lower == "being" and before[-2].kind == "NOUN"
    if suffers and first and not any(w.kind == "AUX" or w.form in _FINITE for w in before[:-1]):
        return True  # "a cushion being pressed": it is pressed
    taken = verb.kind == "NOUN" and event.tie == "participle" and any(form == "ing" for _, form in verb.verbs)
    if (verb.form != "ing" and not taken) or not first:
        return False
    if before and before[-1].lower in {"was", "were"}:
        return True
    if any(w.kind == "AUX" or (w.kind == "VERB" and w.form != "ing") for w in before):
        return False
    behind = words[event.verb + 1 : event.verb + 1 + 40]
    same = (w for w in behind if w.sentence == verb.sentence)
    return not any(w.kind == "VERB" and w.form == "s" and _reaches(w, event, parse) for w in same)


def finished(parse: Parse) -> dict[int, str]:
    """The participle that a caption has for its verb, finite: "a seal juggling, rolling about" juggles."""
    words = parse.reading.words
    acts: dict[int, str] = {}
    told: set[int] = set()
    for event in parse.events:
        verb = words[event.verb]
        start = parse.reading.starts[verb.sentence]
        own = event.subject is not None and event.subject < event.verb and verb.sentence not in told
        if own and verb.form == "ing" and event.tie == "participle" and _caption(event, parse):
            assert event.subject is not None
            noun = words[event.subject]
            ahead = [word for word in words[start : event.verb] if word.dep != "amod"]  # "swirling mist rising"
            opens = phrase_start(noun, parse) == start or all(
                word.dep in {"amod", "compound", "det"} for word in words[start : noun.index]
            )
            if opens and not noun.plural and not any(word.kind in {"VERB", "AUX", "PUNCT"} for word in ahead):
                acts[event.verb] = finite(verb, False, parse)
        if verb.dep != "amod":
            told.add(verb.sentence)
    for start in parse.reading.starts.values():
        only = _unfinished(start, parse)
        if only is not None and not any(words[index].sentence == only.sentence for index in acts):
            head = [*_phrase(start, only.index, parse)][-1]
            acts[only.index] = finite(only, head.plural, parse)
    return acts


def _phrase(start: int, end: int, parse: Parse) -> Iterator[Word]:
    """The nouns before the first preposition of ``words[start:end]``."""
    opening = takewhile(lambda word: word.kind != "PREP", parse.reading.words[start:end])
    return (word for word in opening if word.kind == "NOUN")


def _unfinished(start: int, parse: Parse) -> Word | None:
    """The participle that a sentence has for its verb right behind the noun that opens it, the noun's "of" included."""
    words = parse.reading.words
    doing = (w for w in words[start:] if w.sentence != words[start].sentence or w.kind in {"VERB", "AUX"})
    verb = next((w for w in doing if w.form != "participle"), None)
    if verb is None or verb.sentence != words[start].sentence or verb.form != "ing" or verb.dep == "amod":
        return None
    ahead, nouns = words[start : verb.index], [*_phrase(start, verb.index, parse)]
    plain = all(w.kind in {"DET", "ADJ", "NOUN", "NUM", "ADV"} or w.lower in {"of", "in", "and"} for w in ahead)
    if not nouns or not plain or ahead[0].lower in parse.vocabulary.sets["telling_views"]:
        return None
    rest = (w for w in words[verb.index + 1 :] if w.sentence == verb.sentence)
    part = takewhile(lambda word: word.kind not in {"PUNCT", "CONJ"}, rest)
    return None if any(is_finite(word) for word in part) else verb


def _reaches(verb: Word, event: Event, parse: Parse) -> bool:
    """Whether a later verb may be the one that the noun before a participle waits for: "a dog running home barks"."""
    words = parse.reading.words[event.verb : verb.index]
    own = next((other.subject for other in parse.events if other.verb == verb.index), None)
    return own == event.subject and not any(w.lower in {",", "then", "and"} for w in words)


def _without_a_verb(parse: Parse) -> bool:
    """ "Two dogs chasing a ball, falling leaves": things happen in a sentence, and it has no verb of its own."""
    words = parse.reading.words
    busy = {words[event.verb].sentence for event in parse.events if event.subject is not None}
    verbs = {w.sentence for w in words if w.kind == "AUX" or (w.kind == "VERB" and w.form in _FINITE)}
    heard = {words[parse.reading.starts[s]].lower for s in busy - verbs} & parse.vocabulary.sets["telling_heard"]
    return bool(busy - verbs) and not heard


def _only_named(event: Event, parse: Parse) -> bool:
    """ "Eruption of a volcano": what happens is a noun, and its sentence has no verb."""
    words = parse.reading.words
    noun = words[event.verb]
    if noun.kind != "NOUN" or noun.verbs or noun.form == "gerund" or event.tie != "main":
        return False
    opens = phrase_start(noun, parse) == parse.reading.starts[noun.sentence]
    return opens and all(w.kind not in {"VERB", "AUX"} for w in words if w.sentence == noun.sentence)


def _bare(event: Event, parse: Parse) -> bool:
    """ "Cat jump onto the table": a verb that does not agree with the one before it."""
    words = parse.reading.words
    if event.subject is None or words[event.verb].form != "base" or event.tie == "infinitive":
        return False
    noun = words[event.subject]
    between = words[event.subject + 1 : event.verb]
    ahead = words[parse.reading.starts[noun.sentence] : noun.index]
    alone = noun.kind == "NOUN" and not noun.plural and all(w.kind in {"DET", "ADJ"} for w in ahead)
    alone = alone and not any(w.lower in {"these", "those", "all", "both", "some"} for w in ahead)
    return alone and noun.index < event.verb and all(w.kind == "ADV" for w in between)


def _shows(opening: tuple[Word, ...], parse: Parse) -> bool:
    """ "The video shows ...", "This is a close-up of ..."."""
    said = next((w for w in opening if w.kind in {"VERB", "AUX"} and w.sentence == opening[0].sentence), None)
    sets = parse.vocabulary.sets
    talk = said is not None and (said.lemma in sets["telling_shows"] | {"start", "open", "begin"} or said.lower == "is")
    return talk and any(w.lower in sets["telling_views"] for w in opening)


def _tag(clause: Clause, parse: Parse) -> bool:
    """A piece between commas that only says how it looks: ", dreamy, pastel tones"."""
    inside = parse.reading.words[clause.first : clause.last]
    verbless = not clause.events and not clause.moves and all(w.kind not in {"VERB", "AUX", "PREP"} for w in inside)
    described = sum(w.index in parse.described for w in inside)
    return clause.link < clause.first and verbless and described * 2 >= len(inside)
