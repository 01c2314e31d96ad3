"""Writer of lists as CSV, row by row; no cell a formula. It stands alone, for a server writes such lists, too."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import IO

from portal.findings.written.csv_report import harmless


class CsvList:
    """A list as CSV: no cell is a formula."""

    def __init__(self, file: IO[str], headers: Sequence[str]) -> None:
        self._writer = csv.writer(file, lineterminator="\r\n")
        self._writer.writerow(headers)

    def add(self, row: Iterable[str]) -> None:
        """Add a row."""
        self._writer.writerow([harmless(cell) for cell in row])
