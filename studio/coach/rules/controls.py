"""CTL: what words are too weak for, and controls that the engine does not take."""

from __future__ import annotations

from functools import lru_cache

from studio.coach.rule import Context, Example, Hit, Rule
from studio.coach.vocabulary.habits import Need
from studio.coach.vocabulary.load import Vocabulary
from studio.coach.vocabulary.phrases import Phrases
from studio.shot import Brief, ControlKind, Span

__all__ = ["CONTROL_IGNORED", "WORDS_TOO_WEAK"]

_NAMES: dict[ControlKind, str] = {
    "end_frame": "an end frame", "reference": "a reference picture", "previous_clip": "the clip before",
    "motion_video": "a motion video", "pose_video": "a pose video", "face_video": "a face video",
    "motion_brush": "a motion brush", "depth_strokes": "painted depth", "audio": "a sound track",
    "draft": "a draft to finish",
}  # fmt: skip
_PROMPT = "The camera slowly pushes in."


@lru_cache(maxsize=4)
def _needs(vocabulary: Vocabulary) -> Phrases[Need]:
    return Phrases([(phrase, need) for need in vocabulary.habits.need for phrase in need.phrases])


def _weak(context: Context) -> Hit | None:
    parse = context.parse
    given = {*context.brief.controls, *(["end_frame"] if context.end is not None else [])}
    wanting: list[tuple[Need, Span]] = []
    for first, last, need in _needs(parse.vocabulary).find(parse.reading.lowers):
        span = parse.span(first, last)
        if need.control not in given and not parse.masks.hides(span.start, span.end):
            wanting.append((need, span))
    if not wanting:
        return None
    need, span = wanting[0]
    takes = context.profile.controls
    has = f"; {context.profile.title} takes one" if need.control in (takes or ()) else ""
    message = f"Words cannot hold {need.say} (“{span.text[:24]}”); {_NAMES[need.control]} does{has}."
    return Hit(message, tuple(span for _, span in wanting), "info")


WORDS_TOO_WEAK = Rule(
    name="words-too-weak",
    code="CTL001",
    title="Words are too weak a control for this",
    looks_for="Exact dances, lip-sync, one moving part, a likeness, a loop, going on from another clip, asked in "
    "words.",
    why="When such a clip fails, the model is not bad: the control was too weak, because words cannot hold an exact "
    "path, face or beat. "
    "Give the engine the picture, clip or sound that says it.",
    source="Condition studies: conditional image leakage (2406.15735), TC-Bench (2406.08656); engines' own control "
    "lists.",
    severity="info",
    good=(
        "A woman dances in the rain.",
        "A man walks along the path.",
        "The singer sings softly.",
        "A wheel loops round and round.",
        Example("A seamless loop of waves.", "an end frame", Brief(controls=("end_frame",)), "kling_3"),
        Example("The actor lip-syncs the song.", "a sound track", Brief(controls=("audio",)), "kling_3"),
    ),
    bad=(
        "A seamless loop of waves rolling in.",
        "The man lip-syncs the song.",
        "Cinemagraph: only the smoke drifts.",
        "The girl turns her head, keep the face identical.",
        "She dances the exact same moves as her sister.",
        "The car drives on, continuing from where it left off.",
    ),
    false_alarms="A loop or a dance that need not be exact.",
    find=_weak,
    mended_by="settings",
)


# -- controls that the engine does not take --------------------------------------------------------------------------
def _ignored(context: Context) -> Hit | None:
    given = dict.fromkeys((*context.brief.controls, *(("end_frame",) if context.end is not None else ())))
    refused = [_NAMES[kind] for kind in given if context.profile.refuses(kind)]
    if not refused:
        return None
    return Hit(f"{context.profile.title} does not take {' or '.join(refused)}; it has no effect.", (), "warning")


def _given(*kinds: ControlKind, engine: str) -> Example:
    return Example(_PROMPT, " and ".join(_NAMES[kind] for kind in kinds), Brief(controls=kinds), engine)


CONTROL_IGNORED = Rule(
    name="control-ignored",
    code="CTL002",
    title="A control that the engine does not take",
    looks_for="An end frame, reference, clip, brush or sound that is attached and not accepted by the engine.",
    why="The engine never sees what it does not take, and the clip looks as if the control had failed. "
    "Choose an engine that takes it, or take it off.",
    source="The engines' own lists of inputs, as far as they are published.",
    severity="warning",
    good=(
        _given("end_frame", engine="wan_2_2_i2v_a14b"),
        _given("end_frame", engine="runway_gen4"),
        _given("reference", engine="kling_3"),
        _given("previous_clip", engine="framepack_studio"),
        _given(engine="sketch"),
        _PROMPT,
    ),
    bad=(
        _given("end_frame", engine="wan_2_2_ti2v_5b"),
        _given("end_frame", engine="cogvideox_i2v"),
        _given("motion_video", engine="wan_2_2_i2v_a14b"),
        _given("reference", "audio", engine="hunyuan_i2v"),
        _given("motion_brush", engine="ltx_2_3"),
        _given("end_frame", engine="sketch"),
    ),
    false_alarms="An engine that has learnt to take it since the profile was written.",
    find=_ignored,
    mended_by="settings",
)
