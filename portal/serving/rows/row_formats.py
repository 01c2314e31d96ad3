"""Rows as JSON, CSV and NDJSON, piece by piece in constant memory: encodings, BOM, formulas made harmless for Excel.

Numbers keep all their digits. In CSV a value stands as in the published file: truth in the words of its schema, numbers
with its signs for thousands and decimals, nothing for no value.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from portal.publishing.rows.row_table import Cell, JsonPage, RowField
from portal.publishing.rows.told_cells import NULL, in_json
from portal.publishing.rows.typed_cells import cell_writer

ROWS_A_PIECE = 500
"""Rows that are written at a time."""

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What Excel and its like take for the beginning of a formula (OWASP, CSV injection)."""

Titles = Callable[[RowField], str]


def json_head(fields: Sequence[RowField], titles: Titles) -> str:
    """Return how a page begins that `json_document` writes: its fields, up to its rows."""
    told = in_json([{"name": field.name, "type": field.type, "title": titles(field)} for field in fields])
    return f'{{"fields": {told}, "rows": '


def json_document(head: str, page: JsonPage) -> bytes:
    """Return a page: ``{fields, rows, total, next}``, rows as lists of values in the order of the fields."""
    total = NULL if page.total is None else page.total
    after = f'"{page.next}"' if page.next else NULL
    return f'{head}{page.rows}, "total": {total}, "next": {after}}}'.encode()


def json_stream(fields: Sequence[RowField], rows: Iterable[Sequence[Cell]], titles: Titles) -> Iterator[bytes]:
    """Yield all rows in the shape of a page; the total is counted on the way."""
    yield f"{json_head(fields, titles)}[".encode()
    total = 0
    for piece in pieces(rows):
        mark = ",\n" if total else "\n"
        yield (mark + ",\n".join(map(in_json, piece))).encode()
        total += len(piece)
    yield f'\n], "total": {total}, "next": null}}\n'.encode()


def ndjson_stream(fields: Sequence[RowField], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield an object of JSON for each row, on a line of its own."""
    names = [field.name for field in fields]
    for piece in pieces(rows):
        yield "".join(f"{in_json(dict(zip(names, row, strict=True)))}\n" for row in piece).encode()


def csv_stream(
    fields: Sequence[RowField], rows: Iterable[Sequence[Cell]], *, encoding: str = "utf-8", is_excel_safe: bool = False
) -> Iterator[bytes]:
    """Yield CSV (RFC 4180) with a header; *encoding* utf-8-sig begins with a byte order mark.

    Where *is_excel_safe*, a text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    safe = _harmless if is_excel_safe else str
    writer.writerow([safe(field.name) for field in fields])
    writers = [cell_writer(field.schema) for field in fields]
    mark = b"\xef\xbb\xbf" if encoding == "utf-8-sig" else b""
    for piece in chain([()], pieces(rows)):
        writer.writerows(
            [
                "" if cell is None else safe(cell) if type(cell) is str else write(cell)
                for cell, write in zip(row, writers, strict=True)
            ]
            for row in piece
        )
        yield mark + text.getvalue().encode("utf-8" if mark else encoding)
        encoding, mark = ("utf-8" if encoding == "utf-8-sig" else encoding), b""
        text.seek(0)
        text.truncate()


def pieces(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    """Yield rows some at a time; rows that can be closed are, however it ends."""
    given = iter(rows)
    try:
        while piece := list(islice(given, ROWS_A_PIECE)):
            yield piece
    finally:
        close = getattr(rows, "close", None)
        if close:
            close()


def _harmless(text: str) -> str:
    r"""Return *text*, with an apostrophe in front where a spreadsheet would reckon it.

    >>> _harmless("=1+1"), _harmless("第一小学")
    ("'=1+1", '第一小学')
    """
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
