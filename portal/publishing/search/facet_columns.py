"""Columns for sorting and facets of the search (date, title, quality), a line of JSON for each dataset.

By these values lists are narrowed and sorted.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.publishing.search.search_documents import FACETS, SearchDocument


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of equal length: a place for each document, in the order of writing.

    *days* are numbers such as 20260131, 0 without a day; *titles* are folded for sorting; *facets* has a column for
    each of `FACETS`, and equal values in it are one object: 30,000 entries of real portals take 11 MB.
    """

    names: Sequence[str]
    days: Sequence[int]
    titles: Sequence[str]
    quality: Sequence[int]
    facets: Mapping[str, Sequence[tuple[str, ...]]]


def column_line(document: SearchDocument) -> str:
    """Return the line of one document, with the end of the line."""
    day = int(document.updated.replace("-", "") or 0)
    facets = [document.facets[facet] for facet in FACETS]
    line = [document.name, day, document.sort_title.casefold(), document.quality, *facets]
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"


def read_columns(path: Path) -> Columns:
    """Read the lines that `column_line` made."""
    names: list[str] = []
    days = array("l")
    titles: list[str] = []
    quality = array("l")
    facets: dict[str, list[tuple[str, ...]]] = {facet: [] for facet in FACETS}
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            name, day, title, points, *rest = json.loads(line)
            names.append(name)
            days.append(day)
            titles.append(title)
            quality.append(points)
            for facet, values in zip(FACETS, map(tuple, rest), strict=True):
                facets[facet].append(shared.setdefault(values, values))
    return Columns(names, days, titles, quality, facets)
