"""Writing a store of rows: the published CSV of a dataset's tables into one SQLite file, with indices, and Parquet.

A table is read twice: once to see what form holds each column, once to keep it. The columns have names of our own
(``c0`` and so on), so whatever a publisher calls them, no statement holds it. For one input the bytes are always the
same.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from portal.publishing.rows.character_pairs import holds_chinese, pairs_of
from portal.publishing.rows.column_copies import ColumnWriter
from portal.publishing.rows.column_forms import Form, encoder, key_encoder
from portal.publishing.rows.column_survey import Survey
from portal.publishing.rows.store_layout import FEW_ROWS_MAX
from portal.publishing.rows.store_plan import TableSource, blocks, by_shape
from portal.publishing.rows.typed_cells import key_reader

STORE_VERSION = 1
BLOCK_ROWS = 10_000
COLUMNS_MAX = 1_900
"""A table that would need more columns in its store has none; SQLite ends at 2,000."""
INDEXED_ROWS_MIN = 2_000
"""A table of fewer rows is looked through as fast without an index."""
COPIED_ROWS_MIN = 50_000
"""A table of fewer rows is counted and added up as fast without a copy of its columns."""
LINKED_ROWS_MAX = 2_000_000
"""A table of more rows is no table that others lead to: it would be held in memory."""
MEASURES_MAX = 2
"""Columns of numbers or days that have an index behind each column that is filtered by."""
CELL_CHARACTERS_MAX = 2**31 - 1
"""Characters of a cell: as many as Python reads. How many a table may have was decided when it was read."""
CHINESE_SHARE = 0.05
"""A column of text with Chinese in a smaller share of its cells has no index of pairs."""


@dataclass(frozen=True)
class StoredColumns:
    """The columns of a table as they are kept."""

    forms: tuple[Form, ...]
    texts: tuple[tuple[str, ...], ...]
    links: tuple[int, ...]
    """Columns that lead to rows of other tables."""
    indexed_text: tuple[int, ...]
    """Columns whose pairs of characters are indexed."""


def write_store(sources: Sequence[TableSource], folder: Path) -> list[str]:
    """Write ``rows.sqlite`` and copies of columns into the new folder *folder*; return what tables were left out."""
    former = csv.field_size_limit(CELL_CHARACTERS_MAX)
    try:
        return _write(sources, folder)
    finally:
        csv.field_size_limit(former)


def _write(sources: Sequence[TableSource], folder: Path) -> list[str]:
    folder.mkdir(parents=True)
    left_out: list[str] = []
    planned: list[tuple[list[TableSource], StoredColumns, list[int]]] = []
    for tables in by_shape(sources):
        columns, counts = _surveyed(tables)
        if _width(columns, tables) > COLUMNS_MAX:
            left_out += [item.resource for item in tables]
        else:
            planned.append((tables, columns, counts))
    first_rows = {item.resource: first for tables, _, counts in planned for item, first in _firsts(tables, counts)}
    with closing(sqlite3.connect(folder / "rows.sqlite", isolation_level=None)) as database:
        for setting in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
            database.execute(f"PRAGMA {setting}")
        database.execute("BEGIN")
        database.execute("CREATE TABLE about (about TEXT NOT NULL)")
        database.execute(
            "CREATE TABLE cell_text (t INTEGER, c INTEGER, code INTEGER, cell TEXT NOT NULL, PRIMARY KEY (t, c, code)) "
            "WITHOUT ROWID"
        )
        database.execute("CREATE TABLE cell_target (t INTEGER, c INTEGER, code INTEGER, target INTEGER NOT NULL)")
        database.execute("CREATE TABLE pair (t INTEGER, pair TEXT, rows INTEGER, PRIMARY KEY (t, pair)) WITHOUT ROWID")
        about = []
        for number, (tables, columns, counts) in enumerate(planned):
            written = _write_table(database, number, tables, columns, counts, first_rows, sources, folder)
            about.append(written)
        document = {"version": STORE_VERSION, "tables": about}
        database.execute("INSERT INTO about VALUES (?)", (json.dumps(document, ensure_ascii=False),))
        database.execute("COMMIT")
        if any(sum(counts) >= INDEXED_ROWS_MIN for _, _, counts in planned):
            database.execute("PRAGMA analysis_limit = 1000")
            database.execute("ANALYZE")
    return left_out


def _surveyed(tables: Sequence[TableSource]) -> tuple[StoredColumns, list[int]]:
    """Return the forms that hold all cells of *tables*, and the rows of each."""
    fields = tables[0].fields
    surveys = [Survey(field) for field in fields]
    counts, chinese = [], [0] * len(fields)
    for item in tables:
        counts.append(0)
        for block in blocks(_rows(item), BLOCK_ROWS):
            counts[-1] += len(block)
            for number, cells in enumerate(zip(*block, strict=True)):
                surveys[number].add(cells)
                if fields[number].get("type", "any") in ("string", "any"):
                    chinese[number] += sum(map(holds_chinese, cells))
    found = [survey.form() for survey in surveys]
    forms = tuple(form for form, _ in found)
    rows = sum(counts)
    indexed = (
        number
        for number, form in enumerate(forms)
        if form.kind == "text" and not form.key and rows >= INDEXED_ROWS_MIN and chinese[number] >= rows * CHINESE_SHARE
    )
    links = sorted({number for item in tables for number in item.links})
    return StoredColumns(forms, tuple(texts for _, texts in found), tuple(links), tuple(indexed)), counts


def _width(columns: StoredColumns, tables: Sequence[TableSource]) -> int:
    return len(columns.forms) + sum(bool(form.key) for form in columns.forms) + len(columns.links) + 2


def _firsts(tables: Sequence[TableSource], counts: Sequence[int]) -> Iterator[tuple[TableSource, int]]:
    """Yield each table with the number of its first row among all of one shape, from 1."""
    first = 1
    for item, count in zip(tables, counts, strict=True):
        yield item, first
        first += count


def _rows(item: TableSource) -> Iterator[list[str]]:
    with item.csv.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows, None)
        width = len(item.fields)
        for row in rows:
            yield row if len(row) == width else (row + [""] * width)[:width]  # one empty cell is a blank line


def _write_table(
    database: sqlite3.Connection,
    number: int,
    tables: Sequence[TableSource],
    columns: StoredColumns,
    counts: Sequence[int],
    first_rows: Mapping[str, int],
    sources: Sequence[TableSource],
    folder: Path,
) -> dict[str, Any]:
    """Keep the rows of tables of one shape; return what the store says about them."""
    names = kept_columns(columns)
    database.execute(f"CREATE TABLE t{number} (id INTEGER PRIMARY KEY, r INTEGER NOT NULL, {', '.join(names)})")
    if columns.indexed_text:
        database.execute(
            f"CREATE VIRTUAL TABLE f{number} USING fts5(pairs, content='', detail=none, columnsize=0, tokenize='ascii')"
        )
        database.execute(f"INSERT INTO f{number} (f{number}, rank) VALUES ('hashsize', 67108864)")
    for column, texts in enumerate(columns.texts):
        database.executemany(
            "INSERT INTO cell_text VALUES (?, ?, ?, ?)",
            ((number, column, code, text) for code, text in enumerate(texts)),
        )
    pairs: Counter[str] = Counter()
    is_copied = sum(counts) >= COPIED_ROWS_MIN
    numbers = [name for name, is_number in zip(names, _are_numbers(columns), strict=True) if is_number]
    resources = []
    with ColumnWriter(folder / f"{number}.parquet", ["r", *numbers] if is_copied else []) as copies:
        places = [names.index(name) + 2 for name in numbers]
        for order, (item, first) in enumerate(_firsts(tables, counts)):
            targets = {column: _targets(item.links.get(column), sources, first_rows) for column in columns.links}
            _write_rows(database, number, item, columns, (order, first), targets, copies, places, pairs)
            resources.append(_resource(item, first, counts[order], targets))
    if columns.indexed_text:
        database.execute(f"INSERT INTO f{number} (f{number}) VALUES ('optimize')")
        database.executemany("INSERT INTO pair VALUES (?, ?, ?)", ((number, *item) for item in sorted(pairs.items())))
    is_mapped = {column: _write_targets(database, number, column, tables, columns, targets) for column in columns.links}
    unmapped = [column for column in columns.links if not is_mapped[column]]
    indices = _write_indices(database, number, tables, columns, unmapped, sum(counts))
    return {
        "resources": resources,
        "forms": [asdict(form) for form in columns.forms],
        "links": columns.links,
        "indexed_text": columns.indexed_text,
        "indices": indices,
        "is_copied": is_copied,
    }


def kept_columns(columns: StoredColumns) -> list[str]:
    """Return the names of the columns in the store: cells, keys beside them, rows that they lead to."""
    return [
        *(f"c{number}" for number in range(len(columns.forms))),
        *(f"k{number}" for number, form in enumerate(columns.forms) if form.key),
        *(f"l{number}" for number in columns.links),
    ]


def _are_numbers(columns: StoredColumns) -> list[bool]:
    return [
        *(form.kind != "text" for form in columns.forms),
        *(form.key == "decimal" for form in columns.forms if form.key),
        *(True for _ in columns.links),
    ]


def _write_rows(
    database: sqlite3.Connection,
    number: int,
    item: TableSource,
    columns: StoredColumns,
    start: tuple[int, int],
    targets: Mapping[int, Callable[[str], int | None]],
    copies: ColumnWriter,
    places: Sequence[int],
    pairs: Counter[str],
) -> None:
    fields, forms = item.fields, columns.forms
    encoders = [encoder(*parts) for parts in zip(forms, fields, columns.texts, strict=True)]
    keys = [
        (at, key_encoder(form, field)) for at, (form, field) in enumerate(zip(forms, fields, strict=True)) if form.key
    ]
    links = [(at, targets[at]) for at in columns.links]
    made = [*enumerate(encoders), *keys, *links]
    insert = f"INSERT INTO t{number} VALUES ({', '.join('?' * (len(made) + 2))})"
    order, first = start
    for block in blocks(_rows(item), BLOCK_ROWS):
        cells = list(zip(*block, strict=True))
        identifiers = range(first, first + len(block))
        kept = [identifiers, [order] * len(block), *(_encoded(cells[at], encode) for at, encode in made)]
        database.executemany(insert, zip(*kept, strict=True))
        if copies.is_wanted:
            copies.add([kept[1], *(kept[place] for place in places)])
        if columns.indexed_text:
            texts = map("\n".join, zip(*(cells[at] for at in columns.indexed_text), strict=True))
            found = [sorted(pairs_of(text)) for text in texts]
            pairs.update(chain.from_iterable(found))
            database.executemany(
                f"INSERT INTO f{number} (rowid, pairs) VALUES (?, ?)",
                zip(identifiers, map(" ".join, found), strict=True),
            )
        first += len(block)


def _encoded(cells: Sequence[str], encode: Callable[[str], Any]) -> list[Any]:
    known = {text: encode(text) if text else None for text in set(cells)}
    return [known[text] for text in cells]


def _targets(
    link: tuple[str, str] | None, sources: Sequence[TableSource], first_rows: Mapping[str, int]
) -> Callable[[str], int | None]:
    """Return what gives, for the text of a cell, the row it leads to: the first that has an equal value."""
    target = next((item for item in sources if link and item.resource == link[0]), None)
    if link is None or target is None or target.resource not in first_rows:
        return lambda text: None
    names = [field["name"] for field in target.fields]
    if link[1] not in names:
        return lambda text: None
    column = names.index(link[1])
    rows: dict[str, int] = {}
    key = key_reader(target.fields[column])
    for id_, row in enumerate(_rows(target), start=first_rows[target.resource]):
        if row[column]:
            rows.setdefault(key(row[column]), id_)
        if len(rows) > LINKED_ROWS_MAX:
            return lambda text: None
    return lambda text: rows.get(key(text))


def _write_targets(
    database: sqlite3.Connection,
    number: int,
    column: int,
    tables: Sequence[TableSource],
    columns: StoredColumns,
    targets: Mapping[int, Callable[[str], int | None]],
) -> bool:
    """Keep for each code of a column where it leads, and return True, where that is the same for all rows.

    *targets* are those of the last of *tables*. It is not where a table leads to itself, or two lead to different ones.
    """
    links = {item.links.get(column) for item in tables}
    if columns.forms[column].kind != "codes" or len(links) > 1:
        return False
    found = ((code, targets[column](text)) for code, text in enumerate(columns.texts[column]))
    kept = [(number, column, code, target) for code, target in found if target is not None]
    database.executemany("INSERT INTO cell_target VALUES (?, ?, ?, ?)", kept)
    return True


def _resource(item: TableSource, first: int, count: int, targets: Mapping[int, Any]) -> dict[str, Any]:
    return {
        "name": item.resource,
        "first": first,
        "rows": count,
        "fields": item.fields,
        "links": {str(column): link for column, link in item.links.items()},
    }


def _leaves_few(columns: StoredColumns, column: int, rows: int) -> bool:
    """Whether each value of a column leaves few rows, as far as its dictionary tells."""
    return columns.forms[column].kind != "codes" or rows <= FEW_ROWS_MAX * len(columns.texts[column])


def _write_indices(
    database: sqlite3.Connection,
    number: int,
    tables: Sequence[TableSource],
    columns: StoredColumns,
    unmapped: Sequence[int],
    rows: int,
) -> list[list[str]]:
    """Make the indices that the schema gives reason for; return the columns of each.

    Behind a column that is filtered by stands one of numbers or days, so that what it leaves is sorted already. A
    column of few values, each of which leaves many rows, has no index where there is a copy of columns: it is quicker.
    """
    if rows < INDEXED_ROWS_MIN:
        return []

    def compared(column: int) -> str:
        return f"{'k' if columns.forms[column].key else 'c'}{column}"

    keys = [[compared(column) for column in key] for item in tables for key in item.keys]
    facets = sorted({column for item in tables for column in (*item.links, *item.facets)})
    measures = [
        compared(column)
        for column, form in enumerate(columns.forms)
        if form.is_number and form.kind != "codes" and column not in facets and [compared(column)] not in keys
    ]
    few = [column for column in facets if rows < COPIED_ROWS_MIN or _leaves_few(columns, column, rows)]
    behind = [[measure] for measure in measures[:MEASURES_MAX]] or [[]]
    by_facet = [[compared(column), *measure] for column in few for measure in behind]
    links = [[f"l{column}"] for column in unmapped]
    found: list[list[str]] = []
    for wanted in (*keys, *by_facet, *links):
        others = [other for other in (*keys, *by_facet) if other != wanted]
        if wanted not in found and not any(other[: len(wanted)] == wanted for other in others):
            database.execute(f"CREATE INDEX i{number}_{len(found)} ON t{number} ({', '.join(wanted)})")
            found.append(wanted)
    return found
