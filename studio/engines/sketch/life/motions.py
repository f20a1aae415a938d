"""Motions and regions as data: `presets/motions/`, `presets/regions/` and `presets/beats.toml`, checked on load."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, model_validator

from studio.errors import PresetError
from studio.presets import read_preset
from studio.settings import ROOT
from studio.shot import Fraction, Record

__all__ = ["Grammar", "Held", "Library", "Motion", "Region", "RegionName", "load_library"]

Held = Literal["root", "hoist", "edge", "behind", "stream", "foot", "lids", "pair"]
RegionName = Literal[
    "water",
    "sky",
    "foliage",
    "grass",
    "hair",
    "eyes",
    "wings",
    "fabric",
    "flag",
    "flame",
    "smoke",
    "subject",
    "liquid",
    "hanging",
    "flower",
]
Word = Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")]


class Motion(Record):
    """A kind of ambient motion; ``presets/motions/<id>.toml``.

    Attributes:
        hertz: the slowest and the fastest of its waves.  waves: how many it is made of.
        reach: how far it goes at level 2, as a share of the still's longer side; bounded further by the region's size.
            For "behind" and "stream": how far in a second.
        patch: the size of what moves together, as a share of the still's longer side.
        travel: how far a wave runs in a second, as the same share; 0: it stands.
        across, down: its horizontal and vertical part.
        held: where it is fixed. "root": below, free above; "hoist": at the side where the wind comes from; "edge": at
            the whole border; "behind": nowhere, it goes on behind what stands before it; "stream": nowhere, its picture
            flows; "foot": below, and all above goes along; "lids": where lids come down over eyes;
            "pair": in the middle, and both sides go out and in together.
        course: which way it goes where the words do not say: with the wind, up, or down towards the viewer.
        surface: it lies level and is seen from the side, so that it is finer and smaller towards the horizon.
        shade: how much lighter and darker its slopes get.
        verbs: the words that ask for it.  regions: of what.
        living: of these verbs, those that only something alive does, whatever it is called: its first region does.
    """

    id: str = Field(pattern=r"^[a-z_]+$")
    title: str
    hertz: tuple[Annotated[float, Field(gt=0, le=12)], Annotated[float, Field(gt=0, le=12)]]
    waves: int = Field(ge=1, le=12)
    reach: float = Field(gt=0, le=0.1)
    patch: float = Field(gt=0, le=1)
    travel: float = Field(ge=0, le=5)
    across: Fraction = 1.0
    down: Fraction = 1.0
    held: Held
    course: Literal["wind", "up", "down"] = "wind"
    surface: bool = False
    shade: float = Field(default=0.0, ge=0, le=0.5)
    verbs: tuple[Word, ...] = Field(min_length=1)
    regions: tuple[RegionName, ...] = Field(min_length=1)
    living: tuple[Word, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.hertz[0] > self.hertz[1]:
            raise PresetError(
                "hertz", self.hertz, expected="the slowest before the fastest", action="Exchange the two numbers."
            )
        return self


class Region(Record):
    """A part of a still that can live; ``presets/regions/<id>.toml``.

    Attributes:
        title: what it is called in a sentence.
        nouns: the words for it.
        found: whether it can be found from the still; else only a motion brush shows it.
        hangs: what is held below elsewhere is held above in it.
        margin: how far its motion fades out beyond its own border, as a share of the still's longer side.
    """

    id: RegionName
    title: str
    nouns: tuple[Word, ...] = Field(min_length=1)
    found: bool = True
    hangs: bool = False
    margin: float = Field(default=0.0, ge=0, le=0.1)


Named = TypeVar("Named", Motion, Region)


class Grammar(Record):
    """The function words by which a beat is read; ``presets/beats.toml`` says what each class is for."""

    prepositions: tuple[Word, ...]
    parts: tuple[Word, ...]
    agents: tuple[Word, ...]
    agent_verbs: tuple[Word, ...]
    holds: tuple[Word, ...]
    still: tuple[Word, ...]
    carriers: tuple[Word, ...]
    negations: tuple[Word, ...]
    lifeless: tuple[Word, ...]


class Library(Record):
    """All that is known of ambient motion, the motions in the order in which a word is tried on them."""

    motions: tuple[Motion, ...]
    regions: tuple[Region, ...]
    grammar: Grammar

    def region(self, name: str) -> Region:
        """The region of this name."""
        return next(region for region in self.regions if region.id == name)


@lru_cache(maxsize=4)
def load_library(presets: Path = ROOT / "presets") -> Library:
    """Read everything about ambient motion.

    Raises:
        PresetError: a file is missing, or has an unknown, missing or wrong key, or its id is not its name.
    """
    motions = [_named(path, read_preset(path, Motion)) for path in _files(presets / "motions")]
    regions = [_named(path, read_preset(path, Region)) for path in _files(presets / "regions")]
    motions.sort(key=lambda motion: (-motion.reach * (motion.held == "root"), motion.id))
    known = {region.id for region in regions}
    for motion in motions:
        missing = sorted(set(motion.regions) - known)
        if missing:
            raise PresetError(
                f"the preset {motion.id}.toml, key regions",
                missing[0],
                expected="regions that have a file in presets/regions",
                action="Add the region or take it out.",
            )
    grammar = read_preset(presets / "beats.toml", Grammar)
    return Library(motions=tuple(motions), regions=tuple(regions), grammar=grammar)


def _files(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise PresetError(
            f"the folder {folder.name}", expected="at least one .toml file", action="Check MOTION_FIRST_PRESETS."
        )
    return files


def _named(path: Path, record: Named) -> Named:
    if record.id != path.stem:
        raise PresetError(
            f"the preset {path.name}", record.id, expected=f'id = "{path.stem}"', action="Name both alike."
        )
    return record
