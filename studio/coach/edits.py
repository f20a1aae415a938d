"""Edits of the author's own words that leave clean text: no double spaces, no dangling commas, "a" and "an" right."""

from __future__ import annotations

import re
from collections.abc import Iterable

from studio.shot import Edit, Span

__all__ = ["append", "remove", "replace_all", "tidy"]

_GLUE = re.compile(r"[\s,;]*(?:(?:and|or|with|in|of|by|on)\b)?[\s,;]*\Z", re.IGNORECASE)
_BEFORE_END = re.compile(r"[\s,;:–—-]*(?:\b(?:and|or|with|in|of|by|on|at|a|an|the|very|style)\b\s*)*\Z", re.IGNORECASE)
_AFTER_START = re.compile(r"\A[\s,;:.–—-]*(?:(?:and|then)\b\s*)?", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(an?)(\s+)\Z", re.IGNORECASE)
_ENDS = ".!?;\n"


def replace_all(prompt: str, text: str) -> tuple[Edit, ...]:
    """One edit that puts `text` in place of the whole prompt."""
    return (Edit(start=0, end=len(prompt), replacement=text),)


def append(prompt: str, text: str, *, before: int | None = None) -> tuple[Edit, ...]:
    """One edit that puts sentences behind what is there, or before a place (leftover flags stay last)."""
    kept = prompt[: len(prompt) if before is None else before].rstrip(" ,;\n\t")
    rest = prompt[len(kept) :] if before is not None else ""
    stop = "" if not kept or kept[-1] in ".!?…" else "."
    glue = " " if kept else ""
    end = len(prompt) - len(rest.lstrip(" ,;\n\t")) if before is not None else len(prompt)
    return (Edit(start=len(kept), end=end, replacement=f"{stop}{glue}{text}{' ' if end < len(prompt) else ''}"),)


def tidy(text: str) -> str:
    """Single spaces, no space before a comma, a capital at the start, a full stop at the end."""
    text = re.sub(r"\s+", " ", text).strip(" ,;")
    text = re.sub(r"\s+([,.;!?])", r"\1", text)
    text = re.sub(r"([,;])(?:\s*[,;])+", r"\1", text)
    text = re.sub(r",\s*([.!?])", r"\1", text)
    text = re.sub(r"\.(?:\s*\.)+", ".", text)
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…\"'”’)]" else text + "."


def remove(prompt: str, spans: Iterable[Span]) -> tuple[Edit, ...]:
    """Edits that take the spans out and close the gaps they leave. Never overlapping, in the order of the text."""
    edits: list[Edit] = []
    for start, end in _merge(prompt, spans):
        edit = _cut(prompt, start, end)
        if edits and edit.start < edits[-1].end:
            last = edits.pop()
            edit = _cut(prompt, last.start, max(last.end, edit.end))
            if edits and edit.start < edits[-1].end:
                edit = Edit(start=edits[-1].end, end=edit.end, replacement=edit.replacement)
        edits.append(edit)
    return tuple(edits)


def _merge(prompt: str, spans: Iterable[Span]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if merged and (
            span.start <= merged[-1][1]
            or _GLUE.match(prompt[merged[-1][1] : span.start])
            or prompt[merged[-1][1] : span.start] in {"-", " - "}
        ):
            merged[-1] = (merged[-1][0], max(merged[-1][1], span.end))
        else:
            merged.append((span.start, span.end))
    return merged


def _cut(prompt: str, start: int, end: int) -> Edit:
    left, right = prompt[:start].rstrip(" \t"), prompt[end:].lstrip(" \t")
    first = not left or left[-1] in _ENDS
    last = not right or right[0] in _ENDS
    if first:
        return _cut_opening(prompt, start, end)
    if last:
        begin = start - len(_BEFORE_END.search(prompt[:start]).group())  # type: ignore[union-attr]
        return Edit(start=begin, end=len(prompt) - len(right), replacement="")
    begin, stop = len(left), len(prompt) - len(right)
    if left[-1] == "," and right[0] == ",":
        return Edit(start=begin - 1, end=stop, replacement="")
    if left[-1] in "([" and right[0] in ")]":
        return Edit(start=begin - 1, end=stop + 1, replacement="")
    if right[0] in ",)" or left[-1] in "([":
        return Edit(start=begin if right[0] in ",)" else start, end=stop, replacement="")
    return _article(prompt, start, stop, right)


def _article(prompt: str, start: int, stop: int, right: str) -> Edit:
    """Cut before a word: keep the space on the left and set "a" or "an" for the word that comes to stand there."""
    match = _ARTICLE.search(prompt[:start])
    if match and right[0].isalpha():
        wanted = "an" if right[0].lower() in "aeiou" else "a"
        if match.group(1)[0].isupper():
            wanted = wanted.capitalize()
        if wanted != match.group(1):
            return Edit(start=match.start(), end=stop, replacement=wanted + match.group(2))
    return Edit(start=start, end=stop, replacement="" if start and prompt[start - 1].isspace() else " ")


def _cut_opening(prompt: str, start: int, end: int) -> Edit:
    """Cut at the start of a sentence: what comes next takes the capital."""
    rest = prompt[end:]
    skipped = len(_AFTER_START.match(rest).group())  # type: ignore[union-attr]
    stop = end + skipped
    if stop < len(prompt) and prompt[start : start + 1].isupper() and prompt[stop].islower():
        return Edit(start=start, end=stop + 1, replacement=prompt[stop].upper())
    return Edit(start=start, end=stop, replacement="")
