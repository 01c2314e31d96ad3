"""Parquet download, made of the published CSV by DuckDB: column types; codes stay text.

Each column has the type of its schema. DuckDB casts all cells of a column at once. A column that loses a value by it
stays text, so nothing is ever dropped; numbers are DOUBLE, whose digits beyond the sixteenth only the CSV has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from portal.examining.reading import cells_in_duckdb
from portal.examining.reading.cells_in_duckdb import quoted
from portal.model.errors import raise_refusal
from portal.model.understood_table import UnderstoodTable

ROW_GROUP_CELLS_MAX = 4_000_000
"""Cells that are held in memory before they are written."""
ROW_GROUP_ROWS_MAX = 122_880
"""Rows of a group of Parquet; so many DuckDB writes by itself."""
ROW_GROUP_ROWS_MIN = 2_048
COUNTED_COLUMNS_MAX = 200
"""Columns that are counted in one query."""

_ISO_FORMATS = ("default", "any")
_ZONE = r"'(Z|[+-][0-9]{2}:?[0-9]{2}(:[0-9]{2})?)$'"


def write_parquet(source: Path, target: Path, fields: Sequence[Mapping[str, Any]], rows: int) -> tuple[str, ...] | None:
    """Write the published CSV at *source*, which has *rows* rows and the columns *fields*.

    Return the names of the columns that have the type of their field; the others are text. None where nothing was
    written: a name is blank or stands twice but for capitals, or DuckDB cannot read the file. Raises OSError where the
    machine refuses, as when the disk is full.
    """
    names = [str(field["name"]) for field in fields]
    if not all(names) or len({name.lower() for name in names}) < len(names):
        return None
    table = UnderstoodTable("", source, is_original=False, labels=tuple(names))
    relation = cells_in_duckdb.relation_sql(table, with_record=False)
    typed = [_typed(cells_in_duckdb.column(number), field) for number, field in enumerate(fields, start=1)]
    try:
        with TemporaryDirectory() as spill, cells_in_duckdb.connect(Path(spill)) as connection:
            counted, lost = _lost(connection, relation, typed)
            if counted != rows:
                return None
            cells = ", ".join(
                f"{cells_in_duckdb.column(number) if count else cell} AS {_identifier(name)}"
                for number, (cell, count, name) in enumerate(zip(typed, lost, names, strict=True), start=1)
            )
            size = max(ROW_GROUP_ROWS_MIN, min(ROW_GROUP_ROWS_MAX, ROW_GROUP_CELLS_MAX // len(names)))
            connection.execute(
                f"COPY (SELECT {cells} FROM {_inner(relation)}) TO {quoted(str(target.resolve()))} "  # noqa: S608 - names are quoted
                f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {size})"
            )
    except duckdb.Error as error:
        raise_refusal(error)
        target.unlink(missing_ok=True)
        return None
    return tuple(name for name, count in zip(names, lost, strict=True) if not count)


def _lost(connection: duckdb.DuckDBPyConnection, relation: str, typed: Sequence[str]) -> tuple[int, list[int]]:
    """Return the number of rows, and for each column how many values its type would lose.

    Some columns are counted at a time, since DuckDB makes room for each count of a query.
    """
    rows, lost = 0, []
    for start in range(0, len(typed), COUNTED_COLUMNS_MAX):
        some = enumerate(typed[start : start + COUNTED_COLUMNS_MAX], start + 1)
        counts = ", ".join(f"count({cells_in_duckdb.column(number)}) - count({cell})" for number, cell in some)
        query = f"SELECT count(*), {counts} FROM {_inner(relation)}"  # noqa: S608 - names are quoted
        rows, *found = connection.execute(query).fetchall()[0]
        lost += found
    return rows, lost


def _inner(relation: str) -> str:
    return f"({relation})"


def _identifier(name: str) -> str:
    """Return a name of a column as SQL has it.

    >>> _identifier('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def _typed(cell: str, field: Mapping[str, Any]) -> str:
    """Return the expression that gives a cell its type, NULL for a text that the type does not hold."""
    type_, format_ = field.get("type", "any"), str(field.get("format") or "default")
    if type_ == "integer":
        return f"TRY_CAST({_digits(cell, field)} AS BIGINT)"
    if type_ == "number":
        return f"TRY_CAST({_digits(cell, field)} AS DOUBLE)"
    if type_ == "year":
        return f"TRY_CAST({cell} AS INTEGER)"
    if type_ == "boolean":
        return _boolean(cell, field)
    if type_ in ("date", "datetime", "time"):
        return _moment(cell, type_, format_)
    return cell


def _digits(cell: str, field: Mapping[str, Any]) -> str:
    """Return the cell without signs that group digits, and with a point before decimals."""
    group, decimal = field.get("groupChar"), field.get("decimalChar")
    if isinstance(group, str) and group:
        cell = f"replace({cell}, {quoted(group)}, '')"
    if isinstance(decimal, str) and decimal not in ("", "."):
        cell = f"replace({cell}, {quoted(decimal)}, '.')"
    return cell


def _boolean(cell: str, field: Mapping[str, Any]) -> str:
    yes = field.get("trueValues") or ["true", "True", "TRUE", "1"]
    no = field.get("falseValues") or ["false", "False", "FALSE", "0"]
    return f"CASE WHEN {cell} IN ({_list(yes)}) THEN true WHEN {cell} IN ({_list(no)}) THEN false END"


def _list(texts: Sequence[Any]) -> str:
    return ", ".join(quoted(str(text)) for text in texts)


def _moment(cell: str, type_: str, format_: str) -> str:
    """Return a day, a time or both; where a zone is stated the text stays, for a column has only one zone."""
    target = {"date": "DATE", "datetime": "TIMESTAMP", "time": "TIME"}[type_]
    if format_ in _ISO_FORMATS:
        cast = f"TRY_CAST({cell} AS {target})"
        return cast if type_ == "date" else f"CASE WHEN NOT regexp_matches({cell}, {_ZONE}) THEN {cast} END"
    if "%y" in format_ or "%z" in format_ or "%Z" in format_:
        return f"CASE WHEN false THEN TRY_CAST({cell} AS {target}) END"
    return f"TRY_CAST(TRY_STRPTIME({cell}, {quoted(format_)}) AS {target})"
