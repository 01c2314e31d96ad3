"""Notes and totals (合计) in the last lines of a CSV, and another table below a blank row.

Only the last rows of a text are read once more, whatever its size.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.examining.reading.second_tables import GapWatch
from portal.examining.reading.sheets.trailing_rows import LOOKED_AT_ROWS, table_end
from portal.examining.reading.tasks import TableTask
from portal.examining.reading.text.dialects import CsvDialect
from portal.findings.details import Rows, rows_said
from portal.findings.finding import Finding
from portal.model.understood_table import Decision, Part

TAIL_BYTES = 128 * 1024
WHOLE_BYTES_MAX = 8 * 1024 * 1024
"""A text whose last bytes do not say where a record begins is read from its start, where it is not larger."""


@dataclass(frozen=True)
class Ends:
    """Rows of the whole text that are no data, and what is to be said of them."""

    rows: tuple[int, ...] = ()
    decisions: tuple[Decision, ...] = ()
    findings: tuple[Finding, ...] = ()


def ends_of(
    task: TableTask,
    paths: Sequence[Path],
    counts: Sequence[int],
    parts: Sequence[Part],
    dialect: CsvDialect,
    header_row: int,
    labels: Sequence[str],
) -> Ends:
    """Look at the last rows of each part of a table: the text at a path of *paths* has as many records as *counts* say.

    A row of the whole text is that of its part's file less the part's offset.
    """
    fields: list[Mapping[str, Any]] = [task.fields.get(label, {}) for label in labels]
    first = header_row + 1 if dialect.has_header else 1
    rows: list[int] = []
    said: dict[str, list[int]] = {"notes": [], "subtotals": []}
    findings = []
    for path, count, part in zip(paths, counts, parts, strict=True):
        last = [item for item in last_rows(path, dialect, count) if item[0] >= first and not dialect.is_comment(*item)]
        end = table_end(last, len(labels), fields)
        for what, code, numbers in (
            ("notes", "note-rows-left-out", end.notes),
            ("subtotals", "total-rows-left-out", end.totals),
        ):
            if numbers:
                findings.append(task.found(code, part.file, row=numbers[0], rows=Rows(tuple(numbers))))
                said[what] += [number - part.offset for number in numbers]
        rows += [number - part.offset for number in end.rows]
    decisions = []
    for what, places in said.items():
        if places:
            words = rows_said(places)
            decisions.append(Decision(what, words.zh, words.en, "不作为数据", "not taken as data"))
    return Ends(tuple(sorted(rows)), tuple(decisions), tuple(findings))


def second_table(
    task: TableTask, file: str, dialect: CsvDialect, lines: Sequence[str], header_row: int, labels: Sequence[str]
) -> Iterator[Finding]:
    """Find another table below a blank row in the first *lines* of a text."""
    if not any(line.strip(f"{dialect.delimiter}{dialect.quote_char} \t\r\n") == "" for line in lines):
        return
    watch = GapWatch(labels)
    try:
        rows = ((number, cells) for number, cells in enumerate(dialect.reader(lines), start=1) if number > header_row)
        watch.see_each(rows)
    except csv.Error:
        return
    if row := watch.end():
        yield task.found("second-table", file, row=row)


def last_rows(path: Path, dialect: CsvDialect, count: int) -> list[tuple[int, list[str]]]:
    """Return the last of the *count* records of a text with their numbers; none where a record cannot be told."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - TAIL_BYTES, 0))
        tail = file.read()
    if size > TAIL_BYTES:
        # The first line of the tail is rarely a whole one.
        tail = tail.partition(b"\n")[2]
        if not _begins_a_record(tail, dialect):
            if size > WHOLE_BYTES_MAX:
                return []
            tail = path.read_bytes()
    try:
        read = dialect.reader(io.StringIO(tail.decode("utf-8"), newline=""))
        last = deque(enumerate(read, start=1), maxlen=LOOKED_AT_ROWS)  # the others are gone as soon as they are read
    except csv.Error:
        return []
    before = count - last[-1][0] if last else 0
    return [(before + number, cells) for number, cells in last]


def _begins_a_record(tail: bytes, dialect: CsvDialect) -> bool:
    """Whether no quoted cell goes over a line end: every line has an even number of quotes."""
    if not tail or dialect.escape_char:
        return False
    quote = dialect.quote_char.encode()
    return not quote or quote not in tail or all(line.count(quote) % 2 == 0 for line in tail.split(b"\n"))
