"""Downloads of a register standard: YAML, Table Schema as JSON, and an XLSX to fill in.

The workbook has drop-downs and help.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache, partial
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter

from portal.model.addresses import site_file, site_folder, standard_file_path, standard_path
from portal.model.text import LocalText, enumerated_texts
from portal.standards.loading import all_standards, standard_file, standard_named
from portal.standards.register import Standard, StandardField
from portal.standards.table_schema import table_schema

HELP_SHEET, DATA_SHEET, LISTS_SHEET = "填报说明", "数据", "选项"
"""The names of the sheets, those of the form for datasets: an import takes only the second for data."""
PREPARED_ROWS = 2000
"""So many rows have drop-downs and checks."""
HELP_WIDTH = 60
LINE_HEIGHT = 15

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_YES_NO = ("是", "否")
_HOW_TO = (
    LocalText(
        "在“数据”表中填写，一行一条记录，不要改动第一行的列名；没有的值就空着。",
        "Fill in the sheet 数据, a record a row; leave the headings as they are, and leave empty what is not known.",
    ),
    LocalText(
        "有下拉箭头的从列表中选；编号、代码按文本填写，保留前面的 0；日期写成 2026-01-15；数字不带单位。",
        "Choose where there is a list; codes are text with their leading zeros; dates as 2026-01-15; plain numbers.",
    ),
    LocalText(
        "不得填写个人信息和涉密内容：这样的登记表不会被收下。",
        "No personal data and nothing classified: such a register is refused.",
    ),
)


def write_standard_files(site_dir: Path) -> None:
    """Write the files of every standard to ``standards/<name>/`` below *site_dir*, the same bytes each time."""
    for standard in all_standards():
        (site_dir / site_folder(standard_path(standard.name))).mkdir(parents=True, exist_ok=True)
        file = partial(_file, site_dir, standard.name)
        shutil.copyfile(standard_file(standard.name), file("yaml"))
        schema = json.dumps(table_schema(standard), ensure_ascii=False, indent=1)
        file("json").write_text(schema + "\n", encoding="utf-8")
        file("xlsx").write_bytes(_register_template(standard.name))


def _file(site_dir: Path, name: str, ending: str) -> Path:
    return site_dir / site_file(standard_file_path(name, ending))


@lru_cache
def _register_template(name: str) -> bytes:
    """Return the workbook of a standard, which is made once in a process, however many releases get a copy."""
    standard = standard_named(name)
    assert standard is not None
    made = io.BytesIO()
    write_register_template(standard, made)
    return made.getvalue()


def write_register_template(standard: Standard, target: Path | io.BytesIO) -> None:
    """Write an empty register with a column for each field: drop-downs, help at every cell, checks of numbers."""
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": standard.title.zh, "created": _EPOCH})
    help_sheet, data = book.add_worksheet(HELP_SHEET), book.add_worksheet(DATA_SHEET)
    ranges = _write_lists(book.add_worksheet(LISTS_SHEET), standard)
    _write_help(book, help_sheet, standard)
    _write_data(book, data, standard, ranges)
    data.activate()
    for sheet in book.worksheets():
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    book.close()


def _write_help(book: Any, sheet: Any, standard: Standard) -> None:
    title = book.add_format({"bold": True, "font_size": 14, "font_color": "#1F4E79"})
    heading = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate((26, 24, 12, HELP_WIDTH, HELP_WIDTH)):
        sheet.set_column(column, column, width, wrapped)
    sheet.write_string(0, 0, standard.title.zh, title)
    sheet.write_string(0, 3, standard.title.en, title)
    for number, text in enumerate((standard.description, *_HOW_TO), start=1):
        sheet.merge_range(number, 0, number, 3, text.zh, wrapped)
        sheet.write_string(number, 4, text.en, wrapped)
        sheet.set_row(number, 34)
    first = len(_HOW_TO) + 3
    for column, label in enumerate(("列名", "标识", "必填", "说明", "In English")):
        sheet.write_string(first, column, label, heading)
    for number, item in enumerate(standard.fields, start=first + 1):
        cells = (item.title.zh, item.name, "是" if item.is_required else "", _help(item).zh, _help(item).en)
        for column, cell in enumerate(cells):
            sheet.write_string(number, column, cell, wrapped)
        sheet.set_row(number, LINE_HEIGHT * max(_lines(cells[3], 2), _lines(cells[4], 1)))


def _lines(text: str, units: int) -> int:
    """Return how many lines of a cell a text takes, by the width of its characters; not every program works it out."""
    return sum(max(ceil(len(line) * units / HELP_WIDTH), 1) for line in text.split("\n"))


def _help(item: StandardField) -> LocalText:
    """Return what stands beside a field: its description, the values to choose from, the standards it refers to."""
    values, references = enumerated_texts(item.values), enumerated_texts(item.references)
    zh = [
        item.description.zh,
        f"可选：{values.zh}" if values.zh else "",
        f"参照：{references.zh}" if references else "",
    ]
    en = [
        item.title.en,
        item.description.en,
        f"One of: {values.en}" if values.en else "",
        f"See {references.en}" if references else "",
    ]
    return LocalText("\n".join(filter(None, zh)), "\n".join(filter(None, en)))


def _write_lists(sheet: Any, standard: Standard) -> dict[str, str]:
    """Write the values to choose from, a column a field; return the formula of each."""
    ranges = {}
    sheet.write_string(0, 0, "下拉列表的内容，请不要改动。 The drop-down lists; please leave them.")
    column = 0
    for item in standard.fields:
        values = _YES_NO if item.type == "boolean" else tuple(value.zh for value in item.values)
        if values:
            for row, value in enumerate(values, start=1):
                sheet.write_string(row, column, value)
            letter = chr(ord("A") + column)
            ranges[item.name] = f"='{LISTS_SHEET}'!${letter}$2:${letter}${len(values) + 1}"
            column += 1
    return ranges


def _write_data(book: Any, sheet: Any, standard: Standard, ranges: Mapping[str, str]) -> None:
    head = {"bold": True, "border": 1, "num_format": "@", "text_wrap": True, "valign": "vcenter"}
    heads = {
        True: book.add_format({**head, "bg_color": "#F8CBAD"}),
        False: book.add_format({**head, "bg_color": "#DCE6F1"}),
    }
    text, number = book.add_format({"num_format": "@"}), book.add_format({"num_format": "General"})
    sheet.freeze_panes(1, 2)
    for column, item in enumerate(standard.fields):
        is_number = item.type in ("integer", "number")
        sheet.set_column(column, column, min(max(len(item.title.zh) * 2 + 4, 14), 34), number if is_number else text)
        sheet.write_string(0, column, item.title.zh, heads[item.is_required])
        sheet.data_validation(0, column, 0, column, {"validate": "any", **_message(item)})
        sheet.data_validation(1, column, PREPARED_ROWS, column, _check(item, ranges))


def _check(item: StandardField, ranges: Mapping[str, str]) -> dict[str, Any]:
    """Return what the cells of a field accept; programs show the help of a field at each cell."""
    if item.name in ranges:
        error = {"error_title": "不在列表中", "error_message": "请从下拉列表中选择。"}
        return {"validate": "list", "source": ranges[item.name], **error, **_message(item)}
    if item.type in ("integer", "number"):
        least, most = item.constraints.get("minimum", -(10**15)), item.constraints.get("maximum", 10**15)
        error = {"error_title": "应是数字", "error_message": f"请填写数字，不小于 {least}，不大于 {most}，不带单位。"}
        kind = "integer" if item.type == "integer" else "decimal"
        return {"validate": kind, "criteria": "between", "minimum": least, "maximum": most, **error, **_message(item)}
    return {"validate": "any", **_message(item)}


def _message(item: StandardField) -> dict[str, str]:
    """Return what programs show at a cell; notes would have to go before the register is published."""
    return {"input_title": item.title.zh[:32], "input_message": (_help(item).zh or item.title.zh)[:255]}
