"""SCN: more than one shot in a clip."""

from __future__ import annotations

from studio.coach.edits import remove
from studio.coach.rule import Context, Hit, Rule, listed, whole, works
from studio.shot import Fix, Severity, Span

__all__ = ["MULTIPLE_SHOTS"]


def _find(context: Context) -> Hit | None:
    cues = context.parse.labelled("cut")
    if not cues:
        return None
    severity: Severity = "info" if context.profile.dialect.cuts == "yes" else "warning"
    words = listed((cue.span.text for cue in cues), 50)
    return Hit(f"More than one shot ({words}); one still opens one shot.", tuple(cue.span for cue in cues), severity)


def _mend(context: Context, hit: Hit) -> tuple[Fix, ...]:
    """Keep what comes before the first cut; a header of the first shot goes too."""
    prompt = context.parse.prompt
    for place, span in enumerate(hit.spans):
        start = _clause_start(context, span)
        if not any(event.head < start for event in context.parse.events) and place < len(hit.spans) - 1:
            continue
        gone = [*hit.spans[:place], Span.of(prompt, start, len(prompt))]
        edits = remove(prompt, gone)
        if start and works(context, _find, edits):
            return (Fix(title="Keep the first shot", safety="ask", edits=edits),)
    return whole(context, "Keep the first shot", "ask")


def _clause_start(context: Context, span: Span) -> int:
    """Where the clause of a cut begins: at the last mark before it, unless something happens in between."""
    prompt = context.parse.prompt
    mark = max(prompt.rfind(sign, 0, span.start) for sign in ",;.!?\n")
    between = any(mark < event.head < span.start for event in context.parse.events)
    if mark < 0 or between:
        return span.start
    return mark + 1 if prompt[mark] in ".!?" else mark


MULTIPLE_SHOTS = Rule(
    name="multiple-shots",
    code="SCN001",
    title="More than one shot",
    looks_for="Cuts, montages, changes of scene, numbered scenes, jumps in time, days counted off.",
    why="The still is the first frame of one shot; a cut asks for places it does not show, "
    "and most models answer with a morph. Make each shot from its own still and join the takes.",
    source="Wan 2.2, CogVideoX and HunyuanVideo guides; MinT (2412.05263) on dropped events.",
    severity="warning; info where the engine cuts by itself",
    good=(
        "The woman turns, then smiles.",
        "He cuts the cake on a cutting board.",
        "A smooth transition of light crosses the wall.",
        "A baker cuts the bread in half.",
        "One continuous shot: the boat drifts past.",
        "SCENE 1: a dog runs along the beach.",
        "Later that night the fox comes back to the yard.",
        "War movie trailer shot: a pilot walks toward the hangar.",
        "A kitten returns to its basket and curls up.",
        "The camera circles the statue, shown from various angles.",
        "The camera tilts up. As the perspective shifts, fog rolls in.",
        "A gymnast rolls forward. Transitioning to a handstand, she points her toes.",
        "Time-lapse of a harbour over the years, boats come and go.",
        "A gate that leads to a different city swings open.",
    ),
    bad=(
        "A man drinks tea, cut to him driving a car.",
        "A montage of a city waking up.",
        "The scene shifts to a quiet forest where a deer walks.",
        "Scene 1: she opens the door. Scene 2: she runs through the rain.",
        "He falls asleep, then hours later he wakes in a desert.",
        "Jump cut from the kitchen to the garden as the dog barks.",
        "The camera then cuts to a wide view of the valley.",
        "First we see the quarry, next the masons at work, finally a finished arch.",
        "Winter turns to spring, spring turns to summer over the same pond.",
        "On the first night she hears a song. On the second night she finds a key.",
        "She leaves the cave, crosses a desert, climbs the hill and reaches the temple.",
        "A nurse locks the clinic and goes home.",
        "The well dries. After many years of silence, water rises again.",
        "A cook tastes the broth. Back in the garden, the children pick herbs.",
        "A boat leaves the harbour. The final shot shows an empty pier.",
        "The caravan visits many strange cities along the coast.",
        "A boy opens the atlas and is pulled into a jungle world.",
    ),
    false_alarms="A film title or a person's trade that contains one of the words.",
    find=_find,
    mend=_mend,
)
