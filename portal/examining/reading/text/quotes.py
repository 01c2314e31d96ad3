"""Unclosed quotes, NUL bytes and endless rows of a CSV, found before anybody reads it; the count of records.

The structure of a delimited text: how many records, none too long, every quote closed. A clean file is proved so from
the places of its quotes and line ends alone. Only where that fails is it read record by record.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from portal.examining.reading.text.dialects import CsvDialect, cells_up_to
from portal.findings.finding import Finding, found
from portal.model.limits import Limits
from portal.model.text import LocalText

PIECE_BYTES = 2 * 1024 * 1024
LINE_BYTES_MAX = 64 * 1024 * 1024
"""A text with a longer line is refused before it is split into cells: programs hold a line in memory."""

_SENTINEL = "\ue000"


@dataclass(frozen=True)
class Scanned:
    """What a scan says: the number of *records*, the *findings* that stop the reading, and what to look at closely."""

    records: int
    findings: tuple[Finding, ...] = ()
    has_odd_quotes: bool = False
    """Some quote neither begins nor ends a cell, or an escape sign is declared."""
    has_long_records: bool = False
    """Some record goes over several lines."""


@dataclass
class _Structure:
    """What the places of quotes and line ends say; exact unless *is_suspect*."""

    records: int = 0
    has_nul: bool = False
    line_bytes_max: int = 0
    is_suspect: bool = False
    has_odd_quotes: bool = False
    has_long_records: bool = False
    quotes: int = 0


def scan(path: Path, dialect: CsvDialect, limits: Limits, place: Mapping[str, Any]) -> Scanned:
    """Return the number of records of a UTF-8 text and what is wrong with its structure. Raises OSError."""
    structure = _structure(path, dialect, limits)
    records, findings = _faults(path, dialect, limits, place, structure)
    return Scanned(records, tuple(findings), structure.has_odd_quotes, structure.has_long_records)


def _faults(
    path: Path, dialect: CsvDialect, limits: Limits, place: Mapping[str, Any], structure: _Structure
) -> tuple[int, list[Finding]]:
    if structure.has_nul:
        row, column = _place_of_nul(path, dialect, limits)
        return structure.records, [found("nul-byte", **place, row=row, column=column)]
    if structure.line_bytes_max > LINE_BYTES_MAX:
        size = structure.line_bytes_max
        return 0, [
            found("table-too-large", **place, reason=over("一行的字节", "bytes in a line", size, LINE_BYTES_MAX))
        ]
    if not structure.is_suspect and structure.records <= limits.rows_max:
        return structure.records, []
    with cells_up_to(limits.cell_characters_max):
        return _walk(path, dialect, limits, place, is_odd=structure.quotes % 2 == 1)


def over(unit_zh: str, unit_en: str, size: int, limit: int) -> LocalText:
    """Say by how much a limit is passed."""
    return LocalText(f"{size:,} {unit_zh}，上限 {limit:,}", f"{size:,} {unit_en}, the limit is {limit:,}")


@dataclass
class _Pass:
    """One pass over the bytes: where the open line and the open record began, and what was counted in them."""

    structure: _Structure = field(default_factory=_Structure)
    offset: int = 0
    line_start: int = 0
    record_start: int = 0
    is_quoted: bool = False
    delimiters: int = 0
    last: int = 10


def _structure(path: Path, dialect: CsvDialect, limits: Limits) -> _Structure:
    state = _Pass()
    structure = state.structure
    quote = dialect.quote_char.encode()
    delimiter = dialect.delimiter.encode()
    if dialect.escape_char or len(quote) > 1 or len(delimiter) > 1:
        structure.is_suspect = True
        structure.has_odd_quotes = bool(quote)
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            while piece[-1:] in (b"\r", quote) and (more := file.read(1)):
                piece += more
            if b"\0" in piece:
                structure.has_nul = True
            _take(piece, state, quote, delimiter, dialect, limits)
    if state.offset > state.line_start:
        structure.line_bytes_max = max(structure.line_bytes_max, state.offset - state.line_start)
    if state.offset > state.record_start:
        structure.records += 1
        if state.offset - state.record_start > limits.cell_characters_max or state.delimiters >= limits.columns_max:
            structure.is_suspect = True
    if state.is_quoted:
        structure.is_suspect = True
    return structure


def _take(piece: bytes, state: _Pass, quote: bytes, delimiter: bytes, dialect: CsvDialect, limits: Limits) -> None:
    structure = state.structure
    octets = np.frombuffer(piece, dtype=np.uint8)
    is_end = octets == 10
    if b"\r" in piece and piece.count(b"\r") != piece.count(b"\r\n"):
        structure.is_suspect = True
        is_end |= octets == 13
    ends = np.flatnonzero(is_end)
    record_ends = ends
    quotes = np.flatnonzero(octets == quote[0]) if len(quote) == 1 and quote in piece else ends[:0]
    count = len(quotes)
    structure.quotes += count
    if count:
        if not _are_plain(octets, quotes, state, delimiter, dialect):
            structure.is_suspect = structure.has_odd_quotes = True
        inside = (np.searchsorted(quotes, ends) + state.is_quoted) % 2 == 1
        record_ends = ends[~inside]
        structure.has_long_records |= len(record_ends) < len(ends)
    elif state.is_quoted:
        record_ends = ends[:0]
        structure.has_long_records |= len(ends) > 0
    state.is_quoted = bool((state.is_quoted + count) % 2)
    if len(ends):
        lengths = np.diff(ends + state.offset, prepend=state.line_start - 1)
        structure.line_bytes_max = max(structure.line_bytes_max, int(lengths.max()) - 1)
        state.line_start = state.offset + int(ends[-1]) + 1
    _measure_records(piece, record_ends, state, delimiter, limits)
    structure.records += len(record_ends)
    state.offset += len(piece)
    state.last = piece[-1]


def _are_plain(octets: Any, quotes: Any, state: _Pass, delimiter: bytes, dialect: CsvDialect) -> bool:
    """Whether every opening quote begins a cell and every closing one ends it, so that counting them is enough."""
    allowed = np.zeros(256, dtype=bool)
    allowed[[10, 13, octets[quotes[0]], delimiter[-1]]] = True
    before = np.where(quotes > 0, octets[quotes - 1], state.last)
    after = np.where(quotes < len(octets) - 1, octets[np.minimum(quotes + 1, len(octets) - 1)], 10)
    is_opening = (np.arange(len(quotes)) + state.is_quoted) % 2 == 0
    ok_after = allowed[after]
    ok_before = allowed[before]
    if dialect.skip_initial_space:
        ok_before |= (before == 32) & (quotes > 1) & allowed[octets[np.maximum(quotes - 2, 0)]]
    return bool(np.all(np.where(is_opening, ok_before, ok_after)))


def _measure_records(piece: bytes, record_ends: Any, state: _Pass, delimiter: bytes, limits: Limits) -> None:
    """Look at records that are long enough to hold too long a cell, or too many."""
    structure = state.structure
    if not len(record_ends):
        state.delimiters += piece.count(delimiter)
        return
    lengths = np.diff(record_ends + state.offset, prepend=state.record_start - 1) - 1
    if int(lengths.max()) > limits.cell_characters_max:
        structure.is_suspect = True
    for index in np.flatnonzero(lengths >= limits.columns_max).tolist():
        end = int(record_ends[index])
        start = end - int(lengths[index])
        count = piece.count(delimiter, max(start, 0), end) + (state.delimiters if start < 0 or index == 0 else 0)
        if count >= limits.columns_max:
            structure.is_suspect = True
            break
    last = int(record_ends[-1])
    state.record_start = state.offset + last + 1
    state.delimiters = piece.count(delimiter, last + 1)


def _walk(
    path: Path, dialect: CsvDialect, limits: Limits, place: Mapping[str, Any], *, is_odd: bool
) -> tuple[int, list[Finding]]:
    """Read record by record; the first fault ends the walk."""
    count = 0
    last: list[str] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = dialect.reader(_with_sentinel(file))
        try:
            for cells in reader:
                count += 1
                last = cells
                if len(cells) > limits.columns_max:
                    reason = over("列", "columns", len(cells), limits.columns_max)
                    return count, [found("table-too-large", **place, row=count, reason=reason)]
                if count > limits.rows_max + 1:
                    reason = over("行", "rows", count - 1, limits.rows_max)
                    return count, [found("table-too-large", **place, reason=reason)]
                end = cells
        except csv.Error:
            row = count + 1
            if is_odd:
                return count, [found("quote-unclosed", **place, row=row)]
            limit = limits.cell_characters_max
            reason = LocalText(f"单元格超过 {limit:,} 个字符", f"a cell has more than {limit:,} characters")
            return count, [found("table-too-large", **place, row=row, reason=reason)]
    if end != [_SENTINEL]:
        return count, [found("quote-unclosed", **place, row=count, column=len(last))]
    return count - 1, []


def _with_sentinel(lines: Iterator[str]) -> Iterator[str]:
    """Yield the lines and one more, which comes back as a record of its own only if no quote is open."""
    line = ""
    for line in lines:
        if line[-1:] not in "\r\n":
            line += "\n"
        yield line
    yield _SENTINEL


def _place_of_nul(path: Path, dialect: CsvDialect, limits: Limits) -> tuple[int, int | None]:
    """Return row and column of the first NUL; only the row where what comes before cannot be read."""
    count = 0
    with path.open(encoding="utf-8", newline="") as file, cells_up_to(limits.cell_characters_max):
        try:
            for count, cells in enumerate(dialect.reader(iter(lambda: file.readline(LINE_BYTES_MAX), "")), start=1):
                for column, cell in enumerate(cells, start=1):
                    if "\0" in cell:
                        return count, column
        except csv.Error:
            return count + 1, None
    return count, None
