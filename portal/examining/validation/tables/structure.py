"""CSV rows by bytes: quotes, line ends, number of fields; irregular rows told from regular ones for DuckDB.

Regular are the rows that every reader of CSV reads alike. DuckDB is fast, but drops blank lines, accepts an empty cell
too many, and refuses what Python's csv module reads leniently. So the bytes are looked at first, a piece at a time:
where each quote opens or closes a whole cell, all lines end alike and every line has the right number of delimiters,
both readers see the same cells. A line with another width is *irregular*: it is taken out. A piece with anything else
in it goes through the csv module and is written anew with every cell quoted. What is left is a text of regular rows
only: the file itself, or a copy.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from portal.examining.validation.tables.chosen_rows import Frame, NotProvable, comment_filter, csv_options

PIECE_BYTES = 1 << 20
RECORD_BYTES_MAX = 1 << 23
"""A longer record is left to Frictionless."""
IRREGULAR_ROWS_MAX = 20_000
"""With more rows of a wrong width the file is left to Frictionless, which soon ends at its limit of errors."""

_LF, _CR, _QUOTE = 10, 13, 34
_FIRST_LINE = b"rows\n"
"""Stands before a copy and is skipped: DuckDB would take a byte order mark off the first cell of a file."""
_PLAIN_DELIMITERS = frozenset(",;\t|")

Bytes = NDArray[np.uint8]
Positions = NDArray[np.int64]


@dataclass(frozen=True)
class Regular:
    """The rows of a table that have the right width, as text that any reader of CSV understands.

    *removed* are the numbers of the rows that are not in it, ascending: irregular ones, whose cells stand in
    *irregular*, and rows that are no data. *skip_lines* lines come before the first row.
    """

    path: Path
    skip_lines: int
    delimiter: str
    new_line: str
    row_count: int
    first_row: int
    removed: Positions
    irregular: tuple[tuple[int, list[str]], ...]

    @property
    def content_row_count(self) -> int:
        """All rows that are data."""
        return self.row_count + len(self.irregular)

    def numbers(self, positions: Positions) -> Positions:
        """Return the row numbers of regular rows by their position, counted from 0."""
        before = self.removed - self.first_row - np.arange(len(self.removed))
        return positions + self.first_row + np.searchsorted(before, positions, side="right")


def regular_rows(frame: Frame, work_dir: Path, *, piece_bytes: int = PIECE_BYTES) -> Regular:
    """Look at the structure of a table; a copy is made in *work_dir* only where rows had to be left out or rewritten.

    Raises NotProvable where there is NUL, a record that is too long, or too much that is irregular.
    """
    with frame.table.path.open("rb") as file:
        scan = _Scan(frame, file, work_dir, piece_bytes)
        try:
            return scan.run()
        except (csv.Error, UnicodeDecodeError) as error:
            raise NotProvable from error
        finally:
            scan.close()


class _Scan:
    """One pass over a file. *_at* is the byte where the next record begins, *_row* its number."""

    def __init__(self, frame: Frame, file: IO[bytes], work_dir: Path, piece_bytes: int) -> None:
        table = frame.table
        self._frame, self._file, self._work_dir = frame, file, work_dir
        self._piece_bytes = piece_bytes
        self._size = file.seek(0, io.SEEK_END)
        self._at, self._row = frame.data_offset, frame.first_row
        self._is_plain = (
            table.delimiter in _PLAIN_DELIMITERS
            and table.quote_char == '"'
            and not (table.escape_char or table.skip_initial_space or table.comment_char)
        )
        self._delimiter = table.delimiter if self._is_plain else ","
        self._comments = np.array(sorted(table.comment_rows), dtype=np.int64)
        self._keep = comment_filter(frame)
        self._is_crlf: bool | None = None
        self._copy: IO[bytes] | None = None
        self._removed: list[Positions] = []
        self._irregular: list[tuple[int, list[str]]] = []
        self._row_count = 0

    def close(self) -> None:
        if self._copy:
            self._copy.close()

    def run(self) -> Regular:
        """Go through the file."""
        if self._frame.head_lines is None or not self._is_plain:
            self._begin_copy()
        while self._at < self._size:
            if not (self._is_plain and self._take_piece()):
                self._read_leniently(self._at + self._piece_bytes)
        self.close()
        return Regular(
            path=self._work_dir / _copy_name(self._frame) if self._copy else self._frame.table.path,
            skip_lines=1 if self._copy else self._frame.head_lines or 0,
            delimiter=self._delimiter,
            new_line="\r\n" if self._is_crlf and not self._copy else "\n",
            row_count=self._row_count,
            first_row=self._frame.first_row,
            removed=np.concatenate(self._removed) if self._removed else np.zeros(0, dtype=np.int64),
            irregular=tuple(self._irregular),
        )

    def _take_piece(self) -> bool:
        """Look at the next piece; False where the csv module has to read it."""
        piece_bytes = self._piece_bytes
        while True:
            self._file.seek(self._at)
            buffer = self._file.read(piece_bytes)
            is_last = self._at + len(buffer) >= self._size
            if is_last and not buffer.endswith(b"\n"):
                is_crlf = b"\r\n" in buffer if self._is_crlf is None else self._is_crlf
                buffer += b"\r\n" if is_crlf else b"\n"
            piece = _look(buffer, ord(self._delimiter), self._frame.width)
            if piece is not None or is_last:
                break
            piece_bytes *= 2
            if piece_bytes > RECORD_BYTES_MAX:
                raise NotProvable
        if piece is None or not piece.has_plain_quotes:
            return False
        if self._is_crlf is None:
            self._is_crlf = piece.is_crlf
            if self._frame.head_ends - {"\r\n" if piece.is_crlf else "\n"}:
                self._begin_copy()
        if self._is_crlf is not piece.is_crlf or not piece.has_even_ends:
            return False
        self._take(piece)
        return True

    def _take(self, piece: _Piece) -> None:
        odd = piece.odd_lines()
        comments = self._comments
        if len(comments):
            lines = comments[(comments >= self._row) & (comments < self._row + piece.row_count)] - self._row
            odd = np.union1d(odd, lines)
        else:
            lines = comments
        if len(odd):
            self._begin_copy()
            is_comment = set(lines.tolist())
            for line in odd.tolist():
                if line not in is_comment:
                    self._add_irregular(self._row + line, self._cells(piece.line(line)))
            self._removed.append(odd + self._row)
        if self._copy:
            self._copy.write(piece.without(odd))
        self._row_count += piece.row_count - len(odd)
        self._row += piece.row_count
        self._at = min(self._at + piece.end, self._size)

    def _cells(self, line: bytes) -> list[str]:
        text = io.StringIO(line.decode(), newline="")
        return next(csv.reader(text, **csv_options(self._frame.table)))

    def _add_irregular(self, number: int, cells: list[str]) -> None:
        self._irregular.append((number, cells))
        if len(self._irregular) > IRREGULAR_ROWS_MAX:
            raise NotProvable

    def _begin_copy(self) -> None:
        """From now on write the regular rows anew; those before stand in the file as they are."""
        if self._copy:
            return
        self._copy = (self._work_dir / _copy_name(self._frame)).open("wb")
        self._copy.write(_FIRST_LINE)
        self._file.seek(self._frame.data_offset)
        rest = self._at - self._frame.data_offset
        while rest:
            block = self._file.read(min(rest, 1 << 20))
            if self._is_crlf and block.endswith(b"\r"):
                block += self._file.read(1)
            self._copy.write(block.replace(b"\r\n", b"\n") if self._is_crlf else block)
            rest -= len(block)

    def _read_leniently(self, end: int) -> None:
        """Read records with the csv module up to byte *end* or beyond, and write those of the right width anew."""
        self._begin_copy()
        assert self._copy is not None
        self._file.seek(self._at)
        lines = _CountedLines(self._file)
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self._delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
        removed = []
        start = self._at
        for cells in csv.reader(lines, **csv_options(self._frame.table)):
            if self._keep is not None and not self._keep(self._row, cells):
                removed.append(self._row)
            elif len(cells) != self._frame.width:
                removed.append(self._row)
                self._add_irregular(self._row, cells)
            else:
                writer.writerow(cells)
                self._row_count += 1
            self._row += 1
            self._at = start + lines.read_bytes
            if self._at >= end:
                break
        else:
            self._at = self._size
        lines.release()
        if "\0" in text.getvalue():
            raise NotProvable
        self._copy.write(text.getvalue().encode())
        self._removed.append(np.array(removed, dtype=np.int64))


def _copy_name(frame: Frame) -> str:
    return f"{frame.table.path.stem}.regular.csv"


class _CountedLines:
    """The lines of a file from its position on; *read_bytes* is their length."""

    def __init__(self, file: IO[bytes]) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        self.read_bytes = 0

    def __iter__(self) -> _CountedLines:
        return self

    def __next__(self) -> str:
        line = next(self._text)
        self.read_bytes += len(line) if line.isascii() else len(line.encode())
        if self.read_bytes > RECORD_BYTES_MAX:
            raise NotProvable
        return line

    def release(self) -> None:
        """Give the file back open."""
        self._text.detach()


@dataclass(frozen=True)
class _Piece:
    """Whole records of a file: *end* is the byte after them, *ends* where their lines end."""

    data: Bytes
    end: int
    ends: Positions
    delimiters: Positions
    width: int
    has_plain_quotes: bool
    is_crlf: bool
    has_even_ends: bool

    @property
    def row_count(self) -> int:
        return len(self.ends)

    @property
    def starts(self) -> Positions:
        return np.concatenate((np.zeros(1, dtype=np.int64), self.ends[:-1] + 1))

    def odd_lines(self) -> Positions:
        """Return the lines that have not the right number of cells, counted from 0."""
        wanted = self.width - 1
        if wanted == 0:
            lengths = self.ends - self.starts - (1 if self.is_crlf else 0)
            counts = np.diff(np.searchsorted(self.delimiters, self.ends), prepend=0)
            return np.flatnonzero((counts != 0) | (lengths == 0)).astype(np.int64)
        if len(self.delimiters) == wanted * len(self.ends):
            by_line = self.delimiters.reshape(len(self.ends), wanted)
            if bool((by_line[:, 0] >= self.starts).all()) and bool((by_line[:, -1] < self.ends).all()):
                return np.zeros(0, dtype=np.int64)
        counts = np.diff(np.searchsorted(self.delimiters, self.ends), prepend=0)
        return np.flatnonzero(counts != wanted).astype(np.int64)

    def line(self, number: int) -> bytes:
        start = int(self.ends[number - 1]) + 1 if number else 0
        return self.data[start : int(self.ends[number]) + 1].tobytes()

    def without(self, lines: Positions) -> Any:
        """Return the bytes without some lines, every line ended by LF."""
        if not len(lines) and not self.is_crlf:
            return self.data[: self.end]
        keep = np.ones(self.end, dtype=bool)
        if self.is_crlf:
            keep[self.ends - 1] = False
        starts = self.starts
        for line in lines.tolist():
            keep[int(starts[line]) : int(self.ends[line]) + 1] = False
        return self.data[: self.end][keep]


def _look(buffer: bytes, delimiter: int, width: int) -> _Piece | None:
    """Look at the whole records at the beginning of *buffer*; None where not even one is whole.

    Quotes are counted: before an even number of them one stands outside of quotes. If every quote that opens stands at
    the beginning of a cell or right after the one that closed (a doubled quote), and every quote that closes stands at
    the end of a cell or right before one that opens, then counting is what a reader of CSV does.
    """
    if b"\0" in buffer:
        raise NotProvable
    data = np.frombuffer(buffer, dtype=np.uint8)
    ends = np.flatnonzero(data == _LF)
    delimiters = np.flatnonzero(data == delimiter)
    has_plain_quotes = True
    if b'"' in buffer:
        quotes = np.flatnonzero(data == _QUOTE)
        ends = _outside(ends, quotes)
        if not len(ends):
            return None
        end = int(ends[-1]) + 1
        quotes = quotes[: int(np.searchsorted(quotes, end))]
        delimiters = _outside(delimiters[: int(np.searchsorted(delimiters, end))], quotes)
        has_plain_quotes = _are_plain(data, quotes, delimiter)
    else:
        if not len(ends):
            return None
        end = int(ends[-1]) + 1
        delimiters = delimiters[: int(np.searchsorted(delimiters, end))]
    is_crlf, has_even_ends = False, True
    if b"\r" in buffer:
        returns = np.flatnonzero(data[:end] == _CR)
        is_crlf = len(returns) > 0
        has_even_ends = not is_crlf or (len(returns) == len(ends) and bool((returns == ends - 1).all()))
    return _Piece(data, end, ends, delimiters, width, has_plain_quotes, is_crlf, has_even_ends)


def _outside(positions: Positions, quotes: Positions) -> Positions:
    """Return those of *positions* (ascending) that have an even number of *quotes* before them."""
    opening, closing = quotes[0::2], quotes[1::2]
    first = np.searchsorted(positions, opening)
    last = np.full(len(opening), len(positions), dtype=np.int64)
    last[: len(closing)] = np.searchsorted(positions, closing)
    inside = np.flatnonzero(first != last)
    if not len(inside):
        return positions
    steps = np.zeros(len(positions) + 1, dtype=np.int8)
    np.add.at(steps, first[inside], 1)
    np.add.at(steps, last[inside], -1)
    outside: Positions = positions[np.cumsum(steps[:-1], dtype=np.int8) == 0]
    return outside


def _are_plain(data: Bytes, quotes: Positions, delimiter: int) -> bool:
    """Whether each quote (an even number of them) begins or ends a cell, or is half of a doubled one."""
    opening, closing = quotes[0::2], quotes[1::2]
    before = np.where(opening == 0, _LF, data[np.maximum(opening, 1) - 1])
    after = data[closing + 1]
    begins = (before == delimiter) | (before == _LF) | (before == _QUOTE)
    finishes = (after == delimiter) | (after == _LF) | (after == _QUOTE) | (after == _CR)
    return bool(begins.all()) and bool(finishes.all())
