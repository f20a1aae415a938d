"""TXT: words that must be read."""

from __future__ import annotations

from studio.coach.edits import remove
from studio.coach.rule import Context, Hit, Rule, listed, whole, works
from studio.shot import Fix, Span

__all__ = ["FINE_TEXT"]


def _find(context: Context) -> Hit | None:
    cues = context.parse.labelled("lettering")
    if not cues:
        return None
    shown = [cue for cue in cues if cue.sense == "quoted"] or cues
    words = listed((cue.span.text for cue in shown), 36)
    message = f"Lettering must stay readable ({words}), and letters bend as they move."
    return Hit(message, tuple(cue.span for cue in cues), "warning")


def _mend(context: Context, hit: Hit) -> tuple[Fix, ...]:
    """Take out what is to be read and the words that lead to it; else the clause around it; else the rewrite."""
    parse, words = context.parse, context.parse.reading.words
    leads = {*parse.vocabulary.lettering.leads}
    close: list[Span] = []
    for span in hit.spans:
        inside = [w.index for w in words if span.start <= w.start < span.end]
        if not inside:
            continue
        first = inside[0]
        if words[first].lower in parse.vocabulary.lettering.surfaces and len(inside) > 1:
            first += 1
        while first > 0 and words[first - 1].lower in leads and words[first - 1].sentence == words[first].sentence:
            first -= 1
        close.append(Span.of(parse.prompt, min(words[first].start, span.end - 1), span.end))
    for spans in (close, [_clause(parse.prompt, span) for span in hit.spans]):
        edits = remove(parse.prompt, spans) if spans else ()
        if edits and works(context, _find, edits):
            return (Fix(title="Leave the lettering out", safety="ask", edits=edits),)
    return whole(context, "Leave the lettering out", "ask")


def _clause(prompt: str, span: Span) -> Span:
    start = max(prompt.rfind(mark, 0, span.start) for mark in ",;.\n") + 1
    ends = [place for mark in ",;.\n" if (place := prompt.find(mark, span.end)) >= 0]
    return Span.of(prompt, start, min(ends, default=len(prompt)))


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
        'The waiter bows and says in a low voice "this way".',
        "A poet writes in a notebook while the lamp flickers.",
        "A man drawn in ink walks across the page.",
    ),
    bad=(
        'A sign that reads "SALE" swings in the wind.',
        "The logo spins slowly.",
        'The words "GOOD NIGHT" appear in the sky.',
        "Credits roll over a dark street, the title text fades in.",
        "A billboard saying OPEN LATE flickers.",
        "A bottle turns until the label reads Aurora.",
        "Newspaper headline close-up, the page flutters.",
        "SALT & SMOKE painted on the shutter, the owner rolls it up.",
        "A cake with our names written in pink icing, the candles flicker.",
        "The jar turns and its label stays readable.",
        "The timer drops from 10 to 0 as the crowd cheers.",
    ),
    false_alarms="Quoted speech without a verb of speaking beside it.",
    find=_find,
    mend=_mend,
)
