"""The format of dates and times in published schemas: what readers of either version of Table Schema take."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from frictionless import Package
from published import publish

Write = Callable[..., Path]


def published_format(write_dataset: Write, folder: Path, cells: list[str], field: str = "type: datetime") -> str:
    """Publish a table with one column *t*; return the format that its schema has; Frictionless must find it valid."""
    schema = f"{{fields: [{{name: t, {field}}}, {{name: n}}]}}"
    table = "\n".join(["t,n", *(f"{cell},1" for cell in cells), ""])
    root = write_dataset(f"name: made\nresources: [{{name: t, path: t.csv, schema: {schema}}}]\n", t__csv=table)
    (resource,) = publish(root, folder).resources
    assert Package(str(folder / "data" / "made" / "datapackage.json")).validate().valid
    return str(resource.table_schema["fields"][0].get("format", "default"))


@pytest.mark.parametrize(
    ("cells", "format_"),
    [
        (["2026-01-02T03:04:05", "", "2026-12-31T00:00:00"], "%Y-%m-%dT%H:%M:%S"),
        (["2026-01-02T03:04:05.250000", "2026-01-02T03:04:05.5"], "%Y-%m-%dT%H:%M:%S.%f"),
        (["2026-01-02T03:04:05", "2026-01-02T03:04:05.5"], "any"),
        (["2026-01-02T03:04:05Z"], "any"),
        (["2026-01-02T03:04:05+08:00", "2026-01-02T03:04:05"], "any"),
        ([""], "%Y-%m-%dT%H:%M:%S"),
    ],
)
def test_moments_name_their_format(write_dataset: Write, tmp_path: Path, cells: list[str], format_: str) -> None:
    """In version 1 a datetime without a format ends in Z; so each column names the format of its cells."""
    assert published_format(write_dataset, tmp_path, cells) == format_


def test_the_format_reads_every_cell(write_dataset: Write, tmp_path: Path) -> None:
    """What a reader of version 1 does with the format gives the moments that were published."""
    moments = ["2026-01-02T03:04:05", "1969-07-20T20:17:40"]
    format_ = published_format(write_dataset, tmp_path, moments)
    lines = (tmp_path / "data" / "made" / "t.csv").read_text(encoding="utf-8").splitlines()[1:]
    read = [datetime.strptime(line.partition(",")[0], format_) for line in lines]
    assert read == [datetime.fromisoformat(moment) for moment in moments]


@pytest.mark.parametrize(
    ("bound", "format_"), [("2020-01-01T00:00:00", "%Y-%m-%dT%H:%M:%S"), ("2020-01-01T00:00:00.5", "any")]
)
def test_bounds_are_read_by_the_format_of_the_cells(
    write_dataset: Write, tmp_path: Path, bound: str, format_: str
) -> None:
    """A minimum that the format does not read leaves the format open, for it is read as a cell is."""
    field = f"type: datetime, constraints: {{minimum: '{bound}'}}"
    assert published_format(write_dataset, tmp_path, ["2026-01-02T03:04:05"], field) == format_


@pytest.mark.parametrize(
    ("field", "cell", "format_"),
    [
        ("type: date", "2026-01-02", "default"),
        ("type: time", "03:04:05", "default"),
        ("type: time", "03:04:05.5", "any"),
        ("type: datetime, format: '%d/%m/%Y %H:%M'", "31/12/2025 08:30", "%d/%m/%Y %H:%M"),
    ],
)
def test_what_both_versions_read_stays(
    write_dataset: Write, tmp_path: Path, field: str, cell: str, format_: str
) -> None:
    """Days, whole times and what has a format of its own are the same in both versions."""
    assert published_format(write_dataset, tmp_path, [cell], field) == format_
