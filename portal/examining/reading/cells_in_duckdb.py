"""Tables in DuckDB: a SELECT of all cells as text, the quick way to look at every one.

The table is an understood one, read column by column. DuckDB cuts text into cells a little otherwise than Python's csv,
by which Frictionless reads. It passes over blank lines, accepts an empty cell too many at the end of a row, drops what
follows a quote that is never closed, and takes the quotes off a cell that begins with a blank. So it is right for
finding out *whether* a column holds something; *where*, say `raw_rows`, or the record number where `has_exact_records`
holds. What DuckDB cannot read raises one of its `refusals`: then `raw_rows` is the way for everything. DuckDB is loaded
with the first database, for small tables are looked at without one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from portal.model.understood_table import UnderstoodTable

if TYPE_CHECKING:
    import duckdb

MEMORY_LIMIT = "256MB"
LINE_BYTES_MAX = 4_000_000
"""A table with a longer line is not read by DuckDB, but row by row."""
PIECE_BYTES = 1024 * 1024


class NotByColumns(ValueError):
    """DuckDB has no dialect that reads this table as Python's csv does."""


def refusals() -> tuple[type[Exception], ...]:
    """Return what is raised where DuckDB does not read a table as Python does; ask for it in an except clause."""
    import duckdb

    return duckdb.Error, NotByColumns


def connect(work_dir: Path, *, memory_limit: str = MEMORY_LIMIT) -> duckdb.DuckDBPyConnection:
    """Return a database in memory of one thread, which spills below *work_dir* and can load no extension.

    One thread keeps rows in the order of the file and leaves the other processors to other datasets. The SQL that
    runs there is our own, never a publisher's.
    """
    import duckdb

    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": 1,
            "memory_limit": memory_limit,
            "temp_directory": str(work_dir / "duckdb"),
            "preserve_insertion_order": True,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    # A bar would stand among what a command prints as JSON.
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET lock_configuration = true")
    return connection


def column(number: int) -> str:
    """Return the name of a column by its position from 1. Labels are no names: they may be blank or stand twice.

    >>> column(3)
    'c3'
    """
    return f"c{number}"


def relation_sql(table: UnderstoodTable, *, with_record: bool = True) -> str:
    """Return a SELECT of the data rows of *table*: ``record`` and ``c1`` … as VARCHAR, comment rows left out.

    ``record`` is the record's number in the text, counted from 1 as `raw_rows` counts; it is exact only where
    `has_exact_records` holds. Without *with_record* it is not made and comment rows are among the rows, for questions
    about whole columns. NULL is an empty cell. A row with too many or too few cells raises duckdb.Error when it is
    reached. Raises NotByColumns.
    """
    width = len(table.labels) or len(table.schema.get("fields") or ())
    skipped = table.header_row if table.has_header else 0
    source = _read_csv(table, width, skipped)
    if not with_record:
        return f"SELECT * FROM {source}"  # noqa: S608 - the text is made here, and what is the publisher's is quoted
    numbered = f"SELECT row_number() OVER () + {skipped} AS record, * FROM {source}"  # noqa: S608
    if not table.comment_rows:
        return numbered
    comments = ", ".join(map(str, table.comment_rows))
    return f"SELECT * FROM ({numbered}) WHERE record NOT IN ({comments})"  # noqa: S608


def has_exact_records(table: UnderstoodTable) -> bool:
    """Whether no blank line stands anywhere in the text, so that DuckDB counts its records as Python does."""
    before = b"\n"
    with table.path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            text = before + piece
            if b"\n\n" in text or b"\n\r" in text or b"\r\r" in text:
                return False
            before = text[-2:]
    return True


def quoted(text: str) -> str:
    """Return *text* as a literal of SQL.

    >>> quoted("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def _read_csv(table: UnderstoodTable, width: int, skipped: int) -> str:
    if (
        not width
        or len(table.delimiter) != 1
        or ord(table.delimiter) > 127
        or len(table.quote_char) > 1
        or (table.quote_char and (table.escape_char or not table.double_quote))
        or table.escape_char
        or table.skip_initial_space
        or table.comment_char
    ):
        raise NotByColumns(table.resource)
    columns = ", ".join(f"'{column(number)}': 'VARCHAR'" for number in range(1, width + 1))
    options = {
        "columns": f"{{{columns}}}",
        "auto_detect": "false",
        "header": "false",
        "skip": str(skipped),
        "delim": quoted(table.delimiter),
        "quote": quoted(table.quote_char),
        "escape": quoted(table.quote_char),
        "strict_mode": "true",
        "max_line_size": str(LINE_BYTES_MAX),
        "compression": "'none'",
        "hive_partitioning": "false",
        "parallel": "false",
    }
    arguments = ", ".join(f"{name} = {value}" for name, value in options.items())
    return f"read_csv({quoted(_literal_path(table.path))}, {arguments})"


def _literal_path(path: Path) -> str:
    """Return a path with whatever DuckDB would take for a pattern put into brackets."""
    return re.sub(r"[*?\[]", lambda match: f"[{match[0]}]", str(path.resolve()))
