"""The Rules tab: every rule's own documentation, written from the rules themselves."""

from __future__ import annotations

from html import escape

import gradio as gr

from studio.coach.rule import Example, Rule
from studio.coach.rules import RULES

__all__ = ["build_rules", "rules_page"]

_INTRO = (
    "What the coach looks for, why it matters, and where it is known to be wrong. "
    "Advice never stops you: Animate works whatever the coach says."
)

_SHOWN = 4
"""Examples of each kind on the page; the tests run every one."""


def build_rules() -> gr.HTML:
    """Put the rules' pages on the page."""
    return gr.HTML(rules_page(), elem_id="mf-rules", apply_default_css=False)


def rules_page(rules: tuple[Rule, ...] = RULES) -> str:
    """The documentation of these rules as HTML; each has the id ``rule-<code>``."""
    body = "".join(_rule(rule) for rule in rules)
    return f'<div class="mf-rules"><p>{escape(_INTRO)}</p>{body}</div>'


def _rule(rule: Rule) -> str:
    entries = [
        ("Why", escape(rule.why)),
        ("How bad", escape(_sentence(rule.severity))),
        ("Finds", _examples(rule.bad)),
        ("Lets pass", _examples(rule.good)),
        ("May be wrong", escape(rule.false_alarms)),
        ("Source", escape(rule.source)),
    ]
    rows = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in entries if text)
    return (
        f'<details id="rule-{escape(rule.code)}"><summary><code>{escape(rule.code)}</code>'
        f"<span>{escape(rule.title)}<small>{escape(rule.looks_for)}</small></span>"
        f'</summary><div class="mf-body"><dl>{rows}</dl></div></details>'
    )


def _examples(examples: tuple[str | Example, ...]) -> str:
    return "".join(f"<q>{escape(str(example))}</q>" for example in examples[:_SHOWN])


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
