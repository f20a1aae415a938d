"""Named elements: "@mug" in a prompt means the thing on the reference picture that is named mug."""

from __future__ import annotations

import re

__all__ = ["ELEMENT_NAME", "named_elements", "say_elements"]

ELEMENT_NAME = r"[A-Za-z][A-Za-z0-9_-]{0,39}"
"""What a name looks like: a letter, then letters, digits, hyphens and underscores."""

_NAMED = re.compile(rf"(?<![\w@.\-/])@({ELEMENT_NAME})")
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»\n]*[\"”“»]")
_ARTICLE = re.compile(r"\b(?:the|a|an|this|that|my|your|his|her|its|our|their|one|another)\s+$", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[.!?:\]]\s*)$")


def named_elements(prompt: str) -> tuple[str, ...]:
    """The names in a prompt, each once, in small letters; what stands in quotation marks is lettering or speech."""
    text = _QUOTED.sub(" ", prompt)
    return tuple(dict.fromkeys(match[1].rstrip("-_").lower() for match in _NAMED.finditer(text)))


def say_elements(text: str) -> str:
    """The names as plain words, for an engine that is shown the pictures and reads no marks: "@red-mug", the red mug.

    A name that begins with a capital is a proper name and stands alone.
    """

    def said(match: re.Match[str]) -> str:
        name = match[1].rstrip("-_")
        words = re.sub(r"[-_]+", " ", name) + match[1][len(name) :]
        before = text[: match.start()]
        if name[:1].isupper() or _ARTICLE.search(before):
            return words
        return f"{'The' if _OPENS.search(before) else 'the'} {words}"

    quoted = [match.span() for match in _QUOTED.finditer(text)]
    return _NAMED.sub(lambda match: match[0] if any(a <= match.start() < b for a, b in quoted) else said(match), text)
