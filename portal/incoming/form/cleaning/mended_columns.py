"""Columns of a cleaned table: empty ones left out, duplicate names told apart, types after mending.

Which columns stay, how they are named, and of which type they then are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from portal.examining.profiling.titles import hints_of
from portal.examining.reading.normalise import KINDS, normalised
from portal.examining.reading.understood_tables import raw_rows
from portal.incoming.form.filled.answers import read_day
from portal.model.understood_table import UnderstoodTable

BLANKS = " \t\r\n\u00a0\u3000\ufeff"
"""What stands around a text without belonging to it."""
_PLAIN = {
    "integer": re.compile(r"-?(?:0|[1-9][0-9]{0,14})"),
    "number": re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}


def unique_names(labels: Sequence[str]) -> tuple[str, ...]:
    """Return a name for every column: its label where it has one of its own.

    >>> unique_names(["站名", "", "站名"])
    ('站名', '列2', '站名 (2)')
    """
    names: list[str] = []
    for number, label in enumerate(labels, start=1):
        name = label if label.strip(BLANKS) else f"列{number}"
        count = 1
        while name in names:
            count += 1
            name = f"{label or f'列{number}'} ({count})"
        names.append(name)
    return tuple(names)


def useful_columns(table: UnderstoodTable) -> tuple[int, ...]:
    """Return the columns, from 0, without those that say nothing.

    That is one without name and without a single value, and one of the same name and values as one before it (a
    header that was merged over two columns).
    """
    first_of = {label: table.labels.index(label) for label in table.labels}
    empty = {column for column, label in enumerate(table.labels) if not label.strip(BLANKS)}
    doubled = {column for column, label in enumerate(table.labels) if first_of[label] != column} - empty
    for _, cells in raw_rows(table):
        if not empty and not doubled:
            break
        row = {column: text.strip(BLANKS) for column, text in enumerate(cells)}
        empty -= {column for column in empty if row.get(column)}
        doubled -= {column for column in doubled if row.get(column, "") != row.get(first_of[table.labels[column]], "")}
    return tuple(column for column in range(len(table.labels)) if column not in empty | doubled)


def plain_schema(table: UnderstoodTable, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return *schema*, which was worked out from *table*, for the table as it will be mended.

    A spelling of dates or numbers that will be made plain is no longer declared. A column of text whose every cell is
    a date, or a number written with full-width digits or separators, is one of dates or numbers; codes stay text.
    """
    fields = [dict(item) for item in schema.get("fields", ())]
    for item in fields:
        if item["type"] in ("date", "number", "integer"):
            for key in ("format", "groupChar", "bareNumber"):
                item.pop(key, None)
    texts = [
        column
        for column, item in enumerate(fields)
        if item["type"] == "string" and not item.get("format") and not item.get("codeFormat")
    ]
    may_be = {column: _candidates(table.labels[column]) for column in texts}
    seen: dict[int, bool] = dict.fromkeys(texts, False)
    for _, cells in raw_rows(table):
        for column, types in may_be.items():
            text = cells[column].strip(BLANKS) if column < len(cells) else ""
            if text:
                seen[column] = seen[column] or normalised(text, {"type": "number"}, KINDS) != text
                types -= {type_ for type_ in types if not _is_plain(normalised(text, {"type": type_}, KINDS), type_)}
    for column, types in may_be.items():
        is_mended = seen[column] or "date" in types
        if types and is_mended and _has_values(table, column):
            chosen = next(type_ for type_ in ("integer", "number", "date") if type_ in types)
            fields[column] = {"name": fields[column]["name"], "type": chosen} | _kept(fields[column])
    useful = useful_columns(table)
    names = unique_names([table.labels[column] for column in useful])
    described = [{**fields[column], "name": name} for column, name in zip(useful, names, strict=True)]
    return {**schema, "fields": described}


def _candidates(label: str) -> set[str]:
    return {"date"} if hints_of(label).is_code else {"integer", "number", "date"}


def _is_plain(text: str, type_: str) -> bool:
    return bool(_PLAIN[type_].fullmatch(text)) and (type_ != "date" or bool(read_day(text)))


def _has_values(table: UnderstoodTable, column: int) -> bool:
    return any(column < len(cells) and cells[column].strip(BLANKS) for _, cells in raw_rows(table))


def _kept(described: Mapping[str, Any]) -> dict[str, Any]:
    """Return the constraints that hold for a column whatever its type."""
    limits = {
        key: value for key, value in (described.get("constraints") or {}).items() if key in ("required", "unique")
    }
    return {"constraints": limits} if limits else {}
