"""Tables written in text: CSV in archives, lists in TXT, Markdown, RTF and PDF, with their header and columns.

A table that stands in a file is judged by its columns wherever it stands. What looks like a table, and whose first row
speaks of persons or the like, is looked at as one; nothing is lost where it is none, because all is read as text too.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from portal.examining.privacy.documents.text_found import InnerTable
from portal.examining.privacy.recognising.column_hints import roles_of

SAMPLE_LINES = 200
SHARE_MIN = 0.6
"""So much of the lines of a table in text have as many cells as its header."""
LINES_MAX = 200_000
"""So many lines of text are looked through for tables."""
COLUMNS_MAX = 500
"""A line of more pieces is no row of a table for people."""
DELIMITERS = ("\t", ",", ";", "|", "，", "^")
"""What parts the cells of a row; a blank does too, where every row has as many words."""

Numbered = list[tuple[int, Sequence[str]]]


class DelimitedRows:
    """The records of delimited text with their numbers, parsed anew at every pass."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._text = text
        self._delimiter = delimiter

    def __iter__(self) -> Iterator[tuple[int, Sequence[str]]]:
        rows = csv.reader(io.StringIO(self._text, newline=""), delimiter=self._delimiter)
        try:
            for number, row in enumerate(islice(rows, LINES_MAX), start=1):
                yield number, [cell.strip() for cell in row]
        except csv.Error:
            return


def delimited_table(text: str, place: str) -> InnerTable | None:
    """Return the one table that a CSV file is, None where its rows are not alike."""
    head = "\n".join(text.split("\n", SAMPLE_LINES)[:SAMPLE_LINES])
    best, delimiter = 0.0, ""
    for candidate in DELIMITERS:
        widths = Counter(len(row) for _, row in DelimitedRows(head, candidate) if any(row))
        wide = [(count, width) for width, count in widths.items() if width > 1]
        if wide:
            count, width = max(wide)
            score = count / widths.total() + width / 10_000
            if score > max(best, SHARE_MIN):
                best, delimiter = score, candidate
    return InnerTable(DelimitedRows(text, delimiter), place, is_judged=True) if delimiter else None


def text_tables(text: str, place: str) -> Iterator[InnerTable]:
    """Yield runs of lines that are rows of one table, and whose first speaks of what may be personal.

    >>> [table.rows for table in text_tables("名单如下\\n姓名 出生日期\\n张某 1990-01-01\\n完", "")]
    [[(2, ['姓名', '出生日期']), (3, ['张某', '1990-01-01'])]]
    """
    lines = text.split("\n", LINES_MAX)[:LINES_MAX]
    for delimiter in (*DELIMITERS, None):
        rows: Numbered = []
        for number, line in enumerate((*lines, ""), start=1):
            cells = _cells(line, delimiter)
            if rows and len(cells) == len(rows[0][1]):
                rows.append((number, cells))
                continue
            if len(rows) > 1:
                yield InnerTable(rows, place)
            rows = [(number, cells)] if 1 < len(cells) <= COLUMNS_MAX and _speaks_of_persons(cells) else []


def _cells(line: str, delimiter: str | None) -> list[str]:
    if delimiter is None:
        return line.split()
    if delimiter not in line:
        return []
    return [cell.strip().strip('"') for cell in line.strip().strip("|" if delimiter == "|" else "").split(delimiter)]


def _speaks_of_persons(cells: Sequence[str]) -> bool:
    """Whether short words of a row are titles of columns that matter."""
    return any(len(cell) <= 30 and bool(roles_of(cell) & ROLES_THAT_MATTER) for cell in cells if cell)


ROLES_THAT_MATTER = frozenset(
    "id phone card passport plate email home person office_person birth sensitive secrecy".split()
)
"""What the title of a column must speak of, that a mere look of a table is followed."""
