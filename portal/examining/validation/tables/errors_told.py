"""Errors of Frictionless (type, constraint, primary key) as findings at row, column and field of the file.

Findings have Frictionless' own type, and stand at their places in the publisher's files.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from frictionless import Error

from portal.examining.validation.tables.notes import EXAMPLES, FALLBACK_EXAMPLE, TYPES, in_both_languages
from portal.examining.validation.tables.table_keys import Key
from portal.findings.codes import CODES
from portal.findings.details import Detail, Phrase, Quoted, Row, listed, mapped, phrase, shown
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset
from portal.model.text import LocalText
from portal.model.understood_table import UnderstoodTable

NOTE_CHARACTERS_MAX = 300
"""Characters of Frictionless' own words that are shown."""
FORMAT_CHARACTERS_MAX = 40
"""So much of the declared format of a date is made an example of."""
_SOME_TIME = datetime(2026, 1, 31, 8, 30)
WITHHELD = LocalText("数据未开放，详情从略", "the data are not open, so the detail is withheld")


def finding_of(error: Error, dataset: Dataset, table: UnderstoodTable | None = None) -> Finding:
    """Make a finding of an error in *table*, or in the descriptor. Nothing is quoted of data that are not open."""
    label = getattr(error, "label", None)
    value = getattr(error, "cell", None) if label is None else label
    field = getattr(error, "field_name", None)
    if error.type == "foreign-key":
        value = ", ".join(filter(None, getattr(error, "field_cells", ())))
        field = ", ".join(getattr(error, "field_names", ()))
    row = getattr(error, "row_number", None) or _header_row(error)
    column = getattr(error, "field_number", None)
    if column and len(getattr(error, "cells", None) or [""] * column) < column:
        value = None  # the row ends before this column; Frictionless writes "None"
    details: dict[str, Any] = {
        "dataset": dataset.name,
        "resource": table.resource if table else None,
        "column": table.column_of(column) if table and column else column,
        "field": field or None,
        "value": value if dataset.is_released else None,
        "note": WITHHELD if table is None and _may_quote_data(dataset) else _note(error, dataset.is_released, table),
        "type": error.type,
        **place_in(dataset, table, row),
    }
    if error.type == "constraint-error":
        details["fault"] = _fault(error, value, details["note"], dataset.is_released)
    if error.type == "extra-cell":
        details["cell"] = _extra_cell(value if dataset.is_released else "…")
    if error.type == "incorrect-label":
        details["difference"] = _difference(value, field) if dataset.is_released else LocalText()
    if error.type == "type-error":
        details["expected"], type_ = _expected(error.note)
        of_its_own = example_of(_field_of(table, field)) if dataset.is_released else None
        details["example"] = of_its_own or EXAMPLES.get(type_, FALLBACK_EXAMPLE)
    return found(error.type if error.type in CODES else "validation-error", **details)


def _extra_cell(value: Any) -> Detail:
    """Name a cell that is one too many."""
    if not value or str(value).isspace():
        return LocalText("空单元格", "an empty cell")
    return phrase("单元格“{value}”", '"{value}"', value=shown(value))


def _difference(label: Any, field: Any) -> Detail:
    """Show the code points in which two names differ that look alike, nothing where everybody sees the difference.

    >>> from portal.findings.words import said
    >>> said(_difference("\\u2f08口", "人口"), "en"), said(_difference("人数", "人口"), "en")
    (': they look alike, but the characters are others (U+2F08 in the file, U+4EBA in the schema)', '')
    """
    if not isinstance(label, str) or not isinstance(field, str) or _looks(label) != _looks(field):
        return LocalText()
    shared = set(label) & set(field)
    points = [" ".join(f"U+{ord(char):04X}" for char in text if char not in shared) or "–" for text in (label, field)]
    return phrase(
        "：两者看上去一样，字符却不同（文件中是 {there}，表结构中是 {here}）",
        ": they look alike, but the characters are others ({there} in the file, {here} in the schema)",
        there=points[0],
        here=points[1],
    )


def _looks(text: str) -> str:
    """Return *text* without what nobody sees: invisible characters, blanks, forms of one character."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if char.isprintable() and not char.isspace()).casefold()


_REQUIRED = 'constraint "required" is '
_ITEM_TYPE = re.compile(r'(?:array item type is|expected item type is) "(\w+)')


def _fault(error: Error, value: Any, note: Detail, is_open: bool) -> Detail:
    """Say what is wrong with a cell: that it is empty, or which constraint its value breaks, shown if *is_open*."""
    text = shown(value) if is_open else "…"
    if not error.note.startswith(_REQUIRED):
        return phrase(
            "的值“{value}”不满足约束：{note}",
            'holds "{value}", which breaks a constraint: {note}',
            value=text,
            note=note,
        )
    if value:
        return phrase(
            "的值“{value}”表示没有值，而该项必填",
            'holds "{value}", which stands for no value, and one is required',
            value=text,
        )
    return LocalText("是空的，而该项必填", "is empty, and a value is required")


def _expected(note: str) -> tuple[LocalText, str]:
    """Return what a cell should be and its type, by the note of a type error.

    >>> _expected('type is "integer/default"')[0].en, _expected('expected item type is "integer"')[0].en
    ('an integer', 'a list in which each item is an integer')
    """
    item = _ITEM_TYPE.match(note)
    type_ = item[1] if item else note.removeprefix('type is "').split("/")[0]
    expected = TYPES.get(type_, LocalText(type_, type_))
    if item:
        texts = f"每一项都是{expected.zh}的列表", f"a list in which each item is {expected.en}"
        return LocalText(*texts), "list"
    return expected, type_


def example_of(field: Mapping[str, Any]) -> Detail | None:
    """Show how a value of *field* is written, None where its type alone says it.

    >>> from portal.findings.words import said
    >>> said(example_of({"type": "date", "format": "%Y/%m/%d"}), "zh"), example_of({"type": "date"})
    ('请写成例如 2026/01/31。', None)
    >>> said(example_of({"type": "boolean", "trueValues": ["是"], "falseValues": ["否"]}), "zh")
    '请填写 是 或 否。'
    """
    type_, format_ = field.get("type"), field.get("format")
    if type_ in ("date", "datetime", "time") and isinstance(format_, str) and "%" in format_[:FORMAT_CHARACTERS_MAX]:
        with contextlib.suppress(ValueError):
            text = shown(_SOME_TIME.strftime(format_[:FORMAT_CHARACTERS_MAX]))
            return phrase("请写成例如 {text}。", "Write e.g. {text}.", text=text)
    if type_ == "number" and isinstance(mark := field.get("decimalChar"), str) and mark != ".":
        text = f"3{shown(mark)}5"
        return phrase("请只填写数字，不带单位，例如 {text}。", "Write a number without a unit, e.g. {text}.", text=text)
    if type_ == "boolean":
        lists = [field.get("trueValues"), field.get("falseValues")]
        texts = [shown(str(item[0])) for item in lists if isinstance(item, list) and item]
        if len(texts) == len(lists):
            return phrase("请填写 {yes} 或 {no}。", "Write {yes} or {no}.", yes=texts[0], no=texts[1])
    return None


def _field_of(table: UnderstoodTable | None, name: Any) -> Mapping[str, Any]:
    fields = table.schema.get("fields") if table else None
    return next((item for item in fields or () if isinstance(item, dict) and item.get("name") == name), {})


def repeated_finding(row: int, key: Key, before: int, dataset: Dataset, table: UnderstoodTable) -> Finding:
    """Say that a row repeats a key of ``uniqueKeys``, which Frictionless does not check."""
    return found(
        "unique-error",
        dataset=dataset.name,
        resource=table.resource,
        field=", ".join(key),
        note=_same_as(before, table),
        type="unique-error",
        **place_in(dataset, table, row),
    )


def incomplete_finding(row: int, key: Key, dataset: Dataset, table: UnderstoodTable) -> Finding:
    """Say that a part of the primary key is empty, which Frictionless does not mind."""
    labels = list(table.labels)
    column = table.column_of(labels.index(key[0]) + 1) if key[0] in labels else None
    names = listed(key)
    return found(
        "key-part-missing",
        dataset=dataset.name,
        resource=table.resource,
        column=column,
        field=", ".join(key),
        names=names,
        **place_in(dataset, table, row),
    )


def place_in(dataset: Dataset, table: UnderstoodTable | None, row: int | None) -> dict[str, Any]:
    """Return file and row of the publisher for a row of the understood text; without a table the descriptor's file."""
    if table is None:
        return {"file": dataset.descriptor_file, "row": row}
    file, real_row = table.place_of(row or 1)
    return {"file": file or dataset.descriptor_file, "row": real_row if row else None}


def _may_quote_data(dataset: Dataset) -> bool:
    """Whether a complaint about the descriptor may quote data that are not open: those that stand in it."""
    return not dataset.is_released and any("data" in entry for entry in dataset.entries.values())


def _header_row(error: Error) -> int | None:
    numbers = getattr(error, "row_numbers", None)
    return numbers[0] if numbers else None


_SAME = "the same as in the row at position "
_LIKE_COLUMNS = re.compile(r'at position "\d+(, \d+)*"')


def _same_as(row: int, table: UnderstoodTable) -> Phrase:
    """Name an earlier row; its file too where the table has several."""
    file, real_row = table.place_of(row)
    if len({part.file for part in table.parts}) > 1:
        return phrase("与 {file} 第 {row} 行相同", f"{_SAME}{{row}} of {{file}}", file=file, row=Row(real_row))
    return phrase("与第 {row} 行相同", f"{_SAME}{{row}}", row=Row(real_row))


def _partial_reference(error: Any) -> Phrase:
    """Name a reference of several values of which some are missing, which Frictionless writes as None."""
    zh, en = (", ".join(cell or empty for cell in error.field_cells) for empty in ("（空）", "(empty)"))
    return phrase(
        "字段 {fields} 的值“{values}”在 {table} 的 {others} 中不存在",
        'for "{fields}": values "{values}" not found in the lookup table "{table}" as "{others}"',
        characters_max=NOTE_CHARACTERS_MAX,
        fields=", ".join(error.field_names),
        values=Quoted(zh, en),
        table=error.reference_name or LocalText("本表", "this table"),
        others=", ".join(error.reference_field_names),
    )


def _note(error: Error, is_open: bool, table: UnderstoodTable | None) -> Detail:
    """Translate what Frictionless adds to an error.

    Of what is not open nothing is quoted in it: neither a cell nor what the schema says of values.
    """
    note = error.note.strip().rstrip(".")
    if error.type == "foreign-key" and not is_open:
        return LocalText("引用的值不存在", "the value referred to does not exist")
    if error.type == "foreign-key" and "" in error.field_cells:  # type: ignore[attr-defined]
        return _partial_reference(error)
    if table and note.startswith(_SAME):
        return _same_as(int(note.removeprefix(_SAME)), table)
    if table and _LIKE_COLUMNS.fullmatch(note):
        note = re.sub(r"\d+", lambda match: str(table.column_of(int(match[0]))), note)
    known = in_both_languages(note)
    if known is None:
        return shown(note, NOTE_CHARACTERS_MAX) if is_open else WITHHELD
    told = known if is_open or (table and _LIKE_COLUMNS.fullmatch(note)) else mapped(known, text=lambda _: "…")
    return replace(told, characters_max=NOTE_CHARACTERS_MAX) if isinstance(told, Phrase) else told
