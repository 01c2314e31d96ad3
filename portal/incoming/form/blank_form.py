"""The empty form (填报表) as XLSX: sheets with help, metadata (drop-downs, hints), fields and data.

A clerk fills it in. It is as plain as WPS, Excel and LibreOffice all understand: no macros, no protection, no hidden
sheets. Cells to be filled in are text, so that nobody's program turns a code into a number or a date into another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter

from portal.incoming.form.choices import LIST_NAMES, Choices
from portal.incoming.form.form import DATA_SHEET, FIELDS_SHEET, HELP_SHEET, LISTS_SHEET, METADATA_SHEET, Form, Question
from portal.incoming.form.questions import FIELD_COLUMNS, GROUPS

EMPTY_COLUMNS = 60
"""How many columns of an empty data sheet are prepared as text."""
EMPTY_FIELD_ROWS = 200
"""How many rows of the sheet of fields have drop-downs."""
HELP_WIDTH = 60
LINE_HEIGHT = 15
SHEET_CHARACTERS_MAX = 32_767
"""A cell of XLSX holds no more."""

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_NUMBER_TYPES = frozenset(["integer", "number", "year"])

_HELP = (
    ("h", "数据集填报表", "Form for a dataset"),
    ("p", "一份填报表就是一个数据集。用 WPS、Excel 或 LibreOffice 填写都可以。", "One form is one dataset."),
    ("h", "怎么填", "How to fill it in"),
    (
        "p",
        "1. “元数据”表：逐行填写第二列。带 * 的必须填；有下拉箭头的从列表中选；第三列是说明，第四列是示例。",
        "1. Sheet 元数据: fill in the second column; * is required; choose where there is a list.",
    ),
    (
        "p",
        "2. “数据”表：第一行写列名，从第二行起一行一条记录。可以从原来的表格整块复制、粘贴（建议选择“只粘贴值”）。",
        "2. Sheet 数据: names of columns in the first row, then one record a row.",
    ),
    (
        "p",
        "3. “字段”表：说明每一列是什么、有什么要求。可以不填，不填时由系统按数据推断。",
        "3. Sheet 字段: what each column means and requires. Left empty, it is worked out from the data.",
    ),
    (
        "p",
        "4. 保存后把文件放进收件箱文件夹，或交给管理员。处理后会收到一份“回执”，指出哪一格要改、怎么改。",
        "4. Put the file into the inbox. A receipt comes back: which cell is wrong and how to mend it.",
    ),
    ("h", "填“数据”表时请注意", "Mind in the data"),
    (
        "p",
        "· 编号、代码、电话按文本填写，前面的 0 要保留，例如 010、0755、01001。",
        "· Codes keep their leading zeros: they are text.",
    ),
    (
        "p",
        "· 日期写成 2026-01-15；数字只写数字，不带单位和千分位，单位写在列名或“说明”里。",
        "· Dates as 2026-01-15; numbers without units.",
    ),
    (
        "p",
        "· 不要合并单元格，不要写表题、合计行和备注行；没有的值就空着，不写“无”“/”“-”。",
        "· No merged cells, titles, totals or notes; leave empty what is not known.",
    ),
    (
        "p",
        "· 不得填写个人信息（身份证号、手机号、家庭住址等）和涉密内容：这样的数据不会被收下。",
        "· No personal data and nothing secret: such data are refused.",
    ),
    ("h", "“数据”表的样子", "What the data look like"),
)
_EXAMPLE = (
    ("站点编号", "站点名称", "启用日期", "线路数"),
    ("010001", "人民广场", "2019-05-01", "12"),
    ("010002", "市政府", "2020-11-20", "7"),
)


def write_template(target: Path, choices: Choices) -> None:
    """Write an empty form to *target*."""
    write_form(target, choices, Form())


def write_form(
    target: Path,
    choices: Choices,
    form: Form,
    *,
    fields: Sequence[Mapping[str, Any]] = (),
    rows: Iterable[Sequence[str]] = (),
    more: tuple[str, Sequence[Sequence[str]]] | None = None,
) -> None:
    """Write a form with the answers and rows of fields of *form*.

    *fields* are those of the Table Schema of *rows*, the data as text; numbers become numbers where no digit is lost,
    everything else stays text. *more* is one more sheet: its name and its rows, the first of them a header. The same
    arguments give the same bytes.
    """
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": False,
    }
    book = xlsxwriter.Workbook(str(target), options)
    book.set_properties({"title": "数据集填报表", "created": _EPOCH})
    styles = _Styles(book)
    _write_help(book.add_worksheet(HELP_SHEET), styles)
    metadata = book.add_worksheet(METADATA_SHEET)
    field_sheet = book.add_worksheet(FIELDS_SHEET)
    data = book.add_worksheet(DATA_SHEET)
    if more:
        _write_more(book.add_worksheet(more[0]), more[1], styles)
    ranges = _write_lists(book.add_worksheet(LISTS_SHEET), choices, styles)
    _write_metadata(metadata, choices, form, ranges, styles)
    _write_fields(field_sheet, form, ranges, styles)
    _write_data(data, fields, rows, styles)
    for sheet in book.worksheets():
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    metadata.activate()
    book.close()


class _Styles:
    """The few looks of the form."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        wrapped = {"text_wrap": True, "valign": "top"}
        self.title = book.add_format({"bold": True, "font_size": 14, "font_color": "#1F4E79"})
        self.heading = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "valign": "vcenter"})
        self.group = book.add_format({"bold": True, "bg_color": "#F2F2F2"})
        self.label = book.add_format({**wrapped, "border": 1, "bg_color": "#F7FAFD"})
        self.required = book.add_format({**wrapped, "border": 1, "bg_color": "#F7FAFD", "bold": True})
        self.input = book.add_format({**wrapped, "border": 1, "bg_color": "#FFFBE6", "num_format": "@"})
        self.help = book.add_format({**wrapped, "border": 1, "font_color": "#595959"})
        self.text = book.add_format({"num_format": "@"})
        self.number = book.add_format({"num_format": "General"})
        self.head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "num_format": "@"})
        self.paragraph = book.add_format({"text_wrap": True, "valign": "top"})
        self.english = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#7F7F7F", "font_size": 9})


def _write_help(sheet: Any, styles: _Styles) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 3, 22)
    sheet.set_column(4, 4, 50)
    number = 0
    for kind, chinese, english in _HELP:
        if kind == "h":
            number += 1 if number else 0
            sheet.write_string(number, 0, chinese, styles.title)
            sheet.write_string(number, 4, english, styles.english)
        else:
            sheet.merge_range(number, 0, number, 3, chinese, styles.paragraph)
            sheet.write_string(number, 4, english, styles.english)
            sheet.set_row(number, 32)
        number += 1
    for row, cells in enumerate(_EXAMPLE):
        for column, text in enumerate(cells):
            sheet.write_string(number + row, column, text, styles.head if row == 0 else styles.input)


def _write_lists(sheet: Any, choices: Choices, styles: _Styles) -> dict[str, str]:
    """Write the lists to choose from, a column each; return the formula of each for drop-downs."""
    sheet.set_tab_color("#BFBFBF")
    sheet.set_column(0, len(LIST_NAMES), 22)
    sheet.write_string(0, 0, "下拉列表的内容，请不要改动。 The drop-down lists; please leave them.", styles.english)
    ranges = {}
    for column, name in enumerate(LIST_NAMES):
        titles = list(choices.of(name))
        for row, title in enumerate(titles, start=1):
            sheet.write_string(row, column, title)
        letter = _letter(column)
        if titles:
            ranges[name] = f"='{LISTS_SHEET}'!${letter}$2:${letter}${len(titles) + 1}"
    return ranges


def _write_metadata(sheet: Any, choices: Choices, form: Form, ranges: Mapping[str, str], styles: _Styles) -> None:
    for column, width in enumerate((24, 46, HELP_WIDTH, 30)):
        sheet.set_column(column, column, width)
    for column, text in enumerate(("项目", "请在这一列填写", "说明", "示例")):
        sheet.write_string(0, column, text, styles.heading)
    sheet.freeze_panes(1, 2)
    number = 1
    for group in GROUPS:
        for column in range(4):
            text = f"{group.title.zh}  {group.title.en}" if column == 0 else ""
            sheet.write_string(number, column, text, styles.group)
        number += 1
        for question in group.questions:
            _write_question(sheet, number, question, choices, form, ranges, styles)
            number += 1


def _write_question(
    sheet: Any,
    number: int,
    question: Question,
    choices: Choices,
    form: Form,
    ranges: Mapping[str, str],
    styles: _Styles,
) -> None:
    answer = form.answers.get(question.key)
    text = answer.text if answer else _proposed(question, choices)
    label = f"{question.label.zh} *" if question.is_required else question.label.zh
    sheet.write_string(number, 0, label, styles.required if question.is_required else styles.label)
    sheet.write_string(number, 1, text[:SHEET_CHARACTERS_MAX], styles.input)
    sheet.write_string(number, 2, f"{question.help.zh}\n{question.help.en}", styles.help)
    sheet.write_string(number, 3, question.example, styles.help)
    lines = sum(ceil(units / HELP_WIDTH) for units in (2 * len(question.help.zh), len(question.help.en)))
    is_long = question.key.endswith("description")
    sheet.set_row(number, max(lines, 4 if is_long else 2) * LINE_HEIGHT + 4)
    message = {"input_title": question.label.zh, "input_message": question.help.zh[:255]}
    formula = ranges.get(question.choices)
    if formula is None:
        sheet.data_validation(number, 1, number, 1, {"validate": "any", **message})
        return
    is_free = question.kind == "choices" or question.choices == "publishers"
    sheet.data_validation(
        number,
        1,
        number,
        1,
        {
            "validate": "list",
            "source": formula,
            "error_type": "information" if is_free else "stop",
            "error_title": "不在列表中",
            "error_message": "请核对写法。" if is_free else "请从下拉列表中选择。",
            "show_error": not is_free,
            **message,
        },
    )


def _proposed(question: Question, choices: Choices) -> str:
    """Return the answer that stands in an empty form: the licence of the portal, nothing else."""
    if question.key != "licenses" or not choices.licence:
        return ""
    titles = {value: title for title, value in choices.of("licences").items()}
    return titles.get(choices.licence, "")


def _write_fields(sheet: Any, form: Form, ranges: Mapping[str, str], styles: _Styles) -> None:
    for column, item in enumerate(FIELD_COLUMNS):
        sheet.set_column(column, column, item.width, styles.text)
        sheet.write_string(0, column, item.label.zh, styles.heading)
        sheet.write_comment(0, column, f"{item.help.zh}\n{item.help.en}", {"x_scale": 1.6, "y_scale": 0.9})
        last = max(EMPTY_FIELD_ROWS, len(form.fields) + 1)
        message = {"input_title": item.label.zh, "input_message": item.help.zh}
        rule = {"validate": "list", "source": ranges[item.choices]} if item.choices else {"validate": "any"}
        sheet.data_validation(1, column, last, column, {**rule, **message})
    for number, row in enumerate(form.fields, start=1):
        for column, item in enumerate(FIELD_COLUMNS):
            sheet.write_string(number, column, getattr(row, item.key)[:SHEET_CHARACTERS_MAX], styles.text)
    sheet.freeze_panes(1, 1)


def _write_data(
    sheet: Any, fields: Sequence[Mapping[str, Any]], rows: Iterable[Sequence[str]], styles: _Styles
) -> None:
    sheet.freeze_panes(1, 0)
    if not fields:
        sheet.set_column(0, EMPTY_COLUMNS - 1, 16, styles.text)
        sheet.set_row(0, None, styles.head)
        message = "第一行写列名，从第二行起一行一条记录；可以从别的表格整块粘贴。"
        sheet.data_validation(0, 0, 0, 0, {"validate": "any", "input_title": "数据", "input_message": message})
        return
    for column, field in enumerate(fields):
        width = min(max(len(str(field["name"])) * 2 + 2, 12), 40)
        is_number = field.get("type") in _NUMBER_TYPES
        sheet.set_column(column, column, width, styles.number if is_number else styles.text)
        sheet.write_string(0, column, str(field["name"]), styles.head)
    kinds = [field.get("type") for field in fields]
    for number, cells in enumerate(rows, start=1):
        for column, text in enumerate(cells):
            if text and column < len(kinds) and kinds[column] in _NUMBER_TYPES and is_exact_number(text):
                sheet.write_number(number, column, float(text), styles.number)
            elif text:
                sheet.write_string(number, column, text[:SHEET_CHARACTERS_MAX], styles.text)


def is_exact_number(text: str) -> bool:
    """Whether a spreadsheet holds the number as it is written: at most 15 digits, no zeros in front.

    >>> is_exact_number("-12.5"), is_exact_number("007"), is_exact_number("1234567890123456")
    (True, False, False)
    """
    whole, _, fraction = text.removeprefix("-").partition(".")
    is_digits = text.isascii() and whole.isdigit() and (fraction.isdigit() or "." not in text)
    return is_digits and len(whole + fraction) <= 15 and (whole == "0" or not whole.startswith("0"))


def _write_more(sheet: Any, rows: Sequence[Sequence[str]], styles: _Styles) -> None:
    sheet.freeze_panes(1, 0)
    for column, text in enumerate(rows[0]):
        sheet.set_column(column, column, 44 if column == len(rows[0]) - 1 else 18)
        sheet.write_string(0, column, text, styles.heading)
    for number, cells in enumerate(rows[1:], start=1):
        for column, text in enumerate(cells):
            sheet.write_string(number, column, text[:SHEET_CHARACTERS_MAX], styles.paragraph)


def _letter(column: int) -> str:
    """Return the letter of a column counted from 0; the lists take fewer than 26."""
    return chr(ord("A") + column)
