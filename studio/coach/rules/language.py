"""LNG: the language of the prompt."""

from __future__ import annotations

from studio.coach.rule import Context, Hit, Rule, whole
from studio.shot import Fix, Span

__all__ = ["LANGUAGE"]


def _find(context: Context) -> Hit | None:
    found, prompt = context.parse.foreign, context.parse.prompt
    if not found:
        return None
    if found == "JSON":
        message = "This is JSON. The coach reads sentences; take the rewrite to be coached."
        return Hit(message, (Span.of(prompt, 0, len(prompt)),), "info", blank=True)
    message = f"This looks like {found}. Prompts are coached in English only; this one is sent as it is."
    return Hit(message, (Span.of(prompt, 0, len(prompt)),), "info")


def _sentences(context: Context, hit: Hit) -> tuple[Fix, ...]:
    return whole(context, "Say it in sentences", "ask") if hit.blank else ()


LANGUAGE = Rule(
    name="language",
    code="LNG001",
    title="Coached in English only",
    looks_for="A prompt in another script or with the small words of another language; code, JSON or HTML.",
    why="The coach knows English verbs and nouns only, so it cannot tell what moves here. "
    "Many engines do understand the prompt.",
    source="The coach's own limit.",
    severity="info, and then no other rule speaks",
    good=(
        "Steam rises from the cup.",
        "The café's flag ripples in the wind.",
        "A señora waves from the balcony.",
        "The camera pans left.",
        "Naïve brush strokes drift across the page.",
        'A sign reads "東京" and sways.',
        "Señor López and José dance in the Plaza de la Luna.",
        'A singer in Rio whispers "a noite é nossa" and smiles.',
    ),
    bad=(
        "一只猫在窗台上睡觉。",
        "Кошка прыгает на стол.",
        "猫がゆっくり歩く",
        "كلب يركض على الشاطئ",
        "Η θάλασσα κινείται αργά",
        "고양이가 천천히 걷는다",
        "Una mujer camina por la playa mientras las olas rompen en la orilla.",
        "Une femme marche lentement dans la rue sous la pluie.",
        "Ein alter Mann geht langsam durch den Wald und bleibt dann stehen.",
        '{"camera": "pan left", "subject": "a fox", "seconds": 5}',
    ),
    false_alarms="A few words in another language, without its small words, are coached as if they were English.",
    find=_find,
    mend=_sentences,
)
