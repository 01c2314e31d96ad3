"""Columns for sorting and facets of the search (date, title, quality, use), a line of JSON for each dataset.

By these values lists are narrowed and sorted (`facets.py`); in a release they are ``columns.ndjson``.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.publishing.search.search_documents import FACETS, SearchDocument


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of equal length: a place for each document, in the order of writing.

    *days* are numbers such as 20260131, 0 without a day; *titles* are folded for sorting; *facets* has a column for
    each of `FACETS`, and equal values in it are one object: 30,000 entries of real portals take 11 MB. *uses* are -1
    where nobody counts.
    """

    names: Sequence[str]
    days: Sequence[int]
    titles: Sequence[str]
    quality: Sequence[int]
    facets: Mapping[str, Sequence[tuple[str, ...]]]
    uses: Sequence[int]


def column_line(row: list[Any]) -> str:
    """Return the line of one document, by its values, with the end of the line."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"


def read_columns(path: Path) -> Columns:
    """Read the lines that `column_line` made."""
    with path.open(encoding="utf-8") as lines:
        return gathered(map(json.loads, lines))


def columns_of(documents: Iterable[SearchDocument]) -> Columns:
    """Return the columns of *documents* as they would be read from a file."""
    return gathered(map(row_of, documents))


def row_of(document: SearchDocument) -> list[Any]:
    """Return the values of one document, as they stand in its line."""
    day = int(document.updated.replace("-", "") or 0)
    facets = [document.facets[facet] for facet in FACETS]
    return [document.name, day, document.sort_title.casefold(), document.quality, *facets, document.uses]


def gathered(rows: Iterable[list[Any]]) -> Columns:
    """Return the columns of such rows."""
    names: list[str] = []
    days = array("l")
    titles: list[str] = []
    quality = array("l")
    uses = array("l")
    facets: dict[str, list[tuple[str, ...]]] = {facet: [] for facet in FACETS}
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name, day, title, points, *rest in rows:
        names.append(name)
        days.append(day)
        titles.append(title)
        quality.append(points)
        # A release of an earlier version has no counts.
        uses.append(rest.pop() if len(rest) > len(FACETS) else -1)
        for facet, values in zip(FACETS, map(tuple, rest), strict=True):
            facets[facet].append(shared.setdefault(values, values))
    return Columns(names, days, titles, quality, facets, uses)
