"""Stores of rows in a release: what is open has one, to the letter of the published CSV; what is not has none."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from support import build_folder

from portal.publishing.release import Release
from portal.publishing.rows.row_query import RowQuery
from portal.publishing.rows.row_stores import RowStores
from portal.publishing.rows.typed_cells import cell_writer


def test_open_tables_alone_are_stored(tiny_release: Path) -> None:
    """Each open table has a store beside the site, which the manifest lists; salaries, not open, have none."""
    stored = sorted(path.relative_to(tiny_release).as_posix() for path in (tiny_release / "rows").rglob("*.*"))
    assert stored == ["rows/bus-lines/rows.sqlite", "rows/schools/rows.sqlite", "rows/stores.json"]
    listed = json.loads((tiny_release / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert [path for path in listed if path.startswith("rows/")] == stored
    assert RowStores(tiny_release / "rows").table("salaries", "salaries") is None


def test_rows_are_those_of_the_published_csv(tiny_build: Release) -> None:
    """Every cell that a store answers is, as text, the one in the CSV."""
    assert tiny_build.folder is not None
    opened = RowStores(tiny_build.folder / "rows")
    for item in tiny_build.published:
        for resource in item.resources:
            table = opened.table(item.dataset.name, resource.resource.name)
            assert table is not None
            fields, rows = table.stream(RowQuery(limit=None))
            writers = [cell_writer(field.schema) for field in fields]
            told = [[write(cell) for write, cell in zip(writers, row, strict=True)] for row in rows]
            path = f"site/data/{item.dataset.name}/{resource.resource.name}.csv"
            with (tiny_build.folder / path).open(encoding="utf-8", newline="") as file:
                assert [[field.name for field in fields], *told] == list(csv.reader(file))


def test_a_store_that_did_not_change_takes_no_room_again(tiny: Path, tmp_path: Path) -> None:
    """The next release has the same file where the rows are the same."""
    first = build_folder(tiny, tmp_path / "build", fresh=True)
    second = build_folder(tiny, tmp_path / "build", fresh=True)
    files = [Path(str(release.folder)) / "rows" / "schools" / "rows.sqlite" for release in (first, second)]
    assert files[0] != files[1]
    assert files[0].samefile(files[1])
