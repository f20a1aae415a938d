"""The rules of the coach, one file for each family, in the order in which they are told."""

from studio.coach.rule import Rule
from studio.coach.rules.actions import NO_MOTION, TOO_MANY_ACTIONS
from studio.coach.rules.appearance import APPEARANCE_HEAVY
from studio.coach.rules.camera import AGGRESSIVE_CAMERA
from studio.coach.rules.controls import CONTROL_IGNORED, WORDS_TOO_WEAK
from studio.coach.rules.cuts import MULTIPLE_SHOTS
from studio.coach.rules.filler import LEFTOVER_TAGS, VAGUE_MOTION
from studio.coach.rules.framing import CROPPED, END_FRAME_UNLIKE
from studio.coach.rules.identity import IDENTITY_CHANGE, NEW_SUBJECT
from studio.coach.rules.language import LANGUAGE
from studio.coach.rules.length import CUT_OFF, LENGTH
from studio.coach.rules.lettering import FINE_TEXT
from studio.coach.rules.light import STYLISED_LIGHTING
from studio.coach.rules.moves import CAMERA_AGAINST_STILL, COMPETING_CAMERA
from studio.coach.rules.negatives import DOUBLE_NEGATIVE, NEGATION, NEGATIVE_BANS_STATIC, NEGATIVE_UNUSED
from studio.coach.rules.picture import COLOURED_STILL, LETTERING_IN_MOTION, SMALL_FACE, WEAK_STILL
from studio.coach.rules.sound import DIALOGUE_TOO_LONG, SOUND_ON_SILENT
from studio.coach.rules.story import WHOLE_SCENE
from studio.coach.rules.timing import LONG_CLIP, NO_TIME

__all__ = ["LANGUAGE", "RULES"]

RULES: tuple[Rule, ...] = (
    NO_MOTION,
    VAGUE_MOTION,
    TOO_MANY_ACTIONS,
    NO_TIME,
    MULTIPLE_SHOTS,
    WHOLE_SCENE,
    APPEARANCE_HEAVY,
    COMPETING_CAMERA,
    AGGRESSIVE_CAMERA,
    CAMERA_AGAINST_STILL,
    IDENTITY_CHANGE,
    NEW_SUBJECT,
    WEAK_STILL,
    SMALL_FACE,
    FINE_TEXT,
    LETTERING_IN_MOTION,
    STYLISED_LIGHTING,
    COLOURED_STILL,
    CROPPED,
    END_FRAME_UNLIKE,
    WORDS_TOO_WEAK,
    CONTROL_IGNORED,
    LONG_CLIP,
    CUT_OFF,
    DIALOGUE_TOO_LONG,
    SOUND_ON_SILENT,
    NEGATIVE_BANS_STATIC,
    NEGATIVE_UNUSED,
    NEGATION,
    DOUBLE_NEGATIVE,
    LENGTH,
    LEFTOVER_TAGS,
    LANGUAGE,
)
