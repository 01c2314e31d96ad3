"""What codes in a table are called: by the table that a foreign key leads to, by the portal's list of divisions.

A column with a foreign key of one column, or with a ``reference`` to a table of another dataset, is shown with the
names in the table that it leads to; a column of division codes (区划代码) with those of ``places`` in catalog.yaml and
of GB/T 2260.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from portal.examining.profiling.titles import hints_of
from portal.model.portal import Portal
from portal.model.text import LocalText
from portal.publishing.formats.places import place_name
from portal.publishing.publication import PublishedDataset
from portal.publishing.rows.store_plan import TableSource, sources_of
from portal.publishing.search.named_rows.name_columns import name_columns
from portal.publishing.site.cells_in_words import WHOLE_CHARACTERS_MAX

LOOKED_UP_ROWS_MAX = 5_000
"""A table of more rows is no list of codes: its names are not held in memory, and its codes are shown as they are."""

_ANY_LENGTH = 2**31 - 1
Names = Mapping[str, LocalText]
"""Names by codes."""
_DIVISION = re.compile(r"(区县|行政区|所属区|所在区)代?码")


class CodeNames:
    """The names of codes in the tables of a release, read from the published CSV below *site_dir*."""

    def __init__(self, site_dir: Path, portal: Portal, find: Callable[[str], PublishedDataset | None]) -> None:
        """Take what finds the datasets of the release by their names."""
        self._site_dir = site_dir
        self._find = find
        self._places = _Places(portal)
        self._dataset = ""
        self._found: Mapping[tuple[str, str], Names] = {}

    def of(self, published: PublishedDataset) -> Mapping[tuple[str, str], Names]:
        """Return the names for each column of codes, by its resource and its own name; the last answer is kept."""
        if self._dataset != published.dataset.name:
            self._found = {**dict(_names(published, self._site_dir, self._places)), **dict(self._elsewhere(published))}
            self._dataset = published.dataset.name
        return self._found

    def _elsewhere(self, published: PublishedDataset) -> Iterator[tuple[tuple[str, str], Names]]:
        """Yield the names of those columns whose codes are listed in another dataset."""
        for item in published.resources:
            for field in item.table_schema.get("fields") or ():
                stated = field.get("reference")
                if not isinstance(stated, Mapping) or not item.table_file:
                    continue
                other = self._find(str(stated.get("dataset")))
                for source in sources_of(other, self._site_dir) if other else ():
                    if (
                        source.resource == stated.get("resource")
                        and _rows_of(other, source.resource) <= LOOKED_UP_ROWS_MAX
                    ):
                        found = _looked_up(source, _only(stated.get("fields")))
                        if found:
                            yield (item.resource.name, str(field["name"])), found


def _rows_of(published: PublishedDataset | None, resource: str) -> int:
    found = (item.profile for item in published.resources if item.resource.name == resource) if published else ()
    return next((profile.rows for profile in found if profile), 0)


def _only(names: Any) -> str:
    return str(names[0] if isinstance(names, list) and len(names) == 1 else names)


class _Places(Mapping[str, LocalText]):
    """The names of divisions by their codes: what the portal calls them, else what the standard does."""

    def __init__(self, portal: Portal) -> None:
        self._own = dict(portal.places)

    def __getitem__(self, code: str) -> LocalText:
        name = self._own.get(code) or place_name(code)
        if not name:
            raise KeyError(code)
        return name

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


def is_division(field: Mapping[str, Any]) -> bool:
    """Whether a column holds division codes, by its name or title.

    >>> is_division({"name": "区划代码", "type": "string"}), is_division({"name": "区县", "type": "string"})
    (True, False)
    """
    titles = (str(field.get("name") or ""), str(field.get("title") or ""))
    if field.get("type") not in ("string", "any", "integer"):
        return False
    return field.get("codeFormat") == "division-code" or any(
        hints_of(title).is_division or _DIVISION.search(title) for title in titles
    )


def _names(published: PublishedDataset, site_dir: Path, places: Names) -> Iterator[tuple[tuple[str, str], Names]]:
    rows = {item.resource.name: item.profile.rows for item in published.resources if item.profile}
    sources = {source.resource: source for source in sources_of(published, site_dir)}
    read: dict[tuple[str, str], Names] = {}
    for source in sources.values():
        for number, field in enumerate(source.fields):
            name = str(field["name"])
            target = source.links.get(number)
            if target and target[0] in sources and rows.get(target[0], 0) <= LOOKED_UP_ROWS_MAX:
                if target not in read:
                    read[target] = _looked_up(sources[target[0]], target[1])
                if read[target]:
                    yield (source.resource, name), read[target]
            elif is_division(field):
                yield (source.resource, name), places


def _looked_up(source: TableSource, key: str) -> Names:
    """Return the names in a table by its column *key*; {} where nothing names its rows or a code stands twice."""
    columns = [str(field["name"]) for field in source.fields]
    if key not in columns:
        return {}
    # A geometry beside the names may be of any length; never made smaller again, since other threads may be reading.
    csv.field_size_limit(max(csv.field_size_limit(), _ANY_LENGTH))
    with source.csv.open(encoding="utf-8", newline="") as file:
        lines = islice(csv.reader(file), 1, LOOKED_UP_ROWS_MAX + 1)
        width = len(columns)
        rows = [[cell[:WHOLE_CHARACTERS_MAX] for cell in (row + [""] * width)[:width]] for row in lines]
    at = columns.index(key)
    named = [column.number for column in name_columns(source, rows) if not column.is_code and column.number != at]
    chinese = [number for number in named if not _is_english(source.fields[number])]
    if not chinese or len({row[at] for row in rows}) < len(rows):
        return {}
    english = _english(source.fields, rows, columns[chinese[0]])
    return {row[at]: LocalText(row[chinese[0]], row[english] if english is not None else "") for row in rows if row[at]}


def _english(fields: Sequence[Mapping[str, Any]], rows: Sequence[Sequence[str]], name: str) -> int | None:
    """Return the column with the English names beside the one called *name*."""
    for number, field in enumerate(fields):
        if _is_english(field) and str(field["name"]) != name and all(row[number].isascii() for row in rows):
            return number
    return None


def _is_english(field: Mapping[str, Any]) -> bool:
    called = f"{field.get('name') or ''} {field.get('title') or ''}".lower()
    return "英文" in called or "english" in called or "name_en" in called or "(en)" in called
