"""solr.sqlite (SQLite with FTS5) in a release: values and words by field, for CKAN's package_search.

Documents are numbers in the order of lists: the newest update first, equals by name. That order also parts what a sort
leaves equal, so that pages are disjoint and complete. It is opened read-only.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from portal.model.catalog import Publisher
from portal.publishing.formats import ckan
from portal.publishing.publication import PublishedDataset
from portal.publishing.search.search_documents import search_document
from portal.publishing.search.solr.kept_records import HERE, packed, unpacked
from portal.publishing.search.solr.solr_fields import CONSTANTS, SolrFields, is_text, solr_fields
from portal.publishing.search.solr.solr_reader import SolrReader, mark_of
from portal.publishing.search.tokeniser import index_words

FILE_NAME = "solr.sqlite"
QUERY_SECONDS_MAX = 5.0
"""A query that takes longer is given up."""
COLUMNS_KEPT_MAX = 16
"""Fields whose order or values are held in memory once they were asked for; the oldest makes room."""

_Column = TypeVar("_Column")

_SCHEMA = """
CREATE TABLE document (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE record (number INTEGER PRIMARY KEY, kept BLOB NOT NULL);
CREATE TABLE field (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE value (field INTEGER, value TEXT, document INTEGER, PRIMARY KEY (field, value, document)) WITHOUT ROWID;
CREATE TABLE label (field TEXT, value TEXT, title TEXT, PRIMARY KEY (field, value)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(name, title, tags, "groups", text, marked, content='', tokenize='ascii');
CREATE TEMP TABLE gathered (field INTEGER, value TEXT, document INTEGER);
"""
_INSERT_WORDS = 'INSERT INTO words (rowid, name, title, tags, "groups", text, marked) VALUES (?, ?, ?, ?, ?, ?, ?)'


def write_solr_index(
    datasets: Iterable[PublishedDataset],
    path: Path,
    *,
    base_url: str,
    first_released: date | None = None,
    taken_over: Mapping[str, Sequence[Publisher]] | None = None,
) -> None:
    """Write what CKAN's search needs of *datasets* into a new file; equal datasets give an equal file.

    *first_released* is the day of the first release, and *taken_over* as of `search_document`.
    """
    fields: dict[str, int] = {}
    labels: dict[tuple[str, str], str] = {}
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(_SCHEMA)
        with database:
            for number, item in enumerate(sorted(datasets, key=_place)):
                kept = packed(ckan.dump(item, base_url=HERE, first_released=first_released))
                held = solr_fields(unpacked(kept, base_url))
                body = search_document(item, taken_over).whole
                database.execute("INSERT INTO document VALUES (?, ?)", (number, item.dataset.name))
                database.execute("INSERT INTO record VALUES (?, ?)", (number, kept))
                database.execute(_INSERT_WORDS, (number, *_words(held, body)))
                database.executemany("INSERT INTO gathered VALUES (?, ?, ?)", _rows(held, fields, number))
                labels |= held.labels
            database.executemany("INSERT INTO field VALUES (?, ?)", ((id_, name) for name, id_ in fields.items()))
            database.execute("INSERT OR IGNORE INTO value SELECT * FROM gathered ORDER BY field, value, document")
            rows = ((field, value, title) for (field, value), title in sorted(labels.items()))
            database.executemany("INSERT INTO label VALUES (?, ?, ?)", rows)
            database.execute("INSERT INTO words (words) VALUES ('optimize')")
        database.execute("VACUUM")


def open_solr_index(path: Path) -> SolrIndex | None:
    """Open the index of a release; None where it has none, being of an earlier version."""
    return SolrIndex(path) if path.is_file() else None


class SolrIndex:
    """An index that `write_solr_index` wrote. May be used from several threads at once."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises sqlite3.Error where it is none."""
        self._address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._ranks: dict[str, Sequence[int]] = {}
        self._values: dict[str, Mapping[str, Sequence[int]]] = {}
        self._lock = Lock()
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            self.names: Sequence[str] = [name for (name,) in database.execute("SELECT name FROM document")]
            self.fields: Mapping[str, int] = dict(database.execute("SELECT name, id FROM field"))
            self.labels: Mapping[tuple[str, str], str] = {
                (field, value): title
                for field, value, title in database.execute("SELECT field, value, title FROM label")
            }
        self._numbers = {name: number for number, name in enumerate(self.names)}
        self.sorted_names: Sequence[str] = sorted(self.names)
        self.everything = frozenset(range(len(self.names)))

    @contextmanager
    def reading(self) -> Iterator[SolrReader]:
        """Give a reader for one query, which is given up after a while."""
        end = monotonic() + QUERY_SECONDS_MAX
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            database.set_progress_handler(lambda: monotonic() > end, 10_000)
            yield SolrReader(database, self.fields, self.everything)

    def records(self, names: Iterable[str], address: str) -> list[dict[str, Any]]:
        """Return the datasets of these names in CKAN's shape, in their order; one that does not exist is passed over.

        *address* is where the portal is asked, without a slash at the end.
        """
        numbers = [number for name in names if (number := self._numbers.get(name)) is not None]
        wanted = "SELECT kept FROM record WHERE number = ?"
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            return [unpacked(database.execute(wanted, (number,)).fetchone()[0], address) for number in numbers]

    def knows(self, field: str) -> bool:
        """Whether any dataset has a value of a field, or words in it."""
        return field in self.fields or field in CONSTANTS or is_text(field)

    def ranks(self, field: str, reader: SolrReader) -> Sequence[int]:
        """Return the place of each document's value among all of a field that has one each; -1 without a value."""
        if field in CONSTANTS:
            return [0] * len(self.names)
        ranks = self._ranks.get(field)
        return ranks if ranks else self._keep(self._ranks, field, _ranked(reader.rows(field), len(self.names)))

    def counts(self, field: str, reader: SolrReader, documents: frozenset[int] | set[int]) -> Counter[str]:
        """Return how many of *documents* have each value of a field, 0 too."""
        if field in CONSTANTS:
            return Counter({CONSTANTS[field]: len(documents)})
        values = self._values.get(field)
        values = values if values else self._keep(self._values, field, _grouped(reader.rows(field)))
        if len(documents) == len(self.names):
            return Counter({value: len(held) for value, held in values.items()})
        return Counter({value: sum(map(documents.__contains__, held)) for value, held in values.items()})

    def _keep(self, columns: dict[str, _Column], field: str, column: _Column) -> _Column:
        with self._lock:
            while len(columns) >= COLUMNS_KEPT_MAX:
                del columns[next(iter(columns))]
            columns[field] = column
        return column


def _ranked(rows: Iterable[tuple[str, int]], size: int) -> Sequence[int]:
    ranks = array("l", [-1]) * size
    rank, last = -1, None
    for value, document in rows:
        rank += value != last
        ranks[document] = rank
        last = value
    return ranks


def _grouped(rows: Iterable[tuple[str, int]]) -> dict[str, Sequence[int]]:
    values: dict[str, array[int]] = {}
    for value, document in rows:
        values.setdefault(value, array("l")).append(document)
    return dict(values)


def _place(item: PublishedDataset) -> tuple[int, str]:
    updated = item.dataset.updated
    return -updated.toordinal() if updated else 0, item.dataset.name


def _words(held: SolrFields, body: str) -> tuple[str, ...]:
    """Return the columns of words, cut up and parted by blanks; in the last one every word is marked with its field."""
    names, tags, groups = (held.strings.get(field, ()) for field in ("name", "tags", "groups"))
    known = (*names, *tags, *groups, *held.strings.get("organization", ()), *held.plain_texts)
    text = dict.fromkeys(known) | {body: None}
    marked = (
        mark + word
        for field, value in held.texts.items()
        if field != "title"
        for mark in [mark_of(field)]
        for word in index_words(value)
    )
    plain = ("\n".join(lines) for lines in (names, (held.texts.get("title", ""),), tags, groups, text))
    return (*(" ".join(index_words(column)) for column in plain), " ".join(marked))


def _rows(held: SolrFields, fields: dict[str, int], number: int) -> Iterator[tuple[int, str, int]]:
    for field, values in held.strings.items():
        id_ = fields.setdefault(field, len(fields))
        for value in values:
            yield id_, value, number
    for field in held.texts:
        yield fields.setdefault(field, len(fields)), "", number
