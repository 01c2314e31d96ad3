"""A workbook that was handed in: whether it is a form, and what was filled in (XLSX, XLS, ODS, CSV)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import python_calamine

from portal.examining.reading.sheets.workbook_files import opened_workbook
from portal.findings.finding import Finding, found
from portal.incoming.form.form import (
    DATA_SHEET,
    FIELDS_SHEET,
    METADATA_SHEET,
    OUR_SHEETS,
    ROWS_OF_THE_FORM_MAX,
    Answer,
    FieldRow,
    Form,
)
from portal.incoming.form.questions import FIELD_COLUMNS, QUESTIONS
from portal.model.known_formats import DELIMITED_FORMATS, TABLE_FORMATS, WORKBOOK_FORMATS, suffixes
from portal.model.limits import Limits

WORKBOOK_SUFFIXES = suffixes(WORKBOOK_FORMATS)
SUFFIXES = WORKBOOK_SUFFIXES | suffixes(DELIMITED_FORMATS & TABLE_FORMATS)
"""The endings of what may be handed in: workbooks and delimited text."""

ANSWER_CHARACTERS_MAX = 20_000
"""Characters of an answer that are read."""
_OUR_ENDINGS = re.compile(r"(?:[-_ ]?(?:回执|清洁版|填报表?))+(?:\s*\(\d+\))?$")


def plain_stem(path: Path) -> str:
    """Return the file's name without ending, and without what a receipt or cleaned copy adds to it.

    >>> plain_stem(Path("站点-清洁版.xlsx")), plain_stem(Path("填报.xlsx"))
    ('站点', '填报')
    """
    return _OUR_ENDINGS.sub("", path.stem).strip() or path.stem


@dataclass(frozen=True)
class Filled:
    """What was handed in: the form, and the sheets that hold data, by name.

    *sheets* is empty for a file whose only sheet need not be named.
    """

    form: Form
    sheets: tuple[str, ...] = ()
    has_our_sheets: bool = False


def read_filled(path: Path, work_dir: Path, limits: Limits) -> tuple[Filled, list[Finding]]:
    """Look at the file *path*: is it a form, and where are the data? Raises UnreadableWorkbook."""
    if path.suffix.lower() not in WORKBOOK_SUFFIXES:
        return Filled(Form(is_bare=True)), []
    work_dir.mkdir(parents=True, exist_ok=True)
    with opened_workbook(path, limits, work_dir / "looked-through.zip") as file:
        names = [sheet.name for sheet in file.sheets]
        filled = [
            sheet.name
            for sheet in file.sheets
            if sheet.name not in OUR_SHEETS and sheet.visibility == "visible" and sheet.scan.rows
        ]
        has_our_sheets = bool(OUR_SHEETS & set(names))
        if METADATA_SHEET not in names:
            sheets = tuple(filled) if len(filled) > 1 or has_our_sheets else ()
            return Filled(Form(is_bare=True), sheets, has_our_sheets), []
        with python_calamine.load_workbook(file.readable) as book:
            answers, findings = _answers(_rows(book, METADATA_SHEET), path.name)
            fields = tuple(_fields(_rows(book, FIELDS_SHEET))) if FIELDS_SHEET in names else ()
    sheets = (DATA_SHEET,) if DATA_SHEET in filled else tuple(filled[:1])
    return Filled(Form(answers, fields), sheets, True), findings


def _rows(book: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    sheet = book.get_sheet_by_name(name)
    before = [""] * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > ROWS_OF_THE_FORM_MAX:
            return
        yield number, before + [cell_text(cell) for cell in cells]


def cell_text(value: object) -> str:
    """Return a cell of the form as text: what a clerk sees, without blanks around it.

    >>> cell_text(310000.0), cell_text(date(2026, 1, 5)), cell_text(True)
    ('310000', '2026-01-05', '是')
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        is_day = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if is_day else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)[:ANSWER_CHARACTERS_MAX]
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) != "Cc").strip()


def _answers(rows: Iterator[tuple[int, list[str]]], file: str) -> tuple[dict[str, Answer], list[Finding]]:
    by_label = {question.label.zh: question.key for question in QUESTIONS}
    answers: dict[str, Answer] = {}
    findings = []
    for number, cells in rows:
        label = (cells[0] if cells else "").rstrip("*＊ ")
        text = cells[1] if len(cells) > 1 else ""
        key = by_label.get(label)
        if key is not None:
            if key not in answers or text:
                answers[key] = Answer(text, number)
        elif text and number > 1:
            place: dict[str, Any] = {"file": f"{file}#{METADATA_SHEET}", "row": number, "column": 1}
            findings.append(found("form-question-unknown", value=label or text, **place))
    return answers, findings


def _fields(rows: Iterator[tuple[int, list[str]]]) -> Iterator[FieldRow]:
    """Yield the rows of fields; columns are known by their titles, so that one may be moved."""
    keys: list[str] = []
    by_label = {item.label.zh: item.key for item in FIELD_COLUMNS}
    for number, cells in rows:
        if not keys:
            keys = [by_label.get(text.rstrip("*＊ "), "") for text in cells]
            continue
        values = {key: text for key, text in zip(keys, cells, strict=False) if key}
        if values.get("name"):
            yield FieldRow(**values, row=number)
