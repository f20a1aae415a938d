"""The rules of the coach, one file for each family, in the order in which they are told."""

from studio.coach.rule import Rule
from studio.coach.rules.actions import NO_MOTION, TOO_MANY_ACTIONS
from studio.coach.rules.appearance import APPEARANCE_HEAVY
from studio.coach.rules.camera import AGGRESSIVE_CAMERA
from studio.coach.rules.cuts import MULTIPLE_SHOTS
from studio.coach.rules.language import LANGUAGE
from studio.coach.rules.lettering import FINE_TEXT
from studio.coach.rules.light import STYLISED_LIGHTING

__all__ = ["LANGUAGE", "RULES"]

RULES: tuple[Rule, ...] = (
    NO_MOTION,
    TOO_MANY_ACTIONS,
    APPEARANCE_HEAVY,
    AGGRESSIVE_CAMERA,
    FINE_TEXT,
    STYLISED_LIGHTING,
    MULTIPLE_SHOTS,
    LANGUAGE,
)
