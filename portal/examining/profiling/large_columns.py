"""Columns of more different values than are kept while rows pass by, counted exactly in the Parquet file by DuckDB.

DuckDB counts within its limit of memory and spills what is more. Numbers are doubles there, so those that agree in
their first sixteen digits count as one value. What is not in Parquet by its type (a date with a zone, too long a
number) is counted as text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from portal.examining.profiling.column_profiles import FINEST_UNITS, TOP_MAX, kind_of, top_of
from portal.examining.profiling.histograms import edges_between, written
from portal.examining.profiling.moments_over_time import even_steps, filled, number_of, unit_between
from portal.examining.reading.cells_in_duckdb import connect, quoted, refusals
from portal.model.errors import raise_refusal
from portal.model.table_profile import Bin, ColumnProfile, OverTime, Steps, StepUnit, TableProfile, TimeUnit, ValueCount

if TYPE_CHECKING:
    import duckdb


def with_large_columns(profile: TableProfile, parquet: Path, typed: Collection[str]) -> TableProfile:
    """Return *profile* with what was left open, found in *parquet*, where the columns *typed* have their own type.

    It stays open where there is no such file. Raises OSError where the machine refuses, as when the disk is full.
    """
    if all(column.distinct is not None for column in profile.columns) or not parquet.is_file():
        return profile
    try:
        with TemporaryDirectory() as spill, connect(Path(spill)) as connection:
            connection.execute(f"CREATE VIEW cells AS SELECT * FROM read_parquet({quoted(str(parquet.resolve()))})")
            return replace(
                profile,
                columns=tuple(
                    column
                    if column.distinct is not None
                    else _LargeColumn(connection, column, profile.rows, is_typed=column.name in typed).counted()
                    for column in profile.columns
                ),
            )
    except refusals() as error:
        raise_refusal(error)
        return profile


class _LargeColumn:
    def __init__(
        self, connection: duckdb.DuckDBPyConnection, column: ColumnProfile, rows: int, *, is_typed: bool
    ) -> None:
        self._connection, self._column, self._is_typed = connection, column, is_typed
        self._filled = rows - column.gaps
        self._cell = '"' + column.name.replace('"', '""') + '"'

    def counted(self) -> ColumnProfile:
        """Return the column with what is found by counting."""
        distinct, top = self._values()
        column = self._column
        found = replace(column, distinct=distinct, kind=kind_of(column.type, self._filled, distinct), top=top)
        if not self._is_typed:
            return found
        if found.kind == "number":
            return replace(found, bins=self._bins())
        if found.type in ("date", "datetime") and found.minimum:
            return replace(found, over_time=self._over_time(), steps=self._steps())
        return found

    def _values(self) -> tuple[int, tuple[ValueCount, ...]]:
        """Return how many different values there are, and the most frequent ones where they are told as they stand."""
        counts = f"SELECT {self._cell} AS cell, count(*) AS cells FROM cells WHERE {self._cell} IS NOT NULL GROUP BY 1"
        (distinct, most) = self._row(f"SELECT count(*), max(cells) FROM ({counts})")
        is_as_written = not self._is_typed or self._column.type in ("string", "any", "integer")
        if most == 1 or not is_as_written:
            return distinct, ()
        top = self._rows(f"SELECT cell::VARCHAR, cells FROM ({counts}) ORDER BY cells DESC, cell LIMIT {TOP_MAX}")
        return distinct, top_of(top, self._filled)

    def _bins(self) -> tuple[Bin, ...]:
        """Count the numbers between round ends; a number is held against an end as it is held against any double."""
        cell = f"{self._cell}::DOUBLE"
        low, high = self._row(f"SELECT min({cell}), max({cell}) FROM cells WHERE isfinite({cell})")
        if low is None:
            return ()
        edges = edges_between(Decimal(repr(low)), Decimal(repr(high)), whole=self._column.type == "integer")
        if not edges:
            return ()
        inner = ", ".join(f"-({edge})::DOUBLE" for edge in reversed(edges[1:-1]))
        if not inner:
            (count,) = self._row(f"SELECT count({cell}) FROM cells WHERE isfinite({cell})")
            return written(edges, [count])
        # DuckDB's bins hold their upper end, ours the lower one: of numbers with the other sign both are the same.
        (found,) = self._row(
            f"SELECT map_values(histogram(-{cell}, [{inner}, 'inf'::DOUBLE])) FROM cells WHERE isfinite({cell})"
        )
        return written(edges, reversed(found))

    def _over_time(self) -> OverTime | None:
        first, last = self._row(f"SELECT min({self._cell})::TIMESTAMP, max({self._cell})::TIMESTAMP FROM cells")
        unit: TimeUnit | None = unit_between(first, last, finest=FINEST_UNITS[self._column.type])
        if unit is None:
            return None
        start = f"date_trunc('{unit}', {self._cell}::TIMESTAMP)"
        found = Counter[int]()
        for moment, count in self._rows(
            f"SELECT {start}::TIMESTAMP, count(*) FROM cells WHERE {self._cell} IS NOT NULL GROUP BY 1"
        ):
            found[number_of(moment, unit)] += count
        return filled(found, unit)

    def _steps(self) -> Steps | None:
        unit: StepUnit = "day" if self._column.type == "date" else "second"
        distances = (
            f"SELECT date_diff('{unit}', lag(cell) OVER (ORDER BY cell), cell) AS distance FROM "
            f"(SELECT DISTINCT {self._cell} AS cell FROM cells WHERE {self._cell} IS NOT NULL)"
        )
        rows = self._rows(f"SELECT distance, count(*) FROM ({distances}) WHERE distance IS NOT NULL GROUP BY 1")
        return even_steps(unit, dict(rows))

    def _row(self, query: str) -> tuple[Any, ...]:
        return self._connection.execute(query).fetchall()[0]

    def _rows(self, query: str) -> Iterator[Any]:
        yield from self._connection.execute(query).fetchall()
