"""What differs between two shots, in words: whole for a comparison, in a few words for a list of takes."""

from __future__ import annotations

from pathlib import Path

from studio.shot import Shot, Take
from studio.ui.moves import label

__all__ = ["camera_words", "changes", "differences", "stage_words"]

_MOVE_WORDS = {1: "slowly", 2: "", 3: "quickly"}
_MOST_CHANGES, _MOST_WORDS = 3, 6
_BY_HAND = " (not all of it: the timeline was edited, and is what was made)"


def camera_words(shot: Shot) -> str:
    """The camera of a shot in a few words: "dolly in → closer, slowly, 0.0–5.0 s, then pan left → turns left"."""
    parts = []
    for beat in shot.timeline.on("camera"):
        words = label(beat.move, beat.direction) if beat.move else beat.text or "move"
        words = words if words[:2].isupper() else words[:1].lower() + words[1:]
        extra = "" if beat.move == "static" else _MOVE_WORDS[beat.level]
        parts.append(", ".join(filter(None, [words, extra, f"{beat.start:.1f}–{beat.end:.1f} s"])))
    return ", then ".join(parts) or "holds still"


def stage_words(shot: Shot) -> str:
    """Whether it is a draft or finishes one, as the end of a line."""
    return " · draft" if shot.draft else " · finished from a draft" if shot.drafted else ""


def differences(a: Take, b: Take) -> list[dict[str, str]]:
    """What differs between the shots of two takes, in words, in the order that matters to a director."""

    def told(take: Take) -> dict[str, str]:
        shot, plan = take.shot, take.plan
        other = [
            f"{beat.layer} {beat.start:.1f}–{beat.end:.1f} s: {beat.text.rstrip('.')}"
            for beat in shot.timeline.beats
            if beat.layer != "camera"
        ]
        return {
            "Still": shot.still.name or shot.still.digest[:8],
            "Prompt": (shot.prompt or "(no words)") + (_BY_HAND if shot.by_hand else ""),
            "Camera": camera_words(shot),
            "Other beats": "; ".join(other) or "none",
            "Seconds": f"{plan.seconds:.1f}",
            "Loop": "yes" if shot.loop else "no",
            "Pass": stage_words(shot).removeprefix(" · ") or "whole at once",
            "Painted": _painted(shot),
            "Focus": f"{shot.focus[0]:.0%} from the left, {shot.focus[1]:.0%} from the top",
            "Size": f"{plan.width} × {plan.height}, {plan.fps} frames per second",
            "Engine": plan.engine,
            "Seed": str(shot.seed),
            "Depth": str(shot.depth_seed) if shot.depth_seed else "the likeliest",
        }

    left, right = told(a), told(b)
    return [{"name": name, "a": left[name], "b": right[name]} for name in left if left[name] != right[name]]


def _painted(shot: Shot) -> str:
    """What was painted over the still; a few letters of each name tell two paintings apart."""
    names = {"motion_brush": "motion brush", "depth_strokes": "near and far"}
    told = [f"{names[one.kind]} {Path(one.path).stem[:4]}" for one in shot.controls if one.kind in names]
    return ", ".join(told) or "nothing"


def changes(take: Take, before: Take | None) -> list[str]:
    """What is different from the take before, in a few words each, what matters most first."""
    if before is None:
        return []
    shot, old = take.shot, before.shot
    if shot.still.digest != old.still.digest:
        return ["another still"]
    now, was = take.plan, before.plan
    by_hand = shot.by_hand or old.by_hand  # then a prompt says nothing of what was made
    words, past = (shot.timeline.words, old.timeline.words) if by_hand else (shot.prompt, old.prompt)
    same_words = words.split() == past.split()
    unheard = by_hand and same_words and shot.prompt.split() != old.prompt.split()
    beats = same_words and shot.seconds == old.seconds  # other words and other seconds have other beats anyway
    told = [
        "" if same_words else f"“{_new_words(words, past)}”",
        "" if not beats or camera_words(shot) == camera_words(old) else f"camera: {camera_words(shot)}",
        "" if not beats or _others(shot) == _others(old) else "other beats",
        _arrow("engine", old.engine, shot.engine),
        _arrow("", f"{was.seconds:.1f} s", f"{now.seconds:.1f} s"),
        _arrow("seed", old.seed, shot.seed),
        _arrow("", f"{was.width} × {was.height}", f"{now.width} × {now.height}"),
        _arrow("", f"{was.fps} fps", f"{now.fps} fps"),
        "" if shot.draft == old.draft or shot.finishes else stage_words(shot).removeprefix(" · ") or "whole at once",
        "" if shot.loop == old.loop else "loop" if shot.loop else "no loop",
        "" if _painted(shot) == _painted(old) else "painted otherwise",
        "" if shot.focus == old.focus else "focus moved",
        "" if shot.depth_seed == old.depth_seed else "another depth",
        "the prompt, not the timeline" if unheard else "",
    ]
    return [words for words in told if words][:_MOST_CHANGES] or ["nothing: the same shot"]


def _arrow(name: str, old: object, new: object) -> str:
    return "" if old == new else f"{name} {old} → {new}".strip()


def _others(shot: Shot) -> list[tuple[str, float, float, str]]:
    return [(beat.layer, beat.start, beat.end, beat.text) for beat in shot.timeline.beats if beat.layer != "camera"]


def _new_words(prompt: str, old: str) -> str:
    """The words of a prompt that an older one has not in that place; a few of them."""
    new, was = prompt.split(), old.split()
    start = next((i for i, (a, b) in enumerate(zip(new, was, strict=False)) if a != b), min(len(new), len(was)))
    tail = 0
    while tail < min(len(new), len(was)) - start and new[-1 - tail] == was[-1 - tail]:
        tail += 1
    found = new[start : len(new) - tail]
    if not found:  # words were taken away
        return "without " + _few(was[start : len(was) - tail])
    return _few(found)


def _few(words: list[str]) -> str:
    return " ".join(words[:_MOST_WORDS]).rstrip(".,;") + (" …" if len(words) > _MOST_WORDS else "")
