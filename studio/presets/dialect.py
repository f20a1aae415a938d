"""How an engine wants to be spoken to, as a record: the ``[dialect]`` table of a profile."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from studio.shot import Layer, Move, Record

__all__ = ["Dialect", "Part", "Tokenizer"]

Part = Literal["camera", "subject", "scene", "light", "audio", "style"]
"""What a prompt is made of, besides the first frame, which opens it."""

Tokenizer = Literal["clip", "t5", "umt5", "llama", "qwen", "gemma", "unknown"]
"""Kinds of subword tokenizer."""


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
        elements: how a named element is said: in plain "words", or with its "at" sign.
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
    elements: Literal["words", "at"] = "words"
