"""The picture that opens the shot, as records: the still and the facts read off it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from studio.record import Record
from studio.terms import Fraction

__all__ = ["Box", "Still", "StillReport"]


class Box(Record):
    """A rectangle on the still, in fractions of its width and height."""

    x: Fraction
    y: Fraction
    width: Fraction
    height: Fraction
    text: str = ""

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the box, in fractions of the still."""
        return self.x + self.width / 2, self.y + self.height / 2


class Still(Record):
    """The picture that opens the shot, as it lies on disk: upright RGB, named by its content.

    ``digest`` is the SHA-256 of the pixels, so the same picture in another format is the same still.
    """

    path: str
    digest: str
    width: int = Field(ge=1)
    height: int = Field(ge=1)
    name: str = ""
    notes: tuple[str, ...] = ()


class StillReport(Record):
    """The facts read off a still. What they mean for a shot is a rule's business, not the report's.

    Attributes:
        megapixels: width times height in millions.
        sharpness: 0 (blurred) to 1 (crisp): edge energy of the sharpest regions at a common scale.
        exposure: mean luma, 0 to 1.  clipped: share of pixels at either end of the range.
        saturation: mean saturation, 0 to 1.
        faces: where frontal faces were found, largest first.
        point_of_interest: (x, y) in fractions: the largest face, else the most salient place.
        interest: how that point was found ("face", "saliency", "centre").
    """

    digest: str
    width: int
    height: int
    megapixels: float
    sharpness: Fraction
    exposure: Fraction
    clipped: Fraction
    saturation: Fraction
    faces: tuple[Box, ...] = ()
    point_of_interest: tuple[Fraction, Fraction] = (0.5, 0.5)
    interest: Literal["face", "saliency", "centre"] = "centre"

    @property
    def weak(self) -> bool:
        """Whether the picture is too small or too soft to carry a big camera move."""
        return self.megapixels < 0.35 or self.sharpness < 0.25
