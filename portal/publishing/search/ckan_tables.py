"""CKAN tables of records.sqlite: resources by id and by words in their fields, tags with their datasets.

What CKAN's lists need across datasets, so that nobody reads all records to answer one of them. Addresses of released
files stand there as paths, for the same release is served at several addresses.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from portal.publishing.formats.ckan_ids import ckan_id
from portal.publishing.formats.ckan_organizations import tag_names
from portal.publishing.formats.ckan_resources import (
    dump_resources,
    is_in_datastore,
    named_resources,
    resource_id,
)
from portal.publishing.publication import PublishedDataset

TEXT_FIELDS = ("url", "format", "description", "hash", "name", "mimetype")
"""Fields of a resource in which a part of the text is found."""
EXACT_FIELDS = ("size", "created", "last_modified", "metadata_modified")
"""Fields of a resource that must be equal."""
EMPTY_FIELDS = ("resource_type", "mimetype_inner", "cache_url", "cache_last_updated", "url_type")
"""Fields that CKAN can search, and in which nothing stands here."""
SEARCHABLE = frozenset([*TEXT_FIELDS, *EXACT_FIELDS, *EMPTY_FIELDS])

_FIELDS = (*TEXT_FIELDS, *EXACT_FIELDS)
_COLUMNS = ", ".join(f"{name} {'INTEGER' if name == 'size' else 'TEXT'}" for name in _FIELDS)
_TABLES = (
    f"CREATE TABLE ckan_resource (id TEXT PRIMARY KEY, dataset TEXT, resource TEXT, position INTEGER, {_COLUMNS})"
    " WITHOUT ROWID",
    "CREATE TABLE ckan_tag (name TEXT, dataset TEXT, id TEXT, PRIMARY KEY (name, dataset)) WITHOUT ROWID",
)
_INDICES = (
    "CREATE INDEX ckan_resource_dataset ON ckan_resource (dataset, position)",
    "CREATE INDEX ckan_tag_id ON ckan_tag (id)",
)
_OWN_URL = "CASE WHEN substr(url, 1, 1) = '/' THEN :base || url ELSE url END"


class CkanTables:
    """Takes datasets one by one and writes their resources and tags into an open database."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        for statement in _TABLES:
            database.execute(statement)

    def add(self, published: PublishedDataset) -> None:
        """Write the rows of one dataset."""
        name = published.dataset.name
        places = ", ".join(["?"] * (len(_FIELDS) + 4))
        tables = {
            resource_id(name, named.key): named.item.resource.name
            for named in named_resources(published)
            if is_in_datastore(named.item, named.file)
        }
        self._database.executemany(
            f"INSERT OR IGNORE INTO ckan_resource VALUES ({places})",  # noqa: S608 - question marks alone
            (
                (
                    item["id"],
                    name,
                    tables.get(item["id"]),
                    item["position"],
                    *(_stored(item[field]) for field in _FIELDS),
                )
                for item in dump_resources(published, base_url="")
            ),
        )
        self._database.executemany(
            "INSERT OR IGNORE INTO ckan_tag VALUES (?, ?, ?)",
            ((tag, name, ckan_id("tag", tag)) for tag in tag_names(published.dataset)),
        )

    def finish(self) -> None:
        """Make the indices."""
        for statement in _INDICES:
            self._database.execute(statement)


class CkanLists:
    """Looks resources and tags up in the records of a release. May be used from several threads at once.

    A release of an earlier version, which has no such tables, has nothing in them.
    """

    def __init__(self, path: Path) -> None:
        self._address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"

    def dataset_of(self, resource: str) -> str:
        """Return the name of the dataset that has the resource of this id, "" where none has."""
        found = self._all("SELECT dataset FROM ckan_resource WHERE id = :id", {"id": resource})
        return str(found[0][0]) if found else ""

    def table_of(self, resource: str) -> tuple[str, str] | None:
        """Return the names of the dataset and the table whose rows are asked for by this id, None where none are."""
        found = self._all("SELECT dataset, resource FROM ckan_resource WHERE id = :id", {"id": resource})
        return (str(found[0][0]), str(found[0][1])) if found and found[0][1] is not None else None

    def resources(
        self, terms: Sequence[tuple[str, str]], *, base_url: str, order: str, offset: int, limit: int
    ) -> tuple[int, list[tuple[str, str]]]:
        """Return how many resources have all *terms*, and those of one page as name of the dataset and id.

        A term is a field and what must stand in it; of a hash the beginning must be the same. *order* is a field.
        """
        values: dict[str, Any] = {"base": base_url, "limit": limit, "offset": offset}
        values |= {f"term{number}": term for number, (_, term) in enumerate(terms)}
        where = " AND ".join(_condition(field, number) for number, (field, _) in enumerate(terms)) or "1"
        by = f"{order}, " if order in _FIELDS else ""
        matching = f"FROM ckan_resource WHERE {where}"  # fields that are known, and names of bound values
        counted = self._all(f"SELECT count(*) {matching}", values)
        page = self._all(
            f"SELECT dataset, id {matching} ORDER BY {by}dataset, position LIMIT :limit OFFSET :offset", values
        )
        return (counted[0][0] if counted else 0), [(str(dataset), str(id_)) for dataset, id_ in page]

    def tags(self, words: Sequence[str] = ()) -> list[str]:
        """Return the names of tags that hold all *words*, in any case, sorted."""
        where = " AND ".join(f"instr(lower(name), lower(:word{number}))" for number in range(len(words))) or "1"
        values = {f"word{number}": word for number, word in enumerate(words)}
        named = f"SELECT DISTINCT name FROM ckan_tag WHERE {where}"  # noqa: S608 - names of bound values alone
        return [str(name) for (name,) in self._all(named, values)]

    def tag(self, name_or_id: str) -> tuple[str, list[str]] | None:
        """Return the name of a tag and the names of its datasets, sorted; None where there is no such tag."""
        rows = self._all(
            "SELECT name, dataset FROM ckan_tag WHERE name = :key OR id = :key ORDER BY dataset", {"key": name_or_id}
        )
        return (str(rows[0][0]), [str(dataset) for _, dataset in rows]) if rows else None

    def _all(self, statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        bound = {name: _key(value) if isinstance(value, str) else value for name, value in values.items()}
        with closing(sqlite3.connect(self._address, uri=True)) as database:
            try:
                return database.execute(statement, bound).fetchall()
            except sqlite3.OperationalError:
                return []


def _condition(field: str, number: int) -> str:
    """Return what must hold of a field that is known; its name never comes from outside."""
    if field in EMPTY_FIELDS:
        return "0"
    term = f":term{number}"
    if field in EXACT_FIELDS:
        return f"{field} = {term}"
    if field == "hash":
        return f"substr(lower(hash), 1, length({term})) = lower({term})"
    return f"instr(lower({_OWN_URL if field == 'url' else field}), lower({term}))"


def _stored(value: Any) -> str | None:
    return None if value is None else str(value)


def _key(text: str) -> str:
    return text.encode(errors="replace").decode()
