"""ACT, DUR: what does not fit into the seconds, and seconds that words alone do not fill."""

from __future__ import annotations

import re

from studio.coach.cues.main_actions import main_actions
from studio.coach.language.times import TimeMark
from studio.coach.rule import Context, Example, Hit, Rule, listed, works
from studio.shot import Brief, Edit, Fix, Severity

__all__ = ["LONG_CLIP", "NO_TIME"]

_SLACK = 0.25  # seconds past the end that nobody means
_FIGURE = re.compile(r"(?:(\d+):)?(\d+(?:\.\d+)?)")
_LONG = 6.0  # seconds, where an engine's own comfort is not known: open models are made for five
_WAN = "wan_2_2_i2v_a14b"


def _latest(mark: TimeMark, prompt: str) -> float:
    """The second of the clip that a mark reaches; "up from 10:47 to 12:45" in running words is a clock that is seen."""
    before = prompt[: mark.span.start].rstrip(" ")
    heads = not before or before[-1] in ".!?;,:\n" or mark.span.text[:1] in "[("
    seen = ":" in mark.span.text and not heads
    return 0.0 if mark.share or seen else max(mark.start or 0.0, mark.end or 0.0)


def _past(context: Context) -> Hit | None:
    """Times that lie past the end, or actions in order that leave each other no time."""
    parse = context.parse
    late = [mark for mark in parse.masks.times if _latest(mark, parse.prompt) > context.seconds + _SLACK]
    if late:
        words = listed((mark.span.text for mark in late), 40)
        placed = any(mark.kind not in {"length", "later"} for mark in late)
        severity: Severity = "warning" if placed else "info"
        message = f"The clip lasts {context.seconds:g} s; {words} lies past its end."
        return Hit(message, tuple(mark.span for mark in late), severity)
    actions = main_actions(context.parse)
    told = any(event.ordered for event in actions)
    if context.budget > 1 or len(actions) != 2 or not told:
        return None
    named = listed((event.lemma for event in actions), 30)
    message = f"Two actions in order ({named}) need 4 to 6 s; the clip lasts {context.seconds:g} s."
    return Hit(message, tuple(event.span for event in actions), "info")


def _sooner(context: Context, _hit: Hit) -> tuple[Fix, ...]:
    """The same times, drawn together until the last one fits."""
    prompt = context.parse.prompt
    marks = [mark for mark in context.parse.masks.times if _latest(mark, prompt)]
    latest = max((_latest(mark, prompt) for mark in marks), default=0.0)
    if latest <= context.seconds + _SLACK:
        return ()
    scale = context.seconds / latest * (1.0 if any(m.end is not None for m in marks) else 0.8)
    edits: list[Edit] = []
    for mark in marks:
        for figure in _FIGURE.finditer(mark.span.text):
            seconds = (int(figure[1] or 0) * 60 + float(figure[2])) * scale
            said = f"0:{seconds:04.1f}" if figure[1] and seconds % 1 else f"{seconds:.1f}".removesuffix(".0")
            said = f"0:{round(seconds):02d}" if figure[1] and not seconds % 1 else said
            start = mark.span.start + figure.start()
            edits.append(Edit(start=start, end=start + len(figure.group()), replacement=said))
    if edits and works(context, _past, tuple(edits)):
        return (Fix(title="Draw the times together", safety="ask", edits=tuple(edits)),)
    return ()


NO_TIME = Rule(
    name="no-time",
    code="ACT002",
    title="No time for this",
    looks_for="Times past the end of the clip, and two actions in order in a clip of two seconds or less.",
    why="What begins after the last frame never happens, and the rest is played too early to make up for it. "
    "One main action takes two to three seconds; make the clip longer or ask for less.",
    source="LTX-2.3 guide: one main action per 2-3 s; Prompt Relay (2604.10030) on events bound to times.",
    severity="warning for a time past the end; info otherwise",
    good=(
        "At 2s the dog sits down, at 4s it barks.",
        "From 0 to 2 seconds the sea is calm, from 2 to 5 seconds a wave rises.",
        Example("At 8s the dog barks.", "10 s", Brief(seconds=10)),
        Example("A man sits down.", "2 s", Brief(seconds=2)),
        "The woman turns, then smiles.",
        "A digital clock counts up from 10:47 to 12:45.",
    ),
    bad=(
        "At 2s the dog sits down, at 9s it barks.",
        "[0:00-0:04] The sea is calm. [0:04-0:08] A wave rises.",
        "From 0 to 4 seconds she reads, from 4 to 10 seconds she laughs.",
        Example("At 4s the dog barks.", "3 s", Brief(seconds=3)),
        Example("A man sits down, then opens a box.", "2 s", Brief(seconds=2)),
        Example("The chef lifts the lid, then stirs the soup.", "1.5 s", Brief(seconds=1.5)),
    ),
    false_alarms="Seconds that count something else than the clip.",
    find=_past,
    mend=_sooner,
    mended_by="settings",
    yields_to=("too-many-actions",),
)


# -- long clips -----------------------------------------------------------------------------------------------------
def _long(context: Context) -> Hit | None:
    profile, brief = context.profile, context.brief
    held = set(brief.controls) - {kind for kind in brief.controls if profile.refuses(kind)}
    if profile.kind == "sketch" or held or context.end is not None:
        return None
    known = profile.steady_seconds
    comfort = known if known is not None else _LONG
    if context.seconds <= comfort + _SLACK:
        return None
    much = known is not None and context.seconds >= 1.5 * known
    source = f"{profile.title} holds about {known:.0f} s" if known is not None else "Words alone hold about 5 s"
    rest = _remedy(context)
    return Hit(f"{source} together; the clip lasts {context.seconds:g} s. {rest}", (), "warning" if much else "info")


def _remedy(context: Context) -> str:
    takes = context.profile.controls
    if takes is None or "end_frame" in takes:
        return "Add an end frame, or make two shots."
    return "Make two shots and join them."


LONG_CLIP = Rule(
    name="long-clip",
    code="DUR001",
    title="A long clip with nothing but words to hold it",
    looks_for="More seconds than the engine was made for, without an end frame or another control.",
    why="With every second the picture drifts further from the still, and words cannot pull it back. "
    "Two short shots hold better than one long one; an end frame or a reference holds a long one.",
    source="The frame counts that open models are made for (about 5 s); Sora 2 guides: shorter clips follow better.",
    severity="warning at one and a half times what the engine is known for; info otherwise; nothing for the sketch",
    good=(
        Example("Steam rises.", "Wan 2.2, 5 s", engine=_WAN),
        Example("Steam rises.", "Wan 2.2, 10 s, an end frame", Brief(seconds=10, controls=("end_frame",)), _WAN),
        Example("Steam rises.", "sketch, 12 s", Brief(seconds=12)),
        Example("Steam rises.", "Kling 3.0, 5 s", engine="kling_3"),
        Example("Steam rises.", "Sora 2, 4 s", Brief(seconds=4), "sora_2"),
        Example("Steam rises.", "CogVideoX, 6 s", Brief(seconds=6), "cogvideox_i2v"),
    ),
    bad=(
        Example("Steam rises.", "Wan 2.2, 8 s", Brief(seconds=8), _WAN),
        Example("Steam rises.", "Kling 3.0, 15 s", Brief(seconds=15), "kling_3"),
        Example("Steam rises.", "Sora 2, 12 s", Brief(seconds=12), "sora_2"),
        Example("Steam rises.", "Runway Gen-4, 10 s", Brief(seconds=10), "runway_gen4"),
        Example("Steam rises.", "Wan 2.2 5B, 8 s", Brief(seconds=8, controls=("end_frame",)), "wan_2_2_ti2v_5b"),
        Example("Steam rises.", "HunyuanVideo, 10 s", Brief(seconds=10), "hunyuan_i2v"),
    ),
    false_alarms="Slow scenery that would hold for longer.",
    find=_long,
    mended_by="settings",
)
