"""What a clerk does at a desk: fills in a form, and looks at what comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from portal.examining.examined_dataset import Rules
from portal.incoming.form.blank_form import write_template
from portal.incoming.form.choices import Choices
from portal.incoming.form.form import DATA_SHEET, FIELDS_SHEET, METADATA_SHEET
from portal.incoming.form.handed_in import Intake, choices_of
from portal.incoming.form.questions import FIELD_COLUMNS
from portal.model.catalog import Publisher
from portal.model.text import LocalText
from portal.settings import load_settings

TODAY = date(2026, 6, 1)
CHOICES = Choices(publishers=(Publisher("transport", LocalText("示范市交通局")),))
ANSWERS = {
    "数据集名称": "公交站点",
    "摘要": "全市公交站点的名称和启用日期。",
    "关键词": "公交、站点",
    "提供单位": "示范市交通局",
    "主题": "交通运输、生活服务",
    "开放许可": "知识共享署名 4.0",
    "开放属性": "无条件开放",
    "更新周期": "每月",
}
ROWS: tuple[tuple[Any, ...], ...] = (
    ("站点编号", "站点名称", "启用日期", "线路数"),
    ("010001", "人民广场", "2019-05-01", "12"),
    ("010002", "市政府", "2020-11-20", "7"),
)
FIELDS = (
    {"列名": "站点编号", "类型": "编码", "必填": "是", "唯一": "是"},
    {"列名": "站点名称", "类型": "文本", "必填": "是"},
    {"列名": "启用日期", "类型": "日期", "最小": "1990-01-01"},
    {"列名": "线路数", "类型": "整数", "最小": "1", "说明": "停靠的线路数", "英文列名": "lines"},
)


def fill_in(
    path: Path,
    answers: Mapping[str, Any] = ANSWERS,
    rows: Sequence[Sequence[Any]] = ROWS,
    fields: Sequence[Mapping[str, str]] = (),
) -> Path:
    """Write an empty form to *path* and fill it in, each answer beside its label."""
    write_template(path, CHOICES)
    book = load_workbook(path)
    _answer(book, answers)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            book[DATA_SHEET].cell(number, column).value = value
    keys = [item.label.zh for item in FIELD_COLUMNS]
    for number, described in enumerate(fields, start=2):
        for label, text in described.items():
            book[FIELDS_SHEET].cell(number, keys.index(label) + 1).value = text
    book.save(path)
    return path


def answered(path: Path, answers: Mapping[str, Any]) -> Path:
    """Answer questions of the form *path*, each beside its label."""
    book = load_workbook(path)
    _answer(book, answers)
    book.save(path)
    return path


def _answer(book: Workbook, answers: Mapping[str, Any]) -> None:
    labels = {
        str(row[0].value).rstrip(" *"): row[1] for row in book[METADATA_SHEET].iter_rows(min_row=2) if row[0].value
    }
    for label, text in answers.items():
        labels[label].value = text


def portal_folder(folder: Path) -> Path:
    """Make an empty portal with one publisher."""
    folder.mkdir()
    register = "publishers:\n  - {id: transport, name: 示范市交通局}\n"
    (folder / "publishers.yaml").write_text(register, encoding="utf-8")
    return folder


def intake_of(datasets: Path, **changes: Any) -> Intake:
    """Return what an import into *datasets* goes by, with the whole gate."""
    settings = load_settings(datasets)
    return Intake(settings, choices_of(settings), Rules(today=TODAY), TODAY, **changes)


def cells(path: Path, sheet: str) -> list[list[str]]:
    """Return the texts of a sheet, row by row."""
    book = load_workbook(path)
    return [["" if value is None else str(value) for value in row] for row in book[sheet].iter_rows(values_only=True)]


def marked(path: Path, sheet: str) -> dict[str, str]:
    """Return the comments of a sheet by cell."""
    rows = load_workbook(path)[sheet].iter_rows()
    return {cell.coordinate: cell.comment.text for row in rows for cell in row if cell.comment}
