"""The receipt (回执) as XLSX: the publisher's workbook with wrong cells coloured and commented.

What to do stands on its first sheet. What is no XLSX, or too large or too odd to be written again, is answered with a
workbook built from the understood text, or with the summary alone. Whatever is written here is text: nothing of a
finding becomes a formula.
"""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from portal.examining.reading.understood_tables import records
from portal.findings.finding import Finding
from portal.findings.words import mend_of, message_of
from portal.incoming.form.form import DATA_SHEET, RESULT_SHEET
from portal.incoming.form.receipt.clerk_words import Clerk, without_echoes
from portal.incoming.form.receipt.summary import COLOURS, RANK, SEVERITIES, Place, Remarks, put, write_summary
from portal.model.known_formats import names_of, suffixes
from portal.model.text import LocalText
from portal.model.understood_table import UnderstoodTable

logger = logging.getLogger(__name__)

COMMENTS_MAX = 1_000
"""Cells that get a comment; further ones are coloured alone. More make a workbook slow to open."""
MARKED_MAX = 20_000
"""Cells that are coloured."""
CELLS_MAX = 300_000
"""A table with more cells gets the summary alone: openpyxl keeps each cell as an object."""
UNPACKED_BYTES_MAX = 24 * 1024 * 1024
"""A workbook that unpacks to more than this is not loaded."""
COMMENT_CHARACTERS_MAX = 1_500
"""Characters of one comment in a receipt."""
AUTHOR = "Kaifang"
ROWS_MAX, COLUMNS_MAX = 1_048_576, 16_384
"""Rows and columns of a sheet of XLSX (ECMA-376); nothing beyond can be marked."""

_MARKABLE = suffixes(names_of(lambda item: item.is_excel and item.text_by == "package"))
"""Workbooks that openpyxl reads and writes, so that wrong cells are marked in them; for others one is made."""


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
    next_step: LocalText | None = None,
    form: LocalText | None = None,
) -> None:
    """Write the receipt for *source* to *target*.

    *table* is what was understood of it, *others* are further tables of it (one a sheet); findings without a resource
    belong to *table*. A finding whose file ends in ``#<sheet>`` stands on that sheet. *preview* is the address where
    the dataset will be, or where the report stands; *cleaned* is the name of the cleaned copy, *next_step* says what
    became of the file and what is to be done now. *form* is the workbook whose sheets are to be filled in, where
    that is not the file itself. Raises OSError where *target* cannot be written.
    """
    tables = [item for item in (table, *others) if item is not None]
    book, sheets = _book(source, tables)
    places = _Places(tables, sheets)
    ordered = sorted(without_echoes(findings), key=lambda item: RANK[item.severity])
    placed, clerk = [(finding, places.of(finding)) for finding in ordered], Clerk(form)
    _mark(book, placed, clerk, lang)
    write_summary(book, source, placed, Remarks(preview, cleaned, next_step, today, COMMENTS_MAX), clerk, lang)
    book.save(target)


def _book(source: Path, tables: Sequence[UnderstoodTable]) -> tuple[Workbook, Mapping[str, str]]:
    """Return the workbook to mark and the sheet of each resource in it; an empty one where nothing can be marked."""
    cells = sum(_cells_in(table) for table in tables)
    if cells > CELLS_MAX:
        return _empty(), {}
    if source.suffix.lower() in _MARKABLE and _may_be_loaded(source):
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
                    put(sheet.cell(number, table.column_of(column)), text)
        for column, label in enumerate(table.labels, start=1):
            letter = get_column_letter(table.column_of(column))
            sheet.column_dimensions[letter].width = min(max(2 * len(label) + 2, 12), 40)
        if table.has_header:
            sheet.freeze_panes = sheet.cell(table.header_row + 1, 1)
    return book, sheets


class _Places:
    """Knows on which sheet, row and column a finding is to be marked."""

    def __init__(self, tables: Sequence[UnderstoodTable], sheets: Mapping[str, str]) -> None:
        self.tables = {table.resource: table for table in tables}
        self.first = tables[0] if tables else None
        self.sheets = sheets

    def of(self, finding: Finding) -> Place | None:
        """Return the place; None for what concerns the whole file."""
        sheet = finding.sheet
        table = self.tables.get(finding.resource or "", self.first)
        if table is not None and sheet == self.sheets.get(table.resource):
            sheet = ""
        if sheet and (finding.row or finding.column):
            return Place(sheet, finding.row, finding.column)
        if table is None or sheet or table.resource not in self.sheets:
            return None
        column = finding.column
        if column is None and finding.field in table.labels:
            column = table.column_of(table.labels.index(finding.field) + 1)
        if finding.row is None and column is None:
            return None
        row = finding.row if finding.row is not None else table.header_row if table.has_header else None
        return Place(self.sheets[table.resource], row, column)


def _mark(book: Workbook, placed: Sequence[tuple[Finding, Place | None]], clerk: Clerk, lang: str) -> None:
    """Colour every wrong cell and comment on the first of them; errors come first."""
    marks: dict[tuple[str, int, int], tuple[str, list[str]]] = {}
    anchors: dict[str, dict[tuple[int, int], tuple[int, int]]] = {}
    for finding, place in placed:
        if place is None or place.sheet not in book.sheetnames or not isinstance(book[place.sheet], Worksheet):
            continue
        if place.sheet not in anchors:
            anchors[place.sheet] = _merged_anchors(book[place.sheet])
        for row in _rows_of(finding, place):
            at = (row, place.column or 1)
            key = (place.sheet, *anchors[place.sheet].get(at, at))
            if key[1] <= ROWS_MAX and key[2] <= COLUMNS_MAX and (key in marks or len(marks) < MARKED_MAX):
                marks.setdefault(key, (finding.severity, []))[1].append(_advice(finding, clerk, lang))
    for number, ((name, row, column), (severity, lines)) in enumerate(marks.items()):
        cell = book[name].cell(row, column)
        if isinstance(cell, MergedCell):
            continue
        cell.fill = PatternFill("solid", start_color=COLOURS[severity])
        if number < COMMENTS_MAX:
            before = [cell.comment.text] if cell.comment else []
            text = "\n".join([*before, *dict.fromkeys(lines)])[:COMMENT_CHARACTERS_MAX]
            cell.comment = Comment(
                ILLEGAL_CHARACTERS_RE.sub("", text), AUTHOR, height=40 + 18 * (len(text) // 18 + 1), width=300
            )


def _rows_of(finding: Finding, place: Place) -> Iterator[int]:
    """Yield the row of a place, and the further ones: a finding of the gate speaks of a column."""
    yield place.row or 1
    if finding.row and place.column:
        yield from finding.further_rows


def _merged_anchors(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the cell that stands for each covered by a merged one; ranges of absurd size are passed over."""
    anchors = {}
    for area in sheet.merged_cells.ranges:
        if area.size["rows"] * area.size["columns"] <= 10_000:
            for row, column in area.cells:
                anchors[row, column] = (area.min_row, area.min_col)
    return anchors


def _advice(finding: Finding, clerk: Clerk, lang: str) -> str:
    severity, message, mend = SEVERITIES[finding.severity], message_of(finding, clerk), mend_of(finding, clerk)
    return f"【{severity.to(lang)}】{message.to(lang)}{mend.to(lang)}"
