"""Findings in the words of the form."""

from __future__ import annotations

import re

import pytest

from portal.findings.codes import CODES
from portal.findings.finding import found
from portal.findings.words import mend_of, message_of
from portal.incoming.form.receipt.clerk_words import MENDS, Clerk, field_of, without_echoes

KEYS = re.compile(
    r"[a-z]{2}\w*\.[a-z_]{2}|\.ya?ml|--[a-z]|`|portal (?:approve|build|check|import|new)|schema|dialect|Data Package"
)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_mend_speaks_of_keys_and_files_of_settings(lang: str) -> None:
    """Of no code at all: what a form cannot mend is for whoever runs the portal."""
    mends = {code: mend_of(found(code), Clerk()).to(lang) for code in CODES}
    assert {code: text for code, text in mends.items() if KEYS.search(text) or not text} == {}


def test_only_codes_that_exist_are_told_in_other_words() -> None:
    """A code that was renamed would be told in the words of descriptors again."""
    assert set(MENDS) <= set(CODES)


def test_a_key_is_called_by_its_question() -> None:
    """In the message as in the column of fields; the code and the place stay."""
    finding = found("value-unknown", file="a.xlsx", field="catalogue.update_cycle", value="often", allowed="daily")
    assert field_of(finding) == "更新周期"
    assert message_of(finding, Clerk()).zh == "“更新周期” 的取值“often”不在规定范围内。"


def test_files_of_settings_are_called_by_what_they_hold() -> None:
    """Their names mean nothing to who fills in a form."""
    told = message_of(found("publisher-unknown", field="catalogue.publisher", value="某局"), Clerk())
    assert told.zh == "提供方“某局”没有在门户的单位名录中登记。"
    assert told.en == 'The publisher "某局" is not entered in the portal\'s list of departments.'


def test_a_column_that_is_named_like_a_key_keeps_its_name() -> None:
    """Only findings about metadata are about questions."""
    assert field_of(found("missing-label", field="title")) == "title"
    assert field_of(found("title-missing", field="title")) == "数据集名称"


def test_what_a_publisher_wrote_decides_nothing() -> None:
    """A choice that looks like a file of settings leaves the advice as it is."""
    told = found("form-choice-unknown", field="x", value="y", allowed="a_b、c.d")
    assert mend_of(told, Clerk()).zh == "请从这一格的下拉列表中选择：a_b、c.d。"


def test_an_empty_key_of_a_blank_row_is_left_out() -> None:
    """Of another row, or another table, it stays."""
    blank = found("blank-row", resource="a", row=3)
    keys = [found("primary-key", resource=name, row=row) for name, row in (("a", 3), ("a", 4), ("b", 3))]
    assert list(without_echoes([keys[0], blank, *keys[1:]])) == [blank, *keys[1:]]
