"""A timeline said the way one engine was trained to hear it. Everything is decided by the profile's dialect."""

from __future__ import annotations

import re

from studio.coach.cues import Parse
from studio.coach.edits import tidy
from studio.coach.vocabulary import Vocabulary
from studio.presets import Dialect, Profile
from studio.shot import Beat, Layer, Record, Timeline

__all__ = ["EnginePrompt", "compile_prompt"]

_CHARS_PER_TOKEN = 4  # a cautious average for English; the engine's tokenizer decides
_UNWANTED = "morphing, warping, flicker, distorted hands, duplicated limbs, text artefacts"
_STILL_WORDS = "static, still, frozen"
_MOVING: tuple[Layer, ...] = ("subject", "scene", "light")


class EnginePrompt(Record):
    """What is sent to an engine.

    Attributes:
        question: what the author is asked about the first frame, in one line; empty where nothing is needed.
        left_out: what of the shot is not said to this engine, each with the reason.
    """

    prompt: str
    negative: str = ""
    question: str = ""
    left_out: tuple[str, ...] = ()


def compile_prompt(timeline: Timeline, parse: Parse, profile: Profile) -> EnginePrompt:
    """Compile a timeline for a profile.

    The author's own description of the still is put in front where the engine wants it; nothing is invented.
    """
    dialect = profile.dialect
    if not timeline.beats:
        return EnginePrompt(prompt=_fit(parse.prompt.strip(), dialect), negative=_negative(timeline, dialect))
    camera = _camera(timeline, dialect, parse.vocabulary)
    body = _body(timeline, camera, dialect)
    sound = [_full(beat.text) for beat in timeline.on("audio")] if profile.audio else []
    parts = [_still_facts(parse, dialect), body, *sound]
    text = " ".join(part for part in parts if part) or parse.prompt.strip()
    return EnginePrompt(prompt=_fit(text, dialect), negative=_negative(timeline, dialect))


def _camera(timeline: Timeline, dialect: Dialect, vocabulary: Vocabulary) -> list[tuple[Beat | None, str]]:
    """The camera's sentences, as many as the engine takes."""
    beats = [beat for beat in timeline.on("camera") if beat.move]
    if dialect.camera in {"never_invent", "never_add"}:
        beats = [beat for beat in beats if beat.origin != "coach"]
    if dialect.camera == "no_perspective_shift":
        beats = [beat for beat in beats if beat.move in {"static", "zoom_in", "zoom_out", "zoom"} or beat.level == 1]
    beats = beats[: max(1, dialect.camera_max)]
    if dialect.camera == "brackets":
        return [(beat, f"[{vocabulary.moves[beat.move].command}]") for beat in beats if beat.move]
    if not beats and dialect.camera == "always_state":
        return [(None, "The camera remains static.")]
    return [(beat, _full(beat.text or vocabulary.moves[beat.move].say)) for beat in beats if beat.move]


def _body(timeline: Timeline, camera: list[tuple[Beat | None, str]], dialect: Dialect) -> str:
    acts = sorted((beat for layer in _MOVING for beat in timeline.on(layer)), key=_order)
    if dialect.timeline in {"timestamps", "sections"}:
        return _timed(camera, acts, dialect.timeline == "sections", timeline.seconds)
    if dialect.timeline == "shots":
        return "Shot 1: " + _prose(camera, acts, then=False)
    if dialect.timeline == "brackets":
        return _bracketed(camera, acts)
    return _prose(camera, acts, then=dialect.timeline in {"then", "prose", "beats"})


def _order(beat: Beat) -> tuple[float, int]:
    return beat.start, beat.span.start if beat.span else 0


def _prose(camera: list[tuple[Beat | None, str]], acts: list[Beat], *, then: bool) -> str:
    said = [text for _, text in camera]
    for place, beat in enumerate(acts):
        text = _full(beat.text)
        later = place > 0 and beat.start >= acts[place - 1].end - 0.05
        together = place > 0 and beat.layer != acts[place - 1].layer and not later
        if then and later and text and not text.startswith("Then "):
            text = f"Then {_lower(text)}"
        elif then and together and text and beat.layer == "scene":
            text = f"Meanwhile, {_lower(text)}"
        said.append(text)
    return " ".join(text for text in said if text)


def _bracketed(camera: list[tuple[Beat | None, str]], acts: list[Beat]) -> str:
    """Camera commands stand in the text where they begin."""
    pieces = [((beat.start if beat else 0.0), 0, text) for beat, text in camera] + [
        (beat.start, 1, _full(beat.text)) for beat in acts
    ]
    if camera:
        pieces[0] = (0.0, 0, camera[0][1])
    return " ".join(text for _, _, text in sorted(pieces, key=lambda piece: piece[:2]) if text)


def _timed(camera: list[tuple[Beat | None, str]], acts: list[Beat], sections: bool, seconds: float) -> str:
    """One line for each stretch in which something begins."""
    begins = [(beat.start if beat else 0.0, text) for beat, text in camera] + [
        (beat.start, _full(beat.text)) for beat in acts
    ]
    starts = sorted({float(round(start)) for start, _ in begins if round(start) < seconds}) or [0.0]
    starts[0] = 0.0
    lines: list[str] = []
    for place, start in enumerate(starts):
        stop = starts[place + 1] if place + 1 < len(starts) else seconds
        final = place + 1 == len(starts)
        texts = [
            text for begin, text in begins if (begin < stop - 0.5 or final) and (begin >= start - 0.5 or place == 0)
        ]
        if texts:
            stamp = f"[{start:g}s-{stop:g}s:" if sections else f"[{_clock(start)}-{_clock(stop)}]"
            lines.append(f"{stamp} {' '.join(texts)}" + ("]" if sections else ""))
    return " ".join(lines)


def _clock(seconds: float) -> str:
    whole = int(seconds + 0.5)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def _full(text: str) -> str:
    return tidy(text) if text.strip() else ""


def _lower(text: str) -> str:
    return text[0].lower() + text[1:] if text[:2].istitle() or text[1:2] == " " else text


def _still_facts(parse: Parse, dialect: Dialect) -> str:
    """The author's own sentences about the still, for engines that want the first frame in words."""
    if dialect.still_in_words == "no":
        return ""
    pieces: list[str] = []
    moving = [*(found.span for found in parse.moves), *(event.span for event in parse.events)]
    cut = [*moving, *parse.masks.flags, *parse.masks.unwanted]
    quality = {cue.span.start for cue in parse.labelled("appearance", "quality tag")}
    for match in re.finditer(r"[^.!?;\n,]+", parse.prompt):
        start, end = match.span()
        if any(span.start < end and start < span.end for span in cut):
            continue
        if any(start <= place < end for place in quality) and len(match.group().split()) <= 3:
            continue
        if match.group().strip() and any(c.isalnum() for c in match.group()):
            pieces.append(match.group().strip())
    if dialect.still_in_words == "brief":
        pieces = pieces[:2]
    return tidy(", ".join(pieces)) if pieces else ""


def _negative(timeline: Timeline, dialect: Dialect) -> str:
    if not dialect.negative:
        return ""
    still = any(beat.move == "static" for beat in timeline.on("camera"))
    wants_motion = not still and not dialect.negative_bans_static
    return _UNWANTED + (f", {_STILL_WORDS}" if wants_motion and timeline.beats else "")


def _fit(text: str, dialect: Dialect) -> str:
    """Cut at the last whole sentence that fits, at a word where not even one does."""
    limits = [
        limit for limit in (dialect.max_chars, dialect.max_tokens and dialect.max_tokens * _CHARS_PER_TOKEN) if limit
    ]
    if not limits or len(text) <= min(limits):
        return text
    short = text[: min(limits)]
    end = max(short.rfind(mark) for mark in (". ", "! ", "? ", "] "))
    if end > 0:
        return short[: end + 1]
    return short.rsplit(" ", 1)[0] if " " in short else short
