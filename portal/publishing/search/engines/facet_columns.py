"""Columns for sorting and facets of the search (date, title, quality, use) as arrays of numbers (numpy), mapped.

By these values lists are narrowed, counted and sorted (`facets.py`). Datasets often have the same values of a facet;
each set of values that occurs is a number, and a column holds such numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from portal.publishing.search.engine import Numbers
from portal.publishing.search.engines.mapped_arrays import mapped_array, write_array
from portal.publishing.search.engines.mapped_texts import MappedTexts, write_texts
from portal.publishing.search.engines.ranking import raised_per_cent
from portal.publishing.search.search_documents import FACETS, SearchDocument
from portal.publishing.search.tokeniser import fold

ORDERS = ("updated", "title", "quality", "used")
"""The orders that are kept; by relevance there is none."""


@dataclass(frozen=True)
class FacetValues:
    """The values of one facet: *sets* are those that occur together, by the numbers in a column."""

    values: tuple[str, ...]
    sets: tuple[tuple[int, ...], ...]
    titles: Mapping[str, tuple[str, ...]]
    """Folded titles of values."""

    @cached_property
    def names(self) -> NDArray[np.object_]:
        """The values as an array, of which many are taken at once."""
        return np.array(self.values, dtype=object)

    @cached_property
    def members(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The members of all sets one after the other, and of which set each is one."""
        sets = [number for number, members in enumerate(self.sets) for _ in members]
        return np.array([place for members in self.sets for place in members], np.int64), np.array(sets, np.int64)

    def numbers_of(self, values: Iterable[str]) -> NDArray[np.bool_]:
        """Tell for each set whether it has one of *values*."""
        known = {value: number for number, value in enumerate(self.values)}
        wanted = {known[value] for value in values if value in known}
        return np.fromiter((not wanted.isdisjoint(members) for members in self.sets), bool, len(self.sets))

    def meant(self, text: str) -> list[str]:
        """Return the values that folded *text* names: by id, else by title, else by a part of a title."""
        ids = [value for value in self.values if fold(value) == text]
        titles = [value for value in self.values if text in self.titles.get(value, ())]
        return ids or titles or [item for item in self.values if any(text in one for one in self.titles.get(item, ()))]


@dataclass(frozen=True)
class Columns:
    """Columns with a place for each document, by its number.

    *orders* are documents by each of `ORDERS`, *places* the places of documents in them; *raised* is as of
    `portal.publishing.search.engine.WordSource`; documents from *superseded_from* on are superseded.
    """

    size: int
    superseded_from: int
    is_counted: bool
    facets: Mapping[str, FacetValues]
    codes: Mapping[str, NDArray[np.int32]]
    orders: Mapping[str, NDArray[np.int32]]
    places: Mapping[str, NDArray[np.int32]]
    raised: NDArray[np.int16]
    names: MappedTexts

    def named(self, numbers: Sequence[int] | Numbers) -> list[str]:
        """Return the names of documents."""
        return [self.names[int(number)] for number in numbers]

    def close(self) -> None:
        """Let go of the files."""
        self.names.close()


class ColumnsWriter:
    """Gathers the columns of documents and writes them."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._keys: list[tuple[int, str, int, int]] = []
        """Day, folded title, quality and uses of each document."""
        self._for_raising: list[SearchDocument] = []
        """The documents without their texts."""
        self._current = 0
        self._sets: dict[str, dict[tuple[str, ...], int]] = {facet: {} for facet in FACETS}
        self._codes: dict[str, list[int]] = {facet: [] for facet in FACETS}
        self._labels: dict[str, dict[str, tuple[str, ...]]] = {facet: {} for facet in FACETS}

    def add(self, document: SearchDocument) -> None:
        """Note the columns of one document."""
        day = int(document.updated.replace("-", "") or 0)
        self._names.append(document.name)
        self._keys.append((day, document.sort_title.casefold(), document.quality, document.uses))
        self._for_raising.append(replace(document, title="", body="", keywords="", publisher="", columns="", labels={}))
        self._current += not document.is_superseded
        for facet in FACETS:
            sets = self._sets[facet]
            self._codes[facet].append(sets.setdefault(document.facets[facet], len(sets)))
        for facet, titles in document.labels.items():
            for value, title in titles.items():
                if value not in self._labels[facet]:
                    self._labels[facet][value] = tuple(dict.fromkeys(filter(None, map(fold, (title.zh, title.en)))))

    def write(self, folder: Path) -> None:
        """Write the columns into the new folder *folder*; equal ones give equal files."""
        folder.mkdir()
        known = {
            "size": len(self._names),
            "superseded_from": self._current,
            "is_counted": any(uses >= 0 for *_, uses in self._keys),
            "facets": {facet: _told(self._sets[facet], self._labels[facet]) for facet in FACETS},
        }
        text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
        (folder / "values.json").write_text(text, encoding="utf-8")
        write_array(np.array([self._codes[facet] for facet in FACETS], np.int32), folder / "codes.npy")
        orders = np.array([_order(self._names, self._keys, order) for order in ORDERS], np.int32)
        places = np.empty_like(orders)
        np.put_along_axis(places, orders, np.arange(len(self._names), dtype=np.int32)[None, :], axis=1)
        write_array(orders, folder / "orders.npy")
        write_array(places, folder / "places.npy")
        newest = max((day // 10_000 for day, *_ in self._keys), default=0)
        raised = [raised_per_cent(document, newest) for document in self._for_raising]
        write_array(np.array(raised, np.int16), folder / "raised.npy")
        write_texts(self._names, folder / "names")


def read_columns(folder: Path) -> Columns:
    """Open the columns in *folder*. Raises ValueError or OSError where there are none, or not all of them."""
    known: dict[str, Any] = json.loads((folder / "values.json").read_text(encoding="utf-8"))
    size = known["size"]
    codes, orders, places, raised = (mapped_array(folder / f"{name}.npy") for name in _ARRAYS)
    names = MappedTexts(folder / "names")
    shapes = [codes.shape, orders.shape, places.shape, raised.shape, (len(names),)]
    if shapes != [(len(FACETS), size), (len(ORDERS), size), (len(ORDERS), size), (size,), (size,)]:
        raise ValueError(f"The columns in {folder} do not belong together")
    facets = {
        facet: FacetValues(
            tuple(told["values"]),
            tuple(map(tuple, told["sets"])),
            {value: tuple(titles) for value, titles in told["titles"].items()},
        )
        for facet, told in known["facets"].items()
    }
    return Columns(
        size=size,
        superseded_from=known["superseded_from"],
        is_counted=known["is_counted"],
        facets=facets,
        codes=dict(zip(FACETS, codes, strict=True)),
        orders=dict(zip(ORDERS, orders, strict=True)),
        places=dict(zip(ORDERS, places, strict=True)),
        raised=raised,
        names=names,
    )


def _told(sets: Iterable[tuple[str, ...]], titles: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Return what there is to tell of a facet: its values sorted, *sets* of them by their places, and their titles."""
    values = sorted({value for members in sets for value in members})
    places = {value: place for place, value in enumerate(values)}
    return {
        "values": values,
        "sets": [[places[value] for value in members] for members in sets],
        "titles": {value: titles[value] for value in values if value in titles},
    }


_ARRAYS = ("codes", "orders", "places", "raised")


def _order(names: Sequence[str], keys: Sequence[tuple[int, str, int, int]], order: str) -> list[int]:
    """Return all documents by *order*; equals by day, then by name.

    ``updated`` has the newest first and those without a day last, ``title`` goes by the folded titles, ``quality`` has
    the best described first, ``used`` what most people looked at.
    """
    newest = sorted(range(len(names)), key=lambda number: (-keys[number][0], names[number]))
    if order == "title":
        return sorted(range(len(names)), key=lambda number: (keys[number][1], names[number]))
    column = {"quality": 2, "used": 3}.get(order)
    return newest if column is None else sorted(newest, key=lambda number: -int(keys[number][column]))
