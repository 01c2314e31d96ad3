"""Report of findings as XLSX: a summary, and the list with a filter, in Chinese and English."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from portal.findings.codes import CODES
from portal.findings.finding import Finding, Report
from portal.findings.words import mend_of, message_of

FINDINGS_MAX = 100_000
"""More findings than this make a workbook that nobody can open; the summary counts all."""
LINES_MAX = 12
"""A row is no higher than this many lines."""

_SEVERITIES = {"error": "错误 error", "warning": "警告 warning", "info": "提示 info"}
_ACCEPTED = {True: "通过 accepted", False: "未通过 refused"}
_A4 = 9
_LINE_POINTS = 15
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_COLUMNS = (
    ("级别 Severity", 14),
    ("问题 What", 22),
    ("文件 File", 34),
    ("行 Row", 10),
    ("列 Column", 11),
    ("字段 Field", 16),
    ("内容 Value", 20),
    ("说明", 44),
    ("改法", 44),
    ("What is wrong", 44),
    ("How to mend it", 44),
    ("数据集 Dataset", 20),
    ("资源 Resource", 18),
    ("代码 Code", 20),
)


def dump(report: Report, datasets: Mapping[str, bool]) -> bytes:
    """Return the workbook. Texts are written as texts: nothing becomes a formula, a link or a number."""
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": "检查结果 Findings", "created": _EPOCH})
    head = book.add_format({"bold": True, "bg_color": "#E7F0F8", "border": 1, "text_wrap": True, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    summary, findings = (book.add_worksheet(name) for name in ("概要 Summary", "检查结果 Findings"))
    for sheet in (summary, findings):
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    _summary(summary, report, datasets, head, cell)
    _list(findings, report, head, cell)
    book.close()
    return buffer.getvalue()


def _summary(sheet: Any, report: Report, datasets: Mapping[str, bool], head: Any, cell: Any) -> None:
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 3, 16)
    rows: list[tuple[str | int, ...]] = [
        ("数据集 Datasets checked", len(datasets)),
        ("未通过 Refused", sum(not is_accepted for is_accepted in datasets.values())),
        ("错误 Errors", report.count("error")),
        ("警告 Warnings", report.count("warning")),
        ("提示 Notes", report.count("info")),
    ]
    number = _rows(sheet, 0, rows, cell)
    counts = Counter((item.dataset, item.severity) for item in report)
    number = _rows(sheet, number + 1, [("数据集 Dataset", "结果 Result", "错误 Errors", "警告 Warnings")], head)
    _rows(
        sheet,
        number,
        (
            (name, _ACCEPTED[is_accepted], counts[name, "error"], counts[name, "warning"])
            for name, is_accepted in datasets.items()
        ),
        cell,
    )


def _list(sheet: Any, report: Report, head: Any, cell: Any) -> None:
    for number, (_, width) in enumerate(_COLUMNS):
        sheet.set_column(number, number, width)
    _rows(sheet, 0, [tuple(title for title, _ in _COLUMNS)], head)
    rows = [_cells(finding) for finding in report.findings[:FINDINGS_MAX]]
    for number, row in enumerate(rows, start=1):
        sheet.set_row(number, _LINE_POINTS * _lines(row))
    last = _rows(sheet, 1, rows, cell)
    sheet.autofilter(0, 0, max(last - 1, 1), len(_COLUMNS) - 1)
    sheet.freeze_panes(1, 2)


def _lines(row: tuple[str | int, ...]) -> int:
    """Return how many lines the longest text of a row takes; not every program finds that out by itself."""
    widths = [sum(1 if char < "\u2e80" else 2 for char in str(value)) for value in row]
    return min(max(-(-width // column) for width, (_, column) in zip(widths, _COLUMNS, strict=True)), LINES_MAX)


def _rows(sheet: Any, first: int, rows: Iterable[tuple[str | int, ...]], style: Any) -> int:
    """Write rows from row *first* on (counted from 0); return the number of the next row."""
    number = first
    for row in rows:
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, column, value, style)
            elif value:
                sheet.write_string(number, column, value.encode("utf-8", "backslashreplace").decode(), style)
        number += 1
    return number


def _cells(finding: Finding) -> tuple[str | int, ...]:
    title, message, mend = CODES[finding.code].title, message_of(finding), mend_of(finding)
    return (
        _SEVERITIES[finding.severity],
        f"{title.zh} {title.en}",
        finding.file or "",
        finding.row or "",
        finding.column or "",
        finding.field or "",
        finding.value or "",
        message.zh,
        mend.zh,
        message.en,
        mend.en,
        finding.dataset or "",
        finding.resource or "",
        finding.code,
    )
