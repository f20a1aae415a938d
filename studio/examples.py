"""The project's own stills, each with words to coach and words to compare with."""

from __future__ import annotations

from pathlib import Path

from studio.presets import read_preset
from studio.record import Record

__all__ = ["Example", "load_examples"]


class Example(Record):
    """One of the project's own stills, with a raw prompt to coach and a directed one to compare with.

    ``focus`` is the point of interest as whoever composed the picture meant it.
    """

    id: str
    file: str
    title: str
    alt: str
    width: int
    height: int
    prompt: str
    directed: str
    focus: tuple[float, float] | None = None


class _Examples(Record):
    still: tuple[Example, ...] = ()


def load_examples(folder: Path) -> tuple[Example, ...]:
    """The stills of a folder that ``stills.toml`` lists, as far as their pictures are there."""
    listing = folder / "stills.toml"
    if not listing.exists():
        return ()
    return tuple(example for example in read_preset(listing, _Examples).still if (folder / example.file).exists())
