"""Sheets looked through before they are read: what would take too much memory is refused while it passes by."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from portal.examining.reading.sheets import scan
from portal.examining.reading.sheets.scan import (
    MEMORY_BYTES_MAX,
    SheetTooLarge,
    check_density,
    check_size,
    memory_bytes,
)
from portal.examining.reading.sheets.scan_ods import scan_ods_content
from portal.examining.reading.sheets.scan_xlsx import scan_xlsx_sheet
from portal.model.limits import Limits

PIECES = 40
ROWS_OF_PIECE = 6_000
LESS = 10
"""The bound divided by this, which saves the tests time."""


@pytest.fixture
def less_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the bound lower."""
    monkeypatch.setattr(scan, "MEMORY_BYTES_MAX", MEMORY_BYTES_MAX // LESS)


def _sheet(cell: bytes, taken: list[int]) -> Iterator[bytes]:
    """Yield a sheet of 240,000 rows of four cells; *taken* gets the number of every piece that was asked for."""
    yield b"<worksheet><sheetData>"
    for number in range(PIECES):
        taken.append(number)
        row = ROWS_OF_PIECE * (number + 1)
        piece = b'<row r="%d"><c r="A%d">@</c><c r="B%d">@</c><c r="C%d">@</c><c r="D%d">@</c></row>' % ((row,) * 5)
        yield piece.replace(b"@", cell) * ROWS_OF_PIECE
    yield b"</sheetData></worksheet>"


@pytest.mark.usefixtures("less_memory")
def test_a_sheet_that_is_too_large_is_refused_early() -> None:
    """Four million numbers are the most, divided here; the rest of the sheet is not looked at."""
    taken: list[int] = []
    with pytest.raises(SheetTooLarge):
        scan_xlsx_sheet(_sheet(b"<v>1</v>", taken), Limits())
    assert len(taken) == 18  # of 24,000 cells each


def test_rows_without_cells_do_not_make_a_sheet_larger() -> None:
    """LibreOffice writes a row without cells at the very end of a sheet whose columns have a format."""
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576" ht="12"></row>'
    scan = scan_xlsx_sheet(iter([b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"]), Limits())
    assert (scan.rows, scan.columns, scan.cells) == (1, 1, 1)


@pytest.mark.parametrize(("place", "reach"), [("A900000", (900_000, 2)), ("XFD3", (3, 16_384)), ("B0007", (7, 2))])
def test_a_cell_counts_where_it_says_that_it_stands(place: str, reach: tuple[int, int]) -> None:
    """The reader goes by the place of the cell, whatever the row around it says."""
    cells = b'<c r="B3"><v>1</v></c><c r="%s"><v>1</v></c>' % place.encode()
    sheet = b'<worksheet><sheetData><row r="3">' + cells + b"</row></sheetData></worksheet>"
    scan = scan_xlsx_sheet(iter([sheet]), Limits())
    assert (scan.rows, scan.columns, scan.cells) == (*reach, 2)


@pytest.mark.usefixtures("less_memory")
def test_text_counts_besides_its_cells() -> None:
    """Of cells with a text of 500 bytes each there may be half a million, divided here."""
    taken: list[int] = []
    with pytest.raises(SheetTooLarge):
        scan_xlsx_sheet(_sheet(b"<is><t>" + b"x" * 500 + b"</t></is>", taken), Limits())
    assert len(taken) == 3


def test_shared_texts_count_even_where_no_cell_uses_them() -> None:
    """The workbook holds all of them in memory."""
    lengths = np.full(1000, MEMORY_BYTES_MAX // 1000)
    with pytest.raises(SheetTooLarge):
        scan_xlsx_sheet(iter([b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>']), Limits(), lengths)


def test_a_long_note_does_not_make_a_sheet_large() -> None:
    """A text is counted as long as it is, not as the longest of the workbook."""
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (number, number) for number in range(1, 30_001)
    )
    pieces = iter([b"<sheetData>", rows, b"</sheetData>"])
    scan = scan_xlsx_sheet(pieces, Limits(), np.array([20, 32_000]))
    assert (scan.rows, scan.cells) == (30_000, 30_000)


@pytest.mark.parametrize(
    ("rows", "columns", "cells", "is_fit"),
    [
        (1_048_576, 4, 1_048_576, True),
        (1_048_576, 4, 4_194_304, True),
        (1_048_576, 5, 5_242_880, False),
        (1_048_576, 16_384, 2, False),
        (1_000_000, 4, 2, False),
        (1_000_000, 3, 2, True),
    ],
)
def test_what_is_filled_and_what_is_spanned_both_count(rows: int, columns: int, cells: int, is_fit: bool) -> None:
    """A full sheet may have four million cells; one that is hardly filled may span three million."""
    with nullcontext() if is_fit else pytest.raises(SheetTooLarge):
        check_size(rows, columns, cells)
        check_density(rows, columns, cells)
    assert memory_bytes(cells, rows * columns) == 40 * cells + 32 * rows * columns


def test_ods_is_held_to_the_same_bound() -> None:
    """Repeated rows are counted as they would be laid out."""
    content = (
        b'<a xmlns:table="t" xmlns:office="o"><table:table table:name="x"><table:table-row '
        b'table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" '
        b'table:number-columns-repeated="5"/></table:table-row></table:table></a>'
    )
    with pytest.raises(SheetTooLarge):
        scan_ods_content(iter([content]), Limits())
    (entry,) = scan_ods_content(iter([content.replace(b"1000000", b"800000")]), Limits())
    assert (entry[0], entry[2].rows, entry[2].columns) == ("x", 800_000, 5)


def test_large_sheets_take_the_memory_that_was_reckoned(tmp_path: Path) -> None:
    """What the bound rests on: reading takes no more than forty bytes a filled cell and 32 a cell of the rectangle."""
    rows, columns = 12_000, 10
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(rows):
        sheet.write_row(row, 0, [row * columns + column for column in range(columns)])
    book.close()
    code = (
        "import resource, sys, python_calamine as c\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "book = c.load_workbook(sys.argv[1]); sheet = book.get_sheet_by_index(0)\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.xlsx")], capture_output=True, text=True, check=True
    )
    cells = rows * columns
    assert int(run.stdout) < memory_bytes(cells, cells) + 4 * 1024**2
