"""Keys of tables beyond Frictionless: a primary key of several fields with a part missing, repeated ``uniqueKeys``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from frictionless import Row

Key = tuple[str, ...]
_ALL_MISSING = 'are all "None"'


class RepeatedKeys:
    """The keys of ``uniqueKeys`` seen so far."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._seen: dict[Key, dict[tuple[Any, ...], int]] = {key: {} for key in keys}

    def __call__(self, row: Row) -> Iterator[tuple[int, Key, int]]:
        """Yield the keys that an earlier row had: row number, fields, earlier row. A missing value makes no key."""
        for key, seen in self._seen.items():
            values = tuple(row.get(name) for name in key)
            if None not in values:
                if values in seen:
                    yield row.row_number, key, seen[values]
                seen[values] = row.row_number


def optional_key(primary_key: Key, required: Collection[str]) -> Key:
    """Return the fields of a primary key of several that are not *required* by themselves, which tells of them."""
    return tuple(name for name in primary_key if name not in required) if len(primary_key) > 1 else ()


def incomplete_key(row: Row, fields: Key) -> Iterator[tuple[int, Key]]:
    """Yield the row and those of the *fields* of its key that are empty, where not all the row is."""
    if not fields or any(error.type == "blank-row" for error in row.errors):
        return
    if any(error.type == "primary-key" and error.note.endswith(_ALL_MISSING) for error in row.errors):
        return
    if missing := tuple(name for name in fields if row.blank_cells.get(name) is not None):
        yield row.row_number, missing


def declared_optional_key(schema: Mapping[str, Any]) -> Key:
    """Return the same as `Frame.optional_key` by what a schema declares, as far as that is well formed.

    >>> declared_optional_key({"primaryKey": ["a", "b"], "fields": [{"name": "a", "constraints": {"required": True}}]})
    ('b',)
    """
    declared, fields = schema.get("primaryKey"), schema.get("fields")
    if not isinstance(declared, list) or not all(isinstance(name, str) for name in declared):
        return ()
    known = [item for item in fields if isinstance(item, Mapping)] if isinstance(fields, list) else []
    required = {
        str(item.get("name"))
        for item in known
        if isinstance(item.get("constraints"), Mapping) and item["constraints"].get("required")
    }
    return optional_key(tuple(declared), required)


def unique_keys(schema: Mapping[str, Any]) -> tuple[Key, ...]:
    """Return the keys that ``uniqueKeys`` of a schema declares, as far as they are well formed.

    >>> unique_keys({"uniqueKeys": [["a", "b"], "c", 7]})
    (('a', 'b'), ('c',))
    """
    declared = schema.get("uniqueKeys")
    keys = [[key] if isinstance(key, str) else key for key in declared] if isinstance(declared, list) else []
    return tuple(
        tuple(key) for key in keys if isinstance(key, list) and key and all(isinstance(name, str) for name in key)
    )
