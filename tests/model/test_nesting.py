"""The depth of a JSON text is counted alike in every version of Python, before a parser reads it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.model.nesting import nests_deeper

VALUES = st.recursive(
    st.none() | st.integers() | st.text(alphabet='[]{}"\\/甲', max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(alphabet='[{"\\', max_size=3), inner, max_size=3)
    ),
    max_leaves=20,
)


def depth(value: Any) -> int:
    """How many lists and objects stand in each other, counted on the value itself."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


@given(VALUES, st.integers(0, 6))
def test_depth_is_that_of_the_value(value: Any, levels_max: int) -> None:
    """Whatever strings and keys hold, a text nests as deep as the value that it says, as text and as bytes."""
    text = json.dumps(value, ensure_ascii=False)
    answers = {nests_deeper(text, levels_max), nests_deeper(text.encode(), levels_max)}
    assert answers == {depth(value) > levels_max}


@pytest.mark.parametrize(
    ("text", "is_deeper"),
    [
        ("[" * 64, False),
        ("[" * 65, True),
        ("[" * 64 + "]" * 64, False),
        ('{"a":' * 65 + "1" + "}" * 65, True),
        ("[" * 1_000_000, True),
        ("[[]," * 64, True),
        ("[]," * 1000, False),
        ('"' + "[" * 100, False),
        ('["\\"' + "[" * 100 + '"]', False),
        ('["\\\\",' + "[" * 100, True),
        ("[\ud800" + "[" * 64, True),
        ("", False),
    ],
)  # fmt: skip
def test_texts_that_break_off_are_counted_as_far_as_they_go(text: str, is_deeper: bool) -> None:
    """A text need not be whole to be too deep; what stands in a string, ended or not, opens nothing."""
    assert nests_deeper(text, 64) is is_deeper
