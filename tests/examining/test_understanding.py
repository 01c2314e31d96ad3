"""A dataset that was understood has everything of a resource in one place."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_tables import MadeTable, understood

from portal.examining.understanding import UnderstoodDataset


def test_a_resource_stands_beside_its_entry_and_its_table(tmp_path: Path) -> None:
    """In the order of the descriptor; what could not be read has no table, and an unknown name is an error."""
    schema = {"fields": [{"name": "a", "type": "integer"}]}
    made = understood(tmp_path, {"one": MadeTable(b"a\n1\n", {}, schema), "two": MadeTable(b"a\n2\n", {}, {})})
    data = UnderstoodDataset.of(made.dataset, {"one": made.tables["one"]})
    assert [(item.resource.name, item.entry["path"], bool(item.table)) for item in data.resources] == [
        ("one", "one.csv", True),
        ("two", "two.csv", False),
    ]
    assert data["one"].entry["schema"] == schema
    assert list(data.tables) == ["one"]
    with pytest.raises(KeyError):
        data["three"]


def test_what_is_no_table_is_a_file_and_the_dataset_that_was_loaded_stays(tmp_path: Path) -> None:
    """The kind changes in the dataset that was understood alone, and in its resource alike."""
    made = understood(tmp_path, {"t": MadeTable(b"a\n1\n", {}, {})})
    data = UnderstoodDataset.of(made.dataset, demoted={"t"})
    assert (data["t"].resource.kind, data.dataset.resources[0].kind) == ("file", "file")
    assert made.dataset.resources[0].kind == "table"


def test_other_tables_take_the_place_of_those_of_their_names(tmp_path: Path) -> None:
    """Those that are not named stay."""
    made = understood(tmp_path, {"one": MadeTable(b"a\n1\n", {}, {}), "two": MadeTable(b"a\n2\n", {}, {})})
    changed = made.with_tables({"two": made.tables["one"]})
    assert changed.tables == {"one": made.tables["one"], "two": made.tables["one"]}
