"""LEN: more words than the engine likes, or than it can hear."""

from __future__ import annotations

from studio.coach.rule import Context, Example, Hit, Rule, whole, works
from studio.shot import Brief, Fix, Severity, Span

__all__ = ["CUT_OFF", "LENGTH"]

_CHARS_PER_TOKEN = 4  # a cautious average for English; the engine's tokenizer decides
_OVER = 1.25  # how far past the best length is still well
_UNDER = 0.5


def _count(context: Context) -> int:
    described = len(context.brief.first_frame.split()) if context.profile.dialect.still_in_words == "yes" else 0
    return sum(word.kind != "PUNCT" for word in context.parse.reading.words) + described


def _off(context: Context) -> Hit | None:
    best, title = context.profile.dialect.words, context.profile.title
    if best is None or not context.parse.prompt.strip():
        return None
    count = _count(context)
    if count > _OVER * best[1]:
        return Hit(
            f"{count} words; {title} follows {best[0]} to {best[1]} best. More detail does not help.", (), "info"
        )
    if context.profile.dialect.still_in_words == "yes" and count < _UNDER * best[0]:
        return Hit(f"{count} words; {title} wants {best[0]} to {best[1]}, the first frame told as well.", (), "info")
    return None


def _shorten(context: Context, _hit: Hit) -> tuple[Fix, ...]:
    """The coach's rewrite, where it is one that brings the length right."""
    fixes = whole(context, "Say the motion only", "ask")
    return fixes if fixes and works(context, _off, fixes[0].edits) else ()


_MUG = "Steam rises from the mug. "
_LOOKS = "The mug is blue, old, round and made of clay, on a table of oak in a small bright kitchen by the sea. "

LENGTH = Rule(
    name="length",
    code="LEN001",
    title="Longer or shorter than the engine likes",
    looks_for="A prompt a quarter longer than the engine follows best; for engines that want the still told, one "
    "far shorter.",
    why="More prompt detail does not always help: past an engine's best length the motion drowns in it, and some "
    "answer with cuts. "
    "Engines that want the first frame in words drift from the still when it is missing.",
    source="Vendors' own lengths; HunyuanVideo: lengthy prompts can lead to unnecessary transitions.",
    severity="info",
    good=(
        _MUG,
        Example(_MUG, "Runway Gen-4", engine="runway_gen4"),
        Example(_MUG * 3, "Runway Gen-4", engine="runway_gen4"),
        Example(_MUG + _LOOKS * 4, "LTX-2.5", engine="ltx_2_5"),
        Example(_MUG, "LTX-2.5, the first frame told", Brief(first_frame=_LOOKS * 4), "ltx_2_5"),
        Example(_MUG + _LOOKS * 10, "Sora 2", engine="sora_2"),
    ),
    bad=(
        _MUG + _LOOKS * 5,
        Example(_MUG + _LOOKS * 2, "Runway Gen-4", engine="runway_gen4"),
        Example(_MUG + _LOOKS * 6, "Wan 2.2", engine="wan_2_2_i2v_a14b"),
        Example(_MUG + _LOOKS * 4, "HunyuanVideo", engine="hunyuan_i2v"),
        Example(_MUG, "LTX-2.5", engine="ltx_2_5"),
        Example(_MUG, "CogVideoX", engine="cogvideox_i2v"),
    ),
    false_alarms="A long prompt whose every word is motion.",
    find=_off,
    mend=_shorten,
)


# -- the hard limit -------------------------------------------------------------------------------------------------
def _limit(context: Context) -> tuple[int, str] | None:
    """Where the prompt is cut off, in characters, and how that limit is told."""
    dialect = context.profile.dialect
    limits = []
    if dialect.max_chars is not None:
        limits.append((dialect.max_chars, f"{dialect.max_chars:,} characters"))
    if dialect.max_tokens is not None:
        tokens = f"{dialect.max_tokens:,} tokens, about {dialect.max_tokens * 3 // 4:,} words"
        limits.append((dialect.max_tokens * _CHARS_PER_TOKEN, tokens))
    return min(limits, default=None)


def _cut(context: Context) -> Hit | None:
    limit, prompt = _limit(context), context.parse.prompt
    if limit is None or len(prompt.rstrip()) <= limit[0]:
        return None
    exact = context.profile.dialect.max_chars is not None
    severity: Severity = "error" if exact or len(prompt) > _OVER * limit[0] else "warning"
    gone = Span.of(prompt, limit[0], len(prompt.rstrip()))
    return Hit(f"{context.profile.title} hears {limit[1]}; the end is cut off.", (gone,), severity)


def _fit(context: Context, _hit: Hit) -> tuple[Fix, ...]:
    fixes = whole(context, "Say the motion only", "ask")
    return fixes if fixes and works(context, _cut, fixes[0].edits) else ()


CUT_OFF = Rule(
    name="cut-off",
    code="LEN002",
    title="A prompt whose end is cut off",
    looks_for="More characters or tokens than the engine takes.",
    why="The engine drops what is past its limit without a word, and that is often the motion at the end. "
    "Say the motion first, and less of the rest.",
    source="The engines' own limits; a token is taken as four characters of English.",
    severity="error; warning where it is close and the engine counts in tokens",
    good=(
        _MUG,
        Example(_MUG + _LOOKS * 2, "Runway Gen-4", engine="runway_gen4"),
        Example(_MUG + _LOOKS * 7, "CogVideoX", engine="cogvideox_i2v"),
        Example(_MUG + _LOOKS * 15, "Wan 2.2", engine="wan_2_2_i2v_a14b"),
        Example(_MUG + _LOOKS * 40, "Sora 2", engine="sora_2"),
        _MUG + _LOOKS * 40,
    ),
    bad=(
        Example(_MUG + _LOOKS * 12, "Runway Gen-4", engine="runway_gen4"),
        Example(_MUG + _LOOKS * 10, "CogVideoX", engine="cogvideox_i2v"),
        Example(_MUG + _LOOKS * 24, "Wan 2.2", engine="wan_2_2_i2v_a14b"),
        Example(_MUG + _LOOKS * 26, "Hailuo 2.3", engine="hailuo_2_3"),
        Example(_MUG + _LOOKS * 12, "Seedance 1.0", engine="seedance_1"),
        Example(_MUG + _LOOKS * 30, "Kling 3.0", engine="kling_3"),
    ),
    false_alarms="Rare words and other scripts take more tokens, plain words fewer.",
    find=_cut,
    mend=_fit,
)
