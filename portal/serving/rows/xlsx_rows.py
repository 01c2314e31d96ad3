"""Rows as an XLSX workbook in constant memory: text cells of the format @, days as days, one sheet, a fixed header."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO

from portal.model.errors import QueryError, QueryTooLongError
from portal.publishing.files.sheet_file import (
    XLSX_CELL_CHARACTERS_MAX,
    XLSX_ROWS_MAX,
    CellTooLongError,
    Kind,
    SheetCell,
    SheetFile,
    SheetTooLargeError,
    is_exact_day,
    is_exact_number,
    sheet_title,
)
from portal.publishing.rows.row_table import Cell, RowField
from portal.serving.rows.refusals import TooLargeError
from portal.serving.rows.row_formats import pieces

WORKBOOK_SECONDS_MAX = 120
"""Making a workbook that takes longer is given up."""

_NUMBERS = ("integer", "number", "year", "boolean")
_LENGTHS = {"date": 10, "datetime": 19}


def write_workbook(
    file: IO[bytes], sheet_name: str, fields: Sequence[RowField], rows: Iterable[Sequence[Cell]]
) -> None:
    """Write *rows* into *file*. Raises TooLargeError for more rows, or a longer cell, than a sheet holds."""
    sheet = SheetFile(file, sheet_title(sheet_name), [field.name for field in fields], list(map(_kind, fields)))
    is_whole = False
    try:
        begun = time.monotonic()
        types = [field.type for field in fields]
        for piece in pieces(rows):
            if time.monotonic() - begun > WORKBOOK_SECONDS_MAX:
                raise _too_slow()
            for row in piece:
                sheet.add([_cell(cell, type_) for cell, type_ in zip(row, types, strict=True)])
        is_whole = True
    except SheetTooLargeError as error:
        raise too_many_rows() from error
    except CellTooLongError as error:
        raise _too_long(fields[error.column].name) from error
    finally:
        sheet.close(is_whole=is_whole)


def too_many_rows() -> QueryError:
    """Return what to raise where a sheet cannot hold all rows."""
    return TooLargeError(
        "_format",
        f"XLSX 最多 {XLSX_ROWS_MAX} 行。请增加筛选条件，或改用 _format=csv",
        f"XLSX holds at most {XLSX_ROWS_MAX} rows. Filter more, or take _format=csv.",
    )


def _too_slow() -> QueryTooLongError:
    return QueryTooLongError(
        "_format",
        f"生成 XLSX 超过 {WORKBOOK_SECONDS_MAX} 秒。请增加筛选条件，或改用 _format=csv",
        f"Making the XLSX took longer than {WORKBOOK_SECONDS_MAX} seconds. Filter more, or take _format=csv.",
    )


def _too_long(name: str) -> QueryError:
    return TooLargeError(
        "_format",
        f"列“{name}”有超过 {XLSX_CELL_CHARACTERS_MAX} 个字符的单元格，XLSX 放不下。请改用 _format=csv",
        f'The column "{name}" has a cell of more than {XLSX_CELL_CHARACTERS_MAX} characters, '
        "which XLSX does not hold. Take _format=csv.",
    )


def _kind(field: RowField) -> Kind:
    """Return the format of a column: none for numbers and truth."""
    if field.type in _NUMBERS:
        return "number"
    return "date" if field.type == "date" else "datetime" if field.type == "datetime" else "text"


def _cell(cell: Cell, type_: str) -> SheetCell:
    """Return what the sheet holds: numbers and days where it holds them exactly, otherwise their text."""
    if cell is None:
        return None
    if type(cell) is str:
        return _moment(cell, type_) if type_ in _LENGTHS else cell
    return cell if is_exact_number(cell) else str(cell)


def _moment(cell: str, type_: str) -> date | str:
    """Return a day or moment that Excel can tell, the text where it cannot: with a zone, a fraction, or too early."""
    if len(cell) != _LENGTHS[type_]:
        return cell
    try:
        moment = date.fromisoformat(cell) if type_ == "date" else datetime.fromisoformat(cell)
    except ValueError:
        return cell
    return moment if is_exact_day(moment) else cell
