"""A sheet in JSON said in sentences: what its keys name becomes "Subject: …", "Action: …", "Camera: …", "Sound: …".

The sheet is read leniently, as people write it: a missing comma or brace does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from studio.advice import Edit

__all__ = ["say_lines", "say_sheet"]

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?|([{\[])|([}\]])|(-?\d[\w.:-]*|true\b|false\b|null\b)')
_KEY_WORD = re.compile(r"[A-Za-z][a-z]*")
_TIME = re.compile(r"\s*\d+(?:\.\d+)?\s*s?\s*(?:-|–|to)\s*\d+(?:\.\d+)?\s*s?\s*")
_ROLES = {
    "Negative prompt": {"negative", "avoid", "exclude", "negatives"},
    "Dialogue": {"dialogue", "speech", "line", "voiceover"},
    "Sound": {"audio", "sound", "sounds", "sfx", "music", "ambience", "ambient"},
    "Action": {"action", "actions", "motion", "animation", "activity", "performance"},
    "Camera": {"camera", "movement", "cinematography"},
    "Subject": {"subject", "subjects", "character", "protagonist"},
}
"""What a key names, the surest first."""
_SPOKEN = "Dialogue: "
_LINE = re.compile(r"(?im)^([ \t]*(?:dialogue|voice ?over|line)[ \t]*:[ \t]*)([^\"“”\n{}]+?)[ \t]*$")
_HEARD = re.compile(
    r"(?im)^[ \t]*(?:sound(?: design| effects)?|sounds|audio|sfx|music)[ \t]*:[ \t]*\n\s*"
    r"((?:[ \t]*\S[^\n:]*(?:\n|\Z))+)"
)
_STILL = {"lens", "aperture", "angle", "framing", "style", "distance", "format", "iso"}
"""Facts under "camera" that are no move."""
_SETTINGS = {
    "seed", "fps", "duration", "aspect", "ratio", "resolution", "model", "version", "id", "quality", "seconds",
    "length", "width", "height", "steps", "frames", "guidance", "cfg", "index", "number", "step",
    "title", "name", "intensity",
}  # fmt: skip
_TIMED = {"time", "timestamp", "timing", "range", "times"}
_SHOTS = {"shots", "scenes", "sequence", "shot list"}


@dataclass
class _Open:
    """A brace or bracket that is not closed yet: the key before it, and how many things stood in it so far."""

    key: str
    several: bool
    count: int = 0


def say_sheet(text: str) -> tuple[Edit, ...]:
    """The edits that make sentences of a sheet in JSON; they cover all that is no value."""
    edits: list[Edit] = []
    at = 0
    stop = ""  # what ends the value said before
    for start, end, lead, kept in _values(text):
        if kept:
            spoken = lead.endswith(_SPOKEN) and '"' not in text[start:end]
            edits.append(Edit(start=at, end=start, replacement=stop + lead + ('"' if spoken else "")))
            if text[start].islower() and not lead.endswith(": "):
                edits.append(Edit(start=start, end=start + 1, replacement=text[start].upper()))
            stop = ('" ' if spoken else " ") if text[end - 1] in ".!?…" else ('." ' if spoken else ". ")
        else:
            edits += [Edit(start=at, end=start, replacement=""), Edit(start=start, end=end, replacement="")]
        at = end
    edits.append(Edit(start=at, end=len(text), replacement=stop.strip()))
    return tuple(edit for edit in edits if edit.start < edit.end or edit.replacement)


def say_lines(text: str) -> tuple[Edit, ...]:
    """The edits that a sheet in lines needs: marks around what is spoken, one line for what is heard."""
    edits: list[Edit] = []
    for match in _LINE.finditer(text):
        edits += [
            Edit(start=match.start(2), end=match.start(2), replacement='"'),
            Edit(start=match.end(2), end=match.end(2), replacement='"'),
        ]
    for match in _HEARD.finditer(text):
        first, last = match.span(1)
        edits.append(Edit(start=text.rindex(":", 0, first) + 1, end=first, replacement=" "))
        rows = re.finditer(r"[ \t.;,]*\n[ \t•*-]*", text[first:last].rstrip())
        edits += [Edit(start=first + row.start(), end=first + row.end(), replacement=", ") for row in rows]
    return tuple(edits)


def _values(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Each value: where it stands in the text, what is said before it, and whether it is said at all."""
    stack = [_Open("", several=False)]
    key = timed = ""
    for token in _TOKEN.finditer(text):
        if token.group(3):
            stack[-1].count += 1
            shot = stack[-1].several and stack[-1].count > 1 and stack[-1].key in _SHOTS and token.group(3) == "{"
            timed = f"Shot {stack[-1].count}: " if shot else timed
            inherited = key or stack[-1].key
            stack.append(_Open(inherited, several=token.group(3) == "["))
            key = ""
        elif token.group(4):
            stack[-1:] = [] if len(stack) > 1 else stack[-1:]
            key = ""
        elif token.group(2):
            key = token.group(1).lower().replace("_", " ").strip()
        else:
            path = [*(near.key for near in stack), key]
            plain = token.group(1) is not None
            start, end = token.span(1) if plain else token.span(5)
            words = [set(_KEY_WORD.findall(part.lower())) for part in path]
            if plain and words[-1] & _TIMED and _TIME.fullmatch(text[start:end]):
                timed = f"[{text[start:end].strip()}] "
            elif start < end:
                said = plain and text[start:end].strip() != "" and not words[-1] & _SETTINGS
                lead = _lead(words)
                yield start, end, (timed + lead.removeprefix("Action: ") if timed else lead) if said else "", said
                timed = timed if not said else ""
            key = "" if not stack[-1].several else key


def _lead(path: list[set[str]]) -> str:
    """ "Camera: " where a key names a camera move; nothing where it only says how things look."""
    for names in reversed(path):
        role = next((role for role, keys in _ROLES.items() if names & keys), "")
        if role == "Camera" and path[-1] & _STILL:
            return ""
        if role:
            return f"{role}: "
    return ""
