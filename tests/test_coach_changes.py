"""What turns one text into another is found word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.advice import Fix
from studio.coach.telling.changes import changes

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
