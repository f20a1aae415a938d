"""The picture that opens the shot, as records: the still and the facts read off it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from studio.record import Record
from studio.terms import Fraction, Move

__all__ = ["Box", "Lettering", "Still", "StillReport"]


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


class Lettering(Record):
    """A line of lettering in the still.

    Attributes:
        box: upright rectangle around the line, however it is turned.
        text: what it says, as far as it can be read.
        height: how tall its letters are, in pixels of the still, measured across the line: from the top of a capital
            to the foot of a "g" where the line has both.
        confidence: how sure the reader is of the text.
    """

    box: Box
    text: str
    height: Annotated[float, Field(ge=0.0, allow_inf_nan=False)]
    confidence: Fraction


class StillReport(Record):
    """The facts read off a still. What they mean for a shot is a rule's business, not the report's.

    Attributes:
        megapixels: width times height in millions.
        sharpness: 0 (blurred) to 1 (crisp): edge energy of the sharpest regions at a common scale.
        compression: 0 (none to be seen) to 1 (the 8 × 8 blocks of JPEG stand out); about 0.4 is quality 50, 0.9 is 20.
        exposure: mean luma, 0 to 1.  clipped: share of pixels at either end of the range; clipped_dark and
            clipped_bright: at each; clipped_areas: where large ones lie, "dark" or "bright" as the box's text.
        saturation: mean saturation, 0 to 1.
        coloured_light: share of the picture lit by strongly coloured light that no sun, sky or lamp gives: neon, gels.
        light_hues: how many such colours of light there are.
        low_key: share of the picture in deep shadow.
        lettering: the lines of lettering, largest first.
        faces: where faces were found, largest first; face_heights: how tall each is, in pixels of the still.
        room: for each camera move, the share of what it would newly show that is in the still or follows from it;
            empty where it was not judged. The maths is in ``studio.still.room``.
        point_of_interest: (x, y) in fractions: the largest face, else the most salient place.
        interest: how that point was found ("face", "saliency", "centre").
        subject: where the thing at that point lies, if there is no face and it is apart from what is around it.
    """

    digest: str
    width: int
    height: int
    megapixels: float
    sharpness: Fraction
    exposure: Fraction
    clipped: Fraction
    saturation: Fraction
    compression: Fraction = 0.0
    clipped_dark: Fraction = 0.0
    clipped_bright: Fraction = 0.0
    clipped_areas: tuple[Box, ...] = ()
    coloured_light: Fraction = 0.0
    light_hues: Annotated[int, Field(ge=0)] = 0
    low_key: Fraction = 0.0
    lettering: tuple[Lettering, ...] = ()
    faces: tuple[Box, ...] = ()
    face_heights: tuple[Annotated[float, Field(ge=0.0, allow_inf_nan=False)], ...] = ()
    room: dict[Move, Fraction] = Field(default_factory=dict)
    point_of_interest: tuple[Fraction, Fraction] = (0.5, 0.5)
    interest: Literal["face", "saliency", "centre"] = "centre"
    subject: Box | None = None

    def thing_at(self, focus: object) -> Box | None:
        """The thing in focus, where that is the still's own point; another may be asked for as a part of a thing."""
        return self.subject if focus in (self.point_of_interest, list(self.point_of_interest)) else None

    @property
    def weak(self) -> bool:
        """Whether the picture is too small, too soft or too heavily compressed to carry a big camera move."""
        return self.megapixels < 0.35 or self.sharpness < 0.25 or self.compression > 0.85
