"""The receipt (回执): the publisher's own workbook with the wrong cells marked, and what to do on the first sheet.

What is no XLSX, or too large or too odd to be written again, is answered with a workbook built from the understood
text, or with the summary alone. Whatever is written here is text: nothing of a finding becomes a formula.
"""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from portal.i18n import day_text
from portal.intake.form import DATA_SHEET, RESULT_SHEET
from portal.model.findings import Finding
from portal.model.text import LocalText
from portal.model.understanding import UnderstoodTable
from portal.reading.tables import records

logger = logging.getLogger(__name__)

LISTED_MAX = 2_000
"""Findings listed on the first sheet; the counts are of all."""
COMMENTS_MAX = 1_000
"""Cells that get a comment; further ones are coloured alone. More make a workbook slow to open."""
MARKED_MAX = 20_000
"""Cells that are coloured."""
CELLS_MAX = 300_000
"""A table with more cells gets the summary alone: openpyxl keeps each cell as an object."""
UNPACKED_BYTES_MAX = 24 * 1024 * 1024
"""A workbook that unpacks to more than this is not loaded."""
COMMENT_CHARACTERS_MAX = 1_500
AUTHOR = "Kaifang"
ROWS_MAX, COLUMNS_MAX = 1_048_576, 16_384
CELL_CHARACTERS_MAX = 32_000

_COLOURS = {"error": "FFFFC7CE", "warning": "FFFFEB9C", "info": "FFDDEBF7"}
_RANK = {"error": 0, "warning": 1, "info": 2}
_SEVERITIES = {
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
_LIST_FIRST_ROW = 10
_THIN = Side(style="thin", color="FFBFBFBF")


@dataclass(frozen=True)
class Place:
    """A cell, a row (*column* None) or a column (*row* None) on a sheet."""

    sheet: str
    row: int | None
    column: int | None


def write_receipt(
    source: Path,
    findings: Sequence[Finding],
    target: Path,
    *,
    table: UnderstoodTable | None = None,
    preview: str = "",
    lang: str = "zh",
    others: Sequence[UnderstoodTable] = (),
    cleaned: str = "",
    today: date | None = None,
) -> None:
    """Write the receipt for *source* to *target*.

    *table* is what was understood of it, *others* are further tables of it (one a sheet); findings without a resource
    belong to *table*. A finding whose file ends in ``#<sheet>`` stands on that sheet. *preview* is the address where
    the dataset will be, or where the report stands; *cleaned* is the name of the cleaned copy. Raises OSError where
    *target* cannot be written.
    """
    tables = [item for item in (table, *others) if item is not None]
    book, sheets = _book(source, tables)
    places = _Places(tables, sheets)
    ordered = sorted(findings, key=lambda item: _RANK[item.severity])
    placed = [(finding, places.of(finding)) for finding in ordered]
    _mark(book, placed, lang)
    _write_summary(book, source, placed, preview, cleaned, today, lang)
    book.save(target)


def _book(source: Path, tables: Sequence[UnderstoodTable]) -> tuple[Workbook, Mapping[str, str]]:
    """Return the workbook to mark and the sheet of each resource in it; an empty one where nothing can be marked."""
    cells = sum(_cells_in(table) for table in tables)
    if cells > CELLS_MAX:
        return _empty(), {}
    if source.suffix.lower() in (".xlsx", ".xlsm") and _may_be_loaded(source):
        try:
            book = load_workbook(source, keep_links=False)
            if RESULT_SHEET in book.sheetnames:
                del book[RESULT_SHEET]
            for sheet in book.worksheets:
                _clear_former_marks(sheet)
            if book.worksheets:
                return book, {item.resource: _chosen_sheet(item, book) for item in tables}
        except Exception as error:  # whatever a workbook from elsewhere makes openpyxl stumble over
            logger.debug("the receipt of %s is built anew", source, exc_info=error)
    return _rebuilt(tables)


def _clear_former_marks(sheet: Any) -> None:
    """Take off the marks of an earlier receipt: publishers mend the receipt itself and hand that in."""
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()


def _cells_in(table: UnderstoodTable) -> int:
    """Return an upper bound of the cells of a table, by its sheet, else by the size of its text."""
    chosen = next((item for item in table.sheets if item.is_chosen), None)
    if chosen:
        return chosen.rows * max(chosen.columns, 1)
    return table.path.stat().st_size // 2 if table.path.is_file() else 0


def _may_be_loaded(source: Path) -> bool:
    """Whether the workbook is small enough once unpacked, by what is really in it and not by what it states."""
    left = UNPACKED_BYTES_MAX
    try:
        with zipfile.ZipFile(source) as archive:
            for member in archive.infolist():
                if member.file_size > left:
                    return False
                with archive.open(member) as file:
                    while piece := file.read(1024 * 1024):
                        left -= len(piece)
                        if left < 0:
                            return False
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError):
        return False
    except Exception:
        logger.debug("%s cannot be unpacked", source, exc_info=True)
        return False
    return True


def _chosen_sheet(table: UnderstoodTable, book: Workbook) -> str:
    chosen = next((item.name for item in table.sheets if item.is_chosen), "")
    if chosen in book.sheetnames:
        return chosen
    return DATA_SHEET if DATA_SHEET in book.sheetnames else book.worksheets[0].title


def _empty() -> Workbook:
    book = Workbook()
    for sheet in list(book.worksheets):
        book.remove(sheet)
    return book


def _rebuilt(tables: Sequence[UnderstoodTable]) -> tuple[Workbook, Mapping[str, str]]:
    """Return a workbook with the text of each table, every record at its own row and column."""
    book = _empty()
    sheets: dict[str, str] = {}
    for table in tables:
        if not table.path.is_file():
            continue
        name = DATA_SHEET if len(tables) == 1 else f"{DATA_SHEET}{len(sheets) + 1}"
        sheet = book.create_sheet(name)
        sheets[table.resource] = name
        for number, cells in enumerate(records(table), start=1):
            for column, text in enumerate(cells, start=1):
                if text:
                    _put(sheet.cell(number, table.column_of(column)), text)
        for column, label in enumerate(table.labels, start=1):
            letter = get_column_letter(table.column_of(column))
            sheet.column_dimensions[letter].width = min(max(2 * len(label) + 2, 12), 40)
        if table.has_header:
            sheet.freeze_panes = sheet.cell(table.header_row + 1, 1)
    return book, sheets


def _put(cell: Any, text: str) -> None:
    """Write *text* as text, whatever it begins with."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("�", text)[:CELL_CHARACTERS_MAX]
    cell.data_type = "s"


class _Places:
    """Knows on which sheet, row and column a finding is to be marked."""

    def __init__(self, tables: Sequence[UnderstoodTable], sheets: Mapping[str, str]) -> None:
        self.tables = {table.resource: table for table in tables}
        self.first = tables[0] if tables else None
        self.sheets = sheets

    def of(self, finding: Finding) -> Place | None:
        """Return the place; None for what concerns the whole file."""
        sheet = (finding.file or "").partition("#")[2]
        if sheet and (finding.row or finding.column):
            return Place(sheet, finding.row, finding.column)
        table = self.tables.get(finding.resource or "", self.first)
        if table is None or sheet or table.resource not in self.sheets:
            return None
        column = finding.column
        if column is None and finding.field in table.labels:
            column = table.column_of(table.labels.index(finding.field) + 1)
        if finding.row is None and column is None:
            return None
        row = finding.row if finding.row is not None else table.header_row if table.has_header else None
        return Place(self.sheets[table.resource], row, column)


def _mark(book: Workbook, placed: Sequence[tuple[Finding, Place | None]], lang: str) -> None:
    """Colour every wrong cell and comment on the first of them; errors come first."""
    marks: dict[tuple[str, int, int], tuple[str, list[str]]] = {}
    anchors: dict[str, dict[tuple[int, int], tuple[int, int]]] = {}
    for finding, place in placed:
        if place is None or place.sheet not in book.sheetnames or not isinstance(book[place.sheet], Worksheet):
            continue
        if place.sheet not in anchors:
            anchors[place.sheet] = _merged_anchors(book[place.sheet])
        at = (place.row or 1, place.column or 1)
        key = (place.sheet, *anchors[place.sheet].get(at, at))
        if key[1] <= ROWS_MAX and key[2] <= COLUMNS_MAX and (key in marks or len(marks) < MARKED_MAX):
            marks.setdefault(key, (finding.severity, []))[1].append(_advice(finding, lang))
    for number, ((name, row, column), (severity, lines)) in enumerate(marks.items()):
        cell = book[name].cell(row, column)
        if isinstance(cell, MergedCell):
            continue
        cell.fill = PatternFill("solid", start_color=_COLOURS[severity])
        if number < COMMENTS_MAX:
            before = [cell.comment.text] if cell.comment else []
            text = "\n".join([*before, *dict.fromkeys(lines)])[:COMMENT_CHARACTERS_MAX]
            cell.comment = Comment(
                ILLEGAL_CHARACTERS_RE.sub("", text), AUTHOR, height=40 + 18 * (len(text) // 18 + 1), width=300
            )


def _merged_anchors(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the cell that stands for each covered by a merged one; ranges of absurd size are passed over."""
    anchors = {}
    for area in sheet.merged_cells.ranges:
        if area.size["rows"] * area.size["columns"] <= 10_000:
            for row, column in area.cells:
                anchors[row, column] = (area.min_row, area.min_col)
    return anchors


def _advice(finding: Finding, lang: str) -> str:
    return f"【{_SEVERITIES[finding.severity].to(lang)}】{finding.message.to(lang)}{finding.mend.to(lang)}"


def _write_summary(
    book: Workbook,
    source: Path,
    placed: Sequence[tuple[Finding, Place | None]],
    preview: str,
    cleaned: str,
    today: date | None,
    lang: str,
) -> None:
    sheet = book.create_sheet(RESULT_SHEET, 0)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
    sheet.sheet_view.showGridLines = False
    for column, (_title, width) in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    counts = {name: sum(1 for finding, _place in placed if finding.severity == name) for name in _RANK}
    is_accepted = not counts["error"]
    verdict = (
        LocalText("已通过：没有发现错误。", "Accepted. No errors were found.")
        if is_accepted
        else LocalText("未通过：请改正标红的错误后再交。", "Refused. Mend the errors and hand it in again.")
    )
    _put(sheet["A1"], verdict.to(lang))
    sheet["A1"].font = Font(bold=True, size=16, color="FF1E7B34" if is_accepted else "FFC00000")
    sheet.row_dimensions[1].height = 28
    for row, (label, text) in enumerate(_facts(source, counts, preview, cleaned, today, lang), start=2):
        _put(sheet.cell(row, 1), label)
        sheet.cell(row, 1).font = Font(bold=True)
        _put(sheet.cell(row, 3), text)
        if text.startswith(("http://", "https://")):
            sheet.cell(row, 3).hyperlink = text
            sheet.cell(row, 3).font = Font(color="FF0563C1", underline="single")
    head = _LIST_FIRST_ROW - 1
    for column, (title, _width) in enumerate(_COLUMNS, start=1):
        cell = sheet.cell(head, column)
        _put(cell, title.to(lang))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="FFDCE6F1")
    for number, (finding, place) in enumerate(placed[:LISTED_MAX], start=1):
        _write_line(sheet, head + number, number, finding, place, book, lang)
    sheet.freeze_panes = sheet.cell(_LIST_FIRST_ROW, 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _facts(
    source: Path, counts: Mapping[str, int], preview: str, cleaned: str, today: date | None, lang: str
) -> Iterator[tuple[str, str]]:
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
    if today:
        lines.append((LocalText("检查日期", "Checked on"), LocalText(day_text(lang, today))))
    if preview:
        lines.append((LocalText("预览", "Preview"), LocalText(preview)))
    if cleaned:
        copy = LocalText(
            f"{cleaned}（有把握的改动已经改好，列在“修改记录”里；核对后可以直接交这一份）",
            f"{cleaned} (what is certain is mended there and listed; check it and hand it in)",
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
    elif total > COMMENTS_MAX:
        more = LocalText(f"只有前 {COMMENTS_MAX} 格带批注。", f"The first {COMMENTS_MAX} cells have a comment.")
        lines.append((LocalText("注意", "Mind"), more))
    for label, text in lines:
        yield label.to(lang), text.to(lang)


def _write_line(
    sheet: Any, row: int, number: int, finding: Finding, place: Place | None, book: Workbook, lang: str
) -> None:
    where = _where(finding, place, lang)
    texts = (
        _SEVERITIES[finding.severity].to(lang),
        where,
        finding.field or "",
        finding.value or "",
        finding.message.to(lang),
        finding.mend.to(lang),
    )
    sheet.cell(row, 1).value = number
    for column, text in enumerate(texts, start=2):
        _put(sheet.cell(row, column), text)
    for column in range(1, len(_COLUMNS) + 1):
        cell = sheet.cell(row, column)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = Border(bottom=_THIN)
    lines = max(
        ceil(2 * len(text) / width) for text, (_title, width) in zip(texts, _COLUMNS[1:], strict=True)
    )  # a Chinese character is as wide as two others
    sheet.row_dimensions[row].height = min(max(lines, 1) * 15 + 2, 400)
    sheet.cell(row, 2).fill = PatternFill("solid", start_color=_COLOURS[finding.severity])
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
