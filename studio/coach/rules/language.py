"""LNG: the language of the prompt."""

from __future__ import annotations

from studio.coach.rule import Context, Hit, Rule
from studio.shot import Span

__all__ = ["LANGUAGE"]


def _find(context: Context) -> Hit | None:
    if not context.parse.foreign:
        return None
    prompt = context.parse.prompt
    return Hit("Coached in English only; this prompt is sent as it is.", (Span.of(prompt, 0, len(prompt)),), "info")


LANGUAGE = Rule(
    name="language",
    code="LNG001",
    title="Coached in English only",
    looks_for="A prompt that is mostly not in Latin letters.",
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
    ),
    bad=(
        "一只猫在窗台上睡觉。",
        "Кошка прыгает на стол.",
        "猫がゆっくり歩く",
        "كلب يركض على الشاطئ",
        "Η θάλασσα κινείται αργά",
        "고양이가 천천히 걷는다",
    ),
    false_alarms="Prompts in Latin letters that are not English are coached as if they were.",
    find=_find,
)
