"""Datasets that can be joined: by a column that refers to another dataset's table, a national code, one code list.

A column leads to another dataset where

1. its field says so: ``reference: {dataset: …, resource: …, fields: …}``, as a foreign key does within a dataset;
2. it holds unified social credit codes (GB 32100) or division codes (GB/T 2260), as ``codeFormat`` or its name says:
   to the datasets that list them, each once; where none does, to the others that have them;
3. it has the same list of allowed values (``enum``, three or more) under the same name: to the others that have it.

Only what is given out counts, and nothing is guessed from values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.site.code_names import is_division

ENUM_MIN = 3
"""Fewer allowed values (yes and no, urban and rural) are no list that tables are joined by."""

Kind = Literal["refers", "referred", "code", "list"]
_CREDIT_CODE = re.compile(r"统一社会信用代码|(^|_)uscc($|_)", re.IGNORECASE)


@dataclass(frozen=True)
class Connection:
    """A column by which a dataset is joined with others, which are in the order of names.

    *kind* says how: it refers to the others, is referred to by them, has the same national code or the same list.
    """

    column: str
    kind: Kind
    others: tuple[PublishedDataset, ...]


@dataclass(frozen=True)
class _Use:
    """A column of a dataset; with *is_home* its table lists what the codes stand for, each once."""

    dataset: str
    column: str
    is_home: bool


class Connections:
    """Which datasets of a release can be joined, and by what."""

    def __init__(self, datasets: Sequence[PublishedDataset]) -> None:
        self._datasets = {item.dataset.name: item for item in datasets}
        self._uses: dict[str, list[_Use]] = {}
        self._own: dict[str, list[tuple[str, _Use]]] = {}
        self._references: dict[str, dict[str, list[str]]] = {}
        self._referred: dict[str, dict[str, list[str]]] = {}
        for item in datasets:
            for table in item.resources:
                self._take(item, table)

    def of(self, name: str) -> Iterator[Connection]:
        """Yield how the dataset *name* is joined with others: what it refers to first, a column once for each way."""
        for column, names in self._references.get(name, {}).items():
            yield Connection(column, "refers", self._named(names))
        for column, names in self._referred.get(name, {}).items():
            yield Connection(column, "referred", self._named(names))
        told: set[str] = set()
        by_code = {use.column for key, use in self._own.get(name, ()) if not key.startswith("list ")}
        for key, use in self._own.get(name, ()):
            if key in told or (key.startswith("list ") and use.column in by_code):
                continue
            told.add(key)
            others = [other for other in self._uses[key] if other.dataset != name]
            homes = [other for other in others if other.is_home]
            is_list = key.startswith("list ")
            chosen = others if is_list or use.is_home or not homes else homes
            if chosen:
                yield Connection(
                    use.column, "list" if is_list else "code", self._named([one.dataset for one in chosen])
                )

    def _named(self, names: Sequence[str]) -> tuple[PublishedDataset, ...]:
        return tuple(self._datasets[name] for name in sorted(set(names)))

    def _take(self, item: PublishedDataset, table: PublishedResource) -> None:
        name = item.dataset.name
        if not table.table_file:
            return
        keys = _listed(table.table_schema.get("primaryKey"))
        for field in table.table_schema["fields"]:
            column = str(field["name"])
            target = self._target(field, name)
            if target:
                self._references.setdefault(name, {}).setdefault(column, []).append(target)
                self._referred.setdefault(target, {}).setdefault(column, []).append(name)
            for key in _keys_of(field):
                constraints = field.get("constraints")
                is_unique = isinstance(constraints, Mapping) and constraints.get("unique") is True
                use = _Use(name, column, is_home=keys == [column] or is_unique)
                self._uses.setdefault(key, []).append(use)
                self._own.setdefault(name, []).append((key, use))

    def _target(self, field: Mapping[str, Any], name: str) -> str:
        stated = field.get("reference")
        target = str(stated.get("dataset") or "") if isinstance(stated, Mapping) else ""
        return target if target in self._datasets and target != name else ""


def _keys_of(field: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a column can be joined by: a national code, a list of values."""
    called = (str(field.get("name") or ""), str(field.get("title") or ""))
    is_text = field.get("type") in ("string", "any")
    if is_text and (field.get("codeFormat") == "uscc" or any(_CREDIT_CODE.search(title) for title in called)):
        yield "uscc"
    elif is_division(field):
        yield "division"
    constraints = field.get("constraints")
    values = constraints.get("enum") if isinstance(constraints, Mapping) else None
    if isinstance(values, list) and len(values) >= ENUM_MIN:
        yield f"list {called[0]} {json.dumps(sorted(map(str, values)), ensure_ascii=False)}"


def _listed(names: Any) -> list[str]:
    return [names] if isinstance(names, str) else list(names or ())
