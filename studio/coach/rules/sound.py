"""SND: sound asked of engines that make none, and lines too long for the clip."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from studio.coach.edits import remove
from studio.coach.rule import Context, Example, Hit, Rule, listed, works
from studio.shot import Brief, Fix, Severity, Span

__all__ = ["DIALOGUE_TOO_LONG", "SOUND_ON_SILENT"]

_WORDS_PER_SECOND = 3.0
_REACH = 5  # words between a verb of speaking and its line


def _lines(context: Context) -> list[Span]:
    """The quotations that are spoken: beside a verb of speaking, or behind "Name:"; not lettering."""
    parse, words = context.parse, context.parse.reading.words
    shown = [cue.span for cue in parse.labelled("lettering")]
    speech = frozenset(parse.vocabulary.lettering.speech)
    starts, ends = [word.start for word in words], [word.end for word in words]
    lines: list[Span] = []
    for span in parse.masks.quotations:
        if any(span.overlaps(other) for other in shown):
            continue
        here, past = bisect_right(ends, span.start), bisect_left(starts, span.end)
        before, after = words[max(0, here - _REACH) : here], words[past : past + 3]
        told = any(word.lemma in speech or word.could_be_of(speech) for word in (*before, *after))
        if told or (before and before[-1].text == ":"):
            lines.append(span)
    return lines


def _sounds(context: Context) -> list[Span]:
    """The sounds asked for; silence is none."""
    quiet = context.parse.vocabulary.habits.sets["quiet"]
    return [cue.span for cue in context.parse.labelled("audio") if cue.span.text.lower() not in quiet]


def _heard(context: Context) -> Hit | None:
    if context.profile.audio:
        return None
    lines, sounds = _lines(context), _sounds(context)
    spans = sorted([*lines, *sounds], key=lambda span: span.start)
    if not spans:
        return None
    words = listed((span.text for span in spans), 36)
    severity: Severity = "warning" if lines and context.profile.kind != "sketch" else "info"
    rest = "lips move without a voice" if lines else "add it after the take"
    return Hit(f"{context.profile.title} makes no sound ({words}); {rest}.", tuple(spans), severity)


def _hush(context: Context, _hit: Hit) -> tuple[Fix, ...]:
    """The prompt without its sounds; a line that somebody says stays, as the mouth that says it does."""
    edits = remove(context.parse.prompt, _sounds(context))
    if not _lines(context) and edits and works(context, _heard, edits):
        return (Fix(title="Leave the sound out", safety="ask", edits=edits),)
    return ()


SOUND_ON_SILENT = Rule(
    name="sound-on-silent",
    code="SND001",
    title="Sound asked of a silent engine",
    looks_for="Music, noises and spoken lines, in a prompt for an engine that makes pictures only.",
    why="The words are spent on what the engine cannot make, and a spoken line moves lips without a voice. "
    "Choose an engine with sound, or add the sound after the take.",
    source="The engines' own pages on audio.",
    severity="warning for a spoken line; info for other sound, and for the sketch",
    good=(
        Example("Rain falls, sound of distant traffic.", "LTX-2.3", engine="ltx_2_3"),
        "The street lies in silence as snow falls.",
        "A violinist plays on a roof.",
        Example('She says "come in" and opens the door.', "Veo 3.1", engine="veo_3_1"),
        "A sound engineer turns a knob.",
        'A sign that reads "OPEN" swings.',
    ),
    bad=(
        "Rain falls, sound of distant traffic.",
        "Waves roll in, soft music plays.",
        'She says "come in" and opens the door.',
        Example('The sailor shouts "land ahead" and points.', "Wan 2.2", engine="wan_2_2_i2v_a14b"),
        Example("A car passes. SFX: engine roar.", "Runway Gen-4", engine="runway_gen4"),
        Example('A man waves and whispers "goodbye".', "Hailuo 2.3", engine="hailuo_2_3"),
    ),
    false_alarms="A line that is meant for the lips alone.",
    find=_heard,
    mend=_hush,
)


def _long_lines(context: Context) -> Hit | None:
    if not context.profile.audio:
        return None
    lines = _lines(context)
    count = sum(len(span.text.strip("\"'“”‘’«»").split()) for span in lines)
    needed = count / _WORDS_PER_SECOND
    if needed <= context.seconds:
        return None
    severity: Severity = "warning" if needed > 1.25 * context.seconds else "info"
    message = f"{count} spoken words need about {needed:.0f} s; the clip lasts {context.seconds:g} s."
    return Hit(message, tuple(lines), severity)


_SHORT_LINE = 'She says "come in, the tea is ready" and smiles.'
_TWO_LINES = (
    'Anna asks "where were you all night long", '
    'and Tom answers "at the harbour, waiting for a boat that never came in".'
)
_BOARD = 'A board that reads "mind the step and the dog and the door and the cat and the gate and the wet paint" sways.'
_LONG_LINE = (
    'The captain says "we have sailed for forty days without sight of land and I will not turn this ship around now" '
    "and points."
)

DIALOGUE_TOO_LONG = Rule(
    name="dialogue-too-long",
    code="SND002",
    title="More to say than there is time",
    looks_for="Spoken lines of more than three words for each second of the clip.",
    why="Speech has its own speed; a line that does not fit is cut off or gabbled, and the lips lose it. "
    "Shorten the line, or give it a shot of its own.",
    source="Ordinary speech, about three words a second; Veo 3.1 and Kling 3.0 guides on dialogue.",
    severity="warning when a quarter too long; info when barely; nothing for engines without sound",
    good=(
        Example(_SHORT_LINE, "Veo 3.1, 5 s", engine="veo_3_1"),
        Example(_LONG_LINE, "LTX-2.5, 10 s", Brief(seconds=10), "ltx_2_5"),
        Example("A man talks on the phone.", "Veo 3.1", engine="veo_3_1"),
        Example(_BOARD, "Veo 3.1", engine="veo_3_1"),
        _LONG_LINE,
        _SHORT_LINE,
    ),
    bad=(
        Example(_LONG_LINE, "Veo 3.1, 5 s", engine="veo_3_1"),
        Example(_SHORT_LINE, "1 s", Brief(seconds=1), "ltx_2_3"),
        Example(_LONG_LINE, "Kling 3.0, 5 s", engine="kling_3"),
        Example('He whispers "do not wake the children".', "1 s", Brief(seconds=1), "ltx_2_3"),
        Example(_LONG_LINE, "Sora 2, 4 s", Brief(seconds=4), "sora_2"),
        Example(_TWO_LINES, "Veo 3.1, 5 s", engine="veo_3_1"),
    ),
    false_alarms="An auctioneer.",
    find=_long_lines,
)
