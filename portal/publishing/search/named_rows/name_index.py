"""named_rows.sqlite in a release: the names in open tables, folded, with their rows; written by a build.

Only published CSV is read, so nothing that the edition keeps back can get into it. A table of more rows than is allowed
is left out whole and told of: half a table would answer "there is none" for the other half.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from portal.findings.finding import Finding, found
from portal.model.limits import Limits
from portal.publishing.publication import PublishedDataset
from portal.publishing.rows.store_plan import TableSource, sources_of
from portal.publishing.search.named_rows.name_columns import NAME_CHARACTERS_MAX, NameColumn, may_name, name_columns
from portal.publishing.search.tokeniser import fold, word_runs

FILE_NAME = "named_rows.sqlite"

_SCHEMA = """
CREATE TABLE source (t INTEGER PRIMARY KEY, dataset TEXT NOT NULL, resource TEXT NOT NULL, rows INTEGER NOT NULL);
CREATE TABLE name (id INTEGER PRIMARY KEY, folded TEXT NOT NULL, title TEXT NOT NULL, t INTEGER NOT NULL,
 row INTEGER NOT NULL, is_code INTEGER NOT NULL);
CREATE TABLE heading (word TEXT NOT NULL, t INTEGER NOT NULL, field TEXT NOT NULL, PRIMARY KEY (word, t, field))
 WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(phrase, content='', columnsize=0, tokenize='ascii');
"""


@dataclass(frozen=True)
class _Table:
    published: PublishedDataset
    source: TableSource
    rows: int


def write_named_rows(datasets: Sequence[PublishedDataset], site_dir: Path, path: Path, limits: Limits) -> list[Finding]:
    """Write the names of the rows of open tables into a new file; return what tables were left out.

    The smallest tables come first, until the portal's bound is reached; equal ones in the order of names.
    """
    tables, findings, held = [], list[Finding](), 0
    named = (item for item in _tables(datasets, site_dir) if may_name(item.source))
    for item in sorted(named, key=lambda one: one.rows):
        if item.rows > limits.named_rows_table_max or held + item.rows > limits.named_rows_portal_max:
            findings.append(_left_out(item, limits))
            continue
        held += item.rows
        tables.append(item)
    # Of twins (a table and its map) the one with more columns tells more, and is found first.
    tables.sort(key=lambda one: (one.published.dataset.name, -len(one.source.fields), one.source.resource))
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(_SCHEMA)
        with database:
            for number, item in enumerate(tables):
                _write_table(database, number, item)
            database.execute("CREATE INDEX name_folded ON name (folded)")
            database.execute("INSERT INTO words (words) VALUES ('optimize')")
        database.execute("VACUUM")
    return findings


def _tables(datasets: Iterable[PublishedDataset], site_dir: Path) -> Iterator[_Table]:
    for published in datasets:
        rows = {item.resource.name: item.profile.rows for item in published.resources if item.profile}
        for source in sources_of(published, site_dir):
            yield _Table(published, source, rows.get(source.resource, 0))


def _write_table(database: sqlite3.Connection, number: int, item: _Table) -> None:
    rows = _read(item.source)
    columns = name_columns(item.source, rows)
    if not columns:
        return
    name = item.published.dataset.name
    database.execute("INSERT INTO source VALUES (?, ?, ?, ?)", (number, name, item.source.resource, len(rows)))
    for row, column, title in _names(rows, columns):
        cursor = database.execute(
            "INSERT INTO name (folded, title, t, row, is_code) VALUES (?, ?, ?, ?, ?)",
            (fold(title), title, number, row, column.is_code),
        )
        if not column.is_code:
            words = " ".join(phrase_words(title))
            database.execute("INSERT INTO words (rowid, phrase) VALUES (?, ?)", (cursor.lastrowid, words))
    for field in item.source.fields:
        texts = {str(field["name"]), str(field.get("title") or "")}
        headings = {word for text in texts for run in word_runs(text) for word in run}
        database.executemany(
            "INSERT OR IGNORE INTO heading VALUES (?, ?, ?)", ((word, number, field["name"]) for word in headings)
        )


def phrase_words(text: str) -> list[str]:
    """Return the words of a name in their order; a part of it is found where its words follow each other.

    >>> phrase_words("人民路小学")
    ['人民', '民路', '路小', '小学']
    """
    return [word for run in word_runs(text) for word in run]


def _names(rows: Sequence[Sequence[str]], columns: Sequence[NameColumn]) -> Iterator[tuple[int, NameColumn, str]]:
    """Yield the names in a table, each once a row, with the number of the row from 1."""
    for row, cells in enumerate(rows, start=1):
        for column in columns:
            title = cells[column.number].strip()
            if 1 < len(title) <= NAME_CHARACTERS_MAX:
                yield row, column, title


def _read(source: TableSource) -> list[list[str]]:
    width = len(source.fields)
    with source.csv.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines, None)
        return [line if len(line) == width else (line + [""] * width)[:width] for line in lines]


def _left_out(item: _Table, limits: Limits) -> Finding:
    over_table = item.rows > limits.named_rows_table_max
    return found(
        "names-left-out",
        dataset=item.published.dataset.name,
        resource=item.source.resource,
        file=item.published.dataset.descriptor_file,
        number=item.rows,
        limit=limits.named_rows_table_max if over_table else limits.named_rows_portal_max,
        setting="named_rows_table_max" if over_table else "named_rows_portal_max",
    )
