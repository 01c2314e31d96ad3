"""JSON in cells is bounded in depth before Frictionless parses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from portal.examining.examined_dataset import Rules, examine_dataset
from portal.examining.reading.descriptors.catalog_folder import load_catalog
from portal.examining.validation.cells import checked_cells
from portal.settings import load_settings

Write = Callable[..., Path]


def codes(root: Path) -> list[tuple[str, int | None, int | None]]:
    """Return code, row and column of what an examination of the values of the one dataset in *root* finds."""
    dataset = load_catalog(load_settings(root))[0].datasets[0]
    work_dir = root.parent / "work"
    found = examine_dataset(dataset, work_dir, Rules(questions=("validation",))).findings
    return [(item.code, item.row, item.column) for item in found if item.code != "crs-missing"]


def described(type_: str) -> str:
    """A table whose second column holds JSON of a type."""
    fields = f"[{{name: n, type: integer}}, {{name: a, type: {type_}}}]"
    return f"name: made\nresources: [{{name: table, path: table.csv, schema: {{fields: {fields}}}}}]\n"


@pytest.mark.parametrize("is_small", [True, False])
@pytest.mark.parametrize(
    ("type_", "opening", "closing"),
    [("array", "[", "]"), ("object", '{"a":', "}"), ("geojson", '{"a":', "}"), ("geopoint, format: array", "[", "]")],
)
def test_a_cell_that_is_nested_too_deeply_is_told(
    write_dataset: Write, monkeypatch: pytest.MonkeyPatch, type_: str, opening: str, closing: str, is_small: bool
) -> None:
    """It is one error at its place, however deep it is, and no parser is asked for another; small and large tables."""
    monkeypatch.setattr(checked_cells, "SMALL_BYTES_MAX", 1_000_000 if is_small else 0)
    cells = [opening * levels + "1" + closing * levels for levels in (65, 5000)]
    rows = "".join(f'{number},"{cell.replace(chr(34), chr(34) * 2)}"\n' for number, cell in enumerate(cells))
    root = write_dataset(described(type_), table__csv=f"n,a\n{rows}")
    assert codes(root) == [("json-too-deep", 2, 2), ("json-too-deep", 3, 2)]


def test_a_cell_within_the_bound_is_read(write_dataset: Write) -> None:
    """64 levels are values of their type, and brackets in strings are none."""
    cells = ["[" * 64 + "]" * 64, '["' + "[" * 100 + '"]']
    rows = "".join(f'{number},"{cell.replace(chr(34), chr(34) * 2)}"\n' for number, cell in enumerate(cells))
    assert codes(write_dataset(described("array"), table__csv=f"n,a\n{rows}")) == []


def test_brackets_in_text_are_no_json(write_dataset: Write) -> None:
    """A column of text may hold any number of them."""
    assert codes(write_dataset(described("string"), table__csv=f"n,a\n1,{'[' * 100}\n")) == []
