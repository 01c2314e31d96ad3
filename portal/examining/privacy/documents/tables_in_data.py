"""Tables in data files inside archives or published as they are: workbooks, DBF, SQLite, GeoPackage, Parquet, JSON.

Each sheet, file or database table is handed on as rows and columns, which the gate judges as it judges any table.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from portal.examining.privacy.documents.binary_texts import dbf_rows, parquet_texts, plain_path, texts_in
from portal.examining.privacy.documents.nested_values import table_of
from portal.examining.privacy.documents.sheet_rows import SHEET_ROWS_MAX, SheetRows, plain
from portal.examining.privacy.documents.text_found import (
    BROKEN,
    TOO_MUCH,
    TOO_SLOW,
    Found,
    InnerTable,
    NotRead,
    Passage,
)
from portal.examining.reading.cells_in_duckdb import connect
from portal.model.limits import Limits

DATABASE_SECONDS_MAX = 30.0
"""So long is a database looked through."""
DATABASE_TABLES_MAX = 500
"""So many tables of a database are looked through."""
PARQUET_CHARACTERS_MAX = 64 * 1024**2
"""So much text of a Parquet file that is no table of its dataset is looked through: 49 kB can hold gigabytes."""
REFUSED_PARQUET_CHARACTERS_MAX = 8_000_000
"""The same for one that no table could be read of; it is read whole once it is mended."""
BLOBS_MAX = 20_000
"""So many cells of bytes in a table of a database are looked into."""
_FILES = (b"PK\3\4", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b\x08")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8")
_SIGNS_OF_SQL = re.compile("['\"`(),;]")
_STEPS_BETWEEN_LOOKS = 100_000


def workbook_tables(data: bytes, place: str) -> Iterator[InnerTable | NotRead]:
    """Yield each sheet of a workbook, hidden ones too. Raises ValueError where it cannot be opened within bounds."""
    from python_calamine import CalamineError, CalamineWorkbook

    from portal.examining.reading.sheets.choice import whole_rows
    from portal.examining.reading.sheets.workbook_files import UnreadableWorkbook, opened_workbook

    with tempfile.TemporaryDirectory(prefix="portal-") as folder:
        path = Path(folder) / "book"
        path.write_bytes(data)
        try:
            with (
                opened_workbook(path, Limits(), Path(folder) / "copy") as opened,
                CalamineWorkbook.from_path(str(opened.readable)) as workbook,
            ):
                scans = {entry.name: entry.scan for entry in opened.sheets}
                for name in workbook.sheet_names:
                    sheet = workbook.get_sheet_by_name(name)
                    if sheet.end is not None and sheet.end[0] >= SHEET_ROWS_MAX:
                        yield NotRead(TOO_MUCH, is_part=True, place=f"{place} {name}".strip())
                    rows = SheetRows(partial(whole_rows, sheet, scans.get(name)))
                    yield InnerTable(rows, place, is_judged=True, part=name)
        except (UnreadableWorkbook, CalamineError) as error:
            raise ValueError("workbook") from error


def dbf_tables(data: bytes, place: str) -> Iterator[InnerTable | NotRead]:
    """Yield the one table of a DBF file. Raises ValueError where it is none."""
    records = dbf_rows(data)
    rows = [(number, row) for number, row in enumerate(islice(records, SHEET_ROWS_MAX), start=1)]
    if not rows:
        raise ValueError("dbf")
    labels = tuple(rows[0][1])
    yield InnerTable(rows[1:], place, labels, is_judged=True)
    if next(records, None) is not None:
        yield NotRead(TOO_MUCH, is_part=True, place=place)


def parquet_tables(data: bytes, place: str) -> Iterator[Found]:
    """Yield a Parquet file as one table, structures by their paths, and what it says of itself."""
    with tempfile.NamedTemporaryFile(prefix="portal-", suffix=".parquet") as file:
        file.write(data)
        file.flush()
        yield from parquet_file(Path(file.name), place, PARQUET_CHARACTERS_MAX)


def parquet_file(path: Path, place: str, characters_max: int) -> Iterator[Found]:
    """Yield the table in the Parquet file *path* up to *characters_max* of text, and what the file says of itself."""
    records = _ParquetRecords(path, characters_max)
    yield table_of(records, place)
    if records.is_cut:
        yield NotRead(TOO_MUCH, is_part=True, place=place)
    yield from parquet_texts(path)


class _ParquetRecords:
    """The rows of a Parquet file as Python's values, read anew at every pass."""

    def __init__(self, path: Path, characters_max: int) -> None:
        self._path = path
        self._characters_max = characters_max
        self.is_cut = False

    def __iter__(self) -> Iterator[dict[str, Any]]:
        with tempfile.TemporaryDirectory(prefix="portal-") as folder, closing(connect(Path(folder))) as connection:
            result = connection.execute("SELECT * FROM read_parquet(?)", [plain_path(self._path)])
            names = [item[0] for item in result.description or ()]
            taken = characters = 0
            while rows := result.fetchmany(1000):
                for row in rows:
                    taken += 1
                    characters += sum(len(cell) for cell in row if isinstance(cell, str | bytes))
                    if taken > SHEET_ROWS_MAX or characters > self._characters_max:
                        self.is_cut = True
                        return
                    yield dict(zip(names, row, strict=True))


def database_tables(data: bytes, place: str) -> Iterator[Found | tuple[str, bytes]]:
    """Yield the tables of an SQLite database, a GeoPackage too; a file that lies in a cell as its name and bytes.

    What defines tables, views and triggers is text, too, with the names of tables and values by default.

    Virtual tables are passed over: what they show stands in others.
    """
    with tempfile.NamedTemporaryFile(prefix="portal-", suffix=".sqlite") as file:
        file.write(data)
        file.flush()
        until = time.monotonic() + DATABASE_SECONDS_MAX
        try:
            with closing(sqlite3.connect(f"file:{file.name}?mode=ro&immutable=1", uri=True)) as connection:
                connection.text_factory = lambda text: text.decode("utf-8", errors="replace")
                connection.execute("PRAGMA trusted_schema = OFF")
                connection.set_progress_handler(lambda: int(time.monotonic() > until), _STEPS_BETWEEN_LOOKS)
                defined = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
                for (sql,) in defined.fetchmany(DATABASE_TABLES_MAX):
                    yield Passage(_SIGNS_OF_SQL.sub("\n", str(sql)), place)
                asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
                names = [str(row[0]) for row in connection.execute(asked).fetchmany(DATABASE_TABLES_MAX + 1)]
                for name in names[:DATABASE_TABLES_MAX]:
                    rows = _DatabaseRows(connection, name)
                    yield InnerTable(rows, place, rows.labels, is_judged=True, part=name)
                    if rows.is_cut or rows.is_broken:
                        why_ended = TOO_SLOW if time.monotonic() > until else BROKEN
                        reason = TOO_MUCH if rows.is_cut else why_ended
                        yield NotRead(reason, is_part=True, place=f"{place} {name}".strip())
                    if not rows.is_broken:
                        yield from _bytes_in_cells(rows, place, name)
                if len(names) > DATABASE_TABLES_MAX:
                    yield NotRead(TOO_MUCH, is_part=True, place=place)
        except sqlite3.DatabaseError:
            # Also where the time is over: what was read is told, and that there is more.
            reason = TOO_SLOW if time.monotonic() > until else BROKEN
            yield NotRead(reason, is_part=True, place=place)


def _bytes_in_cells(rows: _DatabaseRows, place: str, name: str) -> Iterator[Found | tuple[str, bytes]]:
    """Yield what the cells of bytes in a table of a database hold: text, or a file of a kind that is read."""
    for number, data in enumerate(rows.bytes_in_cells()):
        if number >= BLOBS_MAX:
            yield NotRead(TOO_MUCH, is_part=True, place=f"{place} {name}".strip())
            return
        if data.startswith(_FILES):
            yield f"{name} {number + 1}", data
        elif not data.startswith(_PICTURES):
            yield from (Passage(text, place) for text in texts_in(data))


class _DatabaseRows:
    """The rows of a table of a database, read anew at every pass; bytes are no text.

    A fault, or the end of the time, ends the rows: whoever goes through them cannot tell the one from the other.
    """

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        quoted = name.replace('"', '""')
        self._query = f'SELECT * FROM "{quoted}"'  # noqa: S608 - the name is quoted
        self.labels = tuple(item[0] for item in connection.execute(f"{self._query} LIMIT 0").description)
        self.is_cut = self.is_broken = False

    def bytes_in_cells(self) -> Iterator[bytes]:
        """Yield the cells that hold bytes."""
        for row in islice(self._connection.execute(self._query), SHEET_ROWS_MAX):
            yield from (cell for cell in row if isinstance(cell, bytes))

    def __iter__(self) -> Iterator[tuple[int, Sequence[str]]]:
        try:
            rows: Iterable[Sequence[Any]] = self._connection.execute(self._query)
            for number, row in enumerate(rows, start=1):
                if number > SHEET_ROWS_MAX:
                    self.is_cut = True
                    return
                yield number, ["" if cell is None or isinstance(cell, bytes) else plain(cell) for cell in row]
        except sqlite3.DatabaseError:
            self.is_broken = True
