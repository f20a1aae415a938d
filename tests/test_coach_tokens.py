"""The count of tokens errs on the long side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.coach.dialects.tokens import count_tokens

KINDS = ["clip", "t5", "umt5", "llama", "qwen", "gemma", "unknown"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_sign_and_digit_counts(kind):
    assert count_tokens("the cat, 24!", kind) >= 6


@pytest.mark.parametrize("kind", KINDS)
def test_letters_of_other_scripts_count_one_by_one(kind):
    assert count_tokens("猫が跳ぶ", kind) >= 4


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(KINDS))
def test_more_text_is_never_fewer_tokens(first, second, kind):
    assert count_tokens(f"{first} {second}", kind) >= count_tokens(first, kind)
