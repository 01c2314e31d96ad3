"""First sheet of a receipt: accepted or refused, and every error, warning and note in order.

Each finding stands with its place and how to mend it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from portal.findings.finding import Finding
from portal.findings.words import mend_of, message_of
from portal.i18n import day_text
from portal.incoming.form.form import RESULT_SHEET
from portal.incoming.form.receipt.clerk_words import Clerk, field_of
from portal.model.text import LocalText

LISTED_MAX = 2_000
"""Findings listed; the counts are of all."""
CELL_CHARACTERS_MAX = 32_000
"""Characters of a cell of the summary; XLSX ends at 32,767."""

COLOURS = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "info": "FFDDEBF7"}
RANK = {"error": 0, "warning": 1, "info": 2}
SEVERITIES = {
    "error": LocalText("错误", "Error"),
    "warning": LocalText("提醒", "Warning"),
    "info": LocalText("提示", "Note"),
}
_COLUMNS = (
    (LocalText("序号", "No."), 6),
    (LocalText("级别", "Severity"), 10),
    (LocalText("位置", "Place"), 24),
    (LocalText("列", "Column"), 16),
    (LocalText("现在的值", "Value found"), 22),
    (LocalText("问题", "What is wrong"), 52),
    (LocalText("怎么改", "How to mend it"), 52),
)
_LIST_FIRST_ROW = 11
_THIN = Side(style="thin", color="FFBFBFBF")


@dataclass(frozen=True)
class Place:
    """A cell, a row (*column* None) or a column (*row* None) on a sheet."""

    sheet: str
    row: int | None
    column: int | None


@dataclass(frozen=True)
class Remarks:
    """What the summary says beside the findings; what is empty is left out.

    *preview* is the address where the dataset is or will be, *cleaned* the name of the cleaned copy, *next_step* what
    became of the file and what is to be done now. With *comments_max* findings and more, not every cell has a comment.
    """

    preview: str = ""
    cleaned: str = ""
    next_step: LocalText | None = None
    today: date | None = None
    comments_max: int = LISTED_MAX


def write_summary(
    book: Workbook,
    source: Path,
    placed: Sequence[tuple[Finding, Place | None]],
    remarks: Remarks,
    clerk: Clerk,
    lang: str,
) -> None:
    """Write the sheet into *book*, before all others; *placed* are the findings in their order, each with its place."""
    sheet = book.create_sheet(RESULT_SHEET, 0)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
    sheet.sheet_view.showGridLines = False
    for column, (_title, width) in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    counts = {name: sum(1 for finding, _place in placed if finding.severity == name) for name in RANK}
    is_accepted = not counts["error"]
    verdict = (
        LocalText("已通过：没有发现错误。", "Accepted. No errors were found.")
        if is_accepted
        else LocalText("未通过：请改正标红的错误后再交。", "Refused. Mend the errors and hand it in again.")
    )
    put(sheet["A1"], verdict.to(lang))
    sheet["A1"].font = Font(bold=True, size=16, color="FF1E7B34" if is_accepted else "FFC00000")
    sheet.row_dimensions[1].height = 28
    for row, (label, text) in enumerate(_facts(source, counts, remarks, lang), start=2):
        put(sheet.cell(row, 1), label)
        sheet.cell(row, 1).font = Font(bold=True)
        put(sheet.cell(row, 3), text)
        if text.startswith(("http://", "https://")):
            sheet.cell(row, 3).hyperlink = text
            sheet.cell(row, 3).font = Font(color="FF0563C1", underline="single")
    head = _LIST_FIRST_ROW - 1
    for column, (title, _width) in enumerate(_COLUMNS, start=1):
        cell = sheet.cell(head, column)
        put(cell, title.to(lang))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="FFDCE6F1")
    for number, (finding, place) in enumerate(placed[:LISTED_MAX], start=1):
        _write_line(sheet, head + number, number, finding, place, book, clerk, lang)
    sheet.freeze_panes = sheet.cell(_LIST_FIRST_ROW, 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _facts(source: Path, counts: Mapping[str, int], remarks: Remarks, lang: str) -> Iterator[tuple[str, str]]:
    total = sum(counts.values())
    errors, warnings, notes = counts["error"], counts["warning"], counts["info"]
    lines = [
        (LocalText("文件", "File"), LocalText(source.name)),
        (
            LocalText("结果", "Result"),
            LocalText(
                f"错误 {errors} 处，提醒 {warnings} 处，提示 {notes} 处",
                f"errors: {errors}, warnings: {warnings}, notes: {notes}",
            ),
        ),
    ]
    if remarks.today:
        lines.append((LocalText("检查日期", "Checked on"), LocalText(day_text(lang, remarks.today))))
    if remarks.next_step:
        lines.append((LocalText("下一步", "Next"), remarks.next_step))
    if remarks.preview:
        lines.append((LocalText("预览", "Preview"), LocalText(remarks.preview)))
    if remarks.cleaned:
        copy = LocalText(
            f"{remarks.cleaned}（有把握的改动已经改好，列在“修改记录”里）",
            f"{remarks.cleaned} (what is certain is mended there and listed)",
        )
        if errors:
            copy = LocalText(
                f"{remarks.cleaned}（有把握的改动已经改好，列在“修改记录”里；可以在这一份上改正其余的错误，再交这一份）",
                f"{remarks.cleaned} (what is certain is mended there and listed; mend the rest there and hand it in)",
            )
        lines.append((LocalText("清洁版", "Cleaned copy"), copy))
    marks = LocalText(
        "红色是错误，必须改；黄色是提醒，请核对；蓝色是提示。鼠标停在格子上可以看到原因，点“位置”可以跳到那一格。",
        "Red cells are errors and must be mended, yellow ones are warnings, blue ones notes; a comment says why.",
    )
    lines.append((LocalText("标记", "Marks"), marks))
    if total > LISTED_MAX:
        more = LocalText(f"只列出前 {LISTED_MAX} 处。", f"The first {LISTED_MAX} findings are listed.")
        lines.append((LocalText("注意", "Mind"), more))
    elif total > remarks.comments_max:
        shown = remarks.comments_max
        more = LocalText(f"只有前 {shown} 格带批注。", f"The first {shown} cells have a comment.")
        lines.append((LocalText("注意", "Mind"), more))
    for label, text in lines:
        yield label.to(lang), text.to(lang)


def _write_line(
    sheet: Any,
    row: int,
    number: int,
    finding: Finding,
    place: Place | None,
    book: Workbook,
    clerk: Clerk,
    lang: str,
) -> None:
    where = _where(finding, place, lang)
    texts = (
        SEVERITIES[finding.severity].to(lang),
        where,
        field_of(finding),
        finding.value or "",
        message_of(finding, clerk).to(lang),
        mend_of(finding, clerk).to(lang),
    )
    sheet.cell(row, 1).value = number
    for column, text in enumerate(texts, start=2):
        put(sheet.cell(row, column), text)
    for column in range(1, len(_COLUMNS) + 1):
        cell = sheet.cell(row, column)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = Border(bottom=_THIN)
    lines = max(
        ceil(2 * len(text) / width) for text, (_title, width) in zip(texts, _COLUMNS[1:], strict=True)
    )  # a Chinese character is as wide as two others
    sheet.row_dimensions[row].height = min(max(lines, 1) * 15 + 2, 400)
    sheet.cell(row, 2).fill = PatternFill("solid", start_color=COLOURS[finding.severity])
    if place is not None and place.sheet in book.sheetnames:
        cell = sheet.cell(row, 3)
        address = f"{get_column_letter(place.column or 1)}{place.row or 1}"
        sheet_name = place.sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet_name}'!{address}")
        cell.font = Font(color="FF0563C1", underline="single")


def _where(finding: Finding, place: Place | None, lang: str) -> str:
    """Say the place as a spreadsheet names it."""
    if place is None:
        whole = LocalText("整个文件", "the whole file")
        return LocalText(f"第 {finding.row} 行", f"row {finding.row}").to(lang) if finding.row else whole.to(lang)
    letter = get_column_letter(place.column or 1)
    if finding.row and place.column:
        return f"{place.sheet}!{letter}{place.row}"
    if finding.row:
        return LocalText(f"{place.sheet} 第 {finding.row} 行", f"{place.sheet}, row {finding.row}").to(lang)
    return LocalText(f"{place.sheet} {letter} 列", f"{place.sheet}, column {letter}").to(lang)


def put(cell: Any, text: str) -> None:
    """Write *text* as text, whatever it begins with."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("�", text)[:CELL_CHARACTERS_MAX]
    cell.data_type = "s"
