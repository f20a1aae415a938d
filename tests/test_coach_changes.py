"""What turns one text into another is found word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.advice import Edit, Fix
from studio.coach.telling.wording.changes import changes, revised, traced

TEXTS = st.lists(st.sampled_from(["a", "cat", "jumps", ",", " ", ".", "\n", "over"]), max_size=30).map("".join)


@given(TEXTS, TEXTS)
def test_the_edits_make_the_one_of_the_other(before: str, after: str) -> None:
    edits = changes(before, after)
    assert (Fix(title="", safety="safe", edits=edits).apply(before) if edits else before) == after


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        ("She smile.", "She smiles.", [(4, 9, "smiles")]),
        ("please a cat", "a cat", [(0, 7, "")]),
        ("one two", "one, two", [(3, 3, ",")]),
        ("same", "same", []),
    ],
)
def test_no_more_is_changed_than_must_be(before: str, after: str, edits: list[tuple[int, int, str]]) -> None:
    assert [(edit.start, edit.end, edit.replacement) for edit in changes(before, after)] == edits


@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), TEXTS), max_size=5))
def test_passes_of_edits_are_traced_to_the_source(source: str, passes: list[tuple[int, int, str]]) -> None:
    text, origins = source, list(range(len(source)))
    for start, length, replacement in passes:
        first = min(start, len(text))
        edit = Edit(start=first, end=min(first + length, len(text)), replacement=replacement)
        text, origins = Fix(title="", safety="safe", edits=(edit,)).apply(text), revised(origins, (edit,))
    edits = traced(source, text, origins)
    assert (Fix(title="", safety="safe", edits=edits).apply(source) if edits else source) == text
