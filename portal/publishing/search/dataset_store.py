"""records.sqlite (SQLite) in a release: published datasets looked up by name or CKAN id, for the API.

It is opened read-only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter

from portal.model.former_names import Moved
from portal.model.portal import Directory
from portal.publishing.formats.ckan import dataset_id
from portal.publishing.publication import Change, PublishedDataset
from portal.publishing.search.ckan_tables import CkanLists, CkanTables

_ADAPTER = TypeAdapter(PublishedDataset)
_DIRECTORY = TypeAdapter(Directory)

BY_NAME = "SELECT record FROM dataset WHERE name = ?"
CHANGED_SINCE = "SELECT name, content, time FROM changed WHERE time > ? ORDER BY time, name LIMIT ?"
WITHDRAWN_AT = "SELECT time FROM changed WHERE name = ? AND content = ''"
CHANGED_BEFORE = (
    "SELECT name, content, time FROM changed WHERE time > ? AND (time, name) < (?, ?) "
    "ORDER BY time DESC, name DESC LIMIT ?"
)
BY_CKAN_ID = "SELECT record FROM ckan_id JOIN dataset USING (name) WHERE id = ?"


def write_records(
    datasets: Iterable[PublishedDataset],
    directory: Directory,
    path: Path,
    moved: Sequence[Moved] = (),
    former_codes: Mapping[str, str] | None = None,
    changes: Mapping[str, Change] | None = None,
) -> None:
    """Write *datasets*, the portal's *directory* and the former names into a new file at *path*.

    *former_codes* are the resource codes that were released before; they stay known, whatever becomes of a dataset.
    So do its *changes*, a withdrawn one without content.
    """
    codes = dict(former_codes or {})
    ckan_ids = []
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE dataset (name TEXT PRIMARY KEY, record BLOB NOT NULL) WITHOUT ROWID")
        database.execute("CREATE TABLE directory (record BLOB NOT NULL)")
        database.execute("INSERT INTO directory VALUES (?)", (_DIRECTORY.dump_json(directory),))
        database.execute("CREATE TABLE moved (kind TEXT, old TEXT, new TEXT, PRIMARY KEY (kind, old)) WITHOUT ROWID")
        tables = CkanTables(database)
        for item in datasets:
            tables.add(item)
            database.execute("INSERT INTO dataset VALUES (?, ?)", (item.dataset.name, _ADAPTER.dump_json(item)))
            ckan_ids.append((dataset_id(item.dataset.name), item.dataset.name))
            if item.dataset.code:
                codes[item.dataset.name] = item.dataset.code
        tables.finish()
        database.execute("CREATE TABLE ckan_id (id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID")
        database.executemany("INSERT INTO ckan_id VALUES (?, ?)", sorted(ckan_ids))
        former = ((dataset_id(item.old), item.new) for item in moved if item.kind == "datasets")
        database.executemany("INSERT OR IGNORE INTO ckan_id VALUES (?, ?)", former)
        database.execute("CREATE TABLE code (name TEXT PRIMARY KEY, code TEXT NOT NULL) WITHOUT ROWID")
        database.executemany("INSERT INTO code VALUES (?, ?)", codes.items())
        database.execute("CREATE TABLE changed (name TEXT PRIMARY KEY, content TEXT, time TEXT) WITHOUT ROWID")
        stamps = ((name, item.content, _stamp(item.time)) for name, item in (changes or {}).items())
        database.executemany("INSERT INTO changed VALUES (?, ?, ?)", stamps)
        database.execute("CREATE INDEX changed_time ON changed (time, name, content)")
        database.executemany("INSERT INTO moved VALUES (?, ?, ?)", ((item.kind, item.old, item.new) for item in moved))


def released_codes(path: Path) -> dict[str, str]:
    """Return the resource code of each dataset that was ever released, from the records of the last release.

    Empty where there is no such file, or one of another version.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            return dict(database.execute("SELECT name, code FROM code"))
    except sqlite3.Error:
        return {}


def released_changes(path: Path) -> dict[str, Change]:
    """Return when the record of each dataset that was ever released changed, from the records of a release.

    Empty where there is no such file, or one of another version.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            rows = database.execute("SELECT name, content, time FROM changed")
            return {name: Change(content, datetime.fromisoformat(time)) for name, content, time in rows}
    except (sqlite3.Error, ValueError, TypeError):
        return {}


class Records:
    """Looks datasets up by name or CKAN id. May be used from several threads at once."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self.ckan = CkanLists(path)

    def get(self, name: str) -> PublishedDataset | None:
        """Return the dataset of this name, None where there is none."""
        return next(self.several([name]), None)

    def by_ckan_id(self, id_: str) -> PublishedDataset | None:
        """Return the dataset that CKAN clients know by this id, None where there is none.

        A release of an earlier version, which has no such ids, knows datasets by name alone.
        """
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            try:
                row = database.execute(BY_CKAN_ID, (_key(id_),)).fetchone()
            except sqlite3.OperationalError:
                return None
        return _ADAPTER.validate_json(row[0]) if row else None

    def several(self, names: Iterable[str]) -> Iterator[PublishedDataset]:
        """Yield the datasets of these names, in the order of the names; one that does not exist is passed over."""
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            for name in names:
                row = database.execute(BY_NAME, (_key(name),)).fetchone()
                if row:
                    yield _ADAPTER.validate_json(row[0])

    def changed_since(self, time: datetime, limit: int = -1) -> list[tuple[str, Change]]:
        """Return the datasets whose records changed after *time*, the earliest first; withdrawn ones without content.

        A release of an earlier version, which does not know, answers nothing.
        """
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            try:
                rows = database.execute(CHANGED_SINCE, (_stamp(time), limit)).fetchall()
            except sqlite3.OperationalError:
                return []
        return [(name, Change(content, datetime.fromisoformat(stamp))) for name, content, stamp in rows]

    def withdrawn_at(self, name: str) -> datetime | None:
        """Return when a dataset was taken away that was released before; None for any other, one that is here too."""
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            try:
                row = database.execute(WITHDRAWN_AT, (_key(name),)).fetchone()
            except sqlite3.OperationalError:
                return None
        return datetime.fromisoformat(row[0]) if row else None

    def changes_before(self, end: tuple[datetime, str] | None, since: datetime, limit: int) -> list[tuple[str, Change]]:
        """Return what changed after *since*, the latest first, and at most *limit*; what stands before *end* in time.

        *end* is the last that is known already, by time and then by name.
        """
        until = (_stamp(end[0]), _key(end[1])) if end else (_LAST_STAMP, "")
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            try:
                rows = database.execute(CHANGED_BEFORE, (_stamp(since), *until, limit)).fetchall()
            except sqlite3.OperationalError:
                return []
        return [(name, Change(content, datetime.fromisoformat(stamp))) for name, content, stamp in rows]

    def changes_after(self, since: datetime) -> tuple[int, datetime | None]:
        """Return how many datasets changed after *since*, and when anything changed last, None where nothing did."""
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            try:
                (count,) = database.execute("SELECT count(*) FROM changed WHERE time > ?", (_stamp(since),)).fetchone()
                (latest,) = database.execute("SELECT max(time) FROM changed").fetchone()
            except sqlite3.OperationalError:
                return 0, None
        return count, datetime.fromisoformat(latest) if latest else None

    def moved(self) -> dict[tuple[str, str], str]:
        """Return the present name for each kind (``datasets``, ``publishers``) and former name."""
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            return {(kind, old): new for kind, old, new in database.execute("SELECT kind, old, new FROM moved")}

    def directory(self) -> Directory:
        """Return the portal with its publishers and themes."""
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            (record,) = database.execute("SELECT record FROM directory").fetchone()
        return _DIRECTORY.validate_json(record)

    def names(self, start: int = 0, limit: int = -1) -> list[str]:
        """Return names, sorted: *start* are passed over, then at most *limit* given; a negative limit is none."""
        wanted = "SELECT name FROM dataset ORDER BY name LIMIT ? OFFSET ?"
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            return [name for (name,) in database.execute(wanted, (limit, start))]


_LAST_STAMP = "9999"
"""Later than any time as text."""


def _stamp(time: datetime) -> str:
    """Return a time with its zone as text that sorts as times do.

    >>> _stamp(datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC))
    '2026-11-30T23:59:59.000000+00:00'
    """
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def _key(text: str) -> str:
    r"""Return *text* as SQLite takes it: half a surrogate pair, which JSON holds and UTF-8 does not, becomes "?".

    >>> _key("水\ud800")
    '水?'
    """
    return text.encode(errors="replace").decode()
