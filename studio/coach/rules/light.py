"""LIT: light that the still does not have."""

from __future__ import annotations

from studio.coach.edits import remove
from studio.coach.rule import Context, Hit, Rule, listed, whole, works
from studio.shot import Cue, Fix

__all__ = ["STYLISED_LIGHTING"]


def _cues(context: Context) -> list[Cue]:
    strong = list(context.parse.labelled("light", "stylised"))
    if strong:
        return strong
    weak, style = context.parse.labelled("light", "weak light"), context.parse.labelled("light", "weak style")
    lights = {cue.span.text.lower() for cue in weak}
    return sorted([*weak, *style], key=lambda cue: cue.span.start) if len(lights) >= 2 and style else []


def _find(context: Context) -> Hit | None:
    cues = _cues(context)
    if not cues:
        return None
    words = listed((cue.span.text for cue in cues), 40)
    message = f"The still has its own light; {words} would repaint it."
    return Hit(message, tuple(cue.span for cue in cues), "warning")


def _mend(context: Context, hit: Hit) -> tuple[Fix, ...]:
    edits = remove(context.parse.prompt, hit.spans)
    if works(context, _find, edits):
        return (Fix(title="Keep the light of the still", safety="unsafe", edits=edits),)
    return whole(context, "Keep the light of the still", "unsafe")


STYLISED_LIGHTING = Rule(
    name="stylised-lighting",
    code="LIT001",
    title="Light that the still does not have",
    looks_for="Neon, noir, strobe, laser, rim or coloured light, and glows that light the scene.",
    why="The first frame fixes the light, and a different one in words makes the model repaint faces "
    "and colours frame by frame. Say how the light that is there changes (dims, sweeps, flickers) instead.",
    source="LTX-2 and HunyuanVideo 1.5 prompt guides: describe only changes from the image; add no lighting.",
    severity="warning",
    good=(
        "Candlelight flickers on the wall as she turns her head.",
        "The lamp slowly brightens.",
        "Golden hour, the grass bends in the wind.",
        "A shadow lengthens across the floor.",
        "Her face glows with joy as she laughs.",
        "A panther with glowing eyes steps out of the fern.",
        "City lights come on one by one.",
        "A man in a neon ski mask nods.",
        "Sunset light slides over the water.",
        "The low sun throws dramatic shadows over the stones as the grass bends.",
    ),
    bad=(
        "Neon lights flash behind the dancer.",
        "Film noir style, a detective walks down an alley.",
        "Strobe lights pulse as the crowd jumps.",
        "Bioluminescent plants sway in the cave.",
        "A rider turns, hard rim lighting on the helmet.",
        "Laser beams sweep across the singer.",
        "Chiaroscuro portrait of a man blinking.",
        "Stage lights sweep over the choir.",
        "The lights turn violet as the singer bows.",
        "Glowing mushrooms light up the cave as a boy walks in.",
    ),
    false_alarms="A neon sign that is already lit in the still.",
    find=_find,
    mend=_mend,
)
