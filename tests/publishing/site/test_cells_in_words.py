"""Cells are shown so that people read them, and say nothing else than the file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.model.text import LocalText
from portal.publishing.site.cells_in_words import (
    SHOWN_CHARACTERS_MAX,
    WHOLE_CHARACTERS_MAX,
    ShownCell,
    column_of,
    number_shown,
    writer_of,
)


def shown(field: dict[str, Any], text: str, lang: str = "zh", **names: LocalText) -> ShownCell:
    """Return what a page shows of one cell."""
    return writer_of({"name": "c", **field}, lang, names)(text)


@pytest.mark.parametrize(
    ("field", "text", "zh", "en"),
    [
        ({"type": "integer"}, "-1234567", "-1,234,567", "-1,234,567"),
        ({"type": "number"}, "0.00000000000000000001", "0.00000000000000000001", "0.00000000000000000001"),
        ({"type": "number"}, "9" * 40 + ".5", ("9," + "999," * 13)[:-1] + ".5", ("9," + "999," * 13)[:-1] + ".5"),
        ({"type": "number"}, "NaN", "NaN", "NaN"),
        ({"type": "number"}, "-INF", "-INF", "-INF"),
        ({"type": "number", "groupChar": " ", "decimalChar": ","}, "1 234,50", "1,234.50", "1,234.50"),
        ({"type": "integer", "name": "建成年份"}, "1998", "1998", "1998"),
        ({"type": "number", "name": "经度"}, "1121.473", "1121.473", "1121.473"),
        ({"type": "integer", "name": "行业代码"}, "10000", "10000", "10000"),
        ({"type": "year"}, "2026", "2026", "2026"),
        ({"type": "date"}, "2026-12-01", "2026年12月1日", "1 December 2026"),
        ({"type": "date", "format": "%d.%m.%Y"}, "01.12.2026", "2026年12月1日", "1 December 2026"),
        ({"type": "date"}, "9999-99-99", "9999-99-99", "9999-99-99"),
        ({"type": "datetime"}, "2026-12-01T08:30:00", "2026年12月1日 08:30", "1 December 2026 08:30"),
        (
            {"type": "datetime"}, "2026-12-01T08:30:05+08:00",
            "2026年12月1日 08:30:05 UTC+8", "1 December 2026 08:30:05 UTC+8",
        ),
        ({"type": "yearmonth"}, "2026-12", "2026年12月", "December 2026"),
        ({"type": "yearmonth"}, "2026-13", "2026-13", "2026-13"),
        ({"type": "time"}, "05:30:00", "05:30", "05:30"),
        ({"type": "boolean"}, "true", "是", "Yes"),
        ({"type": "boolean", "trueValues": ["有"], "falseValues": ["无"]}, "无", "否", "No"),
        ({"type": "array"}, '["人民路", "解放路"]', "人民路、解放路", "人民路, 解放路"),
        ({"type": "array"}, "[1.10, true]", "1.10、true", "1.10, true"),
        ({"type": "array"}, "[[1], {}]", "[[1], {}]", "[[1], {}]"),
        ({"type": "array"}, "[" * 40, "[" * 40, "[" * 40),
        ({"type": "geojson"}, '{"type": "Point", "coordinates": [1, 2]}', "点", "Point"),
        (
            {"type": "geojson"}, '{"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [1, 2]]]}',
            "面（3 个点）", "Polygon (3 vertices)",
        ),
        ({"type": "geojson"}, '{"type": "<b>"}', '{"type": "<b>"}', '{"type": "<b>"}'),
        ({"type": "string"}, "0001", "0001", "0001"),
        ({}, "", "", ""),
    ],
)  # fmt: skip
def test_cells_are_shown_by_their_type(field: dict[str, Any], text: str, zh: str, en: str) -> None:
    """Numbers are grouped, dates stand in words, and what cannot be read stands as it is."""
    assert (shown(field, text, "zh").text, shown(field, text, "en").text) == (zh, en)


def test_codes_are_shown_by_their_names() -> None:
    """The name stands in place of the code, which stays beside it; a code without a name is shown as it is."""
    names = {"990101": LocalText("晨星区", "Chenxing District")}
    write = writer_of({"name": "区划代码", "type": "string"}, "en", names)
    assert (write("990101"), write("990199")) == (ShownCell("Chenxing District", "990101"), ShownCell("990199"))


def test_a_field_may_name_its_values_itself() -> None:
    """The labels of categories (Table Schema) are names; one that says nothing else than the value is none."""
    field = {"type": "integer", "categories": [{"value": 1, "label": "男"}, {"value": 2, "label": "2"}, "x"]}
    assert [shown(field, text) for text in "123"] == [ShownCell("男", "1"), ShownCell("2"), ShownCell("3")]


def test_long_cells_are_cut_with_the_whole_beside() -> None:
    """The beginning stands in the row, and the rest unfolds; what is too long even for that ends in a sign."""
    text = "字" * (SHOWN_CHARACTERS_MAX + 5)
    assert shown({"type": "string"}, text) == ShownCell("字" * SHOWN_CHARACTERS_MAX, rest="字" * 5)
    huge = shown({"type": "string"}, "x" * 10_000)
    assert len(huge.text + huge.rest) == WHOLE_CHARACTERS_MAX
    assert huge.rest.endswith("…")


def test_no_sign_is_cut_from_the_marks_that_change_it() -> None:
    """A family of joined signs stays together."""
    text = "a" * (SHOWN_CHARACTERS_MAX - 1) + "e\u0301" + "b" * 9
    assert shown({"type": "string"}, text).rest.startswith("e\u0301")


def test_points_of_a_column_stand_below_each_other() -> None:
    """What a number lacks in decimals takes room; other texts and gaps do not matter."""
    write = writer_of({"name": "c", "type": "number"}, "zh")
    cells = column_of(["1.5", "12.25", "3", "", "NaN", "1E+30"], write)
    assert [cell.missing for cell in cells] == ["0", "", ".00", "", "", ""]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.integers())
def test_signs_between_thousands_take_nothing_away(number: object) -> None:
    """Without them a number is what it was."""
    assert number_shown(f"{number:f}" if not isinstance(number, int) else str(number)).replace(",", "") == (
        str(number) if isinstance(number, int) else f"{number:f}"
    )


@given(st.text(max_size=300), st.sampled_from(["string", "integer", "number", "date", "datetime", "array", "geojson"]))
def test_any_text_can_be_shown(text: str, type_: str) -> None:
    """Whatever stands in a cell, something is shown of it, and nothing that is not there."""
    cell = shown({"type": type_}, text)
    assert bool(cell.text) == bool(text)
    assert cell.text + cell.rest == text or _is_json(text) or any(sign.isdigit() for sign in text)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
