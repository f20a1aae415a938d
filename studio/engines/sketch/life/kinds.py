"""What can be drawn over a still, as data: ``presets/particles/``, one file each, checked on load."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from studio.engines.sketch.life.words import PRESETS
from studio.errors import PresetError
from studio.presets import read_preset
from studio.shot import Record

__all__ = ["Fall", "Kind", "Mist", "Plume", "load_kinds"]

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Part = Annotated[float, Field(ge=0, le=1)]


class Fall(Record):
    """Many small things in the air.

    Attributes:
        look: "streak" (a drop in its fall), "disc" (a flake), "glow" (light of its own), "mote" (lit by what is
            around), "leaf", "ring" (a bubble).
        distance: metres from the camera to the focus.  near, far: where the first and the last of them are.
        crowd: 2 where they are spread evenly in the air; less: more of them near.
        count: how many are in the frame at level 1, 2 and 3.
        speed: metres in a second downwards; below 0 they rise.  spread: how much it differs.
        size: the smallest and the largest, in millimetres.
        eddies: how far eddies carry them, in metres.  hertz: how quickly, against the usual.
        strength: how much the frame is covered, or light added, at the most.
        palette: colours of things with a colour of their own, as hexadecimal numbers.
        breeze: metres in a second sideways where nothing is said of the wind.
        veil: how much streaks or discs that fall beyond the last of them take from what is far: 0 nothing, 1 all.
        life: seconds that the shortest and the longest lived of them last; without it they do not end.
    """

    look: Literal["streak", "disc", "glow", "mote", "leaf", "ring"]
    distance: Positive
    near: Positive
    far: Positive
    crowd: float = Field(default=1.0, ge=0, le=2)
    count: tuple[int, int, int]
    speed: float = Field(ge=-10, le=20)
    spread: Part = 0.2
    size: tuple[Positive, Positive]
    eddies: float = Field(default=0.0, ge=0, le=2)
    hertz: Positive = 1.0
    strength: Part = 0.8
    palette: tuple[Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")], ...] = ()
    breeze: float = 0.0
    veil: Part = 0.0
    life: tuple[Positive, Positive] | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.veil and self.look not in ("streak", "disc"):
            raise PresetError(
                "the look of what has a veil", self.look, expected="streak or disc", action="Leave the veil out."
            )
        return self

    @property
    def colours(self) -> list[list[int]]:
        """Red, green and blue of each colour of the palette, 0 to 255; white where there is none."""
        return [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in self.palette or ("#ffffff",)]


class Plume(Record):
    """What rises from one place, thins and is gone.

    Lengths are in widths of the mouth that it rises from, times in seconds.

    Attributes:
        mouth: the mouth's width, as a share of the still's shorter side.
        speed: widths in a second.  life: how long it is seen.
        curl: how fast the eddies turn, in widths a second.  eddy: how large they are.
        spread: how much it widens.  wisps: how many stand over the mouth at once, about; 1: a thread.
        density: how thick it is.  strength: how much it covers at the most.
        white: its brightness against the brightest of the still.
        breeze: sideways, in widths a second.
        ground: names of ground that it may rise from, instead of from the thing in focus.
    """

    mouth: Positive
    speed: Positive
    life: Positive
    curl: Positive
    eddy: Positive
    spread: Positive
    wisps: int = Field(ge=1, le=12)
    density: Positive
    strength: Part
    white: Part
    breeze: float = 0.0
    ground: tuple[str, ...] = ()


class Mist(Record):
    """What drifts over the whole frame.

    Attributes:
        speed: widths of the frame in a second.
        strength: how much it covers at the most, at level 1, 2 and 3.
        low: how much thicker it lies at the ground than at the top.
        far: how much less of it drifts before the focus than behind it.
        grain: the size of its billows, as a share of the frame's width.
    """

    speed: Positive
    strength: tuple[Part, Part, Part]
    low: Part
    far: Part
    grain: Positive


class Kind(Record):
    """One kind of thing; ``presets/particles/<id>.toml``.

    Attributes:
        title: how a sentence begins with it ("Steam is", "Snowflakes are").
        nouns: its names.  verbs: what it does when it shall be seen.
        alone: words that ask for it by themselves ("it snows").
        unless: words beside which something else is meant.
        onset, tail: seconds in which it comes and goes at the edges of its beat inside the clip.
    """

    id: str = Field(pattern=r"^[a-z]+$")
    title: str
    nouns: tuple[str, ...] = Field(min_length=1)
    verbs: tuple[str, ...]
    alone: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    onset: Positive
    tail: Positive
    fall: Fall | None = None
    plume: Plume | None = None
    mist: Mist | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        given = [name for name in ("fall", "plume", "mist") if getattr(self, name)]
        if len(given) != 1:
            raise PresetError(
                "what it is", " and ".join(given) or None, expected="one of fall, plume and mist", action="Give one."
            )
        return self


@cache
def load_kinds() -> tuple[Kind, ...]:
    """Every kind, by id.

    Raises:
        PresetError: a file is wrong, or its id is not its name.
    """
    kinds = []
    for path in sorted((PRESETS / "particles").glob("*.toml")):
        kind = read_preset(path, Kind)
        if kind.id != path.stem:
            raise PresetError(
                f"the preset {path.name}", kind.id, expected=f'id = "{path.stem}"', action="Name both alike."
            )
        kinds.append(kind)
    return tuple(kinds)
