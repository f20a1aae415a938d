"""A rule's page, made from the rule itself: the same text in the page, in the terminal and in ``docs/rules.md``."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from studio.coach.readiness import part_of
from studio.coach.review import Coach
from studio.coach.rule import Context, Example, Rule
from studio.coach.rules import RULES
from studio.coach.telling.reasons import REASONS
from studio.errors import InputError
from studio.presets import Profile
from studio.shot import Record, Severity

__all__ = ["RulePage", "Section", "find_rule", "markdown", "rule_page"]

_SHOWN = 6
"""Examples of each kind on a page; the tests run every one."""

_WORDS = 60
"""Words of an example that are shown whole."""

_SAFETY = {"safe": "keeps your meaning", "unsafe": "takes words away", "ask": "changes what happens"}
_ELSEWHERE = {
    "words": "Say it in other words; no small edit does it.",
    "still": "Another still, or a calmer shot for this one.",
    "settings": "The settings: seconds, size, engine or a control.",
}
_WORST: dict[Severity, str] = {
    "error": "at worst an error",
    "warning": "at worst a warning",
    "info": "at worst a note",
}
_INTRO = """# The rules of the coach

Made from the rules themselves by `make docs`; do not edit it by hand. `python -m studio why CODE` and "why?" in the
page show the same text. Advice never stops anybody: Animate works whatever the coach says. A rule that is not wanted
is dismissed on the page, or with `--ignore` on the command line.
"""

_LEFT_OUT = """## What a rewrite leaves out

Each stretch of the prompt that is not said again carries its reason: under the rewrite in the page, behind "Left out"
in the terminal, as `rewrite.removed[].reason` and `.why` in the JSON of `coach` and `batch`.
"""


class Section(Record):
    """One heading of a page with its lines; ``examples`` when they are prompts."""

    heading: str
    lines: tuple[str, ...]
    examples: bool = False


class RulePage(Record):
    """One rule in words."""

    code: str
    name: str
    title: str
    part: str
    looks_for: str
    sections: tuple[Section, ...]


def find_rule(word: str) -> Rule:
    """The rule with this name or code, in any case.

    Raises:
        InputError: there is none; the message names a near one.
    """
    wanted = word.strip().lower().replace("_", "-")
    known = {name: rule for rule in RULES for name in (rule.name, rule.code.lower())}
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted, known, n=1)
    action = f"Did you mean {known[near[0]].name}?" if near else "See them with: python -m studio rules"
    raise InputError("the rule", word, expected="the name or code of a rule", action=action)


def rule_page(rule: Rule, coach: Coach, profiles: Mapping[str, Profile]) -> RulePage:
    """The page of a rule; how bad it is for each engine, and what its fixes do, is tried on its own examples."""
    contexts = [_context(example, coach, profiles) for example in rule.bad]
    sections = [
        Section(heading="Why", lines=(rule.why,)),
        Section(heading="How bad", lines=(_sentence(rule.severity), *_by_engine(rule, contexts, profiles.values()))),
        Section(heading="Finds", lines=tuple(map(_said, rule.bad[:_SHOWN])), examples=True),
        Section(heading="Lets pass", lines=tuple(map(_said, rule.good[:_SHOWN])), examples=True),
        Section(heading="What mends it", lines=_fixes(rule, contexts, coach)),
        Section(heading="May be wrong", lines=(_sentence(rule.false_alarms),)),
        Section(heading="Source", lines=(_sentence(rule.source),)),
    ]
    return RulePage(
        code=rule.code,
        name=rule.name,
        title=rule.title,
        part=part_of(rule.code),
        looks_for=rule.looks_for,
        sections=tuple(sections),
    )


def markdown(pages: Iterable[RulePage]) -> str:
    """All pages as one Markdown document, with a table of contents."""
    shown = list(pages)
    rows = "\n".join(
        f"| [{page.code}](#{page.code.lower()}-{page.name}) | {page.name} | {page.title} |" for page in shown
    )
    table = f"| code | rule | what it is about |\n|---|---|---|\n{rows}\n"
    return "\n".join([_INTRO, table, *map(_chapter, shown), _left_out()])


def _left_out() -> str:
    """The reasons for which a rewrite leaves words out, as the last chapter."""
    rows = "\n".join(f"| {reason.name} | {reason.why.format(seconds='the clip')} |" for reason in REASONS.values())
    return f"{_LEFT_OUT}\n| reason | in a sentence |\n|---|---|\n{rows}\n"


def _chapter(page: RulePage) -> str:
    parts = [f"## {page.code} {page.name}\n\n**{page.title}.** {page.looks_for}\n"]
    for section in page.sections:
        if len(section.lines) == 1 and not section.examples:
            parts.append(f"**{section.heading}.** {section.lines[0]}\n")
            continue
        quote = "`" if section.examples else ""
        parts.append(
            "\n".join([f"**{section.heading}**\n", *(f"- {quote}{line}{quote}" for line in section.lines), ""])
        )
    return "\n".join(parts)


def _context(example: str | Example, coach: Coach, profiles: Mapping[str, Profile]) -> Context:
    given = example if isinstance(example, Example) else Example(example)
    profile = profiles[given.engine]
    return coach.context(given.prompt, given.brief, profile=profile, report=given.report, end=given.end)


def _by_engine(rule: Rule, contexts: list[Context], profiles: Iterable[Profile]) -> tuple[str, ...]:
    """Which engines a rule is worst for, the most of them last; nothing where it is as bad for all."""
    engines: dict[str, list[str]] = {}
    for profile in profiles:
        found = {hit.severity for context in contexts if (hit := rule.find(replace(context, profile=profile)))}
        worst = next((said for severity, said in _WORST.items() if severity in found), "silent")
        engines.setdefault(worst, []).append(profile.title)
    if len(engines) == 1:
        return ()
    *fewer, most = sorted(engines, key=lambda worst: len(engines[worst]))
    return (
        *(_sentence(f"{worst} for {', '.join(engines[worst])}") for worst in fewer),
        f"{_sentence(most)[:-1]} for all others.",
    )


def _fixes(rule: Rule, contexts: list[Context], coach: Coach) -> tuple[str, ...]:
    """Each kind of fix once, with what it does to an example."""
    shown: dict[str, str] = {}
    for context in contexts:
        prompt = context.parse.prompt
        review = coach.review(prompt, context.brief, profile=context.profile, report=context.report, end=context.end)
        for fix in (fix for finding in review.findings if finding.rule == rule.name for fix in finding.fixes):
            change = f"“{_short(prompt)}” becomes “{_short(fix.apply(prompt))}”"
            shown.setdefault(fix.title, f"{fix.title} ({_SAFETY[fix.safety]}): {change}")
    return tuple(shown.values()) or (_ELSEWHERE[rule.mended_by],)


def _said(example: str | Example) -> str:
    """An example as it is shown: its prompt, and its circumstances in brackets."""
    if isinstance(example, Example):
        return str(replace(example, prompt=_short(example.prompt)))
    return _short(example)


def _short(prompt: str) -> str:
    """A prompt of many words is told by its beginning."""
    words = prompt.split()
    return " ".join(words) if len(words) <= _WORDS else f"{' '.join(words[: _WORDS - 15])} … ({len(words)} words)"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
