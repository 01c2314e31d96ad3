"""Marks that are no data in a text: U+FEFF (BOM) at the start of a line, Ctrl-Z (0x1A), a header repeated after one.

They stand where files were joined by ``copy a+b``, each with its own mark, and at the end of files of DOS.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

PIECE_BYTES = 256 * 1024
"""So much is looked at at a time, however long a line is; larger pieces cost more in memory that is asked for anew."""
ROWS_TOLD_MAX = 1000
"""Of more lines with a mark only so many are told; all are mended."""

TAIL_BYTES = 64 * 1024
"""A Ctrl-Z further from the end of a file than this does not end it."""

_BOM, _END, _BLANKS = b"\xef\xbb\xbf", b"\x1a", b" \t\r\n"
_A_BOM = re.compile(_BOM)  # a pattern finds three bytes in half the time that ``in`` takes
_AT_START = re.compile(rb"(?:\xef\xbb\xbf|\x1a)+")


@dataclass
class StrayMarks:
    """Lines from 1 that began with U+FEFF (*boms*) or 0x1A (*ends*); *is_ended*: 0x1A stood at the end of the text.

    *repeated* are those of the lines that hold the first line once more.
    """

    boms: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    is_ended: bool = False


def has_marks(path: Path) -> bool:
    """Whether a text in UTF-8 holds one of the marks anywhere. Raises OSError."""
    before = b""
    with path.open("rb", buffering=0) as file:
        while piece := file.read(PIECE_BYTES):
            if _END in piece or _A_BOM.search(piece) or _BOM in before + piece[:2]:
                return True
            before = piece[-2:]
    return False


def without_marks(source: Path, target: Path) -> StrayMarks:
    """Write *source*, a text in UTF-8, without its stray marks, and without what follows the one that ends it.

    Line ends stay as they are, and so does a mark within a line. Raises OSError.
    """
    left = end = _end_of(source)
    marks = StrayMarks(is_ended=end < source.stat().st_size)
    first = b""
    number, is_start = 1, True
    with source.open("rb") as file, target.open("wb") as out:
        while left and (line := file.readline(min(left, PIECE_BYTES))):
            left -= len(line)
            if is_start and (found := _AT_START.match(line)):
                line = line[found.end() :]
                _note(marks.boms, _BOM in found[0], number)
                _note(marks.ends, _END in found[0], number)
                _note(marks.repeated, number > 1 and line.strip() == first, number)
            if number == 1 and is_start:
                first = line.strip()
            out.write(line)
            is_start = line.endswith(b"\n")
            number += is_start
    return marks


def _end_of(path: Path) -> int:
    """Return where a text ends: before a Ctrl-Z that nothing but further ones and blanks follow."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - TAIL_BYTES, 0))
        tail = file.read()
    blanks = tail[len(tail.rstrip(_BLANKS + _END)) :]
    at = blanks.find(_END)
    return size if at < 0 else size - len(blanks) + at


def _note(numbers: list[int], applies: bool, number: int) -> None:
    if applies and len(numbers) < ROWS_TOLD_MAX:
        numbers.append(number)
