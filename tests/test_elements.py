"""Named elements: which names a prompt holds, and how they are said to an engine that reads no marks."""

from __future__ import annotations

import pytest

from studio.elements import named_elements, say_elements


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("Steam rises from @mug.", ("mug",)),
        ("@red-mug turns to @Anna, then @red-mug stops.", ("red-mug", "anna")),
        ("A sign that reads “@cafe”.", ()),
        ('He says "write to @me".', ()),
        ("Mail me at someone@example.org.", ()),
        ("Nothing is named.", ()),
    ],
)
def test_names_are_found_once_each_and_not_in_quotations(prompt, names):
    assert named_elements(prompt) == names


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Steam rises from @mug.", "Steam rises from the mug."),
        ("@mug turns. Then @mug stops.", "The mug turns. Then the mug stops."),
        ("The @red-mug turns.", "The red mug turns."),
        ("@Anna waves to her @dog.", "Anna waves to her dog."),
        ("A sign reads “@cafe”.", "A sign reads “@cafe”."),
    ],
)
def test_names_become_words(text, said):
    assert say_elements(text) == said
