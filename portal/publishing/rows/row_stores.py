"""Row stores of a release, by dataset and resource: opened when first asked, a bounded number open, checked by hash."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.model.limits import Limits
from portal.publishing.rows.row_lookup import RowLookup
from portal.publishing.rows.row_table import RowTable
from portal.publishing.rows.store_files import StoreFiles, damaged
from portal.publishing.rows.store_layout import RESOURCE_COLUMN, Layout, StoredResource, layouts_of
from portal.publishing.rows.stored_table import StoredTable
from portal.publishing.rows.table_columns import TableColumns

INDEX_NAME = "stores.json"
OPEN_STORES_MAX = 32
"""Stores that are open at a time; the one that nobody has asked for longest is closed for another."""


@dataclass(frozen=True)
class _Open:
    files: StoreFiles
    layouts: Sequence[Layout]
    tables: dict[tuple[int, str], StoredTable] = field(default_factory=dict)

    def table(self, layout: Layout, resource: StoredResource | None, rows_max: int) -> StoredTable:
        """Return a table, made once: it remembers what its columns are."""
        key = (layout.number, resource.name if resource else "")
        made = self.tables.get(key)
        if made is None:
            lookup = RowLookup(self.files, TableColumns(layout, self.layouts, resource))
            made = self.tables.setdefault(key, StoredTable(lookup, rows_max))
        return made


class RowStores:
    """The stores below the folder ``rows`` of a release. May be asked from several threads at once."""

    def __init__(self, folder: Path) -> None:
        """Read what stores there are; none where a release of an earlier version has no such folder.

        Raises ReleaseError where the list is damaged.
        """
        self._folder = folder
        self._lock = threading.Lock()
        self._open: OrderedDict[str, _Open] = OrderedDict()
        self._listed: Mapping[str, Mapping[str, str]] = {}
        defaults = Limits()
        self.seconds_max, self.rows_max = defaults.query_seconds_max, defaults.query_rows_max
        path = folder / INDEX_NAME
        if not folder.is_dir():
            return
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            self._listed = document["stores"]
            self.seconds_max, self.rows_max = int(document["seconds_max"]), int(document["rows_max"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(path) from error

    def table(self, dataset: str, resource: str) -> RowTable | None:
        """Return the rows of a resource, None where it has none to ask for. Raises ReleaseError for a damaged store."""
        store = self._store(dataset)
        found = store and _resource(store, resource)
        if not store or not found:
            return None
        return store.table(found[0], found[1], self.rows_max)

    def together(self, dataset: str, resource: str) -> RowTable | None:
        """Return the rows of all resources of the same shape as this one as one table, None where there are none.

        Its first column is ``_resource``; where a column of the tables bears that name, they cannot be asked together.
        """
        store = self._store(dataset)
        found = store and _resource(store, resource)
        if not store or not found:
            return None
        layout = found[0]
        if any(entry["name"] == RESOURCE_COLUMN for entry in found[1].fields):
            return None
        return store.table(layout, None, self.rows_max)

    def close(self) -> None:
        """Close all stores; what is being asked ends first."""
        with self._lock:
            opened, self._open = list(self._open.values()), OrderedDict()
        for item in opened:
            item.files.close()

    def _store(self, dataset: str) -> _Open | None:
        if dataset not in self._listed:
            return None
        with self._lock:
            found = self._open.get(dataset)
            if found and not found.files.was_changed:
                self._open.move_to_end(dataset)
                return found
            self._open.pop(dataset, None)
        if found:
            found.files.close()
        opened = _opened(self._folder / dataset, self._listed[dataset], self.seconds_max)
        superfluous = []
        with self._lock:
            if dataset in self._open:
                superfluous.append(opened)
                opened = self._open[dataset]
            self._open[dataset] = opened
            self._open.move_to_end(dataset)
            while len(self._open) > OPEN_STORES_MAX:
                superfluous.append(self._open.popitem(last=False)[1])
        for item in superfluous:
            item.files.close()
        return opened


def _opened(folder: Path, hashes: Mapping[str, str], seconds_max: float) -> _Open:
    files = StoreFiles(folder, hashes, seconds_max)
    texts: dict[tuple[int, int], list[str]] = {}
    try:
        with files.connection() as connection:
            (about,) = connection.execute("SELECT about FROM about").fetchone()
            for table, column, cell in connection.execute("SELECT t, c, cell FROM cell_text ORDER BY t, c, code"):
                texts.setdefault((table, column), []).append(cell)
            targets = connection.execute("SELECT t, c, code, target FROM cell_target ORDER BY t, c, code").fetchall()
        document: Mapping[str, Any] = json.loads(about)
        return _Open(files, layouts_of(document, texts, targets))
    except (sqlite3.Error, ValueError, KeyError, TypeError, IndexError) as error:
        raise damaged(folder / "rows.sqlite") from error


def _resource(store: _Open, name: str) -> tuple[Layout, StoredResource] | None:
    for layout in store.layouts:
        for resource in layout.resources:
            if resource.name == name:
                return layout, resource
    return None
