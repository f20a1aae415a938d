"""The prompt said again, motion first. What is left out is listed; what is the coach's is marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from studio.coach.cues.events import Event
from studio.coach.cues.main_actions import main_actions
from studio.coach.cues.parse import Parse
from studio.coach.cues.shots import first_shot
from studio.coach.edits import tidy
from studio.coach.language.words import Word
from studio.coach.telling.accounting import account
from studio.coach.telling.checks.audit import Audit
from studio.coach.telling.checks.doubts import Doubts
from studio.coach.telling.checks.roughness import finished, is_rough
from studio.coach.telling.checks.soundness import is_sound
from studio.coach.telling.clauses.camera_phrasing import camera_sentence, gentle_sentence
from studio.coach.telling.clauses.storytelling import propose, tell_story
from studio.coach.telling.clauses.suggestions import spoken, suggestions
from studio.coach.telling.clauses.verdict import Verdict
from studio.coach.telling.kept.keeping import Keeping
from studio.coach.telling.kept.restoring import Restoring
from studio.coach.telling.meaning.flights import flights
from studio.coach.telling.meaning.meant import busy, is_meant, is_notion
from studio.coach.telling.meaning.selection import Taste
from studio.coach.telling.mending.mend import Mended
from studio.coach.telling.reasons import Omission
from studio.coach.telling.wording.draft import Bit, Draft, Text, coach, echo, render, said
from studio.coach.telling.wording.naming import is_plural, is_proper, joined_with, subject_of
from studio.coach.telling.wording.phrasing import describes, event_sentence, finite, of_a_quality
from studio.shot import Cue, Record, Span, Timeline

__all__ = ["Rewrite", "rewrite_prompt"]

_OPENING = re.compile(r"(?:(?<=[a-z\d][.!?] )|(?<=\b[AP]M\. ))[a-z]")
_FALLBACK = "The camera slowly pushes in."
_FOLLOWING = {"follow", "track", "chase", "reveal"}
_NO_ACTS: Mapping[int, str] = {}
_OBJECT = {"DET", "ADJ", "NOUN", "NUM", "PRON"}
_MOST_SENTENCES = 10
_MOST_ACTIONS = 4
_MOST_LEGS = 2  # camera moves in a row


class Rewrite(Record):
    """The rewrite and what became of the author's words.

    Attributes:
        kept: spans of the prompt that are still said.  removed: spans that are not, and why.
        added: spans of `text` that are the coach's own.
    """

    text: str
    kept: tuple[Span, ...] = ()
    removed: tuple[Omission, ...] = ()
    added: tuple[Span, ...] = ()


def rewrite_prompt(
    mended: Mended,
    timeline: Timeline,
    read: Callable[[str], Parse],
    *,
    good: bool,
    crowded: bool,
    passes: Callable[[str], bool],
) -> Rewrite:
    """Say a prompt again. A good prompt is only tidied, and given the coach's beats of the timeline.

    `read` reads the grammar and the camera of a text. `good` says whether the prompt passes the coach's own rules,
    `crowded` whether it has too many actions, `passes` whether a text does: more is left out until it does, and what
    that took too much of is put back.
    """
    good = passes(mended.parse.prompt) and not mended.source.foreign if mended.edits else good
    rough = mended.named or (mended.foreign and not is_sound(mended.parse))
    told = _told(mended.parse, timeline, read, good=good, rough=rough, crowded=crowded, passes=passes)
    if not mended.edits:
        return told
    cut = mended.unsaid()
    gone = _without(map(mended.back, told.removed), cut, mended.source.prompt)
    removed = sorted([*gone, *cut], key=lambda span: span.start)
    stays = _without(map(mended.back, told.kept), cut, mended.source.prompt)
    kept = sorted([*stays, *mended.moved()], key=lambda span: span.start)
    added = tuple(sorted((*told.added, *_brought_in(told, mended)), key=lambda span: span.start))
    left_out = tuple(Omission(**dict(span)) for span in filter(_says, removed))
    return told.but(kept=tuple(filter(_says, kept)), removed=left_out, added=added)


def _brought_in(told: Rewrite, mended: Mended) -> Iterator[Span]:
    """The camera of a move that was only named: whoever films was not said."""
    if "camera" in mended.source.prompt.lower():
        return
    for match in re.finditer(r"\bcamera\b", told.text):
        span = Span.of(told.text, *match.span())
        if not any(span.overlaps(other) for other in told.added):
            yield span


def _without(spans: Iterable[Span], cut: Sequence[Span], prompt: str) -> Iterator[Span]:
    """The spans less what was cut out of the middle of them."""
    for span in spans:
        start = span.start
        for other in sorted((o for o in cut if o.overlaps(span)), key=lambda o: o.start):
            if prompt[start : other.start].strip(" ,"):
                yield Span.of(prompt, start, start + len(prompt[start : other.start].rstrip(" ,")))
            start = max(start, other.end)
        if start == span.start:
            yield span
        elif prompt[start : span.end].strip(" ,"):
            yield Span.of(prompt, span.end - len(prompt[start : span.end].lstrip(" ,")), span.end)


def _says(span: Span) -> bool:
    """Whether any of it is the author's: of what a time or a label of ours was put for, nothing is."""
    return any(c.isalnum() for c in span.text)


def _told(
    source: Parse,
    timeline: Timeline,
    read: Callable[[str], Parse],
    *,
    good: bool,
    rough: bool,
    crowded: bool,
    passes: Callable[[str], bool],
) -> Rewrite:
    prompt = source.prompt
    if source.foreign or not prompt.strip():
        kept = (Span.of(prompt, 0, len(prompt)),) if prompt.strip() else ()
        text = render([coach(beat.text) for beat in timeline.beats], source.reading)
        return Rewrite(text=prompt.strip() or text.text, kept=kept, added=() if prompt.strip() else text.added)
    if good and not rough and not is_rough(source):
        return _tidied(source, timeline)
    bare = () if good else _barest(source, read)
    audit = Audit(source, crowded=crowded)
    restoring, keeping = Restoring(audit, read), Keeping(source, crowded=crowded)
    for drafts in chain(_candidates(source, timeline, read), bare, _proposed(source, timeline)):
        text = render(drafts, source.reading)
        if good and not _tells(text, source):  # a text that breaks no rule loses nothing that happens
            return _whole(source, timeline, passes)
        if not text.text or not (good or passes(text.text)):
            continue
        broken = audit.broken(text)
        told = (
            _without_proposals(restoring.fuller(drafts, broken, passes), drafts, source, passes) if broken else drafts
        )
        text = render(told, source.reading)
        if good and broken and audit.broken(text):
            return _whole(source, timeline, passes)
        if not good or passes(text.text):
            text = render(keeping.fuller(told, passes), source.reading)
            return Rewrite(text=text.text, added=text.added, **account(source, text.sources))
    text = render(keeping.fuller([coach(_FALLBACK)], passes), source.reading)
    return Rewrite(text=text.text, added=text.added, **account(source, text.sources))


def _without_proposals(
    fuller: list[Draft], drafts: list[Draft], source: Parse, passes: Callable[[str], bool]
) -> list[Draft]:
    """What was made fuller, without what the coach proposed somebody to do, where the author's own does."""
    acting = [draft for draft in fuller if draft not in drafts and draft[0].text not in {"There", "In", "From"}]
    idle = [draft for draft in fuller if all(bit.coach for bit in draft) and not _films(draft)]
    if acting and idle and not any(event.verb in render(drafts, source.reading).sources for event in source.events):
        own = [draft for draft in fuller if draft not in idle]
        return own if passes(render(own, source.reading).text) else fuller
    return fuller


def _whole(source: Parse, timeline: Timeline, passes: Callable[[str], bool]) -> Rewrite:
    """A good prompt as it stands, its captions given a verb."""
    whole = _tidied(source, timeline, finished(source))
    return whole if passes(whole.text) else _tidied(source, timeline)


def _proposed(source: Parse, timeline: Timeline) -> Iterator[list[Draft]]:
    """The author's camera and what the coach would do, where nothing of the author's motion can stay."""
    aggressive = source.vocabulary.camera.aggressive
    camera = [
        echo(gentle_sentence(found, source), source.reading.words[found.first : found.last + 8], own=True)
        if found.move in aggressive or found.level == 3
        else echo(camera_sentence(found, source), source.reading.words[found.first : found.last + 8], own=False)
        for found in source.moves[:1]
    ]
    words, doubts = source.reading.words, Doubts(source)
    rest = [
        echo(event_sentence(event, source), words[max(0, event.verb - 8) : event.last + 3], own=False)
        for event in source.events
        if event.tie == "attributive" and not _lettered(event, source) and not describes(event)
        if doubts.suits(event)
    ]
    if rest:
        yield [*camera, *rest[:2]]
    own = [propose(beat.text, source) for beat in suggestions(source, timeline.seconds, bare=True)]
    for count in range(len(own), 0, -1):
        yield [*camera, *own[:count]]


def _tells(text: Text, source: Parse) -> bool:
    """Whether a text says all that happens, what somebody attends to and whom a camera follows."""
    return _acts(source) | _attended(source) <= text.sources and _follows(source, text.sources)


def _acts(source: Parse) -> set[int]:
    """The verbs of what happens, those of a flight and of mere looks aside."""
    flown = {index for flight in flights(source) for index in range(flight.first, flight.last)}
    acting = (
        event
        for event in source.events
        if event.tie != "attributive"
        and not of_a_quality(event, source)
        and not is_notion(event, source)
        and not (event.head and source.prompt[event.head - 1] == "-")  # "breath-taking"
    )
    return {event.verb for event in acting} - flown


def _attended(source: Parse) -> set[int]:
    """The finite verbs of what somebody is busy with, though no list of motions has them: "a man watches"."""
    words = source.reading.words
    named = {word.head for word in words if word.dep == "nsubj" and word.index < word.head}
    return {index for index in busy(source) & named if words[index].form in {"s", "preterite"}}


def _follows(source: Parse, said: frozenset[int]) -> bool:
    """Whether it is still said whom a camera follows and what it reveals."""
    words = source.reading.words
    filmed = {words[found.first].sentence for found in source.moves}
    followed = (word for word in words if word.kind == "VERB" and word.lemma in _FOLLOWING)
    return all(word.index in said for word in followed if word.sentence in filmed)


def _lettered(event: Event, source: Parse) -> bool:
    """Whether what moves is lettering."""
    word = source.reading.words[event.subject] if event.subject is not None else None
    return word is None or _inside(word, source.labelled("lettering"))


def _articled(source: Parse, acts: Mapping[int, str]) -> str:
    """The prompt with an article before each camera that its author left bare, and with other forms of some verbs."""
    text = source.prompt
    for index in sorted({*source.reading.bare_cameras, *acts}, reverse=True):
        word = source.reading.words[index]
        article = "The" if word.text[0].isupper() else "the"
        text = f"{text[: word.start]}{acts.get(index) or f'{article} {word.lower}'}{text[word.end :]}"
    return text


def _of_two(source: Parse) -> dict[int, str]:
    """The verbs for one that two do: "salt and pepper falls"."""
    words = source.reading.words
    two = (event for event in source.events if words[event.verb].form == "s" and joined_with(event, source))
    return {event.verb: finite(words[event.verb], True, source) for event in two}


def _in_the_present(source: Parse) -> dict[int, str]:
    """The verbs of a story with their subject right before them, as they are now: "the light shimmered"."""
    words = source.reading.words
    forms: dict[int, str] = {}
    for who, verb in pairwise(words):
        told = verb.kind == "VERB" and verb.dep in {"ROOT", "conj", "parataxis"}
        told = told and (verb.form == "preterite" or (verb.form == "past" and verb.dep == "ROOT"))
        own = who.kind == "NOUN" and who.dep == "nsubj" and who.head == verb.index
        if told and own and not source.masks.hides(verb.start, verb.end):
            forms[verb.index] = finite(verb, is_plural(who, named=is_proper(who, source)), source)
    past = any(word.lower in {"was", "were", "had"} for word in words)
    return {} if past else forms


def _tidied(source: Parse, timeline: Timeline, acts: Mapping[int, str] = _NO_ACTS) -> Rewrite:
    changed = {**_in_the_present(source), **_of_two(source), **acts}
    text = _OPENING.sub(lambda m: m.group().upper(), tidy(_articled(source, changed)))
    own = [beat.text for beat in spoken(source, timeline)]
    added: list[Span] = []
    for sentence in own:
        added.append(Span(start=len(text) + 1, end=len(text) + 1 + len(sentence), text=sentence))
        text = f"{text} {sentence}"
    return Rewrite(text=text, kept=(Span.of(source.prompt, 0, len(source.prompt)),), added=tuple(added))


def _candidates(source: Parse, timeline: Timeline, read: Callable[[str], Parse]) -> Iterator[list[Draft]]:
    """Ever shorter ways to say it, the fullest first."""
    shortest: list[Draft] = []
    seen: list[list[Draft]] = []
    for taste in _tastes(source):
        drafts = tell_story(source, timeline, taste, read)[:_MOST_SENTENCES]
        if drafts and drafts not in seen:
            seen.append(drafts)
            yield drafts
        shortest = drafts
    filmed = {index for found in source.moves for index in range(found.first, found.last)}
    camera = [draft for draft in shortest if any(bit.source in filmed for bit in draft) or _films(draft)]
    for count in range(min(len(camera) - 1, _MOST_LEGS), 0, -1):  # what happens stays longer than a third move
        yield [draft for draft in shortest if draft not in camera[count:]]
    for place in range(len(shortest) - 1 if len(shortest) > 2 else 0, 0, -1):  # the one that is at fault, alone
        yield [*shortest[:place], *shortest[place + 1 :]]
    for count in range(len(shortest) - 1, 0, -1):
        yield shortest[:count]
    for drafts in seen[:1]:  # what cannot be said stood first
        yield from ([draft] for draft in drafts[1:])
    yield from _plainest(source)


def _barest(source: Parse, read: Callable[[str], Parse]) -> Iterator[list[Draft]]:
    """One deed and nothing that is said of it: "the wizard casts a spell", of a spell with neon light."""
    words = source.reading.words
    shown = [cue for cue in source.cues if cue.label == "lettering"]
    for event in source.events:
        living = event.actor in {"person", "animal", "vehicle"} and event.subject is not None
        if event.tie == "attributive" or not living or not is_meant(event, source):
            continue
        end = event.verb + 1
        while end < event.last and words[end].kind in _OBJECT and not _inside(words[end], shown):
            end += 1
        while words[end - 1].kind in {"DET", "ADJ", "NUM"}:
            end -= 1
        if end == event.verb + 1 and end < event.last and words[end].kind in _OBJECT:
            continue  # "form the word": what is formed may not be said
        who, many = subject_of(event, source)
        act = Bit(finite(words[event.verb], many, source), event.verb)
        draft = (*who, act, *said(source.reading, event.verb + 1, end))
        if Verdict(source, read).is_sound(draft):
            yield [draft]


def _plainest(source: Parse) -> Iterator[list[Draft]]:
    """Each thing that is said to happen as the plainest sentence there is, together and then alone."""
    words = source.reading.words
    end = first_shot(source)
    lettered = {words[i].sentence for i in range(len(words)) if _inside(words[i], source.labelled("lettering"))}
    doubts = Doubts(source)
    told = [
        draft
        for event in source.events
        if event.tie == "main" and event.subject is not None and event.actor and _finitely(words[event.verb], source)
        if words[event.verb].sentence not in lettered and event.head < end
        for draft in [echo(event_sentence(event, source), words[max(0, event.verb - 8) : event.last], own=False)]
        if not doubts.of(draft)
    ][:_MOST_ACTIONS]
    yield from ([*told[:count]] for count in range(len(told), 0, -1))
    yield from ([draft] for draft in told[1:])


def _finitely(verb: Word, source: Parse) -> bool:
    """Whether a verb is that of its sentence: "is poured", "turns"; not "being poured"."""
    before = source.reading.words[verb.index - 1] if verb.index else verb
    helped = before.kind == "AUX" and before.lower != "being"
    return verb.form in {"s", "preterite"} or (verb.form in {"passive", "ing"} and helped)


def _inside(word: Word, cues: Iterable[Cue]) -> bool:
    return any(cue.span.start <= word.start < cue.span.end for cue in cues)


def _tastes(source: Parse) -> Iterator[Taste]:
    """How much is left out, the least first; a calm move is made slow before anything that happens goes."""
    calm = any(found.level == 2 and found.move != "static" for found in source.moves)
    yield from (Taste(), Taste(fewer=True), Taste(fewer=True, strict=True), Taste(fewer=True, strict=True, safe=True))
    if calm:
        yield from (Taste(slow=True), Taste(fewer=True, slow=True))
        yield Taste(fewer=True, strict=True, slow=True, safe=True)
    for count in range(min(len(main_actions(source)) - 1, _MOST_ACTIONS), 0, -1):
        shorter = Taste(most=count, strict=True, safe=count < 3)
        yield shorter
        if calm and shorter.safe:
            yield replace(shorter, slow=True)


def _films(draft: Draft) -> bool:
    return [bit.text.lower() for bit in draft[:2]] == ["the", "camera"]
