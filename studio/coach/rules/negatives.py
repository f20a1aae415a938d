"""NEG: what is not wanted, said in the prompt or in the negative prompt."""

from __future__ import annotations

import re
from bisect import bisect_left

from studio.coach.edits import remove
from studio.coach.language.words import Word
from studio.coach.rule import Context, Example, Hit, Rule, listed, works
from studio.shot import Brief, Fix, Severity, Span

__all__ = ["DOUBLE_NEGATIVE", "NEGATION", "NEGATIVE_BANS_STATIC", "NEGATIVE_UNUSED"]

_WAN = "wan_2_2_i2v_a14b"
_PROMPT = "Steam rises from the mug."
_HELD = "Static shot, steam rises from the mug."
_NOT = {"not", "n't", "n’t"}
_ORDERS = {"do", "don't", "dont"}
_MEANT = {"camera", "cut", "cuts", "zoom", "zooming", "pan", "panning", "shake", "movement", "motion", "one", "sound"}
_ITEM = re.compile(r"[^,;.\n]+")
_DENIES = re.compile(r"\s*(?:no|not|non|without|don'?t|do not|never|avoid)\b", re.IGNORECASE)


def _unwanted(context: Context) -> list[Span]:
    """The negations that rule something out of the picture; one about the camera or cuts is read as it is meant."""
    parse, words = context.parse, context.parse.reading.words
    heard = [found.span for found in parse.moves] + [cue.span for cue in parse.labelled("lettering")]
    spans: list[Span] = []
    for cue in parse.labelled("negation"):
        place = bisect_left(words, cue.span.start, key=lambda word: word.start)
        first = words[place] if place < len(words) else None
        if first is None or any(span.overlaps(cue.span) for span in heard):
            continue
        scope = [word for word in words[first.index + 1 : first.index + 8] if word.start < cue.span.end]
        meant = {word.lower for word in scope} & _MEANT
        if _rules_out(words, first, scope) and not meant and not parse.masks.hides(cue.span.start, cue.span.end):
            spans.append(_command(context, cue.span, first))
    return spans


def _rules_out(words: tuple[Word, ...], first: Word, scope: list[Word]) -> bool:
    """ "No people", "without boats", "don't change her face": orders to the model, no part of what happens."""
    before = words[first.index - 1] if first.index else None
    order = before if first.lower in _NOT and before is not None and before.lower in _ORDERS else first
    ahead = words[order.index - 1] if order.index else None
    opens = (
        ahead is None or ahead.sentence != first.sentence or ahead.kind in {"PUNCT", "CONJ"} or ahead.lower == "with"
    )
    if not scope:
        return False
    if first.lower == "without":
        return scope[0].form != "ing" and not scope[0].lower.endswith("ing")
    return opens and (first.lower in {"no", "avoid"} or order.lower in _ORDERS)


def _command(context: Context, span: Span, first: Word) -> Span:
    """The span with the "do" before its "not", the "with" before its "no"."""
    before = context.parse.reading.words[first.index - 1] if first.index else None
    order = first.lower in _NOT and before is not None and before.lower in _ORDERS
    led = before is not None and before.lower == "with"
    if before is None or not (order or led):
        return span
    return Span.of(context.parse.prompt, before.start, span.end)


def _denied(context: Context) -> Hit | None:
    profile = context.profile
    spans = _unwanted(context) if profile.kind != "sketch" else []
    if not spans:
        return None
    words = listed((span.text for span in spans), 36)
    known = profile.dialect.negation
    does = {"ignored": "does not follow", "inverted": "may show just"}.get(known or "", "may still show")
    severity: Severity = "warning" if known else "info"
    rest = "Use the negative prompt." if profile.dialect.negative else "Say what should be seen."
    return Hit(f"{profile.title} {does} what you rule out ({words}). {rest}", tuple(spans), severity)


def _leave_out(context: Context, hit: Hit) -> tuple[Fix, ...]:
    edits = remove(context.parse.prompt, hit.spans)
    if works(context, _denied, edits):
        return (Fix(title="Leave it out", safety="ask", edits=edits),)
    return ()


NEGATION = Rule(
    name="negation",
    code="NEG001",
    title="Ruling things out in the prompt",
    looks_for="“No …”, “without …”, “don't …” in the prompt of an engine that reads it literally or not at all.",
    why="A text encoder hears the noun louder than the “no” before it, so what you rule out may come. "
    "Say what should be seen instead, and put what should not into the negative prompt.",
    source="Runway Gen-4 guide: positive phrasing; Seedance 1.0 guide; vision-language models and negation "
    "(2501.09425).",
    severity="warning where the engine is known for it; info elsewhere; nothing for the sketch, which reads no words",
    good=(
        Example("The camera does not move, steam rises.", "Runway Gen-4", engine="runway_gen4"),
        Example("A dog runs along the beach.", "Runway Gen-4", engine="runway_gen4"),
        Example("No cuts, steam rises from the mug.", "Runway Gen-4", engine="runway_gen4"),
        Example(
            "A robot walks on, avoiding obstacles, without turning its head.", "Runway Gen-4", engine="runway_gen4"
        ),
        Example('He says "no way" and laughs.', "Runway Gen-4", engine="runway_gen4"),
        "No people, the curtain stirs.",
    ),
    bad=(
        Example("The curtain stirs, no people.", "Runway Gen-4", engine="runway_gen4"),
        Example("Waves roll in without any boats.", "Seedance 1.0", engine="seedance_1"),
        Example("The woman blinks. Don't change her face.", "Runway Gen-4", engine="runway_gen4"),
        Example("No smoke, the candle flickers.", "Wan 2.2", engine=_WAN),
        Example("Snow falls on the roofs, no text, no logo.", "Kling 3.0", engine="kling_3"),
        Example("The dog barks, avoid morphing.", "Seedance 1.0", engine="seedance_1"),
    ),
    false_alarms="A negation that is part of the story and harmless when it is overheard.",
    find=_denied,
    mend=_leave_out,
)


# -- the negative prompt ----------------------------------------------------------------------------------------------
def _unused(context: Context) -> Hit | None:
    brief, profile = context.brief, context.profile
    if not (brief.negative or "").strip():
        return None
    guidance = brief.guidance if brief.guidance is not None else profile.guidance
    if not profile.dialect.negative:
        severity: Severity = "info" if profile.kind == "sketch" else "warning"
        return Hit(f"{profile.title} has no negative prompt; yours has no effect.", (), severity)
    if guidance is not None and guidance <= 1:
        return Hit(f"At guidance {guidance:g} a negative prompt has no effect.", (), "warning")
    return None


def _with(
    negative: str | None, engine: str = _WAN, *, guidance: float | None = None, prompt: str = _PROMPT, shown: str = ""
) -> Example:
    told = shown or f"negative prompt “{negative}”" + (f", guidance {guidance:g}" if guidance is not None else "")
    return Example(prompt, told, Brief(negative=negative, guidance=guidance), engine)


NEGATIVE_UNUSED = Rule(
    name="negative-unused",
    code="NEG002",
    title="A negative prompt that does nothing",
    looks_for="A negative prompt at guidance 1, or for an engine that has none.",
    why="The negative prompt works through classifier-free guidance; at scale 1 that is switched off, "
    "as it is in distilled and “lightning” models. Raise the guidance above 1, or say in the prompt what should be "
    "seen.",
    source="Classifier-free guidance (2207.12598); diffusers pages of LTX-2 and other distilled models.",
    severity="warning; info for the sketch",
    good=(
        _with("blur, text"),
        _with("blur, text", guidance=5),
        _with(None, guidance=1, shown="guidance 1, no negative prompt"),
        _with("", guidance=1, shown="guidance 1, an empty negative prompt"),
        _with("blur, text", "kling_3"),
        _PROMPT,
    ),
    bad=(
        _with("blur, text", guidance=1),
        _with("blur, text", "ltx_2_3", guidance=1),
        _with("blur, text", "ltx_2_5", guidance=0),
        _with("blur, text", "runway_gen4"),
        _with("blur, text", "hunyuan_i2v"),
        _with("blur, text", "sketch"),
    ),
    false_alarms="Engines with a guidance of another kind, such as negative guidance in the attention.",
    find=_unused,
    mended_by="settings",
)


def _banned(context: Context) -> Hit | None:
    """Whether a shot that shall stand still is told not to."""
    parse, brief, dialect = context.parse, context.brief, context.profile.dialect
    still = [found for found in parse.moves if found.move == "static"]
    if not still or len(still) < len(parse.moves) or not dialect.negative:
        return None
    spans = tuple(found.span for found in still)
    if brief.negative is None and dialect.negative_bans_static:
        message = f"{context.profile.title}'s own negative prompt forbids a static picture. Write one without it."
        return Hit(message, spans, "warning")
    forbidden = {word.strip().lower() for word in re.split(r"[,;，、。.\n]", brief.negative or "")}
    banned = sorted(forbidden & parse.vocabulary.habits.sets["stillness"])
    if not banned:
        return None
    return Hit(f"The camera shall hold still, and the negative prompt forbids “{banned[0]}”.", spans, "warning")


NEGATIVE_BANS_STATIC = Rule(
    name="negative-bans-static",
    code="NEG003",
    title="A negative prompt that forbids the static shot",
    looks_for="A static camera, while the negative prompt (often the engine's own) rules out “static” or “still”.",
    why="The two pull against each other, and the camera drifts where it should hold. "
    "Write a negative prompt of your own without those words.",
    source="Wan 2.1 and 2.2: the default negative prompt lists static and still.",
    severity="warning",
    good=(
        _with("blur, text", prompt=_HELD),
        _with(None, prompt=_PROMPT, shown="the engine's own negative prompt"),
        _with(None, "kling_3", prompt=_HELD, shown="Kling 3.0's own negative prompt"),
        _with(None, prompt="The camera pans left.", shown="the engine's own negative prompt"),
        _with("static", "runway_gen4", prompt=_HELD),
        _HELD,
    ),
    bad=(
        _with(None, prompt=_HELD, shown="Wan 2.2's own negative prompt"),
        _with(None, "wan_2_2_ti2v_5b", prompt=_HELD, shown="Wan 2.2 5B's own negative prompt"),
        _with("blur, static", prompt=_HELD),
        _with("Static, text", "kling_3", prompt="The camera holds still, a flag ripples."),
        _with("motionless", "ltx_2_3", prompt="Locked-off shot, rain falls."),
        _with("静态，模糊", prompt=_HELD),
    ),
    false_alarms="A negative prompt whose “still” means a freeze of the subject.",
    find=_banned,
    mended_by="settings",
)


def _double(context: Context) -> Hit | None:
    items = (match.group() for match in _ITEM.finditer(context.brief.negative or ""))
    denied = [item.strip() for item in items if _DENIES.match(item)]
    if not denied:
        return None
    return Hit(f"A negative prompt lists what is not wanted; “{denied[0][:30]}” says it twice.", (), "info")


DOUBLE_NEGATIVE = Rule(
    name="double-negative",
    code="NEG004",
    title="“No …” in the negative prompt",
    looks_for="Items of the negative prompt that begin with “no”, “not”, “without” or “don't”.",
    why="The whole field is already what you do not want, so “no blur” there can push towards blur. Name the things "
    "alone.",
    source="Veo 3.1 guides: name what should be gone as nouns, not as “no …”.",
    severity="info",
    good=(
        _with("blur, text"),
        _with("noise, noses"),
        _with("nothing but smoke"),
        _with("crowd"),
        _with(""),
        _PROMPT,
    ),
    bad=(
        _with("no blur"),
        _with("text, no logo"),
        _with("don't move the camera"),
        _with("without people", "veo_3_1"),
        _with("No morphing.", "kling_3"),
        _with("blur; not dark", "ltx_2_3"),
    ),
    false_alarms="A name that begins with one of the words.",
    find=_double,
    mended_by="settings",
)
