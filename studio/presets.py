"""Presets become records: data files in ``presets/``, checked as they are read.

An unknown key is an error that names the known ones, so a typing mistake never silently changes an engine.
"""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, ValidationError

from studio.errors import InputError, PresetError
from studio.shot import Control, ControlKind, Layer, Move, Record

__all__ = [
    "Dialect",
    "FrameLaw",
    "Licence",
    "Part",
    "Profile",
    "Tokenizer",
    "find_profile",
    "load_profiles",
    "read_preset",
]

Part = Literal["camera", "subject", "scene", "light", "audio", "style"]
"""What a prompt is made of, besides the first frame, which opens it."""

Tokenizer = Literal["clip", "t5", "umt5", "llama", "qwen", "gemma", "unknown"]
"""Kinds of subword tokenizer."""

AnyRecord = TypeVar("AnyRecord", bound=Record)


class Dialect(Record):
    """How an engine wants to be spoken to.

    Attributes:
        still_in_words: whether the first frame is to be described: "no", "brief" or "yes".
        words: the length that works best, (shortest, longest) in words.
        max_chars, max_tokens: the hard limit, past which the prompt is cut off.
        negative: whether there is a negative prompt.
        negative_bans_static: the engine's default negative prompt forbids a static picture.
        negation: what "no …" in the prompt itself does: "ignored", "inverted" (the thing comes), or unknown (None).
        camera: what to say of the camera. "optional": when asked; "lead": first; "never_invent": only the user's
            own; "never_add": not even "static"; "always_state": say "static" when it holds; "brackets": commands
            such as [Push in]; "no_perspective_shift": camera moves are read badly.
        camera_max: how many moves one shot can hold.
        timeline: how time is written: "none", "prose" (in order), "then", "timestamps" [00:00-00:02],
            "sections" [0s-2s: …], "shots", "brackets" (position in the text), "beats" (the studio's own timeline),
            "counts" (said times in words: "At 2 seconds, …").
        order: what is said first among things that happen at one time.
        tokenizer: the kind of the text encoder's tokenizer, for `max_tokens`.
        bans: what the negative prompt forbids by default.  bans_static: what it forbids besides, unless the camera
            is to hold: pictures that do not move.
        commands: the engine's own words for camera moves, for "brackets".
        moves_avoided: camera moves that it reads badly and that are not said.
        static: what to say where nothing is said of the camera, for "always_state".
        never_add: layers of which only the author's own is said, nothing of the coach's.
        sound: where sound is said: at the "end", "woven" in where it is heard, with "labels" (SFX, Ambient).
        double_quotes: words to be seen or spoken stand in straight double quotes.
        cuts: whether cuts inside a clip work.
    """

    still_in_words: Literal["no", "brief", "yes"] = "no"
    words: tuple[int, int] | None = None
    max_chars: int | None = None
    max_tokens: int | None = None
    negative: bool = False
    negative_bans_static: bool = False
    negation: Literal["ignored", "inverted"] | None = None
    camera: Literal[
        "optional", "lead", "never_invent", "never_add", "always_state", "brackets", "no_perspective_shift"
    ] = "optional"
    camera_max: int = 1
    timeline: Literal["none", "prose", "then", "timestamps", "sections", "shots", "brackets", "beats", "counts"] = (
        "prose"
    )
    cuts: Literal["no", "avoid", "yes"] = "no"
    order: tuple[Part, ...] = ("camera", "subject", "scene", "light", "audio", "style")
    tokenizer: Tokenizer = "unknown"
    bans: tuple[str, ...] = ()
    bans_static: tuple[str, ...] = ()
    commands: dict[Move, str] = Field(default_factory=dict)
    moves_avoided: tuple[Move, ...] = ()
    static: str = ""
    never_add: tuple[Layer, ...] = ()
    sound: Literal["end", "woven", "labels"] = "end"
    double_quotes: bool = False


class FrameLaw(Record):
    """Which frame counts an engine makes: ``n % step == remainder``."""

    step: int = Field(default=1, ge=1)
    remainder: int = Field(default=0, ge=0)
    default: int | None = None
    most: int | None = None


class Licence(Record):
    """Under which terms an engine may be used."""

    name: str
    note: str = ""
    page: str = ""


class Profile(Record):
    """An engine described as data; ``presets/engines/<id>.toml``.

    Attributes:
        kind: "sketch" (the studio's own), "diffusers" (open weights), "hosted" (somebody's service).
        seconds: shortest and longest clip.  durations: the only lengths, where there are fixed ones.
        fps: frame rates it makes, the first is the default.
        size_multiple: width and height are multiples of this.
        actions_per_second: how many main actions a second of clip can carry.
        comfort: seconds up to which a clip holds together by words alone; None: not known, see ``steady_seconds``.
        guidance: its own scale of classifier-free guidance; at 1 a negative prompt does nothing. None: not known.
        controls: kinds of control that it accepts; None: not known.
        evidence: where the facts come from.
    """

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    title: str
    kind: Literal["sketch", "diffusers", "hosted"]
    summary: str = ""
    licence: Licence | None = None
    dialect: Dialect = Dialect()
    seconds: tuple[float, float] = (1.0, 15.0)
    durations: tuple[float, ...] = ()
    fps: tuple[int, ...] = (24,)
    frames: FrameLaw = FrameLaw()
    size_multiple: int = Field(default=2, ge=1)
    actions_per_second: float = Field(default=0.4, gt=0)
    comfort: float | None = Field(default=None, gt=0)
    guidance: float | None = Field(default=None, ge=0)
    audio: bool = False
    controls: tuple[ControlKind, ...] | None = None
    evidence: str = ""

    def accepts(self, control: Control) -> bool:
        """Whether the engine is known to take this kind of control."""
        return control.kind in (self.controls or ())

    def refuses(self, kind: ControlKind) -> bool:
        """Whether the engine is known not to take this kind of control."""
        return self.controls is not None and kind not in self.controls

    @property
    def steady_seconds(self) -> float | None:
        """The seconds that an engine holds together: those it is known for, else the frames it was made for."""
        if self.comfort is not None or self.frames.default is None:
            return self.comfort
        return self.frames.default / self.fps[0]


def read_preset(path: Path, record: type[AnyRecord]) -> AnyRecord:
    """Read one TOML file into a record.

    Raises:
        PresetError: the file is missing, is not TOML, or has an unknown, missing or wrong key.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PresetError(
            f"the preset {path.name}", error.strerror, expected="a readable file", action="Restore it."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PresetError(
            f"the preset {path.name}", error, expected="TOML in UTF-8", action="Mend that line."
        ) from error
    try:
        return record.model_validate(values)
    except ValidationError as error:
        raise _explain(path, record, error) from error


def load_profiles(folder: Path) -> dict[str, Profile]:
    """Read every engine profile of a folder, by id, the studio's own engine first.

    Raises:
        PresetError: the folder holds none, or a profile's id is not its file's name.
    """
    profiles: dict[str, Profile] = {}
    for path in sorted(folder.glob("*.toml"), key=lambda path: (path.stem != "sketch", path.stem)):
        profile = read_preset(path, Profile)
        if profile.id != path.stem:
            raise PresetError(
                f"the preset {path.name}", profile.id, expected=f'id = "{path.stem}"', action="Name both alike."
            )
        profiles[profile.id] = profile
    if not profiles:
        raise PresetError(
            "the folder of engine profiles",
            folder,
            expected="at least one .toml file",
            action="Check MOTION_FIRST_PRESETS.",
        )
    return profiles


def find_profile(profiles: dict[str, Profile], engine: str) -> Profile:
    """The profile with this id; hyphens are taken as underscores, capitals as small letters.

    Raises:
        InputError: there is none; the message names the known ones.
    """
    wanted = engine.strip().lower().replace("-", "_")
    if wanted in profiles:
        return profiles[wanted]
    near = difflib.get_close_matches(wanted, profiles, n=1)
    action = f"Did you mean {near[0]}?" if near else "Choose one of these."
    raise InputError("the engine", engine, expected="one of " + ", ".join(profiles), action=action)


def _explain(path: Path, record: type[Record], error: ValidationError) -> PresetError:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, InputError):
        return PresetError(
            f"the preset {path.name}, {cause.thing}", cause.value, expected=cause.expected, action=cause.action
        )
    if first["type"] == "extra_forbidden":
        holder = record
        for part in first["loc"][:-1]:
            inner = holder.model_fields.get(str(part))
            if inner is None or not (isinstance(inner.annotation, type) and issubclass(inner.annotation, Record)):
                break
            holder = inner.annotation
        known = ", ".join(sorted(holder.model_fields))
        return PresetError(
            f"the preset {path.name}, key {where}", expected=f"one of {known}", action="Correct the key."
        )
    value = None if first["type"] == "missing" else first["input"]
    return PresetError(
        f"the preset {path.name}, key {where}", value, expected=first["msg"], action="Correct the value."
    )
