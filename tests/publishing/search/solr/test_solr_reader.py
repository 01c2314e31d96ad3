"""Patterns of CKAN's search: which values fit what has asterisks and question marks in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.search.solr.query_nodes import ANY_SIGNS, ONE_SIGN
from portal.publishing.search.solr.solr_reader import fits

_EXPRESSIONS = {ANY_SIGNS: ".*", ONE_SIGN: "."}


@given(pattern=st.text(f"ab.\n{ANY_SIGNS}{ONE_SIGN}", max_size=7), text=st.text("ab.\n", max_size=8))
def test_a_pattern_fits_what_its_regular_expression_does(pattern: str, text: str) -> None:
    """An asterisk stands for any signs, a question mark for one, all others for themselves."""
    expression = "".join(_EXPRESSIONS.get(sign) or re.escape(sign) for sign in pattern)
    assert fits(pattern, text) == bool(re.fullmatch(expression, text, re.DOTALL))


@pytest.mark.parametrize("part", [f"{ANY_SIGNS}a{ONE_SIGN}", f"{ANY_SIGNS}a", f"a{ANY_SIGNS}"])
def test_a_storm_of_signs_longer_than_any_value_fits_none(part: str) -> None:
    """Whoever asks for more signs than a value has is told so without a look at either."""
    assert not any(fits(part * 10_000, f"{number:05}" * 40) for number in range(5_000))


def test_very_many_asterisks_are_one() -> None:
    """They stand for the same."""
    assert all(fits(ANY_SIGNS * 30_000, str(number)) for number in range(5_000))
