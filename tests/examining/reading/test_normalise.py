"""Numbers and dates become plain where the schema says so, and only where that is certain."""

from __future__ import annotations

import pytest

from portal.examining.reading.normalise import KINDS, normalised


@pytest.mark.parametrize(
    ("text", "kind", "plain"),
    [
        ("１２３", "integer", "123"),
        ("－１２．５", "number", "-12.5"),
        ("1,234,567.8", "number", "1234567.8"),
        ("1，234", "integer", "1234"),
        ("１，２３４", "integer", "1234"),
        ("2024年1月5日", "date", "2024-01-05"),
        ("２０２４年１月５日", "date", "2024-01-05"),
        ("2024 年 1 月 5 日", "date", "2024-01-05"),
        ("2024/1/5", "date", "2024-01-05"),
        ("2024.01.05", "date", "2024-01-05"),
        ("2024-1-5", "date", "2024-01-05"),
        ("20240105", "date", "2024-01-05"),
        ("2024年1月5日 8:30", "datetime", "2024-01-05T08:30:00"),
        ("2024/1/5 8:30:05", "datetime", "2024-01-05T08:30:05"),
        ("2024年1月5日8时30分", "datetime", "2024-01-05T08:30:00"),
        ("8:30", "time", "08:30:00"),
        ("8时30分5秒", "time", "08:30:05"),
        ("2024年3月", "yearmonth", "2024-03"),
        ("202403", "yearmonth", "2024-03"),
        ("2024年", "year", "2024"),
    ],
)
def test_usual_spellings_become_plain(text: str, kind: str, plain: str) -> None:
    """Every usual Chinese spelling has one plain form."""
    assert normalised(text, {"type": kind}, KINDS) == plain


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12%", "number"),
        ("1,23", "number"),
        ("12,34,567", "integer"),
        ("1,234", "string"),
        ("２０２４", "string"),
        ("2024年1月5日", "string"),
        ("2024年1月5日", "any"),
        ("2024-02-30", "date"),
        ("20241301", "date"),
        ("05/01/2024", "date"),
        ("24/1/5", "date"),
        ("约８００", "integer"),
        ("８００人", "integer"),
        ("—", "number"),
        ("", "number"),
        ("1_000", "integer"),
        ("2024-01-05T08:30:00Z", "datetime"),
        ("25:00", "time"),
        ("13月", "yearmonth"),
    ],
)
def test_what_is_not_certain_stays(text: str, kind: str) -> None:
    """Percentages, odd groups, other orders of day and month, words and text fields are not touched."""
    assert normalised(text, {"type": kind}, KINDS) == text


def test_each_kind_is_allowed_by_itself() -> None:
    """A publisher who allows separators alone gets no digits changed."""
    number, day = {"type": "number"}, {"type": "date"}
    assert normalised("1,234", number, frozenset({"separators"})) == "1234"
    assert normalised("1,234", number, frozenset({"digits"})) == "1,234"
    assert normalised("１２", number, frozenset({"separators"})) == "１２"
    assert normalised("１２", number, frozenset({"digits"})) == "12"
    assert normalised("2024/1/5", day, frozenset({"digits"})) == "2024/1/5"


def test_own_formats_and_signs_of_the_field_are_respected() -> None:
    """A date with a format of its own, and numbers with signs of their own, are left to them."""
    assert normalised("2024/1/5", {"type": "date", "format": "%Y/%m/%d"}, KINDS) == "2024/1/5"
    assert normalised("1,234", {"type": "number", "decimalChar": ","}, KINDS) == "1,234"
    assert normalised("1,234", {"type": "number", "groupChar": ","}, KINDS) == "1,234"
