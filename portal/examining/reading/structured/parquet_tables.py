"""Parquet files read as tables, by DuckDB with bounded memory; nested values and types.

Every value is written as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

import duckdb

from portal.examining.reading.cells_in_duckdb import connect
from portal.examining.reading.normal_form import Columns, Fault, write_arrays
from portal.examining.reading.plain_values import number_text
from portal.examining.reading.tasks import Outcome, SourceFile, TableTask
from portal.model.errors import raise_refusal
from portal.model.text import LocalText
from portal.model.understood_table import Decision, Part, UnderstoodTable

ROWS_AT_A_TIME = 5000

_NESTED = re.compile(r"\[|\(|STRUCT|MAP|LIST|UNION|DECIMAL.*\]", re.IGNORECASE)
_NUMBERS = {"nan": "NaN", "inf": "INF", "-inf": "-INF"}


def read_parquet(task: TableTask, file: SourceFile) -> Outcome:
    """Understand a Parquet file."""
    with file.path.open("rb") as stream:
        if stream.read(4) != b"PAR1":
            note = LocalText("不是 Parquet 文件", "it is no Parquet file")
            return None, [task.found("format-error", file.file, note=note)]
    connection = connect(task.target.parent)
    try:
        labels = write_arrays(task, task.target, _rows(connection, str(file.path))).labels
        columns = Columns(labels, tuple(_type(type_) for _, type_ in _described(connection, str(file.path))))
    except duckdb.Error as error:
        raise_refusal(error)
        text = type(error).__name__
        note = LocalText(f"无法读取 Parquet（{text}）", f"the Parquet cannot be read ({text})")
        return None, [task.found("format-error", file.file, note=note)]
    except Fault as fault:
        return None, [fault.finding(task, file.file)]
    finally:
        connection.close()
    table = UnderstoodTable(
        resource=task.resource.name,
        path=task.target,
        is_original=False,
        labels=labels,
        schema=columns.schema(task.schema),
        format="parquet",
        parts=(Part(file.file),),
        decisions=(Decision("header", "Parquet 的列名", "the names of the Parquet columns"),),
    )
    return table, []


def _rows(connection: duckdb.DuckDBPyConnection, path: str) -> Iterator[list[Any]]:
    """Yield the labels, then the rows."""
    described = _described(connection, path)
    names, types = [name for name, _ in described], [type_ for _, type_ in described]
    yield names
    columns = ", ".join(_expression(name, type_) for name, type_ in zip(names, types, strict=True))
    is_number = [type_.startswith(("DOUBLE", "FLOAT", "DECIMAL")) and not type_.endswith("]") for type_ in types]
    result = connection.execute(f"SELECT {columns} FROM read_parquet(?)", [_plain(path)])  # noqa: S608 - names are quoted
    while rows := result.fetchmany(ROWS_AT_A_TIME):
        for row in rows:
            yield [_number(value) if number else value for value, number in zip(row, is_number, strict=True)]


def _described(connection: duckdb.DuckDBPyConnection, path: str) -> list[tuple[str, str]]:
    """Return name and type of every column."""
    rows = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [_plain(path)]).fetchall()
    return [(str(row[0]), str(row[1]).upper()) for row in rows]


def _plain(path: str) -> str:
    """Return a path that is no pattern."""
    return re.sub(r"([*?\[])", r"[\1]", path)


def _type(type_: str) -> str:
    """Return the type of Table Schema for a type of DuckDB; any for text and what has no counterpart.

    >>> _type("UBIGINT"), _type("DECIMAL(10,2)"), _type("TIMESTAMP"), _type("INTEGER[]")
    ('integer', 'number', 'datetime', 'any')
    """
    if type_.endswith("]") or ("(" in type_ and not type_.startswith("DECIMAL(")):
        return "any"
    if type_.endswith("INT") or type_ == "INTEGER":
        return "integer"
    if type_.startswith(("DOUBLE", "FLOAT", "DECIMAL")):
        return "number"
    return {"BOOLEAN": "boolean", "DATE": "date", "TIMESTAMP": "datetime"}.get(type_, "any")


def _expression(name: str, type_: str) -> str:
    """Return what to select of a column: text of its value, but nested values as they are."""
    column = '"' + name.replace('"', '""') + '"'
    if type_.startswith("DECIMAL(") and type_.endswith(")"):
        return f"CAST({column} AS VARCHAR)"
    if _NESTED.search(type_) or type_ == "BOOLEAN":
        return column
    if type_ == "BLOB":
        return f"lower(hex({column}))"
    text = f"CAST({column} AS VARCHAR)"
    if type_.startswith("TIMESTAMP WITH TIME ZONE"):
        return f"replace(replace({text}, ' ', 'T'), '+00', 'Z')"
    return f"replace({text}, ' ', 'T')" if type_.startswith("TIMESTAMP") else text


def _number(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return _NUMBERS.get(text) or number_text(Decimal(text))
    except InvalidOperation:
        return text
