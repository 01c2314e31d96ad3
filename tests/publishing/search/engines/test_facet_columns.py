"""The values to sort and count by are read as they were written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from portal.model.text import LocalText
from portal.publishing.search.engines.facet_columns import Columns, ColumnsWriter, read_columns
from portal.publishing.search.search_documents import FACETS, SearchDocument


def document(name: str, updated: str, title: str, quality: int, **values: tuple[str, ...]) -> SearchDocument:
    """Return a document with facets; those not named have no value."""
    facets = {facet: values.get(facet, ()) for facet in FACETS}
    return SearchDocument(name, title, "", facets, updated, title, quality)


def written(documents: list[SearchDocument], folder: Path) -> Columns:
    """Return the columns of *documents* as they are read from files."""
    writer = ColumnsWriter()
    for item in documents:
        writer.add(item)
    writer.write(folder)
    return read_columns(folder)


DOCUMENTS = [
    document("b", "2026-01-31", "水质 PM", 205, theme=("water", "环境"), publisher=("bureau",)),
    document("c", "2026-01-31", "air", 405, theme=("环境",), publisher=("bureau\r",)),
    replace(document("a", "", "STRASSE\n\u2028\x85Straße", 0, publisher=("bureau\r",)), is_superseded=True),
]


def test_columns_hold_every_value_in_order(tmp_path: Path) -> None:
    """Each facet has a column of sets of values, also for values that end lines elsewhere."""
    columns = written(DOCUMENTS, tmp_path / "columns")
    values = {
        facet: [tuple(told.values[place] for place in told.sets[code]) for code in columns.codes[facet].tolist()]
        for facet, told in columns.facets.items()
    }
    assert values == {facet: [item.facets[facet] for item in DOCUMENTS] for facet in FACETS}
    assert columns.named(range(3)) == ["b", "c", "a"]
    assert (columns.size, columns.superseded_from, columns.is_counted) == (3, 2, False)
    assert {order: numbers.tolist() for order, numbers in columns.orders.items()} == {
        "updated": [0, 1, 2],
        "title": [1, 2, 0],
        "quality": [1, 0, 2],
        "used": [0, 1, 2],
    }


def test_what_is_open_fresh_and_well_described_is_raised(tmp_path: Path) -> None:
    """Quality, freshness beside the latest of all, openness and use raise a little each, and never by a third."""
    plain = document("a", "2020-01-01", "t", 0)
    best = replace(plain, name="b", updated="2026-01-01", quality=405, uses=10**9, is_open=True)
    columns = written([plain, replace(plain, updated="2025-01-01"), best], tmp_path / "columns")
    assert columns.raised.tolist() == [100, 108, 130]


@pytest.mark.parametrize(
    ("text", "meant"),
    [("transport", ["transport"]), ("市交通局", ["transport"]), ("交通", ["transport", "police"]), ("水务", [])],
)
def test_values_are_meant_by_id_by_title_and_by_a_part_of_it(tmp_path: Path, text: str, meant: list[str]) -> None:
    """What names a value exactly means it alone; a part of titles means all that have it."""
    titles = {"transport": "市交通局", "police": "公安局交通支队"}
    items = [
        replace(
            document(id_, "2026-01-01", "t", 0, publisher=(id_,)),
            labels={"publisher": {id_: LocalText(title, "")}},
        )
        for id_, title in titles.items()
    ]
    found = written(items, tmp_path / "columns").facets["publisher"].meant(text)
    assert sorted(found) == sorted(meant)


def test_equal_documents_give_equal_files(tmp_path: Path) -> None:
    """Nothing but the documents shows in the files."""
    for name in "ab":
        written(DOCUMENTS, tmp_path / name)
    some, others = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "ab")
    assert some == others


@pytest.mark.parametrize("name", ["codes.npy", "orders.npy", "names", "names.npy", "values.json"])
def test_columns_that_are_cut_are_refused(tmp_path: Path, name: str) -> None:
    """A file that is shorter than it was is no columns, whichever it is."""
    written(DOCUMENTS, tmp_path / "columns")
    path = tmp_path / "columns" / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ValueError, match=r"\S"):
        read_columns(tmp_path / "columns")


def test_an_array_of_objects_is_never_unpickled(tmp_path: Path) -> None:
    """A file of numpy that would run a program when it is read is refused."""
    written(DOCUMENTS, tmp_path / "columns")
    np.save(tmp_path / "columns" / "raised.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="no array of numbers"):
        read_columns(tmp_path / "columns")
