"""Rows as an XLSX workbook in constant memory: text cells of the format @, days as days, one sheet, a fixed header."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from portal.model.errors import QueryError, QueryTooLongError
from portal.publishing.files.table_writers import XLSX_CELL_CHARACTERS_MAX, XLSX_DIGITS_MAX, XLSX_INTEGER_END
from portal.publishing.rows.row_table import Cell, RowField
from portal.serving.rows.refusals import TooLargeError
from portal.serving.rows.row_formats import pieces

XLSX_ROWS_MAX = 1_048_575
"""Rows of a workbook: a sheet ends there."""
WORKBOOK_SECONDS_MAX = 120
"""Making a workbook that takes longer is given up."""
SHEET_NAME_CHARACTERS_MAX = 31
"""Characters of the name of a sheet; more are cut."""

_FIRST_DAY = "1900-03-01"
"""Before this day Excel counts one that there was not."""
_CREATED = datetime(2000, 1, 1)
_FORMATS = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm:ss"}
_LENGTHS = {"date": 10, "datetime": 19}


def write_workbook(
    file: IO[bytes], sheet_name: str, fields: Sequence[RowField], rows: Iterable[Sequence[Cell]]
) -> None:
    """Write *rows* into *file*. Raises TooLargeError for more rows, or a longer cell, than a sheet holds."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    book.set_properties({"created": _CREATED})
    with closing(book):
        sheet = book.add_worksheet(sheet_title(sheet_name))
        sheet.freeze_panes(1, 0)
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        days = {type_: book.add_format({"num_format": format_}) for type_, format_ in _FORMATS.items()}
        for column, field in enumerate(fields):
            sheet.set_column(column, column, None, _format(field, text, days))
            sheet.write_string(0, column, field.name[:XLSX_CELL_CHARACTERS_MAX], bold)
        number, begun = 0, time.monotonic()
        for piece in pieces(rows):
            if number + len(piece) > XLSX_ROWS_MAX:
                raise too_many_rows()
            if time.monotonic() - begun > WORKBOOK_SECONDS_MAX:
                raise _too_slow()
            for row in piece:
                number += 1
                for column, (field, cell) in enumerate(zip(fields, row, strict=True)):
                    if cell is not None:
                        _write(sheet, number, column, field, cell, text, days)


def sheet_title(name: str) -> str:
    """Return *name* as a sheet may be called.

    >>> sheet_title("站点[2025]/a"), sheet_title("'"), sheet_title("History")
    ('站点_2025__a', 'data', 'History_')
    """
    title = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", name)[:SHEET_NAME_CHARACTERS_MAX].strip("'").strip()
    return f"{title}_" if title.lower() == "history" else title or "data"


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


def _format(field: RowField, text: Any, days: dict[str, Any]) -> Any:
    """Return the format of a column: none for numbers and truth."""
    return None if field.type in ("integer", "number", "year", "boolean") else days.get(field.type, text)


def _write(sheet: Any, row: int, column: int, field: RowField, cell: Any, text: Any, days: dict[str, Any]) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif _is_exact(cell):
        sheet.write_number(row, column, float(cell))
    elif field.type in days and (moment := _moment(cell, field.type)):
        sheet.write_datetime(row, column, moment, days[field.type])
    elif len(told := str(cell)) <= XLSX_CELL_CHARACTERS_MAX:
        sheet.write_string(row, column, told, text)
    else:
        raise TooLargeError(
            "_format",
            f"列“{field.name}”有超过 {XLSX_CELL_CHARACTERS_MAX} 个字符的单元格，XLSX 放不下。请改用 _format=csv",
            f'The column "{field.name}" has a cell of more than {XLSX_CELL_CHARACTERS_MAX} characters, '
            "which XLSX does not hold. Take _format=csv.",
        )


def _is_exact(cell: object) -> bool:
    """Whether a spreadsheet, which reckons with doubles, holds a number to the last digit."""
    if isinstance(cell, int):
        return abs(cell) < XLSX_INTEGER_END
    if isinstance(cell, Decimal):
        return len(cell.as_tuple().digits) <= XLSX_DIGITS_MAX and abs(cell.adjusted()) < 300
    return isinstance(cell, float)


def _moment(cell: object, type_: str) -> date | None:
    """Return a day or moment that Excel can tell, None where it cannot: with a zone, a fraction, or too early."""
    if not isinstance(cell, str) or len(cell) != _LENGTHS[type_] or cell < _FIRST_DAY:
        return None
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        return None
