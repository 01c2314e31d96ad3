"""What do the profiles of columns cost, beside writing the same table as CSV?

The rows of a table of ten columns are read by Frictionless and written as CSV, once with a profile of each column and
once without, in turn; what is left open is counted in the Parquet file that a build makes anyway. CPU seconds, medians.
Wanted: the profile costs at most 0.5 times what the CSV costs. Memory is that of the profile at its end, told for half
of the rows and for all of them.

A question of ``python benchmarks/seeing.py``.
"""

from __future__ import annotations

import statistics
import tempfile
import time
import tracemalloc
import warnings
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from frictionless import Schema
from frictionless.resources import TableResource
from permits import FIELDS, write_tables

from portal.examining.profiling.column_profiles import TableProfiler
from portal.examining.profiling.large_columns import with_large_columns
from portal.examining.profiling.newest_rows import time_column
from portal.publishing.files.parquet_writer import write_parquet
from portal.publishing.files.table_writers import CsvWriter

GOAL = 0.5
READ: dict[str, Any] = {
    "fields": [{key: field[key] for key in ("name", "type", "format") if key in field} for field in FIELDS]
}
"""Without keys, of which Frictionless remembers every value."""
SCHEMA: dict[str, Any] = {"fields": FIELDS, "missingValues": [""], "primaryKey": ["id"]}


def profiles(rows: int, rounds: int) -> list[str]:
    """Print both costs and their ratio; return what misses the goal."""
    with tempfile.TemporaryDirectory(prefix="kaifang-profiles-") as name:
        folder = Path(name)
        source, _ = write_tables(folder, rows)
        columns = len(FIELDS)
        print(f"{rows:,} rows x {columns} columns, {source.stat().st_size / 1e6:.0f} MB of CSV")
        parquet = folder / "items.parquet"
        typed = write_parquet(source, parquet, FIELDS, rows) or ()
        plain, profiled = [], []
        for _ in range(rounds):
            plain.append(cost(source, folder, None, ()))
            profiled.append(cost(source, folder, parquet, typed))
        ratio = statistics.median(profiled) / statistics.median(plain) - 1
        print(f"read and written as CSV        {statistics.median(plain):7.2f} s of CPU")
        print(f"  with profiles of all columns {statistics.median(profiled):7.2f} s")
        print(f"a profile costs {ratio:.2f} times the CSV (at most {GOAL})")
        for held in (rows // 2, rows):
            print(f"held by the profile after {held:,} rows: {held_mb(source, held):.1f} MB")
    return ["profile"] if ratio > GOAL else []


def cost(source: Path, folder: Path, parquet: Path | None, typed: tuple[str, ...]) -> float:
    """Return the CPU seconds of writing the table as CSV; with *parquet* each column is profiled, too."""
    start = time.process_time()
    names = [field["name"] for field in FIELDS]
    profiler = new_profiler() if parquet else None
    writer = CsvWriter(folder / "written.csv", names)
    for values, texts in rows_of(source):
        writer.add(values, texts)
        if profiler:
            profiler.add(values, texts)
    writer.close()
    if profiler and parquet:
        with_large_columns(profiler.profile(), parquet, typed)
    return time.process_time() - start


def new_profiler() -> TableProfiler:
    """Return a profiler of the table as a build makes it."""
    return TableProfiler(
        [field["name"] for field in FIELDS],
        [field["type"] for field in FIELDS],
        newest_by=time_column(SCHEMA),
    )


def rows_of(source: Path) -> Iterator[tuple[list[Any], list[str]]]:
    """Yield the rows of the table as parsed values and as texts, as publishing does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = TableResource(path=source.name, basepath=str(source.parent), schema=Schema.from_descriptor(READ))
        with table:
            fields = table.schema.fields
            names = [field.name for field in fields]
            write = [field.create_cell_writer() for field in fields]
            for row in table.row_stream:
                values = [row[name] for name in names]
                yield (
                    values,
                    [
                        "" if value is None else value if type(value) is str else str(make(value)[0])
                        for value, make in zip(values, write, strict=True)
                    ],
                )


def held_mb(source: Path, rows: int) -> float:
    """Return what a profiler holds after so many rows."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    profiler = new_profiler()
    for values, texts in islice(rows_of(source), rows):
        profiler.add(values, texts)
    profiler.profile()
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return held / 1e6
