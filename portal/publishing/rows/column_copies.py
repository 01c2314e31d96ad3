"""A copy of a table's columns of whole numbers as Parquet, for counting and adding up many rows: DuckDB reads it.

It holds codes, scaled decimals and days as the store has them, never text; so it is small, and both mean the same.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

MEMORY_LIMIT = "256MB"


class ColumnWriter:
    """Takes rows of whole numbers and writes them when the block ends; without *names* it does nothing."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self._path = path
        self._names = names
        self._spill = path.with_suffix(".spill")
        self._file: IO[str] | None = None
        self._rows: Any = None

    @property
    def is_wanted(self) -> bool:
        """Whether there is anything to write."""
        return bool(self._names)

    def __enter__(self) -> ColumnWriter:
        if self._names:
            self._file = self._spill.open("w", encoding="ascii", newline="")
            self._rows = csv.writer(self._file)
        return self

    def add(self, columns: Sequence[Sequence[int | None]]) -> None:
        """Write some rows, given column by column."""
        self._rows.writerows(zip(*columns, strict=True))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is None:
            return
        self._file.close()
        try:
            if kind is None:
                self._convert()
        finally:
            self._spill.unlink(missing_ok=True)

    def _convert(self) -> None:
        import duckdb

        columns = ", ".join(f"'{name}': 'BIGINT'" for name in self._names)
        with duckdb.connect(":memory:", config={"threads": 1, "memory_limit": MEMORY_LIMIT}) as connection:
            connection.execute("SET enable_progress_bar = false")
            connection.execute(
                f"COPY (SELECT * FROM read_csv({_quoted(self._spill)}, header = false, auto_detect = false, "
                f"delim = ',', columns = {{{columns}}})) TO {_quoted(self._path)} (FORMAT parquet, COMPRESSION lz4_raw)"
            )


def _quoted(path: Path) -> str:
    return "'" + str(path.resolve()).replace("'", "''") + "'"
