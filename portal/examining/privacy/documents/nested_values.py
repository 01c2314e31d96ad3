"""Nested records (JSON, Parquet structs, lists of objects) as rows and columns, named by their paths: 人员.姓名.

A name three levels deep is a name. Objects in an object become columns ``outer.inner``; a list of objects becomes a
table of its own, and its values stand together in one cell of the record that holds it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from portal.examining.privacy.documents.text_found import TOO_MUCH, InnerTable, NotRead

JSON_BYTES_MAX = 32 * 1024**2
"""A larger JSON document is looked at as text, and its nested tables are not."""
PATHS_MAX = 500
"""Columns that records are made into; further paths are read as text only."""
ITEMS_JOINED_MAX = 50
"""Items of a list inside a record that stand together in one cell."""
LEVELS_MAX = 30
"""Lists and objects are followed so deep."""
LISTS_MAX = 2_000
"""Lists and objects of a document that are looked at as tables."""
JOINT = " | "
NUMBERS_OF_PLACES = frozenset(["coordinates", "bbox", "arcs"])
"""Keys of GeoJSON and its kin under which nothing stands but numbers of places."""
_HEADERS = ("columns", "fields", "header", "headers", "heads", "titles")
_ROWS = ("data", "rows", "values", "records")


def flat(record: Mapping[Any, Any], prefix: str = "", *, level: int = 0) -> dict[str, str]:
    """Return the values of a record as text, by their paths.

    >>> flat({"编号": 1, "人员": {"姓名": "张某", "电话": ["1", "2"]}})
    {'编号': '1', '人员.姓名': '张某', '人员.电话': '1 | 2'}
    """
    cells: dict[str, str] = {}
    for key, value in record.items():
        if key in NUMBERS_OF_PLACES:
            continue
        for path, text in _leaves(value, f"{prefix}.{key}" if prefix else str(key), level):
            cells[path] = f"{cells[path]}{JOINT}{text}" if path in cells else text
    return cells


def _leaves(value: Any, path: str, level: int) -> Iterator[tuple[str, str]]:
    if level > LEVELS_MAX:
        return
    if isinstance(value, Mapping):
        yield from flat(value, path, level=level + 1).items()
    elif isinstance(value, list | tuple):
        for item in islice(value, ITEMS_JOINED_MAX):
            yield from _leaves(item, path, level + 1)
    elif value is not None and not isinstance(value, bool | bytes):
        yield path, str(value)


class FlatRows:
    """Records as rows of text, made anew at every pass: the header first, then each record."""

    def __init__(self, records: Iterable[Mapping[Any, Any]], labels: Sequence[str]) -> None:
        self._records = records
        self._labels = labels

    def __iter__(self) -> Iterator[tuple[int, Sequence[str]]]:
        for number, record in enumerate(self._records, start=1):
            cells = flat(record)
            yield number, [cells.get(label, "") for label in self._labels]


def labels_of(records: Iterable[Mapping[Any, Any]]) -> tuple[str, ...]:
    """Return the paths of all records, in the order in which they are first met."""
    labels: dict[str, None] = {}
    for record in records:
        labels.update(dict.fromkeys(flat(record)))
        if len(labels) > PATHS_MAX:
            break
    return tuple(labels)[:PATHS_MAX]


def table_of(records: Iterable[Mapping[Any, Any]], place: str, part: str = "") -> InnerTable:
    """Return records as a table; *records* can be gone through again and again."""
    labels = labels_of(records)
    return InnerTable(FlatRows(records, labels), place, labels, is_judged=True, part=part)


def json_tables(data: str, place: str) -> Iterator[InnerTable | NotRead]:
    """Yield the tables of a JSON document, or of one that has a document on each line; nothing where it is none."""
    if len(data) > JSON_BYTES_MAX:
        yield NotRead(TOO_MUCH, is_part=True, place=place)
        return
    try:
        document = json.loads(data.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        document = _documents(data)
    if isinstance(document, dict | list):
        yield from tables_in(document, place)


def _documents(data: str) -> list[Any]:
    found = []
    for line in data.split("\n"):
        if line.strip():
            try:
                found.append(json.loads(line))
            except (ValueError, RecursionError):
                continue
    return found


def tables_in(document: Any, place: str) -> Iterator[InnerTable]:
    """Yield every table in what a JSON document holds: lists of objects and of lists, columns, single records."""
    waiting: list[tuple[str, Any, int]] = [("", document, 0)]
    taken = 0
    while waiting and taken < LISTS_MAX:
        path, node, level = waiting.pop()
        taken += 1
        if isinstance(node, Mapping):
            yield from _tables_of_object(node, place, path)
            below = [(f"{path}.{key}".lstrip("."), node[key]) for key in node if key not in NUMBERS_OF_PLACES]
        elif isinstance(node, list):
            records = [item for item in node if isinstance(item, Mapping)]
            if records:
                yield table_of(records, place, path)
            rows = [(number, [_plain(cell) for cell in item]) for number, item in enumerate(node, 1) if _is_row(item)]
            if len(rows) > 1:
                yield InnerTable(rows, place, is_judged=True, part=path)
            below = list(_inner_lists(records, path))
        else:
            continue
        if level < LEVELS_MAX:
            waiting += [(name, item, level + 1) for name, item in below if isinstance(item, Mapping | list)]


def _tables_of_object(node: Mapping[Any, Any], place: str, path: str) -> Iterator[InnerTable]:
    columns = {str(key): value for key, value in node.items() if _is_row(value)}
    lengths = {len(value) for value in columns.values()}
    if len(columns) > 1 and len(lengths) == 1:
        rows = [(number, [_plain(cell) for cell in row]) for number, row in enumerate(zip(*columns.values()), 1)]  # noqa: B905
        yield InnerTable(rows, place, tuple(columns), is_judged=True, part=path)
    header = next((node[key] for key in _HEADERS if _is_row(node.get(key))), None)
    listed = next((node[key] for key in _ROWS if isinstance(node.get(key), list)), None)
    if header and listed:
        lists = [(number, [_plain(cell) for cell in item]) for number, item in enumerate(listed, 1) if _is_row(item)]
        if lists:
            yield InnerTable(lists, place, tuple(map(str, header)), is_judged=True, part=path)
    records = [item for item in node.values() if isinstance(item, Mapping)]
    if len(records) > 1 and set.intersection(*(set(map(str, item)) for item in records)):
        yield table_of(records, place, path)
    single = {key: value for key, value in node.items() if not isinstance(value, list)}
    if len(single) > 1:
        yield table_of([single], place, path)


def _inner_lists(records: Sequence[Mapping[Any, Any]], path: str) -> Iterator[tuple[str, Any]]:
    """Yield the lists that stand under each path of *records*, those of all records together."""
    gathered: dict[str, list[Any]] = {}

    def gather(value: Any, name: str, level: int) -> None:
        if isinstance(value, list):
            if len(gathered) < PATHS_MAX or name in gathered:
                gathered.setdefault(name, []).extend(value)
        elif isinstance(value, Mapping) and level < LEVELS_MAX:
            for key, item in value.items():
                if key not in NUMBERS_OF_PLACES:
                    gather(item, f"{name}.{key}".lstrip("."), level + 1)

    for record in records:
        gather(record, path, 0)
    for name, items in gathered.items():
        if any(isinstance(item, Mapping | list) for item in items):
            yield name, items


def _is_row(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 0 and not any(isinstance(item, Mapping | list) for item in value)


def _plain(value: Any) -> str:
    return "" if value is None or isinstance(value, bool) else str(value)
