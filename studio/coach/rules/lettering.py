"""TXT: words that must be read."""

from __future__ import annotations

from studio.coach.edits import replace_all
from studio.coach.rule import Context, Hit, Rule
from studio.shot import Fix

__all__ = ["FINE_TEXT"]


def _find(context: Context) -> Hit | None:
    cues = context.parse.labelled("lettering")
    if not cues:
        return None
    words = ", ".join(dict.fromkeys(cue.span.text.strip() for cue in cues[:2]))
    return Hit(
        f"Lettering must stay readable ({words[:60]}); models bend letters as they move.",
        tuple(cue.span for cue in cues),
        "warning",
    )


def _mend(context: Context, _hit: Hit) -> tuple[Fix, ...]:
    edits = replace_all(context.parse.prompt, context.rewrite)
    return (Fix(title="Leave the lettering out of the words", safety="ask", edits=edits),) if context.rewrite else ()


FINE_TEXT = Rule(
    name="fine-text",
    code="TXT001",
    title="Words that must be read",
    looks_for="Logos, signs with words, captions, titles, quoted text to be shown.",
    why="Video models redraw every frame, so letters swim, merge and change their spelling. "
    "Keep lettering still and large in the picture, or add it after the take.",
    source="HunyuanVideo 1.5 and LTX-2 prompt guides.",
    severity="warning",
    good=(
        "She speaks in sign language and smiles.",
        "A man gives a thumbs-up sign.",
        "A girl reads a book under a tree.",
        "He types on a laptop while rain falls.",
        'A woman says "come in" and opens the door.',
        "The postman carries a letter to the door.",
    ),
    bad=(
        'A sign that reads "SALE" swings in the wind.',
        "The logo spins slowly.",
        'The words "GOOD NIGHT" appear in the sky.',
        "Credits roll over a dark street, the title text fades in.",
        "A billboard saying OPEN LATE flickers.",
        "A bottle turns until the label reads Aurora.",
        "Newspaper headline close-up, the page flutters.",
    ),
    false_alarms="Quoted speech without a verb of speaking beside it.",
    find=_find,
    mend=_mend,
)
